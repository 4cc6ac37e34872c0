//! Each rule of awards, with who wins worked out by hand.

use rust_decimal::Decimal;

use super::*;
use crate::rules::{
    definition::model::{
        Award, AwardScope, BoardRule, BoardShows, CountsWhen, EntrantRules, FieldSize, JudgeWord, PercentOf, Quota,
        Ranking, Revoked, Reward, RoundingMode, TieEnd, Titled, Total,
    },
    field::Entrant,
    names::UnitPath,
    result::{DecidedBy, RankedTable, Row, StageScores, Status, TableKey},
};

pub(super) fn award(id: &str, quota: Quota) -> Award {
    Award {
        id: id.into(),
        title: id.to_owned(),
        to: AwardTo::Entrants,
        scope: AwardScope::Contest,
        quota,
        at_least: None,
        only: Vec::new(),
        per_unit_most: None,
        ladder: Some("prizes".into()),
        boundary: Boundary::AllInNextShrinks,
        revoked: Revoked::NextMovesUp,
        reward: Reward::default(),
        certificate: None,
        proposal: false,
    }
}

fn title(id: &str, quota: Quota) -> Award {
    Award { ladder: None, ..award(id, quota) }
}

fn percent(percent: u32, of: PercentOf, mode: RoundingMode) -> Quota {
    Quota::Percent { percent: Decimal::from(percent), of, mode }
}

pub(super) fn definition(awards: Vec<Award>) -> Definition {
    let titled = |id: &str| Titled { id: id.into(), title: id.to_owned() };
    Definition {
        id: "contest".into(),
        title: "contest".to_owned(),
        subtitle: None,
        organizer: None,
        language: "zh-CN".to_owned(),
        timezone: "Asia/Shanghai".to_owned(),
        judges_are: JudgeWord::Referee,
        board: BoardRule { shows: BoardShows::Names, mask_names: false, rows: 50, after_next: false },
        counts_when: CountsWhen::Submitted,
        entrants: EntrantRules::default(),
        events: vec![titled("fitter"), titled("welder")],
        groups: Vec::new(),
        stages: Vec::new(),
        rounds: Vec::new(),
        total: Total { floor: None, rounding: None },
        ranking: Ranking { highest_first: true, ties: Vec::new(), end: TieEnd::Shared, tolerance: None },
        teams: None,
        tables: Vec::new(),
        awards,
        ladders: Vec::new(),
        papers: Vec::new(),
        collections: Vec::new(),
        indicators: crate::rules::indicators::Rules::default(),
        season: crate::rules::season::Rules::default(),
        timetable: None,
    }
}

/// Tables by event, a blank line before an `[event]`. A row is `rank who total`, `-` where there is none, then words:
/// `open`, `outside`, `unit=X`, or an eligibility.
pub(super) fn read(text: &str) -> (Field, Standings) {
    let (mut field, mut standings) = (Field::default(), Standings::default());
    let mut event = None;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(name) = line.strip_prefix('[') {
            event = Some(Id::new(name.trim_end_matches(']')));
            continue;
        }
        let key = TableKey::Field { event: event.clone(), group: None };
        if standings.tables.last().is_none_or(|table| table.key != key) {
            standings.tables.push(RankedTable { key, rows: Vec::new() });
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let unit = words.iter().find_map(|word| word.strip_prefix("unit=")).map(UnitPath::new);
        let eligibilities = words[3..].iter().filter(|word| word.starts_with("is-")).map(Id::new).collect();
        let facts = Entrant { unit, eligibilities, event: event.clone(), ..Entrant::default() };
        field.entrants.insert(words[1].into(), facts);
        let rank = words[0].parse().ok();
        standings.tables.last_mut().unwrap().rows.push(Row {
            rank,
            who: Who::Entrant(words[1].into()),
            total: words[2].parse().ok(),
            stages: StageScores::default(),
            status: if rank.is_some() { Status::Ranked } else { Status::Absent },
            decided_by: words.contains(&"open").then_some(DecidedBy::Open),
            outside_quota: words.contains(&"outside"),
            members: Vec::new(),
            heads: None,
        });
    }
    (field, standings)
}

