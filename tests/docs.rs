//! The documents say what the program does: every field, setting, rule, option and value is named, and examples run.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail, and say why")]

use std::fs;
use std::path::Path;
use std::process::Command;

use backsite::diagnostic::Level;
use backsite::schema::shape::{Literal, Others};
use backsite::schema::{ReviewDuty, Schemas, Shape};
use backsite::source::SitePath;
use backsite::view::{EVERYWHERE, TEMPLATES};
use regex::Regex;
use serde_json::Value;

const ARCHITECTURE: &str = include_str!("../ARCHITECTURE.md");
const README: &str = include_str!("../README.md");
const AUTHORS: &str = include_str!("../docs/authors.md");
const SETTINGS: &str = include_str!("../docs/settings.md");
const SCHEMA: &str = include_str!("../docs/schema.md");
const THEMES: &str = include_str!("../docs/themes.md");
const PUBLISHING: &str = include_str!("../docs/publishing.md");
const EDITORS: &str = include_str!("../docs/editors.md");

/// The part of `document` under the heading `heading`, up to the next heading of its level or above.
fn part<'d>(document: &'d str, heading: &str) -> &'d str {
    let start =
        document.find(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("there is no heading {heading}"));
    let rest = &document[start + heading.len() + 2..];
    let level_of = |line: &str| line.bytes().take_while(|byte| *byte == b'#').count();
    let (mut end, mut in_code) = (0, false);
    for line in rest.split_inclusive('\n') {
        in_code ^= line.starts_with("```");
        if !in_code && (1..=level_of(heading)).contains(&level_of(line)) {
            break;
        }
        end += line.len();
    }
    &rest[..end]
}

/// What of `names` does not stand in backticks in any of the `documents`.
fn unnamed<'n>(names: impl IntoIterator<Item = &'n str>, documents: &[&str]) -> Vec<&'n str> {
    let is_named = |name: &&str| documents.iter().any(|document| document.contains(&format!("`{name}`")));
    names.into_iter().filter(|name| !is_named(name)).collect()
}

/// The names of the fields of `shape` and of all within, and the words that they take.
fn names(shape: &Shape, found: &mut Vec<String>) {
    for property in &shape.object.properties {
        found.push(property.name.to_string());
        names(&property.shape, found);
    }
    found.extend(shape.values.iter().flatten().filter_map(|value| match value {
        Literal::Text(text) => Some(text.to_string()),
        _ => None,
    }));
    if let Some(items) = &shape.list.items {
        names(items, found);
    }
    if let Others::Each(each) = &shape.object.others {
        names(each, found);
    }
}

fn all_names(shape: &Shape) -> Vec<String> {
    let mut found = Vec::new();
    names(shape, &mut found);
    found
}

fn shape(file: &str) -> Shape {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/schema").join(file);
    Shape::compile(&fs::read_to_string(path).unwrap(), &SitePath::new(file)).0
}

#[test]
fn every_field_of_every_kind_is_explained_to_authors() {
    let schemas = Schemas::builtin(ReviewDuty::Required);
    let common = part(AUTHORS, "## Fields of every page");
    // A dose is explained where exercises are.
    let exercise = part(AUTHORS, "### Exercise");
    for kind in schemas.kinds() {
        let name = kind.name.replace('-', " ");
        let heading = format!("### {}{}", name[..1].to_uppercase(), &name[1..]);
        let own = part(AUTHORS, &heading);
        let documents = [common, own, if &*kind.name == "plan" { exercise } else { "" }];
        assert_eq!(
            unnamed(all_names(&kind.shape).iter().map(String::as_str), &documents),
            [""; 0],
            "{heading}"
        );
        let sections = kind.sections.iter().map(|section| &*section.title);
        assert_eq!(unnamed(sections, &[own]), [""; 0], "sections of {heading}");
        if let Some(folder) = &kind.folder {
            assert!(
                own.contains(&format!("In `content/{folder}`.")),
                "{heading} does not say where its pages lie"
            );
        }
    }
}

#[test]
fn every_field_of_the_registers_is_explained_to_authors() {
    let registers = part(AUTHORS, "## The registers");
    for file in ["registers/people.json", "registers/sources.json", "registers/cautions.json"] {
        assert_eq!(
            unnamed(all_names(&shape(file)).iter().map(String::as_str), &[registers]),
            [""; 0],
            "{file}"
        );
    }
}

