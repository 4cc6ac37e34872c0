//! Why something was not done. One enum, so that one place maps it to a status and one to words.

use crate::{
    rules::{command::Refusal, names::ContestId},
    store,
};

#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The rules say no. Nothing was changed.
    #[error("refused by the rules: {0:?}")]
    Refused(Refusal),
    #[error("no such thing")]
    NotFound,
    /// Too much at once, or the database did not answer. Nothing is lost: send the same again after `retry_ms`.
    #[error("busy; try again in {retry_ms} ms")]
    Busy { retry_ms: u64 },
    /// The operation id was used for something else.
    #[error("the operation id was used with another body")]
    OperationReused,
    /// This operation was refused when it first came and would now pass; whoever still means it sends a new one.
    #[error("the operation was refused before")]
    OperationRefusedBefore,
    /// The login, the contest's id or a serial number is in use.
    #[error("the name is taken")]
    Taken,
    /// Login and password do not fit, or the code is not known or has expired.
    #[error("no entry")]
    NotLetIn,
    /// A secret was tried too often; this try was not looked at. The next may come after `wait_ms`.
    #[error("tried too often; try again in {wait_ms} ms")]
    TriedTooOften { wait_ms: u64 },
    /// A second person is asked for, and the code, or the account and password typed for one, are nobody's.
    #[error("the second person is not known by what was typed")]
    SecondUnknown,
    /// The seed that was committed is not on this server: made on another one, or lost with its folder.
    #[error("the committed seed is not here")]
    SeedGone,
    #[error("the password is shorter than {least} characters")]
    PasswordShort { least: usize },
    /// Not as many digits as a PIN has, or such as anybody would try first.
    #[error("the PIN is not {least} to {most} digits, or too easily guessed")]
    PinRefused { least: usize, most: usize },
    #[error("a text is longer than {most} characters or contains a forbidden one")]
    TextRefused { most: usize },
    /// A line of this contest is not what was written: nothing is recorded any more.
    #[error("the ledger of {contest} is not what was written at {seq}")]
    Damaged { contest: ContestId, seq: u64 },
    #[error("the system gives no randomness")]
    Chance,
    #[error(transparent)]
    Store(store::Error),
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NoContest => Self::NotFound,
            store::Error::Taken => Self::Taken,
            other => Self::Store(other),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
