//! Seasons in words: refusals, why a source is not reported, and what their entries say on the trail.

use fluent_bundle::FluentValue;

use super::{
    Language,
    refusal::{Sentence, plain},
    trail::Cast,
};
use crate::rules::{
    ledger::season::{SeasonEntry, SourceReport},
    names::ContestId,
    season::{NotPublic, SeasonRefusal},
};

/// Why a source has nothing to report.
pub fn not_public(language: Language, why: &NotPublic) -> String {
    let (key, values): Sentence = match why {
        NotPublic::NoDefinition => ("season-no-definition", vec![]),
        NotPublic::Hidden => ("season-hidden", vec![]),
        NotPublic::NumbersOnly => ("season-numbers-only", vec![]),
        NotPublic::NoTable(id) => ("season-no-table", vec![("id", plain(id))]),
        NotPublic::NotPublished => ("season-not-published", vec![]),
        NotPublic::LowestFirst => ("season-lowest-first", vec![]),
    };
    language.say_with(key, &values).into_owned()
}

pub(super) fn refusal(refusal: &SeasonRefusal) -> Sentence {
    let id = |id: &dyn std::fmt::Display| vec![("id", FluentValue::from(id.to_string()))];
    match refusal {
        SeasonRefusal::UnknownSource(source) => ("refusal-season-unknown-source", id(source)),
        SeasonRefusal::NotBound(source) => ("refusal-season-not-bound", id(source)),
        SeasonRefusal::AlreadyBound { source, contest } => {
            ("refusal-season-already-bound", vec![("id", plain(source)), ("contest", plain(contest))])
        }
        SeasonRefusal::Circle { path } => {
            let path = path.iter().map(ContestId::as_str).collect::<Vec<_>>().join(" → ");
            ("refusal-season-circle", vec![("path", path.into())])
        }
        SeasonRefusal::NotOrganizerThere { contest } => {
            ("refusal-season-not-organizer", vec![("contest", plain(contest))])
        }
        SeasonRefusal::UnknownContest(contest) => ("refusal-season-unknown-contest", vec![("contest", plain(contest))]),
        SeasonRefusal::FromSource(source) => ("refusal-season-from-source", id(source)),
        SeasonRefusal::OnlySources => ("refusal-season-only-sources", vec![]),
        SeasonRefusal::NoStars => ("refusal-season-no-stars", vec![]),
        SeasonRefusal::UnknownPeriod(period) => ("refusal-indicator-unknown-period", id(period)),
        SeasonRefusal::PeriodDecided(period) => ("refusal-season-period-decided", id(period)),
        SeasonRefusal::PeriodsInOrder { next } => ("refusal-season-periods-in-order", id(next)),
        SeasonRefusal::PeriodRuns { period, last } => {
            ("refusal-season-period-runs", vec![("id", plain(period)), ("last", last.to_string().into())])
        }
        SeasonRefusal::LowestFirst { contest } => ("refusal-season-lowest-first", vec![("contest", plain(contest))]),
        SeasonRefusal::NeverReported(source) => ("refusal-season-never-reported", id(source)),
        SeasonRefusal::Unreadable(source) => ("refusal-season-unreadable", id(source)),
    }
}

pub(super) fn told(entry: &SeasonEntry, cast: &impl Cast) -> Vec<(&'static str, String)> {
    match entry {
        SeasonEntry::SourceBound { source, contest, .. } => {
            vec![("source", cast.title(source)), ("contest", contest.to_string())]
        }
        SeasonEntry::SourceReleased { source, .. } => vec![("source", cast.title(source))],
        SeasonEntry::SourceReported(SourceReport { source, contest, sequence, rows, .. }) => vec![
            ("source", cast.title(source)),
            ("contest", contest.to_string()),
            ("sequence", sequence.to_string()),
            ("count", rows.len().to_string()),
        ],
        SeasonEntry::StarsDecided { period, rows, .. } => {
            let up = rows.iter().filter(|row| row.to > row.from).count();
            let down = rows.iter().filter(|row| row.to < row.from).count();
            vec![("period", cast.title(period)), ("up", up.to_string()), ("down", down.to_string())]
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::rules::names::Id;

    /// One of each.
    pub(in crate::words) fn every() -> Vec<SeasonRefusal> {
        let id = || Id::new("x");
        let contest = || ContestId::new("c");
        vec![
            SeasonRefusal::UnknownSource(id()),
            SeasonRefusal::NotBound(id()),
            SeasonRefusal::AlreadyBound { source: id(), contest: contest() },
            SeasonRefusal::Circle { path: vec![contest()] },
            SeasonRefusal::NotOrganizerThere { contest: contest() },
            SeasonRefusal::UnknownContest(contest()),
            SeasonRefusal::FromSource(id()),
            SeasonRefusal::OnlySources,
            SeasonRefusal::NoStars,
            SeasonRefusal::UnknownPeriod(id()),
            SeasonRefusal::PeriodDecided(id()),
            SeasonRefusal::PeriodsInOrder { next: id() },
            SeasonRefusal::PeriodRuns { period: id(), last: jiff::civil::date(2026, 3, 31) },
            SeasonRefusal::LowestFirst { contest: contest() },
            SeasonRefusal::NeverReported(id()),
            SeasonRefusal::Unreadable(id()),
        ]
    }

    #[test]
    fn whatever_is_not_public_has_a_sentence() {
        let all = [
            NotPublic::NoDefinition,
            NotPublic::Hidden,
            NotPublic::NumbersOnly,
            NotPublic::NoTable(Id::new("x")),
            NotPublic::NotPublished,
            NotPublic::LowestFirst,
        ];
        for language in Language::ALL {
            for why in &all {
                assert!(!not_public(language, why).starts_with("season-"), "{language:?} {why:?}");
            }
        }
    }
}
