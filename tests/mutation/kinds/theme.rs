//! Mistakes in templates, in the words of a theme and in schemas.

use std::ops::Range;

use regex::Regex;

use crate::kind::Kind;
use crate::slip::Slip;
use crate::text::Text;
use crate::world::World;

const TEMPLATE: &[&str] = &["template-error"];
const SCHEMA: &[&str] = &["bad-schema"];

pub const KINDS: &[Kind] = &[
    Kind::new("a template names a value that is not there", |world| {
        values(world, |file, value| {
            let field = value.start + file.of(&value).rfind('.').unwrap() + 1;
            let slip = Slip::insert(file.path, field, "x");
            Some(slip.found_at(TEMPLATE, field..value.end + 1))
        })
    }),
    Kind::new("a template misspells the name of a value", |world| names(world, |_| true)),
    Kind::new("a condition of a template misspells the name of a value", |world| {
        names(world, |tag| ["if", "elif"].contains(&first_word(tag)))
    }),
    Kind::new("a loop of a template misspells the name of a value", |world| {
        names(world, |tag| first_word(tag) == "for")
    }),
    Kind::new("a call in a template misspells the name of a value", |world| {
        names(world, |tag| tag.contains(['(', '<']))
    }),
    Kind::new("a component misspells an argument in its first line", |world| {
        arguments(world, |file, _, argument| {
            Slip::insert(file.path, argument.end, "x").found_at(TEMPLATE, argument.start..argument.end + 1)
        })
    }),
    Kind::new("a component leaves out an argument in its first line", |world| {
        arguments(world, |file, component, argument| {
            let at =
                if file.text[..argument.start].ends_with('@') { argument.start - 1 } else { argument.start };
            let rest = &file.text[argument.end..];
            let end = argument.end + rest.find([',', ')']).unwrap();
            let comma = if rest[end - argument.end..].starts_with(", ") { 2 } else { 0 };
            Slip::delete(file.path, at..end + comma).found_at(TEMPLATE, component)
        })
    }),
    Kind::new("a template misspells the name of a value that may be left out", |world| {
        let mut slips = Vec::new();
        for file in templates(world) {
            for at in file.places("{{ frame.title }}", 0) {
                let end = at + "{{ frame.title".len();
                let text = "x | default(value=\"\")";
                let slip = Slip::insert(file.path, end, text);
                slips.push(slip.found_at(TEMPLATE, end - "title".len()..end + 1));
            }
        }
        slips
    }),
    Kind::new("a template uses a filter that does not exist", |world| {
        values(world, |file, value| {
            let slip = Slip::insert(file.path, value.end, " | louder");
            let start = value.end + " | ".len();
            Some(slip.found_at(TEMPLATE, start..start + "louder".len()))
        })
    }),
    Kind::new("a value of a template is not closed", |world| {
        values(world, |file, value| {
            let end = file.text[value.end..].find("}}")? + value.end;
            // What comes next is where it is missed.
            let next = file.text[end + 2..].find(|c: char| !c.is_whitespace())? + end;
            Some(Slip::delete(file.path, end..end + 2).found_from(TEMPLATE, next))
        })
    }),
    Kind::new("a condition of a template is not closed", |world| {
        let mut slips = Vec::new();
        for file in templates(world) {
            // What comes next can't stand inside of a condition: there it is missed.
            if file.text.matches("endif").count() == 1 && file.text.matches("{% if ").count() == 1 {
                let at = file.text.find("endif").unwrap();
                let start = file.text[..at].rfind("{%").unwrap();
                let end = at + file.text[at..].find("%}").unwrap() + 2;
                let Some(next) = file.text[end..].find("endblock") else { continue };
                let slip = Slip::delete(file.path, start..end);
                slips.push(slip.found_from(TEMPLATE, next + start));
            }
        }
        slips
    }),
    Kind::new("a template builds on one that is not there", |world| {
        let mut slips = Vec::new();
        for file in templates(world) {
            if let Some(at) = file.text.find("extends \"") {
                let start = at + "extends ".len();
                let end = start + 1 + file.text[start + 1..].find('"').unwrap() + 1;
                slips.push(Slip::replace(file.path, start..end, "\"bass.html\"").found(TEMPLATE));
            }
        }
        slips
    }),
    Kind::new("the name of a word of the theme is misspelt", |world| {
        words(world, |file, line| {
            let start = file.lines[line].start;
            let key = file.of(&file.lines[line]).find(" = ").unwrap();
            let slip = Slip::insert(file.path, start + key, "x");
            slip.found_at(&["unknown-field"], start..start + key + 1)
        })
    }),
    Kind::new("a word of the theme has no quotes", |world| {
        words(world, |file, line| {
            let text = file.of(&file.lines[line]);
            let start = file.lines[line].start + text.find('"').unwrap();
            Slip::delete(file.path, start..start + 1).found_from(&["toml-syntax"], start)
        })
    }),
    Kind::in_clinic("a schema lacks a closing brace", |world| {
        schema(world, |file| {
            let end = file.text.rfind('}').unwrap();
            let start = file.text.find('{').unwrap();
            vec![Slip::delete(file.path, end..end + 1).found_from(SCHEMA, start)]
        })
    }),
    Kind::in_clinic("a schema lacks a comma", |world| {
        schema(world, |file| {
            let slip = |at: usize| Slip::delete(file.path, at..at + 1).found_at(SCHEMA, at..at);
            lines_that_end_with(file, ",").map(slip).collect()
        })
    }),
    Kind::in_clinic("a schema has a comma too many", |world| {
        schema(world, |file| {
            let slip = |at: usize| Slip::insert(file.path, at + 1, ",").found_from(SCHEMA, at + 1);
            lines_that_end_with(file, "\"").chain(lines_that_end_with(file, "0")).map(slip).collect()
        })
    }),
    Kind::in_clinic("a word of a schema is misspelt", |world| {
        keywords(world, |file, key| {
            let wrong = format!("{}{}", &file.of(&key)[..3], &file.of(&key)[4..]);
            let place = key.start - 1..key.end;
            Slip::replace(file.path, key, wrong).found_at(SCHEMA, place)
        })
    }),
    Kind::in_clinic("a word of a schema has a value of the wrong type", |world| {
        keywords(world, |file, key| {
            let start = key.end + 3;
            let line = file.text[start..].find(['\r', '\n']).unwrap() + start;
            let end = start + file.text[start..line].trim_end_matches(',').len();
            Slip::replace(file.path, start..end, "null").found(SCHEMA)
        })
    }),
];

