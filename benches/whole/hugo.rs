//! A made-up site in the words of Hugo: the same pages, texts, links, conditions, phases and sources, with the
//! templates of `benches/hugo`.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use walkdir::WalkDir;

use crate::corpus;
use crate::work::Work;

/// The command that builds the site at `root` into `output`, both new: no cache is on the disk.
pub fn command(hugo: &Path, root: &Path, work: Work, output: &Path) -> Command {
    let mut command = Command::new(hugo);
    // What stands in the second file counts.
    let settings = if work == Work::HugoSearch { "hugo.toml,search.toml" } else { "hugo.toml" };
    command.args(["--config", settings]).current_dir(root);
    command.args(["--quiet", "--noBuildLock"]).arg("--source").arg(root).arg("--destination").arg(output);
    command.arg("--cacheDir").arg(output.with_extension("cache"));
    command
}

/// Writes the site of `files`, made for backsite, as one for Hugo below `root`.
pub fn write(root: &Path, files: &[(String, String)]) -> io::Result<()> {
    let templates = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/hugo");
    for entry in WalkDir::new(&templates).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let to = root.join(entry.path().strip_prefix(&templates).unwrap());
        fs::create_dir_all(to.parent().unwrap())?;
        fs::copy(entry.path(), to)?;
    }
    let mut translated: Vec<(String, String)> =
        files.iter().filter_map(|(path, text)| translated(path, text)).collect();
    for (folder, title) in [
        ("exercises", "Exercises"),
        ("guidance", "Guidance"),
        ("medicines", "Medicines"),
        ("conditions", "Conditions"),
        ("phases", "Phases"),
        ("tracks", "Handouts"),
        ("safety", "When to get help"),
    ] {
        translated.push((format!("content/{folder}/_index.md"), format!("---\ntitle: {title}\n---\n")));
    }
    corpus::write(root, &translated)
}

/// A file where Hugo looks for it, in the words of Hugo. Hugo has no use for the settings of backsite.
fn translated(path: &str, text: &str) -> Option<(String, String)> {
    let below = path.strip_prefix("content/")?;
    let Some((folder, file)) = below.split_once('/') else {
        // Registers are data to Hugo, and the start page is the page of the whole section.
        let path = if below == "index.md" { "content/_index.md".to_owned() } else { format!("data/{below}") };
        return Some((path, text.to_owned()));
    };
    match folder {
        // The page of a condition or phase is that of a term, with the list of what belongs to it.
        "conditions" | "phases" => {
            let id = file.strip_suffix(".md")?;
            Some((format!("content/{folder}/{id}/_index.md"), text.to_owned()))
        }
        _ => Some((path.to_owned(), page(folder, text))),
    }
}

/// A page with the crossings of its conditions and phases, and with links and citations as Hugo knows them.
fn page(folder: &str, text: &str) -> String {
    let (front, body) = text[4..].split_once("\n---\n").unwrap();
    let mut page = format!("---\n{front}\ndoc_kind: {folder}\n");
    let (conditions, phases) = (list(front, "conditions"), list(front, "phases"));
    if !conditions.is_empty() {
        page.push_str("tracks:\n");
    }
    for condition in conditions {
        for phase in &phases {
            let _ = writeln!(page, "  - {condition}--{phase}");
        }
    }
    page.push_str("---\n");
    page + &citations(&links(folder, body))
}

/// The items of the list `key` of `front`.
fn list<'f>(front: &'f str, key: &str) -> Vec<&'f str> {
    let lines = front.lines().skip_while(|line| line.strip_suffix(':') != Some(key)).skip(1);
    lines.map_while(|line| line.strip_prefix("  - ")).collect()
}

/// `](../guidance/x.md)` becomes `]({{< relref "/guidance/x.md" >}})`.
fn links(folder: &str, body: &str) -> String {
    let mut parts = body.split("](");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (path, rest) = part.split_once(')').unwrap();
        let _ = match path.strip_prefix("../") {
            Some(path) => write!(text, "]({{{{< relref \"/{path}\" >}}}}){rest}"),
            None => write!(text, "]({{{{< relref \"/{folder}/{path}\" >}}}}){rest}"),
        };
    }
    text
}

/// `[@s7]` becomes a link to the source at the end of the page.
fn citations(body: &str) -> String {
    let mut parts = body.split("[@");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (id, rest) = part.split_once(']').unwrap();
        let _ = write!(text, "[{id}](#source-{id}){rest}");
    }
    text
}
