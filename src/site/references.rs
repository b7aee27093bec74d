//! What the fields and citations of a page refer to: pages of the right kind, and entries of the registers.

use std::collections::BTreeSet;

use super::{PageId, Site};
use crate::diagnostic::{Applicability, Diagnostic, Place, Rule};
use crate::input::holds_unseen;
use crate::page::{Page, Status};
use crate::register::Registers;
use crate::schema::{Reference, Register, Target};
use crate::tree::Node;

/// Fields that only sort a page into lists, or point to what is printed with it.
const SORTING: [&str; 3] = ["conditions", "phases", "safety_net"];

/// What is wrong with the references and citations of the page.
pub(super) fn check(site: &Site<'_>, page: &Page) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for reference in &page.references {
        match found(site, &reference.targets, &reference.id) {
            Some(Found::Page(target)) if is_stricter(page, site.status(target), &reference.field) => {}
            Some(Found::Page(target)) => {
                findings.extend(judge(site, page, target, page.place(reference.span)))
            }
            Some(Found::Entry) => {}
            // A sign that nobody sees has a finding.
            None if site.is_lost(&reference.id) || holds_unseen(&reference.id) => {}
            None if only_register(&reference.targets).is_some_and(|register| is_empty(site, register)) => {}
            None if site.unregistered().has(&reference.targets, &reference.id) => {}
            None => findings.push(unknown(site, page, reference)),
        }
    }
    let sources_are_empty = is_empty(site, Register::Source);
    for citation in page.bodies().flat_map(|body| &body.citations).filter(|_| !sources_are_empty) {
        let source = [Target::Register(Register::Source)];
        let is_there = has_entry(site.context.registers, Register::Source, &citation.id);
        // Where signs stand wrong around an id, there is a finding, and it may be none.
        if !is_there && !page.is_stray(citation.span) && !site.unregistered().has(&source, &citation.id) {
            let message = format!("`{}` is not in the register of sources", citation.id);
            let finding = Diagnostic::new(Rule::UnknownSource, page.place(citation.span), message);
            findings.push(match site.nearest().target(&source, &citation.id) {
                Some(right) => finding.help(format!("did you mean `@{right}`?")).fix(
                    citation.span,
                    right,
                    Applicability::MaybeIncorrect,
                ),
                None => finding.help("add it to `content/sources.yml`"),
            });
        }
    }
    findings
}

/// The register of which `targets` has to name an entry, if it can't name anything else.
fn only_register(targets: &[Target]) -> Option<Register> {
    match targets {
        [Target::Register(register)] => Some(*register),
        _ => None,
    }
}

/// Whether there is no entry in `register`, and none that can't be read.
pub(super) fn is_empty(site: &Site<'_>, register: Register) -> bool {
    site.context.registers.is_certain(register) && site.context.registers.ids(register).next().is_none()
}

/// What is wrong with the registers, as the pages show that name their entries: one that has none at all, and what
/// [`Unregistered`](super::unregistered::Unregistered) tells.
pub(super) fn check_registers(site: &Site<'_>) -> Vec<Diagnostic> {
    let absent = |register: Register| {
        let pages = || site.all().into_iter().map(|id| site.page(id));
        let named = pages().flat_map(|page| {
            let fields = page.references.iter().filter(|reference| {
                only_register(&reference.targets) == Some(register) && !site.is_lost(&reference.id)
            });
            let citations = page.bodies().flat_map(|body| &body.citations);
            let cited = citations.filter(move |_| register == Register::Source).map(|citation| &*citation.id);
            fields.map(|reference| reference.id.trim()).chain(cited)
        });
        no_register(site, register, &named.collect())
    };
    let empty = Register::ALL.into_iter().filter(|register| is_empty(site, *register));
    let mut findings: Vec<Diagnostic> = empty.filter_map(absent).collect();
    // Made for the first id that is in no register.
    findings.extend(site.unregistered.get().into_iter().flat_map(|told| told.findings.iter().cloned()));
    findings
}

/// The finding about `register`, which has no entry, and of which pages name `ids`.
pub(super) fn no_register(site: &Site<'_>, register: Register, ids: &BTreeSet<&str>) -> Option<Diagnostic> {
    let first = ids.first()?;
    let path = site.context.registers.path(register);
    let what = match register {
        Register::People => "people",
        Register::Source => "sources",
        Register::Caution => "cautions",
    };
    let many = if ids.len() == 1 { String::new() } else { format!(", and {} more", ids.len() - 1) };
    let message = format!("there is no register of {what}, and pages name `{first}`{many}");
    let finding = Diagnostic::new(rule(register), Place::file(path), message);
    Some(finding.help(format!("write the file `{path}`, with an entry `{first}:` and its fields below")))
}

