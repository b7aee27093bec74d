//! A site and a theme to artifacts: each output page on its own, handed to a sink as it comes.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use tera::{Context, Value};

use crate::artifact::{Artifact, Content, Sink};
use crate::diagnostic::Diagnostic;
use crate::page::Status;
use crate::schema::ReviewDuty;
use crate::site::{Crossing, PageId, Site};
use crate::theme::Theme;
use crate::view::{Card, Frame, Link, Seen};

mod care;
mod complaint;
mod exercise;
mod extra;
mod feed;
mod filling;
mod frame;
mod handout;
mod listing;
mod occasion;
mod page;
mod plan;
mod review;
mod sheet;
mod site_view;
mod telephone;
mod wording;

use listing::{Listed, Listing, NameEntry};
use sheet::Sheet;

/// What every output page is made from, put together once.
pub struct Stage<'a> {
    /// The site.
    pub site: &'a Site<'a>,
    /// The theme.
    pub theme: &'a Theme,
    /// What one page of each kind is called.
    kind_names: HashMap<Box<str>, String>,
    /// Every page as an entry of a list, in the order of the site.
    cards: Vec<Card>,
    /// The kinds that have a list: name, link and number of pages.
    sections: Vec<(Box<str>, Link, usize)>,
    /// The fields that only the site's own schemas have, by kind: keys and titles.
    extra: HashMap<Box<str>, Vec<(String, String)>>,
    /// The site's own words for when to stop, as HTML.
    stop_if: Vec<String>,
    /// What templates see of the site, by how deep below the root they are.
    site_values: Vec<Entry>,
    words: Entry,
    assets: Entry,
}

/// A value that templates see, and its name.
type Entry = (&'static str, Value);

fn entry(seen: Seen<'_>) -> Entry {
    (seen.name(), seen.value())
}

/// A file of the published site: its path and its bytes.
type File = (String, Vec<u8>);

/// How deep an output page can lie below the root.
const DEPTHS: usize = 4;

/// One output page to make.
#[derive(Clone, Debug)]
enum Job {
    Page(PageId),
    /// The start page, where no file `content/index.md` gives it a text.
    Home,
    /// A list, the pages in it, and which of its leaves; the A to Z has names in place of pages.
    List(Listing, Arc<[PageId]>, usize),
    Handout(Crossing),
    NotFound,
    /// An old address, and the page it leads to.
    Redirect(String, PageId),
    Sitemap,
    Feed,
    Brand,
}

/// How much a site has to render.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Pages with a file of their own.
    pub pages: usize,
    /// Handouts.
    pub handouts: usize,
}

impl Count {
    /// How much `site` has.
    pub fn of(site: &Site<'_>) -> Self {
        Self { pages: site.shown().count(), handouts: site.crossings.iter().count() }
    }
}

/// How many files a thread makes at once: few enough that all threads end at the same time.
const AT_ONCE: usize = 16;

/// Renders the whole site into `sink`. The findings are about templates that fail.
pub fn render(site: &Site<'_>, theme: &Theme, sink: &dyn Sink) -> Vec<Diagnostic> {
    let stage = Stage::new(site, theme);
    let names = listing::names(&stage);
    let jobs = stage.jobs(&names);
    sink.expect(jobs.len() + theme.statics().count() + site.context.assets.len());
    let findings: Vec<Diagnostic> = jobs
        .par_iter()
        .with_max_len(AT_ONCE)
        .flat_map_iter(|job| match stage.artifact(job, &names) {
            Ok(artifact) => {
                sink.put(artifact);
                None
            }
            Err(finding) => Some(occasion::told(&stage, job, *finding)),
        })
        .collect();
    for (path, content) in theme.statics() {
        sink.put(Artifact { path: path.to_owned(), content: content.clone() });
    }
    site.context.assets.par_iter().for_each(|asset| {
        let path = asset.path.as_str();
        let content = Content::File { from: asset.file.clone(), digest: asset.digest, size: asset.size };
        sink.put(Artifact { path: path.strip_prefix("content/").unwrap_or(path).to_owned(), content });
    });
    theme.told_once(findings)
}

