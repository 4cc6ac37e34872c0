//! An organizer's pages of ladders: the order, results, leave, moves, challenge days, rewards.

use leitai::{
    app::{Actor, people::Admin},
    rules::{
        command::Command,
        field::{Slot, Value},
        ledger::{
            Instant,
            entry::{MarkValue, Phase, Role, SheetKey},
        },
        names::{Id, PersonId},
        view,
    },
};
use reqwest::Method;
use rust_decimal::Decimal;

use super::{DAY_MS, DUEL, RECORD, STAR, START, Stars};
use crate::{printed::Printed, world::Client};

const DESK: &str = "/organizer/stars/ladders/star";
const REWARDS: &str = "/organizer/stars/rewards";
const JUDGED: &str = "format = \"judged\"\nstage = \"bench\"\n";

/// The id of the only open challenge.
async fn open(client: &Client) -> String {
    let board = client.calls(Method::GET, "/api/v1/contests/stars/ladders/star", None, None).await.is(200).json();
    board["challenges"][0]["challenge"].as_str().expect("an open challenge").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_organizers_see_a_ladders_desk() {
    let stars = Stars::begin(DUEL).await;
    stars.worker(1).await.opens(DESK).await.is(403);
    stars.worker(1).await.opens(REWARDS).await.is(403);
    let desk = stars.organizer().await;
    desk.opens("/organizer/stars/ladders").await.leads_to(DESK);
    desk.opens(DESK).await.is(200).shows("李强").shows("加入末位").hides("擂台日排队");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_order_is_set_until_somebody_challenges() {
    let stars = Stars::begin(DUEL).await;
    let desk = stars.organizer().await;
    let seed = format!("{DESK}/seed");
    desk.posts(&seed, &[("people", "王芳\n101\n赵无\n")]).await.is(409).shows("名单上找不到“赵无”");
    desk.posts(&seed, &[("people", "王芳\n101\nW4\n")]).await.leads_to(&format!("{DESK}?said=ladder-seed"));
    let board = desk.opens(STAR).await.text();
    let place = |name: &str| board.find(name).unwrap_or(usize::MAX);
    assert!(place("王芳") < place("李强") && place("李强") < place("刘洋"), "{board}");
    desk.posts(&format!("{DESK}/join"), &[("entrant", "张伟")]).await.leads_to(&format!("{DESK}?said=ladder-join"));
    desk.posts(&format!("{DESK}/join"), &[("entrant", "张伟")]).await.is(409).shows("已在擂台上");
    stars.worker(4).await.posts(&format!("{STAR}/challenges"), &[("target", "W2")]).await;
    desk.posts(&seed, &[("people", "101")]).await.is(409).shows("不能再排定初始名次");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_duel_elsewhere_is_entered() {
    let stars = Stars::elsewhere(DUEL).await;
    let desk = stars.organizer().await;
    stars.worker(2).await.posts(&format!("{STAR}/challenges"), &[("target", "W1")]).await;
    let challenge = open(&desk).await;
    let path = format!("{DESK}/challenges/{challenge}");
    let result = |of: &'static str, score: &'static str, used: &'static str| {
        [("do", "result"), ("of", of), ("score", score), ("used", used)]
    };
    desk.posts(&path, &result("W1", "90", "7:05")).await.is(409).shows("对方还没有应战");
    stars
        .worker(1)
        .await
        .posts(&format!("/contests/stars/challenges/{challenge}"), &[("ladder", "star"), ("do", "accept")])
        .await;
    desk.posts(&path, &result("W1", "九十", "")).await.is(409).shows("没有看懂得分或用时");
    desk.posts(&path, &result("W3", "90", "")).await.is(409).shows("不在这场挑战中出赛");
    desk.posts(&path, &result("W1", "90", "7:05")).await.leads_to(&format!("{DESK}?said=ladder-result"));
    desk.posts(&path, &result("W1", "91", "")).await.is(409).shows("已经有了");
    desk.posts(&path, &result("W2", "90", "7:04")).await.leads_to(&format!("{DESK}?said=ladder-result"));
    desk.opens(STAR).await.is(200).shows("王芳 战胜 李强，成为新科明星！");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leave_and_moves_take_effect_on_their_day() {
    let stars = Stars::begin(DUEL).await;
    let desk = stars.organizer().await;
    let sick = [("entrant", "W1"), ("kind", "sick"), ("from", "2026-09-03"), ("until", "2026-09-04")];
    desk.posts(&format!("{DESK}/leave"), &sick).await.leads_to(&format!("{DESK}?said=ladder-leave"));
    let moved = [("entrant", "W1"), ("kind", "post"), ("effective", "2026-09-10")];
    desk.posts(&format!("{DESK}/move"), &moved).await.leads_to(&format!("{DESK}?said=ladder-move"));
    desk.posts(&format!("{DESK}/move"), &[("entrant", "W1"), ("kind", "post"), ("effective", "明天")]).await.is(409);
    stars.worker(2).await.opens(STAR).await.is(200).hides("对方正在请假");
    stars.clock.set(Instant(START.0 + 2 * DAY_MS));
    let phone = stars.worker(2).await;
    phone.opens(STAR).await.is(200).shows("对方正在请假，不能被挑战，到 2026-09-05 00:00 为止。").hides("病假");
    // Midnight before the 10th, nine days less nine hours after the 1st at nine.
    stars.clock.set(Instant(START.0 + 9 * DAY_MS - 9 * 3_600_000 - 1));
    let visitor = stars.world.visitor();
    visitor.opens("/contests/stars/screen").await.is(200).shows("李强");
    stars.clock.set(Instant(START.0 + 9 * DAY_MS - 9 * 3_600_000));
    let api = "/api/v1/contests/stars/ladders/star";
    let board = visitor.calls(Method::GET, api, None, None).await.json();
    assert_eq!((&board["people"], &board["lines"][0]["who"]["name"]), (&3.into(), &"王芳".into()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_sat_here_is_not_entered_by_hand() {
    let stars = Stars::begin(RECORD).await;
    stars.record(1, 80).await;
    let (desk, phone) = (stars.organizer().await, stars.worker(2).await);
    let sent = phone.posts(&format!("{STAR}/challenges"), &[("target", "W1")]).await;
    let challenge = open(&desk).await;
    desk.opens(DESK).await.is(200).shows("王芳 → 李强").hides("录入成绩");
    let by_hand = [("do", "result"), ("of", "W2"), ("score", "100"), ("used", "")];
    let path = format!("{DESK}/challenges/{challenge}");
    desk.posts(&path, &by_hand).await.is(409).shows("不能人工录入");
    // A blank paper loses at once, and no hand changes it.
    let paper = sent.location.clone().expect("a paper");
    phone.posts(&paper, &[("hand-in", "yes")]).await;
    desk.posts(&path, &by_hand).await.is(409).shows("这场挑战已经结束");
    phone.opens("/contests/stars/me").await.is(200).shows("您负于 李强").hides("去答卷");
    let result = phone.opens(&paper).await;
    result.is(200).hides("等对方也答完").shows("您没有战胜 李强").shows("现在是第 2 名，共 4 人").shows(STAR);
    phone.opens(STAR).await.is(200).hides("去答卷").shows("您攻擂失败后要休整");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_next_is_to_challenge_and_a_season_ends_by_a_tick_only() {
    let season = "season = { starts = \"2026-09-01\", months = 3 }\n";
    let stars = Stars::begin(&format!("{RECORD}{season}")).await;
    stars.record(1, 80).await;
    let desk = stars.organizer().await;
    let next = desk.opens("/organizer/stars").await;
    next.is(200).shows("职工现在可以攻擂：钳工擂台").shows(&format!("href=\"{STAR}\"")).hides("封存成绩</a>");
    let end = format!("{DESK}/season");
    desk.posts(&end, &[("season", "1")]).await.is(409).shows("请先勾选“我已核对，确定执行”");
    desk.posts(&end, &[("season", "1"), ("sure", "yes")]).await.leads_to(&format!("{DESK}?said=ladder-season"));
    let trail = desk.opens("/organizer/stars/trail").await;
    trail.is(200).shows("钳工擂台：第 1 赛季结束").shows("领取《打擂卷》").hides("《duel》").hides("star：");
}

/// A chief judge who organizes nothing.
async fn chief(stars: &Stars) -> Client {
    let person = stars.world.account("caiming", Admin::No).await;
    stars.does(Command::AssignPerson { person, role: Role::ChiefJudge, unit: None }).await;
    stars.world.logged_in("caiming").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_challenge_day_has_a_queue_and_judges_decide() {
    let stars = Stars::begin(JUDGED).await;
    let judge = PersonId::new("p-judge");
    let seat = Role::Judge { stage: Id::new("bench"), panel: Id::new("look"), seat: 1, event: None, group: None };
    stars.does(Command::AssignPerson { person: judge.clone(), role: seat, unit: None }).await;
    let desk = stars.organizer().await;
    stars.worker(2).await.posts(&format!("{STAR}/challenges"), &[("target", "W1")]).await;
    let challenge = open(&desk).await;
    desk.opens(DESK).await.is(200).shows("没有等候评判的挑战");
    stars
        .worker(1)
        .await
        .posts(&format!("/contests/stars/challenges/{challenge}"), &[("ladder", "star"), ("do", "accept")])
        .await;
    desk.opens(DESK).await.is(200).shows("开场交评委");
    let chief = chief(&stars).await;
    let chiefs = "/chief/stars";
    chief.opens(chiefs).await.is(200).shows("擂台日排队").shows("等候开场").hides("王芳").hides("李强");
    stars.worker(2).await.posts(&format!("{chiefs}/challenges/{challenge}"), &[("do", "session")]).await.is(403);
    let path = format!("{DESK}/challenges/{challenge}");
    desk.posts(&path, &[("do", "decide")]).await.is(409).shows("还没有交评委评分");
    chief.posts(&format!("{chiefs}/challenges/{challenge}"), &[("do", "session")]).await.leads_to(chiefs);
    chief.opens(chiefs).await.is(200).shows("1 号 对 2 号").shows("评分中").hides("王芳").hides("李强");
    desk.posts(&path, &[("do", "session")]).await.is(409).shows("评委已经在评这场挑战");
    desk.posts(&path, &[("do", "decide")]).await.is(409).shows("还有评分表没有交齐");
    let app = &stars.world.app;
    let numbers = app.read(&stars.contest, |state| view::judge_day(state, &judge)).await.expect("a day");
    let drawn: Vec<u32> =
        numbers.panels.iter().flat_map(|panel| &panel.sheets).map(|sheet| sheet.place.number).collect();
    assert_eq!(drawn, [1, 2]);
    desk.opens(DESK).await.is(200).shows("评委只看到号码");
    // The higher draw number gets the better mark; who that is follows from the challenge's id.
    let mut by_number = Vec::new();
    for number in drawn {
        let entrant =
            app.read(&stars.contest, |state| view::entrant_of_number(state, &judge, &Id::new("bench"), number)).await;
        by_number.push(entrant.expect("the state").expect("theirs"));
    }
    let actor = Actor { person: judge.clone(), administrator: false, entrant: None };
    for (entrant, mark) in by_number.iter().zip([70, 80]) {
        let sheet = SheetKey {
            entrant: entrant.clone(),
            stage: Id::new("bench"),
            panel: Id::new("look"),
            piece: None,
            attempt: 1,
            judge: judge.clone(),
        };
        let slot = Slot {
            stage: Id::new("bench"),
            aspect: Id::new("work"),
            piece: None,
            attempt: 1,
            value: None,
            judge: None,
        };
        let value = MarkValue::Is(Value::Number(Decimal::from(mark)));
        for command in [Command::GiveMark { entrant: entrant.clone(), slot, value }, Command::SubmitSheet { sheet }] {
            let receipt = app.act(&stars.contest, &actor, command).await.expect("the judge may");
            app.wait_for(&stars.contest, receipt.version).await.expect("followed");
        }
    }
    chief.posts(&format!("{chiefs}/challenges/{challenge}"), &[("do", "decide")]).await.leads_to(chiefs);
    desk.opens(DESK).await.is(200).shows("没有等候评判的挑战");
    // Those who stood before the judges are nobody in the contest's tables, and hold up nothing.
    let standings = desk.calls(Method::GET, "/api/v1/contests/stars/standings", None, None).await;
    standings.is(200).hides("session-");
    stars.does(Command::ReachPhase { phase: Phase::Sealed, until: None }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_owed_is_listed_given_and_certified() {
    let rules = format!(
        "{RECORD}star = {{ title = \"新科明星\", reward = {{ money = 200, text = \"胸牌\" }}, per = \"month\" }}\n"
    );
    let stars = Stars::begin(&rules).await;
    let desk = stars.organizer().await;
    desk.opens(REWARDS).await.is(200).shows("还没有奖励");
    let sent = stars.worker(2).await;
    sent.posts(&format!("{STAR}/challenges"), &[("target", "W1")]).await;
    let challenge = open(&desk).await;
    stars.gets(&challenge, 2, 60).await;
    desk.opens(REWARDS).await.is(200).shows("王芳").shows("200元").shows("胸牌").shows("待发 1 项").shows("2026-09");
    let csv = desk.opens(&format!("{REWARDS}/files/list.csv")).await;
    csv.is(200).shows("王芳").shows("新科明星");
    let xlsx = desk.opens(&format!("{REWARDS}/files/list.xlsx")).await;
    assert!(xlsx.is(200).bytes.starts_with(b"PK"));
    let pdf = desk.opens(&format!("{REWARDS}/files/list.pdf")).await;
    assert!(Printed::new(&pdf.is(200).bytes).text().contains("王芳"));
    desk.opens(&format!("{REWARDS}/files/list.doc")).await.is(404);
    let meant = [("reward", "star:star:2026-09"), ("to", "W2")];
    desk.posts(&format!("{REWARDS}/give"), &[("reward", "star:star:2026-08"), ("to", "W2")]).await.is(404);
    desk.posts(&format!("{REWARDS}/give"), &meant).await.leads_to(&format!("{REWARDS}?said=reward-given&count=1"));
    desk.posts(&format!("{REWARDS}/give"), &meant).await.is(409).shows("没有这一项待发的奖励");
    desk.posts(&format!("{REWARDS}/certificates"), &[]).await.leads_to(&format!("{REWARDS}?said=award-issued&count=1"));
    desk.posts(&format!("{REWARDS}/certificates"), &[]).await.is(409);
    desk.opens(&format!("{REWARDS}/certificates/2026-AAAA-AAAA-AAAA.pdf")).await.is(404);
    // The awards' page knows nothing of it.
    desk.opens("/organizer/stars/awards").await.is(200).hides("star:star");
}
