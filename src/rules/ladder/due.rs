//! What happens by itself: answers that did not come, games not played, records that expire, moves of people, idleness,
//! the end of a season. One after the other in the order of their deadlines, each seeing the effect of those before.
//!
//! The entries carry the moments at which they were due, so that they are the same whenever they are written.

use std::borrow::Cow;

use super::{
    calendar,
    movement::dropped,
    play::{lapse, off},
    rules::{Expires, Format, Rules, Seeding, Span, Undefended},
    state::{Challenge, Ladder, Ladders, Status},
};
use crate::rules::{
    definition::{Definition, model::Reward},
    ledger::{
        Entry, Instant,
        entry::Phase,
        ladder::{Aim, Earned, LadderEntry, Lapsed, MoveKind},
    },
    names::{ChallengeId, EntrantId, Id},
    state::State,
};

/// The entries that are due at a moment and not written yet, in order. Empty while the contest does not run.
pub fn due(state: &State, now: Instant) -> Vec<Entry> {
    ahead(state, now).1.into_iter().map(Entry::Ladder).collect()
}

/// The ladders with everything applied that is due.
pub(in crate::rules) fn current(state: &State, now: Instant) -> Cow<'_, Ladders> {
    ahead(state, now).0
}

/// The next moment at which something becomes due: until then a view stays as it is, if nothing is written.
pub fn next_deadline(state: &State, now: Instant) -> Option<Instant> {
    let definition = running(state)?;
    let ladders = current(state, now);
    earliest(definition, &ladders, Instant(i64::MAX)).map(|(at, _)| at)
}

fn running(state: &State) -> Option<&Definition> {
    let definition = &state.rules()?.definition;
    (state.phase == Phase::Running && !definition.ladders.is_empty()).then_some(definition)
}

fn ahead(state: &State, now: Instant) -> (Cow<'_, Ladders>, Vec<LadderEntry>) {
    let mut ladders = Cow::Borrowed(&state.ladders);
    let mut all = Vec::new();
    let Some(definition) = running(state) else { return (ladders, all) };
    while let Some((at, what)) = earliest(definition, &ladders, now) {
        let at = at.max(ladders.at);
        let entries = happen(definition, &ladders, &what, at);
        if entries.is_empty() {
            // Cannot be: whatever is found has an effect. Better to stop than to go round for ever.
            break;
        }
        let own = ladders.to_mut();
        for entry in entries {
            own.apply(&entry, at, |id| tiered(definition, id));
            all.push(entry);
        }
    }
    (ladders, all)
}

pub(in crate::rules) fn tiered(definition: &Definition, id: &Id) -> bool {
    definition.ladders.iter().any(|rules| rules.id == *id && rules.has_tiers())
}

/// In the order in which they happen when they are due at the same moment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Gone(ChallengeId),
    OnLeave(ChallengeId),
    Deadline(ChallengeId),
    Moves(Id, EntrantId, MoveKind),
    /// Whether it is a holder's: who comes to the top by a holder's fall does not fall in the same moment.
    Expires(bool, Id, EntrantId),
    Undefended(Id, EntrantId),
    Idle(Id, EntrantId),
    Season(Id),
}

fn earliest(definition: &Definition, ladders: &Ladders, now: Instant) -> Option<(Instant, What)> {
    let mut first: Option<(Instant, What)> = None;
    let mut found = |at: Instant, what: What| {
        if at <= now && first.as_ref().is_none_or(|(known, other)| (at, &what) < (*known, other)) {
            first = Some((at, what));
        }
    };
    for rules in &definition.ladders {
        // Seasons end also where nobody came yet: else they would end in the middle of the first challenge.
        let seasons = ladders.ladder(&rules.id).map_or(0, |ladder| ladder.seasons);
        if let Some(season) = &rules.season
            && let Some(ends) = calendar::season_start(rules, season, seasons + 2)
        {
            found(ends, What::Season(rules.id.clone()));
        }
        let Some(ladder) = ladders.ladder(&rules.id) else { continue };
        for (id, challenge) in ladders.open_of(&rules.id) {
            of_challenge(rules, ladder, ladders, (id, challenge), &mut found);
        }
        let top = ladder.places.top(rules.has_tiers());
        for (entrant, record) in &ladder.records {
            if let Some(expires) = record.expires {
                found(expires, What::Expires(top.contains(entrant), rules.id.clone(), entrant.clone()));
            }
        }
        for holder in &top {
            if let Some(at) = fails_to_defend(rules, ladder, ladders, holder) {
                found(at, What::Undefended(rules.id.clone(), holder.clone()));
            }
        }
        for plan in &ladders.planned {
            let meant = plan.ladder.as_ref().is_none_or(|ladder| *ladder == rules.id);
            let joined = ladder.member(&plan.entrant).map(|member| member.joined_at);
            if meant && ladder.is_on(&plan.entrant) && joined.is_some_and(|joined| joined < plan.effective) {
                found(plan.effective, What::Moves(rules.id.clone(), plan.entrant.clone(), plan.kind));
            }
        }
        idle(rules, ladder, ladders, now, &mut found);
    }
    first
}

