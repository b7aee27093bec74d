//! The words and sentences of the theme in the language of the site.

use std::collections::{BTreeMap, HashMap};

use crate::clinical::Date;
use crate::tree::{Node, Value};

mod plural;

/// The forms that a message can have for all numbers: the plural categories of Unicode CLDR.
pub const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Whether `name` is that of a form: a plural category, or a number that has words of its own, as `2` for "twice".
pub fn is_form(name: &str) -> bool {
    FORMS.contains(&name) || name.parse::<u64>().is_ok_and(|number| number.to_string() == name)
}

/// Words for templates, and messages that the program completes.
#[derive(Debug, Default)]
pub struct Strings {
    words: BTreeMap<String, String>,
    messages: HashMap<String, Message>,
    months: Vec<String>,
    /// The language by whose rules numbers take their forms.
    language: String,
}

/// A message, perhaps in several forms for several numbers.
#[derive(Debug)]
enum Message {
    One(String),
    Plural(HashMap<String, String>),
}

impl Strings {
    /// Reads language files for a site in `language`; what one lacks is taken from the next.
    pub fn new(files: &[Node], language: &str) -> Self {
        let mut strings = Self { language: language.to_owned(), ..Self::default() };
        for tree in files.iter().rev() {
            for entry in tree.get("words").map_or(&[][..], Node::entries) {
                if let Some(text) = entry.value.as_text() {
                    strings.words.insert(entry.key.to_string(), text.to_owned());
                }
            }
            if let Some(messages) = tree.get("messages") {
                strings.collect("", messages);
            }
        }
        strings
    }

    fn collect(&mut self, prefix: &str, table: &Node) {
        for entry in table.entries() {
            let key = format!("{prefix}{}", entry.key);
            match &entry.value.value {
                Value::Scalar(scalar) => {
                    self.messages.insert(key, Message::One(scalar.text.to_string()));
                }
                Value::List(items) => {
                    self.months = items.iter().filter_map(Node::as_text).map(str::to_owned).collect();
                }
                // A number's forms always have `other` among them; anything else is a table of its own.
                Value::Map(forms) if prefix.is_empty() && is_plural(&entry.value) => {
                    let form = |entry: &crate::tree::Entry| {
                        Some((entry.key.to_string(), entry.value.as_text()?.to_owned()))
                    };
                    self.messages.insert(key, Message::Plural(forms.iter().filter_map(form).collect()));
                }
                Value::Map(_) => self.collect(&format!("{key}."), &entry.value),
                Value::Refused | Value::Unread => {}
            }
        }
    }

    /// The words that templates see as `t`.
    pub fn words(&self) -> &BTreeMap<String, String> {
        &self.words
    }

    /// A word of the templates.
    pub fn word<'s>(&'s self, key: &'s str) -> &'s str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The message `key` as it is, if there is one.
    pub fn get(&self, key: &str) -> Option<&str> {
        match self.messages.get(key)? {
            Message::One(text) => Some(text),
            Message::Plural(forms) => forms.get("other").map(String::as_str),
        }
    }

    /// The message `key` with `values` in the places that they name.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(key).unwrap_or(key), values)
    }

    /// The message `key` in the form that the number `count` takes, with `values` in the places that they name. Words of
    /// its own go before those of its plural category.
    pub fn count(&self, key: &str, count: u64, values: &[(&str, &str)]) -> String {
        fill(self.form(key, &[&count.to_string(), plural::category(&self.language, count)]), values)
    }

    /// The message `key` in the form that numbers up to `high` take, with `values` in the places that they name.
    pub fn up_to(&self, key: &str, high: u64, values: &[(&str, &str)]) -> String {
        fill(self.form(key, &[plural::category(&self.language, high)]), values)
    }

    /// The message `key` in the first of `forms` that it has, else in its form for all other numbers.
    fn form<'s>(&'s self, key: &'s str, forms: &[&str]) -> &'s str {
        match self.messages.get(key) {
            Some(Message::Plural(texts)) => {
                let mut names = forms.iter().copied().chain(["other"]);
                names.find_map(|name| texts.get(name)).map_or(key, String::as_str)
            }
            Some(Message::One(text)) => text,
            None => key,
        }
    }

    /// The name that the table `table` gives to `id`; the id itself, made readable, where it gives none.
    pub fn name(&self, table: &str, id: &str) -> String {
        match self.get(&format!("{table}.{id}")) {
            Some(name) => name.to_owned(),
            None => sentence_case(&id.replace('-', " ")),
        }
    }

    /// A date in words.
    pub fn date(&self, date: Date) -> String {
        let month = usize::try_from(date.month()).ok().and_then(|month| self.months.get(month - 1));
        match month {
            Some(month) => {
                let (day, year) = (date.day().to_string(), date.year().to_string());
                self.say("date", &[("day", &day), ("month", month), ("year", &year)])
            }
            None => date.to_string(),
        }
    }
}

fn is_plural(table: &Node) -> bool {
    table.entry("other").is_some() && table.entries().iter().all(|entry| is_form(&entry.key))
}

/// `text` with each `{name}` replaced by its value. What has no value stays, so that a mistake can be seen.
fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, behind) = rest.split_at(open);
        out.push_str(before);
        let named = behind.find('}').and_then(|close| {
            let value = values.iter().find(|(name, _)| *name == &behind[1..close])?.1;
            Some((value, close + 1))
        });
        match named {
            Some((value, length)) => {
                out.push_str(value);
                rest = &behind[length..];
            }
            None => {
                out.push('{');
                rest = &behind[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// `text` with its first letter in upper case.
pub fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_filled_in_once_and_by_name() {
        assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "2")]), "{b} and 2");
        assert_eq!(fill("{x} {", &[]), "{x} {");
    }

    #[test]
    fn what_has_no_name_is_made_readable() {
        assert_eq!(Strings::default().name("kind", "care-path"), "Care path");
    }
}
