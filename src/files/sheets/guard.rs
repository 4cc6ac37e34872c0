//! Unpacks a workbook once, counting, before any parser does: what a header claims about sizes is not believed.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{UNPACKED_BYTES_MAX, Unreadable};

/// A workbook has a few dozen parts.
const PARTS_MAX: usize = 2_000;
/// Tables pack ten or twenty to one; a bomb a thousand to one.
const RATIO_MAX: u64 = 300;
/// Below this, any ratio is harmless.
const RATIO_MATTERS_FROM: u64 = 4 << 20;

pub(super) fn unpacks_within_limits(bytes: &[u8]) -> Result<(), Unreadable> {
    let too_much = Unreadable::Unpacks { bytes_max: UNPACKED_BYTES_MAX };
    let damaged = |error: &dyn std::fmt::Display| Unreadable::Damaged { detail: error.to_string() };
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if zip.len() > PARTS_MAX {
        return Err(too_much);
    }
    let mut left = UNPACKED_BYTES_MAX;
    for index in 0..zip.len() {
        let part = zip.by_index(index).map_err(|error| damaged(&error))?;
        if part.encrypted() {
            return Err(Unreadable::Protected);
        }
        let packed = part.compressed_size().max(1);
        let most = left.min(packed.saturating_mul(RATIO_MAX).max(RATIO_MATTERS_FROM));
        let unpacked =
            std::io::copy(&mut part.take(most + 1), &mut std::io::sink()).map_err(|error| damaged(&error))?;
        if unpacked > most {
            return Err(too_much);
        }
        left -= unpacked;
    }
    Ok(())
}

/// The text of one part; the caller has checked the whole.
pub(super) fn part(bytes: &[u8], name: &str) -> Option<String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut text = String::new();
    zip.by_name(name).ok()?.take(UNPACKED_BYTES_MAX).read_to_string(&mut text).ok()?;
    Some(text)
}
