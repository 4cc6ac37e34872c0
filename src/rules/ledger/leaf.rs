//! How an entry is bound into one hash, so that any later change of it is found.
//!
//! The *payload digest* is SHA-256 over 16 random salt bytes and the payload: opaque without the payload, so that
//! a leaf can be shown when the payload may not, or is erased. The *leaf* is SHA-256 over, one after the other:
//!
//! | part | form |
//! |---|---|
//! | `leitai-leaf-1` | 13 bytes of ASCII |
//! | kind | its length in bytes as u32, then UTF-8 |
//! | version | u32 |
//! | time | milliseconds since 1970, i64 |
//! | sequence number | u64 |
//! | payload digest | 32 bytes |
//!
//! Numbers are big-endian. Only the kind varies in length and it is prefixed with it, so that no two entries have
//! the same bytes. Trees over leaves are not here.

use sha2::{Digest, Sha256};

use super::Instant;

pub const SALT_BYTES: usize = 16;

const DOMAIN: &[u8] = b"leitai-leaf-1";

pub type Salt = [u8; SALT_BYTES];

/// A SHA-256.
pub type Hash = [u8; 32];

/// What stands in a leaf for a payload.
pub fn payload_digest(salt: &Salt, payload: &[u8]) -> Hash {
    Sha256::new().chain_update(salt).chain_update(payload).finalize().into()
}

/// The leaf of an entry.
pub fn leaf(kind: &str, version: u32, at: Instant, seq: u64, salt: &Salt, payload: &[u8]) -> Hash {
    bare(kind, version, at, seq, &payload_digest(salt, payload))
}

/// The leaf of an entry whose payload is not at hand.
pub fn bare(kind: &str, version: u32, at: Instant, seq: u64, payload: &Hash) -> Hash {
    // Kinds are words of this program, far below 4 GiB.
    let length = u32::try_from(kind.len()).unwrap_or(u32::MAX);
    Sha256::new()
        .chain_update(DOMAIN)
        .chain_update(length.to_be_bytes())
        .chain_update(kind)
        .chain_update(version.to_be_bytes())
        .chain_update(at.0.to_be_bytes())
        .chain_update(seq.to_be_bytes())
        .chain_update(payload)
        .finalize()
        .into()
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALT: Salt = *b"0123456789abcdef";

    // printf '0123456789abcdef{"by":"p1"}' | sha256sum
    const PAYLOAD_DIGEST: &str = "b6f3c26aeb0fc0554e355b956c03470bc9434b62b2d06fd8be9f86030a070177";

    // (printf 'leitai-leaf-1\0\0\0\014board-frozen\0\0\0\001\0\0\001\236\0\0\0\0\0\0\0\0\0\0\0\007'; printf $PAYLOAD_DIGEST | xxd -r -p) | sha256sum
    const LEAF: &str = "e32c1a2a470f2f4923970870d604ae85d822546f086b6ebd97e5f72423af6df2";

    // 0x19e00000000 ms
    const AT: Instant = Instant(0x0000_019e_0000_0000);

    #[test]
    fn a_leaf_can_be_made_with_sha256sum() {
        let payload = br#"{"by":"p1"}"#;
        assert_eq!(hex(&payload_digest(&SALT, payload)), PAYLOAD_DIGEST);
        assert_eq!(hex(&leaf("board-frozen", 1, AT, 7, &SALT, payload)), LEAF);
        assert_eq!(
            bare("board-frozen", 1, AT, 7, &payload_digest(&SALT, payload)),
            leaf("board-frozen", 1, AT, 7, &SALT, payload)
        );
    }

    #[test]
    fn every_part_changes_the_leaf() {
        let one = leaf("kind", 1, AT, 7, &SALT, b"payload");
        let others = [
            leaf("kinds", 1, AT, 7, &SALT, b"payload"),
            leaf("kind", 2, AT, 7, &SALT, b"payload"),
            leaf("kind", 1, Instant(AT.0 + 1), 7, &SALT, b"payload"),
            leaf("kind", 1, AT, 8, &SALT, b"payload"),
            leaf("kind", 1, AT, 7, b"0123456789abcdeF", b"payload"),
            leaf("kind", 1, AT, 7, &SALT, b"payloae"),
        ];
        assert!(others.iter().all(|other| *other != one));
    }
}
