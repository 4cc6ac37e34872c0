//! A hazard report from a phone: kept while there is no network, sent once, checked, and its points lead back to the
//! picture. And the same without script.

use leitai::{
    app::{Actor, Clock},
    rules::{
        command::Command,
        ledger::entry::{Phase, Role},
        names::{ContestId, Id, UnitPath},
        works,
    },
};
use reqwest::StatusCode;
use rust_decimal::Decimal;

use crate::{
    browser::{Chromium, PHONE},
    quiz::organizer,
    support::databases::Database,
    world::{Client, World},
};

const REPORTS: &str = r#"
format = 1
[contest]
id = "reports"
title = "安全隐患随手拍"
board = "names"
[entrants]
first-log-in = "phone-last4"
[[stage]]
id = "reports"
title = "隐患"
floor = "none"
[[stage.aspect]]
id = "points"
title = "积分"
kind = "measurement"
collection = "hazards"
[ranking]
ties = ["shared"]
[[collection]]
id = "hazards"
title = "隐患随手拍"
kind = "hazard"
points = { submitted = 1, accepted = 5, false = -3 }
fields = { pictures-most = 3 }
limits = { per-day = 4 }
[[collection]]
id = "past"
title = "去年的隐患"
kind = "hazard"
closes = "2025-12-31T00:00"
fields = { pictures-most = 3 }
"#;

struct Site {
    world: World,
    contest: ContestId,
    checker: Actor,
}

/// Running, with W1 of 一公司 and W2 of 二公司, and somebody who checks 一公司's reports.
async fn site() -> Site {
    let world = World::at(Database::sqlite(), Clock::system()).await;
    let person = world.app.add_person("核实人", None, None).await.expect("a person");
    let role = Role::Checker { collection: Id::new("hazards"), branch: Some(UnitPath::new("一公司")) };
    let commands = [
        Command::AssignPerson { person: person.clone(), role, unit: None },
        Command::ReachPhase { phase: Phase::Running, until: None },
        Command::OpenStage { stage: Id::new("reports"), group: None },
    ];
    let people = [("W1", "张伟", "一公司"), ("W2", "李娜", "二公司")];
    let contest = world.founds(&organizer(), ("reports", REPORTS), &people, commands).await;
    Site { world, contest, checker: Actor { person, administrator: false, entrant: None } }
}

impl Site {
    async fn worker(&self, number: &str) -> Client {
        let phone = self.world.visitor();
        let fields = [("number", number), ("proof", "0001"), ("pin", "135790"), ("again", "135790")];
        phone.posts("/contests/reports/log-in/first", &fields).await.leads_to("/contests/reports/me");
        phone
    }

    /// Somebody with the checker's card.
    async fn checks(&self) -> Client {
        let card = self.world.app.issue_card(&self.contest, &self.checker.person).await.expect("a card");
        let client = self.world.visitor();
        client.posts("/login/code", &[("code", &card.short)]).await;
        client
    }

    async fn points(&self, entrant: &str) -> Option<Decimal> {
        let hazards = Id::new("hazards");
        let now = self.world.app.read(&self.contest, |state| works::points_now(state, &hazards)).await.expect("read");
        now.into_iter().find(|(id, _)| id.as_str() == entrant).map(|(_, points)| points)
    }
}

fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture =
        image::RgbImage::from_fn(2_000, 1_200, |x, y| image::Rgb([x.to_le_bytes()[0], y.to_le_bytes()[0], 90]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_without_script_and_its_check() {
    let site = site().await;
    let worker = site.worker("W1").await;
    let form = worker.opens("/contests/reports/collections/hazards").await.text();
    let operation = form.split("name=\"operation\" value=\"").nth(1).expect("an operation");
    let operation = operation.split('"').next().expect("its end").to_owned();
    let to = "/contests/reports/collections/hazards";
    let told = [("operation", operation.as_str()), ("place", "二号库"), ("text", "灭火器过期")];
    // What is no picture is not taken, and what was written is still there.
    let refused = worker.uploads(to, &told, ("pictures", "a.jpg", b"GIF89a")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("灭火器过期") && refused.text().contains("不是照片"));

    let sent = worker.uploads(to, &told, ("pictures", "a.png", &png())).await;
    let page = sent.location.expect("leads to the work");
    assert_eq!(site.points("W1").await, Some(Decimal::ONE));
    // The same operation again is the same work.
    let again = worker.uploads(to, &told, ("pictures", "a.png", &png())).await;
    assert_eq!(again.location.as_ref(), Some(&page));
    assert_eq!(site.points("W1").await, Some(Decimal::ONE));

    let picture = worker.opens(&format!("{page}/pictures/0")).await;
    assert_eq!((picture.status, picture.content_type.as_str()), (StatusCode::OK, "image/jpeg"));
    // Nobody else's.
    let other = site.worker("W2").await;
    for path in [page.clone(), format!("{page}/pictures/0")] {
        assert_eq!(other.opens(&path).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(other.opens("/checker/reports").await.status, StatusCode::FORBIDDEN);

    let checker = site.checks().await;
    let queue = checker.opens("/checker/reports").await;
    assert!(queue.text().contains("二号库"), "{}", queue.text());
    let work = page.rsplit('/').next().expect("an id").to_owned();
    let at = format!("/checker/reports/{work}");
    let unsaid = checker.posts(&at, &[("outcome", "false"), ("reason", " ")]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is needed");
    checker.posts(&at, &[("outcome", "accepted")]).await.leads_to("/checker/reports");
    assert_eq!(site.points("W1").await, Some(Decimal::from(6)));
    // The page of the points leads to the picture.
    let shown = worker.opens(&page).await.text();
    assert!(shown.contains("已采纳") && shown.contains(&format!("{page}/pictures/0")), "{shown}");

    // Another report of the same: shown beside it, and decided by the checker.
    let told = [("operation", "second-operation"), ("place", "二号库"), ("text", "灭火器已过期")];
    let sent = worker.uploads(to, &told, ("none", "", b"")).await.location.expect("leads to the work");
    let second = sent.rsplit('/').next().expect("an id").to_owned();
    let at = format!("/checker/reports/{second}");
    assert!(checker.opens(&at).await.text().contains("可能重复"));
    checker.posts(&at, &[("outcome", "duplicate"), ("of", &work)]).await.leads_to("/checker/reports");
    assert_eq!(site.points("W1").await, Some(Decimal::from(7)), "handed in 1, duplicate 0");

    // Another unit's report of the same is a number to the checker of this one: neither where nor what it says.
    let told = [("operation", "other-unit"), ("place", "绝密三号库"), ("text", "灭火器过期")];
    let sent = other.uploads(to, &told, ("none", "", b"")).await.location.expect("leads to the work");
    let foreign = sent.rsplit('/').next().expect("an id").to_owned();
    let told = [("operation", "third-operation"), ("place", "三号库"), ("text", "灭火器过期")];
    let sent = worker.uploads(to, &told, ("none", "", b"")).await.location.expect("leads to the work");
    let at = format!("/checker/reports/{}", sent.rsplit('/').next().expect("an id"));
    checker.opens(&at).await.shows("其他单位的作品").hides("绝密三号库");
    checker.opens(&format!("/contests/reports/works/{foreign}")).await.is(404);
    checker.posts(&at, &[("outcome", "duplicate"), ("of", &foreign)]).await.leads_to("/checker/reports");
    // What another work repeats is not withdrawn.
    other.posts(&format!("/contests/reports/works/{foreign}/withdraw"), &[]).await.is(409).shows("不能撤回");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_picture_is_opened_for_what_is_not_taken() {
    let site = site().await;
    let worker = site.worker("W1").await;
    // These are no pictures: whoever opens one says so.
    let picture = ("pictures", "a.jpg", b"GIF89a".as_slice());
    // As a browser sends further files of the same field.
    let further = ["pictures\"; filename=\"b.jpg", "pictures\"; filename=\"c.jpg", "pictures\"; filename=\"d.jpg"];
    let told = [("place", "二号库"), ("text", "灭火器过期")];
    let asks = async |collection: &str, operation: &str, fields: &[(&str, &str)], further: &[&str]| {
        let mut all = vec![("operation", operation)];
        all.extend(fields);
        all.extend(further.iter().map(|name| (*name, "GIF89a")));
        worker.uploads(&format!("/contests/reports/collections/{collection}"), &all, picture).await
    };
    asks("hazards", "op-1", &told, &further).await.is(422).shows("最多 3 张照片").hides("有一个文件不是照片");
    asks("hazards", "op-1", &[("place", "二号库")], &[]).await.is(422).shows("请填写").hides("有一个文件不是照片");
    asks("past", "op-1", &told, &[]).await.is(422).shows("2025-12-31").hides("有一个文件不是照片");
    asks("hazards", "op-1", &told, &[]).await.is(422).shows("有一个文件不是照片");
    // So many on a day and no more; what was taken is taken again.
    let to = "/contests/reports/collections/hazards";
    for operation in ["op-2", "op-3", "op-6", "op-7", "op-2"] {
        let fields = [("operation", operation), told[0], told[1]];
        let answer = worker.uploads(to, &fields, ("pictures", "a.png", &png())).await;
        assert!(answer.location.is_some_and(|at| at.starts_with("/contests/reports/works/")));
    }
    asks("hazards", "op-4", &told, &[]).await.is(422).shows("达到每天的上限").hides("有一个文件不是照片");
    assert_eq!(site.points("W1").await, Some(Decimal::from(4)));
    // Over the API the same.
    let path = "/api/v1/contests/reports/collections/hazards/works/op-5";
    let form =
        "--x\r\nContent-Disposition: form-data; name=\"pictures\"; filename=\"a.jpg\"\r\n\r\nGIF89a\r\n--x--\r\n";
    let request = worker.request(reqwest::Method::PUT, path);
    let request =
        request.header("origin", &site.world.address).header("content-type", "multipart/form-data; boundary=x");
    let answer = worker.sends(request.body(form)).await;
    assert_ne!(answer.json()["error"], "picture", "{}", answer.text());
    assert!(answer.status.is_client_error());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_waits_on_the_phone_for_the_network() {
    let site = site().await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("hazard.png");
    std::fs::write(&file, png()).expect("written");
    let chromium = Chromium::start().await;
    let phone = chromium.device("worker", PHONE, "zh-CN").await;
    phone.open(&format!("{}/contests/reports/log-in/first", site.world.address)).await;
    for (name, value) in [("number", "W1"), ("proof", "0001"), ("pin", "135790"), ("again", "135790")] {
        let script = format!("(() => {{ document.querySelector('[name={name}]').value = {value:?}; return true; }})()");
        let _: bool = phone.eval(&script).await;
    }
    phone.click_on("main form button").await;
    phone.sees("隐患随手拍").await;
    phone.click("提交一件").await;
    phone.sees("照片").await;
    // The form is whole, and its script listens.
    phone.waits_until("document.readyState === 'complete' && !!document.querySelector('form[data-work]')").await;
    phone.upload("#field-pictures", &file).await;
    phone.waits_until("document.querySelectorAll('[data-previews] img').length === 1").await;
    phone.fill("地点", "二号库东门").await;
    phone.fill("内容", "灭火器过期，压力不足").await;
    phone.picture("works-form").await;

    phone.offline(true).await;
    phone.click_on("form[data-work] button").await;
    phone.sees("已保存在本机").await;
    phone.picture("works-offline").await;
    assert_eq!(site.points("W1").await, None, "nothing was sent");
    // A network that answers everything with its own log-in page has received nothing.
    let portal = "window.fetch = () => Promise.resolve(new Response('<html>Wi-Fi', { status: 200 })), true";
    assert!(phone.eval::<bool>(portal).await);
    phone.offline(false).await;
    phone.sees("回应不是本系统发出的").await;
    phone.sees_no("已收到").await;
    assert_eq!(site.points("W1").await, None, "nothing was sent");
    phone.reload().await;
    phone.sees("已收到").await;
    phone.picture("works-received").await;
    assert_eq!(site.points("W1").await, Some(Decimal::ONE));

    phone.open(&format!("{}/contests/reports/works", site.world.address)).await;
    phone.sees("待核实").await;
    phone.click("二号库东门").await;
    phone.sees("灭火器过期").await;
    phone.waits_until("document.querySelector('.work-picture img').naturalWidth === 1600").await;
    let wide: bool = phone.eval("document.documentElement.scrollWidth > innerWidth").await;
    assert!(!wide, "the page is wider than the phone");

    let work: String = phone.eval("location.pathname.split('/').pop()").await;
    let checker = site.checks().await;
    checker.posts(&format!("/checker/reports/{work}"), &[("outcome", "accepted")]).await.leads_to("/checker/reports");
    phone.reload().await;
    phone.sees("已采纳").await;
    phone.picture("works-accepted").await;
    assert_eq!(site.points("W1").await, Some(Decimal::from(6)));
    // On the board like any other score.
    phone.open(&format!("{}/contests/reports", site.world.address)).await;
    phone.sees("6").await;
    chromium.stop().await;
}
