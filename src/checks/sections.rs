//! Sections that a kind asks for: whether each is there, and holds what it has to hold.

use std::ops::Range;

use super::is_published;
use crate::diagnostic::{Diagnostic, Level, Rule, Severity};
use crate::markdown::Heading;
use crate::markdown::slug::slug;
use crate::page::Page;
use crate::schema::Section;
use crate::site::Site;
use crate::suggest::closest;
use crate::tree::Node;

/// The section of an exercise that the site's settings can give for all.
const STOP_IF: &str = "stop-if";

pub(super) fn check(site: &Site<'_>, page: &Page) -> Vec<Diagnostic> {
    let Some(kind) = site.context.schemas.kind(&page.key.kind).filter(|_| is_published(page)) else {
        return Vec::new();
    };
    let needed = |section: &Section| {
        if *kind.name == *"exercise" && *section.id == *STOP_IF && lacks_stop_if(site) {
            return Some(Rule::StopIfMissing);
        }
        section.publish.then_some(Rule::SectionMissing)
    };
    let judge = |section: &Section| {
        let rule = needed(section);
        match (page.body.heading(&section.id), rule) {
            (Some(heading), _) => unfit(site, page, section, heading, rule),
            (None, Some(_)) if is_told(site, page) => None,
            (None, Some(Rule::StopIfMissing)) => Some(no_stop_if(page, section)),
            (None, Some(rule)) => Some(missing(page, &kind.article, &kind.sections, section, rule)),
            (None, None) => None,
        }
    };
    kind.sections.iter().filter_map(judge).collect()
}

/// Whether a finding says already why a section of `page` is not read as one: its heading is none, or stands in HTML or
/// in code.
fn is_told(site: &Site<'_>, page: &Page) -> bool {
    let is_heading = |sign: &str| sign.starts_with(['#', '{']);
    let is_fence = |sign: &str| sign.starts_with("```") || sign.starts_with("~~~");
    let anywhere = || 0..usize::MAX;
    let is_hidden = || has_html(page, &anywhere()) || has_stray(site, page, anywhere(), is_fence);
    has_stray(site, page, anywhere(), is_heading) || page.body.hides_headings && is_hidden()
}

/// Whether there is HTML in the bytes `range` of the page.
fn has_html(page: &Page, range: &Range<usize>) -> bool {
    let mut html = page.findings.iter().filter(|finding| finding.rule == Rule::RawHtml);
    html.any(|finding| range.contains(&(finding.place.span.start as usize)))
}

/// Whether the settings give no words on when to stop. Settings that can't be read may have given some.
fn lacks_stop_if(site: &Site<'_>) -> bool {
    site.context.config.is_certain("stop_if") && site.context.config.stop_if.is_empty()
}

/// What is wrong with a section that is there.
fn unfit(
    site: &Site<'_>,
    page: &Page,
    section: &Section,
    heading: &Heading,
    needed: Option<Rule>,
) -> Option<Diagnostic> {
    let name = &heading.text;
    let finding = |message: String| {
        Diagnostic::new(needed.unwrap_or(Rule::SectionMissing), page.place(heading.span), message)
    };
    let Some(content) = page.body.section(&section.id) else {
        needed?;
        // That it stands in a list is told at its signs.
        let signs = (heading.span.start as usize).saturating_sub("###### ".len())..heading.span.end as usize;
        if has_stray(site, page, signs, |_| true) {
            return None;
        }
        let message = format!("the heading `{name}` stands inside of a quotation, a list or a note");
        return Some(finding(message).help("move it out: its line begins with `##` and nothing else"));
    };
    let start = heading.span.end as usize;
    let next = page.body.headings.iter().find(|next| next.is_section && next.span.start > heading.span.start);
    let end = next.map_or(usize::MAX, |next| next.span.start as usize);
    // What was not read as it was meant, or only its first part, has a finding already.
    if has_stray(site, page, start..end, |_| true) || has_html(page, &(start..end)) {
        return None;
    }
    if page.body.fragment.html().get(content).unwrap_or("").trim().is_empty() {
        let finding = finding(format!("the section `{name}` is empty"));
        return Some(finding.help("write what belongs under its heading"));
    }
    section.list?;
    let message = format!("the section `{name}` needs {} directly under its heading", items(section));
    let help = match heading.list {
        None => "begin each item with a number and a full stop, as `1.`, right below the heading".to_owned(),
        Some(list) if !list.ordered => {
            "begin each item with a number and a full stop, as `1.`, in place of the bullet".to_owned()
        }
        Some(list) => {
            let count = u64::from(list.items);
            if section.min.is_none_or(|min| count >= min) && section.max.is_none_or(|max| count <= max) {
                return None;
            }
            let noun = if count == 1 { "item" } else { "items" };
            match (section.min, section.max) {
                (Some(min), _) if count < min => format!("the list has {count} {noun}; write at least {min}"),
                (_, Some(max)) => format!("the list has {count} {noun}; write at most {max}"),
                _ => format!("the list has {count} {noun}"),
            }
        }
    };
    Some(Diagnostic::new(Rule::SectionMissing, page.place(heading.span), message).help(help))
}

