//! A compiled schema: one table per value, in which every conjunction is already merged.

use super::format::{Format, Range};
use crate::diagnostic::Rule;
use crate::tree::Node;
use regex::Regex;
use std::sync::Arc;

/// What a value has to be.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// What people read about it.
    pub notes: Notes,
    /// The types it can have.
    pub types: Types,
    /// The only values it takes, if they are listed.
    pub values: Option<Vec<Literal>>,
    /// What holds if it is text, or a key.
    pub text: Text,
    /// The smallest number.
    pub minimum: Option<f64>,
    /// The largest number.
    pub maximum: Option<f64>,
    /// What holds if it is a list.
    pub list: List,
    /// What holds if it has fields.
    pub object: Object,
    /// Of each of these groups at least one has to hold.
    pub any_of: Vec<Vec<Shape>>,
    /// None of these may hold.
    pub not: Vec<Shape>,
    /// What holds in some cases only.
    pub conditions: Vec<Condition>,
}

/// What people read about a value, in the manual and in their editor.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// A name for it.
    pub title: Option<Box<str>>,
    /// What it is for, in plain words.
    pub description: Option<Box<str>>,
    /// What holds where it is not given.
    pub default: Option<Node>,
    /// Values it could have.
    pub examples: Vec<Node>,
    /// Whether it should not be used any more.
    pub deprecated: bool,
}

/// A set of the types that a value can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Types(u8);

impl Types {
    /// `null`.
    pub const NULL: Self = Self(1);
    /// `true` and `false`.
    pub const BOOLEAN: Self = Self(2);
    /// Whole numbers.
    pub const INTEGER: Self = Self(4);
    /// Numbers that are not whole.
    pub const FRACTION: Self = Self(8);
    /// Every number.
    pub const NUMBER: Self = Self(4 | 8);
    /// Text.
    pub const TEXT: Self = Self(16);
    /// Lists.
    pub const LIST: Self = Self(32);
    /// Values with fields.
    pub const OBJECT: Self = Self(64);
    /// Every type.
    pub const ALL: Self = Self(127);
    /// No type.
    pub const NONE: Self = Self(0);

    /// The types that are in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The types that are in either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any type of `other` is in this set.
    pub fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether every type of `other` is in this set.
    pub fn hold(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl Default for Types {
    fn default() -> Self {
        Self::ALL
    }
}

/// A single value that a schema names.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// Text.
    Text(Box<str>),
}

/// What holds if a value is text.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The fewest Unicode characters.
    pub min_length: Option<u64>,
    /// The most Unicode characters.
    pub max_length: Option<u64>,
    /// The most words.
    pub max_words: Option<u64>,
    /// What it has to match.
    pub patterns: Vec<Pattern>,
    /// The format it has.
    pub format: Option<Format>,
    /// The longest duration, as an ISO 8601 duration.
    pub max_duration: Option<Box<str>>,
    /// The range that it writes; a whole number writes one too.
    pub range: Option<Range>,
    /// What it refers to: any of these.
    pub reference: Option<Arc<[Target]>>,
    /// Whether it takes inline Markdown.
    pub inline: bool,
}

/// A regular expression, which has to match somewhere in the text.
#[derive(Clone, Debug)]
pub struct Pattern(pub Regex);

/// What a reference leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A page of the kind of this name.
    Kind(Box<str>),
    /// An entry of a register.
    Register(Register),
}

/// A file of entries that pages refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Register {
    /// `people.yml`.
    People,
    /// `sources.yml`.
    Source,
    /// `cautions.yml`.
    Caution,
}

impl Register {
    /// Every register.
    pub const ALL: [Self; 3] = [Self::People, Self::Source, Self::Caution];

    /// The name that `x-ref` uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Source => "source",
            Self::Caution => "caution",
        }
    }
}

/// What holds if a value is a list.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// The fewest items.
    pub min_items: Option<u64>,
    /// The most items.
    pub max_items: Option<u64>,
    /// Whether no text may stand in it twice.
    pub unique: bool,
    /// What each item has to be.
    pub items: Option<Box<Shape>>,
}

/// What holds if a value has fields.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// Its fields, in the order of the schema.
    pub properties: Vec<Property>,
    /// The places of `properties` in the order of their names.
    pub(super) by_name: Vec<usize>,
    /// What holds for keys that are no property.
    pub others: Others,
    /// What every key has to be.
    pub names: Option<Box<Shape>>,
    /// The fields that it needs.
    pub required: Vec<Arc<str>>,
    /// The fields that it needs once the page is published.
    pub publish: Vec<Arc<str>>,
    /// The rules that speak, instead of `missing-field`, where these fields are missing.
    pub rules: Vec<(Arc<str>, Rule)>,
    /// Where the author finds more about it, if it is a whole document.
    pub manual: Option<Box<Manual>>,
}

/// What an author can be told of a document as a whole.
#[derive(Clone, Debug)]
pub struct Manual {
    /// What `backsite schema` calls it.
    pub name: Box<str>,
    /// The ids and the headings of the sections that are part of its text, and no fields.
    pub sections: Vec<(Box<str>, Box<str>)>,
}

/// A field and its shape.
#[derive(Clone, Debug)]
pub struct Property {
    /// The key.
    pub name: Arc<str>,
    /// What its value has to be.
    pub shape: Shape,
}

/// What holds for keys that a schema does not name.
#[derive(Clone, Debug, Default)]
pub enum Others {
    /// They may be there.
    #[default]
    Open,
    /// They are mistakes.
    Closed,
    /// They are ids of entries, and each entry has this shape.
    Each(Box<Shape>),
}

/// If a value is of one shape, it has to be of another too.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The question.
    pub test: Shape,
    /// The fields that the question looks at.
    pub asks: Vec<Arc<str>>,
    /// What holds if it is answered with yes.
    pub then: Option<Shape>,
    /// What holds if it is answered with no.
    pub otherwise: Option<Shape>,
}

impl Object {
    /// The property that is called `name`.
    pub fn property(&self, name: &str) -> Option<&Property> {
        let at = self.by_name.binary_search_by(|i| (*self.properties[*i].name).cmp(name)).ok()?;
        self.properties.get(*self.by_name.get(at)?)
    }

    /// The rule that speaks where the field `name` is missing.
    pub(super) fn rule(&self, name: &str) -> Rule {
        self.rules.iter().find(|(field, _)| **field == *name).map_or(Rule::MissingField, |(_, rule)| *rule)
    }
}

impl Shape {
    /// The types for which a value can be of this shape: what `types` says, less what the other rules forbid.
    pub(super) fn effective_types(&self) -> Types {
        self.any_of.iter().fold(self.types, |types, branches| {
            types.and(branches.iter().fold(Types::NONE, |all, branch| all.or(branch.effective_types())))
        })
    }
}
