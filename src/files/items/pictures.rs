//! Pictures of items as they are uploaded. A drawing is taken only when it is made of shapes and text: a list of what
//! may be in it, not of what may not, so that nothing in it runs, loads or links, whatever a browser learns.

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use rust_decimal::Decimal;

use crate::{rules::decimal, words::Language};

use super::ratio;

/// Of a photograph.
pub const PICTURE_BYTES_MAX: usize = 2 << 20;
/// Of a drawing.
const DRAWING_BYTES_MAX: usize = 512 << 10;
const NAME_CHARACTERS_MAX: usize = 80;
/// Wider or higher than eight times the other is no picture of a place.
const RATIO_MAX: i64 = 8;

/// A picture that may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureFile {
    pub name: String,
    pub media: &'static str,
    pub ratio: Decimal,
}

/// Why a picture is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Harm {
    NotAName {
        name: String,
    },
    NotAPicture {
        name: String,
    },
    /// The end of the name says another kind.
    OtherKind {
        name: String,
    },
    TooLarge {
        name: String,
        kib_max: usize,
    },
    NoSize {
        name: String,
    },
    TooNarrow {
        name: String,
    },
    NotXml {
        name: String,
    },
    /// `what` is the element, attribute or value that is not allowed.
    NotHarmless {
        name: String,
        what: String,
    },
}

const ELEMENTS: &[&str] = &[
    "svg",
    "g",
    "defs",
    "title",
    "desc",
    "symbol",
    "use",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "pattern",
    "marker",
    "filter",
    "feGaussianBlur",
    "feOffset",
    "feBlend",
    "feFlood",
    "feComposite",
    "feMerge",
    "feMergeNode",
    "feColorMatrix",
    "feDropShadow",
];

/// Attributes that name something else; they may name a part of the same drawing.
const REFERENCES: &[&str] = &["href", "xlink:href"];

/// Looks at a file and its name; gives what it is, or why it is not taken.
pub fn picture(name: &str, bytes: &[u8]) -> Result<PictureFile, Harm> {
    // Some browsers send the whole path.
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim().to_owned();
    let strange = |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.' | ' ' | '(' | ')' | '（' | '）');
    if name.is_empty() || name.starts_with('.') || name.contains(strange) || name.chars().count() > NAME_CHARACTERS_MAX
    {
        return Err(Harm::NotAName { name });
    }
    let (media, ends): (&str, &[&str]) = match bytes {
        [0x89, b'P', b'N', b'G', ..] => ("image/png", &["png"]),
        [0xFF, 0xD8, 0xFF, ..] => ("image/jpeg", &["jpg", "jpeg"]),
        _ if is_drawing(bytes) => ("image/svg+xml", &["svg"]),
        _ => return Err(Harm::NotAPicture { name }),
    };
    let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
    if !ends.contains(&end.as_str()) {
        return Err(Harm::OtherKind { name });
    }
    let bytes_max = if media == "image/svg+xml" { DRAWING_BYTES_MAX } else { PICTURE_BYTES_MAX };
    if bytes.len() > bytes_max {
        return Err(Harm::TooLarge { name, kib_max: bytes_max >> 10 });
    }
    if media == "image/svg+xml" {
        harmless(&name, bytes)?;
    }
    let Some(ratio) = ratio(bytes) else { return Err(Harm::NoSize { name }) };
    let most = Decimal::from(RATIO_MAX);
    let inverse = decimal::div(Decimal::ONE, ratio).ok().flatten().unwrap_or(most + Decimal::ONE);
    if ratio > most || inverse > most {
        return Err(Harm::TooNarrow { name });
    }
    Ok(PictureFile { name, media, ratio })
}

fn is_drawing(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        text.starts_with("<svg") || (text.starts_with("<?xml") || text.starts_with("<!--")) && text.contains("<svg")
    })
}

