//! Dealing works to judges: so many judges for each work, none of its author's unit, and as even as can be.
//!
//! Works and judges are shuffled from a seed, so that anybody can repeat it. Each work goes to those who have least;
//! then works are handed on along chains from a judge with more to one with at least two fewer, until no such chain
//! exists. That is the most even dealing there is: an uneven one always has such a chain.

use std::collections::{BTreeSet, VecDeque};

use crate::rules::{
    draw::Chance,
    ledger::works::Dealt,
    names::{Id, PersonId, UnitPath, WorkId},
};

/// A work that needs judges: one that nobody has, or one whose judges became fewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undealt {
    pub work: WorkId,
    /// Its author's.
    pub unit: Option<UnitPath>,
    /// What judges know it by, where it was dealt before.
    pub code: Option<u32>,
    /// Who has marked it or still can, in the order of ids.
    pub keeps: Vec<PersonId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judge {
    pub person: PersonId,
    pub unit: Option<UnitPath>,
    /// Works that they have already.
    pub load: usize,
}

/// So many works have fewer than the judges that each needs; `most`: how many the worst off of them has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooFew {
    pub works: usize,
    pub most: usize,
}

/// What names the random bytes of a deal.
pub(in crate::rules) fn deal_label(collection: &Id, draw: &Id) -> String {
    format!("works/{collection}/{draw}")
}

/// 回避: the judge's unit holds the author's, or lies within it. Who has no unit is of none.
fn is_own(judge: &Judge, work: &Undealt) -> bool {
    judge.unit.as_ref().zip(work.unit.as_ref()).is_some_and(|(one, other)| one.is_within(other) || other.is_within(one))
}

/// Whether a judge can be given a work: of another unit, and new to it.
pub(super) fn fits(judge: &Judge, work: &Undealt) -> bool {
    !is_own(judge, work) && !work.keeps.contains(&judge.person)
}

/// Codes go on from `codes`, in the shuffled order of works; `each`: judges of one work, in the order of their ids.
pub fn deal(
    chance: &mut Chance,
    works: &[Undealt],
    judges: &[Judge],
    each: u32,
    codes: u32,
) -> Result<Vec<Dealt>, TooFew> {
    let each = each as usize;
    let fit: Vec<Vec<usize>> =
        works.iter().map(|work| (0..judges.len()).filter(|at| fits(&judges[*at], work)).collect()).collect();
    let able = works.iter().zip(&fit).map(|(work, fit)| work.keeps.len() + fit.len());
    let lacking: Vec<usize> = able.filter(|count| *count < each).collect();
    if let Some(most) = lacking.iter().min() {
        return Err(TooFew { works: lacking.len(), most: *most });
    }
    let mut order: Vec<usize> = (0..works.len()).collect();
    chance.shuffle(&mut order);
    let mut rank: Vec<usize> = (0..judges.len()).collect();
    chance.shuffle(&mut rank);
    let mut hands =
        Hands { load: judges.iter().map(|judge| judge.load).collect(), has: vec![BTreeSet::new(); works.len()] };
    for work in &order {
        let mut able = fit[*work].clone();
        able.sort_by_key(|judge| (hands.load[*judge], rank[*judge]));
        for judge in able.into_iter().take(each.saturating_sub(works[*work].keeps.len())) {
            hands.load[judge] += 1;
            hands.has[*work].insert(judge);
        }
    }
    while hands.hand_on(&fit) {}
    let mut code = codes;
    let dealt = order.into_iter().map(|at| {
        let work = &works[at];
        let own = work.code.unwrap_or_else(|| {
            code += 1;
            code
        });
        let given = hands.has[at].iter().map(|judge| judges[*judge].person.clone());
        let mut persons: Vec<PersonId> = work.keeps.iter().cloned().chain(given).collect();
        persons.sort();
        Dealt { work: work.work.clone(), code: own, judges: persons }
    });
    Ok(dealt.collect())
}

struct Hands {
    load: Vec<usize>,
    /// By work.
    has: Vec<BTreeSet<usize>>,
}

impl Hands {
    /// Hands works on along one chain; false when nothing can be evened out any more.
    fn hand_on(&mut self, fit: &[Vec<usize>]) -> bool {
        let mut busiest: Vec<usize> = (0..self.load.len()).collect();
        busiest.sort_by_key(|judge| (std::cmp::Reverse(self.load[*judge]), *judge));
        busiest.into_iter().any(|from| self.relieve(from, fit))
    }

    fn relieve(&mut self, from: usize, fit: &[Vec<usize>]) -> bool {
        // Whom a chain reaches, and by which work from whom.
        let mut by: Vec<Option<(usize, usize)>> = vec![None; self.load.len()];
        let mut queue = VecDeque::from([from]);
        while let Some(judge) = queue.pop_front() {
            if self.load[judge] + 2 <= self.load[from] {
                self.pass(from, judge, &by);
                return true;
            }
            for (work, has) in self.has.iter().enumerate().filter(|(_, has)| has.contains(&judge)) {
                for next in fit[work].iter().filter(|next| !has.contains(next)) {
                    if *next != from && by[*next].is_none() {
                        by[*next] = Some((judge, work));
                        queue.push_back(*next);
                    }
                }
            }
        }
        false
    }

    fn pass(&mut self, from: usize, to: usize, by: &[Option<(usize, usize)>]) {
        self.load[from] -= 1;
        self.load[to] += 1;
        let mut judge = to;
        while let Some((before, work)) = by[judge] {
            self.has[work].remove(&before);
            self.has[work].insert(judge);
            judge = before;
        }
    }
}
