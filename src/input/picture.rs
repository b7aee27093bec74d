//! What a picture says of itself in its first bytes: how large it is, and whether it would do more than show itself.

/// How many pixels a picture has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// From side to side.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

/// How many bytes are looked at: where a camera writes much about a photograph, its size stands behind that.
pub(super) const HEAD: usize = 1 << 20;

/// Whether the file called `name` is a picture that is read here.
pub(super) fn is_picture(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"].iter().any(|ending| name.ends_with(ending))
}

/// The size of the picture that begins with `bytes`, as it is shown; none where they don't tell it.
pub(super) fn size(bytes: &[u8]) -> Option<Size> {
    let size = match bytes {
        [0x89, b'P', b'N', b'G', ..] => Size { width: big(bytes, 16)?, height: big(bytes, 20)? },
        [b'G', b'I', b'F', b'8', ..] => {
            Size { width: u32::from(little(bytes, 6)?), height: u32::from(little(bytes, 8)?) }
        }
        [0xff, 0xd8, ..] => jpeg(bytes)?,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp(bytes)?,
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => avif(bytes)?,
        _ => svg(std::str::from_utf8(bytes).ok()?)?,
    };
    (size.width > 0 && size.height > 0).then_some(size)
}

fn big(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn little(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

/// The frame header of a JPEG (ITU T.81, B.2.2), turned as its Exif orientation says.
fn jpeg(bytes: &[u8]) -> Option<Size> {
    let mut at = 2;
    let mut is_turned = false;
    loop {
        let marker = *bytes.get(at + 1)?;
        match (*bytes.get(at)?, marker) {
            (0xff, 0xff) => at += 1,
            // SOF0 to SOF15 without DHT, JPG and DAC.
            (0xff, 0xc0..=0xcf) if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let (height, width) = (u32::from(short(bytes, at + 5)?), u32::from(short(bytes, at + 7)?));
                let size = Size { width, height };
                return Some(if is_turned { Size { width: height, height: width } } else { size });
            }
            (0xff, 0x01 | 0xd0..=0xd8) => at += 2,
            (0xff, _) => {
                let length = usize::from(short(bytes, at + 2)?);
                if marker == 0xe1 {
                    is_turned |= bytes.get(at + 4..at + 2 + length).is_some_and(is_turned_on_its_side);
                }
                at += 2 + length;
            }
            _ => return None,
        }
    }
}

/// Whether the Exif data says that the picture is shown turned by a quarter (Exif 2.32, tag 274, values 5 to 8).
fn is_turned_on_its_side(segment: &[u8]) -> bool {
    let Some(tiff) = segment.strip_prefix(b"Exif\0\0") else { return false };
    let is_little = tiff.starts_with(b"II");
    let word = |at: usize| if is_little { little(tiff, at) } else { short(tiff, at) };
    let long = |at: usize| {
        let (first, second) = (u32::from(word(at)?), u32::from(word(at + 2)?));
        usize::try_from(if is_little { second << 16 | first } else { first << 16 | second }).ok()
    };
    let orientation = || {
        let table = long(4)?;
        let count = usize::from(word(table)?);
        let entry = (0..count).map(|n| table + 2 + 12 * n).find(|entry| word(*entry) == Some(274))?;
        word(entry + 8)
    };
    orientation().is_some_and(|value| (5..=8).contains(&value))
}

/// The three forms of WebP (RFC 9649, 2.5 to 2.7).
fn webp(bytes: &[u8]) -> Option<Size> {
    match bytes.get(12..16)? {
        b"VP8X" => {
            let side = |at: usize| {
                let bytes = bytes.get(at..at + 3)?;
                Some(1 + (u32::from(bytes[0]) | u32::from(bytes[1]) << 8 | u32::from(bytes[2]) << 16))
            };
            Some(Size { width: side(24)?, height: side(27)? })
        }
        b"VP8L" => {
            let bits = u32::from(little(bytes, 21)?) | u32::from(little(bytes, 23)?) << 16;
            Some(Size { width: (bits & 0x3fff) + 1, height: (bits >> 14 & 0x3fff) + 1 })
        }
        b"VP8 " => Some(Size {
            width: u32::from(little(bytes, 26)? & 0x3fff),
            height: u32::from(little(bytes, 28)? & 0x3fff),
        }),
        _ => None,
    }
}

/// The largest of the image spatial extents of an AVIF (ISO/IEC 23008-12, 6.5.3): small ones are of its tiles.
fn avif(bytes: &[u8]) -> Option<Size> {
    let places = bytes.windows(4).enumerate().filter(|(_, name)| name == b"ispe").map(|(at, _)| at);
    let sizes =
        places.filter_map(|at| Some(Size { width: big(bytes, at + 8)?, height: big(bytes, at + 12)? }));
    sizes.max_by_key(|size| u64::from(size.width) * u64::from(size.height))
}

/// Width and height of an SVG's outermost element, else those of its `viewBox` (SVG 2, 8.2).
fn svg(text: &str) -> Option<Size> {
    let start = text.find("<svg")?;
    let tag = text.get(start..start + text.get(start..)?.find('>')?)?;
    let value = |name: &str| {
        let places = tag.match_indices(name).map(|(at, _)| at);
        places.filter(|at| tag[..*at].ends_with(char::is_whitespace)).find_map(|at| {
            let rest = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
            let quote = rest.chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
            rest[1..].split(quote).next()
        })
    };
    let number = |text: &str| text.trim().trim_end_matches("px").parse::<f64>().ok();
    let whole = |side: f64| (0.5..1e6).contains(&side).then_some(side.round() as u32);
    let given = || Some((number(value("width")?)?, number(value("height")?)?));
    let view = || {
        let parts = value("viewBox")?.split([' ', ',', '\n', '\t']).filter(|part| !part.is_empty());
        let parts: Vec<f64> = parts.filter_map(number).collect();
        Some((*parts.get(2)?, *parts.get(3)?))
    };
    let (width, height) = given().or_else(view)?;
    Some(Size { width: whole(width)?, height: whole(height)? })
}

/// What in the SVG of these `bytes`, which are all of it, is more than a drawing: a script, or something from elsewhere.
/// In words, the first of them.
pub(super) fn danger(bytes: &[u8]) -> Option<String> {
    // In another encoding a browser might find what we don't.
    let Ok(text) = std::str::from_utf8(bytes) else { return Some("text that is not UTF-8".to_owned()) };
    let lower = text.to_ascii_lowercase();
    for name in ["script", "foreignobject", "iframe", "object", "embed", "handler", "listener"] {
        let tag = format!("<{name}");
        let ends = |rest: &str| !rest.starts_with(|sign: char| sign.is_alphanumeric() || sign == '-');
        if lower.match_indices(&tag).any(|(at, _)| ends(&lower[at + tag.len()..])) {
            return Some(format!("an element `{name}`"));
        }
    }
    for (mark, what) in [
        ("<!entity", "an entity of its own"),
        ("<?xml-stylesheet", "a style from elsewhere"),
        ("@import", "a style from elsewhere"),
        ("javascript:", "a script"),
    ] {
        if lower.contains(mark) {
            return Some(what.to_owned());
        }
    }
    attributes(text)
        .find_map(|(name, value)| {
            let value = value.trim();
            let name = name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase();
            if name.len() > 2 && name.starts_with("on") {
                return Some(format!("a script in `{name}`"));
            }
            let inside = |address: &str| {
                let address = address.trim_start().trim_start_matches(['"', '\'']);
                address.is_empty() || address.starts_with('#') || address.starts_with("data:image/")
            };
            if name == "attributename" && value.to_ascii_lowercase().ends_with("href") {
                return Some("an address that changes by itself".to_owned());
            }
            if matches!(name.as_str(), "href" | "src") && !inside(value) {
                return Some(format!("the address `{value}`"));
            }
            None
        })
        .or_else(|| {
            let outside = |rest: &str| {
                let address = rest.trim_start().trim_start_matches(['"', '\'']);
                let is_inside = ["#", "data:image/", "data:font/", "&quot;#"]
                    .iter()
                    .any(|start| address.starts_with(start));
                !is_inside
            };
            let mut places = lower.match_indices("url(");
            places
                .any(|(at, found)| outside(&lower[at + found.len()..]))
                .then(|| "an address in its styles".to_owned())
        })
}

/// The most bytes that the name of an attribute has: so far back its beginning is looked for.
const LONGEST_NAME: usize = 100;

/// The attributes of all elements of `text`: names and values.
fn attributes(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices('=').filter_map(|(at, _)| {
        let before = text[..at].trim_end();
        let before = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST_NAME))..];
        let start =
            before.rfind(|sign: char| sign.is_whitespace() || matches!(sign, '"' | '\'' | '<' | '/'))?;
        let name = before.get(start + 1..)?;
        let rest = text[at + 1..].trim_start();
        let quote = rest.chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
        Some((name, rest[1..].split(quote).next()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sides(bytes: &[u8]) -> Option<(u32, u32)> {
        size(bytes).map(|size| (size.width, size.height))
    }

    #[test]
    fn each_kind_of_picture_tells_its_size() {
        let png = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &[0, 0, 1, 64, 0, 0, 0, 240]].concat();
        assert_eq!(sides(&png), Some((320, 240)));
        assert_eq!(sides(b"GIF89a\x40\x01\xf0\x00"), Some((320, 240)));
        assert_eq!(sides(b"RIFF....WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\x01\0\xef\0\0"), Some((320, 240)));
        assert_eq!(sides(b"RIFF....WEBPVP8 ....\0\0\0\x9d\x01\x2a\x40\x01\xf0\0"), Some((320, 240)));
        assert_eq!(sides(b"RIFF....WEBPVP8L....\x2f\x3f\xc1\x3b\0"), Some((320, 240)));
        let avif = b"\0\0\0\x1cftypavif....ispe\0\0\0\0\0\0\x01\x40\0\0\0\xf0";
        assert_eq!(sides(avif), Some((320, 240)));
        assert_eq!(sides(b"\xff\xd8\xff\xe0\0\x04ab\xff\xc2\0\x0b\x08\0\xf0\x01\x40"), Some((320, 240)));
        assert_eq!(sides(b"<?xml version='1.0'?><svg width='320px' height=\"240\">"), Some((320, 240)));
        assert_eq!(sides(b"<svg stroke-width=\"9\" viewBox=\"0 0 320 240\">"), Some((320, 240)));
        assert_eq!(sides(b"<svg width=\"100%\" height=\"100%\" viewBox=\"0,0,320,240\">"), Some((320, 240)));
    }

    #[test]
    fn a_photograph_that_lies_on_its_side_is_shown_upright() {
        let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0";
        let mut jpeg = b"\xff\xd8\xff\xe1".to_vec();
        jpeg.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
        jpeg.extend(exif);
        jpeg.extend(b"\xff\xc0\0\x0b\x08\0\xf0\x01\x40");
        assert_eq!(sides(&jpeg), Some((240, 320)));
    }

    #[test]
    fn what_is_cut_off_or_no_picture_has_no_size() {
        for bytes in [
            &b""[..],
            b"\x89PNG",
            b"\xff\xd8\xff",
            b"\xff\xd8ab",
            b"RIFF....WEBPVP8X",
            b"GIF8",
            b"x",
            b"<svg>",
            b"\xff\xd8\xff\xe1\0\0",
        ] {
            assert_eq!(sides(bytes), None, "{bytes:?}");
        }
        assert_eq!(sides(b"GIF89a\0\0\xf0\x00"), None);
    }

    #[test]
    fn a_drawing_is_no_danger() {
        for svg in [
            "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg/>",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><use xlink:href=\"#a\"/></svg>",
            "<svg><image href='data:image/png;base64,AA=='/><path fill=\"url(#g)\" style=\"fill: url('#g')\"/></svg>",
            "<svg><text>once=\"\" upon</text><desc>description</desc></svg>",
        ] {
            assert_eq!(danger(svg.as_bytes()), None, "{svg}");
        }
    }

    #[test]
    fn what_runs_or_comes_from_elsewhere_is_a_danger() {
        for (svg, expected) in [
            ("<svg><script>alert(1)</script></svg>", "an element `script`"),
            ("<svg><SCRIPT href='a.js'/></svg>", "an element `script`"),
            ("<svg onload = \"alert(1)\">", "a script in `onload`"),
            ("<svg><a xlink:href='https://example.org/'/></svg>", "the address `https://example.org/`"),
            ("<svg><image href=\"photo.png\"/></svg>", "the address `photo.png`"),
            ("<svg><a href=\" javascript:x\"/></svg>", "a script"),
            ("<svg><foreignObject/></svg>", "an element `foreignobject`"),
            ("<svg><style>@import 'a.css';</style></svg>", "a style from elsewhere"),
            (
                "<svg><style>a{background:url( \"https://example.org/a.png\")}</style></svg>",
                "an address in its styles",
            ),
            ("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg/>", "an entity of its own"),
            (
                "<svg><a><set attributeName='xlink:href' to='java&#115;cript:x'/></a></svg>",
                "an address that changes by itself",
            ),
        ] {
            assert_eq!(danger(svg.as_bytes()).as_deref(), Some(expected), "{svg}");
        }
        assert_eq!(danger(b"\xff\xfe<\0s\0").as_deref(), Some("text that is not UTF-8"));
    }
}
