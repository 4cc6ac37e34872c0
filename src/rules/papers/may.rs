//! Whether somebody may sit a paper now: the same question for deciding and for the page that offers it.

use jiff::{
    Timestamp, Zoned,
    civil::{Date, DateTime},
    tz::TimeZone,
};

use super::rules::{Rules, Window};
use crate::rules::{
    definition::model::Stage,
    field::Entrant,
    ledger::{Instant, entry::Phase},
    names::{EntrantId, PaperId},
    state::{Opening, State},
};

/// Which rule forbids it, and when that ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closed {
    /// The contest is not running.
    NotRunning {
        now: Phase,
    },
    Before {
        opens: Zoned,
    },
    After {
        closed: Zoned,
    },
    /// None of its windows is for this person.
    NotForYou,
    /// Another one is open.
    Sitting {
        paper: PaperId,
    },
    Used {
        most: u32,
    },
    Today {
        most: u32,
        next: Zoned,
    },
    Wait {
        until: Zoned,
    },
    NoPractice,
    /// A stage that it counts for was closed; it may be opened again.
    StageClosed {
        /// As the definition titles it.
        stage: String,
    },
}

/// The number of the attempt that would begin, from 1.
pub fn may_start(
    state: &State,
    rules: &Rules,
    entrant: &EntrantId,
    practice: bool,
    now: Instant,
) -> Result<u32, Closed> {
    if state.phase != Phase::Running {
        return Err(Closed::NotRunning { now: state.phase });
    }
    let papers: Vec<_> = state.papers.of(&rules.id, entrant).collect();
    if let Some((paper, _)) = papers.iter().find(|(_, sat)| !sat.is_over(now)) {
        return Err(Closed::Sitting { paper: (*paper).clone() });
    }
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    if practice {
        let before = papers.iter().filter(|(_, sat)| sat.practice).count();
        return if rules.practice { Ok(number(before + 1)) } else { Err(Closed::NoPractice) };
    }
    stages_open(state, rules, entrant)?;
    window(state, rules, entrant, now)?;
    let attempts: Vec<_> = papers.into_iter().map(|(_, sat)| sat).filter(|sat| sat.counts()).collect();
    if let Some(most) = rules.attempts.most.filter(|most| number(attempts.len()) >= *most) {
        return Err(Closed::Used { most });
    }
    let today = day(rules, now);
    let of_today = attempts.iter().filter(|sat| day(rules, sat.starts) == today).count();
    if let Some(most) = rules.attempts.per_day.filter(|most| number(of_today) >= *most) {
        let next = today.tomorrow().map_or(now, |date| instant(rules, date.at(0, 0, 0, 0)));
        return Err(Closed::Today { most, next: local(rules, next) });
    }
    let last_end = attempts.iter().filter_map(|sat| sat.finished.as_ref().map(|(at, _)| *at).or(sat.ends)).max();
    if let Some(end) = last_end {
        let until = Instant(end.0 + i64::from(rules.attempts.delay_minutes) * 60_000);
        if now < until {
            return Err(Closed::Wait { until: local(rules, until) });
        }
    }
    Ok(number(attempts.len() + 1))
}

/// What was begun before a stage was closed is finished and counts; nothing new begins that would count for it.
fn stages_open(state: &State, rules: &Rules, entrant: &EntrantId) -> Result<(), Closed> {
    let (Some(all), Some(facts)) = (state.rules(), state.entrant(entrant)) else { return Ok(()) };
    let counts = |stage: &&Stage| {
        stage.aspects.iter().any(|aspect| aspect.paper.as_ref().is_some_and(|source| source.paper == rules.id))
    };
    let is_closed = |stage: &&Stage| state.opening(&stage.id, state.group_of(facts)) == Some(Opening::Closed);
    match all.definition.stages.iter().filter(counts).find(is_closed) {
        Some(stage) => Err(Closed::StageClosed { stage: stage.title.clone() }),
        None => Ok(()),
    }
}

/// Until when somebody may answer who may begin now; windows that meet are one. `None`: as long as the contest runs.
pub(super) fn open_until(state: &State, rules: &Rules, entrant: &EntrantId, now: Instant) -> Option<Zoned> {
    window_end(state, rules, entrant, now).map(|closes| local(rules, closes))
}

