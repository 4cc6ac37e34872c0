//! Items (试题): what is asked, what is right, what may be shown, and what an answer is worth.
//!
//! | word | 中文 | what it is |
//! |---|---|---|
//! | item | 试题 | one question with its key |
//! | face | 题面 | an item without its key: all that a browser gets before the paper is closed |
//! | key | 答案 | what is right |
//! | answer | 作答 | what somebody gave, in the places of the face they saw |
//! | blank | 未答 | no answer; never the same as a wrong one |
//!
//! Options have no names of their own: an answer speaks of the places on the face it was given to, whose order the paper
//! drew. So neither the order in a bank nor an id tells what is right. Knows no papers, people, files or time.

mod answer;
mod choice;
mod face;
mod item;
mod marking;
mod places;
mod statistics;

#[cfg(test)]
mod tests;

pub use answer::{Answer, Correction, Point, Unfit};
pub use choice::{ChoiceRule, points as choice_points};
pub use face::{Ask, Face, TEXT_CHARACTERS_MAX};
pub use item::{Body, Difficulty, Fault, Flaw, Item, ItemKind, Region, Shape};
pub use marking::{Detail, Marked, StepMode, Worth, mark};
pub use statistics::{PAPERS_MIN, Statistics, Taken, statistics};
