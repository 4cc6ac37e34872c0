//! Between an entry and its line in the store: the payload, the salt and the leaf.

use super::{Result, chance};
use crate::{
    rules::ledger::{
        Entry, Recorded,
        leaf::{self, SALT_BYTES, Salt},
    },
    store::ledger::Line,
};

pub(super) fn write(recorded: &Recorded) -> Result<Line> {
    let (kind, version, payload) = recorded.entry.write();
    let salt: Salt = chance::bytes::<SALT_BYTES>()?;
    Ok(Line {
        seq: recorded.seq,
        epoch: recorded.epoch,
        kind: kind.to_owned(),
        version,
        at: recorded.at,
        salt: leaf::hex(&salt),
        leaf: leaf::hex(&leaf::leaf(kind, version, recorded.at, recorded.seq, &salt, &payload)),
        // Payloads are JSON and so UTF-8.
        payload: String::from_utf8(payload).unwrap_or_default(),
    })
}

/// The entry of a line, or `None` when the line is not what was written.
pub fn read(line: &Line) -> Option<Recorded> {
    let salt: Salt = data_encoding::HEXLOWER.decode(line.salt.as_bytes()).ok()?.try_into().ok()?;
    let leaf = leaf::leaf(&line.kind, line.version, line.at, line.seq, &salt, line.payload.as_bytes());
    if leaf::hex(&leaf) != line.leaf {
        return None;
    }
    let entry = Entry::read(&line.kind, line.version, line.payload.as_bytes()).ok()?;
    Some(Recorded { seq: line.seq, epoch: line.epoch, at: line.at, entry })
}
