//! One slip in the layout of front matter or of a register that YAML takes for many: a line that is lost, a hyphen too
//! many or too few, an item or a field in the wrong column, a sign in the place of another.

use crate::kind::Kind;
use crate::slip::Slip;
use crate::text::{Field, Text};
use crate::world::World;

const SYNTAX: &[&str] = &["yaml-syntax"];

pub const KINDS: &[Kind] = &[
    Kind::new("the line with the id of an entry is lost", |world| {
        entries(world, |register, entry, first| {
            let line = register.whole_lines[entry.line].clone();
            let start = first.key.start - line.len();
            Some(Slip::delete(register.path, line).found_at(SYNTAX, start..start + first.key.len()))
        })
    }),
    Kind::new("a hyphen stands before the id of an entry", |world| {
        entries(world, |register, entry, _| {
            let at = entry.key.start;
            Some(Slip::insert(register.path, at, "- ").found_at(SYNTAX, at..at + 1))
        })
    }),
    Kind::new("an at sign stands before the id of an entry", |world| {
        entries(world, |register, entry, _| {
            let place = entry.key.start..entry.key.end + 1;
            Some(Slip::insert(register.path, place.start, "@").found_at(&["invalid-value"], place))
        })
    }),
    Kind::new("slashes stand before a field of an entry", |world| {
        entries(world, |register, _, first| {
            let at = first.key.start;
            Some(Slip::insert(register.path, at, "// ").found_from(&["yaml-syntax", "unknown-field"], at))
        })
    }),
    Kind::new("the first field of an entry is indented by one space too many", |world| {
        entries(world, |register, entry, first| {
            let is_alone = inside(register, entry).count() < 2;
            let place = first.key.start + 1..first.key.end + 1;
            (!is_alone).then(|| Slip::insert(register.path, place.start - 1, " ").found_at(SYNTAX, place))
        })
    }),
    Kind::new("the first field of an entry is indented by one space too few", |world| {
        entries(world, |register, entry, first| {
            let is_alone = inside(register, entry).count() < 2;
            let place = first.key.start - 1..first.key.end - 1;
            let slip = Slip::delete(register.path, place.start..first.key.start);
            (!is_alone).then(|| slip.found_at(SYNTAX, place))
        })
    }),
    Kind::new("the line with the name of a group is lost", |world| {
        groups(world, |page, group, first| {
            let line = page.whole_lines[group.line].clone();
            // Signs of a list that follows another are taken for more of its own.
            let is_told = !first.key.is_empty() || page.key(group) == "emergency";
            let place = first.dash.map_or(first.key.clone(), |dash| dash..dash + 1);
            let place = place.start - line.len()..place.end - line.len();
            is_told.then(|| Slip::delete(page.path, line).found_at(SYNTAX, place))
        })
    }),
    Kind::new("the first field of a group begins with a hyphen", |world| {
        groups(world, |page, group, first| {
            let is_alone = inside(page, group).count() < 2;
            let at = first.key.start;
            let is_meant = first.dash.is_none() && !is_alone;
            is_meant.then(|| Slip::insert(page.path, at, "- ").found_at(SYNTAX, at..at + 1))
        })
    }),
    Kind::new("an item with fields is indented two spaces too far", |world| {
        items(world, |page, item| {
            let lines: Vec<String> =
                page.of(&item.block).split_inclusive('\n').map(|line| format!("  {line}")).collect();
            let dash = item.dash.unwrap() + 2;
            Slip::replace(page.path, item.block.clone(), lines.concat()).found_at(SYNTAX, dash..dash + 1)
        })
    }),
    Kind::new("the hyphen of an item with fields stands at the left edge", |world| {
        items(world, |page, item| {
            let (start, dash) = (page.lines[item.line].start, item.dash.unwrap());
            Slip::delete(page.path, start..dash).found_at(SYNTAX, start..start + 1)
        })
    }),
    Kind::new("an item with fields has no hyphen", |world| {
        items(world, |page, item| {
            let dash = item.dash.unwrap();
            Slip::replace(page.path, dash..dash + 1, " ").found_at(SYNTAX, item.key.clone())
        })
    }),
    Kind::new("an item with fields begins with the dash of a word processor", |world| {
        items(world, |page, item| {
            let dash = item.dash.unwrap();
            let slip = Slip::replace(page.path, dash..dash + 1, "–");
            slip.found_from(&["yaml-syntax", "misread-value"], dash)
        })
    }),
    Kind::new("the first line of an item is lost", |world| {
        let mut slips = Vec::new();
        for page in world.pages() {
            for pair in page.fields.windows(2) {
                let [item, below] = pair else { continue };
                let is_item = item.dash.is_some() && !item.key.is_empty();
                if is_item && below.dash.is_none() && below.indent == item.indent && is_counted(page, item) {
                    let line = page.whole_lines[item.line].clone();
                    let start = below.key.start - line.len();
                    let slip = Slip::delete(page.path, line);
                    slips.push(slip.found_at(SYNTAX, start..start + below.key.len()));
                }
            }
        }
        slips
    }),
    Kind::new("a field of an item stands at the left edge", |world| {
        let mut slips = Vec::new();
        for page in world.pages() {
            for (at, field) in page.fields.iter().enumerate() {
                let is_note = page.key(field) == "note" && field.dash.is_none();
                let is_below_item = at > 0 && page.fields[at - 1].dash.is_some();
                if is_note && is_below_item {
                    let start = page.lines[field.line].start;
                    let slip = Slip::delete(page.path, start..field.key.start);
                    slips.push(slip.found_at(&["field-not-indented"], start..start + field.key.len()));
                }
            }
        }
        slips
    }),
    Kind::new("the colon of a field stands before the last letter of its name", |world| {
        let mut slips = Vec::new();
        for text in world.yaml() {
            for field in text.fields.iter().filter(|field| !field.value.is_empty() && field.key.len() > 3) {
                let key = text.key(field);
                let (begin, end) = key.split_at(key.len() - 1);
                let range = field.key.start..field.key.end + 1;
                let slip = Slip::replace(text.path, range, format!("{begin}:{end}"));
                slips.push(slip.found(SYNTAX));
            }
        }
        slips
    }),
];

