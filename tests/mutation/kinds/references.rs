//! Ids that name nothing, or something else.

use std::ops::Range;

use crate::kind::Kind;
use crate::slip::Slip;
use crate::text::Text;
use crate::world::World;

const REFERENCE: &[&str] = &["unknown-reference"];
const SOURCE: &[&str] = &["unknown-source"];

pub const KINDS: &[Kind] = &[
    Kind::new("the id of a condition, a phase or an exercise is misspelt", |world| {
        ids(world, REFERENCES, REFERENCE, |id| Some(format!("{}{}", &id[..2], &id[3..])))
    }),
    Kind::new("the id of a person is misspelt", |world| {
        ids(world, &["authors"], REFERENCE, |id| Some(id.replace("contributors", "contributers")))
    }),
    Kind::new("the id of a caution is misspelt", |world| {
        ids(world, &["avoid_if", "check_if"], REFERENCE, |id| Some(format!("{}{}", &id[..2], &id[3..])))
    }),
    Kind::new("the id of a source is misspelt", |world| {
        ids(world, &["sources", "source"], SOURCE, |id| Some(id.replace('-', "_")))
    }),
    Kind::new("an id begins with a capital letter", |world| {
        ids(world, REFERENCES, REFERENCE, |id| Some(format!("{}{}", id[..1].to_uppercase(), &id[1..])))
    }),
    Kind::new("the name of a file stands in place of its id", |world| {
        ids(world, REFERENCES, REFERENCE, |id| Some(format!("{id}.md")))
    }),
    Kind::new("words stand in place of an id", |world| {
        ids(world, REFERENCES, REFERENCE, |id| id.contains('-').then(|| id.replace('-', " ")))
    }),
    Kind::new("the id of a page of another kind is given", |world| {
        ids(world, &["conditions", "phases", "easier", "ref", "safety_net"], REFERENCE, |_| {
            Some("anti-inflammatories".to_owned())
        })
    }),
    Kind::new("a comma between two ids is missing", |world| {
        let mut slips = Vec::new();
        for page in world.pages() {
            for field in page.top().filter(|field| REFERENCES.contains(&page.key(field))) {
                for pair in page.items(field).windows(2) {
                    let slip = Slip::delete(page.path, pair[0].end..pair[0].end + 1);
                    slips.push(slip.found_at(REFERENCE, pair[0].start..pair[1].end - 1));
                }
            }
        }
        slips
    }),
    Kind::new("an id holds a space that nobody sees", |world| {
        in_ids(world, REFERENCES, |page, place| {
            let at = place.start + 3;
            let is_letter = |at: usize| page.text.as_bytes()[at].is_ascii_alphabetic();
            let slip = Slip::insert(page.path, at, "\u{200b}");
            (at < place.end && is_letter(at - 1) && is_letter(at))
                .then(|| slip.found_at(&["control-character"], at..at + 3))
        })
    }),
    Kind::new("a citation is misspelt", |world| {
        citations(world, |page, id| {
            let wrong = format!("{}{}", &page.of(&id)[..3], &page.of(&id)[4..]);
            Slip::replace(page.path, id.clone(), wrong.clone())
                .found_at(SOURCE, id.start..id.start + wrong.len())
        })
    }),
    Kind::in_clinic("a source that one page rests on is taken out of the register", |world| {
        let register = world.text("content/sources.yml");
        let mut slips = Vec::new();
        for entry in register.top() {
            let uses = uses(world, SOURCES, register.key(entry));
            if let [(path, place)] = &uses[..] {
                let slip = Slip::delete(register.path, entry.block.clone()).in_file(path);
                slips.push(slip.found_at(SOURCE, place.clone()));
            }
        }
        slips
    }),
    Kind::new("a source is in the register and no page uses it", |world| {
        let register = world.text("content/sources.yml");
        let entry = "new-book:\n  title: A new book\n  publisher: A publisher\n  year: 2024\n  type: book\n  isbn: 978-3-16-148410-0\n";
        let slip = |at: usize| {
            let entry = entry.replace('\n', register.ending());
            Slip::insert(register.path, at, entry).found_at(&["unused-source"], at..at + "new-book".len())
        };
        register.top().map(|entry| slip(entry.block.start)).collect()
    }),
    Kind::in_clinic("a term of the glossary is used by no page", |world| {
        let slip = |folder: &str| {
            let path = format!("content/{folder}/new-word.md");
            let fields = "title: New word\nsummary: A word.\nstatus: published\nauthors: [backsite-contributors]\nreviewed_by: [reviewer]\nlast_reviewed: 2026-06-15\ndefinition: A word that is new.\n";
            Slip::put(&path, format!("---\n{fields}---\n")).found_at(&["unused-term"], 0..3)
        };
        let _ = world;
        vec![slip("glossary")]
    }),
    Kind::in_clinic("two pages of one kind have the same title", |world| {
        let mut slips = Vec::new();
        for folder in ["exercises", "guidance"] {
            let pages = world.published(folder);
            for pair in pages.windows(2) {
                let (Some(first), Some(second)) = (pair[0].field("title"), pair[1].field("title")) else {
                    continue;
                };
                // Of two with one title the one with the later id is told.
                let title = pair[0].value(first);
                if pair[0].id() < pair[1].id() && !title.starts_with('"') {
                    let slip = Slip::replace(pair[1].path, second.value.clone(), title);
                    slips.push(slip.found(&["duplicate-title"]));
                }
            }
        }
        slips
    }),
    Kind::in_clinic("a page at the root is linked from nowhere", |world| {
        let _ = world;
        let fields = "title: New page\nsummary: A page.\nstatus: published\nauthors: [backsite-contributors]\nreviewed_by: [reviewer]\nlast_reviewed: 2026-06-15\n";
        let slip = Slip::put("content/new-page.md", format!("---\n{fields}---\n\nSome words.\n"));
        vec![slip.found_at(&["orphan-page"], 0..3)]
    }),
    Kind::new("a caution has the id of a condition", |world| {
        let register = world.text("content/cautions.yml");
        let slip = |at: usize| {
            let entry = format!("sciatica:{0}  name: Pain in the leg{0}", register.ending());
            Slip::insert(register.path, at, entry).found_at(&["duplicate-id"], at..at + "sciatica".len())
        };
        register.top().map(|entry| slip(entry.block.start)).collect()
    }),
    Kind::in_clinic("a page is published and refers to a draft", |world| {
        ids(world, &["easier", "harder", "ref"], &["reference-to-draft"], |id| {
            (id != "long-slide").then(|| "new-slide".to_owned())
        })
    }),
    Kind::in_clinic("a page refers to one that was taken back", |world| {
        ids(world, &["easier", "harder"], &["reference-to-retired"], |_| Some("old-slide".to_owned()))
    }),
    Kind::in_clinic("an old address is that of another page", |world| {
        let mut slips = Vec::new();
        for page in world.published("guidance") {
            let line = format!("aliases: [exercises/squat.html]{}", page.ending());
            let start = page.closing + "aliases: [".len();
            let slip = Slip::insert(page.path, page.closing, line);
            slips.push(slip.found_at(&["duplicate-address"], start..start + "exercises/squat.html".len()));
        }
        slips
    }),
];

