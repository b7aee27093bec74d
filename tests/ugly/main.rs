//! Ugly inputs: whatever lies in a site, it is built or there are findings that say what is wrong and where.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail, and say why")]

mod html;
mod links;
mod names;
mod schemas;
mod settings;
mod site;
mod theme;
