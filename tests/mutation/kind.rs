//! The kinds of mistakes, each with all the places where it can be made.

use crate::slip::Slip;
use crate::world::{Base, World};

/// A kind of mistake.
pub struct Kind {
    /// What the author did, as a sentence.
    pub name: &'static str,
    /// The sites in which it is made.
    pub bases: &'static [Base],
    /// Every place where it can be made.
    pub slips: fn(&'static World) -> Vec<Slip>,
}

impl Kind {
    /// A kind of mistake that every site has places for.
    pub const fn new(name: &'static str, slips: fn(&'static World) -> Vec<Slip>) -> Self {
        Self { name, bases: &[Base::Demonstration, Base::Clinic], slips }
    }

    /// A kind of mistake that only a site with reviews, pictures and more has places for.
    pub const fn in_clinic(name: &'static str, slips: fn(&'static World) -> Vec<Slip>) -> Self {
        Self { name, bases: &[Base::Clinic], slips }
    }
}
