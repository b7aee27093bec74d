//! The manual of the rules: a page for each, and lists of all. It is text here; others print and write it.

use std::fmt::Write as _;

use crate::diagnostic::{Family, Level, Rule, Severity};

/// What can be said of every rule: it stands above the list of the manual.
const PREFACE: &str = "\
# Rules

backsite checks every page against these rules. A finding names its rule in
square brackets, as `error[unknown-field]`. `backsite explain unknown-field`
prints the page of that rule.

- An **error** must be mended: nothing is published until then.
- A **warning** should be mended. It stops a build only under `--strict`.
- A **note** is worth knowing, and changes nothing.
- A rule that is **off** says nothing until a site asks for it.

A level with an exclamation mark holds on every site, and can't be changed.

The files of each example stand beside those of a [small site][site]. They are
checked as of 15 June 2026: a bad example breaks its rule and no other, and a
good example has no finding at all.

[Comparison](../comparison.md) shows what other tools do with nineteen mistakes.

[site]: ../../tests/rules/site
";

/// What stands before the path of an example's file that is not as it is now, but as it was in the release before.
pub const RELEASED: &str = "released ";

/// The page of `rule`, as Markdown that can be read in a terminal too.
pub fn page(rule: Rule) -> String {
    let weight = name(rule.default_level());
    let holds = if rule.is_configurable() { "unless a site sets another" } else { "on every site" };
    let mut page = format!("# {}\n\n{}\n\nLevel: {weight}, {holds}.\n\n", rule.name(), rule.summary());
    for line in rule.explanation().lines() {
        match line.strip_prefix("```").and_then(|info| info.split_once(' ')) {
            // The opening line of an example names its file, which no reader of the page would see there.
            Some((language, file)) => {
                let name = match file.strip_prefix(RELEASED) {
                    Some(path) => format!("`{path}`, as it was released before:"),
                    None => format!("`{file}`:"),
                };
                line_of(&mut page, &format!("{name}\n\n```{language}"));
            }
            None => line_of(&mut page, line),
        }
    }
    line_of(&mut page, "\n## How to change it\n");
    page.push_str(&change(rule));
    page
}

fn line_of(page: &mut String, line: &str) {
    page.push_str(line);
    page.push('\n');
}

/// What the rule weighs, and how a site and a page say otherwise.
fn change(rule: Rule) -> String {
    let name = rule.name();
    let level = rule.default_level();
    if !rule.is_configurable() {
        let weight = match level.severity() {
            Some(Severity::Error) => "an error: nothing is published until it is mended",
            Some(Severity::Warning) => "a warning",
            Some(Severity::Note) => "a note",
            None => "off",
        };
        return format!("This is always {weight}.\nNo site and no page can change that.\n");
    }
    let weight = match level {
        Level::Error => "This is an error: nothing is published until it is mended.",
        Level::Warn => "This is a warning: it stops a build only under `--strict`.",
        Level::Note => "This is a note: it changes nothing.",
        Level::Allow => "This rule is off until a site asks for it.",
    };
    let other = match level {
        Level::Error | Level::Allow => Level::Warn,
        Level::Warn => Level::Note,
        Level::Note => Level::Allow,
    };
    format!(
        "{weight}
A site can choose `allow`, `note`, `warn` or `error` in `site.toml`:

```toml
[rules]
{name} = \"{}\"
```

If the finding is in a page, that page can ask for an exception. It needs a
reason, a person who answers for it, and a last day:

```yaml
waive:
  - rule: {name}
    reason: Why the rule does not hold here.
    by: ann
    until: 2026-12-31
```
",
        other.name()
    )
}

/// All rules for a terminal: what each weighs, and what it finds.
pub fn list() -> String {
    let mut list = String::new();
    let width = Rule::ALL.iter().map(|rule| rule.name().len()).max().unwrap_or_default();
    for family in Family::ALL {
        line_of(&mut list, family.title());
        for rule in rules(family) {
            let (name, weight) = (rule.name(), weight(rule));
            line_of(&mut list, &format!("  {name:width$}  {weight:<7}  {}", rule.summary()));
        }
        list.push('\n');
    }
    list.push_str(
        "A level with an exclamation mark can't be changed. To read more about a rule, type its name:\n\
         backsite explain sentence-too-long\n",
    );
    list
}

/// The list of all rules for the manual, as Markdown with a link to the page of each.
pub fn index() -> String {
    let mut index = PREFACE.to_owned();
    for family in Family::ALL {
        let title = family.title();
        // Writing to a text can't fail.
        let _ = write!(index, "\n## {title}\n\n| rule | level | what it finds |\n| --- | --- | --- |\n");
        for rule in rules(family) {
            let name = rule.name();
            line_of(&mut index, &format!("| [{name}]({name}.md) | {} | {} |", weight(rule), rule.summary()));
        }
    }
    index
}

fn rules(family: Family) -> impl Iterator<Item = Rule> {
    Rule::ALL.iter().copied().filter(move |rule| rule.family() == family)
}

/// What a rule weighs unless a site says otherwise, with a mark if none can.
fn weight(rule: Rule) -> String {
    let mark = if rule.is_configurable() { "" } else { "!" };
    format!("{}{mark}", name(rule.default_level()))
}

/// What a level is called where it is not a setting.
fn name(level: Level) -> &'static str {
    level.severity().map_or("off", Severity::name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_stands_in_the_list_once_and_in_a_family() {
        let list = list();
        for rule in Rule::ALL {
            let begins = format!("  {} ", rule.name());
            assert_eq!(list.lines().filter(|line| line.starts_with(&begins)).count(), 1, "{}", rule.name());
        }
    }

    #[test]
    fn an_example_is_shown_with_the_name_of_its_file() {
        for rule in Rule::ALL {
            let page = page(*rule);
            assert!(
                !page.lines().any(|line| line.starts_with("```") && line.contains(' ')),
                "{}: a file is named where no reader sees it",
                rule.name()
            );
        }
        assert!(page(Rule::AllCaps).contains("`content/exercises/knee-rolls.md`:\n\n```md\n---\n"));
    }

    #[test]
    fn a_rule_that_no_site_can_change_says_so() {
        assert!(page(Rule::RawHtml).contains("\n\nLevel: error, on every site.\n\n"));
        assert!(page(Rule::RawHtml).ends_with(
            "## How to change it\n\nThis is always an error: nothing is published until it is mended.\n\
             No site and no page can change that.\n"
        ));
        assert!(page(Rule::AllCaps).contains("[rules]\nall-caps = \"note\"\n"));
        assert!(page(Rule::ExerciseWithoutImage).contains("[rules]\nexercise-without-image = \"warn\"\n"));
    }
}
