//! The organizer conducts a contest: people with cards, stages, values of no panel, the phases to the end, paper, and
//! the trail of it all.

use leitai::{
    app::{Actor, Error, people::Admin, roster::TakenOn},
    rules::{
        command::Refusal,
        ledger::entry::Role,
        names::{ContestId, Id},
    },
};

use crate::world::{Answer, Client, World};

const WELDING: &str = include_str!("../../contest-configs/skills-welding.toml");
/// One paper, no panel, one prize.
const QUICK: &str = r#"
format = 1
[contest]
id = "quick"
title = "安全知识竞赛"
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
ties = ["people-decide"]
[[award]]
id = "first"
title = "一等奖"
count = 1
"#;
const LIST: &str = "编号,姓名,单位\nW001,张伟,一公司\nW002,王芳,二公司\nW003,李娜,一公司\n";

/// An organizer at one contest.
struct Organizer {
    world: World,
    client: Client,
    contest: &'static str,
}

impl Organizer {
    async fn begins(contest: &'static str, definition: &str) -> Self {
        let world = World::begin().await;
        world.account("zhanghua", Admin::No).await;
        let client = world.logged_in("zhanghua").await;
        let fields = [("text", definition), ("id", ""), ("do", "create")];
        let created = client.uploads("/organizer/new", &fields, ("file", "", b"")).await;
        created.leads_to(&format!("/organizer/{contest}?said=created"));
        Self { world, client, contest }
    }

    fn at(&self, page: &str) -> String {
        format!("/organizer/{}/{page}", self.contest)
    }

    async fn opens(&self, page: &str) -> Answer {
        self.client.opens(&self.at(page)).await
    }

    async fn posts(&self, page: &str, fields: &[(&str, &str)]) -> Answer {
        self.client.posts(&self.at(page), fields).await
    }

    async fn uploads(&self, page: &str, fields: &[(&str, &str)], file: &str) -> Answer {
        self.client.uploads(&self.at(page), fields, ("file", "表.csv", file.as_bytes())).await
    }

    async fn registers_three(&self) {
        let units = self.posts("units", &[("units", "一公司\n二公司")]).await;
        units.leads_to(&self.at("units?said=units&count=2"));
        let imported = self.uploads("entrants/import", &[("confirm", "3+0"), ("reason", "")], LIST).await;
        imported.leads_to(&self.at("entrants?said=entrants&count=3"));
    }

    async fn adds(&self, name: &str, role: &str) {
        let added = self.posts("people", &[("name", name), ("role", role)]).await;
        added.leads_to(&self.at("people?said=people-added&count=1"));
    }

    /// The id of somebody on the page of people, from the form that stands in their row.
    async fn person(&self, name: &str) -> String {
        let page = self.opens("people").await.text();
        // The name stands in the row before its buttons; seats above name people too, without any.
        let named = format!("<strong>{name}</strong>");
        let row = page.rsplit_once(&named).unwrap_or_else(|| panic!("no row of {name} in\n{page}")).1;
        between(row, "name=\"person\" value=\"", "\"").to_owned()
    }

    /// The code that is shown once.
    async fn issues_card(&self, name: &str) -> String {
        let person = self.person(name).await;
        let page = self.posts("people/cards", &[("person", &person)]).await;
        between(page.is(200).shows(name).text().as_str(), "<code class=\"code\">", "</code>").to_owned()
    }

    async fn takes(&self, step: &str, more: &[(&str, &str)]) -> Answer {
        let mut fields = vec![("step", step), ("sure", "yes")];
        fields.extend(more);
        self.posts("phase", &fields).await
    }

    async fn took(&self, step: &str, more: &[(&str, &str)]) {
        let answer = self.takes(step, more).await;
        answer.leads_to(&self.at(&format!("stages?said=phase-{step}&count=1")));
    }
}

