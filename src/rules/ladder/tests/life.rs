//! What happens by itself: expiry, leave, moves of people, idleness, seasons. And that it needs nobody.

use super::{Hall, at, score};
use crate::rules::{
    command::Command,
    ladder::{self, Act, Bar, LadderRefusal, Status, next_deadline},
    ledger::{
        Entry,
        ladder::{Aim, Earned, Lapsed, LeaveKind, MoveKind},
    },
    names::Id,
    view::Audience,
};

const RECORD: &str = "format = \"record\"\npaper = \"daily\"\n";
const DUEL: &str = "format = \"duel\"\npaper = \"daily\"\n";

fn hall() -> Id {
    Id::new("hall")
}

fn record(hall: &mut Hall, who: &str, points: i64) {
    let defence = hall.aims(who, Aim::Defence);
    hall.gets(&defence, who, score(points));
}

fn leave(hall: &mut Hall, who: &str, kind: LeaveKind, from: &str, until: &str) {
    let entrant = Some(who.into());
    hall.acts("org", Act::SetLeave { entrant, leave: kind, from: at(from), until: at(until) });
}

#[test]
fn a_holder_who_does_not_defend_falls_where_the_rules_say_so() {
    let rules = format!("{RECORD}records = {{ days = 30, undefended = \"drop\", drop = 2 }}");
    let mut hall = Hall::new(&rules, "ABC");
    record(&mut hall, "A", 80);
    record(&mut hall, "B", 70);
    // Thirty days from the 1st at nine.
    assert_eq!(hall.clone().on("2026-10-01 08:59").places(), "ABC");
    let after = hall.clone().on("2026-10-01 09:00");
    assert_eq!(after.places(), "BCA", "only the holder falls");
    assert_eq!(after.due_kinds(), ["record-expired", "record-expired"]);
    leave(&mut hall, "A", LeaveKind::Maternity, "2026-09-20 00:00", "2027-03-01 00:00");
    assert_eq!(hall.on("2026-10-01 09:00").places(), "ABC", "leave never demotes");
}

#[test]
fn idleness_drops_by_the_calendar_and_not_on_leave() {
    let rules = format!(
        "{DUEL}idle = {{ days = 21, drop = 1, top-exempt = 1 }}\n\
         calendar = {{ closed = [{{ from = \"2026-09-10\", to = \"2026-09-11\" }}] }}"
    );
    let mut hall = Hall::new(&rules, "ABCD");
    leave(&mut hall, "C", LeaveKind::Sick, "2026-09-05 00:00", "2026-09-15 00:00");
    // 21 open days from the 1st at nine: the 24th. C's begin anew on the 15th.
    assert_eq!(hall.clone().on("2026-09-24 08:59").places(), "ABCD");
    let after = hall.clone().on("2026-09-24 09:00");
    assert_eq!(after.places(), "ACBD", "B dropped; A is exempt, D is at the bottom, C was on leave");
    // On the 6th of October C has been idle for 21 days; B and D are below.
    assert_eq!(hall.on("2026-10-06 00:00").places(), "ABCD");
    let none = Hall::new(DUEL, "ABCD").on("2028-01-01 00:00");
    assert_eq!(none.due_kinds(), [] as [&str; 0], "off by default");
}

#[test]
fn leave_ends_open_challenges_without_anybodys_lapse() {
    let mut hall = Hall::new(&format!("{DUEL}lapses = {{ allowed = 0 }}"), "ABC");
    let challenge = hall.challenges("B", "A");
    leave(&mut hall, "A", LeaveKind::Sick, "2026-09-03 00:00", "2026-09-20 00:00");
    let after = hall.clone().on("2026-09-30 00:00");
    assert_eq!(after.places(), "ABC");
    let bout = &ladder::bouts(&after.state, &self::hall(), None, after.now)[0];
    assert_eq!((&bout.id, &bout.status), (&challenge, &Status::Lapsed { why: Lapsed::Leave }));
    assert_eq!(bout.ended_at, Some(at("2026-09-03 00:00")));
    let mut early = hall.on("2026-09-05 10:00");
    assert_eq!(early.bar("C", "A").map(|bar| bar.0), Some(Bar::TargetOnLeave));
    early.acts("A", Act::EndLeave { entrant: None });
    assert_eq!(early.bar("C", "A"), None, "back before the time");
}