/// Whether signs of Markdown that are not what they were meant to be, and of which `is_it` holds, stand in the bytes
/// `range` of the page, so that their finding says enough. It does not if it lets the page be published.
fn has_stray(site: &Site<'_>, page: &Page, range: Range<usize>, is_it: impl Fn(&str) -> bool) -> bool {
    let rule = Rule::StrayMarkup;
    let waivers = page.fields.get("waive").map_or(&[][..], Node::items);
    let is_waived =
        waivers.iter().any(|waiver| waiver.get("rule").and_then(Node::as_text) == Some(rule.name()));
    if is_waived || site.context.config.level(rule) != Level::Error {
        return false;
    }
    page.findings.iter().filter(|finding| finding.rule == rule && finding.severity == Severity::Error).any(
        |finding| {
            let span = finding.place.span;
            range.contains(&(span.start as usize)) && is_it(span.of(&page.source.text))
        },
    )
}

/// The list that a section needs, in words.
fn items(section: &Section) -> String {
    match (section.min, section.max) {
        (Some(min), Some(max)) => format!("a numbered list of {min} to {max} items"),
        (Some(min), None) => format!("a numbered list of at least {min} items"),
        (None, Some(max)) => format!("a numbered list of at most {max} items"),
        (None, None) => "a numbered list".to_owned(),
    }
}

fn missing(page: &Page, article: &str, sections: &[Section], section: &Section, rule: Rule) -> Diagnostic {
    let (id, title) = (&section.id, &section.title);
    let message = format!("{article} needs the section `{title}` to be published");
    if let Some(finding) = misspelt(page, sections, section, rule, &message) {
        return finding;
    }
    let finding = Diagnostic::new(rule, page.whole(), message);
    if let Some(heading) = similar(page, sections, section) {
        let help = format!("if it is the section `{}`, write `{{#{id}}}` behind these words", heading.text);
        return finding.help(help).related("is it this one?", page.place(heading.span));
    }
    let under = section.list.map(|_| format!(", and under it {}", items(section))).unwrap_or_default();
    finding.help(format!("write `## {title}`, or a heading of your own with `{{#{id}}}` at its end{under}"))
}

fn no_stop_if(page: &Page, section: &Section) -> Diagnostic {
    let message = "the exercise does not say when to stop";
    if let Some(finding) = misspelt(page, &[], section, Rule::StopIfMissing, message) {
        return finding;
    }
    let finding = Diagnostic::new(Rule::StopIfMissing, page.whole(), message);
    match similar(page, &[], section) {
        Some(heading) => finding
            .help(format!(
                "if the section `{}` says it, write `{{#{STOP_IF}}}` behind these words",
                heading.text
            ))
            .related("is it this one?", page.place(heading.span)),
        None => finding.help(
            "write `## Stop if` with the signs under it, or give `stop_if` in `site.toml` for all exercises",
        ),
    }
}

/// The finding at the line that was meant to be the heading of `section`: its words are misspelt, or bold and no heading.
fn misspelt(
    page: &Page,
    sections: &[Section],
    section: &Section,
    rule: Rule,
    message: &str,
) -> Option<Diagnostic> {
    let (id, title) = (&section.id, &section.title);
    let is_other = |id: &str| sections.iter().any(|other| *other.id == *id);
    let free = page.body.headings.iter().filter(|heading| heading.is_section && !is_other(&heading.id));
    if let Some(near) = closest(id, free.map(|heading| &*heading.id)) {
        let heading = page.body.heading(near)?;
        let signs = "#".repeat(usize::from(heading.level));
        let help = format!("did you mean `{signs} {title}`? if it is another section, write this one, too");
        return Some(Diagnostic::new(rule, page.place(heading.span), message).help(help));
    }
    let is_it = |words: &str| {
        let words = slug(words);
        *words == **id || closest(id, [&*words]).is_some() && !is_other(&words)
    };
    let (_, span) = page.body.bold_lines.iter().find(|(words, _)| is_it(words))?;
    let help = format!("these bold words are no heading: write `## {title}`");
    Some(Diagnostic::new(rule, page.place(*span), message).help(help))
}

