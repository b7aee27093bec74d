//! Why a site could not be written, in the words that the author reads.

use std::path::{Path, PathBuf};
use std::{error, fmt, io};

/// Why a site could not be written. Whatever it is, the tool could not do its work.
#[derive(Debug)]
pub enum OutputError {
    /// The folder holds files and no marker of ours.
    NotOurs {
        /// The output folder.
        output: PathBuf,
    },
    /// The folder is ours, but somebody keeps a repository in it, which would go with the old site.
    HoldsRepository {
        /// The output folder.
        output: PathBuf,
    },
    /// The folder is or holds what the site is made from.
    HoldsSource {
        /// The output folder.
        output: PathBuf,
        /// What it holds.
        source: PathBuf,
    },
    /// The folder lies in a folder that the site is made from.
    InSource {
        /// The output folder.
        output: PathBuf,
        /// What it lies in.
        source: PathBuf,
    },
    /// A file, or something else that is not a folder, has the output folder's name.
    NotAFolder {
        /// The output folder.
        output: PathBuf,
    },
    /// The output folder is a link to a place where nothing is.
    DanglingLink {
        /// The output folder.
        output: PathBuf,
    },
    /// All pages of the old site but the front page would go.
    NothingLeft {
        /// The output folder.
        output: PathBuf,
        /// How many pages would go.
        lost: usize,
    },
    /// Another build writes to the same folder.
    Busy {
        /// The output folder.
        output: PathBuf,
    },
    /// An artifact's path leads out of the output folder or takes a name that publishing needs for itself.
    BadPath {
        /// The artifact's path.
        path: String,
    },
    /// Two artifacts have the same path, or differ only where the file system sees no difference.
    Twice {
        /// The path of the second.
        path: PathBuf,
    },
    /// A file to copy is no longer the one that was read.
    SourceChanged {
        /// The file.
        from: PathBuf,
    },
    /// The file for a baseline is there, and is something else.
    NotABaseline {
        /// The file.
        file: PathBuf,
    },
    /// The file for a baseline lies where it would become a part of the site.
    BaselineInSite {
        /// The file.
        file: PathBuf,
        /// The folder that it lies in.
        folder: PathBuf,
    },
    /// A file that is to be added to the author's own is there already.
    ThereAlready {
        /// The file.
        file: PathBuf,
    },
    /// A file of the author's that is to be mended can't be written.
    WriteProtected {
        /// The file.
        path: PathBuf,
    },
    /// The system refused.
    Io {
        /// What was tried, after "can't".
        action: &'static str,
        /// With what.
        path: PathBuf,
        /// The system's reason.
        reason: io::Error,
    },
}

impl OutputError {
    /// Turns the system's refusal to do `action` with `path` into an error.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |reason| Self::Io { action, path: path.to_path_buf(), reason }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs { output } => write!(
                f,
                "`{}` holds files that backsite did not make, and publishing would remove them; choose another \
                 output folder, or empty this one first",
                output.display()
            ),
            Self::HoldsRepository { output } => write!(
                f,
                "`{}` holds a `.git`, and publishing would remove it; move the repository away, or choose another \
                 output folder",
                output.display()
            ),
            Self::InSource { output, source } => write!(
                f,
                "`{}` can't be the output folder, because it lies in `{}`, which the site is made from; choose a \
                 folder outside of it",
                output.display(),
                source.display()
            ),
            Self::HoldsSource { output, source } => write!(
                f,
                "`{}` can't be the output folder, because publishing would remove `{}`, which the site is made \
                 from; choose a folder that is used for nothing else",
                output.display(),
                source.display()
            ),
            Self::NotAFolder { output } => write!(
                f,
                "`{}` is not a folder; move it away, or choose another output folder",
                output.display()
            ),
            Self::DanglingLink { output } => write!(
                f,
                "`{}` is a link to a place that does not exist; make the folder that it points to, or remove the \
                 link",
                output.display()
            ),
            Self::NothingLeft { output, lost } => write!(
                f,
                "the site has no page but the front page, and publishing would remove {lost} pages from `{}`; look \
                 whether `content` is whole, or delete that folder and build again",
                output.display()
            ),
            Self::Busy { output } => write!(
                f,
                "another build is writing to `{}`; wait until it has ended, then build again",
                output.display()
            ),
            Self::BadPath { path } => {
                write!(f, "can't write `{path}`: it is not a path that a page or a file of the site can have")
            }
            Self::Twice { path } => write!(
                f,
                "can't write `{}`: another page or file of the site has the same path",
                path.display()
            ),
            Self::SourceChanged { from } => {
                write!(f, "`{}` changed while the site was being built; build again", from.display())
            }
            Self::NotABaseline { file } => write!(
                f,
                "`{}` is not a baseline, and writing one would replace it; name another file with --baseline",
                file.display()
            ),
            Self::BaselineInSite { file, folder } => write!(
                f,
                "`{}` can't be a baseline, because it lies in `{}`; choose a place beside site.toml",
                file.display(),
                folder.display()
            ),
            Self::ThereAlready { file } => write!(
                f,
                "`{}` is there already, and nothing was written; to have it as it is built in, rename yours first",
                file.display()
            ),
            Self::WriteProtected { path } => {
                write!(f, "`{}` is write-protected; allow writing to it, or mend it by hand", path.display())
            }
            Self::Io { action, path, reason } => {
                write!(f, "can't {action} `{}`: {}", path.display(), plain(reason))
            }
        }
    }
}

impl error::Error for OutputError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Io { reason, .. } => Some(reason),
            _ => None,
        }
    }
}

/// The system's reason without the number that the standard library puts behind it.
fn plain(reason: &io::Error) -> String {
    let text = reason.to_string();
    match text.split_once(" (os error") {
        Some((words, _)) => words.to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_reason_is_given_in_words() {
        let error = OutputError::io("write", Path::new("public/index.html"))(io::Error::from_raw_os_error(2));
        if cfg!(unix) {
            assert_eq!(error.to_string(), "can't write `public/index.html`: No such file or directory");
        }
    }
}