impl<'a> Stage<'a> {
    fn new(site: &'a Site<'a>, theme: &'a Theme) -> Self {
        let mut stage = Self {
            site,
            theme,
            kind_names: site
                .context
                .schemas
                .kinds()
                .iter()
                .map(|kind| (kind.name.clone(), wording::kind_name(kind, &theme.strings)))
                .collect(),
            cards: Vec::new(),
            sections: Vec::new(),
            extra: extra::of_kinds(site),
            stop_if: Vec::new(),
            site_values: Vec::new(),
            words: entry(Seen::Words(theme.strings.words())),
            assets: entry(Seen::Assets(theme.addresses())),
        };
        stage.cards = site.all().into_par_iter().map(|id| stage.card(id)).collect();
        stage.sections = stage.sections();
        stage.stop_if = site_view::stop_if(&stage);
        stage.site_values = (0..DEPTHS)
            .map(|depth| entry(Seen::Site(&site_view::view(&stage, &"../".repeat(depth)))))
            .collect();
        if let Some(brand) = site_view::brand(&stage) {
            let mut assets: BTreeMap<String, String> = theme.addresses().clone();
            assets.insert("brand.css".to_owned(), theme.versioned("static/brand.css", brand.as_bytes()));
            stage.assets = entry(Seen::Assets(&assets));
        }
        stage
    }

    /// The page as an entry of a list. Other pages show it a dozen times, so it is made once.
    fn card(&self, id: PageId) -> Card {
        let page = self.site.page(id);
        Card {
            title: page.title().to_owned(),
            summary: page.text("summary").unwrap_or("").to_owned(),
            address: filling::encoded(self.site.address(id)),
            kind: page.key.kind.to_string(),
            kind_name: self.kind_name(&page.key.kind).to_owned(),
            audience: wording::audience(page, &self.theme.strings),
        }
    }

    /// What one page of the kind called `kind` is called.
    fn kind_name<'s>(&'s self, kind: &'s str) -> &'s str {
        self.kind_names.get(kind).map_or(kind, String::as_str)
    }

    fn sections(&self) -> Vec<(Box<str>, Link, usize)> {
        let mut sections = Vec::new();
        for kind in self.site.context.schemas.kinds().iter().filter(|kind| kind.folder.is_some()) {
            let count = self.site.listed(&kind.name).count();
            if count > 0 {
                let listing = Listing::new(Listed::Section(kind.name.clone()), count);
                let title = wording::kind_names(kind, &self.theme.strings);
                sections.push((
                    kind.name.clone(),
                    Link { title, address: Some(listing.address(self, 0)) },
                    count,
                ));
            }
        }
        sections
    }

    /// The folder of the kind's pages; its name for one at the root.
    fn folder(&self, kind: &str) -> String {
        let folder = self.site.context.schemas.kind(kind).and_then(|kind| kind.folder.as_deref());
        folder.unwrap_or(kind).to_owned()
    }

    /// Whether the page is the start page.
    fn is_home(&self, id: PageId) -> bool {
        self.site.address(id) == "index.html"
    }

    /// A link to the handout.
    fn handout_link(&self, crossing: Crossing) -> Link {
        Link { title: self.handout_title(crossing), address: Some(crossing.address(self.site)) }
    }

    fn handout_title(&self, crossing: Crossing) -> String {
        filling::handout_title(self.site, &self.theme.strings, crossing)
    }

    /// The site's own words for when to stop, for an exercise that has none of its own.
    fn default_stop_if(&self, page: &crate::page::Page) -> Vec<String> {
        if page.body.section("stop-if").is_some() { Vec::new() } else { self.stop_if.clone() }
    }

    /// The fields of the kind that only the site's own schemas have: keys and titles.
    fn extra_fields(&self, kind: &str) -> &[(String, String)] {
        self.extra.get(kind).map_or(&[], Vec::as_slice)
    }

    fn jobs(&self, names: &[NameEntry]) -> Vec<Job> {
        let site = self.site;
        let mut jobs: Vec<Job> = site.shown().map(Job::Page).collect();
        if site.find("page", "index").is_none_or(|home| !site.is_shown(home)) {
            jobs.push(Job::Home);
        }
        let mut lists: Vec<(Listing, Arc<[PageId]>)> = self
            .sections
            .iter()
            .map(|(kind, _, count)| {
                (Listing::new(Listed::Section(kind.clone()), *count), site.listed(kind).collect())
            })
            .collect();
        lists.push((Listing::new(Listed::Names, names.len()), Arc::default()));
        let crossings = &site.crossings;
        let members = crossings.conditions.iter().map(|page| (*page, crossings.of_condition(*page)));
        for (page, members) in
            members.chain(crossings.phases.iter().map(|page| (*page, crossings.of_phase(*page))))
        {
            for pages in members.chunk_by(|a, b| site.page(*a).key.kind == site.page(*b).key.kind) {
                if let Some(first) = pages.first().filter(|_| pages.len() > listing::LEAF) {
                    let kind = Box::from(&*site.page(*first).key.kind);
                    lists.push((Listing::new(Listed::Members(page, kind), pages.len()), pages.into()));
                }
            }
        }
        jobs.extend(lists.into_iter().flat_map(|(list, members)| {
            (0..list.leaves).map(move |leaf| Job::List(list.clone(), Arc::clone(&members), leaf))
        }));
        jobs.extend(crossings.iter().map(Job::Handout));
        for id in site.shown() {
            jobs.extend(site.aliases(id).map(|address| Job::Redirect(address, id)));
        }
        jobs.push(Job::NotFound);
        // A site that asks search engines to leave it out has nothing to tell them.
        let is_public = site.context.config.review.duty == ReviewDuty::Required;
        if is_public && site.context.config.base_url.is_some() {
            jobs.push(Job::Sitemap);
        }
        if feed::address(self).is_some() {
            jobs.push(Job::Feed);
        }
        if site_view::brand(self).is_some() {
            jobs.push(Job::Brand);
        }
        jobs
    }

