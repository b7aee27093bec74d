//! What is told of a name that is never there.

use super::expression::LOOP;
use crate::diagnostic::{Applicability, Diagnostic, Place, Rule};
use crate::source::Span;
use crate::suggest::closest;
use crate::theme::said::{FILTERS, listed};

/// The filters that take lists.
const OF_LISTS: [&str; 8] = ["length", "reverse", "first", "last", "nth", "join", "sort", "unique"];

/// A name that is never there.
#[derive(Clone, Debug)]
pub enum Slip {
    /// A value of a template.
    Value {
        /// The name.
        name: String,
        /// Where it stands.
        span: Span,
        /// The names that are there.
        there: Vec<String>,
        /// Why it is not there.
        why: Why,
    },
    /// A value of another value.
    Field {
        /// The other value, as it is written.
        owner: String,
        /// The name.
        name: String,
        /// Where it stands.
        span: Span,
        /// The names that are there.
        there: Vec<String>,
        /// What the other value is.
        is: Owner,
        /// A third value that has such a one, with its name.
        elsewhere: Option<String>,
    },
    /// An argument that a component, filter, test or function does not take.
    Argument {
        /// What it is given, as a sentence names it.
        callee: String,
        /// The number of the component, if it is one.
        component: Option<usize>,
        /// The name of the argument.
        name: String,
        /// Where it stands.
        span: Span,
        /// The arguments that it takes.
        there: Vec<String>,
    },
    /// An argument that a component needs and is not given.
    Lacking {
        /// The component.
        component: String,
        /// Its number.
        number: usize,
        /// The name of the argument.
        name: String,
        /// Where the component is called.
        span: Span,
    },
    /// A name that is given and never asked for, where another that is near to it is.
    Unasked {
        /// The name.
        name: String,
        /// Where it is given.
        span: Span,
        /// The component whose argument it is, if it is one.
        component: Option<String>,
        /// The name that is asked for.
        meant: String,
        /// Where that is asked for first.
        asked: Span,
    },
    /// A name that a component asks for and that is not among its arguments, although its calls give it or have it around
    /// them.
    Undeclared {
        /// The name.
        name: String,
        /// As it is written among the arguments.
        written: String,
        /// The component.
        component: String,
        /// Where the component gets its name.
        span: Span,
        /// Where the name is asked for first.
        asked: Span,
    },
    /// An argument that a component takes from around its calls, where there is none.
    Nowhere {
        /// The name.
        name: String,
        /// Where it stands among the arguments.
        span: Span,
        /// The component.
        component: String,
        /// The names that are there.
        there: Vec<String>,
    },
}

/// Why a value is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nothing has this name here; the templates that see one of this name.
    Unknown(Vec<&'static str>),
    /// It is around the component that asks for it, or could be.
    NotGiven,
    /// It was set in a loop that has ended.
    SetInLoop,
    /// It was the value of a loop that has ended.
    OfLoop,
    /// It is the word `loop` and nothing is asked of it.
    Alone,
}

/// What a value is of which another is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// It has values with names.
    Values,
    /// The words of the theme.
    Words,
    /// The static files of the theme.
    Files,
    /// A list.
    List,
    /// Text.
    Text,
    /// A number.
    Number,
    /// True or false.
    Flag,
}

