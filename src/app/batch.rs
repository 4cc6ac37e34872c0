//! Deciding one batch and committing it.
//!
//! A *mind* is the room's own state: what is committed and what this batch adds. It is thrown away whenever the
//! store and the room may disagree.

use std::{collections::HashMap, sync::Arc};

use super::{
    Clock, Error, Follower, Receipt, Result, chance,
    follower::Folded,
    lines,
    room::{Asked, BATCH_ENTRIES_MAX, OperationKey, RETRY_MS},
};
use crate::{
    rules::{
        decide::decide,
        ledger::{Instant, Recorded, Version},
        names::ContestId,
    },
    store::{
        self, Store,
        ledger::{Batch, Head, Operation},
    },
};

pub(super) struct Decider {
    store: Store,
    clock: Clock,
    follower: Arc<Follower>,
    mind: Option<Folded>,
}

/// What came of the first questions of a batch.
struct Decided<'a> {
    batch: Batch,
    recorded: Vec<lines::Bound>,
    answers: Vec<Result<Receipt>>,
    /// The operations decided in this batch, by id.
    fresh: HashMap<&'a str, usize>,
}

impl Decider {
    pub(super) fn new(store: Store, clock: Clock, follower: Arc<Follower>) -> Self {
        Self { store, clock, follower, mind: None }
    }

    /// Decides, commits and answers the first of those who wait, at least one; the others stay.
    pub(super) async fn serve(&mut self, waiting: &mut Vec<Asked>) {
        for asked in waiting.iter_mut() {
            if asked.ask.operation.is_none() {
                // So that after a commit of unknown outcome everybody can be looked up.
                match chance::id("room-") {
                    Ok(id) => asked.ask.operation = Some(OperationKey { id, body: String::new() }),
                    Err(error) => return answer_all(waiting, &error),
                }
            }
        }
        let answers = match self.attempt(waiting).await {
            Ok(answers) => answers,
            Err(Error::Store(error)) => {
                tracing::warn!(contest = %self.follower.contest(), %error, "a batch failed; deciding it again");
                match self.attempt(waiting).await {
                    Ok(answers) => answers,
                    // What one of them brought along cannot be stored: the others shall not suffer for it.
                    Err(Error::Store(error)) if is_somebodys(&error) => self.one_by_one(waiting).await,
                    Err(error) => return answer_all(waiting, &unavailable(error)),
                }
            }
            Err(error) => return answer_all(waiting, &error),
        };
        for (asked, answer) in waiting.drain(..answers.len()).zip(answers) {
            // Whoever asked may have gone; it is recorded all the same.
            let _ = asked.answer.send(answer);
        }
    }

    async fn one_by_one(&mut self, waiting: &[Asked]) -> Vec<Result<Receipt>> {
        let mut answers = Vec::with_capacity(waiting.len());
        for asked in waiting {
            let answer = match self.attempt(std::slice::from_ref(asked)).await {
                Ok(mut one) => one.pop().unwrap_or(Err(Error::Busy { retry_ms: RETRY_MS })),
                Err(Error::Store(error)) if is_somebodys(&error) => Err(error.into()),
                Err(error) => Err(unavailable(error)),
            };
            answers.push(answer);
        }
        answers
    }

    /// One transaction over the first of `asked`. After an error the mind is gone, and with it all that was
    /// not committed.
    async fn attempt(&mut self, asked: &[Asked]) -> Result<Vec<Result<Receipt>>> {
        let mut mind = if let Some(mind) = self.mind.take() {
            mind
        } else {
            self.follower.catch_up().await?;
            self.follower.snapshot()
        };
        self.refuse_if_damaged()?;
        let contest = self.follower.contest().clone();
        let mut turn = self.store.turn(&contest, mind.head).await.map_err(Error::Store)?;
        self.learn(&mut mind, &turn.take_missed(), turn.head());
        self.refuse_if_damaged()?;

        let ids: Vec<&str> = asked.iter().filter_map(|asked| Some(asked.ask.operation.as_ref()?.id.as_str())).collect();
        let known = turn.operations(&ids).await.map_err(Error::Store)?;
        let known: HashMap<&str, &Operation> =
            known.iter().map(|operation| (operation.id.as_str(), operation)).collect();

        // Whatever the clock says, the ledger's time does not go backwards.
        let now = self.clock.now().max(mind.at);
        let mut decided =
            Decided { batch: Batch::default(), recorded: Vec::new(), answers: Vec::new(), fresh: HashMap::new() };
        for asked in asked {
            if decided.batch.lines.len() >= BATCH_ENTRIES_MAX {
                break;
            }
            let answer = match known.get(asked.operation_id()) {
                Some(done) => again(&mind, &contest, asked, done, now),
                None => decided.decide(&mut mind, &contest, asked, now)?,
            };
            decided.answers.push(answer);
        }

        if decided.batch != Batch::default() {
            turn.append(decided.batch).await.map_err(Error::Store)?;
        }
        if !decided.recorded.is_empty() {
            metrics::counter!("leitai_entries_total").increment(decided.recorded.len() as u64);
            metrics::histogram!("leitai_batch_entries")
                .record(u32::try_from(decided.recorded.len()).unwrap_or(u32::MAX));
            self.follower.offer(decided.recorded);
        }
        self.mind = Some(mind);
        Ok(decided.answers)
    }

