//! Headings, pictures, tables and HTML.

use crate::kind::Kind;
use crate::slip::Slip;
use crate::text::Text;
use crate::world::World;

const SKIPPED: &[&str] = &["heading-skipped"];
const HTML: &[&str] = &["raw-html"];
const ALT: &[&str] = &["image-alt-missing"];
const HEADER: &[&str] = &["table-without-header"];

pub const KINDS: &[Kind] = &[
    Kind::new("a level of headings is skipped", |world| {
        headings(world, |page, line| {
            let range = page.lines[line].clone();
            let is_level_two = page.of(&range).starts_with("## ");
            let slip = Slip::insert(page.path, range.start, "##");
            is_level_two.then(|| slip.found_at(SKIPPED, range.start..range.end + 2))
        })
    }),
    Kind::new("a heading is at the level of the title", |world| {
        headings(world, |page, line| {
            let range = page.lines[line].clone();
            let is_level_two = page.of(&range).starts_with("## ");
            let slip = Slip::delete(page.path, range.start..range.start + 1);
            is_level_two.then(|| slip.found_at(SKIPPED, range.start..range.end - 1))
        })
    }),
    Kind::new("two headings have the same words", |world| {
        let mut slips = Vec::new();
        for page in world.pages() {
            for pair in page.headings().windows(2) {
                let [first, second] = [pair[0], pair[1]].map(|line| page.lines[line].clone());
                let words = page.of(&first).trim_start_matches('#');
                let level = page.of(&second).trim_start_matches('#').len();
                let level = &page.of(&second)[..second.len() - level];
                // Sections that the kind needs would be missing.
                if !NEEDED.contains(&page.of(&second).trim_start_matches(['#', ' '])) {
                    slips.push(
                        Slip::replace(page.path, second, format!("{level}{words}"))
                            .found(&["heading-duplicate"]),
                    );
                }
            }
        }
        slips
    }),
    Kind::new("a word of the text stands in HTML", |world| {
        paragraphs(world, |page, at| {
            Slip::insert(page.path, at, "<b>bold</b> ").found_at(HTML, at..at + "<b>".len())
        })
    }),
    Kind::new("a break of a line stands in HTML", |world| {
        paragraphs(world, |page, at| {
            Slip::insert(page.path, at, "<br> ").found_at(HTML, at..at + "<br>".len())
        })
    }),
    Kind::new("a paragraph stands in HTML", |world| {
        paragraphs(world, |page, at| {
            let html = "<div class=\"box\">Words</div>";
            let slip = Slip::insert(page.path, at, format!("{html}{0}{0}", page.ending()));
            slip.found_at(HTML, at..at + "<div class=\"box\">".len())
        })
    }),
    Kind::new("a script stands in the text", |world| {
        paragraphs(world, |page, at| {
            let html = "<script>alert(1)</script>";
            let slip = Slip::insert(page.path, at, format!("{html}{0}{0}", page.ending()));
            slip.found_at(HTML, at..at + "<script>".len())
        })
    }),
    Kind::new("a remark for another author stands in a comment", |world| {
        paragraphs(world, |page, at| {
            Slip::insert(page.path, at, "<!-- ask again --> ").found_at(HTML, at..at + "<!--".len())
        })
    }),
    Kind::new("a comment is opened and not closed", |world| {
        paragraphs(world, |page, at| {
            let slip = Slip::insert(page.path, at, format!("<!-- ask again{0}{0}", page.ending()));
            slip.found_at(HTML, at..at + "<!--".len())
        })
    }),
    Kind::new("a picture in the text has no words", |world| {
        paragraphs(world, |page, at| {
            let picture = picture(page);
            let slip = Slip::insert(page.path, at, format!("![]({picture}){0}{0}", page.ending()));
            slip.and(Slip::put("content/back.svg", SVG)).found_at(ALT, at + 1..at + 3)
        })
    }),
    Kind::new("a picture is not there", |world| {
        paragraphs(world, |page, at| {
            let slip = Slip::insert(page.path, at, format!("![A back](bäck.jpg){0}{0}", page.ending()));
            slip.found_at(&["missing-asset"], at + 10..at + 10 + "bäck.jpg".len())
        })
    }),
    Kind::new("a picture lies on another host", |world| {
        paragraphs(world, |page, at| {
            let address = "https://www.example.org/back.jpg";
            let slip = Slip::insert(page.path, at, format!("![A back]({address}){0}{0}", page.ending()));
            slip.found_at(&["unsafe-link", "missing-asset"], at + 10..at + 10 + address.len())
        })
    }),
    Kind::in_clinic("a drawing holds a script", |world| {
        let _ = world;
        let path = "content/exercises/heel-slide.svg";
        let script = "<script>alert(1)</script>";
        let drawing = SVG.replacen("<path", &format!("{script}<path"), 1);
        // Drawings are not kept, and so are told as a whole.
        vec![Slip::put(path, drawing).found_at(&["picture-unsafe"], 0..0)]
    }),
    Kind::in_clinic("the words for a picture in a field are left out", |world| {
        images(world, |page, first, name, block| {
            (name == "alt").then(|| Slip::delete(page.path, block).found_at(ALT, first))
        })
    }),
    Kind::in_clinic("the path of a picture in a field is misspelt", |world| {
        let mut slips = Vec::new();
        for page in world.pages() {
            for field in page.fields.iter().filter(|field| page.key(field) == "src") {
                let wrong = page.value(field).replace("heel", "hell");
                slips.push(Slip::replace(page.path, field.value.clone(), wrong).found(&["missing-asset"]));
            }
        }
        slips
    }),
    Kind::in_clinic("a picture that pages show is gone", |world| {
        // Only one of the pages may show it: each would have a finding of its own.
        let page = world.text("content/guidance/your-week.md");
        let at = page.places("../exercises/heel-slide.svg", page.body)[0];
        let slip =
            Slip::replace(page.path, at..at + "../exercises/heel-slide.svg".len(), "../exercises/week.svg");
        vec![slip.found(&["missing-asset"])]
    }),
    Kind::in_clinic("the words for a picture in the text are left out", |world| {
        let mut slips = Vec::new();
        for page in world.pages() {
            for at in page.places("![", page.body) {
                let middle = at + page.text[at..].find("](").unwrap();
                slips.push(Slip::delete(page.path, at + 2..middle).found_at(ALT, at + 1..at + 3));
            }
        }
        slips
    }),
    Kind::in_clinic("the header of a table has no words", |world| {
        let mut slips = Vec::new();
        for page in world.pages() {
            for line in
                page.body_lines().into_iter().filter(|line| page.of(&page.lines[*line]).starts_with("| ---"))
            {
                let header = page.lines[line - 1].clone();
                let columns = page.of(&header).matches('|').count() - 1;
                let empty = format!("|{}", " |".repeat(columns));
                slips.push(Slip::replace(page.path, header, empty).found(HEADER));
            }
        }
        slips
    }),
];

