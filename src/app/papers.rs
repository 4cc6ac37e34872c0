//! Papers: starting one, saving each answer with a receipt, handing in, and what time does by itself.
//!
//! Answers are rows of their own, chained per paper; the paper drawn and the paper finished are entries. A row without
//! an item closes the chain, so that nothing comes after what was marked. Until a paper is closed nothing of a key
//! leaves this module: [`Sheet`] has faces only.

use std::collections::HashMap;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::{Actor, App, Error, Result, chance, marks::OPERATION_ID_BYTES_MAX};
use crate::{
    rules::{
        command::{Command, Refusal},
        draw::Seed,
        items::{Answer, Face, Item, Marked, Unfit},
        ledger::{
            Instant,
            entry::Digest,
            paper::{Ending, Finished},
        },
        names::{ChallengeId, ContestId, EntrantId, Id, PaperId, PersonId},
        papers::{self, Act, Asked, Offer, PaperRefusal, Saved, Sitting, rules::After},
        state::State,
    },
    store::{
        self,
        items::{AnswerRow, ItemText},
    },
};

/// What was sent in time may arrive so much later.
pub const GRACE_MS: i64 = 3_000;
/// An answer as JSON.
pub const ANSWER_BYTES_MAX: usize = 16 * 1024;
/// How often a save is tried again when another device of the same person was quicker.
const TRIES: usize = 8;

/// A paper as its owner sees it while it is open.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub sitting: Sitting,
    pub faces: Vec<Face>,
    /// Of each face: which part of the blueprint asks it.
    pub parts: Vec<u8>,
    /// The newest answer to each item, by id.
    pub answers: HashMap<Id, Answer>,
    /// Where the chain stands.
    pub n: u64,
    pub head: Digest,
    pub now: Instant,
}

/// A paper after it was closed, as far as the definition shows it.
#[derive(Clone, Debug)]
pub struct PaperResult {
    pub sitting: Sitting,
    pub finished: Finished,
    /// Per item in the paper's order; empty unless the definition shows what was right.
    pub items: Vec<Reviewed>,
    /// What was right is told when the other side of the duel has played, too.
    pub waits: bool,
    pub place: Option<(usize, usize)>,
}

#[derive(Clone, Debug)]
pub struct Reviewed {
    pub face: Face,
    pub answer: Option<Answer>,
    pub marked: Marked,
    /// With key and explanation, where the definition explains.
    pub item: Option<Item>,
    pub order: Vec<usize>,
    pub void: bool,
}

/// What a saved answer is acknowledged with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerReceipt {
    pub n: u64,
    pub head: Digest,
    pub at: Instant,
    pub now: Instant,
}

/// Why an answer was not saved.
#[derive(Clone, Debug)]
pub enum NotSaved {
    Unfit(Unfit),
    App(Error),
}

impl<E: Into<Error>> From<E> for NotSaved {
    fn from(error: E) -> Self {
        Self::App(error.into())
    }
}

impl App {
    /// The papers of a contest for one person; closes first what is over.
    pub async fn paper_offers(&self, contest: &ContestId, entrant: &EntrantId) -> Result<Vec<Offer>> {
        self.finish_overdue(contest).await?;
        let now = self.now();
        self.read(contest, |state| papers::offers(state, entrant, now)).await
    }

    /// Draws a paper for the worker who asks; with a challenge, the one to be played for it.
    pub async fn start_paper(
        &self,
        contest: &ContestId,
        actor: &Actor,
        of: &Id,
        practice: bool,
        challenge: Option<ChallengeId>,
    ) -> Result<PaperId> {
        let paper = PaperId::new(chance::id("p-")?);
        let seed = Seed::new(chance::bytes::<32>()?).to_hex();
        let act = Act::Start { paper: paper.clone(), of: of.clone(), seed, practice, challenge };
        let receipt = self.act(contest, actor, Command::Paper(act)).await?;
        self.wait_for(contest, receipt.version).await?;
        Ok(paper)
    }

