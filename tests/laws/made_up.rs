//! Made-up sites: conditions, phases, exercises, plans and the rest, linked at random, with or without mistakes.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::site::Files;

/// A word that an author might write, and what would be harmful if it became markup.
pub const HOSTILE: [&str; 16] = [
    "<script>alert(1)</script>",
    "\" onload=\"x",
    "' onload='x",
    "{{ site.title }}",
    "{% raw %}",
    "&amp;",
    "& < >",
    "]]>",
    "</title>",
    "<!--",
    "-->",
    "</script>",
    "é ü ß",
    "\\",
    "%20#?",
    "javascript:alert(1)",
];

/// The files of a made-up site, which a failing test shows as text.
#[derive(Clone)]
pub struct MadeUp(pub Files);

impl std::fmt::Debug for MadeUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|(path, bytes)| write!(f, "\n{path}\n{}", String::from_utf8_lossy(bytes)))
    }
}

/// What a page is, in numbers that stay small, so that pages meet.
#[derive(Clone, Debug)]
pub struct Sketch {
    pub kind: Kind,
    pub id: u8,
    pub status: Status,
    pub conditions: Vec<u8>,
    pub phases: Vec<u8>,
    /// Pages that the body links to, by their place in the list of sketches.
    pub links: Vec<usize>,
    pub mistake: Option<Mistake>,
    pub words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Exercise,
    Guidance,
    Term,
    Plan,
    Page,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Draft,
    Published,
    Retired,
}

#[derive(Clone, Copy, Debug)]
pub enum Mistake {
    MisspeltField,
    BrokenLink,
    UnknownCondition,
    NoSummary,
    RawHtml,
    NoEnd,
}

/// How many conditions and phases a site has.
const CONDITIONS: u8 = 2;
const PHASES: u8 = 2;

/// The words of an author: plain ones and hostile ones.
pub fn words() -> impl Strategy<Value = String> {
    vec(prop_oneof![2 => Just("knees"), 1 => proptest::sample::select(&HOSTILE[..])], 0..3)
        .prop_map(|words| words.join(" "))
}

fn sketch(mistakes: u32) -> impl Strategy<Value = Sketch> {
    use Kind::{Exercise, Guidance, Page, Plan, Term};
    let kind = prop_oneof![
        4 => Just(Exercise), 2 => Just(Guidance), 1 => Just(Term), 1 => Just(Plan), 1 => Just(Page)
    ];
    let status =
        prop_oneof![6 => Just(Status::Published), 1 => Just(Status::Draft), 1 => Just(Status::Retired)];
    let mistake = prop_oneof![
        Just(Mistake::MisspeltField),
        Just(Mistake::BrokenLink),
        Just(Mistake::UnknownCondition),
        Just(Mistake::NoSummary),
        Just(Mistake::RawHtml),
        Just(Mistake::NoEnd),
    ];
    let mistake = prop_oneof![10 => Just(None), mistakes => mistake.prop_map(Some)];
    let some = |most: u8| vec(0..most, 1..3);
    (
        kind,
        0u8..6,
        status,
        some(CONDITIONS),
        some(PHASES),
        vec(any::<prop::sample::Index>(), 0..3),
        mistake,
        words(),
    )
        .prop_map(|(kind, id, status, conditions, phases, links, mistake, words)| Sketch {
            kind,
            id,
            status,
            conditions,
            phases,
            links: links.into_iter().map(|link| link.index(1 << 16)).collect(),
            mistake,
            words,
        })
}

/// The files of a site without mistakes.
pub fn sound() -> impl Strategy<Value = MadeUp> {
    vec(sketch(0), 0..9).prop_map(|sketches| MadeUp(files(&sketches)))
}

/// The files of a site with some mistakes.
pub fn any_site() -> impl Strategy<Value = MadeUp> {
    vec(sketch(3), 0..9).prop_map(|sketches| MadeUp(files(&sketches)))
}

/// Text as it is written in YAML and TOML, in double quotes.
pub fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// The files of these pages, and of what every site needs.
pub fn files(sketches: &[Sketch]) -> Files {
    let mut files = frame("");
    let mut sketches = sketches.to_vec();
    // A plan needs something to plan.
    if published(&sketches, Kind::Exercise).is_empty() {
        sketches.retain(|sketch| sketch.kind != Kind::Plan);
    }
    for (at, sketch) in sketches.iter().enumerate() {
        files.insert(path(sketch), page(&sketches, at).into_bytes());
    }
    files
}

