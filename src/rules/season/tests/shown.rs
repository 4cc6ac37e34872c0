//! What a source shows: whose total makes the best, which of several rows counts, and what a freeze held back.

use super::*;
use crate::rules::{
    ledger::entry::Role,
    names::UnitPath,
    season::{NotPublic, Public, matched, public},
    trial::{face, is},
};

/// Stages are imported values up to 1000; an entrant is `id unit event|- team|-`.
fn contest(definition: &str, entrants: &[&str]) -> Trial {
    let mut trial = Trial::nothing();
    trial.org(Command::Found {
        text: format!("format = 1\n[contest]\nid = \"source\"\ntitle = \"来源\"\n{definition}"),
    });
    let entrant = |line: &&str| {
        let words: Vec<&str> = line.split(' ').collect();
        let given = |word: &str| (word != "-").then(|| word.to_owned());
        let facts = Entrant {
            unit: Some(words[1].into()),
            event: given(words[2]).map(Id::new),
            team: given(words[3]),
            ..Entrant::default()
        };
        (EntrantId::new(words[0]), facts)
    };
    let entrants = entrants.iter().map(entrant).collect();
    trial.org(Command::RegisterEntrants { entrants, reason: None, second: None });
    trial
}

fn stage(id: &str) -> String {
    format!("[[stage]]\nid = \"{id}\"\n[[stage.aspect]]\nid = \"points\"\nkind = \"imported\"\nmax = 1000\n")
}

fn starts(trial: &mut Trial, stages: &[&str]) {
    trial.org(Command::ReachPhase { phase: Phase::Running, until: None });
    for stage in stages {
        trial.org(Command::OpenStage { stage: (*stage).into(), group: None });
    }
}

fn marks(trial: &mut Trial, stage: &str, marks: &[(&str, i64)]) {
    for (entrant, mark) in marks {
        let slot = crate::rules::field::Slot { stage: stage.into(), aspect: "points".into(), ..face() };
        trial.org(Command::GiveMark { entrant: (*entrant).into(), slot, value: is(*mark) });
    }
}

fn by_points() -> Source {
    source("one", By::Points { full: None })
}

fn by_percentage() -> Source {
    source("one", By::Percentage { full: None })
}

fn by_rank() -> Source {
    source("one", By::Rank { points: [10, 8].map(Decimal::from).into(), further: Decimal::ONE })
}

fn shown(trial: &Trial, source: &Source) -> Public {
    public(&trial.state, source, trial.now).unwrap()
}

/// What the season's entrants have, who are called as the units: `甲 100.00`.
fn points_of(trial: &Trial, source: &Source) -> Vec<String> {
    let found = shown(trial, source);
    let meant = |row: &PublicRow| row.unit.iter().map(|unit| EntrantId::new(unit.leaf())).collect();
    let rows = matched(&found, source, meant);
    let rules = season(vec![source.clone()]);
    let told = rows.iter().map(|row| {
        let line = lines(&rules, |_| (Some(&row.raw), row.best.or(found.best))).remove(0);
        format!("{} {}", row.entrant, line.outcome.points().map_or("-".to_owned(), |points| points.to_string()))
    });
    told.collect()
}

#[test]
fn where_the_lowest_leads_there_are_ranks_alone() {
    let rules = format!("board = \"names\"\n{}[ranking]\nfirst = \"lowest\"\nties = [\"shared\"]\n", stage("run"));
    let mut trial = contest(&rules, &["A 甲 - -", "B 乙 - -"]);
    starts(&mut trial, &["run"]);
    marks(&mut trial, "run", &[("A", 100), ("B", 200)]);
    for source in [by_points(), by_percentage()] {
        assert_eq!(public(&trial.state, &source, trial.now), Err(NotPublic::LowestFirst));
    }
    // 100 seconds come first.
    assert_eq!(points_of(&trial, &by_rank()), ["乙 8.00", "甲 10.00"]);
}

