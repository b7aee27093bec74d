//! What keeps patients safe: a safety net that can be printed, emergency cards that can be read, warnings about
//! controlled medicines.

use super::{is_complete, is_published, key_place};
use crate::diagnostic::{Applicability, Diagnostic, Rule};
use crate::markdown::LinkRole;
use crate::page::{Intact, Page, Status};
use crate::site::Site;
use crate::source::Span;
use crate::tree::Node;

/// The most signs on a card: more than a person in trouble reads.
const MOST_SIGNS: usize = 9;

/// From this length on, in characters, a line may have been broken because it was long.
const LONG_LINE: usize = 70;

/// The cards of a safety net.
const CARDS: [&str; 3] = ["emergency", "urgent", "routine"];

/// The warnings that a controlled medicine needs, and what each is about.
const WARNINGS: [(&str, &str); 4] = [
    ("driving", "driving and machines"),
    ("alcohol", "alcohol"),
    ("pregnancy", "pregnancy and breastfeeding"),
    ("dependence", "dependence"),
];

pub(super) fn check(site: &Site<'_>, page: &Page) -> Vec<Diagnostic> {
    match &*page.key.kind {
        "condition" => retired_net(site, page).into_iter().collect(),
        "safety-net" => {
            let cards = CARDS.iter().flat_map(|card| check_card(site, page, card));
            cards.chain(on_two_cards(page)).chain(for_clinicians(site, page)).collect()
        }
        "medicine" => missing_warnings(page),
        _ => Vec::new(),
    }
}

/// A safety net that was taken back, so that handouts would print none. A missing one is found by the kind's schema,
/// a draft by the check of references.
fn retired_net(site: &Site<'_>, condition: &Page) -> Option<Diagnostic> {
    let node = condition.fields.get("safety_net")?;
    let net = site.page(site.find("safety-net", node.as_text()?)?);
    if net.status != Status::Retired || !is_published(condition) {
        return None;
    }
    let message = format!(
        "the safety net `{}` is retired, so handouts of this condition would print none",
        net.title()
    );
    let finding = Diagnostic::new(Rule::SafetyNetMissing, condition.place(node.span), message);
    let finding = finding.related("retired here", net.field_place("status"));
    let successor =
        net.fields.get("retired").and_then(|retired| retired.get("replaced_by")).and_then(Node::as_text);
    match successor.and_then(|id| site.find("safety-net", id)) {
        Some(successor) => {
            let id = &site.page(successor).key.id;
            Some(finding.help(format!("`{id}` replaces it")).fix(
                node.span,
                &**id,
                Applicability::MaybeIncorrect,
            ))
        }
        None => Some(finding.help("name another safety net")),
    }
}

/// A safety net for clinicians, whose signs the handouts of a condition would print for patients.
fn for_clinicians(site: &Site<'_>, net: &Page) -> Option<Diagnostic> {
    if !net.is_for_clinicians() {
        return None;
    }
    let names = |condition: &Page| condition.text("safety_net") == Some(&*net.key.id);
    let mut conditions = site.all().into_iter().map(|id| site.page(id)).filter(|page| {
        &*page.key.kind == "condition" && names(page) && is_published(page) && !page.is_for_clinicians()
    });
    let condition = conditions.next()?;
    let message = format!(
        "the safety net `{}` is for clinicians, and handouts of `{}` print it for patients",
        net.title(),
        condition.title()
    );
    let finding = Diagnostic::new(Rule::SafetyNetMissing, net.field_place("audience"), message);
    let finding = finding.help("take `audience` out, or have the condition name another safety net");
    Some(finding.related("named here", condition.field_place("safety_net")))
}

