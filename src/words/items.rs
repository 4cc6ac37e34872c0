//! Kinds and difficulties of items by name, and what keeps an item from being asked.

use crate::rules::items::{Difficulty, Flaw, ItemKind};

use super::Language;

impl ItemKind {
    /// 单选题, single choice.
    pub fn title(self, language: Language) -> String {
        let key = match self {
            ItemKind::Single => "item-kind-single",
            ItemKind::Multiple => "item-kind-multiple",
            ItemKind::TrueFalse => "item-kind-true-false",
            ItemKind::FillIn => "item-kind-fill-in",
            ItemKind::Number => "item-kind-number",
            ItemKind::Ordering => "item-kind-ordering",
            ItemKind::Matching => "item-kind-matching",
            ItemKind::FindFix => "item-kind-find-fix",
            ItemKind::Hazards => "item-kind-hazards",
        };
        language.say(key).into_owned()
    }
}

impl Difficulty {
    pub const ALL: [Difficulty; 3] = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard];

    /// 易, 中, 难.
    pub fn title(self, language: Language) -> String {
        let key = match self {
            Difficulty::Easy => "item-easy",
            Difficulty::Medium => "item-medium",
            Difficulty::Hard => "item-hard",
        };
        language.say(key).into_owned()
    }
}

impl Flaw {
    /// The fact and what to do about it.
    pub fn say(&self, language: Language) -> String {
        let plain = |key: &str| language.say(key).into_owned();
        let with =
            |key: &str, name: &'static str, value: String| language.say_with(key, &[(name, value.into())]).into_owned();
        let part = |key: &str, at: usize| with(key, "part", (at + 1).to_string());
        match self {
            Flaw::StemMissing => plain("item-stem-missing"),
            Flaw::TooFewOptions { least } => with("item-too-few-options", "least", least.to_string()),
            Flaw::TooManyOptions { most } => with("item-too-many-options", "most", most.to_string()),
            Flaw::EmptyOption { at } => with("item-option-empty", "option", letter(*at)),
            Flaw::OptionTwice { text } => with("item-option-twice", "text", text.clone()),
            Flaw::KeyOutOfRange { at } => with("item-key-out-of-range", "option", letter(*at)),
            Flaw::KeyMissing => plain("item-key-missing"),
            Flaw::KeyNotAnOrder => plain("item-key-not-an-order"),
            Flaw::BoundsCrossed => plain("item-bounds-crossed"),
            Flaw::FaultMisplaced { at } => part("item-fault-misplaced", *at),
            Flaw::FaultChangesNothing { at } => part("item-fault-changes-nothing", *at),
            Flaw::PictureMissing => plain("item-picture-missing"),
            Flaw::DescriptionMissing => plain("item-description-missing"),
            Flaw::RegionMisplaced { at } => part("item-region-misplaced", *at),
        }
    }
}

/// The letter of an option by its position; beyond Z, which no item reaches, its number.
fn letter(at: usize) -> String {
    let letter = u8::try_from(at).ok().filter(|at| *at < 26).map(|at| char::from(b'A' + at).to_string());
    letter.unwrap_or_else(|| (at + 1).to_string())
}
