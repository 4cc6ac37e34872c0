//! What an import found, as sentences.

use fluent_bundle::FluentValue;

use crate::words::Language;

use super::{Fact, RowProblem};

impl RowProblem {
    /// With its place: 第 7 行，“单位”（C 列）：…
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
            |key: &str, name: &'static str, value: &str| language.say_with(key, &[(name, value.into())]).into_owned();
        let code = |key: &str, code: u32| with(key, "code", &format!("U+{code:04X}"));
        let known = |key: &str, text: &str, known: &[String]| {
            let known = known.join(&language.say("import-or"));
            language.say_with(key, &[("text", text.into()), ("known", known.into())]).into_owned()
        };
        let first = |key: &str, text: &str, row: u32| {
            language.say_with(key, &[("text", text.into()), ("row", row.to_string().into())]).into_owned()
        };
        match self {
            Fact::NoHeader => plain("import-no-header"),
            Fact::NoRows => plain("import-no-rows"),
            Fact::ColumnTwice { other } => with("import-column-twice", "other", other),
            Fact::ColumnIgnored => plain("import-column-ignored"),
            Fact::Missing => plain("import-missing"),
            Fact::EntrantTwice { entrant, first_row } => first("import-entrant-twice", entrant, *first_row),
            Fact::ZerosMayBeLost { example } => with("import-zeros", "text", example),
            Fact::DigitsLost => plain("import-digits-lost"),
            Fact::BrokenCell => plain("import-broken-cell"),
            Fact::TooLong { most } => with("import-too-long", "most", &most.to_string()),
            Fact::Invisible { code: found } => code("import-invisible", *found),
            Fact::PrivateUse { code: found } => code("import-private-use", *found),
            Fact::NotAnEntrantNumber { text } => with("import-entrant-number", "text", text),
            Fact::NotANumber { text, perhaps: None } => with("import-number", "text", text),
            Fact::NotANumber { text, perhaps: Some(perhaps) } => language
                .say_with(
                    "import-number-perhaps",
                    &[("text", text.as_str().into()), ("perhaps", perhaps.as_str().into())],
                )
                .into_owned(),
            Fact::NotADate { text } => with("import-date", "text", text),
            Fact::NotAGender { text } => with("import-gender", "text", text),
            Fact::NotYesOrNo { text } => with("import-yes-or-no", "text", text),
            Fact::Unit(problem) => problem.say(language),
            Fact::UnknownEvent { text, known: all } => known("import-event", text, all),
            Fact::UnknownGroup { text, known: all } => known("import-group", text, all),
            Fact::Undecided { eligibility } => with("import-undecided", "title", eligibility),
            Fact::SameName { first_row } => first("import-same-name", "", *first_row),
            Fact::Merged { range } => with("import-merged", "range", range),
            Fact::UnknownRole { text, known: all } => known("import-role", text, all),
            Fact::SeatOutOfRange { seats } => with("import-seat-range", "seats", &seats.to_string()),
            Fact::SeatTaken { seat } => with("import-seat-taken", "seat", &seat.to_string()),
            Fact::NoSeatLeft { seats } => with("import-no-seat", "seats", &seats.to_string()),
            Fact::UnknownEntrant { text } => with("import-entrant-unknown", "text", text),
            Fact::OutOfRange { min, max } => language
                .say_with("import-range", &[("min", min.as_str().into()), ("max", max.as_str().into())])
                .into_owned(),
            Fact::NotAStep { step } => with("import-step", "step", step),
            Fact::NoValueColumn { known: all } => known("import-no-value", "", all),
            Fact::HiddenRow => plain("import-hidden-row"),
            Fact::HiddenSheet { name } => with("import-hidden-sheet", "name", name),
            Fact::FurtherSheet { name } => with("import-further-sheet", "name", name),
        }
    }
}
