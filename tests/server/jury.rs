//! Works at a distance: dealt to judges of other units, marked without anybody's name, counted when the collection is
//! closed; the organizer's desk of them and its workbook.

mod erase;

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use leitai::{
    app::{Clock, people::Admin},
    rules::{
        command::Command,
        ledger::{entry::Phase, works::Outcome},
        names::{ContestId, Id, PersonId, WorkId},
        view,
    },
};
use reqwest::Method;
use serde_json::json;

use crate::{
    browser::{Chromium, DESKTOP, Device, PHONE, Size, TABLET},
    quiz::organizer,
    support::databases::Database,
    world::{Answer, Client, World},
};

crate::on_both_databases!(from_the_deal_to_the_workbook, what_is_new_is_dealt_again);

const PHOTOS: &str = r#"
format = 1
[contest]
id = "photos"
title = "安全摄影"
timezone = "Asia/Shanghai"
board = "names"
[entrants]
first-log-in = "phone-last4"
[[stage]]
id = "photos"
title = "摄影"
floor = "none"
[[stage.aspect]]
id = "mark"
title = "评审得分"
kind = "measurement"
collection = "shots"
works = "mark"
[ranking]
ties = ["shared"]
[[collection]]
id = "shots"
title = "随手拍"
kind = "photograph"
points = { submitted = 1, accepted = 5 }
[collection.judging]
judges = 2
max = 10
step = "0.5"
"#;

const DESK: &str = "/organizer/photos/collections/shots";
/// What no judge may read: authors' ids, names, units, and what their files were called.
const SECRETS: [&str; 7] = ["W1", "W2", "赵钱孙", "周吴郑", "一公司", "二公司", "zhao-camera"];

struct Site {
    world: World,
    contest: ContestId,
    desk: Client,
}

/// Running, with W1 of 一公司 and W2 of 二公司.
async fn site(database: Database) -> Site {
    let world = World::at(database, Clock::system()).await;
    let people = [("W1", "赵钱孙", "一公司"), ("W2", "周吴郑", "二公司")];
    let commands = [
        Command::ReachPhase { phase: Phase::Running, until: None },
        Command::OpenStage { stage: Id::new("photos"), group: None },
    ];
    let contest = world.founds(&organizer(), ("photos", PHOTOS), &people, commands).await;
    world.account("desk", Admin::Yes).await;
    let desk = world.logged_in("desk").await;
    Site { world, contest, desk }
}

