//! A site in a folder of its own, and what the program says of it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

/// Settings with nothing wrong in them.
pub const SETTINGS: &str = "title = \"T\"\nnotice = \"N.\"\n\n[review]\nrequired = false\n";

/// A page with nothing wrong in it.
pub const PAGE: &str = "---\ntitle: A\nsummary: S.\n---\nText.\n";

/// A site on the disk.
pub struct Site(TempDir);

/// What a run of the program left.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    /// The exit status.
    pub status: Option<i32>,
    /// Both streams, the findings first.
    pub said: String,
}

impl Site {
    /// A site that is nothing but a home page and settings.
    pub fn new() -> Self {
        let site = Self(tempfile::tempdir().unwrap());
        site.with("site.toml", SETTINGS).with("content/index.md", "---\ntitle: Home\nsummary: S.\n---\n")
    }

    /// The same with a file; it takes the place of one that is there.
    pub fn with(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let file = self.path(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
        self
    }

    /// The same without a file.
    pub fn without(self, path: &str) -> Self {
        fs::remove_file(self.path(path)).unwrap();
        self
    }

    /// The same with a symbolic link at `path`.
    #[cfg(unix)]
    pub fn link(self, path: &str, to: &str) -> Self {
        let file = self.path(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(to, file).unwrap();
        self
    }

    /// Where `path` lies on the disk.
    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    /// The text of a published file.
    pub fn published(&self, path: &str) -> String {
        fs::read_to_string(self.path("public").join(path)).unwrap()
    }

    /// Runs the program in the site's folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_backsite"))
            .args(arguments)
            .current_dir(self.0.path())
            .env_remove("NO_COLOR")
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].concat();
        Run { status: output.status.code(), said: String::from_utf8(text).unwrap() }
    }

    /// Builds the site, drafts shown, and compares the whole report and the exit status, which is 1.
    #[track_caller]
    pub fn is_refused(&self, report: &str) {
        self.ends_with(1, report);
        assert!(!self.path("public").exists(), "something was published");
    }

    /// Builds the site, drafts shown: there is nothing to say, and the exit status is 0.
    #[track_caller]
    pub fn is_built(&self) {
        self.ends_with(0, "");
    }

    /// Builds the site, drafts shown, and compares the whole report and the exit status.
    #[track_caller]
    pub fn ends_with(&self, status: i32, report: &str) {
        let run = self.run(&["build", "--drafts", "--quiet", "--today", "2026-06-01"]);
        let said = run.said.trim_end().to_owned();
        let root = self.0.path().display().to_string();
        let said = said.replace(&root, "ROOT");
        let expected = report.trim_end().trim_start_matches('\n');
        assert!(
            said == expected && run.status == Some(status),
            "exit status {:?}, and the report is:\n<<<\n{said}\n>>>\nin place of:\n{expected}",
            run.status
        );
    }
}

/// A site with one exercise, whose file holds `bytes`.
pub fn exercise(bytes: impl AsRef<[u8]>) -> Site {
    Site::new().with("content/exercises/a.md", bytes)
}

/// A site with one exercise that has these fields besides a title and a summary.
pub fn fields(yaml: &str) -> Site {
    exercise(format!("---\ntitle: A\nsummary: S.\n{yaml}\n---\nText.\n"))
}

/// A site with one exercise that has this body.
pub fn body(markdown: &str) -> Site {
    exercise(format!("---\ntitle: A\nsummary: S.\n---\n{markdown}\n"))
}

/// A site with these settings besides those that it needs; lines before the first `[` stand at the top.
pub fn settings(toml: &str) -> Site {
    let top = toml.find("\n[").map_or(toml.len(), |at| at + 1);
    let (top, groups) = if toml.starts_with('[') { ("", toml) } else { toml.split_at(top) };
    Site::new().with("site.toml", format!("{top}\n{SETTINGS}{groups}"))
}

/// Checks sites of one size and of eight times that size: the second takes about eight times as long. A clock says
/// nothing on a busy machine, but what grows with the square takes 64 times as long.
#[track_caller]
pub fn is_linear(size: usize, site: impl Fn(usize) -> Site) {
    let time = |size| {
        let site = site(size);
        let start = std::time::Instant::now();
        let status = site.run(&["check", "--drafts", "--quiet"]).status;
        assert!(status == Some(0) || status == Some(1), "exit status {status:?}");
        start.elapsed().as_secs_f64()
    };
    let ratio = || time(8 * size) / time(size).max(0.05);
    // Something else may have had the processor in between, but not each time.
    assert!((0..3).any(|_| ratio() < 30.0), "eight times the site takes over 30 times as long");
}
