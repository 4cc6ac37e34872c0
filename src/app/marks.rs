//! What a judge's device sends: marks, each exactly once.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::{Actor, App, Ask, Error, OperationKey, Receipt, Result};
use crate::rules::{command::Command, names::ContestId};

/// A device makes its own operation ids; longer ones are not random, they are mischief.
pub const OPERATION_ID_BYTES_MAX: usize = 64;

impl App {
    /// Does what a device asks, exactly once for each `operation` id: the same asked again by the same person
    /// gives the same receipt, anything else under that id is [`Error::OperationReused`]. `body` is what the
    /// device sent, in a form in which the same request is the same bytes. Waits among the judges.
    pub async fn act_once(
        &self,
        contest: &ContestId,
        actor: &Actor,
        operation: &str,
        body: &[u8],
        command: Command,
    ) -> Result<Receipt> {
        self.ask(contest, Ask::new(actor.clone(), command).once(operation_key(actor, operation, body)?).among_judges())
            .await
    }
}

/// Binds an operation to who asked for what.
pub fn operation_key(actor: &Actor, id: &str, body: &[u8]) -> Result<OperationKey> {
    if id.is_empty() || id.len() > OPERATION_ID_BYTES_MAX || !id.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Error::TextRefused { most: OPERATION_ID_BYTES_MAX });
    }
    let body = Sha256::new().chain_update(actor.person.as_str()).chain_update([0]).chain_update(body).finalize();
    Ok(OperationKey { id: id.to_owned(), body: HEXLOWER.encode(&body) })
}
