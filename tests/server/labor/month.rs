//! A month from the spreadsheet to the published table, in Chromium, on both databases: a figure misses and comes late, a
//! veto is set and released.

use leitai::app::people::Card;

use crate::{
    browser::{Chromium, DESKTOP, Device, PHONE, Size, TABLET},
    support::databases::Database,
};

use super::Labor;

crate::on_both_databases!(a_month_of_figures);

/// D's quality is not there. By hand: A 50 + 27 + 20 = 97, B 45 + 30 + 15 = 90, C 55 + 24 + 20 = 99.
const PASTED: &str = "100\t90\t0\n90\t100\t1\n110\t80\t0\n120\t\t0\n";

async fn a_month_of_figures(database: Database) {
    let labor = Labor::on(database).await;
    let all = ["indicator-owner output", "indicator-owner quality", "indicator-owner safety"];
    let owner = labor.takes_on("王统计", &all).await;
    let boss = labor.takes_on("赵书记", &["leading-group"]).await;
    labor.runs().await;
    let chromium = Chromium::start().await;
    let card = labor.card(&boss).await;
    let month = Month {
        labor: &labor,
        owner: by_card(&labor, &chromium, &labor.card(&owner).await, "owner", TABLET).await,
        boss: by_card(&labor, &chromium, &card, "boss", PHONE).await,
        organizer: by_password(&labor, &chromium).await,
        code: card.short.clone(),
    };
    month.owner_pastes_three_columns().await;
    month.one_figure_misses().await;
    month.is_signed_and_published().await;
    month.the_late_figure_shows_its_effect().await;
    month.a_veto_is_set_and_released().await;
    chromium.stop().await;
}

struct Month<'l> {
    labor: &'l Labor,
    owner: Device,
    boss: Device,
    organizer: Device,
    /// Of the leading group's card.
    code: String,
}

async fn by_card(labor: &Labor, chromium: &Chromium, card: &Card, name: &str, size: Size) -> Device {
    let device = chromium.device(name, size, "zh-CN").await;
    device.open(&format!("{}/j/{}", labor.world.address, card.token)).await;
    device.click("开始工作").await;
    device.sees("数据填报").await;
    device
}

async fn by_password(labor: &Labor, chromium: &Chromium) -> Device {
    let device = chromium.device("office", DESKTOP, "zh-CN").await;
    device.open(&format!("{}/login", labor.world.address)).await;
    device.fill("账号", "organizer").await;
    device.fill("密码", "correct-horse").await;
    device.click_on("form[action='/login'] button").await;
    device.sees("退出").await;
    device
}

