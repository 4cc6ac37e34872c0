//! Coming in: accounts, cards, the first set-up, the API; and what must not let anybody in.

use leitai::{
    app::people::Admin,
    rules::{ledger::Instant, names::ContestId},
};
use reqwest::Method;
use serde_json::json;

use crate::world::World;

/// A world with a contest that a card can open.
async fn world() -> World {
    let world = World::begin().await;
    let made = world.app.store().create_contest(&ContestId::new("welding"), "焊工技能大赛", None, Instant(1)).await;
    made.expect("a contest");
    world
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_comes_in_and_goes_where_it_wanted() {
    let world = world().await;
    world.account("zhanghua", Admin::No).await;
    let visitor = world.visitor();
    visitor.opens("/work").await.leads_to("/login?to=/work");
    visitor.opens("/login?to=/organizer").await.is(200).shows("value=\"/organizer\"");
    let fields = [("login", " zhanghua "), ("password", "correct-horse"), ("to", "/organizer")];
    visitor.posts("/login", &fields).await.leads_to("/organizer");
    visitor.opens("/work").await.leads_to("/organizer");
    visitor.posts("/logout", &[]).await.leads_to("/");
    visitor.opens("/work").await.leads_to("/login?to=/work");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_keeps_the_name_and_never_the_password() {
    let world = world().await;
    world.account("zhanghua", Admin::No).await;
    let visitor = world.visitor();
    let answer = visitor.posts("/login", &[("login", "zhanghua"), ("password", "wrong-battery")]).await;
    answer.is(422).shows("账号或密码不对").shows("value=\"zhanghua\"").hides("wrong-battery");
    let answer = visitor.posts("/login", &[("login", "nobody"), ("password", "wrong-battery")]).await;
    answer.is(422).shows("账号或密码不对");
    visitor.opens("/work").await.leads_to("/login?to=/work");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_sent_to_another_site() {
    let world = world().await;
    world.account("zhanghua", Admin::No).await;
    let fields = [("login", "zhanghua"), ("password", "correct-horse"), ("to", "//evil.example/")];
    world.visitor().posts("/login", &fields).await.leads_to("/work");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_site_cannot_log_somebody_in() {
    let world = world().await;
    world.account("zhanghua", Admin::No).await;
    let fields = [("login", "zhanghua"), ("password", "correct-horse")];
    let visitor = world.visitor();
    visitor.posts_from("http://evil.example", "/login", &fields).await.is(403).shows("来源不符");
    visitor.opens("/work").await.leads_to("/login?to=/work");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn looking_at_a_card_lets_nobody_in_and_its_button_does() {
    let world = world().await;
    let card = world.card("welding", "王芳").await;
    let judge = world.visitor();
    let page = format!("/j/{}", card.token);
    judge.opens(&page).await.is(200).shows("王芳").shows("焊工技能大赛");
    judge.opens("/work").await.leads_to("/login?to=/work");
    judge.posts(&page, &[]).await.leads_to("/work");
    judge.opens("/work").await.leads_to("/judge/welding");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_card_ends_the_old_one_and_who_came_in_with_it() {
    let world = world().await;
    let old = world.card("welding", "王芳").await;
    let judge = world.visitor();
    judge.posts(&format!("/j/{}", old.token), &[]).await.leads_to("/work");
    let new = world.app.issue_card(&ContestId::new("welding"), &old.person).await.expect("a card");
    judge.opens("/work").await.leads_to("/login?to=/work");
    judge.opens(&format!("/j/{}", old.token)).await.is(404).shows("这张卡不能用了");
    judge.posts(&format!("/j/{}", old.token), &[]).await.is(404);
    judge.posts(&format!("/j/{}", new.token), &[]).await.leads_to("/work");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_short_code_is_taken_however_it_is_typed() {
    let world = world().await;
    let card = world.card("welding", "王芳").await;
    let judge = world.visitor();
    judge.posts("/login/code", &[("code", "AAAA AAAA")]).await.is(422).shows("没有这个登录码").shows("AAAA AAAA");
    let typed = format!(" {}-{} ", card.short[..4].to_lowercase(), &card.short[4..]);
    judge.posts("/login/code", &[("code", &typed)]).await.leads_to("/work");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_program_logs_in_and_shows_its_token() {
    let world = world().await;
    let card = world.card("welding", "王芳").await;
    let program = world.visitor();
    let wrong = json!({ "code": "AAAAAAAA" });
    let answer = program.calls(Method::POST, "/api/v1/sessions", None, Some(wrong)).await;
    assert_eq!(answer.is(401).json()["error"], "not-let-in");
    let unknown = json!({ "code": card.short, "admin": true });
    program.calls(Method::POST, "/api/v1/sessions", None, Some(unknown)).await.is(400);
    let answer = program.calls(Method::POST, "/api/v1/sessions", None, Some(json!({ "code": card.short }))).await;
    let session = answer.is(200).json();
    assert_eq!(session["contest"], "welding");
    let token = session["token"].as_str().expect("a token");
    program.calls(Method::GET, "/work", Some(token), None).await.leads_to("/judge/welding");
    program.calls(Method::GET, "/work", Some("made-up"), None).await.leads_to("/login?to=/work");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_account_is_made_at_a_secret_address_once() {
    let world = world().await;
    let visitor = world.visitor();
    visitor.opens("/setup/guess").await.is(404);
    let token = world.app.set_up_token().await.expect("an answer").expect("nobody is there yet");
    let page = format!("/setup/{token}");
    visitor.opens(&page).await.is(200).shows("首次设置");
    let mut fields = [("name", "张华"), ("login", "zhanghua"), ("password", "short"), ("again", "short")];
    visitor.posts(&page, &fields).await.is(422).shows("密码至少要有 8 个字符").shows("value=\"张华\"");
    fields[2].1 = "correct-horse";
    visitor.posts(&page, &fields).await.is(422).shows("两次输入的密码不一样");
    fields[3].1 = "correct-horse";
    visitor.posts(&page, &fields).await.leads_to("/work");
    visitor.opens("/work").await.leads_to("/organizer");
    assert!(world.app.accounts().await.expect("accounts")[0].admin);
    visitor.opens(&page).await.is(404);
    visitor.posts(&page, &fields).await.is(404);
    assert_eq!(world.app.set_up_token().await.expect("an answer"), None);
}