/// What every site needs, with `words` wherever an author writes.
pub fn frame(words: &str) -> Files {
    let q = |text: &str| quoted(&format!("{text} {words}"));
    let mut files = Files::new();
    let mut put = |path: &str, text: String| files.insert(path.to_owned(), text.into_bytes());
    put(
        "site.toml",
        format!(
            "title = {}\nnotice = \"Only a test.\"\nbase_url = \"https://example.org/a/b\"\nreview.required = false\n\
             publisher.name = {}\npublisher.address = {}\npublisher.opening_hours = {}\nhelp.urgent = {}\n\
             report.email = \"a@example.org\"\nrules.unused-source = \"allow\"\nrules.stray-markup = \"allow\"\n",
            q("Site"),
            q("Clinic"),
            q("A street\nA town"),
            q("Mondays"),
            q("the doctor"),
        ),
    );
    put(
        "content/people.yml",
        format!(
            "anna:\n  name: {}\n  role: clinician\n  credentials: {}\nben: {{name: Ben, role: clinician}}\n",
            q("Anna"),
            q("MSc")
        ),
    );
    put(
        "content/sources.yml",
        format!(
            "book:\n  title: {}\n  publisher: {}\n  year: 2020\n  url: https://example.org/?a=1&b=2\n  type: book\n",
            q("The book"),
            q("A house")
        ),
    );
    put("content/cautions.yml", format!("pregnancy:\n  name: {}\n", q("Pregnancy")));
    for n in 0..CONDITIONS {
        put(
            &format!("content/conditions/c{n}.md"),
            format!(
                "---\ntitle: {}\nsummary: {}\nstatus: published\nauthors: [anna]\nsafety_net: net\nsources: [book]\n\
                 body_region: {}\naka: [{}]\n---\nIt gets better [@book].\n\n## Course\n\nSlowly.\n",
                q(&format!("Condition {n}")),
                q("What it is."),
                q("Back"),
                q(&format!("Ache {n}")),
            ),
        );
    }
    for n in 0..PHASES {
        put(
            &format!("content/phases/p{n}.md"),
            format!(
                "---\ntitle: {}\nsummary: {}\nstatus: published\nauthors: [anna]\norder: {n}\n---\nGo on.\n",
                q(&format!("Phase {n}")),
                q("What to do."),
            ),
        );
    }
    put(
        "content/safety/net.md",
        format!(
            "---\ntitle: {}\nsummary: {}\nstatus: published\nauthors: [anna]\nsources: [book]\nemergency: [Numbness.]\n\
             urgent: [\"A fever, see [it](../conditions/c0.md).\"]\n---\nLook.\n",
            q("Signs"),
            q("What to look for."),
        ),
    );
    put("content/picture.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_owned());
    files
}

fn folder(kind: Kind) -> &'static str {
    match kind {
        Kind::Exercise => "exercises/",
        Kind::Guidance => "guidance/",
        Kind::Term => "glossary/",
        Kind::Plan => "plans/",
        Kind::Page => "",
    }
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Exercise => "exercise",
        Kind::Guidance => "guidance",
        Kind::Term => "term",
        Kind::Plan => "plan",
        Kind::Page => "page",
    }
}

/// The first letter of the ids of a kind. A plan can hold exercises and guidance, whose ids must differ for that.
fn letter(kind: Kind) -> char {
    if kind == Kind::Guidance { 'g' } else { 'x' }
}

fn path(sketch: &Sketch) -> String {
    format!("content/{}{}{}.md", folder(sketch.kind), letter(sketch.kind), sketch.id)
}

/// Whether the sketch is the one that its file holds in the end: of two at one path the later wins.
fn is_last(sketches: &[Sketch], at: usize) -> bool {
    let place = path(&sketches[at]);
    !sketches[at + 1..].iter().any(|other| path(other) == place)
}

