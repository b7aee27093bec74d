//! What Tera says of mistakes, in the words of the other findings, with what to do about them.

use std::collections::BTreeMap;

use super::lexer::{self, Kind, Tag};
use super::text;
use crate::source::{Source, Span};
use crate::suggest::closest;

mod ends;
mod open;
mod part;
mod phrases;
mod unread;

use phrases::PHRASES;
use unread::unread;

/// The filters that Tera has.
pub const FILTERS: [&str; 37] = [
    "safe",
    "default",
    "upper",
    "lower",
    "wordcount",
    "escape",
    "escape_html",
    "escape_xml",
    "newlines_to_br",
    "pluralize",
    "trim",
    "trim_start",
    "trim_end",
    "replace",
    "capitalize",
    "title",
    "truncate",
    "indent",
    "str",
    "int",
    "float",
    "length",
    "reverse",
    "split",
    "abs",
    "round",
    "first",
    "last",
    "nth",
    "join",
    "sort",
    "unique",
    "get",
    "values",
    "keys",
    "pairs",
    "group_by",
];

/// The tests that Tera has.
pub const TESTS: [&str; 17] = [
    "string",
    "number",
    "map",
    "bool",
    "array",
    "integer",
    "float",
    "none",
    "iterable",
    "defined",
    "undefined",
    "odd",
    "even",
    "divisible_by",
    "starting_with",
    "ending_with",
    "containing",
];

/// The functions that Tera has.
pub const FUNCTIONS: [&str; 3] = ["range", "throw", "super"];

/// How many names are shown where none is near.
const MOST_NAMES: usize = 12;

/// What is said of a mistake.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// A better place than Tera's, in the text of the template.
    pub span: Option<Span>,
    /// A second place in that text.
    pub related: Option<(&'static str, Span)>,
}

/// Where Tera found a mistake.
pub struct Spot<'a> {
    /// All templates.
    pub templates: &'a BTreeMap<String, Source>,
    /// The text of the template, without the mark before it.
    pub text: &'a str,
    /// The place in it.
    pub span: Span,
}

/// What to say where Tera says `message` of `spot`.
pub fn said(message: &str, spot: &Spot<'_>) -> Said {
    let first = message.lines().next().unwrap_or("").trim();
    let said = unknown(first, spot).or_else(|| undefined(first, spot)).or_else(|| unread(first, spot));
    let said = said.or_else(|| ends::misnamed(first, spot)).or_else(|| ends::without_first(first, spot));
    let said = said.or_else(|| mistyped(first, spot)).or_else(|| phrased(first, spot)).unwrap_or_else(|| {
        let first = first.trim_end_matches('.');
        Said { message: lower_first(first), ..Said::default() }
    });
    Said { span: said.span.or_else(|| part::name(spot)), ..said }
}

