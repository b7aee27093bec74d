//! Makes up sites of any size: exercises, guidance and medicines for conditions and phases, with doses, sources,
//! citations and links. The same numbers give the same site, byte for byte. No rule finds fault with it.

#[path = "corpus/body.rs"]
mod body;
#[path = "corpus/dice.rs"]
mod dice;
#[path = "corpus/words.rs"]
mod words;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use dice::Dice;
use words::*;

/// How large a site is made.
#[derive(Clone, Copy)]
pub struct Size {
    /// How many pages it has besides those of conditions, phases and the safety net.
    pub pages: usize,
    /// How many conditions they are for, at most 240.
    pub conditions: usize,
}

impl Size {
    /// So many pages, a hundred to a condition, for 5 to 200 conditions.
    pub fn of(pages: usize) -> Self {
        Self { pages, conditions: (pages / 100).clamp(5, 200) }
    }
}

/// What has to be known of a page to link to it.
struct Head {
    kind: Kind,
    title: String,
    slug: String,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Exercise,
    Guidance,
    Medicine,
}

impl Kind {
    fn folder(self) -> &'static str {
        match self {
            Self::Exercise => "exercises",
            Self::Guidance => "guidance",
            Self::Medicine => "medicines",
        }
    }
}

/// The files of a site: their paths below its root, and their texts.
pub fn files(size: Size, seed: u64) -> Vec<(String, String)> {
    let heads: Vec<Head> = (0..size.pages).map(|index| head(index, seed)).collect();
    let conditions: Vec<String> = (0..size.conditions).map(condition).collect();
    // So few that some page names each of them.
    let sources = (size.pages / 20).max(40).min(size.pages / 2 + 1);
    let mut files = vec![
        ("site.toml".to_owned(), SETTINGS.to_owned()),
        ("content/people.yml".to_owned(), people()),
        ("content/sources.yml".to_owned(), register(sources, seed)),
        (
            "content/index.md".to_owned(),
            format!("---\ntitle: Clinic handouts\nsummary: Handouts for you.\n{SIGNED}---\n\nWelcome.\n"),
        ),
        ("content/safety/get-help.md".to_owned(), safety_net()),
    ];
    for (order, (id, title)) in (1..).zip(PHASES) {
        let text = format!(
            "---\ntitle: {title}\nsummary: What to do now.\norder: {order}\n{SIGNED}---\n\nMove a little and often.\n"
        );
        files.push((format!("content/phases/{id}.md"), text));
    }
    for title in &conditions {
        let text = format!(
            "---\ntitle: {title}\nsummary: Help with this.\nsafety_net: get-help\nsources: [s0]\n{SIGNED}---\n\nIt gets better with time.\n"
        );
        files.push((format!("content/conditions/{}.md", slug(title)), text));
    }
    let ids: Vec<String> = conditions.iter().map(|title| slug(title)).collect();
    for (index, head) in heads.iter().enumerate() {
        files.push((
            format!("content/{}/{}.md", head.kind.folder(), head.slug),
            page(index, &heads, &ids, sources, seed),
        ));
    }
    files
}

/// Writes the files of a site below `root`.
pub fn write(root: &Path, files: &[(String, String)]) -> io::Result<()> {
    for (path, text) in files {
        let path = root.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, text)?;
    }
    Ok(())
}

const SETTINGS: &str =
    "title = \"Clinic handouts\"\nlanguage = \"en\"\nbase_url = \"https://handouts.example.org\"\n";

const SIGNED: &str = "status: published\nauthors: [p0]\nreviewed_by: [p1]\nlast_reviewed: 2026-03-04\n";

fn people() -> String {
    (0..8).fold(String::new(), |mut text, number| {
        let role = if number == 0 { "author" } else { "clinician" };
        let _ = write!(text, "p{number}:\n  name: \"Sam Lee {number}\"\n  role: {role}\n  active: true\n");
        text
    })
}

fn register(count: usize, seed: u64) -> String {
    let mut dice = Dice(seed ^ 0x5eed);
    (0..count).fold(String::new(), |mut text, number| {
        let (topic, region, publisher) = (dice.one(&TOPICS), dice.one(&REGIONS), dice.one(&PUBLISHERS));
        let year = dice.between(2008, 2025);
        let _ = write!(
            text,
            "s{number}:\n  title: \"{topic}: the {region}\"\n  publisher: {publisher}\n  year: {year}\n  \
             url: https://evidence.example.org/{year}/{number}\n  type: trial\n"
        );
        text
    })
}

