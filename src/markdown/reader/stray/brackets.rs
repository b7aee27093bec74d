//! Links, pictures, citations, notes and ids that were not read as such.

use super::halves::is_target;
use super::placeholders::is_placeholder;
use super::{AHEAD, Loose, Mark, NO_PAGE, Run, Spot, Stray, after, before, id_length, unescaped};
use crate::markdown::slug::slug;
use std::ops::Range;

/// The names of alerts.
const ALERTS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// The bytes that are looked at.
pub(super) const SIGNS: &[u8] = b"[])@{:<";

/// Finds signs in `run` of `text`.
pub(super) fn find(text: &str, run: &Run, spot: Spot, found: &mut Vec<Stray>, loose: &mut Loose) {
    let range = unescaped(text, run);
    let bytes = text.as_bytes();
    let mut scan = Scan { text, end: range.end, open: 0, found, loose };
    let mut at = range.start;
    while let Some(skipped) = bytes[at..range.end].iter().position(|byte| SIGNS.contains(byte)) {
        at += skipped;
        let is_first = at == run.range.start && run.begins_line;
        at = match bytes[at] {
            b'[' => scan.open(at, is_first.then_some(spot)),
            b']' => {
                let told = scan.found.len();
                let next = scan.close(at);
                // What it closes belongs to the link that was found.
                if scan.found.len() > told {
                    scan.loose.mentions.retain(|mention| mention.end != at);
                }
                next
            }
            b')' => scan.reversed(at),
            b'@' => scan.mention(at),
            b'{' if bytes.get(at + 1) == Some(&b'#') => scan.id(at, spot),
            b'{' => scan.template(at),
            b':' => scan.emoji(at),
            b'<' => scan.comment(at),
            _ => at + 1,
        };
    }
}

/// A run that is looked through.
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    /// Where the run ends.
    end: usize,
    /// How many brackets are open.
    open: usize,
    found: &'a mut Vec<Stray>,
    loose: &'a mut Loose,
}

