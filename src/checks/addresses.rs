//! Addresses and ids: nothing is published where something else is.

use std::collections::{BTreeMap, BTreeSet};

use super::aliases;
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::input::{StaticContent, StaticFile, ThemeFiles};
use crate::schema::Register;
use crate::site::{PageId, Site};

/// The folder of the theme's files.
const STATIC: &str = "static/";

/// Something that is published at an address.
struct Claim {
    /// What the address is, in words: "the address of the feed".
    what: String,
    /// Where it comes from; none for what every site has.
    place: Option<Place>,
}

pub(super) fn check(site: &Site<'_>, theme: &ThemeFiles) -> Vec<Diagnostic> {
    let mut findings = same_ids(site);
    let mut claims = Claims { taken: BTreeMap::new(), findings: Vec::new() };
    generated(site, &mut claims);
    let prefixes = list_folders(site);
    // A file that is called as their folder is in their way, too.
    let is_list = |address: &str| {
        prefixes.iter().any(|prefix| {
            prefix.strip_suffix('/') == Some(address)
                || address.ends_with(".html") && address.starts_with(prefix.as_str())
        })
    };
    for id in site.all() {
        let page = site.page(id);
        // A name that can't be an address has a finding of its own.
        let is_home = site.address(id) == "index.html";
        if is_address(&page.key.id) && !is_home {
            let claim = Claim {
                what: format!("the address of the page `{}`", page.title()),
                place: Some(page.whole()),
            };
            claims.add(site.address(id), claim, "give the file another name");
        }
    }
    statics(site, theme, &mut claims);
    for asset in site.context.assets {
        let path = asset.path.as_str();
        let address = path.strip_prefix("content/").unwrap_or(path);
        let claim = Claim {
            what: format!("the address of the file `{path}`"),
            place: Some(Place::file(&asset.path)),
        };
        claims.add_unless(address, claim, "give the file another name", is_list);
    }
    for id in site.all() {
        let page = site.page(id);
        for ((written, span), address) in page.ids("aliases").zip(site.aliases(id)) {
            // What its schema has found about it is all there is to say.
            if page.findings.iter().any(|finding| finding.place.span == span) {
                continue;
            }
            if let Some(finding) = aliases::check(page, written, span) {
                findings.push(finding);
                continue;
            }
            let what = format!("an old address of the page `{}`", page.title());
            let claim = Claim { what, place: Some(page.place(span)) };
            claims.add_unless(&address, claim, "take it out: something else is there now", is_list);
        }
    }
    claims.files_as_folders();
    findings.extend(claims.findings);
    findings
}

/// The addresses that are taken, in small letters: some disks and servers don't tell capitals from small letters.
struct Claims {
    taken: BTreeMap<String, Claim>,
    findings: Vec<Diagnostic>,
}

impl Claims {
    fn add(&mut self, address: &str, claim: Claim, help: &str) {
        let folded = address.to_lowercase();
        let Some(first) = self.taken.get(&folded) else {
            self.taken.insert(folded, claim);
            return;
        };
        let Some(place) = claim.place else { return };
        let message = format!("`{address}` is {} already", first.what);
        let mut finding = Diagnostic::new(Rule::DuplicateAddress, place, message).help(help);
        if let Some(place) = &first.place {
            finding = finding.related("the first is here", place.clone());
        }
        self.findings.push(finding);
    }

    /// As [`Self::add`], for a file or an old address, which can also lie among the files of the theme or be a list.
    fn add_unless(&mut self, address: &str, claim: Claim, help: &str, is_list: impl Fn(&str) -> bool) {
        let folded = address.to_lowercase();
        let what = if folded.starts_with(STATIC) || STATIC.strip_suffix('/') == Some(&folded) {
            "is kept for the files of the theme"
        } else if is_list(&folded) {
            "is kept for long lists, which are split"
        } else {
            return self.add(address, claim, help);
        };
        if let Some(place) = claim.place {
            let finding = Diagnostic::new(Rule::DuplicateAddress, place, format!("`{address}` {what}"));
            self.findings.push(finding.help(help));
        }
    }

    /// Addresses that lie below the address of a file, as if it were a folder.
    fn files_as_folders(&mut self) {
        let mut told = BTreeSet::new();
        for (address, claim) in &self.taken {
            let above = address.match_indices('/').map(|(at, _)| &address[..at]);
            for (above, file) in above.filter_map(|above| Some((above, self.taken.get(above)?))) {
                let message = format!("`{address}` lies below a file: `{above}` is {}", file.what);
                // What every site has is not to be moved, so the file is, and is told once.
                let place = claim.place.as_ref().or(file.place.as_ref().filter(|_| told.insert(above)));
                if let Some(place) = place {
                    let finding = Diagnostic::new(Rule::DuplicateAddress, place.clone(), message);
                    self.findings.push(finding.help("choose another name"));
                }
            }
        }
    }
}

