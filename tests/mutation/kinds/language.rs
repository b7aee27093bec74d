//! Words that make a page hard to read, frighten, or promise too much.

use crate::kind::Kind;
use crate::slip::Slip;
use crate::text::{Field, Text};
use crate::world::World;

const LONG: &[&str] = &["sentence-too-long"];
const FRIGHTENING: &[&str] = &["frightening-word"];
const ABSOLUTE: &[&str] = &["absolute-claim"];
const ABBREVIATION: &[&str] = &["abbreviation-unexpanded"];
const CAPITALS: &[&str] = &["all-caps"];
const PERCENTAGE: &[&str] = &["percentage-without-plain-number"];
const DOSE: &[&str] = &["medicine-dose-in-text"];

const SENTENCE: &str =
    "You rest a bit and then you walk a bit and then you rest a bit and then you walk a bit more.";

pub const KINDS: &[Kind] = &[
    Kind::new("a sentence is too long", |world| said(world, LONG, SENTENCE, SENTENCE)),
    Kind::new("a sentence of a list is too long", |world| items(world, LONG, SENTENCE, SENTENCE)),
    Kind::new("a paragraph is too long", |world| {
        let text = "You rest. You walk. You lie down. You walk again.";
        said(world, &["paragraph-too-long"], text, "You walk again.")
    }),
    Kind::new("a page is hard to read", |world| {
        let mut slips = Vec::new();
        for page in world.published("guidance") {
            let end = page.ending();
            let sentence =
                format!("Rehabilitation professionals individualise considerable activities.{end}{end}");
            let slip = Slip::insert(page.path, page.text.len(), format!("{end}{}", sentence.repeat(40)));
            slips.push(slip.found_at(&["reading-grade"], page.fence()));
        }
        slips
    }),
    Kind::new("a word frightens", |world| said(world, FRIGHTENING, "Your spine is crumbling.", "crumbling")),
    Kind::new("a word of a list frightens", |world| {
        items(world, FRIGHTENING, "Your spine is crumbling.", "crumbling")
    }),
    Kind::new("a word of a field frightens", |world| {
        texts(world, FRIGHTENING, "Für spines that are crumbling.", "crumbling")
    }),
    Kind::new("a claim promises too much", |world| said(world, ABSOLUTE, "It always works.", "always works")),
    Kind::new("a claim of a field promises too much", |world| {
        texts(world, ABSOLUTE, "Rest always works.", "always works")
    }),
    Kind::new("an abbreviation is not written out", |world| {
        said(world, ABBREVIATION, "Ask for an EMG.", "EMG")
    }),
    Kind::new("words stand in capital letters", |world| {
        said(world, CAPITALS, "You MUST NOT REST for days.", "MUST NOT REST")
    }),
    Kind::new("a percentage has no plain number beside it", |world| {
        said(world, PERCENTAGE, "It helps 20% of people.", "20%")
    }),
    Kind::new("the text names a dose of a medicine", |world| {
        said(world, DOSE, "Take 400 mg with food.", "400 mg")
    }),
    Kind::new("the text names one more of a medicine", |world| {
        said(world, DOSE, "Take an extra ibuprofen.", "extra ibuprofen")
    }),
    Kind::new("the text names a number of tablets", |world| {
        said(world, DOSE, "Take two tablets with food.", "two tablets")
    }),
    Kind::new("the text names a number of a medicine by its name", |world| {
        said(world, DOSE, "Take two ibuprofen with food.", "two ibuprofen")
    }),
    Kind::new("the text names a medicine and its strength without a unit", |world| {
        said(world, DOSE, "Take ibuprofen 400 with food.", "ibuprofen 400")
    }),
    Kind::new("a list names a dose of a medicine", |world| {
        items(world, DOSE, "Take 400 mg with food.", "400 mg")
    }),
    Kind::new("a field names a dose of a medicine", |world| {
        texts(world, DOSE, "Take 400 mg with food.", "400 mg")
    }),
];

/// A slip for every page that is published and every place before a paragraph of it: `text` as a paragraph of its own,
/// found at `part`.
pub fn said(world: &'static World, rules: &'static [&'static str], text: &str, part: &str) -> Vec<Slip> {
    let offset = text.find(part).unwrap();
    let mut slips = Vec::new();
    for page in world.pages().iter().filter(|page| page.is_published()) {
        for line in page.paragraphs() {
            let at = page.lines[line].start;
            let slip = Slip::insert(page.path, at, format!("{text}{0}{0}", page.ending()));
            slips.push(slip.found_at(rules, at + offset..at + offset + part.len()));
        }
    }
    slips
}

/// The same for every item of a list that is not numbered.
fn items(world: &'static World, rules: &'static [&'static str], text: &str, part: &str) -> Vec<Slip> {
    let offset = 2 + text.find(part).unwrap();
    let mut slips = Vec::new();
    for page in world.pages().iter().filter(|page| page.is_published()) {
        for line in page.body_lines().into_iter().filter(|line| page.of(&page.lines[*line]).starts_with("- "))
        {
            let at = page.lines[line].start;
            let slip = Slip::insert(page.path, at, format!("- {text}{}", page.ending()));
            slips.push(slip.found_at(rules, at + offset..at + offset + part.len()));
        }
    }
    slips
}

/// The same in place of every value that is a sentence.
fn texts(world: &'static World, rules: &'static [&'static str], text: &str, part: &str) -> Vec<Slip> {
    let offset = text.find(part).unwrap();
    let is_sentence = |page: &Text<'_>, field: &Field| {
        ["summary", "goal", "note", "progress_when", "move_on_when", "definition", "typical_course"]
            .contains(&page.key(field))
    };
    let mut slips = Vec::new();
    for page in world.pages().iter().filter(|page| page.is_published()) {
        for field in page.fields.iter().filter(|field| is_sentence(page, field)) {
            let start = field.value.start + offset;
            let slip = Slip::replace(page.path, field.value.clone(), text);
            slips.push(slip.found_at(rules, start..start + part.len()));
        }
    }
    slips
}
