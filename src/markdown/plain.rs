//! Fields that are plain text: signs of Markdown and HTML in them are shown as they stand.

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag};

use super::tags::raw_tags;
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::source::{SitePath, Span};

/// Finds the first sign of markup in `text`, the value of the field `key`, which stands at the byte `start` of the file
/// at `path`. Lists and headings are none: a title may well begin with a number.
pub fn judge(key: &str, text: &str, start: usize, path: &SitePath) -> Option<Diagnostic> {
    if !text.contains(['*', '_', '[', '<', '`', '~', '&']) {
        return None;
    }
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_WIKILINKS;
    let citations = |link: BrokenLink<'_>| {
        let is_id = link.reference.strip_prefix('@').is_some_and(|id| id.starts_with(char::is_alphanumeric));
        is_id.then(|| (CowStr::from(""), CowStr::from("")))
    };
    let events = Parser::new_with_broken_link_callback(text, options, Some(citations)).into_offset_iter();
    let stray = |range: std::ops::Range<usize>, shown: &str, help: &str| {
        let place = Place::new(path, Span::new(start + range.start, start + range.end));
        let message = format!("`{key}` is plain text, in which {shown} is shown as it stands");
        Some(Diagnostic::new(Rule::StrayMarkup, place, message).help(help))
    };
    for (event, range) in events {
        let written = text.get(range.clone()).unwrap_or("");
        match event {
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => {
                let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                let before = text.get(..range.start).and_then(|text| text.chars().next_back());
                let after = text.get(range.end..).and_then(|text| text.chars().next());
                let sign = written.chars().next().unwrap_or('*');
                let length = written.len() - written.trim_start_matches(sign).len();
                // Between numbers the signs are those of sums, and one tilde says `about`.
                if is_word(before) || is_word(after) || sign == '~' && length == 1 {
                    continue;
                }
                let signs = format!("`{}`", &written[..length]);
                return stray(range.start..range.start + length, &signs, "take the signs out");
            }
            Event::Start(Tag::Link { link_type: LinkType::ShortcutUnknown, .. }) => {
                let help = "cite the source in the text of the page, or name it in `sources`";
                return stray(range, "a citation", help);
            }
            Event::Start(Tag::Link { .. }) => {
                return stray(range, "a link", "write its words alone, and link to the page in the text");
            }
            Event::Start(Tag::Image { .. }) => {
                return stray(range, "a picture", "put the picture into the text of the page");
            }
            Event::Code(_) => return stray(range, "a backtick", "take the signs out"),
            Event::Text(shown) if written.starts_with('&') && *shown != *written => {
                return stray(range, &format!("`{written}`"), &format!("write `{shown}`"));
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                if let Some(tag) = raw_tags(written).first() {
                    let place = range.start + tag.range.start..range.start + tag.range.end;
                    let shown = format!("`<{}>`", tag.name);
                    return stray(place, &shown, "take it out");
                }
            }
            _ => {}
        }
    }
    None
}
