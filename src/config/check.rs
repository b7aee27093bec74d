//! What is wrong with a `site.toml` that is TOML: what its shape says, and what no shape can say.

use crate::diagnostic::{Applicability, Diagnostic, Place, Rule};
use crate::schema::shape::Types;
use crate::schema::{Shape, validate};
use crate::source::{Source, Span};
use crate::suggest;
use crate::tree::{Entry, Node, Value};
use std::collections::{BTreeSet, HashMap, HashSet};

/// What is known of the file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// All of it.
    Whole,
    /// Parts of it could not be read: what seems to be missing may be there.
    Broken,
}

/// The folders of a site that hold what its makers write.
const OWN_FOLDERS: [&str; 3] = ["content", "themes", "schemas"];

/// The most bytes of a folder's name that every disk takes, with what publishing adds for a moment.
const MAX_NAME: usize = 200;

/// What is wrong with the settings `tree`.
pub(super) fn check(tree: &Node, source: &Source, reading: Reading) -> Vec<Diagnostic> {
    let shape = super::shape();
    let whole = Place::file(&source.path);
    let mut findings = validate(&shape, tree, &whole, "`site.toml`").findings;
    write_toml(&shape, tree, source, &mut findings);
    let misplaced = place_lines(&shape, tree, source, &mut findings);
    let is_known_lost = |key: &str, findings: &[Diagnostic]| {
        misplaced.contains(key)
            || findings.iter().any(|f| f.fix.as_ref().is_some_and(|fix| fix.text.trim_matches('"') == key))
    };
    rules(tree, source, &mut findings);
    findings.extend(output(tree, source));
    match reading {
        Reading::Whole => {
            if !is_known_lost("notice", &findings) {
                findings.extend(notice(tree, source));
            }
            if misplaced.contains("title") {
                findings.retain(|finding| finding.rule != Rule::MissingField || finding.place != whole);
            }
        }
        Reading::Broken => findings.retain(|finding| finding.rule != Rule::MissingField),
    }
    for finding in findings.iter_mut().filter(|f| f.rule == Rule::MissingField && f.place == whole) {
        finding.help = Some("add a line `title = \"...\"` at the top of the file".to_owned());
    }
    findings
}

/// Says in TOML what the words of findings say in YAML: how to write a group or a list, and that text takes quotes.
fn write_toml(shape: &Shape, tree: &Node, source: &Source, findings: &mut [Diagnostic]) {
    let values: HashMap<Span, &Entry> =
        tree.entries().iter().map(|entry| (entry.value.span, entry)).collect();
    for finding in findings {
        if finding.rule == Rule::InvalidValue
            && let Some(fix) = &mut finding.fix
        {
            fix.text = format!("\"{}\"", fix.text);
        }
        // A group can be named in several lines, and a name that is mended in one of them alone would part it.
        if finding.rule == Rule::UnknownField
            && let Some(fix) = &mut finding.fix
            && source.text.matches(finding.place.span.of(&source.text)).count() > 1
        {
            fix.applicability = Applicability::MaybeIncorrect;
        }
        let Some(Entry { key, value, .. }) = values.get(&finding.place.span) else { continue };
        if finding.rule == Rule::WrongType && is_group(shape, key) {
            finding.help =
                Some(format!("write `[{key}]` on a line of its own, and its settings on the lines below"));
            finding.fix = None;
        } else if finding.rule == Rule::WrongType && matches!(value.value, Value::Map(_)) {
            finding.help = Some(format!("write it on one line with an equals sign: `{key} = ...`"));
        }
    }
}

/// Says where a line belongs that stands in the wrong group, and returns the top's keys that do.
///
/// In TOML a line belongs to the last `[group]` above it, so that what is added at the end of the file goes astray.
fn place_lines<'t>(
    shape: &Shape,
    tree: &Node,
    source: &'t Source,
    findings: &mut [Diagnostic],
) -> BTreeSet<&'t str> {
    let mut misplaced = BTreeSet::new();
    let at_top: HashSet<Span> = tree.entries().iter().map(|entry| entry.key_span).collect();
    for finding in findings.iter_mut().filter(|f| f.rule == Rule::UnknownField && f.fix.is_none()) {
        let key = finding.place.span.of(&source.text);
        let is_at_top = at_top.contains(&finding.place.span);
        let group = shape.object.properties.iter().find(|group| group.shape.object.property(key).is_some());
        if !is_at_top && shape.object.property(key).is_some() && !is_group(shape, key) {
            finding.help =
                Some("move the line up, above the first line that begins with a bracket".to_owned());
            misplaced.insert(key);
        } else if let Some(group) = group {
            finding.help = Some(format!("move the line below a line `[{}]`", group.name));
        }
    }
    misplaced
}

