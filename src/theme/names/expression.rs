//! Expressions: what each asks for, and what it stands for.
//!
//! Tera has read them before, so they are well formed and not nested without end.

use std::collections::BTreeSet;

use super::Knowledge;
use super::slip::{Owner, Slip, Why};
use super::walk::Walk;
use crate::source::Span;
use crate::theme::lexer::{Kind, Token};
use crate::theme::said::{FUNCTIONS, TESTS};
use crate::view::{EVERYWHERE, Form, Shape, TEMPLATES};

/// What a loop tells of itself.
pub const LOOP: [(&str, Form); 5] = [
    ("index", Form::Number),
    ("index0", Form::Number),
    ("first", Form::Flag),
    ("last", Form::Flag),
    ("length", Form::Number),
];

/// What one of `values` is.
pub fn item(values: &Shape) -> Shape {
    let Shape::Known(forms) = values else { return values.clone() };
    let item = |form: &Form| match form {
        Form::List(inner) | Form::Table(inner) => (**inner).clone(),
        Form::Text => Shape::of(Form::Text),
        Form::Record(_) => Shape::Any,
        Form::Number | Form::Flag => Shape::nothing(),
    };
    forms.iter().map(item).fold(Shape::nothing(), Shape::or)
}

impl<'t> Walk<'_, 't> {
    /// An expression, perhaps with a condition: `a if b else c`.
    pub(super) fn expression(&mut self) -> Shape {
        let (known, start) = (self.sight.doubtful.len(), self.start());
        let mut shape = self.expression_without_condition();
        if self.takes_word("if") {
            self.expression();
            self.takes_word("else");
            shape = shape.or(self.expression());
        }
        self.doubt_whole(known, start);
        shape
    }

    /// Where the next token begins.
    pub(super) fn start(&self) -> usize {
        self.tokens.first().map_or(self.end, Token::start)
    }

    /// An expression up to a condition.
    pub(super) fn expression_without_condition(&mut self) -> Shape {
        let (known, start) = (self.sight.doubtful.len(), self.start());
        let shape = self.operands();
        self.doubt_whole(known, start);
        shape
    }

    /// A value, or values with signs between them.
    fn operands(&mut self) -> Shape {
        let mut shape = self.operand();
        while let Some(next) = self.tokens.first() {
            match (next.kind, next.text) {
                (Kind::Word, "and" | "or") => {
                    self.next();
                    shape = shape.or(self.operand());
                }
                (Kind::Word, "is") => {
                    self.next();
                    self.takes_word("not");
                    if let Some(test) = self.next() {
                        self.arguments(test, &TESTS);
                    }
                    shape = Shape::of(Form::Flag);
                }
                (Kind::Word, "not" | "in")
                | (
                    Kind::Sign,
                    "+" | "-" | "*" | "/" | "%" | "~" | "//" | "**" | "<" | ">" | "==" | "!=" | "<=" | ">=",
                ) => {
                    let is_not = next.text == "not";
                    self.next();
                    if is_not {
                        self.takes_word("in");
                    }
                    self.operand();
                    shape = Shape::Any;
                }
                _ => break,
            }
        }
        shape
    }

    /// A value with its filters.
    fn operand(&mut self) -> Shape {
        let start = self.start();
        let Some(first) = self.next() else { return Shape::Any };
        let mut shape = match (first.kind, first.text) {
            (Kind::Text, _) => Shape::of(Form::Text),
            (Kind::Number, _) => Shape::of(Form::Number),
            (Kind::Word, "not") | (Kind::Sign, "-") => {
                self.operand();
                Shape::Any
            }
            (Kind::Word, "true" | "True" | "false" | "False") => Shape::of(Form::Flag),
            (Kind::Word, "none" | "None" | "null") => Shape::nothing(),
            (Kind::Word, _) if self.tokens.first().is_some_and(|next| next.is_sign("(")) => {
                self.arguments(first, &FUNCTIONS);
                Shape::Any
            }
            (Kind::Word, _) => self.path(first),
            (Kind::Sign, "(") => {
                let shape = self.expression();
                self.takes(")");
                shape
            }
            (Kind::Sign, "[") => self.list(),
            (Kind::Sign, "{") => {
                self.map();
                Shape::Any
            }
            (Kind::Sign, "<") => {
                self.component();
                Shape::of(Form::Text)
            }
            _ => Shape::Any,
        };
        loop {
            let owner = Span::new(start, self.end);
            if self.tokens.first().is_some_and(|next| next.is_sign("[") || next.is_sign("?[")) {
                self.next();
                shape = self.subscript(&shape, owner);
            } else if self.tokens.first().is_some_and(|next| next.is_sign("|")) {
                shape = self.filters(shape);
            } else {
                return shape;
            }
        }
    }

    /// A name, and the names in it that follow.
    pub(super) fn path(&mut self, first: Token<'t>) -> Shape {
        let start = first.span.start as usize;
        let mut shape = match self.lookup(first.text) {
            None if first.text == "loop" => self.of_loop(first),
            None if first.text.starts_with("__tera") => Shape::Any,
            None if self.may_be_there(first.text) => Shape::Any,
            None => {
                self.no_value(first);
                self.missing.clone()
            }
            Some(shape) => shape,
        };
        loop {
            let before = self.end;
            if self.takes(".") || self.takes("?.") {
                let owner = Span::new(start, before);
                let Some(name) = self.next() else { break };
                shape = self.field(&shape, owner, name);
            } else if self.tokens.first().is_some_and(|next| next.is_sign("[") || next.is_sign("?[")) {
                self.next();
                shape = self.subscript(&shape, Span::new(start, before));
            } else {
                break;
            }
        }
        if shape == Shape::Lost {
            self.sight.doubtful.push(Span::new(start, self.end));
        }
        shape
    }

    /// Whether the name may be there, although nothing that is known gives it.
    fn may_be_there(&self, name: &str) -> bool {
        match self.knowledge {
            Knowledge::Whole => false,
            Knowledge::Partial => self.program.may_give(name),
            Knowledge::Nothing => true,
        }
    }

    /// What stands behind the word `loop`, as far as it is a value of it.
    fn of_loop(&mut self, word: Token<'t>) -> Shape {
        let name = match self.tokens {
            _ if !self.is_in_loop() => Err(Why::OfLoop),
            [point, name, ..] if (point.is_sign(".") || point.is_sign("?.")) && name.kind == Kind::Word => {
                Ok(*name)
            }
            _ => Err(Why::Alone),
        };
        let name = match name {
            Ok(name) => name,
            Err(why) => {
                let there = Vec::new();
                self.sight.slips.push(Slip::Value {
                    name: word.text.to_owned(),
                    span: word.span,
                    there,
                    why,
                });
                return self.missing.clone();
            }
        };
        self.next();
        self.next();
        if let Some((_, form)) = LOOP.iter().find(|(known, _)| *known == name.text) {
            return Shape::of(form.clone());
        }
        self.sight.slips.push(Slip::Field {
            owner: word.text.to_owned(),
            name: name.text.to_owned(),
            span: name.span,
            there: LOOP.iter().map(|(known, _)| (*known).to_owned()).collect(),
            is: Owner::Values,
            elsewhere: None,
        });
        self.missing.clone()
    }

    /// What stands in brackets behind the value `owner`: a name, a place in a list, or a part of one.
    fn subscript(&mut self, shape: &Shape, owner: Span) -> Shape {
        if let [key, close, ..] = self.tokens
            && key.kind == Kind::Text
            && close.is_sign("]")
        {
            let key = *key;
            self.next();
            self.next();
            // Signs that are written as others can't be compared.
            return if key.text.contains('\\') { Shape::Any } else { self.field(shape, owner, key) };
        }
        let mut is_part = false;
        while !self.takes("]") && !self.tokens.is_empty() {
            if self.takes(":") {
                is_part = true;
            } else {
                self.expression();
            }
        }
        if is_part { shape.clone() } else { item(shape) }
    }

    /// The value `name` of what stands at `owner` and is a `shape`.
    pub(super) fn field(&mut self, shape: &Shape, owner: Span, name: Token<'t>) -> Shape {
        let forms = match shape {
            Shape::Known(forms) if !forms.is_empty() => forms,
            Shape::Known(_) => return Shape::nothing(),
            other => return other.clone(),
        };
        let field = |form: &Form| match form {
            Form::Record(record) => self.shapes.field(record, name.text).cloned(),
            Form::Table(inner) => Some((**inner).clone()),
            _ => None,
        };
        if let Some(shape) = forms.iter().filter_map(field).reduce(Shape::or) {
            return shape;
        }
        let written = owner.of(self.unit.text());
        let records = forms.iter().filter_map(|form| match form {
            Form::Record(record) => Some(&**record),
            _ => None,
        });
        let records: Vec<&str> = records.collect();
        // Words and files may be asked for on purpose, where a theme serves several sites.
        let is_free = records.iter().any(|record| *record == "t" || *record == "assets");
        if is_free && self.unit.asked.contains(&(written, name.text)) {
            return Shape::Any;
        }
        let there: Vec<String> =
            records.iter().flat_map(|record| self.shapes.fields(record)).map(str::to_owned).collect();
        let owner_is = match (records.first(), forms.first()) {
            (Some(&"t"), _) => Owner::Words,
            (Some(&"assets"), _) => Owner::Files,
            (Some(_), _) => Owner::Values,
            (None, Some(Form::List(_))) => Owner::List,
            (None, Some(Form::Number)) => Owner::Number,
            (None, Some(Form::Flag)) => Owner::Flag,
            (None, _) => Owner::Text,
        };
        let (owner, text) = (written.to_owned(), name.text.to_owned());
        let elsewhere = self.holder(name.text);
        self.sight.slips.push(Slip::Field {
            owner,
            name: text,
            span: name.span,
            there,
            is: owner_is,
            elsewhere,
        });
        self.missing.clone()
    }

    fn no_value(&mut self, name: Token<'t>) {
        let why = if let Some(why) = self.ended(name.text) {
            why
        } else if self.unit.component.is_some()
            && (EVERYWHERE.contains(&name.text) || self.is_around(name.text))
        {
            Why::NotGiven
        } else {
            let others = TEMPLATES.iter().filter(|(_, seen)| seen.contains(&name.text));
            Why::Unknown(others.map(|(template, _)| *template).collect())
        };
        let mut there: BTreeSet<String> = self.visible().into_keys().filter(|name| name != "body").collect();
        if self.is_in_loop() {
            there.insert("loop".to_owned());
        }
        if self.knowledge == Knowledge::Partial && self.unit.component.is_none() {
            there.extend(self.shapes.names().map(str::to_owned));
        }
        let there = there.into_iter().collect();
        self.sight.slips.push(Slip::Value { name: name.text.to_owned(), span: name.span, there, why });
    }

    /// A list behind its opening bracket: `[a, ...b]` or `[a for a in b if c]`.
    fn list(&mut self) -> Shape {
        let behind = self.tokens;
        if let Some(at) = position_of_for(behind) {
            self.tokens = &behind[at + 1..];
            let names = self.loop_names();
            let mut shape = Shape::Any;
            self.within(names, |walk| {
                if walk.takes_word("if") {
                    walk.expression_without_condition();
                }
                let after = walk.tokens;
                walk.tokens = &behind[..at];
                shape = walk.expression();
                walk.tokens = after;
            });
            self.takes("]");
            return shape.list();
        }
        let mut items = Shape::nothing();
        while !self.takes("]") && !self.tokens.is_empty() {
            if self.takes(",") {
                continue;
            }
            items = if self.takes("...") {
                let others = self.expression();
                items.or(item(&others))
            } else {
                let one = self.expression();
                items.or(one)
            };
        }
        items.list()
    }

    /// A map behind its opening brace.
    fn map(&mut self) {
        while !self.takes("}") && !self.tokens.is_empty() {
            if self.takes(",") {
                continue;
            }
            if !self.takes("...") {
                self.next();
                self.takes(":");
            }
            self.expression();
        }
    }
}

/// Where the `for` stands that belongs to the list whose inside begins `tokens`.
fn position_of_for(tokens: &[Token<'_>]) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match (token.kind, token.text) {
            (Kind::Sign, "[" | "?[" | "(" | "{") => depth += 1,
            (Kind::Sign, "]" | ")" | "}") => depth = depth.checked_sub(1)?,
            (Kind::Word, "for") if depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}