/// What every site has besides its pages.
fn generated(site: &Site<'_>, claims: &mut Claims) {
    let mut add = |address: &str, what: String| claims.add(address, Claim { what, place: None }, "");
    add("index.html", "the address of the home page".to_owned());
    add("404.html", "the address of the page for wrong addresses".to_owned());
    add("a-z.html", "the address of the A to Z".to_owned());
    add("sitemap.xml", "the address of the site map".to_owned());
    add("feed.xml", "the address of the feed".to_owned());
    for kind in site.context.schemas.kinds() {
        if let Some(folder) = &kind.folder {
            add(&format!("{folder}/index.html"), format!("the address of the list of all {}", kind.plural));
        }
    }
    for crossing in site.crossings.iter() {
        let title = |id: PageId| site.page(id).title();
        let what = format!(
            "the address of the handout for `{}` and `{}`",
            title(crossing.condition),
            title(crossing.phase)
        );
        add(&crossing.address(site), what);
    }
}

/// The files of the theme, and the one that the program writes among them.
fn statics(site: &Site<'_>, theme: &ThemeFiles, claims: &mut Claims) {
    let config = site.context.config;
    if let Some(accent) = &config.theme_settings.accent {
        let what = "the address of the style sheet that `accent` makes".to_owned();
        claims.add("static/brand.css", Claim { what, place: Some(config.place(accent.span)) }, "");
    }
    let own = |file: &StaticFile| match &file.content {
        StaticContent::File(asset) => Some(asset.path.clone()),
        StaticContent::Carried { .. } => None,
    };
    let (carried, own): (Vec<_>, Vec<_>) =
        theme.files.iter().map(|file| (&file.name, own(file))).partition(|(_, path)| path.is_none());
    let mut told = BTreeSet::new();
    for (name, path) in carried.into_iter().chain(own) {
        let address = format!("static/{name}");
        // Names that differ only in capital letters are told where the theme is read.
        if path.is_none() || told.insert(address.to_lowercase()) {
            let what = format!("the address of the file `{name}` of the theme");
            let place = path.as_ref().map(Place::file);
            claims.add(&address, Claim { what, place }, "give the file another name");
        }
    }
}

/// Where the leaves of long lists lie: of the A to Z, of a kind, and of what belongs to a condition or a phase.
fn list_folders(site: &Site<'_>) -> Vec<String> {
    let kinds = site.context.schemas.kinds().iter().filter_map(|kind| kind.folder.as_deref());
    let groups = site.crossings.conditions.iter().chain(&site.crossings.phases);
    let groups = groups.map(|id| format!("{}/", site.address(*id).trim_end_matches(".html")));
    kinds.map(|folder| format!("{folder}/list/")).chain(["a-z/".to_owned()]).chain(groups).collect()
}

