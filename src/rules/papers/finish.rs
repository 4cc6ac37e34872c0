//! Marking a whole paper from what was saved.

use rust_decimal::Decimal;

use super::rules::Rules;
use crate::rules::{
    decimal::{self, Overflow},
    items::{Answer, Detail, Item, Marked, mark},
};

/// One item of a paper with what was last given to it.
#[derive(Clone, Copy, Debug)]
pub struct Saved<'a> {
    pub item: &'a Item,
    /// Of the definition, from 0.
    pub part: u8,
    /// Of its options, as drawn.
    pub order: &'a [usize],
    pub answer: Option<&'a Answer>,
    /// Everybody gets its points.
    pub void: bool,
}

/// The points of a paper, the items entirely right, and each item's marking in the paper's order.
pub fn outcome(rules: &Rules, saved: &[Saved<'_>]) -> Result<(Decimal, u32, Vec<Marked>), Overflow> {
    let mut all = Vec::with_capacity(saved.len());
    let mut points = Decimal::ZERO;
    let mut right = 0;
    for one in saved {
        // A part that a later definition has no more is worth nothing; its items keep their places in the list.
        let Some(part) = rules.parts.get(usize::from(one.part)) else {
            all.push(Marked {
                points: Decimal::ZERO,
                right: false,
                blank: one.answer.is_none(),
                detail: Detail::Whole,
            });
            continue;
        };
        let mut marked = mark(one.item, one.order, one.answer, &part.worth)?;
        if one.void {
            marked.points = part.worth.points;
            marked.right = true;
        }
        points = decimal::add(points, marked.points)?;
        right += u32::from(marked.right);
        all.push(marked);
    }
    Ok((points.max(rules.floor).normalize(), right, all))
}
