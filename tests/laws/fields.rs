//! One mistake in a field is one finding, and hides no other: not in the front matter, and not in a register.

use backsite::diagnostic::Rule;
use std::sync::OnceLock;

use backsite::diagnostic::Diagnostic;
use backsite::pipeline::Cache;
use proptest::prelude::*;

use crate::{made_up, read, site, tries};

/// A field of the page as it ought to be, and with a mistake in several ways.
struct Field {
    sound: &'static str,
    broken: &'static [&'static str],
}

const PAGE: &str = "content/exercises/target.md";

const FIELDS: [Field; 12] = [
    Field {
        sound: "title: Target\n",
        broken: &[
            "title: \"Target\n",
            "title: 'Target\n",
            "titel: Target\n",
            "title:Target\n",
            "title Target\n",
            "title: [Target]\n",
            "title:\n",
            "title: @Target\n",
            "title: Target: one\n",
            "title: Target\ntitle: Again\n",
            "title: Target\nand more\n",
            "",
        ],
    },
    Field {
        sound: "summary: Bend your knees.\n",
        broken: &[
            "summary: Tip: bend your knees.\n",
            "sumary: Bend your knees.\n",
            "  summary: Bend your knees.\n",
            "summary: \"Bend\" your knees.\n",
            "summary: |Bend\n",
            "",
        ],
    },
    Field { sound: "status: published\n", broken: &[] },
    Field {
        sound: "authors: [anna]\n",
        broken: &[
            "authors: [ana]\n",
            "authors: [anna\n",
            "authors:\n  - anna\n -anna\n",
            "authors: [anna]]\n",
            "authors: &a [anna]\n",
            "auhtors: [anna]\n",
            "",
        ],
    },
    Field {
        sound: "conditions: [c0, c1]\n",
        broken: &[
            "conditions: [c0, c9]\n",
            "conditions: [c0, c0]\n",
            "conditions: [c0,, c1]\n",
            "conditions: c0, c1]\n",
            "condition: [c0, c1]\n",
            "conditions:\n\t- c0\n",
            "",
        ],
    },
    Field {
        sound: "phases: [p0]\n",
        broken: &["phases: [p0}\n", "phase: [p0]\n", "phases:\n- p0\n- 'p1\n", ""],
    },
    Field {
        sound: "sources: [book]\n",
        broken: &[
            "sources: [bok]\n",
            "sources: *book\n",
            "sources: book: x\n",
            "source: [book]\n",
            "sources: !b [book]\n",
        ],
    },
    Field {
        sound: "version: 1.0\n",
        broken: &["version: one\n", "version: 1\n", "version: \"1.0\n", "verison: 1.0\n"],
    },
    Field {
        sound: "reviewed_by: [ben]\nlast_reviewed: 2025-03-04\n",
        broken: &[
            "reviewed_by: [ben]\nlast_reviewed: 2025-02-30\n",
            "reviewed_by: [ben]\nlast_reviewed: 2025/03/04\n",
            "reviewed_by: [ben]\nlast_reviewed: 04.03.2025\n",
            "reviewed_by: [ben]\nlast_reviewed: 2030-01-01\n",
            "reviewed_by: [ben]\nlast_reviewed: \"2025-03-04\n",
            "reviewed_by: [ben]\nlast-reviewed: 2025-03-04\n",
        ],
    },
    Field {
        sound: "start_position: standing\n",
        broken: &[
            "start_position: standin\n",
            "start_position: \"standing\n",
            "start_position: - standing\n",
            "",
        ],
    },
    Field {
        sound: "dose:\n  sets: 2\n  reps: 5-10\n",
        broken: &[
            "dose:\nsets: 2\nreps: 5-10\n",
            "dose:\n  sets: 2\nreps: 5-10\n",
            "dose:\n  sets: 99\n  reps: 5-10\n",
            "dose:\n  sets: 2\n reps: 5-10\n",
            "dose:\n  sets: 2\n    reps: 5-10\n",
            "dose:\n  sets: \"2\n  reps: 5-10\n",
            "dose:\n\tsets: 2\n",
            "dose: {sets: 2, reps: 5\n",
            "dose: {\nsets: 2,\nreps: 5\n}\n",
            "dose:\n  set: 2\n  reps: 5-10\n",
            "dose:\n  sets 2\n  reps: 5-10\n",
            "dose: sets: 2\n",
            "dose:\n  sets: 2\n  reps: 5-10\n  sets: 3\n",
            "",
        ],
    },
    Field {
        sound: "avoid_if: [pregnancy]\n",
        broken: &["avoid_if: [pregnant\n", "avoid_if: [pregnanci]\n", "avoid-if: [pregnancy]\n"],
    },
];

