//! What Tera can't read because something else stands where it was expected, or the template ends.

use super::open::open_at;
use super::{Said, Spot, no_such};
use crate::source::Span;
use crate::theme::lexer::{self, Purpose};

/// The words with which a tag can begin.
const TAGS: [&str; 20] = [
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "endfor",
    "set",
    "set_global",
    "endset",
    "block",
    "endblock",
    "extends",
    "include",
    "filter",
    "endfilter",
    "component",
    "endcomponent",
    "raw",
    "break",
    "continue",
];

/// Words of other languages for templates, and what they are here.
const OTHER_WORDS: [(&str, &str); 6] = [
    ("elseif", "elif"),
    ("elsif", "elif"),
    ("foreach", "for"),
    ("endforeach", "endfor"),
    ("macro", "component"),
    ("endmacro", "endcomponent"),
];

/// What can't be read because something else stands where it was expected, or the template ends.
pub fn unread(message: &str, spot: &Spot<'_>) -> Option<Said> {
    match message {
        "Unexpected end of input" => return Some(unclosed(spot)),
        "Unknown tag" => return Some(unknown_tag(spot)),
        "Unexpected character" => return Some(unexpected(spot)),
        _ => {}
    }
    let rest = message.strip_prefix("Found ")?;
    let (_, expected) = rest.split_once(" but expected ")?;
    let expected = expected.strip_suffix('.').unwrap_or(expected);
    let here = spot.span.of(spot.text);
    let before = spot.text.get(..spot.span.start as usize).unwrap_or("").trim_end();
    let is_argument = before.ends_with(['(', ',']);
    let (missing, help) = match expected {
        "}}" | "%}" if here == "=" => (format!("`{expected}`"), "write `==` to compare".to_owned()),
        "}}" | "%}" => (format!("`{expected}`"), format!("close it with `{expected}`")),
        "identifier" if is_argument => {
            ("the name of the argument".to_owned(), format!("write `name={here}`"))
        }
        "=" => ("`=`".to_owned(), "arguments have names: write `name=value`".to_owned()),
        "identifier" if here == "|" && before.ends_with('|') => {
            ("the name of a filter".to_owned(), "write `or` for one of two".to_owned())
        }
        "identifier" if before.ends_with('|') => {
            ("the name of a filter".to_owned(), "write one as in `value | upper`".to_owned())
        }
        "identifier" | "attribute name" => ("a name".to_owned(), "write it there".to_owned()),
        "string" => ("the name of a template".to_owned(), "write it in quotes".to_owned()),
        expected if expected.starts_with("one of: ") && here == "!" => {
            ("a value".to_owned(), "write `not` in place of `!`".to_owned())
        }
        expected if expected.starts_with("one of: ") => {
            ("a value".to_owned(), "write a name, a number, or a text in quotes".to_owned())
        }
        sign if sign.len() <= 5 && !sign.contains(' ') => {
            (format!("`{sign}`"), format!("write `{sign}` there"))
        }
        _ => return None,
    };
    let tag = tag_at(spot).filter(|_| matches!(expected, "}}" | "%}"));
    Some(Said {
        message: format!("{missing} is missing before `{here}`"),
        help: Some(help),
        span: None,
        related: tag.map(|tag| ("opened here", Span::new(tag.start as usize, tag.start as usize + 2))),
    })
}

/// Where the tag stands in which the mistake is.
fn tag_at(spot: &Spot<'_>) -> Option<Span> {
    let mut tags = lexer::tags(spot.text).into_iter().map(|tag| tag.span);
    tags.find(|tag| tag.start <= spot.span.start && spot.span.start < tag.end)
}

/// The template ends, and something is still open.
fn unclosed(spot: &Spot<'_>) -> Said {
    let tags = lexer::tags(spot.text);
    if let Some(last) = tags.last().filter(|last| !last.is_closed) {
        let (open, close) = match last.purpose {
            Purpose::Show => ("{{", "}}"),
            Purpose::Do => ("{%", "%}"),
        };
        let start = last.span.start as usize;
        return Said {
            message: format!("`{open}` is never closed"),
            help: Some(format!("close it with `{close}`")),
            span: Some(Span::new(start, start + open.len())),
            related: None,
        };
    }
    match open_at(spot.text, spot.text.len()).pop() {
        Some(open) => Said {
            message: format!("`{}` is never closed", open.word),
            help: Some(format!("close it with `{}`", open.closing())),
            span: Some(open.span),
            related: None,
        },
        None => Said { message: "the template ends too early".to_owned(), ..Said::default() },
    }
}

/// A tag that does not exist, or that can't stand where it does.
fn unknown_tag(spot: &Spot<'_>) -> Said {
    let word = spot.span.of(spot.text);
    let closes = word.strip_prefix("end").filter(|closed| TAGS.contains(closed));
    let opener = match word {
        "else" | "elif" => Some("if"),
        _ => closes,
    };
    let Some(opener) = opener else {
        let meant = OTHER_WORDS.iter().find(|(other, _)| *other == word);
        let help = meant.map(|(_, right)| format!("did you mean `{right}`?"));
        let said = no_such("tag", word, &TAGS);
        return Said { help: help.or(said.help), ..said };
    };
    match open_at(spot.text, spot.span.start as usize).pop() {
        Some(open) => Said {
            message: format!("`{word}` stands where `{}` is still open", open.word),
            help: Some(format!("close it before with `{}`", open.closing())),
            span: None,
            related: Some(("opened here", open.span)),
        },
        None => closes_nothing(opener, spot),
    }
}

/// The tag at the place closes an `opener` that is not there.
pub fn closes_nothing(opener: &str, spot: &Spot<'_>) -> Said {
    Said {
        message: format!("`{}` belongs to no `{opener}`", spot.span.of(spot.text)),
        help: Some(format!("take it out, or write `{}` before it", opening(opener, spot))),
        span: Some(spot.span),
        related: None,
    }
}

/// How a tag that closes at the place would be opened with the word `opener`.
fn opening(opener: &str, spot: &Spot<'_>) -> String {
    let tags = lexer::tags(spot.text);
    let tag = tags.iter().find(|tag| tag.tokens.first().is_some_and(|first| first.span == spot.span));
    // The tags that close components and blocks may say which.
    let name: String = tag.iter().flat_map(|tag| tag.tokens.iter().skip(1)).map(|token| token.text).collect();
    match opener {
        "component" if !name.is_empty() => format!("{{% component {name}(…) %}}"),
        "block" if !name.is_empty() => format!("{{% block {name} %}}"),
        _ => format!("{{% {opener} … %}}"),
    }
}

/// A character that no tag can have outside of quotes.
fn unexpected(spot: &Spot<'_>) -> Said {
    let start = spot.span.start as usize;
    let sign = spot.text.get(start..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
    let help = match sign {
        '&' => "write `and`",
        '“' | '”' | '„' | '‘' | '’' | '«' | '»' => "write straight quotes: `\"`",
        '–' | '—' => "write a plain `-`",
        _ => "put text into quotes; a name has letters from a to z, digits and `_`",
    };
    Said {
        message: format!("`{sign}` can't stand here"),
        help: Some(help.to_owned()),
        span: Some(Span::new(start, start + sign.len_utf8())),
        related: None,
    }
}
