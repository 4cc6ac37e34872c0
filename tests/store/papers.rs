//! Papers on real databases: answers are kept as given, once, in a chain; time and races end where they should.

use futures_util::future::join_all;
use leitai::{
    app::{Actor, App, Clock, Error, contests::NewContest, papers::NotSaved},
    rules::{
        command::{Command, Refusal},
        field::Entrant,
        items::{Answer, Body, Difficulty, Item},
        ladder::Act,
        ledger::{Instant, entry::Phase, ladder::Aim},
        names::{ContestId, EntrantId, Id, PaperId},
        papers::{self, Closed, PaperRefusal},
        view::Audience,
    },
};
use rust_decimal::Decimal;

use crate::{
    hall::{entrant, name, organizer},
    support::databases::Database,
};

crate::on_both_databases!(
    an_answer_is_saved_once_and_stays,
    another_device_goes_on_where_the_first_was,
    time_up_hands_in_what_is_saved,
    fifty_tries_at_the_last_attempt,
    fifty_answers_at_once_make_one_chain,
    an_answer_that_does_not_fit_is_refused,
    a_paper_beats_the_star,
    answers_are_only_added_to,
);

/// 2026-09-01 09:00 in Shanghai.
const START: Instant = Instant(1_788_224_400_000);

const DEFINITION: &str = r#"
format = 1
[contest]
id = "quiz"
title = "安全知识竞赛"
[[stage]]
id = "quiz"
[[stage.aspect]]
id = "points"
kind = "imported"
max = 20
paper = "daily"
[[paper]]
id = "daily"
title = "每日一答"
bank = "safety"
minutes = 10
attempts = { per-day = 1 }
after = "explained"
[[paper.part]]
count = 10
points = 2
[[paper]]
id = "record"
title = "打擂卷"
bank = "safety"
minutes = 5
[[paper.part]]
count = 5
points = 2
[[ladder]]
id = "star"
title = "安全明星"
format = "record"
paper = "record"
"#;

struct Quiz {
    app: App,
    clock: Clock,
    contest: ContestId,
}

impl Quiz {
    /// Running, with twelve items of which 甲 is always right.
    async fn begin(database: &Database) -> Self {
        let clock = Clock::by_hand(START);
        let app = App::new(database.open().await, clock.clone(), ".");
        let quiz = Self { app, clock, contest: ContestId::new("quiz") };
        let new = NewContest { id: quiz.contest.clone(), title: "竞赛".into(), text: DEFINITION.into(), file: None };
        quiz.app.create_contest(&organizer(), new).await.expect("the contest begins");
        let entrants = (1..=3).map(|n| (entrant(n), Entrant::default())).collect();
        let names = (1..=3).map(|n| name(n, &format!("选手{n}"))).collect();
        quiz.app.register_entrants(&quiz.contest, &organizer(), entrants, names, None, None).await.expect("entrants");
        let items: Vec<Item> = (0..12).map(item).collect();
        quiz.app.adopt_bank(&quiz.contest, &organizer(), &Id::new("safety"), &items).await.expect("a bank");
        let running = Command::ReachPhase { phase: Phase::Running, until: None };
        let receipt = quiz.app.act(&quiz.contest, &organizer(), running).await.expect("it runs");
        quiz.app.wait_for(&quiz.contest, receipt.version).await.expect("it is followed");
        quiz
    }

    async fn starts(&self, who: u32) -> Result<PaperId, Error> {
        self.app.start_paper(&self.contest, &worker(who), &Id::new("daily"), false, None).await
    }

    async fn sheet(&self, who: u32, paper: &PaperId) -> Result<leitai::app::papers::Sheet, Error> {
        self.app.paper(&self.contest, &entrant(who), paper).await
    }

