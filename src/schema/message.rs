//! The words of findings about shapes: what is wrong, and what to write instead.

mod form;
mod wrong_type;

pub(super) use form::{date, duration, format, pattern, range};
pub(super) use wrong_type::{truth, wrong_type};

use super::format::Range;
use super::shape::{Literal, Notes, Object, Shape, Types};
use super::validate::{Need, bounds};
use crate::diagnostic::Applicability;
use crate::suggest;
use crate::tree::Node;
use std::sync::Arc;

/// Message, help, and the text to put in place of what is wrong.
pub(super) struct Words {
    pub message: String,
    pub help: Option<String>,
    pub fix: Option<(String, Applicability)>,
}

impl Words {
    fn new(message: String, help: impl Into<String>) -> Self {
        Self { message, help: Some(help.into()), fix: None }
    }

    fn bare(message: String) -> Self {
        Self { message, help: None, fix: None }
    }

    fn fix(mut self, text: impl Into<String>, applicability: Applicability) -> Self {
        self.fix = Some((text.into(), applicability));
        self
    }

    /// The same with the help "write this" and its fix, where it is known what is meant.
    fn meant(self, text: Option<String>, applicability: Applicability) -> Self {
        match text {
            Some(text) => {
                Self { help: Some(format!("write `{text}`")), fix: Some((text, applicability)), ..self }
            }
            None => self,
        }
    }
}

/// The advice where an id has blanks around it, which nobody can see.
pub(super) const NO_BLANKS: &str = "take out the blanks around it";

/// What to write as the field `field` of `object`, which it needs.
pub(super) fn write(field: &str, object: &Object) -> String {
    let gist = object.property(field).and_then(|property| gist(&property.shape.notes));
    gist.map_or_else(|| "write a value".to_owned(), |gist| format!("write it: {gist}"))
}

/// What other tools call a rule that says nothing.
const OFF: [&str; 6] = ["off", "none", "ignore", "disable", "disabled", "silent"];

/// The most fields that a help lists.
const FEW: usize = 12;
/// The most characters of a value that a message repeats.
const SHOWN: usize = 40;

/// `text` in backticks, cut where it is long.
fn shown(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("`{}…`", line[..end].trim_end()),
        None if line.len() < text.trim_end().len() => format!("`{line}…`"),
        None => format!("`{line}`"),
    }
}

/// The words as a list: `a`, `b` or `c`.
fn list<'a>(words: impl IntoIterator<Item = &'a str>, join: &str) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {join} {last}", rest.join(", ")),
        None => String::new(),
    }
}

