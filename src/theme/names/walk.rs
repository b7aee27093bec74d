//! The way through one template or component, tag by tag, with the names that are there at each.

use std::collections::BTreeSet;

use super::call::Rest;
use super::expression::item;
use super::slip::{Slip, Why};
use super::unit::{Absence, Program, Unit, named, word};
use super::{Around, Call, Gifts, Knowledge, Names, Sight, merge};
use crate::source::Span;
use crate::suggest::closest;
use crate::theme::lexer::{Kind, Purpose, Token};
use crate::view::{Form, Shape, Shapes};

/// The way through one unit.
pub struct Walk<'w, 't> {
    pub(super) program: &'w Program<'t>,
    pub(super) unit: &'w Unit<'t>,
    pub(super) shapes: &'w Shapes,
    around: &'w Around,
    pub(super) knowledge: Knowledge,
    /// What a name that is not there is taken for.
    pub(super) missing: Shape,
    /// What is left of the tag that is read.
    pub(super) tokens: &'w [Token<'t>],
    /// Where the last token ended.
    pub(super) end: usize,
    /// The tags and lists that are open.
    open: Vec<Open>,
    /// The names that were set in loops.
    set: BTreeSet<String>,
    /// The names of loops which have ended, and those that were set in them.
    ended: BTreeSet<String>,
    pub(super) gifts: Gifts,
    pub(super) sight: Sight<'t>,
}

/// A tag that is open, or a list that goes through another.
#[derive(Debug)]
struct Open {
    what: What,
    /// The names that are there inside of it.
    names: Names,
    /// From where on it is done or left out because of a name that is never there.
    doubtful_from: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Condition,
    Loop,
    List,
}

impl<'w, 't> Walk<'w, 't> {
    /// The way through `unit`, which has `around` it what it says.
    pub fn new(
        program: &'w Program<'t>,
        unit: &'w Unit<'t>,
        around: &'w Around,
        shapes: &'w Shapes,
        knowledge: Knowledge,
        missing: Shape,
    ) -> Self {
        Self {
            program,
            unit,
            shapes,
            around,
            knowledge,
            missing,
            tokens: &[],
            end: 0,
            open: Vec::new(),
            set: BTreeSet::new(),
            ended: BTreeSet::new(),
            gifts: Gifts::default(),
            sight: Sight::default(),
        }
    }

    /// Goes it.
    pub fn run(&mut self) {
        let unit = self.unit;
        for tag in &unit.tags {
            self.tokens = &tag.tokens;
            match tag.purpose {
                Purpose::Show => {
                    self.expression();
                }
                Purpose::Do => {
                    if let Some(name) = named(tag, "include") {
                        self.include(name);
                    } else if let Some(word) = word(tag) {
                        self.next();
                        self.statement(word, tag.span);
                    } else if tag.tokens.first().is_some_and(|first| first.is_sign("<")) {
                        self.expression();
                    }
                }
            }
        }
    }

    fn statement(&mut self, word: &str, span: Span) {
        let known = self.sight.doubtful.len();
        match word {
            "if" => {
                self.expression();
                self.opens(What::Condition, Names::new());
            }
            "elif" => {
                self.expression();
            }
            "for" => {
                let names = self.loop_names();
                self.opens(What::Loop, names);
            }
            // What stands after `else` is done where there is nothing to go through.
            "else" => {
                if let Some(Open { what: What::Loop, names, .. }) = self.open.last_mut() {
                    names.clear();
                }
            }
            "endif" => self.closes(What::Condition, span),
            "endfor" => self.closes(What::Loop, span),
            "set" | "set_global" => self.set(word),
            "filter" => {
                let start = span.start as usize;
                self.filter(Shape::of(Form::Text));
                self.filters(Shape::of(Form::Text));
                self.doubt_whole(known, start);
            }
            _ => {}
        }
        // What is done depends on the condition, and so does all that comes of it.
        if matches!(word, "if" | "elif" | "for")
            && self.sight.doubtful.len() > known
            && let Some(open) = self.open.last_mut()
        {
            open.doubtful_from.get_or_insert(span.start as usize);
        }
    }

    fn opens(&mut self, what: What, names: Names) {
        self.open.push(Open { what, names, doubtful_from: None });
    }

