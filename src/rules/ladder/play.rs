//! What results, answers and lapses come to: entries with their movements. Nothing here looks at a clock.

use rust_decimal::Decimal;

use super::{
    Barred, calendar,
    may::open_now,
    movement::{by_score, dropped, walkover, won},
    places::Places,
    rules::{Consequence, Format, Outcome, Rules},
    state::{Challenge, Ladder, Ladders, Status},
};
use crate::rules::{
    ledger::{
        Entry, Instant,
        entry::Phase,
        ladder::{Aim, Earned, LadderEntry, Lapsed, Step},
    },
    names::{ChallengeId, EntrantId, Id, PaperId, PersonId},
    papers,
    state::State,
};

/// What a paper came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Played {
    Answered(Outcome),
    /// Nothing was answered (白卷). The points are those of the paper, as a rule 0.
    Blank(Decimal),
}

/// A paper of this challenge is over: what becomes of the challenge by it. Nothing when it lapsed before. A blank one
/// beats nobody, sets no record, and brings nobody onto the ladder; it settles the challenge like any other. To be
/// called after [`super::due()`] was appended, with the entry that ends the paper before these.
pub fn finished(
    state: &State,
    challenge: &ChallengeId,
    of: &EntrantId,
    played: Played,
    by: &PersonId,
    now: Instant,
) -> Vec<Entry> {
    // What is sealed stays as it is.
    if state.phase != Phase::Running {
        return Vec::new();
    }
    let entries = result(&state.ladders, |id| rules_of(state, id), challenge, of, played, by, now);
    entries.into_iter().map(Entry::Ladder).collect()
}

/// Whether people enter the results of a ladder: not where each side sits a paper here, as soon as it has its bank.
pub fn is_by_hand(state: &State, ladder: &Id) -> bool {
    let Some(definition) = state.rules().map(|rules| &rules.definition) else { return false };
    let paper = definition.ladders.iter().find(|rules| rules.id == *ladder).and_then(Rules::paper);
    let rules = paper.and_then(|paper| definition.papers.iter().find(|rules| rules.id == *paper));
    rules.is_none_or(|rules| state.papers.bank(&rules.bank).is_none())
}

/// Whether this paper of the definition is to be sat by them for this challenge, which waits for it.
pub fn may_sit(state: &State, challenge: &ChallengeId, entrant: &EntrantId, of: &Id) -> bool {
    let Some(open) = state.ladders.challenges.get(challenge).filter(|challenge| challenge.is_open()) else {
        return false;
    };
    let is_its = rules_of(state, &open.ladder).is_some_and(|rules| match &rules.format {
        Format::Record { paper, .. } | Format::Duel { paper } => paper == of && plays(rules, open, entrant),
        Format::Judged { .. } => false,
    });
    is_its && open.status == Status::Playing && !open.results.contains_key(entrant)
}

/// Whether the hours and days of the challenge's ladder let anybody play at this moment.
pub(in crate::rules) fn may_play_now(state: &State, challenge: &ChallengeId, now: Instant) -> Result<(), Barred> {
    let rules = state.ladders.challenges.get(challenge).and_then(|open| rules_of(state, &open.ladder));
    rules.map_or(Ok(()), |rules| open_now(rules, now))
}

/// The paper of somebody's side of a challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperOf {
    /// There is none to be sat: judges decide it, or it waits for an answer, or is over.
    None,
    /// Under way, or over.
    Drawn(PaperId),
    /// Of this paper of the definition.
    ToDraw(Id),
}

/// `None`: there is no such challenge, or it is not theirs.
pub fn paper_of(state: &State, challenge: &ChallengeId, entrant: &EntrantId) -> Option<PaperOf> {
    let own = state.ladders.challenges.get(challenge).filter(|own| own.has(entrant))?;
    let Some(of) = rules_of(state, &own.ladder)?.paper() else { return Some(PaperOf::None) };
    let mut drawn = papers::attempts(state, of, entrant).into_iter();
    let drawn = drawn.find(|(_, sat)| sat.challenge.as_ref() == Some(challenge));
    Some(match drawn {
        Some((paper, _)) => PaperOf::Drawn(paper),
        None if may_sit(state, challenge, entrant, of) => PaperOf::ToDraw(of.clone()),
        None => PaperOf::None,
    })
}

/// Both play, except where a record stands for its holder.
fn plays(rules: &Rules, challenge: &Challenge, entrant: &EntrantId) -> bool {
    match rules.format {
        Format::Record { .. } => challenge.challenger == *entrant,
        Format::Duel { .. } | Format::Judged { .. } => challenge.has(entrant),
    }
}

