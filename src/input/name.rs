//! File names: which are read as what, and which can't be addresses.

use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::source::SitePath;
use crate::suggest;
use std::collections::{HashMap, HashSet};

/// The most characters of a page's id: with `.html` and what publishing adds for a moment, disks still take it.
const MAX_ID: usize = 200;

/// Files that systems leave in folders without being asked, in small letters.
const LITTER: [&str; 4] = ["thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"];

/// Endings of safety copies, in small letters.
const COPIES: [&str; 6] = ["~", ".bak", ".orig", ".old", ".tmp", ".swp"];

/// Endings that pages have in other programs, or that a system puts behind the right one, in small letters.
const PAGE_ENDINGS: [&str; 9] =
    [".md", ".markdown", ".mdown", ".mkdn", ".mkd", ".mdx", ".md.txt", ".md.text", ".markdown.txt"];

/// Whether a file or folder of the content is none of the site's business: hidden, private (`_`), a safety copy, a lock
/// of a word processor (`~$`), or something that the system has left there.
pub(super) fn is_skipped(name: &str) -> bool {
    if name.starts_with(['.', '_']) || name.starts_with("~$") {
        return true;
    }
    let lower = name.to_lowercase();
    LITTER.contains(&lower.as_str()) || COPIES.iter().any(|ending| lower.ends_with(ending))
}

/// Whether a file or folder of a theme is none of the site's business. Templates that only others include may well
/// begin with `_`.
pub(super) fn is_skipped_in_theme(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~') || LITTER.contains(&name.to_lowercase().as_str())
}

/// What files for the makers of a site are called, in capital letters as such files are.
const NOTES: [&str; 5] = ["README", "CHANGELOG", "CONTRIBUTING", "LICENSE", "TODO"];

/// The names of the registers.
const REGISTERS: [&str; 3] = ["people.yml", "sources.yml", "cautions.yml"];

/// The register that the file at `path`, which has another name, was probably meant to be.
pub(super) fn register_meant(path: &SitePath) -> Option<SitePath> {
    let is_beside = path.folder() == "content" && path.as_str().ends_with(".yml");
    let nearest = suggest::closest(path.file_name(), REGISTERS).filter(|_| is_beside)?;
    Some(SitePath::new(format!("content/{nearest}")))
}

/// The ending of a file right in the folder of schemas that was probably meant to be one, and is not read.
pub(super) fn schema_ending(path: &SitePath) -> Option<&str> {
    const ENDINGS: [&str; 6] = [".json", ".json5", ".jsonc", ".json.txt", ".yml", ".yaml"];
    let name = path.file_name();
    let lower = name.to_lowercase();
    let ending = ENDINGS.iter().find(|ending| lower.ends_with(**ending))?;
    (path.folder() == "schemas").then(|| name.get(name.len().checked_sub(ending.len())?..)).flatten()
}

/// What a file of the content is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A page.
    Page,
    /// The register of people.
    People,
    /// The register of sources.
    Sources,
    /// The register of cautions.
    Cautions,
    /// Anything else: published as it is.
    Asset,
    /// A file that was meant to be something else, and is not published.
    Misnamed,
}

