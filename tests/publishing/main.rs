//! What publishing promises: the old site or the new one, whole, whatever happens.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a test may fail, and say why"
)]

mod baseline;
mod killed;
mod laws;
mod promises;
mod refusals;
mod sites;
mod systems;
