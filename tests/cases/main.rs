//! Cases written as Markdown: files in, findings and pages out. Each heading of a file in this folder is a test.
//!
//! `README.md` beside this file says how a case is written. `BACKSITE_BLESS=1 cargo test --test cases` writes what
//! the program says now into the cases, to be read in the difference before it is committed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test may fail, and say why"
)]
#![allow(dead_code, reason = "other tests use the rest of the shared modules")]

#[path = "../shared/audit.rs"]
mod audit;
#[path = "../shared/site.rs"]
mod site;

mod block;
mod coverage;
mod play;
mod story;

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use story::{Book, Story};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let books = books();
    if std::env::var_os("BACKSITE_BLESS").is_some() {
        return bless(&books);
    }
    let mut trials: Vec<Trial> = coverage::trials(&books);
    for book in books {
        for story in book.stories {
            let name = format!("{}::{}", book.name, story.title.replace(' ', "_"));
            trials.push(Trial::test(name, move || test(&story)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn test(story: &Story) -> Result<(), Failed> {
    let outcomes = play::play(story)?;
    let wrong: Vec<String> = outcomes.iter().filter_map(play::Outcome::difference).collect();
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!("{}:{}\n\n{}", story.file, story.line, wrong.join("\n")).into())
}

/// Writes what the program says now into the files.
fn bless(books: &[Book]) -> ExitCode {
    let mut failed = false;
    for book in books {
        let mut outcomes = Vec::new();
        for story in &book.stories {
            match play::play(story) {
                Ok(found) => outcomes.extend(found),
                Err(error) => {
                    failed = true;
                    eprintln!("{}:{}: {}", story.file, story.line, error.message().unwrap_or_default());
                }
            }
        }
        let new = play::rewritten(&book.text, &outcomes);
        if new != book.text {
            fs::write(&book.path, new).unwrap();
            eprintln!("wrote {}", book.path.display());
        }
    }
    ExitCode::from(u8::from(failed))
}

/// Every file of cases, in the order of their names.
fn books() -> Vec<Book> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .filter(|path| path.file_name().is_some_and(|name| name != "README.md"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "there are no cases");
    paths.into_iter().map(Book::read).collect()
}

/// The folder of this test.
fn folder() -> PathBuf {
    site::package().join("tests/cases")
}
