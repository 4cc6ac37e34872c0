//! Targets by a document: whom they move is shown first, and nothing is set until exactly that is confirmed.

use leitai::rules::{
    indicators::{self, Act, FigureSlot},
    names::Id,
};
use rust_decimal::Decimal;

use super::Labor;

const TARGETS: &str = "/organizer/labor/figures/targets?period=m1";

impl Labor {
    async fn target(&self, entrant: &str) -> Option<Decimal> {
        let slot = FigureSlot { entrant: entrant.into(), indicator: "output".into(), period: "m1".into() };
        let last = |state: &_| indicators::figure(state, &slot).1.last().map(|target| target.target);
        self.world.app.read(&self.contest, last).await.expect("the contest")
    }
}

fn effect(page: &str) -> String {
    let rest = page.split_once("name=\"effect\" value=\"").unwrap_or_else(|| panic!("no effect in\n{page}")).1;
    rest.split_once('"').expect("the end of it").0.to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whom_targets_move_is_shown_before_they_are_set() {
    let labor = Labor::begin().await;
    labor.organizer_is_everybody().await;
    labor.runs().await;
    // A 50 + 27 + 20 = 97, B 45 + 24 + 20 = 89.
    labor.month("m1", [[100, 90], [90, 80]]).await;
    labor.does(Act::PublishPeriod { period: Id::new("m1") }).await;
    let office = &labor.organizer;
    office.opens(TARGETS).await.is(200).shows("查看影响");

    let changed = [("was A output", "100"), ("A output", "125"), ("was B output", "100"), ("B output", "100")];
    let typed = |dated: &'static str, document: &'static str| {
        changed.into_iter().chain([("dated", dated), ("document", document)]).collect::<Vec<_>>()
    };
    let entries = labor.entries().await;
    office.posts(TARGETS, &typed("2026-02-10", " ")).await.is(422).shows("请写明文件").shows("value=\"125\"");
    office.posts(TARGETS, &typed("二月", "计划〔2026〕2 号")).await.is(422).shows("文件日期");

    // A comma is no decimal point here: it parts thousands.
    let mut comma = typed("2026-02-10", "计划〔2026〕2 号");
    comma[1].1 = "1,5";
    office.posts(TARGETS, &comma).await.is(422).shows("甲车间 · 产量: 要填一个数").shows("value=\"1,5\"");
    comma[1].1 = "１,２５０.5";
    office.posts(TARGETS, &comma).await.is(200).shows("<strong>1250.5</strong>");

    // 100 ÷ 125 = 80 %: 40 + 27 + 20 = 87, below B.
    let page = office.posts(TARGETS, &typed("2026-02-10", "计划〔2026〕2 号")).await.is(200).text();
    let rows: Vec<&str> = page.split("<tr>").collect();
    let told = |cells: &[&str]| {
        let found = |row: &&str| cells.iter().try_fold(*row, |rest, cell| Some(rest.split_once(cell)?.1)).is_some();
        assert!(rows.iter().any(found), "{cells:?} in\n{page}");
    };
    told(&["甲车间", "产量", "<s>100</s>", "<strong>125</strong>"]);
    told(&["甲车间", "1", "<strong>2</strong>", "97.00", "87.00"]);
    told(&["乙车间", "2", "<strong>1</strong>", "89.00", "89.00"]);
    assert!(page.contains("重新公布前，公众看到的仍是原来的成绩"), "{page}");
    assert_eq!((labor.entries().await, labor.target("A").await), (entries, None), "looking sets nothing");

    // Only what differs goes on, with the document; signed, it takes a second person.
    let seen = effect(&page);
    let document = [("dated", "2026-02-10"), ("document", "计划〔2026〕2 号"), ("effect", seen.as_str())];
    let sent = || [("was A output", "100"), ("A output", "125")].into_iter().chain(document).collect::<Vec<_>>();
    office.posts(TARGETS, &sent()).await.is(422);
    let deputy = [("second-login", "deputy"), ("second-password", "correct-horse")];
    let confirmed = || sent().into_iter().chain(deputy).collect::<Vec<_>>();
    assert_eq!(labor.target("A").await, None);

    // Another effect was looked at: it is shown again.
    let stale: Vec<_> =
        confirmed().into_iter().map(|(name, is)| (name, if name == "effect" { "0123" } else { is })).collect();
    let page = office.posts(TARGETS, &stale).await.is(422).shows("没有下达：查看之后又有变动").text();
    assert_eq!((effect(&page), labor.target("A").await), (seen.clone(), None));

    office.posts(TARGETS, &confirmed()).await.leads_to(&format!("{TARGETS}&said=targets-set&count=1"));
    assert_eq!(labor.target("A").await, Some(Decimal::from(125)));
    // Done already: the same again is not taken.
    office.posts(TARGETS, &confirmed()).await.is(422).shows("您打开之后别人改过");
}
