//! Paths as they are seen from the folder in which the program runs, so that editors and forges find the files.

use std::path::{Component, Path};
use std::sync::Arc;

use super::{Sources, Summary};
use crate::baseline::Comparison;
use crate::diagnostic::{Diagnostic, Place};
use crate::source::SitePath;

/// The way from the folder in which the program runs to the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Way(String);

impl Way {
    /// The way to the site at `root`. There is none to a root that is given from the top of the disk: paths stay short
    /// then, and begin at the site.
    pub fn to(root: &Path) -> Self {
        let mut way = String::new();
        for component in root.components() {
            match component {
                Component::CurDir => {}
                Component::ParentDir => way.push_str("../"),
                Component::Normal(name) => {
                    way.push_str(&name.to_string_lossy());
                    way.push('/');
                }
                Component::RootDir | Component::Prefix(_) => return Self::default(),
            }
        }
        Self(way)
    }

    /// Lets every path of `findings`, `baseline` and `summary` begin at the folder in which the program runs.
    pub fn lead(
        &self,
        findings: &mut [Diagnostic],
        baseline: Option<&mut Comparison>,
        summary: &mut Summary,
    ) {
        if self.0.is_empty() {
            return;
        }
        self.findings(findings);
        if let Some(baseline) = baseline {
            self.findings(&mut baseline.known);
            baseline.gone.iter_mut().for_each(|entry| self.path(&mut entry.path));
        }
        for list in &mut summary.to_do {
            self.path(&mut list.path);
            self.findings(&mut list.items);
        }
        for waiver in &mut summary.waivers {
            self.place(&mut waiver.place);
            self.findings(&mut waiver.findings);
        }
        summary.fixed.iter_mut().for_each(|fixed| self.path(&mut fixed.source.path));
        summary.standings.iter_mut().flatten().for_each(|page| self.path(&mut page.path));
    }

    fn findings(&self, findings: &mut [Diagnostic]) {
        for finding in findings {
            self.place(&mut finding.place);
            finding.related.iter_mut().for_each(|related| self.place(&mut related.place));
        }
    }

    fn place(&self, place: &mut Place) {
        self.path(&mut place.path);
    }

    fn path(&self, path: &mut SitePath) {
        *path = SitePath::new(format!("{}{}", self.0, path.as_str()));
    }
}

/// The texts of a site whose paths begin elsewhere.
pub struct Along<'a> {
    /// Where they begin.
    pub way: &'a Way,
    /// The texts, by their paths in the site.
    pub sources: &'a dyn Sources,
}

impl Sources for Along<'_> {
    fn text(&self, path: &SitePath) -> Option<Arc<str>> {
        match self.way.0.as_str() {
            "" => self.sources.text(path),
            way => self.sources.text(&SitePath::new(path.as_str().strip_prefix(way)?)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_what_stands_before_the_paths_of_a_site() {
        for (root, way) in [
            ("", ""),
            (".", ""),
            ("handouts", "handouts/"),
            ("./handouts/", "handouts/"),
            ("../a b", "../a b/"),
            ("/srv/handouts", ""),
        ] {
            assert_eq!(Way::to(Path::new(root)).0, way, "{root}");
        }
    }
}
