//! Names in templates of values that are never there: Tera takes them for empty or false, so that what should be shown
//! is left out of every page in silence.
//!
//! What a name stands for follows from the types of the views, and goes with it into loops, `set`, included templates and
//! the arguments of components. What can't be known is accepted.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Place};
use crate::source::Span;
use crate::view::{EVERYWHERE, Shape, Shapes, TEMPLATES, seen_by};

use super::lexer::Token;
use call::Rest;
use slip::Slip;
use unit::{Program, Unit};
use walk::Walk;

mod call;
mod declared;
mod expression;
mod slip;
#[cfg(test)]
mod tests;
mod unit;
mod walk;

pub use expression::LOOP;
pub use unit::Template;

/// Names and what they stand for.
type Names = BTreeMap<String, Shape>;

/// What templates ask for, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Asked {
    /// The findings.
    pub findings: Vec<Diagnostic>,
    /// The places that show or do something else than they should because of a mistake that is among the findings.
    pub doubtful: Vec<Place>,
}

/// What is known of all that uses a template or component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knowledge {
    /// All of it.
    Whole,
    /// What can be read of it.
    Partial,
    /// Nothing uses it.
    Nothing,
}

/// What is around the text of a template or component when it is made, from wherever it is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Around {
    /// Whether anything uses it.
    is_used: bool,
    /// The names that it can ask for.
    names: Names,
    /// The names at those who use it, from where a component can take what its arguments leave out.
    outer: Names,
}

/// What one template or component gives to others.
#[derive(Debug, Default)]
struct Gifts {
    /// What it sets for all that is made together with it.
    sets: Names,
    /// What it includes and calls, by their number, and what they find around them.
    uses: BTreeMap<usize, Around>,
}

/// More rounds than names can take through templates that use each other.
const MOST_ROUNDS: usize = 100;

/// Looks through `templates` for names that are never there. `kinds` are those that have a template of their name.
pub fn check<'t>(
    templates: impl IntoIterator<Item = Template<'t>>,
    kinds: &BTreeSet<&str>,
    shapes: &Shapes,
) -> Asked {
    let program = Program::read(templates);
    let entries = entries(&program, kinds);
    let mut around = match program.knowledge {
        Knowledge::Whole => settled(&program, &entries, shapes),
        Knowledge::Partial | Knowledge::Nothing => vec![Around::default(); program.units.len()],
    };
    let own = program.own_names();
    for (around, unit) in around.iter_mut().zip(&program.units).filter(|(around, _)| !around.is_used) {
        around.names = anywhere(unit, &own, shapes);
    }
    let mut asked = Asked::default();
    let (given, mut seen) = walked(&program, &around, shapes, &Shape::Lost);
    declared::tell(&program, &around, &mut seen);
    for (unit, seen) in program.units.iter().zip(&seen) {
        let place = |span| Place::new(&unit.source.path, unit.shifted(span));
        asked.findings.extend(seen.slips.iter().map(|slip| slip.clone().told(&place)));
    }
    // What depends on a mistake elsewhere comes out where that is given.
    let (_, later) = walked(&program, &next(&program, &entries, given, shapes), shapes, &Shape::Lost);
    for (unit, seen) in program.units.iter().zip(later).chain(program.units.iter().zip(seen)) {
        let place = |span| Place::new(&unit.source.path, unit.shifted(span));
        asked.doubtful.extend(seen.doubtful.into_iter().map(place));
    }
    asked
}

/// What is seen on the way through one unit.
#[derive(Debug, Default)]
struct Sight<'t> {
    /// The names that are never there.
    slips: Vec<Slip>,
    /// Where something depends on such a name.
    doubtful: Vec<Span>,
    /// The names that are asked for and there.
    asked: BTreeSet<&'t str>,
    /// The names that `for` and `set` give, in order.
    given: Vec<Token<'t>>,
    /// The components that are called.
    calls: Vec<Call<'t>>,
}

/// A call of a component.
#[derive(Debug)]
struct Call<'t> {
    /// The number of the component.
    component: usize,
    /// Where its name stands.
    span: Span,
    /// The names of the arguments that are written in it.
    given: Vec<&'t str>,
    /// What else it gives.
    rest: Rest,
}

/// What all units give.
#[derive(Debug, Default)]
struct Given {
    /// What each unit sets, by its number.
    sets: BTreeMap<usize, Names>,
    /// What units give to others, each with its number.
    uses: Vec<(usize, Around)>,
}