    fn artifact(&self, job: &Job, names: &[NameEntry]) -> Result<Artifact, Box<Diagnostic>> {
        let (path, bytes) = match job {
            Job::Page(id) => self.page(*id)?,
            Job::Home => {
                let frame = frame::home(self);
                let sheet = Sheet::new(self, "index.html");
                self.template("home.html", frame, &[Seen::Home(&listing::home(&sheet))])?
            }
            Job::List(list, members, leaf) => self.list(list, members, *leaf, names)?,
            Job::Handout(crossing) => {
                let view = handout::view(self, *crossing);
                let mut frame = frame::handout(self, *crossing);
                frame.version = Some(view.review.version.clone());
                self.template("handout.html", frame, &[Seen::Handout(&view)])?
            }
            Job::NotFound => self.template("404.html", frame::not_found(self), &[])?,
            Job::Redirect(address, id) => {
                let frame = frame::redirect(self, address, *id);
                let target = Sheet::new(self, address).link(*id);
                self.template("redirect.html", frame, &[Seen::Target(&target)])?
            }
            Job::Sitemap => ("sitemap.xml".to_owned(), feed::sitemap(self).into_bytes()),
            Job::Feed => ("feed.xml".to_owned(), feed::feed(self).into_bytes()),
            Job::Brand => {
                ("static/brand.css".to_owned(), site_view::brand(self).unwrap_or_default().into_bytes())
            }
        };
        Ok(Artifact { path, content: Content::Bytes(bytes) })
    }

    fn page(&self, id: PageId) -> Result<File, Box<Diagnostic>> {
        let page = self.site.page(id);
        let view = page::view(self, id);
        let frame = frame::page(self, id);
        if page.status == Status::Retired {
            return self.template("retired.html", frame, &[Seen::Page(&view)]);
        }
        if self.is_home(id) {
            let home = listing::home(&Sheet::new(self, "index.html"));
            return self.template("home.html", frame, &[Seen::Page(&view), Seen::Home(&home)]);
        }
        let own = format!("{}.html", page.key.kind);
        let template = if self.theme.has(&own) { own.as_str() } else { "page.html" };
        self.template(template, frame, &[Seen::Page(&view)])
    }

    fn list(
        &self,
        list: &Listing,
        members: &[PageId],
        leaf: usize,
        names: &[NameEntry],
    ) -> Result<File, Box<Diagnostic>> {
        let address = list.address(self, leaf);
        let sheet = Sheet::new(self, &address);
        let kind = match &list.what {
            Listed::Names => {
                let view = listing::a_to_z(&sheet, list, names, leaf);
                return self.template("a-z.html", frame::names(self, &address, leaf), &[Seen::Az(&view)]);
            }
            Listed::Section(kind) | Listed::Members(_, kind) => kind,
        };
        let view = listing::list(&sheet, list, kind, members, leaf);
        self.template("list.html", frame::list(self, list, leaf, members.len()), &[Seen::List(&view)])
    }

    /// Renders `template` with the values that every template sees and `values`.
    fn template(
        &self,
        template: &str,
        mut frame: Frame,
        values: &[Seen<'_>],
    ) -> Result<File, Box<Diagnostic>> {
        let path = frame.address.clone();
        frame.report = complaint::address(self, &frame);
        let mut context = Context::new();
        let depth = frame.root.matches("../").count();
        let site = match self.site_values.get(depth).filter(|_| frame.root == "../".repeat(depth)) {
            Some(value) => value.clone(),
            None => entry(Seen::Site(&site_view::view(self, &frame.root))),
        };
        let shared = [site, self.words.clone(), self.assets.clone()];
        let own = [Seen::Root(&frame.root), Seen::Frame(&frame)].into_iter().chain(values.iter().copied());
        for (name, value) in shared.into_iter().chain(own.map(entry)) {
            context.insert_value(name, value);
        }
        let html = self.theme.render(template, &context)?;
        Ok((path, html))
    }
}