#[test]
fn a_year_allows_so_many_days_of_ordinary_leave() {
    let mut hall = Hall::new(&format!("{DUEL}leave-days-most = 10"), "AB");
    let ask = |from: &str, until: &str| Act::SetLeave {
        entrant: None,
        leave: LeaveKind::Ordinary,
        from: at(from),
        until: at(until),
    };
    hall.acts("A", ask("2026-09-02 00:00", "2026-09-09 00:00"));
    let refusal = hall.refused("A", ask("2026-10-02 00:00", "2026-10-06 00:00"));
    assert_eq!(refusal, LadderRefusal::LeaveTooLong { left: 3, most: 10 });
    hall.acts("A", ask("2026-10-02 00:00", "2026-10-05 00:00"));
    hall.acts("A", ask("2027-01-02 00:00", "2027-01-12 00:00"));
    leave(&mut hall, "A", LeaveKind::Sick, "2026-11-01 00:00", "2026-12-01 00:00");
}

#[test]
fn people_move_on_their_day() {
    let mut hall = Hall::new(DUEL, "ABCD");
    let challenge = hall.challenges("C", "A");
    let effective = at("2026-09-05 15:00");
    hall.acts("org", Act::Move { entrant: "A".into(), kind: MoveKind::Post, ladder: Some(self::hall()), effective });
    assert_eq!(hall.clone().on("2026-09-04 23:59").places(), "ABCD");
    let mut after = hall.on("2026-09-05 00:00");
    assert_eq!(after.places(), "BCD");
    assert_eq!(after.due_kinds(), ["moved-off", "challenge-lapsed"]);
    let bouts = ladder::bouts(&after.state, &self::hall(), None, after.now);
    assert_eq!((&bouts[0].id, &bouts[0].status), (&challenge, &Status::Lapsed { why: Lapsed::Gone }));
    let reigns = ladder::reigns(&after.state, &self::hall(), &Audience::Public, after.now);
    assert_eq!((reigns[0].holder.as_str(), reigns[1].until), ("B", Some(at("2026-09-05 00:00"))));
    assert_eq!(ladder::rewards(&after.state, after.now), [], "who moves up by it is no new star");
    // Back at the post, the old move is over.
    after.at("2026-10-01 00:00");
    after.acts("A", Act::Join { ladder: self::hall(), entrant: None });
    assert_eq!(after.places(), "BCDA");
}

#[test]
fn whoever_is_withdrawn_is_off() {
    let mut hall = Hall::new(DUEL, "ABC");
    hall.does("org", &Command::WithdrawEntrant { entrant: "B".into(), reason: None });
    assert_eq!(hall.places(), "AC");
}

/// The ladder begins on 2026-09-01, in the third season since January.
#[test]
fn seasons_before_the_first_day_are_nobodys() {
    let season = "[ladder.season]\nstarts = \"2026-01-01\"\nmonths = 3\ntitles = [{ title = \"季度擂主\", reward = { money = 1000 } }]";
    let empty = Hall::new(&format!("{DUEL}{season}"), "");
    // Before anybody came, not in the middle of the first challenge.
    let ended = empty.state.ladders.ladder(&self::hall()).map(|ladder| ladder.seasons);
    assert_eq!((ended, ladder::due(&empty.state, empty.now)), (Some(2), vec![]));
    let hall = Hall::new(&format!("{DUEL}{season}"), "ABC");
    assert_eq!(ladder::rewards(&hall.state, hall.now), []);
    assert_eq!(ladder::happened(&hall.state, &self::hall(), &Audience::Public, hall.now, 9), []);
    assert_eq!(
        ladder::board(&hall.state, &self::hall(), &Audience::Public, hall.now).unwrap().season.unwrap().number,
        3
    );
    let after = hall.on("2026-10-01 00:00");
    let owed: Vec<String> = ladder::rewards(&after.state, after.now).into_iter().map(|one| one.period).collect();
    assert_eq!(owed, ["season-3"]);
}

