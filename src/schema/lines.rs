//! Advice about lines of YAML that takes the names of fields to give: where two fields share a line, an entry lacks the
//! name of its first field, or the lines of a list have no hyphens.

use super::shape::{Object, Others, Shape};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Rule};
use crate::source::Span;
use crate::tree::yaml;
use std::ops::Range;

/// Gives `findings` about `text`, whose fields are those of `shape`, better words where the names of fields tell what
/// was meant. What seems to be missing and stands on the line of another field is no finding.
pub fn advise(shape: &Shape, text: &str, findings: &mut Vec<Diagnostic>) {
    let mut objects = Vec::new();
    let mut told: Vec<&str> = Vec::new();
    for finding in findings.iter_mut() {
        let is_list = finding.rule == Rule::WrongType;
        if finding.rule != Rule::YamlSyntax && !is_list {
            continue;
        }
        if objects.is_empty() {
            collect(shape, &mut objects);
        }
        if is_list {
            hyphens(text, finding);
        } else if let Some(word) = second_field(text, finding) {
            if shared_line(&objects, text, word.clone(), finding).is_some() {
                told.extend(text.get(word));
            }
        } else if finding.message == yaml::NAMELESS_ITEM {
            nameless(&objects, text, finding);
        }
    }
    let is_told =
        |finding: &Diagnostic| told.iter().any(|name| finding.message.contains(&format!(" needs `{name}`")));
    findings.retain(|finding| told.is_empty() || !is_told(finding));
}

/// Collects `shape` and every shape in it that has fields.
pub(super) fn collect<'s>(shape: &'s Shape, found: &mut Vec<&'s Object>) {
    if !shape.object.properties.is_empty() {
        found.push(&shape.object);
    }
    let inner = shape.object.properties.iter().map(|property| &property.shape);
    let each = match &shape.object.others {
        Others::Each(each) => Some(&**each),
        Others::Open | Others::Closed => None,
    };
    inner.chain(each).chain(shape.list.items.as_deref()).for_each(|shape| collect(shape, found));
}

/// The fields that a value of `shape` has, or an item of it, and whether it is an item.
pub(super) fn inner(shape: &Shape) -> Option<(&Object, bool)> {
    let item = shape.list.items.as_deref();
    let own = Some((&shape.object, false)).into_iter().chain(item.map(|item| (&item.object, true)));
    own.into_iter().find(|(object, _)| !object.properties.is_empty())
}

/// The name with a colon in the middle of a line that made the parser stop.
fn second_field(text: &str, finding: &Diagnostic) -> Option<Range<usize>> {
    let at = finding.place.span.start as usize;
    match finding.message.as_str() {
        yaml::COLON_IN_VALUE => word_before(text, at),
        yaml::AFTER_QUOTE => word_from(text, at),
        yaml::AFTER_BRACKET => {
            let line = text.get(at..)?.lines().next()?;
            let (list, rest) = line.split_once(']')?;
            word_from(text, at + list.len() + 1 + rest.len() - rest.trim_start().len())
        }
        _ => None,
    }
}

/// A field that begins, with its name at `word`, on the line of another.
fn shared_line(objects: &[&Object], text: &str, word: Range<usize>, finding: &mut Diagnostic) -> Option<()> {
    let line = text.get(..word.start)?.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let before = text.get(line..word.start)?;
    let written = before.trim_start_matches([' ', '-']);
    let indent = before.len() - written.len();
    let (owner, value) = written.split_once(':')?;
    let name = text.get(word.clone())?;
    let blanks = line + before.trim_end().len()..word.start;
    if blanks.is_empty() {
        return None;
    }
    let (message, help, inset) = if value.trim().is_empty() {
        let held = objects.iter().filter_map(|object| inner(&object.property(owner)?.shape));
        let mut held = held.filter(|(object, _)| object.property(name).is_some());
        let inset = if held.next()?.1 { "  - " } else { "  " };
        let message = format!("`{name}` is a field of `{owner}`, and begins on its line");
        (message, format!("write `{inset}{name}: ...` on the line below"), inset)
    } else {
        objects.iter().find(|object| object.property(owner).is_some() && object.property(name).is_some())?;
        let message = format!("`{name}` begins on the line of `{owner}`");
        (message, "begin it on a line of its own".to_owned(), "")
    };
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let span = Span::new(word.start, word.end);
    finding.place.span = span;
    finding.message = message;
    finding.help = Some(help);
    let text = format!("{end}{}{inset}", " ".repeat(indent));
    let span = Span::new(blanks.start, blanks.end);
    finding.fix = Some(Fix { span, text, applicability: Applicability::MaybeIncorrect });
    Some(())
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'
}

/// The name that ends at `end`.
fn word_before(text: &str, end: usize) -> Option<Range<usize>> {
    let before = text.get(..end)?;
    let start = before.trim_end_matches(is_of_name).len();
    (start < end).then_some(start..end)
}

/// The name that begins at `start` and has a colon and a blank behind it.
fn word_from(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = text.get(start..)?;
    let length = rest.find(|c: char| !is_of_name(c))?;
    (length > 0 && rest.get(length..)?.starts_with(": ")).then(|| start..start + length)
}

/// An item of a list that is a word, and has fields below it.
fn nameless(objects: &[&Object], text: &str, finding: &mut Diagnostic) -> Option<()> {
    let span = finding.place.span;
    let written = span.of(text);
    let below = text.get(span.end as usize..)?.trim_start();
    let (field, _) = below.split_once(':')?;
    let needed = |object: &&&Object| {
        object.property(field).is_some() && object.required.iter().any(|name| **name != *field)
    };
    // The name itself may be there, and only its colon be missing.
    if let Some((name, value)) = written.split_once(' ')
        && objects.iter().any(|object| object.property(name).is_some() && object.property(field).is_some())
    {
        let value = value.trim_start();
        finding.help = Some(format!("write `- {name}: {value}`"));
        let at = span.start + u32::try_from(name.len()).ok()?;
        finding.fix = Some(Fix {
            span: Span { start: at, end: at },
            text: ":".to_owned(),
            applicability: Applicability::MaybeIncorrect,
        });
        return Some(());
    }
    let object = objects.iter().find(needed)?;
    let name = object.required.iter().find(|name| ***name != *field)?;
    finding.help = Some(format!("write `- {name}: {written}`"));
    finding.fix = Some(Fix {
        span: Span { start: span.start, end: span.start },
        text: format!("{name}: "),
        applicability: Applicability::MaybeIncorrect,
    });
    Some(())
}

/// A list whose items stand each on a line of its own, without hyphens.
fn hyphens(text: &str, finding: &mut Diagnostic) -> Option<()> {
    let written = finding.place.span.of(text);
    let is_to_be_list = finding.help.as_deref()?.starts_with("put it in brackets");
    let first = written.lines().next()?.trim_end();
    if !is_to_be_list || written.starts_with(['"', '\'', '|', '>']) || first.len() == written.len() {
        return None;
    }
    finding.help = Some(format!("begin each of its lines with a hyphen: `- {first}`"));
    finding.fix = None;
    Some(())
}
