//! What one answer is worth.
//!
//! An item is marked in exact decimals and rounded once, at the step its paper declares; the floor comes after it.
//! Blank is not wrong: it is worth nothing and loses nothing.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::{
    Answer, Body, ChoiceRule, Correction, Fault, Item, Point, Region, choice,
    face::{arranged, rights},
};
use crate::rules::{
    decimal::{self, Overflow},
    definition::model::{Rounding, RoundingMode},
};

/// What a paper says of an item's points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Worth {
    pub points: Decimal,
    /// For multiple choice.
    pub choice: ChoiceRule,
    /// Share of one place's points that a wrong click, or a marked place that was right, costs.
    pub wrong_place: Decimal,
    /// Points come in multiples of this; none: as computed, to ten digits.
    pub step: Option<Decimal>,
    pub mode: StepMode,
    pub floor: Decimal,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepMode {
    #[default]
    HalfUp,
    Up,
    Down,
}

/// The answer's worth, and what of it was right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    pub points: Decimal,
    /// Entirely right.
    pub right: bool,
    pub blank: bool,
    pub detail: Detail,
}

/// For the page that explains a closed paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Right or not, and nothing between.
    Whole,
    /// Ticks that are right, and wrong.
    Ticks { right: usize, wrong: usize },
    /// For each part (a gap, a pair, a fault, a hazard, in the order of the bank) whether it was found.
    Parts { found: Vec<bool>, wrong: usize },
}

/// Digits that points keep when no step is declared.
const DIGITS: u32 = 10;

/// Marks one answer; `order` is the one its face was shown in. `None`: nothing was given.
pub fn mark(item: &Item, order: &[usize], answer: Option<&Answer>, worth: &Worth) -> Result<Marked, Overflow> {
    let Some(answer) = answer.filter(|answer| !answer.is_blank()) else {
        return Ok(Marked { points: Decimal::ZERO, right: false, blank: true, detail: Detail::Whole });
    };
    let options = arranged(order, item.shuffled());
    // A place on the face, as a position in the bank; one that is not there is nobody's.
    let banked = |at: usize| options.get(at).copied().unwrap_or(usize::MAX);
    let (raw, right, detail) = match (&item.body, answer) {
        (Body::Single { right, .. }, Answer::Single(at)) => whole(banked(*at) == *right, worth),
        (Body::TrueFalse { right }, Answer::TrueFalse(said)) => whole(said == right, worth),
        (Body::Number { from, to }, Answer::Number(said)) => whole((from..=to).contains(&said), worth),
        (Body::Ordering { right, .. }, Answer::Ordering(order)) => {
            whole(order.iter().map(|at| banked(*at)).eq(right.iter().copied()), worth)
        }
        (Body::Multiple { right, options }, Answer::Multiple(ticks)) => {
            let good = ticks.iter().filter(|at| right.contains(&banked(**at))).count();
            let bad = ticks.len() - good;
            let points =
                choice::points(worth.choice, worth.points, (good, bad), (right.len(), options.len() - right.len()))?;
            (points, good == right.len() && bad == 0, Detail::Ticks { right: good, wrong: bad })
        }
        (Body::FillIn { blanks, any_order }, Answer::FillIn(texts)) => {
            parts(filled(blanks, *any_order, texts), 0, worth)?
        }
        (Body::Matching { pairs }, Answer::Matching(said)) => {
            let rights = rights(pairs);
            let right = |left: usize, at: usize| rights.get(banked(at)).is_some_and(|pair| *pair == left);
            let found = (0..pairs.len()).map(|left| said.get(&left).is_some_and(|at| right(left, *at)));
            parts(found.collect(), 0, worth)?
        }
        (Body::FindFix { text, faults }, Answer::FindFix(corrections)) => {
            let (found, wrong) = corrected(text, faults, corrections);
            parts(found, wrong, worth)?
        }
        (Body::Hazards { regions, .. }, Answer::Hazards(clicks)) => {
            let (found, wrong) = clicked(regions, clicks);
            parts(found, wrong, worth)?
        }
        // An answer to another item: nothing of it is right.
        _ => whole(false, worth),
    };
    Ok(Marked { points: stepped(raw, worth)?.max(worth.floor), right, blank: false, detail })
}

fn whole(right: bool, worth: &Worth) -> (Decimal, bool, Detail) {
    (if right { worth.points } else { Decimal::ZERO }, right, Detail::Whole)
}

/// Each part found is worth the same; each wrong place takes its share of one.
fn parts(found: Vec<bool>, wrong: usize, worth: &Worth) -> Result<(Decimal, bool, Detail), Overflow> {
    let all = found.len();
    let good = found.iter().filter(|found| **found).count();
    let net = decimal::sub(Decimal::from(good), decimal::mul(worth.wrong_place, Decimal::from(wrong))?)?;
    let points = decimal::div(decimal::mul(worth.points, net)?, Decimal::from(all))?.unwrap_or_default();
    Ok((points, good == all && wrong == 0, Detail::Parts { found, wrong }))
}

