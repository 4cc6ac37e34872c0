//! The winners of a draw of prizes (抽奖), with what anybody needs to repeat it.

use crate::{
    files::{
        documents::{Column, ListSection, Listing, Page, Side},
        prizes::unit_name,
    },
    rules::names::{EntrantId, UnitPath},
    words::Language,
};

/// A draw with the winners' names.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// Title of the paper whose valid papers took part.
    pub of: String,
    /// As the contest's clocks show it.
    pub at: String,
    /// How many took part.
    pub among: usize,
    /// In the order in which they were drawn.
    pub winners: Vec<Winner>,
    pub seed: String,
    /// Of the seed, committed before.
    pub digest: String,
    pub label: String,
}

#[derive(Clone, Debug)]
pub struct Winner {
    pub entrant: EntrantId,
    pub name: String,
    pub unit: Option<UnitPath>,
}

pub fn prizes(language: Language, drawn: &Drawn) -> Listing {
    let column = |title: &str, side: Side, width: u8| Column {
        title: language.say(title).into_owned(),
        note: None,
        side,
        width: Some(width),
    };
    let row = |(at, winner): (usize, &Winner)| {
        let unit = winner.unit.as_ref().map(unit_name).unwrap_or_default();
        vec![(at + 1).to_string(), winner.name.clone(), winner.entrant.to_string(), unit]
    };
    let count = [("count", drawn.winners.len().into()), ("among", drawn.among.into())];
    let source = [
        ("seed", drawn.seed.as_str().into()),
        ("digest", drawn.digest.as_str().into()),
        ("label", drawn.label.as_str().into()),
    ];
    Listing {
        title: language.say("papers-draws").into_owned(),
        under: Some(format!("{} · {}", drawn.of, drawn.at)),
        page: Page::A4Upright,
        columns: vec![
            column("prizes-order", Side::Ordinal, 2),
            column("column-name", Side::Text, 4),
            column("column-entrant", Side::Text, 4),
            column("column-unit", Side::Text, 6),
        ],
        sections: vec![ListSection { title: None, rows: drawn.winners.iter().enumerate().map(row).collect() }],
        to_sign: false,
        notes: vec![
            language.say_with("prizes-result", &count).into_owned(),
            language.say_with("prizes-source", &source).into_owned(),
        ],
        signers: Vec::new(),
    }
}