/// The templates of the theme.
fn templates(world: &'static World) -> Vec<&'static Text<'static>> {
    world.texts(|path| path.starts_with("themes/clinic/templates/"))
}

/// A slip for every `{{ a.b }}` of templates that some page is made with.
fn values(world: &'static World, slip: fn(&Text<'_>, Range<usize>) -> Option<Slip>) -> Vec<Slip> {
    let mut slips = Vec::new();
    for file in templates(world) {
        // Without an address of the site there is none of a page.
        for at in file
            .places("{{ frame.", 0)
            .into_iter()
            .filter(|at| !file.text[*at..].starts_with("{{ frame.canonical"))
        {
            let start = at + 3;
            let length = file.text[start..]
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '_')
                .unwrap();
            slips.extend(slip(file, start..start + length));
        }
    }
    slips
}

/// A slip for every part of every dotted name in the tags for which `is_meant` is true: it has a letter too many.
fn names(world: &'static World, is_meant: fn(&str) -> bool) -> Vec<Slip> {
    let tag = Regex::new(r"(?s)\{#.*?#\}|\{\{(.*?)\}\}|\{%-?(.*?)%\}").unwrap();
    // What stands in quotes is no name.
    let dotted = Regex::new(r#""[^"]*"|\b[a-z_]+(?:\.[a-z_]+)+"#).unwrap();
    let mut slips = Vec::new();
    for file in templates(world) {
        let tags = tag.captures_iter(file.text).filter_map(|tag| tag.get(1).or(tag.get(2)));
        for tag in tags.filter(|tag| is_meant(tag.as_str())) {
            let paths =
                dotted.find_iter(tag.as_str()).filter(|path| path.as_str().starts_with(char::is_alphabetic));
            for path in paths {
                let mut start = tag.start() + path.start();
                for name in path.as_str().split('.') {
                    let end = start + name.len();
                    slips.push(Slip::insert(file.path, end, "x").found_at(TEMPLATE, start..end + 1));
                    start = end + 1;
                }
            }
        }
    }
    slips
}

/// A slip for every argument in the first line of a component that it asks for, and that its calls give or that it takes
/// from around them; it is made of the places of the component's name and of the argument's.
fn arguments(world: &'static World, slip: fn(&Text<'_>, Range<usize>, Range<usize>) -> Slip) -> Vec<Slip> {
    let line = Regex::new(r"\{%-? component (\w+)\(([^)]*)\)").unwrap();
    let argument = Regex::new(r#"(@?)(\w+)(?:=(?:"[^"]*"|[^,)]*))?"#).unwrap();
    let all: String = templates(world).iter().map(|file| file.text).collect();
    let mut slips = Vec::new();
    for file in templates(world) {
        for first in line.captures_iter(file.text) {
            let (name, inside) = (first.get(1).unwrap(), first.get(2).unwrap());
            for found in argument.captures_iter(inside.as_str()) {
                let word = found.get(2).unwrap();
                let call = Regex::new(&format!(r"<{}\b[^>]*\b{}=", name.as_str(), word.as_str())).unwrap();
                let rest = &file.text[inside.end()..];
                let body = &rest[..rest.find("endcomponent").unwrap()];
                let asked = Regex::new(&format!(r"\b{}\b", word.as_str())).unwrap();
                if !asked.is_match(body) || found[1].is_empty() && !call.is_match(&all) {
                    continue;
                }
                let start = inside.start() + word.start();
                slips.push(slip(file, name.range(), start..start + word.len()));
            }
        }
    }
    slips
}

/// The word that the inside of a tag begins with.
fn first_word(tag: &str) -> &str {
    tag.split_whitespace().next().unwrap_or("")
}

/// A slip for every line of the theme's words.
fn words(world: &'static World, slip: fn(&Text<'_>, usize) -> Slip) -> Vec<Slip> {
    let file = world.text("themes/clinic/i18n/en.toml");
    let lines = 0..file.lines.len();
    // What begins with a brace is another kind of value without its quote.
    let is_words = |line: &usize| {
        let text = file.of(&file.lines[*line]);
        text.contains(" = \"") && !text.contains(" = \"{")
    };
    lines.filter(is_words).map(|line| slip(file, line)).collect()
}

fn schema(world: &'static World, slips: fn(&Text<'_>) -> Vec<Slip>) -> Vec<Slip> {
    slips(world.text("schemas/exercise.json"))
}

/// Where the last character of each line stands that ends with `end`.
fn lines_that_end_with(file: &Text<'_>, end: &'static str) -> impl Iterator<Item = usize> {
    let lines = file.lines.iter().filter(|line| file.of(line).ends_with(end)).map(|line| line.end - 1);
    lines.collect::<Vec<_>>().into_iter()
}

/// A slip for every keyword that has a line of its own in the schema.
fn keywords(world: &'static World, slip: fn(&Text<'_>, Range<usize>) -> Slip) -> Vec<Slip> {
    let file = world.text("schemas/exercise.json");
    let mut slips = Vec::new();
    for line in &file.lines {
        let text = file.of(line);
        let indent = text.len() - text.trim_start().len();
        if let Some(end) = text.find("\": ").filter(|_| indent == 6) {
            slips.push(slip(file, line.start + indent + 1..line.start + end));
        }
    }
    slips
}
