//! What everybody sees: nothing before a period is published, then ranks, honours, each unit's way; as it stood at a freeze.

use std::collections::BTreeMap;

use leitai::{
    app::Ask,
    rules::{
        indicators::{Act, Actual, FigureSlot, Scope, Severity, Veto},
        ledger::indicator::Document,
        names::Id,
        view,
    },
};

use super::{Command, DEFINITION, Labor, Role};

const HONOUR: &str = "[[honour]]\nid = \"flag\"\ntitle = \"流动红旗\"\nleast = 90\n";

impl Labor {
    /// By the organizer and the deputy, with the text of a document.
    async fn vetoes(&self, what: Veto, text: &str) {
        let (digest, row) = self.world.app.note(text).expect("a note");
        let people = self.world.app.read(&self.contest, |state| view::organizer(state).people).await;
        let people = people.expect("the contest").into_iter();
        let mut organizers = people.filter(|one| one.roles.contains(&Role::Organizer));
        let second = organizers.find(|one| one.person != self.actor.person).expect("the deputy").person;
        let document = Document { dated: "2026-03-05".parse().expect("a day"), digest };
        let act = Act::SetVeto { veto: "v".into(), what, document, second };
        let ask = Ask::new(self.actor.clone(), Command::Indicator(act)).with(row);
        self.world.app.ask(&self.contest, ask).await.expect("both may");
    }

    pub(super) async fn does(&self, act: Act) {
        self.acts(Command::Indicator(act)).await;
    }

    /// Owner of every indicator and leading group.
    pub(super) async fn organizer_is_everybody(&self) {
        let owners = ["output", "quality", "safety"].map(|id| Role::IndicatorOwner { indicator: id.into() });
        for role in owners.into_iter().chain([Role::LeadingGroup]) {
            let person = self.actor.person.clone();
            self.acts(Command::AssignPerson { person, role, unit: None }).await;
        }
    }

    /// By the organizer, who owns every indicator here.
    pub(super) async fn figure_is(&self, unit: &str, indicator: &str, period: &str, actual: Actual) {
        let slot = FigureSlot { entrant: unit.into(), indicator: indicator.into(), period: period.into() };
        self.does(Act::Report { slot: slot.clone(), actual, self_score: None, evidence: vec![] }).await;
        self.does(Act::Check { slot, found: None }).await;
    }

