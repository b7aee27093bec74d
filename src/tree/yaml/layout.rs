//! Where things stand in YAML text: lines, the names and values on them, quotes and brackets.
//!
//! The parser tells where a scalar's content is. These functions find what lies around it, and what a person meant
//! where the parser gave up. All offsets are bytes, and any offset up to the text's length may be asked for.

/// The byte at `at`, or a line end past the end.
pub(super) fn byte(text: &str, at: usize) -> u8 {
    text.as_bytes().get(at).copied().unwrap_or(b'\n')
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

fn is_blank(byte: u8) -> bool {
    is_space(byte) || is_line_end(byte)
}

/// Where the line that holds `at` begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
    before.iter().rposition(|b| is_line_end(*b)).map_or(0, |end| end + 1)
}

/// Where the line that holds `at` ends, its line ending not included.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let mut end = at.min(text.len());
    while end < text.len() && !is_line_end(byte(text, end)) {
        end += 1;
    }
    end
}

/// Where the line after the one that holds `at` begins; none after the last.
pub(super) fn next_line(text: &str, at: usize) -> Option<usize> {
    let end = line_end(text, at);
    let skip = if text.get(end..).is_some_and(|rest| rest.starts_with("\r\n")) { 2 } else { 1 };
    (end + skip <= text.len() && end < text.len()).then_some(end + skip)
}

/// Where the first line from `at`'s line on begins that is neither blank nor a comment.
pub(super) fn content_line(text: &str, at: usize) -> Option<usize> {
    let mut line = Some(line_start(text, at));
    while let Some(start) = line {
        if has_content(text, start) {
            return Some(start);
        }
        line = next_line(text, start);
    }
    None
}

/// Where the last line before `at`'s line begins that is neither blank nor a comment.
pub(super) fn content_line_before(text: &str, at: usize) -> Option<usize> {
    let mut start = line_start(text, at);
    while start > 0 {
        start = line_start(text, start - 1);
        if has_content(text, start) {
            return Some(start);
        }
    }
    None
}

/// Whether the line at `line` is neither blank nor a comment.
pub(super) fn has_content(text: &str, line: usize) -> bool {
    let first = byte(text, content_start(text, line));
    !is_line_end(first) && first != b'#'
}

/// The first byte of the line at `line` that is neither space nor tab.
pub(super) fn content_start(text: &str, line: usize) -> usize {
    let mut at = line;
    while is_space(byte(text, at)) {
        at += 1;
    }
    at
}

/// The first byte from `at` on that is no white space, line ending or comment.
pub(super) fn after_blanks(text: &str, mut at: usize) -> usize {
    while at < text.len() {
        match byte(text, at) {
            b'#' => at = line_end(text, at),
            other if is_blank(other) => at += 1,
            _ => break,
        }
    }
    at
}

/// One past the closing quote of the quoted scalar that opens at `open`; none if it is never closed.
pub(super) fn quoted_end(text: &str, open: usize) -> Option<usize> {
    let quote = byte(text, open);
    let mut at = open + 1;
    while at < text.len() {
        let current = byte(text, at);
        let is_escape = match quote {
            b'"' => current == b'\\',
            _ => current == quote && byte(text, at + 1) == quote,
        };
        if is_escape {
            at += 2;
        } else if current == quote {
            return Some(at + 1);
        } else {
            at += 1;
        }
    }
    None
}

/// One past the anchor, alias or tag that begins at `at`.
pub(super) fn property_end(text: &str, at: usize) -> usize {
    let verbatim = text.get(at..).is_some_and(|rest| rest.starts_with("!<"));
    let mut end = at;
    while end < text.len() && !is_blank(byte(text, end)) {
        match byte(text, end) {
            b'>' if verbatim => return end + 1,
            b',' | b'[' | b']' | b'{' | b'}' if !verbatim => break,
            _ => end += 1,
        }
    }
    end
}

/// The first byte from `at` on that is no anchor or tag, nor the blanks after one.
pub(super) fn after_properties(text: &str, mut at: usize) -> usize {
    while matches!(byte(text, at), b'&' | b'!') {
        at = after_blanks(text, property_end(text, at));
    }
    at
}

/// The colon that ends the name beginning at `at`: in the same line, and followed by a blank.
pub(super) fn key_colon(text: &str, at: usize) -> Option<usize> {
    let end = line_end(text, at);
    let mut at = match byte(text, at) {
        b'"' | b'\'' => quoted_end(text, at).filter(|close| *close <= end)?,
        _ => at,
    };
    while at < end {
        match byte(text, at) {
            b':' if is_blank(byte(text, at + 1)) => return Some(at),
            b'#' if at > 0 && is_blank(byte(text, at - 1)) => return None,
            _ => at += 1,
        }
    }
    None
}

/// The colon that ends the name beginning at `at` but has no space after it, as in `title:Knee rolls`.
pub(super) fn glued_colon(text: &str, at: usize) -> Option<usize> {
    let colon = match byte(text, at) {
        b'"' | b'\'' => quoted_end(text, at)?,
        _ => {
            let rest = text.get(at..).filter(|rest| rest.starts_with(char::is_alphabetic))?;
            at + rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-')?
        }
    };
    let after = byte(text, colon + 1);
    let is_glued =
        colon > at && byte(text, colon) == b':' && !is_blank(after) && after != b'/' && after != b':';
    is_glued.then_some(colon)
}

/// Whether a field begins at `at`: a plain or quoted name, a colon and a blank.
pub(super) fn is_field(text: &str, at: usize) -> bool {
    let Some(name) = key_colon(text, at).and_then(|colon| text.get(at..colon)) else { return false };
    let name = name.trim_matches(['"', '\'']);
    !name.is_empty() && !name.contains(['[', ']', '{', '}', ',', '"', '\''])
}

