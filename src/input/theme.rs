//! The files of a theme: those in the site's folder over those that the program carries, file by file.

mod beside;
mod unused;

use super::walk::{self, Found};
use super::{Asset, InputError, asset, in_order, name, text};
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::source::{SitePath, Source};
use crate::suggest;
use crate::theme_files::DEFAULT_THEME;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_128;

/// The files of the site's theme. Each list is in the order of the names.
#[derive(Clone, Debug, Default)]
pub struct ThemeFiles {
    /// The templates, by their path in `templates/`: HTML, XML and plain text.
    pub templates: Vec<ThemeText>,
    /// The words of the theme, by their path in `i18n/`: a TOML file for each language.
    pub strings: Vec<ThemeText>,
    /// The site's own styles, by their path in `static/`.
    pub styles: Vec<ThemeText>,
    /// The files that are published as they are, by their path in `static/`.
    pub files: Vec<StaticFile>,
    /// Whether all templates and words are those that the program carries.
    pub is_carried: bool,
}

/// A text file of a theme.
#[derive(Clone, Debug)]
pub struct ThemeText {
    /// Its path in its folder of the theme, as `base.html`.
    pub name: Box<str>,
    /// Its text. The path of a file that the program carries is the one by which a site would replace it.
    pub source: Source,
}

/// A file of a theme that is published as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaticFile {
    /// Its path in `static/`, as `fonts/a.woff2`.
    pub name: Box<str>,
    /// Its bytes.
    pub content: StaticContent,
}

/// Where the bytes of a theme's file are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StaticContent {
    /// In the program.
    Carried {
        /// The bytes.
        bytes: &'static [u8],
        /// Their XXH3 hash, 128 bits.
        digest: u128,
    },
    /// In the site.
    File(Asset),
}

/// The theme that the settings name.
#[derive(Clone, Copy, Debug)]
pub struct ThemeChoice<'a> {
    /// Its name: that of its folder under `themes/`.
    pub name: &'a str,
    /// Where the settings name it, if they do.
    pub place: Option<&'a Place>,
}

/// The folders that a theme has.
const FOLDERS: [&str; 3] = ["templates", "static", "i18n"];

