//! Where a judge's mark stands, as addresses and bodies of requests name it: by draw number.

use serde::{Deserialize, Serialize};

use crate::{
    rules::{
        decimal,
        field::Value,
        ledger::entry::MarkValue,
        names::{ContestId, Id},
        view::SheetPlace,
    },
    web::{Error, Result},
};

/// `/judge/{contest}/{stage}/{panel}/{number}?piece=&attempt=`
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Path {
    pub(super) contest: ContestId,
    pub(super) stage: Id,
    pub(super) panel: Id,
    pub(super) number: u32,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Query {
    pub(super) piece: Option<Id>,
    pub(super) attempt: Option<u32>,
}

impl Path {
    pub(super) fn with(self, query: Query) -> (ContestId, SheetPlace) {
        // An empty `piece=` comes from clients that always write it.
        let piece = query.piece.filter(|piece| !piece.as_str().is_empty());
        let attempt = query.attempt.unwrap_or(1);
        (self.contest, SheetPlace { stage: self.stage, panel: self.panel, number: self.number, piece, attempt })
    }
}

/// The address of a sheet's page.
pub(super) fn address(contest: &ContestId, place: &SheetPlace) -> String {
    let SheetPlace { stage, panel, number, piece, attempt } = place;
    let piece = piece.as_ref().map(|piece| format!("&piece={piece}")).unwrap_or_default();
    format!("/judge/{contest}/{stage}/{panel}/{number}?attempt={attempt}{piece}")
}

/// Names a control on its page: the same place, aspect and value are the same text.
pub(super) fn slot(place: &SheetPlace, aspect: &str, value: Option<&Id>) -> String {
    let SheetPlace { stage, number, piece, attempt, .. } = place;
    let piece = piece.as_ref().map_or("", Id::as_str);
    let value = value.map(|value| format!(".{value}")).unwrap_or_default();
    format!("{stage}/{number}/{piece}/{attempt}/{aspect}{value}")
}

/// A sheet's place in a JSON body.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Place {
    pub(super) number: u32,
    pub(super) stage: Id,
    pub(super) panel: Id,
    #[serde(default)]
    pub(super) piece: Option<Id>,
    #[serde(default = "first")]
    pub(super) attempt: u32,
}

fn first() -> u32 {
    1
}

impl From<&SheetPlace> for Place {
    fn from(place: &SheetPlace) -> Self {
        let SheetPlace { stage, panel, number, piece, attempt } = place.clone();
        Self { number, stage, panel, piece, attempt }
    }
}

impl From<Place> for SheetPlace {
    fn from(place: Place) -> Self {
        let Place { number, stage, panel, piece, attempt } = place;
        Self { stage, panel, number, piece, attempt }
    }
}

/// A mark as the API and the form write it.
pub(in crate::web) fn mark_value(text: Option<&str>) -> Result<MarkValue> {
    Ok(match text.map(str::trim) {
        None | Some("") => MarkValue::Cleared,
        Some("absent") => MarkValue::Is(Value::Absent),
        Some("n/a") => MarkValue::Is(Value::NotApplicable),
        Some(number) => {
            let number = decimal::parse(number).map_err(|problem| Error::BadInput(format!("value: {problem:?}")))?;
            MarkValue::Is(Value::Number(number))
        }
    })
}
