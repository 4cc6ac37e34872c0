//! A knowledge contest with a bank in use and workers at the door, for the tests of papers.

use std::collections::BTreeMap;

use leitai::{
    app::{Actor, Clock},
    files::items::{Known, ratio, read},
    rules::{
        command::Command,
        items::Item,
        ledger::{Instant, entry::Phase},
        names::{ContestId, Id, PersonId},
    },
    store::items::ItemPicture,
};

use crate::{
    support::databases::Database,
    world::{Client, World},
};

pub const ME: &str = "/contests/quiz/me";
pub const PAPERS: &str = "/api/v1/contests/quiz/papers";
/// 2026-09-01 09:00 in Shanghai.
pub const START_MS: i64 = 1_788_224_400_000;

/// One item of each kind, so that every paper asks all of them.
pub const EACH_KIND: &str = r#"
format = 1
[contest]
id = "quiz"
title = "安全知识竞赛"
board = "names"
[entrants]
first-log-in = "phone-last4"
[[stage]]
id = "quiz"
title = "答题"
[[stage.aspect]]
id = "points"
kind = "imported"
max = 18
paper = "daily"
[ranking]
ties = ["shared"]
[[table]]
id = "companies"
title = "公司团体"
of = "units"
level = 1
score = "mean"
required-percent = 100
end = "shared"
[[paper]]
id = "daily"
title = "每日一答"
bank = "safety"
minutes = 10
attempts = { most = 2 }
practice = true
after = "explained"
shuffle-items = false
[[paper.part]]
kind = "single"
count = 1
points = 2
[[paper.part]]
kind = "multiple"
count = 1
points = 2
[[paper.part]]
kind = "true-false"
count = 1
points = 2
[[paper.part]]
kind = "fill-in"
count = 1
points = 2
[[paper.part]]
kind = "number"
count = 1
points = 2
[[paper.part]]
kind = "ordering"
count = 1
points = 2
[[paper.part]]
kind = "matching"
count = 1
points = 2
[[paper.part]]
kind = "find-fix"
count = 1
points = 2
[[paper.part]]
kind = "hazards"
count = 1
points = 2
"#;

pub struct Quiz {
    pub world: World,
    pub contest: ContestId,
    pub items: Vec<Item>,
}

impl Quiz {
    /// Running, with W1 and W2 of 一公司 and W3 of 二公司.
    pub async fn begin(definition: &str, clock: Clock, items: Vec<Item>) -> Self {
        let world = World::at(Database::sqlite(), clock).await;
        let (app, admin) = (&world.app, organizer());
        let people = [("W1", "张伟", "一公司"), ("W2", "王芳", "一公司"), ("W3", "李娜", "二公司")];
        let contest = world.founds(&admin, ("quiz", definition), &people, []).await;
        for (name, bytes) in PICTURES {
            let (name, media) = (name.to_owned(), "image/svg+xml".to_owned());
            let picture = ItemPicture { name, media, ratio: String::new(), bytes: bytes.to_vec() };
            app.store().put_item_picture(&contest, picture).await.expect("a picture");
        }
        app.adopt_bank(&contest, &admin, &Id::new("safety"), &items).await.expect("a bank");
        world.does(&admin, &contest, Command::ReachPhase { phase: Phase::Running, until: None }).await;
        Self { world, contest, items }
    }

    /// By hand, from [`START_MS`].
    pub async fn by_hand() -> (Self, Clock) {
        let clock = Clock::by_hand(Instant(START_MS));
        (Self::begin(EACH_KIND, clock.clone(), safety()).await, clock)
    }

    /// Somebody with a phone who sets a PIN and comes in.
    pub async fn worker(&self, number: &str) -> Client {
        let phone = self.world.visitor();
        let fields = [("number", number), ("proof", "0001"), ("pin", "135790"), ("again", "135790")];
        phone.posts("/contests/quiz/log-in/first", &fields).await.leads_to(ME);
        phone
    }

    pub fn item(&self, id: &str) -> &Item {
        self.items.iter().find(|item| item.id.as_str() == id).expect("an item of the bank")
    }
}

pub fn organizer() -> Actor {
    Actor { person: PersonId::new("p-test"), administrator: true, entrant: None }
}

const PICTURES: [(&str, &[u8]); 5] = [
    ("welding.svg", include_bytes!("../../contest-configs/banks/safety/welding.svg")),
    ("scaffold.svg", include_bytes!("../../contest-configs/banks/safety/scaffold.svg")),
    ("electric.svg", include_bytes!("../../contest-configs/banks/safety/electric.svg")),
    ("warehouse.svg", include_bytes!("../../contest-configs/banks/safety/warehouse.svg")),
    ("lathe.svg", include_bytes!("../../contest-configs/banks/safety/lathe.svg")),
];

/// The bank that is shipped.
pub fn safety() -> Vec<Item> {
    let ratios = PICTURES.iter().filter_map(|(name, bytes)| Some(((*name).to_owned(), ratio(bytes)?)));
    let pictures: BTreeMap<_, _> = ratios.collect();
    let bytes = include_bytes!("../../contest-configs/banks/safety.csv");
    let read = read(bytes, Known { bank: &[], pictures: &pictures }).expect("a sheet");
    read.take().expect("every row is sound")
}