#[test]
fn a_season_gives_titles_and_begins_anew() {
    let season = "[ladder.season]\nstarts = \"2026-07-01\"\nmonths = 3\ntitles = [{ title = \"季度擂主\", reward = { money = 1000 } }, { title = \"季度亚军\" }]";
    let mut hall = Hall::new(&format!("{DUEL}{season}"), "ABC");
    let challenge = hall.challenges("C", "B");
    let after = hall.clone().on("2026-10-02 00:00");
    assert_eq!(after.places(), "ABC");
    let owed = ladder::rewards(&after.state, after.now);
    let owed: Vec<_> = owed.iter().map(|one| (one.entrant.as_str(), one.what, one.period.as_str(), one.at)).collect();
    assert_eq!(owed, [("A", Earned::Title(1), "season-1", at("2026-10-01 00:00"))], "the second title has no reward");
    let board = ladder::board(&after.state, &self::hall(), &Audience::Public, after.now).unwrap();
    let season_seen = board.season.unwrap();
    assert_eq!((season_seen.number, season_seen.ends), (2, at("2027-01-01 00:00")));
    // Before its time, and with an empty ladder after it.
    let mut early =
        Hall::new(&format!("{DUEL}{}", season.replace("months = 3", "months = 3\nseed = \"empty\"")), "ABC");
    early.challenges("C", "B");
    early.acts("org", Act::EndSeason { ladder: self::hall(), season: 1 });
    assert_eq!(early.places(), "");
    assert!(matches!(early.last("challenge-lapsed"), Some(entry) if entry.by().is_none()));
    assert_eq!(challenge.as_str(), "c1");
}

#[test]
fn the_next_entry_brings_what_was_due_before_it() {
    let mut hall = Hall::new(&format!("{DUEL}lapses = {{ allowed = 0 }}"), "ABC");
    hall.challenges("B", "A");
    assert_eq!(next_deadline(&hall.state, hall.now), Some(at("2026-09-08 09:00")));
    let mut hall = hall.on("2026-09-10 09:00");
    let before = hall.entries.len();
    // B has won by walkover on the 8th, is protected, and stands above A.
    assert_eq!(hall.bar("C", "B"), Some((Bar::WinnerProtected, Some(at("2026-09-15 09:00")))));
    hall.challenges("C", "A");
    let kinds: Vec<&str> = hall.entries[before..].iter().map(|one| one.entry.kind()).collect();
    assert_eq!(kinds, ["challenge-lapsed", "reward-earned", "challenge-made"]);
    assert_eq!(hall.due_kinds(), [] as [&str; 0]);
    // A refused command writes nothing, not even that.
    let refused = hall.clone().on("2026-10-01 09:00");
    assert!(refused.try_as("B", &Command::Ladder(Act::Waive { ladder: self::hall(), entrant: None })).is_err());
}

#[test]
fn entries_are_read_back_as_they_were_written() {
    let mut hall = Hall::new(&format!("{RECORD}star = {{ reward = {{ points = 5 }} }}"), "ABC");
    record(&mut hall, "A", 80);
    let challenge = hall.challenges("C", "A");
    hall.gets(&challenge, "C", score(81));
    for recorded in &hall.entries {
        let (kind, version, payload) = recorded.entry.write();
        assert_eq!(Entry::read(kind, version, &payload).as_ref(), Ok(&recorded.entry));
    }
    let made = hall.last("challenge-made").cloned().map(Entry::Ladder).unwrap();
    let (_, version, payload) = made.write();
    assert!(Entry::read("challenge-decided", version, &payload).is_err(), "the kind is bound to the payload");
}
