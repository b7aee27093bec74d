//! Ids that pages name and a register lacks, where that is a mistake of the register and not one of each page.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::Site;
use super::references::{Found, add, bare, found, is_empty, names, no_register, rule};
use crate::diagnostic::{Applicability, Diagnostic, Place};
use crate::page::Page;
use crate::schema::{Register, Target};
use crate::source::{SitePath, Span};
use crate::suggest::is_slip;

/// The ids that no page is told of, because its register is.
#[derive(Debug, Default)]
pub(super) struct Unregistered {
    ids: HashSet<(Register, Box<str>)>,
    /// What the registers are told.
    pub(super) findings: Vec<Diagnostic>,
}

/// The places at which pages name an id that is not there.
struct Uses<'s> {
    targets: &'s [Target],
    places: Vec<Place>,
}

/// The most pages that a finding shows where they may have to be mended.
const MOST_PLACES: usize = 3;

/// What pages name.
#[derive(Default)]
struct Named<'s> {
    /// Ids that are in no register, and stand for no page.
    absent: BTreeMap<(Register, &'s str), Uses<'s>>,
    /// Ids that are in their register.
    there: HashSet<(Register, &'s str)>,
    /// Ids of pages that are not there.
    pages: HashSet<&'s str>,
}

/// What a citation leads to.
const SOURCE: [Target; 1] = [Target::Register(Register::Source)];

impl Unregistered {
    /// Looks at everything that the pages of `site` name.
    ///
    /// An id that several places name is misspelt in its register if an entry is near that nobody names. One that several
    /// pages name is missing there, unless it is a slip away from another. All else is a mistake of the page.
    pub(super) fn new(site: &Site<'_>) -> Self {
        let mut named = Named::default();
        for id in site.all() {
            named.add(site, site.page(id));
        }
        let Named { absent, mut there, pages } = named;
        let registers = site.context.registers;
        let successors = registers.sources().filter_map(|source| source.superseded_by.as_ref());
        there.extend(successors.map(|successor| (Register::Source, &*successor.value)));
        let mut told = Self::default();
        let mut no_cautions = BTreeMap::new();
        // What is missing where only a page can be meant was meant as a page here, too.
        for ((register, id), uses) in absent.into_iter().filter(|((_, id), _)| !pages.contains(id)) {
            let has_entries = registers.ids(register).next().is_some();
            if uses.places.len() < 2 && (has_entries || register != Register::Caution) {
                continue;
            }
            match site.nearest().target(uses.targets, id) {
                Some(near) if uses.places.len() > 1 && !there.contains(&(register, near)) => {
                    let Some(span) = registers.span(register, near) else { continue };
                    let message = format!("no page names `{near}`, and {} `{id}`", uses.pages_name());
                    let place = Place::new(registers.path(register), span);
                    let finding = Diagnostic::new(rule(register), place, message);
                    let finding = finding.help(format!("did you mean `{id}`?"));
                    let finding = finding.fix(span, id, Applicability::MaybeIncorrect);
                    told.tell(register, id, uses.show(finding, 1));
                }
                // A page or an entry that is there was meant, and each place is wrong.
                Some(near) if !registers.has(register, near) || is_slip(id, near) => {}
                None if register == Register::Caution && !has_entries => {
                    no_cautions.insert(id, uses);
                }
                near if uses.pages().len() > 1 => {
                    let noun = bare(&names(site, uses.targets));
                    let message =
                        format!("there is no {noun} with the id `{id}`, and {} it", uses.pages_name());
                    let place = Place::file(registers.path(register));
                    let finding = Diagnostic::new(rule(register), place, message);
                    let add = add(site, uses.targets);
                    let finding = match near {
                        Some(near) => {
                            let finding = finding.help(format!("did you mean `{near}`? if not, {add}"));
                            uses.show(finding, MOST_PLACES)
                        }
                        None => uses.show(finding.help(add), 1),
                    };
                    told.tell(register, id, finding);
                }
                // One page alone has it wrong.
                _ => {}
            }
        }
        if no_cautions.values().map(|uses| uses.places.len()).sum::<usize>() > 1 {
            told.ids.extend(no_cautions.keys().map(|id| (Register::Caution, (*id).into())));
            told.findings.extend(no_register(site, Register::Caution, &no_cautions.into_keys().collect()));
        }
        told
    }

    fn tell(&mut self, register: Register, id: &str, finding: Diagnostic) {
        self.ids.insert((register, id.into()));
        self.findings.push(finding);
    }

    /// Whether the register of what `targets` lead to is told that it lacks `id`.
    pub(super) fn has(&self, targets: &[Target], id: &str) -> bool {
        register(targets).is_some_and(|register| self.ids.contains(&(register, id.into())))
    }
}

impl<'s> Named<'s> {
    fn add(&mut self, site: &Site<'_>, page: &'s Page) {
        for reference in &page.references {
            self.add_one(site, page, &reference.targets, &reference.id, reference.span);
        }
        for citation in page.bodies().flat_map(|body| &body.citations) {
            self.add_one(site, page, &SOURCE, &citation.id, citation.span);
        }
    }

    fn add_one(&mut self, site: &Site<'_>, page: &Page, targets: &'s [Target], id: &'s str, span: Span) {
        let is_id = id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        match (found(site, targets, id), register(targets)) {
            (Some(Found::Page(_)), _) => {}
            (Some(Found::Entry), register) => self.there.extend(register.map(|register| (register, id))),
            (None, None) => {
                self.pages.insert(id);
            }
            (None, Some(register)) => {
                // What is no id, is the id of a page, or can't be in a register that is not there has a finding of its
                // own.
                let is_other = site.ids.contains_key(id) || site.is_lost(id);
                if is_id && !is_other && !(targets.len() == 1 && is_empty(site, register)) {
                    let uses = self.absent.entry((register, id));
                    let uses = uses.or_insert_with(|| Uses { targets, places: Vec::new() });
                    uses.places.push(page.place(span));
                }
            }
        }
    }
}

impl Uses<'_> {
    /// `finding` with the first `most` pages that name the id.
    fn show(&self, mut finding: Diagnostic, most: usize) -> Diagnostic {
        let firsts = self.places.chunk_by(|a, b| a.path == b.path).filter_map(<[Place]>::first);
        for place in firsts.take(most) {
            finding = finding.related("named here", place.clone());
        }
        finding
    }

    fn pages(&self) -> BTreeSet<&SitePath> {
        self.places.iter().map(|place| &place.path).collect()
    }

    /// How many pages name it, with the verb.
    fn pages_name(&self) -> String {
        match self.pages().len() {
            1 => "one page names".to_owned(),
            count => format!("{count} pages name"),
        }
    }
}

/// The register that an id can be of which has to lead to one of `targets`.
fn register(targets: &[Target]) -> Option<Register> {
    targets.iter().find_map(|target| match target {
        Target::Register(register) => Some(*register),
        Target::Kind(_) => None,
    })
}
