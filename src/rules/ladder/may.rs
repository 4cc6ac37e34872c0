//! Whether a challenge is allowed, and if not, which rule forbids it and when that ends.
//!
//! Deciding asks this, and so does the page beside each name: there is no second answer.

use super::{
    calendar,
    due::current,
    movement::seat_steps,
    places::Spot,
    rules::{EnterBy, Fits, Format, Outcome, Range, Rules},
    state::{Ladder, Ladders},
};
use crate::rules::{
    field::{Entrant, EntrantStanding},
    ledger::{Instant, entry::Phase},
    names::{EntrantId, Id},
    state::State,
};

/// What an allowed challenge is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// `None`: nothing to answer.
    pub respond_by: Option<Instant>,
    /// With the grace; `None` until it is answered.
    pub play_by: Option<Instant>,
    /// It uses up the newcomer's free challenge.
    pub free: bool,
    /// `false`: these two have met so often that it moves nobody.
    pub counts: bool,
    /// The record that must be beaten; `None`: any score is enough, or none is kept.
    pub to_beat: Option<Outcome>,
}

/// Forbidden by a rule of the ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Barred {
    pub bar: Bar,
    /// When this rule no longer forbids it, if nothing else happens; `None`: not by waiting.
    pub until: Option<Until>,
}

/// A moment, and how the clocks of the ladder show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Until {
    pub at: Instant,
    pub there: jiff::civil::DateTime,
}

