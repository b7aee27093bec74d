//! The small values of the domain: how much to do, when it was reviewed, which day it is.
//!
//! They are read from trees that the schema has validated, so reading them can't fail: what does not fit is absent.

pub mod date;
pub mod dose;
pub mod version;

pub use date::{Date, Interval};
pub use dose::{Amount, Dose, Range, Side, Unit};
pub use version::Version;