/// What the file at `path` of the content is, and what is wrong with its name. `names` are all files of the content.
pub(super) fn role(path: &SitePath, names: &HashSet<SitePath>) -> (Role, Option<Diagnostic>) {
    let name = path.file_name();
    if let Some(stem) = name.strip_suffix(".md") {
        if NOTES.contains(&stem) {
            let help = "move it out of `content`, or begin its name with `_`, so that it is left alone";
            return (Role::Misnamed, Some(bad(path, format!("`{name}` is no page"), help)));
        }
        let finding = page_name(path, stem);
        let original = finding.as_ref().and_then(|_| original(path, stem, names));
        let copy = |original: String| {
            let help = "take it out, or give it a name of its own: lower-case letters, digits and hyphens";
            bad(path, format!("`{}` looks like a copy of `{original}`", shown(name)), help)
        };
        return (Role::Page, original.map(copy).or(finding));
    }
    let lower = name.to_lowercase();
    if let Some(stem) = PAGE_ENDINGS.iter().find_map(|ending| lower.strip_suffix(ending)) {
        return (Role::Misnamed, Some(page_ending(path, stem)));
    }
    if let Some(register) = lower.strip_suffix(".txt").filter(|stem| is_register(path, stem)) {
        let help = format!("rename it to `{register}`; the system may hide the `.txt`");
        return (Role::Misnamed, Some(bad(path, format!("`{name}` is no register"), help)));
    }
    if path.folder() != "content" || !(lower.ends_with(".yml") || lower.ends_with(".yaml")) {
        return match asset_name(path) {
            Some(finding) => (Role::Misnamed, Some(finding)),
            None => (Role::Asset, None),
        };
    }
    match name.strip_suffix(".yml").or_else(|| name.strip_suffix(".yaml")) {
        Some("people") => (Role::People, long_ending(path)),
        Some("sources") => (Role::Sources, long_ending(path)),
        Some("cautions") => (Role::Cautions, long_ending(path)),
        _ => {
            let help = match suggest::closest(name, REGISTERS) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "the registers are `people.yml`, `sources.yml` and `cautions.yml`".to_owned(),
            };
            (Role::Misnamed, Some(bad(path, format!("`{name}` is no register"), help)))
        }
    }
}

fn is_register(path: &SitePath, name: &str) -> bool {
    path.folder() == "content" && ["people.yml", "sources.yml", "cautions.yml"].contains(&name)
}

/// The finding for a page whose name has another ending than `.md` behind `stem`.
fn page_ending(path: &SitePath, stem: &str) -> Diagnostic {
    let name = path.file_name();
    let right = match suggestion(stem) {
        right if right.is_empty() => "page".to_owned(),
        right => right,
    };
    let hidden = if name.to_lowercase().ends_with(".txt") { "; the system may hide the `.txt`" } else { "" };
    let help = format!("rename it to `{right}.md`{hidden}");
    bad(path, format!("the name of the page `{}` does not end with `.md`", shown(name)), help)
}

/// The finding for the file at `path`, which begins as a page does and is named as another text.
pub(super) fn page_in_disguise(path: &SitePath) -> Diagnostic {
    let name = path.file_name();
    page_ending(path, name.rsplit_once('.').map_or(name, |(stem, _)| stem))
}

/// Whether the file at `path` may hold a page, by its name: a text, or without an ending.
pub(super) fn may_be_page(path: &SitePath) -> bool {
    let name = path.file_name().to_lowercase();
    !name.contains('.') || name.ends_with(".txt") || name.ends_with(".text")
}

fn bad(path: &SitePath, message: String, help: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Rule::BadFileName, Place::file(path), message).help(help)
}

fn long_ending(path: &SitePath) -> Option<Diagnostic> {
    let short = path.file_name().strip_suffix(".yaml")?;
    let message = format!("the name of the register `{}` does not end with `.yml`", path.file_name());
    Some(bad(path, message, format!("rename it to `{short}.yml`")))
}

/// What keeps the file at `path` from being published under its own name: no address can have such a character.
pub(super) fn asset_name(path: &SitePath) -> Option<Diagnostic> {
    let wrong = path.as_str().chars().find(|c| c.is_control() || *c == '\\')?;
    let message = if wrong == '\\' {
        format!("`{}` has a backslash in its name", shown(path.as_str()))
    } else {
        format!("`{}` has an invisible control character in its name", shown(path.as_str()))
    };
    Some(bad(path, message, "rename it: letters, digits and hyphens"))
}

/// `name` on one line, for a message.
fn shown(name: &str) -> String {
    name.replace(['\n', '\r'], "␊")
}