    /// Takes in what other nodes appended.
    fn learn(&self, mind: &mut Folded, missed: &[store::ledger::Line], head: Head) {
        if !missed.is_empty() {
            for bound in self.follower.verified(missed) {
                mind.apply(&bound.entry);
            }
            self.follower.look();
        }
        mind.head = head;
    }

    fn refuse_if_damaged(&self) -> Result<()> {
        match self.follower.damaged_at() {
            Some(seq) => Err(Error::Damaged { contest: self.follower.contest().clone(), seq }),
            None => Ok(()),
        }
    }
}

impl<'a> Decided<'a> {
    /// The outer error ends the whole batch, the inner one is the answer.
    fn decide(
        &mut self,
        mind: &mut Folded,
        contest: &ContestId,
        asked: &'a Asked,
        now: Instant,
    ) -> Result<Result<Receipt>> {
        let Some(key) = &asked.ask.operation else { return Ok(Err(Error::Busy { retry_ms: RETRY_MS })) };
        if let Some(&earlier) = self.fresh.get(key.id.as_str()) {
            // The same sent twice at once: one is decided, both are answered.
            let same = self.batch.operations.iter().any(|done| done.id == key.id && done.body == key.body);
            return Ok(if same { self.answers[earlier].clone() } else { Err(Error::OperationReused) });
        }
        let first = mind.head.seq + 1;
        let (answer, operation) = match decide(&mind.state, &asked.ask.actor, &asked.ask.command, now) {
            Ok(entries) => {
                for entry in entries {
                    let seq = mind.head.seq + 1;
                    let entry = Recorded { seq, epoch: mind.head.epoch, at: now, entry };
                    mind.apply(&entry);
                    let (line, bound) = lines::write(entry)?;
                    self.batch.lines.push(line);
                    self.recorded.push(bound);
                }
                self.batch.beside.extend(asked.ask.beside.iter().cloned());
                (Ok(receipt(contest, mind.head, now)), operation(key, first, mind.head.seq, now))
            }
            Err(refusal) => (Err(Error::Refused(refusal)), operation(key, 0, 0, now)),
        };
        // A refusal is kept for those only who may send the same again: a late copy of a refused mark must not
        // pass when the stage is open once more.
        if answer.is_ok() || !key.body.is_empty() {
            self.fresh.insert(&key.id, self.answers.len());
            self.batch.operations.push(operation);
        }
        Ok(answer)
    }
}

impl Asked {
    fn operation_id(&self) -> &str {
        self.ask.operation.as_ref().map_or("", |key| &key.id)
    }
}

/// The answer to an operation that was answered before.
fn again(mind: &Folded, contest: &ContestId, asked: &Asked, done: &Operation, now: Instant) -> Result<Receipt> {
    if asked.ask.operation.as_ref().is_none_or(|key| key.body != done.body) {
        return Err(Error::OperationReused);
    }
    if done.first == 0 {
        return Err(match decide(&mind.state, &asked.ask.actor, &asked.ask.command, now) {
            Err(refusal) => Error::Refused(refusal),
            Ok(_) => Error::OperationRefusedBefore,
        });
    }
    Ok(receipt(contest, Head { epoch: mind.head.epoch, seq: done.last }, done.at))
}

fn receipt(contest: &ContestId, head: Head, at: Instant) -> Receipt {
    let version = Version { epoch: head.epoch, seq: head.seq, deadline: Instant::default() };
    Receipt { contest: contest.clone(), seq: head.seq, version, at }
}

fn operation(key: &OperationKey, first: u64, last: u64, at: Instant) -> Operation {
    Operation { id: key.id.clone(), body: key.body.clone(), first, last, at }
}

/// Errors that come from what a question carries, not from the database.
fn is_somebodys(error: &store::Error) -> bool {
    matches!(error, store::Error::Taken | store::Error::Reference | store::Error::Nul)
}

fn unavailable(error: Error) -> Error {
    match error {
        Error::Store(error) => {
            tracing::error!(%error, "the database does not take a batch; those who wait are told to try again");
            Error::Busy { retry_ms: RETRY_MS }
        }
        other => other,
    }
}

fn answer_all(waiting: &mut Vec<Asked>, error: &Error) {
    for asked in waiting.drain(..) {
        let _ = asked.answer.send(Err(error.clone()));
    }
}
