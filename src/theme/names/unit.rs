//! The parts of templates that are made on their own: each template, and each component in one.

use std::collections::{BTreeMap, BTreeSet};

use super::Knowledge;
use crate::source::{Source, Span};
use crate::theme::lexer::{Kind, Purpose, Tag, Token};
use crate::theme::parts::{Part, words};
use crate::theme::text;

/// A template.
pub struct Template<'t> {
    /// Its name.
    pub name: &'t str,
    /// Its text.
    pub source: &'t Source,
    /// Its tags.
    pub tags: Vec<Part<'t>>,
    /// Whether all of it can be read.
    pub knowledge: Knowledge,
}

/// All templates, taken apart.
pub struct Program<'t> {
    /// The templates and components.
    pub units: Vec<Unit<'t>>,
    templates: BTreeMap<&'t str, usize>,
    components: BTreeMap<String, usize>,
    /// The words that stand where nothing can be read.
    unread: BTreeSet<&'t str>,
    /// Those of them that may be names given to values.
    given: BTreeSet<&'t str>,
    /// What is known of all that uses a part.
    pub knowledge: Knowledge,
}

/// A template without the components in it, or a component.
pub struct Unit<'t> {
    /// The name of the template.
    pub name: &'t str,
    /// Its text.
    pub source: &'t Source,
    /// The tags, without those of a component's definition.
    pub tags: Vec<Tag<'t>>,
    /// The template that it extends.
    pub parent: Option<&'t str>,
    /// What is asked for on purpose whether it is there: the value, and the name in it.
    pub asked: BTreeSet<(&'t str, &'t str)>,
    /// The component that it is.
    pub component: Option<Component<'t>>,
}

/// The first line of a component.
pub struct Component<'t> {
    /// Its name, perhaps with points.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// What it is given.
    pub arguments: Vec<Argument<'t>>,
    /// The name of what takes all other arguments.
    pub rest: Option<&'t str>,
}

/// An argument of a component.
pub struct Argument<'t> {
    /// Its name.
    pub name: &'t str,
    /// Where it stands.
    pub span: Span,
    /// What it is where it is not given.
    pub absence: Absence,
}

/// What an argument is where it is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// It has to be given.
    Mistake,
    /// It has a value of its own.
    Default,
    /// The value of that name around the call.
    Around,
    /// The same, or a value of its own.
    AroundOrDefault,
}

impl Component<'_> {
    /// The names that it can ask for.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.arguments.iter().map(|argument| argument.name).chain(self.rest).chain(["body"])
    }
}

impl Unit<'_> {
    /// The text in which the spans of its tags lie.
    pub fn text(&self) -> &str {
        text(self.source)
    }

    /// `span` in the whole file.
    pub fn shifted(&self, span: Span) -> Span {
        span.shifted(self.source.text.len() - self.text().len())
    }
}

impl<'t> Program<'t> {
    /// Takes `templates` apart.
    pub fn read(templates: impl IntoIterator<Item = Template<'t>>) -> Self {
        let mut program = Self {
            units: Vec::new(),
            templates: BTreeMap::new(),
            components: BTreeMap::new(),
            unread: BTreeSet::new(),
            given: BTreeSet::new(),
            knowledge: Knowledge::Whole,
        };
        for Template { name, source, tags, knowledge } in templates {
            if knowledge != Knowledge::Whole {
                program.knowledge = Knowledge::Partial;
            }
            let unit = |tags: Vec<Tag<'t>>, component| Unit {
                name,
                source,
                parent: tags.iter().find_map(|tag| named(tag, "extends")),
                asked: tags.iter().flat_map(asked).collect(),
                tags,
                component,
            };
            let (mut own, mut component) = (Vec::<Tag<'t>>::new(), None::<(Component<'t>, Vec<Tag<'t>>)>);
            // Where a component can begin at the earliest whose first line is lost, among the template's own tags.
            let mut earliest = 0;
            for part in tags {
                let tag = match part {
                    Part::Read(tag) => tag,
                    Part::Unread(tag) => {
                        if word(&tag) == Some("component") {
                            earliest = own.len();
                        }
                        program.pass_over(tag.span.of(text(source)));
                        continue;
                    }
                };
                match (word(&tag), &mut component) {
                    (Some("component"), open) => {
                        let unended = open.replace((definition(&tag), Vec::new()));
                        program.pass_over_component(source, unended);
                    }
                    (Some("endcomponent"), None) => {
                        for tag in own.drain(earliest..) {
                            program.pass_over(tag.span.of(text(source)));
                        }
                    }
                    (what, None) => {
                        own.push(tag);
                        // A component holds no such tag.
                        if matches!(what, Some("extends" | "block" | "endblock")) {
                            earliest = own.len();
                        }
                    }
                    (Some("endcomponent"), _) => {
                        if let Some((component, tags)) = component.take() {
                            program.components.insert(component.name.clone(), program.units.len());
                            program.units.push(unit(tags, Some(component)));
                        }
                        earliest = own.len();
                    }
                    (_, Some((_, tags))) => tags.push(tag),
                }
            }
            program.pass_over_component(source, component);
            program.templates.insert(name, program.units.len());
            program.units.push(unit(own, None));
        }
        program
    }

    /// Keeps the words of `tag`, which can't be read.
    fn pass_over(&mut self, tag: &'t str) {
        let mut is_giving = false;
        for word in words(tag) {
            match word {
                "for" | "set" | "set_global" | "component" => is_giving = true,
                "in" => is_giving = false,
                _ if is_giving => _ = self.given.insert(word),
                _ => {}
            }
            self.unread.insert(word);
        }
    }

