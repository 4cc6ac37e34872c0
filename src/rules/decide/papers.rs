//! On papers: adopting a bank, starting and finishing, restating, headcounts, prizes, windows of one's own.

use super::Case;
use crate::rules::{
    command::Refusal,
    draw::{Chance, Seed},
    ladder::{self, Outcome, Played},
    ledger::{
        Entry, Instant,
        entry::{Digest, Phase},
        paper::{BankedItem, DrawnItem, Ending, Finished, PaperEntry, Restated},
    },
    names::{ChallengeId, EntrantId, Id, PaperId, UnitPath},
    papers::{self, Act, PaperRefusal, Rules, Sat, may_start},
};

type Decided = Result<Vec<Entry>, Refusal>;

fn refuse<T>(refusal: PaperRefusal) -> Result<T, Refusal> {
    Err(Refusal::Paper(refusal))
}

fn one(entry: PaperEntry) -> Vec<Entry> {
    vec![Entry::Paper(entry)]
}

impl Case<'_> {
    pub(super) fn on_paper(&self, act: &Act) -> Decided {
        match act {
            Act::AdoptBank { bank, digest, items } => self.adopt_bank(bank, digest, items),
            Act::Start { paper, of, seed, practice, challenge } => {
                self.start_paper(paper, of, seed, *practice, challenge.as_ref())
            }
            Act::Finish { paper, finished, restatements } => self.finish_paper(paper, finished, *restatements),
            Act::Restate { bank, item, rekeyed, papers, reason } => {
                self.restate(bank, item, rekeyed.as_ref(), papers, reason)
            }
            Act::FreezeHeadcounts { counts } => self.freeze_headcounts(counts),
            Act::DrawPrizes { draw, seed, of, count } => self.draw_prizes(draw, seed, of, *count),
            Act::GrantWindow { of, entrant, from, until, reason } => {
                self.grant_window(of, entrant, *from, *until, reason)
            }
        }
    }

    fn paper_rules(&self, of: &Id) -> Result<&Rules, Refusal> {
        let papers = &self.rules()?.definition.papers;
        papers
            .iter()
            .find(|rules| rules.id == *of)
            .ok_or_else(|| Refusal::Paper(PaperRefusal::UnknownPaper(of.clone())))
    }

    fn adopt_bank(&self, bank: &Id, digest: &Digest, items: &[BankedItem]) -> Decided {
        self.organizer()?;
        self.before_sealing()?;
        if items.is_empty() {
            return refuse(PaperRefusal::BankEmpty);
        }
        if !self.rules()?.definition.papers.iter().any(|rules| rules.bank == *bank) {
            return refuse(PaperRefusal::UnknownBank(bank.clone()));
        }
        let mut seen = std::collections::BTreeSet::new();
        if let Some(twice) = items.iter().find(|item| !seen.insert(&item.id)) {
            return refuse(PaperRefusal::ItemTwice(twice.id.clone()));
        }
        if self.state.papers.bank(bank).is_some_and(|known| known.digest == *digest) {
            return Err(Refusal::NothingToDo);
        }
        let fixed = papers::fixed(self.state, bank);
        let changed = |item: &&BankedItem| fixed.get(&item.id).is_some_and(|fixed| fixed.digest != item.digest);
        if let Some(changed) = items.iter().find(changed) {
            return refuse(PaperRefusal::ItemDrawn(changed.id.clone()));
        }
        let (bank, digest, items) = (bank.clone(), digest.clone(), items.to_vec());
        Ok(one(PaperEntry::BankAdopted { bank, digest, items, by: self.by() }))
    }

    fn start_paper(
        &self,
        paper: &PaperId,
        of: &Id,
        seed: &str,
        practice: bool,
        challenge: Option<&ChallengeId>,
    ) -> Decided {
        let rules = self.paper_rules(of)?;
        let Some(entrant) = self.actor.entrant.as_ref() else { return refuse(PaperRefusal::NoEntrant) };
        self.entrant_in(entrant)?;
        let attempt = match challenge {
            None => may_start(self.state, rules, entrant, practice, self.now).map_err(closed)?,
            Some(challenge) => self.may_play(rules, entrant, challenge)?,
        };
        let Some(bank) = self.state.papers.bank(&rules.bank) else {
            return refuse(PaperRefusal::NoBank(rules.bank.clone()));
        };
        // Both sides of a duel get the same paper.
        let others = |challenge| self.state.papers.by_id.values().find(|sat| sat.challenge.as_ref() == Some(challenge));
        let (bank, seed, items) = match challenge.and_then(others) {
            Some(other) => (&other.bank, other.seed.to_string(), other.items()),
            None => (bank, seed.to_owned(), self.items(rules, &bank.items, seed)?),
        };
        // A challenge has a time of its own to be played in, and no window.
        let is_free = practice || challenge.is_some();
        let ends = papers::ends_at(self.state, rules, entrant, is_free, self.now);
        Ok(one(PaperEntry::PaperDrawn {
            paper: paper.clone(),
            of: of.clone(),
            entrant: entrant.clone(),
            attempt,
            practice,
            challenge: challenge.cloned(),
            seed,
            bank: bank.digest.clone(),
            items,
            ends,
            by: self.by(),
        }))
    }

    fn items(&self, rules: &Rules, bank: &[BankedItem], seed: &str) -> Result<Vec<DrawnItem>, Refusal> {
        let seed = Seed::parse(seed).ok_or(Refusal::SeedDiffers)?;
        let is_void = |item: &Id| self.state.papers.is_void(&rules.bank, item);
        papers::drawn(rules, bank, is_void, &seed).map_err(|lacking| Refusal::Paper(PaperRefusal::Lacking(lacking)))
    }

    /// A paper of an open challenge, once for each side.
    fn may_play(&self, rules: &Rules, entrant: &EntrantId, challenge: &ChallengeId) -> Result<u32, Refusal> {
        if self.state.phase != Phase::Running {
            return refuse(PaperRefusal::Closed(papers::Closed::NotRunning { now: self.state.phase }));
        }
        if !ladder::may_sit(self.state, challenge, entrant, &rules.id) {
            return refuse(PaperRefusal::NotYours);
        }
        ladder::may_play_now(self.state, challenge, self.now)
            .map_err(|barred| Refusal::Ladder(ladder::LadderRefusal::Barred(barred)))?;
        let own = self.state.papers.of(&rules.id, entrant);
        match own.into_iter().find(|(_, sat)| sat.challenge.as_ref() == Some(challenge)) {
            Some((_, sat)) if sat.is_over(self.now) => refuse(PaperRefusal::Over),
            Some((paper, _)) => refuse(PaperRefusal::Closed(papers::Closed::Sitting { paper: paper.clone() })),
            None => Ok(1),
        }
    }

    fn finish_paper(&self, paper: &PaperId, finished: &Finished, restatements: u32) -> Decided {
        let Some(sat) = self.state.papers.by_id.get(paper) else { return refuse(PaperRefusal::NotYours) };
        if sat.finished.is_some() {
            return refuse(PaperRefusal::Over);
        }
        if !sat.practice && self.state.phase >= Phase::Sealed {
            return refuse(PaperRefusal::Sealed);
        }
        let is_up = sat.ends.is_some_and(|ends| self.now >= ends);
        let is_own = self.actor.entrant.as_ref() == Some(&sat.entrant);
        match finished.how {
            Ending::HandedIn if !is_own => return refuse(PaperRefusal::NotYours),
            // Time is up whoever notices it.
            Ending::TimeUp if !is_up => return refuse(PaperRefusal::StillRunning { ends: sat.ends }),
            Ending::HandedIn | Ending::TimeUp => {}
        }
        if restatements != self.state.papers.restatements {
            return refuse(PaperRefusal::KeysChanged);
        }
        let finished = Finished { used_ms: self.used_ms(sat, finished.how), ..finished.clone() };
        let mut entries = vec![Entry::Paper(PaperEntry::PaperFinished {
            paper: paper.clone(),
            finished: finished.clone(),
            by: self.by(),
        })];
        if let Some(challenge) = &sat.challenge {
            let played = match finished.answers {
                0 => Played::Blank(finished.points),
                _ => Played::Answered(Outcome { score: finished.points, used_ms: finished.used_ms }),
            };
            entries.extend(ladder::finished(self.state, challenge, &sat.entrant, played, &self.actor.person, self.now));
        }
        Ok(entries)
    }

    /// Never more than was allowed.
    fn used_ms(&self, sat: &Sat, how: Ending) -> u64 {
        let end = match (how, sat.ends) {
            (Ending::TimeUp, Some(ends)) => ends,
            (_, ends) => ends.map_or(self.now, |ends| ends.min(self.now)),
        };
        u64::try_from(end.0 - sat.starts.0).unwrap_or(0)
    }

    /// What is being answered would change the results that are sealed.
    pub(super) fn papers_closed(&self) -> Result<(), Refusal> {
        match self.state.papers.running().count() {
            0 => Ok(()),
            count => refuse(PaperRefusal::StillOpen { count }),
        }
    }

    fn freeze_headcounts(&self, counts: &[(UnitPath, u32)]) -> Decided {
        self.organizer()?;
        self.before_sealing()?;
        let units = &self.state.units;
        if let Some((lost, _)) = counts.iter().find(|(unit, _)| !units.iter().any(|known| known.is_within(unit))) {
            return Err(Refusal::UnknownUnit(lost.clone()));
        }
        let by_unit: std::collections::BTreeMap<UnitPath, u32> = counts.iter().cloned().collect();
        if by_unit == self.state.papers.headcounts {
            return Err(Refusal::NothingToDo);
        }
        Ok(one(PaperEntry::HeadcountsFrozen { counts: by_unit.into_iter().collect(), by: self.by() }))
    }

    fn restate(&self, bank: &Id, item: &Id, rekeyed: Option<&Digest>, given: &[Restated], reason: &Digest) -> Decided {
        self.organizer()?;
        self.before_sealing()?;
        if self.state.papers.bank(bank).is_none() {
            return refuse(PaperRefusal::UnknownBank(bank.clone()));
        }
        // Also one that was taken out of the bank since: papers that ask it keep it.
        if !papers::is_known(self.state, bank, item) {
            return refuse(PaperRefusal::UnknownItem(item.clone()));
        }
        let unchanged = match rekeyed {
            None => self.state.papers.is_void(bank, item),
            Some(digest) => {
                !self.state.papers.is_void(bank, item) && self.state.papers.rekeyed(bank, item) == Some(digest)
            }
        };
        if unchanged {
            return Err(Refusal::NothingToDo);
        }
        let asking: std::collections::BTreeSet<&PaperId> =
            self.state.papers.asking(bank, item).map(|(paper, _)| paper).collect();
        let named: std::collections::BTreeSet<&PaperId> = given.iter().map(|restated| &restated.paper).collect();
        if asking != named {
            return refuse(PaperRefusal::RestatementIncomplete {
                missing: asking.symmetric_difference(&named).count(),
            });
        }
        Ok(one(PaperEntry::ItemRestated {
            bank: bank.clone(),
            item: item.clone(),
            rekeyed: rekeyed.cloned(),
            papers: given.to_vec(),
            reason: reason.clone(),
            by: self.by(),
        }))
    }

    fn draw_prizes(&self, draw: &Id, seed: &str, of: &Id, count: u32) -> Decided {
        self.organizer()?;
        self.paper_rules(of)?;
        let committed = self.state.seeds.get(draw).filter(|seed| !seed.used).ok_or(Refusal::SeedNotCommitted)?;
        let parsed = Seed::parse(seed).filter(|seed| seed.commitment() == committed.digest);
        let parsed = parsed.ok_or(Refusal::SeedDiffers)?;
        let mut winners = self.state.papers.valid(of);
        if winners.is_empty() {
            return refuse(PaperRefusal::NobodyValid);
        }
        Chance::new(&parsed, &papers::prize_label(draw)).shuffle(&mut winners);
        winners.truncate(usize::try_from(count).unwrap_or(usize::MAX));
        let (draw, of, seed) = (draw.clone(), of.clone(), seed.to_owned());
        Ok(one(PaperEntry::PrizesDrawn { draw, seed, of, winners, by: self.by() }))
    }

    fn grant_window(&self, of: &Id, entrant: &EntrantId, from: Instant, until: Instant, reason: &Digest) -> Decided {
        self.organizer()?;
        self.paper_rules(of)?;
        self.entrant_in(entrant)?;
        if from >= until {
            return refuse(PaperRefusal::WindowBackwards);
        }
        let (of, entrant, reason) = (of.clone(), entrant.clone(), reason.clone());
        Ok(one(PaperEntry::WindowGranted { of, entrant, from, until, reason, by: self.by() }))
    }
}

fn closed(closed: papers::Closed) -> Refusal {
    Refusal::Paper(PaperRefusal::Closed(closed))
}
