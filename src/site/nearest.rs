//! What was meant by an id or a file name that is not there: the nearest one of those that are.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::Site;
use crate::schema::{Register, Target};
use crate::suggest::{Words, closest_of};

/// All that can be meant. Made for the first finding that asks for it.
#[derive(Debug)]
pub(super) struct Nearest {
    /// The ids of each kind, in the order of lists.
    kinds: Vec<(Arc<str>, Words)>,
    registers: BTreeMap<Register, Words>,
    /// The file names of the pages of each folder.
    folders: HashMap<Box<str>, Words>,
    /// The paths of pages and of the files beside them, by what they are in small letters.
    paths: HashMap<String, Box<str>>,
}

impl Nearest {
    pub(super) fn new(site: &Site<'_>) -> Self {
        let kinds = site.pages.chunk_by(|a, b| a.key.kind == b.key.kind).filter_map(|pages| {
            let ids = pages.iter().map(|page| &*page.key.id);
            Some((pages.first()?.key.kind.clone(), ids.collect()))
        });
        let mut folders: HashMap<&str, Vec<&str>> = HashMap::new();
        for page in &site.pages {
            folders.entry(page.source.path.folder()).or_default().push(page.source.path.file_name());
        }
        let pages = site.pages.iter().map(|page| page.source.path.as_str());
        let assets = site.context.assets.iter().map(|asset| asset.path.as_str());
        let mut paths: HashMap<String, Box<str>> = HashMap::new();
        for path in pages.chain(assets) {
            paths.entry(path.to_ascii_lowercase()).or_insert_with(|| path.into());
        }
        Self {
            paths,
            kinds: kinds.collect(),
            registers: Register::ALL
                .map(|register| (register, site.context.registers.ids(register).collect()))
                .into(),
            folders: folders
                .into_iter()
                .map(|(folder, names)| (folder.into(), names.into_iter().collect()))
                .collect(),
        }
    }

    /// The id nearest to `wrong` among those that one of `targets` can have.
    pub(super) fn target(&self, targets: &[Target], wrong: &str) -> Option<&str> {
        let is_target =
            |kind: &str| targets.iter().any(|target| matches!(target, Target::Kind(name) if **name == *kind));
        let pages = self.kinds.iter().filter(|(kind, _)| is_target(kind)).map(|(_, ids)| ids);
        let entries = targets.iter().filter_map(|target| match target {
            Target::Register(register) => self.registers.get(register),
            Target::Kind(_) => None,
        });
        closest_of(wrong, pages.chain(entries))
    }

    /// The id nearest to `wrong` among those of the pages of the kind `kind`, or of all pages.
    pub(super) fn id(&self, kind: Option<&str>, wrong: &str) -> Option<&str> {
        let is_meant = |name: &str| kind.is_none_or(|kind| kind == name);
        closest_of(wrong, self.kinds.iter().filter(|(name, _)| is_meant(name)).map(|(_, ids)| ids))
    }

    /// The file name nearest to `wrong` among those of the pages of `folder`.
    pub(super) fn file(&self, folder: &str, wrong: &str) -> Option<&str> {
        closest_of(wrong, self.folders.get(folder))
    }

    /// The path of a page or of a file beside the pages that is `path` but for the case of its letters.
    pub(super) fn path(&self, path: &str) -> Option<&str> {
        self.paths.get(&path.to_ascii_lowercase()).map(|path| &**path)
    }
}
