//! frightening-word, absolute-claim, abbreviation-unexpanded, all-caps, percentage-without-plain-number.

use super::*;
use crate::config::{Reading, WordList};

#[test]
fn a_frightening_word_is_found_with_what_to_write() {
    assert_eq!(
        findings(
            &[Rule::FrighteningWord],
            "en",
            &[(ProseKind::Paragraph, "It is Wear and Tear, or agony, or hopeless.")]
        ),
        [
            "[frightening-word] Wear and Tear | `Wear and Tear` can frighten a reader | write `normal changes with age` \
             instead, or say what it means for the reader",
            "[frightening-word] agony | `agony` can frighten a reader | write `strong pain` instead, or say what it means \
             for the reader",
            "[frightening-word] hopeless | `hopeless` can frighten a reader | say in plain words what it means for the \
             reader, or leave it out",
        ]
    );
}

#[test]
fn the_longest_phrase_speaks_and_hyphens_stand_for_spaces() {
    finds(
        Rule::FrighteningWord,
        &[
            ("A slipped disc.", &["slipped disc"]),
            ("Degenerative disc disease.", &["Degenerative disc disease"]),
            ("wear-and-tear, bone-on-bone, bone on bone", &["wear-and-tear", "bone-on-bone", "bone on bone"]),
            ("DAMAGED", &["DAMAGED"]),
            ("wear\u{a0}and tear", &["wear\u{a0}and tear"]),
        ],
    );
}

#[test]
fn words_inside_other_words_and_warnings_do_not_frighten() {
    lets_through(
        Rule::FrighteningWord,
        &[
            "It is undamaged.",
            "A non-degenerative change.",
            "This can damage your liver.",
            "A sign of nerve damage.",
            "Hurt does not mean damage.",
            "There is no damage to the disc.",
            "You slipped. Disc golf is fun.",
            "wear, and tear it",
            "Wear and tea.",
            "The disc is fine.",
            "A torn page can be printed again.",
        ],
    );
}

#[test]
fn word_lists_are_english_and_a_sites_own_words_hold_everywhere() {
    let reading = Reading {
        frightening: WordList {
            add: vec!["Verschleiß, Abnutzung | Veränderung".to_owned(), "wobbly".to_owned(), " ".to_owned()],
            remove: vec!["Damage".to_owned(), "crumbles".to_owned()],
            instead: None,
        },
        ..Reading::default()
    };
    let found = |language, text| {
        let blocks = [(ProseKind::Paragraph, text)];
        findings_with(&reading, &[Rule::FrighteningWord], language, &blocks)
    };
    assert_eq!(
        found("de", "VERSCHLEIß! Crumbling, agony."),
        [
            "[frightening-word] VERSCHLEIß | `VERSCHLEIß` can frighten a reader | write `Veränderung` instead, or say what \
          it means for the reader"
        ]
    );
    assert_eq!(found("en", "wobbly, damage, damaged, crumbling").len(), 2);
}

#[test]
fn a_claim_is_found() {
    assert_eq!(
        findings(&[Rule::AbsoluteClaim], "en", &[(ProseKind::Paragraph, "This cures back pain.")]),
        [
            "[absolute-claim] cures | `cures` promises more than any treatment can | say how many people it helps and how \
          sure that is, or leave it out"
        ]
    );
    finds(
        Rule::AbsoluteClaim,
        &[
            ("It is guaranteed.", &["guaranteed"]),
            ("It always works and has no side effects.", &["always works", "no side effects"]),
            ("It works 100 % of the time.", &["100 %"]),
            ("It is 100% safe, 100 per cent.", &["100%", "100 per cent"]),
            ("It is completely safe.", &["completely safe"]),
            ("A miracle, proven to help.", &["miracle", "proven to"]),
            ("It never fails.", &["never fails"]),
            ("It is not magic, but it cures.", &["cures"]),
        ],
    );
}

