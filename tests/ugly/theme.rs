//! Themes: templates that can't be read, that fail, that run in circles; words that are not there.

use super::site::{PAGE, Site, exercise};

#[test]
fn a_site_without_a_home_page_of_its_own_gets_one() {
    exercise(PAGE).without("content/index.md").is_built();
}

#[test]
fn a_site_without_any_page_is_built() {
    Site::new().without("content/index.md").is_built();
}
