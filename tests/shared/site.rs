//! A site as files on a disk of its own, and what the program makes of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use backsite::artifact::{Artifact, Content, Sink};
use backsite::clinical::Date;
use backsite::config::Config;
use backsite::diagnostic::Diagnostic;
use backsite::input::{self, InputError, Inputs, ThemeChoice};
use backsite::pipeline::{self, Cache, Options, Outcome};
use backsite::site::Drafts;

/// The files of a site: paths with `/` between their parts, and bytes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The published files: their addresses, and what they hold.
pub type Artifacts = BTreeMap<String, Content>;

/// The day on which sites are checked, unless a test says otherwise.
pub const TODAY: &str = "2026-03-31";

/// A site that has been read.
pub struct Read {
    pub inputs: Inputs,
    pub config: Config,
    pub findings: Vec<Diagnostic>,
}

/// What a run made.
pub struct Made {
    pub outcome: Outcome,
    pub artifacts: Artifacts,
}

/// Writes `files` into `root`, which is made, and emptied first.
pub fn write(root: &Path, files: &Files) {
    if root.exists() {
        fs::remove_dir_all(root).unwrap();
    }
    for (path, bytes) in files {
        let file = root.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
}

/// Reads the site at `root` as the commands do.
pub fn read(root: &Path) -> Result<Read, InputError> {
    let settings = input::settings(root)?;
    let (config, findings) = settings.understood();
    let place = config.place(config.theme.span);
    let theme = ThemeChoice { name: &config.theme.value, place: Some(&place) };
    let inputs = input::read(root, settings, theme)?;
    Ok(Read { inputs, config, findings })
}

/// Runs the pipeline over what was read, and keeps what it makes.
pub fn run(read: &Read, options: Options, cache: &Cache) -> Made {
    let shelf = Shelf::default();
    let outcome = pipeline::run(&read.inputs, &read.config, read.findings.clone(), options, cache, &shelf);
    Made { outcome, artifacts: shelf.0.into_inner().unwrap_or_else(PoisonError::into_inner) }
}

/// Options with drafts left out, on the day `today`.
pub fn on(today: &str) -> Options {
    Options { drafts: Drafts::Hidden, today: Date::parse(today).unwrap() }
}

/// Every file under `folder`, by its path from there.
pub fn files(folder: &Path) -> Files {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let parts: Vec<String> = entry
                .path()
                .strip_prefix(folder)
                .unwrap()
                .components()
                .map(|part| part.as_os_str().to_str().unwrap().to_owned())
                .collect();
            (parts.join("/"), fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// The text of a published file; none where there is no such file, or one that is copied.
pub fn text<'a>(artifacts: &'a Artifacts, path: &str) -> Option<&'a str> {
    match artifacts.get(path)? {
        Content::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
        Content::File { .. } => None,
    }
}

/// The folder of this package.
pub fn package() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The sink that keeps what it is given. No address comes twice.
#[derive(Default)]
struct Shelf(Mutex<Artifacts>);

impl Sink for Shelf {
    fn put(&self, artifact: Artifact) {
        let path = artifact.path.clone();
        let before =
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(artifact.path, artifact.content);
        assert!(before.is_none(), "`{path}` was published twice");
    }
}
