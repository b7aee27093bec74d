//! Mistakes in `site.toml`.

use std::ops::Range;

use crate::kind::Kind;
use crate::slip::Slip;
use crate::text::Text;
use crate::world::World;

const SYNTAX: &[&str] = &["toml-syntax"];
const UNKNOWN: &[&str] = &["unknown-field"];

pub const KINDS: &[Kind] = &[
    Kind::in_clinic("a setting is misspelt", |world| {
        settings(world, |file, setting| {
            let key = file.of(&setting.key);
            let at = key.len() / 2;
            let slip =
                Slip::replace(file.path, setting.key.clone(), format!("{}{}", &key[..at], &key[at + 1..]));
            Some(slip.found(UNKNOWN))
        })
    }),
    Kind::in_clinic("the name of a table is misspelt", |world| {
        tables(world, |file, name| {
            let wrong = format!("{}{}", &file.of(&name)[..2], &file.of(&name)[3..]);
            Some(Slip::replace(file.path, name, wrong).found(UNKNOWN))
        })
    }),
    Kind::in_clinic("a setting stands under the wrong table", |world| {
        tables(world, |file, name| {
            // The table of rules takes any name, and says that it is no rule.
            let at = file.text[name.end..].find('\n').unwrap() + name.end + 1;
            let slip = Slip::insert(file.path, at, format!("theme = \"clinic\"{}", file.ending()));
            Some(slip.found_at(UNKNOWN, at..at + "theme".len()))
        })
    }),
    Kind::in_clinic("a setting is given twice", |world| {
        settings(world, |file, setting| {
            let at = setting.line.end;
            let slip = Slip::insert(file.path, at, file.of(&setting.line));
            Some(slip.found_at(&["duplicate-key"], at..at + setting.key.len()))
        })
    }),
    Kind::in_clinic("a table is given twice", |world| {
        tables(world, |file, name| {
            let start = file.text.len() + 1;
            let slip =
                Slip::insert(file.path, file.text.len(), format!("[{}]{}", file.of(&name), file.ending()));
            Some(slip.found_at(&["duplicate-key"], start..start + name.len()))
        })
    }),
    Kind::in_clinic("a table is given twice, with all its lines", |world| {
        tables(world, |file, name| {
            let rest = &file.text[name.end + 1..];
            let lines = &rest[..rest.find("\n[").map_or(rest.len(), |end| end + 1)];
            let start = file.text.len() + 1;
            let slip = Slip::insert(file.path, file.text.len(), format!("[{}]{lines}", file.of(&name)));
            Some(slip.found_at(&["duplicate-key"], start..start + name.len()))
        })
    }),
    Kind::in_clinic("a setting goes on over two lines", |world| {
        quoted(world, |file, value| {
            let space = file.of(&value).find(' ')? + value.start;
            let slip = Slip::replace(file.path, space..space + 1, file.ending());
            Some(slip.found_at(SYNTAX, value.start..value.start + 1))
        })
    }),
    Kind::in_clinic("a comment begins with slashes", |world| {
        settings(world, |file, setting| {
            let at = setting.line.start;
            let slip = Slip::insert(file.path, at, format!("// A remark.{}", file.ending()));
            Some(slip.found_at(SYNTAX, at..at + 2))
        })
    }),
    Kind::in_clinic("the opening quote of a setting is missing", |world| {
        quoted(world, |file, value| {
            let slip = Slip::delete(file.path, value.start..value.start + 1);
            Some(slip.found_from(SYNTAX, value.start))
        })
    }),
    Kind::in_clinic("the closing quote of a setting is missing", |world| {
        quoted(world, |file, value| {
            let slip = Slip::delete(file.path, value.end - 1..value.end);
            Some(slip.found_from(SYNTAX, value.start))
        })
    }),
    Kind::in_clinic("a setting has no quotes", |world| {
        quoted(world, |file, value| {
            let words = file.of(&value).trim_matches('"').to_owned();
            // Digits alone are a number, which is another mistake.
            let is_word = words.starts_with(char::is_alphabetic);
            let end = value.start + words.len();
            let start = value.start;
            is_word.then(|| Slip::replace(file.path, value, words).found_at(SYNTAX, start..end))
        })
    }),
    Kind::in_clinic("a setting has the quotes of print", |world| {
        quoted(world, |file, value| {
            let words = format!("“{}”", file.of(&value).trim_matches('"'));
            let (start, end) = (value.start, value.start + words.len());
            Some(Slip::replace(file.path, value, words).found_at(SYNTAX, start..end))
        })
    }),
    Kind::in_clinic("a setting has no equals sign", |world| {
        settings(world, |file, setting| {
            let slip = Slip::delete(file.path, setting.key.end..setting.key.end + 2);
            Some(slip.found_from(SYNTAX, setting.key.start))
        })
    }),
    Kind::in_clinic("a setting has a colon instead of its equals sign", |world| {
        settings(world, |file, setting| {
            let end = setting.key.end;
            Some(Slip::replace(file.path, end..end + 2, ":").found_at(SYNTAX, end..end + 1))
        })
    }),
    Kind::in_clinic("the name of a table is not closed", |world| {
        tables(world, |file, name| {
            let slip = Slip::delete(file.path, name.end..name.end + 1);
            Some(slip.found_from(SYNTAX, name.start - 1))
        })
    }),
    Kind::in_clinic("a setting has no value", |world| {
        settings(world, |file, setting| {
            let start = setting.value.start;
            Some(Slip::delete(file.path, setting.value.clone()).found_at(SYNTAX, start..start))
        })
    }),
    Kind::in_clinic("a setting is a number instead of a text", |world| {
        quoted(world, |file, value| Some(Slip::replace(file.path, value, "112").found(&["wrong-type"])))
    }),
    Kind::in_clinic("a setting is a text instead of yes or no", |world| {
        settings(world, |file, setting| {
            let value = file.of(&setting.value);
            let is_meant = ["true", "false"].contains(&value);
            is_meant
                .then(|| Slip::replace(file.path, setting.value.clone(), "\"yes\"").found(&["wrong-type"]))
        })
    }),
    Kind::in_clinic("a setting is out of bounds", |world| {
        settings(world, |file, setting| {
            let wrong = match file.of(&setting.key) {
                "target_grade" => "60",
                "max_words" => "200",
                "every" | "soon" => "\"P4Y\"",
                _ => return None,
            };
            Some(Slip::replace(file.path, setting.value.clone(), wrong).found(&["out-of-range"]))
        })
    }),
    Kind::in_clinic("a setting has not the form that it needs", |world| {
        settings(world, |file, setting| {
            let wrong = match file.of(&setting.key) {
                "language" => "\"english\"",
                "base_url" => "\"example.org\"",
                "contact_email" | "email" => "\"clinic at example.org\"",
                "accent" => "\"blue\"",
                "every" => "\"3 years\"",
                _ => return None,
            };
            Some(Slip::replace(file.path, setting.value.clone(), wrong).found(&["invalid-value"]))
        })
    }),
    Kind::in_clinic("a setting that a table needs is left out", |world| {
        settings(world, |file, setting| {
            let table = file.text[..setting.key.start].rfind('[');
            let slip = Slip::delete(file.path, setting.line.clone());
            match file.of(&setting.key) {
                "name" => {
                    let start = table.unwrap() + 1;
                    Some(slip.found_at(&["missing-field"], start..start + "publisher".len()))
                }
                _ => None,
            }
        })
    }),
    Kind::in_clinic("the site has no title", |world| {
        settings(world, |file, setting| {
            let slip = Slip::delete(file.path, setting.line.clone());
            let start = if file.text.starts_with('\u{feff}') { 3 } else { 0 };
            (file.of(&setting.key) == "title").then(|| slip.found_from(&["missing-field"], start))
        })
    }),
    Kind::new("a site without reviews has no notice", |world| {
        settings(world, |file, setting| {
            let required = file.text.find("required = false")? + "required = ".len() - setting.line.len();
            let slip = Slip::delete(file.path, setting.line.clone());
            (file.of(&setting.key) == "notice")
                .then(|| slip.found_at(&["bad-setting"], required..required + "false".len()))
        })
    }),
    Kind::in_clinic("a rule is misspelt", |world| {
        rules(world, |file, setting| {
            let key = file.of(&setting.key);
            let wrong = format!("{}{}", &key[..2], &key[3..]);
            Slip::replace(file.path, setting.key.clone(), wrong).found(UNKNOWN)
        })
    }),
    Kind::in_clinic("a rule is set that can't be changed", |world| {
        rules(world, |file, setting| {
            Slip::replace(file.path, setting.key.clone(), "broken-link").found(&["bad-setting"])
        })
    }),
    Kind::in_clinic("the level of a rule is unknown", |world| {
        rules(world, |file, setting| {
            Slip::replace(file.path, setting.value.clone(), "\"off\"").found(&["invalid-value"])
        })
    }),
    Kind::new("the theme has no words in the language of the site", |world| {
        let settings = world.text("site.toml");
        let at = settings.places("language = \"en\"", 0)[0] + "language = ".len();
        vec![Slip::replace(settings.path, at..at + 4, "\"fr\"").found(&["words-missing"])]
    }),
    Kind::new("the theme is not there", |world| {
        settings(world, |file, setting| {
            let is_theme = file.of(&setting.key) == "theme";
            is_theme
                .then(|| Slip::replace(file.path, setting.value.clone(), "\"clinc\"").found(&["bad-setting"]))
        })
    }),
    Kind::new("the output lies among the pages", |world| {
        settings(world, |file, setting| {
            let is_output = file.of(&setting.key) == "output";
            is_output.then(|| {
                Slip::replace(file.path, setting.value.clone(), "\"content/out\"").found(&["bad-setting"])
            })
        })
    }),
    Kind::in_clinic("the colour of the site is too light", |world| {
        settings(world, |file, setting| {
            let is_accent = file.of(&setting.key) == "accent";
            is_accent.then(|| {
                Slip::replace(file.path, setting.value.clone(), "\"#ffcc00\"").found(&["contrast-too-low"])
            })
        })
    }),
    Kind::in_clinic("the logo of the site is not there", |world| {
        tables(world, |file, name| {
            let at = file.text[name.end..].find('\n').unwrap() + name.end + 1;
            let is_meant = ["publisher", "theme_settings"].contains(&file.of(&name));
            let slip = Slip::insert(file.path, at, format!("logo = \"content/lögo.svg\"{}", file.ending()));
            is_meant.then(|| slip.found_at(&["missing-asset"], at + 7..at + 7 + "\"content/lögo.svg\"".len()))
        })
    }),
    Kind::new("a link of the notice leads nowhere", |world| {
        settings(world, |file, setting| {
            let words = "\"Not reviewed. See [the list](guidance/lst.md).\"";
            let slip = Slip::replace(file.path, setting.value.clone(), words);
            let start = setting.value.start + words.find("guidance").unwrap();
            (file.of(&setting.key) == "notice")
                .then(|| slip.found_at(&["broken-link"], start..start + "guidance/lst.md".len()))
        })
    }),
];

