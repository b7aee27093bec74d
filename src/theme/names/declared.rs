//! Names that are given wrongly: an argument in the first line of a component, or what `for` and `set` give. All that
//! asks for such a name would be told; instead it is told once, where it is given.

use std::collections::BTreeMap;

use super::call::Rest;
use super::slip::{Slip, Why};
use super::unit::{Absence, Argument, Component, Program};
use super::{Around, Knowledge, Sight};
use crate::source::Span;
use crate::suggest::{closest, is_slip};
use crate::view::EVERYWHERE;

/// Tells names that are given wrongly in place of what follows from them in `seen`, what was seen of each unit of
/// `program` with what is `around` it.
pub fn tell(program: &Program<'_>, around: &[Around], seen: &mut [Sight<'_>]) {
    for (number, unit) in program.units.iter().enumerate() {
        if let Some(component) = &unit.component {
            of_component(number, component, &around[number], seen);
            if program.knowledge == Knowledge::Whole && around[number].is_used {
                from_nowhere(number, component, &around[number], seen);
            }
        }
        of_tags(number, seen);
    }
}

/// The names that are asked for in a unit and not there, and where.
fn unknown(sight: &Sight<'_>) -> BTreeMap<String, (Vec<Span>, Why)> {
    let mut unknown: BTreeMap<String, (Vec<Span>, Why)> = BTreeMap::new();
    for slip in &sight.slips {
        if let Slip::Value { name, span, why: why @ (Why::Unknown(_) | Why::NotGiven), .. } = slip {
            unknown.entry(name.clone()).or_insert_with(|| (Vec::new(), why.clone())).0.push(*span);
        }
    }
    unknown
}

/// Tells arguments that are misspelt or left out in the first line of the component, where its text asks for them.
fn of_component(number: usize, component: &Component<'_>, around: &Around, seen: &mut [Sight<'_>]) {
    for (name, (spans, why)) in unknown(&seen[number]) {
        let Some(first) = spans.first().copied() else { continue };
        let calls = || seen.iter().flat_map(|sight| &sight.calls).filter(|call| call.component == number);
        let is_given = |name: &str| calls().any(|call| call.given.contains(&name));
        let is_meant = is_given(&name) || why == Why::NotGiven;
        // What calls give or have around them is well spelt.
        let is_right = |argument: &Argument<'_>| match argument.absence {
            _ if is_given(argument.name) => true,
            Absence::Around | Absence::AroundOrDefault => is_around(argument.name, around),
            Absence::Default | Absence::Mistake => false,
        };
        // One letter is near to all others, but hardly to one that nothing has around it.
        let is_near = |argument: &Argument<'_>| {
            closest(&name, [argument.name]).is_some()
                || argument.absence == Absence::Around
                    && why == Why::NotGiven
                    && is_slip(argument.name, &name)
        };
        let unasked = component.arguments.iter().filter(|argument| {
            !seen[number].asked.contains(argument.name) && !is_right(argument) && is_near(argument)
        });
        let misspelt = unasked.map(|argument| (argument.name, argument.span)).next();
        let slip = match misspelt.filter(|_| is_meant || spans.len() > 1) {
            Some((argument, span)) => Slip::Unasked {
                name: argument.to_owned(),
                span,
                component: Some(component.name.clone()),
                meant: name.clone(),
                asked: first,
            },
            None if is_meant => Slip::Undeclared {
                written: if is_given(&name) { name.clone() } else { format!("@{name}") },
                name: name.clone(),
                component: component.name.clone(),
                span: component.span,
                asked: first,
            },
            None => continue,
        };
        let argument = misspelt.map(|(argument, _)| argument.to_owned());
        forget(number, &name, argument.as_deref(), seen);
        seen[number].slips.push(slip);
    }
}

/// Whether the name is there at those who call a component that has `around` it what it says.
fn is_around(name: &str, around: &Around) -> bool {
    EVERYWHERE.contains(&name) || around.outer.contains_key(name)
}

/// Forgets what follows where the component of this `number` asks for `name` and has an `argument` in its place, or none.
fn forget(number: usize, name: &str, argument: Option<&str>, seen: &mut [Sight<'_>]) {
    for (at, sight) in seen.iter_mut().enumerate() {
        sight.slips.retain(|slip| match slip {
            Slip::Value { name: asked, why: Why::Unknown(_) | Why::NotGiven, .. } => {
                at != number || asked != name
            }
            Slip::Argument { component: Some(component), name: given, .. } => {
                *component != number || given != name
            }
            Slip::Lacking { number: component, name: lacking, .. } => {
                *component != number || Some(lacking.as_str()) != argument
            }
            _ => true,
        });
        doubt_calls(number, sight);
    }
}

/// Doubts the calls of the component of this `number`.
fn doubt_calls(number: usize, sight: &mut Sight<'_>) {
    let calls = sight.calls.iter().filter(|call| call.component == number);
    sight.doubtful.extend(calls.map(|call| call.span));
}

/// Tells arguments that the component takes from around its calls, where nothing has their name.
fn from_nowhere(number: usize, component: &Component<'_>, around: &Around, seen: &mut [Sight<'_>]) {
    for argument in component.arguments.iter().filter(|argument| argument.absence == Absence::Around) {
        let calls = || seen.iter().flat_map(|sight| &sight.calls).filter(|call| call.component == number);
        let is_told = seen[number]
            .slips
            .iter()
            .any(|slip| matches!(slip, Slip::Unasked { span, .. } if *span == argument.span));
        if is_told
            || is_around(argument.name, around)
            || calls().any(|call| call.rest == Rest::Unknown || call.given.contains(&argument.name))
        {
            continue;
        }
        let declared = |name: &str| component.arguments.iter().any(|other| other.name == name);
        let there = around.outer.keys().map(String::as_str).filter(|name| *name != "body" && !declared(name));
        seen[number].slips.push(Slip::Nowhere {
            name: argument.name.to_owned(),
            span: argument.span,
            component: component.name.clone(),
            there: there.map(str::to_owned).collect(),
        });
        for sight in seen.iter_mut() {
            doubt_calls(number, sight);
        }
    }
}

/// Tells a name that `for` or `set` gives and that nothing asks for, where several places ask for one that is near to it.
fn of_tags(number: usize, seen: &mut [Sight<'_>]) {
    for (name, (spans, _)) in unknown(&seen[number]) {
        let [first, _, ..] = spans.as_slice() else { continue };
        let is_asked = |given: &str| seen.iter().any(|sight| sight.asked.contains(given));
        let mut given = seen[number].given.iter().filter(|given| {
            given.span.start < first.start && !is_asked(given.text) && closest(&name, [given.text]).is_some()
        });
        let Some(given) = given.next_back().copied() else { continue };
        seen[number].slips.retain(|slip| {
            !matches!(slip, Slip::Value { name: asked, why: Why::Unknown(_) | Why::NotGiven, .. } if *asked == name)
        });
        seen[number].slips.push(Slip::Unasked {
            name: given.text.to_owned(),
            span: given.span,
            component: None,
            meant: name,
            asked: *first,
        });
    }
}
