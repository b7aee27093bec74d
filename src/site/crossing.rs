//! What meets in a condition and a phase: the index that handouts, lists and related pages are made from.

use std::collections::HashMap;
use std::sync::Arc;

use super::{PageId, Site};

/// The index, in the order of lists.
#[derive(Debug, Default)]
pub struct Crossings {
    /// The conditions.
    pub conditions: Vec<PageId>,
    /// The phases, by their `order`.
    pub phases: Vec<PageId>,
    /// What belongs to a condition, in the order of `conditions`.
    of_condition: Vec<Vec<PageId>>,
    /// What belongs to a phase, in the order of `phases`.
    of_phase: Vec<Vec<PageId>>,
    /// What meets on a handout, condition by condition, in each phase by phase. What is for clinicians meets nothing.
    meeting: Vec<Vec<PageId>>,
    places: HashMap<PageId, usize>,
}

/// A condition and a phase in which something meets that is for patients, or for those who care for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// The condition.
    pub condition: PageId,
    /// The phase.
    pub phase: PageId,
}

/// The fields that put a page into handouts.
const CONDITIONS: &str = "conditions";
const PHASES: &str = "phases";

pub(super) fn cross(site: &Site<'_>) -> Crossings {
    let conditions: Vec<PageId> = site.listed("condition").collect();
    let mut phases: Vec<PageId> = site.listed("phase").collect();
    phases.sort_by_key(|id| (site.page(*id).fields.get("order").and_then(|order| order.as_integer()), *id));
    let mut index = Crossings {
        of_condition: vec![Vec::new(); conditions.len()],
        of_phase: vec![Vec::new(); phases.len()],
        meeting: vec![Vec::new(); conditions.len() * phases.len()],
        places: conditions
            .iter()
            .chain(&phases)
            .copied()
            .zip((0..conditions.len()).chain(0..phases.len()))
            .collect(),
        conditions,
        phases,
    };
    let mut every_phase: Vec<Vec<PageId>> = vec![Vec::new(); index.conditions.len()];
    let ids = |pages: &[PageId]| -> HashMap<Arc<str>, usize> {
        pages.iter().enumerate().map(|(place, id)| (site.page(*id).key.id.clone(), place)).collect()
    };
    let (condition_ids, phase_ids) = (ids(&index.conditions), ids(&index.phases));
    for id in site.shown().filter(|id| site.is_listed(*id)) {
        let page = site.page(id);
        if !site.context.schemas.kind(&page.key.kind).is_some_and(|kind| kind.handouts) {
            continue;
        }
        let places = |key, ids: &HashMap<Arc<str>, usize>| -> Vec<usize> {
            let mut places: Vec<usize> = page.ids(key).filter_map(|(id, _)| ids.get(id).copied()).collect();
            places.sort_unstable();
            places.dedup();
            places
        };
        let is_for_patients = |of: &[PageId], place: &usize| {
            !page.is_for_clinicians() && of.get(*place).is_some_and(|id| !site.page(*id).is_for_clinicians())
        };
        let (conditions, phases) = (places(CONDITIONS, &condition_ids), places(PHASES, &phase_ids));
        for condition in &conditions {
            index.of_condition[*condition].push(id);
            if !is_for_patients(&index.conditions, condition) {
                continue;
            }
            if page.fields.get(PHASES).is_none() {
                every_phase[*condition].push(id);
            }
            for phase in phases.iter().filter(|phase| is_for_patients(&index.phases, phase)) {
                index.meeting[condition * index.phases.len() + phase].push(id);
            }
        }
        for phase in &phases {
            index.of_phase[*phase].push(id);
        }
    }
    // What holds in every phase joins the handouts that something else has made.
    let phases = index.phases.len();
    for (place, meeting) in index.meeting.iter_mut().enumerate().filter(|(_, meeting)| !meeting.is_empty()) {
        meeting.extend(&every_phase[place / phases]);
        meeting.sort_unstable();
    }
    index
}

impl Crossings {
    /// Every condition and phase in which something meets that is for patients: each has a handout.
    pub fn iter(&self) -> impl Iterator<Item = Crossing> + '_ {
        self.conditions.iter().flat_map(|condition| {
            let crossing = |phase: &PageId| Crossing { condition: *condition, phase: *phase };
            self.phases.iter().map(crossing).filter(|crossing| !self.meeting(*crossing).is_empty())
        })
    }

    /// The conditions that handouts can be for, in the order of lists: those that are not for clinicians.
    pub fn conditions_of_handouts<'s>(&'s self, site: &'s Site<'_>) -> impl Iterator<Item = PageId> + 's {
        self.conditions.iter().copied().filter(|id| !site.page(*id).is_for_clinicians())
    }

    /// The phases that handouts can be for, by their `order`: those that are not for clinicians.
    pub fn phases_of_handouts<'s>(&'s self, site: &'s Site<'_>) -> impl Iterator<Item = PageId> + 's {
        self.phases.iter().copied().filter(|id| !site.page(*id).is_for_clinicians())
    }

    /// What meets there and is not for clinicians, in the order of lists.
    pub fn meeting(&self, crossing: Crossing) -> &[PageId] {
        match (self.places.get(&crossing.condition), self.places.get(&crossing.phase)) {
            (Some(condition), Some(phase)) => {
                self.meeting.get(condition * self.phases.len() + phase).map_or(&[], Vec::as_slice)
            }
            _ => &[],
        }
    }

    /// Whether the page stands on the handout: exercises that need a clinician present, or that are to be avoided for
    /// the condition, meet there and are left out.
    pub fn is_on_handout(&self, site: &Site<'_>, crossing: Crossing, id: PageId) -> bool {
        let page = site.page(id);
        let is_avoided = || page.ids("avoid_if").any(|(id, _)| id == &*site.page(crossing.condition).key.id);
        !page.is_set("supervised") && !is_avoided() && self.meeting(crossing).binary_search(&id).is_ok()
    }

    /// What belongs to the condition, whatever the phase.
    pub fn of_condition(&self, condition: PageId) -> &[PageId] {
        self.places.get(&condition).and_then(|place| self.of_condition.get(*place)).map_or(&[], Vec::as_slice)
    }

    /// What belongs to the phase, whatever the condition.
    pub fn of_phase(&self, phase: PageId) -> &[PageId] {
        self.places.get(&phase).and_then(|place| self.of_phase.get(*place)).map_or(&[], Vec::as_slice)
    }

    /// The phases beside `phase`: the one before and the one after.
    pub fn beside(&self, phase: PageId) -> (Option<PageId>, Option<PageId>) {
        let Some(place) = self.phases.iter().position(|other| *other == phase) else { return (None, None) };
        (
            place.checked_sub(1).and_then(|before| self.phases.get(before)).copied(),
            self.phases.get(place + 1).copied(),
        )
    }
}

impl Crossing {
    /// The address of the handout from the site's root.
    pub fn address(self, site: &Site<'_>) -> String {
        format!("handouts/{}/{}.html", site.page(self.condition).key.id, site.page(self.phase).key.id)
    }
}
