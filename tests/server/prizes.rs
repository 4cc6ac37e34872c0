//! From a tie that people decide to a certificate in somebody's hand, and the page that says whether it holds.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use leitai::{
    app::{Actor, people::Admin},
    rules::{
        command::Command,
        field::{Entrant, Slot, Value},
        ledger::entry::{MarkValue, Phase, Role},
        names::{ContestId, EntrantId, Id, PersonId, UnitPath},
    },
    store::names::EntrantName,
};

use crate::{
    printed::Printed,
    world::{Answer, Client, World},
};

/// One paper, no panel; the second prize has one place, and people decide about a tie for it.
const QUIZ: &str = r#"
format = 1
[contest]
id = "quiz"
title = "安全知识竞赛"
organizer = "滨江集团工会"
timezone = "Asia/Shanghai"
board = "numbers"
rounding = { digits = 2, mode = "half-up" }
[[stage]]
id = "theory"
title = "理论"
[[stage.aspect]]
id = "paper"
title = "试卷"
kind = "imported"
max = 100
[ranking]
ties = ["shared"]
[[award]]
id = "first"
title = "一等奖"
count = 1
reward = { money = 1000, text = "奖杯" }
[[award]]
id = "second"
title = "二等奖"
count = 1
boundary = "people-decide"
reward = { money = 500 }
[[award]]
id = "third"
title = "三等奖"
count = 2
"#;
/// Two share the second place.
const MARKED: [(&str, &str, u32, i64); 5] = [
    ("W1", "王芳", 11, 90),
    ("W2", "李娜", 12, 88),
    ("W3", "张伟", 13, 88),
    ("W4", "赵敏", 14, 80),
    ("W5", "孙强", 15, 60),
];
const AWARDS: &str = "/organizer/quiz/awards";

struct Ceremony {
    world: World,
    client: Client,
    organizer: Actor,
    chief: PersonId,
}

impl Ceremony {
    /// Everything is marked and the stage is closed.
    async fn of(entrants: &[(&str, &str, u32, i64)]) -> Self {
        let world = World::begin().await;
        let person = world.account("zhanghua", Admin::No).await;
        let organizer = Actor { person, administrator: false, entrant: None };
        let client = world.logged_in("zhanghua").await;
        let created =
            client.uploads("/organizer/new", &[("text", QUIZ), ("id", ""), ("do", "create")], ("file", "", b""));
        created.await.leads_to("/organizer/quiz?said=created");
        let chief = world.app.add_person("陈立", None, None).await.expect("a person");
        let here = Self { world, client, organizer, chief };
        here.acts(Command::AssignPerson { person: here.chief.clone(), role: Role::ChiefJudge, unit: None }).await;
        here.acts(Command::SetUnits { units: vec![UnitPath::new("集团/一公司")] }).await;
        let unit = Some(UnitPath::new("集团/一公司"));
        let facts =
            entrants.iter().map(|(id, ..)| (EntrantId::new(id), Entrant { unit: unit.clone(), ..Entrant::default() }));
        let names = entrants.iter().map(|(id, name, ..)| named(id, name));
        let app = &here.world.app;
        let registered =
            app.register_entrants(&quiz(), &here.organizer, facts.collect(), names.collect(), None, None).await;
        registered.expect("registered");
        let numbers = entrants.iter().map(|(id, _, number, _)| (EntrantId::new(id), *number)).collect();
        here.acts(Command::EnterLots { event: None, group: None, witness: "监督组".to_owned(), numbers }).await;
        here.acts(Command::ReachPhase { phase: Phase::Running, until: None }).await;
        here.acts(Command::OpenStage { stage: Id::new("theory"), group: None }).await;
        for (id, _, _, points) in entrants {
            let slot = Slot {
                stage: "theory".into(),
                piece: None,
                attempt: 1,
                aspect: "paper".into(),
                value: None,
                judge: None,
            };
            let value = MarkValue::Is(Value::Number((*points).into()));
            here.acts(Command::GiveMark { entrant: EntrantId::new(id), slot, value }).await;
        }
        here.acts(Command::CloseStage { stage: Id::new("theory"), group: None }).await;
        here
    }

