//! Sections that a kind asks for: whether each is there, and holds what it has to hold.

use super::is_published;
use crate::diagnostic::{Diagnostic, Rule};
use crate::markdown::Heading;
use crate::page::Page;
use crate::schema::Section;
use crate::site::Site;
use crate::suggest::closest;

/// The section of an exercise that the site's settings can give for all.
const STOP_IF: &str = "stop-if";

/// What a page about a treatment should speak of, from the criteria of good decision support.
const TREATMENT: [(&str, &str); 4] = [
    ("benefits", "Benefits"),
    ("risks", "Risks"),
    ("other-options", "Other options"),
    ("what-we-dont-know", "What we don't know"),
];

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
            (Some(heading), _) => unfit(page, section, heading, rule),
            (None, Some(Rule::StopIfMissing)) => Some(no_stop_if(page, section)),
            (None, Some(rule)) => Some(missing(page, &kind.article, &kind.sections, section, rule)),
            (None, None) => None,
        }
    };
    kind.sections.iter().filter_map(judge).chain(treatment(page)).collect()
}

/// Whether the settings give no words on when to stop. Settings that can't be read may have given some.
fn lacks_stop_if(site: &Site<'_>) -> bool {
    site.context.config.is_intact && site.context.config.stop_if.is_empty()
}

/// What is wrong with a section that is there.
fn unfit(page: &Page, section: &Section, heading: &Heading, needed: Option<Rule>) -> Option<Diagnostic> {
    let name = &heading.text;
    let finding = |message: String| {
        Diagnostic::new(needed.unwrap_or(Rule::SectionMissing), page.place(heading.span), message)
    };
    let Some(content) = page.body.section(&section.id) else {
        needed?;
        let message = format!("the heading `{name}` stands inside of a quotation, a list or a note");
        return Some(finding(message).help("move it out: its line begins with `##` and nothing else"));
    };
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
            format!("the list has {count} {noun}")
        }
    };
    Some(Diagnostic::new(Rule::SectionMissing, page.place(heading.span), message).help(help))
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
    let finding = Diagnostic::new(rule, page.whole(), message);
    if let Some(heading) = similar(page, sections, section) {
        let help = format!("if it is the section `{}`, write `{{#{id}}}` behind these words", heading.text);
        return finding.help(help).related("is it this one?", page.place(heading.span));
    }
    let under = section.list.map(|_| format!(", and under it {}", items(section))).unwrap_or_default();
    finding.help(format!("write `## {title}`, or a heading of your own with `{{#{id}}}` at its end{under}"))
}

fn no_stop_if(page: &Page, section: &Section) -> Diagnostic {
    let finding = Diagnostic::new(Rule::StopIfMissing, page.whole(), "the exercise does not say when to stop");
    match similar(page, &[], section) {
        Some(heading) => finding
            .help(format!("if the section `{}` says it, write `{{#{STOP_IF}}}` behind these words", heading.text))
            .related("is it this one?", page.place(heading.span)),
        None => finding
            .help("write `## Stop if` with the signs under it, or give `stop_if` in `site.toml` for all exercises"),
    }
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

/// What a page about a treatment leaves out, in one note.
fn treatment(page: &Page) -> Option<Diagnostic> {
    let aspect = page.fields.get("aspect").filter(|aspect| aspect.as_text() == Some("treatment"))?;
    if &*page.key.kind != "guidance" || !is_published(page) {
        return None;
    }
    let absent: Vec<&(&str, &str)> = TREATMENT.iter().filter(|(id, _)| page.body.heading(id).is_none()).collect();
    let (first, title) = absent.first()?;
    let noun = if absent.len() == 1 { "the section" } else { "the sections" };
    let titles = super::list(absent.iter().map(|(_, title)| *title), "and");
    let message = format!("a page about a treatment should also have {noun} {titles}");
    let finding = Diagnostic::new(Rule::TreatmentSectionMissing, page.place(aspect.span), message);
    Some(finding.help(format!("write `## {title}`, or a heading of your own with `{{#{first}}}` at its end")))
}
