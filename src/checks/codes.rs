//! Clinical codes: what the schema's patterns can't say of them. No tables of codes are shipped.

use crate::diagnostic::{Diagnostic, Rule};
use crate::page::Page;
use crate::site::Site;
use crate::tree::Node;

pub(super) fn check(site: &Site<'_>, page: &Page) -> Vec<Diagnostic> {
    let codes = page.fields.get("codes").map_or(&[][..], Node::items);
    codes.iter().filter_map(|code| check_snomed(site, page, code)).collect()
}

fn check_snomed(site: &Site<'_>, page: &Page, entry: &Node) -> Option<Diagnostic> {
    let system = entry.get("system").filter(|system| system.as_text() == Some("snomed-ct"))?;
    let config = site.context.config;
    if config.is_certain("licences") && !config.licences.snomed_ct {
        let message = "codes of SNOMED CT may be published only with a licence";
        let finding = Diagnostic::new(Rule::InvalidValue, page.place(system.span), message);
        return Some(finding.help(
            "if your country or clinic has one, set `snomed_ct = true` under `[licences]` in `site.toml`; else take the code out",
        ));
    }
    let code = entry.get("code")?;
    let digits =
        code.as_text().filter(|code| code.len() > 5 && code.bytes().all(|byte| byte.is_ascii_digit()))?;
    if verhoeff(digits) {
        return None;
    }
    let message = format!("`{digits}` is not a code of SNOMED CT: its last digit does not fit the others");
    let finding = Diagnostic::new(Rule::InvalidValue, page.place(code.span), message);
    Some(finding.help("look for a digit that is wrong or two that changed places"))
}

/// How the digits 0 to 9 multiply in the dihedral group of order ten.
const MULTIPLY: [[u8; 10]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
    [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
    [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
    [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
    [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
    [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
    [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
    [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
];

/// What a digit becomes at a place, counted from the right; the places repeat after eight.
const PERMUTE: [[u8; 10]; 8] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
    [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
    [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
    [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
    [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
    [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
    [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
];

/// Whether the last digit is the check digit that Verhoeff's method gives for the others (SNOMED CT Release File
/// Specification, section 5.5, "Check-digit").
fn verhoeff(digits: &str) -> bool {
    let sum = digits.bytes().rev().zip(PERMUTE.iter().cycle()).fold(0u8, |sum, (digit, permute)| {
        MULTIPLY[usize::from(sum)][usize::from(permute[usize::from(digit - b'0')])]
    });
    sum == 0
}

#[cfg(test)]
mod tests {
    use super::super::sample::{check as check_site, page, settings};
    use super::*;

    #[test]
    fn a_code_fits_its_check_digit_and_no_other_last_digit() {
        // Low back pain, back pain, and the examples of Verhoeff's method in general use.
        for code in ["279039007", "161891005", "2363", "22298006", "73211009"] {
            assert!(verhoeff(code), "{code}");
            let (rest, last) = code.split_at(code.len() - 1);
            for other in ('0'..='9').filter(|digit| !last.contains(*digit)) {
                assert!(!verhoeff(&format!("{rest}{other}")), "{rest}{other}");
            }
        }
    }

    #[test]
    fn two_neighbours_that_changed_places_are_found() {
        let code = b"279039007";
        for at in 0..code.len() - 1 {
            let mut wrong = *code;
            wrong.swap(at, at + 1);
            let text = std::str::from_utf8(&wrong).unwrap();
            assert!(wrong == *code || !verhoeff(text), "{text}");
        }
    }

    fn coded(codes: &str) -> String {
        page("Back pain", &format!("sources: [nice]\nsafety_net: signs\ncodes: [{codes}]"), "")
    }

    #[test]
    fn codes_of_snomed_need_a_licence_and_a_right_check_digit() {
        let code = coded("{system: snomed-ct, code: \"279039007\"}");
        check_site(
            &[("content/conditions/back.md", &code)],
            &["content/conditions/back.md `snomed-ct`: error[invalid-value]: codes of SNOMED CT may be \
               published only with a licence; if your country or clinic has one, set `snomed_ct = true` \
               under `[licences]` in `site.toml`; else take the code out"],
        );
        let settings = settings("[licences]\nsnomed_ct = true\n");
        check_site(&[("content/conditions/back.md", &code), ("site.toml", &settings)], &[]);
        let wrong = coded("{system: snomed-ct, code: \"279039070\"}");
        check_site(
            &[("content/conditions/back.md", &wrong), ("site.toml", &settings)],
            &["content/conditions/back.md `\"279039070\"`: error[invalid-value]: `279039070` is not a code \
               of SNOMED CT: its last digit does not fit the others; look for a digit that is wrong or two \
               that changed places"],
        );
    }

    #[test]
    fn codes_have_the_form_of_their_system() {
        let right = "{system: icd-10, code: M54.5}, {system: icd-10-cm, code: M54.50}, {system: icd-11, code: ME84.2}, {system: rxnorm, code: \"161\"}, {system: mesh, code: D017116}";
        check_site(&[("content/conditions/back.md", coded(right))], &[]);
        check_site(
            &[("content/conditions/back.md", coded("{system: icd-10, code: m54.5}"))],
            &["content/conditions/back.md `m54.5`: error[invalid-value]: `code` can't be `m54.5`; did you \
               mean `M54.5`? | write `M54.5` for `m54.5`"],
        );
        check_site(
            &[("content/conditions/back.md", coded("{system: icd-10, code: back}"))],
            &[
                "content/conditions/back.md `back`: error[invalid-value]: `code` can't be `back`; write it as \
               `M54.5`",
            ],
        );
    }
}
