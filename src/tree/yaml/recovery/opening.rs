//! Quotes and brackets that are never closed, and where they seem to end all the same.

use crate::diagnostic::Diagnostic;
use crate::tree::yaml::{Part, layout};

/// On how many lines below it is looked for what closes a quote or a bracket.
const MAX_LINES: usize = 10;

/// The end of the line `below` that closes the quote or bracket which `flaw` is about and `part` leaves open, if the
/// lines before it seem to belong to it. Each line comes with its end, and without its indentation.
pub(super) fn closed_below<'t>(
    part: Part<'_>,
    flaw: &Diagnostic,
    below: impl Iterator<Item = (usize, &'t str)>,
) -> Option<usize> {
    let open = (flaw.place.span.start as usize).checked_sub(part.offset)?;
    let below = below.take(MAX_LINES);
    match layout::byte(part.text, open) {
        _ if !is_open(part, flaw) => None,
        quote @ (b'"' | b'\'') => closed_quote(char::from(quote), below),
        _ => closed_bracket(part.text.get(open..)?, below),
    }
}

/// Whether `flaw` is a quote or bracket in `part` that is not closed there.
pub(super) fn is_open(part: Part<'_>, flaw: &Diagnostic) -> bool {
    let Some(at) = (flaw.place.span.start as usize).checked_sub(part.offset) else { return false };
    match layout::byte(part.text, at) {
        b'"' | b'\'' => layout::quoted_end(part.text, at).is_none(),
        b'[' | b'{' => !layout::is_closed(part.text, at),
        _ => false,
    }
}

/// The end of the line among `below` that ends with the closing `quote`.
fn closed_quote<'t>(quote: char, below: impl Iterator<Item = (usize, &'t str)>) -> Option<usize> {
    for (end, line) in below {
        if let Some((before, after)) = line.split_once(quote) {
            let is_end = after.trim().is_empty() || after.trim_start().starts_with('#');
            return (is_end && before.ends_with(|c: char| !c.is_whitespace())).then_some(end);
        }
    }
    None
}

/// The end of the line among `below` that closes the bracket with which `opening` begins.
fn closed_bracket<'t>(opening: &str, below: impl Iterator<Item = (usize, &'t str)>) -> Option<usize> {
    let balance = |line: &str| {
        let count = |signs: [char; 2]| line.matches(signs).count();
        (count(['[', '{']), count([']', '}']))
    };
    let (mut opened, mut closed) = balance(opening);
    let mut before = opening.trim_end();
    for (end, line) in below {
        if !before.ends_with([',', '[', '{']) && !line.starts_with([']', '}']) {
            return None;
        }
        let (more, fewer) = balance(line);
        (opened, closed) = (opened + more, closed + fewer);
        if closed >= opened {
            return Some(end);
        }
        before = line.trim_end();
    }
    None
}
