//! The audit trail as sentences: what an entry says, without who did it, when, and why, which stand beside it.
//!
//! Names come through a [`Cast`], so that nothing here decides who may be named.

use super::{Language, indicator, ladder, paper, season, works};
use crate::rules::{
    field::{TieSettledBy, Value},
    ledger::{
        Entry, Instant,
        entry::{Digest, LotMethod, MarkValue, Phase, Role},
    },
    names::{EntrantId, Id, PersonId},
};

/// How things are called on the trail.
pub trait Cast {
    fn person(&self, person: &PersonId) -> String;
    fn entrant(&self, entrant: &EntrantId) -> String;
    /// A tied or awarded one by the text that entries name it by.
    fn who(&self, text: &str) -> String;
    /// A thing of the definition.
    fn title(&self, id: &Id) -> String;
    /// In the contest's time zone.
    fn moment(&self, at: Instant) -> String;
}

/// The kind, for a filter.
pub fn kind(language: Language, kind: &str) -> String {
    language.say(&format!("trail-kind-{kind}")).into_owned()
}

pub fn phase(language: Language, phase: Phase) -> String {
    let key = match phase {
        Phase::Draft => "trail-phase-draft",
        Phase::Running => "trail-phase-running",
        Phase::Sealed => "trail-phase-sealed",
        Phase::Announced => "trail-phase-announced",
        Phase::Notice => "trail-phase-notice",
        Phase::Final => "trail-phase-final",
    };
    language.say(key).into_owned()
}

/// A role with its place: 外观评分组裁判（3 号席）.
pub fn role(language: Language, role: &Role, cast: &impl Cast) -> String {
    let teller = Teller { language, cast };
    match role {
        Role::Organizer => teller.say("trail-role-organizer", &[]),
        Role::ChiefJudge => teller.say("trail-role-chief-judge", &[]),
        Role::Liaison => teller.say("trail-role-liaison", &[]),
        Role::LeadingGroup => teller.say("trail-role-leading-group", &[]),
        Role::IndicatorOwner { indicator } => {
            teller.say("trail-role-indicator-owner", &[("indicator", cast.title(indicator))])
        }
        Role::Checker { collection, branch } => {
            let mut place = cast.title(collection);
            place.extend(branch.iter().flat_map(|branch| [" · ", branch.as_str()]));
            teller.say("trail-role-checker", &[("place", place)])
        }
        Role::WorkJudge { collection } => {
            teller.say("trail-role-work-judge", &[("collection", cast.title(collection))])
        }
        Role::Leader { stage, panel } => {
            teller.say("trail-role-leader", &[("place", teller.place(&[Some(stage), Some(panel)]))])
        }
        Role::Judge { stage, panel, seat, event, group } => {
            let place = teller.place(&[Some(stage), Some(panel), event.as_ref(), group.as_ref()]);
            teller.say("trail-role-judge", &[("place", place), ("seat", seat.to_string())])
        }
    }
}

/// What an entry says.
pub fn sentence(language: Language, entry: &Entry, cast: &impl Cast) -> String {
    Teller { language, cast }.tell(entry)
}

struct Teller<'c, C> {
    language: Language,
    cast: &'c C,
}

