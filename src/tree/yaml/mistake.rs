//! What a person did wrong where the parser gave up: the place, the words and, where it is sure, the change.
//!
//! The parser stops where it can't go on, which is often after the mistake. Each of its messages is taken together
//! with the text around its place to find where the mistake itself is.

mod line;
mod misread;
mod value;

use super::{Part, layout};
use crate::diagnostic::{Applicability, Diagnostic, Place, Rule};
pub(super) use line::{
    MISALIGNED, TOO_FAR, dressed_name, hyphened, lone_text, lone_value, misaligned, no_colon, swallowed_item,
    tab_in, wrong_name,
};
pub(super) use misread::{misread, strange_item};
use std::ops::Range;

/// What is said of a value with a colon in it.
pub const COLON_IN_VALUE: &str = "a value that holds `: ` needs quotes";

/// What is said of what stands behind a value in quotes.
pub const AFTER_QUOTE: &str = "the value goes on after its closing quote";

/// What is said of what stands behind a list in brackets.
pub const AFTER_BRACKET: &str = "a value that begins with `[` ends with its closing bracket";

/// What is said of an item that is a word, and has fields below it.
pub const NAMELESS_ITEM: &str = "this item has fields below it, and no name with a colon";

/// What is said where lists and mappings are nested deeper than anybody writes by hand.
pub(super) const TOO_DEEP: &str = "lists and fields are nested more than 64 deep";

/// One mistake in YAML text. All ranges are bytes of the text that was parsed.
#[derive(Debug)]
pub(super) struct Mistake {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
    pub(super) fix: Option<(Range<usize>, String)>,
}

impl Mistake {
    pub(super) fn new(range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { range, message: message.into(), help: help.into(), fix: None }
    }

    fn fix(mut self, range: Range<usize>, text: impl Into<String>) -> Self {
        self.fix = Some((range, text.into()));
        self
    }

    /// The finding about this mistake in `part`.
    pub(super) fn finding(self, part: Part<'_>) -> Diagnostic {
        let place = Place::new(part.path, part.span(self.range));
        let finding = Diagnostic::new(Rule::YamlSyntax, place, self.message).help(self.help);
        match self.fix {
            Some((range, text)) => finding.fix(part.span(range), text, Applicability::MaybeIncorrect),
            None => finding,
        }
    }
}

/// What is wrong where the parser stopped at `at` with the words `said`.
pub(super) fn explain(text: &str, said: &str, at: usize) -> Mistake {
    match said {
        "tabs disallowed within this context (block indentation)"
        | "tabs disallowed in this context"
        | "while scanning a plain scalar, found a tab"
        | "tab cannot be used as indentation"
        | "a block scalar content cannot start with a tab" => line::tab_from(text, at),
        "':' must be followed by a valid YAML whitespace"
        | "'-' must be followed by a valid YAML whitespace" => line::tab_before(text, at),
        "while scanning a quoted scalar, found unexpected end of stream"
        | "while scanning a quoted scalar, found unexpected document indicator" => {
            value::unclosed_quote(text, at)
        }
        "invalid indentation in quoted scalar" => value::quote_over_lines(text, at),
        "invalid trailing content after double-quoted scalar" => value::after_quote(text, at),
        "while parsing a quoted scalar, found unknown escape character"
        | "while parsing a quoted scalar, did not find expected hexadecimal number"
        | "while parsing a quoted scalar, found invalid Unicode character escape code" => {
            value::escape(text, at)
        }
        "misplaced bracket" => value::closing_bracket(text, at),
        "mapping values are not allowed in this context" => line::colon(text, at),
        "simple key expect ':'" | "simple key expected" => line::not_a_field(text, at),
        "block sequence entries are not allowed in this context" => Mistake::new(
            at..at + 1,
            "a list can't begin on the line of its field",
            "begin each item on a line of its own, with `- `",
        ),
        "comment intercepting the multiline text" => Mistake::new(
            at..layout::line_end(text, at),
            "a comment can't stand inside of a value",
            "delete the comment, or put the value in quotes if `#` is part of it",
        ),
        "a byte order mark must not appear inside a document" => Mistake::new(
            at..at + '\u{feff}'.len_utf8(),
            "there is an invisible byte order mark inside of the text",
            "delete it, or write the line anew",
        ),
        "while parsing a block mapping, did not find expected key"
        | "while parsing a block collection, did not find expected '-' indicator"
        | "invalid indentation" => misaligned(text, at),
        "wrongly indented line in block scalar" => line::long_blank(text, at),
        "did not find expected <document start>" => line::no_document(text, at),
        "recursion limit exceeded" => too_deep(at),
        _ if begins_wrong(said) => value::no_beginning(text, at),
        _ => value::in_brackets(text, at),
    }
}

/// Whether the parser said that a value can't begin with its first character.
fn begins_wrong(said: &str) -> bool {
    said.starts_with("unexpected character")
        || said.starts_with("while scanning an anchor or alias")
        || said.starts_with("while scanning a tag")
        || said.starts_with("while parsing a tag")
        || said.starts_with("while scanning a verbatim tag")
        || said.starts_with("while scanning a block scalar")
        || said == "the handle wasn't declared"
        || said == "mapping keys are not allowed in this context"
        || said == "plain scalar cannot start with '-' followed by ,[]{}"
}

/// Lists and mappings are nested too deep at `at`.
pub(super) fn too_deep(at: usize) -> Mistake {
    Mistake::new(at..at + 1, TOO_DEEP, "write it with fewer levels")
}

/// A mark at `range` with which a second document begins.
pub(super) fn second_document(range: Range<usize>) -> Mistake {
    Mistake::new(range, "a second document begins here", "keep one document in a file")
}

fn generic(text: &str, at: usize) -> Mistake {
    let at = at.min(text.len());
    Mistake::new(
        at..layout::value_end(text, at),
        "this can't be read as YAML",
        "look at the spaces, quotes and colons of this line and the one above",
    )
}
