//! What an organizer does with a season: definitions that change, releasing, sealing, deciding stars.

use super::*;
use crate::rules::{
    command::{Dropped, Part},
    ledger::{Entry, Instant, entry::Role, season::SeasonEntry},
    names::PersonId,
    season::{sources, totals},
    state::Side,
    trial::is,
    view::Todo,
};

#[expect(clippy::unnecessary_wraps, reason = "as acts and entries have it")]
fn why() -> Option<Digest> {
    Some(Digest("why".to_owned()))
}

fn adopt(text: &str) -> Command {
    Command::AdoptDefinition { text: text.to_owned(), reason: why(), second: Some("org2".into()) }
}

fn release(source: &str, reason: Option<Digest>, second: Option<&str>) -> Command {
    Command::Season(Act::Release { source: source.into(), reason, second: second.map(Into::into) })
}

fn stars_of(period: &str, reason: Option<Digest>) -> Command {
    Command::Season(Act::DecideStars { period: period.into(), reason })
}

#[test]
fn what_another_table_said_is_forgotten() {
    let reported = || {
        let mut trial = year();
        trial.org(bind("quiz"));
        trial.must("", report("quiz", 5, &[("T1", "80#2"), ("T2", "90#1")]));
        trial
    };
    for (before, after) in [
        ("id = \"quiz\"\n", "id = \"quiz\"\ntable = \"teams\"\n"),
        ("id = \"quiz\"\n", "id = \"quiz\"\nperiod = \"q1\"\n"),
        ("[[source]]\nid = \"quiz\"", "[season]\nmatch = \"number\"\n[[source]]\nid = \"quiz\""),
    ] {
        let mut trial = reported();
        trial.org(adopt(&YEAR.replace(before, after)));
        assert_eq!(table(&trial), "- T1 -, - T2 -", "{after}");
        assert_eq!(sources(&trial.state, &Audience::Staff)[0].report, None);
    }
    // What the same rows are worth is another matter: 80 and 90 by 0.25.
    let mut trial = reported();
    trial.org(adopt(&YEAR.replace("weight = \"0.5\"", "weight = \"0.25\"")));
    assert_eq!(table(&trial), "1 T2 22.50, 2 T1 20.00");
}

#[test]
fn a_source_that_nobody_bound_can_be_dropped() {
    let without =
        YEAR.replace("[[source]]\nid = \"skills\"\nby = \"rank\"\npoints-per-rank = [10, 8]\nmissing = \"zero\"\n", "");
    let without = without.replace("[\"skills\", \"shared\"]", "[\"shared\"]");
    let mut trial = year();
    trial.org(bind("quiz"));
    trial.must("", report("quiz", 5, &[("T1", "80#2"), ("T2", "90#1")]));
    // Its 0 stands in the field of everybody, and is nobody's mark.
    trial.org(adopt(&without));
    assert_eq!(table(&trial), "1 T2 45.00, 2 T1 40.00");
    trial.org(adopt(YEAR));
    trial.org(bind("skills"));
    trial.must("", report("skills", 5, &[("T1", "#1")]));
    let dropped = vec![Dropped { part: Part::Stage, stage: None, id: "skills".into() }];
    assert_eq!(trial.refused("org", &adopt(&without)), Refusal::DefinitionDropsMarked { dropped });
    trial.org(release("skills", why(), Some("org2")));
    trial.org(adopt(&without));
    assert_eq!(table(&trial), "1 T2 45.00, 2 T1 40.00");
}

#[test]
fn a_source_that_is_gone_is_released() {
    let mut trial = year();
    trial.org(bind("quiz"));
    let renamed = YEAR.replace("id = \"quiz\"", "id = \"quizzes\"");
    let entries = trial.try_as("org", &adopt(&renamed)).unwrap();
    let Entry::Season(SeasonEntry::SourceReleased { source, by, .. }) = &entries[0] else { panic!("{entries:?}") };
    assert_eq!((source.as_str(), by.as_str(), entries.len()), ("quiz", "org", 2));
    trial.org(adopt(&renamed));
    assert!(sources(&trial.state, &Audience::Staff).iter().all(|line| line.binding.is_none()));
    assert!(trial.state.season.bindings.is_empty());
}

fn other(_: &str, reason: Option<Digest>, second: Option<&str>) -> Command {
    let second = second.map(Into::into);
    Command::Season(Act::Bind { source: "quiz".into(), contest: "other".into(), reason, second })
}

#[test]
fn reported_points_leave_with_a_reason_and_two_people() {
    let mut trial = year();
    trial.org(bind("quiz"));
    trial.org(release("quiz", None, None));
    trial.org(bind("quiz"));
    trial.must("", report("quiz", 5, &[("T1", "80#1")]));
    for act in [release, other] {
        assert_eq!(trial.refused("org", &act("quiz", None, Some("org2"))), Refusal::ReasonMissing);
        assert_eq!(trial.refused("org", &act("quiz", why(), None)), Refusal::NeedsSecondPerson);
        assert_eq!(trial.refused("org", &act("quiz", why(), Some("org"))), Refusal::SecondIsFirst);
    }
    trial.org(other("quiz", why(), Some("org2")));
    assert_eq!(table(&trial), "- T1 -, - T2 -");
    let written = &trial.entries.last().unwrap().entry;
    assert_eq!((written.reason(), written.second().map(PersonId::as_str)), (why().as_ref(), Some("org2")));
}

