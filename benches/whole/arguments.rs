//! What the runner is asked for.

use std::path::PathBuf;
use std::{env, fs};

use crate::work::Work;

const USAGE: &str = "--pages 1000,10000 --runs 3 --only floor,build --hugo FILE --in FOLDER";

pub struct Arguments {
    /// The sizes of the sites, in pages.
    pub pages: Vec<usize>,
    /// How often each program runs.
    pub runs: usize,
    pub works: Vec<Work>,
    /// The program of Hugo.
    pub hugo: Option<PathBuf>,
    /// The folder to work in.
    pub folder: PathBuf,
}

impl Arguments {
    /// Reads the arguments after the name of the program.
    pub fn read(words: impl Iterator<Item = String>) -> Result<Self, String> {
        let hugo = env::var_os("HUGO").filter(|path| !path.is_empty()).map(PathBuf::from);
        let mut read = Self { pages: vec![1000], runs: 3, works: Vec::new(), hugo, folder: env::temp_dir() };
        // Cargo adds `--bench` for every benchmark.
        let mut words = words.filter(|word| word != "--bench");
        while let Some(word) = words.next() {
            let value = words.next().ok_or_else(|| format!("`{word}` needs a value: {USAGE}"))?;
            let number = |text: &str| text.parse().map_err(|_| format!("`{text}` is no number"));
            match word.as_str() {
                "--pages" => read.pages = value.split(',').map(number).collect::<Result<_, _>>()?,
                "--runs" => read.runs = number(&value)?.max(1),
                "--only" => read.works = value.split(',').map(Work::named).collect::<Result<_, _>>()?,
                "--hugo" => read.hugo = Some(value.into()),
                "--in" => read.folder = value.into(),
                _ => return Err(format!("`{word}` is not known: {USAGE}")),
            }
        }
        if read.works.is_empty() {
            read.works = Work::ALL.to_vec();
        }
        match &read.hugo {
            Some(hugo) if read.works.iter().any(|work| work.is_hugo()) => binary(hugo)?,
            _ => read.works.retain(|work| !work.is_hugo()),
        }
        Ok(read)
    }
}

/// Refuses a script that starts the program: the memory of the script would be measured instead.
fn binary(hugo: &PathBuf) -> Result<(), String> {
    let start = fs::read(hugo).map_err(|error| format!("can't read `{}`: {error}", hugo.display()))?;
    match start.starts_with(b"#!") {
        true => Err(format!(
            "`{}` is a script that starts Hugo; name the program itself, as lib/python3.*/site-packages/hugo/binaries/hugo",
            hugo.display()
        )),
        false => Ok(()),
    }
}