/// A line such as `key = value`.
struct Setting {
    key: Range<usize>,
    value: Range<usize>,
    /// With what ends it.
    line: Range<usize>,
}

fn settings(world: &'static World, slip: fn(&Text<'_>, &Setting) -> Option<Slip>) -> Vec<Slip> {
    let file = world.text("site.toml");
    let mut slips = Vec::new();
    for (line, whole) in file.lines.iter().zip(&file.whole_lines) {
        let text = file.of(line);
        let Some(equals) = text.find(" = ").filter(|_| !text.starts_with('#')) else { continue };
        let setting = Setting {
            key: line.start..line.start + equals,
            value: line.start + equals + 3..line.end,
            line: whole.clone(),
        };
        slips.extend(slip(file, &setting));
    }
    slips
}

/// A slip for every value in quotes.
fn quoted(world: &'static World, slip: fn(&Text<'_>, Range<usize>) -> Option<Slip>) -> Vec<Slip> {
    let file = world.text("site.toml");
    let mut slips = Vec::new();
    for line in &file.lines {
        let text = file.of(line);
        if let Some(at) = text.find(" = \"").filter(|_| !text.starts_with('#')) {
            slips.extend(slip(file, line.start + at + 3..line.end));
        }
    }
    slips
}

/// A slip for every `[table]`, of which `slip` is given the place of the name.
fn tables(world: &'static World, slip: fn(&Text<'_>, Range<usize>) -> Option<Slip>) -> Vec<Slip> {
    let file = world.text("site.toml");
    let tables = file.lines.iter().filter(|line| file.of(line).starts_with('['));
    tables.filter_map(|line| slip(file, line.start + 1..line.end - 1)).collect()
}

/// A slip for every line under `[rules]`.
fn rules(world: &'static World, slip: fn(&Text<'_>, &Setting) -> Slip) -> Vec<Slip> {
    let file = world.text("site.toml");
    let start = file.text.find("[rules]").unwrap();
    let mut slips = Vec::new();
    for (line, whole) in file.lines.iter().zip(&file.whole_lines).filter(|(line, _)| line.start > start) {
        let equals = file.of(line).find(" = ").unwrap();
        let setting = Setting {
            key: line.start..line.start + equals,
            value: line.start + equals + 3..line.end,
            line: whole.clone(),
        };
        slips.push(slip(file, &setting));
    }
    slips
}
