//! The values that a template sees, each under its name, and which template sees which.

use std::collections::BTreeMap;

use super::{AzView, Frame, HandoutView, HomeView, Link, ListView, PageView, Shapes, SiteView};

/// Binds each name to its type, once: what is rendered and what templates are checked against can't differ.
macro_rules! seen {
    ($($(#[$doc:meta])* $variant:ident($type:ty) = $name:literal,)*) => {
        /// A value that a template sees.
        #[derive(Clone, Copy, Debug)]
        pub enum Seen<'a> {
            $($(#[$doc])* $variant(&'a $type),)*
        }

        impl Seen<'_> {
            /// The name by which templates ask for it.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant(_) => $name,)*
                }
            }

            /// It as a value of the template engine.
            pub fn value(self) -> tera::Value {
                match self {
                    $(Self::$variant(value) => tera::Value::from_serializable(value),)*
                }
            }
        }

        impl Shapes {
            /// The shapes of all values that templates see.
            pub fn of_views() -> Self {
                let mut shapes = Self::default();
                $(shapes.add::<$type>($name);)*
                shapes
            }
        }
    };
}

seen! {
    /// The site.
    Site(SiteView) = "site",
    /// The words of the language file.
    Words(BTreeMap<String, String>) = "t",
    /// The way to the site's root.
    Root(str) = "root",
    /// The names of static files, and their addresses.
    Assets(BTreeMap<String, String>) = "assets",
    /// The head and frame of the page.
    Frame(Frame) = "frame",
    /// A page with a file of its own.
    Page(PageView) = "page",
    /// The start page.
    Home(HomeView) = "home",
    /// A list of pages.
    List(ListView) = "list",
    /// A handout.
    Handout(HandoutView) = "handout",
    /// The A to Z.
    Az(AzView) = "az",
    /// The page that an old address leads to.
    Target(Link) = "target",
}

/// The names of the values that every template sees.
pub const EVERYWHERE: [&str; 5] = ["site", "t", "root", "assets", "frame"];

/// The templates that have a name of their own, and the names of the values that each sees besides [`EVERYWHERE`].
pub const TEMPLATES: [(&str, &[&str]); 7] = [
    ("home.html", &["home", "page"]),
    ("list.html", &["list"]),
    ("handout.html", &["handout"]),
    ("a-z.html", &["az"]),
    ("retired.html", &["page"]),
    ("redirect.html", &["target"]),
    ("404.html", &[]),
];

/// The names of the values that a template of a kind sees besides [`EVERYWHERE`].
pub const OF_A_KIND: &[&str] = &["page"];

/// The names of the values that the template `name` sees besides [`EVERYWHERE`].
pub fn seen_by(name: &str) -> &'static [&'static str] {
    TEMPLATES.iter().find(|(template, _)| *template == name).map_or(OF_A_KIND, |(_, seen)| seen)
}
