//! What made-up workers know of a bank: sometimes the right answer, sometimes a likely wrong one, sometimes none.
//!
//! They read a paper's faces as everybody does; what is right they know from the bank's file, as people know it from
//! their training.

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;

use super::dice::Dice;
use crate::rules::{
    items::{Answer, Ask, Body, Correction, Face, Item, Point, Shape},
    names::Id,
};

pub(super) struct Knowledge(HashMap<Id, Item>);

impl Knowledge {
    pub(super) fn new(items: &[Item]) -> Self {
        Self(items.iter().map(|item| (item.id.clone(), item.clone())).collect())
    }

    /// `skill`: right answers in a hundred. `None`: no answer is given.
    pub(super) fn answer(&self, face: &Face, skill: u64, dice: &mut Dice) -> Option<Answer> {
        let knows = dice.roll(100) < skill;
        if !knows && dice.roll(6) == 0 {
            return None;
        }
        let item = self.0.get(&face.item)?;
        match (&item.body, &face.ask) {
            (Body::Single { options, right }, Ask::Single { options: shown }) => {
                let at = place(shown, &options[*right])?;
                let off = if knows { 0 } else { 1 + some(dice, shown.len() - 1) };
                Some(Answer::Single((at + off) % shown.len()))
            }
            (Body::Multiple { options, right }, Ask::Multiple { options: shown }) => {
                let mut ticks = right.iter().filter_map(|at| place(shown, &options[*at])).collect::<Vec<_>>();
                if !knows && ticks.len() > 1 && dice.roll(2) == 0 {
                    ticks.pop();
                } else if !knows {
                    ticks.push(some(dice, shown.len()));
                }
                Some(Answer::Multiple(ticks.into_iter().collect()))
            }
            (Body::TrueFalse { right }, Ask::TrueFalse) => Some(Answer::TrueFalse(*right == knows)),
            (Body::FillIn { blanks, .. }, Ask::FillIn { .. }) => {
                let mut texts: Vec<String> =
                    blanks.iter().map(|accepted| accepted.first().cloned().unwrap_or_default()).collect();
                if let Some(last) = texts.last_mut().filter(|_| !knows) {
                    "不清楚".clone_into(last);
                }
                Some(Answer::FillIn(texts))
            }
            (Body::Number { to, .. }, Ask::Number) => Some(Answer::Number(if knows { *to } else { to + Decimal::TEN })),
            (Body::Ordering { options, right }, Ask::Ordering { options: shown }) => {
                let mut order: Vec<usize> = right.iter().filter_map(|at| place(shown, &options[*at])).collect();
                if !knows && order.len() > 1 {
                    let at = some(dice, order.len() - 1);
                    order.swap(at, at + 1);
                }
                Some(Answer::Ordering(order))
            }
            (Body::Matching { pairs }, Ask::Matching { right: shown, .. }) => {
                let mut rights: Vec<usize> = pairs.iter().filter_map(|(_, right)| place(shown, right)).collect();
                if !knows && rights.len() > 1 {
                    rights.swap(0, 1);
                }
                Some(Answer::Matching(rights.into_iter().enumerate().collect::<BTreeMap<_, _>>()))
            }
            (Body::FindFix { faults, .. }, Ask::FindFix { .. }) => {
                let seen = if knows { faults.len() } else { faults.len() / 2 };
                let corrections = faults.iter().take(seen).map(|fault| Correction {
                    from: fault.from,
                    length: fault.length,
                    text: fault.accepted.first().cloned().unwrap_or_default(),
                });
                Some(Answer::FindFix(corrections.collect()))
            }
            (Body::Hazards { regions, .. }, Ask::Hazards { most, .. }) => {
                let seen = if knows { regions.len() } else { regions.len() / 2 };
                let points = regions.iter().take(seen.min(*most)).map(|region| middle(&region.shape));
                Some(Answer::Hazards(points.collect()))
            }
            _ => None,
        }
    }
}

fn place(shown: &[String], text: &str) -> Option<usize> {
    shown.iter().position(|one| one == text)
}

/// `0..sides`, as a place; 0 where there is no side.
fn some(dice: &mut Dice, sides: usize) -> usize {
    usize::try_from(dice.roll(sides.max(1) as u64)).unwrap_or(0)
}

/// A point within a shape that has no dents.
fn middle(shape: &Shape) -> Point {
    match shape {
        Shape::Rectangle { x, y, width, height } => Point { x: x + width / Decimal::TWO, y: y + height / Decimal::TWO },
        Shape::Circle { x, y, .. } => Point { x: *x, y: *y },
        Shape::Polygon { points } => {
            let count = Decimal::from(points.len().max(1));
            let sum = |part: fn(&(Decimal, Decimal)) -> Decimal| points.iter().map(part).sum::<Decimal>() / count;
            Point { x: sum(|point| point.0).round_dp(2), y: sum(|point| point.1).round_dp(2) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::items::{Difficulty, Region};

    fn item(id: &str, body: Body) -> Item {
        Item {
            id: Id::new(id),
            subject: None,
            difficulty: Difficulty::Easy,
            stem: id.to_owned(),
            picture: None,
            points: None,
            explanation: None,
            body,
        }
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    /// Who knows everything answers by what is shown, in whatever order.
    #[test]
    fn whoever_knows_answers_in_the_places_of_the_face() {
        let single = item("single", Body::Single { options: texts(&["甲", "乙", "丙"]), right: 1 });
        let several = item("several", Body::Multiple { options: texts(&["甲", "乙", "丙"]), right: vec![0, 2] });
        let order = item("order", Body::Ordering { options: texts(&["一", "二", "三"]), right: vec![0, 1, 2] });
        let wrong = item("wrong", Body::TrueFalse { right: false });
        let circle = Shape::Circle { x: 20.into(), y: 30.into(), radius: 5.into(), ratio: Decimal::ONE };
        let regions = vec![Region { shape: circle, title: "火源".to_owned() }];
        let hazards = item("hazards", Body::Hazards { description: String::new(), regions });
        let items = [single, several, order, wrong, hazards];
        let knowledge = Knowledge::new(&items);
        // Shown as 丙, 甲, 乙 (三, 一, 二).
        let mut dice = Dice::new(1);
        let mut given = |at: usize| knowledge.answer(&Face::new(&items[at], &[2, 0, 1], 8), 100, &mut dice).unwrap();
        assert_eq!(given(0), Answer::Single(2));
        assert_eq!(given(1), Answer::Multiple([0, 1].into()));
        assert_eq!(given(2), Answer::Ordering(vec![1, 2, 0]));
        assert_eq!(given(3), Answer::TrueFalse(false));
        assert_eq!(given(4), Answer::Hazards(vec![Point { x: 20.into(), y: 30.into() }]));
    }

    #[test]
    fn whoever_knows_nothing_is_never_right() {
        let items = [item("single", Body::Single { options: texts(&["甲", "乙", "丙"]), right: 1 })];
        let (knowledge, mut dice) = (Knowledge::new(&items), Dice::new(7));
        for _ in 0..50 {
            let given = knowledge.answer(&Face::new(&items[0], &[], 8), 0, &mut dice);
            assert_ne!(given, Some(Answer::Single(1)));
        }
    }
}
