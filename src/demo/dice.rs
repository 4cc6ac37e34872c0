//! Dice with a seed (SplitMix64), so that a demonstration can be repeated. Not for draws that count.

pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Dice of their own for somebody or something, the same whenever asked.
    pub(super) fn of(&self, what: &str) -> Self {
        Self(what.bytes().fold(self.0 ^ 0x9e37_79b9, |sum, byte| mixed(sum.wrapping_add(u64::from(byte)))))
    }

    /// `0..sides`; `sides` is not 0.
    pub(super) fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0) % sides
    }
}

fn mixed(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