/// The rule for an id that is not in `register`.
pub(super) fn rule(register: Register) -> Rule {
    match register {
        Register::People | Register::Caution => Rule::UnknownReference,
        Register::Source => Rule::UnknownSource,
    }
}

/// Whether a rule of its own speaks of the retired `target`: a plan can't hold it, a condition has no safety net then.
fn is_stricter(page: &Page, target: Status, field: &str) -> bool {
    target == Status::Retired
        && match &*page.key.kind {
            "plan" => field == "ref",
            "condition" => field == "safety_net" && page.status == Status::Published,
            _ => false,
        }
}

/// What is wrong with `page` referring to `target` at `place`, which exists.
pub(super) fn judge(site: &Site<'_>, page: &Page, target: PageId, place: Place) -> Option<Diagnostic> {
    let (status, target) = (site.status(target), || site.page(target));
    match (page.status, status) {
        (Status::Published, Status::Draft) => {
            let finding = Diagnostic::new(
                Rule::ReferenceToDraft,
                place,
                format!("`{}` is a draft, which a published page can't refer to", target().title()),
            );
            let status = target().field_place("status");
            Some(finding.help("publish it first, or take the reference out").related("the draft", status))
        }
        (_, Status::Retired) if page.status != Status::Retired => {
            let finding = Diagnostic::new(
                Rule::ReferenceToRetired,
                place,
                format!("`{}` is retired", target().title()),
            );
            let successor = target().fields.get("retired").and_then(|retired| retired.get("replaced_by"));
            let help = match successor.and_then(Node::as_text) {
                Some(id) if *id == *page.key.id => "take the reference out: this page replaces it".to_owned(),
                Some(id) => format!("refer to `{id}`, which replaces it"),
                None => "refer to what replaces it, or take the reference out".to_owned(),
            };
            Some(finding.help(help).related("retired here", target().field_place("status")))
        }
        _ => None,
    }
}

/// The pages that the fields of the page refer to, for the list of where each is used.
pub(super) fn uses<'s>(site: &'s Site<'_>, id: PageId) -> impl Iterator<Item = PageId> + 's {
    let references =
        site.page(id).references.iter().filter(|reference| !SORTING.contains(&&*reference.field));
    references.filter_map(|reference| match found(site, &reference.targets, &reference.id) {
        Some(Found::Page(page)) => Some(page),
        _ => None,
    })
}

/// What an id leads to.
pub(super) enum Found {
    Page(PageId),
    Entry,
}

/// What `id` leads to, which has to be one of `targets`.
pub(super) fn found(site: &Site<'_>, targets: &[Target], id: &str) -> Option<Found> {
    targets.iter().find_map(|target| match target {
        Target::Kind(kind) => site.find(kind, id).map(Found::Page),
        Target::Register(register) => {
            has_entry(site.context.registers, *register, id).then_some(Found::Entry)
        }
    })
}

/// Whether the register has the entry. A register that can't be read has every entry: its own finding is enough.
fn has_entry(registers: &Registers, register: Register, id: &str) -> bool {
    !registers.is_intact(register) || registers.has(register, id)
}

fn unknown(site: &Site<'_>, page: &Page, reference: &Reference) -> Diagnostic {
    let id = &reference.id;
    let sources = reference.targets.iter().all(|target| *target == Target::Register(Register::Source));
    let rule = if sources { Rule::UnknownSource } else { Rule::UnknownReference };
    let names = names(site, &reference.targets);
    let place = page.place(reference.span);
    if let Some(finding) = blanks(site, page, reference, rule) {
        return finding;
    }
    if let Some(meant) = written_otherwise(site, reference) {
        let finding = Diagnostic::new(rule, place, format!("`{id}` is not an id"));
        let finding = finding.help(format!("write `{meant}`"));
        return if reference.span.of(&page.source.text) == &**id {
            finding.fix(reference.span, meant, Applicability::MaybeIncorrect)
        } else {
            finding
        };
    }
    // The right id of the wrong kind is a different mistake from a wrong id.
    if let Some(other) = site.ids.get(&**id).and_then(|ids| ids.first()) {
        let kind =
            site.context.schemas.kind(&site.page(*other).key.kind).map_or("a page", |kind| &kind.article);
        let message =
            format!("`{id}` is {kind}, and `{}` takes the id of {}", reference.field, names.join(" or "));
        let finding = Diagnostic::new(rule, place, message);
        return match site.nearest().target(&reference.targets, id) {
            Some(right) => finding.help(format!("did you mean `{right}`?")),
            None => finding.help("take it out, or name another"),
        };
    }
    let finding = Diagnostic::new(rule, place, format!("there is no {} with the id `{id}`", bare(&names)));
    match site.nearest().target(&reference.targets, id) {
        Some(right) => {
            let finding = finding.help(format!("did you mean `{right}`?"));
            if reference.span.of(&page.source.text) == &**id {
                finding.fix(reference.span, right, Applicability::MaybeIncorrect)
            } else {
                finding
            }
        }
        None => finding.help(add(site, &reference.targets)),
    }
}

