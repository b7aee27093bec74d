//! The goals of the project for speed and memory, and whether they are held.
//!
//! They are meant for 10,000 pages on two processors, and growth from 10,000 to 100,000.

use crate::table::{Outcome, find};
use crate::work::Work;

/// A line for each goal and size for which the programs were measured.
pub fn print(outcomes: &[Outcome], sizes: &[usize]) {
    println!("\n| pages | work | goal | measured | held |");
    println!("| ---: | --- | --- | ---: | --- |");
    for pages in sizes {
        for goal in goals(|work| find(outcomes, *pages, work)) {
            goal.print(&pages.to_string());
        }
    }
    for size in sizes.windows(2) {
        let times = size[1] as f64 / size[0] as f64;
        let (Some(small), Some(large)) =
            (find(outcomes, size[0], Work::Build), find(outcomes, size[1], Work::Build))
        else {
            continue;
        };
        for (what, ratio) in
            [("wall", large.wall() / small.wall()), ("memory", large.memory() / small.memory())]
        {
            let work = format!("build, {what}, against {} pages", size[0]);
            Goal { work: &work, aim: Aim::AtMost(times * 1.1), of: "that", ratio }
                .print(&size[1].to_string());
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

struct Goal<'a> {
    work: &'a str,
    aim: Aim,
    /// What the ratio is taken to.
    of: &'a str,
    ratio: f64,
}

impl Goal<'_> {
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

fn goals<'o>(of: impl Fn(Work) -> Option<&'o Outcome>) -> Vec<Goal<'static>> {
    let ratio = |value: fn(&Outcome) -> f64, work, base| Some(value(of(work)?) / value(of(base)?));
    let (wall, processors, memory) = (Outcome::wall, Outcome::processors, Outcome::memory);
    let before_writing =
        || Some(of(Work::Check)?.wall() / (of(Work::Build)?.wall() - of(Work::Floor)?.wall()));
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
        ("check, wall", Aim::AtMost(1.3), "the build less the floor", before_writing()),
        (
            "check, a mistake a page, wall",
            Aim::AtMost(2.0),
            "the check",
            ratio(wall, Work::CheckMistakes, Work::Check),
        ),
        (
            "check, all threads, speed",
            Aim::AtLeast(1.7),
            "that of one thread",
            ratio(wall, Work::CheckOneThread, Work::Check),
        ),
        (
            "build, all pages in one condition, wall",
            Aim::AtMost(1.5),
            "the build",
            ratio(wall, Work::OneCondition, Work::Build),
        ),
    ];
    goals
        .into_iter()
        .filter_map(|(work, aim, of, ratio)| Some(Goal { work, aim, of, ratio: ratio? }))
        .collect()
}
