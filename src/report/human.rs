//! Findings for people, in the look of the Rust compiler: message, place, excerpt with carets, advice.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Padding, Renderer, Snippet, Title};

use super::counts::counted;
use super::excerpt::{Excerpt, excerpt, is_short};
use super::texts::{Lines, Texts, clip};
use super::{Detail, Report, Style, visible};
use crate::diagnostic::{Diagnostic, Place, Rule, Severity};
use crate::source::{LineIndex, SitePath, Span};

/// How many findings of one rule are shown before the rest is only counted.
const SHOWN: usize = 3;

/// A place that covers more lines than this is shown by its first line.
const MOST_LINES: usize = 6;

/// A related place within this many lines of the finding joins its excerpt.
const NEAR: usize = 8;

/// Up to this column a short advice stands beside the carets.
const LABEL_END: usize = 100;

/// annotate-snippets would cut lines to its width; the excerpts it gets are cut already, around what matters.
const NO_CUT: usize = 100_000;

/// Writes the findings that `detail` asks for, and how many there are that it does not show.
pub(super) fn render(report: &Report, detail: Detail, style: Style) -> String {
    let renderer = renderer(style);
    let shown = match detail {
        Detail::All => report.findings.iter().collect(),
        Detail::Normal | Detail::Quiet => first_of_each_rule(report.findings),
    };
    let texts = Texts::of(shown.iter().copied(), report.sources);
    let lines = texts.index();
    let mut out = String::new();
    for finding in &shown {
        out.push_str(&render_finding(finding, &lines, &renderer));
        out.push('\n');
    }
    if shown.len() < report.findings.len() {
        out.push_str(&rest(report.findings));
        out.push('\n');
    }
    out
}

/// The renderer for `style`.
pub(super) fn renderer(style: Style) -> Renderer {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled().hyperlink(false),
    };
    renderer.decor_style(DecorStyle::Ascii).term_width(NO_CUT)
}

fn first_of_each_rule(findings: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut seen: BTreeMap<Rule, usize> = BTreeMap::new();
    let mut is_first = |rule| {
        let number = seen.entry(rule).or_default();
        *number += 1;
        *number <= SHOWN
    };
    findings.iter().filter(|finding| is_first(finding.rule)).collect()
}

/// A line for each rule with more findings than are shown, the gravest first.
fn rest(findings: &[Diagnostic]) -> String {
    let mut by_rule: BTreeMap<Rule, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in findings {
        by_rule.entry(finding.rule).or_default().push(finding);
    }
    let mut hidden: Vec<(Rule, &[&Diagnostic])> = by_rule
        .iter()
        .filter_map(|(rule, findings)| Some((*rule, findings.get(SHOWN..)?)))
        .filter(|(_, findings)| !findings.is_empty())
        .collect();
    hidden.sort_by_key(|(_, findings)| Reverse(findings.iter().map(|it| it.severity).max()));
    let mut out = String::new();
    for (rule, findings) in hidden {
        let files = findings.iter().map(|it| &it.place.path).collect::<BTreeSet<_>>().len();
        // Writing to a string can't fail.
        let _ = writeln!(
            out,
            "… and {} more of `{}` in {}; `--all` shows each",
            findings.len(),
            rule.name(),
            counted(files, "file")
        );
    }
    out
}

/// A message with the place it speaks of.
struct Block<'a> {
    title: Title<'a>,
    path: &'a SitePath,
    /// None for a finding about the file as a whole, or where there is no text.
    view: Option<View>,
    /// Advice that does not stand beside the carets.
    help: Option<String>,
}

/// An excerpt with what stands beside its marks, and where its first mark begins in the file.
struct View {
    excerpt: Excerpt,
    labels: Vec<Option<String>>,
    line: usize,
    column: usize,
}

