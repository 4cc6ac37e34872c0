//! Lots (抽签): from a committed seed, or drawn by hand before a witness. Numbers are unique in a contest, so that a
//! judge who marks several groups meets each number once.

use std::collections::{BTreeMap, BTreeSet};

use super::Case;
use crate::rules::{
    command::Refusal,
    draw::{Chance, Seed},
    field::{Entrant, EntrantStanding},
    ledger::{
        Entry,
        entry::{Digest, LotMethod},
    },
    names::{EntrantId, Id, UnitPath},
};

impl<'a> Case<'a> {
    pub(super) fn commit_seed(&self, draw: &Id, digest: &Digest) -> Result<Entry, Refusal> {
        self.organizer()?;
        self.before_sealing()?;
        let known = self.state.seeds.get(draw);
        // A commitment is for good: one that could be replaced before the draw would commit nobody.
        if known.is_some() {
            return Err(Refusal::NothingToDo);
        }
        Ok(Entry::SeedCommitted { draw: draw.clone(), digest: digest.clone(), by: self.by() })
    }

    /// Entrants in the order of their ids are shuffled, or spread over batches of the stations that the timetable
    /// names; numbers follow those that other groups have. The draw's label is `draw/event/group`.
    pub(super) fn draw_lots(
        &self,
        event: Option<&Id>,
        group: Option<&Id>,
        draw: &Id,
        seed: &str,
    ) -> Result<Entry, Refusal> {
        let entrants = self.to_draw(event, group)?;
        let committed = self.state.seeds.get(draw).ok_or(Refusal::SeedNotCommitted)?;
        let parsed = Seed::parse(seed).filter(|seed| seed.commitment() == committed.digest);
        let parsed = parsed.ok_or(Refusal::SeedDiffers)?;
        let text = |id: Option<&Id>| id.map(Id::to_string).unwrap_or_default();
        let mut chance = Chance::new(&parsed, &format!("{draw}/{}/{}", text(event), text(group)));
        let stations = self.rules()?.definition.timetable.as_ref().map_or(0, |timetable| timetable.stations);
        let items: Vec<(&EntrantId, Option<&UnitPath>)> =
            entrants.iter().map(|(id, entrant)| (*id, entrant.unit.as_ref())).collect();
        let order = chance.spread(items, |(_, unit)| *unit, usize::try_from(stations).unwrap_or(0));
        let taken = self.taken(&entrants);
        let first = taken.last().map_or(1, |highest| highest + 1);
        let numbers = order.into_iter().map(|(id, _)| id.clone()).zip(first..).collect();
        Ok(Entry::LotsDrawn {
            event: event.cloned(),
            group: group.cloned(),
            method: LotMethod::Seed { draw: draw.clone(), seed: seed.to_owned() },
            numbers,
            by: self.by(),
        })
    }

    pub(super) fn enter_lots(
        &self,
        event: Option<&Id>,
        group: Option<&Id>,
        witness: &str,
        numbers: &[(EntrantId, u32)],
    ) -> Result<Entry, Refusal> {
        let entrants = self.to_draw(event, group)?;
        let mut seen = self.taken(&entrants);
        for (id, number) in numbers {
            if !entrants.contains_key(id) {
                return Err(Refusal::UnknownEntrant(id.clone()));
            }
            if *number == 0 || !seen.insert(*number) {
                return Err(Refusal::LotTwice(*number));
            }
        }
        let drawn: BTreeSet<&EntrantId> = numbers.iter().map(|(id, _)| id).collect();
        if drawn.len() < entrants.len() || drawn.len() < numbers.len() {
            return Err(Refusal::LotsIncomplete { missing: entrants.len() - drawn.len() });
        }
        Ok(Entry::LotsDrawn {
            event: event.cloned(),
            group: group.cloned(),
            method: LotMethod::Hand { witness: witness.to_owned() },
            numbers: numbers.to_vec(),
            by: self.by(),
        })
    }

    /// Those who get a number, none of whom has marks yet.
    fn to_draw(&self, event: Option<&Id>, group: Option<&Id>) -> Result<BTreeMap<&'a EntrantId, &'a Entrant>, Refusal> {
        self.organizer()?;
        self.before_sealing()?;
        self.known_event(event)?;
        self.known_group(group)?;
        let fits = |entrant: &Entrant| {
            (event.is_none() || entrant.event.as_ref() == event)
                && (group.is_none() || entrant.group.as_ref() == group)
                && entrant.standing == EntrantStanding::In
        };
        let entrants: BTreeMap<&EntrantId, &Entrant> =
            self.state.field.entrants.iter().filter(|(_, entrant)| fits(entrant)).collect();
        if entrants.is_empty() {
            return Err(Refusal::NoEntrants);
        }
        let judged = |id: &EntrantId| {
            let marks = self.state.field.marks.get(id);
            // Imported scores carry no number.
            marks.is_some_and(|marks| {
                marks.values.keys().any(|slot| slot.judge.is_some()) || !marks.violations.is_empty()
            })
        };
        if entrants.keys().any(|id| judged(id)) {
            return Err(Refusal::LotsAfterMarks);
        }
        Ok(entrants)
    }

    /// Numbers of everybody else.
    fn taken(&self, entrants: &BTreeMap<&EntrantId, &Entrant>) -> BTreeSet<u32> {
        let others = self.state.by_number.iter().filter(|(_, id)| !entrants.contains_key(*id));
        others.map(|(number, _)| *number).collect()
    }
}
