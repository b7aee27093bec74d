//! All pages together: where each one lies, what its links lead to, what meets in a condition and a phase.
//!
//! A site is made once from complete pages and never changes afterwards. Pages stand in the order in which every list
//! shows them: by kind, then by title.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::input::Asset;
use crate::markdown::slug::slug;
use crate::markdown::{Body, Prose};
use crate::order;
use crate::page::{Intact, Key, Page, Status};
use crate::register::Registers;
use crate::schema::Schemas;
use crate::source::SitePath;

mod crossing;
mod links;
mod meant;
mod nearest;
mod references;
mod unregistered;
mod unsaid;

use nearest::Nearest;
use unregistered::Unregistered;

pub use crossing::{Crossing, Crossings};
pub use links::{Target, resolve_link};
pub use meant::advise;

/// A page, by its place in the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(u32);

impl PageId {
    fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Its place in the order of lists, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Which pages are rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drafts {
    /// Drafts are left out.
    Hidden,
    /// Drafts are shown, under a banner.
    Shown,
}

/// What a site is made of besides its pages.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The settings.
    pub config: &'a Config,
    /// The kinds of pages.
    pub schemas: &'a Schemas,
    /// People, sources and cautions.
    pub registers: &'a Registers,
    /// The files beside the pages.
    pub assets: &'a [Asset],
    /// The ids of pages that are there but lie or are named where no page can be. A finding says so; what refers to
    /// them is no second mistake.
    pub lost: &'a BTreeSet<String>,
    /// Files and folders that are there but can't be read. A finding says so; what leads to them is no second mistake.
    pub damaged: &'a [SitePath],
    /// Whether drafts are shown.
    pub drafts: Drafts,
}

/// The site.
pub struct Site<'a> {
    /// Settings, kinds, registers and files.
    pub context: Context<'a>,
    pages: Vec<Arc<Page>>,
    addresses: Vec<String>,
    // What is asked of a page for each link to it stands here together: pages lie all over the memory.
    kinds: Vec<(Arc<str>, Range<usize>)>,
    statuses: Vec<Status>,
    ids: HashMap<Arc<str>, Vec<PageId>>,
    paths: HashMap<Arc<str>, PageId>,
    assets: HashMap<&'a str, usize>,
    targets: Vec<Vec<Vec<Target>>>,
    used_in: Vec<Vec<PageId>>,
    nearest: OnceLock<Nearest>,
    unregistered: OnceLock<Unregistered>,
    /// What meets in a condition and a phase.
    pub crossings: Crossings,
    /// The texts of the settings.
    pub texts: Texts,
}

/// The texts of the settings: those that take Markdown, each with where its links lead.
#[derive(Debug, Default)]
pub struct Texts {
    /// The notice that stands on every page.
    pub notice: Option<(Body, Vec<Target>)>,
    /// When to stop, for exercises that do not say so.
    pub stop_if: Vec<(Body, Vec<Target>)>,
    /// The words of both, and of the others that readers act on.
    pub prose: Vec<Prose>,
}

/// Puts `pages` together. The findings are about links and references; what they say of each page is in its order.
pub fn assemble<'a>(context: Context<'a>, mut pages: Vec<Arc<Page>>) -> (Site<'a>, Vec<Diagnostic>) {
    let rank: HashMap<&str, usize> =
        context.schemas.kinds().iter().enumerate().map(|(rank, kind)| (kind.name.as_ref(), rank)).collect();
    pages.par_sort_by_cached_key(|page| {
        let rank = rank.get(&*page.key.kind).copied().unwrap_or(usize::MAX);
        (rank, order::key(page.title()), page.key.id.clone())
    });
    let mut site = Site {
        addresses: pages.par_iter().map(|page| address(context.schemas, &page.key)).collect(),
        kinds: kind_ranges(&pages),
        statuses: pages.iter().map(|page| page.status).collect(),
        ids: HashMap::with_capacity(pages.len()),
        paths: HashMap::with_capacity(pages.len()),
        assets: context.assets.iter().enumerate().map(|(n, asset)| (asset.path.as_str(), n)).collect(),
        targets: Vec::new(),
        used_in: Vec::new(),
        nearest: OnceLock::new(),
        unregistered: OnceLock::new(),
        crossings: Crossings::default(),
        texts: Texts::default(),
        context,
        pages,
    };
    for (index, page) in site.pages.iter().enumerate() {
        let id = PageId::new(index);
        site.ids.entry(page.key.id.clone()).or_default().push(id);
        site.paths.insert(page.source.path.as_str().into(), id);
    }
    site.crossings = crossing::cross(&site);
    let (targets, found): (Vec<_>, Vec<_>) =
        site.all().into_par_iter().map(|id| links::resolve(&site, site.page(id))).unzip();
    site.targets = targets;
    let mut findings: Vec<Diagnostic> = found.into_iter().flatten().collect();
    findings
        .par_extend(site.all().into_par_iter().flat_map_iter(|id| references::check(&site, site.page(id))));
    let mut findings = unsaid::gather(&site, findings);
    findings.extend(references::check_registers(&site));
    site.used_in = site.backlinks();
    let (texts, found) = links::texts(&site);
    site.texts = texts;
    findings.extend(found);
    (site, findings)
}

