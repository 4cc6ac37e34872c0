//! Guessing passwords and codes: whoever guesses waits, longer each time, and nobody else does.

use leitai::{
    app::{Clock, people::Admin},
    rules::{ledger::Instant, names::ContestId},
};
use reqwest::Method;
use serde_json::json;

use crate::{
    support::databases::Database,
    world::{Answer, Client, World},
};

const START_MS: i64 = 1_780_000_000_000;

/// A world whose clock stands still until it is turned.
async fn world() -> (World, Clock) {
    let clock = Clock::by_hand(Instant(START_MS));
    let world = World::at(Database::sqlite(), clock.clone()).await;
    let made = world.app.store().create_contest(&ContestId::new("welding"), "焊工技能大赛", None, Instant(1)).await;
    made.expect("a contest");
    world.account("zhanghua", Admin::No).await;
    (world, clock)
}

async fn guesses(client: &Client) -> Answer {
    client.posts("/login", &[("login", "zhanghua"), ("password", "wrong-battery")]).await
}

async fn knows(client: &Client) -> Answer {
    client.posts("/login", &[("login", "zhanghua"), ("password", "correct-horse")]).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guesser_waits_and_the_owners_device_does_not() {
    let (world, clock) = world().await;
    let owner = world.visitor();
    knows(&owner).await.leads_to("/work");
    owner.posts("/logout", &[]).await.leads_to("/");
    for _ in 0..5 {
        guesses(&world.visitor()).await.is(422);
    }
    // The right password would not help a guesser: it is not looked at.
    let stranger = world.visitor();
    let told = knows(&stranger).await;
    told.is(429).shows("请在 5 秒后再试").shows("value=\"zhanghua\"").hides("correct-horse");
    assert_eq!(told.retry_after, Some(5));
    knows(&owner).await.leads_to("/work");

    clock.set(Instant(START_MS + 4_001));
    assert_eq!(knows(&stranger).await.is(429).retry_after, Some(1), "0.999 s are a whole second");
    clock.set(Instant(START_MS + 5_000));
    knows(&stranger).await.leads_to("/work");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_nobody_has_is_answered_alike() {
    let (world, _) = world().await;
    let stranger = world.visitor();
    let told = async |login: &str| {
        let fields = [("login", login), ("password", "wrong-battery")];
        let answer = stranger.posts("/login", &fields).await;
        (answer.status.as_u16(), answer.retry_after, answer.text().replace(login, "NAME"))
    };
    for _ in 0..7 {
        assert_eq!(told("zhanghua").await, told("zhanghub").await);
    }
    assert_eq!(told("zhanghub").await.0, 429);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn programs_are_told_when_and_in_their_language() {
    let (world, clock) = world().await;
    let program = world.visitor();
    let body = json!({ "login": "zhanghua", "password": "wrong-battery" });
    let tries = async |language: &str| {
        let request = program.request(Method::POST, "/api/v1/sessions").json(&body);
        // The client's own header comes first; the answer follows the first one.
        let request = request.header("cookie", format!("lang={language}"));
        program.sends(request).await
    };
    for _ in 0..5 {
        assert_eq!(tries("zh").await.is(401).json()["error"], "not-let-in");
    }
    let told = tries("zh").await;
    assert_eq!((told.is(429).json()["error"].as_str(), told.retry_after), (Some("tried-too-often"), Some(5)));
    assert!(told.json()["remedy"].as_str().expect("a remedy").contains("5 秒"), "{}", told.text());
    let told = tries("en").await;
    assert!(told.json()["remedy"].as_str().expect("a remedy").contains("5 seconds"), "{}", told.text());
    // 5, 10, 20, 40, 80, 160 s: after the eleventh failure the wait is 300 s, said in minutes.
    let mut now = START_MS;
    for wait in [5, 10, 20, 40, 80, 160] {
        now += wait * 1_000;
        clock.set(Instant(now));
        tries("zh").await.is(401);
    }
    let told = tries("zh").await;
    assert!(told.json()["remedy"].as_str().expect("a remedy").contains("5 分钟"), "{}", told.text());
    assert_eq!(told.retry_after, Some(300));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_password_begins_afresh() {
    let (world, _) = world().await;
    for _ in 0..5 {
        guesses(&world.visitor()).await.is(422);
    }
    knows(&world.visitor()).await.is(429);
    world.app.change_password("zhanghua", "correct-horse").await.expect("a new one");
    knows(&world.visitor()).await.leads_to("/work");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_of_codes_keeps_no_card_out() {
    let (world, clock) = world().await;
    let card = world.card("welding", "王芳").await;
    let known = world.visitor();
    known.posts("/login/code", &[("code", &card.short)]).await.leads_to("/work");
    let guesser = world.visitor();
    for _ in 0..1_000 {
        let guess = json!({ "code": "AAAA AAAA" });
        guesser.calls(Method::POST, "/api/v1/sessions", None, Some(guess)).await.is(401);
    }
    let judge = world.visitor();
    let told = judge.posts("/login/code", &[("code", &card.short)]).await;
    told.is(429).shows("二维码").shows(&card.short);
    assert_eq!(told.retry_after, Some(1));
    known.posts("/login/code", &[("code", &card.short)]).await.leads_to("/work");
    judge.posts(&format!("/j/{}", card.token), &[]).await.leads_to("/work");
    judge.posts("/login/code", &[("code", &card.short)]).await.leads_to("/work");
    clock.set(Instant(START_MS + 1_000));
    world.visitor().posts("/login/code", &[("code", &card.short)]).await.leads_to("/work");
}
