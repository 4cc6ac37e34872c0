//! What people see of ladders at a moment: everything that is due is applied to a copy first.
//!
//! While the board is frozen the public sees the ladders of the freeze, and of what came after only their own
//! challenges; what one may do is always about now, because trying would tell it as well. Entrants are ids that `app`
//! joins with names as far as the board shows them. Kinds of leave are nobody's business and not here.

use std::borrow::Cow;

use super::{
    calendar::{days_between, season_start},
    due::current,
    may::{Barred, Ground, Terms},
    rules::{Format, Outcome, Rules},
    state::{Challenge, Happened, Ladder, Ladders, Reign, Status},
};
use crate::rules::{
    definition::model::Titled,
    ledger::{Instant, ladder::Aim},
    names::{ChallengeId, EntrantId, Id},
    state::State,
    view::{Audience, Seen, Shows, facing, tables::seen},
};

/// Above one's own place so many lines are shown, whatever the board's limit.
const AROUND_ME: usize = 20;

/// A ladder as one viewer sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct LadderBoard {
    pub rules: Rules,
    /// What this audience may know of who is who; with nothing there are no lines.
    pub shows: Shows,
    /// 王芳 is shown as 王*.
    pub mask_names: bool,
    /// Since when the public's board stands still.
    pub frozen_since: Option<Instant>,
    pub season: Option<SeasonSeen>,
    /// Of the newest season that gave titles, from the first on.
    pub titled: Option<Titles>,
    /// From the top; the definition's number of rows, and those around the viewer.
    pub lines: Vec<BoardLine>,
    /// On the ladder in all.
    pub people: usize,
    /// Free seats, by tier from the top.
    pub free_seats: Vec<u32>,
    /// The viewer's own place.
    pub place: Option<usize>,
    /// Whether the viewer may defend, join, or take a free seat; `None` for somebody who is no entrant.
    pub may_defend: Option<Result<Terms, Barred>>,
    pub may_enter: Option<Result<(), Barred>>,
    pub may_take_seat: Option<Result<(), Barred>>,
    /// Until when the viewer, having won, is not challenged; may be waived.
    pub protected_until: Option<Instant>,
    /// Until when the viewer is on leave.
    pub leave_until: Option<Instant>,
    /// Open ones, the viewer's first.
    pub bouts: Vec<Bout>,
    /// When something of it changes by itself.
    pub next_deadline: Option<Instant>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeasonSeen {
    /// From 1.
    pub number: u32,
    pub starts: Instant,
    pub ends: Instant,
}

/// Who was given which title at the end of a season.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Titles {
    /// From 1.
    pub season: u32,
    pub given: Vec<(String, EntrantId)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct BoardLine {
    /// From 1; within a tier all have the place of its first.
    pub place: usize,
    /// From 0.
    pub tier: usize,
    pub entrant: EntrantId,
    /// As far as may be known; `None`: without a draw number where only numbers are shown.
    pub who: Option<Seen>,
    /// In force.
    pub record: Option<Outcome>,
    pub record_expires: Option<Instant>,
    /// Since when at the top, and how many defences.
    pub reign: Option<(Instant, u32)>,
    /// Open challenges to this person.
    pub challenged: usize,
    /// Whether the viewer may challenge; `None` for somebody who is no entrant, and beside oneself.
    pub may: Option<Result<Terms, Barred>>,
}

/// One challenge.
#[derive(Clone, Debug, PartialEq)]
pub struct Bout {
    pub id: ChallengeId,
    pub ladder: Id,
    pub challenger: EntrantId,
    pub aim: Aim,
    pub made_at: Instant,
    pub respond_by: Option<Instant>,
    pub play_by: Option<Instant>,
    pub counts: bool,
    pub to_beat: Option<Outcome>,
    /// Once it is over; before that only who has played is told.
    pub results: Vec<(EntrantId, Outcome)>,
    pub played: Vec<EntrantId>,
    pub session: Option<(EntrantId, EntrantId)>,
    pub status: Status,
    pub ended_at: Option<Instant>,
}

/// A time at the top (擂主任期).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reigned {
    pub holder: EntrantId,
    pub since: Instant,
    /// `None`: still.
    pub until: Option<Instant>,
    /// Begun days.
    pub days: u32,
    pub defences: u32,
    /// Whom the place was won from.
    pub won_from: Option<EntrantId>,
    pub challenge: Option<ChallengeId>,
}

/// The ladders of a contest, in the order of the definition.
pub fn ladders(state: &State) -> Vec<Titled> {
    state.rules().map_or_else(Vec::new, |rules| rules.definition.ladders.iter().map(Rules::titled).collect())
}

/// The rules of each, in that order.
pub fn all_rules(state: &State) -> &[Rules] {
    state.rules().map_or(&[], |rules| &rules.definition.ladders)
}

/// The ladders as an audience sees them, the moment they stand for, and since when they stand still.
fn shown_to<'s>(state: &'s State, audience: &Audience, now: Instant) -> (Cow<'s, Ladders>, Instant, Option<Instant>) {
    match &state.frozen {
        Some(frozen) if *audience != Audience::Staff => {
            (Cow::Borrowed(&*frozen.ladders), frozen.since, Some(frozen.since))
        }
        frozen => (current(state, now), now, frozen.as_ref().map(|frozen| frozen.since)),
    }
}

