//! Values of the wrong type, out of bounds, or not among those that a field takes.

use crate::kind::Kind;
use crate::slip::Slip;
use crate::text::{Field, Text};
use crate::world::World;

pub const KINDS: &[Kind] = &[
    Kind::new("a list is written without its brackets", |world| {
        changed(world, &["wrong-type"], |text, field| {
            (!text.items(field).is_empty()).then(|| text.value(field).trim_matches(['[', ']']).to_owned())
        })
    }),
    Kind::new("a text is written as a list", |world| {
        changed(world, &["wrong-type"], |text, field| {
            let is_text =
                ["title", "summary", "goal", "note", "definition", "publisher", "name", "start_position"];
            let value = text.value(field).trim_matches('"').replace([',', '[', ']', ':', '#'], "");
            is_text.contains(&text.key(field)).then(|| format!("[{value}]"))
        })
    }),
    Kind::new("a text is written as a number", |world| {
        changed(world, &["wrong-type"], |text, field| {
            let is_text = ["title", "summary", "goal", "note", "definition", "publisher", "name", "category"];
            is_text.contains(&text.key(field)).then(|| "12".to_owned())
        })
    }),
    Kind::new("a number is written as a word", |world| {
        changed(world, &["wrong-type", "invalid-value"], |text, field| {
            let is_number = ["order", "times", "cards_per_page", "days", "sets", "reps", "year"];
            is_number.contains(&text.key(field)).then(|| "three".to_owned())
        })
    }),
    Kind::new("a yes or no is written as a word", |world| {
        changed(world, &["wrong-type"], |text, field| {
            ["pain_score", "active"].contains(&text.key(field)).then(|| "yes".to_owned())
        })
    }),
    Kind::new("a text is written as fields of its own", |world| {
        let mut slips = Vec::new();
        for page in world.pages() {
            for field in ["title", "summary", "goal"].iter().filter_map(|name| page.field(name)) {
                let start = field.value.start - 1;
                let with = format!("{}  en: Something", page.ending());
                let key = start + page.ending().len() + 2;
                let slip = Slip::replace(page.path, start..field.value.end, with);
                slips.push(slip.found_from(&["wrong-type"], key));
            }
        }
        slips
    }),
    Kind::new("fields of their own are written as a text", |world| {
        let mut slips = Vec::new();
        for page in world.pages() {
            let names = ["dose", "guideline_position", "warnings", "diary", "codes", "items"];
            for field in page.fields.iter().filter(|field| names.contains(&page.key(field))) {
                let end = page.of(&field.block).trim_end().len() + field.block.start;
                let slip = Slip::replace(page.path, field.key.end..end, ": as needed");
                let start = field.key.end + 2;
                slips.push(slip.found_at(&["wrong-type"], start..start + "as needed".len()));
            }
        }
        slips
    }),
    Kind::new("a value is left empty", |world| {
        let mut slips = Vec::new();
        for text in world.yaml() {
            let names =
                ["title", "summary", "authors", "conditions", "goal", "category", "reps", "hold", "name"];
            let is_meant = |field: &&Field| names.contains(&text.key(field)) && !field.value.is_empty();
            for field in text.fields.iter().filter(is_meant) {
                let slip = Slip::delete(text.path, field.key.end + 1..field.value.end);
                // It is missed where it ought to begin.
                let place = field.key.end + 1..field.key.end + 1;
                slips.push(slip.found_at(&["wrong-type"], place));
            }
        }
        slips
    }),
    Kind::new("a list is left empty", |world| {
        changed(world, &["out-of-range"], |text, field| {
            (!text.items(field).is_empty()).then(|| "[]".to_owned())
        })
    }),
    Kind::new("a number is out of bounds", |world| {
        changed(world, &["out-of-range", "invalid-value"], |text, field| {
            let wrong = match text.key(field) {
                "sets" | "times" => "11",
                "reps" => "51",
                "cards_per_page" => "5",
                "days" => "10",
                "year" => "20015",
                _ => return None,
            };
            Some(wrong.to_owned())
        })
    }),
    Kind::new("a digit of a number is doubled", |world| {
        changed(world, &["out-of-range", "invalid-value"], |text, field| {
            let most = match text.key(field) {
                "sets" | "times" | "effort" => 10,
                "reps" => 50,
                "cards_per_page" => 4,
                "year" => 2999,
                _ => return None,
            };
            let value = text.value(field);
            let doubled = format!("{value}{}", &value[value.len() - 1..]);
            doubled.parse::<u64>().ok().filter(|number| *number > most)?;
            Some(doubled)
        })
    }),
    Kind::new("two digits of a year are swapped", |world| {
        changed(world, &["date-in-future"], |text, field| {
            let value = text.value(field);
            let year = value.parse::<u32>().ok().filter(|_| text.key(field) == "year")?;
            let swapped = year / 100 * 100 + year % 10 * 10 + year % 100 / 10;
            // What comes out in the year after this one may be dated so.
            (swapped > 2027).then(|| swapped.to_string())
        })
    }),
    Kind::new("a text is too long", |world| {
        changed(world, &["out-of-range"], |text, field| {
            let long = "Stretch straight through strength, breathe, öh, through each stretched breath, then \
                        stretch straight through.";
            match text.key(field) {
                "title" if text.path.ends_with(".md") => Some(long[..long.len() - 1].to_owned()),
                // What has changed may take a longer text.
                "summary" if text.field("summary").is_some_and(|first| first.value == field.value) => {
                    Some(format!("{long} {long} {long}"))
                }
                _ => None,
            }
        })
    }),
    Kind::new("a word is misspelt where a field takes only some", |world| {
        changed(world, &["invalid-value"], |text, field| {
            let value = choice(text, field)?;
            Some(format!("{}{}", &value[..1], &value[2..]))
        })
    }),
    Kind::new("a word has a capital letter where a field takes only some", |world| {
        changed(world, &["invalid-value"], |text, field| {
            let value = choice(text, field)?;
            Some(format!("{}{}", value[..1].to_uppercase(), &value[1..]))
        })
    }),
    Kind::new("a time has no unit", |world| {
        changed(world, &["invalid-value", "wrong-type"], |text, field| {
            time(text, field).map(|value| value.trim_end_matches(char::is_alphabetic).to_owned())
        })
    }),
    Kind::new("a time has a unit that is not known", |world| {
        changed(world, &["invalid-value"], |text, field| {
            time(text, field).map(|value| format!("{}h", value.trim_end_matches(char::is_alphabetic)))
        })
    }),
    Kind::new("a range goes down", |world| {
        changed(world, &["out-of-range", "invalid-value"], |text, field| {
            ["sets", "reps"].contains(&text.key(field)).then(|| "8-5".to_owned())
        })
    }),
    Kind::new("a range is written in words", |world| {
        changed(world, &["invalid-value", "wrong-type"], |text, field| {
            ["sets", "reps"].contains(&text.key(field)).then(|| "5 or more".to_owned())
        })
    }),
    Kind::new("a length of time is not written as one", |world| {
        changed(world, &["invalid-value"], |text, field| {
            (text.key(field) == "review_after").then(|| "4 weeks".to_owned())
        })
    }),
    Kind::new("a list names the same thing twice", |world| {
        let mut slips = Vec::new();
        for page in world.pages() {
            for field in page.top() {
                let items = page.items(field);
                let Some((first, last)) = items.first().zip(items.last()) else { continue };
                let again = page.of(first);
                let start = last.end + 2;
                let slip = Slip::insert(page.path, last.end, format!(", {again}"));
                slips.push(slip.found_at(&["invalid-value"], start..start + again.len()));
            }
        }
        slips
    }),
    Kind::new("a clinical code has not the form of its system", |world| {
        changed(world, &["invalid-value"], |text, field| {
            (text.key(field) == "code").then(|| "M543".to_owned())
        })
    }),
    Kind::new("an address on the web has no scheme", |world| {
        changed(world, &["invalid-value"], |text, field| {
            (text.key(field) == "url").then(|| text.value(field).trim_start_matches("https://").to_owned())
        })
    }),
    Kind::new("the number of a publication is cut short", |world| {
        changed(world, &["invalid-value"], |text, field| {
            (text.key(field) == "doi").then(|| "\"10.1002\"".to_owned())
        })
    }),
];

/// Every value of pages and registers that `change` makes another one of.
pub fn changed(
    world: &'static World,
    rules: &'static [&'static str],
    change: fn(&Text<'_>, &Field) -> Option<String>,
) -> Vec<Slip> {
    let mut slips = Vec::new();
    for text in world.yaml() {
        for field in text.fields.iter().filter(|field| !field.key.is_empty() && !field.value.is_empty()) {
            if let Some(value) = change(text, field) {
                slips.push(Slip::replace(text.path, field.value.clone(), value).found(rules));
            }
        }
    }
    slips
}

/// The value of a field that takes only some words.
fn choice<'t>(text: &Text<'t>, field: &Field) -> Option<&'t str> {
    let names = [
        "status",
        "category",
        "start_position",
        "evidence",
        "legal_status",
        "per",
        "side",
        "says",
        "aspect",
        "role",
        "type",
        "system",
    ];
    names.contains(&text.key(field)).then(|| text.value(field))
}

/// The value of a field that takes a time.
fn time<'t>(text: &Text<'t>, field: &Field) -> Option<&'t str> {
    ["hold", "rest", "duration"].contains(&text.key(field)).then(|| text.value(field))
}
