//! What is said of a baseline beside the findings, a sentence each.

use super::{Baseline, Comparison, Entry, total};
use crate::diagnostic::Diagnostic;

/// How many entries are named before the rest is only counted, and how many characters of their texts.
const NAMED: usize = 3;
const SHOWN: usize = 40;

/// How many of the entries that are gone are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// The first.
    First,
    /// Each.
    Each,
}

impl Comparison {
    /// How the findings stand to the baseline.
    pub fn remarks(&self, naming: Naming) -> Vec<String> {
        let mut remarks = Vec::new();
        if !self.known.is_empty() {
            let verb = if self.known.len() == 1 { "is" } else { "are" };
            remarks.push(format!(
                "{} of the baseline {verb} left out",
                counted(self.known.len(), "known finding")
            ));
        }
        let gone = total(self.gone.iter().map(|entry| entry.count));
        if gone > 0 {
            let verb = if gone == 1 { "is" } else { "are" };
            remarks.push(format!(
                "{} of the baseline {verb} gone: {}; check once more with `--write-baseline` to take {} out",
                counted(gone, "finding"),
                self.named(naming),
                if gone == 1 { "it" } else { "them" }
            ));
        }
        if self.unfound > 0 {
            let (verb, they) = if self.unfound == 1 { ("was", "it is") } else { ("were", "they are") };
            remarks.push(format!(
                "{} of the baseline {verb} not found; whether {they} gone will show when the errors are mended",
                counted(self.unfound, "finding")
            ));
        }
        if self.waiting > 0 {
            let (verb, what) = match self.waiting {
                1 => ("waits", "whether it is new"),
                _ => ("wait", "which of them are new"),
            };
            remarks.push(format!(
                "{} {verb} until the baseline is mended: {what} can't be told before",
                counted(self.waiting, "finding")
            ));
        }
        remarks
    }

    /// The entries that are gone, as "`all-caps` in `content/index.md` (`MUST NOT`)".
    fn named(&self, naming: Naming) -> String {
        let most = match naming {
            Naming::First => NAMED,
            Naming::Each => self.gone.len(),
        };
        let named: Vec<String> = self.gone.iter().take(most).map(name).collect();
        let rest = total(self.gone.iter().skip(most).map(|entry| entry.count));
        match rest {
            0 => named.join(", "),
            rest => format!("{} and {rest} more, which `--all` names", named.join(", ")),
        }
    }
}

/// What was done where `baseline` was written to `file`, and `left` are the findings that it can't hold.
pub fn written(baseline: &Baseline, left: &[Diagnostic], file: &str) -> Vec<String> {
    let mut remarks = vec![match baseline.count() {
        0 => format!("wrote the baseline `{file}`, which is empty: nothing was found that can wait"),
        count => format!(
            "wrote {} to the baseline `{file}`; with `--baseline {file}`, `check` and `build` leave them out",
            counted(count, "finding")
        ),
    }];
    if !left.is_empty() {
        let (verb, rules) =
            if left.len() == 1 { ("is", "its rule finds") } else { ("are", "their rules find") };
        remarks.push(format!(
            "{} {verb} not in the baseline, because no site can put off what {rules}",
            counted(left.len(), "finding")
        ));
    }
    remarks
}

fn name(entry: &Entry) -> String {
    let times = if entry.count == 1 { String::new() } else { format!("{} times ", entry.count) };
    let place = format!("{times}`{}` in `{}`", entry.rule.name(), entry.path);
    match entry.text.char_indices().nth(SHOWN) {
        _ if entry.text.is_empty() => place,
        Some((end, _)) => format!("{place} (`{}…`)", entry.text[..end].trim_end()),
        None => format!("{place} (`{}`)", entry.text),
    }
}

/// As "1 finding" and "2 findings".
fn counted(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}