/// When a paper begun now would end by itself: its own time is up, or the window closes in which it was begun.
/// `is_free`: bound to no window, as practice and challenges are.
pub fn ends_at(state: &State, rules: &Rules, entrant: &EntrantId, is_free: bool, now: Instant) -> Option<Instant> {
    let own = rules.minutes.map(|minutes| Instant(now.0 + i64::from(minutes) * 60_000));
    let window = if is_free { None } else { window_end(state, rules, entrant, now) };
    own.into_iter().chain(window).min()
}

fn window_end(state: &State, rules: &Rules, entrant: &EntrantId, now: Instant) -> Option<Instant> {
    if rules.windows.is_empty() {
        return None;
    }
    let spans = spans(state, rules, entrant);
    let last = |at: Instant| {
        let open = spans.iter().filter(|(opens, closes)| (*opens..*closes).contains(&at));
        open.map(|(_, closes)| *closes).max()
    };
    let mut end = last(now)?;
    // What closes is the first moment outside: there the next one may have opened already.
    while let Some(later) = last(end) {
        end = later;
    }
    Some(end).filter(|end| end.0 < i64::MAX)
}

/// Attempts that somebody has left in all, and on this day; `None`: no limit.
pub(super) fn attempts_left(
    state: &State,
    rules: &Rules,
    entrant: &EntrantId,
    now: Instant,
) -> (Option<u32>, Option<u32>) {
    let attempts = || state.papers.of(&rules.id, entrant).map(|(_, sat)| sat).filter(|sat| sat.counts());
    let today = day(rules, now);
    let left = |most: u32, used: usize| most.saturating_sub(u32::try_from(used).unwrap_or(u32::MAX));
    let in_all = rules.attempts.most.map(|most| left(most, attempts().count()));
    let of_today = attempts().filter(|sat| day(rules, sat.starts) == today).count();
    (in_all, rules.attempts.per_day.map(|most| left(most, of_today)))
}

/// The windows that are for this person, their own too.
fn spans(state: &State, rules: &Rules, entrant: &EntrantId) -> Vec<(Instant, Instant)> {
    let facts = state.entrant(entrant);
    let fitting = rules.windows.iter().filter(|window| facts.is_some_and(|facts| is_for(window, facts)));
    let mut spans: Vec<(Instant, Instant)> = fitting
        .map(|window| {
            let opens = window.opens.map_or(Instant(i64::MIN), |at| instant(rules, at));
            (opens, window.closes.map_or(Instant(i64::MAX), |at| instant(rules, at)))
        })
        .collect();
    spans.extend(state.papers.windows(&rules.id, entrant));
    spans
}

fn window(state: &State, rules: &Rules, entrant: &EntrantId, now: Instant) -> Result<(), Closed> {
    if rules.windows.is_empty() {
        return Ok(());
    }
    let spans = spans(state, rules, entrant);
    if spans.iter().any(|(opens, closes)| (*opens..*closes).contains(&now)) {
        return Ok(());
    }
    let next = spans.iter().map(|(opens, _)| *opens).filter(|opens| *opens > now).min();
    let last = spans.iter().map(|(_, closes)| *closes).max();
    match (next, last) {
        (Some(opens), _) => Err(Closed::Before { opens: local(rules, opens) }),
        (None, Some(closed)) => Err(Closed::After { closed: local(rules, closed) }),
        (None, None) => Err(Closed::NotForYou),
    }
}

fn is_for(window: &Window, facts: &Entrant) -> bool {
    let group = window.group.as_ref().is_none_or(|group| facts.group.as_ref() == Some(group));
    let unit = window.unit.as_ref().is_none_or(|unit| facts.unit.as_ref().is_some_and(|own| own.is_within(unit)));
    group && unit
}

fn zone(rules: &Rules) -> TimeZone {
    // Checked when the definition was read.
    TimeZone::get(&rules.zone).unwrap_or(TimeZone::UTC)
}

fn local(rules: &Rules, at: Instant) -> Zoned {
    Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone(rules))
}

/// The local day of a moment.
pub(super) fn day(rules: &Rules, at: Instant) -> Date {
    local(rules, at).date()
}

fn instant(rules: &Rules, at: DateTime) -> Instant {
    at.to_zoned(zone(rules)).map_or(Instant(i64::MAX), |zoned| Instant(zoned.timestamp().as_millisecond()))
}