/// A picture whose file and bytes name its author.
fn png() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = image::RgbImage::from_fn(800, 600, |x, y| image::Rgb([x.to_le_bytes()[0], y.to_le_bytes()[0], 40]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}

impl Site {
    async fn worker(&self, number: &str) -> Client {
        let phone = self.world.visitor();
        let fields = [("number", number), ("proof", "0001"), ("pin", "135790"), ("again", "135790")];
        phone.posts("/contests/photos/log-in/first", &fields).await.leads_to("/contests/photos/me");
        phone
    }

    /// Handed in and accepted; gives the address of its page.
    async fn hands_in(&self, worker: &Client, title: &str) -> String {
        let told = [("operation", title), ("title", title), ("text", "夜里两点")];
        // An operation is plain ASCII.
        let told = told
            .map(|(name, value)| if name == "operation" { (name, &title[title.len() - 3..]) } else { (name, value) });
        let sent =
            worker.uploads("/contests/photos/collections/shots", &told, ("pictures", "zhao-camera.png", &png())).await;
        let page = sent.location.clone().unwrap_or_else(|| panic!("{}", sent.text()));
        let work = WorkId::new(page.rsplit('/').next().expect("an id"));
        let accepted = Outcome::Accepted { grade: None };
        self.world.app.check_work(&self.contest, &organizer(), &work, accepted, "").await.expect("checked");
        page
    }

    async fn people(&self) -> Vec<PersonId> {
        let seen = self.world.app.read(&self.contest, view::organizer).await.expect("read");
        seen.people.into_iter().map(|one| one.person).collect()
    }

    /// Appointed on the page of people, and in with a card, at the judge's day.
    async fn judge(&self, name: &str, unit: &str) -> Client {
        let before = self.people().await;
        let fields = [("name", name), ("unit", unit), ("role", "work-judge shots")];
        self.desk.posts("/organizer/photos/people", &fields).await.is(303);
        let person = self.people().await.into_iter().find(|one| !before.contains(one)).expect("appointed");
        let card = self.world.app.issue_card(&self.contest, &person).await.expect("a card");
        let client = self.world.visitor();
        client.posts("/login/code", &[("code", &card.short)]).await.leads_to("/work");
        client.opens("/work").await.leads_to("/judge/photos");
        client
    }

    async fn deals(&self) {
        self.desk.posts(&format!("{DESK}/commit"), &[]).await.is(303);
        self.desk.posts(&format!("{DESK}/deal"), &[]).await.is(303);
    }

    /// Codes of what a judge has, in order.
    async fn codes(&self, judge: &Client) -> Vec<u64> {
        let batch = judge.calls(Method::GET, "/api/v1/contests/photos/jury", None, None).await.is(200).json();
        let works = batch["batches"][0]["works"].as_array().expect("works").clone();
        works.iter().map(|work| work["code"].as_u64().expect("a code")).collect()
    }
}

async fn marks(judge: &Client, operation: &str, code: u64, value: &str) -> Answer {
    let body = json!({ "collection": "shots", "code": code, "value": value, "count": 1 });
    judge.calls(Method::PUT, &format!("/api/v1/contests/photos/work-marks/{operation}"), None, Some(body)).await
}

async fn from_the_deal_to_the_workbook(database: Database) {
    let site = site(database).await;
    let (first, second) = (site.worker("W1").await, site.worker("W2").await);
    let own = site.hands_in(&first, "=1+1").await;
    site.hands_in(&second, "夜班-w2").await;

    // Two judges of other units each: while 一公司's work has one, nothing is dealt, and the page says whose.
    let of_first = site.judge("评委甲", "一公司").await;
    let of_none = site.judge("评委丙", "").await;
    let page = site.desk.opens(DESK).await;
    page.is(200).shows("2 件采纳的作品待分发").shows("一公司：1 件，外单位评委只有 1 名").hides("二公司：1 件");
    site.desk.posts(&format!("{DESK}/commit"), &[]).await.is(303);
    let refused = site.desk.posts(&format!("{DESK}/deal"), &[]).await;
    refused.is(422).shows("有 1 件作品凑不齐 2 名外单位评委");
    let of_second = site.judge("评委乙", "二公司").await;
    site.desk.posts(&format!("{DESK}/deal"), &[]).await.is(303);
    site.desk.posts(&format!("{DESK}/commit"), &[]).await.is(303);
    site.desk.posts(&format!("{DESK}/deal"), &[]).await.is(422).shows("没有可以分发的作品");

    // 回避 leaves one way: W1's goes to the judge of 二公司 and to the one of none, W2's to 一公司's and to the one of none.
    let [code] = site.codes(&of_second).await[..] else { panic!("one work each") };
    let [other] = site.codes(&of_first).await[..] else { panic!("one work each") };
    assert_ne!(code, other);
    assert_eq!(site.codes(&of_none).await, [1, 2]);

    let at = format!("/jury/photos/shots/{code}");
    let sheet = of_second.opens(&at).await;
    sheet.is(200).shows("=1+1").shows("夜里两点").shows("data-set=\"9.5\"");
    let listed = of_second.calls(Method::GET, "/api/v1/contests/photos/jury", None, None).await;
    let day = of_second.opens("/judge/photos").await;
    // Nor the work's own id, which others see.
    let id = own.rsplit('/').next().expect("an id");
    for secret in SECRETS.into_iter().chain([id]) {
        sheet.hides(secret);
        listed.hides(secret);
        day.hides(secret);
    }
    let picture = of_second.opens(&format!("{at}/pictures/0")).await;
    assert_eq!(picture.is(200).content_type, "image/jpeg");
    of_second.opens(&format!("{at}/pictures/1")).await.is(404);

    // Nobody else's, neither read nor marked.
    for (turn, stranger) in [&of_first, &first, &second, &site.desk].into_iter().enumerate() {
        stranger.opens(&at).await.is(404);
        stranger.opens(&format!("{at}/pictures/0")).await.is(404);
        marks(stranger, &format!("stranger-{turn}"), code, "9").await.is(409).shows("没有分给您");
    }
    of_second.opens(&own).await.is(404);
    of_second.opens(DESK).await.is(403);

    let receipt = marks(&of_second, "one", code, "8.5").await.is(200).json();
    for secret in SECRETS {
        assert!(!receipt.to_string().contains(secret), "{receipt}");
    }
    assert_eq!(marks(&of_second, "one", code, "8.5").await.is(200).json(), receipt, "sent twice, taken once");
    marks(&of_second, "two", code, "8.3").await.is(409);
    marks(&of_second, "three", code, "10.5").await.is(409);
    marks(&of_second, "four", code, "9").await.is(200);
    of_second.opens(&at).await.shows("data-value=\"9\"");
    // Without script.
    let field = format!("jury/shots/{code}");
    of_none.posts(&at, &[(&field, "8")]).await.leads_to(&at);
    of_none.posts(&at, &[(&field, "8")]).await.leads_to(&at);
    marks(&of_first, "five", other, "7").await.is(200);

    let author = first.opens(&own).await;
    author.shows("评审中").hides("评审得分");
    site.desk.opens(DESK).await.shows("1 件没有评完").shows("1 / 2");
    site.desk.posts(&format!("{DESK}/close"), &[]).await.is(422).shows("还有 1 件作品没有评完");
    marks(&of_none, "six", other, "6").await.is(200);
    site.desk.posts(&format!("{DESK}/close"), &[]).await.is(303);

    // (9 + 8) / 2 and (7 + 6) / 2.
    first.opens(&own).await.shows("已评审").shows("评审得分 8.5");
    site.world.visitor().opens("/contests/photos").await.shows("8.50").shows("6.50");
    marks(&of_second, "seven", code, "1").await.is(409).shows("已经截止");
    of_second.opens(&at).await.shows("不能再改").hides("data-set=\"9.5\"").shows("data-value=\"9\"");

    finds(&site).await;
    workbook(&site).await;
}

/// The list with its filters; authors stand there, not before the judges.
async fn finds(site: &Site) {
    let list = |query: &'static str| async move { site.desk.opens(&format!("{DESK}?{query}")).await };
    list("").await.shows("赵钱孙").shows("周吴郑").shows("8.5").shows("6.5");
    list("q=%E5%A4%9C%E7%8F%AD").await.shows("周吴郑").hides("赵钱孙");
    list("q=w1").await.shows("赵钱孙").hides("周吴郑");
    list("unit=%E4%B8%80%E5%85%AC%E5%8F%B8").await.shows("赵钱孙").hides("周吴郑");
    list("state=judged").await.shows("赵钱孙").shows("周吴郑");
    list("state=withdrawn").await.hides("赵钱孙").shows("没有符合条件的作品");
    list("month=2001-01").await.hides("赵钱孙");
    list("checker=p-test").await.shows("赵钱孙");
    list("checker=nobody").await.hides("赵钱孙");
}

async fn workbook(site: &Site) {
    let file = site.desk.opens(&format!("{DESK}/works.xlsx?unit=%E4%B8%80%E5%85%AC%E5%8F%B8")).await;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file.is(200).bytes.clone())).expect("XLSX");
    let name = book.sheet_names()[0].clone();
    assert!(book.worksheet_formula(&name).expect("formulas").is_empty(), "a title is no formula");
    let cells = book.worksheet_range(&name).expect("cells");
    let rows: Vec<&[Data]> = cells.rows().collect();
    let head = rows.iter().position(|row| row.contains(&Data::String("作者".into()))).expect("a heading");
    assert_eq!(rows.len(), head + 2, "one work of 一公司");
    let cell = |title: &str| {
        let at = rows[head].iter().position(|cell| *cell == Data::String(title.into()));
        rows[head + 1][at.unwrap_or_else(|| panic!("{title} in {:?}", rows[head]))].clone()
    };
    assert_eq!(cell("作品号"), Data::Float(1.0));
    for (title, text) in [
        ("作者", "赵钱孙"),
        ("工号", "W1"),
        ("单位", "一公司"),
        ("标题", "=1+1"),
        ("内容", "夜里两点"),
        ("状态", "已采纳 · 已评审"),
    ] {
        assert_eq!(cell(title), Data::String(text.into()));
    }
    // Handed in 1 and accepted 5.
    assert_eq!(cell("计分"), Data::Float(6.0));
    assert_eq!(cell("评审得分"), Data::Float(8.5));
    site.world.visitor().opens(&format!("{DESK}/works.xlsx")).await.is(303);
}

