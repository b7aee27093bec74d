//! Where links lead: each destination to a page, a file or an address, or a finding that says why it leads nowhere.

use super::crossing::Crossing;
use super::{PageId, Site, Texts};
use crate::diagnostic::{Applicability, Diagnostic, Place, Rule};
use crate::markdown::slug::slug;
use crate::markdown::{self, Body, Destination, Highlighter, Link, LinkRole};
use crate::page::{Intact, Page, Status};
use crate::schema::{Kind, Section};
use crate::source::{Source, Spanned};
use crate::suggest::closest;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A page, and perhaps a heading of it.
    Page(PageId, Option<Box<str>>),
    /// A heading of the same page.
    Anchor(Box<str>),
    /// A handout.
    Handout(Crossing),
    /// An address from the site's root: a list, a file.
    Address(Box<str>),
    /// Another host, or a person.
    Outside(Box<str>),
    /// Nowhere; a finding says why.
    Nowhere,
}

impl Target {
    /// The page it leads to.
    pub fn page(&self) -> Option<PageId> {
        match self {
            Self::Page(page, _) => Some(*page),
            _ => None,
        }
    }
}

/// Where the links of a page lead, part by part: its body, then its fields that take Markdown.
pub(super) fn resolve(site: &Site<'_>, page: &Page) -> (Vec<Vec<Target>>, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let resolver =
        Resolver { site, source: &page.source, folder: page.source.path.folder(), page: Some(page) };
    let targets = page.bodies().map(|body| resolver.body(body, &mut findings)).collect();
    (targets, findings)
}

/// The texts of the settings. Paths in them start at `content/`.
pub(super) fn texts(site: &Site<'_>) -> (Texts, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let config = site.context.config;
    let Some(source) = &config.source else { return (Texts::default(), findings) };
    let resolver = Resolver { site, source, folder: "content", page: None };
    let highlighter = Highlighter::default();
    let mut read = |text: &Spanned<String>| {
        let reading = markdown::inline(&text.value, text.span, &source.text, &source.path, &highlighter);
        findings.extend(reading.findings);
        let targets = resolver.body(&reading.body, &mut findings);
        (reading.body, targets)
    };
    let texts = Texts {
        notice: config.notice.as_ref().map(&mut read),
        stop_if: config.stop_if.iter().map(&mut read).collect(),
    };
    (texts, findings)
}

/// Where one link of `page` leads, or the finding that says why it leads nowhere: for what a field names.
pub fn resolve_link(site: &Site<'_>, page: &Page, link: &Link) -> Result<Target, Box<Diagnostic>> {
    let folder = page.source.path.folder();
    Resolver { site, source: &page.source, folder, page: Some(page) }.target(link)
}

struct Resolver<'s> {
    site: &'s Site<'s>,
    /// The file in which the links stand.
    source: &'s Source,
    /// The folder at which their paths start.
    folder: &'s str,
    /// The page whose links they are; none for the settings.
    page: Option<&'s Page>,
}

