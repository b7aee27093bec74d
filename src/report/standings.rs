//! How far every page is, as a table for people: a part for each status, no line wider than 80 columns.

use unicode_width::UnicodeWidthStr;

use super::counts::counted;
use super::visible;
use crate::checks::{Standing, State};

/// How many columns a line has.
const WIDTH: usize = 80;

/// The most columns of the name of a kind.
const KIND: usize = 14;

/// The fewest columns of a title, however much stands beside it.
const TITLE: usize = 16;

/// What stands between two columns.
const GAP: &str = "  ";

/// Writes a part for each status that some page has, then how many pages there are of each.
pub(super) fn render(pages: &[Standing]) -> String {
    let mut out = String::new();
    for part in pages.chunk_by(|a, b| a.state == b.state) {
        let Some(first) = part.first() else { continue };
        let (heading, columns) = columns(first.state);
        let rows: Vec<Vec<String>> =
            part.iter().map(|page| columns.iter().map(|(_, cell)| cell(page)).collect()).collect();
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        out.push_str(heading);
        out.push_str("\n\n");
        table(&mut out, &names, &rows);
        out.push('\n');
    }
    out.push_str(&totals(pages));
    // What was found stands below it at a terminal.
    out.push_str("\n\n");
    out
}

/// A column: its name, and what stands in it.
type Column = (&'static str, fn(&Standing) -> String);

/// What the part of a status is called, and its columns. The title is the second.
fn columns(state: State) -> (&'static str, Vec<Column>) {
    let kind: Column = ("kind", |page| page.kind.to_string());
    let title: Column = ("title", |page| visible::line(&page.title));
    let version: Column =
        ("version", |page| page.version.map_or_else(|| "-".to_owned(), |version| version.to_string()));
    let reviewed: Column =
        ("reviewed", |page| page.last_reviewed.map_or_else(|| "-".to_owned(), |day| day.to_string()));
    let due: Column = ("next review", |page| match page.review_due {
        None => "-".to_owned(),
        Some(day) if page.is_overdue => format!("{day} overdue"),
        Some(day) => day.to_string(),
    });
    let lacks: Column = ("still lacks", |page| match page.lacks {
        0 => "nothing".to_owned(),
        number => counted(number, "thing"),
    });
    match state {
        State::Published => ("Published", vec![kind, title, version, reviewed, due]),
        State::Draft => ("Drafts", vec![kind, title, version, reviewed, lacks]),
        State::Retired => ("Retired", vec![kind, title, version, reviewed]),
        State::Unknown => ("With a status that can't be read", vec![kind, title]),
    }
}

/// Writes the names of the columns and the rows below them. Where titles don't fit, they go on in the next line.
fn table(out: &mut String, names: &[&str], rows: &[Vec<String>]) {
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width());
        cells.chain(names.get(column).map(|name| name.len())).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..names.len()).map(widest).collect();
    if let Some(kind) = widths.first_mut() {
        *kind = (*kind).min(KIND);
    }
    let beside: usize =
        widths.iter().enumerate().filter(|(column, _)| *column != 1).map(|(_, width)| width).sum();
    let gaps = GAP.len() * names.len().saturating_sub(1);
    if let Some(title) = widths.get_mut(1) {
        *title = (*title).min(WIDTH.saturating_sub(beside + gaps).max(TITLE));
    }
    let head: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    for row in std::iter::once(&head).chain(rows) {
        let cells: Vec<Vec<String>> =
            row.iter().zip(&widths).map(|(cell, width)| wrapped(cell, *width)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            let mut text = String::new();
            for (lines, width) in cells.iter().zip(&widths) {
                let cell = lines.get(line).map_or("", String::as_str);
                text.push_str(cell);
                text.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width()) + GAP.len()));
            }
            out.push_str(text.trim_end());
            out.push('\n');
        }
    }
}