/// Goes the way through every unit, with `around` each what it says; a name that is not there is taken for `missing`.
fn walked<'t>(
    program: &Program<'t>,
    around: &[Around],
    shapes: &Shapes,
    missing: &Shape,
) -> (Given, Vec<Sight<'t>>) {
    let (mut given, mut seen) = (Given::default(), Vec::new());
    for (number, (unit, around)) in program.units.iter().zip(around).enumerate() {
        let knowledge = match program.knowledge {
            Knowledge::Whole if !around.is_used => Knowledge::Nothing,
            known => known,
        };
        let mut walk = Walk::new(program, unit, around, shapes, knowledge, missing.clone());
        walk.run();
        // What nothing uses is never made, and gives nothing.
        if around.is_used {
            given.sets.insert(number, walk.gifts.sets);
            given.uses.extend(walk.gifts.uses);
        }
        seen.push(walk.sight);
    }
    (given, seen)
}

/// What is around each unit where all have `given` this.
fn next(program: &Program<'_>, entries: &[Entry], given: Given, shapes: &Shapes) -> Vec<Around> {
    let mut around = begin(program, entries, &given.sets, shapes);
    for (number, given) in given.uses {
        around[number].is_used = true;
        merge(&mut around[number].names, given.names);
        merge(&mut around[number].outer, given.outer);
    }
    around
}

/// What is around each unit once every one has given what it gives.
fn settled(program: &Program<'_>, entries: &[Entry], shapes: &Shapes) -> Vec<Around> {
    let mut around = begin(program, entries, &BTreeMap::new(), shapes);
    for _ in 0..MOST_ROUNDS {
        // What is not there yet may come.
        let (given, _) = walked(program, &around, shapes, &Shape::nothing());
        let next = next(program, entries, given, shapes);
        if next == around {
            return around;
        }
        around = next;
    }
    vec![Around::default(); program.units.len()]
}

/// A template that pages are made with, then those that it extends: their numbers.
type Entry = Vec<usize>;

fn entries(program: &Program<'_>, kinds: &BTreeSet<&str>) -> Vec<Entry> {
    let is_entry = |name: &str| {
        name == "page.html"
            || TEMPLATES.iter().any(|(template, _)| *template == name)
            || name.strip_suffix(".html").is_some_and(|kind| kinds.contains(kind))
    };
    let chain = |first: usize| {
        let mut chain = vec![first];
        while let Some(parent) = chain.last().and_then(|last| program.units[*last].parent) {
            match program.template(parent).filter(|number| !chain.contains(number)) {
                Some(number) => chain.push(number),
                None => break,
            }
        }
        chain
    };
    let templates = program.units.iter().enumerate().filter(|(_, unit)| unit.component.is_none());
    templates.filter(|(_, unit)| is_entry(unit.name)).map(|(number, _)| chain(number)).collect()
}

/// What is around each unit by itself: the values of the pages that are made with it, and what it and those that are made
/// together with it set.
fn begin(
    program: &Program<'_>,
    entries: &[Entry],
    sets: &BTreeMap<usize, Names>,
    shapes: &Shapes,
) -> Vec<Around> {
    let mut around = vec![Around::default(); program.units.len()];
    for (number, set) in sets {
        merge(&mut around[*number].names, set.clone());
    }
    for chain in entries {
        let Some(first) = chain.first() else { continue };
        let seen = EVERYWHERE.iter().chain(seen_by(program.units[*first].name));
        let mut names: Names =
            seen.filter_map(|name| Some(((*name).to_owned(), shapes.value(name)?.clone()))).collect();
        for set in chain.iter().filter_map(|number| sets.get(number)) {
            merge(&mut names, set.clone());
        }
        for number in chain {
            around[*number].is_used = true;
            merge(&mut around[*number].names, names.clone());
        }
    }
    around
}

/// The names of a unit of which nothing tells who uses it: it may be used where `own` names stand for something else.
fn anywhere(unit: &Unit<'_>, own: &BTreeSet<&str>, shapes: &Shapes) -> Names {
    match &unit.component {
        Some(component) => component.names().map(|name| (name.to_owned(), Shape::Any)).collect(),
        None => {
            let names = shapes.names().filter(|name| !own.contains(name));
            names.filter_map(|name| Some((name.to_owned(), shapes.value(name)?.clone()))).collect()
        }
    }
}

/// Adds `more` to `names`; a name that both have can stand for either.
fn merge(names: &mut Names, more: Names) {
    for (name, shape) in more {
        let known = names.remove(&name);
        names.insert(name, known.map_or(shape.clone(), |known| known.or(shape)));
    }
}