impl Resolver<'_> {
    fn body(&self, body: &Body, findings: &mut Vec<Diagnostic>) -> Vec<Target> {
        let target = |link: &Link| match self.target(link) {
            Ok(target) => {
                findings.extend(self.judge(link, &target));
                target
            }
            Err(finding) => {
                findings.push(*finding);
                Target::Nowhere
            }
        };
        body.links.iter().map(target).collect()
    }

    fn finding(&self, rule: Rule, link: &Link, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(rule, Place::new(&self.source.path, link.span), message)
    }

    fn target(&self, link: &Link) -> Result<Target, Box<Diagnostic>> {
        match &link.destination {
            Destination::Outside(address) => match link.role {
                LinkRole::Link => Ok(Target::Outside(address.clone())),
                LinkRole::Image => Err(Box::new(
                    self.finding(Rule::UnsafeLink, link, "the picture would be fetched from another host")
                        .help("save it beside the page and name the file here"),
                )),
            },
            Destination::Anchor(anchor) => {
                match self.page {
                    Some(page) => self.anchor(link, page, anchor)?,
                    None => {
                        return Err(Box::new(self.no_anchor(
                            link,
                            anchor,
                            "the place where this is printed",
                        )));
                    }
                }
                Ok(Target::Anchor(anchor.clone()))
            }
            Destination::File { path, anchor } => {
                let found = self.file(link, path, anchor.as_deref());
                // The links of a page in the wrong folder may be written for the right one.
                match (&found, self.page.and_then(|page| page.home.as_deref())) {
                    (Err(_), Some(home)) if home != self.folder => {
                        let there = Resolver { folder: home, ..*self }.file(link, path, anchor.as_deref());
                        there.or(found)
                    }
                    _ => found,
                }
            }
            Destination::Page { kind, id, anchor } => self.wiki(link, kind.as_deref(), id, anchor.as_deref()),
            Destination::Unsafe(scheme) if &**scheme == "//" => Err(Box::new(
                self.finding(Rule::UnsafeLink, link, "the address leaves open how the other host is reached")
                    .help("begin it with `https://`"),
            )),
            Destination::Unsafe(scheme) => Err(Box::new(
                self.finding(
                    Rule::UnsafeLink,
                    link,
                    format!("`{scheme}` is no address that a page may lead to"),
                )
                .help(
                    "lead to a page of this site, or begin the address with `https://`, `mailto:` or `tel:`",
                ),
            )),
            Destination::Empty => Err(Box::new(
                self.finding(Rule::BrokenLink, link, "the link leads nowhere")
                    .help("write the path of a page between the round brackets"),
            )),
        }
    }

    fn file(&self, link: &Link, path: &str, anchor: Option<&str>) -> Result<Target, Box<Diagnostic>> {
        let full = match join(self.folder, path) {
            Ok(full) => full,
            Err(Outside) if path.starts_with('/') && self.rooted(link.role, path).is_some() => {
                let message = format!("`{path}` begins with a slash, and paths begin at the page");
                let finding = self.finding(Rule::LinkOutOfSite, link, message);
                return Err(Box::new(match self.rooted(link.role, path) {
                    Some(right) => self.replaced(finding, link, path, &right),
                    None => finding,
                }));
            }
            Err(Outside) => {
                return Err(Box::new(
                    self.finding(Rule::LinkOutOfSite, link, format!("`{path}` lies outside of `content/`"))
                        .help("put the file beside the page, or lead to a page under `content/`"),
                ));
            }
        };
        let is_page = full.ends_with(".md");
        if link.role == LinkRole::Link
            && let Some(id) = self.site.find_path(&full)
        {
            return self.to_page(link, id, anchor);
        }
        if link.role == LinkRole::Link
            && let Some(folder) = self.section(&full)
        {
            if let Some(anchor) = anchor {
                return Err(Box::new(self.no_anchor(link, anchor, "that list")));
            }
            return Ok(Target::Address(format!("{folder}/index.html").into()));
        }
        if !is_page && let Some(asset) = self.site.asset(&full) {
            let address = asset.path.as_str().strip_prefix("content/").unwrap_or(asset.path.as_str());
            return Ok(Target::Address(address.into()));
        }
        if full.rsplit('/').next().is_some_and(|name| name.ends_with(".md") && self.site.is_lost(name)) {
            return Ok(Target::Nowhere);
        }
        Err(Box::new(self.no_file(link, path, &full)))
    }

    /// The folder of the kind whose list `full` stands for: the folder itself, or `index.md` in it.
    fn section(&self, full: &str) -> Option<&str> {
        let inside = full.strip_prefix("content/")?;
        let folder = inside.strip_suffix("/index.md").unwrap_or(inside).trim_end_matches('/');
        self.site.context.schemas.kind_in_folder(folder).and_then(|kind| kind.folder.as_deref())
    }

    fn no_file(&self, link: &Link, path: &str, full: &str) -> Diagnostic {
        let site = self.site;
        if path.starts_with("www.") && link.role == LinkRole::Link {
            let message = format!("`{path}` is an address on the web without its beginning");
            let whole = format!("https://{}", link.span.of(&self.source.text));
            return self
                .finding(Rule::BrokenLink, link, message)
                .help(format!("write `https://{path}`"))
                .fix(link.span, whole, Applicability::MaybeIncorrect);
        }
        if let Some((what, right)) = without_scheme(path).filter(|_| link.role == LinkRole::Link) {
            let message = format!("`{path}` is {what} without its beginning");
            return self.finding(Rule::BrokenLink, link, message).help(format!("write `{right}`")).fix(
                link.span,
                right,
                Applicability::MaybeIncorrect,
            );
        }
        if path.contains('\\') {
            let right = path.replace('\\', "/");
            if let Some(there) = join(self.folder, &right).ok().and_then(|full| self.there(link.role, &full))
            {
                let rule = if there.ends_with(".md") { Rule::BrokenLink } else { Rule::MissingAsset };
                let message = format!("`{path}` has backslashes, and paths have `/`");
                return self.replaced(
                    self.finding(rule, link, message),
                    link,
                    path,
                    &relative(self.folder, &there),
                );
            }
        }
        let folder = full.rsplit_once('/').map_or("", |(folder, _)| folder);
        let name = full.rsplit('/').next().unwrap_or(full);
        if link.role == LinkRole::Image
            || !(name.ends_with(".md") || name.ends_with(".html") || !name.contains('.'))
        {
            let inside = format!("{}/", full.trim_end_matches('/'));
            let is_folder = site.context.assets.iter().any(|asset| asset.path.as_str().starts_with(&inside))
                || site.paths.keys().any(|page| page.starts_with(&inside));
            let message = if is_folder {
                format!("`{path}` is a folder, not a file")
            } else {
                format!("there is no file `{path}`")
            };
            let finding = self.finding(Rule::MissingAsset, link, message);
            let beside = site.context.assets.iter().filter(|asset| asset.path.folder() == folder);
            if let Some(there) = self.there(link.role, full) {
                return self.replaced(finding, link, path, &relative(self.folder, &there));
            }
            return match closest(name, beside.map(|asset| asset.path.file_name())) {
                None if is_folder => finding.help("write the name of a file in it, too"),
                Some(right) => self.fixed(finding, link, path, name, right),
                None => finding.help(format!("put the file at `{full}`, or mend the path")),
            };
        }
        let finding = self.finding(Rule::BrokenLink, link, format!("there is no page `{path}`"));
        let stem = name.strip_suffix(".md").or_else(|| name.strip_suffix(".html")).unwrap_or(name);
        let right = format!("{stem}.md");
        if site.find_path(&format!("{folder}/{right}")).is_some() {
            return self.fixed(finding, link, path, name, &right);
        }
        if let Some(there) = self.there(link.role, full) {
            return self.replaced(finding, link, path, &relative(self.folder, &there));
        }
        if let Some(right) = site.nearest().file(folder, name) {
            return self.fixed(finding, link, path, name, right);
        }
        if let Some(elsewhere) = site.ids.get(stem).and_then(|ids| ids.first()) {
            let there = relative(self.folder, site.page(*elsewhere).source.path.as_str());
            return finding.help(format!("did you mean `{there}`?")).fix(
                link.span,
                there,
                Applicability::MaybeIncorrect,
            );
        }
        finding.help("mend the path, or write the page")
    }

    /// The page or file at `full` to which `role` can lead, whatever the case of its letters.
    fn there(&self, role: LinkRole, full: &str) -> Option<String> {
        let pages = self.site.paths.keys().map(|path| &**path).filter(|_| role == LinkRole::Link);
        let assets = self.site.context.assets.iter().map(|asset| asset.path.as_str());
        // The least, as the order of a map is none.
        pages.chain(assets).filter(|path| path.eq_ignore_ascii_case(full)).min().map(str::to_owned)
    }

    /// The path from here to the page or file that `path` names from the root of the site or of the content.
    fn rooted(&self, role: LinkRole, path: &str) -> Option<String> {
        let inside = path.trim_start_matches('/');
        let full = join("content", inside.strip_prefix("content/").unwrap_or(inside)).ok()?;
        let as_page = || self.there(role, &format!("{}.md", full.strip_suffix(".html")?));
        self.there(role, &full).or_else(as_page).map(|there| relative(self.folder, &there))
    }

    /// The finding with the advice to write `right` for the whole of `path`.
    fn replaced(&self, finding: Diagnostic, link: &Link, path: &str, right: &str) -> Diagnostic {
        let finding = finding.help(format!("did you mean `{right}`?"));
        let written = link.span.of(&self.source.text);
        match written.strip_prefix(path) {
            Some(rest) => finding.fix(link.span, format!("{right}{rest}"), Applicability::MaybeIncorrect),
            None => finding,
        }
    }

    /// The finding with the advice to write `right` for `name`, the last part of `path`.
    fn fixed(&self, finding: Diagnostic, link: &Link, path: &str, name: &str, right: &str) -> Diagnostic {
        let fixed = format!("{}{right}", path.strip_suffix(name).unwrap_or(""));
        let written = link.span.of(&self.source.text);
        let finding = finding.help(format!("did you mean `{fixed}`?"));
        // The path is mended and what stands behind it kept, but only where it stands in the file as it was read.
        match written.strip_prefix(path) {
            Some(rest) => finding.fix(link.span, format!("{fixed}{rest}"), Applicability::MaybeIncorrect),
            None => finding,
        }
    }

    fn wiki(
        &self,
        link: &Link,
        kind: Option<&str>,
        id: &str,
        anchor: Option<&str>,
    ) -> Result<Target, Box<Diagnostic>> {
        let site = self.site;
        if let Some(condition) = kind.and_then(|kind| kind.strip_prefix("handout/")) {
            return self.handout(link, condition, id);
        }
        let found: Vec<PageId> = match kind {
            Some(kind) => site.find(kind, id).into_iter().collect(),
            None => site.ids.get(id).cloned().unwrap_or_default(),
        };
        match found.as_slice() {
            [] if self.site.is_lost(id) => Ok(Target::Nowhere),
            [] => Err(Box::new(self.no_id(link, kind, id))),
            [page] => self.to_page(link, *page, anchor),
            [first, ..] => {
                let names: Vec<String> =
                    found.iter().map(|page| format!("`{}/{id}`", site.page(*page).key.kind)).collect();
                let message = format!("`{id}` is the id of more than one page");
                let finding = self.finding(Rule::AmbiguousReference, link, message);
                let kind = &site.page(*first).key.kind;
                Err(Box::new(finding.help(format!(
                    "name the kind too: {}; for example `[[{kind}/{id}]]`",
                    names.join(" or ")
                ))))
            }
        }
    }

    fn handout(&self, link: &Link, condition: &str, phase: &str) -> Result<Target, Box<Diagnostic>> {
        let site = self.site;
        let crossing = site.find("condition", condition).zip(site.find("phase", phase));
        match crossing.map(|(condition, phase)| Crossing { condition, phase }) {
            Some(crossing) if !site.crossings.meeting(crossing).is_empty() => Ok(Target::Handout(crossing)),
            None if site.find("condition", phase).is_some() && site.find("phase", condition).is_some() => {
                let message = "the condition of a handout comes before its phase";
                let (path, right) =
                    (format!("handout/{condition}/{phase}"), format!("handout/{phase}/{condition}"));
                Err(Box::new(self.replaced(
                    self.finding(Rule::BrokenLink, link, message),
                    link,
                    &path,
                    &right,
                )))
            }
            _ => Err(Box::new(
                self.finding(
                    Rule::BrokenLink,
                    link,
                    format!("there is no handout for `{condition}` and `{phase}`"),
                )
                .help("a handout is there where at least one page has both the condition and the phase"),
            )),
        }
    }

    fn no_id(&self, link: &Link, kind: Option<&str>, id: &str) -> Diagnostic {
        let site = self.site;
        let Some(kind) = kind else {
            let finding =
                self.finding(Rule::BrokenLink, link, format!("there is no page with the id `{id}`"));
            return self.right_id(finding, link, "", id, site.nearest().id(None, id));
        };
        if site.context.schemas.kind(kind).is_none() {
            let kinds = site.context.schemas.kinds().iter().map(|kind| kind.name.as_ref());
            let finding = self.finding(Rule::BrokenLink, link, format!("`{kind}` is not a kind of page"));
            return match closest(kind, kinds) {
                Some(right) => finding.help(format!("did you mean `{right}/{id}`?")),
                None => {
                    finding.help("write the id of a page, or a kind and an id as in `[[exercise/squat]]`")
                }
            };
        }
        let finding = self.finding(Rule::BrokenLink, link, format!("there is no {kind} with the id `{id}`"));
        self.right_id(finding, link, &format!("{kind}/"), id, site.nearest().id(Some(kind), id))
    }

    fn right_id(
        &self,
        finding: Diagnostic,
        link: &Link,
        kind: &str,
        id: &str,
        right: Option<&str>,
    ) -> Diagnostic {
        let Some(right) = right else {
            return finding.help("the id of a page is the name of its file without `.md`");
        };
        let finding = finding.help(format!("did you mean `{kind}{right}`?"));
        match link.span.of(&self.source.text).strip_prefix(&format!("{kind}{id}")) {
            Some(rest) => {
                finding.fix(link.span, format!("{kind}{right}{rest}"), Applicability::MaybeIncorrect)
            }
            None => finding,
        }
    }

    fn to_page(&self, link: &Link, id: PageId, anchor: Option<&str>) -> Result<Target, Box<Diagnostic>> {
        if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) {
            self.anchor(link, self.site.page(id), anchor)?;
        }
        Ok(Target::Page(id, anchor.filter(|anchor| !anchor.is_empty()).map(Into::into)))
    }

    fn anchor(&self, link: &Link, page: &Page, anchor: &str) -> Result<(), Box<Diagnostic>> {
        // Of a page whose body could not be found nothing is known, and its own finding says so.
        if page.intact == Intact::Nothing || page.body.heading(anchor).is_some() || self.is_told(page, anchor)
        {
            return Ok(());
        }
        let finding = self.no_anchor(link, anchor, &format!("`{}`", page.source.path));
        let ids = page.body.headings.iter().map(|heading| &*heading.id);
        Err(Box::new(match closest(anchor, ids) {
            Some(right) => {
                let finding = finding.help(format!("did you mean `#{right}`?"));
                let written = link.span.of(&self.source.text);
                match written.strip_suffix(&format!("#{anchor}")) {
                    Some(path) => {
                        finding.fix(link.span, format!("{path}#{right}"), Applicability::MaybeIncorrect)
                    }
                    None => finding,
                }
            }
            None => {
                finding.help("an anchor is the words of a heading in lower case, with hyphens between them")
            }
        }))
    }

    /// Whether a finding about `page` says already that it lacks the heading `anchor`: its signs are not read as such,
    /// it may stand in a comment or in code, or it begins a section that the page needs.
    fn is_told(&self, page: &Page, anchor: &str) -> bool {
        let line = |finding: &Diagnostic| {
            let rest = page.source.text.get(finding.place.span.start as usize..).unwrap_or("");
            rest.split(['\n', '\r']).next().unwrap_or("").to_owned()
        };
        let is_stray_heading = |finding: &Diagnostic| {
            finding.rule == Rule::StrayMarkup && {
                let line = line(finding);
                line.starts_with('#') && slug(&line) == anchor
                    || line.starts_with('{') && line.contains(anchor)
            }
        };
        let config = self.site.context.config;
        let is_needed = |kind: &Kind, section: &Section| {
            *section.id == *anchor
                && (section.publish
                    || &*kind.name == "exercise" && anchor == "stop-if" && config.stop_if.is_empty())
        };
        let kind =
            self.site.context.schemas.kind(&page.key.kind).filter(|_| page.status == Status::Published);
        page.body.hides_headings
            || kind.is_some_and(|kind| kind.sections.iter().any(|section| is_needed(kind, section)))
            || page.findings.iter().any(is_stray_heading)
    }

    fn no_anchor(&self, link: &Link, anchor: &str, of: &str) -> Diagnostic {
        self.finding(Rule::BrokenAnchor, link, format!("{of} has no heading `#{anchor}`"))
    }

    /// Findings about a link that leads somewhere, but not where a reader should be led.
    fn judge(&self, link: &Link, target: &Target) -> Option<Diagnostic> {
        let id = target.page()?;
        super::references::judge(self.page?, self.site.page(id), Place::new(&self.source.path, link.span))
    }
}