const NEEDED: &[&str] = &["Steps", "Stop if", "Do not take if", "Check first", "Side effects", "Get help"];

const SVG: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"><path d=\"M2 18h36\"/></svg>\n";

/// The path of `content/back.svg`, seen from `page`.
fn picture(page: &Text<'_>) -> &'static str {
    if page.folder().is_empty() { "back.svg" } else { "../back.svg" }
}

pub fn headings(world: &'static World, slip: fn(&Text<'_>, usize) -> Option<Slip>) -> Vec<Slip> {
    let mut slips = Vec::new();
    for page in world.pages() {
        slips.extend(page.headings().into_iter().filter_map(|line| slip(page, line)));
    }
    slips
}

/// A slip for the start of every paragraph.
pub fn paragraphs(world: &'static World, slip: impl Fn(&Text<'_>, usize) -> Slip) -> Vec<Slip> {
    let mut slips = Vec::new();
    for page in world.pages() {
        slips.extend(page.paragraphs().into_iter().map(|line| slip(page, page.lines[line].start)));
    }
    slips
}

/// A slip for every field of every item of `images`: the first key of the item, the key, and the lines of the field.
fn images(
    world: &'static World,
    slip: fn(&Text<'_>, std::ops::Range<usize>, &str, std::ops::Range<usize>) -> Option<Slip>,
) -> Vec<Slip> {
    let mut slips = Vec::new();
    for page in world.pages() {
        let mut first = 0..0;
        for field in
            page.fields.iter().filter(|field| field.parents.first().is_some_and(|name| name == "images"))
        {
            if field.dash.is_some() {
                first = field.key.clone();
            }
            slips.extend(slip(page, first.clone(), page.key(field), field.block.clone()));
        }
    }
    slips
}
