//! Registers, and the findings about them.

use super::*;
use crate::clinical::Date;
use crate::diagnostic::Diagnostic;
use crate::schema::shape::{Literal, Others};
use crate::source::{LineIndex, Source, Span, Spanned};

fn source(register: Register, text: &str) -> Source {
    Source { path: Registers::default().path(register).clone(), text: text.into() }
}

/// A finding on one line: place, rule, message, help, and the text of a fix.
fn line(finding: &Diagnostic, text: &str) -> String {
    let at = LineIndex::new(text).position(finding.place.span.start);
    let help = finding.help.as_deref().unwrap_or("-");
    let fix = finding.fix.as_ref().map_or(String::new(), |fix| format!(" | fix: {}", fix.text));
    format!("{}:{} {} | {} | {help}{fix}", at.line, at.column, finding.rule.name(), finding.message)
}

/// Reads `text` as `register`, beside two that have no file.
#[track_caller]
fn finds(register: Register, text: &str, expected: &[&str]) -> Registers {
    let source = source(register, text);
    let only = |this: Register| (this == register).then_some(&source);
    let (registers, findings) = read(only(Register::People), only(Register::Source), only(Register::Caution));
    assert!(findings.iter().all(|finding| finding.place.path == source.path));
    let lines: Vec<String> = findings.iter().map(|finding| line(finding, text)).collect();
    assert_eq!(lines.join("\n"), expected.join("\n"), "{text}");
    registers
}

/// Whether the register is intact, and its ids.
fn known(registers: &Registers, register: Register) -> (bool, Vec<&str>) {
    (registers.is_intact(register), registers.ids(register).collect())
}

/// The bytes of the first `part` in `text`.
fn span(text: &str, part: &str) -> Span {
    let start = text.find(part).unwrap();
    Span::new(start, start + part.len())
}

/// The bytes of `id` where it is the key of an entry of `text`.
fn key(text: &str, id: &str) -> Span {
    let start = text.find(&format!("{id}:\n")).unwrap();
    Span::new(start, start + id.len())
}

#[test]
fn the_shapes_are_sound_and_have_words_for_people() {
    for (name, text) in [
        ("people", include_str!("../schema/registers/people.json")),
        ("sources", include_str!("../schema/registers/sources.json")),
        ("cautions", include_str!("../schema/registers/cautions.json")),
    ] {
        let (shape, findings) = Shape::compile(text, &SitePath::new(name));
        assert_eq!(findings, [], "{name}");
        let Others::Each(each) = shape.object.others else { panic!("{name} has no entries") };
        for property in &each.object.properties {
            assert!(property.shape.notes.description.is_some(), "{} of {name}", property.name);
        }
    }
}

#[test]
fn registers_without_files_are_empty_and_intact() {
    let (registers, findings) = read(None, None, None);
    assert_eq!(findings, []);
    for (register, path) in Register::ALL.into_iter().zip(["people", "sources", "cautions"]) {
        assert_eq!(known(&registers, register), (true, vec![]));
        assert_eq!(registers.path(register).as_str(), format!("content/{path}.yml"));
    }
    assert_eq!(known(&finds(Register::People, "", &[]), Register::People), (true, vec![]));
}

#[test]
fn every_field_of_a_person_is_read() {
    let text = "zoe:
  name: Zoe Ash
  role: clinician
  credentials: MSc
  active: false
anna:
  name: Anna Berg
  role: organisation
";
    let registers = finds(Register::People, text, &[]);
    let zoe = Person {
        id: "zoe".into(),
        span: span(text, "zoe"),
        name: "Zoe Ash".to_owned(),
        role: Some(Role::Clinician),
        credentials: Some("MSc".to_owned()),
        active: false,
    };
    let anna = Person {
        id: "anna".into(),
        span: span(text, "anna"),
        name: "Anna Berg".to_owned(),
        role: Some(Role::Organisation),
        credentials: None,
        active: true,
    };
    assert_eq!(known(&registers, Register::People), (true, vec!["zoe", "anna"]));
    assert_eq!(registers.people().collect::<Vec<_>>(), [&zoe, &anna]);
    assert_eq!((registers.person("anna"), registers.person("bob")), (Some(&anna), None));
}

