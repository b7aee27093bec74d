//! `site.toml` to settings.

use super::{
    Colour, Config, Doubt, Help, Licences, Publisher, Reading, Report, Review, ThemeSettings, WordList,
    check, path,
};
use crate::clinical::Interval;
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::schema::ReviewDuty;
use crate::source::{Source, Span, Spanned};
use crate::tree::{Entry, Node, Value, toml};
use std::collections::BTreeSet;

/// The lists of words.
const LISTS: [&str; 9] = [
    "frightening",
    "absolute",
    "abbreviations",
    "doses",
    "vague_links",
    "negations",
    "short_words",
    "stops",
    "syllables",
];

/// The settings that `source`, the text of `site.toml`, gives, and what is wrong with them.
///
/// A setting with a mistake is as if it were not given.
pub fn read(source: Option<&Source>) -> (Config, Vec<Diagnostic>) {
    let Some(source) = source else {
        let finding = Diagnostic::new(Rule::MissingField, Place::file(&path()), "there is no `site.toml`")
            .help("make a file `site.toml` beside the folder `content`, with the line `title = \"...\"`");
        let config = Config { doubt: Doubt::AboutAll, ..Config::default() };
        return (config, vec![finding]);
    };
    let (mut tree, mut findings) = toml::parse(&source.text, &source.path);
    let reading = if findings.is_empty() { check::Reading::Whole } else { check::Reading::Broken };
    findings.extend(check::check(&tree, source, reading));
    findings.sort();
    let doubt = if reading == check::Reading::Whole { doubt(&tree, &findings) } else { Doubt::AboutAll };
    let wrong: BTreeSet<Span> = findings.iter().map(|finding| finding.place.span).collect();
    refuse(&mut tree, &wrong);
    (settings(&tree, source, doubt), findings)
}

/// What the `findings` about the settings `tree` make doubtful.
fn doubt(tree: &Node, findings: &[Diagnostic]) -> Doubt {
    let mut keys = BTreeSet::new();
    for finding in findings {
        let span = finding.place.span;
        if finding.rule == Rule::MissingField && span == Span::default() {
            continue;
        }
        let is_about = |entry: &&Entry| entry.key_span == span || has(&entry.value, span);
        match tree.entries().iter().find(is_about) {
            Some(entry) if finding.rule != Rule::UnknownField => keys.insert(entry.key.to_string()),
            _ => return Doubt::AboutAll,
        };
    }
    Doubt::About(keys)
}

/// Whether `node`, or a key or a value in it, stands on `span`.
fn has(node: &Node, span: Span) -> bool {
    node.span == span
        || node.items().iter().any(|item| has(item, span))
        || node.entries().iter().any(|entry| entry.key_span == span || has(&entry.value, span))
}

/// Refuses each value below `node` that stands on one of the spans `wrong`, so that nothing reads it.
fn refuse(node: &mut Node, wrong: &BTreeSet<Span>) {
    let children: Vec<&mut Node> = match &mut node.value {
        Value::List(items) => items.iter_mut().collect(),
        Value::Map(entries) => entries.iter_mut().map(|entry| &mut entry.value).collect(),
        Value::Scalar(_) | Value::Refused | Value::Unread => Vec::new(),
    };
    for child in children {
        if wrong.contains(&child.span) {
            child.value = Value::Refused;
        }
        refuse(child, wrong);
    }
}

fn settings(tree: &Node, source: &Source, doubt: Doubt) -> Config {
    let default = Config::default();
    let top = Group(Some(tree));
    let theme = top.group("theme_settings");
    Config {
        source: Some(source.clone()),
        doubt,
        title: top.text("title").unwrap_or_default(),
        language: top.text("language").unwrap_or(default.language),
        language_span: top.placed("language").map_or(default.language_span, |language| language.span),
        base_url: top
            .placed("base_url")
            .map(|url| Spanned { value: url.value.trim_end_matches('/').to_owned(), span: url.span }),
        theme: top.placed("theme").unwrap_or(default.theme),
        output: top.placed("output").unwrap_or(default.output),
        notice: top.placed("notice"),
        publisher: publisher(top.group("publisher")),
        report: report(top.group("report")),
        help: help(top.group("help"), default.help),
        review: review(top.group("review"), default.review),
        stop_if: top.items("stop_if").iter().filter_map(placed).collect(),
        reading: reading(top.group("reading")),
        removals: removals(top.group("reading")),
        theme_settings: ThemeSettings {
            accent: theme.placed("accent").and_then(colour),
            logo: theme.placed("logo"),
            show_sources: theme.flag("show_sources").unwrap_or(default.theme_settings.show_sources),
        },
        licences: Licences { snomed_ct: top.group("licences").flag("snomed_ct").unwrap_or_default() },
        rules: top
            .group("rules")
            .0
            .map_or(&[][..], Node::entries)
            .iter()
            .filter_map(|entry| {
                let rule = Rule::from_name(&entry.key).filter(|rule| rule.is_configurable())?;
                Some((rule, Level::from_name(entry.value.as_text()?)?))
            })
            .collect(),
    }
}

