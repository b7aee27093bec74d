//! Makes up sites of any size: exercises, guidance and medicines for conditions and phases, with doses, sources,
//! citations and links. The same numbers give the same site, byte for byte. No rule finds fault with it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

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

const REGIONS: [&str; 20] = [
    "knee",
    "hip",
    "shoulder",
    "lower back",
    "neck",
    "ankle",
    "wrist",
    "elbow",
    "foot",
    "upper back",
    "hand",
    "jaw",
    "pelvis",
    "ribs",
    "hamstring",
    "thigh",
    "calf",
    "heel",
    "upper arm",
    "groin",
];
const PROBLEMS: [&str; 12] = [
    "arthritis",
    "sprain",
    "tendon pain",
    "replacement",
    "fracture",
    "stiffness",
    "strain",
    "bursitis",
    "swelling",
    "surgery",
    "nerve pain",
    "ache",
];
const PHASES: [(&str, &str); 3] = [("acute", "Acute"), ("bed-rest", "Bed rest"), ("active", "Active")];
const MANNERS: [&str; 16] = [
    "Supported",
    "Gentle",
    "Seated",
    "Standing",
    "Assisted",
    "Slow",
    "Single-leg",
    "Loaded",
    "Easy",
    "Side-lying",
    "Steady",
    "Resisted",
    "Early",
    "Later",
    "Home",
    "Bedside",
];
const MOVES: [&str; 20] = [
    "heel slide",
    "bridge",
    "wall push-up",
    "leg raise",
    "calf raise",
    "clam",
    "pelvic tilt",
    "cat and camel",
    "chin tuck",
    "arm swing",
    "towel stretch",
    "step-up",
    "sit to stand",
    "side plank",
    "seated march",
    "ankle pump",
    "hip hinge",
    "wall slide",
    "band row",
    "bird dog",
];
const TOPICS: [&str; 16] = [
    "Living with pain at home",
    "How to sleep",
    "Using a stick",
    "Going back to work",
    "Ice and heat",
    "When to call the clinic",
    "Driving again",
    "Lifting well",
    "Raising the limb",
    "Looking after the wound",
    "Planning your day",
    "Staying on your feet",
    "Sitting for long",
    "Getting out of bed",
    "Washing and dressing",
    "Eating well",
];
const DRUGS: [&str; 6] = ["Paracetamol", "Ibuprofen", "Naproxen", "Codeine", "Diclofenac gel", "Gabapentin"];
const EQUIPMENT: [&str; 8] = ["chair", "band", "towel", "wall", "pillow", "step", "walking frame", "ball"];
const POSITIONS: [&str; 6] =
    ["lying-on-back", "lying-on-front", "side-lying", "sitting", "standing", "kneeling"];
const PUBLISHERS: [&str; 5] =
    ["Journal of Rehab Practice", "Physio Review", "Care Quarterly", "Muscle and Joint", "Community Health"];
const SUBJECTS: [&str; 12] = [
    "Most people",
    "You",
    "Some people",
    "Many of us",
    "Older people",
    "New patients",
    "Your friends",
    "People at work",
    "Both of you",
    "Family members",
    "Strong people",
    "Stiff people",
];
const VERBS: [&str; 10] = [
    "can expect",
    "may notice",
    "may need",
    "may gain from",
    "often report",
    "like to start with",
    "can build up to",
    "do well with",
    "may be asked about",
    "can plan for",
];
const OBJECTS: [&str; 14] = [
    "a mild stretch",
    "short, flat walks",
    "a bit more pain",
    "a new position",
    "slow and smooth moves",
    "less swelling at night",
    "two rests each hour",
    "a warm shower",
    "some early stiffness",
    "good shoes",
    "light work at home",
    "a firm pillow",
    "deep breaths",
    "a short diary",
];
const TAILS: [&str; 12] = [
    "in the first week",
    "while the wound heals",
    "before the next step",
    "as long as the pain is mild",
    "unless the clinic says no",
    "two or three times a day",
    "at the kitchen table",
    "with a friend close by",
    "on days with little energy",
    "once the swelling is down",
    "before going to bed",
    "on both sides",
];
const STEPS: [&str; 9] = [
    "Lie or sit so that the limb is held up.",
    "Tighten the muscle gently, as if you press into the bed.",
    "Breathe out and move only as far as feels safe.",
    "Hold still and keep the shoulders loose.",
    "Go back slowly to the start.",
    "Rest for two breaths before you do it again.",
    "Do the same on the other side.",
    "Look at the skin when you finish.",
    "Write down how often you did it.",
];
const SIGNS: [&str; 8] = [
    "sudden swelling of the calf",
    "numbness between the legs",
    "pain in the chest",
    "a high fever",
    "loss of control of the bladder",
    "a wound that opens",
    "pain that wakes you each night",
    "a new weak feeling in the limb",
];
const HEADINGS: [&str; 10] = [
    "Why this helps",
    "What you may feel",
    "Common slips",
    "Fitting it in at home",
    "When to move on",
    "If it hurts",
    "For carers",
    "What people ask",
    "Planning your week",
    "After the session",
];

/// A stream of numbers that look random: splitmix64 (Steele, Lea and Flood, OOPSLA 2014).
struct Dice(u64);