/// Each function looks at the sign at `at`, and returns where to go on.
impl Scan<'_> {
    pub(super) fn rest(&self, at: usize) -> &str {
        let end = self.text.floor_char_boundary(self.end.min(at.saturating_add(AHEAD)));
        self.text.get(at..end).unwrap_or("")
    }

    pub(super) fn say(&mut self, range: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.found.push(Stray::new(range, message, help));
    }

    /// An opening bracket; `first` is where it stands if its line begins with it.
    fn open(&mut self, at: usize, first: Option<Spot>) -> usize {
        self.open += 1;
        let rest = self.rest(at + 1);
        if let Some(length) = empty_wiki_link(rest) {
            self.say(at..at + 1 + length, "this wiki link names no page", NO_PAGE);
            return at + 1 + length;
        }
        if let Some(end) = self.unclosed_words(at) {
            return end;
        }
        let rest = self.rest(at + 1);
        let label = rest.find(']').map(|end| rest[..end].to_owned());
        let id = |skipped: usize| id_length(rest.get(skipped..).unwrap_or(""));
        let word = |skipped: usize| rest.get(skipped..skipped + id(skipped)).unwrap_or("").to_owned();
        if rest.starts_with('[') && id(1) > 0 {
            let (id, length) = (word(1), id(1));
            self.say(
                at..at + 2 + length,
                "the wiki link that begins here is not closed",
                format!("write `[[{id}]]`; in a table, a `|` inside of it needs a backslash before it"),
            );
            return at + 2 + length;
        }
        if rest.starts_with('@') && id(1) > 0 {
            let (id, length) = (word(1), id(1));
            self.say(
                at..at + 2 + length,
                "the citation that begins here is not closed",
                format!("write `[@{id}]`"),
            );
            return at + 2 + length;
        }
        if let Some(label) = label {
            let end = at + 1 + label.len() + 1;
            let is_word = !label.is_empty() && !label.contains(char::is_whitespace);
            if is_word && label.len() > 1 && label.starts_with('^') {
                self.loose.marks.push(Mark { range: at..end, begins_line: first.is_some() });
                return end;
            }
            if first == Some(Spot::Quotation) && ALERTS.contains(&&*label) {
                let message = format!("`[{label}]` makes no box, because no `!` stands before the word");
                self.say(at..end, message, format!("write `[!{label}]`"));
                return end;
            }
            if first == Some(Spot::Quotation)
                && let Some(name) = label.strip_prefix('!').filter(|_| is_word)
            {
                self.alert(at..end, name);
                return end;
            }
            if matches!(first, Some(Spot::Paragraph | Spot::Item))
                && let Some(name) = label.strip_prefix('!').map(str::to_uppercase)
                && ALERTS.contains(&&*name)
            {
                let message = format!("`[{label}]` makes no box, because no `>` begins the line");
                let help = format!("write `> [!{name}]`, and begin the lines below with `> `, too");
                self.say(at..end, message, help);
                return end;
            }
            if first == Some(Spot::Item) && matches!(&*label, "" | " " | "x" | "X") {
                let done = if label.trim().is_empty() { " " } else { "x" };
                self.say(
                    at..end,
                    "this is no box to tick off",
                    format!("write `[{done}]` with one blank behind it"),
                );
                return end;
            }
            if is_word && label.len() < 3 && label.bytes().all(|byte| byte.is_ascii_digit()) {
                self.number(at..end, &label, first);
                return end;
            }
            if let Some(spaced) = label.strip_prefix("@ ").map(str::trim)
                && !spaced.is_empty()
                && id_length(spaced) == spaced.len()
            {
                self.loose.mentions.push(at + 1..end - 1);
                return end;
            }
            let is_id =
                is_target(&label) && label.contains(|c: char| matches!(c, '-' | '/') || c.is_ascii_digit());
            let stands_alone = !matches!(after(self.text, end), Some('(' | '[' | ']'));
            if is_word && is_id && stands_alone {
                self.loose.mentions.push(at + 1..end - 1);
            } else if stands_alone && is_placeholder(&label) {
                let message = format!("`[{label}]` is a place to fill in, and is shown as it stands");
                let help = "write what belongs there; to show the brackets, put a backslash before `[`";
                self.say(at..end, message, help);
                return end;
            }
        }
        at + 1
    }

    /// A number in brackets, as papers and encyclopedias cite.
    fn number(&mut self, range: Range<usize>, number: &str, first: Option<Spot>) {
        let is_behind_words = first.is_none()
            && self.text.get(..range.start).unwrap_or("").trim_end().ends_with(|c: char| {
                c.is_alphanumeric() || matches!(c, '.' | ',' | ';' | ':' | ')' | ']' | '%' | '”' | '"')
            });
        if is_behind_words && !matches!(after(self.text, range.end), Some('(' | '[' | ':')) {
            self.say(
                range,
                format!("`[{number}]` leads to no source"),
                "write `[@id]` with the id of a source; to show the number, put a backslash before `[`",
            );
        }
    }

    fn alert(&mut self, range: Range<usize>, name: &str) {
        let upper = name.to_uppercase();
        if ALERTS.contains(&upper.as_str()) {
            let help = format!("write `[!{upper}]` on a line of its own, and the text on the lines below");
            self.say(range, format!("`[!{name}]` makes no box, because text stands behind it"), help);
        } else {
            let names: Vec<String> = ALERTS.iter().map(|name| format!("`[!{name}]`")).collect();
            let help = format!("write one of {}", names.join(", "));
            self.say(range, format!("there is no box `[!{name}]`"), help);
        }
    }

    /// Whether the bracket that the one at `at` closes has a backslash before it, and so was meant to be shown.
    fn is_opened_by_a_sign_to_show(&self, at: usize) -> bool {
        let start = self.text.ceil_char_boundary(at.saturating_sub(AHEAD));
        let line = self.text.get(start..at).unwrap_or("");
        line.rfind('[').is_some_and(|open| line[..open].ends_with('\\'))
    }

    /// A closing bracket, and what stands right behind it.
    fn close(&mut self, at: usize) -> usize {
        let open = self.open;
        self.open = open.saturating_sub(1);
        if self.is_opened_by_a_sign_to_show(at) {
            return at + 1;
        }
        let rest = self.rest(at + 1);
        if let Some(behind) = rest.strip_prefix('(') {
            return self.address(at + 2, behind.len(), behind.find(')'));
        }
        if let Some(behind) = rest.strip_prefix('[') {
            let words = self.text.get(..at).unwrap_or("").rsplit('[').next().unwrap_or("");
            let is_number = |words: &str| !words.is_empty() && words.bytes().all(|b| b.is_ascii_digit());
            let label = behind.find(']').and_then(|end| behind.get(..end)).map(str::to_owned);
            if let Some(label) = label
                && !label.starts_with(['^', '@', '['])
                && !(is_number(words) && is_number(&label))
            {
                let end = at + 2 + label.len();
                let named = if label.is_empty() { words } else { &label }.to_owned();
                let place = if label.is_empty() { at + 1..end + 1 } else { at + 2..end };
                self.loose.references.push((place, named));
                return end + 1;
            }
        }
        if let Some(behind) = rest.trim_start_matches(' ').strip_prefix('(')
            && rest.starts_with(' ')
            && let Some(end) = behind.find(')')
            && is_address(&behind[..end])
        {
            let blanks = rest.len() - rest.trim_start_matches(' ').len();
            let after_link = at + 1 + blanks + 1 + end + 1;
            self.say(
                at + 1..at + 1 + blanks,
                "a blank keeps this from being a link",
                "take it out: the round bracket stands right behind the square one",
            );
            return after_link;
        }
        let found = match open {
            0 => None,
            1 if rest.starts_with(']') => self.half_wiki_link(at),
            _ => self.unopened_address(at).or_else(|| self.square_address(at)),
        };
        found.unwrap_or(at + 1)
    }

    /// What stands in the round brackets of a link that was not read as one: it begins at `start` and is `length` long
    /// up to the end of the line, `close` up to the closing bracket.
    fn address(&mut self, start: usize, length: usize, close: Option<usize>) -> usize {
        let inner = self.rest(start).get(..close.unwrap_or(length)).unwrap_or("").to_owned();
        let end = start + inner.len() + usize::from(close.is_some());
        let lead = inner.len() - inner.trim_start().len();
        let first = inner.trim_start().split(char::is_whitespace).next().unwrap_or("");
        let word = start + lead..start + lead + first.len().max(1);
        let seems_address = first.contains('/') || is_address(first);
        if close.is_none() && !seems_address {
            return start;
        }
        if close.is_none() {
            self.say(word, "the link is not closed", "write `)` right behind the address");
            return start + first.len();
        }
        let title = inner.find([' ', '\t']).and_then(|blank| {
            let rest = inner[blank..].trim_start();
            rest.starts_with(['"', '\'', '“', '”', '„', '‘', '’', '«'])
                .then(|| start + inner.len() - rest.len())
        });
        if let Some(title) = title {
            self.say(
                title..start + inner.len(),
                "the title of the link is not read as one",
                "put it in straight quotes, one at each end: `(address \"title\")`",
            );
            return end;
        }
        let path = inner.find(" \"").map_or(&*inner, |title| &inner[..title]).trim().to_owned();
        let whole: String = path.split(char::is_whitespace).collect();
        if path.contains(char::is_whitespace) && is_number(&whole) {
            let digits: String = whole.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            self.say(
                start + lead..start + lead + path.len(),
                "a blank in the number keeps this from being a link",
                format!("write `tel:{digits}`"),
            );
            return end;
        }
        if !whole.contains('/') && !is_address(&whole) {
            return start;
        }
        if path.contains(char::is_whitespace) && !path.contains(['<', '>']) {
            let help = match path.split_once('#') {
                // The words of a heading, in place of its id.
                Some((file, heading)) if !file.contains(char::is_whitespace) => {
                    format!("write `{file}#{}`", slug(heading))
                }
                _ if ["tel:", "sms:", "mailto:"].iter().any(|scheme| path.starts_with(scheme)) => {
                    format!("write `{whole}`")
                }
                _ => format!("rename the file without blanks, or write `<{path}>`"),
            };
            self.say(
                start + lead..start + lead + path.len(),
                "a blank in the address keeps this from being a link",
                help,
            );
        } else {
            self.say(
                word,
                "this is not read as a link",
                "write `[words](address)`, with no other link inside, and each bracket closed",
            );
        }
        end
    }

    /// `(words)[address]`.
    fn reversed(&mut self, at: usize) -> usize {
        let Some(behind) = self.rest(at + 1).strip_prefix('[') else { return at + 1 };
        match behind.find(']') {
            Some(length) if is_address(&behind[..length]) => {
                let end = at + 2 + length + 1;
                self.say(
                    at + 2..at + 2 + length,
                    "the brackets of this link are the wrong way round",
                    "write `[words](address)`",
                );
                end
            }
            _ => at + 1,
        }
    }

    /// `@id`, not in the brackets of a citation.
    fn mention(&mut self, at: usize) -> usize {
        let length = id_length(self.rest(at + 1));
        if length > 0 && !before(self.text, at).is_some_and(char::is_alphanumeric) {
            self.loose.mentions.push(at..at + 1 + length);
        }
        at + 1 + length
    }
}

/// How long what goes on with `rest` behind a bracket is, if it is a wiki link without an id: `[]]`, `[|words]]`.
fn empty_wiki_link(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('[')?;
    let end = inner.find("]]")?;
    let id = inner[..end].split('|').next().unwrap_or("");
    id.trim_matches(|c: char| c.is_whitespace() || c == '\\').is_empty().then_some(1 + end + 2)
}

/// Whether `text`, without blanks, is a telephone number: a code or another sign that one calls it, and digits.
fn is_number(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits > 5 && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | '(' | ')' | '/'))
}

/// Whether `text` can be nothing but the address of a link.
pub(super) fn is_address(text: &str) -> bool {
    !text.is_empty()
        && !text.contains(char::is_whitespace)
        && (text.contains("://")
            || [".md", ".html", ".pdf", ".svg", ".png", ".jpg"].iter().any(|ending| text.contains(ending))
            || ["../", "./", "#", "mailto:", "tel:", "www."].iter().any(|start| text.starts_with(start)))
}