    /// The worker's own paper; when its time is up it is finished first, and then [`PaperRefusal::Over`].
    pub async fn paper(&self, contest: &ContestId, entrant: &EntrantId, paper: &PaperId) -> Result<Sheet> {
        let (sitting, asked) = self.own_paper(contest, entrant, paper).await?;
        let now = self.now();
        if is_past(&sitting, now) && !is_late(&sitting) {
            self.finish(contest, &nobody(), paper, Ending::TimeUp).await?;
            return refused(PaperRefusal::Over);
        }
        if sitting.sat.finished.is_some() {
            return refused(PaperRefusal::Over);
        }
        if is_late(&sitting) {
            return refused(PaperRefusal::Sealed);
        }
        let items = self.items(contest, &asked).await?;
        let rows = self.store().answers(contest, paper).await?;
        let shown = asked.iter().filter_map(|one| Some((face(&sitting, one, items.get(&one.digest)?), one.part)));
        let (faces, parts) = shown.unzip();
        Ok(Sheet {
            n: rows.last().map_or(0, |row| row.n),
            head: rows.last().map_or_else(|| origin(contest, paper), |row| row.chain.clone()),
            answers: given(&rows),
            sitting,
            faces,
            parts,
            now,
        })
    }

    /// Saves one answer. The same operation again gives the same receipt; `None` takes the answer back.
    pub async fn save_answer(
        &self,
        contest: &ContestId,
        entrant: &EntrantId,
        paper: &PaperId,
        item: &Id,
        answer: Option<&Answer>,
        operation: &str,
    ) -> std::result::Result<AnswerReceipt, NotSaved> {
        if operation.is_empty() || operation.len() > OPERATION_ID_BYTES_MAX {
            return Err(Error::TextRefused { most: OPERATION_ID_BYTES_MAX }.into());
        }
        // The row that closes the chain is nobody's answer.
        if operation == closing(paper) {
            return Err(Error::OperationReused.into());
        }
        let (sitting, asked) = self.own_paper(contest, entrant, paper).await?;
        let now = self.now();
        let Some(one) = asked.into_iter().find(|one| one.item == *item) else {
            return Err(Error::from(Refusal::Paper(PaperRefusal::UnknownItem(item.clone()))).into());
        };
        if sitting.sat.finished.is_some() || is_past(&sitting, now) {
            return Err(over().into());
        }
        if is_late(&sitting) {
            return Err(Error::from(Refusal::Paper(PaperRefusal::Sealed)).into());
        }
        if let Some(answer) = answer {
            let items = self.items(contest, std::slice::from_ref(&one)).await?;
            let item = items.get(&one.digest).ok_or(Error::NotFound)?;
            answer.fits(&face(&sitting, &one, item)).map_err(NotSaved::Unfit)?;
        }
        let json = answer.map(|answer| serde_json::to_string(answer).unwrap_or_default()).unwrap_or_default();
        if json.len() > ANSWER_BYTES_MAX {
            return Err(Error::TextRefused { most: ANSWER_BYTES_MAX }.into());
        }
        let row = self.append(contest, paper, item.as_str(), &json, operation).await?;
        if row.item != item.as_str() || row.answer != json {
            return Err(Error::OperationReused.into());
        }
        Ok(AnswerReceipt { n: row.n, head: row.chain, at: row.at, now })
    }

    /// Hands the worker's paper in; what is saved is marked.
    pub async fn hand_in(&self, contest: &ContestId, actor: &Actor, paper: &PaperId) -> Result<()> {
        let Some(entrant) = &actor.entrant else { return refused(PaperRefusal::NoEntrant) };
        let (sitting, _) = self.own_paper(contest, entrant, paper).await?;
        let how = if is_past(&sitting, self.now()) { Ending::TimeUp } else { Ending::HandedIn };
        match self.finish(contest, actor, paper, how).await {
            // Handed in twice, or time was quicker: it is finished all the same.
            Err(Error::Refused(Refusal::Paper(PaperRefusal::Over))) => Ok(()),
            other => other,
        }
    }

    /// What the definition lets its owner see of a finished paper.
    pub async fn paper_result(&self, contest: &ContestId, entrant: &EntrantId, paper: &PaperId) -> Result<PaperResult> {
        let (sitting, asked) = self.own_paper(contest, entrant, paper).await?;
        let Some((_, finished)) = sitting.sat.finished.clone() else { return Err(Error::NotFound) };
        let of = sitting.sat.of.clone();
        let look = |state: &_| (papers::own_place(state, &of, entrant), papers::tells_keys(state, &sitting.sat));
        let (place, tells) = self.read(contest, look).await?;
        let mut items = Vec::new();
        if tells && sitting.rules.after >= After::Right {
            let texts = self.items(contest, &asked).await?;
            let answers = given(&self.store().answers(contest, paper).await?);
            let marked = marked(&sitting, &asked, &texts, &answers)?.2;
            for (one, marked) in asked.iter().zip(marked) {
                let Some(item) = texts.get(&one.digest) else { continue };
                items.push(Reviewed {
                    face: face(&sitting, one, item),
                    answer: answers.get(&one.item).cloned(),
                    marked,
                    item: (sitting.rules.after == After::Explained).then(|| item.clone()),
                    order: one.order.clone(),
                    void: one.void,
                });
            }
        }
        let waits = !tells && sitting.rules.after >= After::Right;
        Ok(PaperResult { sitting, finished: (*finished).clone(), items, waits, place })
    }

