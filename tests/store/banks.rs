//! Banks at work, and wrong keys mended: what the preview says is what happens.

use leitai::{
    app::{
        Actor, App, Clock, Error,
        banks::{ItemPicture, Standing},
        contests::NewContest,
        restating::Mending,
    },
    rules::{
        command::{Command, Refusal},
        field::Entrant,
        items::{Answer, Ask, Body, Difficulty, Item},
        ledger::{
            Instant,
            entry::{Digest, Phase},
        },
        names::{ContestId, Id, PaperId, PersonId},
        papers::{self, PaperRefusal},
    },
    store::items::ItemText,
};
use rust_decimal::Decimal;

use crate::{
    hall::{entrant, name, organizer},
    support::databases::Database,
};

crate::on_both_databases!(
    rows_keep_their_order_and_their_newest_text,
    pictures_are_listed,
    an_item_that_was_drawn_stays_as_it_is,
    a_void_item_does_what_its_preview_says,
    another_key_does_what_its_preview_says,
    items_in_use_are_counted,
    prizes_are_drawn_from_the_committed_seed,
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
max = 8
paper = "daily"
[[paper]]
id = "daily"
title = "每日一答"
bank = "safety"
right-at-least = 2
after = "explained"
shuffle-items = false
[[paper.part]]
count = 4
points = 2
"#;

struct Quiz {
    app: App,
    contest: ContestId,
    bank: Id,
}

/// 甲 is right.
fn item(at: u32) -> Item {
    Item {
        id: Id::new(format!("q{at}")),
        subject: None,
        difficulty: Difficulty::Easy,
        stem: format!("第 {at} 题"),
        picture: None,
        points: None,
        explanation: None,
        body: Body::Single { options: ["甲", "乙", "丙", "丁"].map(str::to_owned).to_vec(), right: 0 },
    }
}

fn keyed(at: u32, right: usize) -> Item {
    let Body::Single { options, .. } = item(at).body else { unreachable!() };
    Item { body: Body::Single { options, right }, ..item(at) }
}

fn worker(number: u32) -> Actor {
    let entrant = entrant(number);
    Actor { person: entrant.as_str().into(), administrator: false, entrant: Some(entrant) }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> PaperRefusal {
    match result {
        Err(Error::Refused(Refusal::Paper(refusal))) => refusal,
        other => panic!("{other:?}"),
    }
}

impl Quiz {
    /// Running, with a bank of exactly one paper: q1 to q4.
    async fn begin(database: &Database) -> Self {
        let app = App::new(database.open().await, Clock::by_hand(START), ".");
        let quiz = Self { app, contest: ContestId::new("quiz"), bank: Id::new("safety") };
        let new = NewContest { id: quiz.contest.clone(), title: "竞赛".into(), text: DEFINITION.into(), file: None };
        quiz.app.create_contest(&organizer(), new).await.expect("the contest begins");
        let entrants = (1..=3).map(|n| (entrant(n), Entrant::default())).collect();
        let names = (1..=3).map(|n| name(n, &format!("选手{n}"))).collect();
        quiz.app.register_entrants(&quiz.contest, &organizer(), entrants, names, None, None).await.expect("entrants");
        let items: Vec<Item> = (1..=4).map(item).collect();
        quiz.app.adopt_bank(&quiz.contest, &organizer(), &quiz.bank, &items).await.expect("a bank");
        quiz.acts(Command::ReachPhase { phase: Phase::Running, until: None }).await;
        quiz
    }

    async fn acts(&self, command: Command) {
        let receipt = self.app.act(&self.contest, &organizer(), command).await.expect("done");
        self.app.wait_for(&self.contest, receipt.version).await.expect("it is followed");
    }

    /// A whole paper: for q1 to q4 the option that is ticked, `-` for none.
    async fn sits(&self, who: u32, ticks: &str) -> PaperId {
        let paper =
            self.app.start_paper(&self.contest, &worker(who), &Id::new("daily"), false, None).await.expect("a paper");
        let sheet = self.app.paper(&self.contest, &entrant(who), &paper).await.expect("open");
        for face in &sheet.faces {
            let at: usize = face.item.as_str()[1..].parse().expect("a number");
            let tick = ticks.chars().nth(at - 1).expect("a tick");
            let Ask::Single { options } = &face.ask else { panic!("{face:?}") };
            let Some(place) = options.iter().position(|option| option.starts_with(tick)) else { continue };
            let (id, answer) = (&face.item, Answer::Single(place));
            let saved =
                self.app.save_answer(&self.contest, &entrant(who), &paper, id, Some(&answer), id.as_str()).await;
            saved.expect("saved");
        }
        self.app.hand_in(&self.contest, &worker(who), &paper).await.expect("handed in");
        paper
    }

    /// Points, right items and place of everybody who sat.
    async fn standings(&self) -> Vec<(String, Decimal, Option<usize>)> {
        let daily = Id::new("daily");
        let of = |state: &leitai::app::State, who: u32| {
            let (_, sat) = papers::attempts(state, &daily, &entrant(who)).pop()?;
            let place = papers::place(state, &daily, &entrant(who)).map(|(place, _)| place);
            Some((entrant(who).to_string(), sat.finished?.1.points, place))
        };
        self.app.read(&self.contest, |state| (1..=3).filter_map(|who| of(state, who)).collect()).await.expect("read")
    }

    /// Previews, does it, and holds the one against the other.
    async fn mends(&self, item: u32, mending: &Mending) -> papers::Restatement {
        let id = Id::new(format!("q{item}"));
        let before = self.standings().await;
        let told = self.app.restatement(&self.contest, &self.bank, &id, mending).await.expect("a preview");
        assert_eq!(self.standings().await, before, "a preview changes nothing");
        let mended = self.app.restate(&self.contest, &organizer(), &self.bank, &id, mending, "答案有误").await;
        self.app.wait_for(&self.contest, mended.expect("mended").version).await.expect("followed");
        let after = self.standings().await;
        for ((who, points, place), (_, new_points, new_place)) in before.iter().zip(&after) {
            let paper = told.papers.iter().find(|moved| moved.entrant.as_str() == who);
            let (was, is) = paper.map_or((*points, *points), |moved| moved.points);
            assert_eq!((was, is), (*points, *new_points), "{who}");
            let person = told.people.iter().find(|moved| moved.entrant.as_str() == who);
            let (was, is) = person.map_or((*place, *place), |moved| moved.place);
            assert_eq!((was, is), (*place, *new_place), "{who}");
        }
        told
    }
}

async fn rows_keep_their_order_and_their_newest_text(database: Database) {
    let quiz = Quiz::begin(&database).await;
    let (store, other) = (quiz.app.store(), Id::new("other"));
    let text = |item: &Item| ItemText {
        digest: item.digest(),
        item: item.id.to_string(),
        json: serde_json::to_string(item).expect("JSON"),
    };
    let first: Vec<ItemText> = [item(9), item(2), item(5)].iter().map(text).collect();
    store.put_bank_rows(&quiz.contest, &other, &first, START).await.expect("put");
    let second: Vec<ItemText> = [item(7), keyed(2, 3)].iter().map(text).collect();
    store.put_bank_rows(&quiz.contest, &other, &second, START).await.expect("put");
    let texts = store.bank_texts(&quiz.contest, &other).await.expect("texts");
    let ids: Vec<&str> = texts.iter().map(|text| text.item.as_str()).collect();
    assert_eq!(ids, ["q9", "q2", "q5", "q7"]);
    assert_eq!(texts[1], text(&keyed(2, 3)));
    store.drop_bank_row(&quiz.contest, &other, &Id::new("q5")).await.expect("dropped");
    assert_eq!(store.bank_texts(&quiz.contest, &other).await.expect("texts").len(), 3);
    // The other bank has its own rows, and the dropped text is still there for papers that ask it.
    assert_eq!(store.bank_texts(&quiz.contest, &quiz.bank).await.expect("texts").len(), 4);
    assert_eq!(store.items(&quiz.contest, &[&item(5).digest()]).await.expect("items").len(), 1);
    let nul = [ItemText { digest: Digest("d".into()), item: "a\0".into(), json: "{}".into() }];
    assert!(store.put_bank_rows(&quiz.contest, &other, &nul, START).await.is_err());
    assert_eq!(store.bank_texts(&quiz.contest, &other).await.expect("texts").len(), 3);
}

async fn pictures_are_listed(database: Database) {
    let quiz = Quiz::begin(&database).await;
    let picture = |name: &str, bytes: &[u8]| ItemPicture {
        name: name.into(),
        media: "image/svg+xml".into(),
        ratio: "1.6".into(),
        bytes: bytes.to_vec(),
    };
    let banks = [quiz.bank.clone()];
    for (name, bytes) in [("b.svg", &b"<svg></svg>"[..]), ("a.svg", b"123"), ("b.svg", b"123456")] {
        quiz.app.put_item_picture(&quiz.contest, &organizer(), &banks, picture(name, bytes)).await.expect("kept");
    }
    let lines = quiz.app.item_pictures(&quiz.contest).await.expect("a list");
    let lines: Vec<_> = lines.iter().map(|line| (line.name.as_str(), line.ratio.as_str(), line.bytes)).collect();
    assert_eq!(lines, [("a.svg", "1.6", 3), ("b.svg", "1.6", 6)]);
    let stranger = Actor { person: PersonId::new("x"), administrator: false, entrant: None };
    let refused = quiz.app.put_item_picture(&quiz.contest, &stranger, &banks, picture("c.svg", b"1")).await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::NotAllowed { .. }))), "{refused:?}");
}