impl Until {
    fn on(rules: &Rules, at: Instant) -> Self {
        Self { at, there: calendar::local(rules, at).datetime() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// The contest does not run.
    NotRunning,
    BeforeSeason,
    SeasonFreeze,
    /// Not of this post, unit or group.
    DoesNotFit,
    NotOn,
    TargetNotOn,
    OnLeave,
    TargetOnLeave,
    Oneself,
    NotAbove,
    OutOfRange {
        up: u32,
    },
    /// So many tiers.
    OutOfTiers {
        up: u32,
    },
    /// A shutdown or a holiday.
    Closed,
    /// Hours of the day that are forbidden.
    Hours,
    LoserRests,
    TriesToday {
        most: u32,
    },
    OutMost {
        most: u32,
    },
    PairOpen,
    PairRests,
    WinnerProtected,
    InMost {
        most: u32,
    },
    NoFreeSeat,
    /// Has no record that stands.
    NoRecord,
    /// One comes onto it by a first score.
    ByScore,
    /// One comes onto it at the bottom.
    AtBottom,
}

impl Bar {
    /// The key of the definition below the ladder that forbids it; `None`: it lies in the nature of a ladder.
    pub fn key(self) -> Option<&'static str> {
        Some(match self {
            Bar::BeforeSeason => "season.starts",
            Bar::SeasonFreeze => "season.freeze-days",
            Bar::DoesNotFit => "for",
            Bar::OutOfRange { .. } | Bar::OutOfTiers { .. } => "range",
            Bar::Closed => "calendar.closed",
            Bar::Hours => "calendar.forbidden",
            Bar::LoserRests => "rest.loser-days",
            Bar::TriesToday { .. } => "rest.tries-per-day",
            Bar::OutMost { .. } => "at-once.out",
            Bar::PairRests => "rest.pair-days",
            Bar::WinnerProtected => "rest.winner-days",
            Bar::InMost { .. } => "at-once.in",
            Bar::NoFreeSeat => "seats",
            Bar::NoRecord => "records",
            Bar::ByScore | Bar::AtBottom => "entry.by",
            Bar::NotRunning
            | Bar::NotOn
            | Bar::TargetNotOn
            | Bar::OnLeave
            | Bar::TargetOnLeave
            | Bar::Oneself
            | Bar::NotAbove
            | Bar::PairOpen => return None,
        })
    }
}

/// Whether `challenger` may challenge `target` at this moment. A ladder or an entrant that does not exist is
/// [`Bar::TargetNotOn`], [`Bar::NotOn`].
pub fn may_challenge(
    state: &State,
    ladder: &Id,
    challenger: &EntrantId,
    target: &EntrantId,
    now: Instant,
) -> Result<Terms, Barred> {
    let ladders = current(state, now);
    let Some(ground) = Ground::of(state, &ladders, ladder, now) else { return barred(Bar::NotOn) };
    let (Some(from), to) = (ground.ladder.places.spot(challenger), ground.ladder.places.spot(target)) else {
        return ground.stands(challenger).and_then(|()| barred(Bar::NotOn));
    };
    ground.challenge((challenger, from), (target, to))
}

/// Whether a record may be set anew (守擂).
pub(in crate::rules) fn may_defend(
    state: &State,
    ladder: &Id,
    entrant: &EntrantId,
    now: Instant,
) -> Result<Terms, Barred> {
    let ladders = current(state, now);
    let Some(ground) = Ground::of(state, &ladders, ladder, now) else { return barred(Bar::NotOn) };
    ground.stands(entrant)?;
    if !ground.ladder.is_on(entrant) {
        return barred(Bar::NotOn);
    }
    ground.sits(entrant)?;
    Ok(ground.terms(false, true, None))
}

/// Whether a first score may be tried for.
pub(in crate::rules) fn may_enter(
    state: &State,
    ladder: &Id,
    entrant: &EntrantId,
    now: Instant,
) -> Result<Terms, Barred> {
    let ladders = current(state, now);
    let Some(ground) = Ground::of(state, &ladders, ladder, now) else { return barred(Bar::NotOn) };
    if ground.rules.entry.by != EnterBy::Score {
        return barred(Bar::AtBottom);
    }
    ground.stands(entrant)?;
    ground.sits(entrant)?;
    Ok(ground.terms(false, true, None))
}

/// Whether somebody may come onto the ladder at the bottom.
pub(in crate::rules) fn may_join(state: &State, ladder: &Id, entrant: &EntrantId, now: Instant) -> Result<(), Barred> {
    let ladders = current(state, now);
    let Some(ground) = Ground::of(state, &ladders, ladder, now) else { return barred(Bar::NotOn) };
    // Before it runs, the organizer fills the ladder.
    if state.phase >= Phase::Sealed {
        return barred(Bar::NotRunning);
    }
    if ground.rules.entry.by == EnterBy::Score && state.phase == Phase::Running {
        return barred(Bar::ByScore);
    }
    if ground.fits(entrant) { Ok(()) } else { barred(Bar::DoesNotFit) }
}

/// Whether a free seat in the tier above may be taken.
pub(in crate::rules) fn may_take_seat(
    state: &State,
    ladder: &Id,
    entrant: &EntrantId,
    now: Instant,
) -> Result<(), Barred> {
    let ladders = current(state, now);
    let Some(ground) = Ground::of(state, &ladders, ladder, now) else { return barred(Bar::NotOn) };
    ground.stands(entrant)?;
    if !ground.ladder.is_on(entrant) {
        return barred(Bar::NotOn);
    }
    ground.season()?;
    let records = matches!(ground.rules.format, Format::Record { .. });
    if records && ground.ladder.record(entrant, now).is_none() {
        return barred(Bar::NoRecord);
    }
    if seat_steps(ground.rules, &ground.ladder.places, entrant).is_none() {
        return barred(Bar::NoFreeSeat);
    }
    Ok(())
}

fn barred<T>(bar: Bar) -> Result<T, Barred> {
    Err(Barred { bar, until: None })
}

/// One ladder at one moment.
pub(super) struct Ground<'s> {
    pub(super) state: &'s State,
    pub(super) ladders: &'s Ladders,
    pub(super) ladder: &'s Ladder,
    pub(super) rules: &'s Rules,
    pub(super) id: &'s Id,
    pub(super) now: Instant,
}

impl<'s> Ground<'s> {
    pub(super) fn of(state: &'s State, ladders: &'s Ladders, id: &Id, now: Instant) -> Option<Self> {
        static EMPTY: std::sync::LazyLock<Ladder> = std::sync::LazyLock::new(Ladder::default);
        let rules = state.rules()?.definition.ladders.iter().find(|rules| rules.id == *id)?;
        let ladder = ladders.ladder(id).unwrap_or(&EMPTY);
        Some(Self { state, ladders, ladder, rules, id: &rules.id, now })
    }

    fn barred_until<T>(&self, bar: Bar, at: Instant) -> Result<T, Barred> {
        self.barred(bar, Some(at))
    }

    fn barred<T>(&self, bar: Bar, until: Option<Instant>) -> Result<T, Barred> {
        Err(Barred { bar, until: until.map(|at| Until::on(self.rules, at)) })
    }

    pub(super) fn fits(&self, entrant: &EntrantId) -> bool {
        self.state.entrant(entrant).is_some_and(|entrant| fits(&self.rules.fits, entrant))
    }