#[test]
fn every_setting_is_explained_with_its_default() {
    let shape = shape("site.json");
    for property in &shape.object.properties {
        let group = &property.shape.object.properties;
        let part = match (group.is_empty(), &property.shape.object.others) {
            (true, Others::Each(_)) | (false, _) => part(SETTINGS, &format!("## `[{}]`", property.name)),
            (true, _) => part(SETTINGS, "## At the top"),
        };
        for setting in if group.is_empty() { std::slice::from_ref(property) } else { group } {
            let row = part.lines().find(|line| line.starts_with(&format!("| `{}` |", setting.name)));
            let Some(row) = row else {
                assert!(
                    !matches!(setting.shape.object.others, Others::Open),
                    "`{}` has no row",
                    setting.name
                );
                continue;
            };
            let default = setting.shape.notes.default.as_ref().and_then(|default| default.as_written());
            if let Some(default) = default {
                assert!(
                    row.contains(&format!("| `{default}` |")),
                    "{row} should give the default `{default}`"
                );
            }
        }
    }
    let levels = [Level::Allow, Level::Note, Level::Warn, Level::Error].map(Level::name);
    assert_eq!(unnamed(levels, &[part(SETTINGS, "## `[rules]`")]), [""; 0]);
}

#[test]
fn every_keyword_of_schemas_is_explained() {
    let source = include_str!("../src/schema/keyword.rs");
    let table = source.split_once("KEYWORDS").and_then(|(_, rest)| rest.split_once("];")).unwrap().0;
    let keywords: Vec<&str> = table.split('"').skip(1).step_by(2).collect();
    assert!(keywords.len() > 40, "the table of keywords has moved");
    assert_eq!(unnamed(keywords, &[SCHEMA]), [""; 0]);
}

#[test]
fn every_value_that_a_template_sees_is_explained() {
    let sources = [
        include_str!("../src/view.rs"),
        include_str!("../src/view/listing.rs"),
        include_str!("../src/view/parts.rs"),
    ];
    let (mut section, mut name_of, mut meaning) = ("", "", String::new());
    for line in sources.iter().flat_map(|source| source.lines()).map(str::trim) {
        if let Some(words) = line.strip_prefix("///") {
            meaning.push_str(words);
        } else if let Some(rest) = line.strip_prefix("pub struct ") {
            name_of = rest.trim_end_matches(" {");
            section = part(THEMES, &format!("### {name_of}"));
            meaning.clear();
        } else if let Some((name, kind)) = line.strip_prefix("pub ").and_then(|rest| rest.split_once(':'))
            && !line.contains("::")
        {
            let is_explained = section.contains(&format!("\n| `{name}` | ")) && section.contains(&*meaning);
            assert!(is_explained, "{name_of} in docs/themes.md needs: | `{name}` |{kind} |{meaning} |");
            meaning.clear();
        }
    }
}

#[test]
fn the_tables_of_templates_say_what_each_sees() {
    let tables = part(THEMES, "## Templates");
    for name in EVERYWHERE {
        let row = tables.lines().find(|line| line.starts_with(&format!("| `{name}` |"))).unwrap();
        assert!(row.ends_with("| everywhere |"), "{row}");
    }
    for (template, seen) in TEMPLATES {
        assert!(tables.contains(&format!("\n| `{template}` |")), "`{template}` has no row");
        for name in seen {
            let row = tables.lines().find(|line| line.starts_with(&format!("| `{name}` |"))).unwrap();
            let is_named = row.contains(&format!("`{template}`")) || row.ends_with("| templates of pages |");
            assert!(is_named, "`{template}` sees `{name}`: {row}");
        }
    }
}

#[test]
fn every_option_of_the_command_line_is_explained() {
    let help = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_backsite")).args(arguments).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    let mut flags = 0;
    let top = help(&["--help"]);
    let commands = top.split_once("Commands:").unwrap().1.split_once("Options:").unwrap().0;
    for command in commands.lines().filter_map(|line| line.split_whitespace().next()) {
        assert!(PUBLISHING.contains(&format!("| `backsite {command}`")), "`{command}` is not explained");
        for line in help(&[command, "--help"]).lines().map(str::trim).filter(|line| line.starts_with('-')) {
            let long = line.split(", ").last().unwrap();
            if let Some(value) = long.strip_prefix("- ") {
                let value = value.split(':').next().unwrap();
                assert!(PUBLISHING.contains(&format!("`{value}`")), "`{value}` is not explained");
                continue;
            }
            flags += 1;
            assert!(PUBLISHING.contains(&format!("| `{long}`")), "`{long}` of `{command}` is not explained");
        }
    }
    assert!(flags > 10, "the help has another form");
}

