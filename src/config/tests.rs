//! Settings, and the findings about them.

use super::*;
use crate::diagnostic::Diagnostic;
use crate::source::LineIndex;
use crate::tree::{Node, toml};
use proptest::prelude::*;

fn source(text: &str) -> Source {
    Source { path: path(), text: text.into() }
}

/// A finding on one line: place, rule, message, help, and the text of a fix.
fn line(finding: &Diagnostic, text: &str) -> String {
    let at = LineIndex::new(text).position(finding.place.span.start);
    let help = finding.help.as_deref().unwrap_or("-");
    let fix = finding.fix.as_ref().map_or(String::new(), |fix| format!(" | fix: {}", fix.text));
    format!("{}:{} {} | {} | {help}{fix}", at.line, at.column, finding.rule.name(), finding.message)
}

#[track_caller]
fn finds(text: &str, expected: &[&str]) -> Config {
    let (config, findings) = read(Some(&source(text)));
    assert!(findings.iter().all(|finding| finding.place.path == path()));
    let lines: Vec<String> = findings.iter().map(|finding| line(finding, text)).collect();
    assert_eq!(lines.join("\n"), expected.join("\n"), "{text}");
    config
}

/// Every setting, none of them at its default.
const EVERYTHING: &str = r##"
title = "Back care"
language = "de-CH"
base_url = "https://www.example.org/back-care/"
theme = "plain"
output = "../site"
notice = "Please *ask* first."
stop_if = ["The pain grows.", "Your leg goes **numb**."]

[publisher]
name = "The clinic"
address = """
1 High Street
Bern"""
logo = "content/images/clinic.svg"
contact_url = "https://www.example.org/contact"
contact_email = "clinic@example.org"
opening_hours = "Monday to Friday"

[report]
email = "handouts@example.org"

[help]
emergency = "144"
urgent = "your doctor"

[review]
required = false
every = "P18M"
soon = "P6W"

[reading]
target_grade = 8
max_words = 25
frightening = ["lame | sore"]
frightening_add = ["crippled | very sore"]
frightening_remove = ["damage"]
absolute = ["heals"]
absolute_add = ["miracle"]
absolute_remove = ["always"]
abbreviations = ["GP"]
abbreviations_add = ["MRI"]
abbreviations_remove = ["UK"]
doses = ["mmol | unit"]
doses_add = ["metformin | medicine"]
doses_remove = ["drops"]
vague_links = ["hier"]
vague_links_add = ["mehr"]
vague_links_remove = ["next"]
negations = ["nicht"]
negations_add = ["ob | doubt"]
negations_remove = ["few"]
short_words = ["und"]
short_words_add = ["sofort"]
short_words_remove = ["may"]
stops = ["fig | number"]
stops_add = ["physio"]
stops_remove = ["st"]
syllables = ["Yates | 1"]
syllables_add = ["Kneipp | 1"]
syllables_remove = ["area"]

[theme_settings]
accent = "#005EB8"
logo = "content/images/site.svg"
show_sources = false

[licences]
snomed_ct = true

[rules]
reading-grade = "allow"
unused-term = "error"
"##;

