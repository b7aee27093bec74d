//! The tree, built from the parser's events one by one.

use super::mistake::{self, Mistake};
use super::{Part, Reading, layout, scalar};
use crate::diagnostic::{Applicability, Diagnostic, Place, Rule};
use crate::source::{SitePath, Span, is_control};
use crate::tree::{self, Entry, Node, Scalar, ScalarKind, Value};
use saphyr_parser::{Event, ScalarStyle};
use std::collections::HashMap;
use std::ops::Range;

/// How deep lists and mappings may be nested. Nobody writes half of it by hand.
const MAX_DEPTH: usize = 64;

/// A list or mapping whose end has not come yet.
struct Open {
    start: usize,
    /// Whether it stands in brackets, and so ends with one.
    in_brackets: bool,
    /// Whether a finding has been made about it as a whole.
    refused: bool,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, key: Option<Key> },
}

struct Key {
    text: Box<str>,
    span: Span,
    /// Whether it names a field. Of another, such as an alias, nobody knows for which fields it stands.
    is_name: bool,
}

/// The tree as far as the parser's events have told of it.
pub(super) struct Builder<'a> {
    part: Part<'a>,
    text: &'a str,
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    /// One past the last thing that was read.
    end: usize,
    findings: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(part: Part<'a>) -> Self {
        let findings = Vec::new();
        Self { part, text: part.text, open: Vec::new(), root: None, documents: 0, end: 0, findings }
    }

    fn span(&self, range: Range<usize>) -> Span {
        self.part.span(range)
    }

    fn place(&self, range: Range<usize>) -> Place {
        Place::new(self.part.path, self.span(range))
    }

    /// The whole text was read. Nothing at all is null.
    pub(super) fn finish(self) -> Reading {
        let nothing = Scalar { kind: ScalarKind::Null, text: "".into() };
        let nothing = Node { value: Value::Scalar(nothing), span: self.span(0..0) };
        Reading { root: Some(self.root.unwrap_or(nothing)), flaw: None, findings: self.findings }
    }

    /// The reading ended at a character that the reader of the file has reported already.
    pub(super) fn give_up(self) -> Reading {
        Reading { root: None, flaw: None, findings: self.findings }
    }

    pub(super) fn fail(mut self, mistake: Mistake) -> Reading {
        // `*gently* roll` is first taken for an alias and then found not to be one.
        let line = self.span(layout::line_start(self.text, mistake.range.start)..mistake.range.end).start;
        self.findings.retain(|finding| finding.rule != Rule::YamlAlias || finding.place.span.start < line);
        let flaw = mistake.finding(self.part);
        // What a `#` hid may be what the parser looked for.
        let is_told =
            |finding: &Diagnostic| finding.rule == Rule::MisreadValue && finding.place == flaw.place;
        let flaw = Some(flaw.clone()).filter(|_| !self.findings.iter().any(is_told));
        Reading { root: None, flaw, findings: self.findings }
    }

    pub(super) fn take(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), Mistake> {
        match event {
            Event::DocumentStart(_) => return self.document(range),
            Event::Alias(_) => self.alias(range.start),
            Event::Scalar(text, style, anchor, tag) => {
                let refused = self.refuse_properties(range.start, anchor > 0 || tag.is_some());
                return self.scalar(&text, style, range, refused);
            }
            Event::SequenceStart(anchor, tag) => {
                // A list or group is the same with an anchor and without.
                let refused =
                    self.refuse_properties(range.start, anchor > 0 || tag.is_some()) && tag.is_some();
                return self.begin(range.start, refused, Content::List(Vec::new()));
            }
            Event::MappingStart(anchor, tag) => {
                let refused =
                    self.refuse_properties(range.start, anchor > 0 || tag.is_some()) && tag.is_some();
                return self.begin(range.start, refused, Content::Map { entries: Vec::new(), key: None });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range.start),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn document(&mut self, range: Range<usize>) -> Result<(), Mistake> {
        self.documents += 1;
        if self.documents > 1 {
            let end = layout::value_end(self.text, range.start);
            return Err(mistake::second_document(range.start..end));
        }
        Ok(())
    }

    /// Makes the finding for an anchor or a tag at `start`, if there is one.
    fn refuse_properties(&mut self, start: usize, exists: bool) -> bool {
        if exists {
            let range = start..layout::property_end(self.text, start);
            let written = self.text.get(range.clone()).unwrap_or("");
            let (kind, help) = match layout::byte(self.text, start) {
                b'&' => ("an anchor", "delete it, and write the value out wherever it is needed"),
                _ => ("a tag", "delete it"),
            };
            let help = format!("{help}; put the value in quotes if it is part of it");
            self.refuse(range, format!("`{written}` is {kind} of YAML, which is not supported"), help);
        }
        exists
    }

    fn refuse(&mut self, range: Range<usize>, message: String, help: impl Into<String>) {
        let finding = Diagnostic::new(Rule::YamlAlias, self.place(range), message).help(help);
        self.findings.push(finding);
    }

    pub(super) fn alias(&mut self, start: usize) {
        let range = start..layout::property_end(self.text, start);
        let is_merged = self.open.iter().any(|open| match &open.content {
            Content::Map { key: Some(key), .. } => !key.is_name && &*key.text == "<<",
            _ => false,
        });
        if !is_merged {
            let written = self.text.get(range.clone()).unwrap_or("");
            let message = format!("`{written}` is an alias of YAML, which is not supported");
            let help = "write the value out; put it in quotes if it begins with an asterisk";
            self.refuse(range.clone(), message, help);
        }
        self.end = range.end;
        let span = self.span(range.clone());
        let written = self.text.get(range).unwrap_or("").into();
        match self.open.last_mut() {
            Some(Open { content: Content::Map { key: key @ None, .. }, .. }) => {
                *key = Some(Key { text: written, span, is_name: false });
            }
            _ => self.put(Node { value: Value::Refused, span }),
        }
    }

    /// Where the value begins that comes next: past the colon or hyphen before it, and past anchors and tags.
    fn next_value(&self) -> usize {
        let separator = match self.open.last().map(|open| &open.content) {
            Some(Content::Map { .. }) => b':',
            Some(Content::List(_)) => b'-',
            None => return layout::after_properties(self.text, layout::after_blanks(self.text, self.end)),
        };
        let mut at = layout::after_blanks(self.text, self.end);
        if layout::byte(self.text, at) == separator {
            at = layout::after_blanks(self.text, at + 1);
        }
        layout::after_properties(self.text, at)
    }

    /// Where an empty value stands: right after its colon or hyphen.
    fn empty_value(&self, range: Range<usize>) -> usize {
        let at = layout::after_blanks(self.text, self.end);
        match (self.open.last().map(|open| &open.content), layout::byte(self.text, at)) {
            (Some(Content::Map { key: Some(_), .. }), b':') | (Some(Content::List(_)), b'-') => at + 1,
            (Some(_), _) => self.end,
            (None, _) => range.start,
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        range: Range<usize>,
        refused: bool,
    ) -> Result<(), Mistake> {
        let start = layout::after_properties(self.text, range.start).min(range.end);
        let range = match style {
            ScalarStyle::Plain if text.is_empty() && refused => range.end..range.end,
            ScalarStyle::Plain if text.is_empty() => {
                let at = self.empty_value(range);
                at..at
            }
            ScalarStyle::Plain => start..range.end,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                start..layout::quoted_end(self.text, start).unwrap_or(range.end)
            }
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let header = self.next_value().min(range.end);
                let block = self.text.get(header..range.end).unwrap_or("");
                header..header + block.trim_end().len()
            }
        };
        self.end = range.end;
        let span = self.span(range.clone());
        // What stands in the file as it is has been found by its reader.
        let written = self.text.get(range.clone()).unwrap_or("");
        let escaped = text.chars().find(|c| is_control(*c) && !written.contains(*c));
        if let Some(finding) = escaped.map(|c| tree::escaped_control(self.place(range.clone()), c)) {
            self.findings.push(finding);
        }
        let refused = refused || escaped.is_some();
        if let Some(Open { content: Content::Map { key: key @ None, .. }, .. }) = self.open.last_mut() {
            if range.is_empty() {
                let message = "there is no name before this colon";
                return Err(Mistake::new(range.start..range.start + 1, message, "write `name: value`"));
            }
            let is_plain = style == ScalarStyle::Plain;
            if let Some(mistake) = mistake::wrong_name(self.text, range.clone()).filter(|_| is_plain) {
                return Err(mistake);
            }
            let is_merge = text == "<<" && is_plain;
            *key = Some(Key { text: text.into(), span, is_name: !is_merge && escaped.is_none() });
            if is_merge {
                let message = "`<<` merges fields, which is not supported";
                self.refuse(range, message.to_owned(), "write the fields out");
            }
            return Ok(());
        }
        let written_at = range;
        let kind = match style {
            ScalarStyle::Plain => scalar::resolve(text),
            _ => ScalarKind::Text,
        };
        if kind == ScalarKind::Text && style == ScalarStyle::Plain {
            let mistake = match self.open.last().map(|open| &open.content) {
                None => mistake::lone_text(self.text, written_at.start),
                Some(Content::Map { .. }) => mistake::lone_value(self.text, written_at.start),
                Some(Content::List(_)) => None,
            };
            mistake.map_or(Ok(()), Err)?;
        }
        let misread = if style == ScalarStyle::Plain { self.refuse_misread(&written_at) } else { false };
        let refused = refused || misread || self.refuse_swallowed(&written_at, style);
        let value = if refused { Value::Refused } else { Value::Scalar(Scalar { kind, text: text.into() }) };
        self.put(Node { value, span });
        Ok(())
    }

    /// Makes the finding for a plain item at `range` that has taken the next one up, if it has.
    fn refuse_swallowed(&mut self, range: &Range<usize>, style: ScalarStyle) -> bool {
        let in_list =
            matches!(self.open.last(), Some(Open { in_brackets: false, content: Content::List(_), .. }));
        if !in_list || style != ScalarStyle::Plain {
            return false;
        }
        let Some(mistake) = mistake::swallowed_item(self.text, range.clone()) else { return false };
        self.findings.push(mistake.finding(self.part));
        true
    }

    /// Makes the finding for a plain value at `range` that is not what it looks like, if it is such a one.
    fn refuse_misread(&mut self, range: &Range<usize>) -> bool {
        let Some(mistake) = mistake::misread(self.text, range) else { return false };
        let place = self.place(mistake.range);
        let mut finding = Diagnostic::new(Rule::MisreadValue, place, mistake.message).help(mistake.help);
        if let Some((range, text)) = mistake.fix {
            finding = finding.fix(self.span(range), text, Applicability::MaybeIncorrect);
        }
        self.findings.push(finding);
        true
    }

    fn begin(&mut self, start: usize, refused: bool, content: Content) -> Result<(), Mistake> {
        let start = layout::after_properties(self.text, start);
        if self.open.len() >= MAX_DEPTH {
            return Err(mistake::too_deep(start));
        }
        if let Some(Open { content: Content::Map { key: None, .. }, .. }) = self.open.last() {
            let message = "a list or mapping can't be a name";
            let help = "put the value in quotes if brackets or braces are part of it";
            return Err(Mistake::new(start..start + 1, message, help));
        }
        let in_brackets = matches!(layout::byte(self.text, start), b'[' | b'{');
        // Of a list that is not indented further than its name, the parser tells where the first item begins.
        let start = match content {
            Content::List(_) if !in_brackets => self.next_value().min(start),
            _ => start,
        };
        if !in_brackets && let Some(tab) = mistake::tab_in(self.text, layout::line_start(self.text, start)) {
            return Err(tab);
        }
        self.end = if in_brackets { start + 1 } else { start };
        self.open.push(Open { start, in_brackets, refused, content });
        Ok(())
    }

    /// Ends the innermost list or mapping; if it stands in brackets, `bracket` is where the closing one stands.
    fn close(&mut self, bracket: usize) {
        let Some(open) = self.open.pop() else { return };
        if open.in_brackets {
            self.end = bracket + 1;
        }
        let span = self.span(open.start..self.end);
        let value = match open.content {
            Content::List(items) => Value::List(items),
            // Of the top this is done when it is complete.
            Content::Map { entries, .. } if self.open.is_empty() => Value::Map(entries),
            Content::Map { entries, .. } => {
                Value::Map(without_duplicates(entries, self.part.path, &mut self.findings))
            }
        };
        self.put(Node { value: if open.refused { Value::Refused } else { value }, span });
    }

    fn put(&mut self, node: Node) {
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.root = Some(node),
            Some(Content::List(items)) => items.push(node),
            Some(Content::Map { entries, key }) => {
                if let Some(key) = key.take() {
                    let value =
                        if key.is_name { node } else { Node { value: Value::Unread, span: node.span } };
                    entries.push(Entry { key: key.text, key_span: key.span, value });
                }
            }
        }
    }
}

/// Keeps the first of entries with the same key, and makes a finding for each other.
pub(super) fn without_duplicates(
    entries: Vec<Entry>,
    path: &SitePath,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Entry> {
    let mut first: HashMap<&str, Span> = HashMap::with_capacity(entries.len());
    let mut repeated = Vec::new();
    for entry in entries.iter().filter(|entry| entry.value.value != Value::Unread) {
        let span = *first.entry(&entry.key).or_insert(entry.key_span);
        if span != entry.key_span {
            repeated.push(entry.key_span);
            let message = format!("`{}` is given twice", entry.key);
            let finding = Diagnostic::new(Rule::DuplicateKey, Place::new(path, entry.key_span), message)
                .help("keep one of the two")
                .related("first given here", Place::new(path, span));
            findings.push(finding);
        }
    }
    if repeated.is_empty() {
        return entries;
    }
    let mut repeated = repeated.into_iter().peekable();
    entries.into_iter().filter(|entry| repeated.next_if_eq(&entry.key_span).is_none()).collect()
}
