//! A paper on a real phone's browser: every kind answered by hand, reloaded, cut off, handed in.

use leitai::{
    app::Clock,
    rules::items::{Body, Item},
};

use crate::{
    browser::{Chromium, Device, PHONE},
    quiz::{EACH_KIND, Quiz, safety},
};

/// Shows the item of this kind; gives its id.
async fn goes_to(phone: &Device, kind: &str) -> String {
    let find = format!("document.querySelector('[data-kind={kind}]')");
    let id: String = phone.eval(&format!("{find}.dataset.item")).await;
    phone.click_on(&format!("[data-square=\"{id}\"]")).await;
    phone.waits_until(&format!("!{find}.hidden")).await;
    id
}

async fn is(phone: &Device, item: &str, state: &str) {
    phone.waits_until(&format!("document.getElementById('{item}').dataset.state === '{state}'")).await;
}

/// Ticks the options with these texts.
async fn ticks(phone: &Device, item: &str, texts: &[&String]) {
    for text in texts {
        let script = format!(
            "(() => {{ const labels = [...document.getElementById('{item}').querySelectorAll('label')]; \
             const label = labels.find(l => l.innerText.replace(/^[A-Z] /, '') === {text:?}); \
             label.querySelector('input').click(); return true; }})()"
        );
        let _: bool = phone.eval(&script).await;
    }
}

/// Sets the control that the selector finds within the item, as typing or choosing does.
async fn sets(phone: &Device, item: &str, selector: &str, value: &str) {
    let script = format!(
        "(() => {{ const e = document.getElementById('{item}').querySelector({selector:?}); if (!e) return null; \
         e.focus(); e.value = {value:?}; e.dispatchEvent(new Event('input', {{ bubbles: true }})); \
         e.dispatchEvent(new Event('change', {{ bubbles: true }})); return true; }})()"
    );
    let _: bool = phone.eval(&script).await;
}

/// Answers the item of this kind rightly, as somebody would with a finger.
async fn answers(phone: &Device, quiz: &Quiz, kind: &str) -> String {
    let id = goes_to(phone, kind).await;
    let item: &Item = quiz.item(&id);
    match &item.body {
        Body::Single { options, right } => ticks(phone, &id, &[&options[*right]]).await,
        Body::Multiple { options, right } => {
            let right: Vec<&String> = right.iter().map(|at| &options[*at]).collect();
            ticks(phone, &id, &right).await;
        }
        Body::TrueFalse { right } => ticks(phone, &id, &[&if *right { "对" } else { "错" }.to_owned()]).await,
        Body::FillIn { blanks, .. } => {
            for (at, accepted) in blanks.iter().enumerate() {
                sets(phone, &id, &format!("label:nth-of-type({}) input", at + 1), &accepted[0]).await;
            }
        }
        Body::Number { from, .. } => sets(phone, &id, "input", &from.to_string()).await,
        Body::Ordering { options, right } => {
            for (place, at) in right.iter().enumerate() {
                let shown: usize = phone
                    .eval(&format!(
                        "[...document.getElementById('{id}').querySelectorAll('label span')].findIndex(s => s.innerText === {:?})",
                        options[*at]
                    ))
                    .await;
                sets(phone, &id, &format!("select[data-option=\"{shown}\"]"), &(place + 1).to_string()).await;
            }
        }
        Body::Matching { pairs } => {
            for (at, (_, right)) in pairs.iter().enumerate() {
                let script = format!(
                    "(() => {{ const s = document.getElementById('{id}').querySelector('select[data-left=\"{at}\"]'); \
                     s.value = [...s.options].find(o => o.text === {right:?}).value; \
                     s.dispatchEvent(new Event('change', {{ bubbles: true }})); return true; }})()"
                );
                let _: bool = phone.eval(&script).await;
            }
        }
        Body::FindFix { text, faults } => {
            for fault in faults {
                let wrong: String = text.chars().skip(fault.from).take(fault.length).collect();
                sets(phone, &id, "[data-wanted]", &wrong).await;
                phone.click_on(&format!("#{id} [data-mark-wanted]")).await;
                sets(phone, &id, "[data-marks] li:last-child input", &fault.accepted[0]).await;
            }
        }
        Body::Hazards { regions, .. } => {
            for region in regions {
                let (x, y) = middle(&region.shape);
                let script = format!(
                    "(() => {{ const p = document.getElementById('{id}').querySelector('[data-picture]'); \
                     if (!p.querySelector('img').complete) return null; p.scrollIntoView({{ block: 'center' }}); \
                     const b = p.getBoundingClientRect(); p.dispatchEvent(new MouseEvent('click', {{ bubbles: true, \
                     clientX: b.left + b.width * {x} / 100, clientY: b.top + b.height * {y} / 100 }})); return true; }})()"
                );
                let _: bool = phone.eval(&script).await;
            }
        }
    }
    id
}

