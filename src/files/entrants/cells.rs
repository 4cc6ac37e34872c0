//! One cell to one value. Slips that cannot change the meaning are mended (spaces, full-width digits); everything
//! else is a [`Fact`].

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::rules::decimal;

use super::{super::sheets::Cell, Fact, Gender, header::Quota};

/// Longer than any name or path; a lone quotation mark in a CSV makes cells that swallow the rest of the file.
const CHARACTERS_MAX: usize = 300;

/// Digits that a spreadsheet keeps of a number.
const NUMBER_DIGITS_MAX: usize = 15;

pub(in crate::files) fn text(cell: &Cell) -> Result<String, Fact> {
    let text = typed(cell)?;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > CHARACTERS_MAX {
        return Err(Fact::TooLong { most: CHARACTERS_MAX });
    }
    Ok(text)
}

/// As it stands in the cell, lines and spaces included.
pub(in crate::files) fn typed(cell: &Cell) -> Result<String, Fact> {
    let text = match cell {
        Cell::Broken => return Err(Fact::BrokenCell),
        Cell::Number(number) if number.trunc().abs().to_string().len() > NUMBER_DIGITS_MAX => {
            return Err(Fact::DigitsLost);
        }
        cell => cell.text(),
    };
    checked(&text)?;
    Ok(text)
}

/// As typed, with any dot; spaces that only stretch a Chinese name (王　芳) are taken out.
pub(in crate::files) fn name(cell: &Cell) -> Result<String, Fact> {
    let name = text(cell)?;
    let han =
        |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇');
    if name.chars().all(|c| han(c) || c == ' ') { Ok(name.replace(' ', "")) } else { Ok(name) }
}

pub(in crate::files) fn number(cell: &Cell) -> Result<Decimal, Fact> {
    if let Cell::Number(number) = cell {
        return Ok(*number);
    }
    let text = half_width(&text(cell)?);
    decimal::parse(&text).map_err(|_| {
        // 95分 is meant as 95, but that is for people to say.
        let digits: String = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
        Fact::NotANumber { perhaps: decimal::parse(&digits).ok().map(|_| digits), text }
    })
}

/// 2026-05-04, 2026/5/4, 2026.5.4, 2026年5月4日, 20260504, or the spreadsheet's own.
pub(super) fn date(cell: &Cell) -> Result<Date, Fact> {
    if let Cell::Date(date) = cell {
        return Ok(*date);
    }
    let typed = text(cell)?;
    let plain = half_width(&typed);
    let parts: Vec<&str> =
        plain.split(['-', '/', '.', '年', '月', '日', ' ']).filter(|part| !part.is_empty()).collect();
    let fields = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => Some((*year, *month, *day)),
        [digits] if digits.len() == 8 && digits.is_ascii() => Some((&digits[..4], &digits[4..6], &digits[6..])),
        _ => None,
    };
    let date = fields.and_then(|(year, month, day)| {
        let (year, month, day) = (year.parse::<i16>().ok()?, month.parse::<i8>().ok()?, day.parse::<i8>().ok()?);
        Date::new(year, month, day).ok().filter(|_| (1900..=2100).contains(&year))
    });
    date.ok_or(Fact::NotADate { text: typed })
}

pub(super) fn gender(cell: &Cell) -> Result<Gender, Fact> {
    let text = text(cell)?;
    match text.to_lowercase().as_str() {
        "女" | "女性" | "f" | "female" | "woman" => Ok(Gender::Woman),
        "男" | "男性" | "m" | "male" | "man" => Ok(Gender::Man),
        _ => Err(Fact::NotAGender { text }),
    }
}

pub(super) fn yes_or_no(cell: &Cell) -> Result<bool, Fact> {
    let text = half_width(&text(cell)?);
    match text.to_lowercase().as_str() {
        "是" | "有" | "√" | "✓" | "对" | "yes" | "y" | "1" | "true" => Ok(true),
        "否" | "无" | "×" | "✗" | "非" | "no" | "n" | "0" | "false" => Ok(false),
        _ => Err(Fact::NotYesOrNo { text }),
    }
}

/// Beside yes and no, what people write out.
pub(super) fn outside_quota(cell: &Cell, asks: Quota) -> Result<bool, Fact> {
    match text(cell)?.to_lowercase().as_str() {
        "不占" | "不占名额" | "outside" | "outside-quota" => Ok(true),
        "占" | "占名额" | "inside" => Ok(false),
        _ => yes_or_no(cell).map(|yes| yes == (asks == Quota::Outside)),
    }
}

/// Digits, letters and signs of a Chinese keyboard as the plain ones.
pub(in crate::files) fn half_width(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '−' | '–' | '—' => '-',
        '。' => '.',
        c => c,
    };
    text.chars().map(plain).collect()
}

/// Marks that turn, split or hide text, and characters that only one machine's font knows.
pub(in crate::files) fn checked(text: &str) -> Result<(), Fact> {
    for c in text.chars() {
        let code = u32::from(c);
        match c {
            '\t' | '\n' | '\r' => {}
            '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffd}' => return Err(Fact::Invisible { code }),
            c if c.is_control() => return Err(Fact::Invisible { code }),
            '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => return Err(Fact::PrivateUse { code }),
            _ => {}
        }
    }
    Ok(())
}
