//! One output page while its view is made: where it is, and the numbers of its sources.

use std::collections::HashMap;
use std::ops::Range;

use super::Stage;
use super::filling::{BodyFilling, Marks, Numbering, Placement, encoded};
use super::wording;
use crate::clinical::Date;
use crate::markdown::Body;
use crate::markdown::body::escape;
use crate::page::Page;
use crate::register::{SourceEntry, SourceKind};
use crate::site::PageId;
use crate::tree::Node;
use crate::view::{Card, DateView, Explained, Link, Named, SourceView};

/// An output page while its view is made.
pub struct Sheet<'a> {
    /// The site and the theme.
    pub stage: &'a Stage<'a>,
    /// The way to the site's root.
    pub root: String,
    /// The numbers of its sources.
    pub numbering: Numbering,
    /// Its terms and pictures.
    pub marks: Marks,
    /// How often each part of another page was shown here: by the page, the part and where it begins.
    shown: HashMap<(PageId, usize, usize), usize>,
}

impl<'a> Sheet<'a> {
    /// The output page at `address`.
    pub fn new(stage: &'a Stage<'a>, address: &str) -> Self {
        let root = "../".repeat(address.matches('/').count());
        Self { stage, root, numbering: Numbering::default(), marks: Marks::default(), shown: HashMap::new() }
    }

    /// The bytes `range` of the page's body, or of a field of it, filled for this place.
    pub fn fill(&mut self, page: PageId, part: usize, range: Range<usize>, placement: Placement) -> String {
        let site = self.stage.site;
        let mut out = String::with_capacity(range.len() + range.len() / 8);
        let Some(body) = site.page(page).bodies().nth(part) else { return out };
        let prefix = match placement {
            Placement::Own => String::new(),
            // Kinds have ids of their own, so both are needed to tell pages apart.
            Placement::Embedded(_) => {
                let count = self.shown.entry((page, part, range.start)).or_default();
                *count += 1;
                // An exercise of two plans stands twice on their handout. No id has the sign before the number.
                let again = if *count > 1 { format!("_{count}") } else { String::new() };
                format!("{}-{}{again}-", site.page(page).key.kind, site.page(page).key.id)
            }
        };
        let mut filling = BodyFilling {
            site,
            strings: &self.stage.theme.strings,
            page: Some(page),
            body,
            targets: site.targets(page, part),
            root: &self.root,
            prefix: &prefix,
            placement,
            numbering: &mut self.numbering,
            marks: &mut self.marks,
        };
        body.fragment.fill(range, &mut filling, &mut out);
        out
    }

    /// The Markdown of the page's field, filled for this place.
    pub fn inline(&mut self, page: PageId, node: &Node, placement: Placement) -> Option<String> {
        let part = 1 + self.stage.site.page(page).inlines.iter().position(|(span, _)| *span == node.span)?;
        let length = self.stage.site.page(page).bodies().nth(part)?.fragment.len();
        Some(self.fill(page, part, 0..length, placement))
    }

    /// The field `key` of the page, filled for this place.
    pub fn field(&mut self, page: PageId, key: &str, placement: Placement) -> Option<String> {
        let source = std::sync::Arc::clone(self.stage.site.page(page));
        self.inline(page, source.fields.get(key)?, placement)
    }

    /// The list `key` of the page, each of its items filled for this place.
    pub fn field_list(&mut self, page: PageId, key: &str, placement: Placement) -> Vec<String> {
        let source = std::sync::Arc::clone(self.stage.site.page(page));
        let items = source.fields.get(key).map_or(&[][..], Node::items);
        items.iter().filter_map(|item| self.inline(page, item, placement)).collect()
    }

    /// The section of the page under the heading `id`, filled for this place.
    pub fn section(&mut self, page: PageId, id: &str, placement: Placement) -> Option<String> {
        let range = self.stage.site.page(page).body.section(id)?;
        Some(self.fill(page, 0, range, placement))
    }

    /// The mark of a citation of the source `id`, as in a text.
    pub fn cite(&mut self, id: &str) -> String {
        let (number, first) = self.numbering.cite(id);
        let mark = if first { format!(" id=\"bs-cite-{number}\"") } else { String::new() };
        format!(
            "<sup class=\"cites\"><a class=\"cite\"{mark} href=\"#bs-source-{number}\">[{number}]</a></sup>"
        )
    }

    /// A link to the page.
    pub fn link(&self, page: PageId) -> Link {
        let card = &self.stage.cards[page.index()];
        Link { title: card.title.clone(), address: Some(card.address.clone()) }
    }

    /// The page as an entry of a list.
    pub fn card(&self, page: PageId) -> Card {
        self.stage.cards[page.index()].clone()
    }

