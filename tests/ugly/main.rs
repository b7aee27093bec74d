//! Ugly inputs: whatever lies in a site, it is built or there are findings that say what is wrong and where.

mod html;
mod settings;
mod site;
mod theme;
