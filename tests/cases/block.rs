//! One fenced block of a case: what its first line says that it is, and what it holds.

/// What a block is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// A file of the site, or a part of one.
    Input(Part, String),
    /// Everything that was found, as a person reads it.
    Findings,
    /// What drafts still need, and the exceptions that were made use of.
    Remarks,
    /// The published files whose addresses begin so.
    Files(String),
    /// The published file at this address, whole.
    Whole(String),
    /// The markup of the elements that a selector picks on a page.
    Html(String, String),
    /// The words of the elements that a selector picks on a page, an element a line.
    Text(String, String),
}

/// What part of a file a block gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// All of it, with escapes such as `\xff` for bytes.
    Bytes,
    /// All of it: the block so many times over.
    Repeated(usize),
    /// Fields of the front matter, in place of those with the same names.
    Fields,
    /// What comes after the body.
    Body,
    /// What comes after the last line.
    End,
}

/// Where published files lie, as cases write it.
const PUBLIC: &str = "public/";

impl Role {
    /// Reads what stands behind the fence. None for a block that only explains.
    pub fn read(info: &str) -> Result<Option<Self>, String> {
        let words: Vec<&str> = info.split_whitespace().collect();
        let role = match words.as_slice() {
            ["findings"] => Self::Findings,
            ["remarks"] => Self::Remarks,
            ["files", prefix] => Self::Files(published(prefix)?),
            ["whole", path] => Self::Whole(published(path)?),
            ["html", path, selector @ ..] if path.starts_with(PUBLIC) => {
                Self::Html(published(path)?, selector.join(" "))
            }
            ["text", path, selector @ ..] if path.starts_with(PUBLIC) => {
                Self::Text(published(path)?, selector.join(" "))
            }
            ["bytes", path] => Self::Input(Part::Bytes, (*path).to_owned()),
            ["repeat", times, path] => {
                let times = times.parse().map_err(|_| format!("`{times}` is not a number"))?;
                Self::Input(Part::Repeated(times), (*path).to_owned())
            }
            [_, "fields", "of", path] => Self::Input(Part::Fields, (*path).to_owned()),
            [_, "body", "of", path] => Self::Input(Part::Body, (*path).to_owned()),
            [_, "end", "of", path] => Self::Input(Part::End, (*path).to_owned()),
            [] | [_] => return Ok(None),
            // A file's name may have blanks.
            [_, path @ ..] => Self::Input(Part::Whole, path.join(" ")),
        };
        Ok(Some(role))
    }
}

fn published(path: &str) -> Result<String, String> {
    path.strip_prefix(PUBLIC)
        .map(str::to_owned)
        .ok_or_else(|| format!("`{path}` does not begin with `{PUBLIC}`"))
}

/// The bytes that `text` stands for, whose escapes `\xNN` are bytes, and `\` at the end of a line joins it to the next.
pub fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('x') {
            bytes.push(u8::from_str_radix(&after[..2], 16).unwrap());
            rest = &after[2..];
        } else if let Some(after) = rest.strip_prefix('\n') {
            rest = after;
        } else {
            bytes.push(b'\\');
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}