fn plural(count: u64, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// A field that is not there.
pub(super) fn missing(of: &str, field: &str, object: &Object, need: Need) -> Words {
    let message = match need {
        Need::Always => format!("{of} needs `{field}`"),
        Need::ToPublish => format!("{of} needs `{field}` to be published"),
    };
    let gist = object.property(field).and_then(|property| gist(&property.shape.notes));
    let help =
        gist.map_or_else(|| format!("add a line `{field}: ...`"), |gist| format!("add `{field}`: {gist}"));
    Words::new(message, help)
}

/// The first sentence of a description, as the end of a sentence.
fn gist(notes: &Notes) -> Option<String> {
    let text = notes.description.as_deref()?;
    let sentence = text.split_once(". ").map_or(text, |(first, _)| first).trim_end_matches('.');
    let mut rest = sentence.chars();
    let first = rest.next()?;
    // A name in capitals keeps them.
    let keeps = rest.clone().next().is_some_and(char::is_uppercase);
    if keeps { Some(sentence.to_owned()) } else { Some(first.to_lowercase().chain(rest).collect()) }
}

/// A field that is read as text, because its colon has no space after it.
pub(super) fn glued_field(field: &str) -> Words {
    let message = format!("a space is missing after the colon of `{field}`");
    Words::new(message, "write a colon and a space between name and value")
        .fix(": ", Applicability::MaybeIncorrect)
}

/// A field whose colon is missing, so that its value up to a later colon is read as part of its name.
pub(super) fn no_colon(field: &str) -> Words {
    let help = format!("write `{field}: ` and then the value, in quotes because it holds a colon");
    Words::new(format!("a colon is missing after `{field}`"), help)
}

/// None of several fields is there.
pub(super) fn one_of(of: &str, fields: &[&str]) -> Words {
    let fields = list(fields.iter().copied(), "or");
    Words::new(format!("{of} needs one of {fields}"), format!("add {fields}"))
}

/// A key that is no field, and what is to be written in place of the one that was `meant`.
pub(super) fn unknown(
    of: &str,
    key: &str,
    meant: Option<(&str, String, Applicability)>,
    object: &Object,
) -> Words {
    let message = format!("{} is not a field of {of}", shown(key));
    let id = key.to_lowercase().replace(['_', ' '], "-");
    let sections = object.manual.iter().flat_map(|manual| &manual.sections);
    if let Some((_, title)) = sections.into_iter().find(|(section, _)| **section == *id) {
        return Words::new(
            message,
            format!("write it as a section of the text, below a heading `## {title}`"),
        );
    }
    if let Some((meant, fix, applicability)) = meant {
        return Words::new(message, format!("did you mean `{meant}`?")).fix(fix, applicability);
    }
    let names = || object.properties.iter().map(|property| &*property.name);
    let help = if let Some(given) = suggest::field(key, names()) {
        format!("`{given}` is there already: take this line out")
    } else if object.properties.len() <= FEW {
        format!("the fields of {of} are {}", list(names(), "and"))
    } else {
        let name = object.manual.as_ref().map(|manual| format!(" {}", manual.name)).unwrap_or_default();
        format!("take the line out: `backsite schema{name}` lists all fields")
    };
    Words::new(message, help)
}

/// A key that is no field, and may stand for the field `meant` as well as another key of the same mapping.
pub(super) fn unknown_twice(of: &str, key: &str, meant: &str) -> Words {
    let help = format!(
        "more than one line may be meant as `{meant}`: write `{meant}` once, and take the others out"
    );
    Words::new(format!("{} is not a field of {of}", shown(key)), help)
}

fn number_help(shape: &Shape) -> String {
    let noun = if shape.types.meet(Types::FRACTION) { "a number" } else { "a whole number" };
    match bounds(shape) {
        (Some(least), Some(most)) => format!("write {noun} from {least} to {most}"),
        (Some(least), None) => format!("write {noun} that is at least {least}"),
        (None, Some(most)) => format!("write {noun} that is at most {most}"),
        (None, None) => format!("write {noun}, as `3`"),
    }
}

fn takes(values: &[Literal]) -> String {
    let words: Vec<String> = values.iter().map(written).collect();
    format!("write {}", list(words.iter().map(String::as_str), "or"))
}

fn written(value: &Literal) -> String {
    match value {
        Literal::Null => "null".to_owned(),
        Literal::Bool(value) => value.to_string(),
        Literal::Number(value) => value.to_string(),
        Literal::Text(text) => text.to_string(),
    }
}

/// A value that is not among those that are listed.
pub(super) fn not_listed(name: &str, text: &str, values: &[Literal]) -> Words {
    let known: Vec<String> = values.iter().map(written).collect();
    let words = || known.iter().map(String::as_str);
    let message = format!("{name} does not take {}", shown(text));
    match suggest::closest(text, words()) {
        Some(near) => {
            // A value that is misspelt is no more than probably the near one; one with blanks around it is.
            let is_it = near == text.trim() && near.starts_with(|c: char| c.is_ascii_alphabetic());
            let applicability = if is_it { Applicability::Safe } else { Applicability::MaybeIncorrect };
            Words::new(message, format!("did you mean `{near}`? it takes {}", list(words(), "or")))
                .fix(near, applicability)
        }
        // What other tools call it.
        None if words().any(|word| word == "allow") && OFF.contains(&text.to_lowercase().as_str()) => {
            Words::new(message, "write `allow`, which switches the rule off")
                .fix("allow", Applicability::MaybeIncorrect)
        }
        None => Words::new(message, takes(values)),
    }
}

/// A value that a `not` excludes.
pub(super) fn forbidden(name: &str, node: &Node) -> Words {
    match node.as_written() {
        Some(text) => Words::new(format!("{name} can't be {}", shown(text)), "write another value"),
        None => Words::bare(format!("{name} is not allowed as it stands here")),
    }
}

/// Fields that exclude each other.
pub(super) fn together(of: &str, fields: &[Arc<str>]) -> Words {
    let fields = list(fields.iter().map(|field| &**field), "and");
    Words::new(format!("{of} can't have {fields} together"), "keep one of them")
}

/// An item of a list that holds what its item above lacks: `field` is its first field, `above` the first of that one.
pub(super) fn split(field: &str, above: &str) -> Words {
    Words::new(
        format!("`{field}` begins an item of its own, and belongs to the item above"),
        format!("take its hyphen away, and begin it in the same column as `{above}`"),
    )
}

/// A key that can't be an id; `notes` are those on the shape of keys.
pub(super) fn key(key: &str, notes: &Notes) -> Words {
    let message = format!("{} can't be an id", shown(key));
    match (gist(notes), notes.examples.first().and_then(Node::as_written)) {
        (Some(gist), Some(example)) => Words::new(message, format!("{gist}, as `{example}`")),
        (Some(gist), None) => Words::new(message, gist),
        (None, _) => Words::bare(message),
    }
}

/// A value that says nothing: `how` as in "is empty", and the help for it.
pub(super) fn says_nothing(name: &str, how: &str, help: String) -> Words {
    Words::new(format!("{name} {how}"), help)
}

/// A text of the wrong length, in characters.
pub(super) fn length(name: &str, length: u64, least: u64, most: u64) -> Words {
    let has = plural(length, "character", "characters");
    if length > most {
        let over = plural(length - most, "character", "characters");
        return Words::new(
            format!("{name} has {has}, and the most is {most}"),
            format!("shorten it by {over}"),
        );
    }
    Words::new(format!("{name} has {has}, and the least is {least}"), "write a longer text")
}

/// A text of too many words.
pub(super) fn words(name: &str, count: u64, most: u64) -> Words {
    let over = plural(count - most.min(count), "word", "words");
    Words::new(format!("{name} has {count} words, and the most is {most}"), format!("shorten it by {over}"))
}

/// A number out of its bounds.
pub(super) fn number(name: &str, node: &Node, value: f64, shape: &Shape) -> Words {
    let is = shown(node.as_written().unwrap_or_default());
    let (least, most) = bounds(shape);
    let message = match (least, most) {
        (Some(least), _) if value < least => format!("{name} is {is}, and the least is {least}"),
        (_, Some(most)) => format!("{name} is {is}, and the most is {most}"),
        _ => format!("{name} is {is}, which is no number"),
    };
    let help = shape.text.range.as_ref().map_or_else(|| number_help(shape), Range::advice);
    Words::new(message, help)
}

/// A list of the wrong length.
pub(super) fn items(name: &str, length: u64, least: u64, most: u64) -> Words {
    if length == 0 {
        return Words::new(format!("{name} is empty"), "name at least one, or take the line out");
    }
    let has = plural(length, "entry", "entries");
    if length > most {
        let over = plural(length - most, "entry", "entries");
        return Words::new(format!("{name} has {has}, and the most is {most}"), format!("take {over} out"));
    }
    let short = plural(least - length.min(least), "entry", "entries");
    Words::new(format!("{name} has {has}, and the least is {least}"), format!("add {short}"))
}

/// A sentence in brackets that its comma has parted; `text` is the sentence.
pub(super) fn parted(name: &str, text: &str) -> Words {
    let quoted = serde_json::to_string(text).unwrap_or_default();
    let help = match quoted.chars().count() > 2 * SHOWN {
        true => "put the sentence in quotes, with `\"` before its first word and behind its last".to_owned(),
        false => format!("put the sentence in quotes: `{quoted}`"),
    };
    Words::new(format!("a comma parts this sentence of {name} in two entries"), help)
        .fix(quoted, Applicability::MaybeIncorrect)
}

/// A text that stands twice in a list.
pub(super) fn twice(name: &str, text: &str) -> Words {
    Words::new(format!("{} stands twice in {name}", shown(text)), "take one of them out")
}