#[test]
fn every_field_of_a_source_is_read() {
    let text = "old:
  title: T
  publisher: P
  year: 2016
  doi: 10.1000/182
  type: guideline
  accessed: 2025-01-02
  expires: 2026-03-04
  superseded_by: new-2020
  withdrawn: 2025-06-30
new-2020:
  title: T
  publisher: P
  year: 2016-2020
  isbn: 978-3-16-148410-0
  type: book
  withdrawn: true
web:
  title: T
  publisher: P
  year: \"2020\"
  url: https://example.org/a
  type: leaflet
  withdrawn: false
";
    let registers = finds(Register::Source, text, &[]);
    let date = |date: &str| Spanned { value: Date::parse(date).unwrap(), span: span(text, date) };
    let bare = |id: &str, year: &str, kind| SourceEntry {
        id: id.into(),
        span: key(text, id),
        title: "T".to_owned(),
        publisher: "P".to_owned(),
        year: year.trim_matches('"').to_owned(),
        year_span: Some(span(text, year)),
        doi: None,
        url: None,
        isbn: None,
        kind,
        accessed: None,
        expires: None,
        superseded_by: None,
        withdrawn: None,
    };
    let old = SourceEntry {
        doi: Some("10.1000/182".to_owned()),
        accessed: Some(date("2025-01-02")),
        expires: Some(date("2026-03-04")),
        superseded_by: Some(Spanned { value: "new-2020".to_owned(), span: span(text, "new-2020") }),
        withdrawn: Some(Withdrawal { on: Date::parse("2025-06-30").ok(), span: span(text, "2025-06-30") }),
        ..bare("old", "2016", Some(SourceKind::Guideline))
    };
    let new = SourceEntry {
        isbn: Some("978-3-16-148410-0".to_owned()),
        withdrawn: Some(Withdrawal { on: None, span: span(text, "true") }),
        ..bare("new-2020", "2016-2020", Some(SourceKind::Book))
    };
    let web = SourceEntry {
        url: Some("https://example.org/a".to_owned()),
        ..bare("web", "\"2020\"", Some(SourceKind::Leaflet))
    };
    assert_eq!(registers.sources().collect::<Vec<_>>(), [&old, &new, &web]);
    assert_eq!(registers.source("new-2020"), Some(&new));
}

#[test]
fn every_field_of_a_caution_is_read() {
    let text = "osteoporosis:\n  name: Osteoporosis\n  aka: [thin bones]\nhernia:\n  name: A hernia\n";
    let registers = finds(Register::Caution, text, &[]);
    let caution = |id: &str, name: &str, aka: &[&str]| Caution {
        id: id.into(),
        span: span(text, id),
        name: name.to_owned(),
        aka: aka.iter().map(|name| (*name).to_owned()).collect(),
    };
    let expected =
        [caution("osteoporosis", "Osteoporosis", &["thin bones"]), caution("hernia", "A hernia", &[])];
    assert_eq!(registers.cautions().cloned().collect::<Vec<_>>(), expected);
    assert_eq!(registers.caution("hernia"), expected.get(1));
}

#[test]
fn every_listed_role_and_type_has_its_typed_value() {
    let values = |register, field: &str| -> Vec<Box<str>> {
        let Others::Each(each) = shape(register).object.others else { return Vec::new() };
        let listed = each.object.property(field).and_then(|property| property.shape.values.clone());
        let text = |literal| match literal {
            Literal::Text(text) => Some(text),
            _ => None,
        };
        listed.into_iter().flatten().filter_map(text).collect()
    };
    let (roles, types) = (values(Register::People, "role"), values(Register::Source, "type"));
    assert_eq!((roles.len(), types.len()), (6, 6));
    for role in roles {
        let registers = finds(Register::People, &format!("a:\n  name: A\n  role: {role}\n"), &[]);
        assert_eq!(registers.people().count(), 1, "{role}");
    }
    for kind in types {
        let text =
            format!("a:\n  title: T\n  publisher: P\n  year: 2016\n  doi: 10.1000/1\n  type: {kind}\n");
        assert_eq!(finds(Register::Source, &text, &[]).sources().count(), 1, "{kind}");
    }
}

