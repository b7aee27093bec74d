//! The ids that references can name, by what they lead to.

use super::shape::Target;
use std::collections::{BTreeMap, BTreeSet};

/// The ids of a site. Of a target that is not in it nothing is known, so that every id may be one of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids(BTreeMap<Target, BTreeSet<Box<str>>>);

impl Ids {
    /// Nothing is known of any target.
    pub fn unknown() -> Self {
        Self::default()
    }

    /// Adds `ids` to those of `target`, which from then on has these and no others.
    pub fn add<'a>(&mut self, target: Target, ids: impl IntoIterator<Item = &'a str>) {
        self.0.entry(target).or_default().extend(ids.into_iter().map(Box::from));
    }

    /// The ids that lead to any of `targets`, in their order. None if not all of them are known, and if there are none
    /// yet: a list of nothing would refuse whatever is written.
    pub(super) fn of(&self, targets: &[Target]) -> Option<BTreeSet<&str>> {
        let mut ids = BTreeSet::new();
        for target in targets {
            ids.extend(self.0.get(target)?.iter().map(|id| &**id));
        }
        (!ids.is_empty()).then_some(ids)
    }
}
