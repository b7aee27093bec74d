//! Links that lead nowhere: what was probably meant, and what to write.

use super::{Resolver, join};
use crate::diagnostic::{Applicability, Diagnostic, Rule};
use crate::markdown::link::ENDS_OF_HOSTS;
use crate::markdown::slug::slug;
use crate::markdown::{Link, LinkRole};
use crate::page::{Page, Status};
use crate::schema::{Kind, Register, Section};
use crate::suggest::closest;

impl Resolver<'_> {
    /// What is wrong with an address outside of the site.
    pub(super) fn wrong_outside(&self, link: &Link, address: &str) -> Option<Diagnostic> {
        let (scheme, rest) = address.split_once(':')?;
        let (message, help) = match &*scheme.to_ascii_lowercase() {
            "http" | "https" if has_host(rest) => return self.wrong_slashes(link, address, scheme, rest),
            "http" | "https" => (
                format!("`{address}` names no site to go to"),
                "write the whole address, as your browser shows it: `https://example.org/page`",
            ),
            "mailto" if has_recipient(rest) => return None,
            "mailto" => (
                format!("`{address}` names nobody to write to"),
                "write the whole address behind the colon: `mailto:desk@example.org`",
            ),
            _ if is_number(rest) => return None,
            _ => (
                format!("`{address}` is no telephone number"),
                "write digits alone behind the colon, with the code of the country and without `(0)`: `tel:+15550100`",
            ),
        };
        Some(self.finding(Rule::BrokenLink, link, message).help(help))
    }

    /// An address on the web that has not two slashes behind its colon.
    fn wrong_slashes(&self, link: &Link, address: &str, scheme: &str, rest: &str) -> Option<Diagnostic> {
        let host = rest.trim_start_matches('/');
        if rest.len() - host.len() == 2 {
            return None;
        }
        let right = format!("{scheme}://{host}");
        let finding = self.finding(Rule::BrokenLink, link, "an address on the web has two slashes here");
        let finding = finding.help(format!("write `{right}`"));
        Some(match link.span.of(&self.source.text) == address {
            true => finding.fix(link.span, right, Applicability::MaybeIncorrect),
            false => finding,
        })
    }

    /// A path that leads out of the content.
    pub(super) fn outside(&self, link: &Link, path: &str) -> Diagnostic {
        let finding = |message: String| self.finding(Rule::LinkOutOfSite, link, message);
        match self.rooted(link.role, path) {
            Some(right) => {
                let message = format!("`{path}` begins with a slash, and paths begin at the page");
                self.replaced(finding(message), link, path, &right)
            }
            None => finding(format!("`{path}` lies outside of `content/`"))
                .help("put the file beside the page, or lead to a page under `content/`"),
        }
    }

    pub(super) fn no_file(&self, link: &Link, path: &str, full: &str) -> Diagnostic {
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
        let bare = path.trim_matches(['"', '\'', '“', '”', '‘', '’']);
        if bare.len() < path.len()
            && let Some(there) = join(self.folder, bare).ok().and_then(|full| self.there(link.role, &full))
        {
            let rule = if there.ends_with(".md") { Rule::BrokenLink } else { Rule::MissingAsset };
            let finding = self.finding(rule, link, format!("`{path}` has quotes, and paths have none"));
            return self.replaced(finding, link, path, &relative(self.folder, there));
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
                    &relative(self.folder, there),
                );
            }
        }
        let registers = site.context.registers;
        if Register::ALL.into_iter().any(|register| registers.path(register).as_str() == full) {
            let message = format!("`{path}` is a register, which is not published as a file");
            return self
                .finding(Rule::MissingAsset, link, message)
                .help("lead to a page, or write here what readers need of it");
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
                return self.replaced(finding, link, path, &relative(self.folder, there));
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
            return self.replaced(finding, link, path, &relative(self.folder, there));
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
    fn there(&self, role: LinkRole, full: &str) -> Option<&str> {
        self.site.nearest().path(full).filter(|path| role == LinkRole::Link || !path.ends_with(".md"))
    }

    /// The path from here to the page or file that `path` names from the root of the site or of the content.
    fn rooted(&self, role: LinkRole, path: &str) -> Option<String> {
        let inside = path.strip_prefix('/')?.trim_start_matches('/');
        let full = join("content", inside.strip_prefix("content/").unwrap_or(inside)).ok()?;
        let as_page = || self.there(role, &format!("{}.md", full.strip_suffix(".html")?));
        self.there(role, &full).or_else(as_page).map(|there| relative(self.folder, there))
    }

    /// The finding with the advice to write `right` for the whole of `path`.
    pub(super) fn replaced(&self, finding: Diagnostic, link: &Link, path: &str, right: &str) -> Diagnostic {
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

    pub(super) fn no_id(&self, link: &Link, kind: Option<&str>, id: &str) -> Diagnostic {
        let site = self.site;
        let Some(kind) = kind else {
            let finding =
                self.finding(Rule::BrokenLink, link, format!("there is no page with the id `{id}`"));
            return self.right_id(finding, link, "", id, site.nearest().id(None, id));
        };
        if kind == "handout" {
            let message = format!("there is no handout `{id}`: it is named by a condition and a phase");
            let help = "write `[[handout/…/…]]`, with the id of a condition and then that of a phase";
            return self.finding(Rule::BrokenLink, link, message).help(help);
        }
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

    /// Whether a finding about `page` says already that it lacks the heading `anchor`: its signs are not read as such,
    /// it may stand in a comment or in code, or it begins a section that the page needs.
    pub(super) fn is_told(&self, page: &Page, anchor: &str) -> bool {
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
}

/// Whether `rest`, what stands behind `https:`, names a host. Of the parts of its name none is empty (RFC 1035, 2.3.1).
fn has_host(rest: &str) -> bool {
    let authority = rest.trim_start_matches('/').split(['/', '?', '#']).next().unwrap_or("");
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let name = host.split(':').next().unwrap_or("");
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_part = |part: &str| !part.is_empty() && !part.contains([',', ';']);
    host.starts_with('[') || (name.split('.').all(is_part) && !authority.ends_with(':'))
}

/// Whether `rest`, what stands behind `mailto:`, names somebody (RFC 6068); commas part several.
fn has_recipient(rest: &str) -> bool {
    let recipients = rest.split('?').next().unwrap_or("").replace("%40", "@");
    let is_address = |address: &str| {
        address.trim().split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && !host.contains('@') && host.split('.').all(|part| !part.is_empty())
        })
    };
    recipients.split(',').all(is_address)
}

/// Whether `rest`, what stands behind `tel:` or `sms:`, can be called: digits, and signs that nobody dials between them
/// (RFC 3966, 3). The shortest are those of services: `112`.
fn is_number(rest: &str) -> bool {
    let number = rest.split([';', '?']).next().unwrap_or("").trim_start_matches('/').replace("%20", " ");
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | '(' | ')' | ' ' | '*' | '#');
    // Behind the code of a country, nobody dials the zero of a long-distance call: `+44 (0)20`.
    let has_both =
        number.contains("(0)") || number.starts_with("+00") || number.rfind('+').is_some_and(|at| at > 0);
    let digits = number.chars().filter(char::is_ascii_digit).count();
    digits >= 2 && !has_both && number.chars().all(is_part)
}