impl Dice {
    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end as u64) as usize
    }

    fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// So many different ones, in their order.
    fn some<'a>(&mut self, count: usize, of: &[&'a str]) -> Vec<&'a str> {
        let mut chosen = BTreeSet::new();
        while chosen.len() < count {
            chosen.insert(self.below(of.len()));
        }
        chosen.into_iter().map(|index| of[index]).collect()
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
    let sources = (size.pages / 20).max(40);
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
        SIGNS[..4].iter().fold(String::new(), |text, sign| text + "  - " + &sentence_case(sign) + "\n");
    format!(
        "---\ntitle: When to get help fast\nsummary: Signs that need help now.\nsources: [s0]\n{SIGNED}emergency:\n{signs}---\n\nGet help at once.\n"
    )
}

/// The title of a condition; 240 are different.
fn condition(number: usize) -> String {
    let problem = PROBLEMS[(number + number / REGIONS.len() * 5) % PROBLEMS.len()];
    sentence_case(&format!("{} {problem}", REGIONS[number % REGIONS.len()]))
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
    let mut text =
        format!("---\ntitle: \"{}\"\nsummary: \"{}\"\nstatus: published\n", head.title, sentence(dice, ""));
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
    body(&mut text, index, heads, &cited, dice);
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
        sentence(dice, ""),
        sentence(dice, ""),
        sentence(dice, ""),
        sentence(dice, ""),
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

/// A body of 300 to 900 words.
fn body(text: &mut String, index: usize, heads: &[Head], cited: &[String], dice: &mut Dice) {
    let start = text.len();
    // English words of this kind take about six bytes with their space.
    let end = start + dice.between(300, 900) * 6;
    let own = heads[index].kind;
    let link = |dice: &mut Dice| {
        let other = &heads[(index + 1 + dice.below(heads.len().max(2) - 1)) % heads.len()];
        let words = dice.one(&["this handout on pain", "more on the next step", "our guide to good days"]);
        if other.kind == own {
            format!(" See [{words}]({}.md).", other.slug)
        } else {
            format!(" See [{words}](../{}/{}.md).", other.kind.folder(), other.slug)
        }
    };
    paragraph(text, 3, &format!(" [@{}]", cited[dice.below(cited.len())]), dice);
    if dice.below(10) < 7 {
        let signs = dice.some(2, &SIGNS).join(" or ");
        let _ = write!(text, "> **Stop and call the clinic** for {signs}.\n>\n> {}\n\n", sentence(dice, ""));
    }
    if own == Kind::Exercise {
        text.push_str("## How to do it {#steps}\n\n");
        let count = dice.between(4, 7);
        for (number, step) in (1..).zip(dice.some(count, &STEPS)) {
            let _ = writeln!(text, "{number}. {step}");
        }
        text.push('\n');
    }
    let (first, mut links) = (dice.below(HEADINGS.len()), dice.between(3, 6));
    for (number, heading) in HEADINGS.iter().cycle().skip(first).take(HEADINGS.len()).enumerate() {
        if text.len() >= end {
            break;
        }
        let level = if number % 3 == 2 { "###" } else { "##" };
        let _ = write!(text, "{level} {heading}\n\n");
        if links > 0 {
            links -= 1;
            let link = link(dice);
            paragraph(text, 2, &link, dice);
        }
        match dice.below(20) {
            0..=6 => {
                for _ in 0..dice.between(3, 6) {
                    let _ = writeln!(text, "- {}", sentence(dice, ""));
                }
                text.push('\n');
            }
            7..=9 => {
                text.push_str("| Week | Sets | Times | Note |\n|------|-----:|-----:|------|\n");
                for week in 1..=dice.between(3, 6) {
                    let (sets, times, note) = (dice.between(1, 4), dice.between(5, 15), dice.one(&OBJECTS));
                    let _ = writeln!(text, "| {week} | {sets} | {times} | {note} |");
                }
                text.push('\n');
            }
            _ => (0..dice.between(1, 2)).for_each(|_| paragraph(text, 3, "", dice)),
        }
    }
    let last: &[&str] = match own {
        Kind::Exercise => &["Stop if"],
        Kind::Medicine => &["Do not take if", "Check first", "Side effects", "Get help"],
        Kind::Guidance => &[],
    };
    for heading in last {
        let _ = write!(text, "## {heading}\n\n");
        for sign in dice.some(2, &SIGNS) {
            let _ = writeln!(text, "- {}", sentence_case(sign));
        }
        text.push('\n');
    }
}

fn paragraph(text: &mut String, sentences: usize, end: &str, dice: &mut Dice) {
    for number in 0..sentences {
        text.push_str(if number == 0 { "" } else { " " });
        text.push_str(&sentence(dice, "**"));
    }
    text.push_str(end);
    text.push_str("\n\n");
}

/// A sentence; now and then some of its words stand between `marks`.
fn sentence(dice: &mut Dice, marks: &str) -> String {
    let (subject, verb, object, tail) =
        (dice.one(&SUBJECTS), dice.one(&VERBS), dice.one(&OBJECTS), dice.one(&TAILS));
    match dice.below(8) {
        0 => format!("{subject} {verb} {marks}{object}{marks} {tail}."),
        1 => format!("{subject} {verb} {object}, and {} helps too.", dice.one(&OBJECTS)),
        _ => format!("{subject} {verb} {object} {tail}."),
    }
}

fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn slug(title: &str) -> String {
    let words: Vec<String> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}