    /// Where this paper shows 甲 in an item.
    async fn right(&self, who: u32, paper: &PaperId, item: &Id) -> Answer {
        let sheet = self.sheet(who, paper).await.expect("an open paper");
        let face = sheet.faces.iter().find(|face| face.item == *item).expect("the item");
        let leitai::rules::items::Ask::Single { options } = &face.ask else { panic!("{face:?}") };
        Answer::Single(options.iter().position(|option| option == "甲").expect("甲"))
    }

    async fn saves(
        &self,
        who: u32,
        paper: &PaperId,
        item: &Id,
        answer: &Answer,
        operation: &str,
    ) -> Result<u64, NotSaved> {
        let saved = self.app.save_answer(&self.contest, &entrant(who), paper, item, Some(answer), operation).await;
        saved.map(|receipt| receipt.n)
    }

    /// The first so many items right, the others blank.
    async fn answers(&self, who: u32, paper: &PaperId, count: usize) {
        let sheet = self.sheet(who, paper).await.expect("an open paper");
        for face in sheet.faces.iter().take(count) {
            let right = self.right(who, paper, &face.item).await;
            self.saves(who, paper, &face.item, &right, face.item.as_str()).await.expect("saved");
        }
    }

    fn later(&self, ms: i64) {
        self.clock.set(Instant(self.app.now().0 + ms));
    }

    async fn result(&self, who: u32, paper: &PaperId) -> (Decimal, u32) {
        let result = self.app.paper_result(&self.contest, &entrant(who), paper).await.expect("a result");
        (result.finished.points, result.finished.right)
    }
}

fn item(at: u32) -> Item {
    Item {
        id: Id::new(format!("q{at}")),
        subject: None,
        difficulty: Difficulty::Easy,
        stem: format!("第 {at} 题"),
        picture: None,
        points: None,
        explanation: Some("选甲".into()),
        body: Body::Single { options: ["甲", "乙", "丙", "丁"].map(str::to_owned).to_vec(), right: 0 },
    }
}

fn worker(number: u32) -> Actor {
    let entrant = entrant(number);
    Actor { person: entrant.as_str().into(), administrator: false, entrant: Some(entrant) }
}

