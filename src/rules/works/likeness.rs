//! How alike two works are told: shared pairs of neighbouring characters, in thousandths. A hint for whoever checks,
//! never a decision.

use std::collections::BTreeMap;

/// What is compared; spaces, punctuation and case do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told<'a> {
    /// Title and text.
    pub text: &'a str,
    pub place: &'a str,
}

/// Weight of the text where both say where; the place has the rest of a thousand.
const TEXT_WEIGHT: u32 = 650;

/// 0 (nothing in common) to 1000 (the same).
pub fn alike(one: Told<'_>, other: Told<'_>) -> u32 {
    let text = dice(one.text, other.text);
    if letters(one.place).is_empty() || letters(other.place).is_empty() {
        return text;
    }
    (text * TEXT_WEIGHT + dice(one.place, other.place) * (1_000 - TEXT_WEIGHT)) / 1_000
}

fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn pairs(text: &str) -> BTreeMap<(char, char), u32> {
    let letters = letters(text);
    let mut pairs = BTreeMap::new();
    // A single character is a pair with nothing.
    let ends = letters.first().filter(|_| letters.len() == 1).map(|letter| (*letter, '\0'));
    for pair in letters.windows(2).map(|pair| (pair[0], pair[1])).chain(ends) {
        *pairs.entry(pair).or_default() += 1;
    }
    pairs
}

/// 2 × shared ÷ all.
fn dice(one: &str, other: &str) -> u32 {
    let (one, other) = (pairs(one), pairs(other));
    let all: u32 = one.values().sum::<u32>() + other.values().sum::<u32>();
    let shared: u32 = one.iter().map(|(pair, count)| (*count).min(other.get(pair).copied().unwrap_or(0))).sum();
    (shared * 2_000).checked_div(all).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told<'a>(text: &'a str, place: &'a str) -> Told<'a> {
        Told { text, place }
    }

    /// 灭火器过期 has 4 pairs, 灭火器已过期 has 5; 灭火, 火器, 过期 are shared: 2 × 3 ÷ 9 = 0.666.
    #[test]
    fn shared_pairs_count_twice_of_all() {
        assert_eq!(alike(told("灭火器过期", ""), told("灭火器已过期", "")), 666);
        assert_eq!(alike(told("灭火器 过期！", ""), told("灭火器过期", "")), 1_000);
        assert_eq!(alike(told("灭火器过期", ""), told("楼梯扶手松动", "")), 0);
    }

    /// The text 0.666 × 0.65, the same place 1 × 0.35: 0.4329 + 0.35.
    #[test]
    fn where_it_is_counts_too() {
        let (one, other) = (told("灭火器过期", "二号库"), told("灭火器已过期", "二号库"));
        assert_eq!(alike(one, other), 782);
        assert_eq!(alike(told("灭火器过期", "二号库"), told("灭火器过期", "")), 1_000, "nothing to compare");
    }

    #[test]
    fn nothing_is_like_nothing() {
        assert_eq!(alike(told("", ""), told("", "")), 0);
        assert_eq!(alike(told("漏", ""), told("漏", "")), 1_000);
    }
}
