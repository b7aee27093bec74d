//! Turns a folder of Markdown pages about exercises and guidance into a static site of patient handouts.
//!
//! The modules stand in the order in which the data takes its way. A module imports only from those above it.
#![cfg_attr(not(test), warn(clippy::disallowed_methods))]

pub mod source;
pub mod diagnostic;
pub mod suggest;
pub mod order;
pub mod room;
pub mod tree;
pub mod clinical;
pub mod schema;
pub mod config;
pub mod register;
pub mod theme_files;
pub mod input;
pub mod front_matter;
pub mod markdown;
pub mod language;
pub mod page;
pub mod site;
pub mod checks;
pub mod baseline;
pub mod fix;
pub mod artifact;
pub mod strings;
pub mod view;
pub mod theme;
pub mod render;
pub mod report;
pub mod pipeline;
pub mod output;
pub mod explain;
pub mod vocabulary;
pub mod command;
pub mod cli;