/// `text` in lines of at most `width` columns, parted between words, and inside of a word that is wider.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !line.is_empty() && line.width() + 1 + word.width() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for character in word.chars() {
            line.push(character);
            if line.width() > width {
                line.pop();
                lines.push(std::mem::take(&mut line));
                line.push(character);
            }
        }
    }
    lines.push(line);
    lines
}

/// As "4 pages: 2 published (1 overdue for review), 1 draft (1 lacks nothing), 1 retired".
fn totals(pages: &[Standing]) -> String {
    let count = |is: &dyn Fn(&Standing) -> bool| pages.iter().filter(|page| is(page)).count();
    let mut parts = Vec::new();
    let published = count(&|page| page.state == State::Published);
    let overdue = count(&|page| page.is_overdue);
    parts.push(match overdue {
        0 => format!("{published} published"),
        overdue => format!("{published} published ({overdue} overdue for review)"),
    });
    let drafts = count(&|page| page.state == State::Draft);
    if drafts > 0 {
        let drafts = counted(drafts, "draft");
        parts.push(match count(&|page| page.state == State::Draft && page.lacks == 0) {
            0 => drafts,
            1 => format!("{drafts} (1 lacks nothing)"),
            ready => format!("{drafts} ({ready} lack nothing)"),
        });
    }
    for (state, name) in [(State::Retired, "retired"), (State::Unknown, "that can't be read")] {
        match count(&|page| page.state == state) {
            0 => {}
            number => parts.push(format!("{number} {name}")),
        }
    }
    format!("{}: {}", counted(pages.len(), "page"), parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::{Date, Version};
    use crate::source::SitePath;

    fn page(title: &str, state: State) -> Standing {
        let day = |text| Date::parse(text).ok();
        Standing {
            path: SitePath::new("content/exercises/a.md"),
            kind: "exercise".into(),
            title: title.to_owned(),
            state,
            version: Some(Version::FIRST),
            last_reviewed: day("2026-01-03"),
            review_due: day("2029-01-03").filter(|_| state == State::Published),
            is_overdue: false,
            lacks: 0,
        }
    }

    #[test]
    fn each_status_has_a_part_and_the_end_says_how_many() {
        let late = Standing {
            review_due: Date::parse("2023-01-01").ok(),
            is_overdue: true,
            ..page("Knee rolls", State::Published)
        };
        let bare = Standing { last_reviewed: None, lacks: 3, ..page("Rest", State::Draft) };
        let pages = [
            late,
            page("Bird dog", State::Published),
            bare,
            page("Old", State::Retired),
            page("broken", State::Unknown),
        ];
        let expected = "\
Published

kind      title       version  reviewed    next review
exercise  Knee rolls  1.0      2026-01-03  2023-01-01 overdue
exercise  Bird dog    1.0      2026-01-03  2029-01-03

Drafts

kind      title  version  reviewed  still lacks
exercise  Rest   1.0      -         3 things

Retired

kind      title  version  reviewed
exercise  Old    1.0      2026-01-03

With a status that can't be read

kind      title
exercise  broken

5 pages: 2 published (1 overdue for review), 1 draft, 1 retired, 1 that can't be read

";
        assert_eq!(render(&pages), expected);
    }

    #[test]
    fn no_line_is_wider_than_a_terminal_whatever_the_titles() {
        let titles = [
            "What to expect in the first week after an operation on a disc of your lower back",
            "膝を左右に倒す運動と腰をひねる運動の組み合わせについての説明と注意点",
            "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
            "👩\u{200d}⚕ e\u{301}\u{1b}[31m \t x",
            "",
        ];
        let pages: Vec<Standing> = titles
            .iter()
            .map(|title| Standing {
                kind: "a-kind-with-a-very-long-name".into(),
                is_overdue: true,
                ..page(title, State::Published)
            })
            .collect();
        let table = render(&pages);
        for line in table.lines() {
            assert!(line.width() <= WIDTH, "{} columns: {line}", line.width());
            assert!(!line.contains('\u{1b}'));
        }
        assert!(table.contains("What to expect in the"), "{table}");
        assert!(table.contains("operation on a disc of"), "{table}");
    }
}