async fn what_is_new_is_dealt_again(database: Database) {
    let site = site(database).await;
    let (first, second) = (site.worker("W1").await, site.worker("W2").await);
    site.hands_in(&first, "one").await;
    let judges = [site.judge("评委丙", "").await, site.judge("评委丁", "").await];
    site.deals().await;
    assert_eq!(site.codes(&judges[0]).await, [1]);
    marks(&judges[0], "a", 1, "5").await.is(200);
    marks(&judges[1], "b", 1, "6").await.is(200);
    site.desk.posts(&format!("{DESK}/close"), &[]).await.is(303);
    site.desk.posts(&format!("{DESK}/reopen"), &[("reason", " ")]).await.is(422);
    site.desk.posts(&format!("{DESK}/reopen"), &[("reason", "有人漏交")]).await.is(303);
    site.hands_in(&second, "two").await;
    site.desk.opens(DESK).await.shows("1 件采纳的作品待分发");
    site.deals().await;
    // The first stays where it was, with its mark.
    for judge in &judges {
        assert_eq!(site.codes(judge).await, [1, 2]);
    }
    judges[0].opens("/jury/photos/shots/1").await.shows("data-value=\"5\"");
    // A judge who was released has nothing any more.
    marks(&judges[0], "c", 2, "4").await.is(200);
    site.desk.opens(DESK).await.shows("1 件没有评完");
    let released = site.people().await;
    let name_of = |person: &PersonId| person.clone();
    let people = site.world.app.people(&released.iter().map(name_of).collect::<Vec<_>>()).await.expect("people");
    let gone = people.iter().find(|one| one.name == "评委丁").expect("the second judge").id.clone();
    let role = r#"{"role":"work-judge","collection":"shots"}"#;
    site.desk.posts("/organizer/photos/people/release", &[("person", gone.as_str()), ("role", role)]).await.is(303);
    judges[1].opens("/jury/photos/shots/2").await.is(404);
    // The second seat is somebody else's now, under the same code.
    site.desk.posts(&format!("{DESK}/close"), &[]).await.is(422).shows("有 1 件作品的评委不足 2 名");
    let third = site.judge("评委戊", "").await;
    site.deals().await;
    assert_eq!(site.codes(&third).await, [2]);
    marks(&third, "d", 2, "5").await.is(200);
    site.desk.posts(&format!("{DESK}/close"), &[]).await.is(303);
    // (5 + 6) / 2 and (4 + 5) / 2.
    site.world.visitor().opens("/contests/photos").await.shows("5.50").shows("4.50");
}

