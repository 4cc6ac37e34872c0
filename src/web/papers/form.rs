//! A paper sent as a plain form, for browsers without script: each item's fields become its answer.

use std::collections::{BTreeMap, BTreeSet};

use crate::rules::{
    decimal,
    items::{Answer, Ask, Face},
};

/// Fields by name, several of one name in their order.
pub(super) type Fields = BTreeMap<String, Vec<String>>;

pub(super) fn fields(pairs: Vec<(String, String)>) -> Fields {
    let mut fields = Fields::new();
    for (name, value) in pairs {
        fields.entry(name).or_default().push(value);
    }
    fields
}

/// What the form says of an item; `None` when it is blank, or marked by script only.
pub(super) fn answer(face: &Face, fields: &Fields) -> Option<Answer> {
    let empty = Vec::new();
    let values = fields.get(face.item.as_str()).unwrap_or(&empty);
    let number = |text: &String| text.trim().parse::<usize>().ok();
    let answer = match &face.ask {
        Ask::Single { .. } => Answer::Single(values.first().and_then(number)?),
        Ask::TrueFalse => Answer::TrueFalse(values.first()? == "true"),
        Ask::Multiple { .. } => Answer::Multiple(values.iter().filter_map(number).collect::<BTreeSet<_>>()),
        Ask::FillIn { .. } => Answer::FillIn(values.clone()),
        Ask::Number => Answer::Number(decimal::parse(values.first()?.trim()).ok()?),
        Ask::Ordering { options } => {
            // Each option has a field with its place.
            let mut placed: Vec<(usize, usize)> =
                (0..options.len()).filter_map(|at| Some((values.get(at).and_then(number)?, at))).collect();
            placed.sort_unstable();
            Answer::Ordering(placed.into_iter().map(|(_, at)| at).collect())
        }
        Ask::Matching { left, .. } => {
            Answer::Matching((0..left.len()).filter_map(|at| Some((at, values.get(at).and_then(number)?))).collect())
        }
        Ask::FindFix { .. } | Ask::Hazards { .. } => return None,
    };
    Some(answer).filter(|answer| !answer.is_blank())
}