/// A site of the files that `document` gives: each a line with its path in backticks, and a block.
fn write_site(document: &str, folder: &Path) {
    let mut lines = document.lines().peekable();
    while let Some(line) = lines.next() {
        let path = line.strip_prefix('`').and_then(|line| line.strip_suffix('`'));
        let Some(path) = path.filter(|path| path.contains('.')) else { continue };
        lines.next_if(|line| line.is_empty());
        if lines.next_if(|line| line.starts_with("```")).is_none() {
            continue;
        }
        let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text.join("\n") + "\n").unwrap();
    }
}

/// What the program prints about the site in `folder`, and the status that it ends with.
fn run(folder: &Path, arguments: &[&str]) -> (String, Option<i32>) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_backsite"));
    let output =
        program.args(arguments).args(["--today", "2026-03-31", "--root"]).arg(folder).output().unwrap();
    (String::from_utf8(output.stderr).unwrap(), output.status.code())
}

/// The lines of `document` that are indented by four, in blocks.
fn indented(document: &str) -> Vec<String> {
    document
        .split("\n\n")
        .filter(|block| block.starts_with("    "))
        .map(|block| block.lines().map(|line| line.get(4..).unwrap_or("").to_owned() + "\n").collect())
        .collect()
}

#[test]
fn the_first_site_of_the_manual_can_be_published() {
    let folder = tempfile::tempdir().unwrap();
    write_site(AUTHORS, folder.path());
    let (said, status) = run(folder.path(), &["check", "--strict"]);
    assert!(said.starts_with("5 pages, 1 handout: no findings."), "{said}");
    assert_eq!(status, Some(0));
    assert_eq!(run(folder.path(), &["build"]).1, Some(0));
    assert!(folder.path().join("public/handouts/low-back-pain/acute.html").is_file());
}

#[test]
fn the_findings_in_the_manual_and_the_readme_are_what_the_program_prints() {
    for document in [AUTHORS, README] {
        let folder = tempfile::tempdir().unwrap();
        write_site(AUTHORS, folder.path());
        let page = folder.path().join("content/exercises/knee-rolls.md");
        let text = fs::read_to_string(&page).unwrap();
        fs::write(&page, text.replace("conditions:", "condtions:")).unwrap();
        let (said, status) = run(folder.path(), &["check", "--quiet"]);
        assert_eq!(status, Some(1));
        let shown = indented(document).into_iter().find(|block| block.starts_with("error[")).unwrap();
        assert_eq!(shown.trim_end(), said.trim_end());
    }
}

#[test]
fn a_draft_needs_what_the_manual_says() {
    let folder = tempfile::tempdir().unwrap();
    write_site(AUTHORS, folder.path());
    let draft = part(AUTHORS, "## Draft, published, retired").split_once("```markdown\n").unwrap().1;
    let draft = draft.split_once("```").unwrap().0;
    fs::write(folder.path().join("content/exercises/knee-rolls.md"), draft).unwrap();
    let (said, status) = run(folder.path(), &["check"]);
    assert_eq!(status, Some(0), "{said}");
    let shown = indented(AUTHORS).into_iter().find(|block| block.starts_with("to do before")).unwrap();
    assert!(said.contains(shown.trim_end()), "{said}");
}

#[test]
fn a_misspelt_field_is_mended_as_the_manual_says() {
    let folder = tempfile::tempdir().unwrap();
    write_site(AUTHORS, folder.path());
    let page = folder.path().join("content/exercises/knee-rolls.md");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, text.replace("conditions:", "condtions:")).unwrap();
    let (said, status) = run(folder.path(), &["check", "--fix", "--quiet"]);
    assert_eq!(status, Some(0), "{said}");
    let shown = indented(AUTHORS).into_iter().find(|block| block.starts_with("fixed:")).unwrap();
    assert_eq!(shown.trim_end(), said.trim_end());
    assert_eq!(fs::read_to_string(&page).unwrap(), text);
}