/// A point within the shape.
fn middle(shape: &leitai::rules::items::Shape) -> (String, String) {
    use leitai::rules::items::Shape;
    use rust_decimal::Decimal;
    let two = Decimal::TWO;
    let (x, y) = match shape {
        Shape::Rectangle { x, y, width, height } => (x + width / two, y + height / two),
        Shape::Circle { x, y, .. } => (*x, *y),
        Shape::Polygon { points } => {
            let count = Decimal::from(points.len());
            (points.iter().map(|p| p.0).sum::<Decimal>() / count, points.iter().map(|p| p.1).sum::<Decimal>() / count)
        }
    };
    (x.to_string(), y.to_string())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paper_on_a_phone_loses_nothing() {
    let quiz = Quiz::begin(EACH_KIND, Clock::system(), safety()).await;
    let chromium = Chromium::start().await;
    let phone = chromium.device("worker", PHONE, "zh-CN").await;
    let address = &quiz.world.address;
    phone.open(&format!("{address}/contests/quiz/log-in/first")).await;
    for (name, value) in [("number", "W1"), ("proof", "0001"), ("pin", "135790"), ("again", "135790")] {
        let script = format!("(() => {{ document.querySelector('[name={name}]').value = {value:?}; return true; }})()");
        let _: bool = phone.eval(&script).await;
    }
    phone.click_on("main form button").await;
    phone.sees("每日一答").await;
    phone.picture("quiz-me").await;
    phone.click("开始答题").await;
    phone.sees("已答 0 / 9 题").await;

    let kinds = ["single", "multiple", "true-false", "fill-in", "number"];
    let mut done = Vec::new();
    for kind in kinds {
        let id = answers(&phone, &quiz, kind).await;
        is(&phone, &id, "saved").await;
        done.push(id);
    }
    phone.sees("已答 5 / 9 题").await;
    // A reload in the middle goes on where it was.
    phone.reload().await;
    phone.sees("已答 5 / 9 题").await;
    for id in &done {
        is(&phone, id, "saved").await;
    }

    // Without a connection answers stay on the phone, and the page says so; a lost page loses none of them.
    phone.offline(true).await;
    let id = answers(&phone, &quiz, "ordering").await;
    is(&phone, &id, "here").await;
    phone.sees("网络中断").await;
    phone.sees("已答 6 / 9 题").await;
    phone.picture("quiz-offline").await;
    let other = answers(&phone, &quiz, "matching").await;
    is(&phone, &other, "here").await;
    phone.offline(false).await;
    // The page is loaded anew at once, before anything was sent again.
    phone.reload().await;
    phone.sees("已答 7 / 9 题").await;
    is(&phone, &id, "saved").await;
    is(&phone, &other, "saved").await;
    phone.sees_no("网络中断").await;

    for kind in ["find-fix", "hazards"] {
        let id = answers(&phone, &quiz, kind).await;
        is(&phone, &id, "saved").await;
        phone.picture(&format!("quiz-{kind}")).await;
    }
    phone.sees("已答 9 / 9 题").await;
    let wide: bool = phone.eval("document.documentElement.scrollWidth > innerWidth").await;
    assert!(!wide, "the page is wider than the phone");
    phone.click("交卷").await;
    // All of it was right.
    phone.sees("18 / 18").await;
    phone.sees("9 / 9").await;
    phone.picture("quiz-result").await;
    chromium.stop().await;
}
