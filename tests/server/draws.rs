//! Prizes drawn from a committed seed, repeated by anybody; and windows of one's own.

use data_encoding::HEXLOWER;
use leitai::{
    app::{Clock, people::Admin},
    rules::ledger::Instant,
};
use sha2::{Digest as _, Sha256};

use crate::{
    items::{FOUR, four, item, sits},
    quiz::{ME, Quiz, START_MS},
    world::Answer,
};

const PAPERS: &str = "/organizer/quiz/papers";
const HOUR_MS: i64 = 3_600_000;

/// What stands between these.
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let rest = text.split_once(from).unwrap_or_else(|| panic!("no {from} in {text}")).1;
    rest.split_once(to).expect("its end").0
}

fn lines(answer: &Answer) -> Vec<Vec<String>> {
    let text = answer.is(200).text();
    let lines = text.trim_start_matches('\u{feff}').lines().skip(1);
    lines.map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// As the page says how to repeat a draw, word by word and apart from the program.
fn repeated(seed: &str, label: &str, mut people: Vec<String>) -> Vec<String> {
    let seed = HEXLOWER.decode(seed.as_bytes()).expect("hex");
    let key = Sha256::new().chain_update(seed).chain_update(label).finalize();
    let block = |n: u64| Sha256::new().chain_update(key).chain_update(n.to_be_bytes()).finalize();
    let mut numbers = (0..).flat_map(|n| {
        block(n).chunks(8).map(|bytes| u64::from_be_bytes(bytes.try_into().expect("eight"))).collect::<Vec<_>>()
    });
    for last in (1..people.len()).rev() {
        let n = last as u128 + 1;
        let most = (1_u128 << 64) / n * n;
        let number = numbers.by_ref().map(u128::from).find(|number| *number < most).expect("a number");
        people.swap(last, usize::try_from(number % n).expect("a place"));
    }
    people
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prizes_are_committed_to_drawn_and_repeated() {
    let (quiz, organizer) = four().await;
    let page = format!("{PAPERS}/daily/draws");
    organizer.opens(PAPERS).await.is(200).shows("每日一答").shows("抽奖").shows("个人时段");
    organizer.opens(&page).await.is(200).shows("现在有 0 人可以参加抽奖").hides("第二步");
    organizer.posts(&format!("{page}/draw"), &[("count", "1")]).await.is(404);
    quiz.world.visitor().opens("/contests/quiz").await.is(200).hides("抽奖结果");
    quiz.world.visitor().opens("/contests/quiz/draws").await.is(200).shows("还没有抽奖");
    organizer.posts(&format!("{page}/commit"), &[]).await.leads_to(&format!("{page}?said=prizes-committed&count=0"));
    let committed = organizer.opens(&page).await;
    committed.is(200).shows("种子的摘要").shows("还没有人有有效卷").hides("organizer-repeat");
    let digest = between(&committed.text(), "<code class=\"checksum\">", "</code>").to_owned();
    // Three right of four are a valid paper: W1 and W3 have one. A practice paper is none.
    sits(&quiz, "W1", "甲甲甲甲", false).await;
    sits(&quiz, "W2", "甲甲乙乙", false).await;
    sits(&quiz, "W2", "甲甲甲甲", true).await;
    sits(&quiz, "W3", "甲甲甲乙", false).await;
    organizer.opens(PAPERS).await.shows("<dt>已交卷</dt><dd><span class=\"number\">3</span></dd>");
    organizer.opens(PAPERS).await.shows("<dt>有有效卷的人数</dt><dd><span class=\"number\">2</span></dd>");
    for wrong in ["0", "3", "两个", ""] {
        organizer.posts(&format!("{page}/draw"), &[("count", wrong)]).await.is(422).shows("1 到 2 之间的整数");
    }
    let drawn = organizer.posts(&format!("{page}/draw"), &[("count", "1")]).await;
    drawn.leads_to(&format!("{page}?said=prizes-drawn&count=1"));
    let shown = organizer.opens(&page).await;
    let text = shown.is(200).shows("从 2 人中抽出 1 人").shows(&digest).hides("王芳").text();
    // Everybody sees it, and repeats it from what stands there; names are as the board shows them.
    let public = quiz.world.visitor().opens("/contests/quiz/draws").await;
    public.is(200).shows("从 2 人中抽出 1 人").shows(&digest).hides("王芳");
    quiz.world.visitor().opens("/contests/quiz").await.is(200).shows("抽奖结果");
    // A second draw needs a new seed.
    shown.shows("第一步：生成种子");
    organizer.posts(&format!("{page}/draw"), &[("count", "1")]).await.is(404);

    let repeat = between(&text, "class=\"repeat\"", "</dl>");
    let mut codes =
        repeat.split("<code class=\"checksum\">").skip(1).map(|code| code.split_once('<').expect("its end").0);
    let (seed, committed, label) = (codes.next(), codes.next(), codes.next());
    let (seed, committed, label) = (seed.expect("a seed"), committed.expect("a digest"), label.expect("a label"));
    assert_eq!(committed, digest);
    assert_eq!(HEXLOWER.encode(&Sha256::digest(HEXLOWER.decode(seed.as_bytes()).expect("hex"))), digest);
    let file = |name: &str| {
        let at = between(&text, "href=\"/organizer/quiz/papers/daily/draws/", "/winners.xlsx\"");
        format!("{page}/{at}/{name}")
    };
    let among = lines(&organizer.opens(&file("among.csv")).await);
    let people: Vec<String> = among.iter().map(|line| line[1].clone()).collect();
    assert_eq!(people, ["W1", "W3"]);
    let winner = &repeated(seed, label, people)[0];
    let won: Vec<&str> = among.iter().filter(|line| line[2] == "中奖").map(|line| line[1].as_str()).collect();
    assert_eq!(won, [winner.as_str()]);
    let winners = organizer.opens(&file("winners.csv")).await;
    winners.is(200).shows(winner).shows(if winner == "W1" { "张伟" } else { "李娜" });
    for who in ["W1", "W2", "W3"] {
        let own = quiz.worker(who).await.opens(ME).await;
        own.is(200).shows("抽奖结果");
        if who == winner {
            own.shows("恭喜")
        } else {
            own.hides("恭喜")
        };
    }
    assert_eq!(&organizer.opens(&file("winners.xlsx")).await.is(200).bytes[..2], b"PK");
    organizer.opens(&file("winners.docx")).await.is(404);
    organizer.opens("/organizer/quiz/trail").await.is(200).shows("抽奖");

    quiz.world.account("lina", Admin::No).await;
    let other = quiz.world.logged_in("lina").await;
    other.opens(&page).await.is(403);
    other.opens(&file("among.csv")).await.is(403);
    other.posts(&format!("{page}/commit"), &[]).await.is(403);
    other.posts(&format!("{PAPERS}/daily/windows"), &[("entrant", "W1")]).await.is(403);
    organizer.opens(&format!("{PAPERS}/weekly/draws")).await.is(404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_on_shift_gets_a_window_of_their_own() {
    let clock = Clock::by_hand(Instant(START_MS));
    // Everybody: from eight to half past eight. It is nine.
    let windows =
        "shuffle-items = false\n[[paper.window]]\nopens = \"2026-09-01T08:00\"\ncloses = \"2026-09-01T08:30\"\n";
    let definition = FOUR.replace("shuffle-items = false\n", windows);
    let quiz = Quiz::begin(&definition, clock.clone(), (1..=20).map(item).collect()).await;
    quiz.world.account("zhanghua", Admin::Yes).await;
    let organizer = quiz.world.logged_in("zhanghua").await;
    let page = format!("{PAPERS}/daily/windows");
    let (phone, other) = (quiz.worker("W1").await, quiz.worker("W2").await);
    phone.opens(ME).await.is(200).hides("开始答题");

    let wish = |entrant: &'static str, from: &'static str, until: &'static str, reason: &'static str| {
        [("entrant", entrant), ("from", from), ("until", until), ("reason", reason)]
    };
    let (ten, eleven) = ("2026-09-01T10:00", "2026-09-01T11:00");
    organizer.posts(&page, &wish("W9", ten, eleven, "夜班")).await.is(422).shows("名单中没有这个编号");
    organizer.posts(&page, &wish("W1", eleven, ten, "夜班")).await.is(422).shows("结束应晚于开始");
    organizer.posts(&page, &wish("W1", "十点", eleven, "夜班")).await.is(422).shows("请选择日期和时间");
    organizer.posts(&page, &wish("W1", ten, eleven, " ")).await.is(422).shows("请写明理由").shows(ten);
    organizer.opens(&page).await.is(200).hides("已给出的时段");
    let granted = organizer.posts(&page, &wish("W1", ten, eleven, "上夜班")).await;
    granted.leads_to(&format!("{page}?said=window-granted&count=1"));
    organizer.opens(&page).await.shows("张伟").shows("2026-09-01 10:00").shows("2026-09-01 11:00").shows("未开始");
    organizer.opens("/organizer/quiz/trail").await.shows("上夜班").shows("张伟");

    clock.set(Instant(START_MS + HOUR_MS));
    phone.opens(ME).await.is(200).shows("开始答题");
    other.opens(ME).await.is(200).hides("开始答题");
    organizer.opens(&page).await.shows("进行中");
    clock.set(Instant(START_MS + 2 * HOUR_MS));
    phone.opens(ME).await.is(200).hides("开始答题");
    organizer.opens(&page).await.shows("已结束");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paper_without_windows_needs_none() {
    let (_quiz, organizer) = four().await;
    organizer.opens(&format!("{PAPERS}/daily/windows")).await.is(200).shows("不需要个人时段").hides("name=\"entrant\"");
}
