//! The room of one contest: decides in order, in batches, and answers after the commit.
//!
//! Whoever asks waits in one of two bounded mailboxes, judges first. A batch is decided one after the other, so
//! that each sees the effect of those before it, and is one transaction. When a commit fails, or nobody knows
//! whether it happened, the room drops its state, takes the committed one, looks the operations up, and decides
//! again what was not done. Readers never see this state: they have the follower's.

use std::sync::Arc;

use tokio::{
    sync::{
        mpsc::{self, error::TrySendError},
        oneshot,
    },
    time::Duration,
};

use super::{Actor, Clock, Follower, Receipt, Result, batch::Decider};
use crate::{
    rules::command::Command,
    store::{Beside, Store},
};

/// Entries of one transaction; the last command of a batch may go beyond it, so that an import stays whole.
pub const BATCH_ENTRIES_MAX: usize = 512;
const JUDGES_WAITING_MAX: usize = 4096;
const OTHERS_WAITING_MAX: usize = 256;
/// However many judges there are, so many others come along in each batch.
const OTHERS_PER_BATCH: usize = 16;
/// When to try again after [`super::Error::Busy`].
pub const RETRY_MS: u64 = 500;

/// Something to be decided.
#[derive(Clone, Debug)]
pub struct Ask {
    pub actor: Actor,
    pub command: Command,
    /// Without one, the room makes its own; with one, the same asked again gives the same answer.
    pub operation: Option<OperationKey>,
    /// Rows that shall stand or fall with the entries.
    pub beside: Vec<Beside>,
    pub waits_with: WaitsWith,
}

/// What makes an operation the same operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationKey {
    pub id: String,
    /// The digest of who asked what.
    pub body: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitsWith {
    Judges,
    Others,
}

impl Ask {
    pub fn new(actor: Actor, command: Command) -> Self {
        Self { actor, command, operation: None, beside: Vec::new(), waits_with: WaitsWith::Others }
    }

    #[must_use]
    pub fn with(mut self, beside: Beside) -> Self {
        self.beside.push(beside);
        self
    }

    #[must_use]
    pub fn once(mut self, operation: OperationKey) -> Self {
        self.operation = Some(operation);
        self
    }

    #[must_use]
    pub fn among_judges(mut self) -> Self {
        self.waits_with = WaitsWith::Judges;
        self
    }
}

/// A handle; the room ends when all of them are gone, or when nobody asked for long.
#[derive(Clone)]
pub(super) struct Room {
    judges: mpsc::Sender<Asked>,
    others: mpsc::Sender<Asked>,
}

pub(super) struct Asked {
    pub(super) ask: Ask,
    pub(super) answer: oneshot::Sender<Result<Receipt>>,
}

pub(super) enum NotTaken {
    Full,
    Rests(Box<Ask>),
}

impl Room {
    pub(super) fn start(store: Store, clock: Clock, follower: Arc<Follower>, idle: Duration) -> Self {
        let (judges, from_judges) = mpsc::channel(JUDGES_WAITING_MAX);
        let (others, from_others) = mpsc::channel(OTHERS_WAITING_MAX);
        let mailbox = Mailbox { judges: from_judges, others: from_others, idle };
        tokio::spawn(run(mailbox, Decider::new(store, clock, follower)));
        Self { judges, others }
    }

    pub(super) fn rests(&self) -> bool {
        self.judges.is_closed()
    }

    /// Where the answer will come, or why the question was not taken.
    pub(super) fn put(&self, ask: Ask) -> std::result::Result<oneshot::Receiver<Result<Receipt>>, NotTaken> {
        let (answer, answered) = oneshot::channel();
        let box_ = match ask.waits_with {
            WaitsWith::Judges => &self.judges,
            WaitsWith::Others => &self.others,
        };
        match box_.try_send(Asked { ask, answer }) {
            Ok(()) => Ok(answered),
            Err(TrySendError::Full(_)) => Err(NotTaken::Full),
            Err(TrySendError::Closed(asked)) => Err(NotTaken::Rests(Box::new(asked.ask))),
        }
    }
}

struct Mailbox {
    judges: mpsc::Receiver<Asked>,
    others: mpsc::Receiver<Asked>,
    idle: Duration,
}

impl Mailbox {
    /// Waits for the first, then takes whoever is there. Empty when the room shall rest.
    async fn take(&mut self, waiting: &mut Vec<Asked>) {
        if waiting.is_empty() {
            let first = tokio::select! {
                biased;
                // None when all handles are gone; both mailboxes go together.
                asked = self.judges.recv() => asked,
                Some(asked) = self.others.recv() => Some(asked),
                () = tokio::time::sleep(self.idle) => None,
            };
            if let Some(asked) = first {
                waiting.push(asked);
            } else {
                // Nobody can come in any more, but somebody may have just before.
                self.judges.close();
                self.others.close();
            }
        }
        let places = BATCH_ENTRIES_MAX.saturating_sub(OTHERS_PER_BATCH);
        while waiting.len() < places
            && let Ok(asked) = self.judges.try_recv()
        {
            waiting.push(asked);
        }
        while waiting.len() < BATCH_ENTRIES_MAX
            && let Ok(asked) = self.others.try_recv()
        {
            waiting.push(asked);
        }
    }
}

async fn run(mut mailbox: Mailbox, mut decider: Decider) {
    let mut waiting = Vec::new();
    loop {
        mailbox.take(&mut waiting).await;
        if waiting.is_empty() {
            break;
        }
        decider.serve(&mut waiting).await;
    }
}
