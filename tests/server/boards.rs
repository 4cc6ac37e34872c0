//! What the public may know, and what staff may: boards, explanations, standings and leaves over HTTP and sockets.

use futures_util::StreamExt as _;
use leitai::{
    app::{Actor, Clock, contests::NewContest, people::Admin},
    rules::{
        command::Command,
        field::{Entrant, Slot, Value},
        ledger::{
            Instant,
            entry::{MarkValue, Phase, Role, SheetKey},
        },
        names::{ContestId, EntrantId, Id, PersonId, UnitPath},
    },
    store::names::EntrantName,
};
use reqwest::{Method, header};
use rust_decimal::Decimal;

use crate::{
    browser::{self, Chromium},
    support::databases::Database,
    world::{Answer, Client, World},
};

const DEFINITION: &str = r#"
format = 1
[contest]
id = "twin"
title = "焊工技能竞赛"
timezone = "Asia/Shanghai"
board = "numbers"
rounding = { digits = 2, mode = "half-up" }
[[stage]]
id = "theory"
title = "理论"
weight = "0.3"
max = 100
[[stage.aspect]]
id = "paper"
title = "试卷"
kind = "imported"
max = 100
[[stage]]
id = "practice"
title = "实操"
weight = "0.7"
max = 100
[[stage.panel]]
id = "look"
title = "外观组"
judges = 4
drop-high = 1
drop-low = 1
marks = ["face"]
[[stage.aspect]]
id = "face"
title = "焊缝外观"
max = 100
step = "0.5"
[ranking]
ties = ["practice", "people-decide"]
"#;
const JUDGES: [&str; 4] = ["赵评委", "钱评委", "孙评委", "李评委"];
const NOW: Instant = Instant(1_780_000_000_000);

