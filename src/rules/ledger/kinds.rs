//! Every kind of entry there is, by the name that the ledger keeps.

use super::{indicator::IndicatorEntry, ladder::LadderEntry, paper::PaperEntry, season::SeasonEntry, works::WorkEntry};

/// Those of every contest; what ladders, papers, indicators, collections and seasons add names its own.
const CONTEST: [&str; 32] = [
    "definition-adopted",
    "units-set",
    "entrant-registered",
    "entrant-changed",
    "entrant-renamed",
    "entrant-withdrawn",
    "person-assigned",
    "person-released",
    "seed-committed",
    "lots-drawn",
    "stage-opened",
    "stage-closed",
    "mark-given",
    "mark-corrected",
    "violation-recorded",
    "disqualification-confirmed",
    "disqualification-rejected",
    "sheet-submitted",
    "sheet-returned",
    "re-mark-ordered",
    "spread-resolved",
    "panel-signed",
    "panel-reopened",
    "tie-decided",
    "board-frozen",
    "board-unfrozen",
    "identities-opened",
    "phase-reached",
    "award-decided",
    "awards-announced",
    "award-revoked",
    "certificate-issued",
];

/// In the order of a contest, each once.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    let of_contest = CONTEST.into_iter().chain(LadderEntry::KINDS).chain(PaperEntry::KINDS);
    of_contest.chain(IndicatorEntry::KINDS).chain(WorkEntry::KINDS).chain(SeasonEntry::KINDS)
}