/// What is wrong with the links and references of `page`, which need not be as it is in the site.
pub fn check_page(site: &Site<'_>, page: &Page) -> Vec<Diagnostic> {
    let (_, mut findings) = links::resolve(site, page);
    findings.extend(references::check(site, page));
    findings
}

/// Where the pages of each kind stand among `pages`, which are sorted by kind.
fn kind_ranges(pages: &[Arc<Page>]) -> Vec<(Arc<str>, Range<usize>)> {
    let mut ranges: Vec<(Arc<str>, Range<usize>)> = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        match ranges.last_mut() {
            Some((kind, range)) if *kind == page.key.kind => range.end = index + 1,
            _ => ranges.push((page.key.kind.clone(), index..index + 1)),
        }
    }
    ranges
}

/// The address of the page `key` from the site's root.
fn address(schemas: &Schemas, key: &Key) -> String {
    match schemas.kind(&key.kind).and_then(|kind| kind.folder.as_deref()) {
        Some(folder) => format!("{folder}/{}.html", key.id),
        None => format!("{}.html", key.id),
    }
}

/// The address of the file that stands for the old address `alias`: a folder stands for its `index.html`.
fn alias_address(alias: &str) -> String {
    let alias = alias.trim_start_matches('/');
    if alias.ends_with(".html") {
        alias.to_owned()
    } else {
        format!("{}/index.html", alias.trim_end_matches('/'))
    }
}

impl<'a> Site<'a> {
    /// Every page, shown or not.
    pub fn all(&self) -> Vec<PageId> {
        (0..self.pages.len()).map(PageId::new).collect()
    }

