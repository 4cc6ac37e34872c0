//! Refusals as sentences: what happened, that nothing was lost, and what to do.
//!
//! Things of the definition stand by their ids: whoever has the definition at hand shows its titles beside.

use fluent_bundle::FluentValue;
use rust_decimal::Decimal;

use crate::rules::{
    command::{Dropped, Part, Refusal},
    ledger::entry::Phase,
    names::Id,
};

use super::{Language, indicator, ladder, paper, season, works};

pub(super) type Sentence = (&'static str, Vec<(&'static str, FluentValue<'static>)>);

impl Language {
    pub fn refusal(self, refusal: &Refusal) -> String {
        let (key, values) = self.refusal_sentence(refusal);
        self.say_with(key, &values).into_owned()
    }

    /// Something that a new definition may not drop: `评分项 face（practice）`.
    pub fn dropped(self, dropped: &Dropped) -> String {
        let key = match dropped.part {
            Part::Event => "refusal-dropped-event",
            Part::Group => "refusal-dropped-group",
            Part::Stage => "refusal-dropped-stage",
            Part::Panel => "refusal-dropped-panel",
            Part::Piece => "refusal-dropped-piece",
            Part::Attempt => "refusal-dropped-attempt",
            Part::Aspect => "refusal-dropped-aspect",
            Part::Value => "refusal-dropped-value",
            Part::Violation => "refusal-dropped-violation",
            Part::Indicator => "refusal-dropped-indicator",
            Part::Period => "refusal-dropped-period",
            Part::EventKind => "refusal-dropped-event-kind",
            Part::Collection => "refusal-dropped-collection",
            Part::Grade => "refusal-dropped-grade",
        };
        let what = self.say_with(key, &[("id", dropped.id.to_string().into())]);
        match &dropped.stage {
            None => what.into_owned(),
            Some(stage) => {
                let values = [("what", what.into_owned().into()), ("stage", stage.to_string().into())];
                self.say_with("refusal-dropped-in", &values).into_owned()
            }
        }
    }

    fn refusal_sentence(self, refusal: &Refusal) -> Sentence {
        match refusal {
            Refusal::NoDefinition => ("refusal-no-definition", vec![]),
            Refusal::DefinitionInvalid { problems } => {
                ("refusal-definition-invalid", vec![("problems", plain(problems))])
            }
            Refusal::DefinitionDropsMarked { dropped } => {
                let parts: Vec<String> = dropped.iter().map(|one| self.dropped(one)).collect();
                let parts = parts.join(&self.say("refusal-dropped-and"));
                ("refusal-definition-drops-marked", vec![("parts", parts.into())])
            }
            Refusal::DefinitionAfterMarksNeedsReason => ("refusal-definition-needs-reason", vec![]),
            Refusal::DefinitionUnreadable => ("refusal-definition-unreadable", vec![]),
            Refusal::NotAllowed { role } => {
                ("refusal-not-allowed", vec![("role", self.say(role_key(role)).into_owned().into())])
            }
            Refusal::UnknownEntrant(id) => ("refusal-unknown-entrant", vec![("id", id.to_string().into())]),
            Refusal::UnknownPerson(id) => ("refusal-unknown-person", vec![("id", id.to_string().into())]),
            Refusal::UnknownStage(id) => ("refusal-unknown-stage", vec![("id", id.to_string().into())]),
            Refusal::UnknownPanel(id) => ("refusal-unknown-panel", vec![("id", id.to_string().into())]),
            Refusal::UnknownAspect(id) => ("refusal-unknown-aspect", vec![("id", id.to_string().into())]),
            Refusal::FromPapers(id) => ("refusal-from-papers", vec![("id", id.to_string().into())]),
            Refusal::FromWorks(id) => ("refusal-from-works", vec![("id", id.to_string().into())]),
            Refusal::UnknownViolation(id) => ("refusal-unknown-violation", vec![("id", id.to_string().into())]),
            Refusal::LeaderRecords { violation } => {
                ("refusal-leader-records", vec![("id", violation.to_string().into())])
            }
            Refusal::UnknownAward(id) => ("refusal-unknown-award", vec![("id", id.to_string().into())]),
            Refusal::UnknownEvent(text) => ("refusal-unknown-event", vec![("text", text.clone().into())]),
            Refusal::UnknownGroup(text) => ("refusal-unknown-group", vec![("text", text.clone().into())]),
            Refusal::UnknownUnit(unit) => ("refusal-unknown-unit", vec![("unit", unit.to_string().into())]),
            Refusal::UnknownValue(id) => ("refusal-unknown-value", vec![("id", id.to_string().into())]),
            Refusal::UnknownNumber(number) => ("refusal-unknown-number", vec![("number", plain(number))]),
            Refusal::EntrantHasMarks(id) => ("refusal-entrant-has-marks", vec![("id", id.to_string().into())]),
            // Judges are told these: whoever asks knows the number, and the id could tell who it is.
            Refusal::EntrantOut(_) => ("refusal-entrant-out", vec![]),
            Refusal::NotInStage { entrant: _, stage } => {
                ("refusal-not-in-stage", vec![("stage", stage.to_string().into())])
            }
            Refusal::NotThisJudges { .. } => ("refusal-not-this-judges", vec![]),
            Refusal::OwnUnit { unit } => ("refusal-own-unit", vec![("unit", unit.to_string().into())]),
            Refusal::SeatTaken { seat } => ("refusal-seat-taken", vec![("seat", plain(seat))]),
            Refusal::AlreadySeated { seat } => ("refusal-already-seated", vec![("seat", plain(seat))]),
            Refusal::SeatOutOfRange { seats } => ("refusal-seat-out-of-range", vec![("seats", plain(seats))]),
            Refusal::StageClosed(id) => ("refusal-stage-closed", vec![("id", id.to_string().into())]),
            Refusal::StageNotReady { stage, missing } => {
                ("refusal-stage-not-ready", vec![("stage", stage.to_string().into()), ("missing", plain(missing))])
            }
            Refusal::StageStillOpen(id) => ("refusal-stage-still-open", vec![("id", id.to_string().into())]),
            Refusal::BelowMin { min } => ("refusal-below-min", vec![("min", decimal(min))]),
            Refusal::AboveMax { max } => ("refusal-above-max", vec![("max", decimal(max))]),
            Refusal::NotAStep { min, step } => {
                ("refusal-not-a-step", vec![("min", decimal(min)), ("step", decimal(step))])
            }
            Refusal::ValueMissing => ("refusal-value-missing", vec![]),
            Refusal::ReasonMissing => ("refusal-reason-missing", vec![]),
            Refusal::CorrectionClears => ("refusal-correction-clears", vec![]),
            Refusal::SheetSubmitted => ("refusal-sheet-submitted", vec![]),
            Refusal::SheetNotSubmitted => ("refusal-sheet-not-submitted", vec![]),
            Refusal::SheetIncomplete { missing } => ("refusal-sheet-incomplete", vec![("missing", list(missing))]),
            Refusal::PanelSigned => ("refusal-panel-signed", vec![]),
            Refusal::PanelNotReady { missing, spreads } => {
                ("refusal-panel-not-ready", vec![("missing", plain(missing)), ("spreads", plain(spreads))])
            }
            Refusal::PanelsUnsigned { count } => ("refusal-panels-unsigned", vec![("count", plain(count))]),
            Refusal::NeedsSecondPerson => ("refusal-needs-second-person", vec![]),
            Refusal::SecondIsFirst => ("refusal-second-is-first", vec![]),
            Refusal::SecondNotAllowed => ("refusal-second-not-allowed", vec![]),
            Refusal::SecondByFirst => ("refusal-second-by-first", vec![]),
            Refusal::SecondsCardByFirst => ("refusal-seconds-card-by-first", vec![]),
            Refusal::LastOrganizer => ("refusal-last-organizer", vec![]),
            Refusal::LiaisonNeedsUnit => ("refusal-liaison-needs-unit", vec![]),
            Refusal::ReMarkOnce => ("refusal-re-mark-once", vec![]),
            Refusal::ReMarkFirst => ("refusal-re-mark-first", vec![]),
            Refusal::ReMarkRunning => ("refusal-re-mark-running", vec![]),
            Refusal::NoSpread => ("refusal-no-spread", vec![]),
            Refusal::SeedNotCommitted => ("refusal-seed-not-committed", vec![]),
            Refusal::SeedDiffers => ("refusal-seed-differs", vec![]),
            Refusal::LotsIncomplete { missing } => ("refusal-lots-incomplete", vec![("missing", plain(missing))]),
            Refusal::LotTwice(number) => ("refusal-lot-twice", vec![("number", plain(number))]),
            Refusal::LotsAfterMarks => ("refusal-lots-after-marks", vec![]),
            Refusal::WrongPhase { now, wants } => (
                "refusal-wrong-phase",
                vec![
                    ("now", self.say(phase_key(*now)).into_owned().into()),
                    ("wants", self.say(phase_key(*wants)).into_owned().into()),
                ],
            ),
            Refusal::AlreadyFrozen => ("refusal-already-frozen", vec![]),
            Refusal::NotFrozen => ("refusal-not-frozen", vec![]),
            Refusal::IdentitiesClosed => ("refusal-identities-closed", vec![]),
            Refusal::AwardsUndecided { award } => {
                ("refusal-awards-undecided", vec![("award", award.to_string().into())])
            }
            Refusal::TiesOpen { count } => ("refusal-ties-open", vec![("count", plain(count))]),
            Refusal::NotTied => ("refusal-not-tied", vec![]),
            Refusal::DisqualificationsOpen { count } => {
                ("refusal-disqualifications-open", vec![("count", plain(count))])
            }
            Refusal::NotAWinner(text) => ("refusal-not-a-winner", vec![("text", text.clone().into())]),
            Refusal::NoticeNeedsEnd => ("refusal-notice-needs-end", vec![]),
            Refusal::NoticeRunning { .. } => ("refusal-notice-running", vec![]),
            Refusal::NoEntrants => ("refusal-no-entrants", vec![]),
            Refusal::NothingToDo => ("refusal-nothing-to-do", vec![]),
            Refusal::Ladder(refusal) => ladder::refusal(self, refusal),
            Refusal::Paper(refusal) => paper::refusal(self, refusal),
            Refusal::Indicator(refusal) => indicator::refusal(self, refusal),
            Refusal::Work(refusal) => works::refusal(self, refusal),
            Refusal::Season(refusal) => season::refusal(refusal),
        }
    }
}

/// As text, so that no language groups its digits.
pub(super) fn plain(value: &(impl ToString + ?Sized)) -> FluentValue<'static> {
    value.to_string().into()
}

