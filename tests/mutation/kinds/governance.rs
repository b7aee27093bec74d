//! Reviews, sources, versions, exceptions and pages that were taken back.

use crate::kind::Kind;
use crate::slip::Slip;
use crate::text::{Field, Text};
use crate::world::World;

use super::references::{SOURCES, uses};

pub const KINDS: &[Kind] = &[
    Kind::in_clinic("an author reviews the page", |world| {
        reviewed(world, |page, by, _| {
            let item = page.items(by)[0].clone();
            Slip::replace(page.path, item, "backsite-contributors").found(&["reviewer-is-author"])
        })
    }),
    Kind::in_clinic("the reviewer is no longer active", |world| {
        reviewed(world, |page, by, _| {
            let item = page.items(by)[0].clone();
            Slip::replace(page.path, item, "former-reviewer").found(&["reviewer-inactive"])
        })
    }),
    Kind::in_clinic("nobody with clinical training reviews the page", |world| {
        let slips = reviewed(world, |page, by, _| {
            let item = page.items(by)[0].clone();
            Slip::replace(page.path, item, "helper").found(&["reviewer-not-clinical"])
        });
        slips.into_iter().map(|slip| slip.and(newcomer(world, "editor"))).collect()
    }),
    Kind::in_clinic("the reviewer is not in the register", |world| {
        reviewed(world, |page, by, _| {
            let item = page.items(by)[0].clone();
            Slip::replace(page.path, item, "reveiwer").found(&["unknown-reference"])
        })
    }),
    Kind::in_clinic("the page names no reviewer", |world| {
        reviewed(world, |page, by, _| {
            Slip::delete(page.path, by.block.clone()).found_at(&["missing-field"], page.fence())
        })
    }),
    Kind::new("a page says when it was reviewed, and not by whom", |world| {
        let pages = world.pages().into_iter().filter(|page| page.is_published());
        let pages =
            pages.filter(|page| page.field("reviewed_by").is_none() && page.field("status").is_some());
        let slip = |page: &Text<'_>| {
            let at = page.field("status").map_or(0, |field| field.block.end);
            let line = format!("last_reviewed: 2025-06-05{}", page.ending());
            Slip::insert(page.path, at, line).found_at(&["missing-field"], page.fence())
        };
        pages.map(slip).collect()
    }),
    Kind::new("a page says who reviewed it, and not when", |world| {
        let pages = world.pages().into_iter().filter(|page| page.is_published());
        let pages =
            pages.filter(|page| page.field("reviewed_by").is_none() && page.field("status").is_some());
        let slip = |page: &Text<'_>| {
            let at = page.field("status").map_or(0, |field| field.block.end);
            let line = format!("reviewed_by: [helper]{}", page.ending());
            let slip = Slip::insert(page.path, at, line).found_at(&["missing-field"], page.fence());
            slip.and(newcomer(world, "clinician"))
        };
        pages.map(slip).collect()
    }),
    Kind::in_clinic("the page does not say when it was reviewed", |world| {
        reviewed(world, |page, _, on| {
            Slip::delete(page.path, on.block.clone()).found_at(&["missing-field"], page.fence())
        })
    }),
    Kind::in_clinic("the advice of a page has changed since its review", |world| {
        let mut slips = Vec::new();
        for page in world.pages().iter().filter(|page| page.is_published()) {
            let Some(reviewed) = page.field("last_reviewed") else { continue };
            let mut dates =
                page.fields.iter().filter(|field| page.key(field) == "date" && field.parents == ["changes"]);
            slips.extend(dates.next_back().map(|date| {
                Slip::replace(page.path, date.value.clone(), "2026-09-01").found(&["changed-since-review"])
            }));
            if page.field("version").is_none() {
                let change = "version: 1.1\nchanges:\n  - date: 2026-09-01\n    version: 1.1\n    \
                              summary: Another dose.\n    significance: clinical\n";
                let change = change.replace('\n', page.ending());
                let at = reviewed.block.end;
                let start = at + change.find("2026").unwrap();
                let slip = Slip::insert(page.path, at, change);
                slips.push(slip.found_at(&["changed-since-review"], start..start + "2026-09-01".len()));
            }
        }
        slips
    }),
    Kind::in_clinic("the review is overdue", |world| {
        reviewed(world, |page, _, on| {
            Slip::replace(page.path, on.value.clone(), "2023-06-15").found(&["review-overdue"])
        })
    }),
    Kind::in_clinic("the review falls due soon", |world| {
        reviewed(world, |page, _, on| {
            Slip::replace(page.path, on.value.clone(), "2024-02-15").found(&["review-due-soon"])
        })
    }),
    Kind::in_clinic("the time between reviews is too long", |world| {
        reviewed(world, |page, _, on| {
            let at = on.block.end;
            let slip = Slip::insert(page.path, at, format!("review_every: P5Y{}", page.ending()));
            slip.found_at(&["out-of-range"], at + 14..at + 17)
        })
    }),
    Kind::in_clinic("a page has a version and no list of changes", |world| {
        reviewed(world, |page, _, on| {
            let line = if page.field("version").is_some() {
                String::new()
            } else {
                format!("version: 1.3{}", page.ending())
            };
            let slip = match page.field("changes") {
                Some(changes) => Slip::delete(page.path, changes.block.clone()),
                None => Slip::insert(page.path, on.block.end, line),
            };
            slip.found_at(&["missing-field"], page.fence())
        })
    }),
    Kind::in_clinic("the version of a page has no change", |world| {
        let mut slips = Vec::new();
        for page in world.pages().into_iter().filter(|page| page.is_published()) {
            if let (Some(version), Some(_)) = (page.field("version"), page.field("changes")) {
                let slip = Slip::replace(page.path, version.value.clone(), "7.5");
                slips.push(slip.found(&["invalid-value"]));
            }
        }
        slips
    }),
    Kind::in_clinic("a version is a whole number", |world| {
        reviewed(world, |page, _, on| match page.field("version") {
            Some(version) => Slip::replace(page.path, version.value.clone(), "2").found(&["invalid-value"]),
            None => {
                let at = on.block.end;
                let slip = Slip::insert(page.path, at, format!("version: 1{}", page.ending()));
                slip.found_at(&["invalid-value"], at + 9..at + 10)
            }
        })
    }),
    Kind::new("a source that one page rests on was withdrawn", |world| {
        sources(world, |register, end| {
            (
                Slip::insert(register.path, end, format!("  withdrawn: true{}", register.ending())),
                &["source-withdrawn"],
            )
        })
    }),
    Kind::new("a source that one page rests on has expired", |world| {
        sources(world, |register, end| {
            (
                Slip::insert(register.path, end, format!("  expires: 2026-06-30{}", register.ending())),
                &["source-expired"],
            )
        })
    }),
    Kind::in_clinic("an exception has run out", |world| {
        fields(world, &["waive"], "until", |page, field| {
            Slip::replace(page.path, field.value.clone(), "2026-12-30").found(&["waiver-expired"])
        })
    }),
    Kind::in_clinic("the rule of an exception is misspelt", |world| {
        fields(world, &["waive"], "rule", |page, field| {
            let at = field.value.start + 2;
            Slip::delete(page.path, at..at + 1)
                .found_at(&["invalid-value"], field.value.start..field.value.end - 1)
        })
    }),
    Kind::in_clinic("an exception has a rule and nothing else", |world| {
        fields(world, &["waive"], "rule", |page, field| {
            let waive = page.field("waive").unwrap();
            let range = waive.key.end + 1..waive.block.end - page.ending().len();
            let rule = page.value(field);
            Slip::replace(page.path, range.clone(), format!(" {rule}"))
                .found_at(&["wrong-type"], range.start + 1..range.start + 1 + rule.len())
        })
    }),
    Kind::in_clinic("an exception lacks the hyphen before it", |world| {
        fields(world, &["waive"], "rule", |page, field| {
            let dash = field.dash.unwrap();
            Slip::replace(page.path, dash..dash + 1, " ").found_from(&["wrong-type"], field.key.start)
        })
    }),
    Kind::in_clinic("an exception is for a rule that has none", |world| {
        in_advance(world, |page, field| {
            Slip::replace(page.path, field.value.clone(), "broken-link").found(&["invalid-value"])
        })
    }),
    Kind::in_clinic("an exception is for a rule that finds nothing", |world| {
        in_advance(world, |page, field| {
            Slip::replace(page.path, field.value.clone(), "all-caps").found(&["waiver-unused"])
        })
    }),
    Kind::in_clinic("nobody answers for an exception", |world| {
        fields(world, &["waive"], "by", |page, field| {
            Slip::replace(page.path, field.value.clone(), "nobody").found(&["unknown-reference"])
        })
    }),
    Kind::in_clinic("an exception gives no reason", |world| {
        fields(world, &["waive"], "reason", |page, field| {
            let rule =
                page.fields.iter().rfind(|other| other.line < field.line && other.dash.is_some()).unwrap();
            let slip = Slip::delete(page.path, field.block.clone());
            slip.found_at(&["missing-field"], rule.key.clone())
        })
    }),
    Kind::in_clinic("a page was taken back without a reason", |world| {
        fields(world, &["retired"], "reason", |page, field| {
            let retired = page.field("retired").unwrap().key.clone();
            Slip::delete(page.path, field.block.clone()).found_at(&["retired-without-reason"], retired)
        })
    }),
    Kind::in_clinic("a page was taken back and does not say when or why", |world| {
        let page = world.text("content/exercises/old-slide.md");
        let retired = page.field("retired").unwrap();
        let slip = Slip::delete(page.path, retired.block.clone());
        vec![slip.found_at(&["retired-without-reason"], page.fence())]
    }),
];