/// Signs that stand on a card and on one less urgent, too: readers would not know how fast to get help.
fn on_two_cards(page: &Page) -> Vec<Diagnostic> {
    let plain = |sign: &Node| sign.as_text().map(|text| text.trim().trim_end_matches('.').to_lowercase());
    let mut seen: Vec<(String, &str, Span)> = Vec::new();
    let mut findings = Vec::new();
    for card in CARDS {
        for sign in page.fields.get(card).map_or(&[][..], Node::items) {
            let Some(text) = plain(sign) else { continue };
            let first = seen.iter().find(|(other, other_card, _)| *other == text && *other_card != card);
            if let Some((_, other, span)) = first {
                let message = format!("this sign stands under `{other}`, too");
                let finding = Diagnostic::new(Rule::InvalidValue, page.place(sign.span), message);
                let help = format!("take it out here: `{other}` is more urgent than `{card}`");
                findings.push(finding.help(help).related("it stands here, too", page.place(*span)));
            } else {
                seen.push((text, card, sign.span));
            }
        }
    }
    findings
}

fn check_card(site: &Site<'_>, page: &Page, card: &str) -> Vec<Diagnostic> {
    let signs = page.fields.get(card).map_or(&[][..], Node::items);
    let mut findings = Vec::new();
    if let Some(first) = signs.get(MOST_SIGNS) {
        let message =
            format!("the card `{card}` has {} signs, and at most {MOST_SIGNS} can be taken in", signs.len());
        let finding = Diagnostic::new(Rule::EmergencyCardTooLong, page.place(first.span), message);
        findings.push(
            finding.help("join signs that belong together, or leave out what does not change what to do"),
        );
    }
    findings.extend(signs.iter().filter_map(|sign| wordless(page, sign)));
    // Another slip in the fields may be why a line goes on with the one above.
    if page.intact == Intact::Wholly {
        findings.extend(signs.iter().filter_map(|sign| merged(site, page, sign, signs)));
    }
    if card == "emergency" {
        for body in signs.iter().filter_map(|sign| page.inline(sign)) {
            let links = body.links.iter().filter(|link| link.role == LinkRole::Link).map(|link| link.span);
            for span in links.chain(body.citations.iter().map(|citation| citation.span)) {
                let message = "a sign of an emergency leads away from the card";
                let finding = Diagnostic::new(Rule::EmergencyCardHasLink, page.place(span), message);
                findings.push(
                    finding.help("write words alone, and put links and citations into the page's text"),
                );
            }
        }
    }
    findings
}

/// A sign on a card without words, such as the dots that stand for them.
fn wordless(page: &Page, sign: &Node) -> Option<Diagnostic> {
    let text = sign.as_text().filter(|text| !text.contains(char::is_alphabetic))?;
    let message = format!("`{text}` is no sign: it has no words");
    let finding = Diagnostic::new(Rule::InvalidValue, page.place(sign.span), message);
    Some(finding.help("write the sign in words, or take the line out"))
}

/// A line that looks like a sign of its own, and is read as the end of the one above, because its hyphen is lost.
fn merged(site: &Site<'_>, page: &Page, sign: &Node, signs: &[Node]) -> Option<Diagnostic> {
    let text = &*page.source.text;
    let written = sign.span.of(text);
    // In quotes and in blocks, lines go on as they please.
    if !written.contains('\n') || written.starts_with(['"', '\'', '|', '>']) {
        return None;
    }
    let ends = |text: &str| text.trim_end().ends_with(['.', '!', '?']);
    // Where no sign ends like a sentence, a capital begins one. In some languages, nouns begin with capitals, too.
    let language =
        page.fields.get("language").and_then(Node::as_text).unwrap_or(&site.context.config.language);
    let is_bare = language.split('-').next() == Some("en")
        && signs.iter().filter_map(Node::as_text).all(|sign| !ends(sign))
        && written.lines().all(|line| line.chars().count() < LONG_LINE);
    let mut at = sign.span.range().start;
    for (above, line) in written.split_inclusive('\n').zip(written.split_inclusive('\n').skip(1)) {
        at += above.len();
        let words = line.trim();
        let is_begun = words.chars().next().is_some_and(char::is_uppercase)
            && words.chars().nth(1).is_some_and(char::is_lowercase);
        if is_begun && (ends(above) || is_bare) {
            let start = at + line.len() - line.trim_start().len();
            let place = page.place(Span::new(start, start + words.len()));
            let message = "this line is read as one sign with the line above";
            let finding = Diagnostic::new(Rule::InvalidValue, place, message);
            let first = words.split_whitespace().next().unwrap_or_default();
            let help = format!(
                "if it is a sign of its own, begin it with a hyphen below the other hyphens: `- {first} ...`; if \
                 not, write both on one line"
            );
            return Some(finding.help(help));
        }
    }
    None
}