#[test]
fn an_entry_with_a_mistake_keeps_its_id_and_its_sound_fields() {
    let text = "a:\n  titel: T\n  publisher: P\n  type: trial\nb: NICE\nc:\n";
    let registers = finds(
        Register::Source,
        text,
        &[
            "1:1 missing-field | `a` needs `year` | add `year`: the year in which it came out",
            "1:1 missing-field | `a` needs one of `doi`, `url` or `isbn` | add `doi`, `url` or `isbn`",
            "2:3 unknown-field | `titel` is not a field of `a` | did you mean `title`? | fix: title",
            "5:4 wrong-type | `b` needs fields of its own, and this is the text `NICE` | write its fields below it, each on a line of its own: `title`, `publisher`, `year`, `doi`, `url`, `isbn`, `type`, `accessed`, `expires`, `superseded_by` and `withdrawn`",
            "6:3 wrong-type | `c` has no value | write a value, or take the line out",
        ],
    );
    assert_eq!(known(&registers, Register::Source), (true, vec!["a", "b", "c"]));
    let source = registers.source("a").unwrap();
    assert_eq!((&*source.title, &*source.publisher, source.kind), ("a", "P", Some(SourceKind::Trial)));
    assert_eq!(registers.sources().count(), 1);
}

#[test]
fn a_mistake_in_one_entry_leaves_its_neighbours_alone() {
    let text = "a:\n  name: A\n  role: author\nb:\n  name: B\n  role: autor\nc:\n  name: C\n  role: editor\n";
    let registers = finds(
        Register::People,
        text,
        &[
            "6:9 invalid-value | `role` does not take `autor` | did you mean `author`? it takes `author`, `clinician`, `pharmacist`, `prescriber`, `editor` or `organisation` | fix: author",
        ],
    );
    let ids: Vec<&str> = registers.people().map(|person| &*person.id).collect();
    assert_eq!(ids, ["a", "b", "c"]);
}

#[test]
fn the_values_of_a_source_have_their_forms() {
    let text = "a:
  title: T
  publisher: P
  year: 16
  doi: https://example.org/10.1000/1
  type: guidelines
b:
  title: T
  publisher: P
  year: 2016/17
  isbn: 9783161484100
  type: book
  accessed: 1.2.2025
  expires: 2025-02-30
  withdrawn: maybe
";
    finds(
        Register::Source,
        text,
        &[
            "4:9 out-of-range | `year` is `16`, and the least is 1000 | write a whole number from 1000 to 2999",
            "5:8 invalid-value | `doi` can't be `https://example.org/10.1000/1` | write it as `10.1002/14651858.CD007612.pub2`",
            "6:9 invalid-value | `type` does not take `guidelines` | did you mean `guideline`? it takes `guideline`, `systematic-review`, `trial`, `leaflet`, `book` or `law` | fix: guideline",
            "10:9 invalid-value | `year` can't be `2016/17` | write it as `2016` or `2016-2020`",
            "11:9 wrong-type | `isbn` needs text, and this is the number `9783161484100` | put it in quotes: `\"9783161484100\"` | fix: \"9783161484100\"",
            "13:13 date-not-iso | `accessed` is not a date as year, month and day: `1.2.2025` | write your day as year, month and day, as in `2026-03-31`",
            "14:12 date-impossible | `expires` is no day of the calendar: `2025-02-30` | look up the day again",
            "15:14 date-not-iso | `withdrawn` is not a date as year, month and day: `maybe` | write your day as year, month and day, as in `2026-03-31`",
        ],
    );
}

