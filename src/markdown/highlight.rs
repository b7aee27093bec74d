//! Code blocks with classes for colours, by syntect.

use std::sync::OnceLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

/// Prefix of every class, so that a theme's own classes can't be meant.
const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "hl-" };

/// The grammars, read when the first code block asks for them: reading them takes longer than a small site.
#[derive(Default)]
pub struct Highlighter {
    grammars: OnceLock<SyntaxSet>,
}

impl Highlighter {
    /// `code` in the language called `name` as HTML of spans with classes; none if there is no such grammar.
    pub fn html(&self, code: &str, name: &str) -> Option<String> {
        if name.is_empty() || matches!(name, "text" | "txt" | "plain") {
            return None;
        }
        let grammars = self.grammars.get_or_init(SyntaxSet::load_defaults_newlines);
        let grammar = grammars.find_syntax_by_token(name)?;
        let mut generator = ClassedHTMLGenerator::new_with_class_style(grammar, grammars, STYLE);
        for line in LinesWithEndings::from(code) {
            generator.parse_html_for_line_which_includes_newline(line).ok()?;
        }
        Some(generator.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_coloured_by_classes_and_never_by_styles() {
        let html = Highlighter::default().html("{\"a\": \"<b>\"}\n", "json").unwrap();
        assert!(html.contains("class=\"hl-") && html.contains("&lt;b&gt;"), "{html}");
        assert!(!html.contains("style="), "{html}");
    }

    #[test]
    fn an_unknown_language_is_left_plain() {
        assert_eq!(Highlighter::default().html("x", "no-such-language"), None);
        assert_eq!(Highlighter::default().html("x", ""), None);
    }
}
