//! Why a command could not do its work, in the words that the person who typed it reads.

use std::io;

use crate::diagnostic::Rule;
use crate::input::InputError;
use crate::output::OutputError;

/// Why a command could not do its work.
#[derive(Debug)]
pub enum CommandError {
    /// The site can't be read.
    Input(InputError),
    /// The site can't be written.
    Output(OutputError),
    /// The threads can't be started.
    Threads(rayon::ThreadPoolBuildError),
    /// The report can't be printed.
    Print(io::Error),
    /// A schema was asked for that does not exist.
    NoSchema {
        /// What was asked for.
        name: String,
        /// The one that was probably meant.
        meant: Option<String>,
    },
    /// A rule was asked for that does not exist.
    NoRule {
        /// What was asked for.
        name: String,
        /// The rule that was probably meant.
        meant: Option<Rule>,
    },
    /// A file of the built-in theme was asked for that does not exist.
    NoThemeFile {
        /// What was asked for.
        name: String,
        /// The one that was probably meant.
        meant: Option<&'static str>,
    },
}

impl std::fmt::Display for CommandError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Input(error) => error.fmt(f),
            Self::Output(error) => error.fmt(f),
            Self::Threads(error) => write!(f, "can't start the threads: {error}"),
            Self::Print(error) => write!(f, "can't print the report: {error}"),
            Self::NoSchema { name, meant: Some(meant) } => {
                write!(f, "there is no schema `{name}`\n  = help: did you mean `{meant}`?")
            }
            Self::NoSchema { name, meant: None } => {
                write!(f, "there is no schema `{name}`\n  = help: `backsite schema` lists all that there are")
            }
            Self::NoRule { name, meant: Some(meant) } => {
                write!(f, "there is no rule `{name}`\n  = help: did you mean `{}`?", meant.name())
            }
            Self::NoRule { name, meant: None } => {
                write!(f, "there is no rule `{name}`\n  = help: `backsite explain` lists all rules")
            }
            Self::NoThemeFile { name, meant: Some(meant) } => {
                write!(f, "the built-in theme has no `{name}`\n  = help: did you mean `{meant}`?")
            }
            Self::NoThemeFile { name, meant: None } => {
                write!(
                    f,
                    "the built-in theme has no `{name}`\n  = help: `backsite theme` lists all its files"
                )
            }
        }
    }
}
