//! Mistakes in how front matter and registers are written down.

use std::ops::Range;

use crate::kind::Kind;
use crate::slip::Slip;
use crate::text::{Field, Text};
use crate::world::World;

const SYNTAX: &[&str] = &["yaml-syntax"];
const ALIAS: &[&str] = &["yaml-alias"];

pub const KINDS: &[Kind] = &[
    Kind::new("the opening line of the front matter is missing", |world| {
        let slip = |page: &Text<'_>| {
            Slip::delete(page.path, page.whole_lines[0].clone())
                .found_at(&["front-matter-missing"], page.opening..page.opening + page.lines[1].len())
        };
        world.pages().into_iter().map(slip).collect()
    }),
    Kind::new("the closing line of the front matter is missing", |world| {
        let slip = |page: &Text<'_>| {
            Slip::delete(page.path, page.closing..page.body)
                .found_at(&["front-matter-unclosed"], page.fence())
        };
        world.pages().into_iter().map(slip).collect()
    }),
    Kind::new("something stands before the front matter", |world| {
        let slip = |page: &Text<'_>| {
            let slip = Slip::insert(page.path, page.opening, format!("# Title{}", page.ending()));
            slip.found_at(&["front-matter-missing"], page.opening..page.opening + "# Title".len())
        };
        world.pages().into_iter().map(slip).collect()
    }),
    Kind::new("the opening line has too few hyphens", |world| {
        let slip = |page: &Text<'_>| {
            let place = page.opening..page.opening + 2;
            Slip::delete(page.path, place.clone().start..place.start + 1)
                .found_at(&["front-matter-missing"], place)
        };
        world.pages().into_iter().map(slip).collect()
    }),
    Kind::new("words stand behind the hyphens of the closing line", |world| {
        let slip = |page: &Text<'_>| {
            let end = page.closing + 3;
            Slip::insert(page.path, end, " end").found_at(&["front-matter-unclosed"], page.closing..end + 4)
        };
        world.pages().into_iter().map(slip).collect()
    }),
    Kind::new("the closing line has too few hyphens", |world| {
        let slip = |page: &Text<'_>| {
            Slip::delete(page.path, page.closing..page.closing + 1)
                .found_at(&["front-matter-unclosed"], page.closing..page.closing + 2)
        };
        world.pages().into_iter().map(slip).collect()
    }),
    Kind::new("a colon has no space after it", |world| {
        fields(world, |text, field| {
            let is_meant = !field.value.is_empty() && field.dash.is_none();
            is_meant.then(|| {
                let slip = Slip::delete(text.path, field.key.end + 1..field.value.start);
                slip.found_at(SYNTAX, field.key.end..field.key.end + 1)
            })
        })
    }),
    Kind::new("a key has no colon", |world| {
        fields(world, |text, field| {
            let is_meant = !field.value.is_empty() && field.dash.is_none();
            is_meant.then(|| {
                let slip = Slip::delete(text.path, field.key.end..field.key.end + 1);
                // Where it is the only line, what is left is a text in place of fields.
                slip.found_from(&["yaml-syntax", "wrong-type"], field.key.start)
            })
        })
    }),
    Kind::new("a tab indents a line", |world| {
        fields(world, |text, field| {
            let line = text.lines[field.line].start;
            let indent = field.dash.unwrap_or(line + field.indent) - line;
            (indent > 0).then(|| Slip::replace(text.path, line..line + indent, "\t").found(SYNTAX))
        })
    }),
    Kind::new("a key inside is indented by one space too many", |world| {
        neighbours(world, |text, field| {
            Slip::insert(text.path, field.key.start, " ").found_from(SYNTAX, field.key.start + 1)
        })
    }),
    Kind::new("a key inside is indented by one space too few", |world| {
        neighbours(world, |text, field| {
            let start = field.key.start - 1;
            Slip::delete(text.path, start..field.key.start).found_from(SYNTAX, start)
        })
    }),
    Kind::new("a key outside is indented by one space", |world| {
        fields(world, |text, field| {
            let is_meant = field.parents.is_empty() && field.line > 1 && !field.key.is_empty();
            let is_meant = is_meant && text.path.ends_with(".md");
            is_meant.then(|| {
                Slip::insert(text.path, field.key.start, " ").found_from(SYNTAX, field.key.start + 1)
            })
        })
    }),
    Kind::new("the dash of a list has no space after it", |world| {
        fields(world, |text, field| {
            let dash = field.dash?;
            Some(Slip::delete(text.path, dash + 1..dash + 2).found_from(SYNTAX, dash))
        })
    }),
    Kind::new("an item of a list is indented by one space too many", |world| {
        fields(world, |text, field| {
            let dash = field.dash?;
            let is_first = text.fields.iter().rfind(|other| other.line < field.line)?.dash.is_none()
                && text.fields.iter().rfind(|other| other.line < field.line)?.parents.len()
                    < field.parents.len();
            (!is_first).then(|| {
                Slip::insert(text.path, dash, " ").found_from(&["yaml-syntax", "misread-value"], dash + 1)
            })
        })
    }),
    Kind::new("the opening quote of a value is missing", |world| {
        fields(world, |text, field| {
            let value = text.value(field);
            let colon = value.find(": ").filter(|_| value.starts_with('"'))?;
            let start = field.value.start;
            let slip = Slip::delete(text.path, start..start + 1);
            Some(slip.found_at(SYNTAX, start + colon - 1..start + colon))
        })
    }),
    Kind::new("the closing quote of a value is missing", |world| {
        fields(world, |text, field| {
            let is_quoted = text.value(field).starts_with('"');
            is_quoted.then(|| {
                let slip = Slip::delete(text.path, field.value.end - 1..field.value.end);
                slip.found_at(SYNTAX, field.value.start..field.value.start + 1)
            })
        })
    }),
    Kind::new("the closing quote of a value is of the other kind", |world| {
        fields(world, |text, field| {
            let is_quoted = text.value(field).starts_with('"');
            is_quoted.then(|| {
                let slip = Slip::replace(text.path, field.value.end - 1..field.value.end, "'");
                slip.found_at(SYNTAX, field.value.start..field.value.start + 1)
            })
        })
    }),
    Kind::new("a quoted value holds quotes of its own", |world| {
        fields(world, |text, field| {
            let value = text.value(field);
            let space = value.find(' ').filter(|_| value.starts_with('"'))? + field.value.start;
            // The quote that seems to close the value is followed by a word.
            let slip = Slip::insert(text.path, space + 1, "\"low\" ");
            Some(slip.found_from(SYNTAX, space + 2))
        })
    }),
    Kind::new("there are words after the closing quote", |world| {
        fields(world, |text, field| {
            let is_quoted = text.value(field).starts_with('"');
            is_quoted.then(|| {
                let slip = Slip::insert(text.path, field.value.end, " again");
                slip.found_from(SYNTAX, field.value.end + 1)
            })
        })
    }),
    Kind::new("a value with a colon has no quotes", |world| {
        words(world, |text, field, space| {
            let _ = field;
            Slip::insert(text.path, space, ":").found_at(SYNTAX, space..space + 1)
        })
    }),
    Kind::new("a value with a colon has the quotes of print", |world| {
        words(world, |text, field, space| {
            let _ = space;
            let slip = Slip::replace(text.path, field.value.clone(), "“Backs: what they are”");
            let colon = field.value.start + "“Backs".len();
            slip.found_at(SYNTAX, colon..colon + 1)
        })
    }),
    Kind::new("a value begins with an at sign", |world| {
        words(world, |text, field, _| {
            Slip::insert(text.path, field.value.start, "@").found_from(SYNTAX, field.value.start)
        })
    }),
    Kind::new("a value begins with a backtick", |world| {
        words(world, |text, field, _| {
            Slip::insert(text.path, field.value.start, "`").found_from(SYNTAX, field.value.start)
        })
    }),
    Kind::new("a value begins with a percent sign", |world| {
        words(world, |text, field, _| {
            Slip::insert(text.path, field.value.start, "%").found_from(SYNTAX, field.value.start)
        })
    }),
    Kind::new("a value begins with a word in square brackets", |world| {
        words(world, |text, field, _| {
            let start = field.value.start;
            Slip::insert(text.path, start, "[New] ").found_at(SYNTAX, start..start + 1)
        })
    }),
    Kind::new("a value begins with a hyphen and a space", |world| {
        words(world, |text, field, _| {
            Slip::insert(text.path, field.value.start, "- ").found_from(SYNTAX, field.value.start)
        })
    }),
    Kind::new("a value begins with an asterisk", |world| {
        words(world, |text, field, _| {
            let start = field.value.start;
            Slip::insert(text.path, start, "*").found_at(SYNTAX, start..start + 1)
        })
    }),
    Kind::new("a value of one word begins with an asterisk", |world| {
        fields(world, |text, field| {
            let is_word = text.value(field).bytes().all(|b| b.is_ascii_lowercase());
            let is_meant = is_word && !field.value.is_empty() && !field.key.is_empty();
            let range = field.value.start..field.value.end + 1;
            is_meant.then(|| Slip::insert(text.path, range.start, "*").found_at(ALIAS, range))
        })
    }),
    Kind::new("a value begins with an ampersand", |world| {
        words(world, |text, field, space| {
            // With a comma behind it, the word is no name of an anchor, and the sign alone is wrong.
            let is_name = !text.of(&(field.value.start..space)).ends_with(',');
            let end = if is_name { space + 1 } else { field.value.start + 1 };
            let rules = if is_name { ALIAS } else { SYNTAX };
            Slip::insert(text.path, field.value.start, "&").found_at(rules, field.value.start..end)
        })
    }),
    Kind::new("a value begins with an exclamation mark", |world| {
        words(world, |text, field, space| {
            let range = field.value.start..space + 1;
            Slip::insert(text.path, field.value.start, "!").found_at(ALIAS, range)
        })
    }),
    Kind::new("fields are taken over with a merge key", |world| {
        fields(world, |text, field| {
            let is_meant = field.parents.is_empty() && text.path.ends_with(".md");
            let at = field.block.start;
            is_meant.then(|| {
                let slip = Slip::insert(text.path, at, format!("<<: *base{}", text.ending()));
                slip.found_from(ALIAS, at)
            })
        })
    }),
    Kind::new("a field stands on the line of the one above", |world| {
        let mut slips = Vec::new();
        for page in world.pages() {
            for pair in page.fields.windows(2) {
                let [above, field] = pair else { continue };
                let value = page.value(above);
                let is_open = value.starts_with(['"', '\'', '[', '{']) || value.is_empty();
                let is_beside =
                    above.parents == field.parents && above.dash.is_none() && field.dash.is_none();
                if is_beside && !is_open && !field.key.is_empty() && above.line + 1 == field.line {
                    let end = page.lines[above.line].end;
                    let slip = Slip::replace(page.path, end..field.key.start, " ");
                    slips.push(slip.found_at(SYNTAX, end + 1..end + 1 + field.key.len()));
                }
            }
        }
        slips
    }),
    Kind::new("the lines of a list have no hyphens", |world| {
        let mut slips = Vec::new();
        for page in world.pages() {
            for field in page.top() {
                let items = page.items(field);
                if let [first, second, ..] = &items[..] {
                    let lines: Vec<String> =
                        [first, second].map(|item| format!("{}  {}", page.ending(), page.of(item))).into();
                    let start = field.value.start - 1 + page.ending().len() + 3;
                    let with = lines.concat();
                    let end = field.value.start - 1 + with.len();
                    let slip = Slip::replace(page.path, field.value.start - 1..field.value.end, with);
                    slips.push(slip.found_at(&["wrong-type"], start - 1..end));
                }
            }
        }
        slips
    }),
    Kind::new("three hyphens stand in the middle of the front matter", |world| {
        let mut slips = Vec::new();
        for page in world.pages() {
            for field in page.top().skip(2) {
                let at = field.block.start;
                let slip = Slip::insert(page.path, at, format!("---{}", page.ending()));
                slips.push(slip.found_at(&["front-matter-unclosed"], at..at + 3));
            }
        }
        slips
    }),
    Kind::new("a list is not closed", |world| {
        lists(world, |text, field| {
            let slip = Slip::delete(text.path, field.value.end - 1..field.value.end);
            Some(slip.found_at(SYNTAX, field.value.start..field.value.start + 1))
        })
    }),
    Kind::new("a list is not opened", |world| {
        lists(world, |text, field| {
            let slip = Slip::delete(text.path, field.value.start..field.value.start + 1);
            Some(slip.found_at(&["wrong-type", "yaml-syntax"], field.value.start..field.value.end - 1))
        })
    }),
    Kind::new("a list is closed with a round bracket", |world| {
        lists(world, |text, field| {
            let slip = Slip::replace(text.path, field.value.end - 1..field.value.end, ")");
            Some(slip.found_at(SYNTAX, field.value.start..field.value.start + 1))
        })
    }),
    Kind::new("a list has a comma too many", |world| {
        lists(world, |text, field| {
            let comma = text.value(field).find(',')? + field.value.start;
            Some(Slip::insert(text.path, comma, ",").found_at(SYNTAX, comma + 1..comma + 2))
        })
    }),
    Kind::in_clinic("fields in braces are not closed", |world| {
        braces(world, |text, value| {
            let slip = Slip::delete(text.path, value.end - 1..value.end);
            slip.found_at(SYNTAX, value.start..value.start + 1)
        })
    }),
    Kind::in_clinic("fields in braces lack a comma", |world| {
        braces(world, |text, value| {
            let comma = text.of(&value).find(',').unwrap() + value.start;
            // What now holds two fields is a value with a colon.
            let colon = text.text[comma..].find(':').unwrap() + comma - 1;
            Slip::delete(text.path, comma..comma + 1).found_from(SYNTAX, colon)
        })
    }),
    Kind::new("a byte of a value is not UTF-8", |world| {
        words(world, |text, field, space| {
            let _ = field;
            Slip::insert(text.path, space, vec![0xe4]).found_from(&["not-utf8"], space)
        })
    }),
    Kind::new("a value holds a control character", |world| {
        words(world, |text, field, space| {
            let _ = field;
            Slip::insert(text.path, space, "\u{7}").found(&["control-character"])
        })
    }),
    Kind::new("a no-break space stands after a colon", |world| {
        fields(world, |text, field| {
            let is_meant = !field.value.is_empty() && !field.key.is_empty() && field.dash.is_none();
            is_meant.then(|| {
                let slip = Slip::replace(text.path, field.key.end + 1..field.value.start, "\u{a0}");
                slip.found_from(SYNTAX, field.key.end)
            })
        })
    }),
    Kind::new("a no-break space stands after the dash of a list", |world| {
        fields(world, |text, field| {
            let dash = field.dash?;
            let slip = Slip::replace(text.path, dash + 1..dash + 2, "\u{a0}");
            Some(slip.found_from(&["yaml-syntax", "misread-value"], dash))
        })
    }),
    Kind::new("no-break spaces indent a line", |world| {
        neighbours(world, |text, field| {
            let start = text.lines[field.line].start;
            let slip = Slip::replace(text.path, start..start + field.indent, "\u{a0}".repeat(field.indent));
            slip.found_from(SYNTAX, start)
        })
    }),
];

