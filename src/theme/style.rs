//! Styles of a theme: what is open in them and never closed, and what they ask of other hosts. Browsers pass over both in
//! silence, the one by leaving out all that follows, the other by telling a stranger who reads which page.
//!
//! Strings, remarks and addresses are told apart as CSS Syntax Level 3 does, section 4.

use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::source::{Source, Span};

/// A bracket that is open.
#[derive(Clone, Copy, Debug)]
struct Open<'s> {
    /// The bracket.
    sign: char,
    /// Where it stands.
    at: usize,
    /// The name before it, in a call as `url(`.
    name: &'s str,
    /// How far the line is indented in which it stands, and where that line begins.
    line: (usize, usize),
}

/// A style as far as it is read.
struct Reader<'s> {
    source: &'s Source,
    text: &'s str,
    at: usize,
    open: Vec<Open<'s>>,
    /// The name of the rule with `@` in which it is, until a bracket or a semicolon.
    rule: &'s str,
    /// The bracket that was probably to be closed where another one was opened.
    unclosed: Option<usize>,
    findings: Vec<Diagnostic>,
}

/// Functions whose texts are addresses.
const OF_ADDRESSES: [&str; 6] = ["url", "src", "image", "image-set", "-webkit-image-set", "cross-fade"];

/// What is wrong with the style `source`.
pub fn check(source: &Source) -> Vec<Diagnostic> {
    let mut reader = Reader {
        source,
        text: &source.text,
        at: 0,
        open: Vec::new(),
        rule: "",
        unclosed: None,
        findings: Vec::new(),
    };
    while let Some(sign) = reader.rest().chars().next() {
        reader.step(sign);
    }
    // Of all that is left open, one bracket was forgotten: the others follow from it.
    if let Some(open) = reader.open.first() {
        let at = reader.unclosed.unwrap_or(open.at);
        reader.never_closed(at, 1);
    }
    reader.findings
}

