//! Themes: templates that can't be read, that fail, that run in circles; words that are not there.

use super::site::{PAGE, SETTINGS, Site, exercise};

#[test]
fn a_site_without_a_home_page_of_its_own_gets_one() {
    exercise(PAGE).without("content/index.md").is_built();
}

#[test]
fn a_site_without_any_page_is_no_site() {
    let run = Site::new().without("content/index.md").run(&["build"]);
    assert_eq!(run.status, Some(2));
    assert!(run.said.starts_with("error: there is no page in the folder `content`"), "{}", run.said);
}

/// A site with one exercise and a template of its own for it.
fn template(text: impl AsRef<[u8]>) -> Site {
    exercise(PAGE).with("themes/clinic/templates/exercise.html", text)
}

#[test]
fn what_does_not_exist_is_found_where_it_is_named() {
    template("{% extends \"nope.html\" %}").is_refused(
        r#"
error[template-error]: there is no template `nope.html`
 --> themes/clinic/templates/exercise.html:1:12
  |
1 | {% extends "nope.html" %}
  |            ^^^^^^^^^^^ help: write the name as it is in the folder `templates` of the theme
"#,
    );
    template("é {% include \"nope.html\" %}").is_refused(
        r#"
error[template-error]: there is no template `nope.html`
 --> themes/clinic/templates/exercise.html:1:14
  |
1 | é {% include "nope.html" %}
  |              ^^^^^^^^^^^ help: write the name as it is in the folder `templates` of the theme
"#,
    );
    template("a\r\né {{ frame.title | nope }} {{ nope() }}\n{% if page is nope %}{% endif %}").is_refused(
        r"
error[template-error]: there is no filter `nope`
 --> themes/clinic/templates/exercise.html:2:20
  |
2 | é {{ frame.title | nope }} {{ nope() }}
  |                    ^^^^
  |
  = help: the filters are `safe`, `default`, `upper`, `lower`, `wordcount`, `escape`, `escape_html`, `escape_xml`, `newlines_to_br`, `pluralize`, `trim`, `trim_start` and others

error[template-error]: there is no function `nope`
 --> themes/clinic/templates/exercise.html:2:31
  |
2 | é {{ frame.title | nope }} {{ nope() }}
  |                               ^^^^ help: the functions are `range`, `throw`, `super`

error[template-error]: there is no test `nope`
 --> themes/clinic/templates/exercise.html:3:15
  |
3 | {% if page is nope %}{% endif %}
  |               ^^^^ help: did you mean `none`?
",
    );
    template("{% extends \"base.html\" %}{% block nope %}{% endblock %}").is_refused(
        r#"
error[template-error]: the template that this one extends has no block `nope`
 --> themes/clinic/templates/exercise.html:1:35
  |
1 | {% extends "base.html" %}{% block nope %}{% endblock %}
  |                                   ^^^^
  |
  = help: the blocks are `around`, `body`, `care`, `class`, `facts`, `head`, `lead`, `main`, `more`, `title`, `version`
"#,
    );
    template("{{ nope }}").is_refused(
        r"
error[template-error]: there is no value `nope` here
 --> themes/clinic/templates/exercise.html:1:4
  |
1 | {{ nope }}
  |    ^^^^ help: the values here are `assets`, `frame`, `page`, `root`, `site`, `t`
",
    );
}

#[test]
fn a_block_that_the_base_has_lost_is_told_once() {
    let site =
        Site::new().with("themes/clinic/templates/base.html", "<html>{% block body %}{% endblock %}</html>");
    let run = site.run(&["check", "--drafts", "--quiet", "--format=short"]);
    assert_eq!(run.status, Some(1));
    assert_eq!(
        run.said.matches("and it has no block for what they fill: `class`, ").count(),
        1,
        "{}",
        run.said
    );
}

