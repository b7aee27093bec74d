//! One finding: what is wrong, where, and what to do about it.

use crate::source::{SitePath, Span};

pub mod rule;

pub use rule::{Family, Level, Rule};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; changes nothing.
    Note,
    /// Should be mended; stops a build only under `--strict`.
    Warning,
    /// Must be mended; nothing is published.
    Error,
}

impl Severity {
    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Bytes of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub path: SitePath,
    /// The bytes.
    pub span: Span,
}

impl Place {
    /// `span` in the file at `path`.
    pub fn new(path: &SitePath, span: Span) -> Self {
        Self { path: path.clone(), span }
    }

    /// The start of the file at `path`, for a finding about the file as a whole.
    pub fn file(path: &SitePath) -> Self {
        Self::new(path, Span::default())
    }
}

/// A second place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Related {
    /// What is there, as "first given here".
    pub message: String,
    /// Where.
    pub place: Place,
}

/// A change that mends a finding: `text` in place of the bytes of `span`, in the file of the finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fix {
    /// The bytes to replace.
    pub span: Span,
    /// What to write there.
    pub text: String,
    /// Whether it can be made without looking.
    pub applicability: Applicability,
}

/// Whether a change can be made without looking. A rule says so where it makes the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// It can't be anything else: a machine may make the change. Never so for prose, nor for the amounts of a dose.
    Safe,
    /// It is probably what was meant, and a person has to look: an id can be near to another one and mean a third.
    MaybeIncorrect,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Diagnostic {
    /// Where.
    pub place: Place,
    /// How much it weighs: the rule's default until the site's settings are applied.
    pub severity: Severity,
    /// The rule that was broken.
    pub rule: Rule,
    /// What is wrong: lower case, no full stop, things named in backticks.
    pub message: String,
    /// What to do about it, in the same style.
    pub help: Option<String>,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// A change that would mend it.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding of `rule` at `place`, with the rule's default severity.
    pub fn new(rule: Rule, place: Place, message: impl Into<String>) -> Self {
        Self {
            place,
            severity: rule.default_level().severity().unwrap_or(Severity::Note),
            rule,
            message: shortened(message.into()),
            help: None,
            related: Vec::new(),
            fix: None,
        }
    }

    /// The same with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(shortened(help.into()));
        self
    }

    /// The same with a second place.
    #[must_use]
    pub fn related(mut self, message: impl Into<String>, place: Place) -> Self {
        self.related.push(Related { message: shortened(message.into()), place });
        self
    }

    /// The same with a change that mends it.
    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>, applicability: Applicability) -> Self {
        self.fix = Some(Fix { span, text: text.into(), applicability });
        self
    }

    /// The same with another severity than the rule's default.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

/// The most characters of what a message quotes: a value, and not a book.
const MAX_QUOTED: usize = 200;

/// `message` with an ellipsis in place of what is too long between backticks.
fn shortened(message: String) -> String {
    if message.len() <= MAX_QUOTED {
        return message;
    }
    let parts = message.split('`').enumerate().map(|(n, part)| match part.char_indices().nth(MAX_QUOTED) {
        Some((end, _)) if n % 2 == 1 => format!("{}…", &part[..end]),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_message_quotes_has_an_end() {
        let path = SitePath::new("a.md");
        let finding = |quoted: &str| {
            Diagnostic::new(Rule::InvalidValue, Place::file(&path), format!("`{quoted}` is wrong")).message
        };
        assert_eq!(finding(&"ä".repeat(200)), format!("`{}` is wrong", "ä".repeat(200)));
        assert_eq!(finding(&"ä".repeat(201)), format!("`{}…` is wrong", "ä".repeat(200)));
    }
}
