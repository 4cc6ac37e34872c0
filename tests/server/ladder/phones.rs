//! Two workers on phones and a hall: one beats the other's record, and everybody sees the new star.

use leitai::app::Clock;

use super::{RECORD, STAR, Stars};
use crate::{
    browser::{Chromium, DESKTOP, Device, HALL, PHONE},
    printed::Printed,
};

const REWARD: &str = "star = { title = \"新科明星\", reward = { money = 200 } }\n";

async fn phone(chromium: &Chromium, stars: &Stars, name: &str, number: &str) -> Device {
    let phone = chromium.device(name, PHONE, "zh-CN").await;
    phone.open(&format!("{}/contests/stars/log-in/first", stars.world.address)).await;
    phone.fill("工号", number).await;
    phone.fill("出生日期", "1990-05-04").await;
    phone.fill("新 PIN", "135790").await;
    phone.fill("再输一次", "135790").await;
    phone.click("设置 PIN 并登录").await;
    phone.sees("看排行榜").await;
    phone
}

/// Taps 甲, which is right, and waits for the receipt; by the item's place on the paper.
async fn taps_right(phone: &Device, at: usize) {
    phone.click_on(&format!("ol.squares li:nth-child({}) a", at + 1)).await;
    let option = "[...document.querySelectorAll('fieldset[data-item]:not([hidden]) label.option')]\
        .find(l => l.innerText.includes('甲'))";
    phone.waits_until(option).await;
    let _: bool = phone.eval(&format!("({option}).querySelector('input').click() || true")).await;
    phone.waits_until("document.querySelector('fieldset[data-item]:not([hidden])').dataset.state === 'saved'").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_is_beaten_on_a_phone_and_the_hall_sees_a_new_star() {
    let stars = Stars::with(
        "board = \"names\"\norganizer = \"滨江装备集团工会\"",
        &format!("{RECORD}{REWARD}"),
        Clock::system(),
    )
    .await;
    stars.record(1, 80).await;
    let address = stars.world.address.clone();
    let chromium = Chromium::start().await;
    let hall = chromium.device("hall", HALL, "zh-CN").await;
    hall.open(&format!("{address}/contests/stars/screen")).await;
    hall.sees("李强").await;
    hall.waits_until("document.querySelector('#connection [data-connection=live]')").await;
    let _: bool = hall.eval("(window.neverReloaded = true)").await;
    let challenger = phone(&chromium, &stars, "challenger", "102").await;
    let holder = phone(&chromium, &stars, "holder", "101").await;

    challenger.open(&format!("{address}{STAR}")).await;
    challenger.click("挑战擂主").await;
    challenger.sees("要超过 80 分").await;
    challenger.picture("star-challenge").await;
    challenger.click("立即答卷").await;
    challenger.waits_until("location.pathname.includes('/papers/')").await;
    hall.sees("王芳 向 李强 发起挑战").await;
    holder.open(&format!("{address}/contests/stars/me")).await;
    holder.sees("王芳 正在冲击您的纪录").await;

    taps_right(&challenger, 0).await;
    taps_right(&challenger, 1).await;
    // Time is the server's, and goes on over a reload, which loses nothing.
    let ends: String = challenger.eval("document.querySelector('[data-ends]').dataset.ends").await;
    challenger.reload().await;
    challenger.waits_until("document.querySelectorAll('[data-square][data-answered=true]').length === 2").await;
    challenger.waits_until("document.querySelectorAll('fieldset[data-item] input:checked').length === 2").await;
    let after: String = challenger.eval("document.querySelector('[data-ends]').dataset.ends").await;
    assert_eq!(after, ends);
    for at in 2..5 {
        taps_right(&challenger, at).await;
    }
    challenger.click_on("[data-hand-in]").await;

    hall.waits_until("document.querySelector('#throne .name')?.textContent === '王芳'").await;
    hall.waits_until("!document.getElementById('flash').hidden").await;
    hall.sees("王芳 打破 李强 的纪录，成为新科明星！").await;
    hall.picture("star-flash").await;
    let same: bool = hall.eval("window.neverReloaded === true").await;
    assert!(same, "the hall was reloaded");
    challenger.open(&format!("{address}/contests/stars/me")).await;
    challenger.sees("第 1 名 / 共 4 人").await;
    challenger.sees("新科明星").await;

    stars.organizer().await;
    let desk = chromium.device("organizer", DESKTOP, "zh-CN").await;
    desk.open(&format!("{address}/login?to=/organizer/stars/rewards")).await;
    desk.fill("账号", "zhanghua").await;
    desk.fill("密码", "correct-horse").await;
    desk.click_on("form[action='/login'] button").await;
    desk.sees("待发 1 项，奖金合计 200元").await;
    desk.waits_until("document.querySelectorAll('tbody tr').length === 1").await;
    desk.sees("王芳").await;
    desk.click("编发 1 张证书").await;
    desk.sees("已编发 1 张证书").await;
    let (name, bytes) = desk.downloads_from("a[download]").await;
    let serial = name.trim_end_matches(".pdf").to_owned();
    let text = Printed::new(&bytes).text();
    for part in ["王芳", "新科明星", serial.as_str()] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    // The star has it from the own page; nobody else has.
    challenger.open(&format!("{address}/contests/stars/me")).await;
    let certificate = format!("fetch('/contests/stars/me/certificates/{name}').then(answer => answer.status)");
    assert_eq!(challenger.eval::<u16>(&certificate).await, 200);
    assert_eq!(holder.eval::<u16>(&certificate).await, 404);
    let (own, bytes) = challenger.downloads_from("a[download]").await;
    assert_eq!(own, name);
    assert!(Printed::new(&bytes).text().contains("王芳"));
    desk.open(&format!("{address}/organizer/stars/trail")).await;
    desk.sees("王芳，新科明星 · 钳工擂台").await;
    desk.open(&format!("{address}/organizer/stars/rewards")).await;
    desk.click("标记已发").await;
    desk.sees("待发 0 项").await;
    challenger.open(&format!("{address}/check/{serial}")).await;
    challenger.sees("王芳").await;
    challenger.sees("新科明星").await;
    chromium.stop().await;
}