/// `first: A B (C) ? D E/1` — winners, outside the quota, then candidates and places.
pub(super) fn write(preview: &Preview) -> String {
    let line = |one: &Allotted| {
        let event = one.at.event.as_ref().map_or(String::new(), |event| format!("@{event}"));
        let winners = one.winners.iter().map(|given| format!(" {}", given.to));
        let beside = one.beside.iter().map(|given| format!(" ({})", given.to));
        let open = one.undecided.iter().map(|open| format!(" ? {}/{}", open.candidates.join(" "), open.places));
        let who: Vec<String> = winners.chain(beside).chain(open).collect();
        format!("{}{event}:{}", one.at.award, who.concat())
    };
    preview.awards.iter().map(line).collect::<Vec<_>>().join("; ")
}

fn run(awards: Vec<Award>, rows: &str, decisions: &Decisions) -> (String, Vec<Warning>) {
    let (field, standings) = read(rows);
    let preview = preview(&definition(awards), &field, &standings, decisions);
    (write(&preview), preview.warnings)
}

fn check(awards: Vec<Award>, rows: &str, expected: &str) {
    assert_eq!(run(awards, rows, &Decisions::default()).0, expected, "{rows}");
}

fn decided(award: &str, to: &[&str]) -> Decisions {
    let mut decisions = Decisions::default();
    decisions.decide(award.into(), to.iter().map(|who| (*who).to_owned()).collect());
    decisions
}

fn at(award: &str) -> At {
    At { award: award.into(), event: None, group: None }
}

const SIX: &str = "1 A 95\n2 B 90\n3 C 85\n4 D 80\n5 E 75\n6 F 70\n- G - ";

fn three_tiers(boundary: Boundary) -> Vec<Award> {
    [("first", 1), ("second", 1), ("third", 2)]
        .map(|(id, count)| Award { boundary, ..award(id, Quota::Count(count)) })
        .to_vec()
}

#[test]
fn tiers_by_count_follow_the_ranks_and_never_reach_the_unranked() {
    check(three_tiers(Boundary::PeopleDecide), SIX, "first: A; second: B; third: C D");
    check(vec![award("all", Quota::Count(10))], SIX, "all: A B C D E F");
}

#[test]
fn percentages_of_registered_ranked_and_qualified() {
    // Seven registered, six ranked, four reach 80.
    let quotas = [
        (percent(50, PercentOf::Registered, RoundingMode::HalfUp), 4), // 3.5
        (percent(50, PercentOf::Registered, RoundingMode::Down), 3),
        (percent(20, PercentOf::Ranked, RoundingMode::Up), 2), // 1.2
        (percent(20, PercentOf::Ranked, RoundingMode::HalfUp), 1), // 1.2
        (percent(60, PercentOf::Qualified, RoundingMode::HalfUp), 2), // 2.4
        (percent(60, PercentOf::Qualified, RoundingMode::Up), 3),
    ];
    for (quota, count) in quotas {
        let given =
            run(vec![Award { at_least: Some(80.into()), ..award("p", quota.clone()) }], SIX, &Decisions::default());
        let expected = ["A", "B", "C", "D"][..count].join(" ");
        assert_eq!(given.0, format!("p: {expected}"), "{quota:?}");
    }
    let (none, warnings) =
        run(vec![award("p", percent(5, PercentOf::Ranked, RoundingMode::Down))], SIX, &Decisions::default());
    assert_eq!(none, "p:");
    assert_eq!(warnings, [Warning::QuotaIsNothing { at: at("p") }]);
}

#[test]
fn medals_by_field_size() {
    let medal = |id: &str, rows: &[(u32, u32)]| {
        award(
            id,
            Quota::ByFieldSize(rows.iter().map(|(from, count)| FieldSize { from: *from, count: *count }).collect()),
        )
    };
    let medals = || vec![medal("gold", &[(4, 1)]), medal("silver", &[(5, 1)]), medal("bronze", &[(6, 1)])];
    let rows: Vec<&str> = SIX.lines().collect();
    for (field, expected) in [
        (6, "gold: A; silver: B; bronze: C"),
        (5, "gold: A; silver: B; bronze:"),
        (4, "gold: A; silver:; bronze:"),
        (3, "gold:; silver:; bronze:"),
    ] {
        check(medals(), &rows[..field].join("\n"), expected);
    }
}

