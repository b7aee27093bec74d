//! What publishing refuses, and that it touches nothing then.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use backsite::artifact::{Artifact, Content, Sink};
use backsite::output::{OutputError, Staging};
use tempfile::tempdir;

use crate::sites::{names, page, publish, site, tree};

/// What opening `output` says, with the folder's own path left out.
fn refusal(folder: &Path, output: &str, sources: &[&Path]) -> String {
    let error = Staging::open(&folder.join(output), sources).unwrap_err();
    error.to_string().replace(&format!("{}/", folder.display()), "")
}

/// What publishing says after these artifacts, with the folder's own path left out.
fn failure(folder: &Path, artifacts: Vec<Artifact>) -> String {
    let staging = Staging::open(&folder.join("public"), &[]).unwrap();
    artifacts.into_iter().for_each(|artifact| staging.put(artifact));
    staging.publish().unwrap_err().to_string().replace(&format!("{}/", folder.display()), "")
}

#[test]
fn a_folder_with_files_of_somebody_else_is_refused_and_untouched() {
    let folder = tempdir().unwrap();
    fs::create_dir(folder.path().join("photos")).unwrap();
    fs::write(folder.path().join("photos/me.jpg"), "me").unwrap();
    let before = tree(folder.path());
    assert_eq!(
        refusal(folder.path(), "photos", &[]),
        "`photos` holds files that backsite did not make, and publishing would remove them; choose another output \
         folder, or empty this one first"
    );
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn a_marker_that_says_something_else_does_not_make_a_folder_ours() {
    let folder = tempdir().unwrap();
    for (name, text) in [("empty", ""), ("other", "This folder was made by hand.\nNot by backsite, no.\n")] {
        fs::create_dir(folder.path().join(name)).unwrap();
        fs::write(folder.path().join(name).join(".backsite"), text).unwrap();
        assert!(refusal(folder.path(), name, &[]).contains("that backsite did not make"));
    }
    fs::create_dir_all(folder.path().join("folder/.backsite")).unwrap();
    assert!(refusal(folder.path(), "folder", &[]).contains("that backsite did not make"));
}

#[test]
fn files_that_come_while_the_site_is_built_are_not_lost() {
    let folder = tempdir().unwrap();
    let output = folder.path().join("public");
    let staging = Staging::open(&output, &[]).unwrap();
    staging.put(page("index.html", b"1"));
    fs::create_dir(&output).unwrap();
    fs::write(output.join("mine.txt"), "mine").unwrap();
    assert!(staging.publish().unwrap_err().to_string().contains("that backsite did not make"));
    assert_eq!(tree(folder.path()).into_keys().collect::<Vec<_>>(), ["public/", "public/mine.txt"]);
}

#[test]
fn an_empty_folder_is_taken() {
    let folder = tempdir().unwrap();
    fs::create_dir(folder.path().join("public")).unwrap();
    publish(&folder.path().join("public"), &site(&[("index.html", "1")])).unwrap();
    assert_eq!(names(folder.path()), ["public"]);
}

#[test]
fn a_folder_in_which_a_first_build_was_killed_is_taken() {
    let folder = tempdir().unwrap();
    fs::create_dir_all(folder.path().join("public/.backsite-staging/new")).unwrap();
    publish(&folder.path().join("public"), &site(&[("index.html", "1")])).unwrap();
    assert_eq!(names(&folder.path().join("public")), [".backsite", "index.html"]);
}

#[test]
fn a_published_folder_in_which_somebody_keeps_a_repository_is_refused() {
    let folder = tempdir().unwrap();
    publish(&folder.path().join("public"), &site(&[("index.html", "1")])).unwrap();
    fs::create_dir(folder.path().join("public/.git")).unwrap();
    let before = tree(folder.path());
    assert_eq!(
        refusal(folder.path(), "public", &[]),
        "`public` holds a `.git`, and publishing would remove it; move the repository away, or choose another \
         output folder"
    );
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn a_file_in_the_way_is_refused() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("public"), "mine").unwrap();
    assert_eq!(
        refusal(folder.path(), "public", &[]),
        "`public` is not a folder; move it away, or choose another output folder"
    );
    assert_eq!(fs::read_to_string(folder.path().join("public")).unwrap(), "mine");
}

#[test]
fn the_site_itself_and_the_folders_around_it_are_refused() {
    let folder = tempdir().unwrap();
    let root = folder.path().join("work/site");
    // Even with a marker, which could have been copied there.
    publish(&folder.path().join("work"), &site(&[("site/content/index.md", "1")])).unwrap();
    let before = tree(folder.path());
    for output in ["work/site", "work", "work/site/content/..", ".", "work/site/content"] {
        assert_eq!(
            refusal(folder.path(), output, &[&root.join("content"), &root]),
            format!(
                "`{output}` can't be the output folder, because publishing would remove `work/site/content`, which \
                 the site is made from; choose a folder that is used for nothing else"
            )
        );
    }
    assert_eq!(tree(folder.path()), before);
    assert!(Staging::open(&root.join("public"), &[&root, &root.join("content")]).is_ok());
}

