//! The files of the registers to their entries.

use super::{Caution, Index, Person, Registers, SourceEntry, Table, file_stem, shape};
use crate::diagnostic::{Applicability, Diagnostic, Place, Rule};
use crate::schema::repair::{Sense, Written, accept, repair};
use crate::schema::shape::Others;
use crate::schema::{Reference, Register, Shape, lines, validate};
use crate::source::{SitePath, Source, Span};
use crate::suggest;
use crate::tree::{Entry, Node, Value, yaml};
use std::collections::{HashMap, HashSet};

/// The registers in the files `content/people.yml`, `content/sources.yml` and `content/cautions.yml`, and what is
/// wrong with them. A site needs none of the files.
pub fn read(
    people: Option<&Source>,
    sources: Option<&Source>,
    cautions: Option<&Source>,
) -> (Registers, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let registers = Registers {
        people: table(Register::People, people, Person::from_tree, &mut findings),
        sources: table(Register::Source, sources, SourceEntry::from_tree, &mut findings),
        cautions: table(Register::Caution, cautions, Caution::from_tree, &mut findings),
    };
    findings.sort();
    (registers, findings)
}

fn table<T>(
    register: Register,
    source: Option<&Source>,
    typed: fn(&Entry) -> T,
    findings: &mut Vec<Diagnostic>,
) -> Table<T> {
    let usual = || SitePath::new(format!("content/{}.yml", file_stem(register)));
    let path = source.map_or_else(usual, |source| source.path.clone());
    let empty = Index {
        path,
        is_intact: source.is_none(),
        ids: Vec::new(),
        places: HashMap::new(),
        no_ids: Vec::new(),
    };
    let mut table = Table { index: empty, entries: Vec::new() };
    let Some(source) = source else { return table };
    let shape = shape(register);
    let fields: Vec<&str> = match &shape.object.others {
        Others::Each(each) => each.object.properties.iter().map(|property| &*property.name).collect(),
        Others::Open | Others::Closed => Vec::new(),
    };
    let understand = |text: &str| {
        let (mut tree, findings) = yaml::register(text, &source.path, &fields);
        tree.iter_mut().for_each(accept);
        make_sense(register, &shape, tree, findings, &source.path)
    };
    let written = Written { text: &source.text, path: &source.path, offset: 0 };
    let sense = repair(&shape, written, understand(&source.text), understand);
    let Sense { fields: tree, findings: mut mistakes, outcome, has_lost_id } = sense;
    let Some(mut tree) = tree else {
        findings.extend(mistakes);
        return table;
    };
    // Of an entry whose id is lost nobody knows which it is.
    if let Value::Map(entries) = &mut tree.value {
        entries.retain(|entry| entry.key_span.start < entry.key_span.end || !has_lost_id);
    }
    mistakes.extend(outcome.findings);
    lines::advise(&shape, &source.text, &mut mistakes);
    let index = &mut table.index;
    let first = tree.entries().first().map(|entry| entry.key_span);
    // Fields above the first id are those of an entry whose id is missing.
    index.is_intact = !has_lost_id
        && !tree.entries().iter().any(Entry::may_be_any)
        && !mistakes.iter().any(|finding| {
            finding.rule == Rule::FieldNotIndented && first.is_none_or(|first| finding.place.span < first)
        });
    let wrong: HashSet<Span> = mistakes
        .iter()
        .filter(|finding| finding.rule == Rule::InvalidValue)
        .map(|finding| finding.place.span)
        .collect();
    let no_ids = tree.entries().iter().filter(|entry| wrong.contains(&entry.key_span));
    index.no_ids = no_ids.map(|entry| entry.key.clone()).collect();
    let is_read = |entry: &&Entry| entry.value.value != Value::Unread;
    index.ids = tree.entries().iter().filter(is_read).map(|entry| entry.key.clone()).collect();
    index.places = tree.entries().iter().map(|entry| (entry.key.clone(), None)).collect();
    if index.is_intact {
        mistakes.extend(outcome.references.iter().filter_map(|reference| unknown(reference, index, source)));
    }

    // Of fields that are not indented it is known what they say.
    let told = mistakes.iter().filter(|finding| finding.rule != Rule::FieldNotIndented);
    let mut wrong: Vec<Span> = told.flat_map(spans).collect();
    wrong.sort();
    for entry in tree.entries().iter().filter(|entry| !index.no_ids.contains(&entry.key)) {
        if let Some(value) = sound(entry, &wrong).as_ref().map(typed) {
            index.places.insert(entry.key.clone(), Some(table.entries.len()));
            table.entries.push(value);
        }
    }
    findings.extend(mistakes);
    table
}

