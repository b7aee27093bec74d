//! What people see of many findings, and the lines that end a report.

use backsite::diagnostic::{Diagnostic, Place, Rule};
use backsite::report::{Detail, Format, Outcome, Output, Summary};
use backsite::source::SitePath;

use super::{not_published, published, render_all, summary};

/// `number` findings of `rule`, two in each file, in files without text.
fn flood(rule: Rule, number: usize) -> Vec<Diagnostic> {
    let path = |i: usize| SitePath::new(format!("content/{:03}.md", i / 2));
    (0..number).map(|i| Diagnostic::new(rule, Place::file(&path(i)), format!("no. {i}"))).collect()
}

#[test]
fn of_a_flood_the_first_three_are_shown_and_the_rest_counted() {
    let mut findings = flood(Rule::AllCaps, 4);
    findings.extend(flood(Rule::UnknownField, 500));
    findings.extend(flood(Rule::OrphanPage, 3));
    let expected = "\
warning[all-caps]: no. 0
 --> content/000.md

warning[all-caps]: no. 1
 --> content/000.md

warning[all-caps]: no. 2
 --> content/001.md

error[unknown-field]: no. 0
 --> content/000.md

error[unknown-field]: no. 1
 --> content/000.md

error[unknown-field]: no. 2
 --> content/001.md

warning[orphan-page]: no. 0
 --> content/000.md

warning[orphan-page]: no. 1
 --> content/000.md

warning[orphan-page]: no. 2
 --> content/001.md

… and 497 more of `unknown-field` in 249 files; `--all` shows each
… and 1 more of `all-caps` in 1 file; `--all` shows each

By rule: 500 `unknown-field`, 4 `all-caps`, 3 `orphan-page`
error: 500 errors and 7 warnings in 250 files. Nothing was published; `public` is as it was.
";
    assert_eq!(render_all(&findings, not_published(), Format::Human, Detail::Normal).stderr, expected);
    let (quiet, _) = expected.split_once("By rule").unwrap();
    assert_eq!(render_all(&findings, not_published(), Format::Human, Detail::Quiet).stderr, quiet);
}

#[test]
fn every_finding_is_shown_to_those_who_ask_and_to_programs() {
    let findings = flood(Rule::UnknownField, 500);
    let shown = |format, detail| {
        let Output { stdout, stderr } = render_all(&findings, not_published(), format, detail);
        (stdout + &stderr).matches("no. ").count()
    };
    assert_eq!(shown(Format::Human, Detail::All), 500);
    for format in [Format::Short, Format::Json, Format::Sarif, Format::Github] {
        assert_eq!(shown(format, Detail::Normal), 500, "{format:?}");
    }
}

#[test]
fn the_summary_says_what_was_found_and_what_became_of_the_pages() {
    let check = |findings: &[Diagnostic], summary: Summary, expected: &str| {
        let findings: Vec<_> = findings
            .iter()
            .cloned()
            .map(|finding| Diagnostic { message: String::new(), ..finding })
            .collect();
        assert_eq!(render_all(&findings, summary.clone(), Format::Github, Detail::All).stderr, expected);
        assert_eq!(render_all(&findings, summary, Format::Github, Detail::Quiet).stderr, "");
    };
    let one_page = Summary { pages: 1, handouts: 0, ..summary(Outcome::Checked) };
    let strict = Summary { strict: true, ..not_published() };
    let first = Summary { outcome: Outcome::NotPublished { standing: None }, ..published() };
    let remarks = Summary { notes: vec!["`public` is a mount point".to_owned()], ..published() };
    let published_to = "Published to `public` in 0.12 s (3 written, 120 unchanged, 2 removed).\n";

    check(&[], published(), &format!("45 pages, 12 handouts: no findings. {published_to}"));
    check(
        &[],
        remarks,
        &format!("note: `public` is a mount point\n45 pages, 12 handouts: no findings. {published_to}"),
    );
    check(&[], one_page.clone(), "1 page: no findings. Checked in 0.12 s.\n");
    check(
        &flood(Rule::OrphanPage, 3),
        published(),
        &format!("45 pages, 12 handouts: 3 warnings in 2 files. {published_to}"),
    );
    check(&flood(Rule::UnusedTerm, 1), strict.clone(), &{
        let outcome = "Nothing was published; `public` is as it was.";
        format!("45 pages, 12 handouts: 1 note in 1 file. {outcome}\n")
    });
    check(
        &flood(Rule::OrphanPage, 1),
        strict,
        "error: 1 warning in 1 file, and `--strict` allows no warning. \
         Nothing was published; `public` is as it was.\n",
    );
    check(&flood(Rule::RawHtml, 1), one_page, "error: 1 error in 1 file. Checked in 0.12 s.\n");
    check(&flood(Rule::RawHtml, 2), first, "error: 2 errors in 1 file. Nothing was published.\n");
}
