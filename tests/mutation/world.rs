//! The sites in which mistakes are made, and what the program says of a site with a mistake.

use std::sync::{Mutex, OnceLock, PoisonError};
use std::{fs, path::Path};

use backsite::pipeline::{Cache, Texts};
use backsite::report::{self, Detail, Format, Report, Style, Summary};
use serde_json::Value;
use tempfile::TempDir;

use crate::site::{self, Files};
use crate::slip::{Slip, position};
use crate::text::Text;

/// A day after the sources of the demonstration site were looked up.
pub const TODAY: &str = "2026-12-31";

/// A site that kinds of mistakes are tried on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// The demonstration site as it is.
    Demonstration,
    /// The same as a clinic would publish it, with reviews and with what the demonstration site has no use for:
    /// pictures, tables, exceptions, a schema. See `clinic/`.
    Clinic,
}

/// How the files of a site are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// As they are.
    Plain,
    /// With letters of more than one byte in the running text.
    Foreign,
    /// The same as an editor on Windows saves it: a mark at the start, and two characters at the end of each line.
    Windows,
}

impl Writing {
    pub const ALL: [Self; 3] = [Self::Plain, Self::Foreign, Self::Windows];

    fn write(self, files: &mut Files) {
        let is_text =
            |path: &str| [".md", ".yml", ".toml", ".json", ".html"].iter().any(|end| path.ends_with(end));
        for (path, bytes) in files.iter_mut().filter(|(path, _)| is_text(path)) {
            let mut text = String::from_utf8(bytes.clone()).unwrap();
            if self != Self::Plain && !path.starts_with("themes/") && !path.starts_with("schemas/") {
                for (word, foreign) in
                    [(" the ", " thé "), (" and ", " 𝒶nd "), (" your ", " yöur "), (" a ", " ä ")]
                {
                    text = text.replace(word, foreign);
                }
            }
            if self == Self::Windows {
                text = format!("\u{feff}{}", text.replace('\n', "\r\n"));
            }
            *bytes = text.into_bytes();
        }
    }
}

/// A site, written down in a certain way, in which nothing is wrong.
pub struct World {
    pub files: Files,
    cache: Cache,
    texts: OnceLock<Vec<Text<'static>>>,
    /// Folders that hold the files, for whoever comes next.
    folders: Mutex<Vec<TempDir>>,
}

/// A finding as the JSON report tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub rule: String,
    pub message: String,
    pub path: String,
    pub start: (u64, u64),
    pub end: (u64, u64),
}

/// What the program said of a mistake.
pub struct Verdict {
    /// Whether a finding of the right rule is in the right file.
    pub is_found: bool,
    /// Whether it stands where it should.
    pub is_exact: bool,
    /// How many other findings there were.
    pub cascades: usize,
    /// All in words, for whoever has to look into it.
    pub story: String,
}