fn is_group(shape: &Shape, key: &str) -> bool {
    shape.object.property(key).is_some_and(|property| property.shape.types == Types::OBJECT)
}

/// Finds names under `[rules]` that are no rules, or rules that no site can change.
fn rules(tree: &Node, source: &Source, findings: &mut Vec<Diagnostic>) {
    let names = || Rule::ALL.iter().filter(|rule| rule.is_configurable()).map(|rule| rule.name());
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    let mut absent: Vec<&str> = match tree.get("rules") {
        Some(rules) => names().filter(|name| rules.entry(name).is_none()).collect(),
        None => return,
    };
    for entry in tree.get("rules").map_or(&[][..], Node::entries) {
        let place = Place::new(&source.path, entry.key_span);
        let key = &entry.key;
        let finding = match Rule::from_name(key) {
            Some(rule) if rule.is_configurable() => continue,
            Some(_) => Diagnostic::new(Rule::BadSetting, place, format!("the rule `{key}` can't be changed"))
                .help("take the line out: this rule holds on every site"),
            None => {
                let finding = Diagnostic::new(Rule::UnknownField, place, format!("`{key}` is not a rule"));
                if let Some(near) = suggest::closest(key, absent.iter().copied()) {
                    absent.retain(|name| *name != near);
                    // Quotes around the name stay as they are.
                    let inside = entry.key_span.find(key, &source.text).unwrap_or(entry.key_span);
                    let applicability = match suggest::is_certain(key, near, names()) {
                        true => Applicability::Safe,
                        false => Applicability::MaybeIncorrect,
                    };
                    finding.help(format!("did you mean `{near}`?")).fix(inside, near, applicability)
                } else if let Some(given) = suggest::closest(key, names()) {
                    finding.help(format!("`{given}` is there already: take this line out"))
                } else {
                    finding.help("write a name that findings show in brackets, as `sentence-too-long`")
                }
            }
        };
        told.insert(entry.value.span);
        found.push(finding);
    }
    // Whether its level is right does not matter then.
    findings.retain(|finding| !told.contains(&finding.place.span));
    findings.extend(found);
}

/// Finds that nothing tells readers that pages are not reviewed.
fn notice(tree: &Node, source: &Source) -> Option<Diagnostic> {
    let required = tree.get("review")?.get("required")?;
    if required.as_bool() != Some(false) || tree.entry("notice").is_some() {
        return None;
    }
    let message = "a site without reviews needs a `notice`";
    let help = "add a line `notice = \"...\"` above the first line that begins with a bracket: it tells readers \
                that no clinician has reviewed the pages";
    Some(Diagnostic::new(Rule::BadSetting, Place::new(&source.path, required.span), message).help(help))
}

/// Finds an output folder that is elsewhere on the machine, or that holds what the site is made from.
fn output(tree: &Node, source: &Source) -> Option<Diagnostic> {
    let node = tree.get("output")?;
    let text = node.as_text().filter(|text| !text.is_empty())?;
    let bad = |message: String, help: &str| {
        Some(Diagnostic::new(Rule::BadSetting, Place::new(&source.path, node.span), message).help(help))
    };
    let is_absolute = text.starts_with(['/', '\\', '~']) || text.as_bytes().get(1) == Some(&b':');
    if is_absolute {
        let message = format!("`output` needs a path seen from the site, and this is `{text}`");
        return bad(message, "write the path as seen from the folder of `site.toml`, as `public`");
    }
    if text.chars().any(char::is_control) || text.split(['/', '\\']).any(|part| part.len() > MAX_NAME) {
        return bad(
            "`output` can't be the name of a folder".to_owned(),
            "name a folder of its own, as `public`",
        );
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in text.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." && parts.last().is_some_and(|last| *last != "..") {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    let help = "name a folder of its own, as `public`";
    match parts.first() {
        Some(first) if OWN_FOLDERS.contains(first) => {
            bad(format!("`output` lies in `{first}`, which the site is made from"), help)
        }
        _ if parts.iter().all(|part| *part == "..") => {
            bad("`output` is a folder that the site itself lies in".to_owned(), help)
        }
        _ => None,
    }
}
