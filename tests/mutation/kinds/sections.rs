//! Sections, signs, warnings and doses that a patient needs.

use std::ops::Range;

use crate::kind::Kind;
use crate::slip::Slip;
use crate::text::{Field, Text};
use crate::world::World;

const SECTION: &[&str] = &["section-missing"];
const STOP: &[&str] = &["stop-if-missing"];
const INCOMPLETE: &[&str] = &["dose-incomplete"];
const CARD_LINK: &[&str] = &["emergency-card-has-link"];

pub const KINDS: &[Kind] = &[
    Kind::new("the steps of an exercise are not numbered", |world| {
        sections(world, &["Steps"], |page, section| {
            let list = page.of(&section.text).to_owned();
            let bullets: String = list
                .split_inclusive('\n')
                .map(|line| match line.split_once(". ") {
                    Some((number, step)) if number.bytes().all(|b| b.is_ascii_digit()) => format!("- {step}"),
                    _ => line.to_owned(),
                })
                .collect();
            Slip::replace(page.path, section.text, bullets).found_at(SECTION, section.heading)
        })
    }),
    Kind::new("an exercise has one step", |world| {
        sections(world, &["Steps"], |page, section| {
            let second = page.places("2. ", section.text.start)[0];
            let last = page.of(&section.text).trim_end().len() + section.text.start;
            Slip::delete(page.path, second..last).found_at(SECTION, section.heading)
        })
    }),
    Kind::new("a step has the number of the one after it", |world| {
        sections(world, &["Steps"], |page, section| {
            let last = page.of(&section.text).trim_end().rfind("\n").unwrap() + section.text.start + 1;
            let length = page.text[last..].bytes().take_while(u8::is_ascii_digit).count();
            let number: u32 = page.text[last..last + length].parse().unwrap_or_default();
            let written = (number + 1).to_string();
            let found = last..last + written.len();
            let slip = Slip::replace(page.path, last..last + length, written);
            slip.found_at(&["stray-markup"], found)
        })
    }),
    Kind::new("a sign of an emergency loses its hyphen", |world| {
        let mut slips = Vec::new();
        for page in world.published("safety") {
            let is_sign = |field: &&Field| field.dash.is_some() && field.parents == ["emergency"];
            for sign in page.fields.iter().filter(is_sign).skip(1) {
                let dash = sign.value.start - 2..sign.value.start - 1;
                let slip = Slip::replace(page.path, dash, " ");
                slips.push(slip.found_at(&["invalid-value"], sign.value.clone()));
            }
        }
        slips
    }),
    Kind::new("a section that the kind needs is left out", |world| {
        sections(world, NEEDED, |page, section| {
            Slip::delete(page.path, section.heading.start..section.text.end).found_at(SECTION, page.fence())
        })
    }),
    Kind::new("a section that the kind needs has another heading", |world| {
        sections(world, NEEDED, |page, section| {
            let slip = Slip::replace(page.path, section.heading, "## Sömething else");
            slip.found_at(SECTION, page.fence())
        })
    }),
    Kind::new("the heading of a section that the kind needs is misspelt", |world| {
        sections(world, NEEDED, |page, section| {
            let slip = Slip::delete(page.path, section.heading.start + 4..section.heading.start + 5);
            slip.found_at(SECTION, section.heading.start..section.heading.end - 1)
        })
    }),
    Kind::new("an exercise does not say when to stop", |world| {
        sections(world, &["Stop if"], |page, section| {
            Slip::delete(page.path, section.heading.start..section.text.end).found_at(STOP, page.fence())
        })
    }),
    Kind::new("the section about stopping has another heading", |world| {
        sections(world, &["Stop if"], |page, section| {
            Slip::replace(page.path, section.heading, "## When to stop").found_at(STOP, page.fence())
        })
    }),
    Kind::new("a condition names no safety net", |world| {
        all(world, "safety_net", |page, field| {
            Slip::delete(page.path, field.block.clone()).found_at(&["safety-net-missing"], page.fence())
        })
    }),
    Kind::new("words of a sign of an emergency are struck out", |world| {
        signs(world, "emergency", |page, field| {
            let start = field.value.end + 1;
            let slip = Slip::insert(page.path, field.value.end, " ~~At night too.~~");
            slip.found_at(&["stray-markup"], start..start + "~~At night too.~~".len())
        })
    }),
    Kind::new("the safety net of a condition is for clinicians", |world| {
        let slip = |page: &Text<'_>| {
            let line = format!("audience: clinician{}", page.ending());
            let start = page.closing + "audience: ".len();
            let slip = Slip::insert(page.path, page.closing, line);
            slip.found_at(&["safety-net-missing"], start..start + "clinician".len())
        };
        world.published("safety").into_iter().map(slip).collect()
    }),
    Kind::new("a sign of an emergency holds a link", |world| {
        signs(world, "emergency", |page, field| {
            let start = field.value.end + " [the page](".len();
            let slip = Slip::insert(page.path, field.value.end, " [the page](../guidance/pacing.md)");
            slip.found_at(CARD_LINK, start..start + "../guidance/pacing.md".len())
        })
    }),
    Kind::new("a sign of an emergency holds a citation", |world| {
        signs(world, "emergency", |page, field| {
            let end = field.value.end - 1;
            let slip = Slip::insert(page.path, end, " [@finucane-2020]");
            slip.found_at(CARD_LINK, end + 3..end + 3 + "finucane-2020".len())
        })
    }),
    Kind::new("there are too many signs of an emergency", |world| too_many(world, "emergency", 2)),
    Kind::new("there are too many signs that are urgent", |world| too_many(world, "urgent", 3)),
    Kind::new("a controlled medicine lacks a warning", |world| {
        let mut slips = Vec::new();
        for page in world.published("medicines") {
            let Some(warnings) = page.field("warnings") else { continue };
            let is_controlled =
                page.field("legal_status").is_some_and(|field| page.value(field) == "controlled");
            for field in page.fields.iter().filter(|field| field.parents == ["warnings"] && is_controlled) {
                let slip = Slip::delete(page.path, field.block.clone());
                slips.push(slip.found_at(&["medicine-warning-missing"], warnings.key.clone()));
            }
        }
        slips
    }),
    Kind::new("a dose does not say how much", |world| {
        doses(world, |page, dose, field| {
            let lines = page.of(&dose.block);
            let is_meant = ["reps", "duration"].contains(&page.key(field)) && dose.parents.is_empty();
            // Another field has to be left in the dose, or it is empty.
            let is_meant = is_meant && lines.lines().count() > 2;
            is_meant
                .then(|| Slip::delete(page.path, field.block.clone()).found_at(INCOMPLETE, dose.key.clone()))
        })
    }),
    Kind::new("a dose does not say per what", |world| {
        doses(world, |page, dose, field| {
            let is_meant = page.key(field) == "per";
            is_meant
                .then(|| Slip::delete(page.path, field.block.clone()).found_at(INCOMPLETE, dose.key.clone()))
        })
    }),
    Kind::new("a dose does not say how often", |world| {
        doses(world, |page, dose, field| {
            let is_meant = page.key(field) == "times";
            is_meant
                .then(|| Slip::delete(page.path, field.block.clone()).found_at(INCOMPLETE, dose.key.clone()))
        })
    }),
    Kind::new("an exercise of a plan needs a clinician present", |world| {
        exercises_of_one_plan(world, |exercise, _, _| {
            let line = format!("supervised: true{}", exercise.ending());
            (Slip::insert(exercise.path, exercise.closing, line), &["plan-supervised-item"])
        })
    }),
    Kind::new("an exercise of a plan for patients is for clinicians", |world| {
        exercises_of_one_plan(world, |exercise, _, _| {
            let line = format!("audience: clinician{}", exercise.ending());
            (Slip::insert(exercise.path, exercise.closing, line), &["plan-clinician-item"])
        })
    }),
    Kind::new("an exercise of a plan is to be avoided for its condition", |world| {
        exercises_of_one_plan(world, |exercise, _, plan| {
            let condition = plan.of(&plan.items(plan.field("conditions").unwrap())[0]);
            let slip = match exercise.field("avoid_if") {
                Some(field) => Slip::insert(exercise.path, field.value.end - 1, format!(", {condition}")),
                None => {
                    let line = format!("avoid_if: [{condition}]{}", exercise.ending());
                    Slip::insert(exercise.path, exercise.closing, line)
                }
            };
            (slip, &["plan-contraindicated-item"])
        })
    }),
    Kind::new("an exercise is to be avoided for a condition that it is for", |world| {
        let mut slips = Vec::new();
        let plans = world.published("plans");
        for exercise in
            world.published("exercises").into_iter().filter(|page| page.field("avoid_if").is_none())
        {
            let conditions = exercise.items(exercise.field("conditions").unwrap());
            for condition in conditions.iter().map(|item| exercise.of(item)) {
                let is_for = |plan: &Text<'_>| {
                    plan.items(plan.field("conditions").unwrap())
                        .iter()
                        .any(|item| plan.of(item) == condition)
                };
                let holds = |plan: &Text<'_>| {
                    plan.fields.iter().any(|f| plan.key(f) == "ref" && plan.value(f) == exercise.id())
                };
                if plans.iter().any(|plan| is_for(plan) && holds(plan)) {
                    continue;
                }
                let line = format!("avoid_if: [{condition}]{}", exercise.ending());
                let start = exercise.closing + "avoid_if: [".len();
                let slip = Slip::insert(exercise.path, exercise.closing, line);
                slips.push(slip.found_at(&["avoided-condition"], start..start + condition.len()));
            }
        }
        slips
    }),
    Kind::in_clinic("a plan holds an exercise that was taken back", |world| {
        all(world, "ref", |page, field| {
            Slip::replace(page.path, field.value.clone(), "old-slide").found(&["plan-retired-item"])
        })
    }),
    Kind::new("a plan has more exercises than people keep up", |world| {
        let mut slips = Vec::new();
        for plan in world.published("plans") {
            let exercises = |field: &&Field| {
                world.files.contains_key(&format!("content/exercises/{}.md", plan.value(field)))
            };
            let refs: Vec<&Field> = plan.fields.iter().filter(|field| plan.key(field) == "ref").collect();
            let count = refs.iter().filter(|field| exercises(field)).count();
            let end = plan.field("items").unwrap().block.end;
            let names = [
                "curl-up",
                "squat",
                "pelvic-tilt",
                "lying-twist",
                "back-block",
                "tennis-ball",
                "back-roller",
            ];
            // In another plan it may have another dose.
            let has_dose = |plan: &Text<'_>, name: &str| {
                let lines: Vec<&str> = plan.text.lines().collect();
                lines
                    .windows(2)
                    .any(|pair| pair[0].ends_with(&format!("ref: {name}")) && pair[1].contains("dose:"))
            };
            let new: Vec<&str> = names
                .into_iter()
                .filter(|name| refs.iter().all(|field| plan.value(field) != *name))
                .filter(|name| !world.published("plans").iter().any(|plan| has_dose(plan, name)))
                .collect();
            if count + new.len() < 7 {
                continue;
            }
            let lines: Vec<String> =
                new[..7 - count].iter().map(|name| format!("  - ref: {name}{}", plan.ending())).collect();
            let last = new[6 - count];
            let lines = lines.concat();
            let start = end + lines.trim_end().len() - last.len();
            slips.push(
                Slip::insert(plan.path, end, lines).found_at(&["plan-too-long"], start..start + last.len()),
            );
        }
        slips
    }),
    Kind::in_clinic("two plans give one exercise different doses", |world| {
        let page = world.text("content/plans/second-plan.md");
        let reps = page.fields.iter().find(|field| page.key(field) == "reps").unwrap();
        let dose = page.fields.iter().find(|field| page.key(field) == "dose").unwrap();
        let _ = dose;
        vec![Slip::replace(page.path, reps.value.clone(), "8").found_from(&["dose-conflict"], reps.key.start)]
    }),
    Kind::in_clinic("harder exercises lead back to where they began", |world| {
        let page = world.text("content/exercises/leg-slide.md");
        let harder = page.field("harder").unwrap();
        let item = page.items(harder)[0].clone();
        vec![Slip::replace(page.path, item, "heel-slide").found(&["progression-cycle"])]
    }),
    Kind::in_clinic("an exercise does not say when to go on to the harder one", |world| {
        let mut slips = Vec::new();
        for page in world.published("exercises") {
            let (Some(harder), Some(when)) = (page.field("harder"), page.field("progress_when")) else {
                continue;
            };
            let slip = Slip::delete(page.path, when.block.clone());
            let at = harder.key.start;
            slips.push(slip.found_at(&["progress-missing"], at..at + "harder".len()));
        }
        slips
    }),
    Kind::new("a page about a treatment does not weigh it", |world| {
        let mut slips = all(world, "aspect", |page, field| {
            Slip::replace(page.path, field.value.clone(), "treatment").found(&["treatment-section-missing"])
        });
        // One page does.
        slips.retain(|slip| slip.path != "content/guidance/medicines-for-back-pain.md");
        slips
    }),
];