/// Whether `id` is one that can be an address: its file has a good name.
fn is_address(id: &str) -> bool {
    id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Cautions that have the id of a condition. Pages of one kind can't share an id: it is the name of their file.
fn same_ids(site: &Site<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let registers = site.context.registers;
    for caution in registers.cautions() {
        let Some(condition) = site.find("condition", &caution.id) else { continue };
        let place = Place::new(registers.path(Register::Caution), caution.span);
        let message = format!(
            "`{}` is the id of a caution and of a condition, and a page could mean either",
            caution.id
        );
        let finding = Diagnostic::new(Rule::DuplicateId, place, message);
        let finding = finding.help("take the caution out: a condition can be a caution by itself");
        findings.push(finding.related("the condition", site.page(condition).whole()));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::sample::{check, page};

    fn pacing(aliases: &str) -> String {
        page("Pacing", &format!("conditions: [back]\nsources: [nice]\naliases: [{aliases}]"), "")
    }

    #[track_caller]
    fn check_aliases(aliases: &str, expected: &[&str]) {
        check(&[("content/guidance/pacing.md", pacing(aliases))], expected);
    }

    #[test]
    fn an_old_address_is_nothing_else_now() {
        check_aliases(
            "exercises/squat.html",
            &["content/guidance/pacing.md `exercises/squat.html`: error[duplicate-address]: \
               `exercises/squat.html` is the address of the page `Squat` already; take it out: something \
               else is there now | the first is here: content/exercises/squat.md `---`"],
        );
        check_aliases(
            "Exercises/SQUAT.html",
            &["content/guidance/pacing.md `Exercises/SQUAT.html`: error[duplicate-address]: \
               `Exercises/SQUAT.html` is the address of the page `Squat` already; take it out: something \
               else is there now | the first is here: content/exercises/squat.md `---`"],
        );
        check_aliases(
            "guidance/pacing.html",
            &["content/guidance/pacing.md `guidance/pacing.html`: error[duplicate-address]: \
               `guidance/pacing.html` is the address of the page `Pacing` already; take it out: something \
               else is there now | the first is here: content/guidance/pacing.md `---`"],
        );
        check_aliases(
            "exercises/",
            &["content/guidance/pacing.md `exercises/`: error[duplicate-address]: `exercises/index.html` \
               is the address of the list of all exercises already; take it out: something else is there \
               now"],
        );
        check_aliases(
            "handouts/back/acute.html",
            &["content/guidance/pacing.md `handouts/back/acute.html`: error[duplicate-address]: \
               `handouts/back/acute.html` is the address of the handout for `Back pain` and `Acute` \
               already; take it out: something else is there now"],
        );
        check_aliases(
            "a-z.html, a-z/2.html, static/x.html, exercises/list/2.html, conditions/back/exercises.html",
            &[
                "content/guidance/pacing.md `a-z.html`: error[duplicate-address]: `a-z.html` is the \
                 address of the A to Z already; take it out: something else is there now",
                "content/guidance/pacing.md `a-z/2.html`: error[duplicate-address]: `a-z/2.html` is kept \
                 for long lists, which are split; take it out: something else is there now",
                "content/guidance/pacing.md `static/x.html`: error[duplicate-address]: `static/x.html` is \
                 kept for the files of the theme; take it out: something else is there now",
                "content/guidance/pacing.md `exercises/list/2.html`: error[duplicate-address]: \
                 `exercises/list/2.html` is kept for long lists, which are split; take it out: something \
                 else is there now",
                "content/guidance/pacing.md `conditions/back/exercises.html`: error[duplicate-address]: \
                 `conditions/back/exercises.html` is kept for long lists, which are split; take it out: \
                 something else is there now",
            ],
        );
        check_aliases(
            "old.html, /old.html",
            &["content/guidance/pacing.md `/old.html`: error[duplicate-address]: `old.html` is an old \
               address of the page `Pacing` already; take it out: something else is there now | the first \
               is here: content/guidance/pacing.md `old.html`"],
        );
        check_aliases(
            "old/, old/index.html",
            &["content/guidance/pacing.md `old/index.html`: error[duplicate-address]: `old/index.html` is \
               an old address of the page `Pacing` already; take it out: something else is there now | the \
               first is here: content/guidance/pacing.md `old/`"],
        );
    }

    #[test]
    fn a_file_beside_the_pages_takes_no_address_of_a_page() {
        check(
            &[
                ("content/exercises/squat.html", "x"),
                ("content/feed.xml", "x"),
                ("content/static/style.css", "x"),
                ("content/handouts/leaflet.pdf", "x"),
            ],
            &[
                "content/exercises/squat.html ``: error[duplicate-address]: `exercises/squat.html` is the \
                 address of the page `Squat` already; give the file another name | the first is here: \
                 content/exercises/squat.md `---`",
                "content/feed.xml ``: error[duplicate-address]: `feed.xml` is the address of the feed \
                 already; give the file another name",
                "content/static/style.css ``: error[duplicate-address]: `static/style.css` is kept for the \
                 files of the theme; give the file another name",
            ],
        );
    }

    #[test]
    fn nothing_lies_below_a_file() {
        check_aliases(
            "guidance/pacing.html/old.html",
            &["content/guidance/pacing.md `guidance/pacing.html/old.html`: error[duplicate-address]: \
               `guidance/pacing.html/old.html` lies below a file: `guidance/pacing.html` is the address of \
               the page `Pacing`; choose another name"],
        );
        check(
            &[("content/about.html/x.png", "x".to_owned()), ("content/about.md", page("About", "", ""))],
            &[
                "content/about.html/x.png ``: error[duplicate-address]: `about.html/x.png` lies below a \
               file: `about.html` is the address of the page `About`; choose another name",
                "content/about.md `---`: warning[orphan-page]: no page leads to `About`; link to it from where a \
               reader would look for it, as the start page",
            ],
        );
    }

    #[test]
    fn a_caution_has_not_the_id_of_a_condition() {
        check(
            &[("content/cautions.yml", "thin-bones: {name: Thin bones}\nback: {name: Back pain}\n")],
            &["content/cautions.yml `back`: error[duplicate-id]: `back` is the id of a caution and of a \
               condition, and a page could mean either; take the caution out: a condition can be a caution \
               by itself | the condition: content/conditions/back.md `---`"],
        );
    }
}