/// What to write for ids that lead somewhere, but have semicolons between them, or a path before or an ending behind.
fn written_otherwise(site: &Site<'_>, reference: &Reference) -> Option<String> {
    if !reference.id.contains([';', '/', '.']) {
        return None;
    }
    let ids: Vec<&str> = reference
        .id
        .split(';')
        .map(|id| id.trim().rsplit('/').next().unwrap_or_default())
        .map(|id| id.strip_suffix(".md").unwrap_or(id))
        .collect();
    let is_there = |id: &&str| found(site, &reference.targets, id).is_some();
    ids.iter().all(is_there).then(|| ids.join(", "))
}

/// What is wrong with an id that leads somewhere but for the blanks around it, which nobody can see.
fn blanks(site: &Site<'_>, page: &Page, reference: &Reference, rule: Rule) -> Option<Diagnostic> {
    let id = reference.id.trim();
    if id.len() == reference.id.len() {
        return None;
    }
    found(site, &reference.targets, id)?;
    let message = format!("the id `{}` has blanks around it", reference.id);
    let finding = Diagnostic::new(rule, page.place(reference.span), message)
        .help(format!("write `{id}`, without them"));
    // Without its blanks it may stand there a second time.
    let is_same = |other: &&Reference| other.field == reference.field && other.id.trim() == id;
    let applicability = match page.references.iter().filter(is_same).count() {
        1 => Applicability::Safe,
        _ => Applicability::MaybeIncorrect,
    };
    // The quotes stay as they are.
    Some(match reference.span.find(&reference.id, &page.source.text) {
        Some(inside) => finding.fix(inside, id, applicability),
        None => finding,
    })
}

/// What `targets` are called, each with its article.
pub(super) fn names(site: &Site<'_>, targets: &[Target]) -> Vec<String> {
    targets.iter().map(|target| name(site, target)).collect()
}

fn name(site: &Site<'_>, target: &Target) -> String {
    match target {
        Target::Kind(kind) => {
            site.context.schemas.kind(kind).map_or_else(|| kind.to_string(), |kind| kind.article.to_string())
        }
        Target::Register(Register::People) => "a person".to_owned(),
        Target::Register(Register::Source) => "a source".to_owned(),
        Target::Register(Register::Caution) => "a caution".to_owned(),
    }
}

/// The names without their articles: "condition or caution".
pub(super) fn bare(names: &[String]) -> String {
    let words: Vec<&str> =
        names.iter().map(|name| name.split_once(' ').map_or(name.as_str(), |(_, word)| word)).collect();
    words.join(" or ")
}

/// What to do about an id that is not there: where the ids of each of `targets` come from.
pub(super) fn add(site: &Site<'_>, targets: &[Target]) -> String {
    let advice: Vec<String> = targets.iter().map(|target| add_one(site, target)).collect();
    match advice.split_first() {
        Some((first, rest)) if !rest.is_empty() => format!("{first}; or {}", rest.join("; or ")),
        Some((first, _)) => first.clone(),
        None => "take it out".to_owned(),
    }
}

fn add_one(site: &Site<'_>, target: &Target) -> String {
    match target {
        Target::Register(Register::People) => "add the person to `content/people.yml`".to_owned(),
        Target::Register(Register::Source) => "add the source to `content/sources.yml`".to_owned(),
        Target::Register(Register::Caution) => "add the caution to `content/cautions.yml`".to_owned(),
        Target::Kind(kind) => match site.context.schemas.kind(kind).and_then(|kind| kind.folder.as_deref()) {
            Some(folder) => {
                format!("ids are the names of the files in `content/{folder}/` without `.md`")
            }
            None => "ids are the names of the files in `content/` without `.md`".to_owned(),
        },
    }
}
