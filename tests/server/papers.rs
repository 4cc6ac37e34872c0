//! Papers over HTTP: started, answered with receipts, handed in, ended by time, counted for units.

use leitai::{
    app::papers::GRACE_MS,
    rules::{
        command::Command,
        items::Body,
        ledger::Instant,
        names::{Id, UnitPath},
    },
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    quiz::{ME, PAPERS, Quiz, START_MS, organizer},
    world::{Answer, Client},
};

const MINUTE_MS: i64 = 60_000;

/// Starts the paper on the page; gives its id.
async fn starts(phone: &Client) -> String {
    let answer = phone.posts("/contests/quiz/papers", &[("paper", "daily")]).await;
    let there = answer.location.clone().unwrap_or_else(|| panic!("{}", answer.text()));
    there.strip_prefix("/contests/quiz/papers/").expect("a paper").to_owned()
}

async fn sheet(phone: &Client, paper: &str) -> Value {
    phone.calls(Method::GET, &format!("{PAPERS}/{paper}"), None, None).await.is(200).json()
}

async fn saves(phone: &Client, paper: &str, operation: &str, item: &str, answer: Value) -> Answer {
    let body = json!({ "item": item, "answer": answer, "count": 1 });
    phone.calls(Method::PUT, &format!("{PAPERS}/{paper}/answers/{operation}"), None, Some(body)).await
}

fn page(paper: &str) -> String {
    format!("/contests/quiz/papers/{paper}")
}

/// The item of the sheet of this kind.
fn of_kind<'s>(sheet: &'s Value, kind: &str) -> &'s Value {
    sheet["items"].as_array().expect("items").iter().find(|item| item["kind"] == kind).expect("one of each kind")
}