/// Fields that hold ids of pages.
pub const REFERENCES: &[&str] = &["conditions", "phases", "easier", "harder", "ref", "safety_net"];

/// Every id in the fields `names` that `change` makes another one of.
fn ids(
    world: &'static World,
    names: &[&str],
    rules: &'static [&'static str],
    change: fn(&str) -> Option<String>,
) -> Vec<Slip> {
    in_ids(world, names, |page, place| {
        let id = change(page.of(&place))?;
        Some(Slip::replace(page.path, place, id).found(rules))
    })
}

/// A slip at each id that a field with one of these `names` holds.
fn in_ids(
    world: &'static World,
    names: &[&str],
    slip: impl Fn(&Text<'_>, Range<usize>) -> Option<Slip>,
) -> Vec<Slip> {
    let mut slips = Vec::new();
    for page in world.pages() {
        for field in page.fields.iter().filter(|field| names.contains(&page.key(field))) {
            let items = page.items(field);
            let places = if items.is_empty() { vec![field.value.clone()] } else { items };
            for place in places.into_iter().filter(|place| !place.is_empty()) {
                slips.extend(slip(page, place));
            }
        }
    }
    slips
}

/// The citations in the body of `page`, each the id without its at sign.
pub fn cited(page: &Text<'_>) -> Vec<Range<usize>> {
    let end = |at: usize| {
        let rest = &page.text[at..];
        at + rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len())
    };
    page.places("[@", page.opening).into_iter().map(|at| at + 2..end(at + 2)).collect()
}

pub fn citations(world: &'static World, slip: fn(&Text<'_>, Range<usize>) -> Slip) -> Vec<Slip> {
    let mut slips = Vec::new();
    for page in world.pages() {
        slips.extend(cited(page).into_iter().filter(|id| id.start > page.body).map(|id| slip(page, id)));
    }
    slips
}

/// Fields that hold ids of sources.
pub const SOURCES: &[&str] = &["sources", "source"];

/// Every place of the site that names `id` in the fields `names`, or cites it.
pub fn uses(world: &'static World, names: &[&str], id: &str) -> Vec<(String, Range<usize>)> {
    let mut uses = Vec::new();
    for page in world.pages() {
        let mut places = Vec::new();
        for field in page.fields.iter().filter(|field| names.contains(&page.key(field))) {
            let items = page.items(field);
            places.extend(if items.is_empty() { vec![field.value.clone()] } else { items });
        }
        let cited = cited(page).into_iter().map(|id| (page.of(&id), id));
        let named = places.into_iter().map(|place| (page.of(&place), place));
        let found = named.chain(cited).filter(|(other, _)| *other == id);
        uses.extend(found.map(|(_, place)| (page.path.to_owned(), place)));
    }
    uses
}
