//! Headings where none can stand.

use std::ops::Range;

use super::super::Reader;
use super::Stray;

impl Reader<'_> {
    /// A heading at `range` that stands in the item of a list: nothing stands below it.
    pub(super) fn judge_heading_of_item(&mut self, range: &Range<usize>) {
        if !self.is_heading_of_item(range) {
            return;
        }
        let block = self.text.get(range.clone()).unwrap_or("");
        let signs = block.len() - block.trim_start_matches('#').len();
        self.stray(Stray::new(
            range.start..range.start + signs,
            "this heading stands inside of a list, and begins no section",
            "begin its line at the left edge, below an empty line; for bold words in a list, write `**words**`",
        ));
    }

    /// Whether the heading at `range` begins with signs and stands in the item of a list.
    pub(in super::super) fn is_heading_of_item(&self, range: &Range<usize>) -> bool {
        !self.lists.is_empty() && self.text.get(range.clone()).is_some_and(|block| block.starts_with('#'))
    }
}
