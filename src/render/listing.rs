//! Lists of pages: sections, what belongs to a condition or a phase, the A to Z, and the start page's matrix.

use std::collections::BTreeSet;

use super::Stage;
use super::sheet::Sheet;
use crate::order;
use crate::site::{Crossing, PageId};
use crate::view::{
    AzView, Card, Cell, Entry, Group, HomeView, Letter, Link, ListView, MatrixView, Name, Pager, Row,
};

/// How many pages one list holds before it is split.
pub const LEAF: usize = 200;

/// How many leaves a list can have whose every leaf links to all others.
const FEW_LEAVES: usize = 12;

/// How many leaves at even distances a list with more of them links to.
const STRIDES: usize = 10;

/// A list that may be split into leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// What is listed.
    pub what: Listed,
    /// How many leaves it has, at least 1.
    pub leaves: usize,
}

/// What a list holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// All pages of the kind.
    Section(Box<str>),
    /// The pages of the kind that belong to a condition or a phase.
    Members(PageId, Box<str>),
    /// Every name.
    Names,
}

impl Listing {
    /// The list of what `what` holds, with so many entries.
    pub fn new(what: Listed, entries: usize) -> Self {
        Self { what, leaves: entries.div_ceil(LEAF).max(1) }
    }

    /// The address of the leaf `leaf`, from 0.
    pub fn address(&self, stage: &Stage<'_>, leaf: usize) -> String {
        match &self.what {
            Listed::Section(kind) => {
                let folder = stage.folder(kind);
                if leaf == 0 {
                    format!("{folder}/index.html")
                } else {
                    format!("{folder}/list/{}.html", leaf + 1)
                }
            }
            Listed::Members(page, kind) => {
                let base = stage.site.address(*page).trim_end_matches(".html");
                let folder = stage.folder(kind);
                if leaf == 0 {
                    format!("{base}/{folder}.html")
                } else {
                    format!("{base}/{folder}/{}.html", leaf + 1)
                }
            }
            Listed::Names => {
                if leaf == 0 {
                    "a-z.html".to_owned()
                } else {
                    format!("a-z/{}.html", leaf + 1)
                }
            }
        }
    }

    fn pager(&self, stage: &Stage<'_>, leaf: usize) -> Option<Pager> {
        if self.leaves < 2 {
            return None;
        }
        let link = |at: usize| Link {
            title: stage.theme.strings.say("leaf", &[("number", &(at + 1).to_string())]),
            address: (at != leaf).then(|| self.address(stage, at)),
        };
        Some(Pager {
            number: leaf + 1,
            leaves: shown_leaves(self.leaves, leaf).into_iter().map(link).collect(),
            previous: leaf.checked_sub(1).map(link),
            next: (leaf + 1 < self.leaves).then(|| link(leaf + 1)),
        })
    }
}

/// Which of `count` leaves the leaf `leaf` links to: all, or the nearest and some to jump to. Thousands of pages have
/// hundreds of leaves, and all links between them would be more than all else.
fn shown_leaves(count: usize, leaf: usize) -> BTreeSet<usize> {
    if count <= FEW_LEAVES {
        return (0..count).collect();
    }
    let near = leaf.saturating_sub(2)..(leaf + 3).min(count);
    (0..count).step_by(count.div_ceil(STRIDES)).chain(near).chain([count - 1]).collect()
}

/// One leaf of `members`, which are all of `kind`.
pub fn list(sheet: &Sheet<'_>, listing: &Listing, kind: &str, members: &[PageId], leaf: usize) -> ListView {
    ListView {
        kind: kind.to_owned(),
        cards: members.iter().skip(leaf * LEAF).take(LEAF).map(|page| sheet.card(*page)).collect(),
        count: members.len(),
        pager: listing.pager(sheet.stage, leaf),
    }
}

/// `members` of the condition or phase `of` by kind. Of a kind with very many only the first are shown, and a list
/// of its own has all.
pub fn groups(sheet: &Sheet<'_>, of: PageId, members: &[PageId]) -> Vec<Group> {
    let site = sheet.stage.site;
    // Pages stand by kind already.
    let chunks = members.chunk_by(|a, b| site.page(*a).key.kind == site.page(*b).key.kind);
    chunks
        .map(|pages| {
            let kind = pages.first().map_or("", |page| &*site.page(*page).key.kind);
            let more = (pages.len() > LEAF).then(|| {
                let listing = Listing::new(Listed::Members(of, kind.into()), pages.len());
                Link { title: sheet.kind_names(kind), address: Some(listing.address(sheet.stage, 0)) }
            });
            Group {
                kind: kind.to_owned(),
                title: sheet.kind_names(kind),
                cards: pages.iter().take(LEAF).map(|page| sheet.card(*page)).collect(),
                more,
            }
        })
        .collect()
}

