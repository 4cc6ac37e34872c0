//! Wrong keys: what a void item or another key would change, and doing it; how items do in use; drawing prizes.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError},
};

use rust_decimal::Decimal;

use super::{Actor, App, Ask, Error, Receipt, Result, banks, papers as sat_papers};
use crate::rules::{
    command::{Command, Refusal},
    decimal,
    items::{Face, Item, Statistics, Taken, statistics},
    ledger::{entry::Digest, paper::Restated},
    names::{ContestId, Id, PaperId},
    papers::{self, Act, Asked, PaperRefusal, Restatement, Sitting},
};

/// Papers marked together.
const PAPERS_AT_ONCE: usize = 500;
/// Statistics read so many papers, the newest.
pub const PAPERS_READ_MAX: usize = 5_000;
/// Banks whose statistics are kept in memory.
const KEPT_MAX: usize = 64;
/// How often a restatement is computed again when papers are finished meanwhile.
const TRIES: usize = 8;

/// What becomes of an item.
#[derive(Clone, Debug, PartialEq)]
pub enum Mending {
    /// Everybody gets its points.
    Void,
    /// The same item with another key.
    Rekey(Item),
}

/// How the items of a bank do.
#[derive(Clone, Debug, Default)]
pub struct InUse {
    /// Finished papers, practice apart, and how many of them were read.
    pub papers: usize,
    pub read: usize,
    pub items: HashMap<Id, ItemInUse>,
}

/// Statistics as they were read last, by bank, with what they were read from.
pub(super) type Kept = HashMap<(ContestId, Id), ((usize, u32), Arc<InUse>)>;

#[derive(Clone, Debug, Default)]
pub struct ItemInUse {
    pub statistics: Statistics,
    /// How often each option was ticked, in the bank's order; true and false of a true-or-false.
    pub chosen: Vec<u32>,
}

impl App {
    /// What mending an item would change. Another key must ask the same.
    pub async fn restatement(
        &self,
        contest: &ContestId,
        bank: &Id,
        item: &Id,
        mending: &Mending,
    ) -> Result<Restatement> {
        if let Mending::Rekey(new) = mending {
            self.asks_the_same(contest, bank, item, new).await?;
        }
        let papers = self.restated(contest, bank, item, mending).await?;
        let (digest, now) = (mending.digest(), self.now());
        self.read(contest, |state| papers::restatement(state, bank, item, digest.as_ref(), &papers, now)).await
    }

