//! What is wrong with the words of a theme: names that nothing asks for, values left out of sentences, words that are
//! missing in the language of the site.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Applicability, Diagnostic, Place, Rule};
use crate::input::{ThemeFiles, ThemeText};
use crate::source::{SitePath, Source, Span};
use crate::strings::{FORMS, is_form};
use crate::suggest::closest;
use crate::theme_files;
use crate::tree::{Entry, Node, Value, toml};

/// The two tables of a file of words.
const TABLES: [&str; 2] = ["words", "messages"];

/// The most names that one finding lists.
const MAX_LISTED: usize = 5;

/// What is wrong with the words in `files`, for a site in `language`, which its settings name at `place`.
pub fn check(files: &ThemeFiles, language: &str, place: Place) -> Vec<Diagnostic> {
    let carried = text("en").unwrap_or_default();
    let english = toml::parse(&carried, &SitePath::new("en.toml")).0;
    let mut findings = Vec::new();
    let mut read = Vec::new();
    for file in files.strings.iter().filter(|file| *file.source.text != *carried) {
        let (tree, found) = toml::parse(&file.source.text, &file.source.path);
        let is_broken = !found.is_empty();
        findings.extend(found);
        let mut check = Check { english: &english, files, source: &file.source, findings: Vec::new() };
        check.file(&tree);
        let is_misspelt = check.findings.iter().any(|finding| finding.rule == Rule::UnknownField);
        findings.extend(check.findings);
        read.push(Words { file, tree, is_certain: !is_broken && !is_misspelt });
    }
    findings.extend(missing(&english, &read, language, place));
    findings
}

/// The text of the words in `language` that the program brings, if it does.
fn text(language: &str) -> Option<Cow<'static, str>> {
    let path = format!("i18n/{}.toml", language.to_ascii_lowercase());
    let (_, bytes) = theme_files::FILES.iter().find(|(name, _)| *name == path)?;
    Some(String::from_utf8_lossy(bytes))
}

/// The words in `language` that the program brings, if it does.
pub(super) fn carried(language: &str) -> Option<Node> {
    Some(toml::parse(&text(language)?, &SitePath::new("words.toml")).0)
}

/// A file of words.
struct Words<'a> {
    file: &'a ThemeText,
    tree: Node,
    /// Whether what is not in it is missing: a name may be misspelt, or stand where the file can't be read.
    is_certain: bool,
}

/// The finding for a language whose words are missing, all or some.
fn missing(english: &Node, read: &[Words<'_>], language: &str, place: Place) -> Option<Diagnostic> {
    let primary = language.split('-').next().unwrap_or(language);
    if primary.eq_ignore_ascii_case("en") {
        return None;
    }
    let of = |language: &str| {
        read.iter().find(|words| words.file.name.eq_ignore_ascii_case(&format!("{language}.toml")))
    };
    let own: Vec<&Words<'_>> = [of(language), of(primary)].into_iter().flatten().collect();
    let Some(first) = own.first() else {
        let message = format!("the theme has no words in `{language}`: its English ones are shown");
        let help = format!("write them to `i18n/{language}.toml` in the folder of the theme");
        return Some(Diagnostic::new(Rule::WordsMissing, place, message).help(help));
    };
    if own.iter().any(|words| !words.is_certain) {
        return None;
    }
    let brought: Vec<Node> = [carried(language), carried(primary)].into_iter().flatten().collect();
    let mut names = Vec::new();
    for table in TABLES {
        let brought = brought.iter().filter_map(|tree| tree.get(table));
        let own: Vec<&Node> = own.iter().filter_map(|words| words.tree.get(table)).chain(brought).collect();
        lacking(english.get(table), &own, "", &mut names);
    }
    let count = names.len();
    let listed: Vec<String> = names.iter().take(MAX_LISTED).map(|name| format!("`{name}`")).collect();
    let rest = if count > MAX_LISTED { " and others" } else { "" };
    let (noun, verb) = if count == 1 { ("word", "is") } else { ("words", "are") };
    let message = format!("{count} {noun} {verb} missing, and shown in English: {}{rest}", listed.join(", "));
    let finding = Diagnostic::new(Rule::WordsMissing, Place::file(&first.file.source.path), message);
    (count > 0).then(|| finding.help("add them, with the names that they have in the English file"))
}

/// Adds to `names` what `english` has and none of `own`.
fn lacking(english: Option<&Node>, own: &[&Node], prefix: &str, names: &mut Vec<String>) {
    for entry in english.map_or(&[][..], Node::entries) {
        let given: Vec<&Node> = own.iter().filter_map(|table| table.get(&entry.key)).collect();
        let name = format!("{prefix}{}", entry.key);
        if given.is_empty() {
            names.push(name);
        } else if is_table(&entry.value) {
            lacking(Some(&entry.value), &given, &format!("{name}."), names);
        }
    }
}

/// Whether `node` gives words to ids, and not forms of one message. An id may well be called `other`.
fn is_table(node: &Node) -> bool {
    matches!(node.value, Value::Map(_)) && !node.entries().iter().all(|entry| is_form(&entry.key))
}

struct Check<'a> {
    english: &'a Node,
    files: &'a ThemeFiles,
    source: &'a Source,
    findings: Vec<Diagnostic>,
}

