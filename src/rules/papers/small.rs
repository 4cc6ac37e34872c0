//! Whether a bank is large enough for a paper: with few more items than it asks, everybody gets the same.

use super::rules::Rules;
use crate::rules::{items::Item, ledger::paper::BankedItem};

/// A bank should be enough for so many papers without an item twice.
pub const PAPERS_LEAST: u32 = 5;

/// Too few items: for a part (from 0), or `None` for all parts together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Small {
    pub part: Option<usize>,
    /// For [`PAPERS_LEAST`] papers.
    pub wants: u32,
    pub has: u32,
}

/// What a bank has for one part of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    pub part: usize,
    pub wants: u32,
    pub has: u32,
}

impl Pool {
    /// No paper can be drawn.
    pub fn is_lacking(self) -> bool {
        self.has < self.wants
    }

    /// Less than [`PAPERS_LEAST`] papers.
    pub fn is_small(self) -> bool {
        self.has < self.wants.saturating_mul(PAPERS_LEAST)
    }
}

/// What these items give to each part, one by one; an item may stand in several.
pub fn pools(rules: &Rules, items: &[&Item]) -> Vec<Pool> {
    let pool = |(part, rule): (usize, &super::rules::Part)| {
        let fits = |item: &&&Item| rule.fits(item.kind(), item.subject.as_deref(), item.difficulty);
        let has = u32::try_from(items.iter().filter(fits).count()).unwrap_or(u32::MAX);
        Pool { part, wants: rule.count, has }
    };
    rules.parts.iter().enumerate().map(pool).collect()
}

/// Where a bank is smaller than five papers: by parts, and where each part alone has enough, as a whole.
pub fn small(rules: &Rules, bank: &[BankedItem]) -> Vec<Small> {
    let fits = |at: usize, item: &BankedItem| {
        rules.parts.get(at).is_some_and(|part| part.fits(item.kind, item.subject.as_deref(), item.difficulty))
    };
    let count = |which: &dyn Fn(&BankedItem) -> bool| {
        u32::try_from(bank.iter().filter(|item| which(item)).count()).unwrap_or(u32::MAX)
    };
    let short = |part: Option<usize>, asked: u32, has: u32| {
        let wants = asked.saturating_mul(PAPERS_LEAST);
        (has < wants).then_some(Small { part, wants, has })
    };
    let parts = rules.parts.iter().enumerate();
    let short_parts: Vec<Small> =
        parts.filter_map(|(at, part)| short(Some(at), part.count, count(&|item| fits(at, item)))).collect();
    if !short_parts.is_empty() {
        return short_parts;
    }
    let any = |item: &BankedItem| (0..rules.parts.len()).any(|at| fits(at, item));
    short(None, rules.count(), count(&any)).into_iter().collect()
}
