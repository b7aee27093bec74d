//! `theme`: files of the built-in theme, listed and copied into a site, to be changed there.

use std::fmt::Write as _;
use std::path::Path;

use super::{CommandError, Exit};
use crate::input;
use crate::output;
use crate::report::{self, Output};
use crate::suggest::closest;
use crate::theme_files::FILES;

/// A file of the built-in theme: its path and its bytes.
type ThemeFile = (&'static str, &'static [u8]);

/// Copies the files of the built-in theme that `names` name into the theme of the site at `root`, or prints the list of
/// all. A folder stands for all files in it.
///
/// # Errors
/// When there is no such file, the site can't be read, one of the files is there already, or can't be written.
pub fn theme(root: &Path, names: &[String]) -> Result<Exit, CommandError> {
    let mut stdout = String::new();
    if names.is_empty() {
        for (path, _) in FILES {
            // Writing to a text can't fail.
            let _ = writeln!(stdout, "{path}");
        }
        stdout.push_str(
            "\nTo copy one into your site, where you can change it, type its name:\n\
             backsite theme templates/_foot.html\n",
        );
    } else {
        let files = chosen(names)?;
        let (config, _) = input::settings(root).map_err(CommandError::Input)?.understood();
        let folder = root.join("themes").join(&config.theme.value);
        let folder = folder.strip_prefix(".").unwrap_or(&folder);
        output::add(folder, &files).map_err(CommandError::Output)?;
        for (path, _) in files {
            let _ = writeln!(stdout, "made {}", report::one_line(&folder.join(path).display().to_string()));
        }
    }
    report::print(&Output { stdout, stderr: String::new() }).map_err(CommandError::Print)?;
    Ok(Exit::Clean)
}

/// The files that `names` name, each once, in the order of their paths.
fn chosen(names: &[String]) -> Result<Vec<ThemeFile>, CommandError> {
    let mut is_chosen = vec![false; FILES.len()];
    for name in names {
        // As a shell completes it, on any system.
        let plain = name.replace('\\', "/");
        let plain = plain.trim_start_matches("./").trim_end_matches('/');
        let is_named =
            |path: &str| path == plain || path.strip_prefix(plain).is_some_and(|rest| rest.starts_with('/'));
        let mut is_known = false;
        for (chosen, (path, _)) in is_chosen.iter_mut().zip(FILES) {
            if is_named(path) {
                (*chosen, is_known) = (true, true);
            }
        }
        if !is_known {
            let same = FILES.iter().map(|(path, _)| *path).find(|path| path.ends_with(&format!("/{plain}")));
            let meant = same.or_else(|| closest(plain, FILES.iter().map(|(path, _)| *path)));
            return Err(CommandError::NoThemeFile { name: name.clone(), meant });
        }
    }
    Ok(FILES.iter().zip(is_chosen).filter(|(_, chosen)| *chosen).map(|(file, _)| *file).collect())
}