impl Month<'_> {
    async fn go(&self, device: &Device, path: &str) {
        device.open(&format!("{}{path}", self.labor.world.address)).await;
    }

    /// Into the first cell, as a spreadsheet puts it on the clipboard.
    async fn pastes(&self, text: &str) {
        let script = format!(
            "(() => {{ const i = document.querySelector('[data-line=\"0\"] td[data-column=\"0\"] input[type=text]'); \
             i.focus(); const d = new DataTransfer(); d.setData('text/plain', {}); \
             return i.dispatchEvent(new ClipboardEvent('paste', {{ clipboardData: d, bubbles: true, cancelable: true }})); }})()",
            serde_json::to_string(text).expect("text is JSON")
        );
        let left: bool = self.owner.eval(&script).await;
        assert!(!left, "the page takes the paste itself");
    }

    async fn owner_pastes_three_columns(&self) {
        let owner = &self.owner;
        owner.picture("figures-home-tablet").await;
        owner.click("一月").await;
        owner.sees("丁车间").await;
        owner.waits_until("document.querySelector('form.figures .edited')").await;
        // A word among the numbers is marked with its place and remedy, and nothing is sent.
        self.pastes(&PASTED.replace("110", "一百一")).await;
        owner.sees("丙车间 · 产量（吨）").await;
        owner.sees("要填一个数").await;
        owner.waits_until("document.querySelector('input[aria-invalid]')?.value === '一百一'").await;
        owner.click("保存并审核").await;
        owner.sees("请先改正这些格").await;
        owner.picture("figures-wrong-tablet").await;
        assert_eq!(self.labor.figure("A", "output").await, None);
        self.pastes(PASTED).await;
        owner.sees("已粘贴 11 格").await;
        owner.sees("已改 11 格").await;
        owner.picture("figures-pasted-tablet").await;
        owner.click("保存并审核").await;
        owner.sees("已保存并审核 11 项数据").await;
        owner.picture("figures-grid-tablet").await;
    }

    async fn one_figure_misses(&self) {
        let office = &self.organizer;
        self.go(&self.owner, "/figures/labor").await;
        self.owner.sees("还缺 1 项").await;
        self.owner.sees("丁车间 · 质量").await;
        self.go(office, "/organizer/labor/figures").await;
        office.sees("丁车间 · 质量").await;
        office.click("当前名次").await;
        let rows = "[...document.querySelectorAll('#period-m1 details.step tbody tr')].map(r => \
                    [...r.cells].map(c => c.innerText.trim()).join(' ')).join('|')";
        let table: String = office.eval(rows).await;
        assert_eq!(table, "1 丙车间 99.00|2 甲车间 97.00|3 乙车间 90.00|缺数据，不排名 丁车间 –");
        office.picture("office-desktop").await;
    }

    async fn is_signed_and_published(&self) {
        for act in ["close", "collect"] {
            let answer = self.labor.steps(act).await;
            assert!(answer.status.is_redirection(), "{}", answer.text());
        }
        self.go(&self.boss, "/figures/labor").await;
        self.boss.sees("待审定").await;
        self.boss.sees("缺数据，不排名").await;
        self.boss.picture("sign-phone").await;
        self.boss.click("审定").await;
        self.boss.click("确认审定").await;
        self.boss.sees("已审定").await;
        self.go(&self.organizer, "/organizer/labor/figures").await;
        self.organizer.click("公布").await;
        self.organizer.click_on("#period-m1 details.dialog[open] form button").await;
        self.organizer.sees("周期成绩已公布").await;
    }

    /// D 60 + 30 + 20 = 110: first, and everybody else one place down.
    async fn the_late_figure_shows_its_effect(&self) {
        let owner = &self.owner;
        self.go(owner, "/figures/labor/figure?entrant=D&indicator=quality&period=m1").await;
        owner.sees("还没有填报").await;
        owner.fill("数据", "100").await;
        owner.fill("理由", "检查报告迟到").await;
        owner.click("查看影响").await;
        owner.sees("影响到的单位").await;
        let rows = "[...document.querySelectorAll('main tbody tr')].map(r => \
                    [...r.cells].map(c => c.innerText.trim()).join(' ')).join('|')";
        let effect: String = owner.eval(rows).await;
        assert_eq!(
            effect,
            "丁车间 缺数据，不排名 1 – 110.00|丙车间 1 2 99.00 99.00|甲车间 2 3 97.00 97.00|乙车间 3 4 90.00 90.00"
        );
        owner.picture("revision-tablet").await;
        // After the signature nobody does it alone.
        owner.click("确认补报更正").await;
        owner.sees("要有第二人").await;
        owner.fill("second", &self.code).await;
        owner.click("确认补报更正").await;
        owner.sees("已补报或更正").await;
        owner.sees("检查报告迟到").await;
        owner.sees("赵书记").await;
        owner.picture("figure-tablet").await;
        self.go(&self.organizer, "/organizer/labor/figures").await;
        self.organizer.sees("公众看到的仍是原来的成绩").await;
        self.organizer.click("重新公布").await;
        self.organizer.click_on("#period-m1 details.dialog[open] form button").await;
        self.organizer.sees("周期成绩已公布").await;
    }

    async fn a_veto_is_set_and_released(&self) {
        let office = &self.organizer;
        self.go(office, "/organizer/labor/vetoes").await;
        office.sees("没有一票否决").await;
        office.choose("单位", "丙车间").await;
        office.choose("程度", "取消排名").await;
        office.choose("范围", "一月").await;
        office.fill("文件日期", "2026-02-20").await;
        office.fill("document", "安监〔2026〕7 号 瞒报轻伤").await;
        office.click("查看影响").await;
        office.sees("确认一票否决").await;
        office.sees("丙车间").await;
        office.picture("veto-confirm-desktop").await;
        office.fill("second", &self.code).await;
        office.click("登记否决").await;
        office.sees("已登记一票否决").await;
        office.sees("公众看到的仍是原来公布的表").await;
        office.sees("瞒报轻伤").await;
        let rows = "[...document.querySelectorAll('main section:has(nav.tabs) tbody tr')].map(r => \
                    [...r.cells].map(c => c.innerText.trim()).join(' ')).join('|')";
        let both: String = office.eval(rows).await;
        assert_eq!(
            both,
            "丁车间 1 110.00 1 110.00|甲车间 2 97.00 3 97.00|乙车间 3 90.00 4 90.00|丙车间 一票否决 0.00 2 99.00"
        );
        office.picture("vetoes-desktop").await;
        office.click("解除").await;
        office.fill("文件日期", "2026-03-02").await;
        office.fill("document", "安监〔2026〕9 号 查实不属瞒报").await;
        office.fill("second", &self.code).await;
        office.click_on("details.dialog[open] form button.danger").await;
        office.sees("否决已解除").await;
        office.sees("查实不属瞒报").await;
        let both: String = office.eval(rows).await;
        assert_eq!(
            both,
            "丁车间 1 110.00 1 110.00|丙车间 2 99.00 2 99.00|甲车间 3 97.00 3 97.00|乙车间 4 90.00 4 90.00"
        );
    }
}
