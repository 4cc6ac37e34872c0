//! What takes two people, what one person's role does not reach, and that a contest belongs to whoever made it.

use leitai::{
    app::{Actor, Error, people::Admin},
    rules::{
        command::{Command, Refusal},
        field::{Entrant, Slot, Value},
        ledger::entry::{MarkValue, Phase, Role, SheetKey},
        names::{ContestId, EntrantId, Id, PersonId},
        view,
    },
};

use crate::world::{Answer, Client, World};

/// A paper that somebody enters, and a piece that two judges mark at most 3 apart.
const DEFINITION: &str = r#"
format = 1
[contest]
id = "hall"
title = "焊工技能竞赛"
timezone = "Asia/Shanghai"
board = "numbers"
[[stage]]
id = "theory"
title = "理论"
weight = "0.3"
[[stage.aspect]]
id = "paper"
title = "试卷"
kind = "imported"
max = 100
[[stage]]
id = "practice"
title = "实操"
weight = "0.7"
max = 100
[[stage.panel]]
id = "look"
title = "外观组"
judges = 2
marks = ["face"]
spread = { max = 3, action = "chief-decides" }
missing = "wait"
[[stage.aspect]]
id = "face"
title = "外观"
max = 100
[[stage.violation]]
id = "unsafe"
title = "严重违章"
effect = "disqualify"
[ranking]
ties = ["practice", "people-decide"]
[[award]]
id = "first"
title = "一等奖"
count = 1
boundary = "people-decide"
"#;
const PASSWORD: &str = "correct-horse";

/// A contest of 张华, who organizes it with 陈立; 李雷 is chief judge, 韩梅 leads the panel, J1 and J2 sit on it.
struct Hall {
    world: World,
    client: Client,
    organizer: Actor,
    people: Vec<(&'static str, PersonId)>,
}

impl Hall {
    /// Three entrants with papers of 60, 100 and 100, and pieces of 90, 80 and 70.
    async fn marked() -> Self {
        let world = World::begin().await;
        let person = world.account("zhanghua", Admin::No).await;
        let organizer = Actor { person, administrator: false, entrant: None };
        let client = world.logged_in("zhanghua").await;
        let fields = [("text", DEFINITION), ("id", ""), ("do", "create")];
        client.uploads("/organizer/new", &fields, ("file", "", b"")).await.leads_to("/organizer/hall?said=created");
        let mut hall = Self { world, client, organizer, people: Vec::new() };
        let deputy = hall.world.account("chenli", Admin::No).await;
        hall.does(Command::AssignPerson { person: deputy.clone(), role: Role::Organizer, unit: None }).await;
        hall.people.push(("deputy", deputy));
        hall.world.account("stranger", Admin::Yes).await;
        let seat =
            |seat| Role::Judge { stage: "practice".into(), panel: "look".into(), seat, event: None, group: None };
        let leader = Role::Leader { stage: "practice".into(), panel: "look".into() };
        for (name, role) in [("chief", Role::ChiefJudge), ("leader", leader), ("J1", seat(1)), ("J2", seat(2))] {
            let person = hall.world.app.add_person(name, None, None).await.expect("a person");
            hall.does(Command::AssignPerson { person: person.clone(), role, unit: None }).await;
            hall.people.push((name, person));
        }
        let ids = ["W1", "W2", "W3"];
        let entrants = ids.map(|id| (EntrantId::new(id), Entrant::default())).into();
        hall.does(Command::RegisterEntrants { entrants, reason: None, second: None }).await;
        let numbers = ids.iter().zip([3, 1, 2]).map(|(id, number)| (EntrantId::new(*id), number)).collect();
        hall.does(Command::EnterLots { event: None, group: None, witness: "监督".into(), numbers }).await;
        hall.does(Command::ReachPhase { phase: Phase::Running, until: None }).await;
        for stage in ["theory", "practice"] {
            hall.does(Command::OpenStage { stage: stage.into(), group: None }).await;
        }
        for (entrant, paper, piece) in [("W1", 60, 90), ("W2", 100, 80), ("W3", 100, 70)] {
            let organizer = hall.organizer.clone();
            hall.acts(&organizer, mark(entrant, "theory", "paper", paper)).await;
            for judge in ["J1", "J2"] {
                hall.marks(judge, entrant, piece).await;
            }
        }
        hall
    }

    fn actor(&self, name: &str) -> Actor {
        let person = self.people.iter().find(|(known, _)| *known == name).expect("somebody known").1.clone();
        Actor { person, administrator: false, entrant: None }
    }

