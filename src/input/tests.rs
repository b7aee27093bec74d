//! Sites on a real disk: what is read, what is left out, and what is said about it.

use super::*;
use crate::diagnostic::Place;
use crate::source::Span;
use std::fs;
use tempfile::TempDir;

const DEFAULT: ThemeChoice<'_> = ThemeChoice { name: "clinic", place: None };

/// A site of `files`: paths and bytes.
fn site(files: &[(&str, &[u8])]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let file = root.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    root
}

fn inputs(root: &TempDir) -> Inputs {
    let settings = settings(root.path()).unwrap();
    read(root.path(), settings, DEFAULT).unwrap()
}

fn paths<'a>(sources: impl IntoIterator<Item = &'a Source>) -> Vec<&'a str> {
    sources.into_iter().map(|source| source.path.as_str()).collect()
}

/// Each finding as rule, place, message and help.
fn report(findings: &[Diagnostic]) -> Vec<String> {
    let show = |finding: &Diagnostic| {
        let Place { path, span } = &finding.place;
        let help = finding.help.as_deref().unwrap_or_default();
        let related: String =
            finding.related.iter().map(|r| format!(" | {} {}", r.message, r.place.path)).collect();
        format!(
            "{}[{}] {path}:{}..{}: {} | {help}{related}",
            finding.severity.name(),
            finding.rule.name(),
            span.start,
            span.end,
            finding.message
        )
    };
    findings.iter().map(show).collect()
}

#[track_caller]
fn check_names(files: &[&str], expected: &[&str]) {
    let files: Vec<(&str, &[u8])> = files.iter().map(|path| (*path, &b"x"[..])).collect();
    assert_eq!(report(&inputs(&site(&files)).findings), expected);
}

#[test]
fn every_file_has_its_place_in_the_order_of_the_paths() {
    let root = site(&[
        ("site.toml", b"title = 'x'"),
        ("content/index.md", b"i"),
        ("content/exercises/b.md", b"b"),
        ("content/exercises/a.md", b"a"),
        ("content/exercises/a.de.md", b"de"),
        ("content/exercises/a.svg", b"<svg/>"),
        ("content/exercises-old/c.md", b"c"),
        ("content/people.yml", b"p"),
        ("content/sources.yml", b"s"),
        ("content/cautions.yml", b"c"),
        ("content/exercises/people.yml", b"an asset"),
        ("schemas/exercise.json", b"{}"),
        ("schemas/notes.txt", b""),
        ("schemas/old/exercise.json", b"{}"),
        ("notes.md", b"not content"),
    ]);
    let inputs = inputs(&root);
    assert_eq!(report(&inputs.findings), [""; 0]);
    assert_eq!(paths(&inputs.settings), ["site.toml"]);
    assert_eq!(
        paths(&inputs.pages),
        [
            "content/exercises-old/c.md",
            "content/exercises/a.de.md",
            "content/exercises/a.md",
            "content/exercises/b.md",
            "content/index.md"
        ]
    );
    assert_eq!(&*inputs.pages[2].text, "a");
    assert_eq!(paths(&inputs.people), ["content/people.yml"]);
    assert_eq!(paths(&inputs.sources), ["content/sources.yml"]);
    assert_eq!(paths(&inputs.cautions), ["content/cautions.yml"]);
    assert_eq!(paths(&inputs.schemas), ["schemas/exercise.json"]);
    let assets: Vec<&str> = inputs.assets.iter().map(|asset| asset.path.as_str()).collect();
    assert_eq!(assets, ["content/exercises/a.svg", "content/exercises/people.yml"]);
}

#[test]
fn the_demonstration_site_is_read_from_a_relative_root_without_a_finding() {
    // Cargo runs tests in the folder of the package.
    let root = Path::new(".");
    let inputs = read(root, settings(root).unwrap(), DEFAULT).unwrap();
    assert_eq!(report(&inputs.findings), [""; 0]);
    assert!(inputs.pages.iter().any(|page| page.path.as_str() == "content/index.md"));
    assert_eq!(paths(&inputs.people), ["content/people.yml"]);
}