impl<'s> Reader<'s> {
    fn rest(&self) -> &'s str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn step(&mut self, sign: char) {
        match sign {
            '/' if self.rest().starts_with("/*") => self.remark(),
            '"' | '\'' => self.string(sign),
            '(' | '[' | '{' => self.opened(sign),
            ')' | ']' | '}' => self.closed(sign),
            ';' => {
                self.rule = "";
                self.at += 1;
            }
            '@' => {
                self.at += 1;
                self.rule = self.name();
                self.at += self.rule.len();
            }
            // What follows is no sign of the language.
            '\\' => self.at += 1 + self.rest().chars().nth(1).map_or(0, char::len_utf8),
            _ => {
                let name = self.name();
                self.at += if name.is_empty() { sign.len_utf8() } else { name.len() };
                if name.eq_ignore_ascii_case("url") && self.rest().starts_with('(') {
                    self.address();
                }
            }
        }
    }

    /// The name that the rest begins with.
    fn name(&self) -> &'s str {
        let rest = self.rest();
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())]
    }

    fn remark(&mut self) {
        match self.rest().find("*/") {
            Some(length) => self.at += length + 2,
            None => {
                self.never_closed(self.at, 2);
                self.give_up();
            }
        }
    }

    fn string(&mut self, quote: char) {
        let start = self.at + 1;
        let mut is_escaped = false;
        for (length, sign) in self.text.get(start..).unwrap_or("").char_indices() {
            match sign {
                _ if is_escaped => is_escaped = sign == '\r',
                '\\' => is_escaped = true,
                // A string ends with its line at the latest.
                '\n' | '\r' => break,
                _ if sign == quote => {
                    let call = self.open.last().map_or("", |open| open.name);
                    let is_address = OF_ADDRESSES.iter().any(|name| call.eq_ignore_ascii_case(name))
                        || self.rule.eq_ignore_ascii_case("import") && call.is_empty();
                    self.at = start + length + 1;
                    if is_address {
                        self.asked(start, start + length);
                    }
                    return;
                }
                _ => {}
            }
        }
        self.never_closed(start - 1, 1);
        self.at = start + self.text[start..].find(['\n', '\r']).unwrap_or(self.text.len() - start);
    }

    /// An address in `url(…)`, of which the rest begins with the bracket: without quotes it may hold signs that mean
    /// something elsewhere.
    fn address(&mut self) {
        let inside = self.rest()[1..].trim_start();
        if inside.starts_with(['"', '\'']) {
            return;
        }
        let start = self.text.len() - inside.len();
        match inside.find([')', '\n']) {
            Some(length) if inside[length..].starts_with(')') => {
                self.at = start + length + 1;
                self.asked(start, start + inside[..length].trim_end().len());
            }
            end => {
                self.never_closed(self.at, 1);
                self.at = end.map_or(self.text.len(), |length| start + length);
            }
        }
    }

    /// How far the line is indented, and where it begins.
    fn line(&self) -> (usize, usize) {
        let line = self.text.get(..self.at).unwrap_or("").rfind('\n').map_or(0, |end| end + 1);
        let written = self.text.get(line..).unwrap_or("");
        (written.len() - written.trim_start_matches([' ', '\t']).len(), line)
    }

    fn opened(&mut self, sign: char) {
        let before = self.text.get(..self.at).unwrap_or("");
        let (indent, line) = self.line();
        let start = before
            .rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')))
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
        let name = if sign == '(' { before.get(start..).unwrap_or("") } else { "" };
        if sign == '{' {
            let is_forgotten =
                |last: &&Open<'_>| last.sign == '{' && last.line.1 != line && indent <= last.line.0;
            let forgotten = self.open.last().filter(is_forgotten).map(|last| last.at);
            self.unclosed = self.unclosed.or(forgotten);
            self.rule = "";
        }
        self.open.push(Open { sign, at: self.at, name, line: (indent, line) });
        self.at += 1;
    }

    fn closed(&mut self, sign: char) {
        let opening = match sign {
            ')' => '(',
            ']' => '[',
            _ => '{',
        };
        match self.open.iter().rposition(|open| open.sign == opening) {
            Some(at) => {
                // A brace ends what is open inside of its pair.
                if let Some(inner) = self.open.get(at + 1).copied() {
                    self.never_closed(inner.at, 1);
                }
                let (indent, line) = self.line();
                if let Some(last) =
                    self.open.get(at).filter(|last| last.line.1 != line && indent < last.line.0)
                {
                    self.unclosed = self.unclosed.or(Some(last.at));
                }
                self.open.truncate(at);
            }
            None => {
                let message = format!("`{sign}` closes nothing");
                self.tell(self.at, self.at + 1, message, "take it out, or write what it closes");
            }
        }
        if sign == '}' {
            self.rule = "";
        }
        self.at += 1;
    }

    /// Tells the address from `start` to `end`, if it leads to another host.
    fn asked(&mut self, start: usize, end: usize) {
        let address = self.text.get(start..end).unwrap_or("");
        let (start, address) = (start + address.len() - address.trim_start().len(), address.trim());
        let lower = address.to_ascii_lowercase();
        let leads_away = ["http:", "https:", "//", "ftp:"].iter().any(|scheme| lower.starts_with(scheme));
        // The names of languages look like addresses.
        if leads_away && !self.rule.eq_ignore_ascii_case("namespace") {
            let message =
                format!("the style asks another host for `{address}`, and so tells it who reads the page");
            let help = "put the file into the folder `static` of the theme, and write its name here";
            self.tell(start, start + address.len(), message, help);
        }
    }

    fn never_closed(&mut self, at: usize, length: usize) {
        let sign = self.text.get(at..at + length).unwrap_or("");
        let closing = match sign {
            "{" => "}",
            "(" => ")",
            "[" => "]",
            "/*" => "*/",
            quote => quote,
        };
        let message = format!("`{sign}` is never closed, so that browsers leave out what follows");
        self.tell(at, at + length, message, &format!("close it with `{closing}`"));
    }

    fn tell(&mut self, start: usize, end: usize, message: String, help: &str) {
        let place = Place::new(&self.source.path, Span::new(start, end));
        self.findings.push(Diagnostic::new(Rule::TemplateError, place, message).help(help));
    }

    /// Leaves the rest: nobody knows what of it is meant.
    fn give_up(&mut self) {
        self.at = self.text.len();
        self.open.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SitePath;

    /// What is marked by each finding, and the byte where that begins.
    fn marked(style: &str) -> Vec<(usize, &str)> {
        let source = Source { path: SitePath::new("style.css"), text: style.into() };
        let spans = check(&source).into_iter().map(|finding| finding.place.span).collect::<Vec<_>>();
        spans.into_iter().map(|span| (span.start as usize, span.of(style))).collect()
    }

    #[test]
    fn sound_styles_are_left_alone() {
        for style in [
            "",
            "\u{feff}a { b: url(data:image/svg+xml;utf8,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%3E) }",
            "a::after { content: \" (https://example.org) {\" } /* { \" */",
            "a[href^=\"https://\"] { color: #fff }",
            "@namespace svg url(http://www.w3.org/2000/svg);",
            "@namespace \"http://www.w3.org/1999/xhtml\";",
            "@media (min-width: 30em) {\n  a {\n    b: c;\n    &:hover { d: e }\n  }\n}\n",
            "a { b: \"\\\"{\"; c: \"d\\\r\ne\"; }",
            ".sm\\:a\\{ { b: c }",
            "@import \"fonts.css\"; @font-face { src: url( a.woff2 ) format('woff2') }",
            "a { b: calc((1px + 2px) * var(--c, {})) }",
        ] {
            assert_eq!(marked(style), [], "{style}");
        }
    }

    #[test]
    fn one_mistake_is_told_once_where_it_is() {
        for (style, at) in [
            ("a { b: c;\n", (2, "{")),
            ("a { b: c;\nd { e: f }\ng { h: i }\n", (2, "{")),
            ("@media print {\n  a { b: c;\n  d { e: f }\n}\ng { h: i }\n", (19, "{")),
            ("@media print {\n  a { b: c }\n  d { e: f\n}\ng { h: i }\n", (32, "{")),
            ("a { b: c } }\nd { e: f }", (11, "}")),
            ("a { b: rgb(1, 2; }\nd { e: f }", (10, "(")),
            ("a[b { c: d }\ne { f: g }", (1, "[")),
            ("a { b: \"c; }\nd { e: f }\n}", (7, "\"")),
            ("a { b: url(c; }\nd { e: f }\n}", (10, "(")),
            ("a { b: c } /* d\ne { f: g", (11, "/*")),
        ] {
            assert_eq!(marked(style).first(), Some(&at), "{style}");
            assert_eq!(marked(style).len(), 1, "{style}");
        }
    }

    #[test]
    fn what_is_asked_of_other_hosts_is_told() {
        for style in [
            "@import url(HTTPS://a.example/b.css);",
            "@import 'HTTPS://a.example/b.css' screen;",
            "a { b: url( \"HTTPS://a.example/b.css\" ) }",
            "a { b: URL(HTTPS://a.example/b.css ) }",
            "a { b: image-set(\"HTTPS://a.example/b.css\" 1x) }",
        ] {
            assert_eq!(
                marked(style).iter().map(|(_, text)| *text).collect::<Vec<_>>(),
                ["HTTPS://a.example/b.css"]
            );
        }
        assert_eq!(marked("a { b: url(//a.example/c.png) }"), [(11, "//a.example/c.png")]);
    }

    #[test]
    fn whatever_is_in_a_style_it_is_read_to_its_end() {
        for style in [
            "\\", "\"\\", "url(", "url( ", "url(é", "@", "@é", "/*", "/", "(", ")", "}{", "é{", "'\r\n'",
            "\\é",
        ] {
            marked(style);
        }
    }
}
