//! What a judge sees: the day's numbers in order, and one sheet with its controls.
//!
//! Draw numbers only, and the judge's own marks only. Not marked is `None`, never zero.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Heading;
use crate::rules::{
    definition::model::BandText,
    field::{Slot, Value, ViolationSlot},
    ledger::{Instant, entry::SheetKey},
    names::Id,
};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct JudgeDay {
    pub heading: Heading,
    /// The contest's title.
    pub contest: String,
    pub panels: Vec<DayPanel>,
}

/// One panel that the judge sits on.
#[derive(Clone, Debug, PartialEq)]
pub struct DayPanel {
    pub stage: Id,
    pub panel: Id,
    pub stage_title: String,
    pub panel_title: String,
    pub seat: u32,
    /// Some group of this panel may be marked now.
    pub open: bool,
    /// In the order of draw numbers, then pieces, then attempts. Entrants without a number are not here.
    pub sheets: Vec<DaySheet>,
    /// The first sheet that takes marks, while the panel is open.
    pub due: Option<SheetPlace>,
    /// Entrants of this panel that have no draw number yet.
    pub without_number: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DaySheet {
    pub place: SheetPlace,
    pub piece_title: Option<String>,
    /// How many attempts the stage has.
    pub attempts: u32,
    pub state: SheetState,
    pub marked: usize,
    pub wanted: usize,
}

/// A sheet as the judge knows it: by draw number. Numbers are unique in a contest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SheetPlace {
    pub stage: Id,
    pub panel: Id,
    pub number: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub piece: Option<Id>,
    /// From 1.
    pub attempt: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SheetState {
    /// Nothing marked yet.
    Open,
    Started,
    /// Some aspects are to be marked again, blind.
    ReMark,
    /// Came back from the leader or the chief.
    Returned,
    Submitted,
    Signed,
    /// 执裁回避: somebody else marks this one.
    OwnUnit,
    /// The entrant withdrew or was disqualified.
    Out,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    pub heading: Heading,
    pub key: SheetKey,
    pub place: SheetPlace,
    pub state: SheetState,
    pub stage_title: String,
    pub panel_title: String,
    pub piece_title: Option<String>,
    pub seat: u32,
    /// How many attempts the stage has.
    pub attempts: u32,
    /// The stage is open for this entrant's group.
    pub open: bool,
    pub controls: Vec<Control>,
    pub violations: Vec<ViolationControl>,
    /// Of those wanted.
    pub marked: usize,
    pub wanted: usize,
    pub submitted_at: Option<Instant>,
    /// The judge's sheets before and after this one, in the order of the day.
    pub previous: Option<DaySheet>,
    pub next: Option<DaySheet>,
    /// The sheet to mark after this one: the next in order that takes marks, from the beginning again at the end.
    pub following: Option<SheetPlace>,
}

/// One value to be marked.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own that the page shows")]
pub struct Control {
    pub slot: Slot,
    pub aspect: Id,
    /// Which of several values of a measurement; `None` where an aspect has one.
    pub value_id: Option<Id>,
    /// Of the aspect, and of the value where it has several.
    pub title: String,
    pub description: Option<String>,
    /// Points of the whole aspect (配分).
    pub allotment: Option<Decimal>,
    pub kind: ControlKind,
    pub min: Option<Decimal>,
    pub max: Option<Decimal>,
    pub step: Option<Decimal>,
    pub may_be_absent: bool,
    pub may_not_apply: bool,
    /// To be marked again, blind.
    pub re_mark: bool,
    /// Takes a mark now.
    pub open: bool,
    pub mark: Option<Value>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ControlKind {
    Number {
        unit: Option<String>,
    },
    /// A described band is chosen.
    Bands(Vec<BandText>),
    /// 1 is yes.
    YesNo,
    /// Seconds.
    Time {
        limit_s: Option<Decimal>,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub struct ViolationControl {
    pub slot: ViolationSlot,
    pub id: Id,
    pub title: String,
    /// Per count, zero or negative.
    pub points: Decimal,
    pub most: Option<u32>,
    /// Takes effect when the chief confirms it.
    pub disqualifies: bool,
    /// One count, whoever sets it.
    pub count: u32,
    /// Several judges see and set it.
    pub shared: bool,
    pub open: bool,
}

impl SheetState {
    pub fn is_handed_in(self) -> bool {
        matches!(self, SheetState::Submitted | SheetState::Signed)
    }

    pub fn takes_marks(self) -> bool {
        matches!(self, SheetState::Open | SheetState::Started | SheetState::ReMark | SheetState::Returned)
    }
}

impl Control {
    /// As the API writes it: a decimal, `absent`, `n/a`, or empty for not marked.
    pub fn mark_text(&self) -> String {
        match self.mark {
            None => String::new(),
            Some(Value::Number(number)) => number.normalize().to_string(),
            Some(Value::Absent) => "absent".to_owned(),
            Some(Value::NotApplicable) => "n/a".to_owned(),
        }
    }

    /// All values that may be given, when there are at most `most` of them.
    pub fn choices(&self, most: usize) -> Option<Vec<Decimal>> {
        choices(self.min?, self.max?, self.step?, most)
    }
}

/// From `min` to `max` in steps, when there are at most `most` values.
pub fn choices(min: Decimal, max: Decimal, step: Decimal, most: usize) -> Option<Vec<Decimal>> {
    if step <= Decimal::ZERO {
        return None;
    }
    let mut values = Vec::new();
    let mut value = min;
    while value <= max {
        if values.len() == most {
            return None;
        }
        values.push(value.normalize());
        value = value.checked_add(step)?;
    }
    Some(values)
}

impl SheetKey {
    /// Where a mark of this sheet stands.
    pub fn slot(&self, aspect: Id, value: Option<Id>) -> Slot {
        Slot {
            stage: self.stage.clone(),
            piece: self.piece.clone(),
            attempt: self.attempt,
            aspect,
            value,
            judge: Some(self.judge.clone()),
        }
    }
}