/// Everything that only some may know.
struct People {
    ids: [&'static str; 3],
    names: [&'static str; 3],
    unit: &'static str,
}

const SOME: People =
    People { ids: ["A-1", "B-2", "C-3"], names: ["王芳", "李雷", "韩梅"], unit: "集团/一公司" };
const OTHERS: People =
    People { ids: ["X71", "Y82", "Z93"], names: ["司马光", "诸葛亮", "欧阳修"], unit: "总厂/热电车间" };

/// A contest that runs, at a moment that stands still.
struct Hall {
    world: World,
    judges: Vec<PersonId>,
    people: &'static People,
}

impl Hall {
    /// Number 2 has all marks: theory 90, practice 80, 90, 70 and 100.
    async fn with(people: &'static People) -> Self {
        let world = World::at(Database::sqlite(), Clock::by_hand(NOW)).await;
        let admin = world.account("admin", Admin::Yes).await;
        let mut hall = Self { world, judges: Vec::new(), people };
        let organizer = Actor { person: admin, administrator: true, entrant: None };
        let new = NewContest { id: contest(), title: "焊工技能竞赛".into(), text: DEFINITION.into(), file: None };
        hall.world.app.create_contest(&organizer, new).await.expect("the contest begins");
        let unit = Some(UnitPath::new(people.unit));
        let entrants = people.ids.map(|id| (EntrantId::new(id), Entrant { unit: unit.clone(), ..Entrant::default() }));
        let names = people.ids.iter().zip(people.names).map(|(id, name)| EntrantName {
            entrant: EntrantId::new(*id),
            name: name.into(),
            number: None,
            birth_date: None,
            gender: None,
            phone: None,
        });
        let registered = hall
            .world
            .app
            .register_entrants(&contest(), &organizer, entrants.into(), names.collect(), None, None)
            .await;
        registered.expect("entrants");
        let numbers = people.ids.iter().zip([2, 3, 1]).map(|(id, number)| (EntrantId::new(*id), number)).collect();
        hall.does(Command::EnterLots { event: None, group: None, witness: "监督".into(), numbers }).await;
        for (seat, name) in (1..).zip(JUDGES) {
            let person = hall.world.app.add_person(name, None, None).await.expect("a judge");
            let role = Role::Judge { stage: id("practice"), panel: id("look"), seat, event: None, group: None };
            hall.does(Command::AssignPerson { person: person.clone(), role, unit: None }).await;
            hall.judges.push(person);
        }
        hall.does(Command::ReachPhase { phase: Phase::Running, until: None }).await;
        for stage in ["theory", "practice"] {
            hall.does(Command::OpenStage { stage: id(stage), group: None }).await;
        }
        hall.marks(0, 90, [80, 90, 70, 100]).await;
        hall
    }

    fn admin() -> Actor {
        Actor { person: PersonId::new("nobody"), administrator: true, entrant: None }
    }

    async fn does(&self, command: Command) {
        let (app, what) = (&self.world.app, format!("{command:?}"));
        let receipt = app.act(&contest(), &Self::admin(), command).await;
        let receipt = receipt.unwrap_or_else(|error| panic!("{what}: {error}"));
        app.wait_for(&contest(), receipt.version).await.expect("it is shown");
    }

    /// All marks of the entrant at this place of the list, and every sheet handed in.
    async fn marks(&self, entrant: usize, paper: i64, faces: [i64; 4]) {
        let entrant = EntrantId::new(self.people.ids[entrant]);
        let value = |points: i64| MarkValue::Is(Value::Number(Decimal::from(points)));
        let slot = |stage: &str, aspect: &str, judge: Option<&PersonId>| Slot {
            stage: id(stage),
            piece: None,
            attempt: 1,
            aspect: id(aspect),
            value: None,
            judge: judge.cloned(),
        };
        let paper =
            Command::GiveMark { entrant: entrant.clone(), slot: slot("theory", "paper", None), value: value(paper) };
        self.does(paper).await;
        for (judge, points) in self.judges.iter().zip(faces) {
            let actor = Actor { person: judge.clone(), administrator: false, entrant: None };
            let slot = slot("practice", "face", Some(judge));
            let give = Command::GiveMark { entrant: entrant.clone(), slot, value: value(points) };
            self.world.app.act(&contest(), &actor, give).await.expect("a mark");
            let sheet = SheetKey {
                judge: judge.clone(),
                stage: id("practice"),
                panel: id("look"),
                entrant: entrant.clone(),
                piece: None,
                attempt: 1,
            };
            let receipt =
                self.world.app.act(&contest(), &actor, Command::SubmitSheet { sheet }).await.expect("a sheet");
            self.world.app.wait_for(&contest(), receipt.version).await.expect("it is shown");
        }
    }

    /// Waits until the board's channel has taken in what was done.
    async fn board_has(&self, text: &str) {
        let visitor = self.world.visitor();
        let tries = async {
            while !visitor.opens("/contests/twin/board.json").await.text().contains(text) {
                tokio::task::yield_now().await;
            }
        };
        let patience = std::time::Duration::from_secs(20);
        tokio::time::timeout(patience, tries).await.unwrap_or_else(|_| panic!("`{text}` never came to the board"));
    }

    async fn frame(&self) -> String {
        let address = self.world.address.replace("http://", "ws://");
        let url = format!("{address}/ws/contests/twin/board");
        let (mut socket, _) = tokio_tungstenite::connect_async(url).await.expect("a socket");
        loop {
            if let tokio_tungstenite::tungstenite::Message::Text(text) =
                socket.next().await.expect("a frame").expect("a frame")
            {
                return text.to_string();
            }
        }
    }

    /// All that the public is sent, with where it stood.
    async fn public(&self) -> Vec<(String, String)> {
        let visitor = self.world.visitor();
        let mut all = vec![("frame".to_owned(), self.frame().await)];
        for path in [
            "/",
            "/contests/twin",
            "/contests/twin?q=2",
            "/contests/twin/screen",
            "/contests/twin/board.json",
            "/contests/twin/why/2?table=all",
            "/api/v1/contests/twin/standings",
        ] {
            all.push((path.to_owned(), visitor.opens(path).await.is(200).text()));
        }
        all
    }

    async fn asks(&self, client: &Client, path: &str) -> Answer {
        client.calls(Method::GET, path, None, None).await
    }
}

fn contest() -> ContestId {
    ContestId::new("twin")
}

fn id(text: &str) -> Id {
    Id::new(text)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_only_numbers_are_shown_nothing_tells_who_is_who() {
    let (one, other) = (Hall::with(&SOME).await, Hall::with(&OTHERS).await);
    for frozen in [false, true] {
        if frozen {
            one.does(Command::Freeze).await;
            other.does(Command::Freeze).await;
            for hall in [&one, &other] {
                hall.board_has("\"frozen-at-ms\":1780000000000").await;
            }
        } else {
            one.board_has("86.50").await;
            other.board_has("86.50").await;
        }
        let (seen, same) = (one.public().await, other.public().await);
        for ((path, text), (_, twin)) in seen.iter().zip(&same) {
            assert_eq!(text, twin, "{path} tells two contests apart that differ in who takes part");
            for secret in SOME.ids.iter().chain(&SOME.names).chain(&["一公司"]) {
                assert!(!text.contains(secret), "{path} says {secret}");
            }
            assert!(text.contains("86.50"), "{path} says nothing");
        }
    }
    for key in SOME.ids.iter().chain(&SOME.names) {
        one.world.visitor().opens(&format!("/contests/twin/why/{key}")).await.is(404).hides("86.50");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_frozen_board_stands_still_for_the_public_and_moves_for_organizers() {
    let hall = Hall::with(&SOME).await;
    hall.board_has("86.50").await;
    hall.does(Command::Freeze).await;
    hall.board_has("\"frozen-at-ms\":1780000000000").await;
    let visitor = hall.world.visitor();
    let leaves = hall.asks(&visitor, "/api/v1/contests/twin/ledger").await.is(200).json();
    let before = hall.public().await;
    hall.marks(1, 100, [100, 100, 100, 100]).await;
    assert_eq!(hall.public().await, before);
    assert_eq!(
        hall.asks(&visitor, "/api/v1/contests/twin/ledger").await.json(),
        leaves,
        "not even that something happened"
    );

    let organizer = hall.world.logged_in("admin").await;
    let standings = hall.asks(&organizer, "/api/v1/contests/twin/standings").await.is(200).json();
    assert_eq!(
        (&standings["standings"][0]["name"], &standings["standings"][0]["total"]),
        (&"李雷".into(), &"100.00".into())
    );
    let opened = hall.asks(&organizer, "/api/v1/contests/twin/ledger").await.json();
    assert!(opened["head"].as_u64() > leaves["head"].as_u64());
}

/// Old engines, and those that block scripts: everything stands in the page itself, and nothing sticks out of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_without_scripts_shows_the_whole_board() {
    let hall = Hall::with(&SOME).await;
    // 60 × 0.3 + 70 × 0.7 = 18 + 49 = 67
    hall.marks(1, 60, [70, 70, 70, 70]).await;
    hall.board_has("67.00").await;
    let chromium = Chromium::start().await;
    let phone = chromium.device("phone", browser::PHONE, "zh-CN").await;
    phone.without_scripts().await;
    phone.open(&format!("{}/", hall.world.address)).await;
    phone.sees("2 号").await;
    phone.open(&format!("{}/contests/twin", hall.world.address)).await;
    for text in ["焊工技能竞赛", "1 号", "2 号", "3 号", "86.50", "67.00"] {
        phone.sees(text).await;
    }
    let sticks_out = "document.documentElement.scrollWidth - innerWidth";
    assert!(phone.eval::<i32>(sticks_out).await <= 0, "the board is wider than the phone");
    phone.open(&format!("{}/contests/twin?q=3", hall.world.address)).await;
    let own: String = phone.eval("document.querySelector('#own')?.innerText ?? ''").await;
    assert!(own.contains("67.00") && !own.contains("86.50"), "{own}");
    phone.click_on("tr[data-key='2'] a").await;
    phone.sees("理论 90.00 × 0.3 = 27").await;
    assert!(phone.eval::<i32>(sticks_out).await <= 0, "the explanation is wider than the phone");
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn why_tells_the_public_the_sum_and_organizers_every_mark() {
    let hall = Hall::with(&SOME).await;
    hall.board_has("86.50").await;
    // The highest and the lowest are dropped: (80 + 90) / 2 = 85; 90 × 0.3 + 85 × 0.7 = 27 + 59.5 = 86.5.
    let public = hall.world.visitor().opens("/contests/twin/why/2?table=all").await;
    public.is(200).shows("2 号").shows("86.50").shows("理论 90.00 × 0.3 = 27").shows("实操 85.00 × 0.7 = 59.5");
    public.hides("stage.practice.weight").hides("评委：").hides("最高分").hides("王芳");

    let organizer = hall.world.logged_in("admin").await;
    let staff = organizer.opens("/contests/twin/why/2?table=all").await;
    staff
        .is(200)
        .shows("王芳")
        .shows("钱评委：90")
        .shows("孙评委：70（最低分，去掉）")
        .shows("李评委：100（最高分，去掉）");
    staff.shows("stage.practice.panel.look");

    // A judge of the contest is no more than the public here.
    let judge = hall.world.visitor();
    let card = hall.world.app.issue_card(&contest(), &hall.judges[0]).await.expect("a card");
    judge.posts(&format!("/j/{}", card.token), &[]).await.leads_to("/work");
    judge.opens("/contests/twin/why/2?table=all").await.is(200).hides("评委：").hides("王芳");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn programs_read_standings_by_the_same_rules() {
    let hall = Hall::with(&SOME).await;
    let visitor = hall.world.visitor();
    let answer = hall.asks(&visitor, "/api/v1/contests/twin/standings").await.is(200).json();
    assert_eq!((&answer["contest"], &answer["phase"]), (&"twin".into(), &"running".into()));
    assert_eq!(answer["definition"].as_str().map(str::len), Some(64));
    let first = serde_json::json!({
        "rank": 1, "number": 2, "total": "86.50", "stages": { "theory": "90.00", "practice": "85.00" },
        "status": "ranked", "decided-by": null,
    });
    assert_eq!(answer["standings"][0], first);
    assert_eq!(
        (&answer["standings"][1]["rank"], &answer["standings"][1]["status"]),
        (&().into(), &"incomplete".into())
    );

    let request = visitor.request(Method::GET, "/api/v1/contests/twin/standings").send().await.expect("an answer");
    let tag = request.headers()[header::ETAG].clone();
    let again = visitor.request(Method::GET, "/api/v1/contests/twin/standings").header(header::IF_NONE_MATCH, &tag);
    visitor.sends(again).await.is(304);
    hall.marks(2, 60, [60, 60, 60, 60]).await;
    let again = visitor.request(Method::GET, "/api/v1/contests/twin/standings").header(header::IF_NONE_MATCH, tag);
    visitor.sends(again).await.is(200);
    hall.asks(&visitor, "/api/v1/contests/nowhere/standings").await.is(404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leaves_are_bare_for_the_public_and_can_be_made_again_from_what_organizers_see() {
    use leitai::rules::ledger::leaf::{SALT_BYTES, hex, leaf};

    let hall = Hall::with(&SOME).await;
    let (visitor, organizer) = (hall.world.visitor(), hall.world.logged_in("admin").await);
    let bare = hall.asks(&visitor, "/api/v1/contests/twin/ledger").await.is(200).json();
    let opened = hall.asks(&organizer, "/api/v1/contests/twin/ledger").await.is(200).json();
    let (bare, opened) = (bare["entries"].as_array().expect("leaves"), opened["entries"].as_array().expect("entries"));
    assert!(!bare.is_empty() && bare.len() <= opened.len());
    for (bare, opened) in bare.iter().zip(opened) {
        let keys: Vec<&String> = bare.as_object().expect("a leaf").keys().collect();
        assert_eq!(keys, ["epoch", "leaf", "seq"]);
        assert_eq!((&bare["seq"], &bare["leaf"]), (&opened["seq"], &opened["leaf"]));
    }
    for entry in opened {
        let text = |key: &str| entry[key].as_str().expect("a text");
        let salt: [u8; SALT_BYTES] =
            std::array::from_fn(|at| u8::from_str_radix(&text("salt")[at * 2..at * 2 + 2], 16).expect("hex"));
        let version = u32::try_from(entry["version"].as_u64().expect("a version")).expect("small");
        let (at, seq) = (Instant(entry["at"].as_i64().expect("a time")), entry["seq"].as_u64().expect("a number"));
        assert_eq!(text("leaf"), hex(&leaf(text("kind"), version, at, seq, &salt, text("payload").as_bytes())));
    }
    let rest = hall.asks(&organizer, &format!("/api/v1/contests/twin/ledger?after={}", opened.len() - 1)).await.json();
    assert_eq!(rest["entries"].as_array().map(Vec::len), Some(1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_described_address_answers() {
    let hall = Hall::with(&SOME).await;
    let visitor = hall.world.visitor();
    let description = hall.asks(&visitor, "/api/openapi.json").await.is(200).json();
    for (path, methods) in description["paths"].as_object().expect("paths") {
        let address: Vec<&str> = path
            .split('/')
            .map(|part| match part {
                "{contest}" => "twin",
                "{number}" => "2",
                part if part.starts_with('{') => "practice",
                part => part,
            })
            .collect();
        for method in methods.as_object().expect("methods").keys() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
            let body = (method != Method::GET).then(|| serde_json::json!({}));
            let answer = visitor.calls(method.clone(), &address.join("/"), None, body).await;
            // This contest has no ladder; the tests of ladders ask where there is one.
            let no_ladder = path.ends_with("/{ladder}") && answer.status == 404;
            let known = [200, 400, 401].contains(&answer.status.as_u16()) || no_ladder;
            assert!(known, "{method} {path}: {} {}", answer.status, answer.text());
            let described = methods[method.as_str().to_lowercase()]["responses"][answer.status.as_str()].is_object();
            assert!(described, "{method} {path} answers {}", answer.status);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_page_shows_what_moves() {
    let hall = Hall::with(&SOME).await;
    hall.board_has("86.50").await;
    let page = hall.world.visitor().opens("/").await;
    page.is(200).shows("焊工技能竞赛").shows("实时").shows("86.50").shows("1 人已有成绩，共 3 人").hides("王芳");
}
