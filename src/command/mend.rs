//! `check --fix`: mends what is certain, and checks again until nothing certain is left.

use std::collections::BTreeSet;

use super::{CommandError, Done, Request, read, with_baseline};
use crate::artifact::Nowhere;
use crate::fix::{self, Fixed};
use crate::output::{self, Rewritten};
use crate::pipeline::Cache;
use crate::report::{self, Output};
use crate::source::SitePath;

/// How often files are mended and checked again. A change seldom brings another one to light, and never this often.
const ROUNDS: usize = 10;

/// Checks the site and mends it; what is known in the end is that of the mended site.
///
/// A file that was changed by somebody else in the meantime is left alone from then on.
///
/// # Errors
/// When the site can't be read, or a file can't be written. What was changed until then has been said.
pub(super) fn run(request: &Request) -> Result<Done, CommandError> {
    let mut done = super::run(request, with_baseline(request, read(request)?)?, &Cache::default(), &Nowhere);
    let mut fixed: Vec<Fixed> = Vec::new();
    let mut left: BTreeSet<SitePath> = BTreeSet::new();
    for _ in 0..ROUNDS {
        let before = fixed.len();
        for file in fix::mend(&done.inputs, &done.findings) {
            let path = &file.source.path;
            if left.contains(path) {
                continue;
            }
            match output::rewrite(&request.root, path, &file.source.text, &file.text) {
                Ok(Rewritten::Done) => fixed.extend(file.fixed),
                Ok(Rewritten::Changed) => {
                    left.insert(path.clone());
                }
                Err(error) => {
                    let stderr = report::render_fixed(&fixed, request.style);
                    report::print(&Output { stdout: String::new(), stderr }).map_err(CommandError::Print)?;
                    return Err(CommandError::Output(error));
                }
            }
        }
        if fixed.len() == before {
            break;
        }
        done = super::run(request, with_baseline(request, read(request)?)?, &done.cache, &Nowhere);
    }
    done.summary.fixed = fixed;
    done.summary.notes.extend(left.iter().map(|path| {
        format!(
            "`{path}` was changed by somebody else while it was checked, and was left alone; run it again"
        )
    }));
    Ok(done)
}
