//! Why the inputs can't be read: the tool could not do its work.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// What kept the inputs from being read. Mistakes in the content are findings instead.
#[derive(Debug)]
pub enum InputError {
    /// The root is not there, or no folder.
    NoRoot {
        /// The root, as it was given.
        root: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// The root holds neither settings nor content.
    NotASite {
        /// The root, as it was given.
        root: PathBuf,
    },
    /// There are settings, and no folder of pages.
    NoContent {
        /// The root, as it was given.
        root: PathBuf,
        /// A folder whose name is nearly that.
        meant: Option<String>,
    },
    /// There is a folder of pages, and no page in it.
    NoPages {
        /// The root, as it was given.
        root: PathBuf,
    },
    /// The folder that is to hold an earlier release holds no pages.
    NotARelease {
        /// The folder, as it was given.
        root: PathBuf,
    },
    /// The baseline that was asked for is not there.
    NoBaseline {
        /// The file, as it was given.
        path: PathBuf,
    },
    /// A file or folder is there but can't be read.
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRoot { root, reason } => {
                write!(f, "can't open the folder `{}`: {reason}", root.display())
            }
            Self::NotASite { root } => write!(
                f,
                "there is no `site.toml` and no folder `content` in `{}`: run backsite in the folder that holds \
                 site.toml, or name that folder with --root",
                root.display()
            ),
            Self::NoContent { root, meant } => {
                write!(
                    f,
                    "there is no folder `content` in `{}`: the pages of a site lie there; ",
                    root.display()
                )?;
                match meant {
                    Some(folder) => write!(f, "did you mean the folder `{folder}`? Rename it to `content`"),
                    None => f.write_str("look whether it has another name"),
                }
            }
            Self::NoPages { root } => write!(
                f,
                "there is no page in the folder `content` in `{}`: put the pages back, or begin with `content/index.md`",
                root.display()
            ),
            Self::NotARelease { root } => write!(
                f,
                "there is no folder `content` in `{}`: name a folder with --previous that holds all files of the \
                 site as they were released, with site.toml in it",
                root.display()
            ),
            Self::NoBaseline { path } => write!(
                f,
                "there is no baseline `{}`: look whether it has another name, or write it with `backsite check \
                 --write-baseline`",
                path.display()
            ),
            Self::Unreadable { path, reason } => write!(f, "can't read `{}`: {reason}", path.display()),
        }
    }
}

impl std::error::Error for InputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NoRoot { reason, .. } | Self::Unreadable { reason, .. } => Some(reason),
            Self::NotASite { .. }
            | Self::NoContent { .. }
            | Self::NoPages { .. }
            | Self::NotARelease { .. }
            | Self::NoBaseline { .. } => None,
        }
    }
}