    /// Every page that is rendered, the retired among them.
    pub fn shown(&self) -> impl Iterator<Item = PageId> + '_ {
        (0..self.pages.len()).map(PageId::new).filter(|id| self.is_shown(*id))
    }

    /// Every page of the kind `kind` that stands in lists.
    pub fn listed(&self, kind: &str) -> impl Iterator<Item = PageId> + '_ {
        self.range(kind).map(PageId::new).filter(|id| self.is_listed(*id))
    }

    /// The page.
    pub fn page(&self, id: PageId) -> &Arc<Page> {
        &self.pages[id.index()]
    }

    /// The page's address from the site's root.
    pub fn address(&self, id: PageId) -> &str {
        &self.addresses[id.index()]
    }

    /// The page of the kind `kind` with the id `id`.
    pub fn find(&self, kind: &str, id: &str) -> Option<PageId> {
        let range = self.range(kind);
        self.ids.get(id)?.iter().copied().find(|page| range.contains(&page.index()))
    }

    /// Whether the page is of the kind `kind`.
    pub fn is_of(&self, id: PageId, kind: &str) -> bool {
        self.range(kind).contains(&id.index())
    }

    /// Where the pages of the kind `kind` stand.
    fn range(&self, kind: &str) -> Range<usize> {
        let found = self.kinds.iter().find(|(name, _)| **name == *kind);
        found.map_or(0..0, |(_, range)| range.clone())
    }

    /// Whether any page has the id.
    pub fn is_id(&self, id: &str) -> bool {
        self.ids.contains_key(id)
    }

    /// The page in the file at `path` from the site's root.
    pub fn find_path(&self, path: &str) -> Option<PageId> {
        self.paths.get(path).copied()
    }

    /// The file beside the pages at `path` from the site's root.
    pub fn asset(&self, path: &str) -> Option<&'a Asset> {
        self.assets.get(path).and_then(|index| self.context.assets.get(*index))
    }

    /// How far the page is on its way to the public.
    pub fn status(&self, id: PageId) -> Status {
        self.statuses[id.index()]
    }

    /// Whether the page is rendered.
    pub fn is_shown(&self, id: PageId) -> bool {
        self.status(id) != Status::Draft || self.context.drafts == Drafts::Shown
    }

    /// Whether the page stands in lists: it is shown and not retired.
    pub fn is_listed(&self, id: PageId) -> bool {
        self.is_shown(id) && self.status(id) != Status::Retired
    }

    /// Where the links of the page's body lead (part 0), and those of its fields that take Markdown, in order.
    pub fn targets(&self, id: PageId, part: usize) -> &[Target] {
        self.targets.get(id.index()).and_then(|parts| parts.get(part)).map_or(&[], Vec::as_slice)
    }

    /// The shown pages that refer to the page, in the order of lists.
    pub fn used_in(&self, id: PageId) -> &[PageId] {
        &self.used_in[id.index()]
    }

    /// The pages that the list `key` of the page names, of any of `kinds`; those that are not shown are left out.
    pub fn referred<'s>(
        &'s self,
        id: PageId,
        key: &'s str,
        kinds: &'s [&str],
    ) -> impl Iterator<Item = PageId> + 's {
        self.page(id)
            .ids(key)
            .filter_map(move |(name, _)| kinds.iter().find_map(|kind| self.find(kind, name)))
            .filter(|page| self.is_listed(*page))
    }

    /// The old addresses of the page that redirect to it.
    pub fn aliases(&self, id: PageId) -> impl Iterator<Item = String> + '_ {
        self.page(id).ids("aliases").map(|(alias, _)| alias_address(alias))
    }

    /// Whether `id`, or a file of that name, may be a page that lies or is named where no page can be, or in a folder
    /// that can't be read.
    pub fn is_lost(&self, id: &str) -> bool {
        let id = id.strip_suffix(".md").unwrap_or(id);
        let is_named = !self.context.lost.is_empty() && self.context.lost.contains(&slug(id));
        is_named || self.lacks_folder()
    }

    /// Whether the folder of a kind is there and can't be read: any id may be that of a page in it.
    fn lacks_folder(&self) -> bool {
        let is_of_kind = |path: &SitePath| {
            let folder = path.as_str().strip_prefix("content/");
            folder.is_some_and(|folder| self.context.schemas.kind_in_folder(folder).is_some())
        };
        self.context.damaged.iter().any(is_of_kind)
    }

    /// Whether the file at `path` from the site's root is there and can't be read, or lies in a folder that can't be.
    pub fn is_damaged(&self, path: &str) -> bool {
        self.context.damaged.iter().any(|damaged| {
            let rest = path.strip_prefix(damaged.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// Whether every page could be understood wholly; if not, what is used nowhere may be used where it can't be seen.
    pub fn is_intact(&self) -> bool {
        self.context.lost.is_empty()
            && !self.lacks_folder()
            && self.pages.iter().all(|page| page.intact == Intact::Wholly)
    }

    /// What may be meant by a name that is not there.
    fn nearest(&self) -> &Nearest {
        self.nearest.get_or_init(|| Nearest::new(self))
    }

    /// The ids that the registers lack. Made for the first reference that leads nowhere.
    fn unregistered(&self) -> &Unregistered {
        self.unregistered.get_or_init(|| Unregistered::new(self))
    }

    fn backlinks(&self) -> Vec<Vec<PageId>> {
        let mut used_in = vec![Vec::new(); self.pages.len()];
        for id in self.all().into_iter().filter(|id| self.is_listed(*id)) {
            let links = self.targets[id.index()].iter().flatten().filter_map(Target::page);
            for target in links.chain(references::uses(self, id)) {
                if target != id {
                    used_in[target.index()].push(id);
                }
            }
        }
        for users in &mut used_in {
            users.sort_unstable();
            users.dedup();
        }
        used_in
    }
}
