//! The star board, the worker's page and the hall's screen of a ladder, without script.

use leitai::rules::command::Command;
use reqwest::Method;
use serde_json::Value;

use super::{DUEL, RECORD, STAR, Stars};
use crate::world::Client;

/// What the socket and `board.json` say of the ladder.
async fn look(client: &Client) -> (String, Value) {
    let frame = client.calls(Method::GET, "/contests/stars/board.json", None, None).await.is(200).json();
    (frame["version"].as_str().expect("a version").to_owned(), frame["board"]["ladders"][0].clone())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_finds_the_ladder_and_who_holds_it() {
    let stars = Stars::begin(RECORD).await;
    stars.record(1, 80).await;
    let visitor = stars.world.visitor();
    visitor.opens("/").await.is(200).shows("钳工擂台").shows("李强");
    visitor.opens("/contests/stars").await.is(200).shows(STAR).shows("李强");
    let board = visitor.opens(STAR).await;
    board.is(200).shows("擂主").shows("80 分").shows("登录攻擂").hides("挑战擂主");
    visitor.opens("/contests/stars/screen").await.is(200).shows("李强").shows("80 分");
    visitor.opens("/contests/stars/screen?ladder=").await.is(200).hides("80 分");
    visitor.opens("/contests/stars/ladders/none").await.is(404);
    let (_, ladder) = look(&visitor).await;
    assert_eq!((&ladder["holder"]["name"], &ladder["defences"]), (&"李强".into(), &1.into()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tap_challenges_and_leads_to_the_paper() {
    let stars = Stars::begin(RECORD).await;
    stars.record(1, 80).await;
    let (visitor, phone) = (stars.world.visitor(), stars.worker(2).await);
    let before = look(&visitor).await;
    phone.opens(STAR).await.is(200).shows("挑战擂主").shows("要超过 80 分").shows("只能向上挑战");
    let fields = [("target", "W1"), ("operation", "0123")];
    let path = format!("{STAR}/challenges");
    let sent = phone.posts(&path, &fields).await;
    let paper = sent.location.clone().unwrap_or_default();
    assert!(paper.starts_with("/contests/stars/papers/p-"), "{sent:?}");
    phone.opens(&paper).await.is(200);
    // Two taps are one challenge.
    phone.posts(&path, &fields).await.leads_to(&paper);
    phone.posts(&path, &[("target", "W1")]).await.is(409).shows("已有 1 场自己发起的挑战没有结束");
    phone.opens(STAR).await.is(200).shows("去答卷");
    let me = phone.opens("/contests/stars/me").await;
    me.is(200).shows("请出赛：对手 李强").shows("截止 2026-09-02 09:00").shows("去答卷");
    let challenge = me.text().split("/challenges/").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
    let play = format!("/contests/stars/challenges/{}", challenge.expect("a form"));
    phone.posts(&play, &[("ladder", "star"), ("do", "play")]).await.leads_to(&paper);
    stars.worker(1).await.opens("/contests/stars/me").await.is(200).shows("王芳 正在冲击您的纪录");
    let after = look(&visitor).await;
    assert_ne!((before.0, before.1["look"].clone()), (after.0, after.1["look"].clone()));
    visitor.posts(&path, &fields).await.leads_to("/login?to=/");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_challenged_sees_the_deadline_and_answers() {
    let stars = Stars::begin(DUEL).await;
    let (holder, second) = (stars.worker(1).await, stars.worker(2).await);
    second.posts(&format!("{STAR}/challenges"), &[("target", "W1")]).await.leads_to(&format!("{STAR}?said=sent"));
    let me = holder.opens("/contests/stars/me").await;
    me.is(200).shows("王芳 向您发起挑战").shows("截止 2026-09-08 09:00").shows("应战").shows("拒绝");
    let challenge = me.text().split("/challenges/").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
    let path = format!("/contests/stars/challenges/{}", challenge.expect("a form"));
    stars.worker(3).await.posts(&path, &[("ladder", "star"), ("do", "accept")]).await.is(409).shows("与您无关");
    holder.posts(&path, &[("ladder", "star"), ("do", "accept")]).await.leads_to(&format!("{STAR}?said=accepted"));
    holder.posts(&path, &[("ladder", "star"), ("do", "play")]).await;
    holder.opens(STAR).await.is(200).shows("去答卷");
    stars.gets(path.rsplit('/').next().expect("an id"), 1, 60).await;
    stars.gets(path.rsplit('/').next().expect("an id"), 2, 70).await;
    second.opens("/contests/stars/me").await.is(200).shows("第 1 名").shows("新科明星").shows("您战胜了 李强");
    holder.opens("/contests/stars/me").await.is(200).shows("您负于 王芳");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_rests_and_comes_back() {
    let stars = Stars::begin(DUEL).await;
    let (holder, second) = (stars.worker(1).await, stars.worker(2).await);
    let acts = format!("{STAR}/acts");
    holder.posts(&acts, &[("do", "leave"), ("until", "下周")]).await.is(409).shows("没有看懂日期");
    holder.posts(&acts, &[("do", "leave"), ("until", "2026年9月5日")]).await.leads_to(&format!("{STAR}?said=leave"));
    holder.opens(STAR).await.is(200).shows("请假至 2026-09-06 00:00").shows("销假");
    second.opens(STAR).await.is(200).shows("对方正在请假，不能被挑战，到 2026-09-06 00:00 为止。");
    holder.posts(&acts, &[("do", "back")]).await.leads_to(&format!("{STAR}?said=back"));
    holder.posts(&acts, &[("do", "back")]).await.is(409).shows("现在没有在请假");
    holder.posts(&acts, &[("do", "waive")]).await.is(409).shows("现在不在保护期内");
    holder.posts(&acts, &[("do", "join")]).await.is(409).shows("已在擂台上");
    holder.posts(&acts, &[("do", "seat")]).await.is(409).shows("没有这一项");
    holder.posts(&acts, &[("do", "win")]).await.is(400);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_frozen_hall_stands_still() {
    let stars = Stars::begin(RECORD).await;
    stars.record(1, 80).await;
    stars.does(Command::Freeze).await;
    let visitor = stars.world.visitor();
    let before = look(&visitor).await;
    let phone = stars.worker(2).await;
    phone.posts(&format!("{STAR}/challenges"), &[("target", "W1")]).await;
    stars.worker(3).await.opens(STAR).await.is(200).shows("封榜").hides("王芳 向 李强 发起挑战");
    visitor.opens("/contests/stars/screen").await.is(200).hides("发起挑战");
    assert_eq!(look(&visitor).await, before);
}
