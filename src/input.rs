//! The only reader of the disk: everything that a site is made of, as one value.
#![expect(clippy::disallowed_methods, reason = "this is where the disk is read")]

mod asset;
mod astray;
mod error;
mod name;
mod picture;
#[cfg(test)]
mod tests;
mod text;
mod theme;
mod walk;

pub use asset::Asset;
pub use error::InputError;
pub use name::suggestion;
pub use picture::Size;
pub use text::holds_unseen;
pub use theme::{StaticContent, StaticFile, ThemeChoice, ThemeFiles, ThemeText};

use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::source::{SitePath, Source};
use crate::theme_files;
use astray::Astray;
use name::Role;
use rayon::prelude::*;
use std::collections::HashSet;
use std::io::{self, ErrorKind};
use std::path::Path;
use text::Text;
use walk::Found;

/// The file of settings.
const SETTINGS: &str = "site.toml";

/// The folder of pages.
const CONTENT: &str = "content";

/// The file of settings, read before all else: it names the theme.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The file, if there is one.
    pub source: Option<Source>,
    /// What is wrong with it as text. If it makes no sense as a whole, there is a finding and no file.
    pub findings: Vec<Diagnostic>,
    /// Its text, if that makes no sense and a finding has its place in it.
    pub unread: Option<Source>,
}

impl Settings {
    /// The settings that the file gives, and what is wrong with them: not again what is wrong with the file as text.
    pub fn understood(&self) -> (Config, Vec<Diagnostic>) {
        let (config, mut findings) = config::read(self.source.as_ref());
        let Some(source) = &self.source else {
            // That a file which can't be read says nothing is no second mistake.
            findings.retain(|_| self.findings.is_empty());
            return (config, findings);
        };
        // A byte that is no text stands as a sign of its own, which is no letter and no quote.
        if self.findings.iter().any(|finding| finding.rule == Rule::NotUtf8) {
            let holds_sign = |finding: &Diagnostic| {
                let (before, after) = source.text.split_at(finding.place.span.start as usize);
                let line =
                    [before.lines().next_back().filter(|_| !before.ends_with('\n')), after.lines().next()];
                line.into_iter().flatten().any(|part| part.contains('\u{fffd}'))
            };
            findings.retain(|finding| finding.rule != Rule::TomlSyntax || !holds_sign(finding));
        }
        (config, findings)
    }
}

/// Everything that a site is made of. Lists are in the order of their paths.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// `site.toml`, if there is one.
    pub settings: Option<Source>,
    /// The pages: every file of the content whose name ends with `.md`.
    pub pages: Vec<Source>,
    /// Pages, registers and schemas that are there but have no text that makes sense: too large, UTF-16, or two
    /// versions in one; registers under a misspelt name; and whatever is a link that leads out of the site. A finding says so, and links and references may lead to
    /// them and to what they hold all the same.
    pub damaged: Vec<SitePath>,
    /// The texts in which findings about files that make no sense have their places.
    pub unread: Vec<Source>,
    /// The register of people, `content/people.yml`.
    pub people: Option<Source>,
    /// The register of sources, `content/sources.yml`.
    pub sources: Option<Source>,
    /// The register of cautions, `content/cautions.yml`.
    pub cautions: Option<Source>,
    /// The site's own schemas, `schemas/*.json`.
    pub schemas: Vec<Source>,
    /// The baseline of known findings, if one was asked for. If there are findings about it, its text is not what was written.
    pub baseline: Option<Source>,
    /// The files of the theme.
    pub theme: ThemeFiles,
    /// Every other file of the content.
    pub assets: Vec<Asset>,
    /// The site as it was released before, where that is given.
    pub released: Option<Release>,
    /// What is wrong with files as such: their names, their links, their text.
    pub findings: Vec<Diagnostic>,
}

/// What pages are compared with: those of the site as it was released before.
#[derive(Clone, Debug, Default)]
pub struct Release {
    /// The pages that have a text, in the order of their paths.
    pub pages: Vec<Source>,
    /// The schemas of the site as it was then, which say what lies where.
    pub schemas: Vec<Source>,
}

impl Inputs {
    /// The files under `folder` of `root`. Links that can't be followed are remembered as damaged.
    fn walk(&mut self, root: &Path, folder: &str) -> Result<Vec<Found>, InputError> {
        let mut findings = Vec::new();
        let files = walk::files(root, folder, name::is_skipped, &mut findings)?;
        let links = findings.iter().filter(|finding| finding.rule == Rule::LinkOutOfSite);
        self.damaged.extend(links.map(|link| link.place.path.clone()));
        self.findings.extend(findings);
        Ok(files)
    }

