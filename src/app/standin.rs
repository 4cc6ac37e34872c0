//! A stand-in for the rules until they are here: whoever asks may, and the state is the list of entries.

use crate::rules::{
    command::{Command, Refusal},
    decide::Actor,
    ledger::{Entry, Instant, Recorded},
};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    pub entries: Vec<Recorded>,
}

impl State {
    pub(crate) fn apply(&mut self, recorded: &Recorded) {
        self.entries.push(recorded.clone());
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the rules will refuse")]
pub(crate) fn decide(_state: &State, actor: &Actor, command: &Command, _now: Instant) -> Result<Vec<Entry>, Refusal> {
    let by = actor.person.clone();
    match command.clone() {
        Command::GiveMark { entrant, slot, value } => Ok(vec![Entry::MarkGiven { entrant, slot, value, by }]),
        _ => Ok(Vec::new()),
    }
}
