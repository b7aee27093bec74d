//! Files that are text: UTF-8, of a sensible size, without control characters.

use super::InputError;
use super::walk::Found;
use memchr::memmem;

use crate::diagnostic::{Applicability, Diagnostic, Place, Rule};
use crate::source::{SitePath, Source, Span, is_control};
use std::fs::File;
use std::io::Read;

/// The largest text file that is read, in bytes: a page of a thousand screens.
const MAX_SIZE: u64 = 1 << 20;

/// The largest baseline that is read, in bytes: some hundred thousand findings.
const MAX_BASELINE: u64 = 64 << 20;

/// How many control characters of one file are told.
const MAX_CONTROLS: usize = 20;

/// A text file as far as it could be read.
#[derive(Clone, Debug)]
pub(super) struct Text {
    /// The file. Bytes that are no UTF-8 are replaced; of a damaged file there may be no text at all.
    pub(super) source: Source,
    /// Whether the text is so far from what its author wrote that reading on makes no sense.
    pub(super) is_damaged: bool,
    /// What is wrong with it.
    pub(super) findings: Vec<Diagnostic>,
}

/// Reads the text file `found`. `remedy` is what to do where it is too large.
pub(super) fn read(found: &Found, remedy: &str) -> Result<Text, InputError> {
    read_up_to(MAX_SIZE, found, remedy)
}

/// Reads the text file `found`, which nobody writes by hand, so that it may be larger.
pub(super) fn read_large(found: &Found, remedy: &str) -> Result<Text, InputError> {
    read_up_to(MAX_BASELINE, found, remedy)
}

fn read_up_to(max: u64, found: &Found, remedy: &str) -> Result<Text, InputError> {
    let unreadable = |reason| InputError::Unreadable { path: found.file.clone(), reason };
    let file = File::open(&found.file).map_err(unreadable)?;
    let mut bytes = Vec::new();
    if let Ok(metadata) = file.metadata() {
        bytes.reserve_exact(usize::try_from(metadata.len().min(max)).unwrap_or(0) + 1);
    }
    file.take(max + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > max {
        let message = format!("`{}` is larger than {} MiB", found.path.file_name(), max >> 20);
        let finding = Diagnostic::new(Rule::FileTooLarge, Place::file(&found.path), message).help(remedy);
        return Ok(damaged(found, String::new(), finding));
    }
    Ok(decode(found, bytes))
}

/// Whether the file `found` begins with the first line of front matter.
pub(super) fn begins_as_page(found: &Found) -> Result<bool, InputError> {
    let unreadable = |reason| InputError::Unreadable { path: found.file.clone(), reason };
    let mut start = Vec::new();
    File::open(&found.file).map_err(unreadable)?.take(8).read_to_end(&mut start).map_err(unreadable)?;
    let start = start.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(&start);
    Ok(start.strip_prefix(b"---").is_some_and(|rest| matches!(rest.first(), Some(b'\n' | b'\r'))))
}

fn damaged(found: &Found, text: String, finding: Diagnostic) -> Text {
    let source = Source { path: found.path.clone(), text: text.into() };
    Text { source, is_damaged: true, findings: vec![finding] }
}

fn decode(found: &Found, bytes: Vec<u8>) -> Text {
    if let Some((message, help)) = other_form(&bytes) {
        let finding = Diagnostic::new(Rule::NotUtf8, Place::file(&found.path), message).help(help);
        return damaged(found, String::new(), finding);
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            if let Some(finding) = conflict(&found.path, &text) {
                return damaged(found, text, finding);
            }
            let mut findings = control_characters(&found.path, &text);
            findings.extend(misread(&found.path, &text));
            findings.extend(mailed(&found.path, &text));
            Text {
                source: Source { path: found.path.clone(), text: text.into() },
                is_damaged: false,
                findings,
            }
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let byte = error.as_bytes().get(at).copied().unwrap_or_default();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let span = Span::new(at, at + '\u{fffd}'.len_utf8());
            let message = format!("the byte {byte:#04x} is not UTF-8 text");
            let finding = Diagnostic::new(Rule::NotUtf8, Place::new(&found.path, span), message)
                .help("save the file as UTF-8 and write the character here anew");
            let source = Source { path: found.path.clone(), text: text.into() };
            Text { source, is_damaged: false, findings: vec![finding] }
        }
    }
}

/// Whether `text` holds a sign inside of a word that nobody sees, and that is told wherever it stands.
pub fn holds_unseen(text: &str) -> bool {
    text.char_indices().any(|(at, sign)| is_unseen(sign) && is_inside_of_word(text, at, sign))
}

/// Whether `sign` only says where a line may end.
fn is_unseen(sign: char) -> bool {
    matches!(sign, '\u{200b}' | '\u{ad}')
}

/// Whether `sign`, which stands at `at` of `text`, stands between two letters of a script that parts words by blanks.
fn is_inside_of_word(text: &str, at: usize, sign: char) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && c < '\u{e00}');
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    is_letter(before) && is_letter(text.get(at + sign.len_utf8()..).and_then(|text| text.chars().next()))
}