async fn an_item_that_was_drawn_stays_as_it_is(database: Database) {
    let quiz = Quiz::begin(&database).await;
    let writes = async |items: &[Item]| quiz.app.write_items(&quiz.contest, &organizer(), &quiz.bank, items).await;
    // Adopted, but not drawn: it may change; before the change is in use, papers are drawn as before.
    writes(&[keyed(1, 1)]).await.expect("written");
    let bank = quiz.app.bank(&quiz.contest, &quiz.bank).await.expect("the bank");
    assert_eq!(bank.standing(&keyed(1, 1)), Standing::Changed);
    assert!(!bank.is_adopted());
    quiz.sits(1, "甲甲甲甲").await;
    let bank = quiz.app.bank(&quiz.contest, &quiz.bank).await.expect("the bank");
    assert_eq!(bank.held, [Id::new("q1")]);
    assert_eq!(bank.item(&Id::new("q1")), Some(&item(1)), "the adopted text stands");
    assert_eq!(refusal(writes(&[item(5), keyed(1, 2)]).await), PaperRefusal::ItemDrawn(Id::new("q1")));
    assert_eq!(quiz.app.bank(&quiz.contest, &quiz.bank).await.expect("the bank").items.len(), 4, "all or none");
    let changed = [keyed(1, 2), item(2), item(3), item(4)];
    let adopted = quiz.app.adopt_bank(&quiz.contest, &organizer(), &quiz.bank, &changed).await;
    assert_eq!(refusal(adopted), PaperRefusal::ItemDrawn(Id::new("q1")));
    writes(&[item(1), item(5)]).await.expect("as it is, and a new one");
    let stranger = Actor { person: PersonId::new("x"), administrator: false, entrant: None };
    let refused = quiz.app.write_items(&quiz.contest, &stranger, &quiz.bank, &[item(6)]).await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::NotAllowed { .. }))), "{refused:?}");
    let refused = quiz.app.remove_item(&quiz.contest, &stranger, &quiz.bank, &Id::new("q5")).await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::NotAllowed { .. }))), "{refused:?}");
}