#[test]
fn the_examples_of_kinds_and_schemas_are_accepted() {
    let folder = tempfile::tempdir().unwrap();
    write_site(AUTHORS, folder.path());
    write_site(SCHEMA, folder.path());
    for (heading, path) in [
        ("### Guidance", "guidance/pacing.md"),
        ("### Phase", "phases/active.md"),
        ("### Plan", "plans/first-week.md"),
        ("### Term", "glossary/disc.md"),
    ] {
        let page = part(AUTHORS, heading).split_once("```markdown\n").unwrap().1.split_once("```").unwrap().0;
        let file = folder.path().join("content").join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, page).unwrap();
    }
    let exercise = folder.path().join("content/exercises/knee-rolls.md");
    let text = fs::read_to_string(&exercise).unwrap();
    let text = text.replace("\nevidence:", "\ncategory: strength\nclinic_code: B12\nevidence:");
    fs::write(exercise, text + "\n## What you feel\n\nA light pull in your back.\n").unwrap();
    let leaflet = "---\ntitle: Keep moving\nsummary: About staying active.\nstatus: published\nauthors: [our-team]\n\
                   conditions: [low-back-pain]\npublisher: A charity\ngoes_with: [knee-rolls]\nremark: See *also* [[pacing]].\n\
                   ---\n\nAsk at the desk.\n";
    fs::create_dir_all(folder.path().join("content/leaflets")).unwrap();
    fs::write(folder.path().join("content/leaflets/keep-moving.md"), leaflet).unwrap();
    let (said, status) = run(folder.path(), &["check", "--all"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(!said.contains("error") && !said.contains("warning"), "{said}");
}

/// The standard output of the program that is run with `arguments` on the site in `folder`.
fn printed(folder: &Path, arguments: &[&str]) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_backsite"));
    let output = program.args(arguments).current_dir(folder).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_task_for_vs_code_takes_every_finding_apart() {
    let folder = tempfile::tempdir().unwrap();
    write_site(AUTHORS, folder.path());
    let page = folder.path().join("content/exercises/knee-rolls.md");
    let text = fs::read_to_string(&page).unwrap();
    let text = text.replace("title: ", "title: \"One: two [three]: four\"\ntitel: ");
    fs::write(&page, text + "\nMÜSSEN SIE NICHT, see [é: here](no: page.md).\n").unwrap();
    fs::copy(&page, folder.path().join("content/exercises/Knee rolls: two.md")).unwrap();

    let (_, tasks) = part(EDITORS, "## VS Code").split_once("```json\n").unwrap();
    let tasks: Value = serde_json::from_str(tasks.split_once("```").unwrap().0).unwrap();
    let task = &tasks["tasks"][0];
    assert_eq!(task["command"], "backsite");
    let arguments: Vec<&str> =
        task["args"].as_array().unwrap().iter().map(|argument| argument.as_str().unwrap()).collect();
    let pattern = &task["problemMatcher"]["pattern"];
    let regexp = Regex::new(pattern["regexp"].as_str().unwrap()).unwrap();
    let group = |name: &str| usize::try_from(pattern[name].as_u64().unwrap()).unwrap();
    let order = ["file", "line", "column", "severity", "code", "message"].map(group);
    let short = printed(folder.path(), &arguments);
    let taken: Vec<[String; 6]> = short
        .lines()
        .map(|line| {
            let found = regexp.captures(line).unwrap_or_else(|| panic!("the pattern misses {line}"));
            order.map(|group| found[group].to_owned())
        })
        .collect();

    let json: Value =
        serde_json::from_str(&printed(folder.path(), &["check", "--drafts", "--format", "json"])).unwrap();
    let expected: Vec<[String; 6]> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            ["path", "line", "column", "severity", "rule", "message"].map(|name| match &finding[name] {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            })
        })
        .collect();
    assert_eq!(taken, expected);
    let says = |what: &str| taken.iter().any(|finding| finding.iter().any(|part| part.contains(what)));
    assert!(says("Knee rolls: two.md") && says("warning") && says("error"), "{taken:?}");
}

#[test]
fn the_schemas_that_editors_are_given_can_be_printed() {
    let folder = tempfile::tempdir().unwrap();
    write_site(AUTHORS, folder.path());
    let commands: Vec<&str> = EDITORS.lines().filter(|line| line.starts_with("backsite schema ")).collect();
    assert_eq!(commands.len(), 4);
    for command in commands {
        let (command, file) = command.split_once(" > ").unwrap();
        let name = command.rsplit(' ').next().unwrap();
        assert_eq!(file, format!(".editor/{name}.json"));
        let schema: Value = serde_json::from_str(&printed(folder.path(), &["schema", name])).unwrap();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    }
}

#[test]
fn the_architecture_names_every_module_in_order_and_every_dependency() {
    let modules = include_str!("../src/lib.rs").lines().filter_map(|line| line.strip_prefix("pub mod "));
    let modules: Vec<&str> = modules.map(|module| module.trim_end_matches(';')).collect();
    let table = part(ARCHITECTURE, "## The modules, in the order in which the data takes its way");
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    assert_eq!(rows.collect::<Vec<_>>(), modules);

    let dependencies = part(ARCHITECTURE, "## Dependencies");
    let manifest = include_str!("../Cargo.toml");
    for heading in ["[dependencies]", "[dev-dependencies]"] {
        let lines =
            manifest.split_once(heading).unwrap().1.lines().skip(1).take_while(|line| !line.is_empty());
        for name in lines.filter_map(|line| line.split_once(" = ")).map(|(name, _)| name) {
            assert!(
                dependencies.contains(&format!("\n| {name} ")),
                "`{name}` has no line in ARCHITECTURE.md"
            );
        }
    }
}