pub(in crate::rules) fn rules_of<'s>(state: &'s State, ladder: &Id) -> Option<&'s Rules> {
    state.rules()?.definition.ladders.iter().find(|rules| rules.id == *ladder)
}

/// How a challenge ended.
#[derive(Clone, Copy)]
enum Ended {
    Won,
    Defended,
}

/// One side's result; with the last one the challenge is decided.
pub(in crate::rules) fn result<'r>(
    ladders: &Ladders,
    rules: impl Fn(&Id) -> Option<&'r Rules>,
    id: &ChallengeId,
    of: &EntrantId,
    played: Played,
    by: &PersonId,
    now: Instant,
) -> Vec<LadderEntry> {
    let Some(challenge) = ladders.challenges.get(id).filter(|challenge| challenge.is_open()) else { return Vec::new() };
    let (Some(ladder), Some(rules)) = (ladders.ladder(&challenge.ladder), rules(&challenge.ladder)) else {
        return Vec::new();
    };
    if !plays(rules, challenge, of) || challenge.results.contains_key(of) {
        return Vec::new();
    }
    let (outcome, is_blank) = match played {
        Played::Answered(outcome) => (outcome, false),
        // Without a time: to have given up sooner is not better.
        Played::Blank(score) => (Outcome { score, used_ms: 0 }, true),
    };
    let given = LadderEntry::ResultGiven { challenge: id.clone(), of: of.clone(), outcome, by: by.clone() };
    let mut entries = vec![given];
    let case = Case { ladders, ladder, rules, id, challenge, by, now };
    match (&challenge.aim, &rules.format) {
        (Aim::Entry | Aim::Defence, _) if is_blank => entries.push(LadderEntry::ChallengeLapsed {
            challenge: id.clone(),
            why: Lapsed::Blank,
            who: Vec::new(),
            winner: None,
            moves: Vec::new(),
            at: now,
        }),
        (Aim::Person(target), Format::Record { .. }) if is_blank => {
            entries.extend(decided(&case, target, Ended::Defended));
        }
        (Aim::Entry, _) => entries.extend(case.entered(&outcome)),
        (Aim::Defence, _) => {
            entries.extend(case.record(of, outcome));
            entries.push(case.over(of, Vec::new()));
        }
        (Aim::Person(target), Format::Record { .. }) => {
            let beaten = challenge.to_beat.is_none_or(|record| outcome.beats(&record));
            let ended = if beaten { Ended::Won } else { Ended::Defended };
            entries.extend(case.record(of, outcome));
            entries.extend(decided(&case, target, ended));
        }
        (Aim::Person(target), _) => {
            let other = if of == target { &challenge.challenger } else { target };
            if let Some(theirs) = challenge.results.get(other) {
                let (own, holders) = if of == target { (theirs, &outcome) } else { (&outcome, theirs) };
                // A full tie keeps the holder.
                let ended = if own.beats(holders) { Ended::Won } else { Ended::Defended };
                entries.extend(decided(&case, target, ended));
            }
        }
    }
    entries
}

/// One challenge, and who says what becomes of it.
struct Case<'c> {
    ladders: &'c Ladders,
    ladder: &'c Ladder,
    rules: &'c Rules,
    id: &'c ChallengeId,
    challenge: &'c Challenge,
    by: &'c PersonId,
    now: Instant,
}

impl Case<'_> {
    fn over(&self, winner: &EntrantId, moves: Vec<Step>) -> LadderEntry {
        LadderEntry::ChallengeDecided { challenge: self.id.clone(), winner: winner.clone(), moves, by: self.by.clone() }
    }

    /// A record is set by a first score, by one that is not worse, and by whatever comes when none stands.
    fn record(&self, of: &EntrantId, outcome: Outcome) -> Option<LadderEntry> {
        let Format::Record { expires, .. } = self.rules.format else { return None };
        let own = self.ladder.record(of, self.now);
        // As good as before is a defence: it stands for the longer time.
        if own.is_some_and(|own| own.outcome.beats(&outcome)) {
            return None;
        }
        Some(LadderEntry::RecordSet {
            ladder: self.rules.id.clone(),
            entrant: of.clone(),
            outcome,
            expires: calendar::expiry(self.rules, self.now, expires),
            challenge: self.id.clone(),
        })
    }

    fn entered(&self, outcome: &Outcome) -> Vec<LadderEntry> {
        let of = &self.challenge.challenger;
        // Whoever is on leave is no target, and cannot set a record meanwhile.
        let passes = |other: &EntrantId| {
            let record = self.ladder.record(other, self.now);
            self.ladders.leave(other, self.now).is_none() && record.is_none_or(|record| outcome.beats(&record.outcome))
        };
        let moves = by_score(self.rules, &self.ladder.places, of, passes);
        // Who is the first on it has taken the place from nobody.
        let has_holder = !self.ladder.places.top(self.rules.has_tiers()).is_empty();
        let star = has_holder.then(|| starred(self.rules, self.ladder, of, &moves, self.now)).flatten();
        let mut entries: Vec<LadderEntry> = self.record(of, *outcome).into_iter().collect();
        entries.push(self.over(of, Vec::new()));
        if !self.ladder.is_on(of) {
            entries.push(LadderEntry::LadderJoined {
                ladder: self.rules.id.clone(),
                entrant: of.clone(),
                moves,
                free: self.rules.entry.free_challenge && self.ladder.is_new(of),
                by: self.by.clone(),
            });
            entries.extend(star);
        }
        entries
    }
}

