//! Folders beside those of a site whose names are nearly theirs: nothing reads them, and what is in them is missed.

use std::path::Path;

use super::walk::{self, Found};
use super::{CONTENT, InputError, name, text};
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::schema;
use crate::source::SitePath;
use crate::suggest;

/// The folder of the site's schemas.
const SCHEMAS: &str = "schemas";

/// What lies in folders of `root` that were meant to be `content` or `schemas`.
#[derive(Debug, Default)]
pub(super) struct Astray {
    /// A finding for each such folder.
    pub(super) findings: Vec<Diagnostic>,
    /// Where the files should lie: what refers to them is no mistake of its own.
    pub(super) meant: Vec<SitePath>,
}

/// Looks for such folders. Others may well have such a name, so it depends on what they hold.
pub(super) fn find(root: &Path) -> Result<Astray, InputError> {
    let mut astray = Astray::default();
    for folder in walk::folders(root) {
        let Some(right) = suggest::closest(&folder, [CONTENT, SCHEMAS]).filter(|right| *right != folder)
        else {
            continue;
        };
        // Where names differ in their case alone, both may be one folder.
        let real = |name: &str| root.join(name).canonicalize().ok();
        if real(&folder) == real(right) {
            continue;
        }
        let files = walk::files(root, &folder, name::is_skipped, &mut Vec::new())?;
        let mut meant = Vec::new();
        for file in &files {
            let is_meant = if right == CONTENT { is_page(root, &folder, file)? } else { is_schema(file)? };
            if is_meant {
                meant.push(file);
            }
        }
        let Some(first) = meant.first() else { continue };
        let (rule, message) = if right == CONTENT {
            (Rule::UnknownFolder, format!("nothing reads the folder `{folder}`: pages lie in `{CONTENT}`"))
        } else {
            (Rule::BadSchema, format!("nothing reads the folder `{folder}`: schemas lie in `{SCHEMAS}`"))
        };
        let finding = Diagnostic::new(rule, Place::file(&first.path), message);
        astray.findings.push(finding.help(format!("did you mean `{right}`?")));
        let rest = |found: &Found| found.path.as_str().strip_prefix(&folder).map(str::to_owned);
        astray
            .meant
            .extend(files.iter().filter_map(rest).map(|rest| SitePath::new(format!("{right}{rest}"))));
    }
    Ok(astray)
}

/// The folder in `root` that was probably meant to be `content`, where there is none.
pub(super) fn meant_content(root: &Path) -> Option<String> {
    walk::folders(root).into_iter().find(|folder| suggest::closest(folder, [CONTENT]).is_some())
}

/// Whether the file begins as a page and lies as one of a kind does, in a folder of the name `folder` that was meant to be
/// `content`.
fn is_page(root: &Path, folder: &str, file: &Found) -> Result<bool, InputError> {
    let inside: Vec<&str> = file.path.as_str().split('/').skip(1).collect();
    // With another letter in it, the name may be a word of its own, as `context`.
    let is_certain = folder.chars().count() != CONTENT.len() || folder.eq_ignore_ascii_case(CONTENT);
    let is_placed = match inside.as_slice() {
        [_] => is_certain,
        [kind, _] => is_certain || root.join(CONTENT).join(kind).is_dir(),
        _ => false,
    };
    Ok(is_placed && file.path.as_str().ends_with(".md") && text::begins_as_page(file)?)
}

/// Whether the file lies as a schema does, and is one of a kind that there is or says of which kind it is.
fn is_schema(file: &Found) -> Result<bool, InputError> {
    let stem = file.path.file_name().strip_suffix(".json");
    let Some(stem) = stem.filter(|_| file.path.as_str().matches('/').count() == 1) else { return Ok(false) };
    Ok(schema::is_built_in(stem) || text::read(file, "make it shorter")?.source.text.contains("\"x-kind\""))
}
