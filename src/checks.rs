//! The rules that need the whole site, or today's date: a family a file.
//!
//! What a page lacks is a mistake only once it is published; what stands in it and is wrong is a mistake in a draft
//! too. A retired page shows none of its text, so that only its dates and addresses are looked at.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::clinical::Date;
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::input::ThemeFiles;
use crate::page::{Edition, Intact, Key, Page, Status};
use crate::site::Site;
use crate::tree::Node;

mod addresses;
mod aliases;
mod avoidance;
mod codes;
mod conflicts;
mod contrast;
mod doses;
mod files;
mod pictures;
mod plans;
mod progression;
mod reviews;
mod safety;
mod sections;
mod sources;
mod treatments;
mod standing;
mod struck;
mod titles;
mod to_do;
mod usage;
mod verdict;
mod versions;
mod waivers;

pub use files::check as check_files;
pub use standing::{Standing, State, standings};
pub use to_do::{ToDo, to_do};
pub use verdict::{Verdict, Waiver, weigh};
pub use waivers::rule_meant;

#[cfg(test)]
mod sample;

/// What is wrong with the pages as parts of the site, which has the files of `theme`, on the day `today`.
pub fn check(site: &Site<'_>, theme: &ThemeFiles, today: Date) -> Vec<Diagnostic> {
    let pages = site.all().into_par_iter().flat_map_iter(|id| check_page(site, site.page(id), today));
    let (mut findings, found): (Vec<Diagnostic>, _) =
        rayon::join(|| pages.collect(), || check_whole(site, theme, today));
    findings.extend(found);
    findings
}

/// The families that look at all pages at once.
fn check_whole(site: &Site<'_>, theme: &ThemeFiles, today: Date) -> Vec<Diagnostic> {
    let mut findings = addresses::check(site, theme);
    findings.extend(progression::check(site));
    findings.extend(conflicts::check(site));
    findings.extend(sources::check_register(site, today));
    findings.extend(usage::check(site));
    findings.extend(titles::check(site));
    findings.extend(pictures::check_settings(site));
    findings.extend(pictures::check_drawings(site));
    findings.extend(struck::check_settings(site));
    findings.extend(contrast::check(site));
    findings
}

/// Adds to the `findings` of the site what is wrong with its pages beside the editions of them that were `released`.
pub fn check_versions(site: &Site<'_>, released: &HashMap<Key, Edition>, findings: &mut Vec<Diagnostic>) {
    versions::check(site, released, findings);
}

/// The families that look at one page after the other.
fn check_page(site: &Site<'_>, page: &Page, today: Date) -> Vec<Diagnostic> {
    let mut findings = reviews::check_dates(page, today);
    findings.extend(versions::check_changes(page));
    if page.status == Status::Retired {
        return findings;
    }
    findings.extend(sections::check(site, page));
    findings.extend(treatments::check(page));
    findings.extend(plans::check(site, page));
    findings.extend(doses::check(site, page));
    findings.extend(avoidance::check(site, page));
    findings.extend(safety::check(site, page));
    findings.extend(struck::check(page));
    findings.extend(reviews::check(site, page, today));
    findings.extend(sources::check(site, page, today));
    findings.extend(waivers::check(page, today));
    findings.extend(codes::check(site, page));
    findings.extend(pictures::check(site, page));
    findings.extend(progression::check_page(page));
    findings
}

/// Whether the page says that it is published. One whose status can't be read may be a draft, which lacks nothing.
fn is_published(page: &Page) -> bool {
    page.text("status") == Some("published")
}

/// Whether a field that is not there was left out: on a page that can't be understood wholly it may be misspelt.
fn is_complete(page: &Page) -> bool {
    is_published(page) && page.intact == Intact::Wholly
}

/// Whether what `rule` finds on the page is told: the site does not allow it, and no exception of the page names it.
/// Only then may another finding leave the word to it.
fn is_told(site: &Site<'_>, page: &Page, rule: Rule) -> bool {
    let waivers = page.fields.get("waive").map_or(&[][..], Node::items).iter();
    let mut waived = waivers.filter_map(|waiver| waiver.get("rule").and_then(Node::as_text));
    site.context.config.level(rule) != Level::Allow && waived.all(|name| name != rule.name())
}

/// The place of the key `key`, or of the page as a whole.
fn key_place(page: &Page, key: &str) -> Place {
    page.fields.entry(key).map_or_else(|| page.whole(), |entry| page.place(entry.key_span))
}

/// `names` in backticks, joined with commas and `word`.
fn list<'a>(names: impl IntoIterator<Item = &'a str>, word: &str) -> String {
    let mut names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.pop() {
        Some(last) if names.is_empty() => last,
        Some(last) => format!("{} {word} {last}", names.join(", ")),
        None => String::new(),
    }
}