    /// Output and quality of A, then of B; the other two report nothing.
    pub(super) async fn month(&self, period: &str, figures: [[i64; 2]; 2]) {
        for (unit, [output, quality]) in ["A", "B"].into_iter().zip(figures) {
            self.figure_is(unit, "output", period, Actual::Is(output.into())).await;
            self.figure_is(unit, "quality", period, Actual::Is(quality.into())).await;
            let none = BTreeMap::from([(Id::new("injury"), 0.into())]);
            self.figure_is(unit, "safety", period, Actual::Counts(none)).await;
        }
        let period = || Id::new(period);
        for act in [
            Act::ClosePeriod { period: period() },
            Act::CollectPeriod { period: period() },
            Act::SignPeriod { period: period() },
        ] {
            self.does(act).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_sees_what_is_published_and_no_more() {
    let labor = Labor::begin().await;
    let text = format!("{DEFINITION}{HONOUR}");
    labor.acts(Command::AdoptDefinition { text, reason: None, second: None }).await;
    labor.organizer_is_everybody().await;
    labor.runs().await;
    let anybody = labor.world.visitor();
    let (periods, january, unit) = ("/contests/labor/periods", "/contests/labor/periods/m1", "/contests/labor/units/A");

    // 50 + 27 + 20 and 45 + 24 + 20.
    labor.month("m1", [[100, 90], [90, 80]]).await;
    anybody.opens(periods).await.is(200).shows("还没有公布的周期").hides("甲车间");
    anybody.opens(january).await.is(404);
    anybody.opens(unit).await.is(404);
    anybody.opens("/contests/labor").await.is(200).shows(periods).hides(">97");
    anybody.opens("/contests/labor/why/A").await.leads_to(periods);

    labor.does(Act::PublishPeriod { period: Id::new("m1") }).await;
    let page = anybody.opens(january).await.is(200).text();
    let rows: Vec<&str> = page.split("<tr>").skip(2).collect();
    for (row, told) in rows.iter().zip([
        ["甲车间", "97", "50", "27", "20"].as_slice(),
        &["乙车间", "89", "45", "24", "20"],
        &["缺数据", "丙车间"],
        &["缺数据", "丁车间"],
    ]) {
        let found = told.iter().try_fold(*row, |rest, cell| Some(rest.split_once(cell)?.1));
        assert!(found.is_some(), "{told:?} in {row}");
    }
    assert!(page.contains("流动红旗"), "{page}");
    // The board is made anew within a frame or two.
    while !anybody.opens("/contests/labor").await.is(200).text().contains(">97") {}

    // There are no judges to explain: a row leads to its unit.
    anybody.opens("/contests/labor/why/A?table=all").await.leads_to(unit);
    anybody.opens("/contests/labor/why/Z").await.is(404);

    // Frozen: what comes later is not known, to anybody but the office.
    labor.does(Act::OpenPeriod { period: Id::new("m2") }).await;
    labor.month("m2", [[80, 90], [110, 100]]).await;
    labor.acts(Command::Freeze).await;
    labor.does(Act::PublishPeriod { period: Id::new("m2") }).await;
    anybody.opens(periods).await.is(200).shows("封榜").shows("一月").hides("二月").hides("<svg viewBox");
    anybody.opens("/contests/labor/periods/m2").await.is(404);
    anybody.opens(unit).await.is(200).shows(">97").hides(">87");
    labor.acts(Command::Unfreeze).await;

    // B 55 + 30 + 20 = 105, A 40 + 27 + 20: the banner moves, and the ranks cross.
    let page = anybody.opens(periods).await.is(200).shows("二月").text();
    let honours = page.split_once("class=\"card honour\"").expect("an honour").1;
    assert!(honours.split_once("</li>").expect("its end").0.contains("乙车间"), "{honours}");
    assert!(page.contains("d=\"M56 50.0L536 20.0\"") && page.contains("d=\"M56 20.0L536 50.0\""), "{page}");
    anybody.opens(unit).await.is(200).shows(">87").shows("一月 · 流动红旗").hides("二月 · 流动红旗");
    anybody.opens("/contests/nowhere/periods").await.is(404);
}

/// Two months, and in the second one a veto of A: its output counts 0 there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_sees_what_its_total_comes_of_and_which_veto_took_points() {
    let labor = Labor::begin().await;
    labor.organizer_is_everybody().await;
    labor.runs().await;
    let anybody = labor.world.visitor();
    let unit = "/contests/labor/units/A";
    labor.month("m1", [[100, 90], [90, 80]]).await;
    labor.does(Act::PublishPeriod { period: Id::new("m1") }).await;
    anybody.opens(unit).await.is(200).hides("一票否决");

    labor.does(Act::OpenPeriod { period: Id::new("m2") }).await;
    labor.month("m2", [[80, 90], [110, 100]]).await;
    let what = Veto {
        entrant: "A".into(),
        severity: Severity::Zero,
        scope: Scope::Indicator { indicator: "output".into(), period: "m2".into() },
    };
    let text = "安监〔2026〕7 号 虚报产量";
    labor.vetoes(what, text).await;
    // Known when it is published.
    anybody.opens(unit).await.is(200).hides("一票否决").hides(text);
    labor.does(Act::PublishPeriod { period: Id::new("m2") }).await;

    // The mean of 50 and 0 of output, of 27 and 27 of quality, of 20 and 20 of safety.
    let page = anybody.opens(unit).await;
    page.is(200).shows("榜上为这些周期的累计：一月、二月。").shows("各期平均：(50 + 0) ÷ 2 = 25");
    page.shows("各期平均：(27 + 27) ÷ 2 = 27").shows("25 + 27 + 20 = 72").shows("计零分").shows("二月 · 产量");
    page.shows(text).shows("2026-03-05").hides("organizer");
    // 80 of 100 is 80 %, of 50 points 40; then the veto.
    let behind = anybody.opens("/contests/labor/units/A/m2").await;
    behind.is(200).shows("得分 = 50 × 80% = 40").shows("一票否决，计 0 分").hides("80% = 0");
    anybody.opens("/contests/labor/periods/m2").await.is(200).shows("一票否决");
    anybody.opens("/contests/labor/periods/m1").await.is(200).hides("一票否决");
    while !anybody.opens("/contests/labor").await.is(200).text().contains(">72") {}
    anybody.opens("/contests/labor").await.shows(">一票否决</span>").shows("榜上为这些周期的累计：一月、二月。");
}
