//! What pages need of papers: one being sat, what it asks, who stands where, what is offered to somebody.

use jiff::Zoned;
use rust_decimal::Decimal;

use super::{
    Banked, Closed, Rules, Sat,
    may::{attempts_left, ends_at, may_start, open_until},
};
use crate::rules::{
    definition::{Definition, model::BoardShows},
    ladder::Challenge,
    ledger::{
        Instant,
        entry::{Digest, Phase},
        paper::DrawnItem,
    },
    names::{EntrantId, Id, PaperId},
    standings::Headcounts,
    state::State,
};

/// A paper as its owner's page needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sitting {
    pub paper: PaperId,
    pub sat: Sat,
    pub rules: Rules,
    pub restatements: u32,
    /// The contest is sealed: what was not handed in counts no more.
    pub sealed: bool,
}

/// A paper with its rules.
pub fn sitting(state: &State, paper: &PaperId) -> Option<Sitting> {
    let sat = state.papers.by_id.get(paper)?;
    let rules = rules_of(&state.rules()?.definition, &sat.of)?;
    let (sat, rules) = (sat.clone(), rules.clone());
    let sealed = state.phase >= Phase::Sealed;
    Some(Sitting { paper: paper.clone(), sat, rules, restatements: state.papers.restatements, sealed })
}

/// Whether its owner may know what was right: in a duel both sides get the same paper, so not before it is decided.
pub fn tells_keys(state: &State, sat: &Sat) -> bool {
    let challenge = sat.challenge.as_ref().and_then(|challenge| state.ladders.challenges.get(challenge));
    !challenge.is_some_and(Challenge::is_open)
}

/// Somebody's place, where the public may follow the standings at this moment: not while a board is frozen or off.
pub fn own_place(state: &State, of: &Id, entrant: &EntrantId) -> Option<(usize, usize)> {
    let is_off = state.rules()?.definition.board.shows == BoardShows::Off;
    if is_off || state.frozen.is_some() { None } else { place(state, of, entrant) }
}

/// What a paper asks, with the item's newest text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub item: Id,
    pub digest: Digest,
    pub part: u8,
    pub order: Vec<usize>,
    pub void: bool,
}

/// In the order in which they are shown.
pub fn asked(state: &State, sat: &Sat) -> Vec<Asked> {
    let one = |drawn: DrawnItem| {
        let banked = sat.banked(&drawn)?;
        let rekeyed = state.papers.rekeyed(&sat.bank.bank, &banked.id);
        Some(Asked {
            item: banked.id.clone(),
            digest: rekeyed.unwrap_or(&banked.digest).clone(),
            part: drawn.part,
            order: drawn.order.iter().map(|at| usize::from(*at)).collect(),
            void: state.papers.is_void(&sat.bank.bank, &banked.id),
        })
    };
    sat.items().into_iter().filter_map(one).collect()
}

/// Every item that somebody was ever asked, each once.
pub fn asked_of(state: &State, entrant: &EntrantId) -> Vec<Asked> {
    let Some(rules) = state.rules() else { return Vec::new() };
    let papers = rules.definition.papers.iter().flat_map(|rules| state.papers.of(&rules.id, entrant));
    let all = papers.flat_map(|(_, sat)| asked(state, sat));
    let by_digest: std::collections::BTreeMap<Digest, Asked> = all.map(|one| (one.digest.clone(), one)).collect();
    by_digest.into_values().collect()
}

/// Papers whose time was up before this moment and that nobody finished, the longest ago first.
pub fn overdue(state: &State, before: Instant) -> Vec<PaperId> {
    state.papers.overdue(before)
}

/// The finished papers that ask an item.
pub fn asking(state: &State, bank: &Id, item: &Id) -> Vec<PaperId> {
    state.papers.asking(bank, item).map(|(paper, _)| paper.clone()).collect()
}

/// Whether a bank of this name ever had the item when it was adopted.
pub fn is_known(state: &State, bank: &Id, item: &Id) -> bool {
    let adopted = state.papers.banks.values().filter(|banked| banked.bank == *bank);
    adopted.flat_map(|banked| &banked.items).any(|known| known.id == *item)
}

/// A bank as it was adopted last.
pub fn bank(state: &State, bank: &Id) -> Option<std::sync::Arc<Banked>> {
    state.papers.bank(bank).cloned()
}