#[test]
fn the_upper_half_of_those_without_a_prize() {
    // Five without a prize: half is 2.5, so three.
    check(vec![award("first", Quota::Count(1)), award("good", Quota::UpperHalf)], SIX, "first: A; good: B C D");
}

#[test]
fn titles_stand_beside_prizes() {
    let awards = vec![
        award("first", Quota::Count(1)),
        title("best", Quota::Top(1)),
        Award { at_least: Some(85.into()), ..title("skilled", Quota::Top(4)) },
        Award { only: vec!["is-young".into()], ..title("young", Quota::Top(3)) },
    ];
    let rows = "1 A 95\n2 B 90 is-young\n3 C 85\n4 D 80 is-young";
    let (given, warnings) = run(awards, rows, &Decisions::default());
    assert_eq!(given, "first: A; best: A; skilled: A B C; young: B");
    assert!(warnings.contains(&Warning::HoldsSeveral {
        who: "A".to_owned(),
        awards: vec!["first".into(), "best".into(), "skilled".into()],
    }));
}

#[test]
fn everyone_above_the_line_without_a_better_prize() {
    let pass = Award { at_least: Some(75.into()), ..award("pass", Quota::Everyone) };
    check(vec![award("first", Quota::Count(1)), pass], SIX, "first: A; pass: B C D E");
}

#[test]
fn two_firsts_may_mean_no_second() {
    let rows = "1 A 95\n1 B 95\n3 C 85\n4 D 80\n5 E 75";
    let (given, warnings) = run(three_tiers(Boundary::AllInNextShrinks), rows, &Decisions::default());
    assert_eq!(given, "first: A B; second:; third: C D");
    assert!(warnings.contains(&Warning::Shrunk { at: at("second"), from: 1, to: 0 }));
    // Three firsts use up the second and one of the two thirds.
    let rows = "1 A 95\n1 B 95\n1 C 95\n4 D 80\n5 E 75";
    check(three_tiers(Boundary::AllInNextShrinks), rows, "first: A B C; second:; third: D");
}

#[test]
fn ties_across_the_last_place_by_policy() {
    let rows = "1 A 95\n1 B 95\n3 C 85\n4 D 80\n5 E 75";
    check(three_tiers(Boundary::AllInGrows), rows, "first: A B; second: C; third: D E");
    check(three_tiers(Boundary::NoneIn), rows, "first:; second:; third: A B");
    // One of the two is second, whoever it is, and nobody else can be.
    let open = run(three_tiers(Boundary::PeopleDecide), rows, &Decisions::default());
    assert_eq!(open.0, "first: ? A B/1; second: ? A B/1; third: C D");
    let tied = vec!["A".to_owned(), "B".to_owned()];
    let policy = Boundary::PeopleDecide;
    assert_eq!(open.1, [Warning::BoundaryTied { at: at("first"), tied, places: 1, policy }]);
    let settled = run(three_tiers(Boundary::PeopleDecide), rows, &decided("first", &["B"]));
    assert_eq!(settled, ("first: B; second: A; third: C D".to_owned(), Vec::new()));
    // Nobody: the place stays empty, and both are tied for the single second prize.
    let nobody = run(three_tiers(Boundary::PeopleDecide), rows, &decided("first", &[]));
    assert_eq!(nobody.0, "first:; second: ? A B/1; third: C ? A B/1");
    // Both: one more than there are; the second prize is used up.
    let both = run(three_tiers(Boundary::PeopleDecide), rows, &decided("first", &["A", "B"]));
    assert_eq!(both.0, "first: A B; second:; third: C D");
    assert!(both.1.contains(&Warning::OverQuota { at: at("first"), quota: 1, given: 2 }));
}

#[test]
fn a_tie_that_the_ranking_leaves_open_waits_whatever_the_policy() {
    let rows = "1 A 95 open\n1 B 95 open\n3 C 85";
    let (given, warnings) = run(vec![award("first", Quota::Count(1))], rows, &Decisions::default());
    assert_eq!(given, "first: ? A B/1");
    let tied = vec!["A".to_owned(), "B".to_owned()];
    assert_eq!(warnings, [Warning::RankingOpen { at: at("first"), tied, places: 1 }]);
    // Not across a boundary, it does not matter.
    check(vec![award("first", Quota::Count(2))], rows, "first: A B");
}

