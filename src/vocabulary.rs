//! What the files of a site may say, for editors: JSON Schemas of pages, registers and settings, with the site's own ids.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::config::{self, Config};
use crate::diagnostic::Rule;
use crate::input::Inputs;
use crate::page;
use crate::pipeline;
use crate::register;
use crate::report;
use crate::schema::{Ids, Kind, Register, Schemas, Shape, Target, json_schema};

/// What a site's files may say.
pub struct Vocabulary {
    schemas: Schemas,
    ids: Ids,
}

/// What a schema is about.
enum Subject<'a> {
    /// The front matter of pages.
    Kind(&'a Kind),
    /// The file of a register.
    Register(Register),
    /// `site.toml`.
    Settings,
}

impl Vocabulary {
    /// The vocabulary of the site that is made of `inputs` and has these settings.
    ///
    /// An id is known by the name of its file, whatever that holds. Where a register can't be read, and where a page
    /// lies that is none, the ids are as [`crate::site`] takes them: what may be meant is no mistake.
    pub fn of(inputs: &Inputs, config: &Config) -> Self {
        let (schemas, registers, _) = pipeline::ground(inputs, config);
        let mut findings = inputs.findings.clone();
        let mut ids = Ids::unknown();
        for kind in schemas.kinds() {
            ids.add(Target::Kind(kind.name.clone()), []);
        }
        for path in inputs.pages.iter().map(|page| &page.path).chain(&inputs.damaged) {
            match page::key(path, &schemas) {
                Some(Ok(key)) => ids.add(Target::Kind((*key.kind).into()), [&*key.id]),
                Some(Err(finding)) => findings.push(*finding),
                None => {}
            }
        }
        let lost: BTreeSet<String> = pipeline::lost(&findings);
        for kind in schemas.kinds() {
            ids.add(Target::Kind(kind.name.clone()), lost.iter().map(String::as_str));
        }
        for register in Register::ALL.into_iter().filter(|register| registers.is_certain(*register)) {
            ids.add(Target::Register(register), registers.ids(register));
        }
        Self { schemas, ids }
    }

    /// The names of everything that has a schema.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.subjects().map(|subject| subject.name())
    }

    /// The JSON Schema of what is called `name`, as a document on lines of its own.
    pub fn schema(&self, name: &str) -> Option<String> {
        let subject = self.subjects().find(|subject| subject.name() == name)?;
        let mut schema = json_schema(&subject.shape(), &self.ids);
        if let Subject::Settings = subject {
            name_rules(&mut schema);
        }
        Some(report::json_lines(&schema))
    }

    /// All that has a schema, for a terminal: its name, the files that it is about, and what they are.
    pub fn list(&self) -> String {
        let rows: Vec<[String; 3]> = self
            .subjects()
            .map(|subject| [subject.name().to_owned(), subject.files(), subject.description()])
            .collect();
        let width =
            |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
        let (names, files) = (width(0), width(1));
        let mut list = String::new();
        for [name, file, description] in &rows {
            let row = report::one_line(&format!("{name:names$}  {file:files$}  {description}"));
            // Writing to a text can't fail.
            let _ = writeln!(list, "{}", row.trim_end());
        }
        list.push_str(
            "\nTo list all fields of one as JSON Schema, with the ids of this site, type its name:\n\
             backsite schema exercise\n",
        );
        list
    }

    fn subjects(&self) -> impl Iterator<Item = Subject<'_>> {
        let kinds = self.schemas.kinds().iter().map(Subject::Kind);
        kinds.chain(Register::ALL.map(Subject::Register)).chain([Subject::Settings])
    }
}

