//! Every rule with its refusal, in tables: who asks for what in which contest, and the rule that says no.

mod day;
mod refusals;
mod setup;

use crate::rules::{
    command::{Command, Refusal},
    field::Entrant,
    ledger::entry::Phase,
    trial::Trial,
};

#[track_caller]
fn check(trial: &Trial, cases: Vec<(&str, Command, Refusal)>) {
    for (person, command, expected) in cases {
        assert_eq!(trial.refused(person, &command), expected, "{person}: {command:?}");
    }
}

fn not(role: &'static str) -> Refusal {
    Refusal::NotAllowed { role }
}

fn wrong(now: Phase, wants: Phase) -> Refusal {
    Refusal::WrongPhase { now, wants }
}

fn open(stage: &str) -> Command {
    Command::OpenStage { stage: stage.into(), group: None }
}

fn close(stage: &str) -> Command {
    Command::CloseStage { stage: stage.into(), group: None }
}

fn reach(phase: Phase) -> Command {
    Command::ReachPhase { phase, until: None }
}

fn register(id: &str, facts: Entrant) -> Command {
    Command::RegisterEntrants { entrants: vec![(id.into(), facts)], reason: None, second: None }
}
