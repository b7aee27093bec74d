//! Signs of Markdown and YAML that are read as something else than their author meant.

use crate::kind::Kind;
use crate::slip::Slip;
use crate::text::Text;
use crate::world::World;

use super::links::{links, wiki};
use super::markup::{headings, paragraphs};
use super::references::citations;
use super::yaml::words;

const STRAY: &[&str] = &["stray-markup"];
const MISREAD: &[&str] = &["misread-value"];

pub const KINDS: &[Kind] = &[
    Kind::new("a heading has no space after its hashes", |world| {
        headings(world, |page, line| {
            let start = page.lines[line].start;
            let hashes = page.of(&page.lines[line]).find(' ')?;
            let slip = Slip::delete(page.path, start + hashes..start + hashes + 1);
            Some(slip.found_at(STRAY, start..start + hashes))
        })
    }),
    Kind::new("a citation has no at sign", |world| {
        citations(world, |page, id| {
            let place = id.start - 1..id.end - 1;
            Slip::delete(page.path, id.start - 1..id.start).found_at(STRAY, place)
        })
    }),
    Kind::new("a citation is not closed", |world| {
        citations(world, |page, id| {
            Slip::delete(page.path, id.end..id.end + 1).found_at(STRAY, id.start - 2..id.end)
        })
    }),
    Kind::new("the words and the address of a link stand apart", |world| {
        links(world, |page, link| Slip::insert(page.path, link.path.start - 1, " ").found(STRAY))
    }),
    Kind::new("a link is not closed", |world| {
        links(world, |page, link| {
            Slip::delete(page.path, link.path.end..link.path.end + 1).found_from(STRAY, link.path.start)
        })
    }),
    Kind::new("the path of a link holds a space", |world| {
        links(world, |page, link| {
            let name = link.path.end - 3;
            Slip::insert(page.path, name, " two").found_at(STRAY, link.path.start..link.path.end + 4)
        })
    }),
    Kind::new("a wiki link is not closed", |world| {
        wiki(world, |page, to| {
            let end = to.end + page.text[to.end..].find("]]")?;
            Some(Slip::delete(page.path, end..end + 1).found_from(STRAY, to.start - 2))
        })
    }),
    Kind::new("a comma stands between two citations", |world| {
        citations(world, |page, id| {
            let again = format!(", @{}", page.of(&id));
            Slip::insert(page.path, id.end, again).found_at(STRAY, id.end..id.end + 1)
        })
    }),
    Kind::new("a block of code is opened and not closed", |world| {
        paragraphs(world, |page, at| {
            let slip = Slip::insert(page.path, at, format!("```{}", page.ending()));
            slip.found_at(STRAY, at..at + "```".len())
        })
    }),
    Kind::new("a heading has no words", |world| {
        paragraphs(world, |page, at| {
            let slip = Slip::insert(page.path, at, format!("##{0}{0}", page.ending()));
            slip.found_at(STRAY, at..at + "##".len())
        })
    }),
    Kind::new("words of a plain field are bold", |world| {
        let mut slips = Vec::new();
        for page in world.pages() {
            for field in page.fields.iter().filter(|field| page.key(field) == "summary") {
                let value = page.value(field);
                let end = value.rfind(' ').map_or(0, |blank| blank + 1);
                if value.starts_with(char::is_alphabetic) && value[end..].starts_with(char::is_alphabetic) {
                    let start = field.value.start + end;
                    let word = format!("**{}**", value[end..].trim_end_matches('.'));
                    let slip = Slip::replace(page.path, start..start + word.len() - 4, word);
                    slips.push(slip.found_at(STRAY, start..start + 2));
                }
            }
        }
        slips
    }),
    Kind::new("a web address stands in plain text", |world| before_paragraphs(world, "www.example.org")),
    Kind::new("a mail address stands in plain text", |world| before_paragraphs(world, "anna@example.org")),
    Kind::new("an entity stands for nothing", |world| before_paragraphs(world, "&nosuch;")),
    Kind::new("a wiki link has no id", |world| before_paragraphs(world, "[[]]")),
    Kind::new("an item has no words", |world| before_paragraphs_alone(world, "2.")),
    Kind::new("a picture or link has braces behind it", |world| {
        links(world, |page, link| {
            let close = page.text[link.path.end..].find(')').unwrap_or_default();
            let end = link.path.end + close + 1;
            Slip::insert(page.path, end, "{.wide}").found_at(STRAY, end..end + "{.wide}".len())
        })
    }),
    Kind::new("bold words have no end", |world| {
        paragraphs(world, |page, at| Slip::insert(page.path, at, "**").found(STRAY))
    }),
    Kind::new("words are marked with equals signs", |world| {
        paragraphs(world, |page, at| {
            let end = page.text[at..].find(' ').unwrap() + at;
            let word = page.text[at..end].to_owned();
            let slip = Slip::replace(page.path, at..end, format!("=={word}=="));
            slip.found_at(STRAY, at..end + 4)
        })
    }),
    Kind::new("a value of a template stands in a page", |world| {
        paragraphs(world, |page, at| {
            Slip::insert(page.path, at, "{{ title }} ").found_at(STRAY, at..at + "{{ title }}".len())
        })
    }),
    Kind::new("a box begins with colons", |world| {
        paragraphs(world, |page, at| {
            let slip = Slip::insert(page.path, at, format!("::: note{0}", page.ending()));
            slip.found_at(STRAY, at..at + ":::".len())
        })
    }),
    Kind::new("a box has no signs of a quotation", |world| {
        paragraphs(world, |page, at| {
            let slip = Slip::insert(page.path, at, format!("[!NOTE]{0}", page.ending()));
            slip.found_at(STRAY, at..at + "[!NOTE]".len())
        })
    }),
    Kind::new("a list has letters", |world| {
        paragraphs(world, |page, at| {
            let list = format!("a. One.{0}b. Two.{0}{0}", page.ending());
            Slip::insert(page.path, at, list).found_at(STRAY, at..at + "a.".len())
        })
    }),
    Kind::new("a note is not there", |world| {
        paragraphs(world, |page, at| {
            let end = page.text[at..].find(' ').unwrap() + at;
            Slip::insert(page.path, end, "[^1]").found(STRAY)
        })
    }),
    Kind::new("the hyphen of an item has no space after it", |world| {
        let mut slips = Vec::new();
        for page in world.pages() {
            let lines = page.body_lines();
            for line in lines.into_iter().filter(|line| page.of(&page.lines[*line]).starts_with("- ")) {
                let start = page.lines[line].start;
                slips.push(Slip::delete(page.path, start + 1..start + 2).found_at(STRAY, start..start + 1));
            }
        }
        slips
    }),
    Kind::in_clinic("a table has no line of hyphens", |world| {
        let mut slips = Vec::new();
        for page in world.pages() {
            for line in page.body_lines() {
                if page.of(&page.lines[line]).starts_with("| ---") {
                    let slip = Slip::delete(page.path, page.whole_lines[line].clone());
                    slips.push(slip.found_at(STRAY, page.lines[line - 1].clone()));
                }
            }
        }
        slips
    }),
    Kind::new("a hash cuts off a value", |world| {
        words(world, |page, _, space| {
            Slip::insert(page.path, space + 1, "#1 ").found_at(MISREAD, space + 1..space + 2)
        })
    }),
    Kind::new("a hash with blanks around it cuts off a sentence", |world| {
        let mut slips = Vec::new();
        for page in world.pages() {
            let Some(field) = page.field("summary") else { continue };
            let value = page.value(field);
            let words: Vec<usize> = value.match_indices(' ').map(|(at, _)| at).collect();
            let (Some(at), false) = (words.get(2), value.starts_with('"')) else { continue };
            let rest = &value[at + 1..];
            if rest.starts_with(|c: char| c.is_ascii_lowercase()) && !value[..*at].ends_with(['.', ',', ':'])
            {
                let at = field.value.start + at + 1;
                let slip = Slip::insert(page.path, at, "# ");
                slips.push(slip.found_at(&["misread-value"], at..at + 1));
            }
        }
        slips
    }),
    Kind::new("a value has the quotes of print", |world| {
        words(world, |page, field, _| {
            let value = page.value(field);
            let start = field.value.start;
            let slip = Slip::replace(page.path, field.value.clone(), format!("“{value}”"));
            slip.found_at(MISREAD, start..start + "“".len())
        })
    }),
    Kind::new("a file lies among the pages and no page shows it", |world| {
        let slip = |page: &Text<'_>| {
            let path = page.path.replace(".md", ".docx");
            Slip::put(&path, "Words").found_at(&["unused-file"], 0..0)
        };
        world.pages().into_iter().map(slip).collect()
    }),
];

/// The word `sign` before each paragraph.
fn before_paragraphs(world: &'static World, sign: &'static str) -> Vec<Slip> {
    paragraphs(world, |page, at| {
        Slip::insert(page.path, at, format!("{sign} ")).found_at(STRAY, at..at + sign.len())
    })
}

/// The line `sign` above each paragraph.
fn before_paragraphs_alone(world: &'static World, sign: &'static str) -> Vec<Slip> {
    paragraphs(world, |page, at| {
        let slip = Slip::insert(page.path, at, format!("{sign}{0}{0}", page.ending()));
        slip.found_at(STRAY, at..at + sign.len())
    })
}
