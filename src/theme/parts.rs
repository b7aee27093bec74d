//! The tags of a template, and of one that can't be read as a whole those that can: what is wrong with the others, and
//! what is left to try.

use tera::{ErrorKind, Tera};

use super::lexer::{self, Kind, Purpose, Tag, Token};
use super::names::LOOP;
use crate::source::Span;

/// A tag of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part<'t> {
    /// It can be read.
    Read(Tag<'t>),
    /// It can't, and perhaps others that it has swallowed.
    Unread(Tag<'t>),
}

/// What is wrong with a tag, as Tera says it, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The whole tag.
    pub tag: Span,
    /// What Tera says.
    pub message: String,
    /// The place.
    pub span: Span,
}

/// The tags of the template `text`, which Tera can read.
pub fn read(text: &str) -> Vec<Part<'_>> {
    lexer::tags(text).into_iter().map(Part::Read).collect()
}

/// The tags of the template `text`, which Tera can't read as a whole, and what is wrong with those that can't be read by
/// themselves.
pub fn torn(text: &str) -> (Vec<Part<'_>>, Vec<Fault>) {
    let (mut parts, mut faults) = (Vec::new(), Vec::new());
    let mut is_in_step = true;
    for tag in lexer::tags(text) {
        let inside = tag.span.of(text).get(2..).unwrap_or("");
        // What is not closed goes on to where another tag is closed. Behind the first such tag nobody knows any more
        // where others should have begun.
        let is_whole = tag.is_closed && !["{{", "{%", "{#"].iter().any(|open| inside.contains(open));
        let fault = fault(&tag, text);
        parts.push(if fault.is_none() { Part::Read(tag) } else { Part::Unread(tag) });
        faults.extend(fault.filter(|_| is_whole || is_in_step));
        is_in_step &= is_whole;
    }
    (parts, faults)
}

/// What is wrong with the tag by itself.
fn fault(tag: &Tag<'_>, text: &str) -> Option<Fault> {
    let first = tag.tokens.first();
    let call =
        [String::new(), tag.tokens.get(1).map_or(String::new(), |name| format!("{{% </{}> %}}", name.text))];
    let end = |word: &str| [String::new(), format!("{{% end{word} %}}")];
    let [before, after] = match first.filter(|_| tag.purpose == Purpose::Do).map(|first| first.text) {
        Some(word @ ("if" | "for" | "filter" | "component" | "block")) => end(word),
        Some("elif") => ["{% if 0 %}".to_owned(), "{% endif %}".to_owned()],
        Some("set" | "set_global") if !tag.tokens.get(2).is_some_and(|sign| sign.is_sign("=")) => end("set"),
        Some("<") => call,
        // What they belong to is a matter of the whole.
        Some(
            "else" | "endif" | "endfor" | "endset" | "endblock" | "endfilter" | "endcomponent" | "break"
            | "continue" | "raw" | "endraw" | "</" | "extends",
        ) => return None,
        _ => [String::new(), String::new()],
    };
    let start = tag.span.start as usize;
    let template = format!("{before}{}{after}", tag.span.of(text));
    let error = Tera::new().add_raw_template("tag", &template).err()?;
    let ErrorKind::SyntaxError(report) = error.kind() else { return None };
    let shifted = |at: usize| (at + start).saturating_sub(before.len()).min(tag.span.end as usize);
    let range = &report.span().range;
    let span = Span::new(shifted(range.start), shifted(range.end));
    Some(Fault { tag: tag.span, message: report.message().to_owned(), span })
}

