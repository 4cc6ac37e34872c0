//! Ladders on real databases: many at once, one wins, and the others are told why.

use futures_util::future::join_all;
use leitai::{
    app::{Actor, App, Clock, Error, Receipt, contests::NewContest},
    rules::{
        command::{Command, Refusal},
        definition::read,
        field::{Entrant, Slot, Value},
        ladder::{Act, Bar, LadderRefusal, Outcome, Status},
        ledger::{
            Instant,
            entry::{MarkValue, Phase, Role, SheetKey},
            ladder::Aim,
        },
        names::{ChallengeId, ContestId, EntrantId, Id},
        view::Audience,
    },
};
use rust_decimal::Decimal;

use crate::{
    hall::{entrant, name, organizer},
    support::databases::Database,
};

crate::on_both_databases!(
    fifty_challengers_of_one_holder,
    fifty_claims_of_the_last_seat,
    fifty_challenges_of_one_worker,
    the_same_challenge_sent_twice_is_one,
    what_is_due_is_written_before_the_next_entry,
    two_before_the_judges,
);

const PEOPLE: u32 = 52;
/// 2026-09-01 09:00 in Shanghai.
const START: Instant = Instant(1_788_224_400_000);
const DAY_MS: i64 = 86_400_000;

const BEFORE: &str = r#"
format = 1

[contest]
id = "stars"
title = "擂台赛"
mask-names = true
board = "names"

[[stage]]
id = "bench"
title = "实操"
weight = 1
max = 100
[[stage.panel]]
id = "look"
judges = 1
marks = ["work"]
[[stage.aspect]]
id = "work"
max = 100

[ranking]
ties = ["people-decide"]

[[paper]]
id = "daily"
title = "每日一答"
bank = "safety"
[[paper.part]]
count = 2
points = 5

[[ladder]]
id = "fitters"
title = "钳工擂台"
"#;

struct Stars {
    app: App,
    clock: Clock,
    contest: ContestId,
}

impl Stars {
    /// W001 stands first, and so on; by tiers from the top.
    async fn begin(database: &Database, ladder: &str, tiers: &[&[u32]]) -> Self {
        let stars = Self::enter(database).await;
        let text = format!("{BEFORE}{ladder}");
        assert!(read(&text).definition.is_some(), "{:?}", read(&text).problems);
        let new = NewContest { id: stars.contest.clone(), title: "擂台赛".into(), text, file: None };
        stars.app.create_contest(&organizer(), new).await.expect("the contest begins");
        let entrants = (1..=PEOPLE).map(|n| (entrant(n), Entrant::default())).collect();
        let names = (1..=PEOPLE).map(|n| name(n, &format!("选手{n}"))).collect();
        stars.app.register_entrants(&stars.contest, &organizer(), entrants, names, None, None).await.expect("entrants");
        stars.does(Command::ReachPhase { phase: Phase::Running, until: None }).await;
        let tiers = tiers.iter().map(|people| people.iter().copied().map(entrant).collect()).collect();
        stars.does(Command::Ladder(Act::Seed { ladder: ladder_id(), tiers })).await;
        stars
    }

    async fn enter(database: &Database) -> Self {
        let clock = Clock::by_hand(START);
        let app = App::new(database.open().await, clock.clone(), ".");
        Self { app, clock, contest: ContestId::new("stars") }
    }

    async fn does(&self, command: Command) {
        let receipt = self.app.act(&self.contest, &organizer(), command).await.expect("the organizer may");
        self.sees(&receipt).await;
    }

    /// Whoever has a receipt reads what it stands for.
    async fn sees(&self, receipt: &Receipt) {
        self.app.wait_for(&self.contest, receipt.version).await.expect("it is followed");
    }

    async fn challenges(&self, who: u32, target: u32) -> Result<ChallengeId, Error> {
        let aim = Aim::Person(entrant(target));
        let (challenge, receipt) =
            self.app.challenge(&self.contest, &worker(who), &ladder_id(), aim, None, None).await?;
        self.sees(&receipt).await;
        Ok(challenge)
    }

    async fn places(&self) -> Vec<EntrantId> {
        let seen = self.app.ladder(&self.contest, &ladder_id(), &Audience::Staff).await.expect("the ladder");
        seen.board.lines.into_iter().map(|line| line.entrant).collect()
    }