    async fn acts(&self, actor: &Actor, command: Command) {
        let told = format!("{command:?}");
        let receipt = self.world.app.act(&contest(), actor, command).await;
        let receipt = receipt.unwrap_or_else(|error| panic!("{told}: {error}"));
        self.world.app.wait_for(&contest(), receipt.version).await.expect("shown");
    }

    async fn does(&self, command: Command) {
        self.acts(&self.organizer, command).await;
    }

    /// Gives a mark and hands the sheet in.
    async fn marks(&self, judge: &str, entrant: &str, points: i64) {
        let judge = self.actor(judge);
        self.acts(&judge, mark(entrant, "practice", "face", points)).await;
        let sheet = SheetKey {
            judge: judge.person.clone(),
            stage: "practice".into(),
            panel: "look".into(),
            entrant: entrant.into(),
            piece: None,
            attempt: 1,
        };
        self.acts(&judge, Command::SubmitSheet { sheet }).await;
    }

    /// The short code of a new card.
    async fn card(&self, name: &str) -> String {
        self.world.app.issue_card(&contest(), &self.actor(name).person).await.expect("a card").short
    }

    /// Somebody's browser, in by a new card.
    async fn comes(&self, name: &str) -> Client {
        let (client, code) = (self.world.visitor(), self.card(name).await);
        let answer = client.posts("/login/code", &[("code", &code)]).await;
        assert!(answer.status.is_redirection(), "{}", answer.text());
        client
    }

    async fn opens_identities(&self, second: &[(&str, &str)]) -> Answer {
        let mut fields = vec![("step", "identities"), ("sure", "yes")];
        fields.extend(second);
        self.client.posts("/organizer/hall/phase", &fields).await
    }

    async fn adopts(&self, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("do", "adopt")];
        all.extend(fields);
        self.client.uploads("/organizer/hall/definition", &all, ("file", "", b"")).await
    }

    async fn last_entry_has(&self, kind: &str, second: &str) {
        let newest = self.world.app.entries_before(&contest(), None, 1, |_| true).await.expect("the trail").remove(0);
        assert_eq!((newest.entry.kind(), newest.entry.second()), (kind, Some(&self.actor(second).person)));
    }
}

fn contest() -> ContestId {
    ContestId::new("hall")
}

fn mark(entrant: &str, stage: &str, aspect: &str, points: i64) -> Command {
    let slot =
        Slot { stage: Id::new(stage), piece: None, attempt: 1, aspect: Id::new(aspect), value: None, judge: None };
    Command::GiveMark { entrant: entrant.into(), slot, value: MarkValue::Is(Value::Number(points.into())) }
}