    fn closes(&mut self, what: What, span: Span) {
        if let Some(open) = self.open.pop_if(|open| open.what == what) {
            self.ended.extend(open.names.into_keys());
            self.sight.doubtful.extend(open.doubtful_from.map(|from| Span::new(from, span.end as usize)));
            return;
        }
        // Tags that are closed in the wrong order do not tell which names are there.
        for open in &mut self.open {
            open.names.values_mut().for_each(|shape| *shape = Shape::Any);
        }
    }

    /// Makes one place, from `start` to here, of all that were doubted since there were `known`: what is made of a value
    /// that is never there fails where it is made, which may be beside its name.
    pub(super) fn doubt_whole(&mut self, known: usize, start: usize) {
        if self.sight.doubtful.len() > known {
            self.sight.doubtful.truncate(known);
            self.sight.doubtful.push(Span::new(start, self.end));
        }
    }

    /// The names that `for name in values` or `for key, name in values` gives, and the rest of the tag or brackets.
    pub(super) fn loop_names(&mut self) -> Names {
        let mut names = vec![self.next()];
        if self.takes(",") {
            names.push(self.next());
        }
        self.sight.given.extend(names.iter().flatten());
        self.next();
        let values = self.expression_without_condition();
        // The value comes last, after its key.
        let shapes = [item(&values), Shape::of(Form::Text)];
        let names = names.into_iter().rev().zip(shapes);
        names.filter_map(|(name, shape)| Some((name?.text.to_owned(), shape))).collect()
    }

    fn set(&mut self, word: &str) {
        let Some(name) = self.next() else { return };
        self.sight.given.push(name);
        let known = self.sight.doubtful.len();
        let mut shape = if self.takes("=") { self.expression() } else { self.filters(Shape::of(Form::Text)) };
        self.doubt_whole(known, name.span.start as usize);
        if self.open.iter().any(|open| open.doubtful_from.is_some()) {
            shape = shape.or(Shape::Lost);
        }
        let known = self.known(name.text).unwrap_or_else(Shape::nothing);
        let inner = self.open.iter_mut().rev().find(|open| open.what != What::Condition);
        match inner.filter(|_| word == "set") {
            Some(inner) => {
                inner.names.insert(name.text.to_owned(), known.or(shape));
                self.set.insert(name.text.to_owned());
            }
            None => merge(&mut self.gifts.sets, Names::from([(name.text.to_owned(), shape)])),
        }
    }

    fn include(&mut self, name: &str) {
        if let Some(number) = self.program.template(name) {
            let names = self.visible();
            let used = self.gifts.uses.entry(number).or_default();
            merge(&mut used.names, names);
            merge(&mut used.outer, self.around.outer.clone());
        }
    }