    /// Keeps the words of a component that does not end: it may hold what is none of it.
    fn pass_over_component(&mut self, source: &'t Source, component: Option<(Component<'t>, Vec<Tag<'t>>)>) {
        for tag in component.into_iter().flat_map(|(_, tags)| tags) {
            self.pass_over(tag.span.of(text(source)));
        }
    }

    /// Whether the name may be given where nothing can be read, or by a template to others.
    pub fn may_give(&self, name: &str) -> bool {
        self.unread.contains(name) || self.own_names().contains(name)
    }

    /// The names that any part of the templates gives to a value of its own.
    pub fn own_names(&self) -> BTreeSet<&str> {
        let set = |tag: &Tag<'t>| {
            let names = match word(tag)? {
                "set" | "set_global" => 1..2,
                "for" => 1..tag.tokens.iter().position(|token| token.is_word("in"))?,
                _ => return None,
            };
            tag.tokens.get(names).map(<[_]>::to_vec)
        };
        let tags = self.units.iter().flat_map(|unit| &unit.tags);
        let names = tags.filter_map(set).flatten().map(|name| name.text);
        names.chain(self.given.iter().copied()).collect()
    }

    /// The number of the template `name`.
    pub fn template(&self, name: &str) -> Option<usize> {
        self.templates.get(name).copied()
    }

    /// The component `name`, and its number.
    pub fn component(&self, name: &str) -> Option<(usize, &Component<'t>)> {
        let number = *self.components.get(name)?;
        Some((number, self.units.get(number)?.component.as_ref()?))
    }
}

/// The word that says what a tag does.
pub fn word<'t>(tag: &Tag<'t>) -> Option<&'t str> {
    let first = tag.tokens.first().filter(|first| first.kind == Kind::Word && tag.purpose == Purpose::Do);
    first.map(|first| first.text)
}

/// The template that the tag names, if it is one that does `what`.
pub fn named<'t>(tag: &Tag<'t>, what: &str) -> Option<&'t str> {
    let name = tag.tokens.get(1).filter(|name| name.kind == Kind::Text)?;
    (word(tag) == Some(what)).then_some(name.text)
}

/// The names of which the tag asks whether they are there: `t.name is defined`, `assets["name"] is not defined`.
fn asked<'t>(tag: &Tag<'t>) -> Vec<(&'t str, &'t str)> {
    let tokens = tag.tokens.as_slice();
    let mut names = Vec::new();
    for start in 0..tokens.len() {
        let (value, name, rest) = match &tokens[start..] {
            [value, point, name, rest @ ..] if point.is_sign(".") || point.is_sign("?.") => {
                (value, name, rest)
            }
            [value, open, name, close, rest @ ..]
                if (open.is_sign("[") || open.is_sign("?[")) && close.is_sign("]") =>
            {
                (value, name, rest)
            }
            _ => continue,
        };
        if asks(rest) {
            names.push((value.text, name.text));
        }
    }
    names
}

/// Whether `tokens` begin with a test for whether what comes before is there.
fn asks(tokens: &[Token<'_>]) -> bool {
    let test = match tokens {
        [is, not, test, ..] if is.is_word("is") && not.is_word("not") => test,
        [is, test, ..] if is.is_word("is") => test,
        _ => return false,
    };
    test.is_word("defined") || test.is_word("undefined")
}

/// The component that begins with the tag `{% component name(a, b=1, @c, d: string = "x", ...rest) %}`.
fn definition<'t>(tag: &Tag<'t>) -> Component<'t> {
    let tokens = tag.tokens.get(1..).unwrap_or_default();
    let open = tokens.iter().position(|token| token.is_sign("(")).unwrap_or(tokens.len());
    let name = tokens[..open].iter().map(|token| token.text).collect();
    let ends = tokens[..open].first().zip(tokens[..open].last());
    let span = ends.map_or(tag.span, |(first, last)| Span { start: first.span.start, end: last.span.end });
    let (mut arguments, mut rest) = (Vec::new(), None);
    let (mut depth, mut is_at_start, mut absence) = (0_usize, true, Absence::Mistake);
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match (token.kind, token.text) {
            (Kind::Sign, "(" | "[" | "{") => depth += 1,
            (Kind::Sign, ")" | "]" | "}") if depth <= 1 => break,
            (Kind::Sign, ")" | "]" | "}") => depth -= 1,
            (Kind::Sign, ",") if depth == 1 => (is_at_start, absence) = (true, Absence::Mistake),
            (Kind::Sign, "@") if depth == 1 => absence = Absence::Around,
            (Kind::Sign, "...") if depth == 1 => {
                rest = tokens.get(at + 1).map(|name| name.text);
                is_at_start = false;
            }
            (Kind::Sign, "=") if depth == 1 => {
                if let Some(Argument { absence, .. }) = arguments.last_mut() {
                    *absence = match absence {
                        Absence::Around | Absence::AroundOrDefault => Absence::AroundOrDefault,
                        Absence::Mistake | Absence::Default => Absence::Default,
                    };
                }
            }
            (Kind::Word, name) if depth == 1 && is_at_start => {
                arguments.push(Argument { name, span: token.span, absence });
                is_at_start = false;
            }
            _ => {}
        }
    }
    Component { name, span, arguments, rest }
}
