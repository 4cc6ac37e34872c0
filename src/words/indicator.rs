//! Labor competitions in words: refusals, and what their entries say on the trail.

use fluent_bundle::FluentValue;

use super::{
    Language,
    refusal::{Sentence, plain},
    trail::Cast,
};
use crate::rules::{
    indicators::{Actual, FigureSlot, IndicatorRefusal, PeriodStage, Scope, Severity, UnitChange},
    ledger::indicator::{Document, IndicatorEntry},
    names::{EntrantId, Id},
};

/// 尚未开放, 填报中, …
pub fn stage(language: Language, stage: PeriodStage) -> String {
    let key = match stage {
        PeriodStage::Planned => "indicator-stage-planned",
        PeriodStage::Open => "indicator-stage-open",
        PeriodStage::Closed => "indicator-stage-closed",
        PeriodStage::Collected => "indicator-stage-collected",
        PeriodStage::Signed => "indicator-stage-signed",
        PeriodStage::Published => "indicator-stage-published",
    };
    language.say(key).into_owned()
}

pub fn severity(language: Language, severity: Severity) -> String {
    let key = match severity {
        Severity::Noted => "indicator-severity-noted",
        Severity::Zero => "indicator-severity-zero",
        Severity::Unranked => "indicator-severity-unranked",
    };
    language.say(key).into_owned()
}

/// A figure as people write it: a number, counts by kind, or 不适用.
pub fn actual(language: Language, actual: &Actual, title: impl Fn(&Id) -> String) -> String {
    match actual {
        Actual::Is(number) => number.normalize().to_string(),
        Actual::NotApplicable => language.say("trail-not-applicable").into_owned(),
        Actual::Counts(counts) => {
            let count = |(kind, count): (&Id, &rust_decimal::Decimal)| format!("{} {}", title(kind), count.normalize());
            counts.iter().map(count).collect::<Vec<_>>().join(language.comma())
        }
    }
}

/// 甲、乙合并为丙.
pub fn unit_change(language: Language, what: &UnitChange, name: impl Fn(&EntrantId) -> String) -> String {
    let names = |of: &[&EntrantId]| of.iter().map(|one| name(one)).collect::<Vec<_>>().join(language.comma());
    let said = |key: &str, units: String, into: String| {
        language.say_with(key, &[("units", units.into()), ("into", into.into())]).into_owned()
    };
    match what {
        UnitChange::Merged { units, into } if units.contains(into) => {
            said("unit-change-taken-in", names(&what.ends()), name(into))
        }
        UnitChange::Merged { units, into } => {
            said("unit-change-merged", names(&units.iter().collect::<Vec<_>>()), name(into))
        }
        UnitChange::Split { unit, into } => {
            said("unit-change-split", name(unit), names(&into.iter().collect::<Vec<_>>()))
        }
        UnitChange::Renamed { unit, .. } => said("unit-change-renamed", name(unit), String::new()),
    }
}