#[test]
fn instructions_questions_and_denials_claim_nothing() {
    lets_through(
        Rule::AbsoluteClaim,
        &[
            "Never roll onto your neck.",
            "Always bend your knees.",
            "There is no cure.",
            "Nothing is guaranteed.",
            "It has not been proven to help.",
            "No treatment has been proven to cure back pain.",
            "This can't cure it.",
            "This won’t cure it.",
            "Can it be cured?",
            "Ask whether it can be cured.",
            "It is secure, and the manicure is obscure.",
            "1100 % and 100 people",
            "It cures nothing.",
            "Set the screen to 100%.",
        ],
    );
}

#[test]
fn an_abbreviation_is_found_at_its_first_use_only() {
    let blocks = [
        (ProseKind::Heading, "NSAIDs"),
        (ProseKind::Paragraph, "Some take NSAIDs. An NSAID may help. XYZ."),
        (ProseKind::Item, "NSAIDs again, XYZ."),
    ];
    assert_eq!(
        findings(&[Rule::AbbreviationUnexpanded], "en", &blocks),
        [
            "[abbreviation-unexpanded] NSAIDs | `NSAID` is not written out at its first use | write `non-steroidal \
             anti-inflammatory drugs (NSAIDs)` here, or only the words",
            "[abbreviation-unexpanded] XYZ | `XYZ` is not written out at its first use | write its words here and the \
             letters behind them in brackets, or only the words",
        ]
    );
    assert_eq!(
        findings(&[Rule::AbbreviationUnexpanded], "en", &[(ProseKind::Paragraph, "TODO: a picture.")]),
        [
            "[abbreviation-unexpanded] TODO | `TODO` is not written out at its first use | do what it reminds you of, and \
             take it out",
        ]
    );
}

#[test]
fn an_abbreviation_that_is_written_out_is_let_through() {
    lets_through(
        Rule::AbbreviationUnexpanded,
        &[
            "Their name is non-steroidal anti-inflammatory drugs (NSAIDs). NSAIDs may help.",
            "NSAIDs (non-steroidal anti-inflammatory drugs) may help.",
            "You may need magnetic resonance imaging, or MRI.",
            "Ask for an electrocardiogram (ECG).",
            "A CT (computertomography) scan.",
            "The National Institute for Health and Care Excellence (NICE) says so.",
            "The International Association for the Study of Pain, IASP for short.",
        ],
    );
    lets_through(
        Rule::AbbreviationUnexpanded,
        &[
            "In the UK, the EU and the US.",
            "Grade II and grade IV.",
            "B12, X-ray, I, NG59.",
            "Water (H₂O), a file of 2 MB.",
        ],
    );
    finds(
        Rule::AbbreviationUnexpanded,
        &[
            ("NSAIDs (such as ibuprofen).", &["NSAIDs"]),
            ("(MRI) comes first.", &["MRI"]),
            ("an MRI or CT scan", &["MRI", "CT"]),
            ("Ask your GP's nurse.", &["GP's"]),
        ],
    );
}

