//! The built-in kinds, and what sites can make of them.

use super::*;
use std::sync::Arc;

fn source(path: &str, text: &str) -> Source {
    Source { path: SitePath::new(path), text: Arc::from(text) }
}

#[test]
fn the_built_in_documents_are_without_mistakes() {
    for review in [ReviewDuty::Required, ReviewDuty::NotRequired] {
        let (schemas, findings) = Schemas::with_site(&[], review);
        assert_eq!(findings, []);
        let names: Vec<&str> = schemas.kinds().iter().map(|kind| &*kind.name).collect();
        assert_eq!(
            names,
            ["exercise", "guidance", "condition", "phase", "medicine", "plan", "term", "safety-net", "page"]
        );
    }
}
