//! How an item does (试题统计), from papers that were marked.
//!
//! The *difficulty index* P (难度) is the share of the item's points that were got, so 1 is easy. The *discrimination
//! index* D (区分度) is P among the best 27 % of the papers less P among the worst 27 %: below 0.2 an item does not
//! tell those who know from those who don't; below 0 its key deserves a look. Groups are Kelley's (1939).

use rust_decimal::{Decimal, RoundingStrategy};

use crate::rules::decimal::{self, Overflow};

/// Papers from which on D says anything: groups of three.
pub const PAPERS_MIN: usize = 10;

/// Digits of the indices.
const DIGITS: u32 = 4;

/// One item on one paper that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The paper's score; every paper's out of the same maximum, or as a share of its own.
    pub score: Decimal,
    pub points: Decimal,
    /// What all right gives. Positive.
    pub most: Decimal,
    pub right: bool,
    pub blank: bool,
}

/// The indices to four digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    pub taken: usize,
    pub right: usize,
    pub blank: usize,
    /// P; `None` of no papers.
    pub difficulty: Option<Decimal>,
    /// D; `None` below [`PAPERS_MIN`].
    pub discrimination: Option<Decimal>,
}

/// The order of the papers does not matter: papers with the score on the border of a group share its places.
pub fn statistics(taken: &[Taken]) -> Result<Statistics, Overflow> {
    let mut by_score: Vec<(Decimal, Decimal)> = Vec::with_capacity(taken.len());
    for one in taken {
        by_score.push((one.score, decimal::div(one.points, one.most)?.unwrap_or_default()));
    }
    by_score.sort_unstable();
    let shares: Vec<Decimal> = by_score.iter().map(|(_, share)| *share).collect();
    let difficulty = decimal::mean(&shares)?.map(shown);
    let discrimination = if taken.len() < PAPERS_MIN {
        None
    } else {
        let group = group(taken.len());
        let low = group_mean(by_score.iter().copied(), group)?;
        let high = group_mean(by_score.iter().rev().copied(), group)?;
        Some(shown(decimal::sub(high, low)?))
    };
    Ok(Statistics {
        taken: taken.len(),
        right: taken.iter().filter(|one| one.right).count(),
        blank: taken.iter().filter(|one| one.blank).count(),
        difficulty,
        discrimination,
    })
}

/// 27 % of the papers, halves up, at least one.
fn group(papers: usize) -> usize {
    ((papers * 27 + 50) / 100).max(1)
}

/// The mean share of the first `group`; those whose score is that of the last one in it count with the part of the
/// places that is left for them.
fn group_mean(sorted: impl Iterator<Item = (Decimal, Decimal)> + Clone, group: usize) -> Result<Decimal, Overflow> {
    let Some((border, _)) = sorted.clone().nth(group - 1) else { return Ok(Decimal::ZERO) };
    let certain: Vec<Decimal> =
        sorted.clone().take_while(|(score, _)| *score != border).map(|(_, share)| share).collect();
    let on_border: Vec<Decimal> = sorted.filter(|(score, _)| *score == border).map(|(_, share)| share).collect();
    let left = Decimal::from(group - certain.len());
    let shared = decimal::mul(decimal::mean(&on_border)?.unwrap_or_default(), left)?;
    let all = decimal::add(decimal::sum(certain)?, shared)?;
    decimal::div(all, Decimal::from(group)).map(Option::unwrap_or_default)
}

fn shown(share: Decimal) -> Decimal {
    share.round_dp_with_strategy(DIGITS, RoundingStrategy::MidpointAwayFromZero).normalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    /// Out of 2 points.
    fn taken(score: &str, points: &str) -> Taken {
        let (points, most) = (dec(points), dec("2"));
        Taken { score: dec(score), points, most, right: points == most, blank: false }
    }

    #[test]
    fn eleven_papers() {
        // 27 % of 11 is 2.97: groups of 3. Best 100, 90, 80: 2, 2, 1 of 2 points: 5/6. Worst 10, 20, 30: 0, 1, 0: 1/6.
        let papers = [
            ("100", "2"),
            ("90", "2"),
            ("80", "1"),
            ("70", "2"),
            ("60", "0"),
            ("50", "1"),
            ("45", "1"),
            ("40", "2"),
            ("30", "0"),
            ("20", "1"),
            ("10", "0"),
        ];
        let mut papers: Vec<Taken> = papers.iter().map(|(score, points)| taken(score, points)).collect();
        let got = statistics(&papers).unwrap();
        // 12 of 22 points.
        assert_eq!(got.difficulty, Some(dec("0.5455")));
        assert_eq!(got.discrimination, Some(dec("0.6667")));
        assert_eq!((got.taken, got.right, got.blank), (11, 4, 0));
        papers.reverse();
        assert_eq!(statistics(&papers), Ok(got));
    }

    #[test]
    fn papers_on_the_border_of_a_group_share_its_places() {
        // 27 % of 10 is 2.7: groups of 3. Best: 9 for sure, then two places for the three with 8, who got 2, 0 and 1 of
        // 2: (1 + 2 · 0.5)/3. Worst: three of the six with 1, who got nothing.
        let mut papers = vec![taken("9", "2"), taken("8", "2"), taken("8", "0"), taken("8", "1")];
        papers.extend((0..6).map(|_| taken("1", "0")));
        let got = statistics(&papers).unwrap();
        assert_eq!(got.discrimination, Some(dec("0.6667")));
        papers.swap(1, 2);
        papers.rotate_left(4);
        assert_eq!(statistics(&papers), Ok(got));
    }

    #[test]
    fn few_papers_and_wrong_keys() {
        assert_eq!(statistics(&[]), Ok(Statistics::default()));
        let few: Vec<Taken> = (0..9).map(|score| taken(&score.to_string(), "2")).collect();
        let got = statistics(&few).unwrap();
        assert_eq!((got.difficulty, got.discrimination), (Some(dec("1")), None));
        // A wrong key: those who know lose. Of ten, the best three get nothing and the worst three all.
        let wrong = |score: i32| taken(&score.to_string(), if score < 5 { "2" } else { "0" });
        let got = statistics(&(0..10).map(wrong).collect::<Vec<_>>()).unwrap();
        assert_eq!((got.difficulty, got.discrimination), (Some(dec("0.5")), Some(dec("-1"))));
        // All scores the same: nothing tells papers apart.
        let same: Vec<Taken> = (0..20).map(|at| taken("5", if at % 2 == 0 { "2" } else { "0" })).collect();
        assert_eq!(statistics(&same).unwrap().discrimination, Some(dec("0")));
        let blank = Taken { blank: true, ..taken("1", "0") };
        assert_eq!(statistics(&[blank]).unwrap().blank, 1);
    }
}
