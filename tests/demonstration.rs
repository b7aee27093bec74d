//! The demonstration site: it is whole, nothing is wrong with it, and its pages hold what the project promises.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail, and say why")]
#![allow(dead_code, reason = "other tests use the rest of the shared modules")]

#[path = "shared/audit.rs"]
mod audit;
#[path = "shared/site.rs"]
mod site;

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::OnceLock;

use backsite::pipeline::Cache;

/// The sentence that stands on every page while no clinician has reviewed them.
const NOTICE: &str = "Demonstration content. Not reviewed by a clinician. Do not use it to treat anyone.";

/// A day after the sources were looked up.
const DAY: &str = "2026-12-31";

/// The site, read and made once for all tests.
fn made() -> &'static (site::Read, site::Made) {
    static MADE: OnceLock<(site::Read, site::Made)> = OnceLock::new();
    MADE.get_or_init(|| {
        let read = site::read(&site::package()).unwrap();
        let made = site::run(&read, site::on(DAY), &Cache::default());
        (read, made)
    })
}

/// The stems of the pages of a folder, without its list.
fn published(folder: &str) -> Vec<String> {
    let inside = |path: &String| {
        let name = path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".html")?;
        (name != "index" && !name.contains('/')).then(|| name.to_owned())
    };
    made().1.artifacts.keys().filter_map(inside).collect()
}

#[test]
fn nothing_is_wrong_with_it() {
    let (_, made) = made();
    assert_eq!(made.outcome.findings, []);
    assert_eq!(made.outcome.to_do, []);
    assert_eq!(made.outcome.waivers, []);
}

#[test]
fn the_program_checks_it_strictly_and_says_nothing() {
    let run = |day: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_backsite"));
        let root = site::package();
        command
            .args(["check", "--strict", "--quiet", "--drafts", "--today", day, "--root"])
            .arg(root)
            .output()
            .unwrap()
    };
    // Nothing in it runs out: it has no reviews.
    for day in [DAY, "2036-12-31"] {
        let output = run(day);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "");
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn it_has_as_many_pages_of_each_kind_as_it_should() {
    assert_eq!(
        published("exercises"),
        [
            "back-block",
            "back-roller",
            "curl-up",
            "diagonal-toe-touch",
            "knees-to-chest",
            "lying-twist",
            "pelvic-tilt",
            "rolling-along-the-spine",
            "squat",
            "tennis-ball",
            "toe-touch",
            "trunk-over-table-edge",
        ]
    );
    assert_eq!(published("phases"), ["active", "acute", "bed-rest"]);
    assert_eq!(published("medicines").len(), 3);
    assert_eq!(published("safety").len(), 1);
    let at_least = [("conditions", 5), ("plans", 3), ("guidance", 10), ("glossary", 5)];
    for (folder, least) in at_least {
        assert!(published(folder).len() >= least, "{folder} has {:?}", published(folder));
    }
    for page in
        ["index.html", "about.html", "accessibility.html", "sourcing-policy.html", "404.html", "a-z.html"]
    {
        assert!(made().1.artifacts.contains_key(page), "there is no `{page}`");
    }
}

#[test]
fn every_condition_meets_every_phase_on_a_sheet() {
    let mut expected = BTreeSet::new();
    for condition in published("conditions") {
        for phase in published("phases") {
            expected.insert(format!("handouts/{condition}/{phase}.html"));
        }
    }
    let sheets: BTreeSet<String> =
        made().1.artifacts.keys().filter(|path| path.starts_with("handouts/")).cloned().collect();
    assert_eq!(sheets, expected);
    assert_eq!(made().1.outcome.count.handouts, expected.len());
}

#[test]
fn every_page_is_sound_wherever_it_lies() {
    let (read, made) = made();
    // No link starts at the root of a host, so that the pages work in any folder, and opened from a disk.
    let faults = audit::faults(&made.artifacts, &read.config.base_path());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn below_a_path_the_page_for_wrong_addresses_begins_with_it() {
    let mut read = site::read(&site::package()).unwrap();
    let span = backsite::source::Span::default();
    let value = "https://handouts.example.org/back/care".to_owned();
    read.config.base_url = Some(backsite::source::Spanned { value, span });
    let below = site::run(&read, site::on(DAY), &Cache::default());
    assert_eq!(below.outcome.findings, []);
    let faults = audit::faults(&below.artifacts, "/back/care/");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let page = site::text(&below.artifacts, "404.html").unwrap();
    assert!(page.contains("href=\"/back/care/index.html\""), "{page}");
}

#[test]
fn the_notice_stands_on_every_page() {
    for page in audit::pages(&made().1.artifacts) {
        let notices: Vec<String> =
            audit::select(&page.html, ".notice").into_iter().map(audit::words).collect();
        assert_eq!(notices, [NOTICE], "{}", page.path);
    }
}

#[test]
fn no_page_claims_a_review() {
    for page in audit::pages(&made().1.artifacts) {
        let text: String = audit::select(&page.html, "body").into_iter().map(audit::words).collect();
        for claim in ["Reviewed by", "Last reviewed", "Next review"] {
            assert!(!text.contains(claim), "{} says `{claim}`", page.path);
        }
        let robots: Vec<_> = audit::select(&page.html, "meta[name=robots]")
            .iter()
            .filter_map(|meta| meta.attr("content"))
            .collect();
        assert!(robots.contains(&"noindex"), "{} does not ask search engines to leave it out", page.path);
    }
}

#[test]
fn every_sheet_prints_the_emergency_card_with_the_number() {
    for page in audit::pages(&made().1.artifacts) {
        if page.path.starts_with("handouts/") {
            let cards = audit::select(&page.html, ".care-emergency");
            assert_eq!(cards.len(), 1, "{}", page.path);
            assert!(audit::words(cards[0]).contains("112"), "{}", page.path);
        }
    }
}