fn render_finding(finding: &Diagnostic, lines: &Lines, renderer: &Renderer) -> String {
    let index = lines.file(&finding.place.path).filter(|_| finding.place.span != Span::default());
    let primary = index.map(|index| (index, shown_range(index, finding.place.span)));
    let (near, far): (Vec<_>, Vec<_>) = finding.related.iter().partition(|related| {
        primary.as_ref().is_some_and(|(index, range)| {
            related.place.path == finding.place.path && is_near(index, range, related.place.span)
        })
    });

    let mut help = finding.help.as_deref().map(visible::lines).map(|help| help.into_owned());
    let view = primary.map(|(index, range)| {
        let ranges: Vec<Range<usize>> = std::iter::once(range)
            .chain(near.iter().map(|related| clip(related.place.span, index.text())))
            .collect();
        let mut view = view(index, finding.place.span, &ranges);
        view.labels.extend(near.iter().map(|related| Some(visible::line(&related.message))));
        if near.is_empty() && help.as_deref().is_some_and(|help| fits_beside(&view.excerpt, help)) {
            view.labels[0] = help.take().map(|help| format!("help: {help}"));
        }
        view
    });

    let level = level(finding.severity);
    let title = level.clone().primary_title(visible::lines(&finding.message)).id(finding.rule.name());
    let mut blocks = vec![(level, Block { title, path: &finding.place.path, view, help })];
    for related in far {
        let title = Level::NOTE.primary_title(visible::lines(&related.message));
        let view = related_view(&related.place, lines);
        blocks.push((Level::NOTE, Block { title, path: &related.place.path, view, help: None }));
    }
    render_blocks(blocks, renderer)
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

fn related_view(place: &Place, lines: &Lines) -> Option<View> {
    let index = lines.file(&place.path).filter(|_| place.span != Span::default())?;
    let range = shown_range(index, place.span);
    Some(view(index, place.span, &[range]))
}

/// The excerpt for `ranges`, of which the first is what is shown of `span`.
fn view(index: &LineIndex, span: Span, ranges: &[Range<usize>]) -> View {
    let start = index.position(span.start);
    View { excerpt: excerpt(index, ranges), labels: vec![None], line: start.line, column: start.column }
}

/// The bytes to mark for `span`: of a long place the first line, of others all but the line ending after it.
fn shown_range(index: &LineIndex, span: Span) -> Range<usize> {
    let text = index.text();
    let range = clip(span, text);
    let first = index.line_number(range.start);
    let end = if index.line_number(range.end) > first + MOST_LINES {
        index.line(first).end
    } else {
        range.start + text[range.clone()].trim_end_matches(['\r', '\n']).len()
    };
    range.start..end.max(range.start)
}

/// Whether `span` can be marked in the excerpt that shows `primary`.
fn is_near(index: &LineIndex, primary: &Range<usize>, span: Span) -> bool {
    let range = clip(span, index.text());
    let (first, last) = (index.line_number(primary.start), index.line_number(primary.end));
    let line = index.line_number(range.start);
    first == last
        && line == index.line_number(range.end)
        && line.abs_diff(first) <= NEAR
        && span != Span::default()
        && is_short(index.text(), &index.line(line))
}

/// Whether `help` can stand beside the carets of the one mark of `excerpt`.
fn fits_beside(excerpt: &Excerpt, help: &str) -> bool {
    let carets = excerpt.marks.first().map_or(0, |mark| excerpt.text[..mark.end].chars().count());
    excerpt.first_line == excerpt.last_line
        && !help.contains('\n')
        && carets + "  help: ".len() + help.chars().count() <= LABEL_END
}

/// Puts blocks below each other. Each is drawn on its own, and all get the widest margin, so that their bars
/// stand in one column.
fn render_blocks(blocks: Vec<(Level, Block)>, renderer: &Renderer) -> String {
    let digits = |line: usize| line.to_string().len();
    let margin = blocks
        .iter()
        .filter_map(|(_, block)| Some(digits(block.view.as_ref()?.excerpt.last_line)))
        .max()
        .unwrap_or(1);
    let last = blocks.len().saturating_sub(1);
    let mut out = String::new();
    for (i, (level, block)) in blocks.into_iter().enumerate() {
        push_indented(&mut out, 0, &renderer.render(&[Group::with_title(block.title)]));

        // The place is drawn apart from its excerpt, which may be cut and so knows no column of the file.
        let path = visible::line(block.path.as_str());
        let origin = match &block.view {
            Some(view) => Origin::path(path).line(view.line).char_column(view.column),
            None => Origin::path(path),
        };
        let group = Group::with_level(level.clone()).element(origin);
        push_indented(&mut out, margin, &renderer.render(&[group]));

        let mut group = Group::with_level(level);
        let mut drawn = 0;
        if let Some(view) = block.view {
            drawn = digits(view.excerpt.last_line);
            group = group.element(snippet(view));
        }
        if let Some(help) = block.help {
            group = group.element(Level::HELP.message(help));
        }
        if i < last {
            group = group.element(Padding);
        }
        if !group.is_empty() {
            push_indented(&mut out, margin - drawn, &renderer.render(&[group]));
        }
    }
    out
}

fn snippet(view: View) -> Snippet<'static, annotate_snippets::Annotation<'static>> {
    let kinds = std::iter::once(AnnotationKind::Primary).chain(std::iter::repeat(AnnotationKind::Context));
    let marks = view.excerpt.marks.into_iter().zip(view.labels).zip(kinds);
    // annotate-snippets measures its margin by the line that the last mark ends in, which it misses where
    // that line is empty. A mark without carets on the line ending there makes up for it.
    let end = view.excerpt.text.len();
    Snippet::source(view.excerpt.text)
        .line_start(view.excerpt.first_line)
        .annotations(marks.map(|((mark, label), kind)| kind.span(mark).label(label)))
        .annotation(AnnotationKind::Visible.span(end.saturating_sub(1)..end))
}

fn push_indented(out: &mut String, indent: usize, text: &str) {
    for line in text.lines() {
        out.extend(std::iter::repeat_n(' ', indent));
        out.push_str(line);
        out.push('\n');
    }
}