enum Origin {
    Carried(&'static [u8]),
    Site(Found),
}

/// Reads the theme `choice` of the site at `root`. What it does not have is taken from `carried`.
pub(super) fn read(
    root: &Path,
    choice: ThemeChoice<'_>,
    carried: &[(&'static str, &'static [u8])],
    findings: &mut Vec<Diagnostic>,
    unread: &mut Vec<Source>,
) -> Result<ThemeFiles, InputError> {
    let folder = format!("themes/{}", choice.name);
    let mut origins: BTreeMap<String, Origin> =
        carried.iter().map(|(name, bytes)| ((*name).to_owned(), Origin::Carried(bytes))).collect();
    if is_folder_name(choice.name) {
        let found = walk::files(root, &folder, name::is_skipped_in_theme, findings)?;
        if found.is_empty() && choice.name != DEFAULT_THEME && !root.join(&folder).is_dir() {
            findings.push(missing(choice, format!("there is no folder `{folder}`")));
        }
        findings.extend(unread_folders(&folder, &found));
        let inside = |found: &Found| {
            let path = found.path.as_str().strip_prefix(&folder).unwrap_or_default();
            path.trim_start_matches('/').to_owned()
        };
        let own: Vec<String> = found.iter().map(inside).collect();
        findings.extend(beside::find(root, choice, &own.iter().map(String::as_str).collect())?);
        findings.extend(own.iter().filter_map(|path| misplaced(&folder, path, carried)));
        for found in found {
            let inside = inside(&found);
            origins.insert(inside, Origin::Site(found.clone()));
        }
    } else {
        findings.push(missing(choice, format!("`{}` can't be the name of a folder", choice.name)));
    }
    let (mut templates, mut strings, mut files) = (Vec::new(), Vec::new(), Vec::new());
    for (path, origin) in origins {
        let Some((kind, name)) = path.split_once('/') else { continue };
        match kind {
            "templates" if [".html", ".xml", ".txt"].iter().any(|ending| name.ends_with(ending)) => {
                templates.push((path, origin));
            }
            "i18n" if name.ends_with(".toml") => {
                findings.extend(no_language(&folder, &path, name.trim_end_matches(".toml")));
                strings.push((path, origin));
            }
            "static" => match name::asset_name(&SitePath::new(format!("{folder}/{path}"))) {
                Some(finding) => findings.push(finding),
                None => files.push((path, origin)),
            },
            "templates" => findings.extend(other_ending(&folder, &path, "`.html`, `.xml` or `.txt`")),
            "i18n" => findings.extend(other_ending(&folder, &path, "`.toml`")),
            _ => {}
        }
    }
    let is_carried = templates.iter().chain(&strings).all(|(_, origin)| matches!(origin, Origin::Carried(_)));
    let is_own = |(_, origin): &&(String, Origin)| matches!(origin, Origin::Site(_));
    let own: Vec<Box<str>> = templates.iter().filter(is_own).map(|(path, _)| name_of(path)).collect();
    let own_files: Vec<Box<str>> = files.iter().filter(is_own).map(|(path, _)| name_of(path)).collect();
    let styles: Vec<(String, Origin)> = files
        .iter()
        .filter_map(|(path, origin)| match origin {
            Origin::Site(found) if path.ends_with(".css") => {
                Some((path.clone(), Origin::Site(found.clone())))
            }
            _ => None,
        })
        .collect();
    let files = in_order(files.into_par_iter().map(|(path, origin)| static_file(&path, origin)).collect())?;
    findings.extend(name::same_but_for_case(files.iter().filter_map(|file| match &file.content {
        StaticContent::File(asset) => Some(&asset.path),
        StaticContent::Carried { .. } => None,
    })));
    let mut read = |origins| -> Result<Vec<ThemeText>, InputError> {
        let (texts, found, damaged) = texts(origins, carried)?;
        findings.extend(found);
        unread.extend(damaged);
        Ok(texts)
    };
    let (mut templates, strings, styles) = (read(templates)?, read(strings)?, read(styles)?);
    findings.extend(unused::templates(root, &folder, &own, &mut templates, carried));
    let asking: Vec<&ThemeText> = templates.iter().chain(&styles).collect();
    findings.extend(unused::statics(&folder, own_files.iter().map(|name| &**name), &asking, carried));
    Ok(ThemeFiles { templates, strings, styles, files, is_carried })
}

/// The path in the site of the file `path` of the theme in `folder`.
fn placed(folder: &str, path: &str) -> SitePath {
    SitePath::new(format!("{folder}/{path}"))
}

/// A finding for each folder among the files `found` of the theme in `folder` that is none a theme has, but is named
/// nearly like one.
fn unread_folders(folder: &str, found: &[Found]) -> Vec<Diagnostic> {
    let inside = found.iter().filter_map(|found| found.path.as_str().strip_prefix(folder)?.strip_prefix('/'));
    let folders: BTreeMap<&str, &str> =
        inside.clone().rev().filter_map(|path| Some((path.split_once('/')?.0, path))).collect();
    let misspelt = folders.into_iter().filter(|(name, _)| !FOLDERS.contains(name));
    let findings = misspelt.filter_map(|(name, first)| {
        let meant = suggest::closest(name, FOLDERS)?;
        let message = format!("a theme has no folder `{name}`, so nothing in it is read");
        let finding = Diagnostic::new(Rule::UnusedFile, Place::file(&placed(folder, first)), message);
        Some(finding.help(format!("did you mean `{meant}`?")))
    });
    findings.collect()
}

/// A finding for the file `path` of the theme in `folder`, which lies beside the folders of the theme, if its name is that
/// of a file in one of them.
fn misplaced(folder: &str, path: &str, carried: &[(&'static str, &'static [u8])]) -> Option<Diagnostic> {
    let meant = carried.iter().find_map(|(known, _)| known.strip_suffix(path)?.strip_suffix('/'))?;
    let message = format!("nothing reads this: it belongs into `{meant}`");
    let finding = Diagnostic::new(Rule::UnusedFile, Place::file(&placed(folder, path)), message);
    Some(finding.help(format!("move it to `{folder}/{meant}`")))
}

/// A finding for the file `path` of the theme in `folder`, which nothing reads, if it was probably meant to be a
/// template or a language file: these end with one of `endings`.
fn other_ending(folder: &str, path: &str, endings: &str) -> Option<Diagnostic> {
    const MEANT: [&str; 12] =
        ["htm", "html", "xml", "txt", "tera", "j2", "jinja", "hbs", "toml", "yml", "yaml", "json"];
    let ending = path.rsplit_once('.')?.1;
    MEANT.contains(&&*ending.to_lowercase()).then(|| {
        let message = format!("this is not read, because it ends with `.{ending}` and not with {endings}");
        let finding = Diagnostic::new(Rule::UnusedFile, Place::file(&placed(folder, path)), message);
        finding.help("give it the right ending, or take it out")
    })
}

/// A finding for the language file `path` of the theme in `folder` if its name, `tag`, can be that of no language: a tag
/// begins with two or three letters, and hyphens part the others from them (BCP 47).
fn no_language(folder: &str, path: &str, tag: &str) -> Option<Diagnostic> {
    let primary = tag.split('-').next().unwrap_or(tag);
    let is_part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_primary =
        (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_primary && tag.split('-').all(is_part) {
        return None;
    }
    let message = format!("`{tag}` is the tag of no language, so nothing asks for these words");
    let finding = Diagnostic::new(Rule::UnusedFile, Place::file(&placed(folder, path)), message);
    Some(finding.help("name the file after the tag of its language, as in `en.toml` or `pt-BR.toml`"))
}

fn is_folder_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':'])
}

