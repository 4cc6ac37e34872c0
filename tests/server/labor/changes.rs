//! Units that merge and are renamed over the page of the office: the effect first, then the record; what everybody sees.

use leitai::rules::{
    indicators::{self, Act},
    names::Id,
};

use super::Labor;

const CHANGES: &str = "/organizer/labor/figures/changes";
const PAPER: [(&str, &str); 2] = [("dated", "2026-01-28"), ("document", "集团〔2026〕8 号 关于机构调整的通知")];

fn effect(page: &str) -> String {
    let rest = page.split_once("name=\"effect\" value=\"").unwrap_or_else(|| panic!("no effect in\n{page}")).1;
    rest.split_once('"').expect("the end of it").0.replace("&quot;", "\"").replace("&amp;", "&")
}

impl Labor {
    async fn changes(&self) -> usize {
        self.world.app.read(&self.contest, |state| indicators::unit_changes(state).len()).await.expect("the contest")
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn units_change_from_a_day_on() {
    let labor = Labor::begin().await;
    labor.organizer_is_everybody().await;
    labor.runs().await;
    labor.month("m1", [[100, 90], [90, 80]]).await;
    labor.does(Act::PublishPeriod { period: Id::new("m1") }).await;
    let (office, anybody) = (&labor.organizer, labor.world.visitor());
    office.opens(CHANGES).await.is(200).shows("合并").shows("分立").shows("更名").shows("甲车间");

    // What is wrong is said with its remedy, what was filled in stays, and nothing is recorded.
    let merge = |from: &'static str| {
        let what = [("kind", "merge"), ("units", "A"), ("units", "C"), ("into", "A"), ("from", from)];
        what.into_iter().chain(PAPER).collect::<Vec<_>>()
    };
    office.posts(CHANGES, &merge("一月")).await.is(422).shows("生效日期要写成").shows("checked");
    office
        .posts(CHANGES, &merge("2026-01-15"))
        .await
        .is(422)
        .shows("已经截止的周期“一月”")
        .shows("请把生效日期写在 2026-01-31 之后");
    let mut nameless = merge("2026-02-01");
    nameless.retain(|(field, _)| *field != "document");
    office.posts(CHANGES, &nameless).await.is(422).shows("请写明文件");
    let alone = [("kind", "merge"), ("units", "A"), ("into", "A"), ("from", "2026-02-01"), PAPER[0], PAPER[1]];
    office.posts(CHANGES, &alone).await.is(422).shows("至少选两个原单位");

    // The effect, then the record.
    let page = office.posts(CHANGES, &merge("2026-02-01")).await.is(200).text();
    assert!(page.contains("自 2026-02-01 起，丙车间并入甲车间") && page.contains("丙车间不再参加"), "{page}");
    assert_eq!(labor.changes().await, 0, "looking records nothing");
    let seen = effect(&page);
    let post = async |fields: Vec<(&'static str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(field, text)| (*field, text.as_str())).collect();
        office.posts(CHANGES, &fields).await
    };
    let sent = |effect: &str| {
        let mut fields: Vec<(&'static str, String)> =
            merge("2026-02-01").into_iter().map(|(field, text)| (field, text.to_owned())).collect();
        fields.push(("effect", effect.to_owned()));
        fields
    };
    post(sent("/m9")).await.is(422).shows("影响已经不同");
    post(sent(&seen)).await.leads_to(&format!("{CHANGES}?said=units-changed&count=1"));
    office.opens(CHANGES).await.is(200).shows("丙车间并入甲车间").shows("集团〔2026〕8 号");

    // Another name from February on: January keeps the old one, everything else has the new one.
    let rename = |name: &'static str| {
        let what = [("kind", "rename"), ("unit", "B"), ("name", name), ("from", "2026-02-01")];
        what.into_iter().chain(PAPER).collect::<Vec<_>>()
    };
    office.posts(CHANGES, &rename("乙车间")).await.is(422).shows("与现在不同的新名称");
    let page = office.posts(CHANGES, &rename("智造车间")).await.is(200).text();
    let seen = effect(&page);
    let mut fields = rename("智造车间");
    fields.push(("effect", &seen));
    office.posts(CHANGES, &fields).await.leads_to(&format!("{CHANGES}?said=units-changed&count=1"));
    office.opens(CHANGES).await.is(200).shows("乙车间 → 智造车间");
    anybody.opens("/contests/labor/periods/m1").await.is(200).shows("乙车间").hides("智造车间");

    labor.does(Act::OpenPeriod { period: Id::new("m2") }).await;
    labor.month("m2", [[100, 100], [80, 90]]).await;
    // Decided, and not public before a period says so.
    anybody.opens("/contests/labor/units/A").await.is(200).hides("并入");
    labor.does(Act::PublishPeriod { period: Id::new("m2") }).await;
    anybody.opens("/contests/labor/periods/m2").await.is(200).shows("智造车间").hides("丙车间").shows("丁车间");
    let unit = anybody.opens("/contests/labor/units/A").await;
    unit.is(200).shows("丙车间并入甲车间").shows("集团〔2026〕8 号").shows("2026-02-01");
    anybody.opens("/contests/labor/units/C").await.is(200).shows("丙车间并入甲车间");

    // A closed month counted it: it stays.
    let revoke = [("number", "1"), PAPER[0], PAPER[1]];
    office.posts(&format!("{CHANGES}/revoke"), &revoke).await.is(422).shows("已经截止的周期");
    assert_eq!(labor.changes().await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_revoked_name_is_the_old_one_again() {
    let labor = Labor::begin().await;
    labor.organizer_is_everybody().await;
    labor.runs().await;
    let office = &labor.organizer;
    let fields = [("kind", "rename"), ("unit", "B"), ("name", "智造车间"), ("from", "2026-02-01"), PAPER[0], PAPER[1]];
    let seen = effect(&office.posts(CHANGES, &fields).await.is(200).text());
    let fields: Vec<(&str, &str)> = fields.into_iter().chain([("effect", seen.as_str())]).collect();
    office.posts(CHANGES, &fields).await.leads_to(&format!("{CHANGES}?said=units-changed&count=1"));
    office.opens("/organizer/labor/figures/targets?period=m1").await.is(200).shows("智造车间");
    let revoke = [("number", "1"), PAPER[0], PAPER[1]];
    let done = office.posts(&format!("{CHANGES}/revoke"), &revoke).await;
    done.leads_to(&format!("{CHANGES}?said=units-change-revoked&count=1"));
    office.opens(CHANGES).await.is(200).shows("已撤销");
    office.opens("/organizer/labor/figures/targets?period=m1").await.is(200).shows("乙车间").hides("智造车间");
}