/// What can be made of `tree`, which was read from the file of `register`, and what is wrong with it.
fn make_sense(
    register: Register,
    shape: &Shape,
    tree: Option<Node>,
    mut findings: Vec<Diagnostic>,
    path: &SitePath,
) -> Sense {
    let Some(tree) = tree else { return Sense { findings, ..Sense::default() } };
    if !matches!(tree.value, Value::Map(_)) {
        findings.push(no_entries(register, &tree, path));
        return Sense { findings, ..Sense::default() };
    }
    if let Some(finding) = wrapped(register, &tree, path) {
        return Sense { findings: vec![finding], ..Sense::default() };
    }
    let outcome = validate(shape, &tree, &Place::file(path), subject(register));
    Sense { fields: Some(tree), findings, outcome, has_lost_id: false }
}

/// The finding for a register whose entries all stand below one name, that of the register.
fn wrapped(register: Register, tree: &Node, path: &SitePath) -> Option<Diagnostic> {
    let [entry] = tree.entries() else { return None };
    let is_entry = |inner: &Entry| matches!(inner.value.value, Value::Map(_));
    if *entry.key != *file_stem(register) || !entry.value.entries().iter().any(is_entry) {
        return None;
    }
    let place = Place::new(path, entry.key_span);
    let message = format!("the entries stand below `{}`, and belong at the left edge", entry.key);
    let help = "take this line out, and the blanks with which the entries below it begin";
    Some(Diagnostic::new(Rule::WrongType, place, message).help(help))
}

/// The places that `finding` is about. Of two values under one name nobody knows which is meant.
fn spans(finding: &Diagnostic) -> impl Iterator<Item = Span> {
    let other = finding.related.iter().filter(|_| finding.rule == Rule::DuplicateKey);
    std::iter::once(finding.place.span).chain(other.map(|related| related.place.span))
}

/// `entry` with those of its fields in which there is no mistake; `wrong` are the places of mistakes, sorted. None if
/// it has no fields that can be told.
fn sound(entry: &Entry, wrong: &[Span]) -> Option<Entry> {
    let Value::Map(fields) = &entry.value.value else { return None };
    let is_sound = |field: &&Entry| {
        let next = wrong.get(wrong.partition_point(|span| *span < field.key_span));
        // An empty value lies right at the end of the field.
        next.is_none_or(|span| span.start > field.value.span.end)
    };
    let fields: Vec<Entry> = fields.iter().filter(is_sound).cloned().collect();
    if fields.is_empty() {
        return None;
    }
    let value = Node { value: Value::Map(fields), span: entry.value.span };
    Some(Entry { key: entry.key.clone(), key_span: entry.key_span, value })
}

fn subject(register: Register) -> &'static str {
    match register {
        Register::People => "the register of people",
        Register::Source => "the register of sources",
        Register::Caution => "the register of cautions",
    }
}

/// A file that is a list or a single value.
fn no_entries(register: Register, tree: &Node, path: &SitePath) -> Diagnostic {
    // A caret under the whole file would point nowhere.
    let start = tree.span.start as usize;
    let message = format!("{} needs an id before each entry", subject(register));
    Diagnostic::new(Rule::WrongType, Place::new(path, Span::new(start, start)), message).help(
        "begin each entry with its id and a colon, and write its fields below, each two blanks further in",
    )
}

/// A reference from one source to another that is not there.
fn unknown(reference: &Reference, sources: &Index, source: &Source) -> Option<Diagnostic> {
    let id = &*reference.id;
    if sources.has(id) {
        return None;
    }
    let place = Place::new(&source.path, reference.span);
    if id.trim() != id && sources.places.contains_key(id.trim()) {
        let finding =
            Diagnostic::new(Rule::UnknownSource, place, format!("the id `{id}` has blanks around it"))
                .help(format!("write `{}`, without them", id.trim()));
        return Some(match reference.span.find(id, &source.text) {
            Some(inside) => finding.fix(inside, id.trim(), Applicability::Safe),
            None => finding,
        });
    }
    let finding =
        Diagnostic::new(Rule::UnknownSource, place, format!("there is no source with the id `{id}`"));
    Some(match suggest::closest(id, sources.ids.iter().map(|id| &**id)) {
        Some(right) if reference.span.of(&source.text) == id => finding
            .help(format!("did you mean `{right}`?"))
            .fix(reference.span, right, Applicability::MaybeIncorrect),
        Some(right) => finding.help(format!("did you mean `{right}`?")),
        None => finding.help(format!("add the source to `{}`", source.path)),
    })
}
