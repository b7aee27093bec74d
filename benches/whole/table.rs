//! The tables of what was measured, as Markdown.

use std::time::Duration;

use crate::process::Cost;
use crate::work::Work;

/// What the runs of one work on sites of one size took.
pub struct Outcome {
    pub pages: usize,
    pub work: Work,
    pub costs: Vec<Cost>,
    /// What the last run wrote.
    pub written: Written,
}

#[derive(Clone, Copy, Default)]
pub struct Written {
    pub files: usize,
    pub bytes: u64,
}

impl Outcome {
    pub fn new(pages: usize, work: Work) -> Self {
        Self { pages, work, costs: Vec::new(), written: Written::default() }
    }

    /// The median of the runs, in seconds.
    pub fn wall(&self) -> f64 {
        self.median(|cost| cost.wall).as_secs_f64()
    }

    /// The median of the runs, in seconds.
    pub fn processors(&self) -> f64 {
        self.median(|cost| cost.processors).as_secs_f64()
    }

    /// The median of the runs, in MiB.
    pub fn memory(&self) -> f64 {
        self.median(|cost| cost.memory) as f64 / 1024.0
    }

    fn median<T: Ord + Copy>(&self, of: impl Fn(&Cost) -> T) -> T {
        median(self.costs.iter().map(of).collect())
    }
}

/// The value in the middle; of an even number, the higher of the two.
pub fn median<T: Ord + Copy>(mut values: Vec<T>) -> T {
    values.sort();
    values[values.len() / 2]
}

/// The outcome of a work at a size, if it was measured.
pub fn find(outcomes: &[Outcome], pages: usize, work: Work) -> Option<&Outcome> {
    outcomes.iter().find(|outcome| outcome.pages == pages && outcome.work == work)
}

/// A line for each work.
pub fn works(outcomes: &[Outcome]) {
    println!(
        "| pages | work | wall | least to most | processors | memory | files written | MB written | × floor | Hugo takes |"
    );
    println!("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for outcome in outcomes {
        let against = |work| find(outcomes, outcome.pages, work).map(Outcome::wall);
        let times = |ratio: Option<f64>| ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}"));
        let walls = || outcome.costs.iter().map(|cost| cost.wall);
        let seconds = |wall: Option<Duration>| wall.unwrap_or_default().as_secs_f64();
        println!(
            "| {} | {} | {:.3} s | {:.3} to {:.3} s | {:.2} s | {:.0} MiB | {} | {:.1} | {} | {} |",
            outcome.pages,
            outcome.work.title(),
            outcome.wall(),
            seconds(walls().min()),
            seconds(walls().max()),
            outcome.processors(),
            outcome.memory(),
            outcome.written.files,
            outcome.written.bytes as f64 / 1e6,
            times(against(Work::Floor).map(|floor| outcome.wall() / floor)),
            times(against(Work::Hugo).map(|hugo| hugo / outcome.wall())),
        );
    }
}

/// How time and memory grow from each size to the next.
pub fn growth(outcomes: &[Outcome], sizes: &[usize], works: &[Work]) {
    let is_known = |pages: &usize| outcomes.iter().any(|outcome| outcome.pages == *pages);
    if sizes.iter().filter(|pages| is_known(pages)).count() < 2 {
        return;
    }
    println!("\n| from | to | work | pages | wall | processors | memory |");
    println!("| ---: | ---: | --- | ---: | ---: | ---: | ---: |");
    for size in sizes.windows(2) {
        for work in works {
            let (Some(small), Some(large)) = (find(outcomes, size[0], *work), find(outcomes, size[1], *work))
            else {
                continue;
            };
            println!(
                "| {} | {} | {} | × {:.1} | × {:.1} | × {:.1} | × {:.1} |",
                size[0],
                size[1],
                work.title(),
                size[1] as f64 / size[0] as f64,
                large.wall() / small.wall(),
                large.processors() / small.processors(),
                large.memory() / small.memory(),
            );
        }
    }
}
