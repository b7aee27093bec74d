//! A component or block whose first tag names it otherwise than its last.

use super::{Said, Spot, captured, open, unread};
use crate::source::Span;
use crate::theme::lexer::{self, Kind, Tag};
use crate::theme::text;

/// What to say where the first tag has the wrong name: others use what the last one says, and nothing that of the first.
pub fn misnamed(message: &str, spot: &Spot<'_>) -> Option<Said> {
    let parts = captured(message, "* was named `*` in the opening tag, found `*` as name in the end tag")?;
    let [what, first, last] = parts.as_slice() else { return None };
    let is_component = what.to_lowercase() == "component";
    let is_used = |name: &str| {
        let mut others = spot.templates.values().filter(|other| is_component || text(other) != spot.text);
        others.any(|other| {
            lexer::tags(text(other))
                .iter()
                .any(|tag| if is_component { calls(tag, name) } else { is_block(tag, name) })
        })
    };
    if !is_used(last) || is_used(first) {
        return None;
    }
    let opened = open::open_at(spot.text, spot.span.start as usize).pop()?;
    let tags = lexer::tags(spot.text);
    let tag = tags.iter().find(|tag| tag.tokens.first().is_some_and(|first| first.span == opened.span))?;
    let names = tag.tokens.iter().skip(1).take_while(|token| !token.is_sign("("));
    let (start, end) = (names.clone().next()?.span.start, names.last()?.span.end);
    Some(Said {
        message: if is_component {
            format!("nothing calls the component `{first}`, and it ends as `{last}`")
        } else {
            format!("no other template has a block `{first}`, and it ends as `{last}`")
        },
        help: Some(format!("write `{last}`")),
        span: Some(Span { start, end }),
        related: Some(("ends here", spot.span)),
    })
}

/// What to say where the text of a component stands outside of it, in a template that extends another, because its first
/// tag is lost.
pub fn without_first(message: &str, spot: &Spot<'_>) -> Option<Said> {
    captured(message, "This content would be ignored: *")?;
    let mut is_open = false;
    let end = lexer::tags(spot.text).into_iter().find_map(|tag| {
        let first = *tag.tokens.first()?;
        match first.text {
            "endcomponent" if !is_open => return Some(first.span),
            "component" => is_open = true,
            "endcomponent" => is_open = false,
            _ => {}
        }
        None
    })?;
    Some(unread::closes_nothing("component", &Spot { span: end, ..*spot }))
}

/// Whether the tag calls the component `name`.
fn calls(tag: &Tag<'_>, name: &str) -> bool {
    let mut pairs = tag.tokens.windows(2);
    let first = name.split('.').next();
    pairs.any(|pair| pair[0].is_sign("<") && pair[1].kind == Kind::Word && Some(pair[1].text) == first)
}

/// Whether the tag begins the block `name`.
fn is_block(tag: &Tag<'_>, name: &str) -> bool {
    matches!(tag.tokens.as_slice(), [word, block, ..] if word.is_word("block") && block.text == name)
}