/// The sections that a kind can't do without.
const NEEDED: &[&str] = &["Steps", "Do not take if", "Check first", "Side effects", "Get help"];

/// A section of a page.
struct Section {
    heading: Range<usize>,
    /// What stands under it, up to the next heading.
    text: Range<usize>,
}

fn sections(world: &'static World, names: &[&str], slip: fn(&Text<'_>, Section) -> Slip) -> Vec<Slip> {
    let mut slips = Vec::new();
    for page in world.pages().iter().filter(|page| page.is_published()) {
        if !["exercises", "medicines"].contains(&page.folder()) {
            continue;
        }
        let headings = page.headings();
        for (index, line) in headings.iter().enumerate() {
            let heading = page.lines[*line].clone();
            if names.contains(&page.of(&heading).trim_start_matches(['#', ' '])) {
                let end = headings.get(index + 1).map_or(page.text.len(), |next| page.lines[*next].start);
                slips.push(slip(page, Section { text: page.whole_lines[*line].end..end, heading }));
            }
        }
    }
    slips
}

/// A slip for every field with this name.
fn all(world: &'static World, name: &str, slip: fn(&Text<'_>, &Field) -> Slip) -> Vec<Slip> {
    let mut slips = Vec::new();
    for page in world.pages().iter().filter(|page| page.is_published()) {
        slips.extend(
            page.fields.iter().filter(|field| page.key(field) == name).map(|field| slip(page, field)),
        );
    }
    slips
}