#[test]
fn templates_in_a_circle_are_found() {
    template("{% include \"exercise.html\" %}").is_refused(
        r#"
error[template-error]: the template includes itself
 --> themes/clinic/templates/exercise.html:1:12
  |
1 | {% include "exercise.html" %}
  |            ^^^^^^^^^^^^^^^
"#,
    );
    template("{% extends 'exercise.html' %}").is_refused(
        r"
error[template-error]: the template extends itself
 --> themes/clinic/templates/exercise.html:1:12
  |
1 | {% extends 'exercise.html' %}
  |            ^^^^^^^^^^^^^^^ help: did you mean `page.html`?
",
    );
    template("{% include \"x.html\" %}\n<html>")
        .with("themes/clinic/templates/x.html", "\n{% include \"y.html\" %}")
        .with("themes/clinic/templates/y.html", "{% include \"x.html\" %}")
        .is_refused(
            r#"
error[template-error]: templates include each other in a circle: `exercise.html`, `x.html`, `y.html`, `x.html`
 --> themes/clinic/templates/x.html:2:12
  |
2 | {% include "y.html" %}
  |            ^^^^^^^^
"#,
        );
    template("{% extends \"x.html\" %}")
        .with("themes/clinic/templates/x.html", "{% extends \"exercise.html\" %}")
        .is_refused(
            r#"
error[template-error]: templates extend each other in a circle: `exercise.html`, `x.html`
 --> themes/clinic/templates/exercise.html:1:12
  |
1 | {% extends "x.html" %}
  |            ^^^^^^^^ help: did you mean `page.html`?
"#,
        );
    template("{% component f() %}{{ <f /> }}{% endcomponent %}{{ <f /> }}\n<html>").is_refused(
        r"
error[template-error]: components call each other without end
 --> themes/clinic/templates/exercise.html
  = help: take one of the calls out, or put it into `{% if … %}`
  |
note: while this page was rendered
 --> content/exercises/a.md:1:1
  |
1 | ---
  | ^^^
",
    );
}

#[test]
fn a_component_in_two_templates_is_found_in_one() {
    template("{% component f() %}{% endcomponent %}{% component f() %}{% endcomponent %}").is_refused(
        r"
error[template-error]: there are two components `f`
 --> themes/clinic/templates/exercise.html:1:51
  |
1 | {% component f() %}{% endcomponent %}{% component f() %}{% endcomponent %}
  |              - first given here                   ^
  |
  = help: take one of them out, or give it another name
",
    );
    template("{% component f() %}{% endcomponent %}\n<html>")
        .with("themes/clinic/templates/x.html", "{% component f() %}{% endcomponent %}")
        .is_refused(
            r"
error[template-error]: there are two components `f`, in `exercise.html` and in `x.html`
 --> themes/clinic/templates/x.html:1:14
  |
1 | {% component f() %}{% endcomponent %}
  |              ^ help: take one of them out, or give it another name
  |
note: first given here
 --> themes/clinic/templates/exercise.html:1:14
  |
1 | {% component f() %}{% endcomponent %}
  |              ^
",
        );
}