/// A template that Tera can read, in which the values and components of the torn template `text` with the tags `parts`
/// stand at the same lines and columns, and nothing else: whether all that it uses exists can be told with it.
pub fn stub(text: &str, parts: &[Part<'_>]) -> String {
    let (mut stub, mut components, mut at) = (String::new(), Vec::<String>::new(), 0);
    let blank = |stub: &mut String, part: &str| {
        stub.extend(part.chars().map(|letter| if letter.is_ascii_whitespace() { letter } else { ' ' }));
    };
    for part in parts {
        let Part::Read(tag) = part else { continue };
        let (start, end) = (tag.span.start as usize, tag.span.end as usize);
        if tag.purpose == Purpose::Do
            && let [word, rest @ ..] = tag.tokens.as_slice()
            && (word.is_word("component") || word.is_word("endcomponent"))
            && !rest.is_empty()
        {
            let name = rest.iter().take_while(|token| !token.is_sign("(")).map(|token| token.text);
            components.push(name.collect::<String>());
        }
        let Some(value) = value(tag) else { continue };
        blank(&mut stub, text.get(at..start).unwrap_or(""));
        stub.push_str("{{");
        blank(&mut stub, text.get(start + 2..value).unwrap_or(""));
        stub.push_str(text.get(value..end - 2).unwrap_or(""));
        stub.push_str("}}");
        at = end;
    }
    stub.push('\n');
    components.sort_unstable();
    components.dedup();
    for name in components {
        stub.push_str(&format!("{{% component {name}() %}}{{% endcomponent %}}"));
    }
    stub
}

/// Whether a component ends among `parts` without its name that begins nowhere.
pub fn ends_nameless(parts: &[Part<'_>]) -> bool {
    let mut is_open = false;
    parts.iter().any(|part| {
        let Part::Read(Tag { tokens, .. }) = part else { return false };
        let is_loose = !is_open && matches!(tokens.as_slice(), [word] if word.is_word("endcomponent"));
        match tokens.first() {
            Some(word) if word.is_word("component") => is_open = true,
            Some(word) if word.is_word("endcomponent") => is_open = false,
            _ => {}
        }
        is_loose
    })
}

/// Where the value begins that the tag shows, asks for or goes through.
fn value(tag: &Tag<'_>) -> Option<usize> {
    let tokens = tag.tokens.as_slice();
    let start = |at: usize| tokens.get(at).map(Token::start);
    let after = |sign: fn(&Token<'_>) -> bool| start(tokens.iter().position(sign)? + 1);
    match (tag.purpose, tokens.first()?.text) {
        (Purpose::Show, _) => start(0),
        (Purpose::Do, "if" | "elif") => start(1),
        (Purpose::Do, "for") => after(|token| token.is_word("in")),
        (Purpose::Do, "set" | "set_global") if tokens.get(2)?.is_sign("=") => start(3),
        _ => None,
    }
}

/// The words in `text`.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.split(move |c| !is_part(c)).filter(|word| !word.is_empty())
}

/// The template `text` with each `loop.name` that asks for what a loop does not tell made a name of the same length: for
/// Tera one such name makes the whole template one that can't be read.
pub fn without_slips_of_loops(text: &str) -> String {
    let mut mended = text.to_owned();
    for tag in lexer::tags(text) {
        let tokens = tag.tokens.as_slice();
        for at in tokens.iter().enumerate().filter(|(_, token)| token.is_word("loop")).map(|(at, _)| at) {
            let is_behind = at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(is_point);
            let fields = || {
                let pairs = tokens.get(at + 1..).unwrap_or_default().chunks_exact(2);
                pairs.take_while(|pair| is_point(&pair[0]) && pair[1].kind == Kind::Word)
            };
            let is_called = tokens.get(at + 1 + 2 * fields().count()).is_some_and(|next| next.is_sign("("));
            let is_known = |pair: &[Token<'_>]| LOOP.iter().any(|(known, _)| *known == pair[1].text);
            // What is called can't be read either way.
            if is_behind || is_called || fields().count() == 1 && fields().all(is_known) {
                continue;
            }
            let mut start = tokens[at].span.end as usize;
            for pair in fields() {
                let end = pair[1].span.start as usize;
                mended.replace_range(start..end, &"_".repeat(end - start));
                start = pair[1].span.end as usize;
            }
        }
    }
    mended
}

fn is_point(token: &Token<'_>) -> bool {
    token.is_sign(".") || token.is_sign("?.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme_files::FILES;

    #[test]
    fn each_tag_of_a_template_that_can_be_read_can_be_read_by_itself() {
        for (path, bytes) in FILES.iter().filter(|(path, _)| path.starts_with("templates/")) {
            let text = std::str::from_utf8(bytes).unwrap();
            let (parts, faults) = torn(text);
            assert_eq!((parts, faults), (read(text), Vec::new()), "{path}");
        }
    }

    #[test]
    fn a_stub_can_be_read_and_has_the_values_at_their_places() {
        for (path, bytes) in FILES.iter().filter(|(path, _)| path.starts_with("templates/")) {
            let text = std::str::from_utf8(bytes).unwrap();
            let stub = stub(text, &read(text));
            let error = Tera::new().add_raw_template("stub", &stub).err();
            assert!(
                !error.is_some_and(|error| matches!(error.kind(), ErrorKind::SyntaxError(_))),
                "{path}: {stub}"
            );
            let (values, _) = stub.rsplit_once('\n').unwrap();
            for (line, (whole, left)) in text.lines().zip(values.lines()).enumerate() {
                for (a, b) in whole.chars().zip(left.chars()) {
                    assert!(a == b || b == ' ' || "{}".contains(b), "{path}:{line}: {whole}\n{left}");
                }
            }
        }
    }

    #[test]
    fn tags_that_can_not_be_read_are_told_one_by_one() {
        let (parts, faults) = torn("{{ a &}}{{ b {{ c }}{% iff d %}{% endif %}{{ e }}");
        let read: Vec<bool> = parts.iter().map(|part| matches!(part, Part::Read(_))).collect();
        assert_eq!(read, [false, false, false, true, true]);
        let starts: Vec<_> = faults.iter().map(|fault| fault.span.range().start).collect();
        assert_eq!(starts, [5, 13, 23]);
    }

    #[test]
    fn only_what_loops_do_not_tell_is_made_another_name() {
        let text = "ä{{ loop.index }}{{ loop.indx }}{{ a.loop.x }}{{ loop . b.c }}{{ loop.last?.x }} loop.d {{ loop.e() }}";
        assert_eq!(
            without_slips_of_loops(text),
            "ä{{ loop.index }}{{ loop_indx }}{{ a.loop.x }}{{ loop___b_c }}{{ loop_last__x }} loop.d {{ loop.e() }}"
        );
    }
}