fn of_challenge(
    rules: &Rules,
    ladder: &Ladder,
    ladders: &Ladders,
    (id, challenge): (&ChallengeId, &Challenge),
    found: &mut impl FnMut(Instant, What),
) {
    let needs = match &challenge.aim {
        Aim::Person(target) => vec![&challenge.challenger, target],
        Aim::Defence => vec![&challenge.challenger],
        Aim::Entry => Vec::new(),
    };
    if needs.iter().any(|one| !ladder.is_on(one)) {
        return found(ladders.at, What::Gone(id.clone()));
    }
    if challenge.sitting.values().any(Option::is_some) || challenge.session.is_some() {
        return;
    }
    let deadline = if challenge.status == Status::Asked { challenge.respond_by } else { challenge.play_by };
    if let Some(deadline) = deadline {
        found(deadline, What::Deadline(id.clone()));
    }
    // A record stands for its holder, who need not be there.
    let records = matches!(rules.format, Format::Record { .. });
    let bound = if records { &needs[..needs.len().min(1)] } else { &needs[..] };
    for one in bound {
        for leave in ladders.leaves.get(*one).into_iter().flatten() {
            if leave.until > challenge.made_at {
                found(leave.from.max(challenge.made_at), What::OnLeave(id.clone()));
            }
        }
    }
}

/// When a holder without a record falls: at the end of the first whole period, away from leave, in which none was set.
pub(super) fn fails_to_defend(
    rules: &Rules,
    ladder: &Ladder,
    ladders: &Ladders,
    holder: &EntrantId,
) -> Option<Instant> {
    let Format::Record { expires, undefended: Undefended::Drop(by), .. } = rules.format else { return None };
    if ladder.records.contains_key(holder) || dropped(rules, &ladder.places, holder, by).is_empty() {
        return None;
    }
    let unrecorded = ladder.member(holder).map_or(Instant::default(), |member| member.unrecorded_at);
    let mut since = ladder.reign_of(holder)?.since.max(unrecorded).max(ladders.begun);
    loop {
        let at = calendar::period_served(rules, since, expires)?;
        match ladders.back_at(holder, since, at) {
            Some(back) => since = back,
            None => return Some(at),
        }
    }
}

fn idle(rules: &Rules, ladder: &Ladder, ladders: &Ladders, now: Instant, found: &mut impl FnMut(Instant, What)) {
    let Some(idle) = rules.idle else { return };
    let exempt = usize::try_from(idle.top_exempt).unwrap_or(usize::MAX);
    for entrant in ladder.places.all().skip(exempt) {
        let Some(member) = ladder.member(entrant) else { continue };
        let mut since = member.active_at.max(ladders.begun);
        // The calendar only makes it later: whoever is not idle by the clock is not idle.
        while calendar::plus_days(since, idle.days) <= now {
            let at = calendar::deadline(rules, since, Span::Days(idle.days));
            if let Some(back) = ladders.back_at(entrant, since, at) {
                since = back;
                continue;
            }
            if at <= now && !dropped(rules, &ladder.places, entrant, idle.drop).is_empty() {
                found(at, What::Idle(rules.id.clone(), entrant.clone()));
            }
            break;
        }
    }
}

