//! The part of a call that is wrong, where Tera marks all of it.

use super::{Spot, plain, value_at};
use crate::source::Span;
use crate::theme::lexer::{self, Kind, Token};

/// The name of the component or function that the place calls, if it is a whole call.
pub fn name(spot: &Spot<'_>) -> Option<Span> {
    let tokens = tokens(spot, spot.span);
    let (first, rest) = tokens.split_first()?;
    if first.is_sign("<") {
        let names = rest.iter().take_while(|token| token.kind == Kind::Word || token.is_sign("."));
        // A name has points between its words; the next word is an argument.
        let mut end = None::<&Token<'_>>;
        for token in names {
            if end.is_some_and(|end| (end.kind == Kind::Word) == (token.kind == Kind::Word)) {
                break;
            }
            end = Some(token);
        }
        return Some(Span { start: rest.first()?.span.start, end: end?.span.end });
    }
    let is_call = first.kind == Kind::Word
        && rest.first().is_some_and(|open| open.is_sign("("))
        && closing(rest).is_some_and(|end| end + 1 == rest.len());
    is_call.then_some(first.span)
}

/// The value that a call of a component at the place gives to its argument `name`; its name where it gives none.
pub fn argument(spot: &Spot<'_>, name: &str) -> Option<Span> {
    let tokens = tokens(spot, spot.span);
    let at = tokens.iter().skip(2).position(|token| token.is_word(name))? + 2;
    match tokens.get(at + 1..)? {
        [equals, open, rest @ ..] if equals.is_sign("=") && open.is_sign("{") => {
            let end = closing(tokens.get(at + 2..)?)?.checked_sub(2)?;
            Some(Span::new(rest.first()?.start(), rest.get(end)?.end()))
        }
        [equals, value, ..] if equals.is_sign("=") => Some(Span::new(value.start(), value.end())),
        _ => Some(tokens.get(at)?.span),
    }
}

/// The arguments of filters, tests and functions of Tera 2.4 that have to be text, and those that have to be numbers.
const TYPED: [(&str, &[&str]); 2] = [
    (
        "text",
        &[
            "pat",
            "sep",
            "from",
            "to",
            "attribute",
            "singular",
            "plural",
            "end",
            "method",
            "indentation",
            "message",
            "key",
        ],
    ),
    ("a number", &["length", "n", "width", "base", "precision", "divisor", "start", "end", "step_by"]),
];

/// An argument that is written out and of another type than it has to be.
pub struct Mistyped<'t> {
    /// The filter, test or function.
    pub callee: &'t str,
    /// The argument.
    pub name: &'t str,
    /// The place of its value.
    pub span: Span,
    /// Whether its value is a number in quotes.
    pub is_quoted_number: bool,
}

/// The argument of what is called at or behind the place that has to be `wanted` and is `given`, both as Tera names types.
pub fn mistyped<'t>(spot: &Spot<'t>, wanted: &str, given: &str) -> Option<Mistyped<'t>> {
    let names = TYPED.iter().find(|(name, _)| *name == plain(wanted))?.1;
    let call = if name(spot).is_some() {
        tokens(spot, spot.span)
    } else {
        let behind = Span::new(value_at(spot).end as usize, spot.text.len());
        let tokens = tokens(spot, behind);
        let at = tokens
            .iter()
            .position(|token| token.kind == Kind::Word && !matches!(token.text, "is" | "not"))?;
        tokens.get(at..)?.to_vec()
    };
    let (callee, rest) = call.split_first()?;
    let inside = rest.first().filter(|open| open.is_sign("(")).and_then(|_| rest.get(..closing(rest)?))?;
    inside.windows(3).find_map(|tokens| {
        let [name, equals, value] = tokens else { return None };
        let value_is = match (value.kind, value.text) {
            (Kind::Text, _) => "text",
            (Kind::Number, _) => "a number",
            (Kind::Word, "true" | "false") => "true or false",
            _ => return None,
        };
        let is_wrong = equals.is_sign("=") && value_is == plain(given) && names.contains(&name.text);
        is_wrong.then(|| Mistyped {
            callee: callee.text,
            name: name.text,
            span: Span::new(value.start(), value.end()),
            is_quoted_number: value.kind == Kind::Text && value.text.parse::<f64>().is_ok(),
        })
    })
}

/// In a longer template the whole call is marked: all of its text is looked through for each mistake in it.
const MOST_BYTES: usize = 100_000;

/// The tokens of a tag in `span`.
fn tokens<'t>(spot: &Spot<'t>, span: Span) -> Vec<Token<'t>> {
    if spot.text.len() > MOST_BYTES {
        return Vec::new();
    }
    let tag = lexer::tags(spot.text)
        .into_iter()
        .find(|tag| tag.span.start <= spot.span.start && spot.span.start < tag.span.end);
    let mut tokens = tag.map_or(Vec::new(), |tag| tag.tokens);
    tokens.retain(|token| token.start() >= span.start as usize && token.end() <= span.end as usize);
    tokens
}

/// Where the bracket closes that `tokens` begin with.
fn closing(tokens: &[Token<'_>]) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Sign) {
        match token.text {
            "(" | "[" | "{" | "?[" => depth += 1,
            ")" | "]" | "}" => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}
