//! Between an entry and its line in the store: the payload, the salt and the leaf.

use super::{Result, chance};
use crate::{
    rules::ledger::{
        Entry, Recorded,
        leaf::{self, Hash, SALT_BYTES, Salt},
    },
    store::ledger::Line,
};

/// An entry and the leaf that binds it.
#[derive(Clone, Debug)]
pub struct Bound {
    pub entry: Recorded,
    pub leaf: Hash,
}

pub(super) fn write(recorded: Recorded) -> Result<(Line, Bound)> {
    let (kind, version, payload) = recorded.entry.write();
    let salt: Salt = chance::bytes::<SALT_BYTES>()?;
    let leaf = leaf::leaf(kind, version, recorded.at, recorded.seq, &salt, &payload);
    let line = Line {
        seq: recorded.seq,
        epoch: recorded.epoch,
        kind: kind.to_owned(),
        version,
        at: recorded.at,
        salt: leaf::hex(&salt),
        leaf: leaf::hex(&leaf),
        // Payloads are JSON and so UTF-8.
        payload: String::from_utf8(payload).unwrap_or_default(),
    };
    Ok((line, Bound { entry: recorded, leaf }))
}

/// The leaf of a line, or `None` when the line is not what the leaf was made from.
pub(super) fn leaf(line: &Line) -> Option<Hash> {
    let salt: Salt = data_encoding::HEXLOWER.decode(line.salt.as_bytes()).ok()?.try_into().ok()?;
    let leaf = leaf::leaf(&line.kind, line.version, line.at, line.seq, &salt, line.payload.as_bytes());
    (leaf::hex(&leaf) == line.leaf).then_some(leaf)
}

/// The entry of a line, or `None` when the line is not what was written.
pub fn read(line: &Line) -> Option<Bound> {
    let leaf = leaf(line)?;
    let entry = Entry::read(&line.kind, line.version, line.payload.as_bytes()).ok()?;
    Some(Bound { entry: Recorded { seq: line.seq, epoch: line.epoch, at: line.at, entry }, leaf })
}
