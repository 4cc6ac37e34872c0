//! A contest from the name list to the certificates, as its people see it, in Chromium, on both databases.
//!
//! Five judges mark on tablets, a phone watches the board, the chief judge settles a spread and corrects a mark, the
//! organizer imports, draws, freezes, seals, publishes and downloads.

use leitai::{
    app::Actor,
    rules::{
        command::Command,
        field::{Slot, Value},
        ledger::entry::{MarkValue, Role, SheetKey},
        names::{ContestId, Id, PersonId},
        view,
    },
};
use rust_decimal::Decimal;
use rust_xlsxwriter::Workbook;

use crate::{
    browser::{Chromium, DESKTOP, Device, PHONE, TABLET},
    support::databases::Database,
    world::World,
};

const DEFINITION: &str = include_str!("skills.toml");
const ENTRANTS: u32 = 40;
const JUDGES: u32 = 5;
/// Marked by hand on the tablets; the rest goes through the same functions, faster.
const BY_HAND: u32 = 2;

crate::on_both_databases!(from_the_name_list_to_the_certificates);

async fn from_the_name_list_to_the_certificates(database: Database) {
    let world = World::on(database).await;
    world.account("organizer", leitai::app::people::Admin::Yes).await;
    let chromium = Chromium::start().await;
    let mut day = Day::new(&world, &chromium).await;

    day.creates_the_contest().await;
    day.imports_forty_entrants().await;
    day.draws_lots().await;
    day.seats_the_judges().await;
    day.judges_mark_on_tablets().await;
    day.a_spread_is_flagged_and_resolved().await;
    day.everybody_else_is_marked().await;
    day.a_correction_appears_with_its_reason().await;
    day.freeze_hides_what_comes_later().await;
    day.seals_and_publishes().await;
    day.downloads_are_read_back().await;
    chromium.stop().await;
}

struct Day<'w> {
    world: &'w World,
    chromium: &'w Chromium,
    contest: ContestId,
    organizer: Device,
    board: Device,
    chief: Option<Device>,
    tablets: Vec<Device>,
    judges: Vec<PersonId>,
}

impl<'w> Day<'w> {
    async fn new(world: &'w World, chromium: &'w Chromium) -> Self {
        let organizer = chromium.device("organizer", DESKTOP, "zh-CN").await;
        organizer.open(&format!("{}/login", world.address)).await;
        organizer.fill("账号", "organizer").await;
        organizer.fill("密码", "correct-horse").await;
        organizer.click_on("form[action='/login'] button").await;
        organizer.sees("退出").await;
        let board = chromium.device("phone", PHONE, "zh-CN").await;
        Self {
            world,
            chromium,
            contest: ContestId::new("skills"),
            organizer,
            board,
            chief: None,
            tablets: Vec::new(),
            judges: Vec::new(),
        }
    }

    async fn go(&self, device: &Device, path: &str) {
        device.open(&format!("{}{path}", self.world.address)).await;
    }

    async fn creates_the_contest(&self) {
        let organizer = &self.organizer;
        self.go(organizer, "/organizer/new").await;
        organizer.fill("规程文本", &DEFINITION.replace("step = \"0.5\"", "step = \"0.3\"")).await;
        organizer.click("检查").await;
        organizer.sees("step").await;
        organizer.sees("错误").await;
        organizer.fill("规程文本", DEFINITION).await;
        organizer.click("检查").await;
        organizer.sees("规程没有问题").await;
        organizer.picture("definition-desktop").await;
        organizer.click("建立竞赛").await;
        organizer.sees("导入选手名单").await;
    }

    async fn imports_forty_entrants(&self) {
        let organizer = &self.organizer;
        let folder = tempfile::tempdir().expect("a folder");
        let broken = folder.path().join("名单.xlsx");
        let right = folder.path().join("名单-改.xlsx");
        name_list(&broken, Some("1990-13-41"));
        name_list(&right, None);
        self.go(organizer, "/organizer/skills/entrants/import").await;
        organizer.upload("input[type=file]", &broken).await;
        organizer.click_on("form:has(input[type=file]) button").await;
        organizer.sees("没有导入").await;
        self.go(organizer, "/organizer/skills/entrants/import").await;
        organizer.upload("input[type=file]", &right).await;
        organizer.click_on("form:has(input[type=file]) button").await;
        organizer.sees("选手40").await;
        organizer.picture("import-desktop").await;
        organizer.click("导入").await;
        organizer.sees("已保存 40 名选手").await;
    }

