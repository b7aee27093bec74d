//! Whether HTML is whole: every element closed in order, every attribute in quotes, every id once.

use std::collections::BTreeSet;

/// Elements that have no end.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// What is broken in `html`, if anything is.
pub fn broken(html: &str) -> Option<String> {
    if let Some(control) = html.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\r')) {
        return Some(format!("the control character {control:?}"));
    }
    let mut open: Vec<&str> = Vec::new();
    let mut ids = BTreeSet::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        if text.contains('>') {
            return Some(format!("a `>` that no tag has: {text:?}"));
        }
        if let Some(after) = tag.strip_prefix("<!--") {
            let Some((_, after)) = after.split_once("-->") else {
                return Some("a comment without end".to_owned());
            };
            rest = after;
            continue;
        }
        let Some(end) = end_of_tag(tag) else { return Some(format!("a tag without end: {:.80}", tag)) };
        let (inside, after) = (&tag[1..end], &tag[end + 1..]);
        rest = after;
        if inside.starts_with('!') || inside.starts_with('?') {
            continue;
        }
        if let Some(name) = inside.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Some(format!("`</{name}>` closes something else"));
            }
            continue;
        }
        let name = inside.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or("");
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            return Some(format!("`<{inside}>` is no tag"));
        }
        let Some(attributes) = attributes(&inside[name.len()..]) else {
            return Some(format!("a quote without end: `<{inside}>`"));
        };
        for (key, value) in attributes {
            if key == "id" && !ids.insert(value) {
                return Some(format!("the id `{value}` stands twice"));
            }
            if key.starts_with("on")
                || (matches!(key, "href" | "src") && value.trim_start().starts_with("javascript:"))
            {
                return Some(format!("a script in `{key}`"));
            }
        }
        if inside.ends_with('/') || VOID.contains(&name) {
            continue;
        }
        if matches!(name, "script" | "style") {
            let closing = format!("</{name}>");
            let Some((_, after)) = rest.split_once(closing.as_str()) else {
                return Some(format!("`<{name}>` is never closed"));
            };
            rest = after;
            continue;
        }
        open.push(name);
    }
    open.last().map(|name| format!("`<{name}>` is never closed"))
}

/// Where the `>` stands that ends the tag at the start of `tag`.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut in_quotes = false;
    tag.bytes().position(|byte| {
        in_quotes ^= byte == b'"';
        byte == b'>' && !in_quotes
    })
}

/// The attributes of a tag, of which `text` is what stands after the name.
fn attributes(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut found = Vec::new();
    let mut rest = text.trim_matches(|c: char| c.is_whitespace() || c == '/');
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let key = &rest[..end];
        rest = &rest[end..];
        let mut value = "";
        if let Some(quoted) = rest.strip_prefix("=\"") {
            (value, rest) = quoted.split_once('"')?;
        }
        found.push((key, value));
        rest = rest.trim_start();
    }
    Some(found)
}

#[test]
fn what_is_broken_is_seen() {
    assert_eq!(broken("<p id=\"a\">x<br>y &gt; z</p><!-- > --><script>a < b</script>"), None);
    assert_eq!(broken("<p>x").as_deref(), Some("`<p>` is never closed"));
    assert_eq!(broken("<p><b></p></b>").as_deref(), Some("`</p>` closes something else"));
    assert_eq!(broken("<a id=\"x\"></a><a id=\"x\"></a>").as_deref(), Some("the id `x` stands twice"));
    assert_eq!(broken("<a onclick=\"x\"></a>").as_deref(), Some("a script in `onclick`"));
}
