//! Whole findings of the rules, and their laws.

use crate::config::Reading;
use proptest::prelude::*;

use super::*;
use crate::markdown::prose::ProseKind;

mod medicine;
mod reading;
mod wording;

/// A page of blocks, each behind two bytes of markup.
fn page(blocks: &[(ProseKind, &str)]) -> (String, Vec<Prose>) {
    let (mut file, mut all) = (String::new(), Vec::new());
    for (kind, text) in blocks {
        file.push_str("- ");
        let mut prose = Prose::new(*kind);
        prose.push(text, file.len());
        file.push_str(text);
        file.push('\n');
        all.push(prose);
    }
    (file, all)
}

/// The findings of `rules` in these blocks, one a line: rule, marked text, message, help, other places.
fn findings(rules: &[Rule], language: &str, blocks: &[(ProseKind, &str)]) -> Vec<String> {
    findings_with(&Reading::default(), rules, language, blocks)
}

fn findings_with(
    reading: &Reading,
    rules: &[Rule],
    language: &str,
    blocks: &[(ProseKind, &str)],
) -> Vec<String> {
    let settings = Settings::new(reading, |rule| rules.contains(&rule));
    let (file, prose) = page(blocks);
    let text = Text {
        path: &SitePath::new("a.md"),
        language,
        prose: &prose,
        subject: Subject::Other,
        start: Span::new(0, 1),
    };
    let mut lines = Vec::new();
    for finding in check(&text, &settings) {
        assert!(rules.contains(&finding.rule), "{finding:?}");
        let marked = finding.place.span.of(&file);
        let help = finding.help.unwrap_or_default();
        let mut line = format!("[{}] {marked} | {} | {help}", finding.rule.name(), finding.message);
        for related in finding.related {
            line += &format!(" | {}: {}", related.message, related.place.span.of(&file));
        }
        lines.push(line);
    }
    lines
}

/// The words that `rule` marks in the English paragraph `text`.
fn marked(rule: Rule, text: &str) -> Vec<String> {
    marked_in(rule, "en", text)
}

/// The words that `rule` marks in the paragraph `text` of the language.
fn marked_in(rule: Rule, language: &str, text: &str) -> Vec<String> {
    marked_on(Subject::Other, rule, language, text)
}

/// The words that `rule` marks in the paragraph `text` of the language, on a page about `subject`.
fn marked_on(subject: Subject, rule: Rule, language: &str, text: &str) -> Vec<String> {
    let (file, prose) = page(&[(ProseKind::Paragraph, text)]);
    let settings = Settings::new(&Reading::default(), |other| other == rule);
    let page =
        Text { path: &SitePath::new("a.md"), language, prose: &prose, subject, start: Span::new(0, 1) };
    check(&page, &settings).iter().map(|finding| finding.place.span.of(&file).to_owned()).collect()
}

#[track_caller]
fn finds(rule: Rule, cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(marked(rule, text), *expected, "{text}");
    }
}