fn effect_of(page: &Answer) -> String {
    let page = page.text();
    let rest = page.split_once("name=\"effect\" value=\"").unwrap_or_else(|| panic!("no effect in\n{page}")).1;
    rest.split_once('"').expect("its end").0.to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_person_proves_who_they_are() {
    let hall = Hall::marked().await;
    for stage in ["theory", "practice"] {
        hall.does(Command::CloseStage { stage: stage.into(), group: None }).await;
    }
    let nobody = "第二人的登录码，或账号和密码不对";
    hall.opens_identities(&[]).await.is(422).shows("要有第二人");
    hall.opens_identities(&[("second", "AAAA-AAAA")]).await.is(422).shows(nobody);
    hall.opens_identities(&[("second-login", "chenli"), ("second-password", "wrong-horse")])
        .await
        .is(422)
        .shows(nobody);
    hall.opens_identities(&[("second-login", "chenli")]).await.is(422).shows(nobody);
    // Naming somebody is not enough, even by the id that entries carry.
    hall.opens_identities(&[("second", hall.actor("chief").person.as_str())]).await.is(422).shows(nobody);

    let own = [("second-login", "zhanghua"), ("second-password", PASSWORD)];
    hall.opens_identities(&own).await.is(422).shows("不能是操作者本人");
    let own = hall.world.app.issue_card(&contest(), &hall.organizer.person).await.expect("a card").short;
    hall.opens_identities(&[("second", &own)]).await.is(422).shows("不能是操作者本人");
    let no_role = "第二人应是本竞赛的裁判长或组织者";
    for judge in ["J1", "leader"] {
        let card = hall.card(judge).await;
        hall.opens_identities(&[("second", &card)]).await.is(422).shows(no_role);
    }
    let stranger = [("second-login", "stranger"), ("second-password", PASSWORD)];
    hall.opens_identities(&stranger).await.is(422).shows(no_role);

    let (app, chief) = (&hall.world.app, &hall.actor("chief").person);
    let by_first = app.issue_card_by(&contest(), chief, Some(&hall.organizer.person)).await.expect("a card").short;
    hall.opens_identities(&[("second", &by_first)]).await.is(422).shows("竞赛开始后由您发出");

    let old = hall.card("chief").await;
    let new = hall.card("chief").await;
    hall.opens_identities(&[("second", &old)]).await.is(422).shows(nobody);
    hall.opens_identities(&[("second", &new)]).await.leads_to("/organizer/hall/stages?said=phase-identities&count=1");
    hall.last_entry_has("identities-opened", "chief").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_of_another_contest_confirms_nothing() {
    let hall = Hall::marked().await;
    let other = DEFINITION.replace("\"hall\"", "\"other\"");
    let fields = [("text", other.as_str()), ("id", ""), ("do", "create")];
    hall.client.uploads("/organizer/new", &fields, ("file", "", b"")).await.leads_to("/organizer/other?said=created");
    let card = hall.world.app.issue_card(&ContestId::new("other"), &hall.actor("chief").person).await.expect("a card");
    hall.opens_identities(&[("second", &card.short)]).await.is(422).shows("不是本竞赛的登录卡");
    hall.opens_identities(&[("second", &card.token)]).await.is(422).shows("不是本竞赛的登录卡");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_correction_after_the_signature_takes_two() {
    let hall = Hall::marked().await;
    hall.does(Command::CloseStage { stage: "practice".into(), group: None }).await;
    let sign = Command::SignPanel { stage: "practice".into(), panel: "look".into(), group: None };
    hall.acts(&hall.actor("chief"), sign).await;
    let chief = hall.comes("chief").await;
    let judge = hall.actor("J1").person;
    let correct = async |second: &[(&str, &str)]| {
        let mut fields = vec![
            ("entrant", "W3"),
            ("stage", "practice"),
            ("piece", ""),
            ("attempt", "1"),
            ("aspect", "face"),
            ("value-id", ""),
            ("judge", judge.as_str()),
            ("value", "72"),
            ("reason", "录入时看错一格"),
        ];
        fields.extend(second);
        chief.posts("/chief/hall/correct", &fields).await
    };
    // Theory 100, practice (72 + 70) / 2 = 71 instead of 70: 30 + 49.7 instead of 79, still third. Told by number.
    let shown = correct(&[]).await;
    shown.is(200).shows("2 号").shows("79.00").shows("79.70").hides("81.00");
    // A second person agrees to what was shown, and to nothing else.
    let deputy = [("second-login", "chenli"), ("second-password", PASSWORD)];
    correct(&deputy).await.is(200).shows("79.70");
    let effect = effect_of(&shown);
    let seen = ("effect", effect.as_str());
    correct(&[seen]).await.is(422).shows("要有第二人");
    correct(&[seen, ("second", "AAAA-AAAA")]).await.is(422).shows("第二人的登录码").shows("录入时看错一格");
    let leader = hall.card("leader").await;
    correct(&[seen, ("second", &leader)]).await.is(422).shows("第二人应是本竞赛的裁判长或组织者");
    hall.does(mark("W3", "theory", "paper", 90)).await;
    let again = correct(&[seen, deputy[0], deputy[1]]).await;
    again.is(422).shows("影响已经不同").shows("76.70");
    let effect = effect_of(&again);
    correct(&[("effect", effect.as_str()), deputy[0], deputy[1]]).await.leads_to("/chief/hall");
    hall.last_entry_has("mark-corrected", "deputy").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_definition_after_marks_is_seen_first_and_takes_two() {
    let hall = Hall::marked().await;
    // Before: W2 86, W1 18 + 63 = 81, W3 79. With 0.1 and 0.9: W1 87, W2 82, W3 73.
    let text = DEFINITION.replace("\"0.3\"", "\"0.1\"").replace("\"0.7\"", "\"0.9\"");
    let second = [("second-login", "chenli"), ("second-password", PASSWORD)];
    let reason = ("reason", "按技术文件勘误");

    // What was not shown cannot be adopted: the page with the effect comes first.
    let with_all = [("text", text.as_str()), reason, second[0], second[1]];
    let shown = hall.adopts(&with_all).await;
    shown.is(200).shows("86").shows("82").shows("87").shows("新获得：3 号").shows("不再获得：1 号");
    let effect = effect_of(&shown);
    let fields = [("text", text.as_str()), ("effect", effect.as_str())];
    let with = |more: &[(&'static str, &'static str)]| [&fields[..], more].concat();
    hall.adopts(&with(&second)).await.is(422).shows("理由");
    hall.adopts(&with(&[reason])).await.is(422).shows("要有第二人").shows("按技术文件勘误");
    let wrong = [reason, ("second-login", "chenli"), ("second-password", "wrong-horse")];
    hall.adopts(&with(&wrong)).await.is(422).shows("第二人的登录码，或账号和密码不对").hides("wrong-horse");
    let own = [reason, ("second-login", "zhanghua"), ("second-password", PASSWORD)];
    hall.adopts(&with(&own)).await.is(422).shows("不能是操作者本人");

    // A mark in between makes another effect: it is shown again.
    hall.does(mark("W3", "theory", "paper", 90)).await;
    let all = with(&[reason, second[0], second[1]]);
    let again = hall.adopts(&all).await;
    again.is(422).shows("影响已经不同");
    let effect = effect_of(&again);
    let fields = [("text", text.as_str()), ("effect", effect.as_str()), reason, second[0], second[1]];
    hall.adopts(&fields).await.leads_to("/organizer/hall/definition?said=adopted&count=0");
    hall.last_entry_has("definition-adopted", "deputy").await;
    hall.client.opens("/organizer/hall/trail").await.shows("按技术文件勘误").shows("第二人：chenli");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_definition_that_drops_marks_is_refused_by_name() {
    let hall = Hall::marked().await;
    let text = DEFINITION.replace("\"face\"", "\"front\"");
    let refused = hall.adopts(&[("text", &text)]).await;
    refused.is(422).shows("评分项 face（阶段 practice）").hides("name=\"effect\"");
    let app = &hall.world.app;
    let note = app.note("改名").expect("a note");
    let deputy = hall.actor("deputy").person;
    let direct = app.adopt_definition(&contest(), &hall.organizer, text, "焊".into(), Some(note), Some(deputy)).await;
    assert!(matches!(direct, Err(Error::Refused(Refusal::DefinitionDropsMarked { .. }))), "{direct:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_contest_is_its_makers_until_somebody_is_appointed() {
    let world = World::begin().await;
    world.account("zhanghua", Admin::No).await;
    let person = world.account("chenli", Admin::No).await;
    let root = world.account("root", Admin::Yes).await;
    let maker = world.logged_in("zhanghua").await;
    let fields = [("text", DEFINITION), ("id", ""), ("do", "create")];
    maker.uploads("/organizer/new", &fields, ("file", "", b"")).await.leads_to("/organizer/hall?said=created");
    let entries = world.app.entries_before(&contest(), None, 9, |_| true).await.expect("the trail");
    let kinds: Vec<&str> = entries.iter().rev().map(|recorded| recorded.entry.kind()).collect();
    assert_eq!(kinds, ["person-assigned", "definition-adopted"]);

    let other = world.logged_in("chenli").await;
    other.opens("/organizer/hall").await.is(403);
    other.posts("/organizer/hall/units", &[("units", "一公司")]).await.is(403);
    let chenli = Actor { person, administrator: false, entrant: None };
    let appoint =
        |person: &PersonId| Command::AssignPerson { person: person.clone(), role: Role::Organizer, unit: None };
    let herself = world.app.act(&contest(), &chenli, appoint(&chenli.person)).await;
    assert!(matches!(herself, Err(Error::Refused(Refusal::NotAllowed { role: "organizer" }))), "{herself:?}");

    let root = Actor { person: root, administrator: true, entrant: None };
    let receipt = world.app.act(&contest(), &root, appoint(&chenli.person)).await.expect("appointed");
    world.app.wait_for(&contest(), receipt.version).await.expect("shown");
    other.opens("/organizer/hall").await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_leader_sees_the_panel_without_what_the_chief_decides() {
    let hall = Hall::marked().await;
    // 90 and 80 on another piece: returned and marked again, 10 apart where 3 are allowed.
    let sheet = SheetKey {
        judge: hall.actor("J2").person,
        stage: "practice".into(),
        panel: "look".into(),
        entrant: "W1".into(),
        piece: None,
        attempt: 1,
    };
    let (reason, _) = hall.world.app.note("复看").expect("a note");
    hall.acts(&hall.actor("leader"), Command::ReturnSheet { sheet, reason }).await;
    hall.marks("J2", "W1", 80).await;
    let slot = leitai::rules::field::ViolationSlot {
        stage: "practice".into(),
        piece: None,
        attempt: 1,
        violation: "unsafe".into(),
    };
    let (reason, _) = hall.world.app.note("违章").expect("a note");
    let report = Command::RecordViolation { entrant: "W2".into(), slot, count: 1, reason: Some(reason) };
    hall.acts(&hall.actor("leader"), report).await;

    let (leader, chief) = (hall.comes("leader").await, hall.comes("chief").await);
    let decisions = ["/chief/hall/resolve", "/chief/hall/disqualify", "/chief/hall/reject"];
    let seen = leader.opens("/chief/hall").await;
    seen.is(200).shows("外观组");
    let all = chief.opens("/chief/hall").await;
    for action in decisions {
        seen.hides(action);
        all.is(200).shows(action);
    }
    // What the page does not offer is refused as well.
    let place = [("entrant", "W1"), ("stage", "practice"), ("piece", ""), ("attempt", "1"), ("aspect", "face")];
    let resolve = [&place[..], &[("points", "85"), ("reason", "复核")]].concat();
    leader.posts("/chief/hall/resolve", &resolve).await.is(403).shows("裁判长");
    chief.posts("/chief/hall/resolve", &resolve).await.leads_to("/chief/hall");
    let report = [("entrant", "W2"), ("violation", "unsafe"), ("reason", "证据不足")];
    leader.posts("/chief/hall/disqualify", &report).await.is(403);
    leader.posts("/chief/hall/reject", &report).await.is(403);
    chief.posts("/chief/hall/reject", &report).await.leads_to("/chief/hall");

    hall.does(Command::CloseStage { stage: "practice".into(), group: None }).await;
    let panel = [("stage", "practice"), ("panel", "look"), ("group", ""), ("reason", "再看")];
    leader.posts("/chief/hall/sign", &panel).await.leads_to("/chief/hall");
    leader.opens("/chief/hall").await.shows("leader").hides("/chief/hall/reopen");
    chief.opens("/chief/hall").await.shows("/chief/hall/reopen");
    leader.posts("/chief/hall/reopen", &panel).await.is(403);
    hall.comes("J1").await.opens("/chief/hall").await.is(403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seed_is_nowhere_before_its_draw() {
    let hall = Hall::marked().await;
    let app = &hall.world.app;
    let new = DEFINITION.replace("\"hall\"", "\"draw\"");
    let fields = [("text", new.as_str()), ("id", ""), ("do", "create")];
    hall.client.uploads("/organizer/new", &fields, ("file", "", b"")).await.leads_to("/organizer/draw?said=created");
    let draw = ContestId::new("draw");
    let entrants = ["W1", "W2", "W3"].map(|id| (EntrantId::new(id), Entrant::default())).into();
    app.act(&draw, &hall.organizer, Command::RegisterEntrants { entrants, reason: None, second: None })
        .await
        .expect("entrants");
    let receipt = app.commit_seed(&draw, &hall.organizer, "lots...").await.expect("committed");
    app.wait_for(&draw, receipt.version).await.expect("shown");
    assert_eq!(app.store().setting("draw-secret").await.expect("the store answers"), None);
    let seed = app.read(&draw, view::organizer).await.expect("the contest").seeds.pop().expect("a seed");
    assert!(app.holds_seed(&draw, &seed.draw).await);
    app.draw_lots(&draw, &hall.organizer, seed.draw.clone(), None, None).await.expect("drawn");
    assert!(!app.holds_seed(&draw, &seed.draw).await, "it is in the ledger now");

    // One that this server does not have: the page asks for another.
    let digest = leitai::rules::draw::Seed::new([7; 32]).commitment();
    let elsewhere = Command::CommitSeed { draw: "lots...elsewhere".into(), digest };
    let receipt = app.act(&draw, &hall.organizer, elsewhere).await.expect("committed");
    app.wait_for(&draw, receipt.version).await.expect("shown");
    let gone = app.draw_lots(&draw, &hall.organizer, "lots...elsewhere".into(), None, None).await;
    assert!(matches!(gone, Err(Error::SeedGone)), "{gone:?}");
    let page = hall.client.opens("/organizer/draw/lots").await;
    page.is(200).shows("不在这台服务器上").shows("/lots/commit").hides("/lots/draw");
}