#[test]
fn outside_the_quota_is_shown_and_uses_up_nothing() {
    let rows = "1 A 95 outside\n2 B 90\n3 C 85 outside\n4 D 80\n5 E 75";
    check(
        vec![award("first", Quota::Count(1)), award("second", Quota::Count(1)), title("best", Quota::Top(1))],
        rows,
        "first: B (A); second: D (C); best: B (A)",
    );
    // Three in the quota: two thirds of them are two.
    check(vec![award("p", percent(67, PercentOf::Registered, RoundingMode::HalfUp))], rows, "p: B D (A) (C)");
}

#[test]
fn a_unit_gets_no_more_than_its_cap() {
    let rows = "1 A 95 unit=X\n2 B 90 unit=X\n3 C 85 unit=Y\n4 D 80";
    let capped = |quota| Award { per_unit_most: Some(1), ..award("first", quota) };
    let (given, warnings) =
        run(vec![capped(Quota::Count(3)), award("next", Quota::Count(1))], rows, &Decisions::default());
    assert_eq!(given, "first: A C D; next: B");
    assert_eq!(warnings, [Warning::UnitFull { at: at("first"), who: "B".to_owned() }]);
    // Equals of one unit: people choose, the other falls.
    let tied = "1 A 95 unit=X\n1 B 95 unit=X\n3 C 85 unit=Y\n4 D 80";
    let awards = || vec![capped(Quota::Count(2)), award("next", Quota::Count(1))];
    check(awards(), tied, "first: C ? A B/1; next: ? A B/1");
    assert_eq!(run(awards(), tied, &decided("first", &["B"])).0, "first: B C; next: A");
}

#[test]
fn a_revoked_prize_moves_up_stays_empty_or_waits() {
    let awards = |revoked| vec![Award { revoked, ..award("first", Quota::Count(2)) }, award("second", Quota::Count(1))];
    let mut revoked = Decisions::default();
    revoked.revoke("first".into(), "A".to_owned());
    assert_eq!(run(awards(Revoked::NextMovesUp), SIX, &revoked).0, "first: B C; second: D");
    assert_eq!(run(awards(Revoked::StaysEmpty), SIX, &revoked).0, "first: B; second: C");
    assert_eq!(run(awards(Revoked::PeopleDecide), SIX, &revoked).0, "first: B ? C/1; second: C");
    let mut filled = revoked.clone();
    filled.decide("first".into(), vec!["C".to_owned()]);
    assert_eq!(run(awards(Revoked::PeopleDecide), SIX, &filled).0, "first: B C; second: D");
    let mut empty = revoked.clone();
    empty.decide("first".into(), Vec::new());
    assert_eq!(run(awards(Revoked::PeopleDecide), SIX, &empty).0, "first: B; second: C");
    // Given back.
    let mut back = revoked;
    back.decide("first".into(), vec!["A".to_owned()]);
    assert_eq!(run(awards(Revoked::StaysEmpty), SIX, &back), ("first: A B; second: C".to_owned(), Vec::new()));
}

#[test]
fn scopes_of_events_and_of_the_whole_contest() {
    let rows = "[welder]\n1 A 95\n2 B 90\n\n[fitter]\n1 X 92\n2 Y 90\n3 Z 60";
    let by_event = Award { scope: AwardScope::Event, ..award("first", Quota::Count(1)) };
    check(vec![by_event], rows, "first@fitter: X; first@welder: A");
    let (given, warnings) = run(vec![award("first", Quota::Count(3))], rows, &Decisions::default());
    // B and Y have 90 in tables that no tie chain compares: both in by the policy, and it is said.
    assert_eq!(given, "first: A X B Y");
    let tied = vec!["B".to_owned(), "Y".to_owned()];
    assert_eq!(warnings, [Warning::NoRule { at: at("first"), tied, places: 1 }]);
}

