//! Where links lead: each destination to a page, a file or an address, or a finding that says why it leads nowhere.

mod advice;

use super::crossing::Crossing;
use super::{PageId, Site, Texts};
use crate::diagnostic::{Applicability, Diagnostic, Place, Rule};
use crate::markdown::{self, Body, Destination, Highlighter, Link, LinkRole, Prose, ProseKind};
use crate::page::{Intact, Page, Status};
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
    let mut prose = Vec::new();
    let mut read = |text: &Spanned<String>| {
        let reading = markdown::inline(&text.value, text.span, &source.text, &source.path, &highlighter);
        findings.extend(reading.findings);
        let targets = resolver.body(&reading.body, &mut findings);
        prose.extend(reading.prose);
        (reading.body, targets)
    };
    let notice = config.notice.as_ref().map(&mut read);
    let stop_if = config.stop_if.iter().map(&mut read).collect();
    if let Some(urgent) = &config.help.urgent {
        let written = urgent.span.of(&source.text);
        let start = urgent.span.start as usize + written.find(&urgent.value).unwrap_or(0);
        findings.extend(markdown::judge_plain("urgent", &urgent.value, start, &source.path));
        let mut words = Prose::new(ProseKind::Paragraph);
        words.push_value(&urgent.value, urgent.span.of(&source.text), urgent.span.start as usize);
        prose.push(words);
    }
    (Texts { notice, stop_if, prose }, findings)
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
                LinkRole::Link => match self.wrong_outside(link, address) {
                    Some(finding) => Err(Box::new(finding)),
                    None => Ok(Target::Outside(address.clone())),
                },
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
                if found.is_err() && self.is_embedded(link) {
                    return Ok(Target::Nowhere);
                }
                match (&found, self.page.and_then(|page| page.home.as_deref())) {
                    (Err(_), Some(home)) if home != self.folder => {
                        let there = Resolver { folder: home, ..*self }.file(link, path, anchor.as_deref());
                        there.or(found)
                    }
                    _ => found,
                }
            }
            Destination::Page { id, .. } if id.is_empty() => Err(Box::new(
                self.finding(Rule::BrokenLink, link, "this wiki link names no page")
                    .help("write the id of a page in it: `[[pacing]]`"),
            )),
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

    /// Whether the picture is written as `![[file]]`, without words: that is told, and other programs look for the file in
    /// more than one folder.
    fn is_embedded(&self, link: &Link) -> bool {
        let text: &str = &self.source.text;
        let (before, behind) = (text.get(..link.span.start as usize), text.get(link.span.end as usize..));
        link.role == LinkRole::Image
            && before.is_some_and(|before| before.ends_with("![["))
            && behind.is_some_and(|behind| behind.starts_with("]]"))
    }

    fn file(&self, link: &Link, path: &str, anchor: Option<&str>) -> Result<Target, Box<Diagnostic>> {
        let full = match join(self.folder, path) {
            Ok(full) => full,
            Err(Outside) => return Err(Box::new(self.outside(link, path))),
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
        if self.site.is_damaged(&full)
            || full.rsplit('/').next().is_some_and(|name| name.ends_with(".md") && self.site.is_lost(name))
        {
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
            // Without the draft of which it is to be, it could not be there.
            Some(crossing) if let Some(finding) = self.draft_of(link, crossing) => Err(Box::new(finding)),
            _ => Err(Box::new(
                self.finding(
                    Rule::BrokenLink,
                    link,
                    format!("there is no handout for `{condition}` and `{phase}`"),
                )
                .help("a handout is there where at least one page has both the condition and the phase, and is not for clinicians"),
            )),
        }
    }

    /// What is wrong with a link to the handout of `crossing` where its condition or its phase is a draft.
    fn draft_of(&self, link: &Link, crossing: Crossing) -> Option<Diagnostic> {
        let pages = [crossing.condition, crossing.phase];
        let draft = pages.into_iter().find(|page| self.site.status(*page) == Status::Draft)?;
        super::references::judge(self.site, self.page?, draft, Place::new(&self.source.path, link.span))
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

    fn no_anchor(&self, link: &Link, anchor: &str, of: &str) -> Diagnostic {
        self.finding(Rule::BrokenAnchor, link, format!("{of} has no heading `#{anchor}`"))
    }

    /// Findings about a link that leads somewhere, but not where a reader should be led.
    fn judge(&self, link: &Link, target: &Target) -> Option<Diagnostic> {
        let id = target.page()?;
        super::references::judge(self.site, self.page?, id, Place::new(&self.source.path, link.span))
    }
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
}
