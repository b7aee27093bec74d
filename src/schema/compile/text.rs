//! Keywords about types and texts.

use super::Compiler;
use crate::schema::compile::Document;
use crate::schema::format::{self, Format, Range};
use crate::schema::keyword::{self, count};
use crate::schema::shape::{Pattern, Register, Shape, Target, Types};
use crate::suggest;
use crate::tree::{Entry, Node, Value};
use regex::Regex;
use std::collections::HashMap;

/// The regular expressions that were compiled already: kinds share most of theirs.
#[derive(Default)]
pub(in crate::schema) struct Patterns(HashMap<Box<str>, Regex>);

impl Patterns {
    fn get(&mut self, text: &str) -> Result<Regex, regex::Error> {
        if let Some(regex) = self.0.get(text) {
            return Ok(regex.clone());
        }
        let regex = Regex::new(text)?;
        self.0.insert(text.into(), regex.clone());
        Ok(regex)
    }
}

impl Compiler<'_> {
    pub(super) fn types(&mut self, shape: &mut Shape, entry: &Entry, document: &Document) {
        let nodes = match &entry.value.value {
            Value::List(items) if !items.is_empty() => items.as_slice(),
            _ => std::slice::from_ref(&entry.value),
        };
        let mut types = Types::NONE;
        for node in nodes {
            match node.as_text().and_then(keyword::types) {
                Some(of) => types = types.or(of),
                None => {
                    let message = "`type` needs one of `string`, `integer`, `number`, `boolean`, `array`, `object` \
                                   and `null`, or a list of them";
                    self.bad(document, node.span, message, None);
                    return;
                }
            }
        }
        shape.types = shape.types.and(types);
    }

    pub(super) fn pattern(&mut self, shape: &mut Shape, entry: &Entry, document: &Document) {
        let Some(text) = self.text(entry, document) else { return };
        if shape.text.patterns.iter().any(|old| old.0.as_str() == text) {
            return;
        }
        match self.patterns.get(text) {
            Ok(regex) => shape.text.patterns.push(Pattern(regex)),
            Err(error) => {
                // The last line says what is wrong; those before draw the place.
                let error = error.to_string();
                let reason =
                    error.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
                self.bad(
                    document,
                    entry.value.span,
                    format!("`pattern` is no regular expression: {reason}"),
                    None,
                );
            }
        }
    }

    pub(super) fn format(&mut self, shape: &mut Shape, entry: &Entry, document: &Document) {
        let Some(text) = self.text(entry, document) else { return };
        let Some(format) = Format::from_name(text) else {
            self.needs(document, entry, "one of `date`, `duration`, `uri`, `email` and `language`");
            return;
        };
        if shape.text.format.is_some_and(|old| old != format) {
            self.bad(document, entry.value.span, "no text has two formats", None);
        }
        shape.text.format = Some(format);
    }

    pub(super) fn max_duration(&mut self, shape: &mut Shape, entry: &Entry, document: &Document) {
        let Some(text) = self.text(entry, document) else { return };
        if format::duration(text).is_none() {
            self.needs(document, entry, "a time span as `P3Y`");
            return;
        }
        let is_shorter = shape.text.max_duration.as_ref().is_none_or(|old| format::is_longer(old, text));
        if is_shorter {
            shape.text.max_duration = Some(text.into());
        }
    }

    pub(super) fn range(&mut self, shape: &mut Shape, entry: &Entry, document: &Document) {
        let bounds = ["minimum", "maximum"].map(|key| entry.value.get(key).and_then(count));
        let units = entry.value.get("units").map_or(Some(Vec::new()), |units| {
            let of = |unit: &Node| unit.as_text().filter(|t| is_word(t)).map(Box::from);
            units.items().iter().map(of).collect()
        });
        let known = entry.value.entries().iter().all(|e| ["minimum", "maximum", "units"].contains(&&*e.key));
        let (Some(minimum @ (0 | 1)), Some(maximum @ 1..=9999), Some(units), true) =
            (bounds[0], bounds[1], units, known)
        else {
            self.needs(
                document,
                entry,
                "`minimum` (0 or 1), `maximum` (up to 9999) and, if its numbers have a unit, `units` (a list of words)",
            );
            return;
        };
        let range = Range { minimum, maximum, units };
        shape.types = shape.types.and(if range.units.is_empty() {
            Types::INTEGER.or(Types::TEXT)
        } else {
            Types::TEXT
        });
        shape.text.range = match shape.text.range.take() {
            None => Some(range),
            Some(old) if old.units == range.units => Some(Range {
                minimum: old.minimum.max(range.minimum),
                maximum: old.maximum.min(range.maximum),
                units: old.units,
            }),
            Some(old) => {
                self.bad(document, entry.value.span, "no range has two sets of units", None);
                Some(old)
            }
        };
    }

    pub(super) fn reference(&mut self, shape: &mut Shape, entry: &Entry, document: &Document) {
        let nodes = match &entry.value.value {
            Value::List(items) if !items.is_empty() => items.as_slice(),
            _ => std::slice::from_ref(&entry.value),
        };
        let mut targets = Vec::new();
        for node in nodes {
            let Some(name) = node.as_text() else {
                self.needs(document, entry, "the name of a kind or register, or a list of them");
                return;
            };
            let name = if name == "self" { self.around.own.unwrap_or(name) } else { name };
            let register = Register::ALL.into_iter().find(|register| register.name() == name);
            if let Some(register) = register {
                targets.push(Target::Register(register));
            } else if self.around.kinds.iter().any(|kind| **kind == *name) {
                targets.push(Target::Kind(name.into()));
            } else {
                let known =
                    self.around.kinds.iter().map(|kind| &**kind).chain(Register::ALL.map(Register::name));
                let help = suggest::closest(name, known).map(|near| format!("did you mean `{near}`?"));
                self.bad(document, node.span, format!("`{name}` is no kind and no register"), help);
            }
        }
        if let Some(old) = &shape.text.reference {
            targets.retain(|target| old.contains(target));
            if targets.is_empty() {
                self.bad(document, entry.value.span, "no page is of two kinds", None);
                return;
            }
        }
        shape.types = shape.types.and(Types::TEXT);
        shape.text.reference = Some(targets.into());
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase())
}