/// A device that the judge's card opened, at the judge's day.
async fn comes_in(chromium: &Chromium, site: &Site, size: Size, code: &str) -> Device {
    let device = chromium.device("judge", size, "zh-CN").await;
    device.open(&format!("{}/login", site.world.address)).await;
    let fill = format!("(() => {{ document.querySelector('[name=code]').value = {code:?}; return true; }})()");
    let _: bool = device.eval(&fill).await;
    device.click_on("form[action='/login/code'] button").await;
    device.sees("随手拍").await;
    device
}

async fn at_the_desk(chromium: &Chromium, site: &Site, size: Size) -> Device {
    let device = chromium.device("office", size, "zh-CN").await;
    device.open(&format!("{}/login", site.world.address)).await;
    device.fill("账号", "desk").await;
    device.fill("密码", "correct-horse").await;
    device.click_on("form[action='/login'] button").await;
    device.waits_until("location.pathname === '/organizer'").await;
    device
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deal_and_its_marks_on_real_screens() {
    let site = site(Database::sqlite()).await;
    let (first, second) = (site.worker("W1").await, site.worker("W2").await);
    let work = site.hands_in(&first, "晨光-one").await;
    site.hands_in(&second, "夜班-two").await;
    let of_first = site.judge("评委甲", "一公司").await;
    let of_second = site.judge("评委乙", "二公司").await;
    let before = site.people().await;
    site.judge("评委丙", "").await;
    let third = site.people().await.into_iter().find(|one| !before.contains(one)).expect("appointed");
    let card = site.world.app.issue_card(&site.contest, &third).await.expect("a card");

    let chromium = Chromium::start().await;
    let office = at_the_desk(&chromium, &site, DESKTOP).await;
    office.open(&format!("{}/organizer/photos", site.world.address)).await;
    office.click("征集").await;
    office.sees("2 件采纳的作品待分发").await;
    office.click("公布种子摘要").await;
    office.click("分发 2 件").await;
    office.sees("已分发 2 件作品").await;
    office.picture("jury-desk").await;
    office.waits_until("(document.querySelector('#list').scrollIntoView(), true)").await;
    office.picture("jury-list").await;
    let pocket = at_the_desk(&chromium, &site, PHONE).await;
    pocket.open(&format!("{}{DESK}", site.world.address)).await;
    pocket.sees("没有评完").await;
    pocket.picture("jury-desk-phone").await;
    let wide: bool = pocket.eval("document.documentElement.scrollWidth > innerWidth").await;
    assert!(!wide, "the desk is wider than the phone");
    pocket.waits_until("(document.querySelector('#list').scrollIntoView(), true)").await;
    pocket.picture("jury-list-phone").await;
    pocket.open(&format!("{}{work}", site.world.address)).await;
    // What comes late moves what is below it.
    pocket.waits_until("[...document.images].every(image => image.complete)").await;
    pocket.click("清除内容").await;
    pocket.sees("第二人").await;
    pocket.picture("jury-work-phone").await;

    let tablet = comes_in(&chromium, &site, TABLET, &card.short).await;
    tablet.picture("jury-day").await;
    tablet.click("下一件：1 号").await;
    tablet.waits_until("document.documentElement.classList.contains('scripted')").await;
    tablet.waits_until("document.querySelector('.work-picture img').naturalWidth === 800").await;
    tablet.click_on("button[data-set='8']").await;
    tablet.sees("已收到").await;
    tablet.picture("jury-sheet").await;
    tablet.sees("此外还有 1 件未评").await;
    tablet.click("下一件：2 号").await;
    tablet.waits_until("document.documentElement.classList.contains('scripted')").await;
    tablet.click_on("button[data-set='6']").await;
    tablet.sees("已收到").await;
    // Changed until it is closed.
    tablet.click_on("button[data-set='6.5']").await;
    tablet.waits_until("document.querySelector('[data-shows]').textContent === '6.5'").await;
    tablet.waits_until("document.querySelector('[data-control]').dataset.state === 'received'").await;
    let phone = comes_in(&chromium, &site, PHONE, &card.short).await;
    phone.picture("jury-day-phone").await;
    phone.open(&format!("{}/jury/photos/shots/1", site.world.address)).await;
    phone.waits_until("document.querySelector('.work-picture img').naturalWidth === 800").await;
    phone.picture("jury-phone").await;
    let wide: bool = phone.eval("document.documentElement.scrollWidth > innerWidth").await;
    assert!(!wide, "the page is wider than the phone");

    // W1's work is the one that the judge of 二公司 has; 8 and 6.5 were given by code.
    let [morning] = site.codes(&of_second).await[..] else { panic!("one work each") };
    let [night] = site.codes(&of_first).await[..] else { panic!("one work each") };
    marks(&of_second, "m", morning, "9").await.is(200);
    marks(&of_first, "n", night, "9").await.is(200);
    office.reload().await;
    office.sees("已评完").await;
    office.click_on("details.dialog summary.primary").await;
    office.click_on("form[action$='/close'] button").await;
    office.sees("征集已截止").await;
    office.picture("jury-closed").await;
    // (8 + 9) / 2 and (6.5 + 9) / 2, whichever is whose.
    office.open(&format!("{}/contests/photos", site.world.address)).await;
    office.sees("8.50").await;
    office.sees("7.75").await;
    tablet.reload().await;
    tablet.sees("不能再改").await;
    chromium.stop().await;
}
