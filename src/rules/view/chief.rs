//! The board of group leaders and the chief judge: which sheets are missing, what disagrees, what waits for them.

use rust_decimal::Decimal;

use super::{Block, Heading, Named, Progress, judge::ViolationControl};
use crate::rules::{
    definition::model::SpreadAction,
    field::{PanelSlot, Slot, Value},
    ledger::{
        Instant, Version,
        entry::{Digest, SheetKey},
    },
    names::{EntrantId, Id, PersonId},
    result::TableKey,
};

#[derive(Clone, Debug, PartialEq)]
pub struct ChiefBoard {
    pub heading: Heading,
    pub version: Version,
    /// The looker is chief judge: corrects everywhere, confirms, decides.
    pub is_chief: bool,
    /// Every panel of every group for the chief, a leader's own for a leader.
    pub panels: Vec<PanelBoard>,
    pub spreads: Vec<SpreadFound>,
    pub disqualifications: Vec<PendingDisqualification>,
    /// Newest first.
    pub corrections: Vec<Correction>,
    pub ties: Vec<OpenTie>,
    /// What blocks sealing.
    pub blocks: Vec<Block>,
}

/// One panel in one group: entrants by judges.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelBoard {
    pub stage: Named,
    pub panel: Named,
    pub group: Option<Named>,
    /// The stage is open for the group.
    pub open: bool,
    pub seats: Vec<Seat>,
    /// In the order of draw numbers, then pieces and attempts; those without a number follow.
    pub rows: Vec<PanelRow>,
    pub progress: Progress,
    pub signed: Option<Signed>,
    /// What blocks signing; empty: it can be signed.
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    pub seat: u32,
    /// `None`: nobody is assigned.
    pub judge: Option<PersonId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    pub by: PersonId,
    pub at: Instant,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PanelRow {
    pub entrant: EntrantId,
    pub number: Option<u32>,
    pub piece: Option<Named>,
    pub attempt: u32,
    /// One per seat.
    pub cells: Vec<SheetCell>,
    /// The entrant withdrew or was disqualified.
    pub out: bool,
    /// The marks count publicly.
    pub counts: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetCell {
    pub seat: u32,
    pub state: CellState,
    /// Whoever has the seat for this entrant.
    pub sheet: Option<SheetKey>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellState {
    /// Nobody has this seat.
    Vacant,
    /// 执裁回避.
    OwnUnit,
    Missing,
    Started {
        marked: usize,
        wanted: usize,
    },
    ReMark,
    Returned,
    Submitted,
    Signed,
}

/// Marks that lie farther apart than the definition allows.
#[derive(Clone, Debug, PartialEq)]
pub struct SpreadFound {
    pub entrant: EntrantId,
    pub number: Option<u32>,
    pub slot: PanelSlot,
    pub stage: Named,
    pub panel: Named,
    pub aspect: Named,
    pub piece: Option<Named>,
    /// Which of several recorded values.
    pub value: Option<Id>,
    /// Two who must agree do not.
    pub disagree: bool,
    pub measured: Decimal,
    pub limit: Decimal,
    pub action: SpreadAction,
    pub marks: Vec<SeatMark>,
    /// Marks before the aspect was marked again.
    pub first_marks: Vec<SeatMark>,
    pub todo: SpreadTodo,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SeatMark {
    pub seat: Option<u32>,
    pub judge: PersonId,
    pub mark: Option<Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpreadTodo {
    /// Nothing must be done; look at it.
    Look,
    /// The panel marks the aspect again, blind, once.
    OrderReMark,
    /// It is being marked again.
    WaitForReMark,
    /// The chief gives the number, or lets it stand.
    Decide,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingDisqualification {
    pub entrant: EntrantId,
    pub number: Option<u32>,
    pub violation: Named,
    pub stage: Named,
    pub reported_by: PersonId,
    pub at: Instant,
    pub reason: Option<Digest>,
}

/// A mark that was changed after its sheet was submitted.
#[derive(Clone, Debug, PartialEq)]
pub struct Correction {
    pub seq: u64,
    pub at: Instant,
    pub entrant: EntrantId,
    pub number: Option<u32>,
    pub slot: Slot,
    pub aspect: Named,
    pub before: Option<Value>,
    pub after: Option<Value>,
    pub reason: Digest,
    pub by: PersonId,
    pub second: Option<PersonId>,
}

/// Equals that the chain does not part and that people must put in order.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenTie {
    pub table: TableKey,
    pub rank: u32,
    pub total: Option<Decimal>,
    /// The texts that a decision names them by.
    pub tied: Vec<String>,
}

/// One entrant's marks of one panel side by side: what the chief reads, corrects, and prints.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelSheet {
    pub entrant: EntrantId,
    pub number: Option<u32>,
    pub stage: Named,
    pub panel: Named,
    pub piece: Option<Named>,
    pub attempt: u32,
    pub seats: Vec<SheetCell>,
    pub lines: Vec<PanelLine>,
    pub violations: Vec<ViolationControl>,
    /// Some sheet here is handed in: a violation needs a reason.
    pub submitted: bool,
    /// A correction needs a second person.
    pub signed: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PanelLine {
    pub aspect: Named,
    pub value_id: Option<Id>,
    /// Of several recorded values.
    pub value_title: Option<String>,
    /// One per seat.
    pub marks: Vec<SeatValue>,
    /// The chief's number in place of the panel's.
    pub resolved: Option<Decimal>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SeatValue {
    /// `None` on a vacant seat.
    pub slot: Option<Slot>,
    pub mark: Option<Value>,
    pub corrected: bool,
}
