//! Keywords about fields.

use super::{Compiler, Document, Level, add};
use crate::diagnostic::Rule;
use crate::schema::ReviewDuty;
use crate::schema::shape::{Others, Property, Shape};
use crate::suggest;
use crate::tree::{Entry, Node, Value};
use std::sync::Arc;

impl Compiler<'_> {
    pub(super) fn properties(&mut self, shape: &mut Shape, entry: &Entry, document: &Document) {
        let Value::Map(entries) = &entry.value.value else {
            self.needs(document, entry, "an object of schemas");
            return;
        };
        if matches!(shape.object.others, Others::Each(_)) && !entries.is_empty() {
            self.bad(
                document,
                entry.key_span,
                "named fields and a schema for all fields don't go together",
                None,
            );
            return;
        }
        for field in entries {
            let properties = &mut shape.object.properties;
            let at = properties.iter().position(|old| *old.name == *field.key).unwrap_or_else(|| {
                properties.push(Property { name: Arc::from(&*field.key), shape: Shape::default() });
                properties.len() - 1
            });
            if let Some(property) = properties.get_mut(at) {
                self.schema(&mut property.shape, &field.value, document, Level::Inside);
            }
        }
    }

    pub(super) fn others(&mut self, shape: &mut Shape, entry: &Entry, document: &Document) {
        match &entry.value.value {
            Value::Map(_) if &*entry.key == "additionalProperties" => {
                if !shape.object.properties.is_empty() {
                    let message = "named fields and a schema for all fields don't go together";
                    self.bad(document, entry.key_span, message, None);
                    return;
                }
                let mut each = match std::mem::take(&mut shape.object.others) {
                    Others::Each(each) => each,
                    Others::Open => Box::default(),
                    Others::Closed => {
                        shape.object.others = Others::Closed;
                        return;
                    }
                };
                self.schema(&mut each, &entry.value, document, Level::Inside);
                shape.object.others = Others::Each(each);
            }
            _ if entry.value.as_bool() == Some(false) => shape.object.others = Others::Closed,
            _ => self.needs(document, entry, "`false`, or the schema of all fields"),
        }
    }

    /// The names that a keyword lists.
    pub(super) fn names<'n>(&mut self, entry: &'n Entry, document: &Document) -> Vec<&'n str> {
        let names: Option<Vec<&str>> = match &entry.value.value {
            Value::List(items) => items.iter().map(Node::as_text).collect(),
            _ => None,
        };
        names.unwrap_or_else(|| {
            self.needs(document, entry, "a list of field names");
            Vec::new()
        })
    }

    pub(super) fn duties(&mut self, shape: &mut Shape, entry: &Entry, document: &Document, level: Level) {
        let names = self.names(entry, document);
        if level == Level::Inside {
            let message = format!("`{}` is about the page, and can't stand inside of a field", entry.key);
            self.bad(document, entry.key_span, message, None);
        } else if &*entry.key == "x-publish" || self.around.review == ReviewDuty::Required {
            add(&mut shape.object.publish, names);
        }
    }

    /// Fields that the document `document` of a kind needs of pages, and that are none of the kind's, which `shape`
    /// has by now: nobody could give them.
    pub(super) fn unknown_duties(&mut self, shape: &Shape, document: &Document) {
        if self.around.own.is_none() {
            return;
        }
        let duties = ["required", "x-publish", "x-review"];
        let lists = document.root.entries().iter().filter(|entry| duties.contains(&&*entry.key));
        for item in lists.flat_map(|entry| entry.value.items()) {
            let names = || shape.object.properties.iter().map(|property| &*property.name);
            let Some(name) = item.as_text().filter(|name| !names().any(|known| known == *name)) else {
                continue;
            };
            let help = suggest::closest(name, names()).map_or_else(
                || "add it to `properties`, or take it out".to_owned(),
                |meant| format!("did you mean `{meant}`?"),
            );
            self.bad(document, item.span, format!("there is no field `{name}`"), Some(help));
        }
    }

    pub(super) fn rules(&mut self, shape: &mut Shape, entry: &Entry, document: &Document) {
        let Value::Map(entries) = &entry.value.value else {
            self.needs(document, entry, "an object of field names and rules");
            return;
        };
        for field in entries {
            match field.value.as_text().and_then(Rule::from_name) {
                Some(rule) => shape.object.rules.push((Arc::from(&*field.key), rule)),
                None => self.bad(document, field.value.span, "there is no rule of this name", None),
            }
        }
    }
}