/// What an audience may know of who is who on the ladders of a contest, and whether names are masked.
pub fn privacy(state: &State, audience: &Audience) -> (Shows, bool) {
    let Some(rules) = state.rules() else { return (Shows::Nothing, false) };
    let masks = rules.definition.board.mask_names && *audience != Audience::Staff;
    (facing::shows(state, &rules.definition, audience), masks)
}

/// Whom a board's line means by [`Seen::key`]: what it tells is all that one needs to challenge.
pub fn meant(state: &State, audience: &Audience, key: &str) -> Option<EntrantId> {
    match privacy(state, audience).0 {
        Shows::Nothing => None,
        Shows::Numbers => state.by_number.get(&key.parse().ok()?).cloned(),
        Shows::Names => Some(EntrantId::new(key)),
    }
}

/// `None`: there is no such ladder. [`Audience::Entrant`] is told what they may do.
pub fn board(state: &State, id: &Id, audience: &Audience, now: Instant) -> Option<LadderBoard> {
    let viewer = if let Audience::Entrant(viewer) = audience { Some(viewer) } else { None };
    let live = current(state, now);
    let ground = Ground::of(state, &live, id, now)?;
    let spots = ground.ladder.places.index();
    let (shown, at_moment, frozen_since) = shown_to(state, audience, now);
    let rules = ground.rules;
    let empty = Ladder::default();
    let own = shown.ladder(id).unwrap_or(&empty);
    let (shows, mask_names) = privacy(state, audience);
    let place = viewer.and_then(|viewer| own.places.place(viewer));
    let rows = state.rules().map_or(usize::MAX, |rules| rules.definition.board.rows);
    let near = place.map_or(0..0, |place| place.saturating_sub(AROUND_ME)..place + 1);
    let mut lines = Vec::new();
    let mut first_of_tier = 1;
    let mut at = 0;
    for (tier, people) in own.places.tiers().iter().enumerate() {
        for entrant in people {
            at += 1;
            let is_own = viewer == Some(entrant);
            if (at > rows && !near.contains(&at)) || (shows == Shows::Nothing && !is_own) {
                continue;
            }
            let record = own.record(entrant, at_moment);
            let may = viewer.filter(|_| !is_own).and_then(|viewer| {
                let spot = spots.get(viewer).copied()?;
                Some(ground.challenge((viewer, spot), (entrant, spots.get(entrant).copied())))
            });
            lines.push(BoardLine {
                place: if rules.has_tiers() { first_of_tier } else { at },
                tier,
                entrant: entrant.clone(),
                who: seen(state, if is_own { Shows::Names } else { shows }, entrant),
                record: record.map(|record| record.outcome),
                record_expires: record.and_then(|record| record.expires),
                reign: own.reign_of(entrant).map(|reign| (reign.since, reign.defences)),
                challenged: shown.open_of(id).filter(|(_, open)| open.target() == Some(entrant)).count(),
                may,
            });
        }
        first_of_tier += people.len();
    }
    let free = |tier: usize| {
        let seats = rules.seats(tier)?;
        Some(seats.saturating_sub(u32::try_from(own.places.len(tier)).unwrap_or(u32::MAX)))
    };
    let records = matches!(rules.format, Format::Record { .. });
    let is_on = viewer.is_some_and(|viewer| spots.contains_key(viewer));
    Some(LadderBoard {
        shows,
        mask_names,
        frozen_since,
        season: season(rules, own),
        titled: titles(rules, own).filter(|_| shows != Shows::Nothing),
        people: at,
        free_seats: (0..rules.tiers()).map_while(free).collect(),
        may_defend: viewer.filter(|_| records && is_on).map(|viewer| super::may_defend(state, id, viewer, now)),
        may_enter: viewer.filter(|_| !is_on).map(|viewer| match rules.entry.by {
            super::rules::EnterBy::Bottom => super::may_join(state, id, viewer, now),
            super::rules::EnterBy::Score => super::may_enter(state, id, viewer, now).map(|_| ()),
        }),
        may_take_seat: viewer
            .filter(|_| rules.has_tiers() && is_on)
            .map(|viewer| super::may_take_seat(state, id, viewer, now)),
        protected_until: viewer.and_then(|viewer| ground.protected_until(viewer)),
        leave_until: viewer.and_then(|viewer| live.leave(viewer, now)).map(|leave| leave.until),
        bouts: open_bouts(&live, &shown, id, viewer, shows),
        next_deadline: super::next_deadline(state, now),
        rules: rules.clone(),
        lines,
        place,
    })
}

fn season(rules: &Rules, own: &Ladder) -> Option<SeasonSeen> {
    let season = rules.season.as_ref()?;
    let number = own.seasons + 1;
    let (starts, ends) = (season_start(rules, season, number)?, season_start(rules, season, number + 1)?);
    Some(SeasonSeen { number, starts, ends })
}

