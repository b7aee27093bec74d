//! Links, pictures and citations of a body, as the author wrote them, before anybody knows where they lead.

use percent_encoding::percent_decode_str;

use crate::source::Span;

/// Whether the page leads somewhere or shows something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkRole {
    /// A link.
    Link,
    /// A picture.
    Image,
}

/// A link or picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Link or picture.
    pub role: LinkRole,
    /// Where it leads.
    pub destination: Destination,
    /// The bytes of the destination.
    pub span: Span,
}

/// Where a link leads, by the way it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// An address on another host, or of a person: `https:`, `http:`, `mailto:`, `tel:`, `sms:`.
    Outside(Box<str>),
    /// A heading of the same page: `#plan`.
    Anchor(Box<str>),
    /// A file, by its path from the page's folder; percent signs decoded.
    File {
        /// The path as written, `../guidance/pacing.md`.
        path: Box<str>,
        /// What stands behind `#`, if anything.
        anchor: Option<Box<str>>,
    },
    /// A page by its id: `[[pacing]]`, `[[term/disc]]`, `[[pacing#plan]]`.
    Page {
        /// The kind before `/`, if it is given.
        kind: Option<Box<str>>,
        /// The id; empty in `[[ ]]`.
        id: Box<str>,
        /// What stands behind `#`, if anything.
        anchor: Option<Box<str>>,
    },
    /// An address that a page must not lead to; the scheme that makes it so, or `//`.
    Unsafe(Box<str>),
    /// Nothing at all.
    Empty,
}

/// A citation of an entry of the register of sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The entry's id.
    pub id: Box<str>,
    /// The bytes of the id, without `@`.
    pub span: Span,
}

/// Schemes that a page may lead to. Everything else may run something or ask for more than a reader expects.
const SCHEMES: [&str; 5] = ["https", "http", "mailto", "tel", "sms"];

/// The ends of names of hosts that people write without a scheme, as `nhs.uk`. None is the ending of a file.
pub const ENDS_OF_HOSTS: [&str; 22] = [
    "at", "au", "be", "ca", "ch", "com", "de", "edu", "es", "eu", "fr", "gov", "ie", "info", "int", "it",
    "net", "nl", "nz", "org", "uk", "us",
];

impl Destination {
    /// Reads the destination of an ordinary Markdown link.
    pub fn of_link(written: &str) -> Self {
        // A browser ignores white space and control characters in a scheme, so they must not hide one.
        let seen: String = written.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
        if let Some((scheme, _)) = seen.split_once(':')
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        {
            let scheme = scheme.to_ascii_lowercase();
            return if SCHEMES.contains(&scheme.as_str()) {
                Self::Outside(written.trim().into())
            } else {
                Self::Unsafe(format!("{scheme}:").into())
            };
        }
        // Browsers read a backslash as a slash.
        if seen.starts_with("//") || seen.starts_with('\\') || seen.starts_with("/\\") {
            return Self::Unsafe("//".into());
        }
        let (path, anchor) = split_anchor(written.trim());
        let path = path.split('?').next().unwrap_or(path);
        match (path, anchor) {
            ("", None) => Self::Empty,
            ("", Some(anchor)) => Self::Anchor(decoded(anchor)),
            (path, anchor) => Self::File { path: decoded(path), anchor: anchor.map(decoded) },
        }
    }

    /// Reads what stands in the double brackets of a wiki link, before any `|`.
    pub fn of_wiki_link(written: &str) -> Self {
        let (page, anchor) = split_anchor(written.trim());
        let anchor = anchor.map(Into::into);
        match (page.rsplit_once('/'), anchor) {
            (_, Some(anchor)) if page.is_empty() => Self::Anchor(anchor),
            (Some((kind, id)), anchor) => Self::Page { kind: Some(kind.into()), id: id.into(), anchor },
            (None, anchor) => Self::Page { kind: None, id: page.into(), anchor },
        }
    }
}

/// The endings of pictures.
pub(super) const PICTURES: [&str; 8] = [".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp", ".avif", ".heic"];

/// Whether the words `alt` of a picture are no words: the name of a file, or the number that a camera gives.
pub fn is_file_name(alt: &str) -> bool {
    const CAMERAS: [&str; 6] = ["img", "dsc", "dscn", "dscf", "pxl", "image"];
    let name = alt.trim().to_lowercase();
    if name.is_empty() || name.contains(char::is_whitespace) {
        return false;
    }
    let is_number = |rest: &str| {
        rest.len() > 1
            && rest.contains(|c: char| c.is_ascii_digit())
            && rest.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '_'))
    };
    PICTURES.iter().any(|ending| name.ends_with(ending))
        || CAMERAS.iter().filter_map(|camera| name.strip_prefix(camera)).any(is_number)
}

fn split_anchor(written: &str) -> (&str, Option<&str>) {
    match written.split_once('#') {
        Some((page, anchor)) => (page, Some(anchor)),
        None => (written, None),
    }
}

fn decoded(text: &str) -> Box<str> {
    percent_decode_str(text).decode_utf8_lossy().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_that_runs_something_is_unsafe_however_it_is_written() {
        for written in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            " java\tscript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc",
        ] {
            assert!(matches!(Destination::of_link(written), Destination::Unsafe(_)), "{written}");
        }
        for written in ["//example.org/x", "\\\\example.org", "/\\example.org"] {
            assert!(matches!(Destination::of_link(written), Destination::Unsafe(_)), "{written}");
        }
    }

    #[test]
    fn a_path_is_decoded_and_loses_its_query() {
        assert_eq!(
            Destination::of_link("../a%20b.md?x=1#plan"),
            Destination::File { path: "../a b.md".into(), anchor: Some("plan".into()) }
        );
        assert_eq!(Destination::of_link("#plan"), Destination::Anchor("plan".into()));
        assert_eq!(Destination::of_link(""), Destination::Empty);
    }

    #[test]
    fn a_wiki_link_names_an_id_and_perhaps_a_kind_and_a_heading() {
        let page = |kind: Option<&str>, id: &str, anchor: Option<&str>| Destination::Page {
            kind: kind.map(Into::into),
            id: id.into(),
            anchor: anchor.map(Into::into),
        };
        assert_eq!(Destination::of_wiki_link("pacing"), page(None, "pacing", None));
        assert_eq!(Destination::of_wiki_link("term/disc"), page(Some("term"), "disc", None));
        assert_eq!(Destination::of_wiki_link("pacing#plan"), page(None, "pacing", Some("plan")));
    }
}
