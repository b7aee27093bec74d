//! How far each page is: its status, its version, its reviews, and what it lacks.

use std::sync::Arc;

use super::{ToDo, reviews};
use crate::clinical::{Date, Version};
use crate::page::{Intact, Page, Status};
use crate::site::Site;
use crate::source::SitePath;

/// How far a page is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its file.
    pub path: SitePath,
    /// Its kind: `exercise`.
    pub kind: Arc<str>,
    /// Its title; the id where no title can be read.
    pub title: String,
    /// Its status.
    pub state: State,
    /// Its version; none where it can't be read.
    pub version: Option<Version>,
    /// The day of the last review, if it had one.
    pub last_reviewed: Option<Date>,
    /// The day on which the next review of a published page falls due.
    pub review_due: Option<Date>,
    /// Whether that day is over.
    pub is_overdue: bool,
    /// How many things a draft lacks.
    pub lacks: usize,
}

/// The status of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Published.
    Published,
    /// Not yet published.
    Draft,
    /// Taken back.
    Retired,
    /// The page does not say it so that it can be read.
    Unknown,
}

impl State {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Draft => "draft",
            Self::Retired => "retired",
            Self::Unknown => "unknown",
        }
    }
}

/// How far every page is on the day `today`, what is most urgent first: published pages by the day of their next review,
/// drafts by how little they lack, others by kind and title.
pub fn standings(site: &Site<'_>, lists: &[ToDo], today: Date) -> Vec<Standing> {
    // Pages come by kind and title, and sorting keeps that order.
    let mut standings: Vec<Standing> =
        site.all().into_iter().map(|id| standing(site, site.page(id), lists, today)).collect();
    standings.sort_by_key(|page| (page.state, page.review_due.is_none(), page.review_due, page.lacks));
    standings
}

fn standing(site: &Site<'_>, page: &Page, lists: &[ToDo], today: Date) -> Standing {
    let state = state(page);
    let review_due = reviews::next(site, page).filter(|_| state == State::Published);
    let list = lists.binary_search_by(|list| list.path.cmp(&page.source.path)).ok();
    Standing {
        path: page.source.path.clone(),
        kind: page.key.kind.clone(),
        title: page.title().to_owned(),
        state,
        version: (page.intact >= Intact::Partly).then(|| page.version()),
        last_reviewed: page.last_reviewed(),
        review_due,
        is_overdue: review_due.is_some_and(|due| due < today),
        lacks: list.and_then(|at| lists.get(at)).map_or(0, |list| list.items.len()),
    }
}

fn state(page: &Page) -> State {
    match page.status {
        _ if page.intact < Intact::Partly => State::Unknown,
        Status::Draft => State::Draft,
        Status::Retired => State::Retired,
        Status::Published if page.text("status") == Some("published") => State::Published,
        Status::Published => State::Unknown,
    }
}