#[test]
fn every_file_that_the_architecture_names_is_there() {
    let is_path = |word: &&str| word.contains('/') && !word.contains(['*', ' ', '{', '‹']);
    let quoted = ARCHITECTURE.split('`').skip(1).step_by(2).filter(is_path);
    let ours = quoted.filter(|path| {
        ["src/", "tests/", "benches/", "docs/", ".ci/"].iter().any(|top| path.starts_with(top))
    });
    let gone: Vec<&str> = ours.filter(|path| !Path::new(path).exists()).collect();
    assert_eq!(gone, [""; 0], "files that ARCHITECTURE.md names and that are not there");
}

#[test]
fn the_readme_has_the_two_commands_of_a_fresh_machine() {
    let blocks: Vec<&str> = README.split("```").skip(1).step_by(2).collect();
    assert!(blocks.contains(&"sh\ncargo run --release -- build\n"));
    assert!(blocks.contains(&"sh\ncargo test\n"));
}

#[test]
fn the_comparison_has_the_mistakes_of_its_case_where_they_are_found() {
    let (comparison, case) = (include_str!("../docs/comparison.md"), include_str!("cases/nineteen.md"));
    let places: Vec<&str> = case.lines().filter_map(|line| line.trim_start().strip_prefix("--> ")).collect();
    let mut lines = case.lines();
    let mut mistakes = 0;
    while let Some(line) = lines.next() {
        let Some((number, what)) = line.split_once(". ").filter(|(number, _)| number.parse::<u8>().is_ok())
        else {
            continue;
        };
        mistakes += 1;
        let path = lines.find_map(|line| line.strip_prefix("```")?.split_once(' ')).unwrap().1;
        let place = places.iter().find_map(|place| place.strip_prefix(path)?.strip_prefix(':')).unwrap();
        let row = format!("\n| {number} | {} | {place} | 1, {place} | ", what.trim_end_matches('.'));
        assert!(comparison.contains(&row), "docs/comparison.md has no row{row}");
    }
    assert_eq!((mistakes, places.len()), (19, 19));
}

#[test]
fn the_readme_leads_to_every_document() {
    let docs = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")).unwrap();
    let names = docs.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let lost: Vec<String> =
        names.filter(|name| name.ends_with(".md") && !README.contains(&format!("(docs/{name})"))).collect();
    assert_eq!(lost, [""; 0]);
}

#[test]
fn all_that_the_benchmark_measures_is_explained_and_has_its_option() {
    let performance = include_str!("../docs/performance.md");
    let source = include_str!("../benches/whole/work.rs");
    let words = |function: &str| {
        let body = source.split_once(function).unwrap().1;
        let arms = body.lines().skip(1).take_while(|line| *line != "    }");
        arms.filter_map(|line| Some(line.split_once("=> \"")?.1.split_once('"')?.0)).collect::<Vec<_>>()
    };
    let (names, titles) = (words("fn name("), words("fn title("));
    assert!(!names.is_empty() && names.len() == titles.len());
    assert_eq!(unnamed(names, &[part(performance, "## Measuring it again")]), [""; 0]);
    let explained = part(performance, "## What is measured");
    let silent: Vec<&str> =
        titles.into_iter().filter(|title| !explained.contains(&format!("\n| {title} | "))).collect();
    assert_eq!(silent, [""; 0]);
}

#[test]
fn links_between_the_documents_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let top = fs::read_dir(root).unwrap().chain(fs::read_dir(root.join("docs")).unwrap());
    let documents =
        top.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|it| it == "md"));
    for document in documents {
        let text = fs::read_to_string(&document).unwrap();
        // Links in code are examples.
        let prose: String =
            text.split("```").step_by(2).flat_map(|part| part.split('`').step_by(2)).collect();
        for link in prose.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link) {
            if link.contains("://") {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target =
                if path.is_empty() { document.clone() } else { document.parent().unwrap().join(path) };
            assert!(target.is_file(), "{}: {link}", document.display());
            let headings = fs::read_to_string(&target).unwrap();
            let ids = headings
                .lines()
                .filter_map(|line| Some(line.strip_prefix('#')?.trim_start_matches('#').trim()));
            let mut ids = ids
                .map(|words| words.to_lowercase().replace(' ', "-").replace(['`', '[', ']', ',', '.'], ""));
            assert!(anchor.is_empty() || ids.any(|id| id == anchor), "{}: {link}", document.display());
        }
    }
}