/// The published pages of a kind among the sketches, by their ids.
fn published(sketches: &[Sketch], kind: Kind) -> Vec<u8> {
    let is_there = |at: &usize| {
        let sketch = &sketches[*at];
        sketch.kind == kind
            && sketch.status == Status::Published
            && sketch.mistake.is_none()
            && is_last(sketches, *at)
    };
    (0..sketches.len()).filter(is_there).map(|at| sketches[at].id).collect()
}

/// The text of a page.
fn page(sketches: &[Sketch], at: usize) -> String {
    let sketch = &sketches[at];
    let q = |text: &str| quoted(&format!("{text} {}", sketch.words));
    let list = |letter: char, numbers: &[u8]| {
        let mut ids: Vec<String> = numbers.iter().map(|n| format!("{letter}{n}")).collect();
        ids.sort();
        ids.dedup();
        ids.join(", ")
    };
    let items = published(sketches, Kind::Exercise);
    let mut front = format!("title: {}\n", q(&format!("Title {}", sketch.id)));
    if !matches!(sketch.mistake, Some(Mistake::NoSummary)) {
        front += &format!("summary: {}\n", q("A summary."));
    }
    front += match sketch.status {
        Status::Draft => "status: draft\n",
        Status::Published => "status: published\n",
        Status::Retired => "status: retired\nretired: {on: 2025-01-01, reason: It was old.}\n",
    };
    front += "authors: [anna]\n";
    if sketch.kind != Kind::Term {
        front += "sources: [book]\n";
    }
    if sketch.kind != Kind::Page && sketch.kind != Kind::Term {
        let conditions = list('c', &sketch.conditions);
        let unknown = if matches!(sketch.mistake, Some(Mistake::UnknownCondition)) { ", c9" } else { "" };
        front += &format!("conditions: [{conditions}{unknown}]\nphases: [{}]\n", list('p', &sketch.phases));
    }
    if matches!(sketch.mistake, Some(Mistake::MisspeltField)) {
        front += "sumary: Twice\n";
    }
    let mut body = String::from("Some words.\n");
    match sketch.kind {
        Kind::Exercise => {
            front += &format!(
                "start_position: standing\nequipment: [{}]\ncheck_if: [pregnancy]\ndose: {{reps: 5-10, sets: {}}}\n\
                 images:\n  - {{src: ../picture.svg, alt: {}, caption: {}}}\n",
                q("A chair"),
                sketch.id % 3 + 1,
                q("A person"),
                q("So"),
            );
            // Harder exercises have higher numbers, so that nothing leads back.
            let harder = items.iter().filter(|id| **id > sketch.id).min();
            if let Some(harder) = harder {
                front += &format!("harder: [x{harder}]\nprogress_when: \"It is **easy**.\"\n");
            }
            body += "\n## Steps\n\n1. Stand[^1].\n2. Bend, see [stop](#stop-if).\n\n## Stop if\n\n- It hurts [@book].\n";
            body += "\n[^1]: On *both* feet.\n";
        }
        Kind::Guidance => body += "\n## Why\n\nBecause.\n\n### More\n\n| A | B |\n|--|--|\n| 1 | 2 |\n",
        Kind::Term => front += &format!("definition: {}\n", q("A thing.")),
        Kind::Plan => {
            front += "goal: To move.\nitems:\n";
            for id in &items {
                front += &format!("  - {{ref: x{id}, note: \"Do *this*.\", dose: {{reps: 5}}}}\n");
            }
            front += "diary: {days: 7}\n";
        }
        Kind::Page => {}
    }
    for link in &sketch.links {
        let to = &sketches[link % sketches.len()];
        if published(sketches, to.kind).contains(&to.id) {
            let way = if sketch.kind == Kind::Page { "" } else { "../" };
            let (folder, name, id) =
                (folder(to.kind), name(to.kind), format!("{}{}", letter(to.kind), to.id));
            body += &format!("\nGo to [page {id}]({way}{folder}{id}.md) or [[{name}/{id}]].\n");
        }
    }
    match sketch.mistake {
        Some(Mistake::BrokenLink) => body += "\nGo to [nowhere](nowhere.md).\n",
        Some(Mistake::RawHtml) => body += "\n<b>Bold</b>\n",
        _ => {}
    }
    let end = if matches!(sketch.mistake, Some(Mistake::NoEnd)) { "" } else { "---\n" };
    format!("---\n{front}{end}{body}")
}
