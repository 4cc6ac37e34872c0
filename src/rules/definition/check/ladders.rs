//! Ladders: what they name exists, nobody sits on a throne that cannot be taken, and judged ones are by themselves.

use std::collections::BTreeSet;

use super::{Findings, Path, in_order, names::one};
use crate::rules::{
    definition::{
        model::Definition,
        problem::{Fact, Thing},
    },
    ladder::rules::{Expires, Format, Range, Rules, Span},
    names::Id,
};

/// As long as a month is at least.
const MONTH_DAYS: u32 = 28;

pub(super) fn check(definition: &Definition, findings: &mut Findings<'_>) {
    for (at, ladder) in definition.ladders.iter().enumerate() {
        let path = Path::default().item("ladder", at);
        known(ladder, definition, &path, findings);
        if let Range::ByPlace(rows) = &ladder.range {
            let path = path.key("range").key("by-place");
            in_order(&rows.iter().map(|row| row.from).collect::<Vec<_>>(), true, &path, findings);
            if let Some(first) = rows.first().filter(|row| row.from > 2) {
                findings.warn(&path.at(0), Fact::ThroneOutOfReach { from: first.from });
            }
        }
        if let Format::Record { expires: Expires::Never, .. } = ladder.format {
            findings.warn(&path.key("records").key("expires"), Fact::ThroneForEver);
        }
        let season_days = ladder.season.as_ref().map(|season| season.months * MONTH_DAYS);
        if let Some(season_days) = season_days.filter(|days| ladder.rest.winner_days >= *days) {
            let protected_days = ladder.rest.winner_days;
            findings.warn(&path.key("rest").key("winner-days"), Fact::ThroneProtected { protected_days, season_days });
        }
        alone(ladder, definition, &path, findings);
        hours(ladder, &path, findings);
        shutdowns(ladder, &path, findings);
    }
}

fn known(ladder: &Rules, d: &Definition, path: &Path, findings: &mut Findings<'_>) {
    let fits = path.key("for");
    let events: Vec<&Id> = d.events.iter().map(|one| &one.id).collect();
    let groups: Vec<&Id> = d.groups.iter().map(|one| &one.id).collect();
    let tests: Vec<&Id> = d.entrants.eligibilities.iter().map(|one| &one.id).collect();
    if let Some(event) = &ladder.fits.event {
        one(Thing::Event, event, &events, &fits.key("event"), findings);
    }
    if let Some(group) = &ladder.fits.group {
        one(Thing::Group, group, &groups, &fits.key("group"), findings);
    }
    for (at, id) in ladder.fits.eligible.iter().enumerate() {
        one(Thing::Eligibility, id, &tests, &fits.item("eligible", at), findings);
    }
    // Without the key something harmless stands in its place, and was reported.
    if let Format::Judged { stage } = &ladder.format
        && findings.has(&path.key("stage"))
    {
        let stages: Vec<&Id> = d.stages.iter().map(|one| &one.id).collect();
        one(Thing::Stage, stage, &stages, &path.key("stage"), findings);
    }
}

/// Challenges are judged at any time, and who stands before the judges for one stands in no table: a stage for that is
/// never over, and a contest whose other stages make a result would wait for it, or seal without it.
fn alone(ladder: &Rules, d: &Definition, path: &Path, findings: &mut Findings<'_>) {
    let Format::Judged { stage } = &ladder.format else { return };
    let is_ladders =
        |id: &Id| d.ladders.iter().any(|one| matches!(&one.format, Format::Judged { stage } if stage == id));
    let known = d.stages.iter().any(|one| one.id == *stage);
    if let Some(other) = d.stages.iter().find(|one| known && !is_ladders(&one.id)) {
        findings.error(&path.key("stage"), Fact::LadderStageAmongOthers { stage: other.title.clone() });
    }
}

/// Every minute of the day is forbidden.
fn hours(ladder: &Rules, path: &Path, findings: &mut Findings<'_>) {
    let minute = |time: jiff::civil::Time| i32::from(time.hour()) * 60 + i32::from(time.minute());
    let mut open: BTreeSet<i32> = (0..24 * 60).collect();
    for hours in &ladder.calendar.forbidden {
        let (from, to) = (minute(hours.from), minute(hours.to));
        open.retain(|at| if from <= to { !(from..to).contains(at) } else { !(*at >= from || *at < to) });
    }
    if open.is_empty() {
        findings.error(&path.key("calendar").key("forbidden"), Fact::NoOpenHours);
    }
}

/// Whatever runs for a shorter time than people are away ends before they are back, or stands still for longer than
/// it runs.
fn shutdowns(ladder: &Rules, path: &Path, findings: &mut Findings<'_>) {
    let days = |closed: &crate::rules::ladder::rules::Closed| {
        let days = (closed.to - closed.from).get_days() + 1;
        u32::try_from(days).unwrap_or(0)
    };
    let Some(longest_days) = ladder.calendar.closed.iter().map(days).max() else { return };
    let in_days = |span: Span| match span {
        Span::Days(days) => days,
        Span::Hours(hours) => hours.div_ceil(24),
    };
    let answer = path.key("answer");
    let record = match ladder.format {
        Format::Record { expires: Expires::Days(days), .. } => Some(("days", days, path.key("records"))),
        _ => None,
    };
    let deadlines = [
        ladder.answer.respond.map(|span| ("respond", in_days(span), answer.clone())),
        // A record is beaten within the hours of one sitting.
        ladder.answer.respond.map(|_| ("play", in_days(ladder.answer.play), answer.clone())),
        ladder.idle.map(|idle| ("idle", idle.days, path.clone())),
        record,
    ];
    for (key, deadline_days, place) in deadlines.into_iter().flatten() {
        if deadline_days < longest_days {
            let place = match key {
                "respond" | "play" => {
                    let own = place.key(&format!("{key}-days"));
                    if findings.has(&own) { own } else { place.key(&format!("{key}-hours")) }
                }
                key => place.key(key),
            };
            let key = key.to_owned();
            findings.warn(&place, Fact::DeadlineInShutdown { key, deadline_days, longest_days });
        }
    }
}
