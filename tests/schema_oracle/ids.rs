//! The same law for what `backsite schema` prints: it accepts the files in which the program finds neither a mistake of
//! shape nor a reference to something that is not there.

use std::collections::BTreeSet;
use std::sync::Arc;

use backsite::config;
use backsite::diagnostic::{Place, Rule};
use backsite::front_matter;
use backsite::language;
use backsite::markdown::Highlighter;
use backsite::page::{self, Page, Parsing};
use backsite::pipeline;
use backsite::register::{self, Registers};
use backsite::schema::{Schemas, validate};
use backsite::site::{Context, Drafts, assemble};
use backsite::source::{SitePath, Source};
use backsite::tree::{Node, ScalarKind, Value as TreeValue, toml};
use backsite::vocabulary::Vocabulary;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use crate::{apply, pointers, site, step, tree};

/// The demonstration site, with what its pages are read by.
struct Demonstration {
    read: site::Read,
    schemas: Schemas,
    registers: Registers,
    pages: Vec<Arc<Page>>,
}

impl Demonstration {
    fn new() -> Self {
        let read = site::read(&site::package()).unwrap();
        let (schemas, registers, findings) = pipeline::ground(&read.inputs, &read.config);
        assert_eq!(findings, []);
        let mut new = Self { read, schemas, registers, pages: Vec::new() };
        new.pages = new.read.inputs.pages.iter().map(|source| Arc::new(new.parse(source))).collect();
        new
    }

    fn parse(&self, source: &Source) -> Page {
        let parsing = Parsing {
            schemas: &self.schemas,
            highlighter: &Highlighter::default(),
            reading: &language::Settings::default(),
            language: "en",
        };
        page::parse(source, &parsing).0.unwrap()
    }

    fn oracle(&self, name: &str) -> jsonschema::Validator {
        oracle(&Vocabulary::of(&self.read.inputs, &self.read.config), name)
    }

    /// The front matter of each page, as JSON.
    fn documents(&self) -> Vec<(usize, Value)> {
        let front = |page: &Arc<Page>| {
            let split = front_matter::split(&page.source).unwrap();
            serde_yaml::from_str(split.yaml.of(&page.source.text)).unwrap()
        };
        self.pages.iter().map(front).enumerate().collect()
    }

    /// What the program finds in the page `at` if `document` is its front matter.
    fn mistakes(&self, at: usize, document: &Value) -> Vec<String> {
        let old = &self.pages[at];
        let kind = self.schemas.kind(&old.key.kind).unwrap();
        let whole = Place::file(&old.source.path);
        let found = validate(&kind.shape, &tree(document), &whole, &kind.article).findings;
        if !found.is_empty() {
            return found.into_iter().map(|finding| finding.message).collect();
        }
        // JSON is YAML.
        let text = format!("---\n{document}\n---\n");
        let page = self.parse(&Source { path: old.source.path.clone(), text: text.into() });
        let mut pages = self.pages.clone();
        pages[at] = Arc::new(page);
        let lost = BTreeSet::new();
        let context = Context {
            config: &self.read.config,
            schemas: &self.schemas,
            registers: &self.registers,
            assets: &self.read.inputs.assets,
            lost: &lost,
            damaged: &[],
            drafts: Drafts::Hidden,
        };
        let (_, findings) = assemble(context, pages);
        let is_reference = |rule| matches!(rule, Rule::UnknownReference | Rule::UnknownSource);
        findings
            .into_iter()
            .filter(|finding| finding.place.path == old.source.path && is_reference(finding.rule))
            .map(|finding| finding.message)
            .collect()
    }
}

fn oracle(vocabulary: &Vocabulary, name: &str) -> jsonschema::Validator {
    let text = vocabulary.schema(name).unwrap_or_else(|| panic!("there is no schema `{name}`"));
    let schema: Value = serde_json::from_str(&text).unwrap();
    assert!(!text.contains("\"x-"), "only plain JSON Schema is printed");
    assert!(jsonschema::meta::is_valid(&schema), "{name}");
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

fn runner(cases: u32) -> proptest::test_runner::TestRunner {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: asked.unwrap_or(cases),
        failure_persistence: None,
        ..ProptestConfig::default()
    })
}

