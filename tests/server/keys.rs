//! Before a paper is closed nothing tells of its keys: two banks that differ in nothing else look the same to a worker,
//! to the byte, on pages, in JSON, in errors and on sockets.

use futures_util::StreamExt as _;
use leitai::{
    app::Clock,
    rules::{
        items::{Body, Difficulty, Fault, Item, Region, Shape},
        ledger::Instant,
        names::Id,
    },
};
use reqwest::Method;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest as _};

use crate::{
    quiz::{EACH_KIND, ME, PAPERS, Quiz, START_MS},
    world::Client,
};

/// Two orders of two options twice: a pair of papers is alike once in four times.
const TRIES: usize = 100;

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|text| (*text).to_owned()).collect()
}

/// One item of each kind, with one key or another.
fn bank(other: bool) -> Vec<Item> {
    let pick = |one: usize, two: usize| if other { two } else { one };
    let number = |n: i64| Decimal::from(n);
    let rectangle = |x: i64| Shape::Rectangle { x: number(x), y: number(10), width: number(20), height: number(20) };
    let region = |x: i64, title: &str| Region { shape: rectangle(x), title: title.to_owned() };
    let pair = |left: &str, right: &str| (left.to_owned(), right.to_owned());
    let fault = |from: usize, accepted: &str| Fault { from, length: 2, accepted: texts(&[accepted]) };
    let bodies = [
        Body::Single { options: texts(&["甲", "乙", "丙", "丁"]), right: pick(0, 2) },
        Body::Multiple {
            options: texts(&["甲", "乙", "丙", "丁"]),
            right: if other { vec![3] } else { vec![0, 1, 2] },
        },
        Body::TrueFalse { right: other },
        Body::FillIn {
            blanks: vec![if other {
                texts(&["安全帽"])
            } else {
                texts(&["安全带", "双钩安全带", "五点式安全带"])
            }],
            any_order: false,
        },
        Body::Number { from: number(if other { 100 } else { 5 }), to: number(if other { 100 } else { 6 }) },
        Body::Ordering { options: texts(&["先", "后"]), right: vec![pick(0, 1), pick(1, 0)] },
        Body::Matching {
            pairs: vec![pair("左一", ["右一", "右二"][pick(0, 1)]), pair("左二", ["右二", "右一"][pick(0, 1)])],
        },
        Body::FindFix {
            text: "高处作业应当使用安全带并且系在腰部以下".to_owned(),
            faults: if other { vec![fault(0, "登高")] } else { vec![fault(4, "必须"), fault(15, "胸部")] },
        },
        Body::Hazards {
            description: "一处施工现场".to_owned(),
            regions: if other {
                vec![region(60, "未戴安全帽")]
            } else {
                vec![region(10, "临边无护栏"), region(40, "电线拖地")]
            },
        },
    ];
    let item = |(at, body): (usize, Body)| Item {
        id: Id::new(format!("i{at}")),
        stem: format!("第 {at} 题 ____"),
        subject: None,
        difficulty: Difficulty::Medium,
        picture: matches!(body, Body::Hazards { .. }).then(|| "welding.svg".to_owned()),
        points: None,
        explanation: None,
        body,
    };
    bodies.into_iter().enumerate().map(item).collect()
}

/// A contest and the phone of one of its workers, with a socket open all the time.
struct Side {
    quiz: Quiz,
    phone: Client,
    clock: Clock,
}

impl Side {
    async fn begin(other: bool) -> Self {
        let clock = Clock::by_hand(Instant(START_MS));
        let definition = EACH_KIND.replace("shuffle-items = false", "shuffle-items = false\nshuffle-options = false");
        assert_ne!(definition, EACH_KIND);
        let quiz = Quiz::begin(&definition, clock.clone(), bank(other)).await;
        let phone = quiz.worker("W1").await;
        Self { quiz, phone, clock }
    }

    async fn practises(&self) -> String {
        let fields = [("paper", "daily"), ("practice", "yes")];
        let answer = self.phone.posts("/contests/quiz/papers", &fields).await;
        answer
            .location
            .clone()
            .unwrap_or_else(|| panic!("{}", answer.text()))
            .rsplit('/')
            .next()
            .expect("an id")
            .to_owned()
    }

    async fn sheet(&self, paper: &str) -> Value {
        self.phone.calls(Method::GET, &format!("{PAPERS}/{paper}"), None, None).await.is(200).json()
    }

    async fn hands_in(&self, paper: &str) -> Value {
        self.phone.calls(Method::POST, &format!("{PAPERS}/{paper}/hand-in"), None, None).await.is(200).json()
    }

