//! Pictures that fields and settings name: whether they are there.

use super::is_complete;
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::markdown::{Destination, Link, LinkRole};
use crate::page::Page;
use crate::site::{Site, resolve_link};
use crate::source::Spanned;
use crate::suggest::closest;
use crate::tree::Node;

pub(super) fn check(site: &Site<'_>, page: &Page) -> Vec<Diagnostic> {
    let images = page.fields.get("images").map_or(&[][..], Node::items);
    let wrong = |image: &Node| {
        let src = image.get("src")?;
        let destination = Destination::of_link(src.as_text()?);
        let link = Link { role: LinkRole::Image, destination, span: src.span };
        resolve_link(site, page, &link).err().map(|finding| *finding)
    };
    images.iter().filter_map(wrong).chain(without(site, page)).collect()
}

/// An exercise without a picture, where the site asks for one.
fn without(site: &Site<'_>, page: &Page) -> Option<Diagnostic> {
    let is_asked = site.context.config.level(Rule::ExerciseWithoutImage) != Level::Allow;
    if !is_asked || &*page.key.kind != "exercise" || !is_complete(page) || page.fields.get("images").is_some() {
        return None;
    }
    if page.body.links.iter().any(|link| link.role == LinkRole::Image) {
        return None;
    }
    let message = "the exercise has no picture";
    let finding = Diagnostic::new(Rule::ExerciseWithoutImage, page.whole(), message);
    Some(finding.help("save one beside the page, and name it in `images` with words for people who can't see it"))
}

/// Pictures of the settings: `[publisher] logo` and `[theme_settings] logo`.
pub(super) fn check_settings(site: &Site<'_>) -> Vec<Diagnostic> {
    let config = site.context.config;
    let publisher = config.publisher.as_ref().and_then(|publisher| publisher.logo.as_ref());
    let logos = publisher.into_iter().chain(&config.theme_settings.logo);
    logos.filter_map(|logo| wrong_logo(site, logo)).collect()
}

fn wrong_logo(site: &Site<'_>, logo: &Spanned<String>) -> Option<Diagnostic> {
    let Spanned { value: path, span } = logo;
    let finding = |rule, message: String| Diagnostic::new(rule, site.context.config.place(*span), message);
    if !matches!(Destination::of_link(path), Destination::File { .. }) {
        let finding = finding(Rule::UnsafeLink, format!("`{path}` is no file of this site"));
        return Some(finding.help("save the picture under `content/` and name the file here"));
    }
    let inside = path.strip_prefix("content/").unwrap_or(path);
    if path.starts_with('/') || path.split('/').any(|part| part == "..") {
        let finding = finding(Rule::LinkOutOfSite, format!("`{path}` lies outside of `content/`"));
        return Some(finding.help("put the picture under `content/`, and write the path from there"));
    }
    if site.asset(&format!("content/{inside}")).is_some() {
        return None;
    }
    let finding = finding(Rule::MissingAsset, format!("there is no file `content/{inside}`"));
    let assets = site.context.assets.iter().filter_map(|asset| asset.path.as_str().strip_prefix("content/"));
    Some(match closest(inside, assets) {
        Some(right) => finding.help(format!("did you mean `content/{right}`?")),
        None => finding.help("put the picture there, or mend the path"),
    })
}
