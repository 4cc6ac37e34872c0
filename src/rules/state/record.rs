//! What has happened to one entrant's marks: sheets, earlier values, re-marks, reports.

use std::collections::{BTreeMap, BTreeSet};

use crate::rules::{
    field::{PanelSlot, Slot, Value, ViolationSlot},
    ledger::{
        Instant,
        entry::{Digest, SheetKey},
    },
    names::{Id, PersonId},
};

#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::rules) struct Record {
    pub(in crate::rules) sheets: BTreeMap<SheetKey, SheetTrace>,
    /// Values that were replaced, oldest first.
    pub(in crate::rules) earlier: BTreeMap<Slot, Vec<Earlier>>,
    pub(in crate::rules) re_marks: BTreeMap<PanelSlot, ReMark>,
    /// Spreads that the chief let stand.
    pub(in crate::rules) stands: BTreeSet<PanelSlot>,
    /// Who reported a violation last.
    pub(in crate::rules) reports: BTreeMap<ViolationSlot, Report>,
    /// Disqualifications that the chief rejected, with the count at that time.
    pub(in crate::rules) rejected: BTreeMap<Id, u32>,
}

/// How far a sheet is, beside its marks. Without one it is a draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::rules) struct SheetTrace {
    pub(in crate::rules) status: SheetStatus,
    pub(in crate::rules) at: Instant,
    /// Aspects to be marked again; the sheet waits for them.
    pub(in crate::rules) again: BTreeSet<Id>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::rules) enum SheetStatus {
    #[default]
    Draft,
    Returned,
    Submitted,
}

#[derive(Clone, Debug, PartialEq)]
pub(in crate::rules) struct Earlier {
    pub(in crate::rules) value: Value,
    /// The entry that replaced it.
    pub(in crate::rules) until: u64,
    pub(in crate::rules) corrected: bool,
}

/// A panel marks an aspect again.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::rules) struct ReMark {
    pub(in crate::rules) at: Instant,
    /// The marks before, which are kept.
    pub(in crate::rules) first: BTreeMap<Slot, Value>,
}

#[derive(Clone, Debug, PartialEq)]
pub(in crate::rules) struct Report {
    pub(in crate::rules) by: PersonId,
    pub(in crate::rules) at: Instant,
    pub(in crate::rules) reason: Option<Digest>,
}

impl Record {
    pub(in crate::rules) fn has_submitted(&self) -> bool {
        self.sheets.values().any(|sheet| sheet.status == SheetStatus::Submitted)
    }

    /// Whether the sheet is handed in and nothing of it is to be marked again.
    pub(in crate::rules) fn is_in(&self, key: &SheetKey) -> bool {
        self.sheets.get(key).is_some_and(|sheet| sheet.status == SheetStatus::Submitted && sheet.again.is_empty())
    }

    pub(in crate::rules) fn was_corrected(&self, slot: &Slot) -> bool {
        self.earlier.get(slot).is_some_and(|values| values.iter().any(|value| value.corrected))
    }
}