pub(super) fn refusal(language: Language, refusal: &IndicatorRefusal) -> Sentence {
    let id = |id: &dyn std::fmt::Display| vec![("id", FluentValue::from(id.to_string()))];
    match refusal {
        IndicatorRefusal::UnknownIndicator(indicator) => ("refusal-indicator-unknown", id(indicator)),
        IndicatorRefusal::UnknownPeriod(period) => ("refusal-indicator-unknown-period", id(period)),
        IndicatorRefusal::NotJudged { entrant, indicator, period } => (
            "refusal-indicator-not-judged",
            vec![("entrant", plain(entrant)), ("indicator", plain(indicator)), ("period", plain(period))],
        ),
        IndicatorRefusal::NoTarget(indicator) => ("refusal-indicator-no-target", id(indicator)),
        IndicatorRefusal::WrongStage { period, now, wants } => (
            "refusal-indicator-stage",
            vec![
                ("period", plain(period)),
                ("now", stage(language, *now).into()),
                ("wants", stage(language, *wants).into()),
            ],
        ),
        IndicatorRefusal::NeedsRevision(period) => ("refusal-indicator-needs-revision", id(period)),
        IndicatorRefusal::NotClosed(period) => ("refusal-indicator-not-closed", id(period)),
        IndicatorRefusal::NoFigure => ("refusal-indicator-no-figure", vec![]),
        IndicatorRefusal::Changed(slot) => (
            "refusal-indicator-changed",
            vec![("entrant", plain(&slot.entrant)), ("indicator", plain(&slot.indicator))],
        ),
        IndicatorRefusal::AlreadyChecked => ("refusal-indicator-already-checked", vec![]),
        IndicatorRefusal::Returned => ("refusal-indicator-returned", vec![]),
        IndicatorRefusal::Unfit { kinds } if kinds.is_empty() => ("refusal-indicator-number", vec![]),
        IndicatorRefusal::Unfit { kinds } => {
            let kinds = kinds.iter().map(Id::as_str).collect::<Vec<_>>().join(language.comma());
            ("refusal-indicator-counts", vec![("kinds", kinds.into())])
        }
        IndicatorRefusal::OutsideSheet { full } => {
            ("refusal-indicator-sheet", vec![("full", plain(&full.normalize()))])
        }
        IndicatorRefusal::Unchecked { count } => ("refusal-indicator-unchecked", vec![("count", plain(count))]),
        IndicatorRefusal::UnknownVeto(veto) => ("refusal-indicator-unknown-veto", id(veto)),
        IndicatorRefusal::VetoTwice(veto) => ("refusal-indicator-veto-twice", id(veto)),
        IndicatorRefusal::VetoOver => ("refusal-indicator-veto-over", vec![]),
        IndicatorRefusal::NoTargets => ("refusal-indicator-no-targets", vec![]),
        IndicatorRefusal::TargetTwice => ("refusal-indicator-target-twice", vec![]),
        IndicatorRefusal::UnitNotThere { entrant, period } => {
            ("refusal-unit-not-there", vec![("entrant", plain(entrant)), ("period", plain(period))])
        }
        IndicatorRefusal::TooFewUnits => ("refusal-unit-too-few", vec![]),
        IndicatorRefusal::UnitTwice => ("refusal-unit-twice", vec![]),
        IndicatorRefusal::ChangeInClosed { period, from, ended } => {
            ("refusal-unit-in-closed", vec![("period", plain(period)), ("from", plain(from)), ("ended", plain(ended))])
        }
        IndicatorRefusal::ChangedLater { number, from } => {
            ("refusal-unit-changed-later", vec![("number", plain(number)), ("from", plain(from))])
        }
        IndicatorRefusal::UnitEnded { entrant, since } => {
            ("refusal-unit-ended", vec![("entrant", plain(entrant)), ("since", plain(since))])
        }
        IndicatorRefusal::UnitNotBegun { entrant, since } => {
            ("refusal-unit-not-begun", vec![("entrant", plain(entrant)), ("since", plain(since))])
        }
        IndicatorRefusal::UnitBegunAlready { entrant } => {
            ("refusal-unit-begun-already", vec![("entrant", plain(entrant))])
        }
        IndicatorRefusal::UnitHasPast { entrant } => ("refusal-unit-has-past", vec![("entrant", plain(entrant))]),
        IndicatorRefusal::UnitsOfGroups { one, other } => {
            ("refusal-unit-groups", vec![("one", plain(one)), ("other", plain(other))])
        }
        IndicatorRefusal::UnknownChange { number } => ("refusal-unit-unknown-change", vec![("number", plain(number))]),
        IndicatorRefusal::ChangeOver { number } => ("refusal-unit-change-over", vec![("number", plain(number))]),
    }
}