/// What is found in a site: of the page, in which field and how far into it; of all else, where.
type Found = Vec<(Option<usize>, String)>;

/// The findings about the site whose page has the fields `chosen`: for each the number of its mistake, if it has one.
fn found(chosen: &[Option<usize>; 12]) -> Found {
    let mut text = "---\n".to_owned();
    let mut starts = Vec::new();
    for (field, broken) in FIELDS.iter().zip(chosen) {
        starts.push(text.len());
        text.push_str(broken.map_or(field.sound, |n| field.broken[n]));
    }
    let end = text.len();
    text.push_str("---\n## Steps\n\n1. Stand up.\n2. Sit down.\n\n## Stop if\n\n- It hurts.\n");
    let mut files = made_up::frame("");
    files.insert(PAGE.to_owned(), text.clone().into_bytes());
    let (_folder, read) = read(&files);
    let made = site::run(&read, site::on(site::TODAY), &Cache::default());
    let place = |finding: &Diagnostic| {
        let at = finding.place.span.start as usize;
        let path = finding.place.path.as_str();
        let words = format!("{path} {} {}", finding.rule.name(), finding.message);
        if path != PAGE || at < starts[0] || at >= end {
            return (None, format!("{at} {words}"));
        }
        let field = starts.partition_point(|start| *start <= at) - 1;
        (Some(field), format!("{} {words}", at - starts[field]))
    };
    // Whether the picture is used can be told only where every field can be read.
    let findings = made.outcome.findings.iter().filter(|finding| finding.rule != Rule::UnusedFile);
    let mut found: Found = findings.map(place).collect();
    found.sort();
    found
}

const SOUND: [Option<usize>; 12] = [None; 12];

/// What is found for each mistake of each field alone.
fn alone() -> &'static [Vec<Found>] {
    static ALONE: OnceLock<Vec<Vec<Found>>> = OnceLock::new();
    ALONE.get_or_init(|| {
        let one = |field: usize, mistake: usize| {
            let mut chosen = SOUND;
            chosen[field] = Some(mistake);
            found(&chosen)
        };
        FIELDS
            .iter()
            .enumerate()
            .map(|(n, field)| (0..field.broken.len()).map(|m| one(n, m)).collect())
            .collect()
    })
}

#[test]
fn one_mistake_in_a_field_is_one_finding() {
    let mut others = String::new();
    for (field, alone) in FIELDS.iter().zip(alone()) {
        for (broken, found) in field.broken.iter().zip(alone) {
            if found.len() != 1 {
                others.push_str(&format!("{broken}{found:#?}\n"));
            }
        }
    }
    assert_eq!(found(&SOUND), Found::new());
    assert!(others.is_empty(), "{others}");
}

proptest! {
    #![proptest_config(tries(24))]

    #[test]
    fn mistakes_in_several_fields_are_found_as_if_each_were_alone(
        picks in prop::array::uniform12(prop::option::weighted(0.4, any::<prop::sample::Index>()))
    ) {
        let mut chosen = SOUND;
        for (n, pick) in picks.iter().enumerate() {
            chosen[n] = pick.filter(|_| !FIELDS[n].broken.is_empty()).map(|pick| pick.index(FIELDS[n].broken.len()));
        }
        // An indented line below a value that can't be read may go on with that value.
        let is_indented = chosen[1].is_some_and(|n| FIELDS[1].broken[n].starts_with(' '));
        prop_assume!(!is_indented || chosen[0].is_none());
        let mut expected: Found =
            chosen.iter().enumerate().filter_map(|(n, m)| Some(alone()[n][(*m)?].clone())).flatten().collect();
        expected.sort();
        prop_assert_eq!(found(&chosen), expected);
    }
}