#[test]
fn a_source_is_found_in_one_way_only() {
    let text = "a:\n  title: T\n  publisher: P\n  year: 2016\n  url: https://example.org\n  type: trial\n  doi: 10.1000/1\n";
    finds(
        Register::Source,
        text,
        &["7:3 invalid-value | `a` can't have `doi` and `url` together | keep one of them"],
    );
}

#[test]
fn the_successor_of_a_source_is_in_the_register() {
    let entry = |id: &str, successor: &str| {
        format!(
            "{id}:\n  title: T\n  publisher: P\n  year: 2016\n  url: https://example.org\n  type: law\n  superseded_by: {successor}\n"
        )
    };
    let text =
        format!("{}{}{}", entry("law-2010", "law-2020"), entry("law-2020", "law-202"), entry("c", "zzz"));
    let registers = finds(
        Register::Source,
        &text,
        &[
            "14:18 unknown-source | there is no source with the id `law-202` | did you mean `law-2020`? | fix: law-2020",
            "21:18 unknown-source | there is no source with the id `zzz` | add the source to `content/sources.yml`",
        ],
    );
    assert_eq!(
        registers.sources().map(|source| &*source.id).collect::<Vec<_>>(),
        ["law-2010", "law-2020", "c"]
    );
    let successor = |id: &str| registers.source(id).and_then(|source| source.superseded_by.clone());
    assert!(successor("law-2010").is_some() && successor("law-2020").is_none());
}

#[test]
fn a_register_whose_ids_are_not_all_known_is_not_intact() {
    let people = Register::People;
    let bad_id = finds(
        people,
        "Anna Berg:\n  name: Anna Berg\n  role: author\n",
        &[
            "1:1 invalid-value | `Anna Berg` can't be an id | write an id in small letters, digits and hyphens, as `anna-berg`",
        ],
    );
    assert_eq!(known(&bad_id, people), (true, vec!["Anna Berg"]));
    for (id, is_there) in [("Anna Berg", true), ("anna-berg", true), ("anna", true), ("ben", false)] {
        assert_eq!(bad_id.has(people, id), is_there, "{id}");
    }
    assert!(!bad_id.is_certain(people));
    let list = finds(
        people,
        "- id: anna\n  name: Anna Berg\n",
        &[
            "1:1 wrong-type | the register of people needs an id before each entry | begin each entry with its id and a colon, and write its fields below, each two blanks further in",
        ],
    );
    assert_eq!(known(&list, people), (false, vec![]));
    let unreadable =
        finds(people, "anna: [\n", &["1:7 yaml-syntax | `[` is never closed | close it with `]`"]);
    assert_eq!(known(&unreadable, people), (true, vec!["anna"]));
    let nothing = finds(people, "- [anna\n", &["1:3 yaml-syntax | `[` is never closed | close it with `]`"]);
    assert_eq!(known(&nothing, people), (false, vec![]));
    let without_id = finds(
        people,
        "name: Anna\nrole: author\nben:\n  name: Ben\n  role: author\n",
        &[
            "1:1 field-not-indented | there is no id above `name` | write the id of the entry with a colon above it, and two spaces before each of its fields",
        ],
    );
    assert_eq!(known(&without_id, people), (false, vec!["ben"]));
}

#[test]
fn an_id_that_is_given_twice_counts_once() {
    let text = "a:\n  name: A\n  role: author\na:\n  name: B\n  role: author\n";
    let registers =
        finds(Register::People, text, &["4:1 duplicate-key | `a` is given twice | keep one of the two"]);
    assert_eq!(registers.people().map(|person| &*person.name).collect::<Vec<_>>(), ["A"]);
}

#[test]
fn what_was_refused_when_it_was_read_is_one_finding() {
    let text = "a:\n  name: *name\n  role: author\n";
    let registers = finds(
        Register::People,
        text,
        &[
            "2:9 yaml-alias | `*name` is an alias of YAML, which is not supported | write the value out; put it in quotes if it begins with an asterisk",
        ],
    );
    assert_eq!(known(&registers, Register::People), (true, vec!["a"]));
}
