//! Values as they stand in a YAML, TOML or JSON file: a tree in which every key and value knows its place.

use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::room;
use crate::source::Span;

/// JSON text to a tree.
pub mod json;
/// TOML text to a tree.
pub mod toml;
/// YAML text to a tree.
pub mod yaml;

/// A value and the bytes it stands on, quotes and brackets included.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What stands there.
    pub value: Value,
    /// Where it stands.
    pub span: Span,
}

/// What a node can be.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A single value.
    Scalar(Scalar),
    /// A list, in order.
    List(Vec<Node>),
    /// A mapping, in the order of the file, without duplicate keys.
    Map(Vec<Entry>),
    /// Something that a finding has been made about, so that nothing more is to be said of it: fits everywhere.
    Refused,
    /// What stands under a name that was found in text which can't be read: the field may be there or not. A finding
    /// has been made about that text.
    Unread,
}

/// A single value: its meaning, and its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Scalar {
    /// What the format's rules make of it.
    pub kind: ScalarKind,
    /// Its text: of a quoted value what the quotes hold, escapes resolved; of any other, the characters of the file.
    pub text: Box<str>,
}

/// The meaning of a scalar in YAML's core schema, or in TOML.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ScalarKind {
    /// Nothing: `~`, `null` or an empty value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction or an exponent, or a whole number outside the range of `i64`.
    Float(f64),
    /// Anything else.
    Text,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: Box<str>,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Entry {
    /// Whether it may stand for any field, because a merge key or an alias is written where a name belongs.
    pub fn may_be_any(&self) -> bool {
        self.value.value == Value::Unread && self.key.starts_with(['<', '*'])
    }
}

impl Node {
    /// Gives back the room that growing took and nothing needs: a site keeps the trees of all its pages.
    pub fn shrink(&mut self) {
        match &mut self.value {
            Value::List(items) => {
                room::fit(items);
                items.iter_mut().for_each(Self::shrink);
            }
            Value::Map(entries) => {
                room::fit(entries);
                entries.iter_mut().for_each(|entry| entry.value.shrink());
            }
            Value::Scalar(_) | Value::Refused | Value::Unread => {}
        }
    }

    /// An empty mapping at `span`.
    pub fn empty_map(span: Span) -> Self {
        Self { value: Value::Map(Vec::new()), span }
    }

    /// The entries of a mapping; none for anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The entry of a mapping under `key`.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| &*entry.key == key)
    }

    /// The value of a mapping under `key`, unless it is null.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value).filter(|node| !node.is_null())
    }

    /// Whether this is nothing: `~`, `null` or an empty value.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar(Scalar { kind: ScalarKind::Null, .. }))
    }

    /// The text of a scalar that is text.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(Scalar { kind: ScalarKind::Text, text }) => Some(text),
            _ => None,
        }
    }

    /// The text of any scalar but null, as the author wrote it: `1.10` stays `1.10`.
    pub fn as_written(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(Scalar { kind: ScalarKind::Null, .. }) => None,
            Value::Scalar(Scalar { text, .. }) => Some(text),
            _ => None,
        }
    }

    /// The value of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match &self.value {
            Value::Scalar(Scalar { kind: ScalarKind::Bool(value), .. }) => Some(*value),
            _ => None,
        }
    }

    /// The value of a whole number.
    pub fn as_integer(&self) -> Option<i64> {
        match &self.value {
            Value::Scalar(Scalar { kind: ScalarKind::Integer(value), .. }) => Some(*value),
            _ => None,
        }
    }
}

/// The finding for the control character `written` in the value at `place`, where an escape stands for it.
fn escaped_control(place: Place, written: char) -> Diagnostic {
    let message = format!("this writes an invisible control character, U+{:04X}", u32::from(written));
    Diagnostic::new(Rule::ControlCharacter, place, message).help("delete the escape")
}

/// The finding at `place` for the fields `keys`, which belong to `owner`, as `` `dose` ``, and stand beside it. Below it stands the field
/// `beside` already, or nothing.
pub(crate) fn not_indented(place: Place, owner: &str, keys: &[&str], beside: Option<&str>) -> Diagnostic {
    let list = match keys.split_last() {
        Some((last, [])) => format!("`{last}`"),
        Some((last, rest)) => format!("`{}` and `{last}`", rest.join("`, `")),
        None => String::new(),
    };
    let (are, begin) = if keys.len() == 1 { ("is a field", "it") } else { ("are fields", "each of them") };
    match beside {
        None => {
            let message = format!("the fields of {owner} need two spaces before them");
            Diagnostic::new(Rule::FieldNotIndented, place, message)
                .help(format!("put two spaces before {list}"))
        }
        Some(beside) => {
            let message = format!("{list} {are} of {owner}, and not indented as one");
            let help = format!("begin {begin} in the same column as `{beside}`");
            Diagnostic::new(Rule::FieldNotIndented, place, message).help(help)
        }
    }
}