/// `names` for a sentence.
pub fn listed<N: AsRef<str>>(names: &[N]) -> String {
    let shown: Vec<String> =
        names.iter().take(MOST_NAMES).map(|name| format!("`{}`", name.as_ref())).collect();
    let more = if names.len() > MOST_NAMES { " and others" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// What is said of something, `what`, that has no such name.
pub fn no_such(what: &str, name: &str, names: &[&str]) -> Said {
    let help = match closest(name, names.iter().copied()) {
        Some(right) => Some(format!("did you mean `{right}`?")),
        None if names.is_empty() => None,
        None => Some(format!("the {what}s are {}", listed(names))),
    };
    Said { message: format!("there is no {what} `{name}`"), help, ..Said::default() }
}

/// What is said of a template that does not exist.
pub fn no_template(name: &str, templates: &BTreeMap<String, Source>, other: &str) -> Said {
    let names: Vec<&str> = templates.keys().map(String::as_str).filter(|name| *name != other).collect();
    // All names end alike, which makes none of them nearer.
    let (stem, ending) = name.rfind('.').map_or((name, ""), |at| name.split_at(at));
    let right = closest(stem, names.iter().filter_map(|name| name.strip_suffix(ending)));
    let help = match right {
        Some(right) => format!("did you mean `{right}{ending}`?"),
        None => "write the name as it is in the folder `templates` of the theme".to_owned(),
    };
    Said { message: format!("there is no template `{name}`"), help: Some(help), ..Said::default() }
}

/// The names of what the tags of `templates` begin that start with `word`: of blocks, or of components.
pub fn defined<'s>(templates: &'s BTreeMap<String, Source>, word: &str) -> Vec<&'s str> {
    let tags = templates.values().flat_map(|source| lexer::tags(text(source)));
    let name = |tag: Tag<'s>| {
        let [first, name, ..] = tag.tokens.as_slice() else { return None };
        (first.is_word(word) && name.kind == Kind::Word).then_some(name.text)
    };
    let mut names: Vec<&str> = tags.filter_map(name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// A filter, test, function, component, template or block that does not exist.
fn unknown(message: &str, spot: &Spot<'_>) -> Option<Said> {
    if let Some(name) = part(message, "Block `", "` is not defined in any parent template") {
        let mut said = no_such("block", name, &defined(spot.templates, "block"));
        // The name is that of the block itself.
        let others = defined(spot.templates, "block").into_iter().filter(|other| *other != name);
        said.help = no_such("block", name, &others.collect::<Vec<_>>()).help;
        said.message = format!("{} `{name}`", super::fault::NO_BLOCK);
        return Some(said);
    }
    let rest = message.strip_prefix("Unknown ")?;
    let (what, name) = rest.strip_suffix('`')?.split_once(" `")?;
    let said = match what {
        "filter" => no_such(what, name, &FILTERS),
        "test" => no_such(what, name, &TESTS),
        "function" if FILTERS.contains(&name) => Said {
            help: Some(format!("it is a filter, and stands behind a value: `value | {name}`")),
            ..no_such(what, name, &FUNCTIONS)
        },
        "function" => no_such(what, name, &FUNCTIONS),
        "component" => no_such(what, name, &defined(spot.templates, "component")),
        "template" => no_template(name, spot.templates, ""),
        _ => return None,
    };
    Some(said)
}

/// A value that is not there when a page is made: it is none, or of a kind that nobody could know before.
fn undefined(message: &str, spot: &Spot<'_>) -> Option<Said> {
    let (what, names) = message.split_once(". Available ").unwrap_or((message.trim_end_matches('.'), ""));
    let name =
        part(what, "Field `", "` is not defined").or_else(|| part(what, "Variable `", "` is not defined"))?;
    let names: Vec<&str> =
        names.split_once(": ").map_or(Vec::new(), |(_, names)| names.split(", ").collect());
    let owner = owner(spot);
    if !names.is_empty() || owner.is_empty() {
        return Some(no_such("value", name, &names));
    }
    Some(Said {
        message: format!("`{owner}` is none here, and has no value `{name}`"),
        help: Some(format!("ask first with `{{% if {owner} %}}`")),
        ..Said::default()
    })
}

/// The value of which the name at `spot` is asked, as it is written.
fn owner<'a>(spot: &Spot<'a>) -> &'a str {
    let before = spot.text.get(..spot.span.start as usize).unwrap_or("").trim_end();
    let Some(before) = before.strip_suffix('.') else { return "" };
    let before = before.strip_suffix('?').unwrap_or(before);
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '[' | ']' | '?' | '"');
    before.rfind(|c| !is_part(c)).map_or(before, |at| {
        let width = before[at..].chars().next().map_or(0, char::len_utf8);
        &before[at + width..]
    })
}

/// What [`PHRASES`] has for `message`.
fn phrased(message: &str, spot: &Spot<'_>) -> Option<Said> {
    let (parts, ours, help) =
        PHRASES.iter().find_map(|(theirs, ours, help)| Some((captured(message, theirs)?, *ours, *help)))?;
    let fill = |phrase: &str| {
        let mut filled = phrase.replace("{here}", spot.span.of(spot.text));
        for (mark, callee) in [("{callee}", callee_at(spot)), ("{next}", callee_behind(spot))] {
            filled =
                filled.replace(mark, &callee.map_or_else(|| "this".to_owned(), |name| format!("`{name}`")));
        }
        for (at, part) in parts.iter().enumerate() {
            filled =
                filled.replace(&format!("{{{at}}}"), part).replace(&format!("{{{at}:type}}"), plain(part));
        }
        filled
    };
    let help = match (help, parts.as_slice()) {
        ("{types}", [wanted, given]) => for_types(plain(wanted), plain(given)),
        (help, _) => help,
    };
    // Of a value with names in it Tera gives the first name alone.
    let is_longer = spot.text.get(spot.span.end as usize..).is_some_and(|rest| rest.starts_with('.'));
    let span = is_longer.then(|| value_at(spot));
    Some(Said { message: fill(ours), help: (!help.is_empty()).then(|| fill(help)), span, related: None })
}