fn refusal(error: Error) -> PaperRefusal {
    match error {
        Error::Refused(Refusal::Paper(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

async fn an_answer_is_saved_once_and_stays(database: Database) {
    let quiz = Quiz::begin(&database).await;
    let paper = quiz.starts(1).await.expect("a paper");
    let first = quiz.sheet(1, &paper).await.expect("open").faces[0].item.clone();
    let right = quiz.right(1, &paper, &first).await;
    assert_eq!(quiz.saves(1, &paper, &first, &Answer::Single(3), "a").await.expect("saved"), 1);
    assert_eq!(quiz.saves(1, &paper, &first, &right, "b").await.expect("saved"), 2);
    // Sent again, because the receipt was lost.
    assert_eq!(quiz.saves(1, &paper, &first, &right, "b").await.expect("saved"), 2);
    let another = Answer::Single(if right == Answer::Single(2) { 1 } else { 2 });
    let other = quiz.saves(1, &paper, &first, &another, "b").await;
    assert!(matches!(other, Err(NotSaved::App(Error::OperationReused))), "{other:?}");
    // Somebody else's paper.
    let theirs = quiz.saves(2, &paper, &first, &right, "c").await;
    assert!(matches!(theirs, Err(NotSaved::App(Error::Refused(Refusal::Paper(PaperRefusal::NotYours))))), "{theirs:?}");
    quiz.later(120_000);
    quiz.app.hand_in(&quiz.contest, &worker(1), &paper).await.expect("handed in");
    assert_eq!(quiz.result(1, &paper).await, (Decimal::from(2), 1));
    let late = quiz.saves(1, &paper, &first, &right, "d").await;
    assert!(matches!(late, Err(NotSaved::App(Error::Refused(Refusal::Paper(PaperRefusal::Over))))), "{late:?}");
    // Twice is once.
    quiz.app.hand_in(&quiz.contest, &worker(1), &paper).await.expect("already");
    let result = quiz.app.paper_result(&quiz.contest, &entrant(1), &paper).await.expect("a result");
    assert_eq!((result.finished.used_ms, result.finished.answers), (120_000, 1));
    assert_eq!(result.items.len(), 10);
    assert_eq!(result.items[0].item.as_ref().and_then(|item| item.explanation.as_deref()), Some("选甲"));
}

async fn another_device_goes_on_where_the_first_was(database: Database) {
    let quiz = Quiz::begin(&database).await;
    let paper = quiz.starts(1).await.expect("a paper");
    quiz.answers(1, &paper, 4).await;
    quiz.later(60_000);
    // Another program on the same database, as after a restart.
    let app = App::new(database.open().await, quiz.clock.clone(), ".");
    let again = Quiz { app, clock: quiz.clock.clone(), contest: quiz.contest.clone() };
    let sheet = again.sheet(1, &paper).await.expect("the same paper");
    assert_eq!((sheet.answers.len(), sheet.n), (4, 4));
    assert_eq!(sheet.sitting.sat.ends, Some(Instant(START.0 + 600_000)));
    again.answers(1, &paper, 10).await;
    again.app.hand_in(&again.contest, &worker(1), &paper).await.expect("handed in");
    assert_eq!(again.result(1, &paper).await, (Decimal::from(20), 10));
}

async fn time_up_hands_in_what_is_saved(database: Database) {
    let quiz = Quiz::begin(&database).await;
    let paper = quiz.starts(1).await.expect("a paper");
    quiz.answers(1, &paper, 3).await;
    let item = quiz.sheet(1, &paper).await.expect("open").faces[5].item.clone();
    let right = quiz.right(1, &paper, &item).await;
    // What was sent in time may be a little late.
    quiz.later(602_000);
    quiz.saves(1, &paper, &item, &right, "late").await.expect("within the grace");
    quiz.later(2_000);
    let late = quiz.saves(1, &paper, &item, &right, "later").await;
    assert!(matches!(late, Err(NotSaved::App(Error::Refused(Refusal::Paper(PaperRefusal::Over))))), "{late:?}");
    quiz.app.finish_overdue(&quiz.contest).await.expect("finished");
    assert_eq!(quiz.result(1, &paper).await, (Decimal::from(8), 4));
    let result = quiz.app.paper_result(&quiz.contest, &entrant(1), &paper).await.expect("a result");
    assert_eq!(result.finished.used_ms, 600_000);
}

async fn fifty_tries_at_the_last_attempt(database: Database) {
    let quiz = Quiz::begin(&database).await;
    let tries = join_all((0..50).map(|_| quiz.starts(1))).await;
    let (won, lost): (Vec<_>, Vec<_>) = tries.into_iter().partition(Result::is_ok);
    assert_eq!(won.len(), 1);
    for error in lost {
        let refused = refusal(error.expect_err("one paper at a time"));
        assert!(matches!(refused, PaperRefusal::Closed(Closed::Sitting { .. })), "{refused:?}");
    }
    let paper = won.into_iter().next().expect("one").expect("a paper");
    quiz.app.hand_in(&quiz.contest, &worker(1), &paper).await.expect("handed in");
    for error in join_all((0..50).map(|_| quiz.starts(1))).await {
        let refused = refusal(error.expect_err("one a day"));
        assert!(matches!(refused, PaperRefusal::Closed(Closed::Today { most: 1, .. })), "{refused:?}");
    }
}

async fn fifty_answers_at_once_make_one_chain(database: Database) {
    let quiz = Quiz::begin(&database).await;
    let paper = quiz.starts(1).await.expect("a paper");
    let item = quiz.sheet(1, &paper).await.expect("open").faces[0].item.clone();
    let operations: Vec<String> = (0..50).map(|at| format!("op{at}")).collect();
    let saved = join_all(operations.iter().enumerate().map(|(at, operation)| {
        let (quiz, paper, item) = (&quiz, &paper, &item);
        async move {
            // Two devices of one person: whoever was slower asks again.
            loop {
                match quiz.saves(1, paper, item, &Answer::Single(at % 4), operation).await {
                    Err(NotSaved::App(Error::Busy { .. })) => tokio::task::yield_now().await,
                    other => return other.expect("saved"),
                }
            }
        }
    }))
    .await;
    let mut numbers = saved;
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=50).collect::<Vec<u64>>());
    let rows = quiz.app.store().answers(&quiz.contest, &paper).await.expect("rows");
    assert!(rows.windows(2).all(|pair| pair[1].n == pair[0].n + 1 && pair[1].chain != pair[0].chain));
}

async fn an_answer_that_does_not_fit_is_refused(database: Database) {
    let quiz = Quiz::begin(&database).await;
    let paper = quiz.starts(1).await.expect("a paper");
    let item = quiz.sheet(1, &paper).await.expect("open").faces[0].item.clone();
    for answer in [Answer::Single(4), Answer::TrueFalse(true)] {
        assert!(matches!(quiz.saves(1, &paper, &item, &answer, "x").await, Err(NotSaved::Unfit(_))));
    }
    let unknown = quiz.saves(1, &paper, &Id::new("nothing"), &Answer::Single(0), "y").await;
    assert!(matches!(unknown, Err(NotSaved::App(Error::Refused(Refusal::Paper(PaperRefusal::UnknownItem(_)))))));
    assert_eq!(quiz.sheet(1, &paper).await.expect("open").n, 0);
}

/// W001 holds the record with 4 of 10; W002 beats it with 10.
async fn a_paper_beats_the_star(database: Database) {
    let quiz = Quiz::begin(&database).await;
    let (star, record) = (Id::new("star"), Id::new("record"));
    let seed = Act::Seed { ladder: star.clone(), tiers: vec![vec![entrant(1), entrant(2)]] };
    let receipt = quiz.app.act(&quiz.contest, &organizer(), Command::Ladder(seed)).await.expect("seeded");
    quiz.app.wait_for(&quiz.contest, receipt.version).await.expect("followed");
    for (who, aim, right, first) in [(1, Aim::Defence, 2, 1), (2, Aim::Person(entrant(1)), 5, 2)] {
        let (challenge, receipt) =
            quiz.app.challenge(&quiz.contest, &worker(who), &star, aim, None, None).await.expect("a challenge");
        quiz.app.wait_for(&quiz.contest, receipt.version).await.expect("followed");
        let paper = quiz.app.start_paper(&quiz.contest, &worker(who), &record, false, Some(challenge)).await;
        let paper = paper.expect("its paper");
        quiz.answers(who, &paper, right).await;
        quiz.later(60_000);
        quiz.app.hand_in(&quiz.contest, &worker(who), &paper).await.expect("handed in");
        let seen = quiz.app.ladder(&quiz.contest, &star, &Audience::Staff).await.expect("the ladder");
        assert_eq!(seen.board.lines[0].entrant, entrant(first));
    }
    // A paper of a challenge counts for nothing else.
    let place = quiz.app.read(&quiz.contest, |state| papers::place(state, &record, &EntrantId::new("W002"))).await;
    assert_eq!(place.expect("the state"), None);
}

async fn answers_are_only_added_to(database: Database) {
    let quiz = Quiz::begin(&database).await;
    let paper = quiz.starts(1).await.expect("a paper");
    quiz.answers(1, &paper, 1).await;
    for sql in ["UPDATE answer SET answer = ''", "DELETE FROM answer"] {
        let refused = database.by_hand(sql).await.expect_err("append-only");
        assert!(refused.contains("append-only"), "{refused}");
    }
    assert_eq!(quiz.sheet(1, &paper).await.expect("open").answers.len(), 1);
}