    /// With both spots looked up already: a page asks for every name.
    pub(super) fn challenge(
        &self,
        (challenger, from): (&EntrantId, Spot),
        (target, to): (&EntrantId, Option<Spot>),
    ) -> Result<Terms, Barred> {
        self.stands(challenger)?;
        if challenger == target {
            return barred(Bar::Oneself);
        }
        let Some(to) = to else { return barred(Bar::TargetNotOn) };
        if let Some(leave) = self.ladders.leave(target, self.now) {
            return self.barred_until(Bar::TargetOnLeave, leave.until);
        }
        let free = self.ladder.member(challenger).is_some_and(|member| member.free);
        let free = self.range(from, to, free)?;
        self.sits(challenger)?;
        self.loser(challenger)?;
        self.pair(challenger, target)?;
        self.protected(target)?;
        self.busy(target)?;
        let record = self.ladder.record(target, self.now).map(|record| record.outcome);
        Ok(self.terms(free, self.counts(challenger, target), record))
    }

    /// Runs, and has this person among those whom it is for.
    fn stands(&self, entrant: &EntrantId) -> Result<(), Barred> {
        if self.state.phase != Phase::Running {
            return barred(Bar::NotRunning);
        }
        if !self.fits(entrant) {
            return barred(Bar::DoesNotFit);
        }
        match self.ladders.leave(entrant, self.now) {
            Some(leave) => self.barred_until(Bar::OnLeave, leave.until),
            None => Ok(()),
        }
    }

    fn season(&self) -> Result<(), Barred> {
        let Some(season) = &self.rules.season else { return Ok(()) };
        let number = self.ladder.seasons + 1;
        if let Some(starts) = calendar::season_start(self.rules, season, 1).filter(|starts| self.now < *starts) {
            return self.barred_until(Bar::BeforeSeason, starts);
        }
        let Some(ends) = calendar::season_start(self.rules, season, number + 1) else { return Ok(()) };
        let freezes = Instant(ends.0 - i64::from(season.freeze_days) * 86_400_000);
        if self.now >= freezes && self.now < ends { self.barred_until(Bar::SeasonFreeze, ends) } else { Ok(()) }
    }

    /// Whether it uses up a free challenge.
    fn range(&self, from: Spot, to: Spot, free: bool) -> Result<bool, Barred> {
        let tiers = self.rules.has_tiers();
        let is_above = if tiers { to.tier < from.tier } else { to.at < from.at };
        if !is_above {
            return barred(Bar::NotAbove);
        }
        let (distance, place) = if tiers { (from.tier - to.tier, from.tier) } else { (from.at - to.at, from.at + 1) };
        let up = match &self.rules.range {
            Range::Any => return Ok(false),
            Range::Up(up) => *up,
            Range::ByPlace(rows) => {
                let own = rows.iter().rev().find(|row| usize::try_from(row.from).is_ok_and(|from| from <= place));
                own.map_or(0, |row| row.up)
            }
        };
        match (usize::try_from(up).is_ok_and(|up| distance <= up), free) {
            (true, _) => Ok(false),
            (false, true) => Ok(true),
            (false, false) if tiers => barred(Bar::OutOfTiers { up }),
            (false, false) => barred(Bar::OutOfRange { up }),
        }
    }

    /// What holds for whoever wants to play now.
    fn sits(&self, entrant: &EntrantId) -> Result<(), Barred> {
        self.season()?;
        open_now(self.rules, self.now)?;
        let today = calendar::day(self.rules, calendar::date(self.rules, self.now));
        let most = self.rules.rest.tries_per_day;
        let tries = self
            .ladder
            .member(entrant)
            .map_or(0, |member| member.tries.iter().rev().take_while(|at| **at >= today).count());
        if tries >= usize::try_from(most).unwrap_or(usize::MAX) {
            return self.barred_until(Bar::TriesToday { most }, calendar::tomorrow(self.rules, self.now));
        }
        let most = self.rules.at_once.out;
        let out = self.ladders.open_of(self.id).filter(|(_, challenge)| challenge.challenger == *entrant);
        self.at_most(most, out.map(|(_, challenge)| challenge), Bar::OutMost { most })
    }

    fn loser(&self, challenger: &EntrantId) -> Result<(), Barred> {
        let Some(lost) = self.ladder.member(challenger).and_then(|member| member.lost_at) else { return Ok(()) };
        self.after(lost, self.rules.rest.loser_days, Bar::LoserRests)
    }