async fn a_void_item_does_what_its_preview_says(database: Database) {
    let quiz = Quiz::begin(&database).await;
    quiz.sits(1, "甲甲甲乙").await;
    quiz.sits(2, "甲甲乙乙").await;
    quiz.sits(3, "乙乙乙甲").await;
    // 6, 4 and 2 points; two right are a valid paper.
    let told = quiz.mends(4, &Mending::Void).await;
    // Everybody gets q4's two points; who had them has them still.
    let points: Vec<_> = told.papers.iter().map(|moved| (moved.entrant.as_str(), moved.points, moved.valid)).collect();
    let dec = Decimal::from;
    let mut points = points;
    points.sort_unstable();
    let (one, two) = (entrant(1), entrant(2));
    assert_eq!(
        points,
        [(one.as_str(), (dec(6), dec(8)), (true, true)), (two.as_str(), (dec(4), dec(6)), (true, true))]
    );
    assert_eq!(told.same, 1);
    let again = quiz.app.restate(&quiz.contest, &organizer(), &quiz.bank, &Id::new("q4"), &Mending::Void, "再来").await;
    assert!(matches!(again, Err(Error::Refused(Refusal::NothingToDo))), "{again:?}");
    let bank = quiz.app.bank(&quiz.contest, &quiz.bank).await.expect("the bank");
    assert_eq!(bank.standing(&item(4)), Standing::Void);
    // A bank of three cannot make a paper of four.
    let lacking = quiz.app.start_paper(&quiz.contest, &worker(1), &Id::new("daily"), false, None).await;
    assert!(matches!(refusal(lacking), PaperRefusal::Lacking(_)));
}