    /// Remembers a file whose text makes no sense.
    fn set_aside(&mut self, source: Source) {
        self.damaged.push(source.path.clone());
        self.unread.push(source);
    }
}

/// Reads the settings of the site at `root`.
///
/// # Errors
/// When `root` is no folder, is no site, or its settings can't be read.
pub fn settings(root: &Path) -> Result<Settings, InputError> {
    open(root)?;
    let file = root.join(SETTINGS);
    if let Err(reason) = file.symlink_metadata() {
        return match reason.kind() {
            ErrorKind::NotFound if root.join(CONTENT).is_dir() => Ok(Settings {
                findings: misnamed_settings(root).into_iter().collect(),
                ..Settings::default()
            }),
            ErrorKind::NotFound => Err(InputError::NotASite { root: root.to_path_buf() }),
            _ => Err(InputError::Unreadable { path: file, reason }),
        };
    }
    let found = match walk::file(root, SETTINGS)? {
        Ok(found) => found,
        Err(finding) => return Ok(Settings { source: None, findings: vec![finding], unread: None }),
    };
    let Text { source, is_damaged, findings } = text::read(&found, "make it shorter")?;
    let (source, unread) = if is_damaged { (None, Some(source)) } else { (Some(source), None) };
    Ok(Settings { source, findings, unread })
}

/// What to do with a file in `root` that was meant to be the settings and has another name.
fn misnamed_settings(root: &Path) -> Option<Diagnostic> {
    let entries = root.read_dir().ok()?.flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let is_meant = |name: &String| {
        let lower = name.to_lowercase();
        let stem = ["site.", "settings."].iter().find_map(|stem| lower.strip_prefix(stem));
        stem.is_some_and(|ending| ["toml", "tml", "txt", "yml", "yaml", "json"].contains(&ending))
            || lower == "site"
            || lower.starts_with("site.toml.")
    };
    let name = names.filter(is_meant).min()?;
    let finding = Diagnostic::new(
        Rule::MissingField,
        Place::file(&SitePath::new(SETTINGS)),
        format!("there is no `{SETTINGS}`, but a file `{name}`"),
    );
    let is_toml = [".yml", ".yaml", ".json"].iter().all(|ending| !name.to_lowercase().ends_with(ending));
    Some(if is_toml {
        finding.help(format!("rename `{name}` to `{SETTINGS}`"))
    } else {
        finding.help(format!("write a file `{SETTINGS}` with what `{name}` says, as `title = \"...\"`"))
    })
}

/// Reads the site at `root`, whose settings have been read and name the theme `theme`.
///
/// # Errors
/// When there is no page, or a file or folder can't be read. Of several, the first in the order of the paths.
pub fn read(root: &Path, settings: Settings, theme: ThemeChoice<'_>) -> Result<Inputs, InputError> {
    let (mut inputs, assets) = texts(root, settings)?;
    // Nor would anybody want one without pages. Where a file can't be a page, there is a finding that says so.
    if inputs.pages.is_empty() && inputs.damaged.is_empty() && inputs.findings.is_empty() {
        return Err(InputError::NoPages { root: root.to_path_buf() });
    }
    inputs.assets = in_order(assets.into_par_iter().map(asset::read).collect())?;
    let Astray { findings, meant } = astray::find(root)?;
    inputs.findings.extend(findings);
    inputs.damaged.extend(meant);
    inputs.damaged.sort();
    inputs.theme = theme::read(root, theme, theme_files::FILES, &mut inputs.findings, &mut inputs.unread)?;
    inputs.findings.sort();
    Ok(inputs)
}

/// Whether the site at `root` has more than `most` pages, as far as their names tell.
pub fn has_more_pages_than(most: usize, root: &Path) -> bool {
    walk::has_more(&root.join(CONTENT), ".md", most)
}

/// Reads what is written in the site at `root`, whose settings have been read: pages, registers and schemas. What only
/// publishing needs is left out: the files beside the pages, and the theme.
///
/// # Errors
/// When a file or folder can't be read. Of several, the first in the order of the paths.
pub fn read_texts(root: &Path, settings: Settings) -> Result<Inputs, InputError> {
    texts(root, settings).map(|(inputs, _)| inputs)
}

/// Reads the site as it was released before, from the folder `root`. Its mistakes are nobody's business any more.
///
/// # Errors
/// When there is no site, or a file or folder can't be read.
pub fn release(root: &Path) -> Result<Release, InputError> {
    open(root)?;
    let content = root.join(CONTENT);
    match content.metadata() {
        Ok(metadata) if metadata.is_dir() => {}
        Err(reason) if reason.kind() != ErrorKind::NotFound => {
            return Err(InputError::Unreadable { path: content, reason });
        }
        _ => return Err(InputError::NotARelease { root: root.to_path_buf() }),
    }
    let Inputs { pages, schemas, .. } = read_texts(root, Settings::default())?;
    Ok(Release { pages, schemas })
}

