//! A season over HTTP: made in the browser, bound to a contest, its points followed back to the source, its stars
//! decided, and a branch seen by its liaison alone.

use leitai::{
    app::{Actor, people::Admin},
    rules::{
        command::Command,
        field::{Slot, Value},
        ledger::entry::{MarkValue, Phase, Role},
        names::ContestId,
    },
};

use crate::{support::databases::Database, world::World};

crate::on_both_databases!(a_year_from_its_definition_to_its_stars);

const QUIZ: &str = r#"format = 1
[contest]
id = "quiz"
title = "安全知识竞赛"
board = "names"
[[stage]]
id = "theory"
title = "理论"
[[stage.aspect]]
id = "paper"
title = "试卷"
kind = "imported"
max = 100
[ranking]
ties = ["shared"]
"#;

const YEAR: &str = r#"format = 1
[contest]
id = "year"
title = "年度积分榜"
board = "names"
[[source]]
id = "quiz"
title = "安全知识"
by = "points"
full = 100
weight = "0.4"
cap = 30
missing = "zero"
[[table]]
id = "companies"
title = "公司平均分"
of = "units"
level = 2
score = "mean"
end = "shared"
[ranking]
ties = ["shared"]
[[period]]
id = "q1"
title = "第一季度"
from = "2026-01-01"
to = "2026-03-31"
[[star]]
level = 1
title = "一星班组"
at-least = 30
"#;

const TEAMS: [(&str, &str, &str); 3] =
    [("T1", "甲班", "集团/一公司/甲班"), ("T2", "乙班", "集团/一公司/乙班"), ("T3", "丙班", "集团/二公司/丙班")];

async fn a_year_from_its_definition_to_its_stars(database: Database) {
    let world = World::on(database).await;
    let person = world.account("zhanghua", Admin::No).await;
    let actor = Actor { person, administrator: false, entrant: None };
    let organizer = world.logged_in("zhanghua").await;
    for (text, id) in [(QUIZ, "quiz-2026"), (YEAR, "year-2026")] {
        let fields = [("text", text), ("id", id), ("do", "create")];
        organizer.uploads("/organizer/new", &fields, ("file", "", b"")).await.is(303);
        world.lists(&actor, &id.into(), &TEAMS).await;
    }
    let quiz = ContestId::new("quiz-2026");
    for command in [
        Command::ReachPhase { phase: Phase::Running, until: None },
        Command::OpenStage { stage: "theory".into(), group: None },
    ] {
        world.app.act(&quiz, &actor, command).await.expect("allowed");
    }
    for (id, mark) in [("T1", 90), ("T2", 70), ("T3", 60)] {
        let slot =
            Slot { stage: "theory".into(), piece: None, attempt: 1, aspect: "paper".into(), value: None, judge: None };
        let value = MarkValue::Is(Value::Number(mark.into()));
        let receipt = world.app.act(&quiz, &actor, Command::GiveMark { entrant: id.into(), slot, value }).await;
        world.app.wait_for(&quiz, receipt.expect("marked").version).await.expect("shown");
    }

    // The desk says what is next, and a table that would be its own source is refused on the page.
    organizer.opens("/organizer/year-2026").await.is(200).shows("对接 1 个积分来源").hides("指定裁判长");
    organizer.opens("/organizer/year-2026/season").await.is(200).shows("未对接").shows("按成绩 × 0.4，最多 30 分");
    let own = [("source", "quiz"), ("contest", "year-2026")];
    organizer.posts("/organizer/year-2026/season/bind", &own).await.is(422).shows("year-2026 → year-2026");
    let bound = [("source", "quiz"), ("contest", "quiz-2026")];
    organizer
        .posts("/organizer/year-2026/season/bind", &bound)
        .await
        .leads_to("/organizer/year-2026/season?said=source-bound&count=0");
    organizer.opens("/organizer/year-2026/season").await.shows("已报送").shows("3 / 3");

    // 36 held to 30; 28; 24. The mean of the first company: 29.
    let visitor = world.visitor();
    visitor.opens("/contests/year-2026").await.is(200).shows("30.00").shows("28.00").shows("24.00").shows("积分来源");
    visitor.opens("/contests/year-2026?table=companies").await.shows("29.00");
    let why = visitor.opens("/contests/year-2026/why/T1").await;
    why.is(200).shows("积分明细").shows("封顶 30 分").shows("/contests/quiz-2026/why/T1").shows("操作记录的前");
    visitor.opens("/contests/quiz-2026/why/T1").await.is(200).shows("90");

    // One star up, and what is missing to it.
    visitor.opens("/contests/year-2026/stars").await.is(200).shows("还差 2 分").shows("第一季度");
    organizer.posts("/organizer/year-2026/season/stars", &[("period", "q1")]).await.is(303);
    visitor.opens("/contests/year-2026/stars/T1").await.is(200).shows("一星班组").shows("升星");
    organizer.posts("/organizer/year-2026/season/stars", &[("period", "q1")]).await.is(422).shows("已经评定");
    let again = [("period", "q1"), ("reason", "复核成绩")];
    organizer.posts("/organizer/year-2026/season/stars", &again).await.is(303);
    organizer.opens("/organizer/year-2026/trail").await.is(200).shows("复核成绩");

    // Points that were reported leave with a reason and by two people.
    let release = "/organizer/year-2026/season/release";
    organizer.posts(release, &[("source", "quiz")]).await.is(422).shows("原因");
    let alone = [("source", "quiz"), ("reason", "接错了竞赛")];
    organizer.posts(release, &alone).await.is(422).shows("第二人");
    let wrong = [("source", "quiz"), ("reason", "接错了竞赛"), ("second-login", "nobody"), ("second-password", "x")];
    organizer.posts(release, &wrong).await.is(422);
    visitor.opens("/contests/year-2026").await.shows("30.00");

    // A liaison of the first company sees its teams and no others.
    let liaison = world.account("liming", Admin::No).await;
    let assign = Command::AssignPerson { person: liaison, role: Role::Liaison, unit: Some("集团/一公司".into()) };
    let receipt = world.app.act(&"year-2026".into(), &actor, assign).await.expect("assigned");
    world.app.wait_for(&"year-2026".into(), receipt.version).await.expect("shown");
    let liaison = world.logged_in("liming").await;
    liaison.opens("/contests/year-2026/branch").await.is(200).shows("甲班").shows("乙班").hides("丙班").shows("29.00");
    liaison.opens("/contests/year-2026/branch?q=集团/二公司").await.is(403);
    organizer.opens("/contests/year-2026/branch?q=集团/二公司").await.is(200).shows("丙班").hides("甲班");
    // Who organizes the season alone binds no contest of others.
    world.visitor().opens("/organizer/year-2026/season").await.is(303);
}
