//! What lies beside the theme in use and was probably meant to be part of it: nothing reads it.

use std::collections::BTreeSet;
use std::path::Path;

use super::super::{InputError, name, walk};
use super::{FOLDERS, ThemeChoice};
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::suggest;
use crate::theme_files::DEFAULT_THEME;

/// The folder that holds the themes.
const THEMES: &str = "themes";

/// A finding for each folder of `root` that was meant to be the theme `choice`, or to hold it, and is called otherwise.
/// The theme's own files are called `own`, from its folder on.
///
/// A site may keep several themes and change from one to the other. So a folder is told only if its name is nearly that
/// of the theme in use and it has no file in common with that, or if it is the only theme and the settings name none.
pub fn find(
    root: &Path,
    choice: ThemeChoice<'_>,
    own: &BTreeSet<&str>,
) -> Result<Vec<Diagnostic>, InputError> {
    let mut findings = Vec::new();
    for folder in walk::folders(root).into_iter().filter(|folder| folder != THEMES) {
        let holds_theme = || {
            walk::folders(&root.join(&folder)).iter().any(|theme| is_theme(&root.join(&folder).join(theme)))
        };
        if suggest::closest(&folder, [THEMES]).is_some() && holds_theme() {
            let message = format!("nothing reads the folder `{folder}`: themes lie in `{THEMES}`");
            let help = format!("did you mean `{THEMES}`?");
            findings.extend(told(root, &folder, message, help)?);
        }
    }
    // A setting that is not written has no place of its own.
    let is_unnamed = choice.place.is_none_or(|place| place.span.range().is_empty());
    let themes = walk::folders(&root.join(THEMES));
    let others: Vec<&String> = themes.iter().filter(|theme| *theme != choice.name).collect();
    let whole = others.iter().filter(|theme| is_theme(&root.join(THEMES).join(theme))).count();
    for theme in &others {
        let folder = format!("{THEMES}/{theme}");
        if FOLDERS.contains(&theme.as_str()) {
            let message = format!("nothing reads `{folder}`: a theme has a folder of its own");
            let help = format!("put it into `{THEMES}/{}`", choice.name);
            findings.extend(told(root, &folder, message, help)?);
            continue;
        }
        if !is_theme(&root.join(&folder)) {
            continue;
        }
        // A theme that is not there at all has a finding of its own, at its name.
        let is_there = !own.is_empty() || choice.name == DEFAULT_THEME;
        if is_there && suggest::closest(theme, [choice.name]).is_some() {
            let files = files(root, &folder)?;
            if files.iter().all(|file| !own.contains(file.as_str())) {
                let message = format!("nothing reads `{folder}`: the theme of the site is `{}`", choice.name);
                findings.extend(told(root, &folder, message, format!("did you mean `{}`?", choice.name))?);
            }
        } else if is_unnamed && own.is_empty() && whole == 1 {
            let message =
                format!("nothing reads `{folder}`: the settings name no theme, so it is `{DEFAULT_THEME}`");
            let help = format!("write `theme = \"{theme}\"` into `{}`", super::super::SETTINGS);
            findings.extend(told(root, &folder, message, help)?);
        }
    }
    Ok(findings)
}

/// The finding for `folder`, at its first file, if it has any.
fn told(root: &Path, folder: &str, message: String, help: String) -> Result<Option<Diagnostic>, InputError> {
    let found = walk::files(root, folder, name::is_skipped_in_theme, &mut Vec::new())?;
    Ok(found
        .first()
        .map(|first| Diagnostic::new(Rule::UnusedFile, Place::file(&first.path), message).help(help)))
}

/// The files of `folder`, each with its path in it.
fn files(root: &Path, folder: &str) -> Result<Vec<String>, InputError> {
    let found = walk::files(root, folder, name::is_skipped_in_theme, &mut Vec::new())?;
    let inside = found.iter().filter_map(|found| found.path.as_str().strip_prefix(folder)?.strip_prefix('/'));
    Ok(inside.map(str::to_owned).collect())
}

/// Whether the folder has one of those that a theme has.
fn is_theme(folder: &Path) -> bool {
    FOLDERS.iter().any(|name| folder.join(name).is_dir())
}
