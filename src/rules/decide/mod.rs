//! Deciding: a command and the state make entries, or a refusal that names its rule.
//!
//! Happens once, before the append; whoever folds the entries decides nothing again. A refused command changes
//! nothing. Knows no clock: `now` is an argument, and entry times are the room's affair.

mod awards;
mod chief;
mod indicators;
mod ladder;
mod lots;
mod marks;
mod papers;
mod phases;
mod season;
mod sessions;
mod setup;
mod sheets;
mod signing;
mod units;
mod works;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::{
    command::{Command, Refusal},
    definition::model::{Panel, Stage},
    field::{Entrant, EntrantStanding},
    indicators::Act,
    ladder as rules_of_ladders,
    ledger::{
        Entry, Instant, Recorded,
        entry::{Phase, Role},
    },
    names::{EntrantId, Id, PersonId},
    state::{Rules, State},
};

/// Who asks, as the session knows them. Roles in the contest are in its ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    pub person: PersonId,
    /// Of the server: may what an organizer may, in every contest.
    pub administrator: bool,
    /// Whose own device it is: a worker's. Commands of a worker that name no entrant are about this one.
    pub entrant: Option<EntrantId>,
}

/// What comes of a command: the entries to append, in order, at least one. Before them stands what was due on ladders
/// and is not written yet.
pub fn decide(state: &State, actor: &Actor, command: &Command, now: Instant) -> Result<Vec<Entry>, Refusal> {
    let mut entries = rules_of_ladders::due(state, now);
    if entries.is_empty() {
        return decide_on(state, actor, command, now);
    }
    let mut after = state.clone();
    for entry in &entries {
        take(&mut after, entry.clone(), now);
    }
    entries.extend(decide_on(&after, actor, command, now)?);
    Ok(entries)
}

fn take(state: &mut State, entry: Entry, now: Instant) -> Recorded {
    let version = state.version();
    let recorded = Recorded { seq: version.seq + 1, epoch: version.epoch, at: now.max(state.at()), entry };
    state.apply(&recorded);
    recorded
}

fn decide_on(state: &State, actor: &Actor, command: &Command, now: Instant) -> Result<Vec<Entry>, Refusal> {
    let case = Case { state, actor, now };
    let one = |entry: Result<Entry, Refusal>| entry.map(|entry| vec![entry]);
    match command {
        Command::Together(commands) => together(state, actor, commands, now),
        Command::Found { text } => case.found(text),
        Command::AdoptDefinition { text, reason, second } => case.adopt(text, reason.as_ref(), second.as_ref()),
        Command::SetUnits { units } => one(case.set_units(units)),
        Command::RegisterEntrants { entrants, reason, second } => {
            case.register(entrants, reason.as_ref(), second.as_ref())
        }
        Command::RenameEntrants { entrants, reason, second } => case.rename(entrants, reason.as_ref(), second.as_ref()),
        Command::WithdrawEntrant { entrant, reason } => {
            case.off_ladders(entrant, case.withdraw(entrant, reason.as_ref()))
        }
        Command::AssignPerson { person, role, unit } => one(case.assign(person, role, unit.as_ref())),
        Command::ReleasePerson { person, role } => one(case.release(person, role)),
        Command::CommitSeed { draw, digest } => one(case.commit_seed(draw, digest)),
        Command::DrawLots { event, group, draw, seed } => {
            one(case.draw_lots(event.as_ref(), group.as_ref(), draw, seed))
        }
        Command::EnterLots { event, group, witness, numbers } => {
            one(case.enter_lots(event.as_ref(), group.as_ref(), witness, numbers))
        }
        Command::OpenStage { stage, group } => case.open_stage(stage, group.as_ref()),
        Command::CloseStage { stage, group } => case.close_stage(stage, group.as_ref()),
        Command::GiveMark { entrant, slot, value } => one(case.give_mark(entrant, slot, *value)),
        Command::CorrectMark { entrant, slot, value, reason, second } => {
            one(case.correct_mark(entrant, slot, *value, reason, second.as_ref()))
        }
        Command::RecordViolation { entrant, slot, count, reason } => {
            one(case.record_violation(entrant, slot, *count, reason.as_ref()))
        }
        Command::ConfirmDisqualification { entrant, violation } => {
            case.off_ladders(entrant, case.confirm(entrant, violation))
        }
        Command::RejectDisqualification { entrant, violation, reason } => one(case.reject(entrant, violation, reason)),
        Command::SubmitSheet { sheet } => one(case.submit(sheet)),
        Command::ReturnSheet { sheet, reason } => one(case.return_sheet(sheet, reason)),
        Command::OrderReMark { entrant, slot } => one(case.order_re_mark(entrant, slot)),
        Command::ResolveSpread { entrant, slot, points, reason } => one(case.resolve(entrant, slot, *points, reason)),
        Command::SignPanel { stage, panel, group } => case.sign(stage, panel, group.as_ref()),
        Command::ReopenPanel { stage, panel, group, reason } => case.reopen(stage, panel, group.as_ref(), reason),
        Command::DecideTie { decision, reason } => one(case.decide_tie(decision, reason)),
        Command::Freeze => one(case.freeze()),
        Command::Unfreeze => one(case.unfreeze()),
        Command::OpenIdentities { second } => one(case.open_identities(second)),
        Command::ReachPhase { phase, until } => case.reach(*phase, *until),
        Command::DecideAward { award, to, reason } => one(case.decide_award(award, to, reason)),
        Command::AnnounceAwards => case.announce(),
        Command::RevokeAward { award, from, reason } => case.revoke(award, from, reason),
        Command::IssueCertificates { serials } => case.issue(serials),
        Command::Ladder(act) => case.on_ladder(act),
        Command::Paper(act) => case.on_paper(act),
        Command::Indicator(act) => case.on_indicators(act),
        Command::Work(act) => case.on_works(act),
        Command::Season(act) => case.on_season(act),
    }
}

