//! How often each kind of mistake was found, and the table that says so.

use std::collections::BTreeSet;
use std::fmt::{self, Write};
use std::fs;
use std::process::ExitCode;

use libtest_mimic::{Failed, Trial};
use rayon::prelude::*;

use crate::kind::Kind;
use crate::kinds::FAMILIES;
use crate::random::Random;
use crate::site;
use crate::slip::Slip;
use crate::world::{World, Writing};
use crate::{KNOWN, SEED};

/// What became of the mistakes of one kind.
pub struct Tally {
    pub places: usize,
    pub found: usize,
    pub exact: usize,
    pub cascades: usize,
    /// What was said where it was not as it should be.
    pub stories: Vec<String>,
}

impl Tally {
    /// Makes the mistake `kind` at `count` places, or all if there are fewer.
    pub fn of(kind: &'static Kind, count: usize) -> Self {
        let mut tally = Self { places: 0, found: 0, exact: 0, cascades: 0, stories: Vec::new() };
        for (world, slip) in places(kind, count) {
            let verdict = world.judge(&slip);
            tally.places += 1;
            tally.found += usize::from(verdict.is_found);
            tally.exact += usize::from(verdict.is_exact);
            tally.cascades += verdict.cascades;
            if !verdict.is_exact || verdict.cascades > 0 {
                tally.stories.push(verdict.story);
            }
        }
        tally
    }

    /// Whether every mistake was found, at its place, and nothing else was.
    pub fn is_right(&self) -> bool {
        self.places > 0 && self.exact == self.places && self.cascades == 0
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { places, found, exact, cascades, .. } = self;
        write!(f, "of {places} places {found} found, {exact} exact, {cascades} cascades")
    }
}

/// Places for the mistake `kind`, shared out among the sites and the ways in which they can be written down.
fn places(kind: &'static Kind, count: usize) -> Vec<(&'static World, Slip)> {
    let mut random = Random::new(SEED, kind.name);
    let worlds =
        Writing::ALL.into_iter().flat_map(|writing| kind.bases.iter().map(move |base| (*base, writing)));
    let worlds = random.pick(worlds.collect(), usize::MAX);
    let mut places = Vec::new();
    // Where a site has few places or none, the others make up for it.
    for (index, (base, writing)) in worlds.iter().enumerate() {
        let world = World::get(*base, *writing);
        let share = (count - places.len()).div_ceil(worlds.len() - index);
        let slips = if share == 0 { Vec::new() } else { (kind.slips)(world) };
        places.extend(random.pick(slips, share).into_iter().map(|slip| (world, slip)));
    }
    places
}

/// Tries `count` places of each kind whose name has `only` in it, and says whether all is as it should be. The table is
/// written if all kinds were tried.
pub fn long_run(count: usize, only: Option<&str>) -> ExitCode {
    let is_meant = |kind: &&Kind| only.is_none_or(|only| kind.name.replace(' ', "_").contains(only));
    let kinds: Vec<&'static Kind> =
        FAMILIES.iter().flat_map(|(_, kinds)| kinds.iter()).filter(is_meant).collect();
    let tallies: Vec<Tally> = kinds.par_iter().map(|kind| Tally::of(kind, count)).collect();
    let mut is_right = true;
    for (kind, tally) in kinds.iter().zip(&tallies) {
        if !tally.is_right() {
            println!("{}: {tally}\n{}", kind.name, tally.stories.join("\n"));
            is_right &= KNOWN.iter().any(|(name, _)| *name == kind.name);
        }
    }
    if only.is_none() {
        let table = table(count, &tallies);
        fs::write(site::package().join(TABLE), table).unwrap();
        println!("wrote {TABLE}");
    }
    ExitCode::from(u8::from(!is_right))
}

/// The document that holds the table.
const TABLE: &str = "docs/mutations.md";

