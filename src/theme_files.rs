//! The files of the default theme, carried by the program.

/// The name of the default theme.
pub const DEFAULT_THEME: &str = "clinic";

/// Each file of the default theme: its path in the theme's folder, with `/` between its parts, and its bytes. In the
/// order of the paths. The build script lists them.
pub static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/theme_files.rs"));