/// Decides one after the other on a state of its own; the first refusal is the answer to all.
fn together(state: &State, actor: &Actor, commands: &[Command], now: Instant) -> Result<Vec<Entry>, Refusal> {
    let mut after = state.clone();
    let mut all = Vec::new();
    for command in commands {
        if let Command::Indicator(Act::Expect { slot, versions }) = command {
            Case { state: &after, actor, now }.expect_versions(slot, *versions)?;
            continue;
        }
        for entry in decide(&after, actor, command, now)? {
            all.push(take(&mut after, entry, now).entry);
        }
    }
    if all.is_empty() { Err(Refusal::NothingToDo) } else { Ok(all) }
}

/// Whether `second` may agree to what `first` asks: another one, who is chief judge or organizer, or of the leading group, and was not
/// made so by `first` since the contest began. That they are there and agree is for whoever makes the command to see.
pub fn may_second(state: &State, first: &PersonId, second: &PersonId) -> Result<(), Refusal> {
    if second == first {
        return Err(Refusal::SecondIsFirst);
    }
    let roles = [Role::ChiefJudge, Role::Organizer, Role::LeadingGroup];
    let held: Vec<&Role> = roles.iter().filter(|role| state.people.has(second, role)).collect();
    if held.is_empty() {
        return Err(Refusal::SecondNotAllowed);
    }
    // Who appoints a helper in the middle of a contest is still one person.
    let by_first = held.iter().all(|role| state.people.was_appointed_by(second, role, first));
    if by_first { Err(Refusal::SecondByFirst) } else { Ok(()) }
}

/// One command before one state.
struct Case<'a> {
    state: &'a State,
    actor: &'a Actor,
    now: Instant,
}

impl<'a> Case<'a> {
    fn by(&self) -> PersonId {
        self.actor.person.clone()
    }

