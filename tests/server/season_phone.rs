//! A hazard report from a phone without a network, its check, the season's board that moves by itself within a minute,
//! and the way back from the point to the picture.

use std::path::PathBuf;

use leitai::{
    app::{Actor, Clock, people::Admin},
    rules::{
        command::Command,
        ledger::{
            Instant,
            entry::{Phase, Role},
        },
        names::{ContestId, Id},
        works,
    },
};

use crate::{
    browser::{Chromium, DESKTOP, Device, PHONE},
    founding::Listed,
    support::databases::Database,
    world::World,
};

crate::on_both_databases!(a_report_without_a_network_moves_the_season_and_is_found_again);

/// Of teams: handed in 1, accepted 5 more.
const REPORTS: &str = r#"format = 1
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
[[table]]
id = "teams"
title = "班组积分"
of = "units"
level = 3
score = "sum"
end = "shared"
[[collection]]
id = "hazards"
title = "隐患随手拍"
kind = "hazard"
points = { submitted = 1, accepted = 5, false = -3 }
"#;

/// Points count twice.
const YEAR: &str = r#"format = 1
[contest]
id = "year"
title = "年度积分榜"
board = "names"
[[source]]
id = "hazards"
title = "隐患随手拍"
table = "teams"
by = "points"
weight = 2
missing = "zero"
[ranking]
ties = ["shared"]
"#;

const MINUTE_MS: i64 = 60_000;

struct Year {
    world: World,
    clock: Clock,
    organizer: Actor,
}

impl Year {
    /// Both contests run and belong to one organizer; the season reads the reports' table of teams.
    async fn on(database: Database) -> Self {
        let clock = Clock::by_hand(Clock::system().now());
        let world = World::at(database, clock.clone()).await;
        let person = world.account("zhanghua", Admin::No).await;
        let year = Self { world, clock, organizer: Actor { person, administrator: false, entrant: None } };
        let (one, two) = ("集团/一公司/甲班", "集团/二公司/乙班");
        year.contest("reports", REPORTS, [("W1", "张伟", one), ("W2", "李娜", two)]).await;
        year.contest("year", YEAR, [("T1", "甲班", one), ("T2", "乙班", two)]).await;
        year.act("reports", Command::OpenStage { stage: "reports".into(), group: None }).await;
        let (season, source, contest) = ("year".into(), "hazards".into(), "reports".into());
        year.world.app.bind_source(&season, &year.organizer, &source, &contest).await.expect("bound");
        year
    }