/// What stands between two texts, the first time.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("no `{before}` in\n{text}")).1;
    rest.split_once(after).unwrap_or_else(|| panic!("no `{after}` after `{before}`")).0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_get_roles_and_seats_are_given_once() {
    let organizer = Organizer::begins("skills-welding", WELDING).await;
    organizer.opens("people").await.is(200).shows("zhanghua").shows("外观评分组").shows("空缺 5 席");
    organizer.adds("孙丽", "chief-judge").await;
    organizer.adds("王芳", "judge practice appearance").await;
    organizer.opens("people").await.shows("空缺 4 席").shows("裁判（1 号席）");
    let taken = [("name", "李强"), ("role", "judge practice appearance"), ("seat", "1")];
    organizer.posts("people", &taken).await.is(422).shows("value=\"李强\"").shows("role=\"alert\"");
    let nobody = [("name", " "), ("role", "chief-judge")];
    organizer.posts("people", &nobody).await.is(422).shows("请填写姓名");
    organizer.opens("people").await.hides("李强");

    let person = organizer.person("王芳").await;
    let role = r#"{"role":"judge","stage":"practice","panel":"appearance","seat":1,"event":null,"group":null}"#;
    let released = organizer.posts("people/release", &[("person", &person), ("role", role)]).await;
    released.leads_to(&organizer.at("people?said=people-released&count=1"));
    organizer.opens("people").await.shows("空缺 5 席");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_of_people_is_taken_whole_or_not_at_all() {
    let organizer = Organizer::begins("skills-welding", WELDING).await;
    let wrong = "姓名,单位,评分组,席位\n王芳,,外观评分组,1\n李强,,外观评分组,9\n";
    let answer = organizer.uploads("people/import", &[("lines", "")], wrong).await;
    answer.is(422).shows("第 3 行，“席位”（D 列）：没有这个席位。该评分组有 5 个席位，填 1 到 5。");
    organizer.opens("people").await.hides("王芳");
    let right = "王芳\t\t外观评分组\n李强\t\t外观评分组\n赵敏\t\t裁判长\n";
    let answer = organizer.client.uploads(&organizer.at("people/import"), &[("lines", right)], ("file", "", b"")).await;
    answer.leads_to(&organizer.at("people?said=people-added&count=3"));
    organizer.opens("people").await.shows("裁判（1 号席）").shows("裁判（2 号席）").shows("空缺 3 席");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_one_of_several_is_refused_nothing_of_them_is_recorded() {
    let organizer = Organizer::begins("skills-welding", WELDING).await;
    let contest = ContestId::new("skills-welding");
    let person = organizer.world.account("root", Admin::Yes).await;
    let root = Actor { person, administrator: true, entrant: None };
    let seat = Role::Judge { stage: Id::new("practice"), panel: Id::new("floor"), seat: 1, event: None, group: None };
    let new = |name: &str| TakenOn { name: name.to_owned(), phone: None, unit: None, role: seat.clone() };
    let before = organizer.world.app.follower(&contest).await.expect("a contest").version();
    let answer = organizer.world.app.take_on(&contest, &root, vec![new("王芳"), new("李强")]).await;
    assert!(matches!(answer, Err(Error::Refused(Refusal::SeatTaken { seat: 1 }))), "{answer:?}");
    assert_eq!(organizer.world.app.follower(&contest).await.expect("a contest").version(), before);
    organizer.opens("people").await.hides("王芳");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_is_shown_once_printed_and_replaced() {
    let organizer = Organizer::begins("skills-welding", WELDING).await;
    organizer.adds("王芳", "judge practice appearance").await;
    let person = organizer.person("王芳").await;
    let page = organizer.posts("people/cards", &[("person", &person)]).await.is(200).text();
    let first = between(&page, "<code class=\"code\">", "</code>").to_owned();
    let card = between(&page, "name=\"card\" value=\"", "\"").to_owned();
    let pdf = organizer.posts("people/cards.pdf", &[("card", &card)]).await;
    assert_eq!(pdf.is(200).content_type, "application/pdf");
    assert!(pdf.bytes.starts_with(b"%PDF"));
    organizer.opens("people").await.hides(&first);

    let judge = organizer.world.visitor();
    judge.posts("/login/code", &[("code", &first)]).await.leads_to("/work");
    judge.opens("/work").await.leads_to("/judge/skills-welding");
    let second = organizer.issues_card("王芳").await;
    judge.opens("/work").await.leads_to("/login?to=/work");
    judge.posts("/login/code", &[("code", &first)]).await.is(422);
    judge.posts("/login/code", &[("code", &second)]).await.leads_to("/work");
    // Cards of somebody else's contest are not printed here, and judges have no business at the desk.
    organizer.posts("people/cards.pdf", &[("card", &card)]).await.is(401);
    judge.opens("/organizer/skills-welding/people").await.is(403);
    judge.posts("/organizer/skills-welding/people/cards", &[("person", &person)]).await.is(403);
    judge.opens("/organizer/skills-welding/trail.csv").await.is(403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn values_are_typed_or_read_and_nothing_is_half_taken() {
    let organizer = Organizer::begins("quick", QUICK).await;
    organizer.registers_three().await;
    let values = "stages/theory/values";
    organizer.opens(values).await.is(200).shows("现在只能查看").hides("name=\"W001 ");
    organizer.took("start", &[]).await;
    let opened = organizer.posts("stages/open", &[("stage", "theory")]).await;
    opened.leads_to(&organizer.at("stages?said=stage-opened&count=1"));

    let page = organizer.opens(values).await.is(200).text();
    assert!(page.contains("name=\"W001 /1/paper\""), "{page}");
    let typed =
        [("W001 /1/paper", "101"), ("was W001 /1/paper", ""), ("W002 /1/paper", "88"), ("was W002 /1/paper", "")];
    let answer = organizer.posts(values, &typed).await;
    answer.is(422).shows("应在 0 到 100 之间").shows("value=\"101\"").shows("value=\"88\"");
    organizer.opens(values).await.hides("value=\"88\"");
    let typed =
        [("W001 /1/paper", "91.5"), ("was W001 /1/paper", ""), ("W002 /1/paper", ""), ("was W002 /1/paper", "")];
    organizer.posts(values, &typed).await.leads_to(&organizer.at("stages/theory/values?saved=1"));
    // A page made before that does not undo it.
    let stale = [("W001 /1/paper", "70"), ("was W001 /1/paper", "")];
    organizer.posts(values, &stale).await.is(422).shows("已有人改为“91.5”");

    let wrong = "编号,试卷\nW002,80\nW009,60\n";
    let answer = organizer.uploads(&format!("{values}/import"), &[], wrong).await;
    answer.is(422).shows("第 3 行").shows("W009");
    organizer.opens(values).await.hides("value=\"80\"");
    let right = "编号,试卷\nW002,80\nW003,缺考\n";
    let answer = organizer.uploads(&format!("{values}/import"), &[], right).await;
    answer.leads_to(&organizer.at("stages/theory/values?saved=2"));
    organizer.opens(values).await.shows("value=\"80\"").shows("value=\"缺考\"");
    organizer.opens(&format!("{values}.csv")).await.is(200).shows("W001,,91.5").shows("W003,,缺考");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_contest_runs_to_its_end_step_by_step() {
    let organizer = Organizer::begins("quick", QUICK).await;
    organizer.registers_three().await;
    organizer.adds("孙丽", "chief-judge").await;
    let code = organizer.issues_card("孙丽").await;
    organizer.posts("phase", &[("step", "start")]).await.is(422).shows("请先勾选");
    organizer.took("start", &[]).await;
    organizer
        .posts("stages/open", &[("stage", "theory")])
        .await
        .leads_to(&organizer.at("stages?said=stage-opened&count=1"));
    let list = "编号,试卷\nW001,91.5\nW002,80\nW003,70\n";
    let imported = organizer.uploads("stages/theory/values/import", &[], list).await;
    imported.leads_to(&organizer.at("stages/theory/values?saved=3"));
    organizer.took("freeze", &[]).await;
    organizer.takes("freeze", &[]).await.is(422).shows("role=\"alert\"");
    organizer.took("unfreeze", &[]).await;
    organizer.opens("stages").await.is(200).shows("理论：阶段尚未关闭");
    organizer.takes("seal", &[]).await.is(422).shows("role=\"alert\"");
    organizer
        .posts("stages/close", &[("stage", "theory")])
        .await
        .leads_to(&organizer.at("stages?said=stage-closed&count=1"));
    organizer.took("seal", &[]).await;

    // Names stay away from results until two people open them.
    let csv = organizer.opens("trail.csv").await.text();
    assert!(!csv.contains("张伟") && !csv.contains("王芳"), "{csv}");
    organizer.takes("announce", &[]).await.is(422);
    organizer.takes("identities", &[("second", "AAAAAAAA")]).await.is(422).shows("第二人的登录码，或账号和密码不对");
    organizer.took("identities", &[("second", &code)]).await;
    organizer.took("announce", &[]).await;
    organizer.takes("notice", &[("end", "2020-01-01")]).await.is(422).shows("公示截止日期");
    organizer.took("notice", &[("end", "2999-12-31")]).await;
    organizer.opens("stages").await.shows("2999-12-31 23:59");
    organizer.takes("finish", &[]).await.is(422);

    organizer.opens("trail").await.is(200).shows("竞赛进入“公示中”，至 2999-12-31 23:59").shows("第二人：孙丽");
    organizer.opens("trail?kind=mark-given&entrant=W001").await.shows("W001 张伟").shows("91.5").hides("王芳");
    organizer.opens("trail?kind=identities-opened").await.shows("揭晓身份").hides("91.5");
    organizer.opens("trail?entrant=W999").await.shows("没有符合条件的记录");
    organizer.opens("trail.csv?kind=stage-closed").await.shows("关闭理论").hides("91.5");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn paper_carries_numbers_until_identities_are_open() {
    let organizer = Organizer::begins("skills-welding", WELDING).await;
    organizer.opens("print").await.is(200).shows("评分表").shows("外观评分组").shows("还没有抽签");
    organizer.opens("print/sheets/practice/appearance").await.is(422).shows("没有可打印的评分表");
    organizer.registers_three().await;
    for file in
        ["print/sheets/practice/appearance", "print/sheets/practice/appearance?filled=yes", "print/summary/1.pdf"]
    {
        let pdf = organizer.opens(file).await;
        assert_eq!(pdf.is(200).content_type, "application/pdf");
        assert!(pdf.bytes.starts_with(b"%PDF"), "{file}");
    }
    let sheet = organizer.opens("print/summary/1.xlsx").await.is(200).bytes.clone();
    let book = leitai::files::sheets::read(&sheet).expect("a workbook");
    let cells: Vec<String> = book
        .sheets
        .iter()
        .flat_map(|sheet| &sheet.rows)
        .flat_map(|row| row.cells.iter().map(leitai::files::sheets::Cell::text))
        .collect();
    assert!(cells.iter().any(|cell| cell.contains("身份揭晓之前只列抽签号")), "{cells:?}");
    assert!(!cells.iter().any(|cell| cell.contains("张伟") || cell.contains("公司")), "{cells:?}");
    organizer.opens("print/summary/9.pdf").await.is(404);
}
