//! Who may what and when, and what a definition may not drop.

use rust_decimal::Decimal;

use super::*;
use crate::rules::{
    command::{Dropped, Part},
    indicators::{Actual, PeriodStage},
    names::Id,
};

#[test]
fn who_may_what_and_when() {
    use PeriodStage::{Closed, Collected, Open, Planned, Signed};
    let mut office = Office::new();
    let stage = |period: &str, now, wants| No::WrongStage { period: period.into(), now, wants };
    office.refused("prod", &open("m1"), not("organizer"));
    office.no("org", &open("m9"), No::UnknownPeriod("m9".into()));
    office.no("org", &close("m1"), stage("m1", Planned, Open));
    office.no("prod", &report("A output m1", "1"), stage("m1", Planned, Open));
    office.no("prod", &check("A output m1"), stage("m1", Planned, Open));
    office.no("prod", &revise("A output m1", "1", None), No::NotClosed("m1".into()));
    office.does("org", &open("m1"));
    office.no("org", &open("m1"), stage("m1", Open, Planned));

    // Each owner its own indicators, each unit its own figures.
    office.refused("safe", &report("A output m1", "1"), not("figure-reporter"));
    office.refused("a", &report("B output m1", "1"), not("figure-reporter"));
    office.refused("liaison", &report("B output m1", "1"), not("figure-reporter"));
    office.refused("boss", &report("A output m1", "1"), not("figure-reporter"));
    office.no("prod", &check("A output m1"), No::NoFigure);
    office.does("a", &report("A output m1", "1"));
    office.refused("a", &check("A output m1"), not("indicator-owner"));
    office.refused("safe", &check("A output m1"), not("indicator-owner"));
    office.does("prod", &check("A output m1"));
    office.no("prod", &check("A output m1"), No::AlreadyChecked);
    office.no("a", &report("A output m1", "2"), No::AlreadyChecked);

    // What a figure may be.
    let kinds = || vec![Id::new("false"), Id::new("verified")];
    office.no("prod", &report("A output m1", "verified=1"), No::Unfit { kinds: vec![] });
    for unfit in ["7", "verified=1", "verified=-1,false=0", "verified=0.5,false=0", "verified=1,false=0,other=1"] {
        office.no("safe", &report("A hazards m1", unfit), No::Unfit { kinds: kinds() });
    }
    for unfit in ["-1", "100.5"] {
        office.no("safe", &report("A order m1", unfit), No::OutsideSheet { full: Decimal::ONE_HUNDRED });
    }
    office.does("safe", &report("A hazards m1", "n/a"));
    office.no("org", &report("A cost m1", "1"), No::UnknownIndicator("cost".into()));
    office.refused("org", &report("Z output m1", "1"), Refusal::UnknownEntrant("Z".into()));
    let FigureSlot { entrant, indicator, period } = slot("A hazards m2");
    office.no("safe", &report("A hazards m2", "n/a"), No::NotJudged { entrant, indicator, period });

    // Targets.
    office.refused("prod", &target("A output m1", "5", None), not("organizer"));
    office.no("org", &target("A order m1", "5", None), No::NoTarget("order".into()));
    let none = Act::SetTargets { targets: vec![], document: document(5), second: None };
    office.no("org", &none, No::NoTargets);
    let one = TargetOf { slot: slot("A output m1"), target: Decimal::ONE };
    let twice = Act::SetTargets { targets: vec![one.clone(), one], document: document(5), second: None };
    office.no("org", &twice, No::TargetTwice);

    // The period goes on.
    office.does("org", &close("m1"));
    office.no("boss", &sign("m1"), stage("m1", Closed, Collected));
    office.no("org", &collect("m1"), No::Unchecked { count: 1 });
    office.does("safe", &check("A hazards m1"));
    // Late, and not signed yet: one person is enough.
    office.does("prod", &revise("B output m1", "50", None));
    office.does("org", &collect("m1"));
    office.no("prod", &check("A output m1"), No::NeedsRevision("m1".into()));
    office.refused("org", &sign("m1"), not("leading-group"));
    office.no("org", &publish("m1"), stage("m1", Collected, Signed));
    office.does("boss", &sign("m1"));
    office.refused("boss", &publish("m1"), not("organizer"));

    // Vetoes.
    office.refused("boss", &veto(Scope::Contest), not("organizer"));
    office.refused("org", &veto(Scope::Award { award: "gold".into() }), Refusal::UnknownAward("gold".into()));
    office.no("org", &veto(Scope::Period { period: "m9".into() }), No::UnknownPeriod("m9".into()));
    let unknown = Act::ReleaseVeto { veto: "w".into(), document: document(1), second: "boss".into() };
    office.no("org", &unknown, No::UnknownVeto("w".into()));
    let alone = Act::ReleaseVeto { veto: "w".into(), document: document(1), second: "org".into() };
    office.refused("org", &alone, Refusal::SecondIsFirst);
    let owner = Role::IndicatorOwner { indicator: "cost".into() };
    let assign = Command::AssignPerson { person: "x".into(), role: owner, unit: None };
    assert_eq!(office.ask("org", &assign), Err(Refusal::Indicator(No::UnknownIndicator("cost".into()))));
}