    async fn draws_lots(&self) {
        let organizer = &self.organizer;
        self.go(organizer, "/organizer/skills/lots").await;
        organizer.click_on("form[action$='commit'] button").await;
        organizer.sees("种子已生成").await;
        organizer.click_on("form[action$='draw'] button").await;
        organizer.sees("抽签完成").await;
        organizer.picture("lots-desktop").await;
    }

    async fn seats_the_judges(&mut self) {
        let organizer = self.organizer_actor().await;
        self.chief = Some(self.person(&organizer, "裁判长", Role::ChiefJudge, DESKTOP).await.1);
        for seat in 1..=JUDGES {
            let (stage, panel) = (Id::new("practice"), Id::new("jury"));
            let role = Role::Judge { stage, panel, seat, event: None, group: None };
            let (person, tablet) = self.person(&organizer, &format!("裁判{seat}"), role, TABLET).await;
            self.judges.push(person);
            self.tablets.push(tablet);
        }
        self.act(&organizer, Command::ReachPhase { phase: leitai::rules::ledger::entry::Phase::Running, until: None })
            .await;
        self.act(&organizer, Command::OpenStage { stage: Id::new("practice"), group: None }).await;
    }

    async fn person(
        &self,
        organizer: &Actor,
        name: &str,
        role: Role,
        size: crate::browser::Size,
    ) -> (PersonId, Device) {
        let person = self.world.app.add_person(name, None, None).await.expect("a person");
        self.act(organizer, Command::AssignPerson { person: person.clone(), role, unit: None }).await;
        let card = self.world.app.issue_card(&self.contest, &person).await.expect("a card");
        let device = self.chromium.device(name, size, "zh-CN").await;
        self.go(&device, &format!("/j/{}", card.token)).await;
        device.sees(name).await;
        device.click("开始工作").await;
        device.sees("退出").await;
        (person, device)
    }

