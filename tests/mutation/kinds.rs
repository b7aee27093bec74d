//! Every kind of mistake, a family a file.

mod dates;
mod design;
mod files;
mod governance;
mod halves;
mod keys;
mod language;
mod layout;
mod links;
mod markup;
mod references;
mod registers;
mod sections;
mod settings;
mod stray;
mod theme;
mod values;
mod yaml;

use crate::kind::Kind;

/// The families, each with a title.
pub const FAMILIES: &[(&str, &[Kind])] = &[
    ("Names of fields", keys::KINDS),
    ("Values of fields", values::KINDS),
    ("Dates", dates::KINDS),
    ("Front matter and registers as YAML", yaml::KINDS),
    ("Lines and columns of front matter and registers", layout::KINDS),
    ("Ids", references::KINDS),
    ("Registers", registers::KINDS),
    ("Links", links::KINDS),
    ("Sections, signs and doses", sections::KINDS),
    ("Reviews, sources and exceptions", governance::KINDS),
    ("Language", language::KINDS),
    ("Headings, pictures and tables", markup::KINDS),
    ("Signs that are not read as they were meant", stray::KINDS),
    ("Signs that are lost, and signs of other programs", halves::KINDS),
    ("Files", files::KINDS),
    ("Settings", settings::KINDS),
    ("Templates, words and schemas", theme::KINDS),
    ("Components, styles and files of a theme", design::KINDS),
];
