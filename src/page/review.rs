//! When a page was reviewed, and what has changed in it since.

use super::Page;
use crate::clinical::Date;
use crate::tree::Node;

impl Page {
    /// The day of the last review.
    pub fn last_reviewed(&self) -> Option<Date> {
        date(self.fields.get("last_reviewed")?)
    }

    /// The changes of its advice after the last review: where each says its day, and the day.
    pub fn changes_since_review(&self) -> impl Iterator<Item = (&Node, Date)> {
        let last = self.last_reviewed();
        let changes = self.fields.get("changes").map_or(&[][..], Node::items).iter();
        changes
            .filter(|change| change.get("significance").and_then(Node::as_text) == Some("clinical"))
            .filter_map(|change| Some((change.get("date")?, date(change.get("date")?)?)))
            .filter(move |(_, day)| last.is_some_and(|last| last < *day))
    }
}

fn date(node: &Node) -> Option<Date> {
    Date::parse(node.as_text()?).ok()
}