fn stepped(points: Decimal, worth: &Worth) -> Result<Decimal, Overflow> {
    let mode = match worth.mode {
        StepMode::HalfUp => RoundingMode::HalfUp,
        StepMode::Up => RoundingMode::Up,
        StepMode::Down => RoundingMode::Truncate,
    };
    let Some(step) = worth.step.filter(|step| !step.is_zero()) else {
        return Ok(decimal::round(points, Rounding { digits: DIGITS, mode }).normalize());
    };
    let steps = decimal::div(points, step)?.unwrap_or_default();
    Ok(decimal::mul(decimal::round(steps, Rounding { digits: 0, mode }), step)?.normalize())
}

/// As people write the same thing: full-width or half-width, with or without spaces, in capitals or not. What nobody
/// sees (joiners, marks of direction, soft hyphens) comes along with copied text and says nothing.
fn plain(text: &str) -> String {
    let is_seen = |c: &char| {
        !c.is_whitespace()
            && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
    };
    text.nfkc().filter(is_seen).flat_map(char::to_lowercase).collect()
}

fn filled(blanks: &[Vec<String>], any_order: bool, texts: &[String]) -> Vec<bool> {
    let said: Vec<String> = texts.iter().map(|text| plain(text)).collect();
    let accepts = |blank: usize, text: usize| {
        said.get(text)
            .is_some_and(|said| !said.is_empty() && blanks[blank].iter().any(|accepted| plain(accepted) == *said))
    };
    if !any_order {
        return (0..blanks.len()).map(|blank| accepts(blank, blank)).collect();
    }
    served(blanks.len(), said.len(), &accepts)
}

/// Which of the parts are served when each given thing serves one: as many as can be at once, whatever the order in
/// which they were given (augmenting paths).
fn served(parts: usize, given: usize, serves: &impl Fn(usize, usize) -> bool) -> Vec<bool> {
    let mut server: BTreeMap<usize, usize> = BTreeMap::new();
    for one in 0..given {
        serve(one, parts, serves, &mut server, &mut vec![false; parts]);
    }
    (0..parts).map(|part| server.contains_key(&part)).collect()
}

/// Finds a part for one given thing, moving others where that helps.
fn serve(
    one: usize,
    parts: usize,
    serves: &impl Fn(usize, usize) -> bool,
    server: &mut BTreeMap<usize, usize>,
    tried: &mut [bool],
) -> bool {
    for part in 0..parts {
        if tried[part] || !serves(part, one) {
            continue;
        }
        tried[part] = true;
        let other = server.get(&part).copied();
        if other.is_none_or(|other| serve(other, parts, serves, server, tried)) {
            server.insert(part, one);
            return true;
        }
    }
    false
}

/// A fault is mended when the text then reads as it would with an accepted correction, whichever characters were
/// marked for it; a marked place that mends nothing is wrong.
fn corrected(text: &str, faults: &[Fault], corrections: &[Correction]) -> (Vec<bool>, usize) {
    let characters: Vec<char> = text.chars().collect();
    let with = |from: usize, length: usize, put: &str| {
        let before = characters.iter().take(from);
        let after = characters.iter().skip(from.saturating_add(length));
        plain(&before.copied().chain(put.chars()).chain(after.copied()).collect::<String>())
    };
    let mut found = vec![false; faults.len()];
    let mut wrong = 0;
    for said in corrections {
        let reads = with(said.from, said.length, &said.text);
        let meets = |fault: &Fault| said.from < fault.from + fault.length && fault.from < said.from + said.length;
        let mends = |fault: &Fault| {
            meets(fault) && fault.accepted.iter().any(|put| with(fault.from, fault.length, put) == reads)
        };
        match faults.iter().position(mends) {
            Some(at) => found[at] = true,
            // The place was right, only the word was not: nothing is gained or lost.
            None if faults.iter().any(meets) => {}
            None => wrong += 1,
        }
    }
    (found, wrong)
}

/// A click finds one hazard; where hazards overlap, clicks are read so that they find the most. One that falls on no
/// hazard is wrong, one too many on a hazard is not.
fn clicked(regions: &[Region], clicks: &[Point]) -> (Vec<bool>, usize) {
    let falls = |region: usize, click: usize| regions[region].shape.holds(clicks[click]);
    let wrong = (0..clicks.len()).filter(|click| !(0..regions.len()).any(|region| falls(region, *click))).count();
    (served(regions.len(), clicks.len(), &falls), wrong)
}
