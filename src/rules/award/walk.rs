//! One award in one scope, from the best down: groups of equals get it until its places are used up, and what
//! happens when a group does not fit.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::rules::{
    definition::model::{Award, Boundary, Quota},
    names::{Id, UnitPath},
};

use super::{
    Cause, Decisions, Key, Undecided, Warning,
    allot::{Pending, Round, Rung},
    count, key,
    pool::{Group, Pool, Runner, Tie},
};

/// Who can have an award at all.
pub(super) struct Filter<'f> {
    pub only: &'f [Id],
    pub line: Option<Decimal>,
    pub highest_first: bool,
    /// Of the same ladder.
    pub held: BTreeSet<Key>,
    pub barred: BTreeSet<Key>,
    pub keeps_place: BTreeSet<String>,
}

impl Filter<'_> {
    pub(super) fn lets(&self, runner: &Runner<'_>) -> bool {
        self.lets_but_for_line(runner) && self.reaches(runner)
    }

    pub(super) fn lets_but_for_line(&self, runner: &Runner<'_>) -> bool {
        !runner.outside()
            && runner.meets(self.only)
            && !self.held.contains(&key(runner.who))
            && !self.barred.contains(&key(runner.who))
    }

    pub(super) fn reaches(&self, runner: &Runner<'_>) -> bool {
        runner.reaches(self.line, self.highest_first)
    }
}

/// Index among the pending, who of them is here, and how many places they will take.
type Waiting<'a> = (usize, Vec<Runner<'a>>, u32);

pub(super) struct Walk<'w, 'a> {
    round: &'w mut Round<'a>,
    decisions: &'a Decisions,
    award: &'a Award,
    pool: &'w Pool<'a>,
    filter: &'w Filter<'w>,
    rung: Option<Rung>,
    /// Places that are left; `None` without a limit.
    pub left: Option<u32>,
    /// A tie ended the award before its places or the field did.
    pub closed: bool,
    /// Index of the last group that got something or waits for it.
    pub last_group: Option<usize>,
    pub winners: Vec<Runner<'a>>,
    pub undecided: Vec<Undecided>,
    units: BTreeMap<UnitPath, u32>,
}

impl<'w, 'a> Walk<'w, 'a> {
    pub(super) fn new(
        round: &'w mut Round<'a>,
        decisions: &'a Decisions,
        award: &'a Award,
        pool: &'w Pool<'a>,
        filter: &'w Filter<'w>,
        rung: Option<Rung>,
        left: Option<u32>,
    ) -> Self {
        Walk {
            round,
            decisions,
            award,
            pool,
            filter,
            rung,
            left,
            closed: false,
            last_group: None,
            winners: Vec::new(),
            undecided: Vec::new(),
            units: BTreeMap::new(),
        }
    }

    pub(super) fn run(&mut self) {
        let pool = self.pool;
        let mut place = 1;
        for (index, group) in pool.groups.iter().enumerate() {
            if let Quota::Top(top) = self.award.quota {
                if place > top {
                    break;
                }
                self.left = Some(top - place + 1);
                place += count(group.members.iter().filter(|runner| self.holds_a_place(runner)).count());
            }
            if self.left == Some(0) || self.closed {
                break;
            }
            let open: Vec<Runner<'a>> =
                group.members.iter().filter(|runner| self.filter.lets(runner)).cloned().collect();
            let open = self.within_caps(open);
            if !open.is_empty() && self.left != Some(0) {
                self.group(index, group, open);
            }
        }
        if matches!(self.award.quota, Quota::Top(_)) {
            self.left = None;
        }
    }

    /// For `top`: who counts as standing before those behind.
    fn holds_a_place(&self, runner: &Runner<'_>) -> bool {
        let gone = self.filter.barred.contains(&key(runner.who)) && !self.filter.keeps_place.contains(runner.text());
        !runner.outside() && !gone
    }

    fn group(&mut self, index: usize, group: &Group<'a>, open: Vec<Runner<'a>>) {
        let (sure, waiting) = self.split(open);
        let falls: u32 = waiting.iter().map(|(_, _, places)| places).sum();
        let wanted = count(sure.len()) + falls;
        if wanted == 0 {
            return;
        }
        self.last_group = Some(index);
        let Some(left) = self.left.filter(|left| *left < wanted) else {
            self.left = self.left.map(|left| left - wanted);
            for runner in sure {
                self.win(runner);
            }
            for (at, members, places) in waiting {
                self.undecided.push(Undecided { candidates: texts(&members), places, cause: Cause::Above });
                self.pending()[at].places = 0;
            }
            return;
        };
        let cause = match group.tie {
            _ if falls > 0 => Cause::Above,
            Tie::Open => Cause::RankingOpen,
            Tie::Shared | Tie::AcrossTables => Cause::Boundary,
        };
        for (at, ..) in &waiting {
            self.pending()[*at].places = 0;
        }
        let mut tied = sure;
        tied.extend(waiting.into_iter().flat_map(|(_, members, _)| members));
        tied.sort_by(|a, b| a.who.cmp(b.who));
        self.boundary(group.tie, tied, wanted, left, cause);
    }