/// The whole address that `path` means if it is one on the web whose scheme is missing or misspelt.
fn web_address(path: &str) -> Option<String> {
    let path = ["https//", "http//", "https;//", "http;//", "https:", "http:"]
        .iter()
        .find_map(|wrong| path.strip_prefix(wrong))
        .unwrap_or(path);
    let host = path.split(['/', '?']).next()?;
    let (name, end) = host.rsplit_once('.')?;
    let is_part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-');
    let is_host = name.split('.').all(is_part) && ENDS_OF_HOSTS.contains(&&*end.to_lowercase());
    is_host.then(|| format!("https://{path}"))
}

/// What `path` is if it is an address without its scheme, and the whole address.
fn without_scheme(path: &str) -> Option<(&'static str, String)> {
    let is_part = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '+'))
    };
    if let Some((name, host)) = path.split_once('@') {
        let is_address = name.split('.').all(is_part) && host.contains('.') && host.split('.').all(is_part);
        return is_address.then(|| ("an e-mail address", format!("mailto:{path}")));
    }
    if let Some(address) = web_address(path) {
        return Some(("an address on the web", address));
    }
    let number: String = path.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '/')).collect();
    let digits = number.strip_prefix('+').unwrap_or(&number);
    let is_number = digits.len() >= 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| ("a telephone number", format!("tel:{number}")))
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
    fn the_way_from_one_folder_to_a_file_is_written_with_dots() {
        assert_eq!(relative("content/exercises", "content/guidance/pacing.md"), "../guidance/pacing.md");
        assert_eq!(relative("content", "content/guidance/pacing.md"), "guidance/pacing.md");
        assert_eq!(relative("content/a", "content/a/b.md"), "b.md");
    }
}