#[test]
fn an_asset_is_known_by_digest_and_size_and_not_held() {
    let picture = vec![7; 200_000];
    let root = site(&[("content/a.png", &picture), ("content/index.md", b"i")]);
    let expected = Asset {
        path: SitePath::new("content/a.png"),
        file: root.path().join("content/a.png"),
        digest: xxhash_rust::xxh3::xxh3_128(&picture),
        size: 200_000,
        sides: None,
        danger: None,
    };
    assert_eq!(inputs(&root).assets, [expected]);
}

#[test]
fn hidden_and_private_files_and_safety_copies_are_left_out() {
    check_names(
        &[
            "content/.a.md",
            "content/_b.md",
            "content/_drafts/C.md",
            "content/.git/D.md",
            "content/e.md~",
            "content/index.md",
        ],
        &[],
    );
    let root = site(&[
        ("content/_b.md", b""),
        ("content/_c/d.png", b""),
        ("content/.DS_Store", b""),
        ("content/index.md", b"i"),
    ]);
    let inputs = inputs(&root);
    assert_eq!((inputs.pages.len(), inputs.assets.len()), (1, 0));
}

#[test]
fn a_page_whose_name_can_t_be_an_address_is_found_and_a_name_offered() {
    check_names(
        &[
            "content/exercises/Knee Rolls.md",
            "content/exercises/knee_rolls.de.md",
            "content/exercises/übung.md",
            "content/exercises/v1.2.md",
            "content/exercises/…….md",
            "content/fine-1.pt-BR.md",
        ],
        &[
            "error[bad-file-name] content/exercises/Knee Rolls.md:0..0: `Knee Rolls.md` has `K` in its name | rename it to `knee-rolls.md`: lower-case letters, digits and hyphens",
            "error[bad-file-name] content/exercises/knee_rolls.de.md:0..0: `knee_rolls.de.md` has `_` in its name | rename it to `knee-rolls.de.md`: lower-case letters, digits and hyphens",
            "error[bad-file-name] content/exercises/v1.2.md:0..0: `v1.2.md` has `.` in its name | rename it to `v1-2.md`: lower-case letters, digits and hyphens",
            "error[bad-file-name] content/exercises/übung.md:0..0: `übung.md` has `ü` in its name | rename it to `uebung.md`: lower-case letters, digits and hyphens",
            "error[bad-file-name] content/exercises/…….md:0..0: `…….md` has `…` in its name | name it with lower-case letters, digits and hyphens",
        ],
    );
}

#[test]
fn a_page_or_register_with_another_ending_is_not_published_as_a_file() {
    check_names(
        &["content/a.MD", "content/b.markdown", "content/people.yaml", "content/person.yml"],
        &[
            "error[bad-file-name] content/a.MD:0..0: the name of the page `a.MD` does not end with `.md` | rename it to `a.md`",
            "error[bad-file-name] content/b.markdown:0..0: the name of the page `b.markdown` does not end with `.md` | rename it to `b.md`",
            "error[bad-file-name] content/people.yaml:0..0: the name of the register `people.yaml` does not end with `.yml` | rename it to `people.yml`",
            "error[bad-file-name] content/person.yml:0..0: `person.yml` is no register | the registers are `people.yml`, `sources.yml` and `cautions.yml`",
        ],
    );
    let root = site(&[("content/a.MD", b""), ("content/people.yaml", b"p"), ("content/person.yml", b"")]);
    let inputs = inputs(&root);
    assert_eq!((inputs.pages.len(), inputs.assets.len()), (0, 0));
    // It is read all the same, or every name in it would be unknown.
    assert_eq!(paths(&inputs.people), ["content/people.yaml"]);
}

