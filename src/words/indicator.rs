//! Labor competitions in words: refusals, and what their entries say on the trail.

use fluent_bundle::FluentValue;

use super::{
    Language,
    refusal::{Sentence, plain},
    trail::Cast,
};
use crate::rules::{
    indicators::{Actual, FigureSlot, IndicatorRefusal, PeriodStage, Scope, Severity},
    ledger::indicator::{Document, IndicatorEntry},
    names::Id,
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
        vec![
            IndicatorRefusal::UnknownIndicator(id()),
            IndicatorRefusal::UnknownPeriod(id()),
            IndicatorRefusal::NotJudged { entrant: "A".into(), indicator: id(), period: id() },
            IndicatorRefusal::NoTarget(id()),
            IndicatorRefusal::WrongStage { period: id(), now: PeriodStage::Planned, wants: PeriodStage::Open },
            IndicatorRefusal::NeedsRevision(id()),
            IndicatorRefusal::NotClosed(id()),
            IndicatorRefusal::NoFigure,
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
        ]
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
