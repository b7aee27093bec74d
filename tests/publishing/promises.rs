//! What a build does to the site that was published before.

use std::fs;
use std::time::{Duration, SystemTime};

use backsite::artifact::{Artifact, Content, Sink};
use backsite::output::{Published, Staging, Way};
use tempfile::tempdir;
use xxhash_rust::xxh3::xxh3_128;

use crate::sites::{fill, fresh, names, page, publish, publish_by, site, tree};

const WAYS: [Way; 3] = [Way::Exchange, Way::Aside, Way::FileByFile];

#[test]
fn a_first_publication_holds_the_files_and_the_marker_and_leaves_nothing_beside() {
    let folder = tempdir().unwrap();
    let output = folder.path().join("public");
    let published = publish(&output, &site(&[("index.html", "start"), ("a/b/c.html", "deep")])).unwrap();
    assert_eq!(published, Published { written: 2, unchanged: 0, removed: 0, note: None });
    assert_eq!(
        tree(&output).into_keys().collect::<Vec<_>>(),
        [".backsite", "a/", "a/b/", "a/b/c.html", "index.html"]
    );
    assert_eq!(names(folder.path()), ["public"]);
}

#[test]
fn stale_pages_and_their_folders_are_gone() {
    for way in WAYS {
        let folder = tempdir().unwrap();
        let output = folder.path().join("public");
        publish(&output, &site(&[("index.html", "1"), ("old/page.html", "x"), ("old.css", "x")])).unwrap();
        let new = site(&[("index.html", "2"), ("new/page.html", "y")]);
        let published = publish_by(way, &output, &new).unwrap();
        assert_eq!((published.written, published.unchanged, published.removed), (2, 0, 2), "{way:?}");
        assert_eq!(tree(&output), fresh(&new), "{way:?}");
        assert_eq!(names(folder.path()), ["public"], "{way:?}");
    }
}

#[test]
fn a_page_can_take_the_place_of_a_folder_and_the_other_way_round() {
    for way in WAYS {
        let folder = tempdir().unwrap();
        let output = folder.path().join("public");
        publish(&output, &site(&[("a/b.html", "1"), ("c", "1")])).unwrap();
        let new = site(&[("a", "2"), ("c/d.html", "2")]);
        publish_by(way, &output, &new).unwrap();
        assert_eq!(tree(&output), fresh(&new), "{way:?}");
    }
}

#[test]
fn an_equal_file_keeps_its_time_stamp_and_its_place_on_the_disk() {
    for way in WAYS {
        let folder = tempdir().unwrap();
        let (output, picture) = (folder.path().join("public"), folder.path().join("picture.png"));
        fs::write(&picture, "picture").unwrap();
        let publish_both = |text: &str| {
            let staging = Staging::open_for(way, &output, &[]).unwrap();
            staging.put(page("equal.html", b"equal"));
            staging.put(page("changed.html", text.as_bytes()));
            staging.put(copied(&picture, b"picture"));
            staging.publish().unwrap()
        };
        publish_both("one");
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        for name in ["equal.html", "changed.html", "picture.png"] {
            fs::File::options().write(true).open(output.join(name)).unwrap().set_modified(long_ago).unwrap();
        }
        let before = fs::metadata(output.join("equal.html")).unwrap();

        let published = publish_both("two");
        assert_eq!((published.written, published.unchanged, published.removed), (1, 2, 0), "{way:?}");
        let modified = |name: &str| fs::metadata(output.join(name)).unwrap().modified().unwrap();
        assert_eq!(modified("equal.html"), long_ago, "{way:?}");
        assert_eq!(modified("picture.png"), long_ago, "{way:?}");
        assert_ne!(modified("changed.html"), long_ago, "{way:?}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let after = fs::metadata(output.join("equal.html")).unwrap();
            assert_eq!((after.ino(), after.nlink()), (before.ino(), 1), "{way:?}");
        }
    }
}

#[test]
fn a_file_of_the_same_length_and_age_but_other_bytes_is_written() {
    let folder = tempdir().unwrap();
    let output = folder.path().join("public");
    publish(&output, &site(&[("a.html", "10 mg")])).unwrap();
    let modified = fs::metadata(output.join("a.html")).unwrap().modified().unwrap();
    fs::File::options().write(true).open(output.join("a.html")).unwrap().set_modified(modified).unwrap();
    publish(&output, &site(&[("a.html", "15 mg")])).unwrap();
    assert_eq!(fs::read_to_string(output.join("a.html")).unwrap(), "15 mg");
}