/// What the bytes of a file are, if they are no text in UTF-8 as a whole, and what to do about it.
fn other_form(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const SAVE: &str = "open it there, and save it as plain text in UTF-8";
    // Front matter, keys and settings begin with ASCII, of which UTF-16 makes a zero and the letter.
    let utf_16 = Some(("the text is UTF-16, not UTF-8", "save it as UTF-8"));
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => utf_16,
        [0, 1..0x80, 0, 1..0x80, ..] | [1..0x80, 0, 1..0x80, 0, ..] => utf_16,
        _ if bytes.starts_with(b"{\\rtf") => {
            Some(("this is a file of a word processor (RTF), and no plain text", SAVE))
        }
        _ if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) => {
            Some(("this is a file of a word processor, and no plain text", SAVE))
        }
        _ if bytes.starts_with(b"%PDF-") => Some((
            "this is a PDF, and no plain text",
            "write its words into a page; the file itself ends with `.pdf`",
        )),
        _ if !bytes.trim_ascii().contains(&b'\n') && bytes.trim_ascii().contains(&b'\r') => Some((
            "the lines of this file end as on computers of before 2001, with a carriage return alone",
            "save it with the line ends of today: LF, or CR LF",
        )),
        _ => None,
    }
}

/// The finding for the first sign that a program for versions has left between two versions of a text.
fn conflict(path: &SitePath, text: &str) -> Option<Diagnostic> {
    let [ours, base, middle, theirs] = LEFT_OVER;
    if !LEFT_OVER.iter().any(|sign| memmem::find(text.as_bytes(), sign.as_bytes()).is_some()) {
        return None;
    }
    let is_marker = |line: &str, sign: &str| {
        line.strip_prefix(sign).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\r', '\n']))
    };
    let is_page = path.as_str().ends_with(".md");
    // Only below words of a text do these signs make a heading of them.
    let mut is_text = false;
    let (mut start, mut has_middle, mut is_below_words) = (0, false, false);
    let mut left_over = None;
    let mut fence = None;
    for line in text.split_inclusive('\n') {
        // The signs of the second version could be those of a quotation, unless there are more of them.
        if is_marker(line, ours) || has_middle && is_marker(line, theirs) {
            let place = Place::new(path, Span::new(start, start + ours.len()));
            let finding =
                Diagnostic::new(Rule::MergeConflict, place, "two versions of this text were not joined");
            let help = "keep one of the two, and delete the lines with `<<<<<<<`, `=======` and `>>>>>>>`";
            return Some(finding.help(help));
        }
        fence = fence_behind(line, fence);
        let is_alone = is_left_over(line, base)
            || is_left_over(line, theirs)
            || !(is_text && is_below_words) && line.trim_end_matches(['\r', '\n']) == middle;
        if is_alone && fence.is_none() && left_over.is_none() {
            left_over = Some((start, line));
        }
        has_middle |= is_marker(line, middle);
        // The line that ends the front matter, or one across the page, is no words.
        is_below_words = !matches!(line.trim(), "" | "---");
        is_text |= is_page && start > 0 && line.trim_end() == "---";
        start += line.len();
    }
    let (start, line) = left_over?;
    let place = Place::new(path, Span::new(start, start + middle.len()));
    let sign = &line[..middle.len()];
    let message = format!("this line with `{sign}` was left over when two versions of the text were joined");
    let help = "delete it, and look whether the text above and below it is what you want";
    Some(Diagnostic::new(Rule::MergeConflict, place, message).help(help))
}

/// The signs with which a program for versions parts two versions of a text, in the order in which they stand: the
/// second is not always there.
const LEFT_OVER: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// Whether `line` is nothing but `sign` and the name of a version, with a remark in brackets at most. A quotation in a
/// quotation in a quotation has more words.
fn is_left_over(line: &str, sign: &str) -> bool {
    let Some(name) = line.strip_prefix(sign).and_then(|rest| rest.strip_prefix(' ')) else { return false };
    let name = name.trim_end();
    let (name, remark) = name.split_once(' ').unwrap_or((name, ""));
    !name.is_empty() && (remark.is_empty() || remark.starts_with('(') && remark.ends_with(')'))
}

/// The sign and the length of the fence of the block of code that is open behind `line`, if `open` was before it.
fn fence_behind(line: &str, open: Option<(char, usize)>) -> Option<(char, usize)> {
    let line = line.trim();
    let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'));
    let Some(sign) = sign else { return open };
    let rest = line.trim_start_matches(sign);
    let length = line.len() - rest.len();
    match open {
        None if length >= 3 && !(sign == '`' && rest.contains('`')) => Some((sign, length)),
        Some((opening, least)) if sign == opening && length >= least && rest.is_empty() => None,
        _ => open,
    }
}