impl Slip {
    /// The finding, in the file where `place` finds places.
    pub fn told(self, place: &impl Fn(Span) -> Place) -> Diagnostic {
        let finding = |span, message: String| Diagnostic::new(Rule::TemplateError, place(span), message);
        match self {
            Self::Value { name, span, there, why } => {
                let message = match why {
                    Why::Alone => format!("`{name}` by itself is nothing"),
                    Why::SetInLoop => format!("`{name}` is set inside of a `for`, and is gone after it"),
                    Why::OfLoop => format!("`{name}` is there inside of its `for` alone"),
                    Why::Unknown(_) | Why::NotGiven => format!("there is no value `{name}` here"),
                };
                let finding = finding(span, message);
                match why {
                    Why::Alone => {
                        let values: Vec<String> =
                            LOOP.iter().map(|(known, _)| format!("{name}.{known}")).collect();
                        finding.help(format!("its values are {}", listed(&values)))
                    }
                    Why::SetInLoop => finding.help(format!("set it with `set_global {name}`")),
                    Why::OfLoop => finding.help("put this before the `endfor`"),
                    Why::Unknown(templates)
                        if closest_of(&name, &there).is_none() && !templates.is_empty() =>
                    {
                        finding.help(format!("only {} sees it", listed(&templates)))
                    }
                    Why::Unknown(_) | Why::NotGiven => {
                        corrected(finding, &name, &there, "the values here are")
                    }
                }
            }
            Self::Field { owner, name, span, there, is, elsewhere } => {
                let of = if owner.is_empty() { "an item".to_owned() } else { format!("`{owner}`") };
                let message = match is {
                    Owner::Values => format!("{of} has no value `{name}`"),
                    Owner::Words => format!("the theme has no word `{name}`"),
                    Owner::Files => format!("the theme has no file `static/{name}`"),
                    Owner::List => format!("{of} is a list, and has no value `{name}`"),
                    Owner::Text => format!("{of} is text, and has no value `{name}`"),
                    Owner::Number => format!("{of} is a number, and has no value `{name}`"),
                    Owner::Flag => format!("{of} is true or false, and has no value `{name}`"),
                };
                let finding = finding(span, message);
                let is_of_lists = OF_LISTS.contains(&name.as_str());
                let is_filter = match is {
                    Owner::List => is_of_lists,
                    _ => name == "length" || FILTERS.contains(&name.as_str()) && !is_of_lists,
                };
                match is {
                    Owner::Values if let Some(elsewhere) = elsewhere => {
                        finding.help(format!("write `{elsewhere}`"))
                    }
                    Owner::Values => corrected(finding, &name, &there, "its values are"),
                    Owner::Words | Owner::Files if closest_of(&name, &there).is_some() => {
                        corrected(finding, &name, &there, "")
                    }
                    Owner::Words => finding
                        .help(format!("add `{name} = \"…\"` to `[words]` in the language file of the theme")),
                    Owner::Files => {
                        finding.help("put it there, or ask with `is defined` whether it is there")
                    }
                    _ if is_filter => finding.help(format!("write `{owner} | {name}`")),
                    Owner::List => finding.help(format!("go through it with `{{% for item in {owner} %}}`")),
                    _ => finding.help(format!("take `.{name}` out")),
                }
            }
            Self::Argument { callee, name, span, there, .. } => {
                let message = format!("{callee} takes no argument `{name}`");
                corrected(finding(span, message), &name, &there, "it takes")
            }
            Self::Lacking { component, name, span, .. } => {
                finding(span, format!("the component `{component}` is not given `{name}`"))
                    .help(format!("write `{name}={{…}}` into the call"))
            }
            Self::Unasked { name, span, component, meant, asked } => {
                let message = match component {
                    Some(component) => {
                        format!("the component `{component}` never asks for its argument `{name}`")
                    }
                    None => format!("nothing asks for `{name}`"),
                };
                let finding = finding(span, message).help(format!("did you mean `{meant}`?"));
                let span = finding.place.span;
                let finding = finding.related("asked for here", place(asked));
                finding.fix(span, meant, Applicability::MaybeIncorrect)
            }
            Self::Undeclared { name, written, component, span, asked } => {
                finding(span, format!("`{name}` is not among the arguments of the component `{component}`"))
                    .help(format!("write `{written}` into its parentheses"))
                    .related("asked for here", place(asked))
            }
            Self::Nowhere { name, span, component, there } => {
                let message =
                    format!("there is no value `{name}` where the component `{component}` is called");
                match closest_of(&name, &there) {
                    Some(_) => corrected(finding(span, message), &name, &there, ""),
                    None => finding(span, message).help("take the `@` out, and give it in each call"),
                }
            }
        }
    }
}

fn closest_of<'a>(name: &str, there: &'a [String]) -> Option<&'a str> {
    closest(name, there.iter().map(String::as_str))
}

/// `finding` with the name that was probably meant by `name`, or else with those that are `there`, after `lead`.
fn corrected(finding: Diagnostic, name: &str, there: &[String], lead: &str) -> Diagnostic {
    match closest_of(name, there) {
        Some(right) => {
            let span = finding.place.span;
            finding.help(format!("did you mean `{right}`?")).fix(span, right, Applicability::MaybeIncorrect)
        }
        None if there.is_empty() => finding.help("take it out"),
        None => finding.help(format!("{lead} {}", listed(there))),
    }
}
