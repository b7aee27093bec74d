//! Files with the wrong name, in the wrong place, or with the wrong bytes in them.

use crate::kind::Kind;
use crate::slip::Slip;
use crate::text::Text;
use crate::world::World;

const NAME: &[&str] = &["bad-file-name"];
const FOLDER: &[&str] = &["unknown-folder"];

pub const KINDS: &[Kind] = &[
    Kind::new("the name of a page has a capital letter", |world| {
        named(world, |folder, id| Some(format!("{folder}{}{}.md", id[..1].to_uppercase(), &id[1..])))
    }),
    Kind::new("the name of a page has a space", |world| {
        named(world, |folder, id| {
            id.contains('-').then(|| format!("{folder}{}.md", id.replacen('-', " ", 1)))
        })
    }),
    Kind::new("the name of a page has an underscore", |world| {
        named(world, |folder, id| {
            id.contains('-').then(|| format!("{folder}{}.md", id.replacen('-', "_", 1)))
        })
    }),
    Kind::new("the name of a page has a letter that addresses have not", |world| {
        named(world, |folder, id| {
            id.contains('e').then(|| format!("{folder}{}.md", id.replacen('e', "é", 1)))
        })
    }),
    Kind::new("the name of a page has the wrong ending", |world| {
        named(world, |folder, id| Some(format!("{folder}{id}.markdown")))
    }),
    Kind::new("the name of a page has its ending twice", |world| {
        named(world, |folder, id| Some(format!("{folder}{id}.md.md")))
    }),
    Kind::new("a page lies in a folder of no kind", |world| {
        moved(world, FOLDER, |page| format!("content/leaflets/{}.md", page.id()))
    }),
    Kind::new("a page lies in a folder that is misspelt", |world| {
        moved(world, FOLDER, |page| {
            let folder = page.folder();
            format!("content/{}{}/{}.md", &folder[..2], &folder[3..], page.id())
        })
    }),
    Kind::new("a page lies too deep", |world| {
        moved(world, FOLDER, |page| format!("content/{}/more/{}.md", page.folder(), page.id()))
    }),
    Kind::new("a page lies in the folder of another kind", |world| {
        let mut slips = Vec::new();
        for page in world.published("exercises") {
            let path = format!("content/guidance/{}.md", page.id());
            // What no guidance page has shows it: it is told at the first such field.
            let field = page.field("start_position").unwrap().key.clone();
            slips.push(Slip::rename(page.path, &path).found_at(&["wrong-folder"], field));
        }
        slips
    }),
    Kind::new("a page is empty", |world| {
        every(world, |page| Slip::put(page.path, "").found_at(&["front-matter-missing"], 0..0))
    }),
    Kind::new("a page has no front matter", |world| {
        every(world, |page| {
            let slip = Slip::put(page.path, "Some words of text.\n\nAnd some more.\n");
            slip.found_at(&["front-matter-missing"], 0.."Some words of text.".len())
        })
    }),
    Kind::new("two versions of a page are not joined", |world| {
        every(world, |page| {
            let (at, ending) = (page.body, page.ending());
            let versions =
                format!("<<<<<<< HEAD{ending}Rest.{ending}======={ending}Walk.{ending}>>>>>>> other{ending}");
            Slip::insert(page.path, at, versions).found_at(&["merge-conflict"], at..at + 7)
        })
    }),
    Kind::new("a page is a file of a word processor", |world| {
        every(world, |page| Slip::put(page.path, "{\\rtf1 Words}").found_at(&["not-utf8"], 0..0))
    }),
    Kind::new("a page is UTF-16 without its mark", |world| {
        every(world, |page| {
            let units = page.text.trim_start_matches('\u{feff}').encode_utf16();
            let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
            Slip::put(page.path, bytes).found_at(&["not-utf8"], 0..0)
        })
    }),
    Kind::new("a sign that turns the direction of the text is pasted in", |world| {
        every(world, |page| {
            let at = page.field("title").unwrap().value.end - 1;
            Slip::insert(page.path, at, "\u{202e}").found(&["control-character"])
        })
    }),
    Kind::new("a page is UTF-16", |world| {
        every(world, |page| {
            let units = page.text.trim_start_matches('\u{feff}').encode_utf16();
            let bytes: Vec<u8> = [0xff, 0xfe].into_iter().chain(units.flat_map(u16::to_le_bytes)).collect();
            Slip::put(page.path, bytes).found_at(&["not-utf8"], 0..0)
        })
    }),
    Kind::new("the lines of a page end with a carriage return alone", |world| {
        every(world, |page| {
            let text = page.text.replace("\r\n", "\n").replace('\n', "\r");
            Slip::put(page.path, text).found_at(&["not-utf8"], 0..0)
        })
    }),
    Kind::new("a page is Latin-1", |world| {
        every(world, |page| {
            let field = page.field("title").unwrap();
            Slip::insert(page.path, field.value.end - 1, vec![0xe9])
                .found_from(&["not-utf8"], field.value.end - 1)
        })
    }),
    Kind::new("a page is far too long", |world| {
        every(world, |page| {
            let text = "You rest a little. You walk a little.\n\n".repeat(30_000);
            Slip::insert(page.path, page.text.len(), text).found_at(&["file-too-large"], 0..0)
        })
    }),
    Kind::new("a byte of the text is not UTF-8", |world| {
        every(world, |page| {
            let at = page.paragraphs().first().map_or(page.text.len(), |line| page.lines[*line].end);
            Slip::insert(page.path, at, vec![0xfc]).found_from(&["not-utf8"], at)
        })
    }),
    Kind::new("the text holds a control character", |world| {
        every(world, |page| {
            let at = page.paragraphs().first().map_or(page.text.len(), |line| page.lines[*line].end - 1);
            Slip::insert(page.path, at, "\u{b}").found(&["control-character"])
        })
    }),
    Kind::new("a soft hyphen stands inside of a word", |world| {
        let mut slips = Vec::new();
        for page in world.pages() {
            for line in page.paragraphs() {
                let start = page.lines[line].start;
                let word = page
                    .of(&page.lines[line])
                    .split(|c: char| !c.is_ascii_lowercase())
                    .find(|word| word.len() > 3);
                let Some(at) = word.and_then(|word| page.text[start..].find(word)) else { continue };
                slips.push(Slip::insert(page.path, start + at + 2, "\u{ad}").found(&["control-character"]));
            }
        }
        slips
    }),
    Kind::new("a file for the makers of a site lies among its pages", |world| {
        let _ = world;
        let slip = |name: &str| {
            let path = format!("content/{name}.md");
            Slip::put(&path, "# About this folder\n\nSome words.\n").found_at(NAME, 0..0)
        };
        ["README", "CHANGELOG", "guidance/README"].into_iter().map(slip).collect()
    }),
    Kind::new("the name of a register is misspelt", |world| {
        let slip = |register: &Text<'_>| {
            let id = register.id();
            Slip::rename(register.path, &format!("content/{}{}.yml", &id[..2], &id[3..])).found_at(NAME, 0..0)
        };
        world.registers().into_iter().map(slip).collect()
    }),
    Kind::new("the name of a register ends with .yaml", |world| {
        let slip = |register: &Text<'_>| {
            Slip::rename(register.path, &format!("content/{}.yaml", register.id())).found_at(NAME, 0..0)
        };
        world.registers().into_iter().map(slip).collect()
    }),
];

/// A slip for every page.
fn every(world: &'static World, slip: fn(&Text<'_>) -> Slip) -> Vec<Slip> {
    world.pages().into_iter().filter(|page| page.is_published()).map(slip).collect()
}

/// A slip for every page in a folder: the same under the name that `name` makes of its folder and its id.
fn named(world: &'static World, name: fn(&str, &str) -> Option<String>) -> Vec<Slip> {
    moved_by(world, NAME, |page| name(&format!("content/{}/", page.folder()), page.id()))
}

fn moved(world: &'static World, rules: &'static [&'static str], path: fn(&Text<'_>) -> String) -> Vec<Slip> {
    moved_by(world, rules, |page| Some(path(page)))
}

/// A slip for every page in a folder: the same at another path.
fn moved_by(
    world: &'static World,
    rules: &'static [&'static str],
    path: impl Fn(&Text<'_>) -> Option<String>,
) -> Vec<Slip> {
    let pages = world.pages();
    let pages = pages.iter().filter(|page| !page.folder().is_empty());
    pages.filter_map(|page| Some(Slip::rename(page.path, &path(page)?).found_at(rules, 0..0))).collect()
}
