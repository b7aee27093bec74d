//! sentence-too-long, paragraph-too-long, reading-grade.

use super::*;
use crate::config::Reading;

/// A sentence of `count` words of one syllable.
fn sentence(count: usize) -> String {
    format!("Go{}.", " on".repeat(count - 1))
}

/// The tally of one block.
fn tally(kind: ProseKind, text: &str) -> Tally {
    let settings = Settings::default();
    let (_, prose) = page(&[(kind, text)]);
    let (mut words, mut all) = (Words::default(), Vec::new());
    words.read(text, &settings.lexicon);
    let tongue = Tongue::of("en");
    sentences::read(text, &words.all, &settings.lexicon, tongue, &mut all);
    let mut tally = Tally::default();
    tally.add(&Block {
        subject: Subject::Other,
        path: &SitePath::new("a.md"),
        settings: &settings,
        tongue,
        prose: &prose[0],
        words: &words.all,
        marked: &words.marked,
        sentences: &all,
    });
    tally
}

#[test]
fn a_sentence_over_the_limit_is_found_as_a_whole() {
    let text = format!("First. “{}” Last.", sentence(21));
    assert_eq!(
        findings(&[Rule::SentenceTooLong], "en", &[(ProseKind::Paragraph, &text)]),
        [format!(
            "[sentence-too-long] “{}” | this sentence has 21 words, more than 20 | make two sentences of it, or a list",
            sentence(21)
        )]
    );
    lets_through(Rule::SentenceTooLong, &[&sentence(20)]);
}

#[test]
fn the_limit_of_words_is_the_sites() {
    let reading = Reading { max_words: 3, ..Reading::default() };
    let found =
        |text| findings_with(&reading, &[Rule::SentenceTooLong], "en", &[(ProseKind::Item, text)]).len();
    assert_eq!((found("One two three."), found("One two three four.")), (0, 1));
}

#[test]
fn a_long_sentence_is_found_in_every_language_with_spaces() {
    let text = sentence(21);
    for (language, count) in [("de", 1), ("ar", 1), ("zh", 0), ("ja-JP", 0), ("th", 0)] {
        assert_eq!(marked_in(Rule::SentenceTooLong, language, &text).len(), count, "{language}");
    }
}

#[test]
fn a_paragraph_over_three_sentences_is_found_where_the_next_could_begin() {
    assert_eq!(
        findings(
            &[Rule::ParagraphTooLong],
            "en",
            &[(ProseKind::Paragraph, "One. Two. Three. Four four. Five.")]
        ),
        [
            "[paragraph-too-long] Four four. | this paragraph has 5 sentences, more than 3 | begin a new paragraph here \
          or earlier, or leave something out"
        ]
    );
    lets_through(Rule::ParagraphTooLong, &["One. Two. Three."]);
    for kind in [ProseKind::Item, ProseKind::Cell, ProseKind::Heading] {
        assert_eq!(
            findings(&[Rule::ParagraphTooLong], "en", &[(kind, "A. B! C? D. E.")]),
            Vec::<String>::new()
        );
    }
}

/// From the article on the Flesch-Kincaid tests in Wikipedia: 13 words, 24 syllables, grade 11.3.
#[test]
fn the_grade_is_that_of_a_published_example() {
    let text = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.";
    let tally = tally(ProseKind::Paragraph, text);
    assert_eq!((tally.words, tally.sentences, tally.syllables), (13, 1, 24));
    assert_eq!(tally.grade().map(|grade| (grade * 10.0).round()), Some(113.0));
}

/// From the article on the Flesch-Kincaid tests in Wikipedia, which gives this sentence a Flesch reading ease of 69:
/// 206.835 - 1.015 x 16 - 84.6 x 23 / 16 = 69.0, so it has 23 syllables in 16 words.
#[test]
fn the_syllables_are_those_of_a_published_example() {
    let text = "This sentence, taken as a reading passage unto itself, is being used to prove a point.";
    let tally = tally(ProseKind::Paragraph, text);
    assert_eq!((tally.words, tally.sentences, tally.syllables), (16, 1, 23));
    // 0.39 x 16 + 11.8 x 23 / 16 - 15.59
    assert_eq!(tally.grade().map(|grade| (grade * 10.0).round()), Some(76.0));
}

/// The least that the formula can give: sentences of one word of one syllable.
#[test]
fn the_lowest_grade_is_that_of_the_formula() {
    let tally = tally(ProseKind::Paragraph, "Go. Sit. Stand.");
    assert_eq!(tally.grade().map(|grade| (grade * 100.0).round()), Some(-340.0));
}

#[test]
fn headings_and_cells_do_not_count_and_items_are_sentences() {
    assert_eq!(tally(ProseKind::Heading, "Physiotherapy."), Tally::default());
    assert_eq!(tally(ProseKind::Cell, "Physiotherapy."), Tally::default());
    assert_eq!(tally(ProseKind::Item, "Physiotherapy").sentences, 1);
    assert_eq!(Tally::default().grade(), None);
}

#[test]
fn a_page_that_reads_too_hard_is_found_with_its_longest_sentences() {
    let hard = "Physiotherapy rehabilitation.";
    let mut blocks = vec![(ProseKind::Item, hard); 9];
    blocks.push((ProseKind::Item, "Physiotherapy and rehabilitation."));
    assert_eq!(
        findings(&[Rule::ReadingGrade], "en", &blocks),
        [format!(
            "[reading-grade] - | this page reads at grade 53.2, and the site aims at 6 | shorten the longest sentences, \
             and choose words with fewer syllables | a sentence of 3 words: Physiotherapy and rehabilitation. | a \
             sentence of 2 words: {hard} | a sentence of 2 words: {hard}"
        )]
    );
    assert_eq!(findings(&[Rule::ReadingGrade], "de", &blocks), Vec::<String>::new());
    assert_eq!(findings(&[Rule::ReadingGrade], "en", &blocks[1..]), Vec::<String>::new());
}

#[test]
fn a_grade_up_to_one_above_the_target_is_let_through() {
    // 0.39 x 6 + 11.8 x 10 / 6 - 15.59 = 6.4
    let blocks = vec![(ProseKind::Item, "Lie low over pillows until better."); 10];
    let found = |target_grade| {
        let reading = Reading { target_grade, ..Reading::default() };
        findings_with(&reading, &[Rule::ReadingGrade], "en", &blocks).len()
    };
    assert_eq!((found(6), found(5)), (0, 1));
}
