//! Filters, and calls of components: what they are given, and what they make of it.

use super::expression::item;
use super::slip::Slip;
use super::walk::Walk;
use crate::source::Span;
use crate::theme::lexer::{Kind, Token};
use crate::theme::said::FILTERS;
use crate::view::{Form, Shape};

/// What a call of a component gives besides what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// Nothing.
    Nothing,
    /// The values of a map, which can be any.
    Unknown,
}

/// The arguments that filters, tests and functions of Tera 2.4 take; those that are not here take none. Tera passes over
/// all others in silence.
const ARGUMENTS: &[(&str, &[&str])] = &[
    ("containing", &["pat"]),
    ("default", &["value", "boolean"]),
    ("divisible_by", &["divisor"]),
    ("ending_with", &["pat"]),
    ("get", &["key", "default"]),
    ("group_by", &["attribute"]),
    ("indent", &["width", "indentation", "first", "blank"]),
    ("int", &["base"]),
    ("join", &["sep"]),
    ("nth", &["n"]),
    ("pluralize", &["singular", "plural"]),
    ("range", &["start", "end", "step_by"]),
    ("replace", &["from", "to"]),
    ("round", &["method", "precision"]),
    ("sort", &["attribute"]),
    ("split", &["pat"]),
    ("starting_with", &["pat"]),
    ("throw", &["message"]),
    ("trim", &["pat"]),
    ("trim_end", &["pat"]),
    ("trim_start", &["pat"]),
    ("truncate", &["length", "end"]),
];

/// Filters that leave a list a list of the same.
const SAME: [&str; 4] = ["reverse", "sort", "unique", "safe"];

/// Filters that take one of a list.
const ONE: [&str; 3] = ["first", "last", "nth"];

/// Filters that make text of whatever there is.
const TEXT: [&str; 16] = [
    "upper",
    "lower",
    "escape",
    "escape_html",
    "escape_xml",
    "newlines_to_br",
    "pluralize",
    "trim",
    "trim_start",
    "trim_end",
    "replace",
    "capitalize",
    "title",
    "truncate",
    "indent",
    "join",
];

impl<'t> Walk<'_, 't> {
    /// The filters behind a value.
    pub(super) fn filters(&mut self, mut shape: Shape) -> Shape {
        while self.takes("|") {
            shape = self.filter(shape);
        }
        shape
    }

    /// A filter, and what it makes of a value.
    pub(super) fn filter(&mut self, input: Shape) -> Shape {
        let Some(name) = self.next() else { return Shape::Any };
        let given = self.arguments(name, &FILTERS);
        let argument = |wanted: &str| given.iter().find(|(name, _, _)| name.text == wanted);
        if matches!(name.text, "sort" | "group_by")
            && let Some((_, Some(attribute), _)) = argument("attribute")
        {
            self.attribute(&item(&input), *attribute);
        }
        match name.text {
            _ if input == Shape::Lost => Shape::Lost,
            same if SAME.contains(&same) => input,
            one if ONE.contains(&one) => item(&input),
            text if TEXT.contains(&text) => Shape::of(Form::Text),
            "default" => argument("value").map_or(Shape::Any, |(_, _, value)| input.or(value.clone())),
            "split" => Shape::of(Form::Text).list(),
            _ => Shape::Any,
        }
    }

    /// The text `attribute`, which names a value of each of a list's items, perhaps with points.
    fn attribute(&mut self, items: &Shape, attribute: Token<'t>) {
        let mut shape = items.clone();
        let mut start = attribute.span.start as usize;
        for name in attribute.text.split('.') {
            let span = Span::new(start, start + name.len());
            let owner = Span::new(attribute.span.start as usize, start.saturating_sub(1));
            // Places in lists have numbers.
            if name.parse::<usize>().is_ok() || name.contains('\\') {
                return;
            }
            shape = self.field(&shape, owner, Token { kind: Kind::Word, text: name, span });
            start += name.len() + 1;
        }
        if shape == Shape::Lost {
            self.sight.doubtful.push(attribute.span);
        }
    }

    /// The arguments of `callee`, one of those that are `known`, in parentheses, if there are any: the name of each, its value if it is a text, and what it
    /// is.
    pub(super) fn arguments(
        &mut self,
        callee: Token<'t>,
        known: &[&str],
    ) -> Vec<(Token<'t>, Option<Token<'t>>, Shape)> {
        let mut given = Vec::new();
        if !self.takes("(") {
            return given;
        }
        while !self.takes(")") {
            let Some(name) = self.next() else { break };
            if self.takes("=") {
                let text = match self.tokens {
                    [text, end, ..] if text.kind == Kind::Text && (end.is_sign(",") || end.is_sign(")")) => {
                        Some(*text)
                    }
                    _ => None,
                };
                let shape = self.expression();
                given.push((name, text, shape));
            }
        }
        // What Tera does not have is told by Tera.
        if known.contains(&callee.text) {
            let taken =
                ARGUMENTS.iter().find(|(name, _)| *name == callee.text).map_or(&[][..], |(_, taken)| taken);
            for (name, _, _) in given.iter().filter(|(name, _, _)| !taken.contains(&name.text)) {
                self.sight.doubtful.push(Span::new(callee.span.start as usize, self.end));
                self.sight.slips.push(Slip::Argument {
                    component: None,
                    callee: format!("`{}`", callee.text),
                    name: name.text.to_owned(),
                    span: name.span,
                    there: taken.iter().map(|name| (*name).to_owned()).collect(),
                });
            }
        }
        given
    }

    /// A call of a component behind its `<`.
    pub(super) fn component(&mut self) {
        let start = self.start();
        let mut name = String::new();
        while let Some(part) = self.tokens.first().filter(|part| part.kind == Kind::Word) {
            name.push_str(part.text);
            self.next();
            if !self.takes(".") {
                break;
            }
            name.push('.');
        }
        let span = Span::new(start, self.end);
        let (mut given, mut rest) = (Vec::new(), Rest::Nothing);
        loop {
            if self.takes("{") {
                self.takes("...");
                self.expression();
                self.takes("}");
                rest = Rest::Unknown;
                continue;
            }
            let Some(argument) = self.tokens.first().copied().filter(|next| next.kind == Kind::Word) else {
                break;
            };
            self.next();
            let is_taken = self.program.component(&name).is_none_or(|(_, component)| {
                component.rest.is_some() || component.names().any(|name| name == argument.text)
            });
            let shape = if !self.takes("=") {
                // Of an argument that is not taken it is told enough.
                if is_taken { self.path_of_name(argument) } else { Shape::Any }
            } else if self.takes("{") {
                let shape = self.expression();
                self.takes("}");
                shape
            } else {
                self.next();
                Shape::of(Form::Text)
            };
            given.push((argument, shape));
        }
        self.takes("/");
        self.takes(">");
        self.call(&name, &given, rest, span);
    }

    /// What the name of an argument without a value stands for: the value of the same name.
    fn path_of_name(&mut self, name: Token<'t>) -> Shape {
        let rest = std::mem::take(&mut self.tokens);
        let shape = self.path(name);
        self.tokens = rest;
        shape
    }
}