    /// Mends an item, and restates every finished paper that asks it.
    pub async fn restate(
        &self,
        contest: &ContestId,
        actor: &Actor,
        bank: &Id,
        item: &Id,
        mending: &Mending,
        reason: &str,
    ) -> Result<Receipt> {
        self.may_prepare(contest, actor).await?;
        if let Mending::Rekey(new) = mending {
            self.asks_the_same(contest, bank, item, new).await?;
            // The text first: an entry never names an item that is not there.
            self.store().put_items(contest, vec![banks::text(new)], self.now()).await?;
        }
        let mut tries = 0;
        loop {
            let papers = self.restated(contest, bank, item, mending).await?;
            let (reason, note) = self.note(reason)?;
            let (bank_id, item_id, rekeyed) = (bank.clone(), item.clone(), mending.digest());
            let act = Act::Restate { bank: bank_id, item: item_id, rekeyed, papers, reason };
            match self.ask(contest, Ask::new(actor.clone(), Command::Paper(act)).with(note)).await {
                Ok(receipt) => {
                    if let Mending::Rekey(new) = mending {
                        self.store().put_bank_rows(contest, bank, &[banks::text(new)], self.now()).await?;
                    }
                    return Ok(receipt);
                }
                // Somebody handed in meanwhile.
                Err(Error::Refused(Refusal::Paper(PaperRefusal::RestatementIncomplete { .. }))) if tries < TRIES => {
                    tries += 1;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// How the items of a bank do, from finished papers as they are marked now; practice is left out. Read again only
    /// when papers were finished or restated since.
    pub async fn items_in_use(&self, contest: &ContestId, bank: &Id) -> Result<Arc<InUse>> {
        let stamp = self.read(contest, |state| papers::finished_stamp(state, bank)).await?;
        let place = (contest.clone(), bank.clone());
        if let Some((known, in_use)) = self.in_use().get(&place)
            && *known == stamp
        {
            return Ok(in_use.clone());
        }
        let in_use = Arc::new(self.read_use(contest, bank).await?);
        let mut kept = self.in_use();
        if kept.len() >= KEPT_MAX {
            kept.clear();
        }
        kept.insert(place, (stamp, in_use.clone()));
        Ok(in_use)
    }

    fn in_use(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.0.in_use.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn read_use(&self, contest: &ContestId, bank: &Id) -> Result<InUse> {
        let sittings = |state: &_| {
            let (sittings, all) = papers::finished(state, bank, PAPERS_READ_MAX);
            let asked = |sitting: Sitting| {
                let asked = papers::asked(state, &sitting.sat);
                (sitting, asked)
            };
            (sittings.into_iter().map(asked).collect::<Vec<_>>(), all)
        };
        let (sittings, all) = self.read(contest, sittings).await?;
        let mut texts = HashMap::new();
        let mut taken: HashMap<Id, (Vec<Taken>, Vec<u32>)> = HashMap::new();
        let read = sittings.len();
        for some in sittings.chunks(PAPERS_AT_ONCE) {
            let mut answers = self.answers_by_paper(contest, some).await?;
            self.read_texts(contest, some, &mut texts).await?;
            for (sitting, asked) in some {
                let given = answers.remove(&sitting.paper).unwrap_or_default();
                let Ok((_, _, marked)) = sat_papers::marked(sitting, asked, &texts, &given) else { continue };
                let Some((_, finished)) = &sitting.sat.finished else { continue };
                let score = decimal::div(finished.points, sitting.rules.max()).ok().flatten().unwrap_or_default();
                for (one, marked) in asked.iter().zip(marked) {
                    let (Some(item), Some(part)) =
                        (texts.get(&one.digest), sitting.rules.parts.get(usize::from(one.part)))
                    else {
                        continue;
                    };
                    let most = part.worth.points;
                    let (all, chosen) = taken.entry(one.item.clone()).or_default();
                    if most > Decimal::ZERO {
                        let (points, right, blank) = (marked.points, marked.right, marked.blank);
                        all.push(Taken { score, points, most, right, blank });
                    }
                    for at in given.get(&one.item).map(|answer| answer.chosen(item, &one.order)).unwrap_or_default() {
                        if chosen.len() <= at {
                            chosen.resize(at + 1, 0);
                        }
                        chosen[at] += 1;
                    }
                }
            }
        }
        let items = taken.into_iter().map(|(id, (taken, chosen))| {
            let statistics = statistics(&taken).unwrap_or_default();
            (id, ItemInUse { statistics, chosen })
        });
        Ok(InUse { papers: all, read, items: items.collect() })
    }

    /// Draws so many among those with a valid paper, from a seed that was committed, and reveals it.
    pub async fn draw_prizes(
        &self,
        contest: &ContestId,
        actor: &Actor,
        draw: Id,
        of: Id,
        count: u32,
    ) -> Result<Receipt> {
        let seed = self.0.seeds.get(contest, &draw).await.ok_or(Error::SeedGone)?.to_hex();
        let act = Act::DrawPrizes { draw: draw.clone(), seed, of, count };
        let drawn = self.act(contest, actor, Command::Paper(act)).await?;
        self.0.seeds.forget(contest, &draw).await;
        Ok(drawn)
    }

    async fn asks_the_same(&self, contest: &ContestId, bank: &Id, item: &Id, new: &Item) -> Result<()> {
        let bank = self.bank(contest, bank).await?;
        let old = bank.item(item).ok_or(Error::NotFound)?;
        let face = |item: &Item| (Face::new(item, &[], 0), item.subject.clone(), item.difficulty, item.points);
        if face(old) != face(new) {
            return Err(Error::Refused(Refusal::Paper(PaperRefusal::OtherFace(item.clone()))));
        }
        Ok(())
    }

    /// Every finished paper that asks the item, marked as if it were mended.
    async fn restated(&self, contest: &ContestId, bank: &Id, item: &Id, mending: &Mending) -> Result<Vec<Restated>> {
        let asking = |state: &_| -> Vec<(Sitting, Vec<Asked>)> {
            let papers = papers::asking(state, bank, item);
            let look = |paper: &PaperId| {
                let sitting = papers::sitting(state, paper)?;
                let asked = papers::asked(state, &sitting.sat);
                Some((sitting, asked))
            };
            papers.iter().filter_map(look).collect()
        };
        let mut sittings = self.read(contest, asking).await?;
        let mut texts = HashMap::new();
        if let Mending::Rekey(new) = mending {
            texts.insert(new.digest(), new.clone());
        }
        for one in sittings.iter_mut().flat_map(|(_, asked)| asked).filter(|one| one.item == *item) {
            one.void = *mending == Mending::Void;
            if let Some(digest) = mending.digest() {
                one.digest = digest;
            }
        }
        let mut restated = Vec::with_capacity(sittings.len());
        for some in sittings.chunks(PAPERS_AT_ONCE) {
            let mut answers = self.answers_by_paper(contest, some).await?;
            self.read_texts(contest, some, &mut texts).await?;
            for (sitting, asked) in some {
                let given = answers.remove(&sitting.paper).unwrap_or_default();
                let (points, right, _) = sat_papers::marked(sitting, asked, &texts, &given)?;
                restated.push(Restated { paper: sitting.paper.clone(), points, right });
            }
        }
        Ok(restated)
    }

    async fn answers_by_paper(
        &self,
        contest: &ContestId,
        some: &[(Sitting, Vec<Asked>)],
    ) -> Result<HashMap<PaperId, HashMap<Id, crate::rules::items::Answer>>> {
        let ids: Vec<PaperId> = some.iter().map(|(sitting, _)| sitting.paper.clone()).collect();
        let rows = self.store().answers_on(contest, &ids).await?;
        // Rows of one paper stand together.
        let mut by_paper = HashMap::with_capacity(ids.len());
        for of_one in rows.chunk_by(|(one, _), (other, _)| one == other) {
            let given = sat_papers::given(of_one.iter().map(|(_, row)| row));
            if let Some((paper, _)) = of_one.first() {
                by_paper.insert(paper.clone(), given);
            }
        }
        Ok(by_paper)
    }

    /// Adds the texts that are not there yet.
    async fn read_texts(
        &self,
        contest: &ContestId,
        some: &[(Sitting, Vec<Asked>)],
        texts: &mut HashMap<Digest, Item>,
    ) -> Result<()> {
        let mut lacking: HashMap<&Digest, &Asked> = HashMap::new();
        for one in some.iter().flat_map(|(_, asked)| asked).filter(|one| !texts.contains_key(&one.digest)) {
            lacking.insert(&one.digest, one);
        }
        let lacking: Vec<Asked> = lacking.into_values().cloned().collect();
        if !lacking.is_empty() {
            texts.extend(self.items(contest, &lacking).await?);
        }
        Ok(())
    }
}

impl Mending {
    fn digest(&self) -> Option<Digest> {
        match self {
            Mending::Void => None,
            Mending::Rekey(item) => Some(item.digest()),
        }
    }
}
