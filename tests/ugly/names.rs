//! Names of files and folders: each that can't be an address is one mistake, and none reaches a terminal as it is.

use super::site::{PAGE, Site, exercise, settings};

/// A site with one exercise of this name.
fn named(name: &str) -> Site {
    Site::new().with(&format!("content/exercises/{name}.md"), PAGE)
}

#[test]
fn a_page_is_named_with_small_letters_digits_and_hyphens() {
    named("a b").is_refused(
        r"
error[bad-file-name]: `a b.md` has a blank in its name
 --> content/exercises/a b.md
  = help: rename it to `a-b.md`: lower-case letters, digits and hyphens
",
    );
    named("übung").is_refused(
        r"
error[bad-file-name]: `übung.md` has `ü` in its name
 --> content/exercises/übung.md
  = help: rename it to `uebung.md`: lower-case letters, digits and hyphens
",
    );
    named("don't").is_refused(
        r"
error[bad-file-name]: `don't.md` has `'` in its name
 --> content/exercises/don't.md
  = help: rename it to `dont.md`: lower-case letters, digits and hyphens
",
    );
    named("a\"b").is_refused(
        r#"
error[bad-file-name]: `a"b.md` has `"` in its name
 --> content/exercises/a"b.md
  = help: rename it to `a-b.md`: lower-case letters, digits and hyphens
"#,
    );
    named("<script>").is_refused(
        r"
error[bad-file-name]: `<script>.md` has `<` in its name
 --> content/exercises/<script>.md
  = help: rename it to `script.md`: lower-case letters, digits and hyphens
",
    );
    named("Squat").is_refused(
        r"
error[bad-file-name]: `Squat.md` has `S` in its name
 --> content/exercises/Squat.md
  = help: rename it to `squat.md`: lower-case letters, digits and hyphens
",
    );
    named("膝").is_refused(
        r"
error[bad-file-name]: `膝.md` has `膝` in its name
 --> content/exercises/膝.md
  = help: name it with lower-case letters, digits and hyphens
",
    );
    named("a.b").is_refused(
        r"
error[bad-file-name]: `a.b.md` has `.` in its name
 --> content/exercises/a.b.md
  = help: rename it to `a-b.md`: lower-case letters, digits and hyphens
",
    );
    named("a.de").is_refused(
        r"
error[bad-file-name]: `a.de.md` is named as the page `a` in the language `de`
 --> content/exercises/a.de.md
  = help: translations are kept for a later version; take the language out of the name
",
    );
    named("a_b.de").is_refused(
        r"
error[bad-file-name]: `a_b.de.md` has `_` in its name
 --> content/exercises/a_b.de.md
  = help: rename it to `a-b.de.md`: lower-case letters, digits and hyphens
",
    );
    named("a\\b").is_refused(
        r"
error[bad-file-name]: `a\b.md` has `\` in its name
 --> content/exercises/a\b.md
  = help: rename it to `a-b.md`: lower-case letters, digits and hyphens
",
    );
    named(&"a".repeat(230)).is_refused(r"
error[bad-file-name]: the name `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…` is too long
 --> content/exercises/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.md
  = help: rename it: at most 200 characters before the `.md`
");
    Site::new().with("content/exercises/.md.md", PAGE).is_built();
    Site::new().with("content/exercises/a.MD", PAGE).is_refused(
        r"
error[bad-file-name]: the name of the page `a.MD` does not end with `.md`
 --> content/exercises/a.MD
  = help: rename it to `a.md`
",
    );
    Site::new().with("content/exercises/a.markdown", PAGE).is_refused(
        r"
error[bad-file-name]: the name of the page `a.markdown` does not end with `.md`
 --> content/exercises/a.markdown
  = help: rename it to `a.md`
",
    );
}

#[test]
fn what_a_terminal_would_obey_in_a_name_is_shown_as_text() {
    named("a\u{1b}[31mb").is_refused(
        r"
error[bad-file-name]: `a␛[31mb.md` has `␛` in its name
 --> content/exercises/a␛[31mb.md
  = help: rename it to `a-31mb.md`: lower-case letters, digits and hyphens
",
    );
    named("a\nb").is_refused(
        r"
error[bad-file-name]: `a␊b.md` has `␊` in its name
 --> content/exercises/a b.md
  = help: rename it to `a-b.md`: lower-case letters, digits and hyphens
",
    );
    named("\u{202e}cba").is_refused(
        r"
error[bad-file-name]: `<U+202E>cba.md` has `<U+202E>` in its name
 --> content/exercises/<U+202E>cba.md
  = help: rename it to `cba.md`: lower-case letters, digits and hyphens
",
    );
    named("a\u{9b}31mb").is_refused(
        r"
error[bad-file-name]: `a<U+009B>31mb.md` has `<U+009B>` in its name
 --> content/exercises/a<U+009B>31mb.md
  = help: rename it to `a-31mb.md`: lower-case letters, digits and hyphens
",
    );
    for format in ["human", "short", "json", "sarif", "github"] {
        let site = named("a\u{1b}]0;x\u{7}\u{9b}\u{202e}\nb");
        let run = site.run(&["check", "--drafts", "--color=never", &format!("--format={format}")]);
        let bad = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!run.said.contains(bad), "{:?}", run.said);
        assert_eq!(run.status, Some(1));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_is_one_mistake() {
    use std::os::unix::ffi::OsStrExt;
    let site = Site::new();
    let file = site.path("content/exercises").join(std::ffi::OsStr::from_bytes(b"\xff.md"));
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, PAGE).unwrap();
    site.is_refused(
        r"
error[bad-file-name]: the name `�.md` is not Unicode text
 --> content/exercises/�.md
  = help: rename it: lower-case letters, digits and hyphens
",
    );
}

#[test]
fn names_that_systems_keep_for_themselves_are_addresses_all_the_same() {
    for name in ["con", "nul", "list", "404", "a-z", "static", "feed", "0", "-"] {
        named(name).is_built();
    }
}

#[test]
fn a_page_can_not_take_the_address_of_what_every_site_has() {
    named("index").is_refused(
        r"
error[bad-file-name]: `index` is the address of the list of all pages of this folder
 --> content/exercises/index.md
  = help: give the page another name
",
    );
    Site::new().with("content/404.md", PAGE).is_refused(
        r"
error[duplicate-address]: `404.html` is the address of the page for wrong addresses already
 --> content/404.md:1:1
  |
1 | ---
  | ^^^ help: give the file another name
",
    );
    Site::new().with("content/a-z.md", PAGE).is_refused(
        r"
error[duplicate-address]: `a-z.html` is the address of the A to Z already
 --> content/a-z.md:1:1
  |
1 | ---
  | ^^^ help: give the file another name
",
    );
    for name in ["static", "list", "exercises", "handouts", "feed", "con"] {
        Site::new().with(&format!("content/{name}.md"), PAGE).is_built();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn two_files_whose_names_differ_only_in_case_are_one_mistake() {
    exercise(PAGE).with("content/exercises/A.md", PAGE).is_refused(
        r"
error[bad-file-name]: `A.md` has `A` in its name
 --> content/exercises/A.md
  = help: rename it to `a.md`: lower-case letters, digits and hyphens
",
    );
    Site::new().with("content/a.png", "x").with("content/A.png", "y").is_refused(
        r"
error[duplicate-address]: `a.png` is the address of the file `content/A.png` already
 --> content/a.png
  = help: give the file another name
  |
note: the first is here
 --> content/A.png
",
    );
    Site::new().with("themes/clinic/static/a.css", "").with("themes/clinic/static/A.css", "").is_refused(r"
error[duplicate-address]: `themes/clinic/static/a.css` and `themes/clinic/static/A.css` differ only in capital letters
 --> themes/clinic/static/a.css
  = help: rename one of the two
  |
note: the other is here
 --> themes/clinic/static/A.css
");
}

#[test]
fn a_page_in_a_folder_of_no_kind_is_one_mistake() {
    Site::new().with("content/a b/x.md", PAGE).is_refused(r"
error[unknown-folder]: `content/a b/` is the folder of no kind of page
 --> content/a b/x.md
  = help: move the page into one of `exercises`, `guidance`, `conditions`, `phases`, `medicines`, `plans`, `glossary`, `safety`
");
    Site::new().with("content/exercise/x.md", PAGE).is_refused(
        r"
error[unknown-folder]: `content/exercise/` is the folder of no kind of page
 --> content/exercise/x.md
  = help: did you mean `content/exercises/`?
",
    );
    Site::new().with("content/exercises/knee/x.md", PAGE).is_refused(
        r"
error[unknown-folder]: the page lies too deep: pages stand directly in `content/exercises/`
 --> content/exercises/knee/x.md
  = help: move it up into `content/exercises/`
",
    );
    Site::new().with("content/exercises/a.md/x.md", PAGE).is_refused(
        r"
error[unknown-folder]: the page lies too deep: pages stand directly in `content/exercises/`
 --> content/exercises/a.md/x.md
  = help: move it up into `content/exercises/`
",
    );
}

#[test]
fn a_picture_may_have_any_name_that_can_be_an_address() {
    let body = "![A](<pics/a b.png>) ![B](pics/é.png) ![C](pics/a%23b.png) ![D](pics/'%22%3Cscript%3E.png)\n";
    let site = exercise(format!("{PAGE}\n{body}"))
        .with("content/exercises/pics/a b.png", "1")
        .with("content/exercises/pics/é.png", "2")
        .with("content/exercises/pics/a#b.png", "3")
        .with("content/exercises/pics/'\"<script>.png", "4");
    site.is_built();
    let page = site.published("exercises/a.html");
    assert_eq!(super::html::broken(&page), None);
    for source in ["pics/a%20b.png", "pics/%C3%A9.png", "pics/a%23b.png", "pics/'%22%3Cscript%3E.png"] {
        assert!(
            page.contains(&format!("src=\"{source}")) || page.contains(&source.replace('\'', "&#39;")),
            "{source}: {page}"
        );
    }
}

#[test]
fn a_file_whose_name_can_not_be_an_address_is_one_mistake() {
    Site::new().with("content/a\\b.png", "x").is_refused(
        r"
error[bad-file-name]: `content/a\b.png` has a backslash in its name
 --> content/a\b.png
  = help: rename it: letters, digits and hyphens
",
    );
    Site::new().with("content/a\nb\u{1b}.png", "x").is_refused(
        r"
error[bad-file-name]: `content/a␊b␛.png` has an invisible control character in its name
 --> content/a b␛.png
  = help: rename it: letters, digits and hyphens
",
    );
    Site::new().with("themes/clinic/static/a\\b.css", "x").is_refused(
        r"
error[bad-file-name]: `themes/clinic/static/a\b.css` has a backslash in its name
 --> themes/clinic/static/a\b.css
  = help: rename it: letters, digits and hyphens
",
    );
}

#[test]
fn a_file_takes_no_address_of_a_page() {
    exercise(PAGE).with("content/exercises/a.html", "x").is_refused(
        r"
error[duplicate-address]: `exercises/a.html` is the address of the page `A` already
 --> content/exercises/a.html
  = help: give the file another name
  |
note: the first is here
 --> content/exercises/a.md:1:1
  |
1 | ---
  | ^^^
",
    );
    exercise(PAGE).with("content/exercises/a.html/x.png", "x").is_refused(r"
error[duplicate-address]: `exercises/a.html/x.png` lies below a file: `exercises/a.html` is the address of the page `A`
 --> content/exercises/a.html/x.png
  = help: choose another name
");
    Site::new().with("content/index.html", "x").is_refused(
        r"
error[duplicate-address]: `index.html` is the address of the home page already
 --> content/index.html
  = help: give the file another name
",
    );
    Site::new().with("content/exercises/index.html", "x").is_refused(
        r"
error[duplicate-address]: `exercises/index.html` is the address of the list of all exercises already
 --> content/exercises/index.html
  = help: give the file another name
",
    );
    Site::new().with("content/static/style.css", "x").is_refused(
        r"
error[duplicate-address]: `static/style.css` is kept for the files of the theme
 --> content/static/style.css
  = help: give the file another name
",
    );
}

#[test]
fn an_old_address_that_is_none_is_one_mistake() {
    let alias = |alias: &str| exercise(format!("---\ntitle: A\nsummary: S.\naliases: [{alias}]\n---\n"));
    alias("../x").is_refused(
        r"
error[invalid-value]: `../x` can't be an address of this site
 --> content/exercises/a.md:4:11
  |
4 | aliases: [../x]
  |           ^^^^
  |
  = help: write a path from the root of the site, as `exercises/old-name.html` or `exercises/old-name/`
",
    );
    alias("a/../b").is_refused(
        r"
error[invalid-value]: `a/../b` can't be an address of this site
 --> content/exercises/a.md:4:11
  |
4 | aliases: [a/../b]
  |           ^^^^^^
  |
  = help: write a path from the root of the site, as `exercises/old-name.html` or `exercises/old-name/`
",
    );
    alias("\"\"").is_refused(
        r#"
error[out-of-range]: item 1 of `aliases` is empty
 --> content/exercises/a.md:4:11
  |
4 | aliases: [""]
  |           ^^ help: write a value, or take the line out
"#,
    );
    alias("/").is_refused(
        r"
error[invalid-value]: `/` can't be an address of this site
 --> content/exercises/a.md:4:11
  |
4 | aliases: [/]
  |           ^
  |
  = help: write a path from the root of the site, as `exercises/old-name.html` or `exercises/old-name/`
",
    );
    alias("%2e%2e/x").is_refused(
        r#"
error[yaml-syntax]: a value can't begin with `%`
 --> content/exercises/a.md:4:11
  |
4 | aliases: [%2e%2e/x]
  |           ^ help: put the value in quotes: `"%2e%2e/x"`
"#,
    );
    alias("'C:/x'").is_refused(
        r"
error[invalid-value]: `C:/x` can't be an address of this site
 --> content/exercises/a.md:4:11
  |
4 | aliases: ['C:/x']
  |           ^^^^^^
  |
  = help: write a path from the root of the site, as `exercises/old-name.html` or `exercises/old-name/`
",
    );
    alias("https://example.org/old.html").is_refused(
        r"
error[invalid-value]: `https://example.org/old.html` is a whole address, and only its path is needed
 --> content/exercises/a.md:4:11
  |
4 | aliases: [https://example.org/old.html]
  |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ help: did you mean `old.html`?
",
    );
    alias("exercises/a.html").is_refused(
        r"
error[duplicate-address]: `exercises/a.html` is the address of the page `A` already
 --> content/exercises/a.md:4:11
  |
1 | ---
  | --- the first is here
...
4 | aliases: [exercises/a.html]
  |           ^^^^^^^^^^^^^^^^
  |
  = help: take it out: something else is there now
",
    );
    alias("old, old").is_refused(
        r"
error[invalid-value]: `old` stands twice in `aliases`
 --> content/exercises/a.md:4:16
  |
4 | aliases: [old, old]
  |           ---  ^^^
  |           |
  |           first given here
  |
  = help: take one of them out
",
    );
    alias("static/x.html").is_refused(
        r"
error[duplicate-address]: `static/x.html` is kept for the files of the theme
 --> content/exercises/a.md:4:11
  |
4 | aliases: [static/x.html]
  |           ^^^^^^^^^^^^^ help: take it out: something else is there now
",
    );
    alias(&"a".repeat(300)).is_refused(r"
error[invalid-value]: `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…` can't be an address of this site
 --> content/exercises/a.md:4:11
  |
4 | aliases: [aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…
  |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write a path from the root of the site, as `exercises/old-name.html` or `exercises/old-name/`
");
    alias("old/, é.html, x").is_built();
}

#[test]
fn a_picture_that_is_a_folder_is_one_mistake() {
    exercise(format!("{PAGE}\n![A](pics)\n")).with("content/exercises/pics/x.png", "x").is_refused(
        r"
error[missing-asset]: `pics` is a folder, not a file
 --> content/exercises/a.md:7:6
  |
7 | ![A](pics)
  |      ^^^^ help: write the name of a file in it, too
",
    );
    exercise(format!("{PAGE}\n![A](pics/)\n")).with("content/exercises/pics/x.png", "x").is_refused(
        r"
error[missing-asset]: `pics/` is a folder, not a file
 --> content/exercises/a.md:7:6
  |
7 | ![A](pics/)
  |      ^^^^^ help: write the name of a file in it, too
",
    );
}

#[test]
fn a_link_out_of_the_root_is_one_mistake() {
    for link in ["../../../etc/passwd", "/../../etc/passwd", "..%2f..%2f..%2fetc/passwd", "../../site.toml"] {
        let run = exercise(format!("{PAGE}\n[A guide]({link})\n")).run(&[
            "check",
            "--drafts",
            "--format=short",
            "--quiet",
        ]);
        assert_eq!(run.status, Some(1), "{}", run.said);
        assert_eq!(run.said.lines().count(), 1, "{}", run.said);
    }
    exercise(format!("{PAGE}\n[A guide](../../../etc/passwd)\n\n![A](../../../etc/passwd)\n")).is_refused(
        r"
error[link-out-of-site]: `../../../etc/passwd` lies outside of `content/`
 --> content/exercises/a.md:7:11
  |
7 | [A guide](../../../etc/passwd)
  |           ^^^^^^^^^^^^^^^^^^^
  |
  = help: put the file beside the page, or lead to a page under `content/`

error[link-out-of-site]: `../../../etc/passwd` lies outside of `content/`
 --> content/exercises/a.md:9:6
  |
9 | ![A](../../../etc/passwd)
  |      ^^^^^^^^^^^^^^^^^^^ help: put the file beside the page, or lead to a page under `content/`
",
    );
}

#[test]
fn an_output_folder_that_is_none_is_one_mistake() {
    for output in [
        ".",
        "..",
        "content",
        "content/x",
        "themes",
        "schemas",
        "a/../content",
        "/",
        "~/x",
        "C:\\\\x",
        "x\\u0000",
        "",
    ] {
        let run = settings(&format!("output = \"{output}\"")).run(&[
            "build",
            "--drafts",
            "--format=short",
            "--quiet",
        ]);
        assert_eq!(run.status, Some(1), "{output}: {}", run.said);
        assert_eq!(run.said.lines().count(), 1, "{output}: {}", run.said);
        assert!(run.said.starts_with("site.toml:1:10: error["), "{output}: {}", run.said);
    }
    settings(&format!("output = \"{}\"", "x".repeat(300))).is_refused(
        r#"
error[bad-setting]: `output` can't be the name of a folder
 --> site.toml:1:10
  |
1 | output = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
  |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: name a folder of its own, as `public`
"#,
    );
}
