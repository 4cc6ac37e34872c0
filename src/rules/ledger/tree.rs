//! The tree over a ledger's leaves (RFC 6962): one hash that stands for all entries up to one.

use sha2::{Digest, Sha256};

use super::leaf::Hash;

/// The root over leaves in their order; of nothing, the hash of nothing.
pub fn root<L: AsRef<[u8]>>(leaves: &[L]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [only] => Sha256::new().chain_update([0]).chain_update(only).finalize().into(),
        several => {
            // The greatest power of two below their number.
            let middle = several.len().next_power_of_two() / 2;
            let (left, right) = (root(&several[..middle]), root(&several[middle..]));
            Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::ledger::leaf::hex;

    #[test]
    fn roots_are_those_of_certificate_transparency() {
        // The leaves that the implementations of RFC 6962 test themselves with.
        let leaves =
            ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        let leaves: Vec<Vec<u8>> =
            leaves.iter().map(|text| data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap()).collect();
        for (count, expected) in [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
            (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
            (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
        ] {
            assert_eq!(hex(&root(&leaves[..count])), expected, "{count} leaves");
        }
    }
}
