//! A kind of page: its names, its folder, its sections and its shape.

use super::compile::Document;
use super::keyword::count;
use super::shape::{Register, Shape};
use super::{bad, id_of};
use crate::diagnostic::Diagnostic;
use crate::suggest;
use crate::tree::Node;

/// A kind of page.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Its name, as `exercise`.
    pub name: Box<str>,
    /// The name of several, as `exercises`.
    pub plural: Box<str>,
    /// The folder of its pages under the content; none for pages at the root of the content.
    pub folder: Option<Box<str>>,
    /// Its name with an article, as `an exercise`.
    pub article: Box<str>,
    /// Whether its pages join handouts.
    pub handouts: bool,
    /// The sections of its body.
    pub sections: Vec<Section>,
    /// Its front matter.
    pub shape: Shape,
}

/// A section of a body, known by the id of its heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The id of the heading.
    pub id: Box<str>,
    /// The heading that new pages have.
    pub title: Box<str>,
    /// The list that it has to hold.
    pub list: Option<SectionList>,
    /// The fewest items of the list.
    pub min: Option<u64>,
    /// The most items of the list.
    pub max: Option<u64>,
    /// Whether a page needs it to be published.
    pub publish: bool,
}

/// The list that a section has to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionList {
    /// A numbered list.
    Ordered,
}

/// The name of the kind that `document` is about: its file name without the ending.
pub(super) fn stem(document: &Document) -> &str {
    let name = document.path.file_name();
    name.strip_suffix(".json").unwrap_or(name)
}

/// Names that no kind can have, besides those of registers in `x-ref`: there `self` is the kind itself, and
/// `backsite schema` calls other files so.
const TAKEN: [&str; 4] = ["self", "sources", "cautions", "site"];

/// The folder of the published site in which the parts of a long A to Z lie.
const A_TO_Z: &str = "a-z";

/// The kind that the `x-kind` of `document` declares, without its fields, and what is wrong with the declaration.
pub(super) fn head(document: &Document, others: &[Kind]) -> (Option<Kind>, Vec<Diagnostic>) {
    const KEYS: [&str; 5] = ["name", "plural", "folder", "handouts", "article"];
    let mut findings = Vec::new();
    let Some(entry) = document.root.entry("x-kind") else { return (None, findings) };
    let value = &entry.value;
    let mut refuse = |node: &Node, message: String| findings.push(bad(&document.path, node.span, message));
    for field in value.entries().iter().filter(|field| !KEYS.contains(&&*field.key)) {
        refuse(&field.value, format!("`x-kind` has no `{}`", field.key));
    }
    let name = value.get("name").unwrap_or(value);
    if name.as_text() != Some(stem(document)) {
        refuse(name, format!("the `name` of a kind is the name of its file: `{}`", stem(document)));
    }
    if name.as_text().is_some_and(|name| {
        TAKEN.contains(&name) || Register::ALL.iter().any(|register| name == register.name())
    }) {
        refuse(name, format!("`{}` is the name of something else", stem(document)));
    }
    let plural = value.get("plural").and_then(Node::as_text);
    if plural.is_none() {
        refuse(
            value.get("plural").unwrap_or(value),
            "`x-kind` needs the `plural` of the name, as text".into(),
        );
    }
    let folder = value.entry("folder").map(|entry| &entry.value);
    let folder_name = folder.and_then(id_of);
    let is_folder = folder_name.is_some() || folder.is_some_and(Node::is_null);
    if !is_folder {
        let message = "`x-kind` needs a `folder` of small letters, digits and hyphens";
        refuse(folder.unwrap_or(value), message.into());
    }
    if let Some(other) = others.iter().find(|other| is_folder && other.folder.as_deref() == folder_name) {
        let what = folder_name
            .map_or_else(|| "the content itself".to_owned(), |name| format!("the folder `{name}`"));
        refuse(folder.unwrap_or(value), format!("{what} belongs to the kind `{}` already", other.name));
    }
    if folder_name == Some(A_TO_Z) {
        let message = format!("the folder `{A_TO_Z}` belongs to the list of all names already");
        refuse(folder.unwrap_or(value), message);
    }
    let handouts = value.get("handouts").map_or(Some(false), Node::as_bool);
    if handouts.is_none() {
        refuse(value.get("handouts").unwrap_or(value), "`handouts` needs `true` or `false`".into());
    }
    let name = stem(document);
    let article = match value.get("article").and_then(Node::as_text) {
        Some(article) => article.to_owned(),
        None if name.starts_with(['a', 'e', 'i', 'o', 'u']) => format!("an {name}"),
        None => format!("a {name}"),
    };
    if !findings.is_empty() {
        return (None, findings);
    }
    let kind = Kind {
        name: name.into(),
        plural: plural.unwrap_or(name).into(),
        folder: folder_name.map(Into::into),
        article: article.into(),
        handouts: handouts.unwrap_or(false),
        sections: Vec::new(),
        shape: Shape::default(),
    };
    (Some(kind), findings)
}

/// Adds the sections that `document` names to `sections`; one that is known is tightened.
pub(super) fn sections(sections: &mut Vec<Section>, document: &Document) -> Vec<Diagnostic> {
    const KEYS: [&str; 6] = ["id", "title", "list", "min", "max", "publish"];
    let mut findings = Vec::new();
    let Some(entry) = document.root.entry("x-sections") else { return findings };
    if entry.value.items().is_empty() {
        findings.push(bad(&document.path, entry.value.span, "`x-sections` needs a list of sections"));
    }
    for node in entry.value.items() {
        let unknown = node.entries().iter().find(|field| !KEYS.contains(&&*field.key));
        if let Some(unknown) = unknown {
            let finding =
                bad(&document.path, unknown.key_span, format!("a section has no `{}`", unknown.key));
            findings.push(match suggest::closest(&unknown.key, KEYS) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding,
            });
        }
        match section(node) {
            Ok(new) => match sections.iter_mut().find(|old| old.id == new.id) {
                Some(old) => tighten(old, new),
                None => sections.push(new),
            },
            Err((wrong, message)) => findings.push(bad(&document.path, wrong.span, message)),
        }
    }
    findings
}

/// The section that `node` describes, or the part of it that is wrong.
fn section(node: &Node) -> Result<Section, (&Node, &'static str)> {
    let id = node.get("id").unwrap_or(node);
    let id = id_of(id).ok_or((id, "a section needs an `id` of small letters, digits and hyphens"))?;
    let title = node.get("title").unwrap_or(node);
    let title = title.as_text().ok_or((title, "a section needs a `title`: the heading of a new page"))?;
    let list = match node.get("list") {
        None => None,
        Some(list) if list.as_text() == Some("ordered") => Some(SectionList::Ordered),
        Some(list) => return Err((list, "`list` can only be `ordered`")),
    };
    let bound = |key: &str| match node.get(key) {
        None => Ok(None),
        Some(bound) => count(bound).map(Some).ok_or((bound, "the bounds of a section are whole numbers")),
    };
    let (min, max) = (bound("min")?, bound("max")?);
    let publish = match node.get("publish") {
        None => false,
        Some(publish) => publish.as_bool().ok_or((publish, "`publish` needs `true` or `false`"))?,
    };
    Ok(Section { id: id.into(), title: title.into(), list, min, max, publish })
}

fn tighten(old: &mut Section, new: Section) {
    old.list = old.list.or(new.list);
    old.min = old.min.max(new.min);
    old.max = [old.max, new.max].into_iter().flatten().min();
    old.publish |= new.publish;
}
