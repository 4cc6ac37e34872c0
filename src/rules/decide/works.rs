//! In collections: works handed in, mended and withdrawn by workers; checked; dealt to judges and marked; closed.

use rust_decimal::Decimal;

use super::Case;
use crate::rules::{
    command::Refusal,
    draw::{Chance, Seed},
    ledger::{
        Entry,
        entry::{Digest, Phase, Role},
        works::{Content, Outcome, WorkEntry},
    },
    names::{EntrantId, Id, PersonId, UnitPath, WorkId},
    works::{self, Act, Closedness, Rules, Stand, Work, WorkRefusal as No},
};

type Decided = Result<Vec<Entry>, Refusal>;

fn refuse<T>(refusal: No) -> Result<T, Refusal> {
    Err(Refusal::Work(refusal))
}

#[expect(clippy::unnecessary_wraps, reason = "every decision ends with it")]
fn one(entry: WorkEntry) -> Decided {
    Ok(vec![Entry::Work(entry)])
}

impl Case<'_> {
    pub(super) fn on_works(&self, act: &Act) -> Decided {
        match act {
            Act::Submit { work, collection, content } => self.submit_work(work, collection, content),
            Act::Mend { work, content } => self.mend_work(work, content),
            Act::Withdraw { work } => {
                let known = self.own_work(work)?;
                match known.stand {
                    Stand::Checked | Stand::Withdrawn => refuse(No::Fixed),
                    // What repeats it would repeat nothing.
                    Stand::Waiting | Stand::Returned if self.is_original(work, &known.collection) => {
                        refuse(No::IsOriginal)
                    }
                    Stand::Waiting | Stand::Returned => {
                        one(WorkEntry::WorkWithdrawn { work: work.clone(), by: self.by() })
                    }
                }
            }
            Act::Check { work, outcome, reason } => self.check_work(work, outcome, reason.as_ref()),
            Act::Deal { collection, draw, seed } => self.deal_works(collection, draw, seed),
            Act::Mark { work, mark } => self.mark_work(work, *mark),
            Act::Erase { work, what, reason, second } => self.erase_of_work(work, what, reason, second),
            Act::Close { collection } => self.close_collection(collection),
            Act::Reopen { collection, reason } => {
                self.organizer()?;
                self.phase(Phase::Running)?;
                self.collection(collection)?;
                if !self.state.works.is_closed(collection) {
                    return refuse(No::NotClosed(collection.clone()));
                }
                let (collection, reason) = (collection.clone(), reason.clone());
                one(WorkEntry::CollectionReopened { collection, reason, by: self.by() })
            }
        }
    }

    pub(super) fn collection(&self, id: &Id) -> Result<&Rules, Refusal> {
        let found = self.rules()?.definition.collections.iter().find(|rules| rules.id == *id);
        found.ok_or_else(|| Refusal::Work(No::UnknownCollection(id.clone())))
    }

    fn open_collection(&self, id: &Id) -> Result<&Rules, Refusal> {
        self.phase(Phase::Running)?;
        let rules = self.collection(id)?;
        if self.state.works.is_closed(id) { refuse(No::Closed(id.clone())) } else { Ok(rules) }
    }

    fn work(&self, id: &WorkId) -> Result<&Work, Refusal> {
        self.state.works.by_id.get(id).ok_or_else(|| Refusal::Work(No::UnknownWork(id.clone())))
    }

    /// Of whoever acts, in an open collection.
    fn own_work(&self, id: &WorkId) -> Result<&Work, Refusal> {
        let work = self.work(id)?;
        if self.actor.entrant.as_ref() != Some(&work.entrant) {
            return refuse(No::NotYours);
        }
        self.open_collection(&work.collection)?;
        Ok(work)
    }

    fn unit_of(&self, entrant: &EntrantId) -> Option<&UnitPath> {
        self.state.entrant(entrant)?.unit.as_ref()
    }

    fn submit_work(&self, work: &WorkId, collection: &Id, content: &Content) -> Decided {
        let rules = self.open_collection(collection)?;
        let Some(entrant) = self.actor.entrant.as_ref() else { return refuse(No::NoEntrant) };
        self.entrant_in(entrant)?;
        match works::openness(rules, self.now) {
            Ok(()) => {}
            Err(Closedness::NotYet { opens }) => return refuse(No::NotOpenYet { opens }),
            Err(Closedness::Over { closed }) => return refuse(No::Over { closed }),
        }
        if self.state.works.by_id.contains_key(work) {
            return refuse(No::WorkTwice);
        }
        rules.fits_pictures(content.pictures.len()).map_err(Refusal::Work)?;
        // Those withdrawn count too: the limit is there to keep a flood out.
        let today = works::day(rules, self.now);
        let handed_in = self.state.works.of(collection, entrant).filter(|(_, own)| works::day(rules, own.at) == today);
        let most = rules.limits.per_day;
        if handed_in.count() >= most as usize {
            return refuse(No::DayFull { most });
        }
        one(WorkEntry::WorkSubmitted {
            work: work.clone(),
            collection: collection.clone(),
            entrant: entrant.clone(),
            content: content.clone(),
            by: self.by(),
        })
    }

    /// Also after the last day: whoever is asked for more may give it.
    fn mend_work(&self, work: &WorkId, content: &Content) -> Decided {
        let known = self.own_work(work)?;
        match known.stand {
            Stand::Returned => {}
            Stand::Waiting => return refuse(No::NotReturned),
            Stand::Checked | Stand::Withdrawn => return refuse(No::Fixed),
        }
        let rules = self.collection(&known.collection)?;
        rules.fits_pictures(content.pictures.len()).map_err(Refusal::Work)?;
        one(WorkEntry::WorkMended { work: work.clone(), content: content.clone(), by: self.by() })
    }

    fn check_work(&self, id: &WorkId, outcome: &Outcome, reason: Option<&Digest>) -> Decided {
        let work = self.work(id)?;
        let unit = self.unit_of(&work.entrant);
        if !works::is_checker(self.state, self.actor, &work.collection, unit) {
            let role = Role::Checker { collection: work.collection.clone(), branch: None };
            let of_another = self.state.people.roles(&self.actor.person).iter().any(|held| {
                matches!((held, &role), (Role::Checker { collection: one, .. }, Role::Checker { collection: other, .. }) if one == other)
            });
            return if of_another { refuse(No::OtherBranch) } else { Err(Refusal::NotAllowed { role: "checker" }) };
        }
        if self.actor.entrant.as_ref() == Some(&work.entrant) {
            return refuse(No::OwnWork);
        }
        let rules = self.open_collection(&work.collection)?;
        if work.stand == Stand::Withdrawn {
            return refuse(No::Withdrawn);
        }
        if work.stand != Stand::Waiting && work.checks.last().is_some_and(|last| last.outcome == *outcome) {
            return Err(Refusal::NothingToDo);
        }
        match outcome {
            Outcome::Accepted { grade } => self.fits_grade(rules, grade.as_ref())?,
            Outcome::Duplicate { of } => self.original(id, work, of)?,
            Outcome::Declined | Outcome::Untrue | Outcome::Returned => {}
        }
        let told = matches!(outcome, Outcome::Declined | Outcome::Untrue | Outcome::Returned);
        let again = work.stand != Stand::Waiting;
        if (told || again) && reason.is_none() {
            return Err(Refusal::ReasonMissing);
        }
        one(WorkEntry::WorkChecked {
            work: id.clone(),
            outcome: outcome.clone(),
            reason: reason.cloned(),
            by: self.by(),
        })
    }

    #[expect(clippy::unused_self, reason = "one of the questions of a check")]
    fn fits_grade(&self, rules: &Rules, grade: Option<&Id>) -> Result<(), Refusal> {
        match grade {
            None if rules.grades.is_empty() => Ok(()),
            None => refuse(No::GradeNeeded { known: rules.grades.iter().map(|grade| grade.id.clone()).collect() }),
            Some(grade) if rules.grade(grade).is_some() => Ok(()),
            Some(grade) => refuse(No::UnknownGrade(grade.clone())),
        }
    }

    fn is_original(&self, id: &WorkId, collection: &Id) -> bool {
        let mut all = self.state.works.of_collection(collection);
        all.any(|(_, work)| matches!(work.outcome(), Some(Outcome::Duplicate { of }) if of == id))
    }

    /// What a duplicate is a duplicate of stands by itself.
    fn original(&self, id: &WorkId, work: &Work, of: &WorkId) -> Result<(), Refusal> {
        let original = self.work(of)?;
        let stands =
            original.stand != Stand::Withdrawn && !matches!(original.outcome(), Some(Outcome::Duplicate { .. }));
        if of == id || original.collection != work.collection || !stands { refuse(No::NotAnOriginal) } else { Ok(()) }
    }

    fn deal_works(&self, collection: &Id, draw: &Id, seed: &str) -> Decided {
        self.organizer()?;
        let rules = self.open_collection(collection)?;
        let Some(judging) = &rules.judging else { return refuse(No::NoJudging(collection.clone())) };
        let committed = self.state.seeds.get(draw).filter(|seed| !seed.used).ok_or(Refusal::SeedNotCommitted)?;
        let parsed = Seed::parse(seed).filter(|seed| seed.commitment() == committed.digest);
        let parsed = parsed.ok_or(Refusal::SeedDiffers)?;
        let undealt = works::undealt(self.state, collection);
        if undealt.is_empty() {
            return refuse(No::NothingToDeal);
        }
        let judges = works::able(self.state, collection);
        let mut chance = Chance::new(&parsed, &works::deal_label(collection, draw));
        let (each, codes) = (judging.panel.judges, self.state.works.last_code(collection));
        match works::deal(&mut chance, &undealt, &judges, each, codes) {
            Err(few) => refuse(No::TooFewJudges { works: few.works, judges: each, most: few.most }),
            Ok(works) => one(WorkEntry::WorksDealt {
                collection: collection.clone(),
                draw: draw.clone(),
                seed: seed.to_owned(),
                works,
                by: self.by(),
            }),
        }
    }

    fn mark_work(&self, id: &WorkId, mark: Decimal) -> Decided {
        let work = self.work(id)?;
        let holds = Role::WorkJudge { collection: work.collection.clone() };
        let own = work.marks.get(&self.actor.person);
        let Some(own) = own.filter(|_| self.state.people.has(&self.actor.person, &holds)) else {
            return refuse(No::NotDealt);
        };
        let rules = self.open_collection(&work.collection)?;
        let Some(judging) = &rules.judging else { return refuse(No::NoJudging(work.collection.clone())) };
        if !work.is_accepted() {
            return refuse(No::NotDealt);
        }
        // People move: whoever is of the author's unit by now marks it no more.
        let author = self.state.entrant(&work.entrant);
        if let Some(unit) = author.and_then(|author| self.state.people.own_unit(&self.actor.person, author)) {
            return Err(Refusal::OwnUnit { unit: unit.clone() });
        }
        let (min, max, step) = (judging.min, judging.max, judging.step);
        if mark < min {
            return Err(Refusal::BelowMin { min });
        }
        if mark > max {
            return Err(Refusal::AboveMax { max });
        }
        if !(mark - min).checked_rem(step).is_some_and(|rest| rest.is_zero()) {
            return Err(Refusal::NotAStep { min, step });
        }
        if own.is_some_and(|(before, _)| before == mark) {
            return Err(Refusal::NothingToDo);
        }
        one(WorkEntry::WorkMarked { work: id.clone(), mark, by: self.by() })
    }

    /// In every phase: what should not be there has to go.
    fn erase_of_work(&self, id: &WorkId, what: &[Digest], reason: &Digest, second: &PersonId) -> Decided {
        self.organizer()?;
        let work = self.work(id)?;
        self.second(second)?;
        let contents = || work.versions.iter().map(|version| &version.content);
        let is_its = |digest: &Digest| contents().any(|own| own.text == *digest || own.pictures.contains(digest));
        if !what.iter().all(is_its) {
            return refuse(No::NotItsContent);
        }
        let erased: Vec<Digest> = what.iter().filter(|digest| !work.is_erased(digest)).cloned().collect();
        if erased.is_empty() {
            return Err(Refusal::NothingToDo);
        }
        one(WorkEntry::WorkErased {
            work: id.clone(),
            erased,
            reason: reason.clone(),
            by: self.by(),
            second: second.clone(),
        })
    }

    fn close_collection(&self, collection: &Id) -> Decided {
        self.organizer()?;
        let rules = self.open_collection(collection)?;
        let judges = rules.judging.as_ref().map_or(0, |judging| judging.panel.judges);
        let waits = works::waits(self.state, collection);
        for (count, refusal) in [
            (waits.unchecked, No::Unchecked { count: waits.unchecked }),
            (waits.undealt, No::Undealt { count: waits.undealt }),
            (waits.lacking, No::Lacking { count: waits.lacking, judges }),
            (waits.unmarked, No::Unmarked { count: waits.unmarked }),
        ] {
            if count > 0 {
                return refuse(refusal);
            }
        }
        one(WorkEntry::CollectionClosed { collection: collection.clone(), by: self.by() })
    }
}