fn table(count: usize, tallies: &[Tally]) -> String {
    let mut table = String::new();
    let sum = |of: fn(&Tally) -> usize| tallies.iter().map(of).sum::<usize>();
    let (places, found, exact, cascades) =
        (sum(|t| t.places), sum(|t| t.found), sum(|t| t.exact), sum(|t| t.cascades));
    write!(
        table,
        "# Mistakes that were made on purpose

Is every mistake found, at its exact place, and nothing else?
This table answers it by trial.
Each kind of mistake below was made in a site where nothing is wrong, one at a time, at places that a seeded generator picks.
The site is the demonstration site, and the same as a clinic would publish it: with reviews, pictures, tables, exceptions and a schema of its own.
A third of the places is in the site as it is, a third in the site with letters of more than one byte, and a third in that as an editor on Windows saves it: with a mark at the start of each file and two characters at the end of each line.

- **Places** is how many times the mistake was made; it is below {count} where the sites have not as many places for it.
- **Found** is how often a finding of the right rule named the right file.
- **Exact** is how often its line, its column and its end were those of the mistake.
- **Cascades** is how many other findings there were: there should be none.

{places} mistakes of {kinds} kinds: {found} found, {exact} exact, {cascades} cascades.

The command is `BACKSITE_MUTANTS={count} cargo test --release --test mutation`, or `just mutate {count}`; the seed is {SEED}.
It writes this page.
`cargo test` tries one place of each kind.
",
        kinds = tallies.len()
    )
    .unwrap();
    let mut tallies = tallies.iter();
    for (title, kinds) in FAMILIES {
        write!(table, "\n## {title}\n\n| Kind | Places | Found | Exact | Cascades |\n| --- | ---: | ---: | ---: | ---: |\n")
            .unwrap();
        for (kind, tally) in kinds.iter().zip(tallies.by_ref()) {
            let Tally { places, found, exact, cascades, .. } = tally;
            writeln!(table, "| {} | {places} | {found} | {exact} | {cascades} |", kind.name).unwrap();
        }
    }
    if !KNOWN.is_empty() {
        table.push_str("\n## Known to be told otherwise\n\n");
        for (name, reason) in KNOWN {
            writeln!(table, "- **{name}**: {reason}.").unwrap();
        }
    }
    table
}

/// Tests of the test.
pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("the_table_in_the_documents_has_every_kind", table_is_complete),
        Trial::test("kinds_have_names_of_their_own", names_are_unique),
        Trial::test("a_run_without_the_cache_says_the_same", cache_changes_nothing),
    ]
}

fn table_is_complete() -> Result<(), Failed> {
    let text = fs::read_to_string(site::package().join(TABLE))?;
    let rows = text.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    let written: Vec<&str> =
        rows.map(|(name, _)| name).filter(|name| !matches!(*name, "Kind" | "---")).collect();
    let kinds: Vec<&str> =
        FAMILIES.iter().flat_map(|(_, kinds)| kinds.iter()).map(|kind| kind.name).collect();
    if written == kinds {
        return Ok(());
    }
    let command = "BACKSITE_MUTANTS=50 cargo test --release --test mutation";
    Err(format!("`{TABLE}` has other kinds than there are: `{command}` writes it anew").into())
}

fn names_are_unique() -> Result<(), Failed> {
    let mut seen = BTreeSet::new();
    let names = FAMILIES.iter().flat_map(|(_, kinds)| kinds.iter()).map(|kind| kind.name);
    let twice: Vec<&str> = names.clone().filter(|name| !seen.insert(*name)).collect();
    let unknown: Vec<&str> = KNOWN
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| names.clone().all(|other| other != *name))
        .collect();
    if twice.is_empty() && unknown.is_empty() {
        return Ok(());
    }
    Err(format!("twice: {twice:?}; known and not there: {unknown:?}").into())
}

/// Every tenth kind is tried at one place in each writing.
fn cache_changes_nothing() -> Result<(), Failed> {
    for kind in FAMILIES.iter().flat_map(|(_, kinds)| kinds.iter()).step_by(10) {
        for (world, slip) in places(kind, Writing::ALL.len()) {
            if !world.is_judged_alike_without_the_cache(&slip) {
                return Err(format!("{}: {}", kind.name, world.judge(&slip).story).into());
            }
        }
    }
    Ok(())
}