/// The right answer to the single choice of the sheet, with the item's id.
fn right_single(quiz: &Quiz, sheet: &Value) -> (String, Value) {
    let item = of_kind(sheet, "single");
    let id = item["item"].as_str().expect("an id").to_owned();
    let Body::Single { options, right } = &quiz.item(&id).body else { panic!("{id}") };
    let shown = item["options"].as_array().expect("options");
    let at = shown.iter().position(|option| option == &options[*right]).expect("the right one is among them");
    (id, json!({ "single": at }))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paper_from_its_start_to_its_result() {
    let (quiz, clock) = Quiz::by_hand().await;
    let phone = quiz.worker("W1").await;
    phone.opens(ME).await.is(200).shows("每日一答").shows("9 题 · 满分 18 分 · 限时 10 分钟").shows("还有 2 次机会");
    let paper = starts(&phone).await;
    phone.opens(ME).await.is(200).shows("继续答题").shows("2026-09-01 09:10:00 自动交卷").hides("开始答题");
    let open = sheet(&phone, &paper).await;
    assert_eq!((open["now"].as_i64(), open["ends-at"].as_i64()), (Some(START_MS), Some(START_MS + 10 * MINUTE_MS)));
    assert_eq!((open["items"].as_array().map(Vec::len), &open["parts"][0]["points"]), (Some(9), &json!("2")));

    let (item, right) = right_single(&quiz, &open);
    let explanation = quiz.item(&item).explanation.clone().expect("an explanation");
    let first = saves(&phone, &paper, "op-1", &item, right.clone()).await.is(200).json();
    assert_eq!((&first["n"], &first["at"]), (&json!(1), &json!(START_MS)));
    // The same once more is the same receipt; the same operation with another answer is none.
    clock.set(Instant(START_MS + 5_000));
    let again = saves(&phone, &paper, "op-1", &item, right.clone()).await.is(200).json();
    assert_eq!((&again["n"], &again["head"], &again["at"]), (&first["n"], &first["head"], &first["at"]));
    saves(&phone, &paper, "op-1", &item, Value::Null).await.is(422);
    saves(&phone, &paper, "op-2", &item, json!({ "single": 9 })).await.is(422).shows("没有第 10 个选项");
    saves(&phone, &paper, "op-3", "nobody", json!({ "single": 0 })).await.is(409).shows("nobody");

    // What was saved stands in the page and in the sheet; nothing of the key does.
    let reloaded = sheet(&phone, &paper).await;
    assert_eq!((&reloaded["answers"][&item], &reloaded["head"]), (&right, &first["head"]));
    let shown = phone.opens(&page(&paper)).await;
    shown.is(200).shows("已答 1 / 9 题").shows("data-state=\"saved\"").hides(&explanation).hides("正确答案");

    clock.set(Instant(START_MS + 65_000));
    let done = phone.calls(Method::POST, &format!("{PAPERS}/{paper}/hand-in"), None, None).await.is(200).json();
    assert_eq!((&done["points"], &done["right"], &done["used-ms"]), (&json!("2"), &json!(1), &json!(65_000)));
    phone.calls(Method::GET, &format!("{PAPERS}/{paper}"), None, None).await.is(409);
    saves(&phone, &paper, "op-4", &item, right).await.is(409).shows("已经交了");
    let result = phone.opens(&page(&paper)).await;
    result.is(200).shows("2 / 18").shows("1:05").shows("正确答案").shows(&explanation).shows("未答");
    phone
        .opens(ME)
        .await
        .is(200)
        .shows("2 分")
        .shows("第 1 名 / 已答题 1 人")
        .shows("还有 1 次机会")
        .shows(&page(&paper));
}

/// Ten minutes are from 09:00 to 09:10; what was sent in time may arrive three seconds later.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn time_up_ends_the_paper_whoever_looks() {
    let (quiz, clock) = Quiz::by_hand().await;
    let phone = quiz.worker("W1").await;
    let paper = starts(&phone).await;
    let (item, right) = right_single(&quiz, &sheet(&phone, &paper).await);
    let ends = START_MS + 10 * MINUTE_MS;
    clock.set(Instant(ends + GRACE_MS));
    saves(&phone, &paper, "op-1", &item, right.clone()).await.is(200);
    clock.set(Instant(ends + GRACE_MS + 1));
    saves(&phone, &paper, "op-2", &item, Value::Null).await.is(409);
    // Somebody else looks at their own page, and that ends it.
    quiz.worker("W2").await.opens(ME).await.is(200).hides("张伟");
    let result = phone.opens(&page(&paper)).await;
    result.is(200).shows("时间到，自动交卷").shows("2 / 18").shows("10:00");
    let done = phone.calls(Method::POST, &format!("{PAPERS}/{paper}/hand-in"), None, None).await.is(200).json();
    assert_eq!((&done["points"], &done["used-ms"]), (&json!("2"), &json!(10 * MINUTE_MS)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_sees_or_answers_somebody_elses_paper() {
    let (quiz, _) = Quiz::by_hand().await;
    let owner = quiz.worker("W1").await;
    let paper = starts(&owner).await;
    let open = sheet(&owner, &paper).await;
    let (item, right) = right_single(&quiz, &open);
    let stem = open["items"][0]["stem"].as_str().expect("a stem").to_owned();
    let other = quiz.worker("W2").await;
    other.opens(&page(&paper)).await.is(409).shows("这不是您的试卷").hides(&stem);
    other.calls(Method::GET, &format!("{PAPERS}/{paper}"), None, None).await.is(409).hides(&stem);
    saves(&other, &paper, "op-1", &item, right).await.is(409);
    other.calls(Method::POST, &format!("{PAPERS}/{paper}/hand-in"), None, None).await.is(409);
    other.opens(&page("p-0000")).await.is(409);
    let visitor = quiz.world.visitor();
    visitor.calls(Method::GET, &format!("{PAPERS}/{paper}"), None, None).await.is(401);
    assert_eq!(sheet(&owner, &paper).await["n"], json!(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn attempts_end_and_the_page_says_so() {
    let (quiz, _) = Quiz::by_hand().await;
    let phone = quiz.worker("W1").await;
    for _ in 0..2 {
        let paper = starts(&phone).await;
        // A second start leads to the one that is open.
        assert_eq!(starts(&phone).await, paper);
        phone.posts(&page(&paper), &[("hand-in", "yes")]).await.leads_to(&page(&paper));
    }
    phone.opens(ME).await.is(200).shows("2 次答题机会已用完。").hides("开始答题").shows("练习一次");
    phone.posts("/contests/quiz/papers", &[("paper", "daily")]).await.is(409).shows("2 次答题机会已用完");
    let practice = [("paper", "daily"), ("practice", "yes")];
    let answer = phone.posts("/contests/quiz/papers", &practice).await;
    let there = answer.location.clone().expect("a practice paper");
    phone.opens(&there).await.is(200).shows("练习");
    phone.posts("/contests/quiz/papers", &[("paper", "nothing")]).await.is(409).shows("nothing");
}

/// Without windows a quiz is stopped by closing its stage; the page says so where the start was.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_stage_says_so_instead_of_a_start() {
    let (quiz, _) = Quiz::by_hand().await;
    let (phone, begun) = (quiz.worker("W1").await, quiz.worker("W2").await);
    let paper = starts(&begun).await;
    let acts = async |command: Command| {
        let receipt = quiz.world.app.act(&quiz.contest, &organizer(), command).await.expect("done");
        quiz.world.app.wait_for(&quiz.contest, receipt.version).await.expect("shown");
    };
    acts(Command::OpenStage { stage: Id::new("quiz"), group: None }).await;
    phone.opens(ME).await.is(200).shows("开始答题");
    acts(Command::CloseStage { stage: Id::new("quiz"), group: None }).await;
    phone.opens(ME).await.is(200).shows("“答题”已经关闭，不能再开始新的答卷。").hides("开始答题").shows("练习一次");
    phone.posts("/contests/quiz/papers", &[("paper", "daily")]).await.is(409).shows("已经关闭");
    begun.posts(&page(&paper), &[("hand-in", "yes")]).await.leads_to(&page(&paper));
    acts(Command::OpenStage { stage: Id::new("quiz"), group: None }).await;
    phone.opens(ME).await.is(200).shows("开始答题");
}

/// From the board, from the list and from the link above every page somebody with number and PIN finds the door.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn workers_find_their_door() {
    let (quiz, _) = Quiz::by_hand().await;
    let anybody = quiz.world.visitor();
    let door = "href=\"/contests/quiz/log-in\"";
    anybody.opens("/contests/quiz").await.is(200).shows(door).shows("登录答题");
    anybody.opens("/login").await.is(200).shows(door).shows("竞赛");
    anybody.opens("/login?to=/contests/quiz%3Ftable=companies").await.is(200).shows(door);
    let wrong = [("login", "W1"), ("password", "135790")];
    anybody.posts("/login", &wrong).await.is(422).shows(door);
    let phone = quiz.worker("W1").await;
    phone.opens("/contests/quiz").await.is(200).shows("href=\"/contests/quiz/me\"").hides(door);
}

/// As a browser without script posts it: all fields at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plain_form_is_enough() {
    let (quiz, _) = Quiz::by_hand().await;
    let phone = quiz.worker("W3").await;
    let paper = starts(&phone).await;
    let open = sheet(&phone, &paper).await;
    let (single, right) = right_single(&quiz, &open);
    let right = right["single"].to_string();
    let number = of_kind(&open, "number")["item"].as_str().expect("an id").to_owned();
    let Body::Number { from, .. } = &quiz.item(&number).body else { panic!("{number}") };
    let from = from.to_string();
    let fields = [(single.as_str(), right.as_str()), (number.as_str(), from.as_str())];
    phone.posts(&page(&paper), &fields).await.leads_to(&page(&paper));
    phone.opens(&page(&paper)).await.is(200).shows("已答 2 / 9 题");
    let fields = [fields[0], fields[1], ("hand-in", "yes")];
    phone.posts(&page(&paper), &fields).await.leads_to(&page(&paper));
    phone.opens(&page(&paper)).await.is(200).shows("4 / 18");
}

/// What cannot be read takes nothing back and hands nothing in; a full-width number is one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_form_says_unreadably_is_told_and_changes_nothing() {
    let (quiz, _) = Quiz::by_hand().await;
    let phone = quiz.worker("W1").await;
    let paper = starts(&phone).await;
    let open = sheet(&phone, &paper).await;
    let id = |kind: &str| of_kind(&open, kind)["item"].as_str().expect("an id").to_owned();
    let (number, ordering) = (id("number"), id("ordering"));
    phone.posts(&page(&paper), &[(&number, "１２．５")]).await.leads_to(&page(&paper));
    assert_eq!(sheet(&phone, &paper).await["answers"][&number], json!({ "number": "12.5" }));
    let fields = [(number.as_str(), "20 mm"), (ordering.as_str(), "1"), (ordering.as_str(), "1"), ("hand-in", "yes")];
    let answer = phone.posts(&page(&paper), &fields).await;
    let there = answer.location.clone().expect("back to the paper");
    phone.opens(&there).await.is(200).shows("第 5 题没有保存").shows("第 6 题没有保存");
    let after = sheet(&phone, &paper).await;
    assert_eq!(after["answers"], json!({ &number: { "number": "12.5" } }));
}

/// The row that closes a paper's chain cannot be written beforehand in an answer's name.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_takes_the_closing_row_for_an_answer() {
    let (quiz, _) = Quiz::by_hand().await;
    let phone = quiz.worker("W1").await;
    let paper = starts(&phone).await;
    let (item, right) = right_single(&quiz, &sheet(&phone, &paper).await);
    saves(&phone, &paper, &format!("close-{paper}"), &item, right.clone()).await.is(422);
    saves(&phone, &paper, "op-1", &item, right).await.is(200);
    let done = phone.calls(Method::POST, &format!("{PAPERS}/{paper}/hand-in"), None, None).await.is(200).json();
    assert_eq!(done["points"], json!("2"));
}

/// The drawing stands on a paper: whoever was given one sees it, and nobody else.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_is_seen_by_those_who_were_asked_about_it() {
    let (quiz, _) = Quiz::by_hand().await;
    let phone = quiz.worker("W1").await;
    let of = |name: &str| format!("/contests/quiz/items/pictures/{name}");
    for name in ["welding.svg", "scaffold.svg", "electric.svg", "warehouse.svg", "lathe.svg"] {
        phone.opens(&of(name)).await.is(404);
    }
    // One of the bank's five stands on the paper, as chance had it.
    let paper = starts(&phone).await;
    let sheet = sheet(&phone, &paper).await;
    let drawing = of(of_kind(&sheet, "hazards")["picture"].as_str().expect("a picture"));
    let drawing = drawing.as_str();
    phone.opens(drawing).await.is(200).shows("<svg");
    quiz.worker("W2").await.opens(drawing).await.is(404);
    quiz.world.visitor().opens(drawing).await.leads_to(&format!("/login?to={drawing}"));
}