/// A draw of prizes (抽奖), with what anybody needs to repeat it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrizeDraw {
    pub draw: Id,
    /// The paper whose valid papers took part.
    pub of: Id,
    pub seed: String,
    /// Of the seed, as it was committed.
    pub digest: Option<Digest>,
    /// How many took part.
    pub among: usize,
    /// In the order in which they were drawn.
    pub winners: Vec<EntrantId>,
    pub at: Instant,
}

impl PrizeDraw {
    /// Names the draw's random bytes.
    pub fn label(&self) -> String {
        super::prize_label(&self.draw)
    }
}

/// In the order in which they were drawn.
pub fn prize_draws(state: &State) -> Vec<PrizeDraw> {
    let draw = |prize: &super::state::Prize| PrizeDraw {
        draw: prize.draw.clone(),
        of: prize.of.clone(),
        seed: prize.seed.clone(),
        digest: state.seeds.get(&prize.draw).map(|seed| seed.digest.clone()),
        among: prize.among.len(),
        winners: prize.winners.clone(),
        at: prize.at,
    };
    state.papers.prizes.iter().map(draw).collect()
}

/// Everybody who took part in a draw, in the order that was shuffled.
pub fn drawn_among(state: &State, draw: &Id) -> Vec<EntrantId> {
    let prize = state.papers.prizes.iter().find(|prize| prize.draw == *draw);
    prize.map_or_else(Vec::new, |prize| prize.among.to_vec())
}

/// How many sat a paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turnout {
    /// Being sat now, practice apart.
    pub open: usize,
    /// Neither practice nor a challenge.
    pub finished: usize,
    pub practice: usize,
    /// With a finished paper, and with a valid one.
    pub people: usize,
    pub valid: usize,
}

pub fn turnout(state: &State, of: &Id, now: Instant) -> Turnout {
    let mut turnout = Turnout { valid: state.papers.valid(of).len(), ..Turnout::default() };
    let mut people = std::collections::HashSet::new();
    for sat in state.papers.by_id.values().filter(|sat| sat.of == *of) {
        if sat.practice {
            turnout.practice += 1;
        } else if !sat.is_over(now) {
            turnout.open += 1;
        } else if sat.counts() && sat.finished.is_some() {
            turnout.finished += 1;
            people.insert(&sat.entrant);
        }
    }
    turnout.people = people.len();
    turnout
}

/// A window of somebody's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    pub entrant: EntrantId,
    pub from: Instant,
    pub until: Instant,
}

/// All windows of one's own for a paper, the latest first.
pub fn granted(state: &State, of: &Id) -> Vec<Granted> {
    let mut granted: Vec<Granted> = Vec::new();
    for (entrant, windows) in state.papers.all_windows(of) {
        granted.extend(windows.iter().map(|(from, until)| Granted {
            entrant: entrant.clone(),
            from: *from,
            until: *until,
        }));
    }
    granted.sort_by(|one, other| (other.from, &one.entrant).cmp(&(one.from, &other.entrant)));
    granted
}

/// Everybody with a valid paper, in the order of ids: those who may win.
pub fn valid(state: &State, of: &Id) -> Vec<EntrantId> {
    state.papers.valid(of)
}

/// Windows of somebody's own, in the order in which they were granted.
pub fn windows(state: &State, of: &Id, entrant: &EntrantId) -> Vec<(Instant, Instant)> {
    state.papers.windows(of, entrant).to_vec()
}

/// Finished papers that drew from a bank, practice apart, the newest first, at most so many; and how many there are.
pub fn finished(state: &State, bank: &Id, most: usize) -> (Vec<Sitting>, usize) {
    let from = |sat: &Sat| sat.finished.as_ref().filter(|_| is_told_by(sat, bank)).map(|(at, _)| *at);
    let mut found: Vec<(Instant, &PaperId)> =
        state.papers.by_id.iter().filter_map(|(paper, sat)| Some((from(sat)?, paper))).collect();
    let all = found.len();
    found.sort_unstable_by(|one, other| other.cmp(one));
    (found.into_iter().take(most).filter_map(|(_, paper)| sitting(state, paper)).collect(), all)
}