    /// Whom the page is for, where that is not patients.
    pub fn audience(&self, page: PageId) -> Option<Named> {
        self.stage.cards[page.index()].audience.clone()
    }

    /// What one page of the kind called `kind` is called.
    pub fn kind_name(&self, kind: &str) -> String {
        self.stage.kind_name(kind).to_owned()
    }

    /// What the pages of the kind called `kind` are called.
    pub fn kind_names(&self, kind: &str) -> String {
        let strings = &self.stage.theme.strings;
        self.stage
            .site
            .context
            .schemas
            .kind(kind)
            .map_or_else(|| kind.to_owned(), |kind| wording::kind_names(kind, strings))
    }

    /// The value of the page's field `key` with its name from the table `table` of the language file.
    pub fn named(&self, page: &Page, key: &str, table: &str) -> Option<Named> {
        let id = page.text(key)?;
        Some(Named { id: id.to_owned(), name: self.stage.theme.strings.name(table, id) })
    }

    /// A date in words.
    pub fn date(&self, date: Date) -> DateView {
        DateView { iso: date.to_string(), text: self.stage.theme.strings.date(date) }
    }

    /// What the ids in the list `key` of the page name: conditions with a page, cautions without.
    pub fn cautions(&self, page: &Page, key: &str) -> Vec<Link> {
        let site = self.stage.site;
        let link = |id: &str| match site.find("condition", id) {
            Some(condition) if site.is_shown(condition) => Some(self.link(condition)),
            _ => site
                .context
                .registers
                .caution(id)
                .map(|caution| Link { title: caution.name.clone(), address: None }),
        };
        page.ids(key).filter_map(|(id, _)| link(id)).collect()
    }

    /// The sources, in the order of their numbers.
    pub fn sources(&self) -> Vec<SourceView> {
        let strings = &self.stage.theme.strings;
        let view = |(at, (id, cited)): (usize, &(std::sync::Arc<str>, bool))| {
            let source = self.stage.site.context.registers.source(id)?;
            Some(SourceView {
                number: at + 1,
                title: source.title.clone(),
                publisher: source.publisher.clone(),
                year: source.year.clone(),
                type_name: source
                    .kind
                    .map_or_else(String::new, |kind| strings.name("source_type", source_kind(kind))),
                href: href(source),
                isbn: source.isbn.clone(),
                cited: *cited,
            })
        };
        self.numbering.order().iter().enumerate().filter_map(view).collect()
    }

    /// The terms that the page leads to, with what they mean; and those that these lead to.
    pub fn terms(&mut self) -> Vec<Explained> {
        let mut explained = Vec::new();
        while let Some(term) = self.marks.terms.get(explained.len()).copied() {
            let page = std::sync::Arc::clone(self.stage.site.page(term));
            let definition = self.field(term, "definition", Placement::Embedded(1));
            explained.push(Explained {
                id: page.key.id.to_string(),
                term: self.link(term),
                definition_html: definition.unwrap_or_else(|| {
                    let mut html = String::new();
                    escape(page.text("definition").unwrap_or(""), &mut html);
                    html
                }),
            });
        }
        explained
    }

    /// The body's parts: what stands before its first section, and the range of each section with its heading.
    pub fn parts(body: &Body) -> (Range<usize>, Vec<(usize, Range<usize>)>) {
        let top =
            body.headings.iter().filter(|heading| heading.is_section).map(|heading| heading.level).min();
        let starts: Vec<(usize, usize)> = body
            .headings
            .iter()
            .enumerate()
            .filter(|(_, heading)| heading.is_section && Some(heading.level) == top)
            .map(|(index, heading)| (index, heading.start as usize))
            .collect();
        let end = body.notes();
        let intro = 0..starts.first().map_or(end, |(_, start)| *start);
        let sections = starts
            .iter()
            .enumerate()
            .map(|(at, (index, start))| (*index, *start..starts.get(at + 1).map_or(end, |(_, next)| *next)))
            .collect();
        (intro, sections)
    }
}

/// The name of a kind of source in the register.
fn source_kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Guideline => "guideline",
        SourceKind::SystematicReview => "systematic-review",
        SourceKind::Trial => "trial",
        SourceKind::Leaflet => "leaflet",
        SourceKind::Book => "book",
        SourceKind::Law => "law",
    }
}

/// Where the source is on the web: a DOI is resolved by its foundation.
fn href(source: &SourceEntry) -> Option<String> {
    let doi = source.doi.as_ref().map(|doi| format!("https://doi.org/{}", encoded(doi)));
    doi.or_else(|| source.url.clone())
}
