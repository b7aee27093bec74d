//! Files of a theme that nothing asks for, because their name is nearly that of another, or because they lie in a folder.

use std::path::Path;

use super::{ThemeText, placed};
use crate::diagnostic::Place;
use crate::diagnostic::{Diagnostic, Rule};
use crate::suggest;

/// What people and programs add to the name of a file when they make a copy of it.
const OF_COPIES: [&str; 14] = [
    "copy", "of", "kopie", "von", "old", "new", "backup", "bak", "orig", "original", "draft", "test", "save",
    "saved",
];

/// What a file was probably meant to be.
enum Meant<'c> {
    /// The one of this name, which it has misspelt.
    Misspelt(String),
    /// The one of this name, which lies in no folder.
    Folder(&'c str),
    /// A copy of the one of this name.
    Copy(&'c str),
}

/// Takes those of the site's `own` templates out of `templates` that neither a page nor another template asks for and
/// that were probably meant to be one which the program carries: a finding for each.
pub fn templates(
    root: &Path,
    folder: &str,
    own: &[Box<str>],
    templates: &mut Vec<ThemeText>,
    carried: &[(&'static str, &'static [u8])],
) -> Vec<Diagnostic> {
    let known = known(carried, "templates/");
    let mut findings = Vec::new();
    for name in own.iter().filter(|name| !known.contains(&&***name)) {
        // A kind of the site's own has a template of its name.
        let kind = name.split('.').next().unwrap_or(name);
        if is_used(name, templates) || root.join("schemas").join(format!("{kind}.json")).exists() {
            continue;
        }
        let Some(meant) = meant(name, &known) else { continue };
        let finding =
            told(folder, "templates", name, &format!("no page asks for a template `{name}`"), meant);
        findings.push(finding);
        templates.retain(|template| template.name != *name);
    }
    findings
}

/// A finding for each of the site's `own` static files that no template and no style asks for, and that was probably meant
/// to be one which the program carries.
pub fn statics<'o>(
    folder: &str,
    own: impl Iterator<Item = &'o str>,
    texts: &[&ThemeText],
    carried: &[(&'static str, &'static [u8])],
) -> Vec<Diagnostic> {
    let known = known(carried, "static/");
    let is_asked_for = |name: &str| {
        let base = name.rsplit('/').next().unwrap_or(name);
        texts.iter().any(|text| *text.name != *name && text.source.text.contains(base))
    };
    // One that differs in capital letters alone is in the way of the other.
    let unknown = own.filter(|name| known.iter().all(|known| !known.eq_ignore_ascii_case(name)));
    let findings = unknown.filter_map(|name| {
        let is_base = |known: &&str| name.rsplit('/').next() == Some(known);
        // That a template asks for the one of that name tells nothing of one in a folder.
        let is_in_folder = name.contains('/') && known.iter().any(is_base);
        let is_asked_for = if is_in_folder {
            texts.iter().any(|text| text.source.text.contains(name))
        } else {
            is_asked_for(name)
        };
        let meant = meant(name, &known).filter(|_| !is_asked_for)?;
        Some(told(folder, "static", name, &format!("no page asks for the file `{name}`"), meant))
    });
    findings.collect()
}

/// The names of the files that the program carries in its folder `folder`.
fn known(carried: &[(&'static str, &'static [u8])], folder: &str) -> Vec<&'static str> {
    carried.iter().filter_map(|(path, _)| path.strip_prefix(folder)).collect()
}

/// Whether any other of `templates` names the template `name`, or it alone defines a component.
fn is_used(name: &str, templates: &[ThemeText]) -> bool {
    let (own, others): (Vec<&ThemeText>, Vec<&ThemeText>) =
        templates.iter().partition(|template| &*template.name == name);
    let is_named = ['"', '\'']
        .iter()
        .any(|quote| others.iter().any(|other| other.source.text.contains(&format!("{quote}{name}{quote}"))));
    // Components are there for all templates, wherever they stand.
    let is_defined = |component: &str| {
        others.iter().any(|other| components(&other.source.text).any(|name| name == component))
    };
    is_named || own.iter().any(|own| components(&own.source.text).any(|component| !is_defined(component)))
}

/// The names of the components that the template `text` defines.
fn components(text: &str) -> impl Iterator<Item = &str> {
    let tags = text.split("{%").skip(1).map(|tag| tag.trim_start_matches('-').trim_start());
    let definitions = tags.filter_map(|tag| tag.strip_prefix("component")?.split('(').next());
    definitions.map(str::trim).filter(|name| !name.is_empty() && name.chars().all(is_part))
}

fn is_part(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '.'
}

/// Which of the `known` names the file `name` was probably meant to have.
fn meant<'c>(name: &str, known: &[&'c str]) -> Option<Meant<'c>> {
    if let Some((_, base)) = name.rsplit_once('/') {
        return known.iter().find(|known| **known == base).copied().map(Meant::Folder);
    }
    // All names end alike, which makes none of them nearer.
    let (stem, ending) = name.split_at(name.rfind('.')?);
    let alike =
        || known.iter().filter(|known| !known.contains('/')).filter_map(|known| known.strip_suffix(ending));
    if let Some(copied) = alike().find(|known| is_copy(stem, known)) {
        return known
            .iter()
            .find(|known| known.strip_suffix(ending) == Some(copied))
            .copied()
            .map(Meant::Copy);
    }
    suggest::closest(stem, alike()).map(|right| Meant::Misspelt(format!("{right}{ending}")))
}

/// Whether `stem` is the name of a copy of the file `known`: that and signs, numbers or words that say so.
fn is_copy(stem: &str, known: &str) -> bool {
    let Some((before, after)) = stem.split_once(known) else { return false };
    let rest = format!("{before} {after}").to_lowercase();
    let mut words = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_of_copy = |word: &str| OF_COPIES.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit());
    stem.len() > known.len() && words.all(is_of_copy)
}

/// The finding for the file `name` in the folder `inside` of the theme in `folder`.
fn told(folder: &str, inside: &str, name: &str, message: &str, meant: Meant<'_>) -> Diagnostic {
    let help = match meant {
        Meant::Misspelt(right) => format!("did you mean `{right}`?"),
        Meant::Folder(right) => format!("move it to `{folder}/{inside}/{right}`"),
        Meant::Copy(right) => format!("pages are made with `{right}`: change that, and take this one out"),
    };
    let place = Place::file(&placed(folder, &format!("{inside}/{name}")));
    Diagnostic::new(Rule::UnusedFile, place, message).help(help)
}
