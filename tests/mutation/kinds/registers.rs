//! Mistakes in the registers: ids that stand in the wrong column, lack their colon or are misspelt, and registers that
//! are not there.

use std::ops::Range;

use super::references::uses;
use crate::kind::Kind;
use crate::slip::Slip;
use crate::text::{Field, Text};
use crate::world::World;

const SYNTAX: &[&str] = &["yaml-syntax"];
const REFERENCE: &[&str] = &["unknown-reference"];
const SOURCE: &[&str] = &["unknown-source"];

pub const KINDS: &[Kind] = &[
    Kind::new("the id of an entry is indented", |world| {
        entries(world, |register, entry| {
            Slip::insert(register.path, entry.key.start, "  ").found_at(SYNTAX, shifted(&entry.key, 2))
        })
    }),
    Kind::new("the id of an entry is indented by one space", |world| {
        entries(world, |register, entry| {
            Slip::insert(register.path, entry.key.start, " ").found_at(SYNTAX, shifted(&entry.key, 1))
        })
    }),
    Kind::new("an entry is indented as a whole", |world| {
        entries(world, |register, entry| {
            let block = register.of(&entry.block);
            let lines: Vec<String> = block.split_inclusive('\n').map(|line| format!("  {line}")).collect();
            Slip::replace(register.path, entry.block.clone(), lines.concat())
                .found_at(SYNTAX, shifted(&entry.key, 2))
        })
    }),
    Kind::new("the id of an entry has no colon", |world| {
        entries(world, |register, entry| {
            let colon = entry.key.end..entry.key.end + 1;
            Slip::delete(register.path, colon).found_at(SYNTAX, entry.key.clone())
        })
    }),
    Kind::new("the id of an entry is misspelt in the register", |world| {
        let mut slips = Vec::new();
        for (register, entry) in used(world) {
            let id = register.key(&entry);
            let wrong = format!("{}{}", &id[..3], &id[4..]);
            let slip = Slip::replace(register.path, entry.key.clone(), wrong);
            slips.push(slip.found(rule(register)));
        }
        slips
    }),
    Kind::new("an entry that pages name is not in the register", |world| {
        let mut slips = Vec::new();
        for (register, entry) in used(world) {
            // The only one is a register without any.
            if register.top().count() > 1 {
                let slip = Slip::delete(register.path, entry.block.clone());
                slips.push(slip.found_at(rule(register), 0..0));
            }
        }
        slips
    }),
    Kind::new("a register is not there", |world| {
        let registers = world.registers();
        let slip = |register: &&Text<'_>| Slip::remove(register.path).found_at(rule(register), 0..0);
        registers.iter().copied().map(|register| slip(&register)).collect()
    }),
];

fn shifted(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

fn rule(register: &Text<'_>) -> &'static [&'static str] {
    if register.id() == "sources" { SOURCE } else { REFERENCE }
}

/// A slip for every entry of a register that has others.
fn entries(world: &'static World, slip: fn(&Text<'_>, &Field) -> Slip) -> Vec<Slip> {
    let mut slips = Vec::new();
    for register in world.registers() {
        let entries: Vec<&Field> = register.top().filter(|entry| entry.value.is_empty()).collect();
        if entries.len() > 1 {
            slips.extend(entries.into_iter().map(|entry| slip(register, entry)));
        }
    }
    slips
}

/// The entries that more than one page names.
fn used(world: &'static World) -> Vec<(&'static Text<'static>, Field)> {
    let mut found = Vec::new();
    for register in world.registers() {
        let fields: &[&str] = match register.id() {
            "sources" => &["sources", "source"],
            "people" => &["authors", "reviewed_by"],
            _ => &["avoid_if", "check_if"],
        };
        for entry in register.top() {
            let uses = uses(world, fields, register.key(entry));
            if uses.iter().any(|(path, _)| *path != uses[0].0) {
                found.push((register, entry.clone()));
            }
        }
    }
    found
}