/// An argument that has another type than it needs.
fn mistyped(message: &str, spot: &Spot<'_>) -> Option<Said> {
    if let Some(parts) =
        captured(message, "Component argument `*` (type: `*`) does not match expected type: `*`")
        && let [name, given, wanted] = parts.as_slice()
    {
        let (wanted, given) = (plain(wanted), plain(given));
        let span = part::argument(spot, name);
        let written = span.map_or("", |span| span.of(spot.text)).trim_matches(['"', '\'']);
        let help = match (wanted, given) {
            ("a number", "text") if written.parse::<f64>().is_ok() => {
                Some(format!("write `{name}={{{written}}}`"))
            }
            ("text", "a number") if written.parse::<f64>().is_ok() => {
                Some(format!("write `{name}=\"{written}\"`"))
            }
            ("text", _) => Some(for_types(wanted, given).to_owned()),
            _ => None,
        };
        let message = format!("the component needs {wanted} as `{name}`, and is given {given}");
        return Some(Said { message, help, span, related: None });
    }
    let parts = captured(message, "Invalid type for the value, expected `*` but got `*`")?;
    let [wanted, given] = parts.as_slice() else { return None };
    let found = part::mistyped(spot, wanted, given)?;
    let (wanted, given) = (plain(wanted), plain(given));
    let help = match wanted {
        "text" => Some("put it into quotes"),
        _ if found.is_quoted_number => Some("take the quotes out"),
        _ => None,
    };
    Some(Said {
        message: format!("`{}` needs {wanted} as `{}`, and is given {given}", found.callee, found.name),
        help: help.map(str::to_owned),
        span: Some(found.span),
        related: None,
    })
}

/// What to do where a value of one type is needed and one of another is given.
fn for_types(wanted: &str, given: &str) -> &'static str {
    match (wanted, given) {
        (_, "none" | "nothing") => "ask first with `{% if … %}` whether it is there",
        ("text", "a list") => "make text of it first: `| join(sep=\", \")`",
        ("text", _) => "make text of it first: `| str`",
        _ => "",
    }
}

/// The parts of `message` that stand where `phrase` has a `*`.
fn captured<'m>(message: &'m str, phrase: &str) -> Option<Vec<&'m str>> {
    let mut pieces = phrase.split('*');
    let mut rest = message.strip_prefix(pieces.next()?)?;
    let mut parts = Vec::new();
    for piece in pieces {
        let at = if piece.is_empty() { rest.len() } else { rest.find(piece)? };
        parts.push(&rest[..at]);
        rest = &rest[at + piece.len()..];
    }
    rest.is_empty().then_some(parts)
}

/// What a type of Tera is called.
fn plain(name: &str) -> &str {
    match name {
        "string" | "&str" => "text",
        "bool" => "true or false",
        "array" | "&[Value]" | "Vec<Value>" => "a list",
        "map" | "map/struct" | "Map" => "a group of values",
        "none" => "none",
        "undefined" => "nothing",
        "integer" | "float" | "number" | "Number" => "a number",
        _ if name.trim_start_matches(['i', 'u', 'f']).parse::<u8>().is_ok() || name.ends_with("size") => {
            "a number"
        }
        _ => name,
    }
}

/// The filter, test or function at the place.
fn callee_at<'a>(spot: &Spot<'a>) -> Option<&'a str> {
    first_word(spot.span.of(spot.text))
}

/// The value that begins at the place, with the names in it that follow.
fn value_at(spot: &Spot<'_>) -> Span {
    let behind = spot.text.get(spot.span.end as usize..).unwrap_or("");
    let is_part =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '?' | '[' | ']' | '"' | '\'');
    let length = behind.find(|c| !is_part(c)).unwrap_or(behind.len());
    Span::new(spot.span.start as usize, spot.span.end as usize + length)
}

/// The filter or test behind the place.
fn callee_behind<'a>(spot: &Spot<'a>) -> Option<&'a str> {
    if part::name(spot).is_some() {
        return callee_at(spot);
    }
    let behind = spot.text.get(value_at(spot).end as usize..)?.trim_start();
    let behind = behind.strip_prefix('|').or_else(|| behind.strip_prefix("is "))?.trim_start();
    first_word(behind.strip_prefix("not ").unwrap_or(behind))
}

fn first_word(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len());
    (end > 0).then(|| &text[..end])
}

/// What stands in `message` between `before` and `after`, if that is all of it.
fn part<'m>(message: &'m str, before: &str, after: &str) -> Option<&'m str> {
    message.strip_prefix(before)?.strip_suffix(after)
}

fn lower_first(message: &str) -> String {
    let mut letters = message.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => "the template can't be used".to_owned(),
    }
}