#[test]
fn of_two_registers_the_one_with_the_right_name_counts() {
    let root = site(&[("content/people.yaml", b"old"), ("content/people.yml", b"new")]);
    assert_eq!(&*inputs(&root).people.unwrap().text, "new");
}

#[test]
fn files_that_differ_only_in_capitals_are_found() {
    let root = site(&[
        ("content/a.txt", b""),
        ("content/index.md", b"i"),
        ("themes/clinic/static/b.PNG", b""),
        ("themes/clinic/static/b.png", b""),
    ]);
    let inputs = inputs(&root);
    if inputs.theme.files.iter().filter(|file| file.name.starts_with("b.")).count() == 2 {
        assert_eq!(
            report(&inputs.findings),
            [
                "error[duplicate-address] themes/clinic/static/b.png:0..0: `themes/clinic/static/b.png` and `themes/clinic/static/b.PNG` differ only in capital letters | rename one of the two | the other is here themes/clinic/static/b.PNG"
            ]
        );
    }
}

#[test]
fn a_byte_that_is_no_utf_8_is_found_at_its_place() {
    let root = site(&[("content/a.md", b"title: \xc3\xa4 caf\xe9\n"), ("content/b.md", b"\xff\xfet\0")]);
    let inputs = inputs(&root);
    assert_eq!(
        report(&inputs.findings),
        [
            "error[not-utf8] content/a.md:13..16: the byte 0xe9 is not UTF-8 text | save the file as UTF-8 and write the character here anew",
            "error[not-utf8] content/b.md:0..0: the text is UTF-16, not UTF-8 | save it as UTF-8",
        ]
    );
    assert_eq!(paths(&inputs.pages), ["content/a.md"]);
    assert_eq!(Span::new(13, 16).of(&inputs.pages[0].text), "\u{fffd}");
    assert_eq!(inputs.damaged, [SitePath::new("content/b.md")]);
}

#[test]
fn a_control_character_is_found_at_its_place() {
    let text = "a\tb\r\nc\u{b}d é\u{92}\u{feff}\0";
    let inputs = inputs(&site(&[("content/a.md", text.as_bytes())]));
    let expected = |place: &str, code: &str| {
        format!(
            "error[control-character] content/a.md:{place}: there is an invisible control character here, U+{code} | delete it"
        )
    };
    assert_eq!(
        report(&inputs.findings),
        [expected("6..7", "000B"), expected("11..13", "0092"), expected("16..17", "0000")]
    );
    assert!(inputs.findings.iter().all(|finding| finding.fix.is_some()));
    assert_eq!(paths(&inputs.pages), ["content/a.md"]);
}