/// Whether an item of a list begins at `at`: a hyphen and a blank.
pub(super) fn is_item(text: &str, at: usize) -> bool {
    byte(text, at) == b'-' && is_blank(byte(text, at + 1))
}

/// Whether an item begins at `at`, be there a blank after its hyphen, one that keeps words together, or none.
pub(super) fn begins_item(text: &str, at: usize) -> bool {
    let glued = text.get(at..).and_then(|rest| rest.strip_prefix('-'));
    is_item(text, at)
        || glued.is_some_and(|after| after.starts_with(|c: char| c.is_alphabetic() || c == '\u{a0}'))
}

/// The name of the field that begins at `at`, quotes included, and its colon, be there a space after it or not.
pub(super) fn name(text: &str, at: usize) -> Option<(std::ops::Range<usize>, usize)> {
    // A space of another kind, as word processors make them, was meant to be one.
    if is_blank(byte(text, at)) || text.get(at..)?.starts_with(char::is_whitespace) {
        return None;
    }
    let colon = if is_field(text, at) { key_colon(text, at) } else { glued_colon(text, at) }?;
    let name = text.get(at..colon)?.trim_end();
    Some((at..at + name.len(), colon))
}

/// Where the name, or the value without a name, begins on the line at `line`: after indentation and `- `.
pub(super) fn key_start(text: &str, line: usize) -> usize {
    let mut at = content_start(text, line);
    while byte(text, at) == b'-' && is_space(byte(text, at + 1)) {
        at = content_start(text, at + 1);
    }
    at
}

/// Where the value begins on the line at `line`: after indentation, `- ` and a name with its colon.
pub(super) fn value_start(text: &str, line: usize) -> usize {
    let at = key_start(text, line);
    key_colon(text, at).map_or(at, |colon| content_start(text, colon + 1))
}

/// Where the value that begins at `at` ends on its line: before a comment, and before white space at the end.
pub(super) fn value_end(text: &str, at: usize) -> usize {
    let mut end = line_end(text, at);
    for i in at + 1..end {
        if byte(text, i) == b'#' && is_space(byte(text, i - 1)) {
            end = i;
            break;
        }
    }
    at + text.get(at..end).unwrap_or("").trim_end().len()
}

/// Where the item of a list in brackets that begins at `at` ends on its line.
pub(super) fn item_end(text: &str, at: usize) -> usize {
    let end = value_end(text, at);
    let item = text.get(at..end).unwrap_or("");
    at + item.find([',', ']', '}']).map_or(item, |cut| &item[..cut]).trim_end().len()
}

/// Reads YAML as a scanner would to know which brackets and quotes are open, but never fails.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    /// The opening brackets, outermost first.
    pub(super) brackets: Vec<usize>,
    /// The opening quote of the last quoted value, and one past its closing quote.
    pub(super) quoted: Option<(usize, usize)>,
    at: usize,
    /// Whether what comes next is inside of a value, where quotes mean nothing.
    inside: bool,
}

impl Nesting {
    /// What is open at `limit`, and what was closed last before it.
    pub(super) fn at(text: &str, limit: usize) -> Self {
        let mut nesting = Self::default();
        while nesting.at < limit.min(text.len()) {
            nesting.step(text);
        }
        nesting
    }

    /// Reads one character, or a whole comment, quoted value or block scalar.
    fn step(&mut self, text: &str) {
        let at = self.at;
        let in_brackets = !self.brackets.is_empty();
        let before_blank = is_blank(byte(text, at + 1));
        self.at += 1;
        match byte(text, at) {
            b'\n' | b'\r' => self.inside = false,
            b' ' | b'\t' => {}
            b'#' if at == 0 || is_blank(byte(text, at - 1)) => self.at = line_end(text, at),
            b'"' | b'\'' if !self.inside => {
                let end = quoted_end(text, at);
                self.at = end.unwrap_or(text.len());
                self.quoted = end.map(|end| (at, end)).or(self.quoted);
                self.inside = true;
            }
            b'[' | b'{' if !self.inside || in_brackets => {
                self.brackets.push(at);
                self.inside = false;
            }
            b']' | b'}' if in_brackets => {
                self.brackets.pop();
                self.inside = true;
            }
            b',' if in_brackets => self.inside = false,
            b'|' | b'>' if !self.inside && !in_brackets => self.at = block_end(text, at),
            b':' if before_blank => self.inside = false,
            b'-' | b'?' if !self.inside && before_blank && !in_brackets => {}
            _ => self.inside = true,
        }
    }
}

/// Where the line after the block scalar begins whose `|` or `>` stands at `at`.
fn block_end(text: &str, at: usize) -> usize {
    let line = line_start(text, at);
    let indent = content_start(text, line) - line;
    let mut next = next_line(text, at);
    while let Some(line) = next {
        let start = content_start(text, line);
        if start - line <= indent && !is_line_end(byte(text, start)) {
            return line;
        }
        next = next_line(text, line);
    }
    text.len()
}

/// Whether the bracket at `open` is closed before the next field of the mapping that it stands in.
pub(super) fn is_closed(text: &str, open: usize) -> bool {
    let line = line_start(text, open);
    let column = key_start(text, line) - line;
    let mut nesting = Nesting::at(text, open + 1);
    let depth = nesting.brackets.len();
    while nesting.at < text.len() {
        let at = nesting.at;
        nesting.step(text);
        if nesting.brackets.len() < depth {
            return true;
        }
        let start = content_start(text, nesting.at);
        if is_line_end(byte(text, at)) && start - nesting.at <= column && is_field(text, start) {
            return false;
        }
    }
    false
}