impl World {
    /// The world of `base` in `writing`, made once.
    pub fn get(base: Base, writing: Writing) -> &'static Self {
        static WORLDS: [OnceLock<World>; 6] = [const { OnceLock::new() }; 6];
        let index = base as usize * Writing::ALL.len() + writing as usize;
        WORLDS[index].get_or_init(|| Self::new(base, writing))
    }

    fn new(base: Base, writing: Writing) -> Self {
        let mut files = demonstration();
        if base == Base::Clinic {
            make_clinic(&mut files);
        }
        writing.write(&mut files);
        let mut world =
            Self { files, cache: Cache::default(), texts: OnceLock::new(), folders: Mutex::default() };
        let folder = world.folder();
        let read = site::read(folder.path()).unwrap();
        let made = site::run(&read, site::on(TODAY), &world.cache);
        assert_eq!(made.outcome.findings, [], "{base:?} in the writing {writing:?} has findings of its own");
        world.cache = made.outcome.cache;
        world.give_back(folder);
        world
    }

    /// The pages.
    pub fn pages(&'static self) -> Vec<&'static Text<'static>> {
        self.texts(|path| path.starts_with("content/") && path.ends_with(".md"))
    }

    /// The pages that are shown to patients and lie in `folder` of the content.
    pub fn published(&'static self, folder: &str) -> Vec<&'static Text<'static>> {
        let mut pages = self.pages();
        pages.retain(|page| page.folder() == folder && page.is_published());
        pages
    }

    /// The registers.
    pub fn registers(&'static self) -> Vec<&'static Text<'static>> {
        self.texts(|path| path.ends_with(".yml"))
    }

    /// The pages and the registers.
    pub fn yaml(&'static self) -> Vec<&'static Text<'static>> {
        self.texts(|path| path.ends_with(".yml") || path.ends_with(".md"))
    }

    /// The one file at `path`.
    pub fn text(&'static self, path: &str) -> &'static Text<'static> {
        self.texts(|other| other == path).pop().unwrap()
    }

    /// The files at whose paths `is_meant` is true.
    pub fn texts(&'static self, is_meant: impl Fn(&str) -> bool) -> Vec<&'static Text<'static>> {
        let is_text = |path: &str| !path.ends_with(".svg") && !path.ends_with(".css");
        let texts = self.texts.get_or_init(|| {
            let files = self.files.iter().filter(|(path, _)| is_text(path));
            files.map(|(path, bytes)| Text::new(path, std::str::from_utf8(bytes).unwrap())).collect()
        });
        texts.iter().filter(|text| is_meant(text.path)).collect()
    }

    /// What the program finds in the site with `slip`, and whether that is as it should be.
    pub fn judge(&self, slip: &Slip) -> Verdict {
        let changed = slip.changed(&self.files);
        let findings = self.findings(&changed, &self.cache);
        let bytes = changed.iter().rev().find(|(path, _)| *path == slip.path);
        let bytes = bytes.and_then(|(_, bytes)| bytes.as_ref()).unwrap_or_else(|| &self.files[&slip.path]);
        let start = position(bytes, slip.start);
        let end = slip.end.map(|end| position(bytes, end));
        let is_meant = |finding: &&Finding| slip.rules.contains(&&*finding.rule) && finding.path == slip.path;
        let is_there =
            |finding: &&Finding| finding.start == start && end.is_none_or(|end| finding.end == end);
        let is_found = findings.iter().any(|finding| is_meant(&finding));
        let is_exact = findings.iter().any(|finding| is_meant(&finding) && is_there(&finding));
        let cascades = findings.len() - usize::from(is_found);
        let said: Vec<String> = findings.iter().map(|finding| format!("    {finding:?}")).collect();
        let end = end.map_or(String::new(), |(line, column)| format!("-{line}:{column}"));
        let line = String::from_utf8_lossy(bytes);
        let line = line.lines().nth(usize::try_from(start.0).unwrap() - 1).unwrap_or_default();
        let story = format!(
            "  {}:{}:{}{end} {}\n    | {line}\n{}\n",
            slip.path,
            start.0,
            start.1,
            slip.rules.join("|"),
            said.join("\n")
        );
        Verdict { is_found, is_exact, cascades, story }
    }

    /// Whether a run that takes the pages from the cache says the same of `slip` as a clean one.
    pub fn is_judged_alike_without_the_cache(&self, slip: &Slip) -> bool {
        let changed = slip.changed(&self.files);
        self.findings(&changed, &self.cache) == self.findings(&changed, &Cache::default())
    }

    fn findings(&self, changed: &[(String, Option<Vec<u8>>)], cache: &Cache) -> Vec<Finding> {
        let folder = self.folder();
        for (path, bytes) in changed {
            put(folder.path(), path, bytes.as_deref());
        }
        let read = site::read(folder.path()).unwrap();
        let outcome = site::run(&read, site::on(TODAY), cache).outcome;
        for (path, _) in changed {
            put(folder.path(), path, self.files.get(path).map(Vec::as_slice));
        }
        self.give_back(folder);
        let texts = Texts::new(&read.inputs);
        let report = Report {
            findings: &outcome.findings,
            baseline: None,
            sources: &texts,
            summary: Summary::default(),
        };
        told(&report::render(&report, Format::Json, Detail::Quiet, Style::Plain).stdout)
    }

    /// A folder that holds the files, for the caller alone.
    fn folder(&self) -> TempDir {
        let free = self.folders.lock().unwrap_or_else(PoisonError::into_inner).pop();
        free.unwrap_or_else(|| {
            let folder = tempfile::tempdir().unwrap();
            for (path, bytes) in &self.files {
                put(folder.path(), path, Some(bytes));
            }
            folder
        })
    }

    fn give_back(&self, folder: TempDir) {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).push(folder);
    }
}

fn put(root: &Path, path: &str, bytes: Option<&[u8]>) {
    let file = root.join(path);
    match bytes {
        Some(bytes) => {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, bytes).unwrap();
        }
        None if file.exists() => fs::remove_file(file).unwrap(),
        None => {}
    }
}

/// The findings of a JSON report.
fn told(report: &str) -> Vec<Finding> {
    let report: Value = serde_json::from_str(report).unwrap();
    let finding = |finding: &Value| {
        let text = |name: &str| finding[name].as_str().unwrap().to_owned();
        let number = |name: &str| finding[name].as_u64().unwrap();
        Finding {
            rule: text("rule"),
            message: text("message"),
            path: text("path"),
            start: (number("line"), number("column")),
            end: (number("end_line"), number("end_column")),
        }
    };
    report["findings"].as_array().unwrap().iter().map(finding).collect()
}

/// The files of the demonstration site.
fn demonstration() -> Files {
    let mut files = Files::new();
    for folder in ["content", "themes"] {
        for (path, bytes) in site::files(&site::package().join(folder)) {
            files.insert(format!("{folder}/{path}"), bytes);
        }
    }
    files.insert("site.toml".to_owned(), fs::read(site::package().join("site.toml")).unwrap());
    files
}

/// Makes of the demonstration site one whose pages are all reviewed, and adds the files of `clinic/`.
fn make_clinic(files: &mut Files) {
    for (path, bytes) in files.iter_mut() {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let new = match path.as_str() {
            "site.toml" => text.replace("required = false", "required = true"),
            "content/people.yml" => {
                text + "reviewer:\n  name: Somebody else\n  role: clinician\nformer-reviewer:\n  name: Somebody who left\n  role: clinician\n  active: false\n"
            }
            "content/sources.yml" => {
                text + "\nweek-2024:\n  title: The book of weeks\n  publisher: A publisher\n  year: 2024\n  type: book\n  isbn: 978-3-16-148410-0\n"
            }
            path if path.ends_with(".md") => text.replacen(
                "authors: [backsite-contributors]\n",
                "authors: [backsite-contributors]\nreviewed_by: [reviewer]\nlast_reviewed: 2026-06-15\n",
                1,
            ),
            _ => text,
        };
        *bytes = new.into_bytes();
    }
    files.extend(site::files(&site::package().join("tests/mutation/clinic")));
}
