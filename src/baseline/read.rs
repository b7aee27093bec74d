//! The file of a baseline to its entries, and what is wrong with it.

use std::collections::BTreeMap;

use super::file::{MARK, VERSION, is_ours};
use super::{Baseline, Key};
use crate::checks::rule_meant;
use crate::diagnostic::{Applicability, Diagnostic, Place, Rule};
use crate::schema::{Shape, validate};
use crate::source::{SitePath, Source};
use crate::tree::{Node, json};

/// The baseline in the file `source`, and what is wrong with it. An entry with a mistake is left out.
pub fn read(source: &Source) -> (Baseline, Vec<Diagnostic>) {
    let (tree, mut findings) = json::parse(&source.text, &source.path);
    for finding in findings.iter_mut().filter(|finding| finding.rule == Rule::BadSchema) {
        finding.rule = Rule::BadBaseline;
        finding.help = Some(ANEW.to_owned());
    }
    if !tree.as_ref().map_or_else(|| is_ours(&source.text), is_marked) {
        return (unreadable(), vec![other_file(source)]);
    }
    let Some(tree) = tree else { return (unreadable(), findings) };
    if let Some(finding) = later_version(&tree, source) {
        return (unreadable(), vec![finding]);
    }
    let mistakes = validate(&shape(), &tree, &Place::file(&source.path), "the baseline").findings;
    findings.extend(mistakes.into_iter().map(in_json));
    let mut baseline = Baseline { entries: BTreeMap::new(), is_intact: findings.is_empty() };
    for entry in tree.get("findings").map_or(&[][..], Node::items) {
        let Some(rule) = entry.get("rule") else { continue };
        let meant = rule.as_text().and_then(rule_meant);
        findings.extend(bad_rule(rule, meant, source));
        let (Some(key), Some(count)) = (meant.and_then(|rule| key(entry, rule)), count(entry)) else {
            continue;
        };
        // Two branches that have been merged may both have it.
        let known = baseline.entries.entry(key).or_default();
        *known = count.max(*known);
    }
    findings.sort();
    (baseline, findings)
}

/// A baseline of which nothing is known but that it is there.
pub fn unreadable() -> Baseline {
    Baseline { entries: BTreeMap::new(), is_intact: false }
}

/// What the file has to be, from `schema/baseline.json`.
pub fn shape() -> Shape {
    Shape::compile(include_str!("../schema/baseline.json"), &SitePath::new("baseline.json")).0
}

/// What to do where the file can't be mended by hand.
const ANEW: &str = "mend it, or write it anew with `backsite check --write-baseline`";

/// Whether the file says that it is a baseline.
fn is_marked(tree: &Node) -> bool {
    let (key, value) = MARK;
    tree.get(key).and_then(Node::as_text) == Some(value)
}

/// The finding for a file that is no baseline.
fn other_file(source: &Source) -> Diagnostic {
    let message = format!("`{}` is not a baseline", source.path);
    Diagnostic::new(Rule::BadBaseline, Place::file(&source.path), message)
        .help("name the file that `backsite check --write-baseline` has written")
}

/// The finding for a baseline that a newer program has written.
fn later_version(tree: &Node, source: &Source) -> Option<Diagnostic> {
    let version = tree.get("version").filter(|node| node.as_integer().is_some_and(|it| it > VERSION))?;
    let number = version.as_written().unwrap_or_default();
    let message = format!("the baseline is of version {number}, and this backsite knows version {VERSION}");
    let place = Place::new(&source.path, version.span);
    let help = "take a newer backsite, or write the file anew with `backsite check --write-baseline`";
    Some(Diagnostic::new(Rule::BadBaseline, place, message).help(help))
}

/// The finding without advice on how to write YAML.
fn in_json(mut finding: Diagnostic) -> Diagnostic {
    if finding.rule == Rule::WrongType && finding.fix.is_none() {
        finding.help = Some(ANEW.to_owned());
    }
    finding
}

/// The finding for a rule, probably `meant`, that is none or that no baseline can hold.
fn bad_rule(node: &Node, meant: Option<Rule>, source: &Source) -> Option<Diagnostic> {
    let name = node.as_text()?;
    let finding = |message| Diagnostic::new(Rule::BadBaseline, Place::new(&source.path, node.span), message);
    match meant {
        Some(rule) if rule.name() != name => {
            let right = rule.name();
            let finding = finding(format!("there is no rule `{name}`"));
            Some(finding.help(format!("did you mean `{right}`?")).fix(
                node.span,
                format!("\"{right}\""),
                Applicability::MaybeIncorrect,
            ))
        }
        Some(rule) if rule.is_configurable() => None,
        Some(_) => Some(
            finding(format!("`{name}` can't be in a baseline"))
                .help("take the entry out, and mend what the rule finds"),
        ),
        None => {
            let finding = finding(format!("there is no rule `{name}`"));
            Some(finding.help("take the entry out: nothing can be found that it speaks of"))
        }
    }
}

fn key(entry: &Node, rule: Rule) -> Option<Key> {
    let text = |key| entry.get(key).and_then(Node::as_text);
    let (path, text) = (text("path")?, text("text")?);
    rule.is_configurable().then(|| Key { path: SitePath::new(path), rule, text: text.into() })
}

fn count(entry: &Node) -> Option<usize> {
    entry.get("count")?.as_integer()?.try_into().ok()
}
