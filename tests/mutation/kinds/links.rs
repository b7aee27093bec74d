//! Links in the text that lead nowhere, or where no link may lead.

use std::ops::Range;

use crate::kind::Kind;
use crate::slip::Slip;
use crate::text::Text;
use crate::world::World;

use super::language::said;

const LINK: &[&str] = &["broken-link"];
const ANCHOR: &[&str] = &["broken-anchor"];
const UNSAFE: &[&str] = &["unsafe-link"];

pub const KINDS: &[Kind] = &[
    Kind::new("the name of the file in a link is misspelt", |world| {
        links(world, |page, link| {
            let path = page.of(&link.path);
            let name = path.rfind('/').map_or(0, |slash| slash + 1);
            link.to(page, &format!("{}{}", &path[..=name], &path[name + 2..])).found(LINK)
        })
    }),
    Kind::new("the folder in a link is misspelt", |world| {
        links_if(world, |page, link| {
            let path = page.of(&link.path);
            let slash = path.strip_prefix("../")?.find('/')? + 3;
            Some(link.to(page, &format!("{}{}", &path[..slash - 1], &path[slash..])).found(LINK))
        })
    }),
    Kind::new("a capital letter stands in the path of a link", |world| {
        links(world, |page, link| {
            let path = page.of(&link.path);
            let name = path.rfind('/').map_or(0, |slash| slash + 1);
            let capital = path[name..=name].to_uppercase();
            link.to(page, &format!("{}{capital}{}", &path[..name], &path[name + 1..])).found(LINK)
        })
    }),
    Kind::new("the path of a link does not lead up", |world| {
        links_if(world, |page, link| {
            let path = page.of(&link.path).strip_prefix("../")?;
            Some(link.to(page, path).found(LINK))
        })
    }),
    Kind::new("the path of a link leads up too far", |world| {
        links_if(world, |page, link| {
            let path = page.of(&link.path).strip_prefix("../")?;
            Some(link.to(page, &format!("../../{path}")).found(&["link-out-of-site", "broken-link"]))
        })
    }),
    Kind::new("the path of a link lacks its ending", |world| {
        links(world, |page, link| link.to(page, page.of(&link.path).trim_end_matches(".md")).found(LINK))
    }),
    Kind::new("the path of a link is that of the published page", |world| {
        links(world, |page, link| {
            let path = page.of(&link.path).replace(".md", ".html");
            link.to(page, &path).found(LINK)
        })
    }),
    Kind::new("the path of a link has backslashes", |world| {
        links_if(world, |page, link| {
            let path = page.of(&link.path);
            path.contains('/').then(|| link.to(page, &path.replace('/', "\\")).found(LINK))
        })
    }),
    Kind::new("a link leads to a heading that its page has not", |world| {
        links(world, |page, link| link.to(page, &format!("{}#nowhere", page.of(&link.path))).found(ANCHOR))
    }),
    Kind::in_clinic("the anchor of a link is misspelt", |world| {
        let mut slips = Vec::new();
        for page in world.pages() {
            for link in all(page) {
                let to = page.of(&link.path);
                if let Some(hash) = to.find('#') {
                    slips.push(
                        link.to(page, &format!("{}{}", &to[..hash + 2], &to[hash + 3..])).found(ANCHOR),
                    );
                }
            }
        }
        slips
    }),
    Kind::in_clinic("the anchor of a link has capital letters", |world| {
        let mut slips = Vec::new();
        for page in world.pages() {
            for link in all(page) {
                let to = page.of(&link.path);
                if let Some(hash) = to.find('#') {
                    let capital = to[hash + 1..hash + 2].to_uppercase();
                    let wrong = format!("{}#{capital}{}", &to[..hash], &to[hash + 2..]);
                    slips.push(link.to(page, &wrong).found(ANCHOR));
                }
            }
        }
        slips
    }),
    Kind::in_clinic("a heading that a link leads to has got other words", |world| {
        let page = world.text("content/guidance/your-week.md");
        let heading = page.lines[page.headings()[0]].clone();
        let link = all(page).into_iter().find(|link| page.of(&link.path).starts_with('#')).unwrap();
        let slip = Slip::replace(page.path, heading, "## What a week may be");
        vec![slip.found_at(ANCHOR, link.path)]
    }),
    Kind::new("a link runs a script", |world| {
        links(world, |page, link| link.to(page, "javascript:alert(1)").found(UNSAFE))
    }),
    Kind::new("a link carries data", |world| {
        links(world, |page, link| link.to(page, "data:text/html,words").found(UNSAFE))
    }),
    Kind::new("a link names another host without a scheme", |world| {
        links(world, |page, link| link.to(page, "//www.example.org/page").found(UNSAFE))
    }),
    Kind::new("an address on the web lacks its scheme in a link", |world| {
        links(world, |page, link| link.to(page, "www.example.org").found(&["broken-link", "unsafe-link"]))
    }),
    Kind::new("a link leads to a file of the computer", |world| {
        links(world, |page, link| link.to(page, "/home/someone/leaflet.pdf").found(&["link-out-of-site"]))
    }),
    Kind::new("a link leads to a file that is not there", |world| {
        links(world, |page, link| link.to(page, "leaflet.pdf").found(&["missing-asset"]))
    }),
    Kind::new("a link leads to nothing at all", |world| {
        links(world, |page, link| link.to(page, "").found_from(LINK, link.path.start))
    }),
    Kind::new("an address on the web names no host", |world| {
        links(world, |page, link| link.to(page, "https://").found_from(LINK, link.path.start))
    }),
    Kind::new("a link to write to somebody names nobody", |world| {
        links(world, |page, link| link.to(page, "mailto:desk").found_from(LINK, link.path.start))
    }),
    Kind::new("a link to call somebody has no number", |world| {
        links(world, |page, link| link.to(page, "tel:abc").found_from(LINK, link.path.start))
    }),
    Kind::new("a link calls another number than its words", |world| {
        said(world, LINK, "Call [0161 111 222](tel:+44161111223).", "tel:+44161111223")
    }),
    Kind::new("the words of a link do not say where it leads", |world| {
        links(world, |page, link| {
            let slip = Slip::replace(page.path, link.words.clone(), "click here");
            let start = link.words.start;
            slip.found_at(&["link-text-vague"], start..start + "click here".len())
        })
    }),
    Kind::new("a link has no words", |world| {
        links(world, |page, link| {
            let slip = Slip::delete(page.path, link.words.clone());
            slip.found_at(&["link-text-vague"], link.whole.start..link.whole.end - link.words.len())
        })
    }),
    Kind::new("the id of a wiki link is misspelt", |world| {
        wiki(world, |page, to| {
            let name = page.of(&to);
            let slash = name.find('/')? + 1;
            let wrong = format!("{}{}", &name[..=slash], &name[slash + 2..]);
            Some(Slip::replace(page.path, to, wrong).found(LINK))
        })
    }),
    Kind::new("the kind of a wiki link is misspelt", |world| {
        wiki(world, |page, to| {
            let name = page.of(&to);
            Some(Slip::replace(page.path, to, format!("{}{}", &name[..1], &name[2..])).found(LINK))
        })
    }),
    Kind::new("the kind of a wiki link is another", |world| {
        wiki(world, |page, to| {
            let id = page.of(&to).split_once('/')?.1;
            Some(Slip::replace(page.path, to, format!("plan/{id}")).found(LINK))
        })
    }),
    Kind::new("a wiki link fits two pages", |world| {
        wiki(world, |page, to| {
            let id = page.of(&to).split_once('/')?.1;
            (id == "muscle-spasm").then(|| Slip::replace(page.path, to, id).found(&["ambiguous-reference"]))
        })
    }),
];

