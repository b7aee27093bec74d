//! The goals of the project for speed and memory, and whether they are held.
//!
//! They are meant for two processors: for 10,000 pages, for the memory of 50,000, and for growth to ten times the pages.

use crate::table::{Outcome, find};
use crate::work::Work;

/// How many times the pages a larger site has whose growth is judged.
const GROWTH: usize = 10;

/// A line for each goal and size for which the programs were measured.
pub fn print(outcomes: &[Outcome], sizes: &[usize]) {
    println!("\n| pages | work | goal | measured | held |");
    println!("| ---: | --- | --- | ---: | --- |");
    for pages in sizes {
        for goal in goals(|work| find(outcomes, *pages, work)) {
            goal.print(&pages.to_string());
        }
    }
    for pages in sizes {
        for goal in growth(outcomes, *pages) {
            goal.print(&(pages * GROWTH).to_string());
        }
    }
}

enum Aim {
    /// The ratio is to be at most this.
    AtMost(f64),
    /// The ratio is to be at most one part of so many.
    Part(f64),
    /// The ratio is to be at least this.
    AtLeast(f64),
}

struct Goal {
    work: &'static str,
    aim: Aim,
    /// What the ratio is taken to.
    of: String,
    ratio: f64,
}

impl Goal {
    fn print(&self, pages: &str) {
        let (goal, measured, held) = match self.aim {
            Aim::AtMost(most) => {
                (format!("at most {most:.1} ×"), format!("{:.2} ×", self.ratio), self.ratio <= most)
            }
            Aim::AtLeast(least) => {
                (format!("at least {least:.1} ×"), format!("{:.2} ×", self.ratio), self.ratio >= least)
            }
            Aim::Part(parts) => (
                format!("at most 1/{parts:.0} of"),
                format!("1/{:.1}", 1.0 / self.ratio),
                self.ratio * parts <= 1.0,
            ),
        };
        let held = if held { "yes" } else { "no" };
        println!("| {pages} | {} | {goal} {} | {measured} | {held} |", self.work, self.of);
    }
}

fn goals<'o>(of: impl Fn(Work) -> Option<&'o Outcome>) -> Vec<Goal> {
    let ratio = |value: fn(&Outcome) -> f64, work, base| Some(value(of(work)?) / value(of(base)?));
    let (wall, processors, memory) = (Outcome::wall, Outcome::processors, Outcome::memory);
    // What a build does besides writing its files.
    let but_writing = |build, floor| Some(of(build)?.wall() - of(floor)?.wall());
    let two_threads = || {
        let (one, two) = ((Work::BuildOneThread, Work::FloorOneThread), (Work::Build, Work::Floor));
        Some(but_writing(one.0, one.1)? / but_writing(two.0, two.1)?)
    };
    let goals = [
        ("build, wall", Aim::Part(15.0), "Hugo's", ratio(wall, Work::Build, Work::Hugo)),
        ("build, wall", Aim::AtMost(1.5), "the floor", ratio(wall, Work::Build, Work::Floor)),
        ("build, processors", Aim::Part(10.0), "Hugo's", ratio(processors, Work::Build, Work::Hugo)),
        ("build, memory", Aim::Part(10.0), "Hugo's", ratio(memory, Work::Build, Work::Hugo)),
        (
            "build after one changed page, wall",
            Aim::AtMost(0.6),
            "the build",
            ratio(wall, Work::Warm, Work::Build),
        ),
        ("check, wall", Aim::AtMost(0.6), "the build", ratio(wall, Work::Check, Work::Build)),
        ("build less the floor, all threads, speed", Aim::AtLeast(1.7), "that of one thread", two_threads()),
        (
            "build, all pages in one condition, wall",
            Aim::AtMost(1.5),
            "the build",
            ratio(wall, Work::OneCondition, Work::Build),
        ),
        // This one is not from a comparison with others: finding much must not take long.
        (
            "check, a mistake a page, wall",
            Aim::AtMost(2.0),
            "the check",
            ratio(wall, Work::CheckMistakes, Work::Check),
        ),
    ];
    goals
        .into_iter()
        .filter_map(|(work, aim, of, ratio)| Some(Goal { work, aim, of: of.to_owned(), ratio: ratio? }))
        .collect()
}

/// The goals for a site of ten times `pages`, if both were measured.
fn growth(outcomes: &[Outcome], pages: usize) -> Vec<Goal> {
    let build = |pages| find(outcomes, pages, Work::Build);
    let (Some(small), Some(large)) = (build(pages), build(pages * GROWTH)) else { return Vec::new() };
    let goal = |work, ratio| Goal {
        work,
        aim: Aim::AtMost(GROWTH as f64 * 1.1),
        of: format!("that of {pages} pages"),
        ratio,
    };
    vec![
        goal("build, wall", large.wall() / small.wall()),
        goal("build, memory", large.memory() / small.memory()),
    ]
}
