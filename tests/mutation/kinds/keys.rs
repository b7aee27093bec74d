//! Mistakes in the names of fields, and fields that are missing or too many.

use crate::kind::Kind;
use crate::slip::Slip;
use crate::text::{Field, Text};
use crate::world::World;

use super::references::REFERENCES;

pub const KINDS: &[Kind] = &[
    Kind::new("a key loses a letter", |world| misspelt(world, |key| Some(without(key, key.len() / 2)))),
    Kind::new("a letter of a key is doubled", |world| {
        misspelt(world, |key| Some(format!("{}{}", &key[..key.len() / 2], &key[key.len() / 2 - 1..])))
    }),
    Kind::new("two letters of a key are swapped", |world| {
        misspelt(world, |key| {
            let at = key.len() / 2;
            Some(format!("{}{}{}{}", &key[..at - 1], &key[at..=at], &key[at - 1..at], &key[at + 1..]))
        })
    }),
    Kind::new("a key begins with a capital letter", |world| {
        misspelt(world, |key| Some(format!("{}{}", key[..1].to_uppercase(), &key[1..])))
    }),
    Kind::new("a key has a hyphen instead of its underscore", |world| {
        misspelt(world, |key| key.contains('_').then(|| key.replace('_', "-")))
    }),
    Kind::new("a key has a space instead of its underscore", |world| {
        misspelt(world, |key| key.contains('_').then(|| key.replace('_', " ")))
    }),
    Kind::new("a key is singular instead of plural, or the other way about", |world| {
        misspelt(world, |key| Some(key.strip_suffix('s').map_or_else(|| format!("{key}s"), str::to_owned)))
    }),
    Kind::new("a field has the name that other tools give it", |world| {
        misspelt(world, |key| {
            let other = match key {
                "title" => "heading",
                "summary" => "description",
                "authors" => "written_by",
                "last_reviewed" => "reviewed_on",
                "sources" => "references",
                "reps" => "repetitions",
                "per" => "perday",
                "goal" => "aim",
                "publisher" => "journal",
                "role" => "job",
                _ => return None,
            };
            Some(other.to_owned())
        })
    }),
    Kind::new("a field is there that no kind has", |world| added(world, |_| Some("keywords: [back, pain]"))),
    Kind::new("a field is there that another kind has", |world| {
        added(world, |page| {
            Some(match page.folder() {
                "plans" => "category: strength",
                "conditions" => "goal: Walk again.",
                _ => "body_region: Lower back",
            })
        })
    }),
    Kind::new("a field that every page needs is left out", |world| {
        left_out(world, |_| &["title", "summary"])
    }),
    Kind::new("a field that the kind needs is left out", |world| left_out(world, needed)),
    Kind::new("a page that others name does not say that it is published", |world| {
        let mut slips = Vec::new();
        for page in world.pages().into_iter().filter(|page| page.is_published() && is_named(world, page)) {
            let slip = Slip::delete(page.path, page.field("status").unwrap().block.clone());
            slips.push(slip.found_at(&["missing-field"], page.fence()));
        }
        slips
    }),
    Kind::new("the status of a page has no value", |world| {
        let mut slips = Vec::new();
        for page in world.pages().into_iter().filter(|page| page.is_published()) {
            let status = page.field("status").unwrap();
            let end = status.key.end + 1;
            let slip = Slip::delete(page.path, end..status.value.end);
            slips.push(slip.found_from(&["wrong-type"], end));
        }
        slips
    }),
    Kind::new("the value of a status is misspelt", |world| {
        let mut slips = Vec::new();
        for page in world.pages().into_iter().filter(|page| page.is_published()) {
            let status = page.field("status").unwrap();
            slips.push(Slip::replace(page.path, status.value.clone(), "pubished").found(&["invalid-value"]));
        }
        slips
    }),
    Kind::new("a field is left out that another field needs", |world| {
        let fields = inner(world).into_iter().filter(|(page, field)| {
            let name = page.key(field);
            field.dash.is_none()
                && match field.parents.last().map(String::as_str) {
                    Some("codes") => name == "code",
                    Some("guideline_position") => matches!(name, "says" | "source"),
                    Some("diary") => name == "days",
                    _ => false,
                }
        });
        let slip = |(page, field): (&Text<'_>, Field)| {
            let parent = page.field(field.parents.last()?)?;
            let place =
                match page.fields.iter().rfind(|other| other.line < field.line && other.dash.is_some()) {
                    // In a list it is the item that lacks something.
                    Some(item) if parent.value.is_empty() && item.parents == field.parents => {
                        item.key.clone()
                    }
                    _ => parent.key.clone(),
                };
            Some(Slip::delete(page.path, field.block).found_from(&["missing-field"], place.start))
        };
        fields.filter_map(slip).collect()
    }),
    Kind::new("an entry of a register lacks a field that it needs", |world| {
        let needed = ["name", "role", "title", "publisher", "year", "type", "url", "doi"];
        let mut slips = Vec::new();
        for register in world.registers() {
            for field in register.fields.iter().filter(|field| needed.contains(&register.key(field))) {
                let entry = register.field(&field.parents[0]).unwrap();
                let slip = Slip::delete(register.path, field.block.clone());
                // An entry without any field is empty, which is told of its key all the same.
                if entry.block.end > field.block.end || register.fields[field.line - 1].key != entry.key {
                    slips.push(slip.found_at(&["missing-field"], entry.key.clone()));
                }
            }
        }
        slips
    }),
    Kind::new("the fields of a dose are not indented", |world| {
        let mut slips = Vec::new();
        for page in world.published("exercises") {
            let Some(dose) = page.field("dose").filter(|dose| dose.value.is_empty()) else { continue };
            let inside = page.whole_lines[dose.line].end..dose.block.end;
            let first = inside.start..inside.start + page.of(&inside).trim_start().find(':').unwrap();
            let flat = page.of(&inside).replace("  ", "");
            slips.push(Slip::replace(page.path, inside, flat).found_at(&["field-not-indented"], first));
        }
        slips
    }),
    Kind::new("a field of a dose is not indented", |world| {
        let mut slips = Vec::new();
        for page in world.published("exercises") {
            let Some(dose) = page.field("dose") else { continue };
            for pair in page.fields.windows(2) {
                let [above, field] = pair else { continue };
                // The last of them: those below would be told of, too.
                let is_last = field.block.end == dose.block.end;
                if is_last && above.parents == ["dose"] && field.parents == ["dose"] {
                    let start = page.lines[field.line].start;
                    let slip = Slip::delete(page.path, start..start + 2);
                    slips.push(slip.found_at(&["field-not-indented"], start..start + field.key.len()));
                }
            }
        }
        slips
    }),
    Kind::new("a field is given twice", |world| {
        let mut slips = Vec::new();
        for text in world.yaml() {
            for field in named(text).filter(|field| field.dash.is_none()) {
                let key = field.block.end + (field.key.start - text.whole_lines[field.line].start);
                let slip = Slip::insert(text.path, field.block.end, text.of(&field.block));
                slips.push(slip.found_at(&["duplicate-key"], key..key + field.key.len()));
            }
        }
        slips
    }),
    Kind::new("an id stands twice in a register", |world| {
        let mut slips = Vec::new();
        for register in world.registers() {
            for entry in register.top() {
                let at = entry.block.end;
                let slip = Slip::insert(register.path, at, register.of(&entry.block));
                slips.push(slip.found_at(&["duplicate-key"], at..at + entry.key.len()));
            }
        }
        slips
    }),
];