    /// Marks that are given by hand; the first of number 2 lies too far from the others.
    fn quality(seat: u32, number: u32) -> &'static str {
        match (number, seat) {
            (1, 1) => "70",
            (1, 2) => "72.5",
            (1, 3) => "71",
            (1, _) => "74",
            (2, 1) => "40",
            _ => "60",
        }
    }

    async fn judges_mark_on_tablets(&self) {
        self.go(&self.board, "/contests/skills").await;
        self.board.sees("实时").await;
        for number in 1..=BY_HAND {
            for (seat, tablet) in (1..).zip(&self.tablets) {
                self.go(tablet, &format!("/judge/skills/practice/jury/{number}?attempt=1")).await;
                tablet.sees("未评").await;
                gives(tablet, "quality", Self::quality(seat, number)).await;
                if seat == 1 {
                    tablet.picture("sheet-tablet").await;
                }
                taps(tablet, "safety", "18").await;
                tablet.click("核对并提交").await;
                tablet.sees("提交之后不能自行修改").await;
                tablet.click_on("dialog[open] button[data-submit]").await;
                tablet.waits_until(&format!("location.pathname.endsWith('/{}')", number + 1)).await;
            }
            if number == 1 {
                // 70, 72.5, 71, 74, 74 without the lowest and the highest: (71 + 72.5 + 74) / 3 = 72.5, and 18.
                self.board.sees("90.50").await;
                self.board.picture("board-phone").await;
            }
        }
    }

    async fn a_spread_is_flagged_and_resolved(&self) {
        let chief = self.chief.as_ref().expect("the chief is here");
        self.go(chief, "/chief/skills").await;
        // 60 − 40 = 20, and 10 is allowed.
        chief.sees("分差 20").await;
        chief.picture("chief-desktop").await;
        chief.click("安排复评").await;
        chief.sees("正在复评").await;
        for tablet in &self.tablets {
            self.go(tablet, "/judge/skills/practice/jury/2?attempt=1").await;
            tablet.sees("独立复评").await;
            gives(tablet, "quality", "60").await;
            tablet.click("核对并提交").await;
            tablet.click_on("dialog[open] button[data-submit]").await;
            tablet.waits_until("location.pathname.endsWith('/3')").await;
        }
        chief.sees("目前没有等您处理的事项").await;
        // 60 and 18.
        self.board.sees("78.00").await;
    }

    async fn everybody_else_is_marked(&self) {
        for judge in &self.judges {
            let actor = Actor { person: judge.clone(), administrator: false, entrant: None };
            for number in (BY_HAND + 1)..=ENTRANTS {
                let sheet = self.sheet(judge, number).await;
                for (aspect, points) in [("quality", 40 + number / 2), ("safety", 15)] {
                    let slot: Slot = sheet.slot(Id::new(aspect), None);
                    let value = MarkValue::Is(Value::Number(Decimal::from(points)));
                    self.act(&actor, Command::GiveMark { entrant: sheet.entrant.clone(), slot, value }).await;
                }
                self.act(&actor, Command::SubmitSheet { sheet }).await;
            }
        }
        // Number 40: 40 + 20 and 15.
        self.board.sees("75.00").await;
    }

    async fn a_correction_appears_with_its_reason(&self) {
        let chief = self.chief.as_ref().expect("the chief is here");
        self.go(chief, "/chief/skills/practice/jury?number=1&attempt=1").await;
        chief.click("70").await;
        chief.click_on("details[open] input[name=value]").await;
        chief.fill("更正为", "71.5").await;
        chief.fill("理由", "读数抄错，经复核").await;
        chief.click_on("details[open] form button").await;
        chief.sees("已更正").await;
        self.go(chief, "/chief/skills").await;
        chief.sees("读数抄错，经复核").await;
        // 71.5, 72.5, 71, 74, 74: (71.5 + 72.5 + 74) / 3 = 72.67, and 18.
        self.board.sees("90.67").await;
    }

    async fn freeze_hides_what_comes_later(&self) {
        let organizer = self.organizer_actor().await;
        self.act(&organizer, Command::Freeze).await;
        self.board.sees("封榜").await;
        let chief = self.chief.as_ref().expect("the chief is here");
        self.go(chief, "/chief/skills/practice/jury?number=1&attempt=1").await;
        chief.click("71.5").await;
        chief.fill("更正为", "73").await;
        chief.fill("理由", "第二次复核").await;
        chief.click_on("details[open] form button").await;
        chief.waits_until("!document.querySelector('details[open]') && document.body.innerText.includes('73')").await;
        self.go(chief, "/chief/skills").await;
        chief.sees("第二次复核").await;
        self.board.reload().await;
        self.board.sees("90.67").await;
        self.act(&organizer, Command::Unfreeze).await;
        // 73, 72.5, 71, 74, 74: (73 + 72.5 + 74) / 3 = 73.17, and 18.
        self.board.sees("91.17").await;
    }

    async fn seals_and_publishes(&self) {
        let organizer = self.organizer_actor().await;
        self.act(&organizer, Command::CloseStage { stage: Id::new("practice"), group: None }).await;
        let chief = self.chief.as_ref().expect("the chief is here");
        self.go(chief, "/chief/skills").await;
        chief.click("代表评分组签字").await;
        chief.sees("已签字").await;

        let organizer = &self.organizer;
        self.step("封存成绩", "成绩已封存").await;
        self.board.sees("成绩已封存").await;
        let people = self.world.app.read(&self.contest, |state| view::organizer(state).people).await.expect("people");
        let chief = people.iter().find(|one| one.roles.contains(&Role::ChiefJudge)).expect("a chief");
        let card = self.world.app.issue_card(&self.contest, &chief.person).await.expect("a card");
        self.go(organizer, "/organizer/skills/stages").await;
        organizer.click("揭晓身份").await;
        organizer.fill("第二人的登录码", &card.short).await;
        self.confirms("身份已揭晓").await;
        self.board.sees("选手").await;
        self.step("公布奖项", "奖项已公布").await;
    }

    /// Opens the box of a step and carries it out.
    async fn step(&self, step: &str, said: &str) {
        self.go(&self.organizer, "/organizer/skills/stages").await;
        self.organizer.click(step).await;
        self.confirms(said).await;
    }

    async fn confirms(&self, said: &str) {
        let tick = "(() => { const t = document.querySelector('details[open] input[name=sure]'); if (t) t.checked = true; return true; })()";
        let _: bool = self.organizer.eval(tick).await;
        self.organizer.click_on("details[open] form button").await;
        self.organizer.sees(said).await;
    }

    async fn downloads_are_read_back(&self) {
        let organizer = &self.organizer;
        self.go(organizer, "/organizer/skills/awards").await;
        organizer.picture("awards-desktop").await;
        organizer.click("项奖励编发证书号").await;
        organizer.sees("张证书已有编号").await;
        let (_, list) = organizer.downloads_from("a[href$='files/list.xlsx']").await;
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook_from_rs(std::io::Cursor::new(list)).expect("the award list is XLSX");
        let sheet = calamine::Reader::worksheet_range_at(&mut book, 0).expect("a sheet").expect("its cells");
        let cells: Vec<String> = sheet.cells().map(|(_, _, cell)| cell.to_string()).collect();
        for expected in ["一等奖", "91.17", "参赛纪念奖"] {
            assert!(cells.iter().any(|cell| cell.contains(expected)), "{expected} in {cells:?}");
        }
        let winners = cells.iter().filter(|cell| cell.starts_with("选手")).count();
        assert!(winners >= ENTRANTS as usize, "{winners} winners in the list");

        organizer.click("全部排成一个 PDF").await;
        organizer.sees("排好了").await;
        let (_, pdf) = organizer.downloads("下载").await;
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("certificates.pdf");
        std::fs::write(&file, pdf).expect("the certificates");
        let text = run("pdftotext", &["-layout", file.to_str().expect("a path"), "-"]);
        let pages = text.matches('\u{c}').count();
        assert_eq!(pages, ENTRANTS as usize + 3, "a page for each prize");
        assert!(text.contains("选手40") || text.contains("选手 40"), "every name is text");
        run(
            "pdftoppm",
            &[
                "-r",
                "150",
                "-f",
                "1",
                "-l",
                "1",
                "-png",
                file.to_str().expect("a path"),
                folder.path().join("page").to_str().expect("a path"),
            ],
        );
        let picture = std::fs::read_dir(folder.path()).expect("the folder").flatten().map(|entry| entry.path());
        let picture =
            picture.into_iter().find(|path| path.extension().is_some_and(|end| end == "png")).expect("a page");
        let picture = image::open(picture).expect("a picture").to_luma8();
        let mut code = rqrr::PreparedImage::prepare(picture);
        let (_, address) = code.detect_grids().first().expect("a QR code").decode().expect("it is read");
        assert!(address.contains("/check/"), "{address}");
        self.board.open(&address).await;
        self.board.sees("已公布，尚未生效").await;
        self.step("结束竞赛", "竞赛已结束").await;
        self.board.reload().await;
        self.board.sees("证书有效").await;
        self.board.picture("check-phone").await;
    }

    async fn sheet(&self, judge: &PersonId, number: u32) -> SheetKey {
        let place =
            view::SheetPlace { stage: Id::new("practice"), panel: Id::new("jury"), number, piece: None, attempt: 1 };
        let read = self.world.app.read(&self.contest, |state| view::sheet_key(state, judge, &place)).await;
        read.expect("the contest").expect("the judge's sheet")
    }

    async fn organizer_actor(&self) -> Actor {
        let accounts = self.world.app.accounts().await.expect("accounts");
        Actor { person: accounts[0].person.clone(), administrator: true, entrant: None }
    }

    async fn act(&self, actor: &Actor, command: Command) {
        let receipt = self.world.app.act(&self.contest, actor, command).await.expect("it is done");
        self.world.app.wait_for(&self.contest, receipt.version).await.expect("it is seen");
    }
}

