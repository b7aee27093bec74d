//! Every rule of the register has a case in which it speaks, and a step of the same case in which it does not.

use std::collections::BTreeMap;

use backsite::diagnostic::Rule;
use libtest_mimic::{Failed, Trial};

use super::block::Role;
use super::story::{Book, Event};

/// Rules that no site can break in a case, and why.
const UNREACHABLE: [(&str, &str); 0] = [];

/// What is known of a rule from the cases.
#[derive(Clone, Copy, Default)]
struct Seen {
    speaks: bool,
    is_silent_beside: bool,
}

pub fn trials(books: &[Book]) -> Vec<Trial> {
    let seen = seen(books);
    let lacking = |is_lacking: fn(&Seen) -> bool| -> Vec<&'static str> {
        let rules = Rule::ALL.iter().map(|rule| rule.name());
        let expected = rules.filter(|name| !UNREACHABLE.iter().any(|(other, _)| other == name));
        expected.filter(|name| is_lacking(&seen.get(*name).copied().unwrap_or_default())).collect()
    };
    let silent = lacking(|seen| !seen.speaks);
    let lonely = lacking(|seen| seen.speaks && !seen.is_silent_beside);
    let known: Vec<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
    let strangers: Vec<String> =
        seen.keys().filter(|name| !known.contains(&name.as_str())).cloned().collect();
    vec![
        trial("every rule speaks in some case", silent.join(", ")),
        trial("every rule is silent in a step beside the one in which it speaks", lonely.join(", ")),
        trial("cases name rules of the register alone", strangers.join(", ")),
    ]
}

fn trial(name: &str, wrong: String) -> Trial {
    Trial::test(name.replace(' ', "_"), move || {
        if wrong.is_empty() { Ok(()) } else { Err(Failed::from(format!("not so for: {wrong}"))) }
    })
}

fn seen(books: &[Book]) -> BTreeMap<String, Seen> {
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    for story in books.iter().flat_map(|book| &book.stories) {
        let findings = story.events.iter().filter_map(|event| match event {
            Event::Block(block) if block.role == Role::Findings => Some(rules(&block.content)),
            _ => None,
        });
        let steps: Vec<Vec<String>> = findings.collect();
        for rule in steps.iter().flatten() {
            let entry = seen.entry(rule.clone()).or_default();
            entry.speaks = true;
            entry.is_silent_beside |= steps.iter().any(|step| !step.contains(rule));
        }
    }
    seen
}

/// The rules whose findings a report holds.
fn rules(report: &str) -> Vec<String> {
    let name = |line: &str| {
        let rest = ["error[", "warning[", "note["].iter().find_map(|start| line.strip_prefix(start))?;
        Some(rest.split_once(']')?.0.to_owned())
    };
    report.lines().filter_map(name).collect()
}
