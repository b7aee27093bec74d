//! Links that have lost a bracket, lists and headings that are none, signs of other programs, and places left to fill in.

use regex::Regex;

use crate::kind::Kind;
use crate::slip::Slip;
use crate::world::World;

use super::links::{links, wiki};
use super::markup::{headings, paragraphs};

const STRAY: &[&str] = &["stray-markup"];
const HTML: &[&str] = &["raw-html"];
const MISSING: &[&str] = &["front-matter-missing"];

pub const KINDS: &[Kind] = &[
    Kind::new("the words of a link are not closed", |world| {
        links(world, |page, link| {
            let close = link.path.start - 2;
            Slip::delete(page.path, close..close + 1).found_at(STRAY, close..close + 1)
        })
    }),
    Kind::new("the address of a link is not opened", |world| {
        links(world, |page, link| {
            let place = link.path.start - 1..link.path.end - 1;
            Slip::delete(page.path, link.path.start - 1..link.path.start).found_at(STRAY, place)
        })
    }),
    Kind::new("the address of a link stands in square brackets", |world| {
        links(world, |page, link| {
            let address = page.of(&link.path);
            let slip =
                Slip::replace(page.path, link.path.start - 1..link.path.end + 1, format!(" [{address}]"));
            slip.found_at(STRAY, link.path.start + 1..link.path.end + 1)
        })
    }),
    Kind::new("a bracket of a wiki link is lost at its front", |world| {
        wiki(world, |page, to| {
            let end = to.end + page.text[to.end..].find("]]")?;
            Some(Slip::delete(page.path, to.start - 1..to.start).found_at(STRAY, to.start - 2..end + 1))
        })
    }),
    Kind::new("a wiki link has one bracket on each side", |world| {
        wiki(world, |page, to| {
            let whole = to.start - 2..to.end + page.text[to.end..].find("]]")? + 2;
            let word = page.of(&to);
            // Other words may be meant as they stand.
            let is_id = word.contains(['-', '/']) && !word.contains('#');
            let slip = Slip::replace(page.path, whole, format!("[{word}]"));
            is_id.then(|| slip.found_at(STRAY, to.start - 1..to.end - 1))
        })
    }),
    Kind::new("a place is left to fill in", |world| {
        let mut slips = Vec::new();
        for label in ["[phone]", "[clinic name]", "[Insert picture]", "[TODO]", "[Name of the practice]"] {
            slips.extend(paragraphs(world, |page, at| {
                Slip::insert(page.path, at, format!("{label}{0}{0}", page.ending()))
                    .found_at(STRAY, at..at + label.len())
            }));
        }
        slips
    }),
    Kind::new("a wiki link is empty", |world| {
        let mut slips = Vec::new();
        for link in ["[[]]", "[[ ]]"] {
            slips.extend(paragraphs(world, |page, at| {
                Slip::insert(page.path, at, format!("{link} ")).found_at(STRAY, at..at + link.len())
            }));
        }
        slips
    }),
    Kind::new("a line says how what is above looks", |world| {
        paragraphs(world, |page, at| {
            let start = at + "Words.".len() + 2 * page.ending().len();
            let text = format!("Words.{0}{0}{{.wide}}{0}{0}", page.ending());
            Slip::insert(page.path, at, text).found_at(STRAY, start..start + "{.wide}".len())
        })
    }),
    Kind::new("the id of a heading has two signs", |world| {
        headings(world, |page, line| {
            let end = page.lines[line].end;
            let slip = Slip::insert(page.path, end, " {##abc}");
            (!page.of(&page.lines[line]).contains('{')).then(|| slip.found_at(STRAY, end + 1..end + 8))
        })
    }),
    Kind::new("a heading stands in a list", |world| {
        paragraphs(world, |page, at| {
            let start = at + "- Rest.".len() + page.ending().len() + 2;
            let text = format!("- Rest.{0}- ## Some words{0}{0}", page.ending());
            Slip::insert(page.path, at, text).found_at(STRAY, start..start + 2)
        })
    }),
    Kind::new("an address on the web stands in capital letters", |world| {
        paragraphs(world, |page, at| {
            let address = "HTTPS://WWW.EXAMPLE.ORG";
            let slip = Slip::insert(page.path, at, format!("See {address}.{0}{0}", page.ending()));
            slip.found_at(STRAY, at + 4..at + 4 + address.len())
        })
    }),
    Kind::new("a small digit is written in HTML", |world| {
        paragraphs(world, |page, at| {
            let slip = Slip::insert(page.path, at, format!("H<sub>2</sub>O is water.{0}{0}", page.ending()));
            slip.found_at(HTML, at + 1..at + 1 + "<sub>".len())
        })
    }),
    Kind::new("a comparison is read as HTML", |world| {
        paragraphs(world, |page, at| {
            let slip = Slip::insert(page.path, at, format!("Rest if A<B and B>C.{0}{0}", page.ending()));
            slip.found_at(HTML, at + "Rest if A".len()..at + "Rest if A<B and B>".len())
        })
    }),
    Kind::new("an empty line stands below the header of a table", |world| {
        paragraphs(world, |page, at| {
            let table = format!("| A | B |{0}{0}| --- | --- |{0}| c | d |{0}{0}", page.ending());
            let start = at + "| A | B |".len() + 2 * page.ending().len();
            Slip::insert(page.path, at, table).found_at(STRAY, start..start + "| --- | --- |".len())
        })
    }),
    Kind::new("a picture is written as a wiki link", |world| {
        paragraphs(world, |page, at| {
            let slip = Slip::insert(page.path, at, format!("![[back.png]]{0}{0}", page.ending()));
            slip.found_at(&["image-alt-missing"], at..at + "![[back.png]]".len())
        })
    }),
    Kind::new("the steps have a dash behind their numbers", |world| {
        steps(world, |number| format!("{number} -"))
    }),
    Kind::new("the steps are called so", |world| steps(world, |number| format!("Step {number}:"))),
    Kind::new("the numbers of the steps stand in circles", |world| {
        steps(world, |number| "①②③④⑤⑥⑦⑧⑨⑩".chars().nth(number - 1).unwrap().to_string())
    }),
    Kind::new("the front matter stands between the signs of TOML", |world| {
        let mut slips = Vec::new();
        for page in world.pages().into_iter().filter(|page| page.is_published()) {
            let opening = page.fence();
            let end = page.body - page.ending().len() - 3;
            let first = Slip::replace(page.path, end..end + 3, "+++");
            let slip = first.and(Slip::replace(page.path, opening.clone(), "+++"));
            slips.push(slip.found_at(MISSING, opening));
        }
        slips
    }),
    Kind::new("the front matter is begun three times", |world| {
        let mut slips = Vec::new();
        for page in world.pages().into_iter().filter(|page| page.is_published()) {
            let opening = page.fence();
            let slip = Slip::insert(page.path, opening.start, format!("---{0}---{0}{0}", page.ending()));
            slips.push(slip.found_at(MISSING, opening));
        }
        slips
    }),
];

/// A slip for every page with steps: the number of each, with its full stop, is written as `sign` does.
fn steps(world: &'static World, sign: fn(usize) -> String) -> Vec<Slip> {
    let item = Regex::new(r"(?m)^(\d+)\. ").unwrap();
    let mut slips = Vec::new();
    for page in world.published("exercises") {
        let start = page.places("## Steps", page.body)[0];
        let end = page.places("## ", start + 3).first().copied().unwrap_or(page.text.len());
        let items: Vec<_> =
            item.captures_iter(&page.text[start..end]).map(|item| item.get(1).unwrap()).collect();
        let mut slip: Option<Slip> = None;
        // From the last to the first, so that each place is where it was.
        for (index, number) in items.iter().enumerate().rev() {
            let range = start + number.start()..start + number.end() + 1;
            let change = Slip::replace(page.path, range, sign(index + 1));
            slip = Some(match slip {
                Some(slip) => slip.and(change),
                None => change,
            });
        }
        let (Some(slip), Some(first)) = (slip, items.first()) else { continue };
        let at = start + first.start();
        slips.push(slip.found_at(STRAY, at..at + sign(1).len()));
    }
    slips
}
