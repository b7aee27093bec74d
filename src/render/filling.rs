//! What fills the holes of a body at the place where it is shown: addresses, titles, numbers of citations, words.

use std::collections::HashMap;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::markdown::{Body, Filling, LinkRole, Word, body::escape};
use crate::site::{Crossing, PageId, Site, Target};
use crate::strings::Strings;

/// What is written with percent signs in the path of an address (RFC 3986, 3.3).
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    // The first part of a relative path must not look like a scheme.
    .add(b':');

/// An address from the site's root as it is written in a link.
pub fn encoded(address: &str) -> String {
    utf8_percent_encode(address, PATH).to_string()
}

/// The title of the handout.
pub fn handout_title(site: &Site<'_>, strings: &Strings, crossing: Crossing) -> String {
    let (condition, phase) = (site.page(crossing.condition), site.page(crossing.phase));
    strings.say("handout_title", &[("condition", condition.title()), ("phase", phase.title())])
}

/// The sources that a page cites, numbered in the order of first use.
#[derive(Debug, Default)]
pub struct Numbering {
    numbers: HashMap<Arc<str>, usize>,
    order: Vec<(Arc<str>, bool)>,
}

impl Numbering {
    /// The number of the source `id`, and whether this is its first citation.
    pub fn cite(&mut self, id: &str) -> (usize, bool) {
        let number = self.number(id);
        let cited = &mut self.order[number - 1].1;
        let first = !*cited;
        *cited = true;
        (number, first)
    }

    /// Puts the source `id` into the list without a citation.
    pub fn list(&mut self, id: &str) {
        self.number(id);
    }

    fn number(&mut self, id: &str) -> usize {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        let id: Arc<str> = id.into();
        self.order.push((id.clone(), false));
        self.numbers.insert(id, self.order.len());
        self.order.len()
    }

    /// The sources in the order of their numbers, and whether each is cited.
    pub fn order(&self) -> &[(Arc<str>, bool)] {
        &self.order
    }
}

/// What an output page has so far that its parts have in common.
#[derive(Debug, Default)]
pub struct Marks {
    /// The terms that its text leads to, in the order of first use.
    pub terms: Vec<PageId>,
    /// Whether it has a picture: the first may be seen at once, and those below it can wait.
    has_picture: bool,
}

impl Marks {
    /// The attributes of a picture at `address`: its size, so that nothing moves when it comes, and whether it can wait.
    pub fn picture(&mut self, site: &Site<'_>, address: &str, out: &mut String) {
        if let Some(sides) = site.asset(&format!("content/{address}")).and_then(|asset| asset.sides) {
            out.push_str(&format!(" width=\"{}\" height=\"{}\"", sides.width, sides.height));
        }
        if std::mem::replace(&mut self.has_picture, true) {
            out.push_str(" loading=\"lazy\"");
        }
    }
}

/// How a page's body is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// On the page itself.
    Own,
    /// On another page, below so many levels of headings.
    Embedded(u8),
}

/// Fills the holes of one body of one page.
pub struct BodyFilling<'a> {
    /// The site.
    pub site: &'a Site<'a>,
    /// The theme's words.
    pub strings: &'a Strings,
    /// The page whose body it is; none for a text of the settings.
    pub page: Option<PageId>,
    /// The body, or the field that takes Markdown.
    pub body: &'a Body,
    /// Where its links lead, in order.
    pub targets: &'a [Target],
    /// The way to the site's root from where the body is shown.
    pub root: &'a str,
    /// What is put before ids, so that they are unlike all others where the body is shown.
    pub prefix: &'a str,
    /// How the body is shown.
    pub placement: Placement,
    /// The numbers of the sources.
    pub numbering: &'a mut Numbering,
    /// The terms and pictures.
    pub marks: &'a mut Marks,
}

