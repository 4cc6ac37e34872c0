//! What an import of items found, as sentences.

use fluent_bundle::FluentValue;

use crate::words::Language;

use super::{Fact, Problem};

impl Problem {
    /// With its place: 第 7 行，“答案”（N 列）：…
    pub fn say(&self, language: Language) -> String {
        let fact = self.fact.say(language);
        let row = self.row.map(|row| FluentValue::from(row.to_string()));
        match (row, &self.column) {
            (Some(row), Some((title, letters))) => language.say_with(
                "import-at-cell",
                &[
                    ("row", row),
                    ("title", title.as_str().into()),
                    ("letters", letters.as_str().into()),
                    ("fact", fact.into()),
                ],
            ),
            (Some(row), None) => language.say_with("import-at-row", &[("row", row), ("fact", fact.into())]),
            (None, _) => fact.into(),
        }
        .into_owned()
    }
}

impl Fact {
    /// The fact and what to do about it.
    pub fn say(&self, language: Language) -> String {
        let plain = |key: &str| language.say(key).into_owned();
        let with =
            |key: &str, name: &'static str, value: String| language.say_with(key, &[(name, value.into())]).into_owned();
        let text = |key: &str, text: &str| with(key, "text", text.to_owned());
        let row = |key: &str, row: u32| with(key, "row", row.to_string());
        match self {
            Fact::NoHeader => plain("items-no-header"),
            Fact::NoItems => plain("items-none"),
            Fact::TooManyItems { most } => with("items-too-many", "most", most.to_string()),
            Fact::TextTooLarge { bytes_max } => with("items-text-too-large", "most", (bytes_max >> 20).to_string()),
            Fact::Cell(fact) => fact.say(language),
            Fact::Flaw(flaw) => flaw.say(language),
            Fact::UnknownKind { text: kind } => text("items-unknown-kind", kind),
            Fact::KindUnclear => plain("items-kind-unclear"),
            Fact::UnknownDifficulty { text: difficulty } => text("items-unknown-difficulty", difficulty),
            Fact::PointsOutOfRange => plain("items-points"),
            Fact::NotAnId { text: id } => text("items-not-an-id", id),
            Fact::IdTwice { id, first_row } => language
                .say_with("items-id-twice", &[("text", id.as_str().into()), ("row", first_row.to_string().into())])
                .into_owned(),
            Fact::IdOfOtherKind { id, kind } => language
                .say_with(
                    "items-id-of-other-kind",
                    &[("text", id.as_str().into()), ("kind", kind.title(language).into())],
                )
                .into_owned(),
            Fact::SameAsRow { first_row } => row("items-same-as-row", *first_row),
            Fact::SameAsBank { id } => text("items-same-as-bank", id),
            Fact::StemAsRow { first_row } => row("items-stem-as-row", *first_row),
            Fact::StemAsBank { id } => text("items-stem-as-bank", id),
            Fact::KeyNotLetters { text: key } => text("items-key-not-letters", key),
            Fact::KeyTwice { letter } => text("items-key-twice", &letter.to_string()),
            Fact::KeySeveral { text: key } => text("items-key-several", key),
            Fact::KeyNotTrueOrFalse { text: key } => text("items-key-not-true-or-false", key),
            Fact::KeyNotANumber { text: key } => text("items-key-not-a-number", key),
            Fact::KeyNegativeTolerance => plain("items-key-negative-tolerance"),
            Fact::KeyUnused => plain("items-key-unused"),
            Fact::OptionsUnused { kind } => with("items-options-unused", "kind", kind.title(language)),
            Fact::MaterialUnused { kind } => with("items-material-unused", "kind", kind.title(language)),
            Fact::NoGap => plain("items-no-gap"),
            Fact::GapsDiffer { stem, key } => language
                .say_with("items-gaps-differ", &[("stem", stem.to_string().into()), ("key", key.to_string().into())])
                .into_owned(),
            Fact::GapEmpty { gap } => with("items-gap-empty", "gap", gap.to_string()),
            Fact::PairWithoutSign { letter } => text("items-pair-without-sign", &letter.to_string()),
            Fact::PairHalf { letter } => text("items-pair-half", &letter.to_string()),
            Fact::FixWithoutArrow { text: part } => text("items-fix-without-arrow", part),
            Fact::FixEmpty { word } => text("items-fix-empty", word),
            Fact::WordNotThere { word } => text("items-word-not-there", word),
            Fact::WordSeveralTimes { word, count } => language
                .say_with(
                    "items-word-several-times",
                    &[("text", word.as_str().into()), ("count", count.to_string().into())],
                )
                .into_owned(),
            Fact::NoSuchOccurrence { word, nth, count } => language
                .say_with(
                    "items-no-such-occurrence",
                    &[
                        ("text", word.as_str().into()),
                        ("nth", nth.to_string().into()),
                        ("count", count.to_string().into()),
                    ],
                )
                .into_owned(),
            Fact::FixesOverlap { word } => text("items-fixes-overlap", word),
            Fact::MaterialMissing => plain("items-material-missing"),
            Fact::RegionNotRead { text: part } => text("items-region-not-read", part),
            Fact::RegionWithoutTitle { text: part } => text("items-region-without-title", part),
            Fact::UnknownPicture { name } => text("items-unknown-picture", name),
            Fact::ExampleRow => plain("items-example-row"),
            Fact::LooseText { text: line } => text("items-loose-text", line),
            Fact::GiftUnclosed => plain("items-gift-unclosed"),
            Fact::GiftNoAnswers => plain("items-gift-no-answers"),
            Fact::GiftEssay => plain("items-gift-essay"),
            Fact::GiftHtml => plain("items-gift-html"),
            Fact::GiftSeveralNumbers => plain("items-gift-several-numbers"),
            Fact::GiftNothingRight => plain("items-gift-nothing-right"),
            Fact::AikenNoAnswer => plain("items-aiken-no-answer"),
            Fact::AikenStray { text: line } => text("items-aiken-stray", line),
        }
    }
}
