//! The way of a figure, the life of a period, revisions and vetoes: who may what and when, in a contest of three units.

mod desk;
mod provisional;
mod published;
mod refusals;
mod targets;
mod units;

use super::{Lack, actual, dec, shown};
use crate::rules::{
    command::{Command, Refusal},
    decide::{Actor, decide},
    field::Entrant,
    indicators::{
        Act, Counting, FigureSlot, How, IndicatorRefusal as No, Place, Scope, Severity, Veto, Vetoes, Way, WhyMissing,
        alone, effect_of_figure, effect_of_veto, figure, grid, is_barred, missing, overall, progress, standing, vetoes,
    },
    ledger::{
        Entry, Instant, Recorded,
        entry::{Digest, Phase, Role},
        indicator::{Document, TargetOf},
    },
    state::State,
};

const DEFINITION: &str = r#"
format = 1
[contest]
id = "labor"
title = "劳动竞赛"
[[period]]
id = "m1"
from = "2026-01-01"
to = "2026-01-31"
due = "2026-02-05"
[[period]]
id = "m2"
from = "2026-02-01"
to = "2026-02-28"
[[indicator]]
id = "output"
title = "产量"
owner = "生产部"
points = 60
linear = {}
[[indicator]]
id = "order"
owner = "安全部"
points = 30
sheet = {}
[[indicator]]
id = "hazards"
owner = "安全部"
points = 10
periods = ["m1"]
[indicator.events]
[[indicator.events.kind]]
id = "verified"
points = 5
[[indicator.events.kind]]
id = "false"
points = -3
[[award]]
id = "banner"
title = "流动红旗"
who = "nominated"
[[award]]
id = "prize"
title = "先进集体"
count = 1
[[honour]]
id = "flag"
least = 90
"#;

/// `org` and `org2` organize, `boss` signs, `prod` owns output and `safe` the others; `liaison` looks after 一厂, where
/// unit A is. Targets of output are 100.
struct Office {
    state: State,
    entries: Vec<Recorded>,
    now: Instant,
}

fn slot(text: &str) -> FigureSlot {
    let mut words = text.split(' ').map(str::to_owned);
    let mut next = || words.next().unwrap();
    FigureSlot { entrant: next().as_str().into(), indicator: next().as_str().into(), period: next().as_str().into() }
}

fn document(day: i8) -> Document {
    Document { dated: jiff::civil::date(2026, 1, day), digest: Digest(format!("d{day}")) }
}

fn report(at: &str, figure: &str) -> Act {
    Act::Report { slot: slot(at), actual: actual(figure), self_score: None, evidence: vec![] }
}

fn check(at: &str) -> Act {
    Act::Check { slot: slot(at), found: None }
}

fn revise(at: &str, figure: &str, second: Option<&str>) -> Act {
    let (reason, second) = (Digest("late".to_owned()), second.map(Into::into));
    Act::Revise { slot: slot(at), actual: actual(figure), evidence: vec![], reason, second }
}

fn target(at: &str, target: &str, second: Option<&str>) -> Act {
    let targets = vec![TargetOf { slot: slot(at), target: dec(target) }];
    Act::SetTargets { targets, document: document(5), second: second.map(Into::into) }
}

fn open(period: &str) -> Act {
    Act::OpenPeriod { period: period.into() }
}

fn close(period: &str) -> Act {
    Act::ClosePeriod { period: period.into() }
}

fn collect(period: &str) -> Act {
    Act::CollectPeriod { period: period.into() }
}

fn sign(period: &str) -> Act {
    Act::SignPeriod { period: period.into() }
}

fn publish(period: &str) -> Act {
    Act::PublishPeriod { period: period.into() }
}

fn veto(scope: Scope) -> Act {
    let what = Veto { entrant: "A".into(), severity: Severity::Unranked, scope };
    Act::SetVeto { veto: "v".into(), what, document: document(20), second: "boss".into() }
}

impl Office {
    fn new() -> Self {
        Self::with(DEFINITION)
    }

    fn with(definition: &str) -> Self {
        Self::with_groups(definition, &[])
    }