    /// The first frame of the board's socket, as this worker's browser gets it.
    async fn frame(&self) -> String {
        let address = self.quiz.world.address.replace("http://", "ws://");
        let request = format!("{address}/ws/contests/quiz/board").into_client_request().expect("an address");
        let (mut socket, _) = tokio_tungstenite::connect_async(request).await.expect("a socket");
        loop {
            if let Message::Text(text) = socket.next().await.expect("a frame").expect("a frame") {
                return text.to_string();
            }
        }
    }

    /// All that the worker gets while the paper is open, ids and heads of chains put aside.
    async fn all(&self, paper: &str) -> Vec<(String, String)> {
        let mut all = Vec::new();
        let mut put = |what: &str, status: u16, text: String| {
            all.push((what.to_owned(), format!("{status} {}", masked(&text, paper))));
        };
        let answers = [
            ("i0", json!({ "single": 0 })),
            ("i0", json!({ "single": 4 })),
            ("i1", json!({ "multiple": [0, 1, 2] })),
            ("i1", json!({ "multiple": [3] })),
            ("i2", json!({ "true-false": true })),
            ("i2", json!({ "single": 1 })),
            ("i3", json!({ "fill-in": ["安全帽"] })),
            ("i3", json!({ "fill-in": ["甲", "乙"] })),
            ("i4", json!({ "number": "100" })),
            ("i5", json!({ "ordering": [1, 0] })),
            ("i6", json!({ "matching": { "0": 1, "1": 0 } })),
            ("i7", json!({ "find-fix": [{ "from": 0, "length": 2, "text": "登高" }] })),
            ("i7", json!({ "find-fix": [{ "from": 90, "length": 2, "text": "登高" }] })),
            ("i8", json!({ "hazards": [{ "x": "65", "y": "15" }] })),
            ("i8", Value::Null),
        ];
        for (at, (item, answer)) in answers.into_iter().enumerate() {
            let path = format!("{PAPERS}/{paper}/answers/op-{at}");
            let body = json!({ "item": item, "answer": answer, "count": at });
            let got = self.phone.calls(Method::PUT, &path, None, Some(body)).await;
            put(&format!("answer {at} to {item}"), got.status.as_u16(), got.text());
        }
        for path in [
            format!("/contests/quiz/papers/{paper}"),
            format!("{PAPERS}/{paper}"),
            ME.to_owned(),
            "/contests/quiz".to_owned(),
            "/contests/quiz/board.json".to_owned(),
            "/api/v1/contests/quiz/standings".to_owned(),
            "/contests/quiz/items/pictures/welding.svg".to_owned(),
            "/contests/quiz/papers/p-unknown".to_owned(),
        ] {
            let got = self.phone.opens(&path).await;
            put(&path.replace(paper, "P"), got.status.as_u16(), got.text());
        }
        put("frame", 101, self.frame().await);
        all
    }
}

/// Without the paper's random id, and without hashes, which depend on it.
fn masked(text: &str, paper: &str) -> String {
    let text = text.replace(paper, "PAPER");
    let mut out = String::new();
    let mut run = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_hexdigit() {
            run.push(c);
            continue;
        }
        out.push_str(if run.len() == 64 { "HEAD" } else { &run });
        run.clear();
        out.push(c);
    }
    out
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn banks_that_differ_in_keys_look_the_same_before_closing() {
    let (one, other) = (Side::begin(false).await, Side::begin(true).await);
    let mut papers = (one.practises().await, other.practises().await);
    let mut alike = false;
    for _ in 0..TRIES {
        // The seeds of the two are random; what is compared are two papers in which the same things stand.
        let items = (one.sheet(&papers.0).await["items"].clone(), other.sheet(&papers.1).await["items"].clone());
        alike = items.0 == items.1;
        if alike {
            break;
        }
        one.hands_in(&papers.0).await;
        other.hands_in(&papers.1).await;
        papers = (one.practises().await, other.practises().await);
    }
    assert!(alike, "no two papers are alike: something shows the key");
    for side in [&one, &other] {
        side.clock.set(Instant(START_MS + 1_000));
    }
    // Earlier papers are listed on the own page, by their ids.
    let unlisted = |all: Vec<(String, String)>| -> Vec<(String, String)> {
        let cut = |text: String| text.split("<ul class=\"plain attempts\"").next().unwrap_or_default().to_owned();
        all.into_iter().map(|(what, text)| if what == ME { (what, cut(text)) } else { (what, text) }).collect()
    };
    let (seen, twin) = (unlisted(one.all(&papers.0).await), unlisted(other.all(&papers.1).await));
    for ((what, text), (_, twin)) in seen.iter().zip(&twin) {
        assert_eq!(text, twin, "{what} tells the banks apart");
    }
    assert_eq!(seen.len(), twin.len());
    // Afterwards they differ, so that what is compared above could have.
    let (result, twin) = (one.hands_in(&papers.0).await, other.hands_in(&papers.1).await);
    assert_ne!(result["points"], twin["points"]);
}
