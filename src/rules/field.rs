//! The field: everything that scoring reads beside the definition.
//!
//! Entrants, marks, violations and recorded decisions, as they stand at one moment. The ledger's state holds
//! one and keeps it current; `leitai tally` fills one from files. Knows nothing of sheets, phases, people who
//! act, or time.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::names::{EntrantId, Id, PersonId, UnitPath};

/// One contest's entrants and marks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Field {
    pub entrants: BTreeMap<EntrantId, Entrant>,
    pub marks: BTreeMap<EntrantId, EntrantMarks>,
    pub decisions: Vec<TieDecision>,
    /// Who is vetoed out of which award (一票否决); `None` is all of them.
    pub barred: BTreeSet<(EntrantId, Option<Id>)>,
}

impl Field {
    pub fn is_barred(&self, entrant: &EntrantId, award: &Id) -> bool {
        let bars = |of: Option<Id>| !self.barred.is_empty() && self.barred.contains(&(entrant.clone(), of));
        bars(None) || bars(Some(award.clone()))
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Entrant {
    pub unit: Option<UnitPath>,
    pub team: Option<String>,
    pub event: Option<Id>,
    pub group: Option<Id>,
    pub station: Option<String>,
    /// 不占名额: ranked in place, uses up no award.
    pub outside_quota: bool,
    /// For formulas, by the ids of the definition.
    pub values: BTreeMap<Id, Decimal>,
    /// Decided at registration; only those that hold.
    pub eligibilities: Vec<Id>,
    #[serde(skip)]
    pub standing: EntrantStanding,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum EntrantStanding {
    #[default]
    In,
    Withdrawn,
    /// Confirmed by the chief; names the violation.
    Disqualified {
        violation: Id,
    },
}

/// What has been recorded about one entrant. Kept by slot, so that order of arrival cannot matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntrantMarks {
    pub values: BTreeMap<Slot, Value>,
    /// Counts of violations, by stage, piece, attempt and violation, over all reporters.
    pub violations: BTreeMap<ViolationSlot, u32>,
    /// The chief's number in place of a panel's, after a spread.
    pub resolved: BTreeMap<PanelSlot, Decimal>,
}

/// Where one mark stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Slot {
    pub stage: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub piece: Option<Id>,
    /// From 1.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub attempt: u32,
    pub aspect: Id,
    /// Which of several values of a measurement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Id>,
    /// Empty where an aspect is entered once. In the ledger, the judge's person id; in `tally`, the file's name for the judge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judge: Option<PersonId>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ViolationSlot {
    pub stage: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub piece: Option<Id>,
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub attempt: u32,
    pub violation: Id,
}

/// One aspect of one entrant as a panel marks it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PanelSlot {
    pub stage: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub piece: Option<Id>,
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub attempt: u32,
    pub aspect: Id,
}

fn first() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_first(attempt: &u32) -> bool {
    *attempt == 1
}

/// A mark as recorded. Not marked yet is the absence of a value, never a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    Number(Decimal),
    /// 缺考.
    Absent,
    /// 不适用.
    NotApplicable,
}

/// How a tie was settled by something outside the marks: lots, a play-off, or people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct TieDecision {
    /// The tied entrants (or teams, or units, by their text), best first.
    pub order: Vec<String>,
    pub by: TieSettledBy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TieSettledBy {
    PlayOff,
    Lots,
    People,
}