fn decided(case: &Case<'_>, target: &EntrantId, ended: Ended) -> Vec<LadderEntry> {
    let challenger = &case.challenge.challenger;
    match ended {
        Ended::Defended => vec![case.over(target, Vec::new())],
        Ended::Won => {
            let places = &case.ladder.places;
            let counts = case.challenge.counts;
            let moves = if counts { won(case.rules, places, challenger, target) } else { Vec::new() };
            let star = starred(case.rules, case.ladder, challenger, &moves, case.now);
            let mut entries = vec![case.over(challenger, moves)];
            entries.extend(star);
            entries
        }
    }
}

/// The reward of a new star: once per person and period.
pub(in crate::rules) fn starred(
    rules: &Rules,
    ladder: &Ladder,
    winner: &EntrantId,
    moves: &[Step],
    at: Instant,
) -> Option<LadderEntry> {
    let tiered = rules.has_tiers();
    let was = ladder.places.top(tiered).contains(winner);
    let is = ladder.places.after(moves).top(tiered).contains(winner);
    let period = calendar::period(rules, at, rules.star.per, ladder.seasons + 1);
    let what = Earned::Star;
    let had = ladder.rewards.iter().any(|had| had.entrant == *winner && had.what == what && had.period == period);
    (is && !was && !had).then(|| LadderEntry::RewardEarned {
        ladder: rules.id.clone(),
        entrant: winner.clone(),
        what,
        period,
        at,
    })
}

/// A challenge that is not played. `who` did not do their part; beyond what is allowed it has its consequence.
pub(in crate::rules) fn lapse(
    rules: &Rules,
    ladder: &Ladder,
    (id, challenge): (&ChallengeId, &Challenge),
    why: Lapsed,
    who: Vec<EntrantId>,
    at: Instant,
) -> Vec<LadderEntry> {
    let mut moves = Vec::new();
    let mut winner = None;
    let target = challenge.target();
    let mut places = ladder.places.clone();
    for one in who.iter().filter(|one| target.is_some() && beyond(rules, ladder, one, at)) {
        let steps = match rules.lapses.consequence {
            // Neither played: nobody wins by it.
            Consequence::Forfeit if who.len() > 1 => Vec::new(),
            Consequence::Forfeit if target == Some(one) => {
                winner = Some(challenge.challenger.clone());
                if challenge.counts { walkover(rules, &places, &challenge.challenger, one) } else { Vec::new() }
            }
            Consequence::Forfeit => {
                winner = target.cloned();
                Vec::new()
            }
            Consequence::Drop(by) => dropped(rules, &places, one, by),
            Consequence::Remove => off(&places, one),
        };
        places = places.after(&steps);
        moves.extend(steps);
    }
    let star = winner
        .as_ref()
        .filter(|winner| **winner == challenge.challenger)
        .and_then(|winner| starred(rules, ladder, winner, &moves, at));
    let lapsed = LadderEntry::ChallengeLapsed { challenge: id.clone(), why, who, winner, moves, at };
    [Some(lapsed), star].into_iter().flatten().collect()
}

fn beyond(rules: &Rules, ladder: &Ladder, who: &EntrantId, at: Instant) -> bool {
    let since = Instant(at.0 - i64::from(rules.lapses.window_days) * 86_400_000);
    let before = ladder.member(who).map_or(0, |member| member.lapses.iter().filter(|lapse| **lapse > since).count());
    before >= usize::try_from(rules.lapses.allowed).unwrap_or(usize::MAX)
}

pub(in crate::rules) fn off(places: &Places, who: &EntrantId) -> Vec<Step> {
    if places.spot(who).is_some() { vec![Step::Out { entrant: who.clone() }] } else { Vec::new() }
}