/// Types a mark into an aspect's control and waits until the server has it.
async fn gives(tablet: &Device, aspect: &str, value: &str) {
    let card = format!("[data-slot*='/{aspect}']");
    tablet.waits_until("document.documentElement.classList.contains('scripted')").await;
    let typed = format!(
        "(() => {{ const f = document.querySelector(\"{card} input[data-field]\"); f.focus(); f.value = '{value}'; \
         f.dispatchEvent(new Event('change', {{ bubbles: true }})); return true; }})()"
    );
    let _: bool = tablet.eval(&typed).await;
    received(tablet, &card).await;
}

/// Taps one of the buttons of an aspect.
async fn taps(tablet: &Device, aspect: &str, value: &str) {
    let card = format!("[data-slot*='/{aspect}']");
    tablet.click_on(&format!("{card} button[data-set='{value}']")).await;
    received(tablet, &card).await;
}

async fn received(tablet: &Device, card: &str) {
    tablet.waits_until(&format!("document.querySelector(\"{card}\").dataset.state === 'received'")).await;
}

/// An Excel list of forty; `birth` spoils one row.
fn name_list(file: &std::path::Path, birth: Option<&str>) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in (0..).zip(["编号", "姓名", "单位", "性别", "出生日期"]) {
        sheet.write(0, column, title).expect("a heading");
    }
    for row in 1..=ENTRANTS {
        let date = if row == 7 { birth.unwrap_or("1990-01-31") } else { "1988-05-04" };
        let unit = format!("滨江集团/{}公司", row % 4 + 1);
        let cells = [format!("S{row:03}"), format!("选手{row}"), unit, "男".to_owned(), date.to_owned()];
        for (column, cell) in (0..).zip(&cells) {
            sheet.write(row, column, cell).expect("a cell");
        }
    }
    book.save(file).expect("the list is written");
}

fn run(program: &str, arguments: &[&str]) -> String {
    let done = std::process::Command::new(program).args(arguments).output();
    let done = done.unwrap_or_else(|error| panic!("{program}: {error}; `make install` puts it in place"));
    assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned()
}
