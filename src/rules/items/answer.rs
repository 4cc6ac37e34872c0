//! What somebody gives for an answer, and whether it fits the face it was given to.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{
    Item,
    face::{Ask, Face, TEXT_CHARACTERS_MAX, arranged},
};

/// Positions are those of the face, from 0. Programs write it as `{"single": 2}`, `{"multiple": [0, 3]}`,
/// `{"true-false": true}`, `{"fill-in": ["预防为主"]}`, `{"number": "19.5"}`, `{"ordering": [2, 0, 1]}`,
/// `{"matching": {"0": 2}}`, `{"find-fix": [{"from": 12, "length": 2, "text": "5米"}]}`, `{"hazards": [{"x": "12.5", "y": "40"}]}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    Single(usize),
    Multiple(BTreeSet<usize>),
    TrueFalse(bool),
    /// One text per blank; an empty one is a blank left blank.
    FillIn(Vec<String>),
    Number(Decimal),
    /// First to last; may be unfinished.
    Ordering(Vec<usize>),
    /// Right position by left position; may be unfinished.
    Matching(BTreeMap<usize, usize>),
    FindFix(Vec<Correction>),
    Hazards(Vec<Point>),
}

/// These characters of the text, counted from 0, are wrong, and this should stand there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    pub from: usize,
    pub length: usize,
    pub text: String,
}

/// In per cent of the picture's width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    pub x: Decimal,
    pub y: Decimal,
}

/// Why an answer cannot be one to this face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    OtherKind,
    NoSuchPlace {
        at: usize,
    },
    Twice {
        at: usize,
    },
    TooMany {
        most: usize,
    },
    TooLong {
        most: usize,
    },
    /// A marked place is empty, lies outside the text, or within another.
    Misplaced {
        at: usize,
    },
}

impl Answer {
    /// Nothing was given: unticked, empty.
    pub fn is_blank(&self) -> bool {
        match self {
            Answer::Single(_) | Answer::TrueFalse(_) | Answer::Number(_) => false,
            Answer::Multiple(ticks) => ticks.is_empty(),
            Answer::FillIn(texts) => texts.iter().all(|text| text.trim().is_empty()),
            Answer::Ordering(order) => order.is_empty(),
            Answer::Matching(pairs) => pairs.is_empty(),
            Answer::FindFix(corrections) => corrections.is_empty(),
            Answer::Hazards(clicks) => clicks.is_empty(),
        }
    }

    /// The options of a choice that were ticked, as positions in the bank, whatever order they were shown in; of a
    /// true-or-false 0 for true and 1 for false; of other kinds none.
    pub fn chosen(&self, item: &Item, order: &[usize]) -> Vec<usize> {
        let shown = arranged(order, item.shuffled());
        let banked = |at: &usize| shown.get(*at).copied();
        match self {
            Answer::Single(at) => banked(at).into_iter().collect(),
            Answer::Multiple(ticks) => ticks.iter().filter_map(banked).collect(),
            Answer::TrueFalse(said) => vec![usize::from(!said)],
            _ => Vec::new(),
        }
    }

    /// Checks it against what was asked; says nothing of right and wrong.
    pub fn fits(&self, face: &Face) -> Result<(), Unfit> {
        let there = |at: &usize, count: usize| if *at < count { Ok(()) } else { Err(Unfit::NoSuchPlace { at: *at }) };
        match (self, &face.ask) {
            (Answer::Single(at), Ask::Single { options }) => there(at, options.len()),
            (Answer::Multiple(ticks), Ask::Multiple { options }) => {
                ticks.iter().try_for_each(|at| there(at, options.len()))
            }
            (Answer::TrueFalse(_), Ask::TrueFalse) | (Answer::Number(_), Ask::Number) => Ok(()),
            (Answer::FillIn(texts), Ask::FillIn { blanks }) => {
                if texts.len() > *blanks {
                    return Err(Unfit::TooMany { most: *blanks });
                }
                texts.iter().try_for_each(|text| short(text))
            }
            (Answer::Ordering(order), Ask::Ordering { options }) => {
                order.iter().try_for_each(|at| there(at, options.len()))?;
                once(order)
            }
            (Answer::Matching(pairs), Ask::Matching { left, right }) => {
                pairs.keys().try_for_each(|at| there(at, left.len()))?;
                pairs.values().try_for_each(|at| there(at, right.len()))
            }
            (Answer::FindFix(corrections), Ask::FindFix { text, most }) => places(corrections, text, *most),
            (Answer::Hazards(clicks), Ask::Hazards { most, .. }) => {
                if clicks.len() > *most {
                    return Err(Unfit::TooMany { most: *most });
                }
                let on_picture = |value: Decimal| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&value);
                match clicks.iter().position(|click| !on_picture(click.x) || !on_picture(click.y)) {
                    Some(at) => Err(Unfit::Misplaced { at }),
                    None => Ok(()),
                }
            }
            _ => Err(Unfit::OtherKind),
        }
    }
}

fn short(text: &str) -> Result<(), Unfit> {
    if text.chars().count() > TEXT_CHARACTERS_MAX { Err(Unfit::TooLong { most: TEXT_CHARACTERS_MAX }) } else { Ok(()) }
}

fn once(order: &[usize]) -> Result<(), Unfit> {
    let mut seen = BTreeSet::new();
    match order.iter().find(|at| !seen.insert(**at)) {
        Some(at) => Err(Unfit::Twice { at: *at }),
        None => Ok(()),
    }
}

fn places(corrections: &[Correction], text: &str, most: usize) -> Result<(), Unfit> {
    if corrections.len() > most {
        return Err(Unfit::TooMany { most });
    }
    let characters = text.chars().count();
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for (at, correction) in corrections.iter().enumerate() {
        short(&correction.text)?;
        let end = correction.from.saturating_add(correction.length);
        let meets = taken.iter().any(|(from, to)| correction.from < *to && *from < end);
        if correction.length == 0 || end > characters || meets {
            return Err(Unfit::Misplaced { at });
        }
        taken.push((correction.from, end));
    }
    Ok(())
}
