//! Old addresses: whether each can be one of this site.

use crate::diagnostic::{Applicability, Diagnostic, Rule};
use crate::page::Page;
use crate::source::Span;

/// The most bytes between two slashes that every disk takes.
const MAX_PART: usize = 200;

/// What is wrong with an old address that is not one of this site.
pub(super) fn check(page: &Page, written: &str, span: Span) -> Option<Diagnostic> {
    let inside = written.strip_prefix('/').unwrap_or(written);
    let finding = |message: String| Diagnostic::new(Rule::InvalidValue, page.place(span), message);
    if let Some((_, rest)) = inside.split_once("://") {
        let path = rest.split_once('/').map_or("", |(_, path)| path);
        let finding = finding(format!("`{written}` is a whole address, and only its path is needed"));
        return Some(match is_path(path) {
            true => {
                finding.help(format!("did you mean `{path}`?")).fix(span, path, Applicability::MaybeIncorrect)
            }
            false => finding.help("write what stands behind the name of the host"),
        });
    }
    if is_path(inside) {
        return None;
    }
    let help =
        "write a path from the root of the site, as `exercises/old-name.html` or `exercises/old-name/`";
    Some(finding(format!("`{written}` can't be an address of this site")).help(help))
}

/// Whether `path` is a file that ends with `.html`, or a folder, and stays inside of the site on every system.
fn is_path(path: &str) -> bool {
    let folder = path.strip_suffix('/').unwrap_or(path);
    let is_name = |part: &str| {
        !part.is_empty()
            && part.len() <= MAX_PART
            && !part.starts_with('.')
            && !part.ends_with(['.', ' '])
            && !part.chars().any(|c| c.is_control() || c.is_whitespace() || "\\:*?\"<>|#%".contains(c))
    };
    // A last part with a dot is a file, which a redirect can stand for only if it is a page.
    let last = folder.rsplit('/').next().unwrap_or(folder);
    let is_page = !last.contains('.') || (last.ends_with(".html") && !path.ends_with('/'));
    is_page && folder.split('/').all(is_name)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{check as check_site, page};

    fn pacing(aliases: &str) -> String {
        page("Pacing", &format!("conditions: [back]\nsources: [nice]\naliases: [{aliases}]"), "")
    }

    #[track_caller]
    fn check(aliases: &str, expected: &[&str]) {
        check_site(&[("content/guidance/pacing.md", pacing(aliases))], expected);
    }

    #[test]
    fn an_old_address_is_a_page_or_a_folder_of_the_site() {
        check("old.html, guidance/old.html, old/pace/, /older, alt/rücken.html", &[]);
        check(
            "../old.html",
            &["content/guidance/pacing.md `../old.html`: error[invalid-value]: `../old.html` can't be an \
               address of this site; write a path from the root of the site, as `exercises/old-name.html` \
               or `exercises/old-name/`"],
        );
        check(
            "guidance/../old.html",
            &["content/guidance/pacing.md `guidance/../old.html`: error[invalid-value]: \
               `guidance/../old.html` can't be an address of this site; write a path from the root of the \
               site, as `exercises/old-name.html` or `exercises/old-name/`"],
        );
        check(
            "old.pdf",
            &["content/guidance/pacing.md `old.pdf`: error[invalid-value]: `old.pdf` can't be an address \
               of this site; write a path from the root of the site, as `exercises/old-name.html` or \
               `exercises/old-name/`"],
        );
        check(
            "'\\\\host\\x.html'",
            &["content/guidance/pacing.md `'\\\\host\\x.html'`: error[invalid-value]: `\\\\host\\x.html` \
               can't be an address of this site; write a path from the root of the site, as \
               `exercises/old-name.html` or `exercises/old-name/`"],
        );
        check(
            "old.html#top",
            &["content/guidance/pacing.md `old.html#top`: error[invalid-value]: `old.html#top` can't be an \
               address of this site; write a path from the root of the site, as `exercises/old-name.html` \
               or `exercises/old-name/`"],
        );
        check(
            "//host/x.html",
            &["content/guidance/pacing.md `//host/x.html`: error[invalid-value]: `//host/x.html` can't be \
               an address of this site; write a path from the root of the site, as \
               `exercises/old-name.html` or `exercises/old-name/`"],
        );
        check(
            "/",
            &["content/guidance/pacing.md `/`: error[invalid-value]: `/` can't be an address of this site; \
               write a path from the root of the site, as `exercises/old-name.html` or \
               `exercises/old-name/`"],
        );
        check(
            "\"https://example.org/old.html\"",
            &["content/guidance/pacing.md `\"https://example.org/old.html\"`: error[invalid-value]: \
               `https://example.org/old.html` is a whole address, and only its path is needed; did you \
               mean `old.html`? | write `old.html` for `\"https://example.org/old.html\"`"],
        );
    }
}