    /// Whether a picture of the bank stands on a paper that this worker was given.
    pub async fn sees_picture(&self, contest: &ContestId, entrant: &EntrantId, name: &str) -> Result<bool> {
        let asked: Vec<Asked> = self.read(contest, |state| papers::asked_of(state, entrant)).await?;
        let items = self.items(contest, &asked).await?;
        Ok(items.values().any(|item| item.picture.as_deref() == Some(name)))
    }

    /// Finishes the papers of a contest whose time is up.
    pub async fn finish_overdue(&self, contest: &ContestId) -> Result<()> {
        let before = overdue_before(self.now());
        for paper in self.read(contest, |state| papers::overdue(state, before)).await? {
            match self.finish(contest, &nobody(), &paper, Ending::TimeUp).await {
                Ok(()) | Err(Error::Refused(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Closes the chain, marks what was saved, records it.
    async fn finish(&self, contest: &ContestId, actor: &Actor, paper: &PaperId, how: Ending) -> Result<()> {
        let mut tries = 0;
        loop {
            let (sitting, asked) = self.read(contest, |state| look(state, paper)).await?.ok_or(Error::NotFound)?;
            if sitting.sat.finished.is_some() {
                return refused(PaperRefusal::Over);
            }
            let closing = self.append(contest, paper, "", "", &closing(paper)).await?;
            let rows = self.store().answers(contest, paper).await?;
            let texts = self.items(contest, &asked).await?;
            let answers = given(&rows);
            let (points, right, _) = marked(&sitting, &asked, &texts, &answers)?;
            let answered = u32::try_from(answers.len()).unwrap_or(u32::MAX);
            let finished = Finished { how, head: closing.chain, answers: answered, points, right, used_ms: 0 };
            let restatements = sitting.restatements;
            let act = Act::Finish { paper: paper.clone(), finished, restatements };
            match self.act(contest, actor, Command::Paper(act)).await {
                Ok(receipt) => return self.wait_for(contest, receipt.version).await,
                Err(Error::Refused(Refusal::Paper(PaperRefusal::KeysChanged))) if tries < TRIES => tries += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// Adds a row to a paper's chain; gives the one that is there when the operation was done before.
    async fn append(
        &self,
        contest: &ContestId,
        paper: &PaperId,
        item: &str,
        answer: &str,
        operation: &str,
    ) -> Result<AnswerRow> {
        for _ in 0..TRIES {
            let last = self.store().last_answer(contest, paper).await?;
            if let Some(done) = last.as_ref().filter(|row| row.operation == operation) {
                return Ok(done.clone());
            }
            if let Some(done) = self.store().answer_of_operation(contest, paper, operation).await? {
                return Ok(done);
            }
            if last.as_ref().is_some_and(|row| row.item.is_empty()) {
                return Err(over());
            }
            let (n, before) = last.map_or_else(|| (0, origin(contest, paper)), |row| (row.n, row.chain));
            let at = self.now();
            let row = AnswerRow {
                n: n + 1,
                operation: operation.to_owned(),
                item: item.to_owned(),
                answer: answer.to_owned(),
                at,
                chain: chained(&before, n + 1, operation, item, answer, at),
            };
            match self.store().append_answer(contest, paper, row.clone()).await {
                Ok(()) => return Ok(row),
                // Another device of the same person came in between.
                Err(store::Error::Taken) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Error::Busy { retry_ms: super::room::RETRY_MS })
    }

    async fn own_paper(
        &self,
        contest: &ContestId,
        entrant: &EntrantId,
        paper: &PaperId,
    ) -> Result<(Sitting, Vec<Asked>)> {
        let found = self.read(contest, |state| look(state, paper)).await?;
        found.filter(|(sitting, _)| sitting.sat.entrant == *entrant).map_or_else(|| refused(PaperRefusal::NotYours), Ok)
    }

    pub(super) async fn items(&self, contest: &ContestId, asked: &[Asked]) -> Result<HashMap<Digest, Item>> {
        let digests: Vec<&Digest> = asked.iter().map(|one| &one.digest).collect();
        let texts = self.store().items(contest, &digests).await?;
        let item = |text: ItemText| Some((text.digest, serde_json::from_str(&text.json).ok()?));
        Ok(texts.into_iter().filter_map(item).collect())
    }
}

/// Papers that ended before it are finished without their owner.
pub(super) fn overdue_before(now: Instant) -> Instant {
    Instant(now.0 - GRACE_MS)
}

fn look(state: &State, paper: &PaperId) -> Option<(Sitting, Vec<Asked>)> {
    let sitting = papers::sitting(state, paper)?;
    let asked = papers::asked(state, &sitting.sat);
    Some((sitting, asked))
}

fn face(sitting: &Sitting, asked: &Asked, item: &Item) -> Face {
    let part = sitting.rules.parts.get(usize::from(asked.part));
    let clicks = part.map_or(0, |part| usize::try_from(part.clicks).unwrap_or(usize::MAX));
    Face::new(item, &asked.order, clicks)
}

pub(super) fn marked(
    sitting: &Sitting,
    asked: &[Asked],
    texts: &HashMap<Digest, Item>,
    answers: &HashMap<Id, Answer>,
) -> Result<(rust_decimal::Decimal, u32, Vec<Marked>)> {
    let saved: Vec<Saved<'_>> = asked
        .iter()
        .filter_map(|one| {
            let item = texts.get(&one.digest)?;
            Some(Saved { item, part: one.part, order: &one.order, answer: answers.get(&one.item), void: one.void })
        })
        .collect();
    if saved.len() < asked.len() {
        tracing::error!(paper = %sitting.paper, "a paper asks items that are not stored");
        return Err(Error::NotFound);
    }
    papers::outcome(&sitting.rules, &saved).map_err(|_| Error::NotFound)
}

/// The newest answer to each item.
pub(super) fn given<'r>(rows: impl IntoIterator<Item = &'r AnswerRow>) -> HashMap<Id, Answer> {
    let mut answers = HashMap::new();
    for row in rows.into_iter().filter(|row| !row.item.is_empty()) {
        match serde_json::from_str(&row.answer) {
            Ok(answer) => answers.insert(Id::new(&row.item), answer),
            Err(_) => answers.remove(row.item.as_str()),
        };
    }
    answers
}

fn is_past(sitting: &Sitting, now: Instant) -> bool {
    sitting.sat.ends.is_some_and(|ends| now.0 > ends.0 + GRACE_MS)
}

/// Not handed in before the contest was sealed; practice never counts and may go on.
fn is_late(sitting: &Sitting) -> bool {
    sitting.sealed && !sitting.sat.practice
}

/// The operation that closes a paper's chain.
fn closing(paper: &PaperId) -> String {
    format!("close-{paper}")
}

/// Before the first answer.
fn origin(contest: &ContestId, paper: &PaperId) -> Digest {
    let origin = Sha256::new().chain_update(contest.as_str()).chain_update([0]).chain_update(paper.as_str());
    Digest(HEXLOWER.encode(&origin.finalize()))
}

/// SHA-256 over the chain before it and the row's parts, each with its length.
fn chained(before: &Digest, n: u64, operation: &str, item: &str, answer: &str, at: Instant) -> Digest {
    let mut hash = Sha256::new().chain_update(before.0.as_bytes()).chain_update(n.to_be_bytes());
    for part in [operation, item, answer] {
        hash = hash.chain_update((part.len() as u64).to_be_bytes()).chain_update(part);
    }
    Digest(HEXLOWER.encode(&hash.chain_update(at.0.to_be_bytes()).finalize()))
}

/// Time acts for nobody.
fn nobody() -> Actor {
    Actor { person: PersonId::new(""), administrator: false, entrant: None }
}

fn over() -> Error {
    Error::Refused(Refusal::Paper(PaperRefusal::Over))
}

fn refused<T>(refusal: PaperRefusal) -> Result<T> {
    Err(Error::Refused(Refusal::Paper(refusal)))
}