#[test]
fn who_was_cut_makes_no_best() {
    let rules = |carry: bool| {
        format!(
            "board = \"names\"\n{}{}[[round]]\nid = \"first\"\nstages = [\"theory\"]\ncut = {{ top = 2 }}\n\
             [[round]]\nid = \"final\"\nstages = [\"practice\"]\ncarry = {carry}\n[ranking]\nties = [\"shared\"]\n",
            stage("theory"),
            stage("practice"),
        )
    };
    let held = |carry: bool| {
        let mut trial = contest(&rules(carry), &["A 甲 - -", "B 乙 - -", "C 丙 - -"]);
        starts(&mut trial, &["theory", "practice"]);
        marks(&mut trial, "theory", &[("A", 95), ("B", 90), ("C", 88)]);
        marks(&mut trial, "practice", &[("A", 75), ("B", 60)]);
        trial
    };
    // The final begins anew: 75 is the best of it, 60 of 75 is 80 %, and 88 of the first round is no part of either.
    let anew = held(false);
    assert_eq!(shown(&anew, &by_points()).best, Some(d("75")));
    assert_eq!(points_of(&anew, &by_percentage()), ["丙 -", "乙 80.00", "甲 100.00"]);
    assert_eq!(points_of(&anew, &by_points()), ["丙 -", "乙 60.00", "甲 75.00"]);
    assert_eq!(points_of(&anew, &by_rank()), ["丙 1.00", "乙 8.00", "甲 10.00"]);
    // The final adds up: 170, 150, and 88 on the way there; 150 of 170 is 88.235…, 88 of 170 is 51.764….
    let on = held(true);
    assert_eq!(points_of(&on, &by_percentage()), ["丙 51.76", "乙 88.24", "甲 100.00"]);
}

#[test]
fn of_rows_in_several_tables_the_one_that_is_worth_most_counts() {
    let events = "[[event]]\nid = \"welder\"\n[[event]]\nid = \"fitter\"\n";
    let rules = format!("board = \"names\"\n{events}{}[ranking]\nties = [\"shared\"]\n", stage("practice"));
    let mut trial = contest(
        &rules,
        &["W1 甲 welder -", "W2 丙 welder -", "W3 丁 welder -", "F1 甲 fitter -", "F2 乙 fitter -", "F3 丁 fitter -"],
    );
    starts(&mut trial, &["practice"]);
    marks(&mut trial, "practice", &[("W1", 61), ("W2", 50), ("W3", 40), ("F1", 97), ("F2", 99), ("F3", 30)]);
    // 甲 is first of the welders with 61 and second of the fitters with 97.
    assert_eq!(points_of(&trial, &by_points()), ["丁 40.00", "丙 50.00", "乙 99.00", "甲 97.00"]);
    assert_eq!(points_of(&trial, &by_rank()), ["丁 1.00", "丙 8.00", "乙 10.00", "甲 10.00"]);
    // Of the best of the own table: 61 of 61, 50 of 61 is 81.967…, 40 of 61 is 65.573… and better than 30 of 99.
    assert_eq!(points_of(&trial, &by_percentage()), ["丁 65.57", "丙 81.97", "乙 100.00", "甲 100.00"]);
}

#[test]
fn numbers_that_were_frozen_name_nobody_later() {
    let rules = format!("board = \"numbers\"\n{}[ranking]\nties = [\"shared\"]\n", stage("theory"));
    let mut trial = contest(&rules, &["A 甲 - -", "B 乙 - -"]);
    trial.org(Command::AssignPerson { person: "org2".into(), role: Role::Organizer, unit: None });
    let numbers = vec![("A".into(), 2), ("B".into(), 1)];
    trial.org(Command::EnterLots { event: None, group: None, witness: "witness".into(), numbers });
    starts(&mut trial, &["theory"]);
    marks(&mut trial, "theory", &[("A", 80), ("B", 90)]);
    trial.org(Command::Freeze);
    trial.org(Command::CloseStage { stage: "theory".into(), group: None });
    trial.org(Command::OpenIdentities { second: "org2".into() });
    // The board of the freeze carries numbers: that is not a board on which nobody stands.
    assert_eq!(public(&trial.state, &by_points(), trial.now), Err(NotPublic::NumbersOnly));
    trial.org(Command::Unfreeze);
    assert_eq!(points_of(&trial, &by_points()), ["乙 90.00", "甲 80.00"]);
}

#[test]
fn a_team_is_its_people() {
    let teams = "[teams]\nscore = \"sum\"\nties = [\"shared\"]\n";
    let rules = format!("board = \"names\"\n{}{teams}[ranking]\nties = [\"shared\"]\n", stage("practice"));
    let people = ["A1 集团/甲/一班 - 红队", "A2 集团/甲/二班 - 红队", "B1 集团/乙/三班 - 蓝队"];
    let mut trial = contest(&rules, &people);
    starts(&mut trial, &["practice"]);
    marks(&mut trial, "practice", &[("A1", 80), ("A2", 70), ("B1", 90)]);
    let of_teams = Source { reads: Reads::Table("teams".into()), ..by_points() };
    let found = shown(&trial, &of_teams);
    let told: Vec<_> = found
        .rows
        .iter()
        .map(|row| (row.key.as_str(), row.unit.as_ref().map(UnitPath::as_str), row.entrants.len(), row.raw.total))
        .collect();
    // 80 + 70; what both of the reds belong to is 甲.
    assert_eq!(told, [("红队", Some("集团/甲"), 2, Some(d("150"))), ("蓝队", Some("集团/乙/三班"), 1, Some(d("90")))]);
}