    async fn contest(&self, id: &str, text: &str, list: [Listed<'_>; 2]) {
        let running = [Command::ReachPhase { phase: Phase::Running, until: None }];
        self.world.founds(&self.organizer, (id, text), &list, running).await;
    }

    async fn act(&self, contest: &str, command: Command) {
        self.world.does(&self.organizer, &ContestId::new(contest), command).await;
    }

    async fn works(&self) -> usize {
        let hazards = Id::new("hazards");
        let count = |state: &_| works::works_of(state, &hazards, |_, _| true).len();
        self.world.app.read(&"reports".into(), count).await.expect("read")
    }

    fn a_minute_later(&self) {
        self.clock.set(Instant(self.clock.now().0 + MINUTE_MS));
    }

    /// The card of somebody who checks what the first company reports.
    async fn checkers_code(&self) -> String {
        let person = self.world.app.add_person("核实人", None, None).await.expect("a person");
        let role = Role::Checker { collection: "hazards".into(), branch: Some("集团/一公司".into()) };
        self.act("reports", Command::AssignPerson { person: person.clone(), role, unit: None }).await;
        self.world.app.issue_card(&"reports".into(), &person).await.expect("a card").short
    }

    async fn opens(&self, device: &Device, path: &str) {
        device.open(&format!("{}{path}", self.world.address)).await;
    }
}

fn photograph(folder: &tempfile::TempDir) -> PathBuf {
    let file = folder.path().join("hazard.png");
    let picture =
        image::RgbImage::from_fn(2_000, 1_200, |x, y| image::Rgb([x.to_le_bytes()[0], y.to_le_bytes()[0], 90]));
    picture.save(&file).expect("a picture");
    file
}

async fn narrow(phone: &Device) {
    let wide: bool = phone.eval("document.documentElement.scrollWidth > innerWidth").await;
    assert!(!wide, "the page is wider than the phone");
}

async fn a_report_without_a_network_moves_the_season_and_is_found_again(database: Database) {
    let year = Year::on(database).await;
    let chromium = Chromium::start().await;
    let board = chromium.device("board", DESKTOP, "zh-CN").await;
    year.opens(&board, "/contests/year").await;
    board.waits_until("document.querySelector('#connection [data-connection=live]')").await;
    let _: bool = board.eval("(window.neverReloaded = true)").await;
    let total = |points: &str| {
        format!(
            "[...document.querySelectorAll('#standings tbody tr')].some(row => row.innerText.includes('甲班') && \
             row.querySelector('td:last-child').innerText.match(/[0-9.]+$/)?.[0] === '{points}')"
        )
    };
    board.waits_until(&total("0.00")).await;

    // The worker comes in, and the network goes while the report is written.
    let folder = tempfile::tempdir().expect("a folder");
    let file = photograph(&folder);
    let phone = chromium.device("worker", PHONE, "zh-CN").await;
    phone.by_touch().await;
    year.opens(&phone, "/contests/reports/log-in/first").await;
    phone.fill("工号", "W1").await;
    phone.fill("手机", "0001").await;
    phone.fill("新 PIN", "135790").await;
    phone.fill("再输一次", "135790").await;
    phone.click("设置 PIN 并登录").await;
    phone.click("提交一件").await;
    phone.waits_until("document.readyState === 'complete' && !!document.querySelector('form[data-work]')").await;
    phone.offline(true).await;
    phone.upload("#field-pictures", &file).await;
    phone.waits_until("document.querySelectorAll('[data-previews] img').length === 1").await;
    phone.fill("地点", "二号库东门").await;
    phone.fill("内容", "灭火器过期，压力不足").await;
    phone.click_on("form[data-work] button").await;
    phone.sees("已保存在本机").await;
    narrow(&phone).await;
    phone.picture("season-offline").await;
    assert_eq!(year.works().await, 0, "nothing was sent");

    // With the network it goes out by itself, once; the page loaded again sends nothing more.
    year.a_minute_later();
    phone.offline(false).await;
    phone.sees("已收到").await;
    assert_eq!(year.works().await, 1);
    phone.reload().await;
    phone.sees("隐患随手拍").await;
    year.opens(&phone, "/contests/reports/works").await;
    phone.sees("待核实").await;
    assert_eq!(year.works().await, 1, "sent once");
    // Handed in is 1 point, which counts twice.
    board.waits_until(&total("2.00")).await;

    // Whoever checks this company's reports sees it, with its picture, and accepts it.
    let code = year.checkers_code().await;
    let checker = chromium.device("checker", DESKTOP, "zh-CN").await;
    year.opens(&checker, "/login").await;
    let _: bool = checker
        .eval(&format!("(() => {{ document.querySelector('[name=code]').value = {code:?}; return true; }})()"))
        .await;
    checker.click_on("form:has([name=code]) button").await;
    checker.waits_until("!location.pathname.startsWith('/login')").await;
    year.opens(&checker, "/checker/reports").await;
    checker.click("二号库东门").await;
    checker.waits_until("document.querySelector('.work-picture img')?.naturalWidth === 1600").await;
    checker.picture("season-check").await;
    checker.click("已采纳").await;
    checker.sees("没有待核实的作品").await;

    // 1 and 5, twice: a minute after the last report, and without a reload.
    year.a_minute_later();
    board.waits_until(&total("12.00")).await;
    let same: bool = board.eval("window.neverReloaded === true").await;
    assert!(same, "the board was loaded again");
    board.picture("season-moved").await;

    // From the point to the work, as everybody may: its number and what was said, not what it shows.
    follow(&board).await;
    board.sees("只有作者本人、核实人和组织者登录后能看").await;
    board.picture("season-trail-public").await;
    let leaks: bool =
        board.eval("document.body.innerText.includes('二号库') || !!document.querySelector('#works a')").await;
    assert!(!leaks, "what was reported is not the public's");

    // And for whoever organizes both, to the picture.
    let staff = chromium.device("staff", PHONE, "zh-CN").await;
    staff.by_touch().await;
    year.opens(&staff, "/login?to=/contests/year").await;
    staff.fill("账号", "zhanghua").await;
    staff.fill("密码", "correct-horse").await;
    staff.click_on("form[action='/login'] button").await;
    staff.waits_until("location.pathname === '/contests/year'").await;
    follow(&staff).await;
    narrow(&staff).await;
    staff.picture("season-trail-staff").await;
    staff.click("第 1 号作品").await;
    staff.sees("灭火器过期").await;
    staff.waits_until("document.querySelector('.work-picture img')?.naturalWidth === 1600").await;
    narrow(&staff).await;
    staff.picture("season-trail-picture").await;
    chromium.stop().await;
}

/// From the row of a team on the season's board to the person who reported, click by click.
async fn follow(device: &Device) {
    // The first frame draws the rows once more.
    device.waits_until("document.querySelector('#connection [data-connection=live]')").await;
    device.click("甲班").await;
    device.sees("积分明细").await;
    device.click("查看原成绩").await;
    device.waits_until("location.pathname.startsWith('/contests/reports/why/')").await;
    device.sees("成员的成绩").await;
    device.click("张伟").await;
    device.sees("第 1 号作品").await;
    device.sees("已采纳").await;
}
