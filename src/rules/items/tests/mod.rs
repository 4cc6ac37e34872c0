//! Values worked by hand, beside the sums they come from.

mod choices;
mod kinds;

use rust_decimal::Decimal;

use super::{Answer, Body, ChoiceRule, Difficulty, Item, Marked, StepMode, Worth, mark};
use crate::rules::{decimal, names::Id};

fn number(text: &str) -> Decimal {
    decimal::parse(text).unwrap()
}

fn item(body: Body) -> Item {
    Item {
        id: Id::new("q"),
        subject: None,
        difficulty: Difficulty::Medium,
        stem: "题干".to_owned(),
        picture: Some("a.svg".to_owned()),
        points: None,
        explanation: None,
        body,
    }
}

/// `points`, no step, nothing lost for wrong places.
fn worth(points: &str) -> Worth {
    Worth {
        points: number(points),
        choice: ChoiceRule::Exact,
        wrong_place: Decimal::ZERO,
        step: None,
        mode: StepMode::HalfUp,
        floor: Decimal::ZERO,
    }
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// In the order of the bank.
fn marked(body: Body, answer: &Answer, worth: &Worth) -> Marked {
    mark(&item(body), &[], Some(answer), worth).unwrap()
}
