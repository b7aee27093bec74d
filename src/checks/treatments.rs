//! Pages about a treatment: whether they help to weigh it.

use super::{is_published, list};
use crate::diagnostic::{Diagnostic, Rule};
use crate::page::Page;

/// What a page about a treatment should speak of, from the criteria of good decision support.
const TREATMENT: [(&str, &str); 4] = [
    ("benefits", "Benefits"),
    ("risks", "Risks"),
    ("other-options", "Other options"),
    ("what-we-dont-know", "What we don't know"),
];

/// What a page about a treatment leaves out, in one note.
pub(super) fn check(page: &Page) -> Option<Diagnostic> {
    let aspect = page.fields.get("aspect").filter(|aspect| aspect.as_text() == Some("treatment"))?;
    if &*page.key.kind != "guidance" || !is_published(page) {
        return None;
    }
    let absent: Vec<&(&str, &str)> =
        TREATMENT.iter().filter(|(id, _)| page.body.heading(id).is_none()).collect();
    let (first, title) = absent.first()?;
    let noun = if absent.len() == 1 { "the section" } else { "the sections" };
    let titles = list(absent.iter().map(|(_, title)| *title), "and");
    let message = format!("a page about a treatment should also have {noun} {titles}");
    let finding = Diagnostic::new(Rule::TreatmentSectionMissing, page.place(aspect.span), message);
    Some(finding.help(format!("write `## {title}`, or a heading of your own with `{{#{first}}}` at its end")))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{check, page};

    #[test]
    fn a_page_about_a_treatment_should_weigh_it() {
        let guidance = |body| page("Pacing", "conditions: [back]\nsources: [nice]\naspect: treatment", body);
        check(
            &[("content/guidance/pacing.md", guidance("## Benefits\nGood.\n\n## Risks\nBad.\n"))],
            &["content/guidance/pacing.md `treatment`: note[treatment-section-missing]: a page about a \
               treatment should also have the sections `Other options` and `What we don't know`; write `## \
               Other options`, or a heading of your own with `{#other-options}` at its end"],
        );
        let all = "## Benefits\nGood.\n\n## Risks\nBad.\n\n## Other options\nSome.\n\n## What we don't know\nMuch.\n";
        check(&[("content/guidance/pacing.md", guidance(all))], &[]);
    }
}