    async fn lines(&self, kind: &str) -> usize {
        let lines = self.app.store().lines_after(&self.contest, 0).await.expect("the ledger");
        lines.iter().filter(|line| line.kind == kind).count()
    }
}

fn ladder_id() -> Id {
    Id::new("fitters")
}

fn worker(number: u32) -> Actor {
    let entrant = entrant(number);
    Actor { person: entrant.as_str().into(), administrator: false, entrant: Some(entrant) }
}

fn bar(error: &Error) -> Bar {
    match error {
        Error::Refused(Refusal::Ladder(LadderRefusal::Barred(barred))) => barred.bar,
        other => panic!("{other:?}"),
    }
}

fn points(points: i64) -> Outcome {
    Outcome { score: Decimal::from(points), used_ms: 1_000 }
}

/// One is accepted; the others are refused by `why`.
fn one_of<T>(answers: Vec<Result<T, Error>>, why: Bar) -> T {
    let (mut done, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!(done.len(), 1);
    for answer in &refused {
        assert_eq!(answer.as_ref().err().map(bar), Some(why));
    }
    done.remove(0).unwrap_or_else(|error| panic!("{error}"))
}

async fn fifty_challengers_of_one_holder(database: Database) {
    let all: Vec<u32> = (1..=PEOPLE).collect();
    let stars = Stars::begin(&database, "format = \"duel\"\npaper = \"daily\"", &[&all]).await;
    let other = Stars::enter(&database).await;
    // Through two programs on one database.
    let answers = join_all((2..=51).map(|who| if who % 2 == 0 { &stars } else { &other }.challenges(who, 1))).await;
    one_of(answers, Bar::InMost { most: 1 });
    assert_eq!(stars.lines("challenge-made").await, 1);
}

async fn fifty_claims_of_the_last_seat(database: Database) {
    let below: Vec<u32> = (3..=PEOPLE).collect();
    let ladder = "format = \"duel\"\npaper = \"daily\"\nmovement = \"tiers\"\nseats = [3]";
    let stars = Stars::begin(&database, ladder, &[&[1, 2], &below]).await;
    let claims = (3..=PEOPLE).map(|who| {
        let act = Act::TakeSeat { ladder: ladder_id(), entrant: None };
        let stars = &stars;
        async move { stars.app.on_ladder(&stars.contest, &worker(who), act).await }
    });
    let receipt = one_of(join_all(claims).await, Bar::NoFreeSeat);
    stars.sees(&receipt).await;
    let seen = stars.app.ladder(&stars.contest, &ladder_id(), &Audience::Staff).await.unwrap();
    assert_eq!(seen.board.lines.iter().filter(|line| line.tier == 0).count(), 3);
    let (owed, _) = stars.app.ladder_rewards(&stars.contest).await.unwrap();
    assert_eq!(owed.len(), 1, "whoever enters the star tier is a star, once");
}

async fn fifty_challenges_of_one_worker(database: Database) {
    let all: Vec<u32> = (1..=PEOPLE).collect();
    let ladder = "format = \"duel\"\npaper = \"daily\"\nat-once = { out = 100 }\nrest = { tries-per-day = 1 }";
    let stars = Stars::begin(&database, ladder, &[&all]).await;
    let answers = join_all((1..=50).map(|target| stars.challenges(52, target))).await;
    one_of(answers, Bar::TriesToday { most: 1 });
}

async fn the_same_challenge_sent_twice_is_one(database: Database) {
    let stars = Stars::begin(&database, "format = \"duel\"\npaper = \"daily\"", &[&[1, 2, 3]]).await;
    let send = || async {
        let key = leitai::app::marks::operation_key(&worker(3), "op-1", b"challenge W001").unwrap();
        let aim = Aim::Person(entrant(1));
        stars.app.challenge(&stars.contest, &worker(3), &ladder_id(), aim, None, Some(key)).await.unwrap()
    };
    let first = send().await;
    assert_eq!(send().await, first);
    assert_eq!(stars.lines("challenge-made").await, 1);
}

async fn what_is_due_is_written_before_the_next_entry(database: Database) {
    let ladder = "format = \"duel\"\npaper = \"daily\"\nlapses = { allowed = 0 }";
    let stars = Stars::begin(&database, ladder, &[&[1, 2, 3]]).await;
    let challenge = stars.challenges(3, 1).await.unwrap();
    let (notices, called) = stars.app.ladder_notices(&stars.contest, &entrant(1)).await.unwrap();
    assert_eq!(notices[0].until, Some(Instant(START.0 + 7 * DAY_MS)), "whoever is challenged sees the deadline");
    assert_eq!(called.who(&entrant(3)).name.as_deref(), Some("选*"), "and a name as the public may read it");

    stars.clock.set(Instant(START.0 + 8 * DAY_MS));
    assert_eq!(stars.places().await, [entrant(3), entrant(1), entrant(2)], "seen without being written");
    assert_eq!(stars.lines("challenge-lapsed").await, 0);
    let bouts = stars.app.bouts(&stars.contest, &ladder_id(), None).await.unwrap();
    assert_eq!((&bouts[0].id, bouts[0].ended_at), (&challenge, Some(Instant(START.0 + 7 * DAY_MS))));
    // Anything that is recorded brings it along.
    stars.does(Command::AssignPerson { person: "chief".into(), role: Role::ChiefJudge, unit: None }).await;
    assert_eq!((stars.lines("challenge-lapsed").await, stars.lines("reward-earned").await), (1, 1));
    let restarted = Stars::enter(&database).await;
    assert_eq!(restarted.places().await, [entrant(3), entrant(1), entrant(2)]);
    let (owed, _) = restarted.app.ladder_rewards(&restarted.contest).await.unwrap();
    let receipt = restarted.app.give_reward(&restarted.contest, &organizer(), &owed[0]).await.unwrap();
    restarted.sees(&receipt).await;
    let again = restarted.app.give_reward(&restarted.contest, &organizer(), &owed[0]).await;
    assert!(matches!(again, Err(Error::Refused(Refusal::Ladder(LadderRefusal::NoSuchReward)))), "{again:?}");
}

async fn two_before_the_judges(database: Database) {
    let stars = Stars::begin(&database, "format = \"judged\"\nstage = \"bench\"", &[&[1, 2, 3]]).await;
    let judge = Actor { person: "judge".into(), administrator: false, entrant: None };
    let role = Role::Judge { stage: "bench".into(), panel: "look".into(), seat: 1, event: None, group: None };
    stars.does(Command::AssignPerson { person: "judge".into(), role, unit: None }).await;
    let challenge = stars.challenges(2, 1).await.unwrap();
    let receipt = stars.app.answer_challenge(&stars.contest, &worker(1), &challenge, true, None).await.unwrap();
    stars.sees(&receipt).await;
    let (queue, called) = stars.app.challenge_queue(&stars.contest, &ladder_id()).await.unwrap();
    assert_eq!(
        (queue[0].id.clone(), called.who(&queue[0].challenger).name),
        (challenge.clone(), Some("选手2".to_owned()))
    );

    let (challenger, target, _) =
        stars.app.open_challenge_session(&stars.contest, &organizer(), &challenge).await.unwrap();
    for (who, mark) in [(&challenger, 88), (&target, 87)] {
        let slot =
            Slot { stage: "bench".into(), piece: None, attempt: 1, aspect: "work".into(), value: None, judge: None };
        let value = MarkValue::Is(Value::Number(Decimal::from(mark)));
        let sheet = SheetKey {
            judge: "judge".into(),
            stage: "bench".into(),
            panel: "look".into(),
            entrant: who.clone(),
            piece: None,
            attempt: 1,
        };
        for command in [Command::GiveMark { entrant: who.clone(), slot, value }, Command::SubmitSheet { sheet }] {
            stars.app.act(&stars.contest, &judge, command).await.unwrap();
        }
    }
    let receipt = stars.app.decide_challenge_session(&stars.contest, &organizer(), &challenge).await.unwrap();
    stars.sees(&receipt).await;
    assert_eq!(stars.places().await, [entrant(2), entrant(1), entrant(3)]);
    let bouts = stars.app.bouts(&stars.contest, &ladder_id(), Some(&entrant(1))).await.unwrap();
    assert_eq!(bouts[0].status, Status::Decided { winner: entrant(2) });
    assert_eq!(bouts[0].results.iter().map(|(_, result)| result.score).max(), Some(points(88).score));
}