#[test]
fn an_equal_site_is_not_touched_unless_something_strange_lies_in_it() {
    for way in WAYS {
        let folder = tempdir().unwrap();
        let output = folder.path().join("public");
        let same = site(&[("index.html", "1"), ("a/b.html", "1")]);
        publish(&output, &same).unwrap();
        let whole = tree(&output);
        let modified = || fs::metadata(&output).unwrap().modified().unwrap();
        let before = modified();
        let published = publish_by(way, &output, &same).unwrap();
        assert_eq!(published, Published { written: 0, unchanged: 2, removed: 0, note: None }, "{way:?}");
        assert_eq!(modified(), before, "{way:?}");
        assert_eq!(names(folder.path()), ["public"], "{way:?}");

        fs::create_dir(output.join("empty")).unwrap();
        publish_by(way, &output, &same).unwrap();
        assert_eq!(tree(&output), whole, "{way:?}");
        fs::write(output.join("a/mine.txt"), "mine").unwrap();
        assert_eq!(publish_by(way, &output, &same).unwrap().removed, 1, "{way:?}");
        assert_eq!(tree(&output), whole, "{way:?}");
    }
}

#[test]
fn no_file_of_the_old_site_is_written_in_place() {
    for way in WAYS {
        let folder = tempdir().unwrap();
        let (output, kept) = (folder.path().join("public"), folder.path().join("kept"));
        let old =
            site(&[("index.html", "1"), ("equal.html", "e"), ("a/changed.html", "1"), ("stale.html", "s")]);
        publish(&output, &old).unwrap();
        let before = tree(&output);
        for name in before.keys() {
            match name.strip_suffix('/') {
                Some(name) => fs::create_dir_all(kept.join(name)).unwrap(),
                None => {
                    fs::create_dir_all(kept.join(name).parent().unwrap()).unwrap();
                    fs::hard_link(output.join(name), kept.join(name)).unwrap();
                }
            }
        }
        for text in ["2", "a longer text"] {
            let new = site(&[("index.html", text), ("equal.html", "e"), ("a/changed.html", text)]);
            publish_by(way, &output, &new).unwrap();
            assert_eq!(tree(&kept), before, "{way:?}");
        }
    }
}

#[test]
fn a_site_that_is_thrown_away_leaves_the_old_one_to_the_byte_and_nothing_beside() {
    for way in WAYS {
        let folder = tempdir().unwrap();
        let output = folder.path().join("public");
        publish(&output, &site(&[("index.html", "1"), ("equal.html", "e")])).unwrap();
        let before = tree(&output);
        let staging = Staging::open_for(way, &output, &[]).unwrap();
        fill(&staging, &site(&[("index.html", "2"), ("equal.html", "e"), ("new/page.html", "n")]));
        drop(staging);
        assert_eq!(tree(&output), before, "{way:?}");
        assert_eq!(names(folder.path()), ["public"], "{way:?}");
    }
}

#[test]
fn folders_made_above_the_output_go_with_a_site_that_is_thrown_away() {
    let folder = tempdir().unwrap();
    let output = folder.path().join("made/for/public");
    let staging = Staging::open(&output, &[]).unwrap();
    staging.put(page("index.html", b"1"));
    drop(staging);
    assert!(names(folder.path()).is_empty());
    publish(&output, &site(&[("index.html", "1")])).unwrap();
    assert_eq!(names(&folder.path().join("made/for")), ["public"]);
}

#[test]
fn a_site_of_no_files_is_published_too() {
    let folder = tempdir().unwrap();
    let output = folder.path().join("public");
    publish(&output, &site(&[("index.html", "1")])).unwrap();
    assert_eq!(publish(&output, &site(&[])).unwrap().removed, 1);
    assert_eq!(names(&output), [".backsite"]);
}