/// A slip for every sign of the card `card`.
fn signs(world: &'static World, card: &str, slip: fn(&Text<'_>, &Field) -> Slip) -> Vec<Slip> {
    let mut slips = Vec::new();
    for page in world.published("safety") {
        let signs = page.fields.iter().filter(|field| field.dash.is_some() && field.parents == [card]);
        slips.extend(signs.map(|field| slip(page, field)));
    }
    slips
}

/// A slip for every place in the card `card` for `more` signs, with which there are ten.
fn too_many(world: &'static World, card: &'static str, more: usize) -> Vec<Slip> {
    let mut slips = Vec::new();
    for page in world.published("safety") {
        let signs: Vec<&Field> =
            page.fields.iter().filter(|field| field.dash.is_some() && field.parents == [card]).collect();
        let added: String = (0..more).map(|n| format!("  - Sign {n}.{}", page.ending())).collect();
        for (index, sign) in signs.iter().enumerate() {
            let slip = Slip::insert(page.path, sign.block.start, added.clone());
            // The tenth is one of the old ones, moved on by what was added, unless that stands last.
            let tenth = signs.last().unwrap();
            let _ = index;
            let place = tenth.value.start + added.len()..tenth.value.end + added.len();
            slips.push(slip.found_at(&["emergency-card-too-long"], place));
        }
    }
    slips
}

