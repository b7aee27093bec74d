//! Ids of a register that do not begin at the left edge, or lack their colon.
//!
//! YAML makes something else of such an entry: a field of the entry above, or no entry at all. So the text is read as
//! it was meant, and every place is then taken back to where it is in the file.

use super::changed::{Changed, Edit};
use super::layout;
use super::line::{Line, structural};
use crate::diagnostic::{Applicability, Diagnostic, Place, Rule};
use crate::source::{SitePath, Span};
use crate::suggest::closest;
use crate::tree::Node;

/// The text of a register as it was meant.
pub(super) struct Righted {
    pub(super) changed: Changed,
    findings: Vec<Diagnostic>,
}

/// What a line of a register is.
#[derive(Clone, Copy)]
enum Role<'t> {
    /// An id with a colon and nothing behind it.
    Id(&'t str),
    /// What is an id but for its colon.
    Bare(&'t str),
    /// A field of an entry.
    Field,
    Other,
}

/// `text`, the register at `path` whose entries have the `fields`, as it was meant; none if each id stands where it
/// belongs.
pub(super) fn right(text: &str, path: &SitePath, fields: &[&str]) -> Option<Righted> {
    let lines = structural(text);
    let edge = lines.iter().map(|line| line.column).min()?;
    let roles: Vec<Role<'_>> = lines.iter().map(|line| role(text, line, fields)).collect();
    if let ([first, second, ..], [Role::Id(_), Role::Id(_), ..]) = (&lines[..], &roles[..])
        && second.column > first.column
    {
        // All entries stand below the name of the register.
        return None;
    }
    let mut outdents = vec![0; lines.len()];
    let mut colons = vec![None; lines.len()];
    let mut findings = Vec::new();
    for (at, pair) in lines.windows(2).enumerate() {
        let [line, below] = pair else { continue };
        let (Role::Id(id) | Role::Bare(id), Role::Field) = (roles[at], roles[at + 1]) else { continue };
        let span = Span::new(line.content, line.content + id.len());
        let finding = |message: String| Diagnostic::new(Rule::YamlSyntax, Place::new(path, span), message);
        let by = if line.column == usize::MAX { 0 } else { line.column - edge };
        if matches!(roles[at], Role::Bare(_)) {
            if by > 0 && below.column <= line.column {
                // The last word of a text over more than one line.
                continue;
            }
            colons[at] = Some(line.content + id.len());
            let after = Span { start: span.end, end: span.end };
            let finding = finding(format!("a colon is missing after `{id}`")).help(format!("write `{id}:`"));
            findings.push(finding.fix(after, ":", Applicability::MaybeIncorrect));
        } else if by > 0 {
            let help = "begin it in the same column as the other ids, and its fields two blanks further in";
            findings.push(finding(format!("the id `{id}` is indented")).help(help));
        }
        outdents[at] = by;
        // Fields that are indented with it.
        let inside = lines.iter().skip(at + 1).take_while(|inner| by > 0 && inner.column > line.column);
        let inside = inside.count();
        for (outdent, inner) in outdents.iter_mut().zip(&lines).skip(at + 1).take(inside) {
            *outdent = by.min(inner.content - inner.start);
        }
    }
    if findings.is_empty() {
        return None;
    }
    let mut edits = Vec::new();
    for ((line, by), colon) in lines.iter().zip(outdents).zip(colons) {
        if by > 0 {
            edits.push(Edit::new(line.start..line.start + by, ""));
        }
        edits.extend(colon.map(|at| Edit::new(at..at, ":")));
    }
    Some(Righted { changed: Changed::new(text, 0, &edits), findings })
}

fn role<'t>(text: &'t str, line: &Line, fields: &[&str]) -> Role<'t> {
    let end = layout::value_end(text, line.content);
    let is_field = |name: &str| fields.contains(&name) || closest(name, fields.iter().copied()).is_some();
    let is_id = |name: &str| {
        !name.is_empty()
            && !name.starts_with('-')
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    match layout::name(text, line.content) {
        Some((name, colon)) => {
            let name = text.get(name).unwrap_or("");
            match name.trim_matches(['"', '\'']) {
                bare if is_field(bare) => Role::Field,
                _ if is_id(name) && end == colon + 1 => Role::Id(name),
                _ => Role::Other,
            }
        }
        None => match text.get(line.content..end).unwrap_or("") {
            word if is_id(word) && !is_field(word) => Role::Bare(word),
            _ => Role::Other,
        },
    }
}

impl Righted {
    /// What was `read` of the righted text, with every place as it is in the file.
    pub(super) fn restore(self, read: (Option<Node>, Vec<Diagnostic>)) -> (Option<Node>, Vec<Diagnostic>) {
        let (mut tree, mut findings) = read;
        if let Some(tree) = &mut tree {
            self.changed.restore_node(tree);
        }
        findings.iter_mut().for_each(|finding| self.changed.restore_finding(finding));
        findings.extend(self.findings);
        findings.sort_by_key(|finding| finding.place.span);
        (tree, findings)
    }
}

#[cfg(test)]
mod tests {
    use super::super::register;
    use super::*;
    use proptest::prelude::*;

    const FIELDS: [&str; 3] = ["name", "role", "active"];

    /// The places of every key and value below `node`.
    fn spans(node: &Node) -> Vec<Span> {
        let keys = node
            .entries()
            .iter()
            .flat_map(|entry| std::iter::once(entry.key_span).chain(spans(&entry.value)));
        std::iter::once(node.span).chain(keys).chain(node.items().iter().flat_map(spans)).collect()
    }

    /// A register of three entries, of which the second is written by `write`.
    fn text(write: impl Fn(&str) -> String) -> String {
        format!("anna:\n  name: Änna\n{}cleo:\n  name: C\n", write("ben:\n  name: B\n  role: author\n"))
    }

    #[test]
    fn every_key_and_value_knows_its_place_in_the_file() {
        let path = SitePath::new("content/people.yml");
        let outdented = text(str::to_owned);
        let plain = register(&outdented, &path, &FIELDS).0.unwrap();
        // Groups hold the blanks before their lines.
        let words = |text: &str, node: &Node| -> Vec<String> {
            let texts = spans(node).into_iter().map(|span| span.of(text).to_owned());
            texts.filter(|text| !text.contains('\n')).collect()
        };
        for indent in [" ", "  ", "    "] {
            let all = |entry: &str| entry.lines().map(|line| format!("{indent}{line}\n")).collect();
            let id = |entry: &str| format!("{indent}{entry}");
            let bare = |entry: &str| entry.replacen(':', "", 1);
            for written in [text(all), text(id), text(bare)] {
                let (node, findings) = register(&written, &path, &FIELDS);
                assert_eq!(findings.len(), 1, "{written}");
                assert_eq!(words(&written, &node.unwrap()), words(&outdented, &plain), "{written}");
            }
        }
    }

    proptest! {
        #[test]
        fn whatever_a_register_holds_its_places_are_in_the_file(
            lines in prop::collection::vec("( {0,5})(anna|name|ben|- |x y|ä)?(:|: |)(name|ä|\\[|\"|#|\\||)(\n|\r\n)", 0..8),
        ) {
            let text = lines.concat();
            let (node, findings) = register(&text, &SitePath::new("content/people.yml"), &FIELDS);
            let spans = node.iter().flat_map(spans).chain(findings.iter().map(|finding| finding.place.span));
            for span in spans {
                prop_assert!(text.get(span.range()).is_some(), "{:?} in {:?}", span, text);
            }
        }
    }
}