/// Of 一公司 one of two on the list took part with 2 points: 2.00 × 1/2; of four heads as frozen, 2.00 × 1/4.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn units_count_the_heads_that_were_frozen() {
    let (quiz, _) = Quiz::by_hand().await;
    let (app, contest) = (&quiz.world.app, &quiz.contest);
    let units = ["一公司", "二公司"].map(UnitPath::new).to_vec();
    app.act(contest, &organizer(), Command::SetUnits { units }).await.expect("units");
    let phone = quiz.worker("W1").await;
    let paper = starts(&phone).await;
    let (item, right) = right_single(&quiz, &sheet(&phone, &paper).await);
    saves(&phone, &paper, "op-1", &item, right).await.is(200);
    phone.calls(Method::POST, &format!("{PAPERS}/{paper}/hand-in"), None, None).await.is(200);

    let visitor = quiz.world.visitor();
    let row = async || {
        let standings = visitor.calls(Method::GET, "/api/v1/contests/quiz/standings", None, None).await.is(200).json();
        let units = standings["units"].as_array().expect("units").clone();
        (units[0]["total"].clone(), units[0]["heads"].clone(), units[1]["heads"].clone())
    };
    let heads = |participants: u32, headcount: u32, participation: &str, mean: Value| json!({ "participants": participants, "headcount": headcount, "participation": participation, "mean": mean });
    let (total, one, two) = row().await;
    assert_eq!(total, json!("1.00"));
    assert_eq!((one, two), (heads(1, 2, "50.0", json!("2.00")), heads(0, 1, "0.0", Value::Null)));

    quiz.world.account("admin", leitai::app::people::Admin::Yes).await;
    let desk = quiz.world.logged_in("admin").await;
    let page = "/organizer/quiz/units/heads";
    desk.opens(page).await.is(200).shows("一公司").shows("核定人数");
    desk.posts(page, &[("一公司", "四"), ("二公司", "")]).await.is(422).shows("没有保存");
    desk.posts(page, &[("一公司", " ４"), ("二公司", "")]).await.leads_to("/organizer/quiz/units?said=heads&count=1");
    desk.opens(page).await.is(200).shows("value=\"4\"");
    let (total, one, _) = row().await;
    assert_eq!((total, one), (json!("0.50"), heads(1, 4, "25.0", json!("2.00"))));
    phone.posts(page, &[("一公司", "1")]).await.is(403);

    // On the board they stand in columns of their own.
    let board = async || visitor.opens("/contests/quiz?table=companies").await.is(200).text();
    let shown = async {
        while !board().await.contains("25.0%") {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), shown).await.expect("the board follows");
    let text = board().await;
    // 二公司 has somebody on the list, and nobody who took part.
    assert!(text.contains(">无人参加</span>") && !text.contains(">评分中</span>"), "{text}");
    for title in ["人数", "参与", "参与率", "人均"] {
        assert!(text.contains(&format!(">{title}</th>")), "{title} is not in\n{text}");
    }
}
