//! Schema documents to shapes. Each keyword narrows the shape that it finds, so that `$ref`, `allOf` and a site's own
//! schema all combine by AND, and a contradiction is found at the keyword that brings it.

mod object;
mod text;

pub(super) use text::Patterns;

use super::ReviewDuty;
use super::keyword::{KEYWORDS, count, literal, number, scalar_list, span_of_value};
use super::shape::{Condition, Literal, Others, Shape, Types};
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::source::{SitePath, Span};
use crate::suggest;
use crate::tree::{Entry, Node, Value};
use std::sync::Arc;

/// How many schemas a document can grow to when its references are followed.
const MAX_SCHEMAS: usize = 20_000;
/// How deep schemas can lie in each other when their references are followed.
const MAX_DEPTH: usize = 64;

/// A schema document.
pub(super) struct Document {
    /// Where it lies; its file name is what `$ref` uses.
    pub path: SitePath,
    /// Its tree.
    pub root: Node,
}

/// What a compilation can look up.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'a> {
    /// Documents that `$ref` finds by file name.
    pub library: &'a [Document],
    /// The names of every kind.
    pub kinds: &'a [Box<str>],
    /// The kind that the document is about, which `x-ref` calls `self`.
    pub own: Option<&'a str>,
    /// Whether pages need a review to be published.
    pub review: ReviewDuty,
}

/// Where in its document a schema stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    /// It is the document itself.
    Document,
    /// It is about the same value as the document, by `$ref`, `allOf`, `then` or `else`.
    Top,
    /// It is about a part of that value, or is a question.
    Inside,
}

impl Level {
    fn below(self) -> Self {
        if self == Self::Document { Self::Top } else { self }
    }
}

/// Narrows `shape` by the schema `document`.
pub(super) fn narrow(
    shape: &mut Shape,
    document: &Document,
    around: Surroundings<'_>,
    patterns: &mut Patterns,
) -> Vec<Diagnostic> {
    let mut compiler =
        Compiler { around, patterns, findings: Vec::new(), active: Vec::new(), schemas: 0, depth: 0 };
    compiler.schema(shape, &document.root, document, Level::Document);
    if let Some(entry) = document.root.entry("$defs") {
        // A definition is checked even if nothing refers to it.
        for definition in entry.value.entries() {
            compiler.schema(&mut Shape::default(), &definition.value, document, Level::Top);
        }
    }
    compiler.unknown_duties(shape, document);
    let mut findings = compiler.findings;
    findings.sort();
    findings.dedup();
    findings
}

/// Orders the names of every object in `shape`, once it is complete.
pub(super) fn index(shape: &mut Shape) {
    let object = &mut shape.object;
    let mut by_name: Vec<usize> = (0..object.properties.len()).collect();
    by_name.sort_by(|a, b| object.properties[*a].name.cmp(&object.properties[*b].name));
    object.by_name = by_name;
    object.properties.iter_mut().for_each(|property| index(&mut property.shape));
    if let Others::Each(each) = &mut object.others {
        index(each);
    }
    object.names.iter_mut().chain(&mut shape.list.items).for_each(|shape| index(shape));
    shape.any_of.iter_mut().flatten().chain(&mut shape.not).for_each(index);
    for condition in &mut shape.conditions {
        index(&mut condition.test);
        condition.then.iter_mut().chain(&mut condition.otherwise).for_each(index);
    }
}

struct Compiler<'a> {
    around: Surroundings<'a>,
    patterns: &'a mut Patterns,
    findings: Vec<Diagnostic>,
    /// The references that are being followed: file name and pointer.
    active: Vec<(SitePath, Box<str>)>,
    schemas: usize,
    depth: usize,
}

