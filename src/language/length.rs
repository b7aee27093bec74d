//! sentence-too-long and paragraph-too-long.

use super::block::Block;
use crate::diagnostic::{Diagnostic, Rule};
use crate::markdown::prose::ProseKind;

/// The most sentences that a paragraph may have.
pub const MAX_SENTENCES: usize = 3;

/// Finds sentences with more words than the site allows, in every language that puts spaces between words.
pub fn check_sentences(block: &Block, findings: &mut Vec<Diagnostic>) {
    let most = block.settings.max_words;
    for sentence in block.sentences.iter().filter(|sentence| block.tongue.spaced && sentence.count > most) {
        let message = format!("this sentence has {} words, more than {most}", sentence.count);
        findings.push(
            block
                .finding_at(Rule::SentenceTooLong, sentence.text.clone(), message)
                .help("make two sentences of it, or a list"),
        );
    }
}

/// Finds paragraphs of more than [`MAX_SENTENCES`]. The place is the first sentence that is too many, where a
/// new paragraph can begin.
pub fn check_paragraph(block: &Block, findings: &mut Vec<Diagnostic>) {
    if block.prose.kind != ProseKind::Paragraph {
        return;
    }
    let Some(sentence) = block.sentences.get(MAX_SENTENCES) else { return };
    let count = block.sentences.len();
    let message = format!("this paragraph has {count} sentences, more than {MAX_SENTENCES}");
    findings.push(
        block
            .finding_at(Rule::ParagraphTooLong, sentence.text.clone(), message)
            .help("begin a new paragraph here or earlier, or leave something out"),
    );
}