#[test]
fn nothing_is_sealed_that_never_spoke() {
    let seal = Command::ReachPhase { phase: Phase::Sealed, until: None };
    let mut trial = year();
    trial.org(bind("quiz"));
    trial.org(Command::ReachPhase { phase: Phase::Running, until: None });
    assert_eq!(trial.refused("org", &seal), Refusal::Season(SeasonRefusal::NeverReported("quiz".into())));
    trial.must("", report("quiz", 5, &[("T1", "80#2"), ("T2", "90#1")]));
    // The source still runs: the organizer is told, and decides.
    let awaits = |trial: &Trial| {
        let next = view::organizer(&trial.state).next;
        (next.contains(&Todo::AwaitSources { count: 1 }), next.contains(&Todo::Seal))
    };
    assert_eq!(awaits(&trial), (true, true));
    let Command::Season(Act::Report(newest)) = report("quiz", 9, &[("T1", "80#2"), ("T2", "90#1")]) else {
        unreachable!()
    };
    trial.must("", Command::Season(Act::Report(SourceReport { phase: Phase::Sealed, ..newest })));
    assert_eq!(awaits(&trial), (false, true));
    trial.org(seal);
}

#[test]
fn a_freeze_hides_when_sources_spoke() {
    let mut trial = year();
    trial.org(bind("quiz"));
    trial.org(Command::ReachPhase { phase: Phase::Running, until: None });
    let counts = |trial: &Trial| [Audience::Public, Audience::Staff].map(|who| sources(&trial.state, &who).len());
    assert_eq!(counts(&trial), [2, 2]);
    trial.org(Command::Freeze);
    assert_eq!(counts(&trial), [0, 2]);
    assert!(!crate::rules::season::has_stars(&trial.state, &Audience::Public));
}

/// The midnight after 2026-03-31 in Shanghai: 89 days after the first of January there, which is 8 hours before the
/// first moment of the trial.
const Q1_OVER: Instant = Instant(1_767_225_600_000 - 8 * 3_600_000 + 90 * 86_400_000);

#[test]
fn stars_wait_for_the_end_and_are_decided_again_with_a_reason() {
    let mut trial = year();
    trial.org(bind("quiz"));
    trial.must("", report("quiz", 5, &[("T1", "90#1"), ("T2", "80#2")]));
    trial.now = Instant(Q1_OVER.0 - 1);
    let last = jiff::civil::date(2026, 3, 31);
    let runs = SeasonRefusal::PeriodRuns { period: "q1".into(), last };
    assert_eq!(trial.refused("org", &stars_of("q1", None)), Refusal::Season(runs));
    trial.now = Q1_OVER;
    trial.org(stars_of("q1", None));
    // 45 and 40 of 50: none. An item was wrong; 120 × 0.5 is 60.
    trial.must("", report("quiz", 9, &[("T1", "120#1"), ("T2", "80#2")]));
    let decided = SeasonRefusal::PeriodDecided("q1".into());
    assert_eq!(trial.refused("org", &stars_of("q1", None)), Refusal::Season(decided.clone()));
    trial.org(stars_of("q1", why()));
    assert_eq!(trial.entries.last().unwrap().entry.reason(), why().as_ref());
    let page = crate::rules::season::star_page(&trial.state, &Audience::Public).unwrap();
    let told: Vec<_> = page
        .lines
        .iter()
        .map(|line| (line.entrant.as_str(), line.level, line.rounds.len(), line.rounds[0].1.from))
        .collect();
    // Once more from where the period began, in place of the first round.
    assert_eq!(told, [("T1", 1, 1, 0), ("T2", 0, 1, 0)]);
    assert_eq!((page.rounds.len(), page.next), (1, Some("q2".into())));
    trial.now = Instant(trial.now.0 + 92 * 86_400_000);
    trial.org(stars_of("q2", why()));
    assert_eq!(trial.entries.last().unwrap().entry.reason(), None);
    // No older one than the newest.
    assert_eq!(trial.refused("org", &stars_of("q1", why())), Refusal::Season(decided));
}

#[test]
fn drafts_decide_no_star() {
    let own = "[[stage]]\nid = \"visit\"\n[[stage.panel]]\nid = \"jury\"\njudges = 1\nmarks = [\"look\"]\n\
               [[stage.aspect]]\nid = \"look\"\nmax = 100\n[[source]]\nid = \"quiz\"";
    let mut trial = Trial::nothing();
    trial.org(Command::Found { text: YEAR.replacen("[[source]]\nid = \"quiz\"", own, 1) });
    let team = Entrant { unit: Some("集团/T1".into()), ..Entrant::default() };
    trial.org(Command::RegisterEntrants { entrants: vec![("T1".into(), team)], reason: None, second: None });
    let role = Role::Judge { stage: "visit".into(), panel: "jury".into(), seat: 1, event: None, group: None };
    trial.org(Command::AssignPerson { person: "J1".into(), role, unit: None });
    let numbers = vec![("T1".into(), 1)];
    trial.org(Command::EnterLots { event: None, group: None, witness: "witness".into(), numbers });
    trial.org(Command::ReachPhase { phase: Phase::Running, until: None });
    trial.org(Command::OpenStage { stage: "visit".into(), group: None });
    trial.org(bind("quiz"));
    trial.must("", report("quiz", 5, &[("T1", "80#1")]));
    let slot =
        crate::rules::field::Slot { stage: "visit".into(), aspect: "look".into(), ..crate::rules::trial::face() };
    trial.must("J1", Command::GiveMark { entrant: "T1".into(), slot, value: is(60) });
    // 60 in a draft, 40 of the quiz, 0 of what is missing.
    let total = |side| totals(&trial.state, side)[&EntrantId::new("T1")];
    assert_eq!((total(Side::Staff), total(Side::Public)), (Some(d("100")), None));
    trial.now = Q1_OVER;
    trial.org(stars_of("q1", None));
    let page = crate::rules::season::star_page(&trial.state, &Audience::Public).unwrap();
    assert_eq!((page.lines[0].level, page.lines[0].rounds[0].1.total), (0, None));
}