/// The fields of `text` whose keys are names of fields, and not ids.
fn named<'t>(text: &'t Text<'_>) -> impl Iterator<Item = &'t Field> {
    let is_page = text.path.ends_with(".md");
    text.fields.iter().filter(move |field| !field.key.is_empty() && (is_page || !field.parents.is_empty()))
}

/// The fields that lie in others, of all pages.
fn inner(world: &'static World) -> Vec<(&'static Text<'static>, Field)> {
    let mut found = Vec::new();
    for page in world.pages() {
        let fields: Vec<Field> = page
            .fields
            .iter()
            .filter(|field| !field.parents.is_empty() && !field.key.is_empty())
            .cloned()
            .collect();
        found.extend(fields.into_iter().map(|field| (page, field)));
    }
    found
}

fn without(text: &str, at: usize) -> String {
    format!("{}{}", &text[..at], &text[at + 1..])
}

/// Every key that `misspell` makes another one of.
fn misspelt(world: &'static World, misspell: fn(&str) -> Option<String>) -> Vec<Slip> {
    let mut slips = Vec::new();
    for text in world.yaml() {
        for field in named(text) {
            let key = text.key(field);
            if let Some(wrong) = misspell(key).filter(|wrong| wrong != key) {
                slips.push(Slip::replace(text.path, field.key.clone(), wrong).found(&["unknown-field"]));
            }
        }
    }
    slips
}

/// A line of front matter above each field of each page.
fn added(world: &'static World, line: fn(&Text<'_>) -> Option<&'static str>) -> Vec<Slip> {
    let mut slips = Vec::new();
    for page in world.pages() {
        let Some(line) = line(page) else { continue };
        for field in page.top() {
            let at = field.block.start;
            let key = line.find(':').unwrap();
            let slip = Slip::insert(page.path, at, format!("{line}{}", page.ending()));
            slips.push(slip.found_at(&["unknown-field"], at..at + key));
        }
    }
    slips
}

/// What pages of a kind need to be published.
fn needed(page: &Text<'_>) -> &'static [&'static str] {
    match page.folder() {
        "exercises" => &["authors", "conditions", "phases", "start_position", "dose"],
        "guidance" => &["authors", "conditions", "sources"],
        "conditions" => &["authors", "sources"],
        "phases" => &["authors", "order"],
        "medicines" => &[
            "status",
            "authors",
            "conditions",
            "sources",
            "generic_name",
            "legal_status",
            "guideline_position",
        ],
        "plans" => &["authors", "conditions", "phases", "goal", "items"],
        "glossary" => &["authors", "definition"],
        "safety" => &["authors", "sources", "emergency"],
        _ => &["authors"],
    }
}

/// Whether another published page names `page` in a field or leads to it.
fn is_named(world: &'static World, page: &Text<'_>) -> bool {
    let id = page.id();
    let links = [format!("{id}.md"), format!("[[{id}"), format!("/{id}|"), format!("/{id}]")];
    world.pages().into_iter().filter(|other| other.path != page.path && other.is_published()).any(|other| {
        let is_named = |field: &Field| {
            REFERENCES.contains(&other.key(field))
                && (other.value(field) == id || other.items(field).iter().any(|item| other.of(item) == id))
        };
        other.fields.iter().any(is_named) || links.iter().any(|link| other.text.contains(link.as_str()))
    })
}

fn left_out(world: &'static World, needed: fn(&Text<'_>) -> &'static [&'static str]) -> Vec<Slip> {
    let mut slips = Vec::new();
    for page in world.pages().iter().filter(|page| page.is_published()) {
        for field in needed(page).iter().filter_map(|name| page.field(name)) {
            let slip = Slip::delete(page.path, field.block.clone());
            slips.push(slip.found_at(&["missing-field"], page.fence()));
        }
    }
    slips
}