    async fn acts(&self, command: Command) {
        let told = format!("{command:?}");
        let receipt = self.world.app.act(&quiz(), &self.organizer, command).await;
        let receipt = receipt.unwrap_or_else(|error| panic!("{told}: {error}"));
        self.world.app.wait_for(&quiz(), receipt.version).await.expect("shown");
    }

    async fn seals(&self) {
        self.acts(Command::ReachPhase { phase: Phase::Sealed, until: None }).await;
        self.acts(Command::OpenIdentities { second: self.chief.clone() }).await;
    }

    /// Sealed, the tie given to `winner`, announced, with serials.
    async fn issues(&self, winner: &str, count: usize) {
        self.seals().await;
        self.posts("decide", &[("award", "second"), ("to", winner), ("reason", "组委会会议决定")]).await;
        self.posts("announce", &[]).await.leads_to(&format!("{AWARDS}?said=award-announced&count=0"));
        let issued = self.posts("certificates", &[]).await;
        issued.leads_to(&format!("{AWARDS}?said=award-issued&count={count}"));
    }

    async fn opens(&self, page: &str) -> Answer {
        self.client.opens(&format!("{AWARDS}{page}")).await
    }

    async fn posts(&self, what: &str, fields: &[(&str, &str)]) -> Answer {
        self.client.posts(&format!("{AWARDS}/{what}"), fields).await
    }

    /// The first cells of a downloaded workbook's rows.
    async fn workbook(&self, name: &str) -> Vec<Vec<String>> {
        let file = self.opens(&format!("/files/{name}")).await;
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file.is(200).bytes.clone())).expect("a workbook");
        let sheet = book.worksheet_range_at(0).expect("a sheet").expect("its cells");
        let text = |cell: &Data| match cell {
            Data::Float(number) => format!("#{number}"),
            other => other.to_string(),
        };
        sheet.rows().map(|row| row.iter().map(text).collect()).collect()
    }

    /// All certificates as one PDF, once they are set.
    async fn prints(&self) -> Vec<u8> {
        self.posts("print", &[("output", "one")]).await.leads_to(&format!("{AWARDS}#certificates"));
        loop {
            let page = self.opens("").await.is(200).text();
            assert!(!page.contains("没有打印"), "{page}");
            if page.contains("排好了") {
                return self.opens("/print").await.is(200).bytes.clone();
            }
        }
    }

    /// The serial that the page shows beside a winner.
    async fn serial_of(&self, name: &str) -> String {
        let page = self.opens("").await.text();
        let row = page.split_once(&format!("{name}</th>")).unwrap_or_else(|| panic!("no {name}: {page}")).1;
        let serial = row.split_once("/check/").expect("a serial").1;
        serial.split_once('"').expect("its end").0.to_owned()
    }
}

fn quiz() -> ContestId {
    ContestId::new("quiz")
}