fn missing(choice: ThemeChoice<'_>, message: String) -> Diagnostic {
    let place = choice.place.cloned().unwrap_or_else(|| Place::file(&SitePath::new(super::SETTINGS)));
    let help = format!("put the theme there, or take `theme = \"{DEFAULT_THEME}\"`");
    Diagnostic::new(Rule::BadSetting, place, message).help(help)
}

/// The part of `path` after the first `/`.
fn name_of(path: &str) -> Box<str> {
    path.split_once('/').map_or(path, |(_, name)| name).into()
}

/// The texts of a theme, what is wrong with them, and those that make no sense, in whose place stand the ones that the
/// program carries.
type Texts = (Vec<ThemeText>, Vec<Diagnostic>, Vec<Source>);

fn texts(
    origins: Vec<(String, Origin)>,
    carried: &[(&'static str, &'static [u8])],
) -> Result<Texts, InputError> {
    let (mut texts, mut findings, mut unread) = (Vec::new(), Vec::new(), Vec::new());
    let of_program = |path: &str| {
        let bytes = carried.iter().find(|(name, _)| *name == path).map_or(&b""[..], |(_, bytes)| bytes);
        String::from_utf8_lossy(bytes)
    };
    for (path, origin) in origins {
        let source = match origin {
            Origin::Carried(bytes) => Source {
                path: SitePath::new(format!("themes/{DEFAULT_THEME}/{path}")),
                text: String::from_utf8_lossy(bytes).into(),
            },
            Origin::Site(found) => {
                let text = text::read(&found, "split it")?;
                findings.extend(text.findings);
                if text.is_damaged {
                    let source = Source { path: text.source.path.clone(), text: of_program(&path).into() };
                    unread.push(text.source);
                    source
                } else {
                    text.source
                }
            }
        };
        texts.push(ThemeText { name: name_of(&path), source });
    }
    Ok((texts, findings, unread))
}

fn static_file(path: &str, origin: Origin) -> Result<StaticFile, InputError> {
    let content = match origin {
        Origin::Carried(bytes) => StaticContent::Carried { bytes, digest: xxh3_128(bytes) },
        Origin::Site(found) => StaticContent::File(asset::read(found)?),
    };
    Ok(StaticFile { name: name_of(path), content })
}
