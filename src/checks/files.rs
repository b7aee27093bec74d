//! Files beside the pages that nothing leads to: they are published all the same.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::input::{Asset, ThemeFiles};
use crate::markdown::{Destination, Link, LinkRole};
use crate::page::Page;
use crate::site::{Site, Target, resolve_link};
use crate::source::SitePath;
use crate::tree::Node;

/// Files right in the content that servers, browsers and search engines ask for by their names.
const ASKED_FOR: [&str; 7] = [
    "robots.txt",
    "CNAME",
    "favicon.ico",
    "apple-touch-icon.png",
    "security.txt",
    "humans.txt",
    "BingSiteAuth.xml",
];

/// The settings that can name files.
const NAMING: [&str; 4] = ["notice", "publisher", "stop_if", "theme_settings"];

/// The files that no page and no setting names, and no template of `theme`. About those that `told` names, enough has
/// been said.
pub fn check(site: &Site<'_>, theme: &ThemeFiles, told: &[Diagnostic]) -> Vec<Diagnostic> {
    // What could not be read may lead to any of them.
    let is_certain = NAMING.iter().all(|key| site.context.config.is_certain(key));
    if site.context.assets.is_empty() || !site.is_intact() || !is_certain {
        return Vec::new();
    }
    let Some(used) = used(site) else { return Vec::new() };
    let is_named = |asset: &Asset| {
        let name = asset.path.file_name();
        theme.templates.iter().any(|template| template.source.text.contains(name))
    };
    let related = told.iter().flat_map(|finding| &finding.related).map(|related| &related.place.path);
    let told: BTreeSet<&SitePath> = told.iter().map(|finding| &finding.place.path).chain(related).collect();
    let assets = site.context.assets.iter().filter(|asset| !told.contains(&asset.path));
    let unused =
        assets.filter(|asset| !used.contains(address(asset)) && !is_asked_for(asset) && !is_named(asset));
    unused.map(finding).collect()
}

fn finding(asset: &Asset) -> Diagnostic {
    let message =
        format!("no page leads to the file `{}`, but everybody can read it", asset.path.file_name());
    Diagnostic::new(Rule::UnusedFile, Place::file(&asset.path), message)
        .help("link to it, or take it out of the folder; a name that begins with `_` keeps it private")
}

/// The path of the file in the published site.
fn address(asset: &Asset) -> &str {
    asset.path.as_str().strip_prefix("content/").unwrap_or(asset.path.as_str())
}

fn is_asked_for(asset: &Asset) -> bool {
    let name = address(asset);
    // The proof for a search engine that a site is one's own is a file named by it.
    let is_proof = name.starts_with("google") && name.ends_with(".html") && !name.contains('/');
    is_proof || ASKED_FOR.contains(&name)
}

/// The addresses that pages and settings name; none if one of them leads nowhere, for it was meant to lead somewhere.
fn used(site: &Site<'_>) -> Option<BTreeSet<String>> {
    let config = site.context.config;
    let publisher = config.publisher.as_ref().and_then(|publisher| publisher.logo.as_ref());
    let logos = publisher.into_iter().chain(&config.theme_settings.logo);
    let inside = |path: &str| path.strip_prefix("content/").unwrap_or(path).to_owned();
    let mut used: BTreeSet<String> = logos.map(|logo| inside(&logo.value)).collect();
    let mut take = |target: &Target| match target {
        Target::Nowhere => None,
        Target::Address(address) => {
            used.insert(address.to_string());
            Some(())
        }
        _ => Some(()),
    };
    for (_, targets) in site.texts.notice.iter().chain(&site.texts.stop_if) {
        targets.iter().try_for_each(&mut take)?;
    }
    for id in site.all() {
        let page = site.page(id);
        for part in 0..page.bodies().count() {
            site.targets(id, part).iter().try_for_each(&mut take)?;
        }
        images(site, page).try_for_each(|target| take(&target))?;
    }
    Some(used)
}

/// What the field `images` of the page shows.
fn images<'a>(site: &'a Site<'_>, page: &'a Page) -> impl Iterator<Item = Target> + 'a {
    let sources =
        page.fields.get("images").map_or(&[][..], Node::items).iter().filter_map(|image| image.get("src"));
    sources.filter_map(move |src| {
        let link =
            Link { role: LinkRole::Image, destination: Destination::of_link(src.as_text()?), span: src.span };
        Some(resolve_link(site, page, &link).unwrap_or(Target::Nowhere))
    })
}
