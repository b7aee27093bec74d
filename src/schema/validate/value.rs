//! Single values and lists.

use super::{Ear, Reference, Spot, Step, Walk, bounds, field_of, name};
use crate::diagnostic::{Applicability, Related, Rule};
use crate::schema::format::{self, DateProblem, RangeProblem};
use crate::schema::shape::{Literal, Shape, Text};
use crate::schema::{keyword, message};
use crate::source::Span;
use crate::tree::{Entry, Node};
use std::collections::HashMap;

/// Words with which the rest of a sentence goes on behind a comma, and no entry of a list begins.
const JOINING: [&str; 12] =
    ["or", "and", "with", "without", "but", "oder", "und", "mit", "ohne", "ou", "et", "o"];

impl Walk<'_> {
    /// Whether `text` is one that `shape` takes; if not, that was told.
    pub(super) fn text(&mut self, shape: &Shape, text: &str, span: Span, spot: &Spot<'_>) -> bool {
        let subject = self.subject;
        let name = || name(subject, spot);
        if let Some(values) = &shape.values
            && !values.iter().any(|value| matches!(value, Literal::Text(known) if **known == *text))
        {
            self.tell(Rule::InvalidValue, span, || message::not_listed(&name(), text, values));
            return false;
        }
        let rules = &shape.text;
        if rules.min_length.is_some() || rules.max_length.is_some() {
            // Most texts are shorter in bytes than their bound in characters.
            let (least, most) = (rules.min_length.unwrap_or(0), rules.max_length.unwrap_or(u64::MAX));
            if least > 1 || text.len() as u64 > most || (least == 1 && text.is_empty()) {
                let length = text.chars().count() as u64;
                if length == 0 && least > 0 {
                    self.tell(spot.rule_of_empty(Rule::OutOfRange), span, || {
                        message::says_nothing(&name(), "is empty", spot.help_of_empty())
                    });
                    return false;
                }
                if length < least || length > most {
                    self.tell(Rule::OutOfRange, span, || message::length(&name(), length, least, most));
                    return false;
                }
            }
        }
        if let Some(most) = rules.max_words
            && format::words(text) > most
        {
            self.tell(Rule::OutOfRange, span, || message::words(&name(), format::words(text), most));
            return false;
        }
        if let Some(format) = rules.format {
            if format == format::Format::Date {
                if let Some(problem) = format::date_problem(text) {
                    if let Some(words) = message::truth(&name(), shape, text) {
                        self.tell(Rule::WrongType, span, || words);
                        return false;
                    }
                    let rule = match problem {
                        DateProblem::NotIso => Rule::DateNotIso,
                        DateProblem::Impossible => Rule::DateImpossible,
                    };
                    // Text over several lines is written in ways that a date on one line would not fit.
                    let is_plain = span.range().len() <= text.len() + 2;
                    let applicability =
                        if is_plain { Applicability::Safe } else { Applicability::MaybeIncorrect };
                    self.tell(rule, span, || message::date(&name(), text, problem, applicability));
                    return false;
                }
            } else if !format.matches(text) {
                self.tell(Rule::InvalidValue, span, || message::format(&name(), text, format));
                return false;
            }
        }
        if let Some(longest) = &rules.max_duration
            && format::is_longer(text, longest)
        {
            self.tell(Rule::OutOfRange, span, || message::duration(&name(), text, longest));
            return false;
        }
        if let Some(range) = &rules.range
            && let Some(problem) = range.problem(text)
        {
            let rule = match problem {
                RangeProblem::NotARange if !text.bytes().any(|b| b.is_ascii_digit()) => Rule::WrongType,
                RangeProblem::NotARange | RangeProblem::NoUnit | RangeProblem::WrongUnit => {
                    Rule::InvalidValue
                }
                RangeProblem::TooSmall | RangeProblem::TooLarge | RangeProblem::Backwards => Rule::OutOfRange,
            };
            self.tell(rule, span, || message::range(&name(), text, range, problem));
            return false;
        }
        for pattern in &rules.patterns {
            if !pattern.0.is_match(text) && text.trim().is_empty() {
                self.tell(spot.rule_of_empty(Rule::InvalidValue), span, || {
                    message::says_nothing(&name(), "is blank", spot.help_of_empty())
                });
                return false;
            }
            if !pattern.0.is_match(text) {
                self.tell(Rule::InvalidValue, span, || {
                    message::pattern(&name(), text, pattern, &shape.notes)
                });
                return false;
            }
        }
        true
    }

    /// Remembers what the sound text of a value asks of others.
    pub(super) fn note_text(&mut self, rules: &Text, text: &str, span: Span, spot: &Spot<'_>) {
        if self.ear == Ear::Shut {
            return;
        }
        if rules.inline {
            self.outcome.inlines.push(span);
        }
        if let Some(targets) = &rules.reference {
            let field = field_of(spot);
            self.outcome.references.push(Reference {
                targets: targets.clone(),
                id: text.into(),
                span,
                field,
            });
        }
    }

    /// Notes the scalar `node`, which is not of the type that `shape` asks for, if ids belong there.
    pub(super) fn note_meant(&mut self, shape: &Shape, node: &Node, spot: &Spot<'_>) {
        let items = shape.list.items.as_deref();
        let rules = [Some(shape), items].into_iter().flatten().find_map(|shape| shape.text.reference.clone());
        if let (Ear::Open, Some(targets), Some(text)) = (self.ear, rules, node.as_written()) {
            let reference = Reference { targets, id: text.into(), span: node.span, field: field_of(spot) };
            self.outcome.meant.push(reference);
        }
    }

    pub(super) fn number(&mut self, shape: &Shape, node: &Node, spot: &Spot<'_>) {
        let subject = self.subject;
        let Some(value) = keyword::number(node) else { return };
        let (minimum, maximum) = bounds(shape);
        if minimum.is_some_and(|least| value < least)
            || maximum.is_some_and(|most| value > most)
            // A number that is none is in no bounds.
            || (value.is_nan() && (minimum.is_some() || maximum.is_some()))
        {
            self.tell(Rule::OutOfRange, node.span, || {
                message::number(&name(subject, spot), node, value, shape)
            });
        }
    }

    pub(super) fn list(&mut self, shape: &Shape, items: &[Node], node: &Node, spot: &Spot<'_>) {
        let subject = self.subject;
        let rules = &shape.list;
        let (length, least, most) =
            (items.len() as u64, rules.min_items.unwrap_or(0), rules.max_items.unwrap_or(u64::MAX));
        if length < least || length > most {
            self.tell(Rule::OutOfRange, node.span, || {
                message::items(&name(subject, spot), length, least, most)
            });
        }
        if let Some(shape) = &rules.items {
            for (at, item) in items.iter().enumerate() {
                let is_rest = at.checked_sub(1).is_some_and(|above| is_split(shape, &items[above], item));
                if is_rest || items.get(at + 1).is_some_and(|below| is_split(shape, item, below)) {
                    // Each hyphen behind the first one too many belongs to the same mistake.
                    let is_told = at >= 2 && is_split(shape, &items[at - 2], &items[at - 1]);
                    if is_rest
                        && !is_told
                        && let (Some(above), Some(first)) =
                            (items[at - 1].entries().first(), item.entries().first())
                    {
                        self.tell(Rule::WrongType, first.key_span, || message::split(&first.key, &above.key));
                    }
                    continue;
                }
                let span = item.entries().first().map_or(item.span, |entry| entry.key_span);
                self.value(shape, item, &Spot { step: Step::Item(at, spot), span, needed_by: None });
            }
        }
        if rules.unique && items.len() > 1 {
            self.unique(items, spot);
        }
        if rules.items.as_ref().is_some_and(|shape| shape.text.inline) {
            self.parted(items, spot);
        }
    }

    /// Tells of sentences in brackets that have no quotes, so that their commas part them.
    fn parted(&mut self, items: &[Node], spot: &Spot<'_>) {
        // Unquoted, and with nothing but a comma between it and the next.
        let plain = |item: &Node| item.as_text().is_some_and(|text| item.span.range().len() == text.len());
        let is_beside = |a: &Node, b: &Node| b.span.start.saturating_sub(a.span.end) <= 2;
        let begins =
            |item: &Node, is: fn(char) -> bool| item.as_text().is_some_and(|text| text.starts_with(is));
        let ends = |item: &Node| item.as_text().is_some_and(|text| text.ends_with(['.', '!', '?']));
        let mut rest = items;
        while let Some((first, after)) = rest.split_first() {
            rest = after;
            if !plain(first) || ends(first) || !begins(first, char::is_uppercase) {
                continue;
            }
            let mut last = first;
            let mut is_joined = false;
            let mut text = first.as_text().unwrap_or_default().to_owned();
            for item in after {
                if !(plain(item) && is_beside(last, item) && begins(item, char::is_lowercase)) {
                    break;
                }
                let words = item.as_text().unwrap_or_default();
                is_joined |= JOINING
                    .iter()
                    .any(|word| words.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')));
                text.push_str(", ");
                text.push_str(item.as_text().unwrap_or_default());
                last = item;
                if ends(item) {
                    break;
                }
            }
            if ends(last) || is_joined {
                let subject = self.subject;
                let span = Span { start: first.span.start, end: last.span.end };
                self.tell(Rule::MisreadValue, span, || message::parted(&name(subject, spot), &text));
            }
        }
    }

    fn unique(&mut self, items: &[Node], spot: &Spot<'_>) {
        // Comparing each pair of a short list costs less than a map.
        const SHORT: usize = 16;
        let texts = items.iter().enumerate().filter_map(|(at, item)| Some((at, item.as_text()?)));
        if items.len() <= SHORT {
            for (at, text) in texts {
                if let Some(first) = items.iter().take(at).find(|item| item.as_text() == Some(text)) {
                    self.twice(text, first, &items[at], spot);
                }
            }
            return;
        }
        let mut firsts: HashMap<&str, &Node> = HashMap::with_capacity(items.len());
        for (at, text) in texts {
            let first = *firsts.entry(text).or_insert(&items[at]);
            if !std::ptr::eq(first, &items[at]) {
                self.twice(text, first, &items[at], spot);
            }
        }
    }

    fn twice(&mut self, text: &str, first: &Node, second: &Node, spot: &Spot<'_>) {
        let (subject, first) = (self.subject, self.place(first.span));
        let told = self.outcome.findings.len();
        self.tell(Rule::InvalidValue, second.span, || message::twice(&name(subject, spot), text));
        if let Some(finding) = self.outcome.findings.get_mut(told) {
            finding.related.push(Related { message: "first given here".to_owned(), place: first });
        }
    }
}

/// Whether a hyphen too many parts the item `below` from the one `above`: it has nothing that the other has, and both
/// lack fields that the other may have.
fn is_split(shape: &Shape, above: &Node, below: &Node) -> bool {
    let object = &shape.object;
    let (has_above, has_below) =
        (|field: &str| above.get(field).is_some(), |field: &str| below.get(field).is_some());
    let is_own = |entry: &Entry| !has_above(&entry.key) && object.property(&entry.key).is_some();
    !above.entries().is_empty()
        && below.entries().iter().all(is_own)
        && object.required.iter().any(|field| has_below(field) && !has_above(field))
        && object.required.iter().any(|field| !has_below(field))
}
