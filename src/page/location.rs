//! Where pages lie: the kind by the folder, the id by the name of the file.

use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::schema::{Kind, Schemas};
use crate::source::SitePath;
use crate::suggest::closest;

/// Why no page can lie where one lies, and what it would be where it was probably meant to lie.
pub(super) struct Misplaced<'a, 'p> {
    pub(super) finding: Box<Diagnostic>,
    pub(super) meant: Option<(&'a Kind, &'p str)>,
}

impl From<Diagnostic> for Misplaced<'_, '_> {
    fn from(finding: Diagnostic) -> Self {
        Self { finding: Box::new(finding), meant: None }
    }
}

/// The kind of the page at `path`, by its folder, and its id, by its name.
///
/// # Errors
/// When no page can lie there.
pub(super) fn locate<'a, 'p>(
    path: &'p SitePath,
    schemas: &'a Schemas,
) -> Result<(&'a Kind, &'p str), Misplaced<'a, 'p>> {
    let file = Place::file(path);
    let id = path.file_name().strip_suffix(".md").unwrap_or(path.file_name());
    if let Some((stem, language)) = id.split_once('.') {
        let message = format!("`{id}.md` is named as the page `{stem}` in the language `{language}`");
        let finding = Diagnostic::new(Rule::BadFileName, file, message);
        let help = "translations are kept for a later version; take the language out of the name";
        return Err(finding.help(help).into());
    }
    let inside = path.folder().strip_prefix("content").unwrap_or("").trim_start_matches('/');
    let (folder, deeper) = match inside.split_once('/') {
        Some((folder, deeper)) => (folder, Some(deeper)),
        None => (inside, None),
    };
    let kind = schemas.kind_in_folder(folder);
    let Some(kind) = kind else {
        let finding = Diagnostic::new(
            Rule::UnknownFolder,
            file,
            format!("`content/{folder}/` is the folder of no kind of page"),
        );
        let folders = || schemas.kinds().iter().filter_map(|kind| kind.folder.as_deref());
        return Err(match closest(folder, folders()) {
            Some(right) => {
                let finding = Box::new(finding.help(format!("did you mean `content/{right}/`?")));
                Misplaced { finding, meant: schemas.kind_in_folder(right).map(|kind| (kind, id)) }
            }
            None => {
                let list: Vec<String> = folders().map(|folder| format!("`{folder}`")).collect();
                finding.help(format!("move the page into one of {}", list.join(", "))).into()
            }
        });
    };
    if deeper.is_some() {
        let message = format!("the page lies too deep: pages stand directly in `content/{folder}/`");
        let finding = Diagnostic::new(Rule::UnknownFolder, file, message);
        let finding = Box::new(finding.help(format!("move it up into `content/{folder}/`")));
        return Err(Misplaced { finding, meant: Some((kind, id)) });
    }
    if id == "index" && kind.folder.is_some() {
        let message = "`index` is the address of the list of all pages of this folder";
        let finding = Diagnostic::new(Rule::BadFileName, file, message);
        return Err(finding.help("give the page another name").into());
    }
    Ok((kind, id))
}