    fn pair(&self, challenger: &EntrantId, target: &EntrantId) -> Result<(), Barred> {
        let mut open = self.ladders.open_of(self.id).map(|(_, challenge)| challenge);
        if let Some(open) = open.find(|open| open.has(challenger) && open.has(target)) {
            return self.barred(Bar::PairOpen, open.play_by.filter(|until| *until > self.now));
        }
        match self.ladder.games_of(challenger, target).next_back() {
            Some(game) => self.after(game.at, self.rules.rest.pair_days, Bar::PairRests),
            None => Ok(()),
        }
    }

    fn protected(&self, target: &EntrantId) -> Result<(), Barred> {
        let member = self.ladder.member(target).filter(|member| !member.waived);
        match member.and_then(|member| member.won_at) {
            Some(won) => self.after(won, self.rules.rest.winner_days, Bar::WinnerProtected),
            None => Ok(()),
        }
    }

    /// The end of a winner's protection that was not waived.
    pub(super) fn protected_until(&self, entrant: &EntrantId) -> Option<Instant> {
        let won = self.ladder.member(entrant).filter(|member| !member.waived)?.won_at?;
        Some(calendar::plus_days(won, self.rules.rest.winner_days)).filter(|until| self.now < *until)
    }

    fn busy(&self, target: &EntrantId) -> Result<(), Barred> {
        let most = self.rules.at_once.r#in;
        let to = self.ladders.open_of(self.id).filter(|(_, challenge)| challenge.target() == Some(target));
        self.at_most(most, to.map(|(_, challenge)| challenge), Bar::InMost { most })
    }

    fn after(&self, at: Instant, days: u32, bar: Bar) -> Result<(), Barred> {
        let until = calendar::plus_days(at, days);
        if self.now < until { self.barred_until(bar, until) } else { Ok(()) }
    }

    /// Fewer than `most` are open; else the first of them is over at the latest by its deadline.
    fn at_most<'c>(&self, most: u32, open: impl Iterator<Item = &'c super::Challenge>, bar: Bar) -> Result<(), Barred> {
        let open: Vec<_> = open.collect();
        if open.len() < usize::try_from(most).unwrap_or(usize::MAX) {
            return Ok(());
        }
        // An answer opens the time to play: no end is known before it.
        let ends = open.iter().filter_map(|challenge| challenge.play_by);
        self.barred(bar, ends.min().filter(|until| *until > self.now))
    }

    fn counts(&self, challenger: &EntrantId, target: &EntrantId) -> bool {
        let Some(same) = self.rules.same_pair else { return true };
        let since = Instant(self.now.0 - i64::from(same.days) * 86_400_000);
        let games = self.ladder.games_of(challenger, target).filter(|game| game.at > since).count();
        games < usize::try_from(same.games).unwrap_or(usize::MAX)
    }

    fn terms(&self, free: bool, counts: bool, to_beat: Option<Outcome>) -> Terms {
        let respond_by = self.rules.answer.respond.map(|span| calendar::deadline(self.rules, self.now, span));
        let play_by = respond_by.is_none().then(|| play_by(self.rules, self.now));
        Terms { respond_by, play_by, free, counts, to_beat }
    }
}

/// The end of the time to play that begins now, with the grace.
pub(in crate::rules) fn play_by(rules: &Rules, now: Instant) -> Instant {
    let end = calendar::deadline(rules, now, rules.answer.play);
    Instant(end.0 + i64::from(rules.answer.grace_h) * 3_600_000)
}

/// Nobody challenges or plays on closed days and in forbidden hours.
pub(super) fn open_now(rules: &Rules, now: Instant) -> Result<(), Barred> {
    let bar = if calendar::is_closed_day(rules, now) { Bar::Closed } else { Bar::Hours };
    calendar::open_from(rules, now).map_err(|opens| Barred { bar, until: Some(Until::on(rules, opens)) })
}

/// Whether a ladder is for somebody.
pub(in crate::rules) fn fits(fits: &Fits, entrant: &Entrant) -> bool {
    let in_unit = fits.unit.as_ref().is_none_or(|unit| entrant.unit.as_ref().is_some_and(|own| own.is_within(unit)));
    entrant.standing == EntrantStanding::In
        && (fits.event.is_none() || fits.event == entrant.event)
        && (fits.group.is_none() || fits.group == entrant.group)
        && in_unit
        && fits.eligible.iter().all(|one| entrant.eligibilities.contains(one))
}
