//! Awards: quotas that make sense, and somebody to give them to.

use rust_decimal::Decimal;

use super::{Findings, Path, in_order, percent};
use crate::rules::definition::{
    model::{Award, AwardTo, Boundary, Definition, Quota, TieEnd},
    problem::Fact,
};

pub(super) fn check(definition: &Definition, findings: &mut Findings<'_>) {
    for (at, award) in definition.awards.iter().enumerate() {
        let path = Path::default().item("award", at);
        if award.to == AwardTo::Teams && definition.teams.is_none() {
            findings.error(&path.key("to"), Fact::NeedsTeams);
        }
        match &award.quota {
            Quota::Percent { percent: value, .. } => percent(*value, "percent", &path, findings),
            Quota::ByFieldSize(rows) => {
                let from: Vec<u32> = rows.iter().map(|row| row.from).collect();
                in_order(&from, true, &path.key("by-field-size"), findings);
            }
            _ => {}
        }
        if let Some(text) = award.certificate.as_ref().filter(|path| !stays_below(path)) {
            findings.error(&path.key("certificate"), Fact::BadPath { text: text.clone() });
        }
        if let Some(before) = definition.awards[..at].iter().find(|before| takes_all(before, award)) {
            let fact = Fact::NothingToAward { award: award.title.clone(), before: before.title.clone() };
            findings.error(&path, fact);
        }
        // Where ranks may be shared, a tie on the last place will come, and people must be at hand.
        let asked = findings.has(&path.key("boundary"));
        let counted = !matches!(award.quota, Quota::Everyone | Quota::Nominated);
        let shares =
            matches!(award.to, AwardTo::Entrants | AwardTo::Table(_)) && definition.ranking.end == TieEnd::Shared;
        if shares && counted && !asked && award.boundary == Boundary::PeopleDecide {
            findings.warn(&path, Fact::BoundaryOpen { award: award.title.clone() });
        }
    }
    most(definition, findings);
}

/// A template stands below the contests folder.
fn stays_below(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    !path.contains(['\\', ':', '\0']) && parts.iter().all(|part| !part.is_empty() && *part != "." && *part != "..")
}

/// Whether nobody is left for `award` after `before`.
fn takes_all(before: &Award, award: &Award) -> bool {
    let everyone = match &before.quota {
        Quota::Everyone => true,
        Quota::Percent { percent, .. } => *percent == Decimal::ONE_HUNDRED,
        _ => false,
    };
    let unconditional = before.at_least.is_none() && before.only.is_empty() && before.per_unit_most.is_none();
    let same_ladder = award.ladder.is_some() && before.ladder == award.ladder && before.to == award.to;
    everyone && unconditional && same_ladder && award.quota != Quota::Nominated
}

/// More prizes of one ladder than there will be entrants.
fn most(definition: &Definition, findings: &mut Findings<'_>) {
    let Some(timetable) = &definition.timetable else { return };
    let mut given: u64 = 0;
    for (at, award) in definition.awards.iter().enumerate() {
        let (Quota::Count(count), AwardTo::Entrants) = (&award.quota, &award.to) else { continue };
        let alone = award.ladder.is_none();
        let awards = if alone { u64::from(*count) } else { given + u64::from(*count) };
        if !alone {
            given = awards;
        }
        if awards > u64::from(timetable.entrants) {
            let path = Path::default().item("award", at).key("count");
            return findings.warn(&path, Fact::MoreAwardsThanEntrants { awards, entrants: timetable.entrants });
        }
    }
}