/// A link such as `[words](path)`.
pub struct Link {
    pub whole: Range<usize>,
    pub words: Range<usize>,
    pub path: Range<usize>,
}

impl Link {
    /// The same link leading to `path`.
    fn to(&self, page: &Text<'_>, path: &str) -> Slip {
        Slip::replace(page.path, self.path.clone(), path)
    }
}

/// The links in the body of `page`, pictures left out.
fn all(page: &Text<'_>) -> Vec<Link> {
    let mut links = Vec::new();
    for middle in page.places("](", page.body) {
        let start = page.text[..middle].rfind('[').unwrap();
        let end = middle + page.text[middle..].find(')').unwrap();
        if !page.text[..start].ends_with('!') {
            links.push(Link { whole: start..end + 1, words: start + 1..middle, path: middle + 2..end });
        }
    }
    links
}

/// A slip for every link to a page.
pub fn links(world: &'static World, slip: fn(&Text<'_>, &Link) -> Slip) -> Vec<Slip> {
    let mut slips = Vec::new();
    for page in world.pages() {
        let links = all(page);
        slips.extend(
            links.iter().filter(|link| page.of(&link.path).ends_with(".md")).map(|link| slip(page, link)),
        );
    }
    slips
}

/// A slip for those links to pages that have a place for it.
fn links_if(world: &'static World, slip: fn(&Text<'_>, &Link) -> Option<Slip>) -> Vec<Slip> {
    let mut slips = Vec::new();
    for page in world.pages() {
        let links = all(page);
        let links = links.iter().filter(|link| page.of(&link.path).ends_with(".md"));
        slips.extend(links.filter_map(|link| slip(page, link)));
    }
    slips
}

/// A slip for every `[[kind/id|words]]`, of which `slip` is given the place of `kind/id`.
pub fn wiki(world: &'static World, slip: fn(&Text<'_>, Range<usize>) -> Option<Slip>) -> Vec<Slip> {
    let mut slips = Vec::new();
    for page in world.pages() {
        for at in page.places("[[", page.body) {
            let end = at + page.text[at..].find(['|', ']']).unwrap();
            slips.extend(slip(page, at + 2..end));
        }
    }
    slips
}
