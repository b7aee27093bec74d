//! Pages without a file of their own: lists, handouts, the A to Z, and the matrix of the start page.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Card, CareCards, Explained, Item, Link, Named, PlanView, ReviewView, SourceView};

/// Pages of one kind.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Group {
    /// The kind: `exercise`.
    pub kind: String,
    /// Their name: "Exercises".
    pub title: String,
    /// The pages, at most as many as one list holds.
    pub cards: Vec<Card>,
    /// The list with all of them, where this is not all.
    pub more: Option<Link>,
}

/// A section page: all pages of a kind, or one leaf of them.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ListView {
    /// The kind.
    pub kind: String,
    /// The pages.
    pub cards: Vec<Card>,
    /// How many there are in all.
    pub count: usize,
    /// The leaves of a long list.
    pub pager: Option<Pager>,
}

/// The leaves of a long list.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Pager {
    /// The number of this leaf, from 1.
    pub number: usize,
    /// The leaves, of very many only the nearest and some to jump to; this one has no address.
    pub leaves: Vec<Link>,
    /// The leaf before.
    pub previous: Option<Link>,
    /// The leaf after.
    pub next: Option<Link>,
}

/// What crosses in a condition and a phase, on a sheet to take home.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct HandoutView {
    /// The condition.
    pub condition: Link,
    /// The phase.
    pub phase: Link,
    /// What the phase is about.
    pub phase_summary: String,
    /// When to go on to the next phase.
    pub move_on_html: Option<String>,
    /// The plans for both, each a part of its own.
    pub plans: Vec<HandoutPlan>,
    /// Without a plan: the exercises, as cards.
    pub exercises: Vec<Item>,
    /// Exercises for which there was no room, or that a plan leaves out.
    pub more_exercises: Vec<Card>,
    /// Guidance, medicines and other pages that belong here, by kind.
    pub groups: Vec<Group>,
    /// When to get help fast.
    pub care: Option<CareCards>,
    /// The terms that the text of the handout leads to.
    pub terms: Vec<Explained>,
    /// The sources of what stands here.
    pub sources: Vec<SourceView>,
    /// Who wrote and reviewed it, and when the first of its parts falls due.
    pub review: ReviewView,
    /// Whether its version is its code: without a plan of its own it has no number.
    pub is_code: bool,
    /// A code that changes when one of its parts does.
    pub code: String,
    /// The handout of the phase before.
    pub previous: Option<Link>,
    /// The handout of the phase after.
    pub next: Option<Link>,
    /// The handouts of this condition, one a phase; a phase without one has no address.
    pub phases: Vec<Link>,
}

/// A plan on a handout.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct HandoutPlan {
    /// The plan's own page.
    pub link: Link,
    /// Its main message.
    pub summary: String,
    /// Its goal, items and diary.
    pub plan: PlanView,
    /// When to do more.
    pub progress_html: Option<String>,
    /// Its own text.
    pub intro_html: String,
}

/// The start page.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct HomeView {
    /// The handouts.
    pub matrix: MatrixView,
    /// The sections, with how many pages each has.
    pub sections: Vec<Entry>,
}

/// A section on the start page.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Entry {
    /// The section.
    pub link: Link,
    /// Its kind.
    pub kind: String,
    /// How many pages it has.
    pub count: usize,
    /// The same in words: "12 pages".
    pub count_text: String,
}

/// Conditions by phases.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct MatrixView {
    /// The phases, in order.
    pub phases: Vec<Card>,
    /// A row a condition.
    pub rows: Vec<Row>,
}

/// A condition and its handouts.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Row {
    /// The condition.
    pub condition: Card,
    /// A cell a phase.
    pub cells: Vec<Cell>,
}

/// Where a condition and a phase cross.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Cell {
    /// The phase's title.
    pub phase: String,
    /// The handout, if anything meets there.
    pub handout: Option<Link>,
}

/// The A to Z.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct AzView {
    /// The letters, in order.
    pub letters: Vec<Letter>,
    /// The leaves of a long list.
    pub pager: Option<Pager>,
}

/// A letter of the A to Z.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Letter {
    /// The letter, or `#` for everything else.
    pub letter: String,
    /// An id to jump to.
    pub id: String,
    /// What begins with it.
    pub names: Vec<Name>,
}

/// A name in the A to Z.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Name {
    /// The name: a title, or another name of the page.
    pub name: String,
    /// The page's title, where the name is another.
    pub see: Option<String>,
    /// The page's kind as a word.
    pub kind_name: String,
    /// Whom it is for, in words, where that is not patients: "For carers".
    pub audience: Option<Named>,
    /// Where the page is.
    pub address: String,
}