fn harmless(name: &str, bytes: &[u8]) -> Result<(), Harm> {
    let not_xml = || Harm::NotXml { name: name.to_owned() };
    let harm = |what: &str| Harm::NotHarmless { name: name.to_owned(), what: what.chars().take(60).collect() };
    let text = std::str::from_utf8(bytes).map_err(|_| not_xml())?;
    let mut reader = Reader::from_str(text);
    let mut open: Vec<String> = Vec::new();
    let mut roots = 0;
    loop {
        match reader.read_event().map_err(|_| not_xml())? {
            Event::Start(tag) => {
                roots += u32::from(open.is_empty());
                open.push(element(&tag, open.is_empty()).map_err(|what| harm(&what))?);
            }
            Event::Empty(tag) => {
                roots += u32::from(open.is_empty());
                element(&tag, open.is_empty()).map_err(|what| harm(&what))?;
            }
            Event::End(_) => {
                open.pop().ok_or_else(not_xml)?;
            }
            Event::Text(_) | Event::Comment(_) | Event::Decl(_) => {}
            Event::CData(_) => return Err(harm("CDATA")),
            Event::PI(_) => return Err(harm("<?…?>")),
            // Entities of one's own can say anything.
            Event::DocType(_) => return Err(harm("<!DOCTYPE>")),
            Event::GeneralRef(reference) => {
                let known = ["amp", "lt", "gt", "quot", "apos"];
                let said: &str = &reference;
                if !said.starts_with('#') && !known.contains(&said) {
                    return Err(harm(&format!("&{said};")));
                }
            }
            Event::Eof => break,
        }
    }
    if open.is_empty() && roots == 1 { Ok(()) } else { Err(not_xml()) }
}

/// The element's name, or what of it is not allowed.
fn element(tag: &BytesStart<'_>, is_root: bool) -> Result<String, String> {
    let name = AsRef::<str>::as_ref(&tag.name()).to_owned();
    if !ELEMENTS.contains(&name.as_str()) || is_root != (name == "svg") {
        return Err(format!("<{name}>"));
    }
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|_| format!("<{name}>"))?;
        let key = AsRef::<str>::as_ref(&attribute.key).to_owned();
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| format!("{key}=…"))?.into_owned();
        let is_space = key == "xmlns" || key.starts_with("xmlns:");
        let lower: String = value.to_lowercase().chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let elsewhere = REFERENCES.contains(&key.as_str()) && !value.trim().starts_with('#')
            || !is_space && (lower.contains("://") || lower.contains("javascript:") || lower.contains("data:"))
            || lower.contains("@import")
            || lower.contains('\\')
            || urls_elsewhere(&lower);
        let other_prefix =
            key.contains(':') && !is_space && !matches!(key.as_str(), "xlink:href" | "xml:space" | "xml:lang");
        if key.to_lowercase().starts_with("on") || other_prefix || elsewhere {
            return Err(format!("{key}=\"{value}\""));
        }
    }
    Ok(name)
}

/// `url(…)` that is not a part of the drawing.
fn urls_elsewhere(lower: &str) -> bool {
    lower.match_indices("url(").any(|(at, _)| !lower[at + 4..].trim_start_matches(['"', '\'']).starts_with('#'))
}

impl Harm {
    /// The fact and what to do about it.
    pub fn say(&self, language: Language) -> String {
        let (key, name, what) = match self {
            Harm::NotAName { name } => ("items-picture-name", name, String::new()),
            Harm::NotAPicture { name } => ("items-picture-kind", name, String::new()),
            Harm::OtherKind { name } => ("items-picture-other-kind", name, String::new()),
            Harm::TooLarge { name, kib_max } => ("items-picture-large", name, kib_max.to_string()),
            Harm::NoSize { name } => ("items-picture-no-size", name, String::new()),
            Harm::TooNarrow { name } => ("items-picture-narrow", name, String::new()),
            Harm::NotXml { name } => ("items-picture-not-xml", name, String::new()),
            Harm::NotHarmless { name, what } => ("items-picture-harm", name, what.clone()),
        };
        language.say_with(key, &[("name", name.as_str().into()), ("what", what.into())]).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(inside: &str) -> Vec<u8> {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 500\">{inside}</svg>").into_bytes()
    }