#[test]
fn a_folder_among_the_sources_is_refused() {
    let folder = tempdir().unwrap();
    let root = folder.path().join("site");
    fs::create_dir_all(root.join("content/exercises")).unwrap();
    for output in ["site/content/x", "site/content/exercises/out", "site/content/new/deep"] {
        assert_eq!(
            refusal(folder.path(), output, &[&root.join("content"), &root]),
            format!(
                "`{output}` can't be the output folder, because it lies in `site/content`, which the site is made \
                 from; choose a folder outside of it"
            )
        );
    }
    assert!(!root.join("content/new").exists());
}

#[test]
fn the_root_of_the_file_system_is_refused() {
    assert!(Staging::open(Path::new("/"), &[]).is_err());
    assert!(Staging::open(Path::new(""), &[]).is_err());
}

#[test]
fn a_link_to_nowhere_is_refused() {
    #[cfg(unix)]
    {
        let folder = tempdir().unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path().join("public")).unwrap();
        assert_eq!(
            refusal(folder.path(), "public", &[]),
            "`public` is a link to a place that does not exist; make the folder that it points to, or remove the \
             link"
        );
    }
}

#[test]
fn a_second_build_at_the_same_time_is_refused_and_the_first_goes_on() {
    let folder = tempdir().unwrap();
    let output = folder.path().join("public");
    let first = Staging::open(&output, &[]).unwrap();
    assert_eq!(
        refusal(folder.path(), "public", &[]),
        "another build is writing to `public`; wait until it has ended, then build again"
    );
    first.put(page("index.html", b"1"));
    first.publish().unwrap();
    assert!(Staging::open(&output, &[]).is_ok());
}

#[test]
fn builds_that_race_for_one_folder_never_share_it() {
    let folder = tempdir().unwrap();
    let output = folder.path().join("public");
    let builds = AtomicUsize::new(0);
    // Short builds, so that one often opens the lock that another is just about to remove.
    let build_often = || {
        for _ in 0..2_000 {
            let staging = match Staging::open(&output, &[]) {
                Ok(staging) => staging,
                Err(OutputError::Busy { .. }) => continue,
                Err(other) => panic!("{other}"),
            };
            assert_eq!(builds.fetch_add(1, Ordering::SeqCst), 0);
            std::thread::yield_now();
            builds.fetch_sub(1, Ordering::SeqCst);
            drop(staging);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(build_often);
        }
    });
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_path_that_leads_elsewhere_or_takes_our_names_is_refused() {
    let bad =
        ["", "/etc/passwd", "../a", "a/../b", "a//b", "a/", "./a", "a\\b", "a/.", ".backsite", ".backsite/a"];
    for path in bad.into_iter().chain([".backsite-staging/a"]) {
        let folder = tempdir().unwrap();
        assert_eq!(
            failure(folder.path(), vec![page(path, b"")]),
            format!("can't write `{path}`: it is not a path that a page or a file of the site can have")
        );
        assert!(names(folder.path()).is_empty());
    }
}

#[test]
fn a_path_that_comes_twice_is_refused() {
    let folder = tempdir().unwrap();
    let twice = "another page or file of the site has the same path";
    assert_eq!(
        failure(folder.path(), vec![page("a.html", b"1"), page("a.html", b"2")]),
        format!("can't write `public/a.html`: {twice}")
    );
    assert_eq!(
        failure(folder.path(), vec![page("a", b"1"), page("a/b.html", b"2")]),
        format!("can't write `public/a`: {twice}")
    );
    assert!(failure(folder.path(), vec![page("a/b.html", b"2"), page("a", b"1")]).contains(twice));
}

#[test]
fn a_picture_that_changes_or_goes_while_the_site_is_built_is_refused() {
    let folder = tempdir().unwrap();
    let from = folder.path().join("a.png");
    let digest = xxhash_rust::xxh3::xxh3_128(b"old");
    let picture = || Artifact {
        path: "a.png".to_owned(),
        content: Content::File { from: from.clone(), digest, size: 3 },
    };
    assert_eq!(failure(folder.path(), vec![picture()]), "can't read `a.png`: No such file or directory");
    fs::write(&from, "new").unwrap();
    assert_eq!(
        failure(folder.path(), vec![picture()]),
        "`a.png` changed while the site was being built; build again"
    );
}