fn safety_net() -> String {
    let signs =
        SIGNS[..4].iter().fold(String::new(), |text, sign| text + "  - " + &body::sentence_case(sign) + "\n");
    format!(
        "---\ntitle: When to get help fast\nsummary: Signs that need help now.\nsources: [s0]\n{SIGNED}emergency:\n{signs}---\n\nGet help at once.\n"
    )
}

/// The title of a condition; 240 are different.
fn condition(number: usize) -> String {
    let problem = PROBLEMS[(number + number / REGIONS.len() * 5) % PROBLEMS.len()];
    body::sentence_case(&format!("{} {problem}", REGIONS[number % REGIONS.len()]))
}

fn head(index: usize, seed: u64) -> Head {
    let mut dice = Dice(seed.wrapping_mul(31).wrapping_add(index as u64));
    let region = REGIONS[dice.below(REGIONS.len())];
    let (kind, title) = match dice.below(20) {
        0 => (Kind::Medicine, format!("{} for the {region} {index}", dice.one(&DRUGS))),
        1..=7 => (Kind::Guidance, format!("{} and the {region} {index}", dice.one(&TOPICS))),
        _ => {
            (Kind::Exercise, format!("{} {} for the {region} {index}", dice.one(&MANNERS), dice.one(&MOVES)))
        }
    };
    Head { kind, slug: slug(&title), title }
}

fn page(index: usize, heads: &[Head], conditions: &[String], sources: usize, seed: u64) -> String {
    let mut dice = Dice(seed.wrapping_mul(37).wrapping_add(index as u64) ^ 0xb0d7);
    let dice = &mut dice;
    let head = &heads[index];
    let mut text = format!(
        "---\ntitle: \"{}\"\nsummary: \"{}\"\nstatus: published\n",
        head.title,
        body::sentence(dice, "")
    );
    let ids: Vec<&str> = conditions.iter().map(String::as_str).collect();
    let count = [1, 1, 2, 2, 3][dice.below(5)].min(ids.len());
    list(&mut text, "conditions", &dice.some(count, &ids));
    let count = [1, 1, 2][dice.below(3)];
    list(&mut text, "phases", &dice.some(count, &PHASES.map(|(id, _)| id)));
    let (reviewer, month, day) = (dice.between(1, 7), dice.between(1, 9), dice.between(1, 28));
    let _ =
        write!(text, "authors: [p0]\nreviewed_by: [p{reviewer}]\nlast_reviewed: 2026-{month:02}-{day:02}\n");
    let cited: BTreeSet<usize> = (0..dice.between(2, 4)).map(|_| dice.below(sources)).collect();
    let cited: Vec<String> = cited.into_iter().map(|source| format!("s{source}")).collect();
    list(&mut text, "sources", &cited.iter().map(String::as_str).collect::<Vec<_>>());
    match head.kind {
        Kind::Exercise => exercise(&mut text, dice),
        Kind::Medicine => medicine(&mut text, head, dice),
        Kind::Guidance => {}
    }
    text.push_str("---\n\n");
    body::write(&mut text, index, heads, &cited, dice);
    text
}

fn exercise(text: &mut String, dice: &mut Dice) {
    let _ = write!(
        text,
        "start_position: {}\ndose:\n  sets: {}\n  reps: {}\n  hold: {}s\n  times: {}\n  per: day\n",
        dice.one(&POSITIONS),
        dice.between(1, 4),
        dice.between(5, 15),
        dice.between(3, 20),
        dice.between(1, 3),
    );
    let count = dice.below(3);
    list(text, "equipment", &dice.some(count, &EQUIPMENT));
}

fn medicine(text: &mut String, head: &Head, dice: &mut Dice) {
    let name = head.title.split(" for ").next().unwrap_or(&head.title).to_lowercase();
    let _ = write!(
        text,
        "generic_name: {name}\ndrug_class: pain relief\nlegal_status: pharmacy\nguideline_position:\n  says: sometimes\n  source: s0\nwarnings:\n  driving: \"{}\"\n  alcohol: \"{}\"\n  pregnancy: \"{}\"\n  dependence: \"{}\"\n",
        body::sentence(dice, ""),
        body::sentence(dice, ""),
        body::sentence(dice, ""),
        body::sentence(dice, ""),
    );
}

fn list(text: &mut String, key: &str, items: &[&str]) {
    if !items.is_empty() {
        let _ = writeln!(text, "{key}:");
        for item in items {
            let _ = writeln!(text, "  - {item}");
        }
    }
}

fn slug(title: &str) -> String {
    let words: Vec<String> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}