impl Compiler<'_> {
    fn bad(&mut self, document: &Document, span: Span, message: impl Into<String>, help: Option<String>) {
        let mut finding = Diagnostic::new(Rule::BadSchema, Place::new(&document.path, span), message);
        finding.help = help;
        self.findings.push(finding);
    }

    /// A finding for a keyword whose value is not what it `needs`.
    fn needs(&mut self, document: &Document, entry: &Entry, needs: &str) {
        self.bad(document, entry.value.span, format!("`{}` needs {needs}", entry.key), None);
    }

    fn schema(&mut self, shape: &mut Shape, node: &Node, document: &Document, level: Level) {
        let Value::Map(entries) = &node.value else {
            self.bad(document, node.span, "a schema is an object of keywords: `{ ... }`", None);
            return;
        };
        if self.schemas >= MAX_SCHEMAS || self.depth >= MAX_DEPTH {
            self.bad(
                document,
                node.span,
                "the schema grows too large when its references are followed",
                None,
            );
            return;
        }
        self.schemas += 1;
        self.depth += 1;
        let before = self.findings.len();
        // What a schema says itself comes after what it refers to: its own notes win, and a contradiction is found here.
        let is_other = |entry: &&Entry| !["$ref", "allOf"].contains(&&*entry.key);
        for entry in entries.iter().filter(|entry| !is_other(entry)).chain(entries.iter().filter(is_other)) {
            self.keyword(shape, entry, document, level);
        }
        self.question(shape, node, document, level);
        if self.findings.len() == before {
            self.contradictions(shape, node, document);
        }
        self.depth -= 1;
    }

    #[allow(clippy::too_many_lines, reason = "one arm a keyword is the plainest table there is")]
    fn keyword(&mut self, shape: &mut Shape, entry: &Entry, document: &Document, level: Level) {
        let value = &entry.value;
        match &*entry.key {
            "$schema" => {
                if value.as_text() != Some("https://json-schema.org/draft/2020-12/schema") {
                    self.needs(document, entry, "`https://json-schema.org/draft/2020-12/schema`");
                }
            }
            "$id" | "$comment" => {
                self.text(entry, document);
            }
            "title" => shape.notes.title = self.text(entry, document).map(Into::into),
            "description" => shape.notes.description = self.text(entry, document).map(Into::into),
            "default" => shape.notes.default = Some(value.clone()),
            "examples" => match &value.value {
                Value::List(items) => shape.notes.examples = items.clone(),
                _ => self.needs(document, entry, "a list"),
            },
            "deprecated" => match value.as_bool() {
                Some(deprecated) => shape.notes.deprecated |= deprecated,
                None => self.needs(document, entry, "`true` or `false`"),
            },
            "type" => self.types(shape, entry, document),
            "enum" => match scalar_list(value) {
                Some(values) => restrict(shape, values),
                None => self.needs(document, entry, "a list of single values"),
            },
            "const" => match literal(value) {
                Some(value) => restrict(shape, vec![value]),
                None => self.needs(document, entry, "a single value"),
            },
            "minLength" => self.at_least(&mut shape.text.min_length, entry, document),
            "maxLength" => self.at_most(&mut shape.text.max_length, entry, document),
            "x-words" => self.at_most(&mut shape.text.max_words, entry, document),
            "minItems" => self.at_least(&mut shape.list.min_items, entry, document),
            "maxItems" => self.at_most(&mut shape.list.max_items, entry, document),
            "minimum" => match number(value) {
                Some(new) => shape.minimum = Some(shape.minimum.map_or(new, |old| old.max(new))),
                None => self.needs(document, entry, "a number"),
            },
            "maximum" => match number(value) {
                Some(new) => shape.maximum = Some(shape.maximum.map_or(new, |old| old.min(new))),
                None => self.needs(document, entry, "a number"),
            },
            "uniqueItems" => match value.as_bool() {
                Some(unique) => shape.list.unique |= unique,
                None => self.needs(document, entry, "`true` or `false`"),
            },
            "items" => {
                let items = shape.list.items.get_or_insert_default();
                self.schema(items, value, document, Level::Inside);
            }
            "pattern" => self.pattern(shape, entry, document),
            "format" => self.format(shape, entry, document),
            "x-max-duration" => self.max_duration(shape, entry, document),
            "x-range" => self.range(shape, entry, document),
            "x-inline" => match value.as_bool() {
                Some(inline) => shape.text.inline |= inline,
                None => self.needs(document, entry, "`true` or `false`"),
            },
            "x-ref" => self.reference(shape, entry, document),
            "properties" => self.properties(shape, entry, document),
            "additionalProperties" | "unevaluatedProperties" => self.others(shape, entry, document),
            "propertyNames" => {
                let names = shape.object.names.get_or_insert_default();
                self.schema(names, value, document, Level::Inside);
            }
            "required" => {
                let names = self.names(entry, document);
                add(&mut shape.object.required, names);
            }
            "x-publish" | "x-review" => self.duties(shape, entry, document, level),
            "x-rule" => self.rules(shape, entry, document),
            "allOf" => match &value.value {
                Value::List(parts) if !parts.is_empty() => {
                    parts.iter().for_each(|part| self.schema(shape, part, document, level.below()));
                }
                _ => self.needs(document, entry, "a list of schemas"),
            },
            "anyOf" => match &value.value {
                Value::List(parts) if !parts.is_empty() => {
                    let branches =
                        parts.iter().map(|part| self.part(part, document, Level::Inside)).collect();
                    shape.any_of.push(branches);
                }
                _ => self.needs(document, entry, "a list of schemas"),
            },
            "not" => {
                let not = self.part(value, document, Level::Inside);
                shape.not.push(not);
            }
            "$ref" => self.follow(shape, entry, document, level.below()),
            // These three belong together and are read together.
            "if" => {}
            "then" | "else" => {}
            "$defs" => {
                if level == Level::Inside || !matches!(value.value, Value::Map(_)) {
                    self.bad(
                        document,
                        entry.key_span,
                        "`$defs` is an object of schemas at the top of the document",
                        None,
                    );
                }
            }
            // The kind reads these two.
            "x-kind" | "x-sections" if level == Level::Document => {}
            "x-kind" | "x-sections" => {
                let message = format!("`{}` stands at the top of a kind only", entry.key);
                self.bad(document, entry.key_span, message, None);
            }
            unknown => {
                let help = suggest::closest(unknown, KEYWORDS.iter().copied());
                let help = help.map(|near| format!("did you mean `{near}`?"));
                self.bad(
                    document,
                    entry.key_span,
                    format!("`{unknown}` is not a keyword that schemas know"),
                    help,
                );
            }
        }
    }

    /// A shape of its own, for the schema `node`.
    fn part(&mut self, node: &Node, document: &Document, level: Level) -> Shape {
        let mut shape = Shape::default();
        self.schema(&mut shape, node, document, level);
        shape
    }

    fn text<'n>(&mut self, entry: &'n Entry, document: &Document) -> Option<&'n str> {
        let text = entry.value.as_text();
        if text.is_none() {
            self.needs(document, entry, "text");
        }
        text
    }

    fn at_least(&mut self, bound: &mut Option<u64>, entry: &Entry, document: &Document) {
        match count(&entry.value) {
            Some(new) => *bound = Some(bound.map_or(new, |old| old.max(new))),
            None => self.needs(document, entry, "a whole number"),
        }
    }

    fn at_most(&mut self, bound: &mut Option<u64>, entry: &Entry, document: &Document) {
        match count(&entry.value) {
            Some(new) => *bound = Some(bound.map_or(new, |old| old.min(new))),
            None => self.needs(document, entry, "a whole number"),
        }
    }

    /// Reads `if`, `then` and `else` of the schema `node`.
    fn question(&mut self, shape: &mut Shape, node: &Node, document: &Document, level: Level) {
        let [then, otherwise] = ["then", "else"].map(|key| node.entry(key));
        let Some(question) = node.entry("if") else {
            if let Some(entry) = then.or(otherwise) {
                self.bad(document, entry.key_span, format!("`{}` needs an `if` beside it", entry.key), None);
            }
            return;
        };
        let test = self.part(&question.value, document, Level::Inside);
        let mut asks = Vec::new();
        asked(&test, &mut asks);
        let [then, otherwise] = [then, otherwise]
            .map(|entry| entry.map(|entry| self.part(&entry.value, document, level.below())));
        shape.conditions.push(Condition { test, asks, then, otherwise });
    }

    fn follow(&mut self, shape: &mut Shape, entry: &Entry, document: &Document, level: Level) {
        let Some(reference) = self.text(entry, document) else { return };
        let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let library = self.around.library;
        let target = if file.is_empty() {
            Some(document)
        } else {
            library.iter().find(|known| known.path.file_name() == file)
        };
        let node = target.and_then(|target| match pointer {
            "" | "/" if !file.is_empty() => Some(&target.root),
            _ => target.root.get("$defs")?.get(pointer.strip_prefix("/$defs/")?),
        });
        let Some((target, node)) = target.zip(node) else {
            let help = "write `#/$defs/name` for a schema under `$defs`, or `common.json` for the fields of every page";
            self.bad(document, entry.value.span, format!("`{reference}` leads nowhere"), Some(help.into()));
            return;
        };
        let key = (target.path.clone(), Box::from(pointer));
        if self.active.contains(&key) {
            self.bad(document, entry.value.span, format!("`{reference}` leads back to itself"), None);
            return;
        }
        self.active.push(key);
        self.schema(shape, node, target, level);
        self.active.pop();
    }

    /// Finds what no value can meet any more, at the keyword of `node` that had a part in it.
    fn contradictions(&mut self, shape: &Shape, node: &Node, document: &Document) {
        let pairs = [
            ("type", shape.effective_types() == Types::NONE),
            ("anyOf", shape.effective_types() == Types::NONE),
            ("enum", shape.values.as_ref().is_some_and(|values| !fits(shape.types, values))),
            ("const", shape.values.as_ref().is_some_and(|values| !fits(shape.types, values))),
            ("minLength", more(shape.text.min_length, shape.text.max_length)),
            ("maxLength", more(shape.text.min_length, shape.text.max_length)),
            ("minItems", more(shape.list.min_items, shape.list.max_items)),
            ("maxItems", more(shape.list.min_items, shape.list.max_items)),
            ("minimum", more(shape.minimum, shape.maximum)),
            ("maximum", more(shape.minimum, shape.maximum)),
        ];
        let found = pairs.into_iter().find_map(|(key, holds)| span_of_value(node, key).filter(|_| holds));
        if let Some((key, span)) = found {
            let message = format!("`{key}` contradicts what else is said of this value: nothing meets both");
            self.bad(document, span, message, None);
        } else if let Some((_, span)) = span_of_value(node, "uniqueItems")
            && shape.list.unique
            && shape.list.items.as_ref().is_none_or(|items| items.types != Types::TEXT)
        {
            self.bad(document, span, "`uniqueItems` needs `items` that are text", None);
        }
    }
}

fn more<T: PartialOrd>(least: Option<T>, most: Option<T>) -> bool {
    least.zip(most).is_some_and(|(least, most)| least > most)
}

fn fits(types: Types, values: &[Literal]) -> bool {
    values.iter().any(|value| types.meet(value.types()))
}

/// Keeps of the allowed values those that are in `new` too.
fn restrict(shape: &mut Shape, new: Vec<Literal>) {
    let types = new.iter().fold(Types::NONE, |types, value| types.or(value.types()));
    shape.types = shape.types.and(types);
    match &mut shape.values {
        Some(old) => old.retain(|value| new.contains(value)),
        None => shape.values = Some(new),
    }
}

fn add(names: &mut Vec<Arc<str>>, new: Vec<&str>) {
    for name in new {
        if !names.iter().any(|old| **old == *name) {
            names.push(name.into());
        }
    }
}

/// The names of the fields that a question looks at.
fn asked(test: &Shape, names: &mut Vec<Arc<str>>) {
    add(names, test.object.required.iter().map(|name| &**name).collect());
    add(names, test.object.properties.iter().map(|property| &*property.name).collect());
    test.any_of.iter().flatten().chain(&test.not).for_each(|part| asked(part, names));
}