#[test]
fn every_way_but_the_exchange_says_what_visitors_could_have_noticed() {
    let folder = tempdir().unwrap();
    let output = folder.path().join("public");
    publish(&output, &site(&[("index.html", "1")])).unwrap();
    let note = |way, text| {
        publish_by(way, &output, &site(&[("index.html", text)])).unwrap().note.unwrap_or_default()
    };
    let shown = output.display();
    assert_eq!(note(Way::Exchange, "2"), "");
    assert_eq!(
        note(Way::Aside, "3"),
        format!(
            "`{shown}` was missing for a moment while it was replaced, because this file system can't swap folders"
        )
    );
    assert_eq!(
        note(Way::FileByFile, "4"),
        format!(
            "`{shown}` was replaced file by file, with old and new pages side by side for a moment, because the \
             folder itself can't be replaced: it is a mount point, is open in another program, or lies in a folder \
             that this build may not change"
        )
    );
}

#[test]
fn what_a_killed_build_left_is_cleaned_up_by_the_next() {
    for way in WAYS {
        let folder = tempdir().unwrap();
        let output = folder.path().join("public");
        publish(&output, &site(&[("index.html", "1")])).unwrap();
        let staging = Staging::open_for(way, &output, &[]).unwrap();
        staging.put(page("half.html", b"half"));
        let work = folder.path().join(".public.backsite");
        fs::rename(&work, folder.path().join("copy")).unwrap();
        drop(staging);
        fs::rename(folder.path().join("copy"), &work).unwrap();
        fs::create_dir_all(output.join(".backsite-staging/moved")).unwrap();
        fs::write(output.join(".backsite-staging/moved/half.html"), "half").unwrap();

        let new = site(&[("index.html", "2")]);
        publish_by(way, &output, &new).unwrap();
        assert_eq!(tree(&output), fresh(&new), "{way:?}");
        assert_eq!(names(folder.path()), ["public"], "{way:?}");
    }
}

#[test]
fn a_site_that_a_killed_build_took_away_is_brought_back_even_by_a_build_that_fails() {
    let folder = tempdir().unwrap();
    let output = folder.path().join("public");
    publish(&output, &site(&[("index.html", "1")])).unwrap();
    let before = tree(&output);
    fs::create_dir(folder.path().join(".public.backsite")).unwrap();
    fs::rename(&output, folder.path().join(".public.backsite/old")).unwrap();
    drop(Staging::open(&output, &[]).unwrap());
    assert_eq!(tree(&output), before);
    assert_eq!(names(folder.path()), ["public"]);
}

#[test]
fn a_picture_is_copied_without_the_authors_permissions() {
    let folder = tempdir().unwrap();
    let (output, picture) = (folder.path().join("public"), folder.path().join("picture.png"));
    let bytes: Vec<u8> = (0..300_000_u32).map(|n| (n % 251) as u8).collect();
    fs::write(&picture, &bytes).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&picture, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let staging = Staging::open(&output, &[]).unwrap();
    staging.put(copied(&picture, &bytes));
    staging.put(page("index.html", b""));
    staging.publish().unwrap();
    assert_eq!(fs::read(output.join("picture.png")).unwrap(), bytes);
    let permissions = |name: &str| fs::metadata(output.join(name)).unwrap().permissions();
    assert_eq!(permissions("picture.png"), permissions("index.html"));
}

#[test]
fn the_site_is_published_where_a_link_points_to() {
    #[cfg(unix)]
    {
        let folder = tempdir().unwrap();
        let (link, real) = (folder.path().join("public"), folder.path().join("elsewhere/site"));
        fs::create_dir_all(&real).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        for text in ["1", "2"] {
            let new = site(&[("index.html", text)]);
            publish(&link, &new).unwrap();
            assert_eq!(tree(&real), fresh(&new));
        }
        assert!(link.is_symlink());
        assert_eq!(names(folder.path()), ["elsewhere", "public"]);
        assert_eq!(names(&folder.path().join("elsewhere")), ["site"]);
    }
}

fn copied(from: &std::path::Path, bytes: &[u8]) -> Artifact {
    let (digest, size) = (xxh3_128(bytes), bytes.len() as u64);
    Artifact {
        path: from.file_name().unwrap().to_str().unwrap().to_owned(),
        content: Content::File { from: from.to_path_buf(), digest, size },
    }
}
