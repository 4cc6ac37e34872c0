//! Ladders (擂台) before workers, the hall and organizers.

mod api;
mod desk;
mod pages;
mod phones;

use leitai::{
    app::{Actor, Clock, contests::NewContest, people::Admin},
    rules::{
        command::Command,
        definition,
        field::Entrant,
        items::{Body, Difficulty, Item},
        ladder::Act,
        ledger::{
            Instant,
            entry::{Digest, Phase},
            ladder::Aim,
            paper::{Ending, Finished},
        },
        names::{ChallengeId, ContestId, EntrantId, Id, PersonId},
        papers,
    },
    store::names::EntrantName,
};
use rust_decimal::Decimal;

use crate::{
    support::databases::Database,
    world::{Client, World},
};

/// 2026-09-01 09:00 in Shanghai.
pub const START: Instant = Instant(1_788_224_400_000);
pub const DAY_MS: i64 = 86_400_000;
pub const NAMES: [&str; 4] = ["李强", "王芳", "张伟", "刘洋"];
pub const STAR: &str = "/contests/stars/ladders/star";

/// Nobody has to answer, so that a challenge is sat at once.
pub const RECORD: &str = "format = \"record\"\npaper = \"duel\"\n";
pub const DUEL: &str = "format = \"duel\"\npaper = \"duel\"\n";

const BEFORE: &str = r#"
format = 1

[contest]
id = "stars"
title = "岗位明星擂台"
BOARD

[entrants]
first-log-in = "birth-date"

[[stage]]
id = "bench"
title = "实操"
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
id = "duel"
title = "打擂卷"
bank = "safety"
minutes = 5
[[paper.part]]
count = 5
points = 20

[[ladder]]
id = "star"
title = "钳工擂台"
"#;

pub struct Stars {
    pub world: World,
    pub clock: Clock,
    pub contest: ContestId,
}

impl Stars {
    /// 李强 stands first, 王芳 second, and so on, on a ladder with these rules, on 2026-09-01 at nine.
    pub async fn begin(ladder: &str) -> Self {
        Self::with("board = \"names\"", ladder, Clock::by_hand(START)).await
    }

    /// With more keys of `[contest]`.
    pub async fn with(contest: &str, ladder: &str, clock: Clock) -> Self {
        let stars = Self::founded(contest, ladder, clock).await;
        let items: Vec<Item> = (0..12).map(item).collect();
        let bank = Id::new("safety");
        stars.world.app.adopt_bank(&stars.contest, &organizer(), &bank, &items).await.expect("a bank");
        stars.runs().await;
        stars
    }

    /// Without a bank: the papers are sat on paper.
    pub async fn elsewhere(ladder: &str) -> Self {
        let stars = Self::founded("board = \"names\"", ladder, Clock::by_hand(START)).await;
        stars.runs().await;
        stars
    }

    async fn founded(contest: &str, ladder: &str, clock: Clock) -> Self {
        let world = World::at(Database::sqlite(), clock.clone()).await;
        let stars = Self { world, clock, contest: ContestId::new("stars") };
        let text = format!("{}{ladder}", BEFORE.replace("BOARD", contest));
        assert!(definition::read(&text).definition.is_some(), "{:?}", definition::read(&text).problems);
        let app = &stars.world.app;
        let new = NewContest { id: stars.contest.clone(), title: "岗位明星擂台".into(), text, file: None };
        app.create_contest(&organizer(), new).await.expect("the contest begins");
        let people = 1..=NAMES.len();
        let entrants = people.clone().map(|n| (entrant(n), Entrant::default())).collect();
        let names = people.map(|n| EntrantName {
            entrant: entrant(n),
            name: NAMES[n - 1].to_owned(),
            number: Some(format!("10{n}")),
            birth_date: Some("1990-05-04".into()),
            gender: None,
            phone: None,
        });
        app.register_entrants(&stars.contest, &organizer(), entrants, names.collect(), None, None)
            .await
            .expect("entrants");
        stars
    }

    async fn runs(&self) {
        self.does(Command::ReachPhase { phase: Phase::Running, until: None }).await;
        let tiers = vec![(1..=NAMES.len()).map(entrant).collect()];
        self.does(Command::Ladder(Act::Seed { ladder: Id::new("star"), tiers })).await;
    }

    pub async fn does(&self, command: Command) {
        let receipt = self.world.app.act(&self.contest, &organizer(), command).await.expect("the organizer may");
        self.world.app.wait_for(&self.contest, receipt.version).await.expect("it is followed");
    }

    pub fn later(&self, ms: i64) {
        self.clock.set(Instant(self.world.app.now().0 + ms));
    }

    /// The phone of somebody who came in.
    pub async fn worker(&self, n: usize) -> Client {
        let phone = self.world.visitor();
        let (number, pin) = (format!("10{n}"), "135790");
        let fields = [("number", number.as_str()), ("proof", "1990-05-04"), ("pin", pin), ("again", pin)];
        // The second time a PIN is there.
        if !phone.posts("/contests/stars/log-in/first", &fields).await.status.is_redirection() {
            let fields = [("number", number.as_str()), ("pin", pin)];
            phone.posts("/contests/stars/log-in", &fields).await.leads_to("/contests/stars/me");
        }
        phone
    }

    pub async fn organizer(&self) -> Client {
        self.world.account("zhanghua", Admin::Yes).await;
        self.world.logged_in("zhanghua").await
    }

    /// The paper of somebody's side of a challenge, handed in with so many points.
    pub async fn gets(&self, challenge: &str, n: usize, score: i64) {
        let played = self.world.app.play_challenge(&self.contest, &worker(n), &ChallengeId::new(challenge)).await;
        let paper = played.expect("it may be played").expect("on a paper");
        let finished = Finished {
            how: Ending::HandedIn,
            head: Digest(String::new()),
            answers: 5,
            points: Decimal::from(score),
            right: 0,
            used_ms: 0,
        };
        let act = papers::Act::Finish { paper, finished, restatements: 0 };
        let receipt = self.world.app.act(&self.contest, &worker(n), Command::Paper(act)).await.expect("handed in");
        self.world.app.wait_for(&self.contest, receipt.version).await.expect("it is followed");
    }

    /// A record that others have to beat, set in no time: the clock of a test stands still.
    pub async fn record(&self, n: usize, score: i64) {
        let app = &self.world.app;
        let (challenge, receipt) = app
            .challenge(&self.contest, &worker(n), &Id::new("star"), Aim::Defence, None, None)
            .await
            .expect("a defence");
        app.wait_for(&self.contest, receipt.version).await.expect("it is followed");
        self.gets(challenge.as_str(), n, score).await;
    }
}

pub fn entrant(n: usize) -> EntrantId {
    EntrantId::new(format!("W{n}"))
}

fn worker(n: usize) -> Actor {
    Actor { person: PersonId::new(format!("w{n}")), administrator: false, entrant: Some(entrant(n)) }
}

pub fn organizer() -> Actor {
    Actor { person: PersonId::new("p-organizer"), administrator: true, entrant: None }
}

/// 甲 is always right.
fn item(at: u32) -> Item {
    Item {
        id: Id::new(format!("q{at}")),
        subject: None,
        difficulty: Difficulty::Easy,
        stem: format!("第 {at} 题：选甲"),
        picture: None,
        points: None,
        explanation: None,
        body: Body::Single { options: ["甲", "乙", "丙", "丁"].map(str::to_owned).to_vec(), right: 0 },
    }
}
