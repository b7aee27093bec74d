//! Exceptions: whether their rules can be waived, and whether they still hold.

use crate::clinical::Date;
use crate::diagnostic::{Diagnostic, Rule};
use crate::page::Page;
use crate::suggest::closest;
use crate::tree::Node;

pub(super) fn check(page: &Page, today: Date) -> Vec<Diagnostic> {
    let waivers = page.fields.get("waive").map_or(&[][..], Node::items);
    waivers.iter().flat_map(|waiver| [bad_rule(page, waiver), expired(page, waiver, today)]).flatten().collect()
}

fn bad_rule(page: &Page, waiver: &Node) -> Option<Diagnostic> {
    let node = waiver.get("rule")?;
    let name = node.as_text()?;
    let finding = |message: String| Diagnostic::new(Rule::InvalidValue, page.place(node.span), message);
    let Some(rule) = Rule::from_name(name) else {
        let configurable = Rule::ALL.iter().filter(|rule| rule.is_configurable()).map(|rule| rule.name());
        let finding = finding(format!("there is no rule `{name}`"));
        return Some(match closest(name, configurable) {
            Some(right) if node.span.of(&page.source.text) == name => {
                finding.help(format!("did you mean `{right}`?")).fix(node.span, right)
            }
            Some(right) => finding.help(format!("did you mean `{right}`?")),
            None => finding.help("the name of a rule stands in square brackets before its message"),
        });
    };
    if rule.is_configurable() {
        return None;
    }
    Some(finding(format!("`{name}` can't be waived")).help("take the exception out, and mend what the rule finds"))
}

fn expired(page: &Page, waiver: &Node, today: Date) -> Option<Diagnostic> {
    let node = waiver.get("until")?;
    let until = Date::parse(node.as_text()?).ok().filter(|until| *until < today)?;
    let rule = waiver.get("rule").and_then(Node::as_text)?;
    let message = format!("the exception to `{rule}` ran out on {until}");
    let finding = Diagnostic::new(Rule::WaiverExpired, page.place(node.span), message);
    Some(finding.help("mend what the rule finds and take the exception out, or agree on a new day"))
}
