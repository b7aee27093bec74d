//! A template as Tera reads it: its tags, and the words and signs in each with their places.

use crate::source::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name or a word of the language, as `page` or `if`.
    Word,
    /// A text in quotes.
    Text,
    /// A number.
    Number,
    /// One of the signs, as `|` or `?.`.
    Sign,
}

/// A word, text, number or sign in a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    /// What it is.
    pub kind: Kind,
    /// As it is written; a text without its quotes.
    pub text: &'t str,
    /// Where `text` stands.
    pub span: Span,
}

impl Token<'_> {
    /// Where it begins, with its quote if it is a text.
    pub fn start(&self) -> usize {
        (self.span.start as usize).saturating_sub(usize::from(self.kind == Kind::Text))
    }

    /// Where it ends, with its quote if it is a text.
    pub fn end(&self) -> usize {
        self.span.end as usize + usize::from(self.kind == Kind::Text)
    }

    /// Whether it is the sign `sign`.
    pub fn is_sign(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text == sign
    }

    /// Whether it is the word `word`.
    pub fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text == word
    }
}

/// What a tag is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// `{{ … }}` shows a value.
    Show,
    /// `{% … %}` does something.
    Do,
}

/// `{{ … }}` or `{% … %}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag<'t> {
    /// What it is for.
    pub purpose: Purpose,
    /// What stands in it.
    pub tokens: Vec<Token<'t>>,
    /// Where it stands, with its braces.
    pub span: Span,
    /// Whether it is closed.
    pub is_closed: bool,
}

/// The tags of the template `text`. Comments and what stands between `{% raw %}` and `{% endraw %}` have none.
pub fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('{')) {
        let open = at + found;
        let inside = open + 2 + usize::from(text[open..].get(2..3) == Some("-"));
        at = match text.get(open..open + 2) {
            Some("{#") => text[inside..].find("#}").map_or(text.len(), |end| inside + end + 2),
            Some("{%") if let Some(body) = tag_end(&text[inside..], "raw") => raw_end(text, inside + body),
            Some("{%") => read(text, open, inside, Purpose::Do, &mut tags),
            Some("{{") => read(text, open, inside, Purpose::Show, &mut tags),
            _ => open + 1,
        };
    }
    tags
}

/// How long the rest of a tag is if nothing but `name` stands in it.
fn tag_end(inside: &str, name: &str) -> Option<usize> {
    let rest = inside.trim_start_matches(|c: char| c.is_ascii_whitespace()).strip_prefix(name)?;
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let rest = rest.strip_prefix('-').unwrap_or(rest).strip_prefix("%}")?;
    Some(inside.len() - rest.len())
}

/// Where the raw text that begins at `start` has ended, with its closing tag.
fn raw_end(text: &str, start: usize) -> usize {
    let closings = text[start..].match_indices("{%").map(|(at, _)| start + at + 2);
    let mut ends = closings.filter_map(|inside| {
        let inside = inside + usize::from(text[inside..].starts_with('-'));
        Some(inside + tag_end(&text[inside..], "endraw")?)
    });
    ends.next().unwrap_or(text.len())
}

/// Reads the tag that begins at `open`, and what stands in it from `inside` on. Where it ends.
fn read<'t>(text: &'t str, open: usize, inside: usize, purpose: Purpose, tags: &mut Vec<Tag<'t>>) -> usize {
    let close = match purpose {
        Purpose::Show => "}}",
        Purpose::Do => "%}",
    };
    let mut tokens = Vec::new();
    let mut at = inside;
    let (end, is_closed) = loop {
        let rest = &text[at..];
        let Some(first) = rest.chars().next() else { break (at, false) };
        if first.is_ascii_whitespace() {
            at += 1;
            continue;
        }
        if rest.starts_with(close) {
            break (at + 2, true);
        }
        if rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(close)) {
            break (at + 3, true);
        }
        let (kind, length) = token(rest, first);
        let (from, written) = match kind {
            // A text that is not closed goes to the end.
            Kind::Text => (at + 1, rest[1..length].strip_suffix(first).unwrap_or(&rest[1..length])),
            _ => (at, &rest[..length]),
        };
        tokens.push(Token { kind, text: written, span: Span::new(from, from + written.len()) });
        at += length;
    };
    tags.push(Tag { purpose, tokens, span: Span::new(open, end), is_closed });
    end
}

/// Signs of more than one character.
const LONG_SIGNS: [&str; 10] = ["...", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?["];

/// What `rest` begins with, of which `first` is the first character: what it is, and its length in bytes.
fn token(rest: &str, first: char) -> (Kind, usize) {
    if let Some(sign) = LONG_SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        return (Kind::Sign, sign.len());
    }
    let run = |is_part: fn(char) -> bool| rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    match first {
        '"' | '\'' | '`' => (Kind::Text, quoted(rest, first)),
        '0'..='9' => {
            let whole = run(|c| c.is_ascii_digit());
            let behind = rest[whole..].strip_prefix('.');
            let fraction = behind
                .map_or(0, |behind| 1 + behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len()));
            (Kind::Number, whole + fraction)
        }
        'a'..='z' | 'A'..='Z' | '_' => (Kind::Word, run(|c| c.is_ascii_alphanumeric() || c == '_')),
        other => (Kind::Sign, other.len_utf8()),
    }
}

/// The length of the text in the quotes `quote` that `rest` begins with.
fn quoted(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if letter == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Vec<Vec<&str>> {
        tags(text).into_iter().map(|tag| tag.tokens.iter().map(|token| token.text).collect()).collect()
    }

    #[test]
    fn tags_are_taken_apart_as_tera_does() {
        assert_eq!(
            written("a {{ b.c }} {%- if d?.e -%} { } {{-f-}}"),
            [vec!["b", ".", "c"], vec!["if", "d", "?.", "e"], vec!["f"]]
        );
        assert_eq!(written("{# {{ a }} #}{#- b -#}{{ c }}"), [["c"]]);
        assert_eq!(written("{% raw %}{{ a }}{% if %}{%- endraw -%}{{ b }}"), [["b"]]);
        assert_eq!(written(r#"{{ "a }} \" b" ~ 'c' ~ `d` }}"#), [["a }} \\\" b", "~", "c", "~", "d"]]);
        assert_eq!(written("{{ x[1:-2] // 1.5 }}"), [["x", "[", "1", ":", "-", "2", "]", "//", "1.5"]]);
        assert_eq!(
            written("{{ <a b={c} {...d} /> }}"),
            [["<", "a", "b", "=", "{", "c", "}", "{", "...", "d", "}", "/", ">"]]
        );
        assert_eq!(written("{{ é }}{"), [["é"]]);
    }

    #[test]
    fn what_is_not_closed_ends_with_the_template() {
        for text in ["{{", "{{-", "{{ a", "{% \"b", "{# c", "{% raw %} d", "{%", "{{ '", "{{ \"\\", "{"] {
            assert!(tags(text).iter().all(|tag| !tag.is_closed), "{text}");
        }
    }

    #[test]
    fn places_are_those_of_the_template() {
        let text = "ä {{ page[\"käse\"] }}";
        let tag = &tags(text)[0];
        assert_eq!(tag.span.of(text), "{{ page[\"käse\"] }}");
        let places: Vec<&str> = tag.tokens.iter().map(|token| token.span.of(text)).collect();
        assert_eq!(places, ["page", "[", "käse", "]"]);
    }
}