impl Check<'_> {
    fn say(&mut self, rule: Rule, span: Span, message: String, help: impl Into<String>) {
        let finding = Diagnostic::new(rule, Place::new(&self.source.path, span), message);
        self.findings.push(finding.help(help));
    }

    fn unknown(&mut self, entry: &Entry, what: &str, names: &[&str]) {
        let place = Place::new(&self.source.path, entry.key_span);
        let finding = Diagnostic::new(Rule::UnknownField, place, format!("`{}` is no {what}", entry.key));
        self.findings.push(match closest(&entry.key, names.iter().copied()) {
            Some(right) => finding.help(format!("did you mean `{right}`?")).fix(
                entry.key_span,
                right,
                Applicability::MaybeIncorrect,
            ),
            None => finding.help("take it out: nothing asks for it"),
        });
    }

    fn file(&mut self, tree: &Node) {
        for entry in tree.entries() {
            match (&*entry.key, self.english.get(&entry.key)) {
                ("words", Some(english)) => self.words(english, entry),
                ("messages", Some(english)) => self.messages(english, entry),
                _ => self.unknown(entry, "table of a file of words", &TABLES),
            }
        }
    }

    fn words(&mut self, english: &Node, table: &Entry) {
        let names: Vec<&str> = english.entries().iter().map(|entry| &*entry.key).collect();
        for entry in self.table(table) {
            match english.get(&entry.key) {
                Some(word) => self.text(&entry.key, &entry.value, &places(word), None),
                None if self.is_asked_for(&entry.key) || self.is_meant(&entry.key) => {}
                None => self.unknown(entry, "word of the theme", &names),
            }
        }
    }

    fn messages(&mut self, english: &Node, table: &Entry) {
        let names: Vec<&str> = english.entries().iter().map(|entry| &*entry.key).collect();
        for entry in self.table(table) {
            let Some(message) = english.get(&entry.key) else {
                self.unknown(entry, "message of the program", &names);
                continue;
            };
            match (&message.value, &entry.value.value) {
                (_, Value::Refused) => {}
                (Value::List(words), Value::List(items)) if words.len() == items.len() => {
                    items.iter().for_each(|item| self.text(&entry.key, item, &BTreeSet::new(), None));
                }
                (Value::List(words), _) => {
                    let message = format!("`{}` needs a list of {} words", entry.key, words.len());
                    let help = "put them in brackets, with commas between them";
                    self.say(Rule::WrongType, entry.value.span, message, help);
                }
                (Value::Map(_), _) if is_table(message) => self.ids(message, entry),
                (_, Value::Map(forms)) => self.forms(entry, forms, &places(message)),
                _ => self.text(&entry.key, &entry.value, &places(message), None),
            }
        }
    }

    /// A table that gives words to ids. A site may have ids of its own.
    fn ids(&mut self, english: &Node, table: &Entry) {
        let ids = english.entries().iter().map(|entry| &*entry.key);
        let free: Vec<&str> = ids.filter(|id| table.value.entry(id).is_none()).collect();
        for entry in self.table(table) {
            let is_known = english.entry(&entry.key).is_some();
            if !is_known && closest(&entry.key, free.iter().copied()).is_some() {
                self.unknown(entry, &format!("id of `{}`", table.key), &free);
            } else {
                self.text(&entry.key, &entry.value, &BTreeSet::new(), None);
            }
        }
    }

    /// The forms of a message that depends on a number.
    fn forms(&mut self, message: &Entry, forms: &[Entry], places: &BTreeSet<String>) {
        let mut is_misspelt = false;
        for form in forms {
            if is_form(&form.key) {
                self.text(&message.key, &form.value, places, Some(&form.key));
            } else {
                is_misspelt = true;
                self.unknown(form, "form of a message", &FORMS);
            }
        }
        if !is_misspelt && message.value.entry("other").is_none() {
            let text = format!("`{}` needs the form `other`", message.key);
            let help = "add `other`, for all numbers that have no form of their own";
            self.say(Rule::MissingField, message.key_span, text, help);
        }
    }

    /// The entries of a table; what is none is a finding.
    fn table<'t>(&mut self, entry: &'t Entry) -> &'t [Entry] {
        if !matches!(entry.value.value, Value::Map(_) | Value::Refused) {
            let message = format!("`{}` needs a table of words", entry.key);
            let help =
                "write its name in brackets on a line of its own, and below it lines as `name = \"words\"`";
            self.say(Rule::WrongType, entry.value.span, message, help);
        }
        entry.value.entries()
    }

    /// A text, which names the values `places`; `form` is the form that it is of a message.
    fn text(&mut self, key: &str, node: &Node, places: &BTreeSet<String>, form: Option<&str>) {
        let Some(text) = node.as_text() else {
            if node.value != Value::Refused {
                let help = format!("write `{key} = \"words\"`");
                self.say(Rule::WrongType, node.span, format!("`{key}` needs words in quotes"), help);
            }
            return;
        };
        if text.trim().is_empty() {
            let help = "write the words, or take the line out: then those of the program are shown";
            return self.say(Rule::InvalidValue, node.span, format!("`{key}` has no words"), help);
        }
        let mut lacking: Vec<&str> =
            places.iter().map(String::as_str).filter(|name| !text.contains(&braced(name))).collect();
        let written = node.span.of(&self.source.text).to_owned();
        if let Some(at) = written.find("{{").or_else(|| written.find("}}")) {
            let span = Span::new(at, at + 2).shifted(node.span.start as usize);
            let message = format!(
                "`{}` is shown as it stands: a value has one brace on each side",
                &written[at..at + 2]
            );
            return self.say(Rule::InvalidValue, span, message, "take one of the two out, on each side");
        }
        for (range, name) in named(&written).into_iter().filter(|(_, name)| !places.contains(*name)) {
            let right = match (closest(name, lacking.iter().copied()), lacking.as_slice()) {
                (None, [only]) => Some(*only),
                (right, _) => right,
            };
            let help = match right {
                Some(right) => format!("did you mean `{}`?", braced(right)),
                None if places.is_empty() => "take it out: no value is filled in".to_owned(),
                None => {
                    let names: Vec<String> =
                        places.iter().map(|name| format!("`{}`", braced(name))).collect();
                    format!("what can be filled in is {}", names.join(", "))
                }
            };
            lacking.retain(|name| Some(*name) != right);
            let span = Span::new(range.start, range.end).shifted(node.span.start as usize);
            let message = format!("`{}` is filled in with nothing", braced(name));
            self.say(Rule::InvalidValue, span, message, help);
        }
        for name in lacking {
            // Words such as `twice` say their number without a figure.
            let is_one_number =
                |form: &str| matches!(form, "zero" | "one" | "two") || form.parse::<u64>().is_ok();
            if name == "n" && form.is_some_and(is_one_number) {
                continue;
            }
            let help = format!("write `{}` where the value belongs", braced(name));
            self.say(Rule::InvalidValue, node.span, format!("`{key}` leaves out `{}`", braced(name)), help);
        }
    }

    /// Whether a template asks for a word that there is not, and that is nearly `key`: it is told there.
    fn is_meant(&self, key: &str) -> bool {
        self.files.templates.iter().any(|template| {
            let text = &template.source.text;
            let mut places = text.match_indices("t.").filter(|(at, _)| {
                !text[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.')
            });
            places.any(|(at, found)| {
                let rest = &text[at + found.len()..];
                let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
                let words = self.english.get("words");
                words.is_none_or(|words| words.get(&rest[..end]).is_none())
                    && closest(&rest[..end], [key]).is_some()
            })
        })
    }

    /// Whether a template asks for the word `key`.
    fn is_asked_for(&self, key: &str) -> bool {
        let (dotted, quoted) = (format!("t.{key}"), format!("t[\"{key}\"]"));
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        self.files.templates.iter().any(|template| {
            let text = &template.source.text;
            let mut places = text.match_indices(&dotted);
            text.contains(&quoted) || places.any(|(at, found)| ends(&text[at + found.len()..]))
        })
    }
}

fn braced(name: &str) -> String {
    format!("{{{name}}}")
}

/// The names in braces of `text`, each with its bytes, braces included.
fn named(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut names = Vec::new();
    for (open, _) in text.match_indices('{') {
        let behind = &text[open + 1..];
        let length = behind.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(behind.len());
        if length > 0 && behind[length..].starts_with('}') {
            names.push((open..open + length + 2, &behind[..length]));
        }
    }
    names
}

/// The values that a word or message of the English file names, in any of its forms.
fn places(node: &Node) -> BTreeSet<String> {
    match &node.value {
        Value::Scalar(scalar) => named(&scalar.text).into_iter().map(|(_, name)| name.to_owned()).collect(),
        Value::Map(entries) => entries.iter().flat_map(|entry| places(&entry.value)).collect(),
        _ => BTreeSet::new(),
    }
}
