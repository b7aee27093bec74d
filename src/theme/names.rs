//! Names in templates of values that are never there: Tera takes them for empty or false, so that what should be shown
//! is left out of every page in silence.
//!
//! What a name stands for follows from the types of the views, and goes with it into loops, `set`, included templates and
//! the arguments of components. What can't be known is accepted.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Place};
use crate::source::Source;
use crate::view::{EVERYWHERE, Shape, Shapes, TEMPLATES, seen_by};

use unit::{Program, Unit};
use walk::Walk;

mod call;
mod expression;
mod slip;
#[cfg(test)]
mod tests;
mod unit;
mod walk;

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

/// Whether all that uses a template or component is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knowledge {
    /// It is.
    Whole,
    /// Some of it can't be read.
    Partial,
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

/// Looks through `templates`, each of which Tera can read, for names that are never there. `kinds` are those that have a
/// template of their name.
pub fn check<'t>(
    templates: impl IntoIterator<Item = (&'t str, &'t Source)>,
    kinds: &BTreeSet<&str>,
    shapes: &Shapes,
    knowledge: Knowledge,
) -> Asked {
    let program = Program::read(templates);
    let entries = entries(&program, kinds);
    let mut around = match knowledge {
        Knowledge::Whole => settled(&program, &entries, shapes),
        Knowledge::Partial => vec![Around::default(); program.units.len()],
    };
    let own = program.own_names();
    let mut asked = Asked::default();
    for (number, unit) in program.units.iter().enumerate() {
        let unknown = &mut around[number];
        let knowledge = if unknown.is_used { Knowledge::Whole } else { Knowledge::Partial };
        if !unknown.is_used {
            unknown.names = anywhere(unit, &own, shapes);
        }
        let mut walk = Walk::new(&program, unit, &around[number], shapes, knowledge);
        walk.run();
        let place = |span| Place::new(&unit.source.path, unit.shifted(span));
        asked.findings.extend(walk.slips.into_iter().map(|slip| slip.told(&place)));
        asked.doubtful.extend(walk.doubtful.into_iter().map(place));
    }
    asked
}

/// What is around each unit once every one has given what it gives.
fn settled(program: &Program<'_>, entries: &[Entry], shapes: &Shapes) -> Vec<Around> {
    let mut around = begin(program, entries, &BTreeMap::new(), shapes);
    for _ in 0..MOST_ROUNDS {
        let mut sets: BTreeMap<usize, Names> = BTreeMap::new();
        let mut uses = Vec::new();
        for (number, unit) in program.units.iter().enumerate().filter(|(number, _)| around[*number].is_used) {
            let mut walk = Walk::new(program, unit, &around[number], shapes, Knowledge::Whole);
            walk.run();
            sets.insert(number, walk.gifts.sets);
            uses.extend(walk.gifts.uses);
        }
        let mut next = begin(program, entries, &sets, shapes);
        for (number, given) in uses {
            next[number].is_used = true;
            merge(&mut next[number].names, given.names);
            merge(&mut next[number].outer, given.outer);
        }
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
