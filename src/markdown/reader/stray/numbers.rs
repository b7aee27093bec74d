//! The numbers of lists: items whose numbers readers do not see, and lists that are broken in two.

use super::super::{Numbering, Reader};
use super::{Stray, after};
use crate::diagnostic::{Rule, Severity};
use crate::markdown::body::SectionList;
use std::ops::Range;

impl Reader<'_> {
    /// A numbered list begins with `first`: perhaps it goes on with one that was broken off.
    pub(super) fn judge_numbers(&mut self, first: u64) {
        let Some((list, Some(between))) = self.ended.take() else { return };
        if first < 2 || list.depth != self.depth {
            return;
        }
        if list.next.checked_add(1) == Some(first) {
            self.judge_bullet(list.next, &between);
            return;
        }
        // Items that begin with a few blanks were to stand below a step; others may be a list of their own.
        let is_below = between.start.checked_sub(1).and_then(|before| after(self.text, before));
        let is_bullet = after(self.text, between.start).is_some_and(|sign| matches!(sign, '-' | '*' | '+'));
        if list.next != first || is_bullet && !matches!(is_below, Some(' ' | '\t')) {
            return;
        }
        let message = format!("this breaks the numbered list in two: the other part begins at {first}");
        let finding = self.finding(Rule::StrayMarkup, between, message).severity(Severity::Warning);
        let help = "begin the line with three blanks, so that it belongs to the item above";
        self.reading.findings.push(finding.help(help));
        // The section that the list belongs to has all its items.
        self.count_on(first);
    }

    /// A numbered list goes on behind `between` with one number left out: perhaps that item has a hyphen in place of its
    /// number.
    fn judge_bullet(&mut self, number: u64, between: &Range<usize>) {
        let text = self.text.get(between.start..).unwrap_or("");
        let mut lines = text.lines();
        let is_bullet = lines.next().is_some_and(|line| line.starts_with(['-', '*', '+']));
        let goes_on =
            lines.next().is_some_and(|line| line.trim_start().starts_with(|c: char| c.is_ascii_digit()));
        if !is_bullet || !goes_on {
            return;
        }
        let message = format!("item {number} of the numbered list begins with `{}`", &text[..1]);
        let help = format!("write `{number}.` in place of it");
        self.stray(Stray::new(between.start..between.start + 1, message, help));
        self.count_on(number);
    }

    /// Counts the items that come for the section whose list has as many items as stand before `first`.
    fn count_on(&mut self, first: u64) {
        let is_its = |list: &SectionList| list.ordered && u64::from(list.items) + 1 == first;
        if self.depth == 0
            && let Some(last) = self.reading.body.headings.last()
            && last.list.as_ref().is_some_and(is_its)
        {
            self.counted = Some((self.reading.body.headings.len() - 1, self.depth + 1));
        }
    }

    /// Counts the item that begins at `range`, and judges its number: another than the one that readers see. Behind
    /// another finding, the item before may have swallowed one.
    pub(in super::super) fn count_item(&mut self, range: &Range<usize>) {
        let findings = self.reading.findings.len();
        let Some(Some(list)) = self.lists.last_mut() else { return };
        let (shown, numbering) = (list.next, list.numbering);
        list.next = shown.saturating_add(1);
        let item = self.text.get(range.clone()).unwrap_or("");
        let blanks = item.len() - item.trim_start().len();
        let length = item[blanks..].bytes().take_while(u8::is_ascii_digit).count();
        let written = &item[blanks..blanks + length];
        let Ok(number) = written.parse::<u64>() else { return };
        list.numbering = match numbering {
            Numbering::From(first) if shown == first => return,
            Numbering::From(first) if number == first => Numbering::Alike(first),
            Numbering::From(_) => Numbering::Counted,
            known => known,
        };
        let is_right = match list.numbering {
            Numbering::Alike(all) => number == all,
            _ => number == shown,
        };
        if is_right || list.findings != findings {
            return;
        }
        // One number too few or too many makes all that follow others than they are shown.
        let start = range.start + blanks;
        self.stray(Stray::new(
            start..start + length,
            format!("this item has the number {number}, and readers see {shown}"),
            format!(
                "if an item before it is missing, put it back; if a list of its own begins here, write words or a \
                 heading above it; if not, number the items one by one: `{shown}.`"
            ),
        ));
    }
}