/// A slip for every field of every dose.
fn doses(world: &'static World, slip: fn(&Text<'_>, &Field, &Field) -> Option<Slip>) -> Vec<Slip> {
    let mut slips = Vec::new();
    for page in world.pages().iter().filter(|page| page.is_published()) {
        for dose in page.fields.iter().filter(|field| page.key(field) == "dose") {
            let inside = |field: &&Field| field.line > dose.line && dose.block.contains(&field.key.start);
            slips.extend(page.fields.iter().filter(inside).filter_map(|field| slip(page, dose, field)));
        }
    }
    slips
}

/// A slip for every exercise that one plan alone holds: found at the place where the plan does.
fn exercises_of_one_plan(
    world: &'static World,
    slip: fn(&Text<'_>, &Field, &Text<'_>) -> (Slip, &'static [&'static str]),
) -> Vec<Slip> {
    let plans = world.published("plans");
    let mut slips = Vec::new();
    for exercise in world.published("exercises") {
        let uses: Vec<(&Text<'_>, &Field)> = plans
            .iter()
            .copied()
            .flat_map(|plan| plan.fields.iter().map(move |field| (plan, field)))
            .filter(|(plan, field)| plan.key(field) == "ref" && plan.value(field) == exercise.id())
            .collect();
        if let [(plan, field)] = uses[..] {
            let (slip, rules) = slip(exercise, field, plan);
            slips.push(slip.in_file(plan.path).found_at(rules, field.value.clone()));
        }
    }
    slips
}
