//! Symbolic links, and what is neither a file nor a folder: nothing outside of the site's folder is read.
#![cfg(unix)]

use std::fs;

use super::site::{PAGE, SETTINGS, Site, exercise};

#[test]
fn a_link_to_a_file_outside_of_the_site_is_refused() {
    Site::new().link("content/x.png", "/etc/passwd").is_refused(
        r"
error[link-out-of-site]: `content/x.png` is a link that leads out of the site's folder
 --> content/x.png
  = help: put a copy there instead of the link
",
    );
    Site::new().link("content/exercises/x.md", "/etc/passwd").is_refused(
        r"
error[link-out-of-site]: `content/exercises/x.md` is a link that leads out of the site's folder
 --> content/exercises/x.md
  = help: put a copy there instead of the link
",
    );
    Site::new().link("content/people.yml", "/etc/passwd").is_refused(
        r"
error[link-out-of-site]: `content/people.yml` is a link that leads out of the site's folder
 --> content/people.yml
  = help: put a copy there instead of the link
",
    );
}

#[test]
fn settings_outside_of_the_site_are_refused_and_not_shown() {
    Site::new().without("site.toml").link("site.toml", "/etc/passwd").is_refused(
        r"
error[link-out-of-site]: `site.toml` is a link that leads out of the site's folder
 --> site.toml
  = help: put a copy there instead of the link
",
    );
}

#[test]
fn settings_that_a_link_leads_to_nowhere_are_refused() {
    Site::new().without("site.toml").link("site.toml", "nowhere").is_refused(
        r"
error[link-out-of-site]: `site.toml` is a link that leads nowhere
 --> site.toml
  = help: put the file there instead of the link
",
    );
}

#[test]
fn settings_that_a_link_leads_to_inside_of_the_site_are_read() {
    Site::new()
        .without("site.toml")
        .with("settings/site.toml", SETTINGS)
        .link("site.toml", "settings/site.toml")
        .is_built();
}

#[test]
fn a_link_to_a_folder_outside_of_the_site_is_refused() {
    Site::new().link("content/x", "/etc").is_refused(
        r"
error[link-out-of-site]: `content/x` is a link that leads out of the site's folder
 --> content/x
  = help: put a copy there instead of the link
",
    );
    Site::new().link("schemas", "/etc").is_refused(
        r"
error[link-out-of-site]: `schemas` is a link that leads out of the site's folder
 --> schemas
  = help: put a copy there instead of the link
",
    );
    Site::new().link("themes/clinic", "/etc").is_refused(
        r"
error[link-out-of-site]: `themes/clinic` is a link that leads out of the site's folder
 --> themes/clinic
  = help: put a copy there instead of the link
",
    );
    Site::new().without("content/index.md").with("x", "").link("content/exercises", "/etc").is_refused(
        r"
error[link-out-of-site]: `content/exercises` is a link that leads out of the site's folder
 --> content/exercises
  = help: put a copy there instead of the link
",
    );
}

#[test]
fn a_folder_that_lies_in_a_link_to_the_outside_is_refused() {
    let elsewhere = tempfile::tempdir().unwrap();
    fs::create_dir_all(elsewhere.path().join("clinic/templates")).unwrap();
    fs::write(elsewhere.path().join("clinic/templates/page.html"), "{{ secret }}").unwrap();
    Site::new().link("themes", elsewhere.path().to_str().unwrap()).is_refused(
        r"
error[link-out-of-site]: `themes/clinic` is a link that leads out of the site's folder
 --> themes/clinic
  = help: put a copy there instead of the link
",
    );
}

#[test]
fn a_link_that_leads_in_a_circle_is_one_mistake() {
    Site::new().link("content/x", "x").is_refused(
        r"
error[link-out-of-site]: `content/x` is a link that leads nowhere
 --> content/x
  = help: put the file there instead of the link
",
    );
    Site::new().link("content/x", ".").is_refused(
        r"
error[link-out-of-site]: `content/x` is a link to a folder that it lies in
 --> content/x
  = help: delete the link
",
    );
    Site::new().link("content/x", "..").is_refused(
        r"
error[link-out-of-site]: `content/x` is a link to a folder that it lies in
 --> content/x
  = help: delete the link
",
    );
    Site::new().link("content/x/y", "../../content").is_refused(
        r"
error[link-out-of-site]: `content/x/y` is a link to a folder that it lies in
 --> content/x/y
  = help: delete the link
",
    );
}

#[test]
fn a_link_that_leads_nowhere_is_refused() {
    Site::new().link("content/exercises/x.md", "nowhere.md").is_refused(
        r"
error[link-out-of-site]: `content/exercises/x.md` is a link that leads nowhere
 --> content/exercises/x.md
  = help: put the file there instead of the link
",
    );
}

#[test]
fn a_link_inside_of_the_site_is_followed() {
    exercise(PAGE).link("content/exercises/b.md", "a.md").is_built();
}

#[test]
fn a_site_whose_folder_is_a_link_is_built() {
    let site = exercise(PAGE).link("itself", ".");
    let run = site.run(&["check", "--drafts", "--quiet", "--root", "itself"]);
    assert_eq!((run.status, run.said.as_str()), (Some(0), ""));
}

#[test]
fn a_pipe_is_refused_and_not_waited_for() {
    let pipe = |site: &Site, path: &str| {
        let made = std::process::Command::new("mkfifo").arg(site.path(path)).status();
        made.unwrap().success()
    };
    let site = Site::new();
    assert!(pipe(&site, "content/x.md"));
    site.is_refused(
        r"
error[bad-file-name]: `content/x.md` is neither a file nor a folder
 --> content/x.md
  = help: delete it
",
    );
    let site = Site::new().without("site.toml");
    assert!(pipe(&site, "site.toml"));
    site.is_refused(
        r"
error[bad-file-name]: `site.toml` is neither a file nor a folder
 --> site.toml
  = help: delete it
",
    );
}

#[test]
fn a_file_that_cannot_be_read_is_the_tool_s_failure() {
    use std::os::unix::fs::PermissionsExt;
    let site = exercise(PAGE);
    let file = site.path("content/exercises/a.md");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o0)).unwrap();
    // Nothing keeps the root user from reading.
    if fs::read(&file).is_err() {
        site.ends_with(2, "error: can't read `./content/exercises/a.md`: Permission denied (os error 13)");
    }
}