#[test]
fn the_pages_of_the_demonstration_site_are_accepted() {
    let site = Demonstration::new();
    for (at, document) in site.documents() {
        let page = &site.pages[at];
        let errors: Vec<String> =
            site.oracle(&page.key.kind).iter_errors(&document).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0], "{}", page.source.path);
    }
}

#[test]
fn a_page_with_another_id_is_accepted_where_the_program_finds_the_id() {
    let site = Demonstration::new();
    let documents = site.documents();
    let oracles: Vec<jsonschema::Validator> =
        site.pages.iter().map(|page| site.oracle(&page.key.kind)).collect();
    // Ids of every kind and register, and some that are none.
    let mut ids: Vec<String> = site.pages.iter().map(|page| page.key.id.to_string()).collect();
    for register in backsite::schema::Register::ALL {
        ids.extend(site.registers.ids(register).map(str::to_owned));
    }
    ids.extend(
        ["nobody", "low-back-pian", "Low-Back-Pain", "condition/low-back-pain", " pacing"].map(Into::into),
    );
    let change = prop_oneof![
        4 => (any::<Index>(), select(ids)).prop_map(|(at, id)| (at, Some(id))),
        1 => any::<Index>().prop_map(|at| (at, None)),
    ];
    let strategy =
        (select(documents), proptest::collection::vec(change, 1..3), proptest::collection::vec(step(), 0..2));
    let seen = std::cell::Cell::new([0u32; 2]);
    runner(1000)
        .run(&strategy, |((at, mut document), changes, steps)| {
            for (place, id) in changes {
                let all = places_of_ids(&site, at, &document);
                let Some(pointer) = (!all.is_empty()).then(|| all[place.index(all.len())].clone()) else {
                    continue;
                };
                if let Some(id) = id {
                    *document.pointer_mut(&pointer).unwrap() = id.into();
                }
            }
            for step in steps {
                apply(&mut document, step);
            }
            let mistakes = site.mistakes(at, &document);
            let mut counts = seen.get();
            counts[usize::from(mistakes.is_empty())] += 1;
            seen.set(counts);
            let path = &site.pages[at].source.path;
            prop_assert_eq!(
                mistakes.is_empty(),
                oracles[at].is_valid(&document),
                "{}: {} {:?}",
                path,
                document,
                mistakes
            );
            Ok(())
        })
        .unwrap();
    let [refused, accepted] = seen.get();
    assert!(refused > 50 && accepted > 50, "{accepted} accepted, {refused} refused");
}

/// Where the front matter `document` of the page `at` names ids.
fn places_of_ids(site: &Demonstration, at: usize, document: &Value) -> Vec<String> {
    let page = &site.pages[at];
    let ids: BTreeSet<&str> = page.references.iter().map(|reference| &*reference.id).collect();
    let mut all = Vec::new();
    pointers(document, "", &mut all);
    all.retain(|pointer| {
        document.pointer(pointer).and_then(Value::as_str).is_some_and(|id| ids.contains(id))
    });
    all
}

