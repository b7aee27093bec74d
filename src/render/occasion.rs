//! What was being made when a template failed, as a finding tells it: something that an author knows.

use super::listing::{self, Listed};
use super::{Job, Stage};
use crate::diagnostic::{Diagnostic, Place};

/// `finding` with what `job` was to make.
pub fn told(stage: &Stage<'_>, job: &Job, finding: Diagnostic) -> Diagnostic {
    let page = |id| stage.site.page(id);
    match job {
        Job::Page(id) => finding.related("while this page was rendered", page(*id).whole()),
        Job::Redirect(address, id) => {
            let message = format!("while the old address `{address}` of this page was rendered");
            finding.related(message, page(*id).whole())
        }
        Job::Handout(crossing) => {
            let (condition, phase) = (page(crossing.condition), page(crossing.phase));
            let message = format!(
                "while the handout for the condition `{}` and the phase `{}` was rendered",
                condition.key.id, phase.key.id
            );
            finding.related(message, condition.whole())
        }
        Job::List(list, members, leaf) => match &list.what {
            Listed::Section(kind) => {
                let message =
                    format!("while the list of the kind `{kind}` was rendered, which begins with this page");
                match members.get(leaf * listing::LEAF) {
                    Some(first) => finding.related(message, page(*first).whole()),
                    None => finding,
                }
            }
            Listed::Members(of, kind) => {
                let message = format!("while the list of the kind `{kind}` for this page was rendered");
                finding.related(message, page(*of).whole())
            }
            Listed::Names => without_page(finding, "the A to Z", stage.theme.place("a-z.html")),
        },
        Job::Home => without_page(finding, "the start page", stage.theme.place("home.html")),
        Job::NotFound => {
            without_page(finding, "the page for addresses that do not exist", stage.theme.place("404.html"))
        }
        Job::Sitemap | Job::Feed | Job::Brand => finding,
    }
}

/// `finding` with what was to be made, which is no page of a file: `place` is where its template begins.
fn without_page(mut finding: Diagnostic, what: &str, place: Place) -> Diagnostic {
    finding.related.retain(|related| related.place != place);
    finding.related(format!("while {what} was rendered"), place)
}