#[test]
fn nominees_are_those_named() {
    let mut decisions = decided("good-judge", &["李建国", "B"]);
    decisions.decide("good-judge".into(), vec!["C".to_owned(), "赵丽".to_owned()]);
    decisions.revoke("good-judge".into(), "C".to_owned());
    let awards = || vec![title("good-judge", Quota::Nominated)];
    assert_eq!(run(awards(), SIX, &decisions), ("good-judge: 李建国 B 赵丽".to_owned(), Vec::new()));
    let missing = run(awards(), SIX, &Decisions::default());
    assert_eq!(missing.1, [Warning::NominationMissing { award: "good-judge".into() }]);
}

#[test]
fn numbers_that_cannot_be_reached_are_said() {
    let (_, warnings) = run(vec![award("first", Quota::Count(9))], SIX, &Decisions::default());
    assert_eq!(warnings, [Warning::QuotaUnreachable { at: at("first"), quota: 9, found: 6 }]);
    let high = Award { at_least: Some(99.into()), ..award("first", Quota::Count(2)) };
    let (_, warnings) = run(vec![high], SIX, &Decisions::default());
    assert_eq!(warnings, [Warning::PassLineEmpties { at: at("first"), line: 99.into() }]);
    let (_, warnings) = run(vec![award("first", Quota::Count(1))], SIX, &decided("first", &["F"]));
    assert_eq!(warnings, [Warning::DecisionUnused { award: "first".into(), who: "F".to_owned() }]);
    let teams = Award { to: AwardTo::Teams, ..award("team", Quota::Count(1)) };
    let (_, warnings) = run(vec![teams], SIX, &Decisions::default());
    assert_eq!(warnings, [Warning::NoTable { award: "team".into() }]);
}

#[test]
fn teams_and_units_win_from_their_own_tables() {
    let (field, mut standings) = read("1 A 95");
    let row = |who: Who, rank| Row { who, rank: Some(rank), ..standings.tables[0].rows[0].clone() };
    let teams = vec![row(Who::Team("A".to_owned()), 1), row(Who::Team("二队".to_owned()), 2)];
    let units = vec![row(Who::Unit("集团/一厂".into()), 1)];
    standings.tables.push(RankedTable { key: TableKey::Teams { event: None, group: None }, rows: teams });
    standings.tables.push(RankedTable { key: TableKey::Named("units".into()), rows: units });
    let definition = definition(vec![
        award("first", Quota::Count(1)),
        Award { to: AwardTo::Teams, ..award("team", Quota::Count(2)) },
        Award { to: AwardTo::Units("units".into()), ..award("unit", Quota::Count(1)) },
    ]);
    let preview = preview(&definition, &field, &standings, &Decisions::default());
    // The team that is called A is not the entrant A.
    assert_eq!(write(&preview), "first: A; team: A 二队; unit: 集团/一厂");
    assert_eq!(prizes_by_entrant(&preview, &definition), Prizes::from([("A".into(), vec!["first".into()])]));
}

#[test]
fn a_veto_bars_an_entrant_and_no_team_of_the_same_name() {
    let row = |rank, who: Who, total: u32| Row {
        rank: Some(rank),
        who,
        total: Some(Decimal::from(total)),
        stages: StageScores::default(),
        status: Status::Ranked,
        decided_by: None,
        outside_quota: false,
        members: Vec::new(),
        heads: None,
    };
    let (mut field, mut standings) = read("1 W01 90\n2 W02 80");
    let teams =
        ["W01", "红队"].into_iter().zip(1..).map(|(name, rank)| row(rank, Who::Team(name.to_owned()), 9 - rank));
    let key = TableKey::Teams { event: None, group: None };
    standings.tables.push(RankedTable { key, rows: teams.collect() });
    field.barred.insert(("W01".into(), None));
    let best_team = Award { to: AwardTo::Teams, ..award("team", Quota::Count(1)) };
    let definition = definition(vec![award("first", Quota::Count(1)), best_team]);
    let preview = preview(&definition, &field, &standings, &Decisions::default());
    let winners: Vec<_> =
        preview.awards.iter().flat_map(|award| &award.winners).map(|given| given.to.as_str()).collect();
    assert_eq!(winners, ["W02", "W01"]);
}
