//! Dates that are written in another way, do not exist, or have not come yet.

use crate::kind::Kind;
use crate::slip::Slip;
use crate::text::{Field, Text};
use crate::world::World;

const NOT_ISO: &[&str] = &["date-not-iso"];
const IMPOSSIBLE: &[&str] = &["date-impossible"];
const FUTURE: &[&str] = &["date-in-future"];

pub const KINDS: &[Kind] = &[
    Kind::in_clinic("the month and the day of a date are swapped", |world| {
        dates(world, IMPOSSIBLE, |y, m, d| (d > "12").then(|| format!("{y}-{d}-{m}")))
    }),
    Kind::in_clinic("a date names a day that does not exist", |world| {
        dates(world, IMPOSSIBLE, |y, _, _| Some(format!("{y}-02-30")))
    }),
    Kind::in_clinic("a date is written with slashes", |world| {
        dates(world, NOT_ISO, |y, m, d| Some(format!("{y}/{m}/{d}")))
    }),
    Kind::in_clinic("a date is written with the day first", |world| {
        dates(world, NOT_ISO, |y, m, d| Some(format!("{d}.{m}.{y}")))
    }),
    Kind::in_clinic("a date is written with the name of the month", |world| {
        dates(world, NOT_ISO, |y, _, d| Some(format!("{d} June {y}")))
    }),
    Kind::in_clinic("a date has a month of one digit", |world| {
        dates(world, NOT_ISO, |y, m, d| m.strip_prefix('0').map(|m| format!("{y}-{m}-{d}")))
    }),
    Kind::in_clinic("a date has a year of two digits", |world| {
        dates(world, NOT_ISO, |y, m, d| Some(format!("{}-{m}-{d}", &y[2..])))
    }),
    Kind::in_clinic("a date lacks its day", |world| {
        dates(world, NOT_ISO, |y, m, _| Some(format!("{y}-{m}")))
    }),
    Kind::in_clinic("the day of something that has happened has not come yet", |world| {
        dates(world, FUTURE, |_, m, d| Some(format!("2027-{m}-{d}")))
    }),
];

/// Every date of pages and registers that `change` makes another one of, given its year, month and day.
fn dates(
    world: &'static World,
    rules: &'static [&'static str],
    change: fn(&str, &str, &str) -> Option<String>,
) -> Vec<Slip> {
    let is_date = |text: &Text<'_>, field: &Field| {
        let names = ["last_reviewed", "accessed", "date", "on", "until"];
        // An exception may end on a day that has not come yet.
        names.contains(&text.key(field)) && !(rules == FUTURE && text.key(field) == "until")
    };
    let mut slips = Vec::new();
    for text in world.yaml() {
        for field in text.fields.iter().filter(|field| is_date(text, field)) {
            let mut parts = text.value(field).split('-');
            let mut part = || parts.next().unwrap();
            if let Some(date) = change(part(), part(), part()) {
                slips.push(Slip::replace(text.path, field.value.clone(), date).found(rules));
            }
        }
    }
    slips
}
