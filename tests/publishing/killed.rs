//! A build that is killed at any moment leaves the old site or the new one, whole.
//!
//! The builds run in a process of their own: this test program, asked for a test that is left out otherwise.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Instant;

use backsite::output::{Staging, Way};
use tempfile::tempdir;

use crate::sites::{Tree, fresh, names, publish, publish_by, tree};

const KILLS: u64 = 60;

#[test]
fn a_build_killed_at_any_moment_leaves_one_whole_site() {
    let versions = [version(0), version(1)];
    let whole = versions.each_ref().map(fresh);
    let folder = tempdir().unwrap();
    let output = folder.path().join("public");
    publish(&output, &versions[0]).unwrap();
    let mut seen = [0, 0];
    for kill in 0..KILLS {
        kill_in_the_middle(kill, start(Way::Exchange, &output));
        let found = tree(&output);
        match whole.iter().position(|site| *site == found) {
            Some(version) => seen[version] += 1,
            None => panic!("neither version is whole: {:?}", found.keys()),
        }
    }
    assert!(seen.iter().all(|seen| *seen > 0), "every kill came at the same moment: {seen:?}");
    publish(&output, &versions[0]).unwrap();
    assert!(tree(&output) == whole[0]);
    assert_eq!(names(folder.path()), ["public"]);
}

#[test]
fn without_an_exchange_the_next_build_brings_a_whole_site_back() {
    let versions = [version(0), version(1)];
    let whole = versions.each_ref().map(fresh);
    let folder = tempdir().unwrap();
    let output = folder.path().join("public");
    publish(&output, &versions[0]).unwrap();
    for kill in 0..KILLS / 3 {
        kill_in_the_middle(kill, start(Way::Aside, &output));
        drop(Staging::open(&output, &[]).unwrap());
        assert!(whole.contains(&tree(&output)));
    }
    assert_eq!(names(folder.path()), ["public"]);
}

#[test]
fn file_by_file_every_file_is_whole_and_the_next_build_completes_the_site() {
    let versions = [version(0), version(1)];
    let whole = versions.each_ref().map(fresh);
    let folder = tempdir().unwrap();
    let output = folder.path().join("public");
    publish(&output, &versions[0]).unwrap();
    for kill in 0..KILLS / 3 {
        kill_in_the_middle(kill, start(Way::FileByFile, &output));
        for (path, bytes) in tree(&output).iter().filter(|(path, _)| !path.starts_with(".backsite-staging")) {
            assert!(whole.iter().any(|site| site.get(path) == Some(bytes)), "`{path}` is not whole");
        }
        // Sometimes two builds are killed one after the other.
        if kill % 2 == 0 {
            publish_by(Way::FileByFile, &output, &versions[1]).unwrap();
            assert!(tree(&output) == whole[1]);
        }
    }
}

#[test]
#[ignore = "runs for ever: the tests above start it, and kill it"]
fn publishes_for_ever() {
    let output = std::env::var("BACKSITE_TEST_OUTPUT").unwrap();
    let way = std::env::var("BACKSITE_TEST_WAY").unwrap();
    let way =
        [Way::Exchange, Way::Aside, Way::FileByFile].into_iter().find(|known| format!("{known:?}") == way);
    for number in 0.. {
        publish_by(way.unwrap(), Path::new(&output), &version(number % 2)).unwrap();
        println!("published");
    }
}

/// One of two sites with equal, changed, new and stale files, none of which can be taken for half of another.
fn version(number: usize) -> Tree {
    let mut site = Tree::new();
    for page in 0..25 {
        let text = format!("version {number} page {page}\n").repeat(1 + page * 37 % 300) + "end\n";
        site.insert(format!("exercises/{}/{page}.html", page % 5), text.clone().into_bytes());
        site.insert(format!("only-{number}/{page}.html"), text.into_bytes());
        site.insert(format!("equal/{page}.html"), format!("equal {page}\nend\n").into_bytes());
    }
    site.insert("index.html".to_owned(), format!("version {number}\n").into_bytes());
    site
}

fn start(way: Way, output: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--nocapture", "--ignored", "--exact", "killed::publishes_for_ever"])
        .env("BACKSITE_TEST_OUTPUT", output)
        .env("BACKSITE_TEST_WAY", format!("{way:?}"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Lets the program publish a few times, and kills it somewhere in the next time. That takes as long as the time
/// before, however busy the machine is, and each kill comes at another part of it.
fn kill_in_the_middle(kill: u64, mut build: Child) {
    let lines = BufReader::new(build.stdout.take().unwrap()).lines();
    let mut published = lines.filter(|line| line.as_ref().unwrap().contains("published"));
    for _ in 0..1 + kill % 2 {
        published.next().unwrap().unwrap();
    }
    let start = Instant::now();
    published.next().unwrap().unwrap();
    sleep(start.elapsed().mul_f64((kill as f64 * 0.618).fract() * 1.2));
    build.kill().unwrap();
    assert!(!build.wait().unwrap().success());
}
