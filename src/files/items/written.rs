//! An item as a row of the template: what [`super::draft`] reads.

use crate::{
    rules::items::{Body, Item},
    words::Language,
};

use super::{
    key::{ANY_ORDER, escaped},
    places,
};

/// The cells of the options; pairs of a matching.
pub(super) fn options(item: &Item) -> Vec<String> {
    match &item.body {
        Body::Single { options, .. } | Body::Multiple { options, .. } | Body::Ordering { options, .. } => {
            options.clone()
        }
        Body::Matching { pairs } => {
            pairs.iter().map(|(left, right)| format!("{}={}", escaped(left), escaped(right))).collect()
        }
        _ => Vec::new(),
    }
}

pub(super) fn material(item: &Item) -> &str {
    match &item.body {
        Body::FindFix { text, .. } => text,
        Body::Hazards { description, .. } => description,
        _ => "",
    }
}

pub(super) fn key(item: &Item, language: Language) -> String {
    match &item.body {
        Body::Single { right, .. } => letters(&[*right]),
        Body::Multiple { right, .. } | Body::Ordering { right, .. } => letters(right),
        Body::TrueFalse { right } => language.say(if *right { "item-true" } else { "item-false" }).into_owned(),
        Body::FillIn { blanks, any_order } => {
            let one = |accepted: &Vec<String>| accepted.iter().map(|text| escaped(text)).collect::<Vec<_>>().join("|");
            let gaps: Vec<String> = blanks.iter().map(one).collect();
            format!("{}{}", if *any_order { ANY_ORDER } else { "" }, gaps.join("；"))
        }
        Body::Number { from, to } if from == to => from.normalize().to_string(),
        Body::Number { from, to } => format!("{}~{}", from.normalize(), to.normalize()),
        Body::Matching { .. } => String::new(),
        Body::FindFix { text, faults } => places::write_faults(text, faults),
        Body::Hazards { regions, .. } => places::write_regions(regions),
    }
}

fn letters(positions: &[usize]) -> String {
    positions.iter().map(|at| crate::files::sheets::letters(*at)).collect()
}
