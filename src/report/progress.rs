//! A bar that fills while a large site is rendered.

use std::sync::Once;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::artifact::{Artifact, Sink};

/// Whether somebody watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// There is a terminal that can show a bar.
    Shown,
    /// Nobody watches, or it would be in the way.
    Hidden,
}

/// How long a run takes before the bar appears: what is quicker needs none.
const PATIENCE: Duration = Duration::from_secs(1);

/// A sink that counts what passes through it to another.
pub struct Watched<'a> {
    sink: &'a dyn Sink,
    bar: ProgressBar,
    start: Instant,
    progress: Progress,
    appeared: Once,
}

/// The sink `sink` with a bar that shows how much has passed.
pub fn watch(sink: &dyn Sink, progress: Progress) -> Watched<'_> {
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} files, about {eta} left") {
        bar.set_style(style);
    }
    Watched { sink, bar, start: Instant::now(), progress, appeared: Once::new() }
}

impl Watched<'_> {
    /// Takes the bar away.
    pub fn finish(self) {
        self.bar.finish_and_clear();
    }
}

impl Sink for Watched<'_> {
    fn keeps(&self) -> bool {
        self.sink.keeps()
    }

    fn expect(&self, artifacts: usize) {
        self.bar.set_length(artifacts as u64);
        self.sink.expect(artifacts);
    }

    fn put(&self, artifact: Artifact) {
        self.sink.put(artifact);
        if self.progress == Progress::Shown {
            self.bar.inc(1);
            if !self.appeared.is_completed() && self.start.elapsed() > PATIENCE {
                self.appeared.call_once(|| self.bar.set_draw_target(ProgressDrawTarget::stderr()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::artifact::{Content, Nowhere};

    #[test]
    fn what_passes_is_counted_only_where_somebody_watches() {
        for (progress, counted) in [(Progress::Shown, 3), (Progress::Hidden, 0)] {
            let watched = watch(&Nowhere, progress);
            watched.expect(3);
            for path in ["a", "b", "c"] {
                watched.put(Artifact { path: path.to_owned(), content: Content::Bytes(Vec::new()) });
            }
            assert_eq!(watched.bar.position(), counted);
            watched.finish();
        }
    }
}