/// A name in the A to Z, before it is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameEntry {
    /// What it is sorted by.
    key: String,
    /// The name.
    name: String,
    /// The page.
    page: PageId,
}

/// Every name of every listed page: titles and other names, in order.
pub fn names(stage: &Stage<'_>) -> Vec<NameEntry> {
    let site = stage.site;
    let mut names = Vec::new();
    for id in site.shown().filter(|id| site.is_listed(*id) && !stage.is_home(*id)) {
        let page = site.page(id);
        let titles = std::iter::once(page.title()).chain(page.ids("aka").map(|(name, _)| name));
        names.extend(titles.map(|name| NameEntry { key: order::key(name), name: name.to_owned(), page: id }));
    }
    names.sort();
    names
}

/// One leaf of the A to Z.
pub fn a_to_z(sheet: &Sheet<'_>, listing: &Listing, names: &[NameEntry], leaf: usize) -> AzView {
    let mut letters: Vec<Letter> = Vec::new();
    for entry in names.iter().skip(leaf * LEAF).take(LEAF) {
        let first = entry.key.chars().next().filter(|c| c.is_alphabetic());
        let letter = first.map_or_else(|| "#".to_owned(), |c| c.to_uppercase().collect());
        let page = sheet.stage.site.page(entry.page);
        let name = Name {
            name: entry.name.clone(),
            see: (entry.name != page.title()).then(|| page.title().to_owned()),
            kind_name: sheet.kind_name(&page.key.kind),
            audience: sheet.audience(entry.page),
            address: sheet.link(entry.page).address.unwrap_or_default(),
        };
        // What is no letter is all one, wherever it stands.
        match letters.iter_mut().find(|known| known.letter == letter) {
            Some(known) => known.names.push(name),
            None => {
                let id =
                    if letter == "#" { "bs-letter-other".to_owned() } else { format!("bs-letter-{letter}") };
                letters.push(Letter { letter, id, names: vec![name] });
            }
        }
    }
    letters.sort_by(|a, b| a.letter.cmp(&b.letter));
    AzView { letters, pager: listing.pager(sheet.stage, leaf) }
}

/// The start page's own parts.
pub fn home(sheet: &Sheet<'_>) -> HomeView {
    let site = sheet.stage.site;
    let phases: Vec<PageId> = site.crossings.phases_of_handouts(site).collect();
    let row = |condition: PageId| Row {
        condition: sheet.card(condition),
        cells: phases
            .iter()
            .map(|phase| {
                let crossing = Crossing { condition, phase: *phase };
                Cell {
                    phase: site.page(*phase).title().to_owned(),
                    handout: (!site.crossings.meeting(crossing).is_empty())
                        .then(|| sheet.stage.handout_link(crossing)),
                }
            })
            .collect(),
    };
    HomeView {
        matrix: MatrixView {
            phases: phases.iter().map(|phase| sheet.card(*phase)).collect::<Vec<Card>>(),
            rows: site.crossings.conditions_of_handouts(site).map(row).collect(),
        },
        sections: sheet
            .stage
            .sections
            .iter()
            .map(|(kind, link, count)| Entry {
                link: link.clone(),
                kind: kind.to_string(),
                count: *count,
                count_text: sheet.stage.theme.strings.count(
                    "list_summary",
                    *count as u64,
                    &[("n", &count.to_string())],
                ),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leaf_of_few_links_to_all_and_one_of_many_to_the_nearest_and_some_to_jump_to() {
        let shown = |count, leaf| shown_leaves(count, leaf).into_iter().collect::<Vec<_>>();
        assert_eq!(shown(3, 1), [0, 1, 2]);
        assert_eq!(shown(12, 0), (0..12).collect::<Vec<_>>());
        assert_eq!(shown(100, 0), [0, 1, 2, 10, 20, 30, 40, 50, 60, 70, 80, 90, 99]);
        assert_eq!(shown(100, 44), [0, 10, 20, 30, 40, 42, 43, 44, 45, 46, 50, 60, 70, 80, 90, 99]);
        assert_eq!(shown(100, 99), [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 97, 98, 99]);
    }
}
