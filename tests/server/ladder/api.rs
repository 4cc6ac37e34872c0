//! The JSON of ladders, from both sides of each refusal.

use leitai::{
    app::Clock,
    rules::{
        command::Command,
        ladder::Act,
        ledger::{Instant, ladder::LeaveKind},
    },
};
use reqwest::Method;
use serde_json::{Value, json};

use super::{DAY_MS, DUEL, RECORD, START, Stars, entrant};
use crate::world::{Answer, Client};

const API: &str = "/api/v1/contests/stars/ladders/star";

async fn board(client: &Client) -> Value {
    client.calls(Method::GET, API, None, None).await.is(200).json()
}

async fn challenges(client: &Client, target: &str) -> Answer {
    client.calls(Method::POST, &format!("{API}/challenges"), None, Some(json!({ "target": target }))).await
}

async fn answers(client: &Client, challenge: &Value, accept: bool) -> Answer {
    let path = format!("/api/v1/contests/stars/challenges/{}/answer", challenge.as_str().expect("an id"));
    client.calls(Method::POST, &path, None, Some(json!({ "accept": accept }))).await
}

fn line<'b>(board: &'b Value, key: &str) -> &'b Value {
    let lines = board["lines"].as_array().expect("lines");
    lines.iter().find(|line| line["who"]["key"] == key).unwrap_or_else(|| panic!("{key} is not in {board}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn anybody_reads_a_ladder_and_only_workers_are_told_what_they_may() {
    let stars = Stars::begin(RECORD).await;
    let public = board(&stars.world.visitor()).await;
    assert_eq!(
        (&public["title"], &public["people"], &public["format"]),
        (&json!("钳工擂台"), &json!(4), &json!("record"))
    );
    assert_eq!((&line(&public, "W1")["may"], &line(&public, "W1")["who"]["name"]), (&json!(null), &json!("李强")));
    assert_eq!(public["place"], json!(null));
    let worker = board(&stars.worker(2).await).await;
    assert_eq!((&worker["place"], &line(&worker, "W2")["who"]["me"]), (&json!(2), &json!(true)));
    assert_eq!(line(&worker, "W1")["may"]["allowed"], json!(true));
    let below = &line(&worker, "W3")["may"];
    assert_eq!((&below["allowed"], &below["until"]), (&json!(false), &json!(null)));
    assert_eq!(below["message"], json!("只能向上挑战，对方的名次不在前面。"));

    let visitor = stars.world.visitor();
    visitor.calls(Method::GET, "/api/v1/contests/stars/ladders/other", None, None).await.is(404);
    visitor.calls(Method::GET, "/api/v1/contests/none/ladders/star", None, None).await.is(404);
    challenges(&visitor, "W1").await.is(401);
    let organizer = stars.organizer().await;
    challenges(&organizer, "W1").await.is(403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_is_attacked_with_a_paper_at_once() {
    let stars = Stars::begin(RECORD).await;
    stars.record(1, 80).await;
    let phone = stars.worker(3).await;
    let may = &line(&board(&phone).await, "W1")["may"].clone();
    assert_eq!(may["to-beat"], json!({ "score": "80", "used-ms": 0 }));
    let body = json!({ "target": "W1", "operation": "tap-1" });
    let sent = phone.calls(Method::POST, &format!("{API}/challenges"), None, Some(body.clone())).await.is(200).json();
    let paper = sent["paper"].as_str().expect("a paper");
    let page = phone.calls(Method::GET, &format!("/api/v1/contests/stars/papers/{paper}"), None, None).await;
    assert_eq!(page.is(200).json()["items"].as_array().map(Vec::len), Some(5));
    // Sent again because the answer was lost: the same challenge and the same paper.
    let again = phone.calls(Method::POST, &format!("{API}/challenges"), None, Some(body)).await.is(200).json();
    assert_eq!(again, sent);
    let other = json!({ "target": "W2", "operation": "tap-1" });
    phone.calls(Method::POST, &format!("{API}/challenges"), None, Some(other)).await.is(422);
    let open = board(&stars.worker(4).await).await;
    assert_eq!(line(&open, "W1")["challenged"], json!(1));
    assert_eq!(line(&open, "W1")["may"]["rule"], json!("at-once.in"));

    stars.gets(sent["challenge"].as_str().expect("an id"), 3, 81).await;
    let after = board(&phone).await;
    assert_eq!((&after["place"], &line(&after, "W3")["record"]["score"]), (&json!(1), &json!("81")));
    assert_eq!(after["happened"][0]["text"], json!("张伟 打破 李强 的纪录，成为新科明星！"));
    assert_eq!(after["reigns"][0]["won-from"]["name"], json!("李强"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_challenge_is_accepted_declined_or_taken_back() {
    let stars = Stars::begin(DUEL).await;
    let (holder, second, third) = (stars.worker(1).await, stars.worker(2).await, stars.worker(3).await);
    let sent = challenges(&second, "W1").await.is(200).json();
    assert_eq!(sent.get("paper"), None, "who is challenged answers first");
    // Seven days by default.
    assert_eq!(board(&second).await["challenges"][0]["respond-by"], json!(START.0 + 7 * DAY_MS));
    answers(&third, &sent["challenge"], true).await.is(409).shows("与您无关");
    answers(&second, &sent["challenge"], true).await.is(409);
    answers(&holder, &json!("c-none"), true).await.is(409).shows("c-none");
    assert_eq!(answers(&holder, &sent["challenge"], true).await.is(200).json()["state"], json!("playing"));
    answers(&holder, &sent["challenge"], true).await.is(409).shows("不用应答");

    let declined = challenges(&third, "W2").await.is(200).json();
    assert_eq!(answers(&second, &declined["challenge"], false).await.is(200).json()["state"], json!("lapsed"));
    answers(&second, &declined["challenge"], true).await.is(409).shows("已经结束");
}

/// What happens first.
type Before = fn(&Stars) -> std::pin::Pin<Box<dyn Future<Output = ()> + '_>>;
/// Rules, what happens first, who challenges whom, the rule that forbids it, what it says, the day from which it is allowed.
type Told = (&'static str, Before, (usize, &'static str), Value, String, Option<i64>);

/// Each rule: the refusal, told by the board before and by the answer after, and the moment from which it is allowed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_board_says_beside_a_name_is_what_a_challenge_is_told() {
    let until = |day: &str| format!("，到 {day} 为止。");
    let lost: Before = |stars| {
        Box::pin(async {
            stars.record(1, 80).await;
            let sent = challenges(&stars.worker(2).await, "W1").await.is(200).json();
            stars.gets(sent["challenge"].as_str().expect("an id"), 2, 70).await;
        })
    };
    let won: Before = |stars| {
        Box::pin(async {
            let sent = challenges(&stars.worker(2).await, "W1").await.is(200).json();
            stars.gets(sent["challenge"].as_str().expect("an id"), 2, 70).await;
        })
    };
    let leave: Before = |stars| {
        Box::pin(async {
            let (from, until) = (START, Instant(START.0 + 3 * DAY_MS));
            let act = Act::SetLeave { entrant: Some(entrant(1)), leave: LeaveKind::Sick, from, until };
            stars.does(Command::Ladder(act)).await;
        })
    };
    let nothing: Before = |_| Box::pin(async {});
    let cases: [Told; 7] = [
        (
            "",
            lost,
            (2, "W1"),
            json!("rest.loser-days"),
            format!("您攻擂失败后要休整{}", until("2026-09-08 09:00")),
            Some(7),
        ),
        (
            "rest = { loser-days = 0, pair-days = 5, winner-days = 0 }",
            lost,
            (2, "W1"),
            json!("rest.pair-days"),
            format!("两人刚交过手，要隔一段时间{}", until("2026-09-06 09:00")),
            Some(5),
        ),
        (
            "",
            won,
            (3, "W2"),
            json!("rest.winner-days"),
            format!("对方刚刚获胜，处于保护期{}", until("2026-09-08 09:00")),
            Some(7),
        ),
        ("", leave, (2, "W1"), json!(null), format!("对方正在请假，不能被挑战{}", until("2026-09-04 09:00")), Some(3)),
        ("range = { up = 2 }", nothing, (4, "W1"), json!("range"), "只能挑战前面 2 名之内的人。".into(), None),
        ("", nothing, (1, "W1"), json!(null), "不能挑战自己。".into(), None),
        (
            "calendar = { forbidden = [{ from = \"08:00\", to = \"12:00\" }] }",
            nothing,
            (2, "W1"),
            json!("calendar.forbidden"),
            format!("现在是每天不攻擂的时段{}", until("2026-09-01 12:00")),
            None,
        ),
    ];
    for (rules, before, (who, target), rule, says, days) in cases {
        let stars = Stars::begin(&format!("{RECORD}{rules}\n")).await;
        before(&stars).await;
        let phone = stars.worker(who).await;
        if format!("W{who}") != target {
            let seen = board(&phone).await;
            let may = &line(&seen, target)["may"];
            assert_eq!(
                (&may["allowed"], &may["rule"], &may["message"]),
                (&json!(false), &rule, &json!(says)),
                "{rules}"
            );
        }
        challenges(&phone, target).await.is(409).shows(says.trim_end_matches('。'));
        let Some(days) = days else { continue };
        stars.clock.set(Instant(START.0 + days * DAY_MS - 1));
        let phone = stars.worker(who).await;
        challenges(&phone, target).await.is(409);
        stars.clock.set(Instant(START.0 + days * DAY_MS));
        challenges(&phone, target).await.is(200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_numbers_or_nothing_as_the_board_says() {
    let numbers = Stars::with("board = \"numbers\"", DUEL, Clock::by_hand(START)).await;
    let drawn = (1..=4).map(|n| (entrant(n), u32::try_from(n).expect("small") + 20)).collect();
    numbers.does(Command::EnterLots { event: None, group: None, witness: "王主任".into(), numbers: drawn }).await;
    let public = numbers.world.visitor().calls(Method::GET, API, None, None).await;
    public.is(200).hides("李强").hides("W1").hides("W2").shows("21");
    let phone = numbers.worker(2).await;
    challenges(&phone, "W1").await.is(409);
    challenges(&phone, "21").await.is(200);
    let own = numbers.worker(1).await;
    own.calls(Method::GET, API, None, None).await.is(200).hides("王芳").hides("W2");

    let hidden = Stars::with("board = \"off\"", RECORD, Clock::by_hand(START)).await;
    let public = hidden.world.visitor().calls(Method::GET, API, None, None).await;
    public.is(200).hides("李强").hides("W1");
    assert_eq!(public.json()["lines"], json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_frozen_board_hides_what_happens_on_a_ladder() {
    let stars = Stars::begin(RECORD).await;
    stars.record(1, 80).await;
    stars.does(Command::Freeze).await;
    let public = stars.world.visitor();
    let before = public.calls(Method::GET, API, None, None).await.json();
    assert_eq!(before["frozen-since"], json!(START.0));
    let phone = stars.worker(2).await;
    let sent = challenges(&phone, "W1").await.is(200).json();
    let own = board(&phone).await;
    assert_eq!(own["challenges"].as_array().map(Vec::len), Some(1), "one's own is seen");
    stars.gets(sent["challenge"].as_str().expect("an id"), 2, 90).await;
    let during = public.calls(Method::GET, API, None, None).await.json();
    for part in ["lines", "challenges", "happened", "reigns", "people"] {
        assert_eq!(during[part], before[part], "{part}");
    }
    stars.does(Command::Unfreeze).await;
    let after = public.calls(Method::GET, API, None, None).await.json();
    assert_eq!(after["lines"][0]["who"]["key"], json!("W2"));
}

/// What a device calls its operation stands in no address, and uses up nobody else's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operations_name_keeps_nobody_from_answering() {
    let stars = Stars::begin(DUEL).await;
    let asks = |target: &'static str| json!({ "target": target, "operation": "a/b?c#d" });
    let path = format!("{API}/challenges");
    let (second, third) = (stars.worker(2).await, stars.worker(3).await);
    let sent = second.calls(Method::POST, &path, None, Some(asks("W1"))).await.is(200).json();
    let again = second.calls(Method::POST, &path, None, Some(asks("W1"))).await.is(200).json();
    assert_eq!(sent, again, "the same operation");
    let other = third.calls(Method::POST, &path, None, Some(asks("W2"))).await.is(200).json();
    assert_ne!(sent["challenge"], other["challenge"]);
    let holder = stars.worker(1).await;
    holder.opens("/contests/stars/me").await.is(200).shows("应战");
    answers(&holder, &sent["challenge"], true).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hidden_board_tells_nothing_of_others() {
    let stars = Stars::with("board = \"off\"", RECORD, Clock::by_hand(START)).await;
    stars.record(1, 80).await;
    let second = stars.worker(2).await;
    let seen = board(&second).await;
    assert_eq!((&seen["happened"], &seen["reigns"], &seen["challenges"]), (&json!([]), &json!([]), &json!([])));
    assert_eq!(seen["lines"].as_array().map(Vec::len), Some(1), "one's own");
    second.opens("/contests/stars").await.hides("80 分").hides("王芳");
}