fn words(of: &[&str]) -> Vec<String> {
    of.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn every_setting_is_read() {
    let config = finds(EVERYTHING, &[]);
    let written = |placed: &Spanned<String>| {
        assert_eq!(placed.span.of(EVERYTHING).trim_matches('"').trim_end_matches('/'), placed.value);
        placed.value.clone()
    };
    assert_eq!((&*config.title, &*config.language), ("Back care", "de-CH"));
    assert_eq!(config.base_url.as_ref().map(written).as_deref(), Some("https://www.example.org/back-care"));
    assert_eq!((&*written(&config.theme), &*written(&config.output)), ("plain", "../site"));
    assert_eq!(config.notice.as_ref().map(written).as_deref(), Some("Please *ask* first."));
    let signs: Vec<String> = config.stop_if.iter().map(written).collect();
    assert_eq!(signs, ["The pain grows.", "Your leg goes **numb**."]);
    let publisher = config.publisher.as_ref().unwrap();
    assert_eq!(publisher.logo.as_ref().map(written).as_deref(), Some("content/images/clinic.svg"));
    assert_eq!(
        *publisher,
        Publisher {
            name: "The clinic".to_owned(),
            address: Some("1 High Street\nBern".to_owned()),
            logo: publisher.logo.clone(),
            contact_url: Some("https://www.example.org/contact".to_owned()),
            contact_email: Some("clinic@example.org".to_owned()),
            opening_hours: Some("Monday to Friday".to_owned()),
        }
    );
    assert_eq!(config.report, Some(Report::Email("handouts@example.org".to_owned())));
    assert_eq!(config.help.emergency, "144");
    assert_eq!(config.help.urgent.as_ref().map(written).as_deref(), Some("your doctor"));
    assert_eq!(
        format!("{:?}", config.review),
        format!(
            "{:?}",
            Review {
                duty: ReviewDuty::NotRequired,
                every: Interval::parse("P18M").unwrap(),
                soon: Interval::parse("P6W").unwrap(),
            }
        )
    );
    let list = |instead: &str, add: &str, remove: &str| WordList {
        instead: Some(words(&[instead])),
        add: words(&[add]),
        remove: words(&[remove]),
    };
    assert_eq!(
        config.reading,
        Reading {
            target_grade: 8,
            max_words: 25,
            frightening: list("lame | sore", "crippled | very sore", "damage"),
            absolute: list("heals", "miracle", "always"),
            abbreviations: list("GP", "MRI", "UK"),
            doses: list("mmol | unit", "metformin | medicine", "drops"),
            vague_links: list("hier", "mehr", "next"),
            negations: list("nicht", "ob | doubt", "few"),
            short_words: list("und", "sofort", "may"),
            stops: list("fig | number", "physio", "st"),
            syllables: list("Yates | 1", "Kneipp | 1", "area"),
        }
    );
    let accent = config.theme_settings.accent.as_ref().unwrap();
    assert_eq!((accent.value, accent.span.of(EVERYTHING)), (Colour([0, 0x5e, 0xb8]), "\"#005EB8\""));
    assert_eq!(config.theme_settings.logo.as_ref().map(written).as_deref(), Some("content/images/site.svg"));
    assert!(!config.theme_settings.show_sources && config.licences.snomed_ct);
    let rules = [(Rule::UnusedTerm, Level::Error), (Rule::ReadingGrade, Level::Allow)];
    assert_eq!(config.rules, BTreeMap::from(rules));
    assert_eq!(config.level(Rule::ReadingGrade), Level::Allow);
    assert_eq!(config.level(Rule::OrphanPage), Level::Warn);
}

#[test]
fn the_shape_is_sound_and_all_of_it_stands_in_the_test_above_with_words_for_people() {
    fn walk(shape: &Shape, node: Option<&Node>, missing: &mut Vec<String>) {
        for property in &shape.object.properties {
            let value = node.and_then(|node| node.get(&property.name));
            // Of `email` and `url` only one can be given.
            if (value.is_none() && &*property.name != "url") || property.shape.notes.description.is_none() {
                missing.push(property.name.to_string());
            }
            walk(&property.shape, value, missing);
        }
    }
    let document = include_str!("../schema/site.json");
    let (shape, findings) = Shape::compile(document, &SitePath::new("site.json"));
    assert_eq!(findings, []);
    let mut missing = Vec::new();
    walk(&shape, Some(&toml::parse(EVERYTHING, &path()).0), &mut missing);
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn the_defaults_in_the_manual_are_those_of_the_program() {
    fn lines(shape: &Shape, out: &mut String) {
        for property in &shape.object.properties {
            if let Some(default) = &property.shape.notes.default {
                let text = default.as_written().unwrap();
                let is_text = default.as_text().is_some();
                let value = if is_text { format!("{text:?}") } else { text.to_owned() };
                out.push_str(&format!("{} = {value}\n", property.name));
            }
        }
        for group in shape.object.properties.iter().filter(|p| !p.shape.object.properties.is_empty()) {
            let mut inner = String::new();
            lines(&group.shape, &mut inner);
            if !inner.is_empty() {
                out.push_str(&format!("[{}]\n{inner}", group.name));
            }
        }
    }
    let mut text = "title = \"Back care\"\n".to_owned();
    lines(&shape(), &mut text);
    assert_eq!(text.matches('=').count(), 12, "{text}");
    let mut config = finds(&text, &[]);
    config.source = None;
    config.language_span = Span::default();
    config.theme.span = Span::default();
    config.output.span = Span::default();
    let expected = Config { title: "Back care".to_owned(), ..Config::default() };
    assert_eq!(format!("{config:?}"), format!("{expected:?}"));
}

#[test]
fn a_site_without_settings_is_told_how_to_begin() {
    let (config, findings) = read(None);
    let help = "make a file `site.toml` beside the folder `content`, with the line `title = \"...\"`";
    let expected =
        Diagnostic::new(Rule::MissingField, Place::file(&path()), "there is no `site.toml`").help(help);
    assert_eq!(findings, [expected]);
    assert_eq!(config.place(Span::new(3, 5)), Place::file(&path()));
    assert_eq!(config.level(Rule::OrphanPage), Level::Warn);
}

#[test]
fn a_title_is_all_that_a_site_needs() {
    finds("title = \"Back care\"\n", &[]);
    finds(
        "language = \"en\"\n",
        &[
            "1:1 missing-field | `site.toml` needs `title` | add a line `title = \"...\"` at the top of the file",
        ],
    );
    finds(
        "titel = \"Back care\"\n",
        &["1:1 unknown-field | `titel` is not a field of `site.toml` | did you mean `title`? | fix: title"],
    );
}

#[test]
fn a_setting_of_the_wrong_type_is_found_and_counts_as_not_given() {
    let text = r#"title = ""
language = 5
theme = "../x"
stop_if = "The pain grows"
publisher = "Clinic"
[help]
emergency = 112
[review]
required = "no"
every = "P5Y"
soon = "1 month"
[reading]
target_grade = 0
max_words = 3.5
frightening_add = ["a", "a", 3]
[theme_settings]
accent = "blue"
"#;
    let config = finds(
        text,
        &[
            "1:9 out-of-range | `title` is empty | write it: the name of the site",
            "2:12 wrong-type | `language` needs a language, and this is the number `5` | write a code as `en`, `de` or `en-GB`",
            "3:9 invalid-value | `theme` can't be `../x` | write it as `clinic`",
            "4:11 wrong-type | `stop_if` needs a list, and this is the text `The pain grows` | put it in brackets: `[\"The pain grows\"]` | fix: [\"The pain grows\"]",
            "5:13 wrong-type | `publisher` needs fields of its own, and this is the text `Clinic` | write `[publisher]` on a line of its own, and its settings on the lines below",
            "7:13 wrong-type | `emergency` needs text, and this is the number `112` | put it in quotes: `\"112\"` | fix: \"112\"",
            "9:12 wrong-type | `required` needs `true` or `false`, and this is the text `no` | write `false` | fix: false",
            "10:9 out-of-range | `every` is `P5Y`, and the longest is `P3Y` | write a shorter time span",
            "11:8 invalid-value | `soon` needs a time span, and this is `1 month` | write `P1M` | fix: \"P1M\"",
            "13:16 out-of-range | `target_grade` is `0`, and the least is 1 | write a whole number from 1 to 18",
            "14:13 wrong-type | `max_words` needs a whole number, and this is the number `3.5` | write a whole number from 5 to 60",
            "15:25 invalid-value | `a` stands twice in `frightening_add` | take one of them out",
            "15:30 wrong-type | item 3 of `frightening_add` needs text, and this is the number `3` | put it in quotes: `\"3\"` | fix: \"3\"",
            "17:10 invalid-value | `accent` can't be `blue` | write it as `#005eb8`",
        ],
    );
    let source = config.source.clone();
    let wrong = "title language theme stop_if publisher help review reading theme_settings"
        .split(' ')
        .map(str::to_owned);
    let doubt = Doubt::About(wrong.collect());
    let mut expected = Config { source, doubt, ..Config::default() };
    expected.reading.frightening.add = words(&["a"]);
    assert_eq!(format!("{config:?}"), format!("{expected:?}"));
}

#[test]
fn groups_and_lists_are_explained_as_toml_writes_them() {
    finds(
        "title = \"A\"\nrules = 3\n[[review]]\nrequired = true\n[stop_if]\na = 1\n",
        &[
            "2:9 wrong-type | `rules` needs fields of its own, and this is the number `3` | write `[rules]` on a line of its own, and its settings on the lines below",
            "3:1 wrong-type | `review` needs fields of its own, and this is a list | write `[review]` on a line of its own, and its settings on the lines below",
            "5:1 wrong-type | `stop_if` needs a list, and this is a group of fields | write it on one line with an equals sign: `stop_if = ...`",
        ],
    );
}

#[test]
fn a_line_that_went_astray_into_another_group_is_told_its_place() {
    finds(
        "[publisher]\nname = \"C\"\ntitle = \"A\"\nemergency = \"1\"\nadress = \"x\"\ncolour = 1\n",
        &[
            "3:1 unknown-field | `title` is not a field of `publisher` | move the line up, above the first line that begins with a bracket",
            "4:1 unknown-field | `emergency` is not a field of `publisher` | move the line below a line `[help]`",
            "5:1 unknown-field | `adress` is not a field of `publisher` | did you mean `address`? | fix: address",
            "6:1 unknown-field | `colour` is not a field of `publisher` | the fields of `publisher` are `name`, `address`, `logo`, `contact_url`, `contact_email` and `opening_hours`",
        ],
    );
}

#[test]
fn the_address_is_whole_and_kept_without_its_final_slash() {
    let bad = |url: &str, expected: &str| {
        let config = finds(&format!("title = \"A\"\nbase_url = \"{url}\"\n"), &[expected]);
        assert_eq!(config.base_url, None);
    };
    bad(
        "example.org",
        "2:12 invalid-value | `base_url` needs a web address, and this is `example.org` | write the whole address: `https://www.example.org/page`",
    );
    bad(
        "https://example.org/?a=b",
        "2:12 invalid-value | `base_url` can't be `https://example.org/?a=b` | write it as `https://www.example.org/back-care`",
    );
    for (url, path) in [
        ("https://example.org", "/"),
        ("https://example.org/", "/"),
        ("https://example.org/back-care", "/back-care/"),
        ("http://localhost:8000/a/b//", "/a/b/"),
        ("https://example.org//host", "/host/"),
    ] {
        let config = finds(&format!("title = \"A\"\nbase_url = \"{url}\"\n"), &[]);
        assert_eq!(config.base_url.as_ref().map(|url| &*url.value), Some(url.trim_end_matches('/')));
        assert_eq!(config.base_path(), path, "{url}");
    }
    assert_eq!(Config::default().base_path(), "/");
}

#[test]
fn the_output_is_a_folder_of_its_own_seen_from_the_site() {
    let help = "write the path as seen from the folder of `site.toml`, as `public`";
    let own = "name a folder of its own, as `public`";
    let outside = |path: &str| {
        format!("2:10 bad-setting | `output` needs a path seen from the site, and this is `{path}` | {help}")
    };
    let around = || format!("2:10 bad-setting | `output` is a folder that the site itself lies in | {own}");
    let inside = |folder: &str| {
        format!("2:10 bad-setting | `output` lies in `{folder}`, which the site is made from | {own}")
    };
    for (path, expected) in [
        ("public", None),
        ("out/site", None),
        ("../out", None),
        ("contents", None),
        ("/var/www", Some(outside("/var/www"))),
        ("~/out", Some(outside("~/out"))),
        ("C:\\out", Some(outside("C:\\out"))),
        (".", Some(around())),
        ("..", Some(around())),
        ("a/..", Some(around())),
        ("./content", Some(inside("content"))),
        ("themes/clinic", Some(inside("themes"))),
        ("a/../schemas/x", Some(inside("schemas"))),
    ] {
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        let config = finds(&format!("title = \"A\"\noutput = '{path}'\n"), &expected);
        assert_eq!(config.output.value, if expected.is_empty() { path } else { "public" });
    }
}

#[test]
fn a_site_without_reviews_says_so_in_a_notice() {
    finds(
        "title = \"A\"\n[review]\nrequired = false\n",
        &[
            "3:12 bad-setting | a site without reviews needs a `notice` | add a line `notice = \"...\"` above the first line that begins with a bracket: it tells readers that no clinician has reviewed the pages",
        ],
    );
    finds("title = \"A\"\nnotice = \"N\"\n[review]\nrequired = false\n", &[]);
    finds("title = \"A\"\n[review]\nrequired = true\n", &[]);
}

#[test]
fn a_notice_with_a_mistake_is_one_finding() {
    finds(
        "title = \"A\"\nnotic = \"N\"\n[review]\nrequired = false\n",
        &["2:1 unknown-field | `notic` is not a field of `site.toml` | did you mean `notice`? | fix: notice"],
    );
    finds(
        "title = \"A\"\n[review]\nrequired = false\nnotice = \"N\"\n",
        &[
            "4:1 unknown-field | `notice` is not a field of `review` | move the line up, above the first line that begins with a bracket",
        ],
    );
    finds(
        "title = \"A\"\nnotice = \"\"\n[review]\nrequired = false\n",
        &["2:10 out-of-range | `notice` is empty | write a value, or take the line out"],
    );
}

#[test]
fn rules_have_names_and_levels_and_some_hold_on_every_site() {
    let text = r#"title = "A"
[rules]
sentence-to-long = "warn"
raw-html = "off"
all-caps = "warning"
reading-grade = false
beauty = 1
orphan-page = "notes"
unused-term = "warn"
"#;
    let config = finds(
        text,
        &[
            "3:1 unknown-field | `sentence-to-long` is not a rule | did you mean `sentence-too-long`? | fix: sentence-too-long",
            "4:1 bad-setting | the rule `raw-html` can't be changed | take the line out: this rule holds on every site",
            "5:12 invalid-value | `all-caps` does not take `warning` | write `allow`, `note`, `warn` or `error`",
            "6:17 wrong-type | `reading-grade` needs text, and this is `false` | write `allow`, `note`, `warn` or `error`",
            "7:1 unknown-field | `beauty` is not a rule | write a name that findings show in brackets, as `sentence-too-long`",
            "8:15 invalid-value | `orphan-page` does not take `notes` | did you mean `note`? it takes `allow`, `note`, `warn` or `error` | fix: \"note\"",
        ],
    );
    assert_eq!(config.rules, BTreeMap::from([(Rule::UnusedTerm, Level::Warn)]));
}

#[test]
fn problems_are_reported_in_one_place() {
    let config = finds("title = \"A\"\n[report]\nurl = \"https://example.org/new\"\n", &[]);
    assert_eq!(config.report, Some(Report::Url("https://example.org/new".to_owned())));
    finds(
        "title = \"A\"\n[report]\nemail = \"a@example.org\"\nurl = \"https://example.org\"\n",
        &["4:1 invalid-value | `report` can't have `email` and `url` together | keep one of them"],
    );
    finds(
        "title = \"A\"\n[report]\n",
        &["2:2 missing-field | `report` needs one of `email` or `url` | add `email` or `url`"],
    );
}

#[test]
fn what_a_mistake_of_toml_hides_is_not_called_missing() {
    finds(
        "title = \"A\nnotice = \"B\"\n[review]\nrequired = false\n",
        &["1:9 toml-syntax | the quote is never closed | close it with `\"` at the end of the value"],
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_file_that_was_cut_anywhere_is_read_with_places_inside_of_it(cut in 0..EVERYTHING.len(), tail in "[\\[\\]\"=a.\n]{0,4}") {
        let text = format!("{}{tail}", EVERYTHING.get(..cut).unwrap_or_default());
        let (config, findings) = read(Some(&source(&text)));
        prop_assert!(findings.iter().all(|finding| finding.place.span.end as usize <= text.len()));
        prop_assert!(!config.title.is_empty() || !findings.is_empty());
    }
}