impl BodyFilling<'_> {
    /// The term that the link leads to, if it is explained at the foot of the page: a text of the settings stands on
    /// every page, and a term does not explain itself.
    fn term(&self, link: u32) -> Option<PageId> {
        let Some(Target::Page(page, None)) = self.targets.get(link as usize) else { return None };
        let is_term = self.site.is_of(*page, "term") && self.site.is_listed(*page);
        (is_term && self.page.is_some_and(|own| own != *page)).then_some(*page)
    }

    fn page_address(&self, page: PageId, anchor: Option<&str>, out: &mut String) {
        match anchor {
            Some(anchor) if Some(page) == self.page && self.placement == Placement::Own => {
                out.push('#');
                escape(&encoded(anchor), out);
            }
            _ => {
                out.push_str(self.root);
                escape(&encoded(self.site.address(page)), out);
                if let Some(anchor) = anchor {
                    out.push('#');
                    escape(&encoded(anchor), out);
                }
            }
        }
    }
}

impl Filling for BodyFilling<'_> {
    fn mark(&mut self, link: u32, out: &mut String) {
        let role = self.body.links.get(link as usize).map(|link| link.role);
        if role == Some(LinkRole::Image) {
            let address = match self.targets.get(link as usize) {
                Some(Target::Address(address)) => address,
                _ => return,
            };
            self.marks.picture(self.site, address, out);
        } else if let Some(term) = self.term(link) {
            out.push_str(" class=\"term\"");
            // Its explanation leads back to where the word stands first.
            if !self.marks.terms.contains(&term) {
                self.marks.terms.push(term);
                out.push_str(&format!(" id=\"bs-word-{}\"", self.site.page(term).key.id));
            }
        }
    }

    fn href(&mut self, link: u32, out: &mut String) {
        if let Some(term) = self.term(link) {
            out.push_str("#bs-term-");
            out.push_str(&self.site.page(term).key.id);
            return;
        }
        match self.targets.get(link as usize) {
            Some(Target::Page(page, anchor)) => self.page_address(*page, anchor.as_deref(), out),
            Some(Target::Anchor(anchor)) => match self.page {
                Some(page) => self.page_address(page, Some(anchor), out),
                None => out.push('#'),
            },
            Some(Target::Handout(crossing)) => {
                out.push_str(self.root);
                escape(&encoded(&crossing.address(self.site)), out);
            }
            Some(Target::Address(address)) => {
                out.push_str(self.root);
                escape(&encoded(address), out);
            }
            Some(Target::Outside(address)) => escape(address, out),
            // A finding says why it leads nowhere, and nothing is published; a preview leads to the page itself.
            Some(Target::Nowhere) | None => out.push('#'),
        }
    }

    fn words(&mut self, link: u32, out: &mut String) {
        match self.targets.get(link as usize) {
            Some(Target::Page(page, _)) => escape(self.site.page(*page).title(), out),
            Some(Target::Anchor(anchor)) => {
                let heading = self.page.and_then(|page| self.site.page(page).body.heading(anchor));
                escape(heading.map_or(anchor, |heading| &heading.text), out);
            }
            Some(Target::Handout(crossing)) => {
                escape(&handout_title(self.site, self.strings, *crossing), out)
            }
            Some(Target::Address(address)) => escape(address, out),
            Some(Target::Outside(address)) => escape(address, out),
            Some(Target::Nowhere) | None => {}
        }
    }

    fn cite(&mut self, citation: u32, out: &mut String) {
        let Some(cited) = self.body.citations.get(citation as usize) else { return };
        let (number, first) = self.numbering.cite(&cited.id);
        // The list of sources leads back to the first citation.
        let mark = if first { format!(" id=\"bs-cite-{number}\"") } else { String::new() };
        out.push_str(&format!("<a class=\"cite\"{mark} href=\"#bs-source-{number}\">[{number}]</a>"));
    }

    fn word(&mut self, word: Word, out: &mut String) {
        escape(self.strings.word(word.key()), out);
    }

    fn notes(&mut self, out: &mut String) {
        // A page that is embedded leaves its footnotes on its own page.
        if let (Placement::Embedded(_), Some(page)) = (self.placement, self.page) {
            self.page_address(page, None, out);
        }
    }

    fn prefix(&self) -> &str {
        self.prefix
    }

    fn depth(&self) -> u8 {
        match self.placement {
            Placement::Own => 0,
            Placement::Embedded(depth) => depth,
        }
    }
}
