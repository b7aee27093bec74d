//! Markdown to a body: safe HTML with holes, and what the site needs to know of it, each thing with its place.

mod plain;
mod reader;
mod tags;

pub mod body;
pub mod highlight;
pub mod link;
pub mod prose;
pub mod slug;

pub use body::{Body, Filling, Fragment, Heading, Hole, Word};
pub use highlight::Highlighter;
pub use link::{Citation, Destination, Link, LinkRole, is_file_name};
pub use plain::judge as judge_plain;
pub use prose::{Prose, ProseKind};
pub use reader::{Reading, inline, page};

/// How a finding about a list begins that lacks a sign and so is a paragraph.
pub const NO_LIST: &str = "this is no list";