    fn with_groups(definition: &str, groups: &[(&str, &str)]) -> Self {
        let mut office = Self { state: State::empty(), entries: Vec::new(), now: Instant(1_767_225_600_000) };
        office.must("org", &Command::Found { text: definition.to_owned() });
        let owner = |indicator: &str| Role::IndicatorOwner { indicator: indicator.into() };
        for (person, role, unit) in [
            ("org2", Role::Organizer, None),
            ("boss", Role::LeadingGroup, None),
            ("prod", owner("output"), None),
            ("safe", owner("order"), None),
            ("safe", owner("hazards"), None),
            ("liaison", Role::Liaison, Some("集团/一厂")),
        ] {
            office.must("org", &Command::AssignPerson { person: person.into(), role, unit: unit.map(Into::into) });
        }
        let units = [("A", "集团/一厂/一车间"), ("B", "集团/二厂"), ("C", "集团/三厂")];
        let group = |id: &str| groups.iter().find(|(unit, _)| *unit == id).map(|(_, group)| (*group).into());
        let facts = |id: &str, unit: &str| Entrant { unit: Some(unit.into()), group: group(id), ..Entrant::default() };
        let entrants = units.map(|(id, unit)| (id.into(), facts(id, unit))).into();
        office.must("org", &Command::RegisterEntrants { entrants, reason: None, second: None });
        for unit in ["A", "B", "C"] {
            office.does("org", &target(&format!("{unit} output m1"), "100", None));
        }
        office.must("org", &Command::ReachPhase { phase: Phase::Running, until: None });
        office
    }

    /// Everything of m1 is reported and checked, but C's order: A 60 + 27 + 10, B 54 + 30 + 5, C 66 and 10.
    fn filled() -> Self {
        Self::new().fill()
    }

    fn fill(self) -> Self {
        let mut office = self;
        office.does("org", &open("m1"));
        for (at, figure) in [
            ("A output m1", "100"),
            ("A order m1", "90"),
            ("A hazards m1", "verified=2,false=0"),
            ("B output m1", "90"),
            ("B order m1", "100"),
            ("B hazards m1", "verified=1,false=0"),
            ("C output m1", "110"),
            ("C hazards m1", "verified=4,false=0"),
        ] {
            let owner = if at.contains("output") { "prod" } else { "safe" };
            office.does(owner, &report(at, figure));
            office.does(owner, &check(at));
        }
        office
    }

    /// Closed, collected, signed, published.
    fn published() -> Self {
        let mut office = Self::filled();
        for (person, act) in
            [("org", close("m1")), ("org", collect("m1")), ("boss", sign("m1")), ("org", publish("m1"))]
        {
            office.does(person, &act);
        }
        office
    }

    fn ask(&self, person: &str, command: &Command) -> Result<Vec<Entry>, Refusal> {
        // Unit A's own device.
        let entrant = (person == "a").then(|| "A".into());
        decide(&self.state, &Actor { person: person.into(), administrator: false, entrant }, command, self.now)
    }

    #[track_caller]
    fn must(&mut self, person: &str, command: &Command) {
        let entries = self.ask(person, command).unwrap_or_else(|refusal| panic!("{person}: {command:?}: {refusal:?}"));
        for entry in entries {
            self.now = Instant(self.now.0 + 1_000);
            let recorded = Recorded { seq: self.entries.len() as u64 + 1, epoch: 1, at: self.now, entry };
            // As it would be read again.
            let (kind, version, payload) = recorded.entry.write();
            assert_eq!(Entry::read(kind, version, &payload).as_ref(), Ok(&recorded.entry));
            self.state.apply(&recorded);
            self.entries.push(recorded);
        }
    }

    #[track_caller]
    fn does(&mut self, person: &str, act: &Act) {
        self.must(person, &Command::Indicator(act.clone()));
    }

    #[expect(clippy::needless_pass_by_value, reason = "a test reads better without an ampersand before each refusal")]
    #[track_caller]
    fn refused(&self, person: &str, act: &Act, expected: Refusal) {
        match self.ask(person, &Command::Indicator(act.clone())) {
            Err(refusal) => assert_eq!(refusal, expected, "{person}: {act:?}"),
            Ok(entries) => panic!("{person} may {act:?}: {entries:?}"),
        }
    }

    #[track_caller]
    fn no(&self, person: &str, act: &Act, expected: No) {
        self.refused(person, act, Refusal::Indicator(expected));
    }

    fn table(&self, vetoes: Vetoes) -> Vec<String> {
        shown(&standing(&self.state, &"m1".into(), Counting::Checked, vetoes))
    }