impl<'a> Subject<'a> {
    fn name(&self) -> &'a str {
        match self {
            Self::Kind(kind) => &kind.name,
            Self::Register(register) => register::file_stem(*register),
            Self::Settings => "site",
        }
    }

    fn files(&self) -> String {
        match self {
            Self::Kind(kind) => match &kind.folder {
                Some(folder) => format!("content/{folder}/*.md"),
                None => "content/*.md".to_owned(),
            },
            Self::Register(register) => format!("content/{}.yml", register::file_stem(*register)),
            Self::Settings => "site.toml".to_owned(),
        }
    }

    fn shape(&self) -> Shape {
        match self {
            Self::Kind(kind) => kind.shape.clone(),
            Self::Register(register) => register::shape(*register),
            Self::Settings => config::shape(),
        }
    }

    /// What it is, in a sentence.
    fn description(&self) -> String {
        let notes = self.shape().notes;
        let text = notes.description.or(notes.title).unwrap_or_default();
        text.split_inclusive(". ").next().unwrap_or_default().trim_end().to_owned()
    }
}

/// Names in the schema of the settings every rule that a site can change, with what it finds.
fn name_rules(settings: &mut Value) {
    let Some(rules) = settings.pointer_mut("/properties/rules").and_then(Value::as_object_mut) else {
        return;
    };
    let level = rules.insert("additionalProperties".into(), false.into());
    let level = level.as_ref().and_then(Value::as_object).cloned().unwrap_or_default();
    let of = |rule: &Rule| {
        let mut level = level.clone();
        level.insert("description".into(), rule.summary().into());
        level.insert("default".into(), rule.default_level().name().into());
        (rule.name().to_owned(), Value::Object(level))
    };
    let named: Map<String, Value> = Rule::ALL.iter().filter(|rule| rule.is_configurable()).map(of).collect();
    rules.insert("properties".into(), json!(named));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SitePath, Source};

    fn source(path: &str, text: &str) -> Source {
        Source { path: SitePath::new(path), text: text.into() }
    }

    /// The site of these files, as they are read.
    fn inputs(files: &[(&str, &str)]) -> Inputs {
        let mut inputs = Inputs::default();
        for (path, text) in files {
            match *path {
                "content/people.yml" => inputs.people = Some(source(path, text)),
                "content/sources.yml" => inputs.sources = Some(source(path, text)),
                "content/cautions.yml" => inputs.cautions = Some(source(path, text)),
                path if path.starts_with("schemas/") => inputs.schemas.push(source(path, text)),
                path => inputs.pages.push(source(path, text)),
            }
        }
        inputs
    }

    /// The ids that the field at `pointer` of a schema can name.
    fn ids(inputs: &Inputs, name: &str, pointer: &str) -> Option<Vec<String>> {
        let schema = Vocabulary::of(inputs, &Config::default()).schema(name).unwrap();
        let schema: Value = serde_json::from_str(&schema).unwrap();
        let field = schema.pointer(pointer).unwrap();
        let ids = field.get("enum")?.as_array().unwrap();
        Some(ids.iter().map(|id| id.as_str().unwrap().to_owned()).collect())
    }

    fn list(ids: &[&str]) -> Option<Vec<String>> {
        Some(ids.iter().map(|id| (*id).to_owned()).collect())
    }

    const HARDER: &str = "/properties/harder/items";
    const AUTHORS: &str = "/properties/authors/items";
    const AVOID: &str = "/properties/avoid_if/items";

    #[test]
    fn a_page_is_known_by_its_name_whatever_it_holds() {
        let mut site = inputs(&[
            ("content/exercises/squat.md", "---\ntitle: [\n---\n"),
            ("content/exercises/bridge.md", "no front matter"),
            ("content/guidance/rest.md", ""),
        ]);
        site.damaged.push(SitePath::new("content/exercises/plank.md"));
        assert_eq!(ids(&site, "exercise", HARDER), list(&["bridge", "plank", "squat"]));
        assert_eq!(
            ids(&site, "plan", "/properties/items/items/properties/ref"),
            list(&["bridge", "plank", "rest", "squat"])
        );
    }

    #[test]
    fn a_page_that_lies_where_none_can_is_known_by_the_name_that_it_could_have() {
        let site = inputs(&[
            ("content/exercises/deeper/squat.md", ""),
            ("content/exercise/bridge.md", ""),
            ("content/exercises/plank.md", ""),
        ]);
        assert_eq!(ids(&site, "exercise", HARDER), list(&["bridge", "plank", "squat"]));
    }

    #[test]
    fn what_nothing_is_known_of_takes_every_id() {
        // No exercise, no register, no condition and no caution yet.
        let site = inputs(&[("content/index.md", "")]);
        assert_eq!(ids(&site, "exercise", HARDER), None);
        assert_eq!(ids(&site, "exercise", AUTHORS), None);
        assert_eq!(ids(&site, "exercise", AVOID), None);
        // A register that can't be read may have any entry.
        let site = inputs(&[
            ("content/people.yml", "- [anna\n"),
            ("content/cautions.yml", "- [osteoporosis\n"),
            ("content/conditions/back-pain.md", ""),
        ]);
        assert_eq!(ids(&site, "exercise", AUTHORS), None);
        assert_eq!(ids(&site, "exercise", AVOID), None);
        assert_eq!(ids(&site, "exercise", "/properties/conditions/items"), list(&["back-pain"]));
    }

    #[test]
    fn an_entry_with_a_mistake_keeps_its_id() {
        let site = inputs(&[
            ("content/people.yml", "ben: {name: Ben}\nanna: {name: Anna, role: clinician}\n"),
            ("content/cautions.yml", "osteoporosis: {nam: Thin bones}\n"),
            ("content/conditions/back-pain.md", ""),
        ]);
        assert_eq!(ids(&site, "exercise", AUTHORS), list(&["anna", "ben"]));
        assert_eq!(ids(&site, "exercise", AVOID), list(&["back-pain", "osteoporosis"]));
    }

    #[test]
    fn a_kind_of_the_site_that_is_broken_leaves_the_others_as_they_are() {
        let leaflet = r#"{"x-kind": {"name": "leaflet", "plural": "leaflets", "folder": "leaflets"}, "properties":
            {"goes_with": {"type": "string", "x-ref": ["exercise", "self"]}}}"#;
        let site = inputs(&[
            ("schemas/leaflet.json", leaflet),
            ("schemas/term.json", "{ \"properties\": {"),
            ("content/leaflets/stay-active.md", ""),
            ("content/exercises/squat.md", ""),
        ]);
        assert_eq!(ids(&site, "leaflet", "/properties/goes_with"), list(&["squat", "stay-active"]));
        let term = Vocabulary::of(&site, &Config::default()).schema("term").unwrap();
        let term: Value = serde_json::from_str(&term).unwrap();
        assert_eq!(term.get("additionalProperties"), None, "what it would have allowed is no mistake");
    }

    #[test]
    fn the_order_of_the_files_does_not_matter() {
        let mut site = inputs(&[
            ("content/exercises/squat.md", ""),
            ("content/exercises/bridge.md", ""),
            ("content/conditions/back-pain.md", ""),
        ]);
        let print = |site: &Inputs| {
            let vocabulary = Vocabulary::of(site, &Config::default());
            let schemas = vocabulary.names().map(|name| vocabulary.schema(name).unwrap());
            schemas.chain([vocabulary.list()]).collect::<String>()
        };
        let first = print(&site);
        site.pages.reverse();
        assert_eq!(print(&site), first);
    }

    #[test]
    fn no_name_stands_for_two_things() {
        for name in ["people", "sources", "cautions", "site"] {
            let kind =
                format!(r#"{{"x-kind": {{"name": "{name}", "plural": "{name}", "folder": "folder"}}}}"#);
            let site = inputs(&[(&format!("schemas/{name}.json"), &kind)]);
            let vocabulary = Vocabulary::of(&site, &Config::default());
            assert_eq!(vocabulary.names().filter(|known| *known == name).count(), 1, "{name}");
        }
    }
}
