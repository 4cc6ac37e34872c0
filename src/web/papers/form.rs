//! A paper sent as a plain form, for browsers without script: each item's fields become its answer.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::rules::{
    decimal,
    items::{Answer, Ask, Face},
};

/// Fields by name, several of one name in their order.
pub(super) type Fields = BTreeMap<String, Vec<String>>;

/// Something was given that cannot be read: no number, or a place of an order taken twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unread;

pub(super) fn fields(pairs: Vec<(String, String)>) -> Fields {
    let mut fields = Fields::new();
    for (name, value) in pairs {
        fields.entry(name).or_default().push(value);
    }
    fields
}

/// What the form says of an item; `None` when it is blank, or marked by script only.
pub(super) fn answer(face: &Face, fields: &Fields) -> Result<Option<Answer>, Unread> {
    let empty = Vec::new();
    let values = fields.get(face.item.as_str()).unwrap_or(&empty);
    let place = |text: &String| text.trim().parse::<usize>().ok();
    let first = values.first().map(|text| text.trim()).filter(|text| !text.is_empty());
    let answer = match &face.ask {
        Ask::Single { .. } => values.first().and_then(place).map(Answer::Single),
        Ask::TrueFalse => first.map(|said| Answer::TrueFalse(said == "true")),
        Ask::Multiple { .. } => Some(Answer::Multiple(values.iter().filter_map(place).collect::<BTreeSet<_>>())),
        Ask::FillIn { .. } => Some(Answer::FillIn(values.clone())),
        Ask::Number => first.map(|typed| number(typed).map(Answer::Number)).transpose()?,
        Ask::Ordering { options } => {
            // Each option has a field with its place.
            let mut placed: Vec<(usize, usize)> =
                (0..options.len()).filter_map(|at| Some((values.get(at).and_then(place)?, at))).collect();
            placed.sort_unstable();
            if placed.windows(2).any(|two| two[0].0 == two[1].0) {
                return Err(Unread);
            }
            Some(Answer::Ordering(placed.into_iter().map(|(_, at)| at).collect()))
        }
        Ask::Matching { left, .. } => Some(Answer::Matching(
            (0..left.len()).filter_map(|at| Some((at, values.get(at).and_then(place)?))).collect(),
        )),
        Ask::FindFix { .. } | Ask::Hazards { .. } => None,
    };
    Ok(answer.filter(|answer| !answer.is_blank()))
}

/// As people type it: full-width digits, a comma between thousands, or one for the point. A unit is no part of it.
/// `static/controls.js` reads the same.
fn number(typed: &str) -> Result<Decimal, Unread> {
    let narrow = |c: char| match c {
        '\u{ff0b}'..='\u{ff19}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    };
    let plain: String = typed.chars().filter(|c| !c.is_whitespace()).map(narrow).collect();
    let text = match plain.split_once(',') {
        _ if has_thousands(&plain) => plain.replace(',', ""),
        Some((whole, fraction)) => format!("{whole}.{fraction}"),
        None => plain,
    };
    let text = if text.starts_with('.') { format!("0{text}") } else { text };
    decimal::parse(&text).map_err(|_| Unread)
}

/// 1,200 and 12,000.5.
fn has_thousands(text: &str) -> bool {
    let whole = text.trim_start_matches(['-', '+']).split('.').next().unwrap_or_default();
    let mut groups = whole.split(',');
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    !rest.is_empty()
        && (1..=3).contains(&first.len())
        && is_digits(first)
        && rest.iter().all(|group| group.len() == 3 && is_digits(group))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(ask: Ask) -> Face {
        Face { item: "a".into(), stem: "?".to_owned(), picture: None, ask }
    }

    fn said(ask: Ask, values: &[&str]) -> Result<Option<Answer>, Unread> {
        answer(&face(ask), &fields(values.iter().map(|value| ("a".to_owned(), (*value).to_owned())).collect()))
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (typed, number) in [
            ("19.5", "19.5"),
            (" １９．５ ", "19.5"),
            ("19,5", "19.5"),
            ("19，5", "19.5"),
            ("1,200", "1200"),
            ("-12,000.5", "-12000.5"),
            ("1,20", "1.20"),
            (".5", "0.5"),
            ("－3", "-3"),
        ] {
            assert_eq!(said(Ask::Number, &[typed]), Ok(Some(Answer::Number(number.parse().unwrap()))), "{typed}");
        }
        for typed in ["20 mm", "1,200,5", "二十", "1e3"] {
            assert_eq!(said(Ask::Number, &[typed]), Err(Unread), "{typed}");
        }
        assert_eq!(said(Ask::Number, &[" "]), Ok(None));
    }

    #[test]
    fn a_place_is_given_once() {
        let ask = || Ask::Ordering { options: ["甲", "乙", "丙"].map(str::to_owned).to_vec() };
        assert_eq!(said(ask(), &["3", "1", "2"]), Ok(Some(Answer::Ordering(vec![1, 2, 0]))));
        assert_eq!(said(ask(), &["3", "", "3"]), Err(Unread));
        assert_eq!(said(ask(), &["", "", ""]), Ok(None));
    }
}
