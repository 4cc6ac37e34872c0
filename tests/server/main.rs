//! The whole program before real people: a server on a real database, and Chromium.

#![allow(unreachable_pub, dead_code, reason = "a test crate has no outside; its verbs are a vocabulary")]

#[path = "../support/mod.rs"]
mod support;

#[path = "../files/printed.rs"]
mod printed;

mod browser;
mod founding;
mod world;

mod accounts;
mod bank;
mod boards;
mod conduct;
mod contest;
mod demo;
mod draws;
mod items;
mod jury;
mod keys;
mod labor;
mod ladder;
mod login;
mod organizer;
mod paper_phone;
mod papers;
mod prizes;
mod quiz;
mod season;
mod season_phone;
mod serving;
mod tries;
mod trust;
mod workers;
mod works;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn chromium_shows_a_page() {
    let chromium = browser::Chromium::start().await;
    let device = chromium.device("worker", browser::PHONE, "zh-CN").await;
    device.open("data:text/html;charset=utf-8,<button onclick=\"this.innerText='好'\">擂台</button>").await;
    device.click("擂台").await;
    device.sees("好").await;
    chromium.stop().await;
}
