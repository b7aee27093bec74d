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

/// A page that names what `content/` holds beside it: by ids, by links and as pictures.
const NAMING: &str = r"---
title: A
summary: S.
conditions: [back]
phases: [acute]
authors: [ann]
avoid_if: [leg]
images:
  - src: a.svg
    alt: A person.
---
See [[back]], [[condition/back]], [her page](../conditions/back.md#rest) and [the sheet](a.svg).
";

#[test]
fn what_names_a_link_to_the_outside_is_no_second_mistake() {
    let site = |link: &str| exercise(NAMING).link(link, "/etc/passwd");
    let refused = |link: &str| {
        format!(
            "error[link-out-of-site]: `{link}` is a link that leads out of the site's folder
 --> {link}
  = help: \
             put a copy there instead of the link"
        )
    };
    let others = |site: Site, but: &str| {
        let page = "---\ntitle: B\nsummary: S.\norder: 1\n---\n## Rest\n";
        let files = [
            ("content/conditions/back.md", page.replace("order: 1\n", "")),
            ("content/conditions/leg.md", page.replace("order: 1\n", "").replace("B", "C")),
            ("content/phases/acute.md", page.to_owned()),
            ("content/people.yml", "ann:\n  name: Ann\n  role: author\n".to_owned()),
            ("content/exercises/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_owned()),
        ];
        let files = files.into_iter().filter(|(path, _)| !path.starts_with(but));
        files.fold(site, |site, (path, text)| site.with(path, text))
    };
    others(exercise(NAMING), "-").is_built();
    for link in [
        "content/conditions/back.md",
        "content/conditions",
        "content/phases/acute.md",
        "content/people.yml",
        "content/exercises/a.svg",
    ] {
        others(site(link), link).is_refused(&refused(link));
    }
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
