//! link-text-vague: the words of a link that do not say where it leads.

use super::block::Block;
use crate::diagnostic::{Diagnostic, Rule};

/// Finds links whose words are all on the list. Marks behind them do not count: `Read more…`.
pub fn check(block: &Block, findings: &mut Vec<Diagnostic>) {
    for range in &block.prose.links {
        let said = block.prose.text.get(range.clone()).unwrap_or("");
        let words = said.trim();
        let plain =
            words.trim_end_matches(|c: char| c.is_ascii_punctuation() || matches!(c, '…' | '»' | '›' | '→'));
        if !block.settings.vague_links.contains(plain.trim_end()) {
            continue;
        }
        let start = range.start + (said.len() - said.trim_start().len());
        let message = format!("`{words}` does not say where the link leads");
        let finding = block.finding_at(Rule::LinkTextVague, start..start + words.len(), message);
        findings
            .push(finding.help("name what the reader finds there: the title of the page is a good choice"));
    }
}
