//! Mistakes in how the parts of a theme hang together: its components, what templates extend, its styles, its files; and
//! folders beside those of a site.

use std::ops::Range;

use regex::Regex;

use crate::kind::Kind;
use crate::slip::Slip;
use crate::text::Text;
use crate::world::World;

const TEMPLATE: &[&str] = &["template-error"];
const UNUSED: &[&str] = &["unused-file"];

pub const KINDS: &[Kind] = &[
    Kind::new("the first line of a component misspells its name", |world| {
        components(world, |file, first, _| {
            let name = first.name.clone();
            Slip::insert(file.path, name.end, "x").found_at(TEMPLATE, name.start..name.end + 1)
        })
    }),
    Kind::new("the last line of a component misspells its name", |world| {
        components(world, |file, _, end| {
            Slip::insert(file.path, end.end, "x").found_at(TEMPLATE, end.start..end.end + 1)
        })
    }),
    Kind::new("the call of a component misspells its name", |world| {
        let call = Regex::new(r"[{%] <(\w+)").unwrap();
        let mut slips = Vec::new();
        for file in templates(world) {
            for name in call.captures_iter(file.text).map(|call| call.get(1).unwrap()) {
                let slip = Slip::insert(file.path, name.end(), "x");
                slips.push(slip.found_at(TEMPLATE, name.start()..name.end() + 1));
            }
        }
        slips
    }),
    Kind::new("the first line of a component is lost", |world| {
        components(world, |file, first, end| {
            let word = end.start - "endcomponent ".len() - first.line.len()..end.start - 1 - first.line.len();
            Slip::delete(file.path, first.line).found_at(TEMPLATE, word)
        })
    }),
    Kind::new("the last line of a component is lost", |world| {
        let mut slips = Vec::new();
        for file in templates(world) {
            let found = parts(file);
            // What comes next can't stand inside of a component; in the end it is missed at its first line.
            let Some((first, end)) = found.last().cloned() else { continue };
            let start = file.text[..end.start].rfind("{%").unwrap();
            let close = end.end + file.text[end.end..].find("%}").unwrap() + 2;
            let word = first.line.start + file.of(&first.line).find("component").unwrap();
            let slip = Slip::delete(file.path, start..close);
            slips.push(slip.found_at(TEMPLATE, word..word + "component".len()));
        }
        slips
    }),
    Kind::new("the value of an argument of a component can't be read", |world| {
        let value = Regex::new(r"\w=(\d|true|false)[,)]").unwrap();
        let mut slips = Vec::new();
        for file in templates(world) {
            for (first, _) in parts(file) {
                for found in value.captures_iter(file.of(&first.line)) {
                    // The sign before the value has changed places with the letter before it.
                    let end = first.line.start + found.get(1).unwrap().end();
                    let start = first.line.start + found.get(0).unwrap().start();
                    let (letter, value) = (&file.text[start..=start], &file.text[start + 2..end]);
                    let slip = Slip::replace(file.path, start..end, format!("={letter}{value}"));
                    slips.push(slip.found_at(TEMPLATE, start + 1..end));
                }
            }
        }
        slips
    }),
    Kind::new("a template of pages does not say what it extends", |world| {
        extending(world, |file, tag, _| Slip::delete(file.path, tag).found_at(TEMPLATE, 0..0))
    }),
    Kind::new("a template of pages is empty", |world| {
        let of_pages = templates(world).into_iter().filter(|file| !file.id().starts_with('_'));
        of_pages.map(|file| Slip::put(file.path, "").found_at(TEMPLATE, 0..0)).collect()
    }),
    Kind::new("a template extends itself", |world| {
        extending(world, |file, _, name| {
            let own = file.path.rsplit('/').next().unwrap();
            Slip::replace(file.path, name, format!("\"{own}\"")).found(TEMPLATE)
        })
    }),
    Kind::new("a template lies in a folder of the templates", |world| {
        files(world, |name| {
            let ending = name.strip_prefix("templates/").filter(|name| !name.starts_with('_'))?;
            Some(format!("templates/pages/{ending}"))
        })
    }),
    Kind::new("the name of a template is misspelt", |world| {
        files(world, |name| {
            let name = name.strip_prefix("templates/").filter(|name| is_of_pages(name))?;
            Some(format!("templates/{}", name.replace(".html", "s.html")))
        })
    }),
    Kind::new("a copy of a template lies beside it", |world| {
        let of_pages = templates(world).into_iter().filter(|file| !file.id().starts_with('_'));
        let copy = |file: &Text<'_>| {
            let path = file.path.replace(".html", " copy.html");
            Slip::put(&path, file.text).found_at(UNUSED, 0..0)
        };
        of_pages.map(copy).collect()
    }),
    Kind::new("the name of a style or script of a theme is misspelt", |world| {
        files(world, |name| {
            let (stem, ending) = name.split_at(name.rfind('.')?);
            name.starts_with("static/").then(|| format!("{stem}s{ending}"))
        })
    }),
    Kind::new("a brace of a style is not closed", |world| {
        style(world, |text| {
            let line = Regex::new(r"(?m)^[^\n{}]*(\{)[^{}]*(\})\n").unwrap();
            let found = line.captures_iter(text).map(|found| (found.get(1).unwrap(), found.get(2).unwrap()));
            let slip = |(open, close): (regex::Match<'_>, regex::Match<'_>)| {
                Slip::delete(STYLE, close.range()).found_at(TEMPLATE, open.range())
            };
            found.map(slip).collect()
        })
    }),
    Kind::new("a brace of a style is closed twice", |world| {
        style(world, |text| {
            let line = Regex::new(r"(?m)^[^\s{}][^\n{}]*\{[^{}]*(\})\n").unwrap();
            let found = line.captures_iter(text).map(|found| found.get(1).unwrap().end());
            found.map(|at| Slip::insert(STYLE, at, "}").found(TEMPLATE)).collect()
        })
    }),
    Kind::new("a style asks another host for another one", |world| {
        style(world, |_| {
            let address = "https://fonts.example.org/a.css";
            let slip = Slip::insert(STYLE, 0, format!("@import url({address});\n"));
            vec![slip.found_at(TEMPLATE, 12..12 + address.len())]
        })
    }),
    Kind::new("a style asks another host for a picture", |world| {
        style(world, |text| {
            let brace = Regex::new(r"\{\n\s+[a-z-]+: ").unwrap();
            let slip = |at: usize| {
                let (before, address) = ("{\n  background: url(\"", "//www.example.org/back.png");
                let slip = Slip::replace(STYLE, at..at + 1, format!("{before}{address}\");"));
                let start = at + before.len();
                slip.found_at(TEMPLATE, start..start + address.len())
            };
            brace.find_iter(text).map(|brace| slip(brace.start())).collect()
        })
    }),
    Kind::in_clinic("the folder of the schemas is misspelt", |world| {
        let _ = world;
        let slip = |folder: &str| {
            let slip = Slip::rename("schemas/exercise.json", &format!("{folder}/exercise.json"));
            slip.found_at(&["bad-schema"], 0..0)
        };
        ["schema", "shemas", "Schemas"].into_iter().map(slip).collect()
    }),
    Kind::new("a page lies in a folder beside the content whose name is nearly that", |world| {
        let mut slips = Vec::new();
        for page in world.pages().into_iter().filter(|page| !page.folder().is_empty() && page.is_published())
        {
            for folder in ["contents", "contens"] {
                let path = page.path.replacen("content", folder, 1);
                slips.push(Slip::rename(page.path, &path).found_at(&["unknown-folder"], 0..0));
            }
        }
        slips
    }),
];

