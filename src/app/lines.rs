//! Between an entry and its line in the store: the payload, the salt and the leaf.

use sha2::{Digest as _, Sha256};

use super::{Result, chance};
use crate::{
    rules::ledger::{Entry, Recorded},
    store::ledger::Line,
};

pub(super) fn write(recorded: &Recorded) -> Result<Line> {
    let payload = serde_json::to_string(&recorded.entry).unwrap_or_default();
    let mut line = Line {
        seq: recorded.seq,
        epoch: recorded.epoch,
        kind: String::new(),
        version: 1,
        at: recorded.at,
        salt: chance::salt()?,
        payload,
        leaf: String::new(),
    };
    line.leaf = leaf(&line);
    Ok(line)
}

/// The entry of a line, or `None` when the line is not what was written.
pub fn read(line: &Line) -> Option<Recorded> {
    let entry: Entry = serde_json::from_str(&line.payload).ok()?;
    (leaf(line) == line.leaf).then_some(Recorded { seq: line.seq, epoch: line.epoch, at: line.at, entry })
}

fn leaf(line: &Line) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(format!(
        "{} {} {} {} {} {}",
        line.kind, line.version, line.at.0, line.seq, line.salt, line.payload
    )))
}