#[test]
fn a_register_is_accepted_where_the_program_finds_no_mistake() {
    let site = Demonstration::new();
    let registers = ["people", "sources", "cautions"].map(|name| {
        let inputs = &site.read.inputs;
        let source = match name {
            "people" => &inputs.people,
            "sources" => &inputs.sources,
            _ => &inputs.cautions,
        };
        let document: Value = serde_yaml::from_str(&source.as_ref().unwrap().text).unwrap();
        (name, document)
    });
    for (name, document) in &registers {
        assert!(site.oracle(name).is_valid(document), "{name}");
    }
    let successor = any::<Index>().prop_map(Some);
    let strategy = (
        select(registers.to_vec()),
        proptest::collection::vec(step(), 0..2),
        prop_oneof![1 => Just(None), 1 => successor],
    );
    runner(150)
        .run(&strategy, |((name, mut document), steps, successor)| {
            for step in steps {
                apply(&mut document, step);
            }
            if let (Some(at), "sources", Some(entries)) = (successor, name, document.as_object_mut()) {
                let ids: Vec<String> = entries.keys().cloned().chain(["nothing".to_owned()]).collect();
                if let Some(first) = entries.values_mut().next().and_then(Value::as_object_mut) {
                    first.insert("superseded_by".to_owned(), json!(ids[at.index(ids.len())]));
                }
            }
            let mut inputs = site.read.inputs.clone();
            let path = format!("content/{name}.yml");
            let source = Source { path: SitePath::new(path), text: document.to_string().into() };
            let given = match name {
                "people" => &mut inputs.people,
                "sources" => &mut inputs.sources,
                _ => &mut inputs.cautions,
            };
            *given = Some(source);
            let [people, sources, cautions] =
                ["people", "sources", "cautions"].map(|one| match one == name {
                    true => match one {
                        "people" => inputs.people.as_ref(),
                        "sources" => inputs.sources.as_ref(),
                        _ => inputs.cautions.as_ref(),
                    },
                    false => None,
                });
            let (_, findings) = register::read(people, sources, cautions);
            let oracle = oracle(&Vocabulary::of(&inputs, &site.read.config), name);
            prop_assert_eq!(findings.is_empty(), oracle.is_valid(&document), "{} {:?}", document, findings);
            Ok(())
        })
        .unwrap();
}

#[test]
fn settings_are_accepted_where_the_program_finds_no_mistake() {
    let site = Demonstration::new();
    let oracle = site.oracle("site");
    let settings = |end: &str| {
        let text = format!("title = \"Back care\"\n{end}");
        let path = SitePath::new("site.toml");
        let (_, findings) = config::read(Some(&Source { path, text: text.as_str().into() }));
        (findings, from_toml(&text))
    };
    for end in [
        "",
        "language = \"en-GB\"\n",
        "language = \"english\"\n",
        "titel = \"Again\"\n",
        "[review]\nevery = \"P2Y\"\n",
        "[review]\nevery = \"P4Y\"\n",
        "[rules]\nsentence-too-long = \"note\"\n",
        "[rules]\nsentence-too-long = \"warning\"\n",
        "[rules]\nsentense-too-long = \"note\"\n",
        // No site can change this one.
        "[rules]\nraw-html = \"note\"\n",
        "[report]\nemail = \"a@example.org\"\n",
        "[report]\nemail = \"a@example.org\"\nurl = \"https://example.org\"\n",
        "[reading]\nmax_words = 3\n",
        "[theme_settings]\naccent = \"#005eb8\"\n",
        "[theme_settings]\naccent = \"blue\"\n",
    ] {
        let (findings, document) = settings(end);
        assert_eq!(findings.is_empty(), oracle.is_valid(&document), "{end} {findings:?}");
    }
    assert!(oracle.is_valid(&from_toml(&site.read.inputs.settings.as_ref().unwrap().text)));
}

/// The TOML document `text` as JSON.
fn from_toml(text: &str) -> Value {
    fn json(node: &Node) -> Value {
        match &node.value {
            TreeValue::Map(entries) => {
                entries.iter().map(|entry| (entry.key.to_string(), json(&entry.value))).collect()
            }
            TreeValue::List(items) => items.iter().map(json).collect(),
            TreeValue::Scalar(scalar) => match scalar.kind {
                ScalarKind::Bool(value) => value.into(),
                ScalarKind::Integer(value) => value.into(),
                ScalarKind::Float(value) => value.into(),
                ScalarKind::Null | ScalarKind::Text => (*scalar.text).into(),
            },
            TreeValue::Refused | TreeValue::Unread => panic!("a value was refused"),
        }
    }
    let (tree, findings) = toml::parse(text, &SitePath::new("site.toml"));
    assert_eq!(findings, []);
    json(&tree)
}
