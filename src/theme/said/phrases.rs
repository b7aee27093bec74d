//! Phrases of Tera, and what is said in their place.

/// A phrase of Tera 2.4, in which `*` stands for anything; what is said; and what to do, or nothing.
///
/// `{0}` is what the first `*` stands for and `{0:type}` the type that it names, `{here}` what is written at the place,
/// `{callee}` what is called there, and `{next}` the filter behind it.
pub const PHRASES: &[(&str, &str, &str)] = &[
    // Signs and texts.
    ("String opened with `*` is missing its closing `*`", "`{0}` is never closed", "close it with `{0}`"),
    (
        "unexpected escape character",
        "`\\` stands before a sign that needs none",
        "take it out, or write `\\\\`",
    ),
    ("unexpected end of string", "`\\` stands before the end of the text", "write `\\\\`"),
    ("unexpected end of raw block", "`raw` is never closed", "close it with `{% endraw %}`"),
    ("Closing comment tag `*` not found", "`{#` is never closed", "close it with `{0}`"),
    ("Invalid float", "`{here}` is no number", "write it as `1.5`"),
    ("Invalid Integer", "the number is too large", "write a smaller one"),
    // Expressions.
    (
        "Found invalid field of `loop`: *. Only *",
        "`loop` has no value `{0}`",
        "its values are `index`, `index0`, `first`, `last`, `length`",
    ),
    (
        "Function calls are only allowed at the first element of a chain",
        "a value can't be called",
        "take the parentheses out; a filter stands behind a value: `value | filter`",
    ),
    (
        "Keyword argument `*` is defined more than once",
        "the argument `{0}` is given twice",
        "keep one of the two",
    ),
    (
        "`-` and `not` cannot be used consecutively.",
        "`-` and `not` can't follow each other",
        "put parentheses between them",
    ),
    (
        "`not` is only valid here as part of `not in`",
        "`not` can stand here only before `in`",
        "put it before the value",
    ),
    ("`*` is not allowed after `~`", "`{0}` can't stand behind `~`", "put what follows into parentheses"),
    (
        "Arrays can have a maximum of * dimensions.",
        "lists can't be deeper than {0}",
        "take them apart with `{% set … %}`",
    ),
    (
        "Identifiers can only have up to * nested brackets.",
        "brackets can't be deeper than {0}",
        "take them apart with `{% set … %}`",
    ),
    ("The expression is too complex", "this is too long or too deep", "take it apart with `{% set … %}`"),
    (
        "List comprehensions support only a single `for` clause.",
        "a list can go through one other alone",
        "put the second `for` into a list of its own",
    ),
    (
        "Found * but expected `...`, a string, an integer or a bool.",
        "a name is missing before `{here}`",
        "write names in quotes: `{\"name\": value}`",
    ),
    // Tags.
    (
        "* is a reserved keyword of Tera, it cannot be *",
        "`{0}` is a word of the language, and can't name a value",
        "take another name",
    ),
    ("Invalid syntax for `set`: *", "`set` has no value", "write `{% set name = value %}`"),
    (
        "Template already contains a block named `*`",
        "there are two blocks `{0}`",
        "take one of them out, or give it another name",
    ),
    (
        "Template already contains a component named `*`",
        "there are two components `{0}`",
        "take one of them out, or give it another name",
    ),
    (
        "* was named `*` in the opening tag, found `*` as name in the end tag",
        "the {0} `{1}` ends as `{2}`",
        "write `{1}`",
    ),
    (
        "Blocks cannot be written inside a *.",
        "a block can't stand inside of a {0}",
        "put the block around it",
    ),
    (
        "Component definitions cannot be written in another tag.",
        "a component can't stand inside of another tag",
        "put it to the end of the template",
    ),
    (
        "`extends` needs to be the first tag of the template",
        "`extends` has to come first",
        "put it to the start of the template",
    ),
    (
        "`extends` cannot be nested in other tags.",
        "`extends` can't stand inside of another tag",
        "put it to the start of the template",
    ),
    ("Template is already extending `*`", "the template extends `{0}` already", "take one of the two out"),
    (
        "This content would be ignored: *",
        "this is never shown: a template that extends another shows its blocks alone",
        "put it into a block, or take it out",
    ),
    ("* can only be used in a for loop", "`{0}` belongs to no `for`", "take it out"),
    ("`*` cannot be used inside a *", "`{0}` can't stand inside of a {1}", "put it outside"),
    (
        "The template nesting is too deep",
        "tags can't be deeper inside of each other than 40",
        "put some of them into a template of their own, and include it",
    ),
    // Components.
    (
        "Components with body content must use tag syntax: *",
        "the call is not closed",
        "close it with `/>`, or write it as a tag with an end: `{% <name> %}…{% </name> %}`",
    ),
    ("Found * but expected `/` or `>`", "`/>` is missing behind `{here}`", "close the call with `/>`"),
    (
        "Found `<` but expected identifier after it*",
        "the name of a component is missing behind `<`",
        "write it there; for a comparison, write a value before `<`",
    ),
    (
        "Expected \"string\" or {expression} but found *",
        "`{here}` is no value of an argument",
        "write `name=\"text\"` or `name={value}`",
    ),
    (
        "Unclosed component '*'",
        "the call of `{0}` is never closed",
        "close it with `{% </{0}> %}`, or write `{{ <{0} /> }}`",
    ),
    (
        "Closing tag '*' doesn't match opening tag '*'",
        "the call of `{1}` ends as `{0}`",
        "write `{% </{1}> %}`",
    ),
    (
        "Component argument `*` is defined more than once",
        "there are two arguments `{0}`",
        "take one of them out",
    ),
    (
        "Rest parameter `*` conflicts with an existing parameter.",
        "there are two arguments `{0}`",
        "take one of them out",
    ),
    (
        "Rest parameter must be the last parameter in component definition.",
        "`...` has to come last",
        "put it to the end",
    ),
    (
        "The name `body` is reserved for component body content.",
        "`body` is what a call holds, and can't be an argument",
        "take another name",
    ),
    (
        "Default value for `*` has type `*` but the argument has type `*`",
        "`{0}` has to be {2:type}, and its value is {1:type}",
        "make the two alike",
    ),
    (
        "Found * but component default arguments can only be one of: *",
        "`{here}` can't be the value of an argument",
        "write a text in quotes, a number, true or false, a list or a map",
    ),
    (
        "Invalid default argument: *",
        "the value of an argument can't depend on others",
        "write texts in quotes and numbers",
    ),
    (
        "Found * but the only types allowed are: *",
        "`{here}` is no type",
        "the types are `string`, `bool`, `integer`, `float`, `number`, `array` and `map`",
    ),
    (
        "Component `*` is defined in both `*` and `*`",
        "there are two components `{0}`, in `{1}` and in `{2}`",
        "take one of them out, or give it another name",
    ),
    ("Unknown argument(s) `*` in component call.*", "the component takes no argument `{0}`", "take it out"),
    (
        "Argument `*` (type: `*`) missing.",
        "the component is not given `{0}`",
        "write `{0}={…}` into the call",
    ),
    ("Argument `*` missing.", "the component is not given `{0}`", "write `{0}={…}` into the call"),
    (
        "Implicit argument `*` (type: `*`) not found in context or passed directly.",
        "the component needs `{0}`, which is not there where it is called",
        "write `{0}={…}` into the call",
    ),
    (
        "Implicit argument `*` not found in context or passed directly.",
        "the component needs `{0}`, which is not there where it is called",
        "write `{0}={…}` into the call",
    ),
    (
        "Maximum render recursion depth for components exceeded.",
        "components call each other without end",
        "take one of the calls out, or put it into `{% if … %}`",
    ),
    // What comes up while a page is made.
    (
        "Variable `*` exists but its value is undefined",
        "`{0}` has no value here",
        "ask first with `{% if {0} %}`",
    ),
    (
        "Tried to render a variable that is undefined",
        "this value is not there",
        "ask first with `{% if … %}`",
    ),
    ("Cannot index into an undefined value", "this value is not there", "ask first with `{% if … %}`"),
    ("Index expression is undefined", "this value is not there", "ask first with `{% if … %}`"),
    ("Cannot slice an undefined value", "this value is not there", "ask first with `{% if … %}`"),
    ("Slice * is undefined", "this value is not there", "ask first with `{% if … %}`"),
    (
        "Invalid type for the value, expected `*` but got `*`",
        "{next} needs {0:type}, and is given {1:type}",
        "{types}",
    ),
    ("Missing keyword argument `*`", "{callee} needs the argument `{0}`", "write `({0}=…)` behind its name"),
    (
        "Value `*` is out of range for `*`",
        "the number `{0}` is too large or too small here",
        "write another one",
    ),
    ("Cannot compare `*` with `*`", "{0:type} and {1:type} can't be compared", "compare values of one type"),
    (
        "Math operations can only be done on numbers, found `*`",
        "only numbers can be reckoned with, and this is {0:type}",
        "",
    ),
    (
        "`+` requires both operands to be numbers, found `*` and `*`",
        "`+` adds numbers, and here are {0:type} and {1:type}",
        "join texts with `~`",
    ),
    (
        "Cannot divide by 0",
        "a number can't be divided by 0",
        "write another one, or ask first with `{% if … %}`",
    ),
    ("Unable to perform *", "the numbers are too large for `{0}`", ""),
    ("Iteration not possible on type `*`", "`for` goes through lists, and this is {0:type}", ""),
    (
        "Key/value iteration is not possible on type `*`, only on maps.",
        "only a group of values has keys, and this is {0:type}",
        "write `for value in …`",
    ),
    (
        "`in` cannot be used on a container of type `*`. *",
        "`in` looks into lists and texts, and this is {0:type}",
        "",
    ),
    (
        "Value of type * has no length",
        "{0:type} has no length",
        "only a text, a list or a group of values has one",
    ),
    ("Value of type * cannot be reversed", "{0:type} can't be reversed", "only a text or a list can"),
    ("Value of type * cannot be converted to an int", "{0:type} can't be made a number", ""),
    ("Value of type * cannot be converted to a float", "{0:type} can't be made a number", ""),
    ("The string `*` cannot be converted to an int in base *", "`{0}` is no whole number", ""),
    ("The string `*` cannot be converted to a float", "`{0}` is no number", ""),
    ("The float * cannot be converted to an int*", "`{0}` is no whole number", "round it first: `| round`"),
    ("Value `*` is a float; *", "`{0}` is no whole number", "round it first: `| round`"),
    (
        "Value `*` is not a container; cannot check for containment",
        "`containing` looks into lists and texts, and this is `{0}`",
        "",
    ),
    (
        "pluralize filter requires an integer, got `*`",
        "`pluralize` needs a whole number, and is given {0:type}",
        "for a list, put `| length` before it",
    ),
    (
        "This filter can only be used on a number, received `*`.",
        "{callee} needs a number, and is given {0:type}",
        "",
    ),
    (
        "The `indentation` argument must contain exactly one character",
        "`indentation` has to be one sign",
        "write one, as a blank",
    ),
    ("int filter `base` must be between 2 and 36, got *", "`base` is from 2 to 36, and not {0}", ""),
    (
        "Invalid argument for `method`: *. *",
        "`round` has no method `{0}`",
        "write `ceil` or `floor`, or leave it out",
    ),
    ("Cannot sort: `*` and `*` are not comparable", "{0:type} and {1:type} can't be sorted together", ""),
    (
        "Value at index * (a *) does not have an attribute at path: *",
        "an item of the list has no value `{2}`",
        "",
    ),
    (
        "Map does not have a key * and no default values were defined",
        "there is no value `{0}`",
        "say what to take then: `get(key=…, default=…)`",
    ),
    (
        "Map keys must be strings, integers, or bools, got `*`.",
        "a name in brackets has to be text, and this is {0:type}",
        "",
    ),
    (
        "Array index must be an integer, got `*`.",
        "a place in a list has to be a number, and this is {0:type}",
        "",
    ),
    (
        "String index must be an integer, got `*`.",
        "a place in a text has to be a number, and this is {0:type}",
        "",
    ),
    (
        "Slicing can only be used on arrays or strings, not on `*`.",
        "only a list or a text has parts, and this is {0:type}",
        "",
    ),
    ("Slicing step cannot be 0", "a step can't be 0", "write another number"),
    (
        "Slice * must be an integer, got `*`",
        "where a part begins and ends has to be a number, and this is {1:type}",
        "",
    ),
    ("Spread operator requires a map, found `*`", "`...` needs a group of values, and this is {0:type}", ""),
    ("Spread operator requires an array, found `*`", "`...` needs a list, and this is {0:type}", ""),
    (
        "super() called outside of a block",
        "`super()` stands outside of a block",
        "put it into one, or take it out",
    ),
    (
        "Tried to use super() in the top level block",
        "no template that this one extends has the block that `super()` asks for",
        "take it out",
    ),
    (
        "Function `range` was called with a `start` argument greater than the `end` one",
        "`range` starts behind its end",
        "write the smaller number as `start`",
    ),
    (
        "Function `range` was called with a `step_by` argument of 0",
        "`range` can't go in steps of 0",
        "write another number",
    ),
    (
        "Function `range` was called with arguments that overflow i128",
        "the numbers are too large for `range`",
        "write smaller ones",
    ),
    (
        "Function `range` would produce * elements, which exceeds the limit of *",
        "`range` would give {0} numbers, and {1} are the most",
        "write a smaller `end`",
    ),
];