#[test]
fn a_page_that_is_too_large_is_not_read() {
    let fine = vec![b'x'; 1 << 20];
    let large = vec![b'x'; (1 << 20) + 1];
    let inputs =
        inputs(&site(&[("content/a.md", &fine), ("content/b.md", &large), ("content/c.png", &large)]));
    assert_eq!(
        report(&inputs.findings),
        ["error[file-too-large] content/b.md:0..0: `b.md` is larger than 1 MiB | split the page"]
    );
    assert_eq!(paths(&inputs.pages), ["content/a.md"]);
    assert_eq!(inputs.damaged, [SitePath::new("content/b.md")]);
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_only_inside_of_the_site() {
    use std::os::unix::fs::symlink;
    let outside = site(&[("secret.md", b"s"), ("more/x.md", b"x")]);
    let root = site(&[("content/a.md", b"a"), ("shared/b.md", b"b"), ("shared/sub/c.md", b"c")]);
    let content = root.path().join("content");
    symlink("../shared/b.md", content.join("b.md")).unwrap();
    symlink("../shared/sub", content.join("sub")).unwrap();
    symlink(outside.path().join("secret.md"), content.join("secret.md")).unwrap();
    symlink(outside.path().join("more"), content.join("more")).unwrap();
    symlink("nowhere.md", content.join("lost.md")).unwrap();
    symlink(".", content.join("loop")).unwrap();
    symlink(outside.path(), content.join("_private")).unwrap();
    symlink("nowhere.md", content.join(".#a.md")).unwrap();
    let inputs = inputs(&root);
    assert_eq!(paths(&inputs.pages), ["content/a.md", "content/b.md", "content/sub/c.md"]);
    let expected = [
        "error[link-out-of-site] content/loop:0..0: `content/loop` is a link to a folder that it lies in | delete the link",
        "error[link-out-of-site] content/lost.md:0..0: `content/lost.md` is a link that leads nowhere | put the file there instead of the link",
        "error[link-out-of-site] content/more:0..0: `content/more` is a link that leads out of the site's folder | put a copy there instead of the link",
        "error[link-out-of-site] content/secret.md:0..0: `content/secret.md` is a link that leads out of the site's folder | put a copy there instead of the link",
    ];
    assert_eq!(report(&inputs.findings), expected);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_found_and_not_waited_for() {
    let root = site(&[("content/a.md", b"a")]);
    let _socket = std::os::unix::net::UnixListener::bind(root.path().join("content/b.md")).unwrap();
    let inputs = inputs(&root);
    assert_eq!(paths(&inputs.pages), ["content/a.md"]);
    assert_eq!(
        report(&inputs.findings),
        ["error[bad-file-name] content/b.md:0..0: `content/b.md` is neither a file nor a folder | delete it"]
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_unicode_is_found() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let root = site(&[("content/a.md", b"a")]);
    fs::write(root.path().join("content").join(OsStr::from_bytes(b"b\xff.md")), "b").unwrap();
    let inputs = inputs(&root);
    assert_eq!(paths(&inputs.pages), ["content/a.md"]);
    assert_eq!(
        report(&inputs.findings),
        [
            "error[bad-file-name] content/b\u{fffd}.md:0..0: the name `b\u{fffd}.md` is not Unicode text | rename it: lower-case letters, digits and hyphens"
        ]
    );
}

#[test]
fn a_site_needs_settings_or_content() {
    let error = |root: &Path| settings(root).unwrap_err().to_string();
    let root = site(&[("a.md", b"")]);
    let shown = root.path().display();
    assert_eq!(
        error(root.path()),
        format!(
            "there is no `site.toml` and no folder `content` in `{shown}`: run backsite in the folder that holds site.toml, or name that folder with --root"
        )
    );
    assert!(error(&root.path().join("none")).starts_with(&format!("can't open the folder `{shown}/none`: ")));
    assert!(error(&root.path().join("a.md")).starts_with(&format!("can't open the folder `{shown}/a.md`: ")));
    assert!(settings(site(&[("content/a.md", b"")]).path()).unwrap().source.is_none());
    let empty = site(&[("site.toml", b"")]);
    let error = read(empty.path(), Settings::default(), DEFAULT).unwrap_err().to_string();
    assert!(error.starts_with("there is no folder `content` in "), "{error}");
}

#[test]
fn what_can_t_be_read_is_an_error_that_names_it() {
    let root = site(&[("content", b"a file")]);
    fs::write(root.path().join("site.toml"), "").unwrap();
    let error = read(root.path(), Settings::default(), DEFAULT).unwrap_err().to_string();
    assert!(
        error.starts_with(&format!("can't read `{}`: ", root.path().join("content").display())),
        "{error}"
    );
    let root = site(&[("site.toml/a", b"")]);
    assert!(matches!(settings(root.path()), Err(InputError::Unreadable { .. })));
}

const CARRIED: &[(&str, &[u8])] = &[
    ("README.md", b"not of the theme"),
    ("i18n/en.toml", b"en"),
    ("static/a.css", b"a"),
    ("static/fonts/b.woff2", b"b"),
    ("templates/_part.html", b"part"),
    ("templates/base.html", b"base"),
    ("templates/feed.xml", b"feed"),
];

fn theme(root: &TempDir, name: &str) -> (ThemeFiles, Vec<String>) {
    let mut findings = Vec::new();
    let place = Place::new(&SitePath::new("site.toml"), Span::new(8, 14));
    let choice = ThemeChoice { name, place: Some(&place) };
    let files = theme::read(root.path(), choice, CARRIED, &mut findings, &mut Vec::new()).unwrap();
    (files, report(&findings))
}

fn show(texts: &[ThemeText]) -> Vec<String> {
    texts.iter().map(|text| format!("{} {}: {}", text.name, text.source.path, text.source.text)).collect()
}

#[test]
fn a_site_without_a_theme_has_the_one_that_the_program_carries() {
    let (files, findings) = theme(&site(&[]), "clinic");
    assert_eq!(findings, [""; 0]);
    assert_eq!(
        show(&files.templates),
        [
            "_part.html themes/clinic/templates/_part.html: part",
            "base.html themes/clinic/templates/base.html: base",
            "feed.xml themes/clinic/templates/feed.xml: feed",
        ]
    );
    assert_eq!(show(&files.strings), ["en.toml themes/clinic/i18n/en.toml: en"]);
    let carried = |name: &str, bytes| StaticFile {
        name: name.into(),
        content: StaticContent::Carried { bytes, digest: xxhash_rust::xxh3::xxh3_128(bytes) },
    };
    assert_eq!(files.files, [carried("a.css", b"a"), carried("fonts/b.woff2", b"b")]);
}

#[test]
fn a_theme_s_own_files_replace_those_that_the_program_carries_one_by_one() {
    let root = site(&[
        ("themes/ours/templates/base.html", b"ours"),
        ("themes/ours/templates/.hidden.html", b""),
        ("themes/ours/templates/notes.md", b""),
        ("themes/ours/templates/parts/x.html", b"x"),
        ("themes/ours/i18n/de.toml", b"de"),
        ("themes/ours/static/a.css", b"ours"),
    ]);
    let (files, findings) = theme(&root, "ours");
    assert_eq!(findings, [""; 0]);
    assert_eq!(
        show(&files.templates),
        [
            "_part.html themes/clinic/templates/_part.html: part",
            "base.html themes/ours/templates/base.html: ours",
            "feed.xml themes/clinic/templates/feed.xml: feed",
            "parts/x.html themes/ours/templates/parts/x.html: x",
        ]
    );
    assert_eq!(
        show(&files.strings),
        ["de.toml themes/ours/i18n/de.toml: de", "en.toml themes/clinic/i18n/en.toml: en"]
    );
    let names: Vec<&str> = files.files.iter().map(|file| &*file.name).collect();
    assert_eq!(names, ["a.css", "fonts/b.woff2"]);
    assert!(matches!(&files.files[0].content, StaticContent::File(asset) if asset.size == 4));
}

#[test]
fn a_theme_that_is_not_there_is_found_at_the_setting() {
    let help = "put the theme there, or take `theme = \"clinic\"`";
    let (files, findings) = theme(&site(&[]), "ours");
    assert_eq!(
        findings,
        [format!("error[bad-setting] site.toml:8..14: there is no folder `themes/ours` | {help}")]
    );
    assert_eq!(files.templates.len(), 3);
    let (_, findings) = theme(&site(&[]), "../up");
    assert_eq!(
        findings,
        [format!("error[bad-setting] site.toml:8..14: `../up` can't be the name of a folder | {help}")]
    );
}

#[test]
fn the_program_carries_every_file_of_the_default_theme() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/clinic");
    let mut findings = Vec::new();
    let found = walk::files(&folder, "", name::is_skipped_in_theme, &mut findings).unwrap();
    let on_disk: Vec<(String, Vec<u8>)> =
        found.iter().map(|found| (found.path.to_string(), fs::read(&found.file).unwrap())).collect();
    let carried: Vec<(String, Vec<u8>)> =
        theme_files::FILES.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    assert_eq!(carried, on_disk);
}