    fn last_published(&self) -> Vec<String> {
        let published = progress(&self.state, &"m1".into()).unwrap().published.last().unwrap();
        let row = |row: &crate::rules::ledger::indicator::PublishedRow| {
            let score = row.score.map_or_else(|| "-".to_owned(), |score| score.to_string());
            format!("{:?} {} {score}", row.place, row.entrant)
        };
        published.iter().map(row).collect()
    }
}

fn not(role: &'static str) -> Refusal {
    Refusal::NotAllowed { role }
}

#[test]
fn a_figure_goes_its_way() {
    let mut office = Office::new();
    office.does("org", &open("m1"));
    let given = Act::Report {
        slot: slot("A output m1"),
        actual: actual("120"),
        self_score: Some(dec("72")),
        evidence: vec![Digest("photo".to_owned())],
    };
    office.does("a", &given);
    // Reported and not checked: provisional only.
    let cell = |office: &Office, counting| {
        let tables = standing(&office.state, &"m1".into(), counting, Vetoes::With);
        tables[0].rows.iter().find(|row| row.entrant.as_str() == "A").unwrap().missing().count()
    };
    assert_eq!((cell(&office, Counting::Reported), cell(&office, Counting::Checked)), (2, 3));

    office.does("prod", &Act::Return { slot: slot("A output m1"), reason: Digest("no seal".to_owned()) });
    assert_eq!(cell(&office, Counting::Reported), 3);
    office.no("prod", &check("A output m1"), No::Returned);
    office.does(
        "liaison",
        &Act::Report {
            slot: slot("A output m1"),
            actual: actual("118"),
            self_score: Some(dec("70.8")),
            evidence: vec![],
        },
    );
    // The department found less than was reported.
    office.does("prod", &Act::Check { slot: slot("A output m1"), found: Some(actual("105")) });

    let at = slot("A output m1");
    let (found, targets) = figure(&office.state, &at);
    let found = found.unwrap();
    assert_eq!(found.way, Way::Checked);
    let versions: Vec<_> =
        found.versions.iter().map(|version| (version.how, version.by.as_str(), version.actual.clone())).collect();
    assert_eq!(
        versions,
        [
            (How::Reported, "a", actual("120")),
            (How::Reported, "liaison", actual("118")),
            (How::Checked, "prod", actual("105"))
        ]
    );
    // The self-score stays beside what the check gives.
    assert_eq!(found.latest().unwrap().self_score, Some(dec("70.8")));
    assert_eq!(targets[0].document, document(5));
    let lines = grid(&office.state, &"output".into(), &"m1".into());
    let lines: Vec<_> = lines.iter().map(|line| (line.entrant.as_str(), line.target, line.figure.is_some())).collect();
    assert_eq!(lines, [("A", Some(dec("100")), true), ("B", Some(dec("100")), false), ("C", Some(dec("100")), false)]);
}

#[test]
fn what_is_missing_is_listed_by_owner_with_its_day() {
    let mut office = Office::filled();
    office.does("safe", &report("B order m1", "95"));
    office.does("prod", &Act::Return { slot: slot("A output m1"), reason: Digest("r".to_owned()) });
    let listed: Vec<_> = missing(&office.state, &"m1".into())
        .into_iter()
        .map(|one| {
            (one.owner, one.slot.entrant.to_string(), one.slot.indicator.to_string(), one.due.to_string(), one.why)
        })
        .collect();
    let line = |owner: &str, unit: &str, indicator: &str, why| {
        (owner.to_owned(), unit.to_owned(), indicator.to_owned(), "2026-02-05".to_owned(), why)
    };
    assert_eq!(
        listed,
        [
            line("安全部", "B", "order", WhyMissing::Unchecked),
            line("安全部", "C", "order", WhyMissing::Lack(Lack::Figure)),
            line("生产部", "A", "output", WhyMissing::Returned),
        ]
    );
}