fn publisher(group: Group<'_>) -> Option<Publisher> {
    Some(Publisher {
        name: group.text("name")?,
        address: group.text("address"),
        logo: group.placed("logo"),
        contact_url: group.text("contact_url"),
        contact_email: group.text("contact_email"),
        opening_hours: group.text("opening_hours"),
    })
}

fn report(group: Group<'_>) -> Option<Report> {
    group.text("email").map(Report::Email).or_else(|| group.text("url").map(Report::Url))
}

fn help(group: Group<'_>, default: Help) -> Help {
    Help { emergency: group.text("emergency").unwrap_or(default.emergency), urgent: group.placed("urgent") }
}

fn review(group: Group<'_>, default: Review) -> Review {
    let interval = |key| group.text(key).and_then(|text| Interval::parse(&text));
    Review {
        duty: match group.flag("required") {
            Some(false) => ReviewDuty::NotRequired,
            Some(true) => ReviewDuty::Required,
            None => default.duty,
        },
        every: interval("every").unwrap_or(default.every),
        soon: interval("soon").unwrap_or(default.soon),
    }
}

fn reading(group: Group<'_>) -> Reading {
    let default = Reading::default();
    let number = |key| group.get(key).and_then(Node::as_integer);
    let lines =
        |node: &Node| node.items().iter().filter_map(|item| item.as_text().map(str::to_owned)).collect();
    let words = |name: &str| WordList {
        // A list that can't be read is as if it were not given: the built-in one holds.
        instead: group.get(name).filter(|node| matches!(node.value, Value::List(_))).map(lines),
        add: group.get(&format!("{name}_add")).map(lines).unwrap_or_default(),
        remove: group.get(&format!("{name}_remove")).map(lines).unwrap_or_default(),
    };
    Reading {
        target_grade: number("target_grade").and_then(|n| n.try_into().ok()).unwrap_or(default.target_grade),
        max_words: number("max_words").and_then(|n| n.try_into().ok()).unwrap_or(default.max_words),
        frightening: words("frightening"),
        absolute: words("absolute"),
        abbreviations: words("abbreviations"),
        doses: words("doses"),
        vague_links: words("vague_links"),
        negations: words("negations"),
        short_words: words("short_words"),
        stops: words("stops"),
        syllables: words("syllables"),
    }
}

fn removals(group: Group<'_>) -> Vec<(&'static str, Spanned<String>)> {
    let of_list = |list: &'static str| {
        let words = group.get(&format!("{list}_remove")).map_or(&[][..], Node::items);
        words.iter().filter_map(placed).map(move |word| (list, word))
    };
    LISTS.into_iter().flat_map(of_list).collect()
}

fn colour(text: Spanned<String>) -> Option<Spanned<Colour>> {
    Colour::parse(&text.value).map(|value| Spanned { value, span: text.span })
}

fn placed(node: &Node) -> Option<Spanned<String>> {
    node.as_text().map(|text| Spanned { value: text.to_owned(), span: node.span })
}

/// A group of settings; none where the file does not have it.
#[derive(Clone, Copy)]
struct Group<'a>(Option<&'a Node>);

impl<'a> Group<'a> {
    fn get(self, key: &str) -> Option<&'a Node> {
        self.0.and_then(|node| node.get(key))
    }

    fn group(self, key: &str) -> Self {
        Self(self.get(key))
    }

    fn text(self, key: &str) -> Option<String> {
        self.get(key).and_then(Node::as_text).map(str::to_owned)
    }

    fn placed(self, key: &str) -> Option<Spanned<String>> {
        self.get(key).and_then(placed)
    }

    fn flag(self, key: &str) -> Option<bool> {
        self.get(key).and_then(Node::as_bool)
    }

    fn items(self, key: &str) -> &'a [Node] {
        self.get(key).map_or(&[], Node::items)
    }
}