fn decimal(value: &Decimal) -> FluentValue<'static> {
    value.normalize().to_string().into()
}

fn list(ids: &[Id]) -> FluentValue<'static> {
    ids.iter().map(Id::as_str).collect::<Vec<_>>().join(", ").into()
}

fn role_key(role: &str) -> &'static str {
    match role {
        "chief-judge" => "refusal-role-chief-judge",
        "leader" => "refusal-role-leader",
        "judge" => "refusal-role-judge",
        "checker" => "refusal-role-checker",
        "indicator-owner" => "refusal-role-indicator-owner",
        "figure-reporter" => "refusal-role-figure-reporter",
        "leading-group" => "refusal-role-leading-group",
        _ => "refusal-role-organizer",
    }
}

fn phase_key(phase: Phase) -> &'static str {
    match phase {
        Phase::Draft => "trail-phase-draft",
        Phase::Running => "trail-phase-running",
        Phase::Sealed => "trail-phase-sealed",
        Phase::Announced => "trail-phase-announced",
        Phase::Notice => "trail-phase-notice",
        Phase::Final => "trail-phase-final",
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::ledger::Instant;

    use super::*;

    fn every_part() -> Vec<Dropped> {
        let parts = [
            Part::Event,
            Part::Group,
            Part::Stage,
            Part::Panel,
            Part::Piece,
            Part::Attempt,
            Part::Aspect,
            Part::Value,
            Part::Violation,
            Part::Indicator,
            Part::Period,
            Part::EventKind,
            Part::Collection,
            Part::Grade,
        ];
        parts
            .map(|part| Dropped { part, stage: (part > Part::Stage).then(|| "practice".into()), id: "x".into() })
            .into()
    }

    /// One of each.
    fn every() -> Vec<Refusal> {
        let (id, count) = (|| Id::new("face"), 2_usize);
        vec![
            Refusal::NoDefinition,
            Refusal::DefinitionInvalid { problems: 2 },
            Refusal::DefinitionDropsMarked { dropped: every_part() },
            Refusal::DefinitionAfterMarksNeedsReason,
            Refusal::DefinitionUnreadable,
            Refusal::NotAllowed { role: "leader" },
            Refusal::UnknownEntrant("W1".into()),
            Refusal::UnknownPerson("W1".into()),
            Refusal::UnknownStage("W1".into()),
            Refusal::UnknownPanel("W1".into()),
            Refusal::UnknownAspect("W1".into()),
            Refusal::UnknownViolation("W1".into()),
            Refusal::LeaderRecords { violation: "overtime".into() },
            Refusal::UnknownAward("W1".into()),
            Refusal::UnknownEvent("W1".into()),
            Refusal::UnknownGroup("W1".into()),
            Refusal::UnknownUnit("集团".into()),
            Refusal::UnknownValue("W1".into()),
            Refusal::UnknownNumber(7),
            Refusal::EntrantHasMarks("W1".into()),
            Refusal::EntrantOut("W1".into()),
            Refusal::NotInStage { entrant: "W1".into(), stage: id() },
            Refusal::NotThisJudges { stage: id(), panel: id() },
            Refusal::OwnUnit { unit: "集团/一厂".into() },
            Refusal::SeatTaken { seat: 2 },
            Refusal::AlreadySeated { seat: 2 },
            Refusal::SeatOutOfRange { seats: 2 },
            Refusal::StageClosed("W1".into()),
            Refusal::StageNotReady { stage: id(), missing: count },
            Refusal::StageStillOpen("W1".into()),
            Refusal::BelowMin { min: Decimal::ONE },
            Refusal::AboveMax { max: Decimal::ONE },
            Refusal::NotAStep { min: Decimal::ONE, step: Decimal::ONE },
            Refusal::ValueMissing,
            Refusal::ReasonMissing,
            Refusal::CorrectionClears,
            Refusal::SheetSubmitted,
            Refusal::SheetNotSubmitted,
            Refusal::SheetIncomplete { missing: vec![id(), id()] },
            Refusal::PanelSigned,
            Refusal::PanelNotReady { missing: count, spreads: count },
            Refusal::PanelsUnsigned { count },
            Refusal::NeedsSecondPerson,
            Refusal::SecondIsFirst,
            Refusal::SecondNotAllowed,
            Refusal::SecondByFirst,
            Refusal::SecondsCardByFirst,
            Refusal::LastOrganizer,
            Refusal::LiaisonNeedsUnit,
            Refusal::ReMarkOnce,
            Refusal::ReMarkFirst,
            Refusal::ReMarkRunning,
            Refusal::NoSpread,
            Refusal::SeedNotCommitted,
            Refusal::SeedDiffers,
            Refusal::LotsIncomplete { missing: count },
            Refusal::LotTwice(7),
            Refusal::LotsAfterMarks,
            Refusal::WrongPhase { now: Phase::Draft, wants: Phase::Running },
            Refusal::AlreadyFrozen,
            Refusal::NotFrozen,
            Refusal::IdentitiesClosed,
            Refusal::AwardsUndecided { award: id() },
            Refusal::TiesOpen { count },
            Refusal::NotTied,
            Refusal::DisqualificationsOpen { count },
            Refusal::NotAWinner("W1".into()),
            Refusal::NoticeNeedsEnd,
            Refusal::NoticeRunning { until: Instant(0) },
            Refusal::NoEntrants,
            Refusal::NothingToDo,
            Refusal::FromWorks(id()),
            Refusal::NotAllowed { role: "checker" },
        ]
        .into_iter()
        .chain(ladder::tests::every().into_iter().map(Refusal::Ladder))
        .chain(works::tests::every().into_iter().map(Refusal::Work))
        .chain(indicator::tests::every().into_iter().map(Refusal::Indicator))
        .chain(season::tests::every().into_iter().map(Refusal::Season))
        .chain(["indicator-owner", "figure-reporter", "leading-group"].map(|role| Refusal::NotAllowed { role }))
        .collect()
    }

    #[test]
    fn every_refusal_has_a_sentence_with_all_its_values() {
        for language in Language::ALL {
            for refusal in every() {
                let text = language.refusal(&refusal);
                assert!(!text.starts_with("refusal-"), "{language:?} has no sentence for {refusal:?}");
                assert!(!text.contains('{') && !text.contains("trail-") && !text.contains("refusal-"), "{text}");
                assert!(!text.contains("ladder-"), "{text}");
            }
        }
    }

    #[test]
    fn numbers_stand_as_they_were_meant() {
        let text = Language::En.refusal(&Refusal::NotAStep { min: Decimal::ZERO, step: Decimal::new(50, 2) });
        assert_eq!(
            text,
            "Not on the scale: it goes from 0 in steps of 0.5. The value was not recorded: enter it again."
        );
        let text = Language::Zh.refusal(&Refusal::NotAllowed { role: "chief-judge" });
        assert_eq!(text, "这项操作要由裁判长来做。没有改动任何内容，请找裁判长，或用相应的身份登录。");
    }
}
