//! From a public point to its figure: what was published, worked out, with who had it in hand as what; and nothing else.

use leitai::rules::{
    indicators::{Act, Actual, FigureSlot},
    ledger::entry::Role,
    names::Id,
    view,
};

use super::Labor;

const JANUARY: &str = "/contests/labor/units/A/m1";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_point_leads_to_its_figure_as_it_was_published() {
    let labor = Labor::begin().await;
    labor.organizer_is_everybody().await;
    let owner = labor.takes_on("王质检", &["indicator-owner quality"]).await;
    let client = labor.comes_in(&owner).await;
    labor.runs().await;
    let anybody = labor.world.visitor();
    // 王质检 enters A's quality with a paper, a file and the unit's own score, and checks it.
    let fields = [
        ("entrant", "A"),
        ("indicator", "quality"),
        ("period", "m1"),
        ("value quality", "88"),
        ("self-score", "29.5"),
        ("paper", "质检〔2026〕1 号 检查通报 2026-01-30"),
        ("do", "check"),
    ];
    let at = "/figures/labor/figure?entrant=A&indicator=quality&period=m1";
    let paper = b"%PDF-1.7 a report".as_slice();
    client
        .uploads("/figures/labor/figure", &fields, ("file", "a.pdf", paper))
        .await
        .leads_to(&format!("{at}&said=saved&count=1"));
    labor.figure_is("A", "output", "m1", Actual::Is(110.into())).await;
    let none = |count: i64| Actual::Counts([(Id::new("injury"), count.into())].into());
    labor.figure_is("A", "safety", "m1", none(2)).await;
    anybody.opens(JANUARY).await.is(404);
    let period = || Id::new("m1");
    for act in [
        Act::ClosePeriod { period: period() },
        Act::CollectPeriod { period: period() },
        Act::SignPeriod { period: period() },
    ] {
        labor.does(act).await;
    }
    // Signed is not published.
    anybody.opens(JANUARY).await.is(404);
    labor.does(Act::PublishPeriod { period: period() }).await;

    // By hand: output 110 of 100 is 110 %, 50 × 110 % = 55; quality 30 × 88 ÷ 100 = 26.4; safety 20 − 2 × 5 = 10.
    let page = anybody.opens(JANUARY).await;
    page.is(200).shows("110 吨").shows("完成率 = 110 ÷ 100 = 110%").shows("得分 = 50 × 110% = 55");
    page.shows("得分 = 30 × 88 ÷ 100 = 26.4").shows("轻伤：2 次 × -5 = -10").shows("得分 10").shows("91.40");
    page.shows("质检〔2026〕1 号 检查通报 2026-01-30").shows("部门审核 · 质检部").shows("规程规定");
    // Neither names, nor files, nor what the unit gave itself.
    page.hides("王质检").hides("29.5").hides("evidence").hides("下载").hides("/figures/labor");
    for from in ["/contests/labor/units/A", "/contests/labor/periods/m1"] {
        anybody.opens(from).await.is(200).shows("/contests/labor/units/A/m1#quality");
    }
    anybody.opens("/contests/labor/units/Z/m1").await.is(404);
    anybody.opens("/contests/labor/units/A/m2").await.is(404);
    // Who writes these figures is led to names and files; of others only what is theirs.
    let own = client.opens(JANUARY).await;
    own.is(200).shows("figure?entrant=A&amp;indicator=quality").hides("indicator=output");
    client.opens(at).await.is(200).shows("王质检").shows("下载文件");

    // What is found after the publication is known to everybody when it is published again, and not before.
    labor.revised("quality", 61).await;
    anybody.opens(JANUARY).await.is(200).shows("30 × 88 ÷ 100 = 26.4").hides("× 61").hides("复查发现漏检");
    labor.does(Act::PublishPeriod { period: period() }).await;
    // 55 + 18.3 + 10.
    let again = anybody.opens(JANUARY).await;
    again.is(200).shows("30 × 61 ÷ 100 = 18.3").shows("83.30").shows("补报更正").hides("复查发现漏检").hides("26.4");
}

impl Labor {
    /// A's January, by the organizer and the deputy.
    async fn revised(&self, indicator: &str, actual: i64) {
        let slot = FigureSlot { entrant: "A".into(), indicator: indicator.into(), period: "m1".into() };
        let (reason, _) = self.world.app.note("复查发现漏检").expect("a note");
        let people = self.world.app.read(&self.contest, |state| view::organizer(state).people).await;
        let mut organizers =
            people.expect("the contest").into_iter().filter(|one| one.roles.contains(&Role::Organizer));
        let deputy = organizers.find(|one| one.person != self.actor.person).expect("the deputy").person;
        let (actual, second) = (Actual::Is(actual.into()), Some(deputy));
        self.does(Act::Revise { slot, actual, evidence: vec![], reason, second }).await;
    }
}