/// What `path` is if it is an address of a person without its scheme, and the whole address.
fn without_scheme(path: &str) -> Option<(&'static str, String)> {
    let is_part = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '+'))
    };
    if let Some((name, host)) = path.split_once('@') {
        let is_address = name.split('.').all(is_part) && host.contains('.') && host.split('.').all(is_part);
        return is_address.then(|| ("an e-mail address", format!("mailto:{path}")));
    }
    let number: String = path.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '/')).collect();
    let digits = number.strip_prefix('+').unwrap_or(&number);
    let is_number = digits.len() >= 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| ("a telephone number", format!("tel:{number}")))
}

/// A path that leads out of `content/`.
struct Outside;

/// The path that `path` stands for when it is written in a file of `folder`.
fn join(folder: &str, path: &str) -> Result<String, Outside> {
    if path.starts_with('/') {
        return Err(Outside);
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                // The first part is `content`.
                if parts.len() < 2 {
                    return Err(Outside);
                }
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

/// The path of the file `to` as it is written in a file of `folder`.
fn relative(folder: &str, to: &str) -> String {
    let from: Vec<&str> = folder.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut path = "../".repeat(from.len() - same);
    path.push_str(&to[same..].join("/"));
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_joined_with_the_folder_of_its_page() {
        let joined = |path| join("content/exercises", path).ok();
        assert_eq!(joined("squat.md").as_deref(), Some("content/exercises/squat.md"));
        assert_eq!(joined("./../guidance//pacing.md").as_deref(), Some("content/guidance/pacing.md"));
        assert_eq!(joined("../about.md").as_deref(), Some("content/about.md"));
        for out in ["../../site.toml", "../../../etc/passwd", "/etc/passwd", "../../content/about.md"] {
            assert_eq!(joined(out), None, "{out}");
        }
    }

    #[test]
    fn the_way_from_one_folder_to_a_file_is_written_with_dots() {
        assert_eq!(relative("content/exercises", "content/guidance/pacing.md"), "../guidance/pacing.md");
        assert_eq!(relative("content", "content/guidance/pacing.md"), "guidance/pacing.md");
        assert_eq!(relative("content/a", "content/a/b.md"), "b.md");
    }
}