impl<C: Cast> Teller<'_, C> {
    fn tell(&self, entry: &Entry) -> String {
        let key = format!("trail-{}", entry.kind());
        let (key, values) = match entry {
            Entry::LotsDrawn { method: LotMethod::Seed { .. }, numbers, .. } => {
                ("trail-lots-drawn-seed".to_owned(), vec![("count", numbers.len().to_string())])
            }
            Entry::LotsDrawn { method: LotMethod::Hand { witness }, numbers, .. } => {
                let values = vec![("count", numbers.len().to_string()), ("witness", witness.clone())];
                ("trail-lots-drawn-hand".to_owned(), values)
            }
            Entry::PhaseReached { phase: reached, until: Some(until), .. } => {
                let values = vec![("phase", phase(self.language, *reached)), ("until", self.cast.moment(*until))];
                ("trail-phase-reached-until".to_owned(), values)
            }
            Entry::Ladder(entry) => (key, ladder::told(self.language, entry, self.cast)),
            Entry::Paper(entry) => (key, paper::told(self.language, entry, self.cast)),
            Entry::Indicator(entry) => (key, indicator::told(self.language, entry, self.cast)),
            Entry::Work(entry) => (key, works::told(self.language, entry, self.cast)),
            Entry::Season(entry) => (key, season::told(entry, self.cast)),
            entry => (key, self.preparing(entry).or_else(|| self.marking(entry)).unwrap_or_else(|| self.ending(entry))),
        };
        self.say(&key, &values)
    }

    /// Definition, entrants, people, lots.
    fn preparing(&self, entry: &Entry) -> Option<Vec<(&'static str, String)>> {
        Some(match entry {
            Entry::DefinitionAdopted { digest, .. } | Entry::SeedCommitted { digest, .. } => {
                vec![("digest", short(digest))]
            }
            Entry::UnitsSet { units, .. } => vec![("count", units.len().to_string())],
            Entry::EntrantRegistered { entrant, .. }
            | Entry::EntrantChanged { entrant, .. }
            | Entry::EntrantRenamed { entrant, .. }
            | Entry::EntrantWithdrawn { entrant, .. } => vec![("entrant", self.cast.entrant(entrant))],
            Entry::PersonAssigned { person, role: held, .. } | Entry::PersonReleased { person, role: held, .. } => {
                vec![("person", self.cast.person(person)), ("role", role(self.language, held, self.cast))]
            }
            Entry::StageOpened { stage, group, .. } | Entry::StageClosed { stage, group, .. } => {
                vec![("place", self.place(&[Some(stage), group.as_ref()]))]
            }
            _ => return None,
        })
    }

    /// Marks, sheets, panels.
    fn marking(&self, entry: &Entry) -> Option<Vec<(&'static str, String)>> {
        Some(match entry {
            Entry::MarkGiven { entrant, slot, value, .. } | Entry::MarkCorrected { entrant, slot, value, .. } => {
                let place = [Some(&slot.stage), slot.piece.as_ref(), Some(&slot.aspect), slot.value.as_ref()];
                vec![
                    ("entrant", self.cast.entrant(entrant)),
                    ("place", self.place(&place)),
                    ("value", self.mark(*value)),
                ]
            }
            Entry::ViolationRecorded { entrant, slot, count, .. } => vec![
                ("entrant", self.cast.entrant(entrant)),
                ("place", self.place(&[Some(&slot.stage), slot.piece.as_ref(), Some(&slot.violation)])),
                ("count", count.to_string()),
            ],
            Entry::DisqualificationConfirmed { entrant, violation, .. }
            | Entry::DisqualificationRejected { entrant, violation, .. } => {
                vec![("entrant", self.cast.entrant(entrant)), ("violation", self.cast.title(violation))]
            }
            Entry::SheetSubmitted { sheet, .. } | Entry::SheetReturned { sheet, .. } => vec![
                ("entrant", self.cast.entrant(&sheet.entrant)),
                ("place", self.place(&[Some(&sheet.stage), Some(&sheet.panel), sheet.piece.as_ref()])),
                ("person", self.cast.person(&sheet.judge)),
            ],
            Entry::ReMarkOrdered { entrant, slot, .. } | Entry::SpreadResolved { entrant, slot, .. } => {
                let points = match entry {
                    Entry::SpreadResolved { points: Some(points), .. } => points.normalize().to_string(),
                    _ => self.say("trail-as-computed", &[]),
                };
                let place = self.place(&[Some(&slot.stage), slot.piece.as_ref(), Some(&slot.aspect)]);
                vec![("entrant", self.cast.entrant(entrant)), ("place", place), ("value", points)]
            }
            Entry::PanelSigned { stage, panel, group, .. } | Entry::PanelReopened { stage, panel, group, .. } => {
                vec![("place", self.place(&[Some(stage), Some(panel), group.as_ref()]))]
            }
            _ => return None,
        })
    }

    /// Ties, phases, awards.
    fn ending(&self, entry: &Entry) -> Vec<(&'static str, String)> {
        match entry {
            Entry::TieDecided { decision, .. } => {
                let how = match decision.by {
                    TieSettledBy::Lots => "trail-lots-by-lots",
                    TieSettledBy::PlayOff => "trail-lots-by-play-off",
                    TieSettledBy::People => "trail-lots-by-people",
                };
                vec![("how", self.say(how, &[])), ("order", self.listed(&decision.order))]
            }
            Entry::PhaseReached { phase: reached, .. } => vec![("phase", phase(self.language, *reached))],
            Entry::AwardDecided { award, to, .. } => {
                vec![("award", self.cast.title(award)), ("order", self.listed(to))]
            }
            Entry::AwardsAnnounced { awards, .. } => vec![("count", awards.len().to_string())],
            Entry::AwardRevoked { award, from, .. } => {
                vec![("award", self.cast.title(award)), ("entrant", self.cast.who(from))]
            }
            Entry::CertificateIssued { serial, award, to, .. } => {
                vec![("serial", serial.clone()), ("award", self.cast.title(award)), ("entrant", self.cast.who(to))]
            }
            _ => Vec::new(),
        }
    }

    fn mark(&self, value: MarkValue) -> String {
        match value {
            MarkValue::Is(Value::Number(number)) => number.normalize().to_string(),
            MarkValue::Is(Value::Absent) => self.say("trail-absent", &[]),
            MarkValue::Is(Value::NotApplicable) => self.say("trail-not-applicable", &[]),
            MarkValue::Cleared => self.say("trail-cleared", &[]),
        }
    }

    /// Titles from the outside in.
    fn place(&self, parts: &[Option<&Id>]) -> String {
        let titles: Vec<String> = parts.iter().flatten().map(|id| self.cast.title(id)).collect();
        titles.join(" · ")
    }

    fn listed(&self, order: &[String]) -> String {
        let names: Vec<String> = order.iter().map(|text| self.cast.who(text)).collect();
        names.join(self.language.comma())
    }

    fn say(&self, key: &str, values: &[(&'static str, String)]) -> String {
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        self.language.say_with(key, &values).into_owned()
    }
}

/// Enough of a digest to compare by eye.
fn short(digest: &Digest) -> String {
    digest.0.chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::rules::{
        field::Slot,
        ledger::{entry::SheetKey, kinds},
    };

    struct Plain;

    impl Cast for Plain {
        fn person(&self, person: &PersonId) -> String {
            format!("人{person}")
        }
        fn entrant(&self, entrant: &EntrantId) -> String {
            format!("{entrant} 号")
        }
        fn who(&self, text: &str) -> String {
            text.to_owned()
        }
        fn title(&self, id: &Id) -> String {
            format!("《{id}》")
        }
        fn moment(&self, _: Instant) -> String {
            "2026-05-08".to_owned()
        }
    }

    #[test]
    fn every_kind_has_its_words_in_every_language() {
        for language in Language::ALL {
            for name in kinds() {
                assert_ne!(kind(language, name), format!("trail-kind-{name}"), "{language:?}");
            }
        }
    }

    #[test]
    fn an_entry_is_told_with_its_place() {
        let by = PersonId::new("p1");
        let slot = Slot {
            stage: Id::new("practice"),
            piece: Some(Id::new("pipe")),
            attempt: 1,
            aspect: Id::new("face"),
            value: None,
            judge: Some(by.clone()),
        };
        let value = MarkValue::Is(Value::Number(Decimal::new(2750, 2)));
        let entry = Entry::MarkGiven { entrant: EntrantId::new("17"), slot, value, by: by.clone() };
        assert_eq!(sentence(Language::Zh, &entry, &Plain), "17 号，《practice》 · 《pipe》 · 《face》：27.5");
        let sheet = SheetKey {
            judge: by.clone(),
            stage: Id::new("practice"),
            panel: Id::new("floor"),
            entrant: EntrantId::new("3"),
            piece: None,
            attempt: 1,
        };
        let entry = Entry::SheetReturned { sheet, by: by.clone(), reason: Digest(String::new()) };
        assert_eq!(sentence(Language::Zh, &entry, &Plain), "把 3 号的评分表（《practice》 · 《floor》）退回 人p1");
        let entry = Entry::PhaseReached { phase: Phase::Notice, by, until: Some(Instant(0)) };
        assert_eq!(sentence(Language::Zh, &entry, &Plain), "竞赛进入“公示中”，至 2026-05-08");
    }

    #[test]
    fn a_role_is_told_with_panel_and_seat() {
        let judge = Role::Judge {
            stage: Id::new("practice"),
            panel: Id::new("floor"),
            seat: 2,
            event: None,
            group: Some(Id::new("men")),
        };
        let told = role(Language::En, &judge, &Plain);
        assert_eq!(told, "judge of 《practice》 · 《floor》 · 《men》, seat 2");
    }
}