#[track_caller]
fn lets_through(rule: Rule, texts: &[&str]) {
    for text in texts {
        assert_eq!(marked(rule, text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn rules_that_are_not_wanted_find_nothing() {
    let text = "STOP NOW. NSAIDs cure wear and tear in 80 % of people. Take 5 mg. One. Two. Three.";
    assert_eq!(findings(&[], "en", &[(ProseKind::Paragraph, text)]), Vec::<String>::new());
    assert!(findings(&RULES, "en", &[(ProseKind::Paragraph, text)]).len() >= 7);
}

#[test]
fn a_page_without_text_has_no_findings() {
    assert_eq!(findings(&RULES, "en", &[]), Vec::<String>::new());
    assert_eq!(findings(&RULES, "en", &[(ProseKind::Paragraph, "")]), Vec::<String>::new());
}

/// Pieces that the rules care about, so that random texts meet their branches.
fn piece() -> impl Strategy<Value = String> {
    let known = [
        "wear", "and", "tear", "cure", "no", "NSAIDs", "(", ")", "(MRI)", "5", "mg", "5mg", "–", "%",
        "100 %", "per cent", "in", "10", "out of", ".", "...", "… ", "?", "!", "”", "“", "’", "'", "e.g.",
        "Dr.", "STOP", "NOT", "A", "休", "。", "é", "e\u{301}", "\u{ad}", "٣", "½", "/", "-", "\u{a0}",
        "tablets", "two", "of", "water", "ß", "İ", "non-", "x", "or",
    ];
    prop_oneof![
        4 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    let spaced = (piece(), any::<bool>()).prop_map(|(piece, space)| if space { piece + " " } else { piece });
    prop::collection::vec(spaced, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_panics_and_every_span_lies_inside_on_characters(
        texts in prop::collection::vec((0..4_usize, text()), 0..4),
        language in proptest::sample::select(["en", "de", "zh", "fr"].as_slice()),
    ) {
        let kinds = [ProseKind::Paragraph, ProseKind::Item, ProseKind::Cell, ProseKind::Heading];
        let blocks: Vec<_> = texts.iter().map(|(kind, text)| (kinds[*kind], text.as_str())).collect();
        let (file, prose) = page(&blocks);
        let text = Text { path: &SitePath::new("a.md"), language, prose: &prose, subject: Subject::Other, start: Span::new(0, 0) };
        let found = check(&text, &Settings::default());
        for finding in &found {
            let places = finding.related.iter().map(|related| &related.place);
            for place in places.chain([&finding.place]) {
                let range = place.span.range();
                prop_assert!(file.get(range.clone()).is_some(), "{:?} in {:?}", finding, file);
                prop_assert!(finding.rule == Rule::ReadingGrade || !range.is_empty(), "{:?}", finding);
            }
        }
        let mut sorted = found.clone();
        sorted.sort();
        prop_assert_eq!(&found, &sorted);
    }

    #[test]
    fn sentences_share_out_the_words_and_do_not_overlap(text in text()) {
        let settings = Settings::default();
        let (mut words, mut all) = (Words::default(), Vec::new());
        words.read(&text, &settings.lexicon);
        sentences::read(&text, &words.all, &settings.lexicon, Tongue::of("en"), &mut all);
        let (mut word, mut byte) = (0, 0);
        for sentence in &all {
            prop_assert_eq!(sentence.words.start, word);
            prop_assert!(sentence.words.end > word && sentence.text.start >= byte);
            prop_assert!(sentence.count >= 1 && sentence.count <= sentence.words.len());
            prop_assert!(text.get(sentence.text.clone()).is_some_and(|text| !text.is_empty()));
            (word, byte) = (sentence.words.end, sentence.text.end);
        }
        prop_assert_eq!(word, words.all.len());
    }
}

/// A clock says nothing on a busy machine, but what looks at all words for each word takes 64 times as long for eight
/// times the text.
#[test]
fn time_grows_with_the_text_and_not_with_its_square() {
    let settings = Settings::default();
    for piece in [
        "cure ",
        "5 g ",
        "20 % ",
        "ABC1 ",
        "AB ",
        "B B BBBB ",
        "STOP ",
        "a. ",
        "wear and ",
        "1-",
        "e.",
        "'",
        "5,",
    ] {
        let time = |length: usize| {
            let text: String =
                (0..length / piece.len()).map(|n| piece.replace("ABC1", &format!("AB{n}"))).collect();
            let (_, prose) = page(&[(ProseKind::Paragraph, &text)]);
            let text = Text {
                path: &SitePath::new("a.md"),
                language: "en",
                prose: &prose,
                subject: Subject::Other,
                start: Span::new(0, 0),
            };
            let start = std::time::Instant::now();
            check(&text, &settings);
            start.elapsed().as_secs_f64()
        };
        let ratio = || time(160_000) / time(20_000).max(0.02);
        // Something else may have had the processor in between, but not each time.
        assert!(
            (0..5).any(|_| ratio() < 30.0),
            "`{piece}`: eight times the text takes over 30 times as long"
        );
    }
}
