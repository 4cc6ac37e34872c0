//! Keys as the template writes them: letters, √ and ×, gaps, numbers, pairs.
//!
//! `；` parts gaps, faults and regions, `|` alternatives; a backslash before such a sign takes it as text.

use rust_decimal::Decimal;

use crate::{files::entrants::cells, rules::decimal};

use super::{columns::Column, draft::Facts, fact::Fact};

pub(super) const PARTS: [char; 2] = ['；', ';'];
pub(super) const ALTERNATIVES: [char; 2] = ['|', '｜'];
pub(super) const EQUALS: [char; 2] = ['=', '＝'];
/// Before the gaps of a fill-in that may be filled in any order.
pub(super) const ANY_ORDER: &str = "不分顺序：";

/// `ABD`, `A,B,D`, `a、b、d` as positions, in the order written.
pub(super) fn letters(text: &str) -> Result<Vec<usize>, Fact> {
    let not_letters = || Fact::KeyNotLetters { text: text.to_owned() };
    let mut positions = Vec::new();
    for c in cells::half_width(text).to_uppercase().chars() {
        match c {
            'A'..='Z' => {
                let at = usize::from(u8::try_from(u32::from(c)).unwrap_or(b'A') - b'A');
                if positions.contains(&at) {
                    return Err(Fact::KeyTwice { letter: c });
                }
                positions.push(at);
            }
            c if c.is_whitespace() || ",、;/.|→>-".contains(c) => {}
            _ => return Err(not_letters()),
        }
    }
    if positions.is_empty() { Err(not_letters()) } else { Ok(positions) }
}

pub(super) fn truth(text: &str) -> Option<bool> {
    let text: String = cells::half_width(text).to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    match text.trim_end_matches('.') {
        "对" | "√" | "✓" | "✔" | "正确" | "是" | "t" | "true" | "right" | "yes" | "y" => Some(true),
        "错" | "×" | "✗" | "✘" | "x" | "错误" | "否" | "f" | "false" | "wrong" | "no" | "n" => Some(false),
        _ => None,
    }
}

/// Accepted texts for each gap, and whether they may stand in any order.
pub(super) fn gaps(text: &str) -> (Vec<Vec<String>>, bool) {
    let marks = [ANY_ORDER, "不分顺序:"];
    let rest = marks.iter().find_map(|mark| text.strip_prefix(mark));
    let parts = split(rest.unwrap_or(text), &PARTS);
    (parts.iter().map(|part| alternatives(part)).collect(), rest.is_some())
}

pub(super) fn alternatives(part: &str) -> Vec<String> {
    split(part, &ALTERNATIVES).iter().map(|text| plain(text)).collect()
}

/// `50`, `50±2`, `48~52`: the bounds.
pub(super) fn number(text: &str) -> Result<(Decimal, Decimal), Fact> {
    let clean: String = cells::half_width(text).replace("+-", "±").chars().filter(|c| !c.is_whitespace()).collect();
    let read = |part: &str| {
        decimal::parse(part).map(|number| number.normalize()).map_err(|_| Fact::KeyNotANumber { text: text.to_owned() })
    };
    if let Some((value, off)) = clean.split_once('±') {
        let (value, off) = (read(value)?, read(off)?);
        return if off < Decimal::ZERO { Err(Fact::KeyNegativeTolerance) } else { Ok((value - off, value + off)) };
    }
    match clean.split_once(['~', '至']).or_else(|| clean.split_once("..")) {
        Some((from, to)) => Ok((read(from)?, read(to)?)),
        None => read(&clean).map(|value| (value, value)),
    }
}

/// `左边=右边`.
pub(super) fn pair(at: usize, option: &str) -> Result<(String, String), Facts> {
    let letter = u8::try_from(at).map_or('?', |at| char::from(b'A'.saturating_add(at)));
    let sides = split(option, &EQUALS);
    let fact = match sides.as_slice() {
        [left, rest @ ..] if !rest.is_empty() => {
            // A further = belongs to the right side.
            let (left, right) = (plain(left), plain(&rest.join("=")));
            if !left.is_empty() && !right.is_empty() {
                return Ok((left, right));
            }
            Fact::PairHalf { letter }
        }
        _ => Fact::PairWithoutSign { letter },
    };
    Err(vec![(Column::Option(at), fact)])
}

/// Parts between signs, spaces around them taken away; backslashes still stand. A sign at the end opens no part.
pub(super) fn split(text: &str, signs: &[char]) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for c in text.chars() {
        if signs.contains(&c) && !escaped {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
        escaped = c == '\\' && !escaped;
    }
    if parts.len() > 1 && parts.last().is_some_and(|part| part.trim().is_empty()) {
        parts.pop();
    }
    parts.iter().map(|part| part.trim().to_owned()).collect()
}

/// Whether a backslash makes this character text.
fn is_sign(c: char) -> bool {
    PARTS.contains(&c) || ALTERNATIVES.contains(&c) || EQUALS.contains(&c) || matches!(c, '\\' | '→' | '#' | '>')
}

/// Without the backslashes before signs.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some(next)) if is_sign(*next) => out.extend(chars.next()),
            _ => out.push(c),
        }
    }
    out
}

/// The opposite of [`plain`].
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_sign(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