#[test]
fn abbreviations_are_found_in_every_language_and_a_site_can_know_more() {
    assert_eq!(marked_in(Rule::AbbreviationUnexpanded, "de", "Ein MRT."), ["MRT"]);
    assert_eq!(
        marked_in(Rule::AbbreviationUnexpanded, "de", "Magnetresonanztomographie (MRT)."),
        Vec::<String>::new()
    );
    assert_eq!(marked_in(Rule::AbbreviationUnexpanded, "ru", "Нужна МРТ."), ["МРТ"]);
    let found = |abbreviations: WordList| {
        let reading = Reading { abbreviations, ..Reading::default() };
        let blocks = [(ProseKind::Paragraph, "Ein MRT, zwei MRTs in den USA.")];
        let found = findings_with(&reading, &[Rule::AbbreviationUnexpanded], "de", &blocks);
        found
            .iter()
            .map(|finding| finding.split(' ').nth(1).unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    assert_eq!(found(WordList { add: words(&["MRT"]), ..WordList::default() }), [""; 0]);
    assert_eq!(
        found(WordList { add: words(&["USA | United States"]), ..WordList::default() }),
        ["MRT", "USA"]
    );
    assert_eq!(found(WordList { remove: words(&["USA"]), ..WordList::default() }), ["MRT", "USA"]);
    assert_eq!(found(WordList { instead: Some(words(&["MRT"])), ..WordList::default() }), ["USA"]);
}

#[test]
fn a_run_of_capitals_is_one_finding() {
    assert_eq!(
        findings(&[Rule::AllCaps], "en", &[(ProseKind::Item, "Then DO NOT TAKE 2 AT A TIME, ever.")]),
        [
            "[all-caps] DO NOT TAKE 2 AT A TIME | `DO NOT TAKE 2 AT A TIME` stands in capital letters | write small \
          letters, and **bold** for what must stand out"
        ]
    );
    finds(
        Rule::AllCaps,
        &[
            ("WARNING: see below.", &["WARNING"]),
            ("STOP! CALL FOR HELP", &["STOP! CALL FOR HELP"]),
            ("DON'T STOP", &["DON'T STOP"]),
            ("ACHTUNG ÜBUNG", &["ACHTUNG ÜBUNG"]),
        ],
    );
}

#[test]
fn abbreviations_and_single_short_words_are_no_capitals() {
    lets_through(
        Rule::AllCaps,
        &[
            "Take NSAIDs in the UK NHS.",
            "An MRI CT scan.",
            "Do NOT bend.",
            "COPD and NSAID.",
            "I AM",
            "Grade VIII.",
            "A B C",
        ],
    );
}

#[test]
fn one_text_in_capitals_is_no_abbreviation_as_well() {
    assert_eq!(
        findings(
            &[Rule::AllCaps, Rule::AbbreviationUnexpanded],
            "en",
            &[(ProseKind::Paragraph, "STOP IF IT HURTS. Do NOT go on with a TKR.")]
        ),
        [
            "[all-caps] STOP IF IT HURTS | `STOP IF IT HURTS` stands in capital letters | write small letters, and \
             **bold** for what must stand out",
            "[abbreviation-unexpanded] TKR | `TKR` is not written out at its first use | write `total knee replacement \
             (TKR)` here, or only the words",
        ]
    );
}

#[test]
fn a_percentage_alone_is_found_once_a_sentence() {
    assert_eq!(
        findings(
            &[Rule::PercentageWithoutPlainNumber],
            "en",
            &[(
                ProseKind::Paragraph,
                "It helped 20 % and 30%. Rest helped ten per cent. Heat helped 5 percent."
            )]
        ),
        [
            "[percentage-without-plain-number] 20 % | `20 %` is not also given as a plain number | say how many people \
             out of how many, as in `8 in 10 people`",
            "[percentage-without-plain-number] ten per cent | `ten per cent` is not also given as a plain number | say \
             how many people out of how many, as in `8 in 10 people`",
            "[percentage-without-plain-number] 5 percent | `5 percent` is not also given as a plain number | say how \
             many people out of how many, as in `8 in 10 people`",
        ]
    );
}

#[test]
fn a_percentage_with_a_plain_number_beside_it_is_let_through() {
    let rule = Rule::PercentageWithoutPlainNumber;
    lets_through(
        rule,
        &[
            "It helped 20 % (2 in 10 people).",
            "It helped 20 %. That is two in ten people.",
            "It helped 2 of every 10 people. That is 20 %.",
            "It helped 20 %, or 20 people out of 100.",
            "100 % is another rule's.",
            "A % sign, 5 cent.",
        ],
    );
    assert_eq!(marked_in(rule, "de", "Es half 20 %, also 2 von 10."), Vec::<String>::new());
    assert_eq!(marked_in(rule, "de", "Es half 20 % in 3 Wochen."), ["20 %"]);
    finds(
        rule,
        &[("In 2019, 20 % got better in 3 weeks.", &["20 %"]), ("From 3 to 5 weeks in 20%.", &["20%"])],
    );
}
