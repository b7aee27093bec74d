//! The registers of a site: people, sources and cautions, each entry under an id that pages refer to.

mod entry;
mod read;
#[cfg(test)]
mod tests;

pub use entry::{Caution, Person, Role, SourceEntry, SourceKind, Withdrawal};
pub use read::read;

use crate::schema::{Register, Shape};
use crate::source::{SitePath, Span};
use crate::suggest::closest;
use std::collections::HashMap;

/// The entries of the registers, each register in the order of its file.
///
/// An entry with a mistake keeps its id, so that no reference to it is a second finding, and of its fields those that are sound.
#[derive(Clone, Debug)]
pub struct Registers {
    people: Table<Person>,
    sources: Table<SourceEntry>,
    cautions: Table<Caution>,
}

impl Registers {
    /// These registers, of which those at `paths` are there but can't be read as text.
    #[must_use]
    pub fn damaged_at(mut self, paths: &[SitePath]) -> Self {
        for index in [&mut self.people.index, &mut self.sources.index, &mut self.cautions.index] {
            index.is_intact &= !paths.contains(&index.path);
        }
        self
    }

    /// Whether every id of `register` is known: its file could be read, and every entry in it has one. A register
    /// without a file is intact and empty.
    pub fn is_intact(&self, register: Register) -> bool {
        self.index(register).is_intact
    }

    /// Whether `register` has an entry `id`, be it sound or not; or one whose key can't be an id, but may be this one.
    pub fn has(&self, register: Register, id: &str) -> bool {
        self.index(register).has(id)
    }

    /// Whether the ids of `register` are all there is: it is intact, and no text in it may be one more.
    pub fn is_certain(&self, register: Register) -> bool {
        let index = self.index(register);
        index.is_intact && index.no_ids.is_empty() && index.ids.len() == index.places.len()
    }

    /// Every id of `register`.
    pub fn ids(&self, register: Register) -> impl Iterator<Item = &str> {
        self.index(register).ids.iter().map(|id| &**id)
    }

    /// Where `register` lies, or would lie.
    pub fn path(&self, register: Register) -> &SitePath {
        &self.index(register).path
    }

    /// The person `id`.
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.people.get(id)
    }

    /// The source `id`.
    pub fn source(&self, id: &str) -> Option<&SourceEntry> {
        self.sources.get(id)
    }

    /// The caution `id`.
    pub fn caution(&self, id: &str) -> Option<&Caution> {
        self.cautions.get(id)
    }

    /// Where the id `id` of `register` stands, if its entry has a field that is sound.
    pub fn span(&self, register: Register, id: &str) -> Option<Span> {
        match register {
            Register::People => self.person(id).map(|person| person.span),
            Register::Source => self.source(id).map(|source| source.span),
            Register::Caution => self.caution(id).map(|caution| caution.span),
        }
    }

    /// Every person.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.entries.iter()
    }

    /// Every source.
    pub fn sources(&self) -> impl Iterator<Item = &SourceEntry> {
        self.sources.entries.iter()
    }

    /// Every caution.
    pub fn cautions(&self) -> impl Iterator<Item = &Caution> {
        self.cautions.entries.iter()
    }

    fn index(&self, register: Register) -> &Index {
        match register {
            Register::People => &self.people.index,
            Register::Source => &self.sources.index,
            Register::Caution => &self.cautions.index,
        }
    }
}

impl Default for Registers {
    /// Registers without files.
    fn default() -> Self {
        read(None, None, None).0
    }
}

/// The name of the file of `register`, without its ending.
pub fn file_stem(register: Register) -> &'static str {
    match register {
        Register::People => "people",
        Register::Source => "sources",
        Register::Caution => "cautions",
    }
}

/// What the entries of `register` have to be, from `schema/registers/`.
pub fn shape(register: Register) -> Shape {
    let (name, text) = match register {
        Register::People => ("people.json", include_str!("schema/registers/people.json")),
        Register::Source => ("sources.json", include_str!("schema/registers/sources.json")),
        Register::Caution => ("cautions.json", include_str!("schema/registers/cautions.json")),
    };
    Shape::compile(text, &SitePath::new(name)).0
}

/// One register.
#[derive(Clone, Debug)]
struct Table<T> {
    index: Index,
    entries: Vec<T>,
}

/// The ids of a register.
#[derive(Clone, Debug)]
struct Index {
    path: SitePath,
    is_intact: bool,
    ids: Vec<Box<str>>,
    /// Where in the table the entry of each id is; none for one without a field that is sound.
    places: HashMap<Box<str>, Option<usize>>,
    /// The keys that can't be ids.
    no_ids: Vec<Box<str>>,
}

impl Index {
    fn has(&self, id: &str) -> bool {
        self.places.contains_key(id) || self.no_ids.iter().any(|key| may_stand_for(key, id))
    }
}

/// Whether the key `key`, which can't be an id, may be meant as `id`: it is written nearly like it, or begins with the
/// same word, as `Anna Berg` does for `anna`.
fn may_stand_for(key: &str, id: &str) -> bool {
    let first = |text: &str| text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase();
    closest(key, [id]).is_some() || first(key) == first(id)
}

impl<T> Table<T> {
    fn get(&self, id: &str) -> Option<&T> {
        self.index.places.get(id).copied().flatten().and_then(|at| self.entries.get(at))
    }
}