/// The heading that was probably meant to begin `section`: its id is misspelt, or it shares a long word.
fn similar<'p>(page: &'p Page, sections: &[Section], section: &Section) -> Option<&'p Heading> {
    let free = || {
        let is_other = |heading: &&Heading| sections.iter().any(|other| other.id == heading.id);
        page.body.headings.iter().filter(move |heading| heading.is_section && !is_other(heading))
    };
    if let Some(id) = closest(&section.id, free().map(|heading| &*heading.id)) {
        return page.body.heading(id);
    }
    let words = || section.id.split('-').filter(|word| word.len() > 3);
    free().find(|heading| heading.id.split('-').any(|word| words().any(|other| other == word)))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{check, exercise, page};

    const DOSE: &str = "dose: {reps: 5}";

    fn squat(body: &str) -> String {
        let text = exercise("Squat", DOSE);
        text.replace("## Steps\n1. Stand up.\n2. Bend your knees.\n", body)
    }

    #[test]
    fn a_section_that_is_missing_is_found_at_the_front_matter() {
        check(
            &[("content/exercises/squat.md", squat("Stand up.\n"))],
            &["content/exercises/squat.md `---`: error[section-missing]: an exercise needs the section \
               `Steps` to be published; write `## Steps`, or a heading of your own with `{#steps}` at its \
               end, and under it a numbered list of 2 to 10 items"],
        );
    }

    #[test]
    fn a_section_under_another_heading_is_pointed_out() {
        check(
            &[("content/exercises/squat.md", squat("## Step\n1. Stand up.\n2. Bend your knees.\n"))],
            &["content/exercises/squat.md `## Step`: error[section-missing]: an exercise needs the section \
               `Steps` to be published; did you mean `## Steps`? if it is another section, write this one, too"],
        );
        check(
            &[(
                "content/exercises/squat.md",
                squat("## Schritte {#steps}\n1. Steh auf.\n2. Beuge die Knie.\n"),
            )],
            &[],
        );
    }

    #[test]
    fn steps_are_a_numbered_list_of_two_to_ten() {
        check(
            &[("content/exercises/squat.md", squat("## Steps\nStand up, then bend.\n"))],
            &["content/exercises/squat.md `## Steps`: error[section-missing]: the section `Steps` needs a \
               numbered list of 2 to 10 items directly under its heading; begin each item with a number \
               and a full stop, as `1.`, right below the heading"],
        );
        check(
            &[("content/exercises/squat.md", squat("## Steps\n- Stand up.\n- Bend your knees.\n"))],
            &["content/exercises/squat.md `## Steps`: error[section-missing]: the section `Steps` needs a \
               numbered list of 2 to 10 items directly under its heading; begin each item with a number \
               and a full stop, as `1.`, in place of the bullet"],
        );
        check(
            &[("content/exercises/squat.md", squat("## Steps\n1. Stand up.\n"))],
            &["content/exercises/squat.md `## Steps`: error[section-missing]: the section `Steps` needs a \
               numbered list of 2 to 10 items directly under its heading; the list has 1 item; write at least 2"],
        );
        let eleven = "1. Stand up.\n".repeat(11);
        check(
            &[("content/exercises/squat.md", squat(&format!("## Steps\n{eleven}")))],
            &["content/exercises/squat.md `## Steps`: error[section-missing]: the section `Steps` needs a \
               numbered list of 2 to 10 items directly under its heading; the list has 11 items; write at most 10"],
        );
        let ten = "1. Stand up.\n".repeat(10);
        check(&[("content/exercises/squat.md", squat(&format!("## Steps\n{ten}")))], &[]);
    }

    #[test]
    fn a_section_that_is_empty_is_no_section() {
        check(
            &[("content/exercises/squat.md", squat("## Steps\n\n## Stop if\nIt hurts.\n"))],
            &["content/exercises/squat.md `## Steps`: error[section-missing]: the section `Steps` is \
               empty; write what belongs under its heading"],
        );
        check(
            &[("content/exercises/squat.md", squat("## Steps\n1. Stand up.\n2. Bend.\n\n## Stop if\n"))],
            &["content/exercises/squat.md `## Stop if`: error[section-missing]: the section `Stop if` is \
               empty; write what belongs under its heading"],
        );
    }

    #[test]
    fn a_heading_inside_of_a_quotation_begins_no_section() {
        check(
            &[("content/exercises/squat.md", squat("> ## Steps\n> 1. Stand up.\n> 2. Bend.\n"))],
            &["content/exercises/squat.md `## Steps`: error[section-missing]: the heading `Steps` stands \
               inside of a quotation, a list or a note; move it out: its line begins with `##` and nothing \
               else"],
        );
    }

    #[test]
    fn an_exercise_says_when_to_stop_unless_the_settings_do() {
        let settings = "title = \"Backs\"\nnotice = \"Only a test.\"\n[review]\nrequired = false\n";
        check(
            &[("site.toml", settings)],
            &["content/exercises/squat.md `---`: error[stop-if-missing]: the exercise does not say when to \
               stop; write `## Stop if` with the signs under it, or give `stop_if` in `site.toml` for all \
               exercises"],
        );
        let own = squat("## Steps\n1. Stand up.\n2. Bend.\n\n## Stop if\nIt hurts.\n");
        check(&[("site.toml", settings), ("content/exercises/squat.md", &own)], &[]);
        let near = squat("## Steps\n1. Stand up.\n2. Bend.\n\n## When to stop\nIt hurts.\n");
        check(
            &[("site.toml", settings), ("content/exercises/squat.md", &near)],
            &["content/exercises/squat.md `---`: error[stop-if-missing]: the exercise does not say when to \
               stop; if the section `When to stop` says it, write `{#stop-if}` behind these words | is it \
               this one?: content/exercises/squat.md `## When to stop`"],
        );
    }

    #[test]
    fn settings_with_a_mistake_may_say_when_to_stop() {
        let settings = "title = \"Backs\"\nnotice = \"Only a test.\"\nstop_if = \"It hurts.\"\n[review]\nrequired = false\n";
        check(
            &[("site.toml", settings)],
            &["site.toml `\"It hurts.\"`: error[wrong-type]: `stop_if` needs a list, and this is the text \
               `It hurts.`; put it in brackets: `[\"It hurts.\"]` | write `[\"It hurts.\"]` for `\"It \
               hurts.\"`"],
        );
    }

    #[test]
    fn a_draft_and_a_page_whose_status_can_not_be_read_lack_nothing() {
        let draft = squat("").replace("published", "draft");
        check(&[("content/exercises/squat.md", draft), ("content/plans/start.md", String::new())], &[]);
        check(
            &[("content/exercises/squat.md", squat("").replace("published", "publishd"))],
            &["content/exercises/squat.md `publishd`: error[invalid-value]: `status` does not take \
               `publishd`; did you mean `published`? it takes `draft`, `published` or `retired` | write \
               `published` for `publishd`"],
        );
        check(
            &[("content/exercises/squat.md", squat("").replace("published", "\"published"))],
            &["content/exercises/squat.md `\"`: error[yaml-syntax]: the quote is never closed; close it \
               with `\"` at the end of the value | write `\"` for ``"],
        );
    }

    #[test]
    fn a_medicine_needs_four_sections() {
        let fields = "conditions: [back]\nsources: [nice]\ngeneric_name: aspirin\nlegal_status: pharmacy\nguideline_position: {says: sometimes, source: nice}";
        let body = "## Do not take if\nYou bleed.\n\n## Check before\nAsk.\n\n## Side effects\nSome.\n";
        check(
            &[("content/medicines/aspirin.md", page("Aspirin", fields, body))],
            &[
                "content/medicines/aspirin.md `---`: error[section-missing]: a medicine needs the section \
                 `Check first` to be published; if it is the section `Check before`, write \
                 `{#check-first}` behind these words | is it this one?: content/medicines/aspirin.md `## \
                 Check before`",
                "content/medicines/aspirin.md `---`: error[section-missing]: a medicine needs the section \
                 `Get help` to be published; write `## Get help`, or a heading of your own with \
                 `{#get-help}` at its end",
            ],
        );
    }
}
