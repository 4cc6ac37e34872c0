//! How wide a picture is beside its height, from its first bytes: a circle of a hazard is round on every picture.

use rust_decimal::Decimal;

use crate::rules::decimal;

/// Where the size of an SVG stands.
const SVG_BYTES: usize = 64 << 10;
/// Digits of a ratio.
const DIGITS: u32 = 6;

/// Width divided by height, to six digits, of an SVG, PNG or JPEG; `None` when it is none of them or says no size.
pub fn ratio(bytes: &[u8]) -> Option<Decimal> {
    let (width, height) = match bytes {
        [0x89, b'P', b'N', b'G', ..] => {
            let number = |at: usize| Some(Decimal::from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)));
            (number(16)?, number(20)?)
        }
        [0xFF, 0xD8, ..] => jpeg(bytes)?,
        _ => svg(bytes)?,
    };
    let positive = width > Decimal::ZERO && height > Decimal::ZERO;
    let ratio = positive.then(|| width.checked_div(height)).flatten()?.round_dp(DIGITS).normalize();
    (ratio > Decimal::ZERO).then_some(ratio)
}

/// Segments up to the first that starts a frame.
fn jpeg(bytes: &[u8]) -> Option<(Decimal, Decimal)> {
    let pair = |at: usize| Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    let mut at = 2;
    loop {
        match (*bytes.get(at)?, *bytes.get(at + 1)?) {
            (0xFF, 0xFF) => at += 1,
            // Frames, without the tables that lie among their numbers.
            (0xFF, 0xC0..=0xCF) if !matches!(bytes[at + 1], 0xC4 | 0xC8 | 0xCC) => {
                return Some((pair(at + 7)?.into(), pair(at + 5)?.into()));
            }
            (0xFF, _) => at += 2 + usize::from(pair(at + 2)?),
            _ => return None,
        }
    }
}

/// The view box; without one, width and height where they are plain numbers.
fn svg(bytes: &[u8]) -> Option<(Decimal, Decimal)> {
    let text = String::from_utf8_lossy(bytes.get(..SVG_BYTES).unwrap_or(bytes)).into_owned();
    let tag = text.get(text.find("<svg")?..)?.split('>').next()?.to_owned();
    let attribute = |name: &str| {
        tag.match_indices(name).find_map(|(at, _)| {
            let value = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
            let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            let alone = tag[..at].ends_with(char::is_whitespace);
            alone.then(|| value[1..].split(quote).next().map(str::to_owned)).flatten()
        })
    };
    let number = |text: &str| decimal::parse(text.trim().trim_end_matches("px")).ok();
    if let Some(view) = attribute("viewBox") {
        let numbers: Option<Vec<Decimal>> =
            view.split([' ', ',']).filter(|part| !part.is_empty()).map(number).collect();
        if let Some([_, _, width, height]) = numbers.as_deref() {
            return Some((*width, *height));
        }
    }
    Some((number(&attribute("width")?)?, number(&attribute("height")?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read() {
        let mut png = vec![0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13, b'I', b'H', b'D', b'R'];
        png.extend(800_u32.to_be_bytes());
        png.extend(500_u32.to_be_bytes());
        // A comment of four bytes, then a progressive frame: length 17, 8 bits, 300 high, 400 wide.
        let jpeg = [0xFF, 0xD8, 0xFF, 0xFE, 0, 4, 1, 2, 0xFF, 0xC2, 0, 17, 8, 1, 44, 1, 144];
        for (bytes, expected) in [
            (png.as_slice(), Some("1.6")),
            (&jpeg, Some("1.333333")),
            (br#"<?xml version="1.0"?><svg xmlns="x" viewBox="0 0 800 500" width="1" height="1">"#, Some("1.6")),
            (br"<svg width='30px' height='40'>", Some("0.75")),
            (br#"<svg width="100%" height="40">"#, None),
            (br#"<svg viewBox="0 0 10 0">"#, None),
            (b"GIF89a", None),
            (&jpeg[..12], None),
            (b"", None),
        ] {
            assert_eq!(ratio(bytes).map(|ratio| ratio.to_string()).as_deref(), expected);
        }
    }
}
