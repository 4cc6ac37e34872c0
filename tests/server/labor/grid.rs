//! The grid without script: each owner their own indicators, everything or nothing, with a word for each cell.

use leitai::rules::indicators::{Actual, How, Way};
use rust_decimal::Decimal;

use super::Labor;

const GRID: &str = "/figures/labor/grid?period=m1";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_owner_fills_in_what_is_theirs() {
    let labor = Labor::begin().await;
    let owner = labor.takes_on("王质检", &["indicator-owner quality"]).await;
    let other = labor.takes_on("李安全", &["indicator-owner safety"]).await;
    let boss = labor.takes_on("赵书记", &["leading-group"]).await;
    let (client, safety, boss) =
        (labor.comes_in(&owner).await, labor.comes_in(&other).await, labor.comes_in(&boss).await);
    // Nothing is open before the contest runs.
    client.opens(GRID).await.is(200).shows("还没有开放填报");
    labor.runs().await;

    // Own indicators only; the leading group has no grid to fill.
    client.opens(GRID).await.is(200).shows("甲车间").shows("质量").hides("产量").hides("轻伤");
    safety.opens(GRID).await.is(200).shows("安全 · 轻伤").hides("质量");
    boss.opens("/figures/labor").await.is(200).shows("目前没有待审定的周期");
    client.opens("/organizer/labor/figures").await.is(403);
    client.opens("/figures/labor").await.is(200).shows("还缺 4 项").shows("甲车间 · 质量");

    // What is not theirs does not stand in their grid, and is not taken.
    let foreign =
        [("was A output", ""), ("A output", "100"), ("was A quality", ""), ("A quality", "90"), ("do", "save")];
    client.posts(GRID, &foreign).await.leads_to(&format!("{GRID}&said=saved&count=1"));
    assert_eq!(labor.figure("A", "output").await, None);

    // One wrong cell, and nothing is taken: place and remedy are told, what was typed stays.
    let wrong =
        [("was B quality", ""), ("B quality", "九十"), ("was C quality", ""), ("C quality", "80"), ("do", "save")];
    let before = labor.entries().await;
    let answer = client.posts(GRID, &wrong).await;
    answer.is(422).shows("有 1 格不能保存").shows("乙车间 · 质量").shows("“九十”不是数").shows("value=\"80\"");
    let wrong = [("was B quality", ""), ("B quality", "100.5"), ("do", "save")];
    client.posts(GRID, &wrong).await.is(422).shows("0 到 100 之间");
    // What somebody else wrote meanwhile is not written over.
    let stale = [("was A quality", ""), ("A quality", "91"), ("do", "save")];
    client.posts(GRID, &stale).await.is(422).shows("别人改成了“90”");
    let emptied = [("was A quality", "90"), ("A quality", ""), ("do", "save")];
    client.posts(GRID, &emptied).await.is(422).shows("不能清空");
    assert_eq!(labor.entries().await, before);

    // Spreadsheets' ways to write a number, and "not applicable"; what waits is checked with them.
    let good = [
        ("was A quality", "90"),
        ("A quality", "90"),
        ("was B quality", ""),
        ("B quality", "１００"),
        ("was C quality", ""),
        ("C quality", "不适用"),
        ("do", "check"),
    ];
    client.posts(GRID, &good).await.leads_to(&format!("{GRID}&said=checked&count=3"));
    let figure = labor.figure("C", "quality").await.expect("C's figure");
    assert_eq!((figure.way.clone(), figure.versions.len()), (Way::Checked, 2));
    assert_eq!(figure.latest().map(|version| version.actual.clone()), Some(Actual::NotApplicable));
    let figure = labor.figure("A", "quality").await.expect("A's figure");
    let told: Vec<_> = figure.versions.iter().map(|version| (version.how, version.by.clone())).collect();
    assert_eq!(told, [(How::Reported, owner.clone()), (How::Checked, owner.clone())]);
    assert_eq!(figure.latest().map(|version| version.actual.clone()), Some(Actual::Is(Decimal::from(90))));

    // Sent back with a reason, it is missing again.
    let which = [("entrant", "A"), ("indicator", "quality"), ("period", "m1"), ("reason", "没有盖章")];
    let at = "/figures/labor/figure?entrant=A&indicator=quality&period=m1";
    safety.posts("/figures/labor/return", &which).await.is(403);
    client.posts("/figures/labor/return", &which).await.leads_to(&format!("{at}&said=returned&count=1"));
    client.opens(at).await.is(200).shows("没有盖章").shows("已退回").shows("王质检");
    safety.opens(at).await.is(403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn evidence_and_the_unit_s_own_score_stay_with_the_figure() {
    let labor = Labor::begin().await;
    let owner = labor.takes_on("王质检", &["indicator-owner quality"]).await;
    let other = labor.takes_on("李安全", &["indicator-owner safety"]).await;
    let (client, safety) = (labor.comes_in(&owner).await, labor.comes_in(&other).await);
    labor.runs().await;
    let fields = [
        ("entrant", "A"),
        ("indicator", "quality"),
        ("period", "m1"),
        ("value quality", "90"),
        ("self-score", "28.5"),
        ("paper", "质检〔2026〕1 号"),
        ("do", "report"),
    ];
    let page = b"<html>".as_slice();
    client.uploads("/figures/labor/figure", &fields, ("file", "a.pdf", page)).await.is(422).shows("只收 PDF");
    assert_eq!(labor.figure("A", "quality").await, None);
    let at = "/figures/labor/figure?entrant=A&indicator=quality&period=m1";
    let paper = b"%PDF-1.7 a report".as_slice();
    let answer = client.uploads("/figures/labor/figure", &fields, ("file", "a.pdf", paper)).await;
    answer.leads_to(&format!("{at}&said=saved&count=1"));
    let page = client.opens(at).await;
    page.is(200).shows("28.5").shows("质检〔2026〕1 号").shows("下载文件");

    let figure = labor.figure("A", "quality").await.expect("A's figure");
    let file = &figure.versions[0].evidence[1].0;
    let path = format!("/figures/labor/evidence/{file}?entrant=A&indicator=quality&period=m1");
    let down = client.opens(&path).await;
    assert_eq!(
        (down.status.as_u16(), down.content_type.as_str(), down.bytes.as_slice()),
        (200, "application/pdf", paper)
    );
    safety.opens(&path).await.is(404);
    client.opens(&path.replace("entrant=A", "entrant=B")).await.is(404);

    // The department writes another figure into the grid: paper and self-score stay.
    let grid = "/figures/labor/grid?period=m1";
    let found = [("was A quality", "90"), ("A quality", "85"), ("do", "save")];
    client.posts(grid, &found).await.leads_to(&format!("{grid}&said=saved&count=1"));
    let figure = labor.figure("A", "quality").await.expect("A's figure");
    assert_eq!(figure.versions[1].self_score, Some(Decimal::new(285, 1)));
    assert_eq!(figure.versions[1].evidence, figure.versions[0].evidence);
}

const FIGURE: &str = "/figures/labor/figure";
const AT: &str = "/figures/labor/figure?entrant=A&indicator=quality&period=m1";

fn which<'t>(further: &[(&'t str, &'t str)]) -> Vec<(&'t str, &'t str)> {
    [("entrant", "A"), ("indicator", "quality"), ("period", "m1")].iter().chain(further).copied().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_writes_over_what_they_did_not_see() {
    let labor = Labor::begin().await;
    let owner = labor.takes_on("王质检", &["indicator-owner quality"]).await;
    let (client, other) = (labor.comes_in(&owner).await, &labor.organizer);
    labor.runs().await;
    let none = ("file", "", b"".as_slice());
    let first = which(&[("seen", "0"), ("value quality", "90"), ("paper", "质检 1 号"), ("do", "report")]);
    client.uploads(FIGURE, &first, none).await.leads_to(&format!("{AT}&said=saved&count=1"));
    // A double click: the same again is no second version, and its paper is not listed twice.
    client.uploads(FIGURE, &first, none).await.leads_to(&format!("{AT}&said=same&count=0"));
    client.opens(AT).await.is(200).shows("name=\"seen\" value=\"1\"");
    assert_eq!(labor.figure("A", "quality").await.expect("A's figure").versions.len(), 1);

    // The page is open with 90; somebody reports 95. What is saved from that page is not 90 and checked.
    let newer = which(&[("seen", "1"), ("value quality", "95"), ("do", "report")]);
    other.uploads(FIGURE, &newer, none).await.leads_to(&format!("{AT}&said=saved&count=1"));
    let stale = which(&[("seen", "1"), ("value quality", "90"), ("do", "check")]);
    client.uploads(FIGURE, &stale, none).await.is(422).shows("有了新的版本").shows("value=\"95\"").shows("value=\"2\"");
    let figure = labor.figure("A", "quality").await.expect("A's figure");
    assert_eq!((figure.way.clone(), figure.versions.len()), (Way::Reported, 2));
    assert_eq!(figure.versions[1].evidence, figure.versions[0].evidence, "the paper stays, once");

    // Who looked again and finds 95 right only checks it.
    let seen = which(&[("seen", "2"), ("value quality", "95"), ("do", "check")]);
    client.uploads(FIGURE, &seen, none).await.leads_to(&format!("{AT}&said=saved&count=1"));
    let figure = labor.figure("A", "quality").await.expect("A's figure");
    let told: Vec<_> = figure.versions.iter().map(|version| version.how).collect();
    assert_eq!((figure.way.clone(), told), (Way::Checked, vec![How::Reported, How::Reported, How::Checked]));
    client.uploads(FIGURE, &seen, none).await.leads_to(&format!("{AT}&said=same&count=0"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_names_no_digests() {
    let labor = Labor::begin().await;
    let owner = labor.takes_on("王质检", &["indicator-owner quality"]).await;
    let client = labor.comes_in(&owner).await;
    labor.runs().await;
    // What somebody else's figure rests on, by its digest, and words that are none.
    let paper = which(&[("value quality", "90"), ("do", "report")]);
    let secret = b"%PDF-1.7 a secret".as_slice();
    client.uploads(FIGURE, &paper, ("file", "a.pdf", secret)).await.leads_to(&format!("{AT}&said=saved&count=1"));
    let digest = labor.figure("A", "quality").await.expect("A's figure").versions[0].evidence[0].0.clone();
    let told = format!("{digest} 张三的身份证 {}", "a ".repeat(1_000));
    let other = [
        ("entrant", "B"),
        ("indicator", "quality"),
        ("period", "m1"),
        ("value quality", "80"),
        ("evidence", told.as_str()),
        ("do", "report"),
    ];
    let at = "/figures/labor/figure?entrant=B&indicator=quality&period=m1";
    let none = ("file", "", b"".as_slice());
    client.uploads(FIGURE, &other, none).await.leads_to(&format!("{at}&said=saved&count=1"));
    assert_eq!(labor.figure("B", "quality").await.expect("B's figure").versions[0].evidence, []);
    client.opens(&format!("/figures/labor/evidence/{digest}?entrant=B&indicator=quality&period=m1")).await.is(404);

    // A revision is looked at first: its file travels with the page, and is kept when it is confirmed.
    labor.steps("close").await;
    let late = [
        ("entrant", "B"),
        ("indicator", "quality"),
        ("period", "m1"),
        ("value quality", "85"),
        ("reason", "复查"),
        ("paper", "质检 2 号"),
        ("evidence", told.as_str()),
    ];
    let revise = "/figures/labor/revise";
    let fresh = b"%PDF-1.7 found again".as_slice();
    let page = client.uploads(revise, &late, ("file", "b.pdf", fresh)).await;
    page.is(200).shows("质检 2 号");
    let page = page.text();
    let value = |name: &str| {
        let rest = page.split_once(&format!("name=\"{name}\" value=\"")).expect("a hidden field").1;
        rest.split_once('"').expect("its end").0.to_owned()
    };
    let (carried, effect) = (value("carried"), value("effect"));
    let confirmed: Vec<_> = late.iter().copied().chain([("carried", &*carried), ("effect", &*effect)]).collect();
    client.uploads(revise, &confirmed, none).await.leads_to(&format!("{at}&said=revised&count=1"));
    let figure = labor.figure("B", "quality").await.expect("B's figure");
    let evidence = &figure.versions.last().expect("a version").evidence;
    assert_eq!(evidence.len(), 2, "its line and its file: {evidence:?}");
    let path = format!("/figures/labor/evidence/{}?entrant=B&indicator=quality&period=m1", evidence[1].0);
    assert_eq!(client.opens(&path).await.bytes, fresh);
    // What is no file is not taken from there either.
    let odd: Vec<_> = late.iter().copied().chain([("carried", "PGh0bWw+"), ("effect", &*effect)]).collect();
    client.uploads(revise, &odd, none).await.is(422).shows("只收 PDF");
}
