//! Ugly inputs: whatever lies in a site, it is built or there are findings that say what is wrong and where.

mod html;
mod links;
mod schemas;
mod settings;
mod site;
mod theme;
