//! Drawing by lot from a committed seed, so that anybody can repeat it.
//!
//! A *seed* is 32 random bytes; its *commitment* is SHA-256 of them, published before the draw. A draw is named by a
//! *label*, and its random bytes are the blocks SHA-256(key ‖ i), i = 0, 1, 2, … as u64, with key = SHA-256(seed ‖ label
//! in UTF-8). They are read eight at a time as u64. Numbers are big-endian.
//!
//! *Below n*: the next u64 that is less than the largest multiple of n up to 2⁶⁴, modulo n; greater ones are passed
//! over, so that no result is likelier. *Shuffle*: Fisher–Yates; for i from the last position down to 1, positions i and
//! below(i + 1) change places. Knows no entrants and makes no seeds.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use super::ledger::entry::Digest;

pub const SEED_BYTES: usize = 32;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seed([u8; SEED_BYTES]);

/// The random bytes of one draw.
#[derive(Clone, Debug)]
pub struct Chance {
    key: [u8; 32],
    next_block: u64,
    block: [u8; 32],
    used: usize,
}

impl Seed {
    pub fn new(bytes: [u8; SEED_BYTES]) -> Self {
        Self(bytes)
    }

    /// From 64 digits of lower-case hex.
    pub fn parse(hex: &str) -> Option<Self> {
        let bytes = data_encoding::HEXLOWER.decode(hex.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    pub fn to_hex(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.0)
    }

    /// What is recorded before the draw.
    pub fn commitment(&self) -> Digest {
        Digest(data_encoding::HEXLOWER.encode(&Sha256::digest(self.0)))
    }
}

impl Chance {
    pub fn new(seed: &Seed, label: &str) -> Self {
        let key = Sha256::new().chain_update(seed.0).chain_update(label).finalize().into();
        Self { key, next_block: 0, block: [0; 32], used: 32 }
    }

    fn next(&mut self) -> u64 {
        if self.used == self.block.len() {
            self.block =
                Sha256::new().chain_update(self.key).chain_update(self.next_block.to_be_bytes()).finalize().into();
            self.next_block += 1;
            self.used = 0;
        }
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&self.block[self.used..self.used + 8]);
        self.used += 8;
        u64::from_be_bytes(bytes)
    }

    /// Each of `0..n` with the same chance; 0 when `n` is 0.
    pub fn below(&mut self, n: u64) -> u64 {
        if n < 2 {
            return 0;
        }
        // 2⁶⁴ mod n, without 2⁶⁴.
        let over = (u64::MAX % n + 1) % n;
        loop {
            let drawn = self.next();
            if drawn <= u64::MAX - over {
                return drawn % n;
            }
        }
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last as u64 + 1);
            // Below a position of the slice.
            items.swap(last, usize::try_from(other).unwrap_or(last));
        }
    }

    /// An order in which one unit is spread over batches of `batch` places each, the last may be smaller: items are
    /// shuffled, units are taken one after the other in the order in which they then come up, their items are dealt to
    /// the batches in turn, and each batch is shuffled. A unit meets itself in a batch only when it has more items
    /// than batches have room left.
    pub fn spread<T, U: Ord + Clone>(&mut self, items: Vec<T>, unit: impl Fn(&T) -> U, batch: usize) -> Vec<T> {
        let mut items = items;
        self.shuffle(&mut items);
        if batch == 0 || items.len() <= batch {
            return items;
        }
        let total = items.len();
        let mut order: Vec<U> = Vec::new();
        let mut by_unit: BTreeMap<U, Vec<T>> = BTreeMap::new();
        for item in items {
            let unit = unit(&item);
            let of_unit = by_unit.entry(unit.clone()).or_default();
            if of_unit.is_empty() {
                order.push(unit);
            }
            of_unit.push(item);
        }
        let count = total.div_ceil(batch);
        let room = |at: usize| if at + 1 < count { batch } else { total - batch * (count - 1) };
        let mut batches: Vec<Vec<T>> = (0..count).map(|_| Vec::new()).collect();
        let mut turn = 0;
        for item in order.iter().filter_map(|unit| by_unit.remove(unit)).flatten() {
            while batches[turn].len() == room(turn) {
                turn = (turn + 1) % count;
            }
            batches[turn].push(item);
            turn = (turn + 1) % count;
        }
        for batch in &mut batches {
            self.shuffle(batch);
        }
        batches.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seed() -> Seed {
        Seed::new(std::array::from_fn(|at| u8::try_from(at).unwrap()))
    }

    /// By a second program in another language, written from the text above:
    ///
    /// ```python
    /// import hashlib, itertools
    /// seed = bytes(range(32)); key = hashlib.sha256(seed + b'lots//').digest()
    /// def words():
    ///     for i in itertools.count():
    ///         b = hashlib.sha256(key + i.to_bytes(8, 'big')).digest()
    ///         for k in range(0, 32, 8): yield int.from_bytes(b[k:k+8], 'big')
    /// w = words()
    /// def below(n):
    ///     while True:
    ///         x = next(w)
    ///         if x < 2**64 // n * n: return x % n
    /// a = list(range(1, 11))
    /// for i in range(9, 0, -1): j = below(i + 1); a[i], a[j] = a[j], a[i]
    /// print(hashlib.sha256(seed).hexdigest(), a)
    /// ```
    #[test]
    fn a_draw_can_be_repeated_by_anybody() {
        assert_eq!(seed().commitment().0, "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd");
        let mut items: Vec<u32> = (1..=10).collect();
        Chance::new(&seed(), "lots//").shuffle(&mut items);
        assert_eq!(items, [3, 8, 9, 6, 4, 1, 7, 10, 2, 5]);
    }

    #[test]
    fn another_label_is_another_draw() {
        let shuffled = |label: &str| {
            let mut items: Vec<u32> = (0..52).collect();
            Chance::new(&seed(), label).shuffle(&mut items);
            items
        };
        assert_ne!(shuffled("lots/a/"), shuffled("lots//a"));
    }

    #[test]
    fn a_seed_is_64_digits_of_hex() {
        assert_eq!(Seed::parse(&seed().to_hex()), Some(seed()));
        assert_eq!(Seed::parse("00"), None);
        assert_eq!(Seed::parse(&"g".repeat(64)), None);
    }

    /// 6,000 draws below 3: 2,000 each is expected, the standard deviation is 36.5.
    #[test]
    fn no_result_is_likelier() {
        let mut chance = Chance::new(&seed(), "fair");
        let mut counts = [0_u32; 3];
        for _ in 0..6_000 {
            counts[usize::try_from(chance.below(3)).unwrap()] += 1;
        }
        assert!(counts.iter().all(|count| (1_800..2_200).contains(count)), "{counts:?}");
    }

    proptest! {
        #[test]
        fn a_unit_is_spread_over_batches(units in 2_usize..8, batches in 2_usize..6, label in "[a-z]{1,8}") {
            // Each unit sends one entrant per batch; so each batch can have one of each.
            let items: Vec<(usize, usize)> = (0..units * batches).map(|at| (at % units, at)).collect();
            let order = Chance::new(&seed(), &label).spread(items.clone(), |item| item.0, units);
            for batch in order.chunks(units) {
                let mut seen: Vec<usize> = batch.iter().map(|item| item.0).collect();
                seen.sort_unstable();
                prop_assert_eq!(seen, (0..units).collect::<Vec<_>>());
            }
            let mut all = order;
            all.sort_unstable_by_key(|item| item.1);
            prop_assert_eq!(all, items);
        }
    }
}