/// By the titles of the definition that holds now.
fn titles(rules: &Rules, own: &Ladder) -> Option<Titles> {
    let titles = &rules.season.as_ref()?.titles;
    let (season, holders) = own.titles.iter().rev().find(|(_, holders)| !holders.is_empty())?;
    let given = titles.iter().zip(holders).map(|(title, holder)| (title.title.clone(), holder.clone()));
    Some(Titles { season: *season, given: given.collect() })
}

/// One's own as they are, those of others as the board has them.
fn open_bouts(live: &Ladders, shown: &Ladders, id: &Id, viewer: Option<&EntrantId>, shows: Shows) -> Vec<Bout> {
    let own = |bout: &Bout| viewer.is_some_and(|viewer| has(bout, viewer));
    let of =
        |ladders: &Ladders| -> Vec<Bout> { ladders.open_of(id).map(|(id, challenge)| bout(id, challenge)).collect() };
    let mut open: Vec<Bout> = of(live).into_iter().filter(own).collect();
    open.extend(of(shown).into_iter().filter(|bout| shows != Shows::Nothing && !own(bout)));
    open.sort_by_key(|bout| (!own(bout), bout.made_at, bout.id.clone()));
    open
}

fn has(bout: &Bout, entrant: &EntrantId) -> bool {
    bout.challenger == *entrant || matches!(&bout.aim, Aim::Person(target) if target == entrant)
}

fn bout(id: &ChallengeId, challenge: &Challenge) -> Bout {
    let results = challenge.results.iter().map(|(of, outcome)| (of.clone(), *outcome));
    Bout {
        id: id.clone(),
        ladder: challenge.ladder.clone(),
        challenger: challenge.challenger.clone(),
        aim: challenge.aim.clone(),
        made_at: challenge.made_at,
        respond_by: challenge.respond_by,
        play_by: challenge.play_by,
        counts: challenge.counts,
        to_beat: challenge.to_beat,
        results: if challenge.is_open() { Vec::new() } else { results.collect() },
        played: challenge.results.keys().cloned().collect(),
        session: challenge.session.clone(),
        status: challenge.status.clone(),
        ended_at: challenge.ended_at,
    }
}

/// All challenges of a ladder, the newest first; of one person when `of` says whose.
pub fn bouts(state: &State, id: &Id, of: Option<&EntrantId>, now: Instant) -> Vec<Bout> {
    let current = current(state, now);
    let own = current.challenges.iter().filter(|(_, challenge)| challenge.ladder == *id);
    let own = own.filter(|(_, challenge)| of.is_none_or(|of| challenge.has(of)));
    let mut bouts: Vec<Bout> = own.map(|(id, challenge)| bout(id, challenge)).collect();
    bouts.sort_by_key(|bout| (std::cmp::Reverse(bout.made_at), bout.id.clone()));
    bouts
}

/// Who waits for judges (擂台日), in the order in which the challenges were accepted or made.
pub fn queue(state: &State, id: &Id, now: Instant) -> Vec<Bout> {
    let current = current(state, now);
    let waiting = current.open_of(id).filter(|(_, challenge)| challenge.status == Status::Playing);
    let mut waiting: Vec<Bout> = waiting.map(|(id, challenge)| bout(id, challenge)).collect();
    // Whose time ends first comes first.
    waiting.sort_by_key(|bout| (bout.session.is_none(), bout.play_by, bout.made_at, bout.id.clone()));
    waiting
}

/// The two of a challenge, the challenger first; `None` where there are not two.
pub fn players(state: &State, id: &ChallengeId) -> Option<(EntrantId, EntrantId)> {
    let challenge = state.ladders.challenges.get(id)?;
    Some((challenge.challenger.clone(), challenge.target()?.clone()))
}

/// What the hall may hear of, the newest first: at most `most`. Nothing where nothing may be known.
pub fn happened(state: &State, id: &Id, audience: &Audience, now: Instant, most: usize) -> Vec<Happened> {
    if privacy(state, audience).0 == Shows::Nothing {
        return Vec::new();
    }
    let shown = shown_to(state, audience, now).0;
    shown.ladder(id).map_or_else(Vec::new, |own| own.happened.iter().rev().take(most).cloned().collect())
}

/// Everybody who was at the top, the newest first; of a hidden board one's own times only.
pub fn reigns(state: &State, id: &Id, audience: &Audience, now: Instant) -> Vec<Reigned> {
    let (shown, at, _) = shown_to(state, audience, now);
    let Some(own) = shown.ladder(id) else { return Vec::new() };
    let hidden = privacy(state, audience).0 == Shows::Nothing;
    let may_see = |reign: &&Reign| !hidden || matches!(audience, Audience::Entrant(viewer) if *viewer == reign.holder);
    let reigned = own.reigns.iter().rev().filter(may_see).map(|reign| Reigned {
        holder: reign.holder.clone(),
        since: reign.since,
        until: reign.until,
        days: days_between(reign.since, reign.until.unwrap_or(at)),
        defences: reign.defences,
        won_from: reign.won.as_ref().and_then(|won| won.from.clone()).filter(|_| !hidden),
        challenge: reign.won.as_ref().and_then(|won| won.challenge.clone()),
    });
    reigned.collect()
}
