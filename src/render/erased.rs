//! Values of several types in one list, for the templates that take more than one.

/// Something that a template can see.
pub trait Serialize {
    /// It as a template's value.
    fn value(&self) -> tera::Value;
}

impl<T: serde::Serialize> Serialize for T {
    fn value(&self) -> tera::Value {
        tera::Value::from_serializable(self)
    }
}