#[test]
fn a_template_that_is_no_template_is_found() {
    template("{% if %}").is_refused(
        r"
error[template-error]: a value is missing before `%}`
 --> themes/clinic/templates/exercise.html:1:7
  |
1 | {% if %}
  |       ^^ help: write a name, a number, or a text in quotes
",
    );
    template("{% if page %}").is_refused(
        r"
error[template-error]: `if` is never closed
 --> themes/clinic/templates/exercise.html:1:4
  |
1 | {% if page %}
  |    ^^ help: close it with `{% endif %}`
",
    );
    template("{{ page").is_refused(
        r"
error[template-error]: `{{` is never closed
 --> themes/clinic/templates/exercise.html:1:1
  |
1 | {{ page
  | ^^ help: close it with `}}`
",
    );
    template("{# ").is_refused(
        r"
error[template-error]: `{#` is never closed
 --> themes/clinic/templates/exercise.html:1:1
  |
1 | {# 
  | ^^ help: close it with `#}`
",
    );
    template("caf\u{e9}\0\n<html>").is_refused(
        r"
error[control-character]: there is an invisible control character here, U+0000
 --> themes/clinic/templates/exercise.html:1:5
  |
1 | café␀
  |     ^ help: delete it
",
    );
    template(b"caf\xe9\n<html>").is_refused(
        r"
error[not-utf8]: the byte 0xe9 is not UTF-8 text
 --> themes/clinic/templates/exercise.html:1:4
  |
1 | caf�
  |    ^ help: save the file as UTF-8 and write the character here anew
",
    );
}

#[test]
fn a_template_may_begin_with_a_byte_order_mark() {
    template("\u{feff}{% extends \"base.html\" %}").is_built();
    template("\u{feff}{% extends \"base.html\" %}{{ 1 | nope }}").is_refused(
        r#"
error[template-error]: this is never shown: a template that extends another shows its blocks alone
 --> themes/clinic/templates/exercise.html:1:26
  |
1 | {% extends "base.html" %}{{ 1 | nope }}
  |                          ^^^^^^^^^^^^^^ help: put it into a block, or take it out

error[template-error]: there is no filter `nope`
 --> themes/clinic/templates/exercise.html:1:33
  |
1 | {% extends "base.html" %}{{ 1 | nope }}
  |                                 ^^^^
  |
  = help: the filters are `safe`, `default`, `upper`, `lower`, `wordcount`, `escape`, `escape_html`, `escape_xml`, `newlines_to_br`, `pluralize`, `trim`, `trim_start` and others
"#,
    );
    template("\u{feff}{{ nope }}").is_refused(
        r"
error[template-error]: there is no value `nope` here
 --> themes/clinic/templates/exercise.html:1:4
  |
1 | {{ nope }}
  |    ^^^^ help: the values here are `assets`, `frame`, `page`, `root`, `site`, `t`
",
    );
    template("\u{feff}{% if %}").is_refused(
        r"
error[template-error]: a value is missing before `%}`
 --> themes/clinic/templates/exercise.html:1:7
  |
1 | {% if %}
  |       ^^ help: write a name, a number, or a text in quotes
",
    );
}

#[test]
fn numbers_that_go_nowhere_are_found() {
    template("{{ 1 / 0 }}\n<html>").is_refused(
        r"
error[template-error]: a number can't be divided by 0
 --> themes/clinic/templates/exercise.html:1:8
  |
1 | {{ 1 / 0 }}
  |        ^ help: write another one, or ask first with `{% if … %}`
  |
note: while this page was rendered
 --> content/exercises/a.md:1:1
  |
1 | ---
  | ^^^
",
    );
    template("{{ 1 % 0 }}\n<html>").is_refused(
        r"
error[template-error]: a number can't be divided by 0
 --> themes/clinic/templates/exercise.html:1:8
  |
1 | {{ 1 % 0 }}
  |        ^ help: write another one, or ask first with `{% if … %}`
  |
note: while this page was rendered
 --> content/exercises/a.md:1:1
  |
1 | ---
  | ^^^
",
    );
    template("{{ 99999999999999999999999999999999999999999 }}").is_refused(
        r"
error[template-error]: the number is too large
 --> themes/clinic/templates/exercise.html:1:4
  |
1 | {{ 99999999999999999999999999999999999999999 }}
  |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ help: write a smaller one
",
    );
    template("{% for i in range(end=1000000000) %}{% endfor %}\n<html>").is_refused(
        r"
error[template-error]: `range` would give 1000000000 numbers, and 100000 are the most
 --> themes/clinic/templates/exercise.html:1:13
  |
1 | {% for i in range(end=1000000000) %}{% endfor %}
  |             ^^^^^ help: write a smaller `end`
  |
note: while this page was rendered
 --> content/exercises/a.md:1:1
  |
1 | ---
  | ^^^
",
    );
}

#[test]
fn templates_can_reach_nothing_but_their_page() {
    for call in ["get_env(name=\"HOME\")", "now()", "get_random(end=9)", "load_data(path=\"/etc/passwd\")"] {
        let run = template(format!("{{{{ {call} }}}}")).run(&["check", "--drafts", "--quiet"]);
        assert_eq!(run.status, Some(1));
        assert!(run.said.contains("error[template-error]: there is no function `"), "{}", run.said);
    }
}

#[test]
fn depth_without_end_is_found_where_it_becomes_too_much() {
    for (open, close) in
        [("(", ")"), ("[", "]"), ("{\"a\":", "}"), ("not ", ""), ("-", ""), ("1 if true else ", "")]
    {
        let deep = format!("{{{{ {}1{} }}}}", open.repeat(20_000), close.repeat(20_000));
        let run = template(deep).run(&["check", "--drafts", "--quiet"]);
        assert_eq!(run.status, Some(1), "{open}: {}", run.said);
        assert_eq!(run.said.matches("error[template-error]").count(), 1, "{open}: {}", run.said);
    }
    for (before, part, after) in
        [("1", "+1", ""), ("page", ".a", ""), ("1", "|abs", ""), ("\"a\"", "~\"a\"", ""), ("a", "[0]", "")]
    {
        let long = format!("{{{{ {before}{}{after} }}}}", part.repeat(20_000));
        let run = template(long).run(&["check", "--drafts", "--quiet"]);
        assert_eq!(run.status, Some(1), "{part}: {}", run.said);
        assert_eq!(run.said.matches("error[template-error]").count(), 1, "{part}: {}", run.said);
    }
    template(format!("{}{}", "{% if true %}".repeat(5_000), "{% endif %}".repeat(5_000))).is_refused(
        r"
error[template-error]: tags can't be deeper inside of each other than 40
 --> themes/clinic/templates/exercise.html:1:519
  |
1 | …rue %}{% if true %}{% if true %}{% if true %}{% if true %}{% if true %}{% if true %}{% if true %}{% …
  |                                ^^
  |
  = help: put some of them into a template of their own, and include it
",
    );
}

#[test]
fn a_mistake_on_every_page_is_told_once() {
    template("{{ nope }}")
        .with("content/exercises/b.md", PAGE)
        .with("content/exercises/c.md", PAGE)
        .is_refused(
            r"
error[template-error]: there is no value `nope` here
 --> themes/clinic/templates/exercise.html:1:4
  |
1 | {{ nope }}
  |    ^^^^ help: the values here are `assets`, `frame`, `page`, `root`, `site`, `t`
",
        );
}

#[test]
fn a_page_whose_title_is_markup_shows_it_as_text() {
    let site =
        exercise("---\ntitle: <script>alert(1)</script> & \"more\"\nsummary: \"</title><script>\"\n---\n")
            .with("site.toml", format!("{SETTINGS}[rules]\nstray-markup = \"allow\"\n"));
    site.is_built();
    for page in ["exercises/a.html", "exercises/index.html", "a-z.html", "index.html"] {
        let text = site.published(page);
        assert!(!text.contains("<script>alert") && !text.contains("</title><script"), "{page}: {text}");
        assert_eq!(super::html::broken(&text), None, "{page}");
    }
    assert!(site.published("exercises/a.html").contains("&lt;script&gt;alert(1)&lt;"));
}

#[test]
fn words_that_a_theme_does_not_give_are_those_of_the_program() {
    exercise(PAGE).with("themes/clinic/i18n/en.toml", "[words]\nskip = \"Straight <on>\"\n").is_built();
}

#[test]
fn a_mistake_in_the_words_of_a_theme_is_one_mistake() {
    let words = |text: &str| exercise(PAGE).with("themes/clinic/i18n/en.toml", text);
    words("[words]\nskip = \"a\"\nskip = \"b\"\n").is_refused(
        r#"
error[duplicate-key]: `skip` is given twice
 --> themes/clinic/i18n/en.toml:3:1
  |
2 | skip = "a"
  | ---- first given here
3 | skip = "b"
  | ^^^^
  |
  = help: keep one of the two
"#,
    );
    words("[words\nskip = \"a\"\n").is_refused(
        r"
error[toml-syntax]: `[` is never closed
 --> themes/clinic/i18n/en.toml:1:1
  |
1 | [words
  | ^ help: close it with `]`
",
    );
    words("[words]\nskip = \"\0\"\n").is_refused(
        r#"
error[control-character]: there is an invisible control character here, U+0000
 --> themes/clinic/i18n/en.toml:2:9
  |
2 | skip = "␀"
  |         ^ help: delete it
"#,
    );
    words("[words]\nskip = [[[[\n").is_refused(
        r"
error[toml-syntax]: `[` is never closed
 --> themes/clinic/i18n/en.toml:2:8
  |
2 | skip = [[[[
  |        ^ help: close it with `]`
",
    );
}

#[test]
fn a_theme_that_is_not_there_is_one_mistake() {
    Site::new().with("site.toml", SETTINGS.replace("notice", "theme = \"nope\"\nnotice")).is_refused(
        r#"
error[bad-setting]: there is no folder `themes/nope`
 --> site.toml:2:9
  |
2 | theme = "nope"
  |         ^^^^^^ help: put the theme there, or take `theme = "clinic"`
"#,
    );
    Site::new().with("site.toml", SETTINGS.replace("notice", "theme = \"../x\"\nnotice")).is_refused(
        r#"
error[invalid-value]: `theme` can't be `../x`
 --> site.toml:2:9
  |
2 | theme = "../x"
  |         ^^^^^^ help: write it as `clinic`
"#,
    );
    let long = format!("theme = \"{}\"\nnotice", "x".repeat(300));
    Site::new().with("site.toml", SETTINGS.replace("notice", &long)).is_refused(r#"
error[bad-setting]: there is no folder `themes/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…`
 --> site.toml:2:9
  |
2 | theme = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
  |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: put the theme there, or take `theme = "clinic"`
"#);
}