/// The findings for letters that a program has read in another way than they were written: each became two or three
/// signs, which stand side by side in no language.
fn misread(path: &SitePath, text: &str) -> Vec<Diagnostic> {
    // What the second and third byte of a letter in UTF-8 are in the old table of Windows, where that is no letter,
    // no quotation mark and no dash.
    const MARKS: [char; 14] = ['©', '¨', '¤', '¶', '¼', '½', '±', '§', '³', '¢', '¥', '¸', '°', '²'];
    if text.is_ascii() {
        return Vec::new();
    }
    let signs = |at: usize| text.get(at..).unwrap_or("").chars();
    let length = |at: usize| {
        let mut signs = signs(at);
        match (signs.next(), signs.next(), signs.next()) {
            (Some('Ã' | 'Â'), Some(mark), _) if MARKS.contains(&mark) => Some(2),
            (Some('â'), Some('€'), Some(last)) if !last.is_alphanumeric() && !last.is_whitespace() => {
                Some(3)
            }
            (Some('â'), Some('€'), Some('œ')) => Some(3),
            _ => None,
        }
    };
    text.match_indices(['Ã', 'Â', 'â'])
        .filter_map(|(at, _)| Some((at, signs(at).take(length(at)?).map(char::len_utf8).sum::<usize>())))
        .take(MAX_CONTROLS)
        .map(|(at, length)| {
            let span = Span::new(at, at + length);
            let message = format!("`{}` stands for one sign that was read wrongly", span.of(text));
            Diagnostic::new(Rule::ControlCharacter, Place::new(path, span), message).help(
                "write the sign anew; the program that saved or copied the text has to read it as UTF-8",
            )
        })
        .collect()
}

/// The findings for letters as mails carry them, quoted-printable (RFC 2045, section 6.7): `=E2=80=99`.
fn mailed(path: &SitePath, text: &str) -> Vec<Diagnostic> {
    let is_hex = |byte: &u8| byte.is_ascii_digit() || (b'A'..=b'F').contains(byte);
    let byte = |at: usize| match text.as_bytes().get(at..at + 3) {
        Some([b'=', high, low]) if is_hex(high) && is_hex(low) => Some(*high),
        _ => None,
    };
    // Every letter that needs it begins with a byte from 0xC2 on, and goes on with bytes from 0x80 to 0xBF.
    let length = |at: usize| {
        byte(at).filter(|high| (b'C'..=b'F').contains(high))?;
        let rest = (1..4).take_while(|n| matches!(byte(at + 3 * n), Some(b'8' | b'9' | b'A' | b'B'))).count();
        (rest > 0).then_some(3 * (rest + 1))
    };
    text.match_indices('=')
        .filter_map(|(at, _)| Some((at, length(at)?)))
        .take(MAX_CONTROLS)
        .map(|(at, length)| {
            let span = Span::new(at, at + length);
            let message = format!("`{}` stands for one sign, as mails carry it", span.of(text));
            let finding = Diagnostic::new(Rule::ControlCharacter, Place::new(path, span), message);
            finding.help("write the sign itself; copy the text from the mail as its reader shows it")
        })
        .collect()
}

/// The findings for characters that neither YAML nor XML allow, or that stand for a lost one: no text needs them.
fn control_characters(path: &SitePath, text: &str) -> Vec<Diagnostic> {
    // Nearly every file is done after a look at its bytes. All of a chunk are looked at before there is a way out,
    // so that the processor takes many at once.
    let is_suspect =
        |b: &u8| (*b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) || matches!(b, 0x7f | 0xc2 | 0xe2 | 0xef);
    let has_suspect = |chunk: &[u8]| chunk.iter().fold(false, |found, byte| found | is_suspect(byte));
    if !text.as_bytes().chunks(256).any(has_suspect) {
        return Vec::new();
    }
    // Text that runs from right to left may need signs for its direction.
    let mut has_right_to_left = None;
    let mut turns = |c: char| {
        matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            && !*has_right_to_left
                .get_or_insert_with(|| text.contains(|c| matches!(c, '\u{590}'..='\u{8ff}')))
    };
    text.char_indices()
        .filter_map(|(at, c)| {
            let what = if c == char::REPLACEMENT_CHARACTER {
                "lost character"
            } else if is_control(c) && !text[..at].ends_with("â€") {
                "control character here"
            } else if turns(c) {
                "sign here that turns the direction of the text"
            } else if is_unseen(c) && is_inside_of_word(text, at, c) {
                "sign inside of a word"
            } else {
                return None;
            };
            Some((at, c, what))
        })
        .take(MAX_CONTROLS)
        .map(|(at, c, what)| {
            let span = Span::new(at, at + c.len_utf8());
            if c == char::REPLACEMENT_CHARACTER {
                let message = "a character was lost here, and `\u{fffd}` stands in its place";
                return Diagnostic::new(Rule::ControlCharacter, Place::new(path, span), message)
                    .help("write the character anew");
            }
            let message = format!("there is an invisible {what}, U+{:04X}", u32::from(c));
            Diagnostic::new(Rule::ControlCharacter, Place::new(path, span), message).help("delete it").fix(
                span,
                "",
                Applicability::MaybeIncorrect,
            )
        })
        .collect()
}