#[test]
fn a_definition_keeps_what_has_figures() {
    let office = Office::filled();
    let text = DEFINITION
        .replace("id = \"m1\"", "id = \"jan\"")
        .replace("periods = [\"m1\"]", "")
        .replace("id = \"output\"", "id = \"tons\"")
        .replace("id = \"false\"", "id = \"untrue\"");
    let adopt = Command::AdoptDefinition { text, reason: Some(Digest("r".to_owned())), second: Some("org2".into()) };
    let gone = |part, id: &str| Dropped { part, stage: None, id: id.into() };
    let dropped = vec![gone(Part::Indicator, "output"), gone(Part::Period, "m1"), gone(Part::EventKind, "false")];
    assert_eq!(office.ask("org", &adopt), Err(Refusal::DefinitionDropsMarked { dropped }));
}

/// A fold of all is the fold of a part and then the rest.
#[test]
fn a_ledger_folds_to_the_same_in_parts() {
    let mut office = Office::published();
    office.does("safe", &revise("C order m1", "95", Some("boss")));
    office.does("org", &veto(Scope::Contest));
    let whole = State::fold(&office.entries);
    assert_eq!(whole.labor, office.state.labor);
    for at in 0..office.entries.len() {
        let mut state = State::fold(&office.entries[..at]);
        office.entries[at..].iter().for_each(|entry| state.apply(entry));
        assert_eq!(state.labor, whole.labor, "{at}");
    }
    assert!(matches!(
        whole.labor.figures[&slot("C order m1")].versions[..],
        [ref only] if only.actual == Actual::Is(dec("95")) && only.second.as_ref().is_some_and(|second| second.as_str() == "boss")
    ));
}

#[test]
fn nothing_is_written_over_unseen_nor_twice() {
    let mut office = Office::new();
    office.does("org", &open("m1"));
    let expect = |versions| Act::Expect { slot: slot("A output m1"), versions };
    let together = |acts: [Act; 2]| Command::Together(acts.into_iter().map(Command::Indicator).collect());
    let changed = Err(Refusal::Indicator(No::Changed(slot("A output m1"))));
    office.must("a", &together([expect(0), report("A output m1", "100")]));
    assert_eq!(office.ask("a", &together([expect(0), report("A output m1", "90")])), changed);
    // The owner looked at 100, the unit makes it 120: 120 is not checked by that.
    office.does("a", &report("A output m1", "120"));
    assert_eq!(office.ask("prod", &together([expect(1), check("A output m1")])), changed);
    office.must("prod", &together([expect(2), check("A output m1")]));
    // Each sees what the ones before it wrote.
    let twice = together([report("A output m1", "110"), expect(4)]);
    assert_eq!(office.ask("prod", &twice).map(|entries| entries.len()), Ok(1));
    // Alone it writes nothing, as it stands or not.
    office.refused("prod", &expect(3), Refusal::NothingToDo);
    office.no("prod", &expect(2), No::Changed(slot("A output m1")));

    // The same again is nothing, while it stands; what was returned is reported again.
    office.does("prod", &report("A output m1", "110"));
    office.refused("prod", &report("A output m1", "110"), Refusal::NothingToDo);
    office.does("prod", &report("A output m1", "111"));
    office.does("prod", &Act::Return { slot: slot("A output m1"), reason: Digest("why".to_owned()) });
    office.does("prod", &report("A output m1", "111"));
    let own = Act::Report {
        slot: slot("A output m1"),
        actual: actual("111"),
        self_score: Some(Decimal::ONE),
        evidence: vec![],
    };
    office.does("prod", &own);
    office.refused("prod", &own, Refusal::NothingToDo);
}
