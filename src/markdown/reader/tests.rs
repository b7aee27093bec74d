//! What Markdown becomes, and what is said of it.

use super::*;
use crate::markdown::body::{Filling, Word};
use crate::source::LineIndex;

/// Fills holes with what they are.
struct Plain<'a>(&'a Body);

impl Filling for Plain<'_> {
    fn mark(&mut self, link: u32, out: &mut String) {
        if self.0.links[link as usize].role == LinkRole::Image {
            out.push_str(" sized");
        }
    }
    fn href(&mut self, link: u32, out: &mut String) {
        out.push_str(&format!("{:?}", self.0.links[link as usize].destination).replace('"', "'"));
    }
    fn words(&mut self, link: u32, out: &mut String) {
        out.push_str(&format!("(title {link})"));
    }
    fn cite(&mut self, citation: u32, out: &mut String) {
        out.push_str(&format!("[{}]", self.0.citations[citation as usize].id));
    }
    fn word(&mut self, word: Word, out: &mut String) {
        out.push_str(word.key());
    }
    fn notes(&mut self, out: &mut String) {
        out.push_str("(notes)");
    }
    fn prefix(&self) -> &str {
        "p-"
    }
    fn depth(&self) -> u8 {
        1
    }
}

fn read(text: &str) -> Reading {
    page(text, 0, &SitePath::new("page.md"), &Highlighter::default())
}

fn html(text: &str) -> String {
    let body = read(text).body;
    let mut out = String::new();
    body.fragment.fill(0..body.fragment.len(), &mut Plain(&body), &mut out);
    out
}

fn findings(text: &str) -> Vec<String> {
    let index = LineIndex::new(text);
    let at = |offset| {
        let position = index.position(offset);
        format!("{}:{}", position.line, position.column)
    };
    let line = |finding: &Diagnostic| {
        let span = finding.place.span;
        format!("{}-{} {}: {}", at(span.start), at(span.end), finding.rule.name(), finding.message)
    };
    read(text).findings.iter().map(line).collect()
}

fn places(text: &str) -> Vec<&str> {
    read(text).body.links.iter().map(|link| link.span.of(text)).collect()
}

#[test]
fn headings_get_ids_and_their_level_depends_on_the_place() {
    assert_eq!(
        html("## Stop if\n\n### It hurts {#hurts}\n"),
        "<h3 id=\"p-stop-if\">Stop if</h3>\n<h4 id=\"p-hurts\">It hurts</h4>\n"
    );
}

#[test]
fn a_section_ends_at_the_next_heading_of_its_level() {
    let body = read("## A\n\none\n\n### B\n\ntwo\n\n## C\n\nthree\n").body;
    let mut out = String::new();
    body.fragment.fill(body.section("a").unwrap(), &mut Plain(&body), &mut out);
    assert_eq!(out, "<p>one</p>\n<h4 id=\"p-b\">B</h4>\n<p>two</p>\n");
}

#[test]
fn a_section_knows_the_list_it_begins_with() {
    let body = read(
        "## Steps\n\n1. a\n   - x\n   - y\n2. b\n3. c\n\n## Stop if\n\n- a\n- b\n\n## Text\n\nwords\n\n- a\n",
    )
    .body;
    let lists: Vec<_> =
        body.headings.iter().map(|heading| heading.list.map(|list| (list.ordered, list.items))).collect();
    assert_eq!(lists, [Some((true, 3)), Some((false, 2)), None]);
}

#[test]
fn a_link_is_placed_at_its_destination_however_it_is_written() {
    assert_eq!(places("see [*the* `plan`](../guidance/pacing.md \"x\") now"), ["../guidance/pacing.md"]);
    assert_eq!(places("[a](<b c.md>) [d](  e.md  )"), ["b c.md", "e.md"]);
    assert_eq!(places("[[pacing]] and [[ term/disc | discs ]]"), ["pacing", "term/disc"]);
    assert_eq!(places("[x][r]\n\n[r]: steps.md 'y'\n"), ["steps.md"]);
    assert_eq!(places("<https://example.org>"), ["https://example.org"]);
    assert_eq!(places("![a [b] c](d(1).png)"), ["d(1).png"]);
    assert_eq!(places("[![alt](in.png)](out.md)"), ["out.md", "in.png"]);
    assert_eq!(places("ä [ö](ü.md)"), ["ü.md"]);
}