fn happen(definition: &Definition, ladders: &Ladders, what: &What, at: Instant) -> Vec<LadderEntry> {
    let of = |id: &Id| {
        let rules = definition.ladders.iter().find(|rules| rules.id == *id)?;
        Some((rules, ladders.ladder(id)?))
    };
    match what {
        What::Gone(id) | What::OnLeave(id) | What::Deadline(id) => {
            let Some(challenge) = ladders.challenges.get(id) else { return Vec::new() };
            let Some((rules, ladder)) = of(&challenge.ladder) else { return Vec::new() };
            let (why, who) = match what {
                What::Gone(_) => (Lapsed::Gone, Vec::new()),
                What::OnLeave(_) => (Lapsed::Leave, Vec::new()),
                _ => missed(rules, challenge),
            };
            lapse(rules, ladder, (id, challenge), why, who, at)
        }
        What::Moves(id, entrant, kind) => {
            let Some((_, ladder)) = of(id) else { return Vec::new() };
            vec![moved_off(id, ladder, entrant, *kind, at)]
        }
        What::Expires(holds, id, entrant) => {
            let Some((rules, ladder)) = of(id) else { return Vec::new() };
            let moves = match rules.format {
                // Records that end with a period end whatever their holders do: these fall later, if they set none.
                Format::Record { undefended: Undefended::Drop(by), expires: Expires::Days(_), .. }
                    if *holds && ladders.leave(entrant, at).is_none() =>
                {
                    dropped(rules, &ladder.places, entrant, by)
                }
                _ => Vec::new(),
            };
            vec![LadderEntry::RecordExpired { ladder: id.clone(), entrant: entrant.clone(), moves, at }]
        }
        What::Undefended(id, entrant) => {
            let Some((rules, ladder)) = of(id) else { return Vec::new() };
            let by = match rules.format {
                Format::Record { undefended: Undefended::Drop(by), .. } => by,
                _ => 0,
            };
            let moves = dropped(rules, &ladder.places, entrant, by);
            vec![LadderEntry::RecordExpired { ladder: id.clone(), entrant: entrant.clone(), moves, at }]
        }
        What::Idle(id, entrant) => {
            let Some((rules, ladder)) = of(id) else { return Vec::new() };
            let by = rules.idle.map_or(0, |idle| idle.drop);
            let moves = dropped(rules, &ladder.places, entrant, by);
            vec![LadderEntry::IdleDropped { ladder: id.clone(), entrant: entrant.clone(), moves, at }]
        }
        What::Season(id) => {
            let Some(rules) = definition.ladders.iter().find(|rules| rules.id == *id) else { return Vec::new() };
            let ladder = ladders.ladder(id).cloned().unwrap_or_default();
            season(rules, &ladder, ladders, at)
        }
    }
}

/// Whose part was not done in time.
fn missed(rules: &Rules, challenge: &Challenge) -> (Lapsed, Vec<EntrantId>) {
    let Aim::Person(target) = &challenge.aim else { return (Lapsed::Unplayed, Vec::new()) };
    if challenge.status == Status::Asked {
        return (Lapsed::Unanswered, vec![target.clone()]);
    }
    let challenger = &challenge.challenger;
    match (&rules.format, challenge.results.contains_key(challenger), challenge.results.contains_key(target)) {
        (Format::Judged { .. }, ..) => (Lapsed::NotHeld, Vec::new()),
        (Format::Record { .. }, ..) | (_, false, true) => (Lapsed::Unplayed, vec![challenger.clone()]),
        (_, true, _) => (Lapsed::Unplayed, vec![target.clone()]),
        (_, false, false) => (Lapsed::NeitherPlayed, vec![challenger.clone(), target.clone()]),
    }
}

/// Off the ladder.
pub(in crate::rules) fn moved_off(
    id: &Id,
    ladder: &Ladder,
    entrant: &EntrantId,
    kind: MoveKind,
    at: Instant,
) -> LadderEntry {
    let moves = off(&ladder.places, entrant);
    LadderEntry::MovedOff { ladder: id.clone(), entrant: entrant.clone(), kind, moves, at }
}

/// The end of the season that runs: what is open ends without a winner, titles go to the first places, and the next
/// season begins.
pub(in crate::rules) fn season(rules: &Rules, ladder: &Ladder, ladders: &Ladders, at: Instant) -> Vec<LadderEntry> {
    let Some(season) = &rules.season else { return Vec::new() };
    let number = ladder.seasons + 1;
    let mut entries: Vec<LadderEntry> = ladders
        .open_of(&rules.id)
        .flat_map(|(id, challenge)| lapse(rules, ladder, (id, challenge), Lapsed::Gone, Vec::new(), at))
        .collect();
    // A season that ended before anybody came onto the ladder is nobody's.
    let count = if ladder.was_on_before(at) { season.titles.len() } else { 0 };
    let titles: Vec<EntrantId> = ladder.places.all().take(count).cloned().collect();
    for (place, (entrant, title)) in (1..).zip(titles.iter().zip(&season.titles)) {
        if title.reward != Reward::default() {
            entries.push(LadderEntry::RewardEarned {
                ladder: rules.id.clone(),
                entrant: entrant.clone(),
                what: Earned::Title(place),
                period: format!("season-{number}"),
                at,
            });
        }
    }
    let tiers = match season.seed {
        Seeding::Keep => ladder.places.tiers().to_vec(),
        Seeding::Empty => Vec::new(),
    };
    entries.push(LadderEntry::SeasonEnded { ladder: rules.id.clone(), season: number, titles, tiers, at });
    entries
}
