//! The shapes of the values that templates see: which names each has. They are read off the types, so that they can't
//! fall behind them.

use std::collections::{BTreeMap, BTreeSet};

use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value};

/// What a value can be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// It is not known.
    Any,
    /// It is asked for by a name that is not there: nothing more is said of it.
    Lost,
    /// It is one of these, or none.
    Known(BTreeSet<Form>),
}

/// One thing that a value can be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Text.
    Text,
    /// A number.
    Number,
    /// True or false.
    Flag,
    /// A list of such values.
    List(Box<Shape>),
    /// Values with the names of the record that is called so.
    Record(Box<str>),
    /// Values with any names.
    Table(Box<Shape>),
}

/// How deep lists are looked into. A template can put lists into lists without end.
const MOST_DEPTH: usize = 8;

impl Shape {
    /// A value that is nothing else than `form`.
    pub fn of(form: Form) -> Self {
        Self::Known(BTreeSet::from([form]))
    }

    /// A value of which nothing is known yet, and which adds nothing to others.
    pub fn nothing() -> Self {
        Self::Known(BTreeSet::new())
    }

    /// A list of such values.
    pub fn list(self) -> Self {
        if self.depth() < MOST_DEPTH { Self::of(Form::List(Box::new(self))) } else { Self::Any }
    }

    /// A value that is one or the other.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Lost, _) | (_, Self::Lost) => Self::Lost,
            (Self::Any, _) | (_, Self::Any) => Self::Any,
            (Self::Known(mut forms), Self::Known(others)) => {
                forms.extend(others);
                Self::Known(forms)
            }
        }
    }

    fn depth(&self) -> usize {
        let Self::Known(forms) = self else { return 0 };
        let depth = |form: &Form| match form {
            Form::List(inner) | Form::Table(inner) => 1 + inner.depth(),
            _ => 0,
        };
        forms.iter().map(depth).max().unwrap_or(0)
    }
}

/// The shapes of the values that templates see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shapes {
    values: BTreeMap<&'static str, Shape>,
    records: BTreeMap<Box<str>, BTreeMap<Box<str>, Shape>>,
}

impl Shapes {
    /// Adds the value `name` of the type `T`.
    pub(super) fn add<T: JsonSchema + ?Sized>(&mut self, name: &'static str) {
        let mut generator = SchemaGenerator::default();
        let schema = generator.subschema_for::<T>();
        self.values.insert(name, shape(schema.as_value()));
        for (record, schema) in generator.take_definitions(false) {
            let fields = schema.get("properties").and_then(Value::as_object);
            let fields =
                fields.into_iter().flatten().map(|(name, schema)| (name.as_str().into(), shape(schema)));
            self.records.insert(record.into(), fields.collect());
        }
    }

    /// Makes of the value `name`, a table, a record that has the names `keys` alone.
    pub fn close<'k>(&mut self, name: &'static str, keys: impl IntoIterator<Item = &'k str>) {
        let fields = keys.into_iter().map(|key| (key.into(), Shape::of(Form::Text)));
        self.records.insert(name.into(), fields.collect());
        self.values.insert(name, Shape::of(Form::Record(name.into())));
    }

    /// Makes of the value `name` a table of which nobody knows what is in it, because that can't be read.
    pub fn lose(&mut self, name: &'static str) {
        self.values.insert(name, Shape::of(Form::Table(Box::new(Shape::Lost))));
    }

    /// The shape of the value that templates know as `name`.
    pub fn value(&self, name: &str) -> Option<&Shape> {
        self.values.get(name)
    }

    /// The names of the values.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.values.keys().copied()
    }

    /// The shape of the value `name` of the record.
    pub fn field(&self, record: &str, name: &str) -> Option<&Shape> {
        self.records.get(record)?.get(name)
    }

    /// The names of the values of the record.
    pub fn fields(&self, record: &str) -> impl Iterator<Item = &str> {
        self.records.get(record).into_iter().flat_map(|fields| fields.keys()).map(|name| &**name)
    }
}

/// The shape that a JSON Schema of `schemars` describes. What can be none as well is told as what it is otherwise.
fn shape(schema: &Value) -> Shape {
    let Some(schema) = schema.as_object() else { return Shape::Any };
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return Shape::of(Form::Record(reference.rsplit('/').next().unwrap_or(reference).into()));
    }
    if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
        return choices.iter().map(shape).fold(Shape::nothing(), Shape::or);
    }
    match schema.get("type") {
        Some(Value::String(name)) => of_type(name, schema),
        Some(Value::Array(names)) => {
            let names = names.iter().filter_map(Value::as_str);
            names.map(|name| of_type(name, schema)).fold(Shape::nothing(), Shape::or)
        }
        _ => Shape::Any,
    }
}

fn of_type(name: &str, schema: &Map<String, Value>) -> Shape {
    let inner = |key| Box::new(schema.get(key).map_or(Shape::Any, shape));
    match name {
        "string" => Shape::of(Form::Text),
        "integer" | "number" => Shape::of(Form::Number),
        "boolean" => Shape::of(Form::Flag),
        "array" => Shape::of(Form::List(inner("items"))),
        "object" => Shape::of(Form::Table(inner("additionalProperties"))),
        "null" => Shape::nothing(),
        _ => Shape::Any,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::seen::{EVERYWHERE, OF_A_KIND, TEMPLATES};

    #[test]
    fn a_shape_says_what_a_value_holds() {
        let shapes = Shapes::of_views();
        let page = Form::Record("PageView".into());
        assert_eq!(shapes.value("page"), Some(&Shape::of(page)));
        assert_eq!(shapes.field("PageView", "care"), Some(&Shape::of(Form::Record("CareCards".into()))));
        let links = Shape::of(Form::Record("Link".into())).list();
        assert_eq!(shapes.field("PageView", "used_in"), Some(&links));
        assert_eq!(shapes.field("PageView", "used_in_count"), Some(&Shape::of(Form::Number)));
        assert_eq!(shapes.field("Link", "address"), Some(&Shape::of(Form::Text)));
        assert_eq!(shapes.field("Frame", "draft"), Some(&Shape::of(Form::Flag)));
        assert_eq!(shapes.field("Link", "adress"), None);
        assert_eq!(shapes.fields("Link").collect::<Vec<_>>(), ["address", "title"]);
        assert_eq!(shapes.value("t"), Some(&Shape::of(Form::Table(Box::new(Shape::of(Form::Text))))));
    }

    #[test]
    fn every_shape_is_known_to_the_end() {
        let shapes = Shapes::of_views();
        fn is_known(shape: &Shape, shapes: &Shapes) -> bool {
            let Shape::Known(forms) = shape else { return false };
            !forms.is_empty()
                && forms.iter().all(|form| match form {
                    Form::List(inner) | Form::Table(inner) => is_known(inner, shapes),
                    Form::Record(name) => shapes.fields(name).next().is_some(),
                    _ => true,
                })
        }
        for (record, fields) in &shapes.records {
            for (name, shape) in fields {
                assert!(is_known(shape, &shapes), "{record}.{name}: {shape:?}");
            }
        }
        for (name, shape) in &shapes.values {
            assert!(is_known(shape, &shapes), "{name}: {shape:?}");
        }
        let named = TEMPLATES.iter().flat_map(|(_, names)| *names).chain(&EVERYWHERE).chain(OF_A_KIND);
        let named: BTreeSet<&str> = named.copied().collect();
        assert_eq!(named, shapes.names().collect());
    }
}