type Told = Vec<(&'static str, String)>;

pub(super) fn told(language: Language, entry: &IndicatorEntry, cast: &impl Cast) -> Told {
    match entry {
        IndicatorEntry::TargetsSet { targets, document, .. } => {
            vec![("count", targets.len().to_string()), ("dated", dated(document))]
        }
        IndicatorEntry::FigureReported { slot, actual: is, .. }
        | IndicatorEntry::FigureChecked { slot, actual: is, .. }
        | IndicatorEntry::FigureRevised { slot, actual: is, .. } => {
            let mut told = of_slot(slot, cast);
            told.push(("value", actual(language, is, |id| cast.title(id))));
            told
        }
        IndicatorEntry::FigureReturned { slot, .. } => of_slot(slot, cast),
        IndicatorEntry::PeriodOpened { period, .. }
        | IndicatorEntry::PeriodClosed { period, .. }
        | IndicatorEntry::PeriodCollected { period, .. }
        | IndicatorEntry::PeriodSigned { period, .. } => vec![("period", cast.title(period))],
        IndicatorEntry::PeriodPublished { period, rows, .. } => {
            vec![("period", cast.title(period)), ("count", rows.len().to_string())]
        }
        IndicatorEntry::VetoSet { veto, what, document, .. } => vec![
            ("veto", veto.to_string()),
            ("entrant", cast.entrant(&what.entrant)),
            ("severity", severity(language, what.severity)),
            ("scope", scope(language, &what.scope, cast)),
            ("dated", dated(document)),
        ],
        IndicatorEntry::VetoReleased { veto, document, .. } => {
            vec![("veto", veto.to_string()), ("dated", dated(document))]
        }
        IndicatorEntry::UnitsChanged { what, from, document, .. } => vec![
            ("change", unit_change(language, what, |id| cast.entrant(id))),
            ("from", from.to_string()),
            ("dated", dated(document)),
        ],
        IndicatorEntry::UnitsChangeRevoked { number, document, .. } => {
            vec![("number", number.to_string()), ("dated", dated(document))]
        }
    }
}

fn of_slot(slot: &FigureSlot, cast: &impl Cast) -> Told {
    vec![
        ("entrant", cast.entrant(&slot.entrant)),
        ("indicator", cast.title(&slot.indicator)),
        ("period", cast.title(&slot.period)),
    ]
}

fn dated(document: &Document) -> String {
    document.dated.to_string()
}

fn scope(language: Language, scope: &Scope, cast: &impl Cast) -> String {
    match scope {
        Scope::Indicator { indicator, period } => format!("{} · {}", cast.title(period), cast.title(indicator)),
        Scope::Period { period } => cast.title(period),
        Scope::Award { award } => cast.title(award),
        Scope::Contest => language.say("indicator-scope-contest").into_owned(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use rust_decimal::Decimal;

    use super::*;

    /// One of each.
    pub(in crate::words) fn every() -> Vec<IndicatorRefusal> {
        let id = || Id::new("x");
        let day = || jiff::civil::date(2026, 3, 1);
        vec![
            IndicatorRefusal::UnknownIndicator(id()),
            IndicatorRefusal::UnknownPeriod(id()),
            IndicatorRefusal::NotJudged { entrant: "A".into(), indicator: id(), period: id() },
            IndicatorRefusal::NoTarget(id()),
            IndicatorRefusal::WrongStage { period: id(), now: PeriodStage::Planned, wants: PeriodStage::Open },
            IndicatorRefusal::NeedsRevision(id()),
            IndicatorRefusal::NotClosed(id()),
            IndicatorRefusal::NoFigure,
            IndicatorRefusal::Changed(FigureSlot { entrant: "A".into(), indicator: id(), period: id() }),
            IndicatorRefusal::AlreadyChecked,
            IndicatorRefusal::Returned,
            IndicatorRefusal::Unfit { kinds: vec![] },
            IndicatorRefusal::Unfit { kinds: vec![id()] },
            IndicatorRefusal::OutsideSheet { full: Decimal::ONE_HUNDRED },
            IndicatorRefusal::Unchecked { count: 2 },
            IndicatorRefusal::UnknownVeto("v".into()),
            IndicatorRefusal::VetoTwice("v".into()),
            IndicatorRefusal::VetoOver,
            IndicatorRefusal::NoTargets,
            IndicatorRefusal::TargetTwice,
            IndicatorRefusal::UnitNotThere { entrant: "A".into(), period: id() },
            IndicatorRefusal::TooFewUnits,
            IndicatorRefusal::UnitTwice,
            IndicatorRefusal::ChangeInClosed { period: id(), from: day(), ended: day() },
            IndicatorRefusal::ChangedLater { number: 1, from: day() },
            IndicatorRefusal::UnitEnded { entrant: "A".into(), since: day() },
            IndicatorRefusal::UnitNotBegun { entrant: "A".into(), since: day() },
            IndicatorRefusal::UnitBegunAlready { entrant: "A".into() },
            IndicatorRefusal::UnitHasPast { entrant: "A".into() },
            IndicatorRefusal::UnitsOfGroups { one: "A".into(), other: "B".into() },
            IndicatorRefusal::UnknownChange { number: 1 },
            IndicatorRefusal::ChangeOver { number: 1 },
        ]
    }

    #[test]
    fn a_change_of_units_is_said_as_what_it_is() {
        let ids = |text: &str| text.split(' ').map(Into::into).collect::<Vec<EntrantId>>();
        let said = |what: &UnitChange| unit_change(Language::Zh, what, |id| format!("{id}车间"));
        assert_eq!(said(&UnitChange::Merged { units: ids("甲 乙"), into: "丙".into() }), "甲车间、乙车间合并为丙车间");
        assert_eq!(said(&UnitChange::Merged { units: ids("甲 乙"), into: "甲".into() }), "乙车间并入甲车间");
        assert_eq!(said(&UnitChange::Split { unit: "甲".into(), into: ids("乙 丙") }), "甲车间分立为乙车间、丙车间");
    }

    #[test]
    fn a_figure_is_written_as_people_write_it() {
        let titled = |id: &Id| format!("《{id}》");
        let counts = [("false", 2), ("verified", 5)].map(|(id, count)| (id.into(), Decimal::from(count)));
        let said = |is: &Actual| actual(Language::Zh, is, titled);
        assert_eq!(said(&Actual::Counts(counts.into())), "《false》 2、《verified》 5");
        assert_eq!(said(&Actual::Is(Decimal::new(1050, 2))), "10.5");
        assert_eq!(said(&Actual::NotApplicable), "不适用");
    }
}