/// A slip for every line of front matter and registers.
pub fn fields(world: &'static World, slip: fn(&Text<'_>, &Field) -> Option<Slip>) -> Vec<Slip> {
    let mut slips = Vec::new();
    for text in world.yaml() {
        slips.extend(text.fields.iter().filter_map(|field| slip(text, field)));
    }
    slips
}

/// A slip for every key inside of another with one right above that lies as deep.
fn neighbours(world: &'static World, slip: fn(&Text<'_>, &Field) -> Slip) -> Vec<Slip> {
    let mut slips = Vec::new();
    for text in world.yaml() {
        for pair in text.fields.windows(2) {
            let [above, field] = pair else { continue };
            let is_alike = above.parents == field.parents && above.indent == field.indent;
            if is_alike && field.dash.is_none() && !field.parents.is_empty() && !field.key.is_empty() {
                slips.push(slip(text, field));
            }
        }
    }
    slips
}

/// A slip for every value of some words without quotes, with the place of its first space.
pub fn words(world: &'static World, slip: fn(&Text<'_>, &Field, usize) -> Slip) -> Vec<Slip> {
    let names =
        ["title", "summary", "goal", "note", "publisher", "progress_when", "move_on_when", "definition"];
    let mut slips = Vec::new();
    for text in world.yaml() {
        for field in text.fields.iter().filter(|field| names.contains(&text.key(field))) {
            let value = text.value(field);
            let is_plain = value.starts_with(char::is_alphabetic) && !value.contains(": ");
            if let Some(space) = value.find(' ').filter(|_| is_plain) {
                slips.push(slip(text, field, field.value.start + space));
            }
        }
    }
    slips
}

/// A slip for every list in brackets.
fn lists(world: &'static World, slip: fn(&Text<'_>, &Field) -> Option<Slip>) -> Vec<Slip> {
    let mut slips = Vec::new();
    for text in world.yaml() {
        let fields = text.fields.iter().filter(|field| text.value(field).starts_with('['));
        slips.extend(fields.filter_map(|field| slip(text, field)));
    }
    slips
}

/// A slip for every mapping in braces.
fn braces(world: &'static World, slip: fn(&Text<'_>, Range<usize>) -> Slip) -> Vec<Slip> {
    let mut slips = Vec::new();
    for text in world.yaml() {
        let fields = text.fields.iter().filter(|field| text.value(field).starts_with('{'));
        slips.extend(fields.map(|field| slip(text, field.value.clone())));
    }
    slips
}
