//! Links, pictures and citations: where they lead, where that is written, and what they are called.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::LinkType;

use super::{OpenLink, Reader, is_citation};
use crate::diagnostic::Rule;
use crate::markdown::body::Hole;
use crate::markdown::link::{Citation, Destination, Link, LinkRole, PICTURES, is_file_name};
use crate::markdown::{Prose, ProseKind};

impl OpenLink {
    pub(super) fn is_image(&self) -> bool {
        self.role == LinkRole::Image
    }
}

impl Reader<'_> {
    pub(super) fn open_link(
        &mut self,
        role: LinkRole,
        kind: LinkType,
        written: &str,
        title: &str,
        range: &Range<usize>,
    ) {
        // A title that can't be written is found before an address that can't.
        let _ = self.refuse_control(title, range) || self.refuse_control(written, range);
        let destination = match kind {
            // In a table, a backslash keeps the `|` from parting cells.
            LinkType::WikiLink { .. } if role == LinkRole::Link => {
                Destination::of_wiki_link(written.trim_end_matches('\\'))
            }
            LinkType::Email => Destination::Outside(format!("mailto:{written}").into()),
            _ => Destination::of_link(written),
        };
        let index = u32::try_from(self.reading.body.links.len()).unwrap_or(u32::MAX);
        let span = self.span(range.clone());
        self.reading.body.links.push(Link { role, destination, span });
        let titled = kind == LinkType::WikiLink { has_pothole: false };
        if role == LinkRole::Link && !self.is_swallowed() {
            self.markup("<a");
            self.out().hole(Hole::Mark(index));
            self.markup(" href=\"");
            self.out().hole(Hole::Href(index));
            self.markup("\"");
            if !title.is_empty() {
                self.markup(" title=\"");
                self.out().text(title);
                self.markup("\"");
            }
            self.markup(">");
            if titled {
                self.out().hole(Hole::Words(index));
            }
        }
        self.links.push(OpenLink {
            role,
            kind,
            index,
            title: title.into(),
            inner_end: range.start + if role == LinkRole::Image { 2 } else { 1 },
            words: self.link_words.len(),
            said: self.prose.last().map_or(0, |prose| prose.text.len()),
            titled,
            definition: None,
        });
        self.images += u32::from(role == LinkRole::Image);
        self.swallowing += u32::from(role == LinkRole::Image || titled);
    }

    /// Notes where the definition stands that a link by reference gets its address from.
    pub(super) fn place_link(&mut self, label: &str, definitions: &HashMap<String, Range<usize>>) {
        if let Some(link) = self.links.last_mut()
            && matches!(link.kind, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut)
        {
            let label = label.to_lowercase();
            link.definition = definitions.get(&label).cloned();
            self.labels.insert(label);
        }
    }

    pub(super) fn close_link(&mut self, range: &Range<usize>) {
        let Some(link) = self.links.pop() else { return };
        self.images -= u32::from(link.is_image());
        self.swallowing -= u32::from(link.is_image() || link.titled);
        let place = self.destination(&link, range);
        let span = self.span(place.clone());
        if let Some(noted) = self.reading.body.links.get_mut(link.index as usize) {
            noted.span = span;
        }
        // The words of a picture in a link stay, because they are what the link is called.
        if link.is_image() {
            self.write_image(&link, range);
        } else {
            if !self.is_swallowed() {
                self.markup("</a>");
            }
            self.judge_words(&link, range);
            self.judge_spoken(&link);
            self.judge_sign(&link, range, place);
        }
        if self.links.is_empty() {
            self.link_words.clear();
        }
    }

    pub(super) fn link_words(&self, link: &OpenLink) -> &str {
        self.link_words.get(link.words..).unwrap_or("").trim()
    }

    /// The square brackets of the picture at `range`.
    fn brackets(&self, link: &OpenLink, range: &Range<usize>) -> Range<usize> {
        let inside = self.text.get(link.inner_end..range.end).unwrap_or("");
        range.start + 1..inside.find(']').map_or(range.end, |end| link.inner_end + end + 1)
    }

    fn write_image(&mut self, link: &OpenLink, range: &Range<usize>) {
        let place = self.brackets(link, range);
        if link.titled {
            let file = self.link_words(link).to_owned();
            let message = format!("`![[{file}]]` does not say what the picture shows");
            let help = format!(
                "write `![A person lying on their back]({file})` with words of your own, and the path of the file from this folder"
            );
            let finding = self.finding(Rule::ImageAltMissing, range.clone(), message).help(help);
            self.reading.findings.push(finding);
        } else if is_file_name(self.link_words(link)) {
            let message = format!(
                "`{}` is the name of a file, and does not say what the picture shows",
                self.link_words(link)
            );
            let finding = self
                .finding(Rule::ImageAltMissing, place.start + 1..place.end - 1, message)
                .help("say what it shows, between the square brackets: `![A person lying on their back](…)`");
            self.reading.findings.push(finding);
        } else if self.link_words(link).is_empty() {
            let finding = self
                .finding(Rule::ImageAltMissing, place, "the picture has no words for people who can't see it")
                .help("say what it shows, between the square brackets: `![A person lying on their back](…)`");
            self.reading.findings.push(finding);
        }
        self.note_picture(link, range);
        if self.is_swallowed() {
            return;
        }
        let figure = !link.title.is_empty();
        if figure {
            self.markup("<span class=\"figure\">");
        }
        self.markup("<img src=\"");
        self.out().hole(Hole::Href(link.index));
        self.markup("\" alt=\"");
        let alt = self.link_words(link).to_owned();
        self.out().text(&alt);
        self.markup("\"");
        self.out().hole(Hole::Mark(link.index));
        self.markup(">");
        if figure {
            self.markup("<span class=\"caption\">");
            self.out().text(&link.title);
            self.markup("</span></span>");
        }
    }

    /// Notes the words of a picture that stands at `range`, and those below it, for the rules of language.
    fn note_picture(&mut self, link: &OpenLink, range: &Range<usize>) {
        let written = self.text.get(range.clone()).unwrap_or("");
        let start = self.span(range.clone()).start as usize;
        let alt = self.link_words(link).to_owned();
        for (kind, words) in [(ProseKind::Name, alt.as_str()), (ProseKind::Paragraph, &link.title)] {
            if !words.is_empty() {
                let mut prose = Prose::new(kind);
                prose.push_value(words, written, start);
                self.reading.prose.push(prose);
            }
        }
    }

    /// A link to a picture with an exclamation mark alone before it was meant to show the picture.
    fn judge_sign(&mut self, link: &OpenLink, range: &Range<usize>, address: Range<usize>) {
        if link.kind != LinkType::Inline {
            return;
        }
        let before = self.text.get(..range.start).unwrap_or("");
        let words = before.trim_end_matches(' ');
        let is_alone = words.strip_suffix('!').is_some_and(|rest| {
            words.len() < before.len() && (rest.is_empty() || rest.ends_with(char::is_whitespace))
        });
        let address = self.text.get(address).unwrap_or("").to_lowercase();
        if is_alone && PICTURES.iter().any(|ending| address.ends_with(ending)) {
            let place = words.len() - 1..range.start;
            let message = "a blank keeps this from being a picture";
            let finding = self.finding(Rule::StrayMarkup, place, message);
            let help = "take it out: the exclamation mark stands right before the square bracket";
            self.reading.findings.push(finding.help(help));
        }
    }

    /// Judges a link without words, and notes the words of the others: the rules of language judge them.
    fn judge_words(&mut self, link: &OpenLink, range: &Range<usize>) {
        if link.titled || matches!(link.kind, LinkType::Autolink | LinkType::Email) {
            return;
        }
        if self.link_words(link).is_empty() {
            let help = "name what the reader finds there: the title of the page is a good choice";
            let finding = self.finding(Rule::LinkTextVague, range.clone(), "the link has no words");
            self.reading.findings.push(finding.help(help));
        } else if let Some(prose) = self.prose.last_mut() {
            prose.links.push(link.said..prose.text.len());
        }
    }

    /// The bytes of the text on which the address of a link stands.
    fn destination(&self, link: &OpenLink, range: &Range<usize>) -> Range<usize> {
        let text = self.text;
        let within = |from: usize, to: usize| text.get(from..to).unwrap_or("");
        match link.kind {
            LinkType::Autolink | LinkType::Email => {
                range.start + 1..range.end.saturating_sub(1).max(range.start + 1)
            }
            LinkType::WikiLink { .. } => {
                let start = range.start + if link.is_image() { 3 } else { 2 };
                let inner = within(start, range.end);
                let length = inner.find('|').or_else(|| inner.find("]]")).unwrap_or(inner.len());
                let id = inner.get(..length).unwrap_or("").trim_end_matches('\\');
                if id.trim().is_empty() { range.clone() } else { trimmed(text, start..start + id.len()) }
            }
            LinkType::Inline => {
                let Some(open) = within(link.inner_end, range.end).find("](") else { return range.clone() };
                address(text, link.inner_end + open + 2..range.end.saturating_sub(1))
            }
            _ => match &link.definition {
                Some(definition) => {
                    let Some(colon) = within(definition.start, definition.end).find("]:") else {
                        return range.clone();
                    };
                    address(text, definition.start + colon + 2..definition.end)
                }
                None => range.clone(),
            },
        }
    }

    /// Citations at `range` that were read as a link `kind` to `address`: `[@one][@two]`, `[words][@one]`, `[[@one]]`.
    pub(super) fn cite_otherwise(&mut self, kind: LinkType, address: &str, range: &Range<usize>) -> bool {
        let text = self.text;
        let written = text.get(range.clone()).unwrap_or("");
        let address = address.trim_end_matches('\\').trim();
        if matches!(kind, LinkType::WikiLink { .. }) && is_citation(address) {
            let message = "a citation has one bracket on each side";
            let finding = self.finding(Rule::StrayMarkup, range.clone(), message);
            self.reading.findings.push(finding.help(format!("write `[{address}]`")));
            let start = range.start + written.find(address).unwrap_or(2);
            self.cite(&(start - 1..start + address.len() + 1));
            return true;
        }
        if !matches!(kind, LinkType::ReferenceUnknown | LinkType::CollapsedUnknown) {
            return false;
        }
        let Some(inner) = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else {
            return false;
        };
        let (words, label) = inner.split_once("][").unwrap_or((inner, ""));
        let middle = range.start + 1 + words.len() + 1;
        let (message, right) = if !is_citation(words) {
            ("words can't be a link to a source", format!("{words} [{label}]"))
        } else if label.is_empty() {
            ("a citation has nothing behind it", format!("[{words}]"))
        } else {
            ("two citations that touch are read as one link", format!("[{words}; {label}]"))
        };
        let place = if is_citation(words) { range.clone() } else { middle..range.end };
        let finding = self.finding(Rule::StrayMarkup, place, message);
        self.reading.findings.push(finding.help(format!("write `{right}`")));
        if is_citation(words) {
            self.cite(&(range.start..middle));
        }
        if is_citation(label) {
            self.cite(&(middle..range.end));
        }
        true
    }

    /// The citations between the brackets at `range`: `[@one]`, `[@one, page 4; @two]`.
    pub(super) fn cite(&mut self, range: &Range<usize>) {
        let start = range.start + 1;
        let inner = self.text.get(start..range.end.saturating_sub(1)).unwrap_or("");
        let mut at = start;
        self.markup("<sup class=\"cites\">");
        for (n, part) in inner.split(';').enumerate() {
            let part_start = at;
            at += part.len() + 1;
            if part.trim().is_empty() {
                let message = "no source stands behind this semicolon";
                let finding = self.finding(Rule::StrayMarkup, part_start - 1..part_start, message);
                let help = match at > start + inner.len() {
                    true => "take out the last semicolon",
                    false => "take it out, or write a source behind it",
                };
                self.reading.findings.push(finding.help(help));
                continue;
            }
            let lead = part.len() - part.trim_start().len();
            let (id, locator) = match part.trim().split_once(',') {
                Some((id, locator)) => (id.trim(), locator.trim()),
                None => (part.trim(), ""),
            };
            let (id, locator) = match id.split_once(char::is_whitespace) {
                Some((id, place)) if !place.contains('@') => {
                    let start = part_start + lead;
                    // Another sign may stand there in place of the comma.
                    let bare = id.trim_end_matches([':', '.']);
                    let message = format!("no comma stands behind `{}`", bare.trim_start_matches('@'));
                    let finding = self.finding(Rule::StrayMarkup, start..start + id.len(), message);
                    let right = part.trim().replacen(id, &format!("{bare},"), 1);
                    self.reading
                        .findings
                        .push(finding.help(format!("write a comma behind the id: `{right}`")));
                    (bare, part.trim()[id.len()..].trim())
                }
                Some((first, place)) if place.trim_start().starts_with('@') => {
                    let start = part_start + lead;
                    let message = "a blank does not part two citations, and only the first is read";
                    let finding = self.finding(Rule::StrayMarkup, start..start + id.len(), message);
                    let right = id.split_whitespace().collect::<Vec<_>>().join("; ");
                    self.reading.findings.push(finding.help(format!("write `{right}`")));
                    (first, locator)
                }
                _ => (id, locator),
            };
            let (sign, id) = match id.strip_prefix('@') {
                Some(id) => (1, id),
                None => (0, id),
            };
            let id_start = part_start + lead + sign;
            let index = u32::try_from(self.reading.body.citations.len()).unwrap_or(u32::MAX);
            let span = self.span(id_start..id_start + id.len());
            self.reading.body.citations.push(Citation { id: id.into(), span });
            if n > 0 {
                self.markup(" ");
            }
            self.out().hole(Hole::Cite(index));
            if let Some(at) = locator.find('@')
                && (at == 0 || locator[..at].ends_with([' ', ',']))
                && locator[at + 1..].starts_with(|c: char| c.is_ascii_alphanumeric())
            {
                let second = part.match_indices('@').nth(sign).map_or(0, |(second, _)| second);
                let comma = part_start + part[..second].rfind(',').unwrap_or(0);
                let right = inner.replace(", @", "; @").replace(",@", "; @");
                let finding = self.finding(
                    Rule::StrayMarkup,
                    comma..comma + 1,
                    "a comma does not part two citations, and only the first is read",
                );
                self.reading.findings.push(finding.help(format!("write `[{right}]`")));
            }
            if !locator.is_empty() {
                self.markup(" <span class=\"locator\">");
                self.out().text(locator);
                self.markup("</span>");
            }
        }
        self.markup("</sup>");
    }
}

/// The bytes of the address that `range` of the text begins with, behind white space, in angle brackets or bare.
fn address(text: &str, range: Range<usize>) -> Range<usize> {
    let all = text.get(range.clone()).unwrap_or("");
    let start = range.start + (all.len() - all.trim_start().len());
    let rest = text.get(start..range.end).unwrap_or("");
    if let Some(bracketed) = rest.strip_prefix('<') {
        return start + 1..start + 1 + bracketed.find('>').unwrap_or(bracketed.len());
    }
    start..start + rest.find(char::is_whitespace).unwrap_or(rest.len())
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let all = text.get(range.clone()).unwrap_or("");
    let start = range.start + (all.len() - all.trim_start().len());
    start..start + all.trim().len()
}