    #[test]
    fn shapes_and_text_are_taken() {
        let inside = "<!-- 车间 --><title>车间 &amp; 库房</title><defs><linearGradient id=\"a\"><stop offset=\"0\" \
                      stop-color=\"#fff\"/></linearGradient></defs><g fill=\"url(#a)\" style=\"stroke: #000\">\
                      <rect width=\"10\" height=\"10\"/><use href=\"#a\"/></g><text x=\"1\">注意</text>";
        let taken = picture("C:\\图\\车间.svg", &drawing(inside)).unwrap();
        assert_eq!(
            (taken.name.as_str(), taken.media, taken.ratio.to_string().as_str()),
            ("车间.svg", "image/svg+xml", "1.6")
        );
    }

    #[test]
    fn whatever_runs_loads_or_links_is_refused() {
        for inside in [
            "<script>alert(1)</script>",
            "<SCRIPT>alert(1)</SCRIPT>",
            "<rect onload=\"alert(1)\"/>",
            "<rect ONCLICK=\"alert(1)\"/>",
            "<a href=\"#x\"><rect/></a>",
            "<a href=\"javascript:alert(1)\"><rect/></a>",
            "<use href=\"https://example.org/a.svg#x\"/>",
            "<use xlink:href=\"other.svg#x\"/>",
            "<image href=\"data:image/png;base64,AAAA\"/>",
            "<foreignObject><p>x</p></foreignObject>",
            "<style>@import 'x'</style>",
            "<animate attributeName=\"href\" to=\"javascript:alert(1)\"/>",
            "<set attributeName=\"onload\" to=\"x\"/>",
            "<rect fill=\"url(https://example.org/x)\"/>",
            "<rect fill=\"url( 'http://example.org/x' )\"/>",
            "<rect style=\"background:url(//example.org/x)\"/>",
            "<rect style=\"fill: \\75rl(//example.org)\"/>",
            "<rect fill=\"java&#x73;cript:alert(1)\"/>",
            "<x:script xmlns:x=\"http://www.w3.org/2000/svg\">alert(1)</x:script>",
            "<svg><rect/></svg>",
            "<iframe src=\"x\"/>",
            "<![CDATA[x]]>",
            "<?php x ?>",
            "&x;",
        ] {
            let refused = picture("a.svg", &drawing(inside));
            assert!(matches!(refused, Err(Harm::NotHarmless { .. })), "{inside}: {refused:?}");
        }
        let entity = b"<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg viewBox=\"0 0 1 1\">&x;</svg>";
        assert!(matches!(picture("a.svg", entity), Err(Harm::NotHarmless { .. })));
        for broken in ["<g>", "</g>", "<rect", "<g></rect>"] {
            assert!(picture("a.svg", &drawing(broken)).is_err(), "{broken}");
        }
    }

    #[test]
    fn names_sizes_and_kinds() {
        let mut png = vec![0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13, b'I', b'H', b'D', b'R'];
        png.extend(800_u32.to_be_bytes());
        png.extend(500_u32.to_be_bytes());
        assert_eq!(picture("a.png", &png).map(|file| file.media), Ok("image/png"));
        assert!(matches!(picture("a.svg", &png), Err(Harm::OtherKind { .. })));
        assert!(matches!(picture("a<b.png", &png), Err(Harm::NotAName { .. })));
        assert!(matches!(picture(".png", &png), Err(Harm::NotAName { .. })));
        assert!(matches!(picture("a.gif", b"GIF89a"), Err(Harm::NotAPicture { .. })));
        assert!(matches!(picture("a.html", b"<html><svg></svg></html>"), Err(Harm::NotAPicture { .. })));
        png.resize(PICTURE_BYTES_MAX + 1, 0);
        assert!(matches!(picture("a.png", &png), Err(Harm::TooLarge { kib_max: 2048, .. })));
        let long = "x".repeat(DRAWING_BYTES_MAX);
        assert!(matches!(picture("a.svg", &drawing(&long)), Err(Harm::TooLarge { kib_max: 512, .. })));
        assert!(matches!(picture("a.svg", b"<svg viewBox=\"0 0 900 100\"></svg>"), Err(Harm::TooNarrow { .. })));
        assert!(matches!(picture("a.svg", b"<svg></svg>"), Err(Harm::NoSize { .. })));
    }
}