    fn rules(&self) -> Result<&'a Arc<Rules>, Refusal> {
        match &self.state.adopted {
            None => Err(Refusal::NoDefinition),
            Some(adopted) => adopted.rules.as_ref().ok_or(Refusal::DefinitionUnreadable),
        }
    }

    fn is_organizer(&self) -> bool {
        self.actor.administrator || self.state.people.has(&self.actor.person, &Role::Organizer)
    }

    fn is_chief(&self) -> bool {
        self.state.people.has(&self.actor.person, &Role::ChiefJudge)
    }

    fn organizer(&self) -> Result<(), Refusal> {
        if self.is_organizer() { Ok(()) } else { Err(Refusal::NotAllowed { role: "organizer" }) }
    }

    fn chief(&self) -> Result<(), Refusal> {
        if self.is_chief() { Ok(()) } else { Err(Refusal::NotAllowed { role: "chief-judge" }) }
    }

    fn chief_or_organizer(&self) -> Result<(), Refusal> {
        if self.is_chief() { Ok(()) } else { self.organizer() }
    }

    /// The leader of this panel, or the chief.
    fn leader(&self, stage: &Id, panel: &Id) -> Result<(), Refusal> {
        let leads = self.is_chief() || self.state.people.leads(&self.actor.person, stage, panel);
        if leads { Ok(()) } else { Err(Refusal::NotAllowed { role: "leader" }) }
    }

    fn second(&self, second: &PersonId) -> Result<(), Refusal> {
        may_second(self.state, &self.actor.person, second)
    }

    fn phase(&self, wants: Phase) -> Result<(), Refusal> {
        if self.state.phase == wants { Ok(()) } else { Err(Refusal::WrongPhase { now: self.state.phase, wants }) }
    }

    /// Before sealing.
    fn before_sealing(&self) -> Result<(), Refusal> {
        if self.state.phase < Phase::Sealed { Ok(()) } else { self.phase(Phase::Running) }
    }

    fn stage(&self, id: &Id) -> Result<&'a Stage, Refusal> {
        let stages = &self.rules()?.definition.stages;
        stages.iter().find(|stage| stage.id == *id).ok_or_else(|| Refusal::UnknownStage(id.clone()))
    }

    fn panel(&self, stage: &Id, panel: &Id) -> Result<(&'a Stage, &'a Panel), Refusal> {
        let stage = self.stage(stage)?;
        let found = stage.panels.iter().find(|known| known.id == *panel);
        found.map(|panel| (stage, panel)).ok_or_else(|| Refusal::UnknownPanel(panel.clone()))
    }

    fn entrant(&self, id: &EntrantId) -> Result<&'a Entrant, Refusal> {
        self.state.entrant(id).ok_or_else(|| Refusal::UnknownEntrant(id.clone()))
    }

    fn entrant_in(&self, id: &EntrantId) -> Result<&'a Entrant, Refusal> {
        let entrant = self.entrant(id)?;
        if entrant.standing == EntrantStanding::In { Ok(entrant) } else { Err(Refusal::EntrantOut(id.clone())) }
    }

    fn known_event(&self, event: Option<&Id>) -> Result<(), Refusal> {
        let events = &self.rules()?.definition.events;
        match event {
            Some(event) if !events.iter().any(|known| known.id == *event) => {
                Err(Refusal::UnknownEvent(event.to_string()))
            }
            _ => Ok(()),
        }
    }

    fn known_group(&self, group: Option<&Id>) -> Result<(), Refusal> {
        let groups = &self.rules()?.definition.groups;
        match group {
            Some(group) if !groups.iter().any(|known| known.id == *group) => {
                Err(Refusal::UnknownGroup(group.to_string()))
            }
            _ => Ok(()),
        }
    }

    /// The groups that somebody means: one, or all of the stage.
    fn groups(&self, stage: &Stage, group: Option<&Id>) -> Result<Vec<Option<Id>>, Refusal> {
        let all = super::state::groups_of(&self.rules()?.definition, stage);
        match group {
            None => Ok(all.into_iter().map(Option::<&Id>::cloned).collect()),
            Some(group) if all.contains(&Some(group)) => Ok(vec![Some(group.clone())]),
            Some(group) => Err(Refusal::UnknownGroup(group.to_string())),
        }
    }
}