    /// More are equal than places are left.
    fn boundary(&mut self, tie: Tie, tied: Vec<Runner<'a>>, wanted: u32, left: u32, cause: Cause) {
        self.closed = true;
        let (at, names) = (self.pool.at.clone(), texts(&tied));
        if let Some(chosen) = self.chosen(&names) {
            let winners: Vec<Runner<'a>> = tied.into_iter().filter(|one| chosen.contains(one.text())).collect();
            let given = count(winners.len());
            for runner in winners {
                self.win(runner);
            }
            self.left = Some(left.saturating_sub(given));
            if given > left && !matches!(self.award.quota, Quota::Top(_)) {
                let quota = left + count(self.winners.len()) - given;
                self.round.warnings.push(Warning::OverQuota { at, quota, given: count(self.winners.len()) });
                self.overflow(given - left);
            }
            return;
        }
        let policy = self.award.boundary;
        self.round.warnings.push(match tie {
            Tie::Open => Warning::RankingOpen { at, tied: names.clone(), places: left },
            Tie::AcrossTables => Warning::NoRule { at, tied: names.clone(), places: left },
            Tie::Shared => Warning::BoundaryTied { at, tied: names.clone(), places: left, policy },
        });
        if cause == Cause::Boundary && policy != Boundary::PeopleDecide {
            if policy == Boundary::NoneIn {
                return;
            }
            for runner in tied {
                self.win(runner);
            }
            self.left = Some(0);
            if policy == Boundary::AllInNextShrinks && !matches!(self.award.quota, Quota::Top(_)) {
                self.overflow(wanted - left);
            }
            return;
        }
        let who = tied.iter().map(|runner| key(runner.who)).collect();
        self.pending().push(Pending { who, places: wanted - left });
        self.undecided.push(Undecided { candidates: names, places: left, cause });
        self.left = Some(0);
    }

    /// Parts those who may have the award for sure from those who wait for a prize above, with how many of these
    /// will come down.
    fn split(&mut self, open: Vec<Runner<'a>>) -> (Vec<Runner<'a>>, Vec<Waiting<'a>>) {
        let mut sure = open;
        let mut waiting = Vec::new();
        for (at, pending) in self.pending().iter().enumerate() {
            let (members, rest): (Vec<_>, Vec<_>) =
                sure.into_iter().partition(|runner| pending.who.contains(&key(runner.who)));
            sure = rest;
            let places = pending.places.min(count(members.len()));
            if places > 0 {
                waiting.push((at, members, places));
            }
        }
        (sure, waiting)
    }

    /// Takes out those whose unit has as many as it may. Equals of one unit who do not all fit wait for people.
    fn within_caps(&mut self, open: Vec<Runner<'a>>) -> Vec<Runner<'a>> {
        let Some(most) = self.award.per_unit_most else { return open };
        let mut by_unit: BTreeMap<UnitPath, Vec<Runner<'a>>> = BTreeMap::new();
        let mut within = Vec::new();
        for runner in open {
            match runner.unit() {
                Some(unit) => by_unit.entry(unit.clone()).or_default().push(runner),
                None => within.push(runner),
            }
        }
        for (unit, mut members) in by_unit {
            let room = most.saturating_sub(self.units.get(&unit).copied().unwrap_or(0));
            let names = texts(&members);
            if count(members.len()) > room && room > 0 {
                if let Some(chosen) = self.chosen(&names) {
                    members.sort_by_key(|runner| !chosen.contains(runner.text()));
                    members.truncate(chosen.len().min(room as usize));
                } else {
                    let places = self.left.map_or(room, |left| left.min(room));
                    let who = members.iter().map(|runner| key(runner.who)).collect();
                    self.pending().push(Pending { who, places: count(members.len()) - places });
                    self.undecided.push(Undecided { candidates: names.clone(), places, cause: Cause::UnitCap });
                    self.left = self.left.map(|left| left - places);
                    *self.units.entry(unit).or_default() += places;
                    continue;
                }
            } else if room == 0 {
                members.clear();
            }
            for who in names.iter().filter(|who| !members.iter().any(|runner| runner.text() == *who)) {
                self.round.warnings.push(Warning::UnitFull { at: self.pool.at.clone(), who: who.clone() });
            }
            within.extend(members);
        }
        within.sort_by(|a, b| a.who.cmp(b.who));
        within
    }

    /// Those of the tied whom people chose; `None` when they did not decide about them.
    fn chosen(&mut self, tied: &[String]) -> Option<BTreeSet<String>> {
        let about = |list: &&[String]| list.is_empty() || list.iter().any(|who| tied.contains(who));
        let list = self.decisions.decided(&self.award.id, 0).find(about)?;
        let chosen: BTreeSet<String> = list.iter().filter(|who| tied.contains(who)).cloned().collect();
        self.round.consulted.extend(chosen.iter().map(|who| (self.award.id.clone(), who.clone())));
        Some(chosen)
    }

    fn win(&mut self, runner: Runner<'a>) {
        if let Some(unit) = runner.unit() {
            *self.units.entry(unit.clone()).or_default() += 1;
        }
        self.winners.push(runner);
    }

    fn overflow(&mut self, by: u32) {
        if let Some(rung) = &self.rung {
            *self.round.overflow.entry(rung.clone()).or_default() += by;
        }
    }

    /// Of this ladder and scope; without a ladder nobody waits for anything above, so a list of its own is kept apart.
    fn pending(&mut self) -> &mut Vec<Pending> {
        let rung = self.rung.clone().unwrap_or_else(|| {
            let at = &self.pool.at;
            (Id::new(format!("\u{0}{}", at.award)), at.event.clone(), at.group.clone())
        });
        self.round.pending.entry(rung).or_default()
    }
}

fn texts(runners: &[Runner<'_>]) -> Vec<String> {
    runners.iter().map(|runner| runner.text().to_owned()).collect()
}