fn missing_warnings(page: &Page) -> Vec<Diagnostic> {
    let status = page.fields.get("legal_status").filter(|status| status.as_text() == Some("controlled"));
    let Some(status) = status.filter(|_| is_complete(page)) else { return Vec::new() };
    let warnings = page.fields.get("warnings");
    let absent = WARNINGS.iter().filter(|(key, _)| warnings.and_then(|warnings| warnings.get(key)).is_none());
    let finding = |(key, subject): &(&str, &str)| {
        let message = format!("a controlled medicine needs a warning about {subject}");
        let finding = Diagnostic::new(Rule::MedicineWarningMissing, key_place(page, "warnings"), message);
        finding
            .help(format!("write it as `{key}` under `warnings`"))
            .related("controlled", page.place(status.span))
    };
    absent.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{check, page};

    fn signs(fields: &str) -> String {
        page("Signs", &format!("sources: [nice]\n{fields}"), "")
    }

    #[test]
    fn a_condition_without_a_safety_net_is_not_published() {
        let condition = page("Back pain", "sources: [nice]", "");
        check(
            &[("content/conditions/back.md", &condition)],
            &["content/conditions/back.md `---`: error[safety-net-missing]: a condition needs `safety_net` \
               to be published; add `safety_net`: the page with the warning signs that every handout of \
               this condition prints, by its id"],
        );
        let misspelt = page("Back pain", "sources: [nice]\nsafty_net: signs", "");
        check(
            &[("content/conditions/back.md", misspelt)],
            &["content/conditions/back.md `safty_net`: error[unknown-field]: `safty_net` is not a field of \
               a condition; did you mean `safety_net`? | write `safety_net` for `safty_net`"],
        );
    }

    #[test]
    fn a_retired_safety_net_can_not_be_printed() {
        let old = signs("emergency: [Fever.]\nretired: {on: 2026-01-01, reason: Old., replaced_by: signs}");
        let condition = page("Back pain", "sources: [nice]\nsafety_net: old", "");
        let files = [
            ("content/safety/old.md", old.replace("published", "retired")),
            ("content/conditions/back.md", condition),
        ];
        check(
            &files,
            &["content/conditions/back.md `old`: error[safety-net-missing]: the safety net `Signs` is \
               retired, so handouts of this condition would print none; `signs` replaces it | retired \
               here: content/safety/old.md `retired` | write `signs` for `old`"],
        );
    }

    #[test]
    fn an_emergency_sign_holds_no_link() {
        let text = signs(
            "emergency: ['See [[pacing]].', 'Ask [us](https://example.org).', 'Pain [@nice].', '*Chest* pain.']\nurgent: ['Look at [[pacing]].']",
        );
        check(
            &[("content/safety/signs.md", text)],
            &[
                "content/safety/signs.md `pacing`: error[emergency-card-has-link]: a sign of an emergency \
                 leads away from the card; write words alone, and put links and citations into the page's \
                 text",
                "content/safety/signs.md `https://example.org`: error[emergency-card-has-link]: a sign of \
                 an emergency leads away from the card; write words alone, and put links and citations \
                 into the page's text",
                "content/safety/signs.md `nice`: error[emergency-card-has-link]: a sign of an emergency \
                 leads away from the card; write words alone, and put links and citations into the page's \
                 text",
            ],
        );
    }

    #[test]
    fn a_sign_that_lost_its_hyphen_is_told() {
        let told = |line: &str| {
            let first = line.split(' ').next().unwrap_or_default();
            format!(
                "content/safety/signs.md `{line}`: error[invalid-value]: this line is read as one sign with the line \
                 above; if it is a sign of its own, begin it with a hyphen below the other hyphens: `- {first} ...`; \
                 if not, write both on one line"
            )
        };
        let with = |signs_of_card: &str| [("content/safety/signs.md", signs(signs_of_card))];
        check(&with("emergency:\n  - You feel faint.\n    Chest pain.\n  - Fever."), &[&told("Chest pain.")]);
        check(&with("emergency:\n  - You feel faint\n    Chest pain\n  - Fever"), &[&told("Chest pain")]);
        for sound in [
            "emergency:\n  - You feel faint, and\n    you have chest pain.\n  - Fever.",
            "emergency:\n  - You feel faint and were in\n    Spain.\n  - Fever.",
            "emergency:\n  - 'You feel faint.\n    Chest pain.'",
            "language: de\nemergency:\n  - Sie haben starke\n    Schmerzen\n  - Fieber",
        ] {
            check(&with(sound), &[]);
        }
    }

    #[test]
    fn a_card_has_at_most_nine_signs() {
        let list = |range: std::ops::Range<usize>| {
            range.map(|n| format!("Sign {n}.")).collect::<Vec<_>>().join(", ")
        };
        check(
            &[(
                "content/safety/signs.md",
                signs(&format!("emergency: [{}]\nroutine: [{}]", list(0..9), list(10..21))),
            )],
            &["content/safety/signs.md `Sign 19.`: error[emergency-card-too-long]: the card `routine` has \
               11 signs, and at most 9 can be taken in; join signs that belong together, or leave out what \
               does not change what to do"],
        );
    }

    #[test]
    fn a_controlled_medicine_has_four_warnings() {
        let medicine = |fields: &str| {
            let needed = "conditions: [back]\nsources: [nice]\ngeneric_name: diazepam\nguideline_position: {says: not-recommended, source: nice}";
            let sections = ["Do not take if", "Check first", "Side effects", "Get help"];
            let body: String = sections.iter().map(|title| format!("## {title}\nWords.\n\n")).collect();
            page("Diazepam", &format!("{needed}\n{fields}"), &body)
        };
        let three = "legal_status: controlled\nwarnings: {driving: No., alcohol: No., pregnancy: No.}";
        check(
            &[("content/medicines/diazepam.md", medicine(three))],
            &["content/medicines/diazepam.md `warnings`: error[medicine-warning-missing]: a controlled \
               medicine needs a warning about dependence; write it as `dependence` under `warnings` | \
               controlled: content/medicines/diazepam.md `controlled`"],
        );
        check(
            &[("content/medicines/diazepam.md", medicine("legal_status: controlled"))],
            &[
                "content/medicines/diazepam.md `---`: error[medicine-warning-missing]: a controlled \
                 medicine needs a warning about alcohol; write it as `alcohol` under `warnings` | \
                 controlled: content/medicines/diazepam.md `controlled`",
                "content/medicines/diazepam.md `---`: error[medicine-warning-missing]: a controlled \
                 medicine needs a warning about dependence; write it as `dependence` under `warnings` | \
                 controlled: content/medicines/diazepam.md `controlled`",
                "content/medicines/diazepam.md `---`: error[medicine-warning-missing]: a controlled \
                 medicine needs a warning about driving and machines; write it as `driving` under \
                 `warnings` | controlled: content/medicines/diazepam.md `controlled`",
                "content/medicines/diazepam.md `---`: error[medicine-warning-missing]: a controlled \
                 medicine needs a warning about pregnancy and breastfeeding; write it as `pregnancy` under \
                 `warnings` | controlled: content/medicines/diazepam.md `controlled`",
            ],
        );
        check(&[("content/medicines/diazepam.md", medicine("legal_status: prescription-only"))], &[]);
        let misspelt = "legal_status: controlled\nwarnings: {driving: No., alcohol: No., pregnancy: No., dependance: Yes.}";
        check(
            &[("content/medicines/diazepam.md", medicine(misspelt))],
            &["content/medicines/diazepam.md `dependance`: error[unknown-field]: `dependance` is not a \
               field of `warnings`; did you mean `dependence`? | write `dependence` for `dependance`"],
        );
    }
}