/// What keeps `stem` from being a page's address: it is an id, and may be followed by a dot and a language.
fn page_name(path: &SitePath, stem: &str) -> Option<Diagnostic> {
    let (id, language) = match stem.split_once('.') {
        Some((id, language)) if is_language(language) => (id, Some(language)),
        _ => (stem, None),
    };
    let name = shown(path.file_name());
    let message = match id.chars().find(|c| !is_id(*c)) {
        None if id.len() > MAX_ID => {
            let help = format!("rename it: at most {MAX_ID} characters before the `.md`");
            return Some(bad(path, format!("the name `{name}` is too long"), help));
        }
        None if id.is_empty() => format!("`{name}` has nothing before the dot"),
        None => return None,
        Some(' ') => format!("`{name}` has a blank in its name"),
        Some(wrong) => format!("`{name}` has `{}` in its name", shown(&wrong.to_string())),
    };
    let right = suggestion(id);
    let language = language.map(|language| format!(".{language}")).unwrap_or_default();
    let help = if right.is_empty() {
        "name it with lower-case letters, digits and hyphens".to_owned()
    } else {
        format!("rename it to `{right}{language}.md`: lower-case letters, digits and hyphens")
    };
    Some(bad(path, message, help))
}

/// The page beside `path` of which the page called `stem` is a copy, by what a system has put to its name.
fn original(path: &SitePath, stem: &str, names: &HashSet<SitePath>) -> Option<String> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let lower = stem.to_lowercase();
    // `squat (1)`, `squat - Copy (2)`, `squat copy 2`, `squat 2`, `Copy of squat`.
    let bare = match lower.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")) {
        Some((bare, number)) if is_number(number) => bare,
        _ => lower.rsplit_once(' ').filter(|(_, number)| is_number(number)).map_or(&*lower, |(bare, _)| bare),
    };
    let bare = bare.strip_suffix(" - copy").or_else(|| bare.strip_suffix(" copy")).unwrap_or(bare);
    let bare = bare.strip_prefix("copy of ").unwrap_or(bare);
    if bare == lower {
        return None;
    }
    let there = |name: &str| names.contains(&SitePath::new(format!("{}/{name}", path.folder())));
    [format!("{bare}.md"), format!("{}.md", suggestion(bare))].into_iter().find(|name| there(name))
}

fn is_id(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}

/// Whether `text` has the form of a language's code, as `de` or `pt-BR`.
fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let is_code =
        parts.next().is_some_and(|p| matches!(p.len(), 2 | 3) && p.bytes().all(|b| b.is_ascii_lowercase()));
    is_code && parts.all(|p| matches!(p.len(), 2..=8) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// A name that is like `text` and can be an address; empty where there is none.
pub fn suggestion(text: &str) -> String {
    let mut id = String::new();
    for c in text.to_lowercase().chars() {
        match c {
            'ä' | 'æ' => id.push_str("ae"),
            'ö' | 'ø' | 'œ' => id.push_str("oe"),
            'ü' => id.push_str("ue"),
            'ß' => id.push_str("ss"),
            'à' | 'á' | 'â' | 'ã' | 'å' => id.push('a'),
            'è' | 'é' | 'ê' | 'ë' => id.push('e'),
            'ì' | 'í' | 'î' | 'ï' => id.push('i'),
            'ò' | 'ó' | 'ô' | 'õ' => id.push('o'),
            'ù' | 'ú' | 'û' => id.push('u'),
            'ç' => id.push('c'),
            'ñ' => id.push('n'),
            '\'' | '’' => {}
            _ if is_id(c) && c != '-' => id.push(c),
            _ if !id.ends_with('-') => id.push('-'),
            _ => {}
        }
    }
    id.trim_matches('-').to_owned()
}

/// The findings for files that a server or disk which does not tell capitals from small letters would mix up.
pub(super) fn same_but_for_case<'a>(paths: impl Iterator<Item = &'a SitePath>) -> Vec<Diagnostic> {
    let mut first: HashMap<String, &SitePath> = HashMap::new();
    let mut findings = Vec::new();
    for path in paths {
        let same = *first.entry(path.as_str().to_lowercase()).or_insert(path);
        if same != path {
            let message = format!("`{path}` and `{same}` differ only in capital letters");
            let finding = Diagnostic::new(Rule::DuplicateAddress, Place::file(path), message)
                .help("rename one of the two")
                .related("the other is here", Place::file(same));
            findings.push(finding);
        }
    }
    findings
}