    /// Gives a component what a call of it gives: what is written, and the rest.
    pub(super) fn call(&mut self, name: &str, given: &[(Token<'t>, Shape)], rest: Rest, span: Span) {
        let Some((number, component)) = self.program.component(name) else { return };
        let (mut names, mut unknown, mut lacking) = (Names::new(), Vec::new(), Vec::new());
        for (argument, shape) in given {
            let is_known = component.arguments.iter().any(|known| known.name == argument.text);
            match component.rest {
                _ if is_known => merge(&mut names, Names::from([(argument.text.to_owned(), shape.clone())])),
                Some(rest) => merge(&mut names, Names::from([(rest.to_owned(), Shape::Any)])),
                None => unknown.push(*argument),
            }
        }
        let written = given.iter().map(|(argument, _)| argument.text).collect();
        self.sight.calls.push(Call { component: number, span, given: written, rest });
        let outer = self.surroundings();
        for argument in &component.arguments {
            if given.iter().any(|(given, _)| given.text == argument.name) {
                continue;
            }
            let shape = match (argument.absence, rest) {
                (_, Rest::Unknown) => Shape::Any,
                (Absence::Default, _) => Shape::nothing(),
                (Absence::Around | Absence::AroundOrDefault, _) => {
                    outer.get(argument.name).cloned().unwrap_or_else(Shape::nothing)
                }
                (Absence::Mistake, Rest::Nothing) => {
                    lacking.push(argument.name);
                    self.missing.clone()
                }
            };
            merge(&mut names, Names::from([(argument.name.to_owned(), shape)]));
        }
        for name in component.names().filter(|name| !names.contains_key(*name)).collect::<Vec<_>>() {
            names.insert(name.to_owned(), Shape::Any);
        }
        if !unknown.is_empty() || !lacking.is_empty() {
            self.sight.doubtful.push(span);
        }
        // An argument whose name is misspelt is not lacking.
        lacking.retain(|name| unknown.iter().all(|given| closest(given.text, [*name]).is_none()));
        let slip = |argument: Token<'_>| Slip::Argument {
            callee: format!("the component `{}`", component.name),
            component: Some(number),
            name: argument.text.to_owned(),
            span: argument.span,
            there: component.arguments.iter().map(|known| known.name.to_owned()).collect(),
        };
        self.sight.slips.extend(unknown.into_iter().map(slip));
        let slip = |name: &str| Slip::Lacking {
            component: component.name.clone(),
            number,
            name: name.to_owned(),
            span,
        };
        self.sight.slips.extend(lacking.into_iter().map(slip));
        let used = self.gifts.uses.entry(number).or_default();
        merge(&mut used.names, names);
        merge(&mut used.outer, outer);
    }

    /// The value here that has a value `name`, as it is written.
    pub(super) fn holder(&self, name: &str) -> Option<String> {
        let has = |shape: &Shape| match shape {
            Shape::Known(forms) => {
                !forms.is_empty()
                    && forms.iter().all(|form| match form {
                        Form::Record(record) => self.shapes.field(record, name).is_some(),
                        _ => false,
                    })
            }
            _ => false,
        };
        self.visible().into_iter().find_map(|(holder, shape)| has(&shape).then(|| format!("{holder}.{name}")))
    }

    /// What the name that is asked for stands for here, if it is there.
    pub(super) fn lookup(&mut self, name: &'t str) -> Option<Shape> {
        let shape = self.known(name)?;
        self.sight.asked.insert(name);
        Some(shape)
    }

    /// What the name stands for here, if it is there.
    fn known(&self, name: &str) -> Option<Shape> {
        let inner = self.open.iter().rev().find_map(|open| open.names.get(name));
        if let Some(shape) = inner {
            return Some(shape.clone());
        }
        let shapes = [self.around.names.get(name), self.gifts.sets.get(name)].into_iter().flatten().cloned();
        shapes.reduce(Shape::or)
    }

    /// All names that are there.
    pub(super) fn visible(&self) -> Names {
        let mut names = self.around.names.clone();
        merge(&mut names, self.gifts.sets.clone());
        for open in &self.open {
            names.extend(open.names.clone());
        }
        names
    }

    /// Whether this is inside of a `for`.
    pub(super) fn is_in_loop(&self) -> bool {
        self.open.iter().any(|open| open.what == What::Loop)
    }

    /// All names that are there and at those who use this unit.
    fn surroundings(&self) -> Names {
        let mut names = self.around.outer.clone();
        names.extend(self.visible());
        names
    }

    /// Whether the name is there at all who use this unit, so that an argument could take it from them.
    pub(super) fn is_around(&self, name: &str) -> bool {
        self.around.outer.contains_key(name)
    }

    /// Why the name is not there any more, if it was in a loop that has ended.
    pub(super) fn ended(&self, name: &str) -> Option<Why> {
        let why = if self.set.contains(name) { Why::SetInLoop } else { Why::OfLoop };
        self.ended.contains(name).then_some(why)
    }

    /// Does `inside` with the names of a loop.
    pub(super) fn within(&mut self, names: Names, inside: impl FnOnce(&mut Self)) {
        self.opens(What::List, names);
        inside(self);
        self.open.pop();
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Option<Token<'t>> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        self.end = first.span.end as usize + usize::from(first.kind == Kind::Text);
        Some(*first)
    }

    /// Whether the next token is the sign; then it is passed.
    pub(super) fn takes(&mut self, sign: &str) -> bool {
        let is_next = self.tokens.first().is_some_and(|next| next.is_sign(sign));
        if is_next {
            self.next();
        }
        is_next
    }

    /// Whether the next token is the word; then it is passed.
    pub(super) fn takes_word(&mut self, word: &str) -> bool {
        let is_next = self.tokens.first().is_some_and(|next| next.is_word(word));
        if is_next {
            self.next();
        }
        is_next
    }
}