/// The fields below `field` that lie in nothing else.
fn inside<'t>(text: &'t Text<'_>, field: &'t Field) -> impl Iterator<Item = &'t Field> {
    let below = text.fields.iter().filter(|other| other.line > field.line);
    let indent = below.clone().next().map_or(0, |first| first.indent);
    below.take_while(|other| other.indent > field.indent).filter(move |other| other.indent == indent)
}

/// A slip for every entry of a register that has others, with its first field.
fn entries(world: &'static World, slip: fn(&Text<'_>, &Field, &Field) -> Option<Slip>) -> Vec<Slip> {
    let mut slips = Vec::new();
    for register in world.registers() {
        let entries: Vec<&Field> = register.top().filter(|entry| entry.value.is_empty()).collect();
        if entries.len() > 1 {
            slips.extend(
                entries
                    .into_iter()
                    .filter_map(|entry| slip(register, entry, inside(register, entry).next()?)),
            );
        }
    }
    slips
}

/// A slip for every field of a page with fields or items below it, of which the first is given.
fn groups(world: &'static World, slip: fn(&Text<'_>, &Field, &Field) -> Option<Slip>) -> Vec<Slip> {
    let mut slips = Vec::new();
    for page in world.pages() {
        let groups = page.fields.iter().filter(|field| field.value.is_empty() && field.dash.is_none());
        slips.extend(groups.filter_map(|group| slip(page, group, inside(page, group).next()?)));
    }
    slips
}

/// Whether the list of `item` has so many items that one is the odd one out.
fn is_counted(page: &Text<'_>, item: &Field) -> bool {
    let is_alike = |other: &&Field| other.dash.is_some() && other.parents == item.parents;
    page.fields.iter().filter(is_alike).count() > 2
}

/// A slip for every item with fields of a list of a page.
fn items(world: &'static World, slip: fn(&Text<'_>, &Field) -> Slip) -> Vec<Slip> {
    let mut slips = Vec::new();
    for page in world.pages() {
        let items = page.fields.iter().filter(|field| field.dash.is_some() && !field.key.is_empty());
        slips.extend(items.filter(|item| is_counted(page, item)).map(|item| slip(page, item)));
    }
    slips
}