/// What statistics of a bank depend on: finished papers that drew from it, and restatements of the contest.
pub fn finished_stamp(state: &State, bank: &Id) -> (usize, u32) {
    let is_finished = |sat: &&Sat| sat.finished.is_some() && is_told_by(sat, bank);
    (state.papers.by_id.values().filter(is_finished).count(), state.papers.restatements)
}

fn is_told_by(sat: &Sat, bank: &Id) -> bool {
    !sat.practice && sat.bank.bank == *bank
}

/// The papers of a contest for somebody: whether they may be sat now, and what came of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    pub rules: Rules,
    /// The number of the next attempt, or why there is none now.
    pub next: Result<u32, Closed>,
    /// Until when it may be begun, while it may; `None`: as long as the contest runs.
    pub until: Option<Zoned>,
    /// Whoever began now would have less time than the paper gives: it closes before.
    pub is_short: bool,
    /// Attempts left in all and on this day; `None`: no limit.
    pub left: Option<u32>,
    pub left_today: Option<u32>,
    pub practice: bool,
    /// Its bank is in use, so that it can be drawn.
    pub ready: bool,
    /// In the order of their draw.
    pub attempts: Vec<(PaperId, Sat)>,
    pub place: Option<(usize, usize)>,
    /// What counts, with the time it took.
    pub counts: Option<(Decimal, u64)>,
    /// Draws of prizes for it, and whether they won; the newest first.
    pub draws: Vec<(Instant, bool)>,
}

impl Offer {
    /// The one that is being sat at this moment.
    pub fn open(&self, now: Instant) -> Option<&(PaperId, Sat)> {
        self.attempts.iter().find(|(_, sat)| sat.challenge.is_none() && !sat.is_over(now))
    }
}

pub fn offers(state: &State, entrant: &EntrantId, now: Instant) -> Vec<Offer> {
    let Some(rules) = state.rules() else { return Vec::new() };
    let ladders = &rules.definition.ladders;
    let is_ladders = |paper: &Rules| ladders.iter().any(|ladder| ladder.paper() == Some(&paper.id));
    // What only challenges use is offered by its ladder.
    let own = rules.definition.papers.iter().filter(|paper| {
        let aspects = rules.definition.stages.iter().flat_map(|stage| &stage.aspects);
        let counts = aspects.filter_map(|aspect| aspect.paper.as_ref()).any(|source| source.paper == paper.id);
        counts || !is_ladders(paper)
    });
    let offer = |paper: &Rules| {
        let (left, left_today) = attempts_left(state, paper, entrant, now);
        let own_end = paper.minutes.map(|minutes| Instant(now.0 + i64::from(minutes) * 60_000));
        Offer {
            is_short: own_end.is_some() && ends_at(state, paper, entrant, false, now) < own_end,
            next: may_start(state, paper, entrant, false, now),
            until: open_until(state, paper, entrant, now),
            left,
            left_today,
            practice: may_start(state, paper, entrant, true, now).is_ok(),
            ready: state.papers.bank(&paper.bank).is_some(),
            attempts: attempts(state, &paper.id, entrant),
            place: own_place(state, &paper.id, entrant),
            counts: state.papers.counted(&paper.id, entrant).map(|counted| (counted.value, counted.used_ms)),
            draws: {
                let of = state.papers.prizes.iter().rev().filter(|prize| prize.of == paper.id);
                of.map(|prize| (prize.at, prize.winners.contains(entrant))).collect()
            },
            rules: paper.clone(),
        }
    };
    own.map(offer).collect()
}

/// Heads per unit as they were frozen, and where nothing is frozen none.
pub fn headcounts(state: &State) -> Headcounts {
    state.papers.headcounts.clone()
}

/// Somebody's papers of one kind, in the order of their draw.
pub fn attempts(state: &State, of: &Id, entrant: &EntrantId) -> Vec<(PaperId, Sat)> {
    state.papers.of(of, entrant).map(|(id, sat)| (id.clone(), sat.clone())).collect()
}

/// Somebody's place among all who have a counted result, from 1, and how many there are.
pub fn place(state: &State, of: &Id, entrant: &EntrantId) -> Option<(usize, usize)> {
    state.papers.place(of, entrant)
}

fn rules_of<'d>(definition: &'d Definition, of: &Id) -> Option<&'d Rules> {
    definition.papers.iter().find(|rules| rules.id == *of)
}