/// Whether there is a folder `root`.
fn open(root: &Path) -> Result<(), InputError> {
    let no_root = |reason| InputError::NoRoot { root: root.to_path_buf(), reason };
    if root.metadata().map_err(no_root)?.is_dir() {
        Ok(())
    } else {
        Err(no_root(io::Error::from(ErrorKind::NotADirectory)))
    }
}

/// The texts of the site, in order, and the files beside the pages.
fn texts(root: &Path, settings: Settings) -> Result<(Inputs, Vec<Found>), InputError> {
    let Settings { source, findings, unread } = settings;
    let unread = unread.into_iter().collect();
    let mut inputs = Inputs { settings: source, findings, unread, ..Inputs::default() };
    // A site whose pages have gone would be published as an empty one.
    if !root.join(CONTENT).exists() {
        return Err(InputError::NoContent { root: root.to_path_buf(), meant: astray::meant_content(root) });
    }
    let content = inputs.walk(root, CONTENT)?;
    let (mut pages, mut assets, mut meant) = (Vec::new(), Vec::new(), Vec::new());
    let names: HashSet<SitePath> = content.iter().map(|found| found.path.clone()).collect();
    for found in content {
        let (role, finding) = name::role(&found.path, &names);
        inputs.findings.extend(finding);
        let register = match role {
            Role::Page => {
                pages.push(found);
                continue;
            }
            Role::Asset if name::may_be_page(&found.path) && text::begins_as_page(&found)? => {
                inputs.findings.push(name::page_in_disguise(&found.path));
                continue;
            }
            Role::Asset => {
                assets.push(found);
                continue;
            }
            Role::Misnamed => {
                meant.extend(name::register_meant(&found.path));
                continue;
            }
            Role::People => &mut inputs.people,
            Role::Sources => &mut inputs.sources,
            Role::Cautions => &mut inputs.cautions,
        };
        // Of `people.yaml` and `people.yml`, the one with the right name comes last and wins.
        let text = text::read(&found, "split it into several sites")?;
        inputs.findings.extend(text.findings);
        if text.is_damaged {
            inputs.set_aside(text.source);
        } else {
            *register = Some(text.source);
        }
    }
    // A register under a misspelt name is there all the same, whatever it holds.
    let registers = [&inputs.people, &inputs.sources, &inputs.cautions].into_iter().flatten();
    let there: Vec<&SitePath> = registers.map(|register| &register.path).chain(&inputs.damaged).collect();
    meant.retain(|register| !there.contains(&register));
    inputs.damaged.extend(meant);
    for text in in_order(pages.par_iter().map(|found| text::read(found, "split the page")).collect())? {
        inputs.findings.extend(text.findings);
        if text.is_damaged {
            inputs.set_aside(text.source);
        } else {
            inputs.pages.push(text.source);
        }
    }
    for found in inputs.walk(root, "schemas")? {
        if found.path.folder() == "schemas" && found.path.as_str().ends_with(".json") {
            let text = text::read(&found, "make it shorter")?;
            inputs.findings.extend(text.findings);
            if text.is_damaged {
                inputs.set_aside(text.source);
            } else {
                inputs.schemas.push(text.source);
            }
        } else if let Some(ending) = name::schema_ending(&found.path) {
            let message = format!("schemas are read from files that end with `.json`, not `{ending}`");
            let finding = Diagnostic::new(Rule::BadSchema, Place::file(&found.path), message);
            inputs.findings.push(finding.help("write it as JSON in a file that ends so, or move it away"));
        }
    }
    inputs.findings.sort();
    inputs.damaged.sort();
    Ok((inputs, assets))
}

/// Reads the baseline `file` of the site at `root` into `inputs`.
///
/// # Errors
/// When there is no such file, or it can't be read.
pub fn read_baseline(root: &Path, file: &Path, inputs: &mut Inputs) -> Result<(), InputError> {
    if let Err(reason) = file.metadata()
        && reason.kind() == ErrorKind::NotFound
    {
        return Err(InputError::NoBaseline { path: file.to_path_buf() });
    }
    let found = Found { path: walk::path_for_people(root, file), file: file.to_path_buf() };
    let text = text::read_large(&found, "mend some of the findings, and write it anew")?;
    inputs.findings.extend(text.findings);
    inputs.baseline = Some(text.source);
    Ok(())
}

/// The values, or the first error in their order, whichever was met first.
fn in_order<T>(outcomes: Vec<Result<T, InputError>>) -> Result<Vec<T>, InputError> {
    outcomes.into_iter().collect()
}