const STYLE: &str = "themes/clinic/static/style.css";

/// The first line of a component, and the name in it.
#[derive(Clone)]
struct First {
    line: Range<usize>,
    name: Range<usize>,
}

/// The templates of the theme.
fn templates(world: &'static World) -> Vec<&'static Text<'static>> {
    world.texts(|path| path.starts_with("themes/clinic/templates/"))
}

fn is_of_pages(name: &str) -> bool {
    !name.starts_with('_') && name != "base.html" && name != "page.html"
}

/// The components of `file`: the first line of each, and the name in its last line.
fn parts(file: &Text<'_>) -> Vec<(First, Range<usize>)> {
    let part = Regex::new(r"(\{%-? component (\w+)\([^)]*\) -?%\})(?s:.*?)endcomponent (\w+)").unwrap();
    let found = part.captures_iter(file.text).map(|found| {
        let first = First { line: found.get(1).unwrap().range(), name: found.get(2).unwrap().range() };
        (first, found.get(3).unwrap().range())
    });
    found.collect()
}

/// A slip for every component that is called.
fn components(world: &'static World, slip: fn(&Text<'_>, First, Range<usize>) -> Slip) -> Vec<Slip> {
    let mut slips = Vec::new();
    for file in templates(world) {
        slips.extend(parts(file).into_iter().map(|(first, end)| slip(file, first, end)));
    }
    slips
}

/// A slip for every template that extends another: the tag, and the name in it, quotes included.
fn extending(world: &'static World, slip: fn(&Text<'_>, Range<usize>, Range<usize>) -> Slip) -> Vec<Slip> {
    let tag = Regex::new(r#"\{% extends ("[^"]*") %\}"#).unwrap();
    let mut slips = Vec::new();
    for file in templates(world) {
        for found in tag.captures_iter(file.text) {
            slips.push(slip(file, found.get(0).unwrap().range(), found.get(1).unwrap().range()));
        }
    }
    slips
}

/// A slip for every file of the theme that `renamed` has another name for, by its path in the theme.
fn files(world: &'static World, renamed: fn(&str) -> Option<String>) -> Vec<Slip> {
    let paths = world.files.keys();
    let moved = paths.filter_map(|path| {
        let new = renamed(path.strip_prefix("themes/clinic/")?)?;
        Some(Slip::rename(path, &format!("themes/clinic/{new}")).found_at(UNUSED, 0..0))
    });
    moved.collect()
}

fn style(world: &'static World, slips: fn(&str) -> Vec<Slip>) -> Vec<Slip> {
    slips(std::str::from_utf8(&world.files[STYLE]).unwrap())
}