/// A slip for every published page that was reviewed, with the fields of the reviewer and the day.
fn reviewed(world: &'static World, slip: fn(&Text<'_>, &Field, &Field) -> Slip) -> Vec<Slip> {
    let mut slips = Vec::new();
    for page in world.pages().iter().filter(|page| page.is_published()) {
        if let (Some(by), Some(on)) = (page.field("reviewed_by"), page.field("last_reviewed")) {
            slips.push(slip(page, by, on));
        }
    }
    slips
}

/// One more person in the register, `helper`, who has the role `role`.
fn newcomer(world: &'static World, role: &str) -> Slip {
    let register = world.text("content/people.yml");
    let entry = format!("helper:\n  name: Somebody new\n  role: {role}\n").replace('\n', register.ending());
    Slip::insert(register.path, register.text.len(), entry)
}

/// A slip for every field `name` that lies in `parents`.
fn fields(
    world: &'static World,
    parents: &[&str],
    name: &str,
    slip: fn(&Text<'_>, &Field) -> Slip,
) -> Vec<Slip> {
    let mut slips = Vec::new();
    for page in world.pages() {
        let fields = page.fields.iter().filter(|field| page.key(field) == name && field.parents == parents);
        slips.extend(fields.map(|field| slip(page, field)));
    }
    slips
}

/// A slip at the rule of every exception that covers nothing yet: where one covers something, that would count again.
fn in_advance(world: &'static World, slip: fn(&Text<'_>, &Field) -> Slip) -> Vec<Slip> {
    let mut slips = Vec::new();
    for page in world.pages() {
        let is_rule = |field: &&Field| page.key(field) == "rule" && page.value(field) == "review-overdue";
        slips.extend(page.fields.iter().filter(is_rule).map(|field| slip(page, field)));
    }
    slips
}

/// A slip for every source that one page alone rests on, made at the end of its entry: found where the page names it
/// first.
fn sources(
    world: &'static World,
    slip: fn(&Text<'_>, usize) -> (Slip, &'static [&'static str]),
) -> Vec<Slip> {
    let register = world.text("content/sources.yml");
    let mut slips = Vec::new();
    for entry in register.top() {
        let uses = uses(world, SOURCES, register.key(entry));
        let Some((path, place)) = uses.first() else { continue };
        if uses.iter().all(|(other, _)| other == path) {
            let (slip, rules) = slip(register, entry.block.end);
            slips.push(slip.in_file(path).found_at(rules, place.clone()));
        }
    }
    slips
}
