//! sentence-too-long and paragraph-too-long.

use super::block::Block;
use super::sentences::Sentence;
use crate::diagnostic::{Diagnostic, Rule};
use crate::markdown::prose::ProseKind;

/// The most sentences that a paragraph may have.
pub const MAX_SENTENCES: usize = 3;

/// Finds sentences with more words than the site allows, in every language that puts spaces between words.
pub fn check_sentences(block: &Block, findings: &mut Vec<Diagnostic>) {
    let most = block.settings.max_words;
    for sentence in block.sentences.iter().filter(|sentence| block.tongue.spaced && sentence.count > most) {
        // What was to be a citation has a finding of its own, and is no word once that is mended.
        if sentence.count - citations(block, sentence).min(sentence.count) <= most {
            continue;
        }
        let message = format!("this sentence has {} words, more than {most}", sentence.count);
        findings.push(
            block
                .finding_at(Rule::SentenceTooLong, sentence.text.clone(), message)
                .help("make two sentences of it, or a list"),
        );
    }
}

/// How many words of `sentence` are ids in square brackets, as of a citation without its sign: `[back-book-2010]`.
fn citations(block: &Block, sentence: &Sentence) -> usize {
    let text = block.prose.text.get(sentence.text.clone()).unwrap_or("");
    let is_id = |inner: &str| {
        inner.contains(|c: char| c == '-' || c.is_ascii_digit())
            && inner.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    };
    text.split('[').skip(1).filter_map(|rest| rest.split_once(']')).filter(|(inner, _)| is_id(inner)).count()
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