fn named(id: &str, name: &str) -> EntrantName {
    EntrantName {
        entrant: EntrantId::new(id),
        name: name.to_owned(),
        number: None,
        birth_date: None,
        gender: None,
        phone: None,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tie_for_the_last_place_waits_for_people() {
    let here = Ceremony::of(&MARKED).await;
    // Before names are open, numbers stand for people.
    here.opens("").await.is(200).shows("待决定").shows("012").shows("成绩尚未封存").hides("李娜");
    here.seals().await;
    here.opens("").await.shows("李娜").shows("张伟").shows("还有待决定的名额").hides("按目前成绩预计");
    here.posts("announce", &[]).await.is(409);
    let unexplained = here.posts("decide", &[("award", "second"), ("to", "W2"), ("reason", " ")]).await;
    unexplained.is(422).shows("请写明理由").shows("value=\"W2\" checked").hides("value=\"W3\" checked");
    let decided = here.posts("decide", &[("award", "second"), ("to", "W2"), ("reason", "组委会会议决定")]).await;
    decided.leads_to(&format!("{AWARDS}?said=award-decided&count=0"));
    here.opens("").await.hides("待决定").shows("成绩已封存，可以公布");
    here.posts("announce", &[]).await.leads_to(&format!("{AWARDS}?said=award-announced&count=0"));
    here.posts("announce", &[]).await.is(409);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_documents_say_who_gets_what_and_whether_it_is_final() {
    let here = Ceremony::of(&MARKED).await;
    let before = here.workbook("list.xlsx").await;
    assert!(before.iter().any(|row| row[0] == "未最终"), "{before:?}");
    here.issues("W2", 4).await;
    let rows = here.workbook("list.xlsx").await;
    assert!(rows.iter().all(|row| row[0] != "未最终"));
    let winners: Vec<Vec<&str>> = rows
        .iter()
        .filter(|row| row[0].ends_with("名）"))
        .map(|row| row[..6].iter().map(String::as_str).collect())
        .collect();
    // 张伟 lost the tie for the second prize and heads the third.
    assert_eq!(
        winners,
        [
            ["一等奖（1名）", "#1", "11", "王芳", "集团 一公司", "#90"],
            ["二等奖（1名）", "#2", "12", "李娜", "集团 一公司", "#88"],
            ["三等奖（2名）", "#2", "13", "张伟", "集团 一公司", "#88"],
            ["三等奖（2名）", "#4", "14", "赵敏", "集团 一公司", "#80"],
        ]
        .map(Vec::from)
    );
    let receipts = Printed::new(&here.opens("/files/receipts.pdf").await.is(200).bytes).text();
    // 1000 + 500, and one cup.
    assert!(receipts.contains("领奖签收表") && receipts.contains("共4人次，1500元，奖杯1人"), "{receipts}");
    let summary = here.workbook("summary-1.xlsx").await;
    assert!(
        summary.iter().any(|row| row.contains(&"孙强".to_owned()) && row.contains(&"#60".to_owned())),
        "{summary:?}"
    );
    let csv = here.opens("/files/list.csv").await.is(200).text();
    assert!(csv.starts_with("\u{feff}奖项,名次,编号,姓名,单位,成绩,证书编号\r\n"), "{csv}");
    here.opens("/files/list.docx").await.is(404);
    here.opens("/files/summary-2.pdf").await.is(404);
}

/// The organizer sees a preview long before; nobody else does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_reads_the_list_once_it_is_announced_and_never_before() {
    let here = Ceremony::of(&MARKED).await;
    let anybody = here.world.visitor();
    let pages = ["/contests/quiz", "/contests/quiz/screen", "/"];
    for page in pages {
        anybody.opens(page).await.is(200).hides("获奖名单").hides("一等奖");
    }
    here.seals().await;
    here.posts("decide", &[("award", "second"), ("to", "W2"), ("reason", "组委会会议决定")]).await;
    here.opens("").await.is(200).shows("一等奖");
    for page in pages {
        anybody.opens(page).await.is(200).hides("获奖名单").hides("一等奖");
    }
    here.posts("announce", &[]).await.leads_to(&format!("{AWARDS}?said=award-announced&count=0"));
    let list = |page: &Answer| {
        let text = page.is(200).text();
        let list = text.split_once("id=\"awards\"").expect("a list").1;
        list.split_once("</section>").expect("its end").0.to_owned()
    };
    // First 王芳 with 90, second 李娜 as people decided, third 张伟 and 赵敏; 孙强 got nothing.
    let text = list(&anybody.opens("/contests/quiz").await);
    let at = |sought: &str| text.find(sought).unwrap_or_else(|| panic!("no {sought}: {text}"));
    let order = ["一等奖", "王芳", "二等奖", "李娜", "三等奖", "张伟", "赵敏", "滨江集团工会"].map(at);
    assert!(order.is_sorted(), "{order:?}");
    assert!(text.contains("竞赛尚未结束") && text.contains("集团 · 一公司") && !text.contains("孙强"), "{text}");
    anybody.opens("/").await.is(200).shows("href=\"/contests/quiz#awards\"");

    let until = leitai::rules::ledger::Instant(here.world.app.now().0 + 3_600_000);
    here.acts(Command::ReachPhase { phase: Phase::Notice, until: Some(until) }).await;
    assert!(list(&anybody.opens("/contests/quiz").await).contains("公示期至"));
    here.posts("revoke", &[("award", "second"), ("to", "W2"), ("reason", "冒名顶替")]).await;
    let text = list(&anybody.opens("/contests/quiz").await);
    assert!(!text.contains("李娜") && !text.contains("冒名顶替") && text.contains("王芳"), "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_code_on_a_certificate_leads_to_a_page_that_says_whether_it_holds() {
    let here = Ceremony::of(&MARKED).await;
    here.issues("W2", 4).await;
    let pdf = Printed::new(&here.prints().await);
    assert_eq!(pdf.pages(), 4);
    let serial = here.serial_of("王芳").await;
    let text = pdf.text();
    for printed in ["王芳", "一等奖", "安全知识竞赛", "滨江集团工会", &serial] {
        assert!(text.contains(printed), "`{printed}` is not in {text}");
    }
    let codes = pdf.codes(1);
    assert_eq!(codes.iter().collect::<Vec<_>>(), [&format!("{}/check/{serial}", here.world.address)]);

    let anybody = here.world.visitor();
    let check = format!("/check/{serial}");
    anybody.opens(&check).await.is(200).shows("已公布，尚未生效").shows("王芳").shows("一等奖").hides("李娜");
    here.acts(Command::ReachPhase { phase: Phase::Final, until: None }).await;
    anybody.opens(&check).await.is(200).shows("证书有效").shows("王芳").shows("data-tone=\"good\"");
    let typed = serial.to_lowercase().replace('-', "%20");
    anybody.opens(&format!("/check/{typed}")).await.is(200).shows("证书有效");
    anybody.opens(&format!("/check?serial={serial}")).await.leads_to(&check);
    anybody.opens("/check/2026-AAAA-AAAA-AAAA").await.is(404).shows("查无此证书");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replaced_and_a_revoked_certificate_say_so() {
    let here = Ceremony::of(&MARKED).await;
    here.issues("W2", 4).await;
    let anybody = here.world.visitor();
    let old = here.serial_of("王芳").await;
    here.posts("reissue", &[("award", "first"), ("to", "W1")])
        .await
        .leads_to(&format!("{AWARDS}?said=award-issued&count=1"));
    let new = here.serial_of("王芳").await;
    assert_ne!(old, new);
    let replaced = anybody.opens(&format!("/check/{old}")).await;
    replaced.is(200).shows("此证书已被新证书取代").hides("王芳").hides(&new);
    anybody.opens(&format!("/check/{new}")).await.is(200).shows("王芳").hides("取代");

    let second = here.serial_of("李娜").await;
    here.posts("revoke", &[("award", "second"), ("to", "W2"), ("reason", "")]).await.is(422).shows("请写明理由");
    let revoked = here.posts("revoke", &[("award", "second"), ("to", "W2"), ("reason", "冒名顶替")]).await;
    revoked.leads_to(&format!("{AWARDS}?said=award-revoked&count=0"));
    anybody.opens(&format!("/check/{second}")).await.is(200).shows("此证书已撤销").hides("李娜").hides("冒名顶替");
    here.opens(&format!("/certificates/{second}.pdf")).await.is(404);
    let single = here.opens(&format!("/certificates/{new}.pdf")).await;
    assert!(Printed::new(&single.is(200).bytes).text().contains(&new));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_no_font_can_draw_is_named_nothing_is_printed_and_it_can_be_put_right() {
    let mut entrants = MARKED;
    entrants[0].1 = "王\u{e000}芳";
    let here = Ceremony::of(&entrants).await;
    here.issues("W2", 4).await;
    here.posts("print", &[("output", "each")]).await.leads_to(&format!("{AWARDS}#certificates"));
    let page = loop {
        let page = here.opens("").await.is(200).text();
        assert!(!page.contains("排好了"), "{page}");
        if page.contains("没有打印") {
            break page;
        }
    };
    assert!(page.contains("U+E000"), "{page}");
    here.opens("/print").await.is(404);
    let serial = here.serial_of("王\u{e000}芳").await;
    here.opens(&format!("/certificates/{serial}.pdf")).await.is(422).shows("U+E000");
    let other = here.serial_of("李娜").await;
    here.opens(&format!("/certificates/{other}.pdf")).await.is(200);

    let entrant = "/organizer/quiz/entrants/W1";
    let card = here.world.app.issue_card(&quiz(), &here.chief).await.expect("a card").short;
    let mut fields = vec![("name", "王芳"), ("second", card.as_str()), ("reason", "")];
    let unexplained = here.client.posts(entrant, &fields).await;
    unexplained.is(422).shows("这项改动必须写明理由").shows("value=\"王芳\"");
    fields[2].1 = "身份证件核对";
    here.client.posts(entrant, &fields).await.leads_to("/organizer/quiz/entrants?said=entrant-changed&count=1");
    let corrected = here.opens(&format!("/certificates/{serial}.pdf")).await;
    assert!(Printed::new(&corrected.is(200).bytes).text().contains("王芳"));
    here.client.opens("/organizer/quiz/trail").await.is(200).shows("的姓名资料").shows("身份证件核对");
}

/// Who swaps two names after the seal gives a prize to somebody else.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_after_the_seal_take_two_people_and_what_they_were_is_kept() {
    let here = Ceremony::of(&MARKED).await;
    here.seals().await;
    let needs = "要有第二人";
    let page = "/organizer/quiz/entrants/W1";
    // Facts stand: the form does not offer them, and what is sent all the same changes none.
    here.client.opens(page).await.is(200).shows("value=\"王芳\"").shows("第二人").hides("name=\"unit\"");
    let mut fields = vec![("name", "孙强"), ("number", "2001"), ("quota", "是"), ("reason", "身份证件核对")];
    here.client.posts(page, &fields).await.is(422).shows(needs).shows("value=\"孙强\"");
    fields.push(("second", "AAAA-AAAA"));
    here.client.posts(page, &fields).await.is(422).shows("第二人的登录码，或账号和密码不对");

    let list = "编号,姓名,单位\nW1,孙强,集团/一公司\nW5,王芳,集团/一公司\n";
    let import = "/organizer/quiz/entrants/import";
    let all = [("confirm", "0+2"), ("reason", "互换"), ("second", "")];
    let preview =
        here.client.uploads(import, &[("confirm", ""), ("reason", "")], ("file", "名单.csv", list.as_bytes()));
    preview.await.is(200).shows("<s>王芳</s> 孙强").shows("name=\"second\"");
    let refused = here.client.uploads(import, &all, ("file", "名单.csv", list.as_bytes())).await;
    refused.is(422).shows(needs);
    here.client.opens(page).await.shows("value=\"王芳\"");

    let card = here.world.app.issue_card(&quiz(), &here.chief).await.expect("a card").short;
    fields[4].1 = &card;
    here.client.posts(page, &fields).await.leads_to("/organizer/quiz/entrants?said=entrant-changed&count=1");
    let newest = here.world.app.entries_before(&quiz(), None, 1, |_| true).await.expect("the trail").remove(0);
    assert_eq!((newest.entry.kind(), newest.entry.second()), ("entrant-renamed", Some(&here.chief)));
    let text = here.client.opens(page).await.is(200).text();
    let past = text.split_once("曾用资料").expect("what it was").1;
    assert!(past.contains("王芳"), "{past}");
    let card = here.world.app.issue_card(&quiz(), &here.chief).await.expect("a card").short;
    let all = [("confirm", "0+1"), ("reason", "互换"), ("second", card.as_str())];
    let list = "编号,姓名,单位\nW5,王芳,集团/一公司\n";
    let taken = here.client.uploads(import, &all, ("file", "名单.csv", list.as_bytes())).await;
    taken.leads_to("/organizer/quiz/entrants?said=entrants&count=1");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_organizer_comes_in() {
    let here = Ceremony::of(&MARKED).await;
    here.world.account("liming", Admin::No).await;
    let stranger = here.world.logged_in("liming").await;
    for page in ["", "/files/list.xlsx", "/print"] {
        stranger.opens(&format!("{AWARDS}{page}")).await.is(403).hides("W1");
    }
    stranger.posts(&format!("{AWARDS}/announce"), &[]).await.is(403);
    here.world.visitor().opens(AWARDS).await.leads_to(&format!("/login?to={AWARDS}"));
}