#[test]
fn a_wiki_link_without_words_takes_the_title_of_its_page() {
    assert!(html("[[pacing]]").contains(">(title 0)</a>"));
    assert!(html("[[pacing|Pace *it*]]").contains("Pace"));
}

#[test]
fn citations_are_read_as_in_pandoc() {
    let text = "It helps [@nice-ng59; @pace-2014, page 4].";
    let body = read(text).body;
    let ids: Vec<&str> = body.citations.iter().map(|citation| citation.span.of(text)).collect();
    assert_eq!(ids, ["nice-ng59", "pace-2014"]);
    assert_eq!(
        html(text),
        "<p>It helps <sup class=\"cites\">[nice-ng59] [pace-2014] <span class=\"locator\">page 4</span></sup>.</p>\n"
    );
    assert_eq!(html("mail [me@example.org] or [@ home]"), "<p>mail [me@example.org] or [@ home]</p>\n");
}

#[test]
fn raw_html_is_reported_once_an_element_and_published_as_text() {
    assert_eq!(
        findings("Text <b onclick=x>bold</b>.\n\n<div>\n<p>x\n</p></div>\n\n<!-- a <note> -->\n"),
        [
            "1:6-1:19 raw-html: `<b>` is HTML, which a page can't hold",
            "3:1-3:6 raw-html: `<div>` is HTML, which a page can't hold",
            "4:1-4:4 raw-html: `<p>` is HTML, which a page can't hold",
            "7:1-7:5 raw-html: a comment is HTML, which a page can't hold, and nobody sees what stands in it"
        ]
    );
    assert_eq!(html("a <b>c</b>"), "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
    assert_eq!(html("<script>alert(1)</script>\n"), "");
}

#[test]
fn a_picture_without_words_is_reported_at_its_brackets() {
    assert_eq!(
        findings("![](a.png)"),
        ["1:2-1:4 image-alt-missing: the picture has no words for people who can't see it"]
    );
    assert_eq!(findings("![A knee](a.png)"), [""; 0]);
}

#[test]
fn a_skipped_level_and_a_second_title_are_reported() {
    assert_eq!(
        findings("## A\n\n#### B\n"),
        ["3:1-3:7 heading-skipped: the heading is 2 levels below the one before"]
    );
    assert_eq!(
        findings("# A\n"),
        ["1:1-1:4 heading-skipped: this heading is at the level of the page's title"]
    );
}

#[test]
fn equal_headings_get_ids_of_their_own_and_a_warning() {
    assert_eq!(findings("## A\n\n## A\n"), ["3:1-3:5 heading-duplicate: `A` is the heading of two sections"]);
    assert_eq!(
        html("## A\n\n## A\n\n## A 2\n"),
        "<h3 id=\"p-a\">A</h3>\n<h3 id=\"p-a-2\">A</h3>\n<h3 id=\"p-a-2-2\">A 2</h3>\n"
    );
}

#[test]
fn the_words_of_links_are_noted_and_a_link_without_any_is_reported() {
    let prose = read("Click [here](a.md), or [*two* words](b.md).").prose;
    let said: Vec<&str> = prose[0].links.iter().map(|range| &prose[0].text[range.clone()]).collect();
    assert_eq!(said, ["here", "two words"]);
    assert_eq!(findings("[](a.md)"), ["1:1-1:9 link-text-vague: the link has no words"]);
    assert_eq!(findings("[![A plan](a.png)](a.md)"), [""; 0]);
}

#[test]
fn alignment_is_a_class_and_never_a_style() {
    let out = html("| a | b |\n|---|--:|\n| 1 | 2 |\n");
    assert!(out.contains("<th scope=\"col\" class=\"right\">b</th>") && !out.contains("style"), "{out}");
}

#[test]
fn footnotes_stand_at_the_end_and_link_both_ways() {
    assert_eq!(
        html("a[^x] b[^x]\n\n[^x]: note\n\n[^unused]: lost\n"),
        "<p>a<sup class=\"note-mark\"><a id=\"p-bs-note-mark-1\" href=\"(notes)#bs-note-1\">1</a></sup> b<sup class=\"note-mark\"><a id=\"p-bs-note-mark-1-2\" href=\"(notes)#bs-note-1\">1</a></sup></p>\n\
         <section class=\"notes\" aria-label=\"footnotes\">\n<ol>\n<li id=\"p-bs-note-1\">\n<p>note</p>\n\
         <a class=\"note-back\" href=\"#p-bs-note-mark-1\" aria-label=\"back_to_text 1\">↩</a>\n\
         <a class=\"note-back\" href=\"#p-bs-note-mark-1-2\" aria-label=\"back_to_text 1.2\">↩</a>\n</li>\n</ol>\n</section>\n"
    );
}

#[test]
fn prose_is_the_text_without_its_markup() {
    let text = "One *two* [three](a.md) [@cite].\nFour.\n\n- a\n  - b\n- c\n\n| h |\n|---|\n| x |\n";
    let prose: Vec<_> = read(text).prose.into_iter().map(|prose| (prose.kind, prose.text)).collect();
    use crate::markdown::prose::ProseKind::{Cell, Item, Paragraph};
    let expected = [
        (Paragraph, "One two three . Four."),
        (Item, "a"),
        (Item, "b"),
        (Item, "c"),
        (Cell, "h"),
        (Cell, "x"),
    ];
    assert_eq!(prose, expected.map(|(kind, text)| (kind, text.to_owned())));
}

#[test]
fn the_markdown_of_a_field_knows_its_place_in_the_file() {
    let whole = "---\nnote: \"see [[pacing]]\"\n---\n";
    let span = Span::new(10, 26);
    let reading = inline("see [[pacing]]", span, whole, &SitePath::new("a.md"), &Highlighter::default());
    assert_eq!(reading.body.links[0].span.of(whole), "pacing");
    assert_eq!(reading.body.fragment.html(), "see <a href=\"\"></a>");
}

#[test]
fn floods_of_markup_take_linear_time_and_no_stack() {
    for text in [
        ">".repeat(50_000),
        "[".repeat(100_000),
        "![".repeat(50_000) + "a" + &"](b)".repeat(50_000),
        "[@a".repeat(50_000),
        "[[".repeat(50_000),
        "- ".repeat(20_000),
        "## a\n".repeat(50_000),
        "*a _b ".repeat(20_000),
        "a[^1]".repeat(20_000),
        "`".repeat(99_999),
        "<a ".repeat(40_000),
        "](".repeat(50_000),
        "][".repeat(50_000),
        "[a](b.md ".repeat(10_000),
        "[[a ".repeat(25_000),
        "[@a ".repeat(25_000),
        "**a ".repeat(25_000),
        "@a ".repeat(30_000),
        ":a ".repeat(30_000),
        "{#".repeat(50_000),
        "##a\n".repeat(20_000),
        "-a\n".repeat(30_000),
        "1.a\n\n".repeat(20_000),
        "|a\n".repeat(30_000),
        "[a]: b\n".repeat(10_000),
        "[^a]: b\n\n".repeat(10_000),
        "1. a\n\nb\n\n2. a\n\nb\n\n".repeat(5_000),
        "|a".repeat(20_000) + "\n" + &"|-".repeat(20_000) + "\n|x\n",
    ] {
        let reading = read(&text);
        assert!(reading.body.fragment.len() < text.len() * 40 + 100);
    }
}