#[test]
fn a_late_figure_is_a_revision_with_its_effect() {
    let mut office = Office::published();
    let before = ["Ranked(1) A 97.00", "Ranked(2) B 89.00", "Missing C -"];
    assert_eq!(office.last_published(), before);
    office.no("safe", &report("C order m1", "95"), No::NeedsRevision("m1".into()));

    // 66 + 28.5 + 10 = 104.5: C leads, and the others fall by one.
    let effect = effect_of_figure(&office.state, &slot("C order m1"), &actual("95"));
    let moves: Vec<_> =
        effect.iter().map(|moved| (moved.entrant.as_str(), moved.before.clone(), moved.after.clone())).collect();
    let ranked = |score: &str, rank| (Some(dec(score)), Place::Ranked(rank));
    assert_eq!(
        moves,
        [
            ("C", (None, Place::Missing), ranked("104.50", 1)),
            ("A", ranked("97.00", 1), ranked("97.00", 2)),
            ("B", ranked("89.00", 2), ranked("89.00", 3)),
        ]
    );

    office.refused("safe", &revise("C order m1", "95", None), Refusal::NeedsSecondPerson);
    office.refused("safe", &revise("C order m1", "95", Some("safe")), Refusal::SecondIsFirst);
    office.refused("safe", &revise("C order m1", "95", Some("prod")), Refusal::SecondNotAllowed);
    office.does("safe", &revise("C order m1", "95", Some("boss")));
    // What was published stays until it is published again.
    assert_eq!(office.last_published(), before);
    assert_eq!(office.table(Vetoes::With), ["1 C 104.50", "2 A 97.00", "3 B 89.00"]);
    office.does("org", &publish("m1"));
    assert_eq!(office.last_published(), ["Ranked(1) C 104.50", "Ranked(2) A 97.00", "Ranked(3) B 89.00"]);
    assert_eq!(progress(&office.state, &"m1".into()).unwrap().published.len(), 2);
    office.refused("org", &publish("m1"), Refusal::NothingToDo);
    office.refused("safe", &revise("C order m1", "95", Some("boss")), Refusal::NothingToDo);
}

#[test]
fn a_veto_is_set_and_released_by_documents() {
    let mut office = Office::published();
    let scope = Scope::Period { period: "m1".into() };
    let what = Veto { entrant: "A".into(), severity: Severity::Unranked, scope: scope.clone() };
    let moved = effect_of_veto(&office.state, &what, &"m1".into());
    let moved: Vec<_> = moved.iter().map(|one| (one.entrant.as_str(), one.after.1.clone())).collect();
    assert_eq!(moved, [("B", Place::Ranked(1)), ("A", Place::Vetoed)]);

    office.does("org", &veto(scope.clone()));
    assert_eq!(office.table(Vetoes::With), ["1 B 89.00", "Vetoed A 0.00", "Missing C - order@m1"]);
    assert_eq!(office.table(Vetoes::Without), ["1 A 97.00", "2 B 89.00", "Missing C - order@m1"]);
    // In force, its effect is told the same.
    assert_eq!(effect_of_veto(&office.state, &what, &"m1".into()).len(), 2);
    office.no("org", &veto(scope), No::VetoTwice("v".into()));

    let release = |day| Act::ReleaseVeto { veto: "v".into(), document: document(day), second: "boss".into() };
    office.does("org", &release(25));
    assert_eq!(office.table(Vetoes::With), office.table(Vetoes::Without));
    let (_, record) = vetoes(&office.state).next().unwrap();
    assert_eq!(record.released.as_ref().unwrap().document, document(25));
    office.no("org", &release(26), No::VetoOver);
}

#[test]
fn a_veto_on_an_award_leaves_ranks() {
    let mut office = Office::published();
    office.does("org", &veto(Scope::Award { award: "banner".into() }));
    assert_eq!(office.table(Vetoes::With), office.table(Vetoes::Without));
    assert!(is_barred(&office.state, &"A".into(), &"banner".into()));
    assert!(!is_barred(&office.state, &"B".into(), &"banner".into()));
}

#[test]
fn periods_are_judged_by_themselves_and_together() {
    let mut office = Office::published();
    office.does("org", &open("m2"));
    for unit in ["A", "B", "C"] {
        office.does("org", &target(&format!("{unit} output m2"), "100", None));
        for (indicator, figure) in [("output", "100"), ("order", "80")] {
            let at = format!("{unit} {indicator} m2");
            office.does("org", &report(&at, figure));
            office.does("org", &check(&at));
        }
    }
    let both = |office: &Office| shown(&overall(&office.state, Counting::Checked, Vetoes::With));
    // m2 is open: m1 alone.
    assert_eq!(both(&office), ["1 A 97.00", "2 B 89.00", "Missing C - order@m1"]);
    office.does("org", &close("m2"));
    // A (60 + 60) ÷ 2 + (27 + 24) ÷ 2 + 10; B 57 + 27 + 5.
    assert_eq!(both(&office), ["1 A 95.50", "2 B 89.00", "Missing C - order@m1"]);
}