async fn another_key_does_what_its_preview_says(database: Database) {
    let quiz = Quiz::begin(&database).await;
    quiz.sits(1, "甲甲--").await;
    quiz.sits(2, "乙甲甲-").await;
    quiz.sits(3, "乙--甲").await;
    // 4 points each. By 乙 the first has 2 and no valid paper, the others 6.
    let told = quiz.mends(1, &Mending::Rekey(keyed(1, 1))).await;
    let mut moves: Vec<_> =
        told.papers.iter().map(|moved| (moved.entrant.to_string(), moved.points, moved.valid)).collect();
    moves.sort_unstable();
    let dec = Decimal::from;
    assert_eq!(
        moves,
        [
            (entrant(1).to_string(), (dec(4), dec(2)), (true, false)),
            (entrant(2).to_string(), (dec(4), dec(6)), (true, true)),
            (entrant(3).to_string(), (dec(2), dec(4)), (false, true)),
        ]
    );
    let bank = quiz.app.bank(&quiz.contest, &quiz.bank).await.expect("the bank");
    assert_eq!(bank.item(&Id::new("q1")), Some(&keyed(1, 1)));
    assert!(bank.held.is_empty());
    // The bank with the new key is taken into use without a word; another wording is not the same item.
    quiz.app.adopt_bank(&quiz.contest, &organizer(), &quiz.bank, &bank.items).await.expect("adopted");
    let other = Mending::Rekey(Item { stem: "别的题".into(), ..keyed(1, 2) });
    let mended = quiz.app.restate(&quiz.contest, &organizer(), &quiz.bank, &Id::new("q1"), &other, "改题").await;
    assert_eq!(refusal(mended), PaperRefusal::OtherFace(Id::new("q1")));
    let stranger = Actor { person: PersonId::new("x"), administrator: false, entrant: None };
    let refused = quiz.app.restate(&quiz.contest, &stranger, &quiz.bank, &Id::new("q1"), &Mending::Void, "x").await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::NotAllowed { .. }))), "{refused:?}");
}

async fn items_in_use_are_counted(database: Database) {
    let quiz = Quiz::begin(&database).await;
    quiz.sits(1, "甲甲甲乙").await;
    quiz.sits(2, "甲乙乙-").await;
    quiz.sits(3, "甲丙乙丁").await;
    let use_of = quiz.app.items_in_use(&quiz.contest, &quiz.bank).await.expect("use");
    assert_eq!((use_of.papers, use_of.read), (3, 3));
    let of = |id: &str| {
        let one = &use_of.items[&Id::new(id)];
        let share = one.statistics.difficulty.expect("a share").to_string();
        (one.statistics.taken, one.statistics.right, one.statistics.blank, share, one.chosen.clone())
    };
    assert_eq!(of("q1"), (3, 3, 0, "1".to_owned(), vec![3]));
    assert_eq!(of("q2"), (3, 1, 0, "0.3333".to_owned(), vec![1, 1, 1]));
    assert_eq!(of("q3"), (3, 1, 0, "0.3333".to_owned(), vec![1, 2]));
    assert_eq!(of("q4"), (3, 0, 1, "0".to_owned(), vec![0, 1, 0, 1]));
}

async fn prizes_are_drawn_from_the_committed_seed(database: Database) {
    let quiz = Quiz::begin(&database).await;
    for (who, ticks) in [(1, "甲甲--"), (2, "甲甲甲-"), (3, "甲---")] {
        quiz.sits(who, ticks).await;
    }
    let (app, contest, daily) = (&quiz.app, &quiz.contest, Id::new("daily"));
    let receipt = app.commit_seed(contest, &organizer(), "prizes.daily.").await.expect("committed");
    app.wait_for(contest, receipt.version).await.expect("followed");
    let seeds = app.read(contest, |state| leitai::rules::view::organizer(state).seeds).await.expect("seeds");
    let draw = seeds.last().expect("a seed").draw.clone();
    assert!(app.holds_seed(contest, &draw).await);
    let stranger = Actor { person: PersonId::new("x"), administrator: false, entrant: None };
    app.draw_prizes(contest, &stranger, draw.clone(), daily.clone(), 2).await.expect_err("not theirs");
    let receipt = app.draw_prizes(contest, &organizer(), draw.clone(), daily.clone(), 2).await.expect("drawn");
    app.wait_for(contest, receipt.version).await.expect("followed");
    let draws = app.read(contest, papers::prize_draws).await.expect("draws");
    let [prize] = draws.as_slice() else { panic!("{draws:?}") };
    // The third has one right only: no valid paper.
    let mut winners: Vec<String> = prize.winners.iter().map(ToString::to_string).collect();
    winners.sort_unstable();
    assert_eq!((winners, prize.among), (vec![entrant(1).to_string(), entrant(2).to_string()], 2));
    let seed = leitai::rules::draw::Seed::parse(&prize.seed).expect("a seed");
    assert_eq!(Some(seed.commitment()), prize.digest);
    let again = app.draw_prizes(contest, &organizer(), draw, daily, 2).await;
    assert!(matches!(again, Err(Error::SeedGone)), "{again:?}");
}
