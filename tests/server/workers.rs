//! Workers at the door and on their own page; liaisons and their branch; people who ask to take part.

use leitai::{
    app::{Actor, Clock, people::Admin, roster::TakenOn},
    rules::{
        ledger::{Instant, entry::Role},
        names::{ContestId, EntrantId, PersonId, UnitPath},
    },
};
use reqwest::Method;
use serde_json::json;

use crate::{
    support::databases::Database,
    world::{Answer, Client, World},
};

const START_MS: i64 = 1_780_000_000_000;
const SKILLS: &str = include_str!("skills.toml");
const LIST: &str = "编号,姓名,单位,工号,手机,出生日期\n\
    W001,张伟,集团/一公司/焊接车间,204801,13800000001,1991-05-04\n\
    W002,王芳,集团/一公司/总装车间,204802,13800000002,1995-11-30\n\
    W003,李娜,集团/二公司,204803,13800000003,1988-02-29\n";
const ME: &str = "/contests/skills/me";
const DOOR: &str = "/contests/skills/log-in";

struct Hall {
    world: World,
    organizer: Client,
    clock: Clock,
}

/// A contest with three workers in two companies whose definition has `rules` in `[entrants]`.
async fn hall(rules: &str) -> Hall {
    let clock = Clock::by_hand(Instant(START_MS));
    let world = World::at(Database::sqlite(), clock.clone()).await;
    world.account("zhanghua", Admin::No).await;
    let organizer = world.logged_in("zhanghua").await;
    let hall = Hall { world, organizer, clock };
    hall.begins("skills", rules, LIST).await;
    hall
}

impl Hall {
    async fn begins(&self, id: &str, rules: &str, list: &str) {
        let text = SKILLS
            .replace("[[stage]]\nid = \"practice\"", &format!("[entrants]\n{rules}\n\n[[stage]]\nid = \"practice\""));
        assert_ne!(text, SKILLS);
        let made = [("text", text.as_str()), ("id", id), ("do", "create")];
        let answer = self.organizer.uploads("/organizer/new", &made, ("file", "", b"")).await;
        answer.leads_to(&format!("/organizer/{id}?said=created"));
        let units = "集团/一公司/焊接车间\n集团/一公司/总装车间\n集团/二公司";
        let answer = self.organizer.posts(&format!("/organizer/{id}/units"), &[("units", units)]).await;
        assert!(answer.status.is_redirection(), "{}", answer.text());
        let path = format!("/organizer/{id}/entrants/import");
        let count = list.lines().count() - 1;
        let fields = [("confirm", &*format!("{count}+0")), ("reason", "")];
        let answer = self.organizer.uploads(&path, &fields, ("file", "名单.csv", list.as_bytes())).await;
        answer.leads_to(&format!("/organizer/{id}/entrants?said=entrants&count={count}"));
    }

    /// Somebody who sets a PIN for the first time with a day of birth.
    async fn worker(&self, number: &str, birth: &str, pin: &str) -> Client {
        let phone = self.world.visitor();
        first(&phone, number, birth, pin).await.leads_to(ME);
        phone
    }

    /// A liaison of a branch who came in with a card.
    async fn liaison(&self, unit: &str) -> Client {
        let contest = ContestId::new("skills");
        let admin = Actor { person: PersonId::new("p-test"), administrator: true, entrant: None };
        let new = TakenOn {
            name: format!("联络员{unit}"),
            phone: None,
            unit: Some(UnitPath::new(unit)),
            role: Role::Liaison,
        };
        let receipt = self.world.app.take_on(&contest, &admin, vec![new]).await.expect("a liaison");
        self.world.app.wait_for(&contest, receipt.version).await.expect("shown");
        let view = self.world.app.read(&contest, leitai::rules::view::organizer).await.expect("a view");
        let is = |one: &&leitai::rules::view::Person| {
            one.roles.contains(&Role::Liaison) && one.unit == Some(UnitPath::new(unit))
        };
        let person = view.people.iter().find(is).expect("the liaison").person.clone();
        let card = self.world.app.issue_card(&contest, &person).await.expect("a card");
        let client = self.world.visitor();
        client.posts(&format!("/j/{}", card.token), &[]).await.leads_to("/work");
        client.opens("/work").await.leads_to("/liaison/skills");
        client
    }
}

async fn first(phone: &Client, number: &str, proof: &str, pin: &str) -> Answer {
    let fields = [("number", number), ("proof", proof), ("pin", pin), ("again", pin)];
    phone.posts(&format!("{DOOR}/first"), &fields).await
}

async fn logs_in(phone: &Client, number: &str, pin: &str) -> Answer {
    phone.posts(DOOR, &[("number", number), ("pin", pin)]).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_time_sets_a_pin_and_the_next_time_asks_for_it() {
    let hall = hall("first-log-in = \"birth-date\"").await;
    let phone = hall.world.visitor();
    phone.opens(ME).await.leads_to(DOOR);
    phone.opens(DOOR).await.is(200).shows("数控车工技能大赛").shows("首次登录");
    logs_in(&phone, "204801", "135790").await.is(422).shows("工号或 PIN 不对").hides("135790");
    first(&phone, "204801", "1991-05-05", "135790").await.is(422).shows("不符").hides("135790");
    first(&phone, "204801", "1991-05-04", "123456").await.is(422).shows("6 至 12 位数字");
    first(&phone, "204801", "1991年5月4日", "135790").await.leads_to(ME);
    phone.opens(ME).await.is(200).shows("张伟").shows("204801").shows("集团/一公司/焊接车间").hides("王芳");
    phone.posts("/logout", &[]).await.leads_to("/");
    phone.opens(ME).await.leads_to(DOOR);

    // Who has a PIN is not let in by what others know of them.
    first(&hall.world.visitor(), "204801", "1991-05-04", "246802").await.is(422);
    logs_in(&phone, "204801", "246802").await.is(422);
    logs_in(&phone, " 204801 ", "１３５ 790").await.leads_to(ME);
    phone.opens("/work").await.leads_to(ME);
    phone.opens("/organizer/skills").await.is(403);
    phone.opens("/liaison/skills").await.is(403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_the_definition_says_nothing_there_is_no_first_time() {
    let hall = hall("").await;
    let phone = hall.world.visitor();
    phone.opens(DOOR).await.is(200).hides("首次登录</a>").hides("我要报名");
    phone.opens(&format!("{DOOR}/first")).await.is(404);
    first(&phone, "204801", "1991-05-04", "135790").await.is(404);
    phone.opens(&format!("{DOOR}/join")).await.is(404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guesses_at_one_number_wait_and_nobody_elses_do() {
    let hall = hall("first-log-in = \"birth-date\"").await;
    let owner = hall.worker("204801", "1991-05-04", "135790").await;
    owner.posts("/logout", &[]).await.leads_to("/");
    let stranger = hall.world.visitor();
    // The same person under both names: five free tries in all.
    for number in ["204801", "W001", "204801", "W001", "204801"] {
        logs_in(&stranger, number, "111112").await.is(422);
    }
    assert_eq!(logs_in(&stranger, "204801", "135790").await.is(429).retry_after, Some(30));
    assert_eq!(logs_in(&stranger, "W001", "135790").await.is(429).retry_after, Some(30));
    first(&stranger, "204801", "1991-05-04", "135791").await.is(429);
    // The same address, another number; and the owner's own phone.
    first(&stranger, "204802", "1995-11-30", "135790").await.leads_to(ME);
    logs_in(&owner, "204801", "135790").await.leads_to(ME);
    hall.clock.set(Instant(START_MS + 30_000));
    logs_in(&hall.world.visitor(), "204801", "135790").await.leads_to(ME);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_of_one_contest_is_nobody_in_another() {
    let hall = hall("first-log-in = \"birth-date\"").await;
    hall.begins("other", "first-log-in = \"birth-date\"", LIST).await;
    let phone = hall.worker("204801", "1991-05-04", "135790").await;
    phone.opens("/contests/other/me").await.is(403);
    phone.opens("/contests/other/me/pin").await.is(403);
    let fields = [("old", "135790"), ("pin", "246802"), ("again", "246802")];
    phone.posts("/contests/other/me/pin", &fields).await.is(403);
    // The PIN belongs to the contest as well.
    let other = hall.world.visitor();
    other.posts("/contests/other/log-in", &[("number", "204801"), ("pin", "135790")]).await.is(422);
    other.posts("/contests/nowhere/log-in", &[("number", "204801"), ("pin", "135790")]).await.is(404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_shows_whose_it_is_and_only_its_button_lets_in() {
    let hall = hall("").await;
    let contest = ContestId::new("skills");
    let to = [EntrantId::new("W002")];
    let old = hall.world.app.issue_links(&contest, &to, false).await.expect("a link").remove(0);
    let new = hall.world.app.issue_links(&contest, &to, true).await.expect("a link").remove(0);
    let phone = hall.world.visitor();
    phone.opens(&format!("/w/{}", old.token)).await.is(404).shows("链接已失效");
    phone.posts(&format!("/w/{}", old.token), &[]).await.is(404);
    let link = format!("/w/{}", new.token);
    phone.opens(&link).await.is(200).shows("王芳").shows("数控车工技能大赛");
    phone.opens(ME).await.leads_to(DOOR);
    phone.posts(&link, &[]).await.leads_to(ME);
    // The PIN beside it is for one time: it is replaced before anything else.
    phone.opens(ME).await.leads_to(&format!("{ME}/pin"));
    phone.opens(&format!("{ME}/pin")).await.is(200).shows("一次性 PIN");
    let differ = [("pin", "135790"), ("again", "135791")];
    phone.posts(&format!("{ME}/pin"), &differ).await.is(422).shows("不一样");
    let same = [("pin", "135790"), ("again", "135790")];
    phone.posts(&format!("{ME}/pin"), &same).await.leads_to(&format!("{ME}?said=pin"));
    phone.opens(ME).await.is(200).shows("王芳");
    let once = new.pin.expect("a one-time PIN");
    logs_in(&hall.world.visitor(), "204802", &once).await.is(422);
    logs_in(&hall.world.visitor(), "204802", "135790").await.leads_to(ME);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_pin_needs_the_old_one_and_ends_other_sessions() {
    let hall = hall("first-log-in = \"phone-last4\"").await;
    let phone = hall.world.visitor();
    first(&phone, "204801", "0001", "135790").await.leads_to(ME);
    let elsewhere = hall.world.visitor();
    logs_in(&elsewhere, "204801", "135790").await.leads_to(ME);
    let page = format!("{ME}/pin");
    let wrong = [("old", "135791"), ("pin", "246802"), ("again", "246802")];
    phone.posts(&page, &wrong).await.is(422).shows("现在的 PIN 不对");
    let right = [("old", "135790"), ("pin", "246802"), ("again", "246802")];
    phone.posts(&page, &right).await.leads_to(&format!("{ME}?said=pin"));
    phone.opens(ME).await.is(200).shows("张伟");
    elsewhere.opens(ME).await.leads_to(DOOR);
    logs_in(&elsewhere, "204801", "135790").await.is(422);
    logs_in(&elsewhere, "204801", "246802").await.leads_to(ME);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn programs_come_in_as_a_worker() {
    let hall = hall("first-log-in = \"unit\"").await;
    first(&hall.world.visitor(), "204803", "二公司", "135790").await.leads_to(ME);
    let program = hall.world.visitor();
    let body = json!({ "contest": "skills", "number": "204803", "pin": "135790" });
    let answer = program.calls(Method::POST, "/api/v1/sessions", None, Some(body)).await;
    let session = answer.is(200).json();
    assert_eq!((&session["contest"], &session["entrant"]), (&json!("skills"), &json!("W003")));
    let token = session["token"].as_str().expect("a token").to_owned();
    program.calls(Method::GET, ME, Some(&token), None).await.is(200).shows("李娜");
    let body = json!({ "contest": "skills", "number": "204803", "pin": "135791" });
    program.calls(Method::POST, "/api/v1/sessions", None, Some(body)).await.is(401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_liaison_sees_the_own_branch_and_resets_its_pins_only() {
    let hall = hall("first-log-in = \"birth-date\"").await;
    let worker = hall.worker("204802", "1995-11-30", "135790").await;
    let liaison = hall.liaison("集团/一公司").await;
    let page = liaison.opens("/liaison/skills").await;
    page.is(200).shows("张伟").shows("王芳").shows("13800000001").hides("李娜").hides("204803");
    liaison.opens("/liaison/skills?unit=%E9%9B%86%E5%9B%A2").await.is(403).hides("李娜");
    liaison.opens("/liaison/skills?unit=%E9%9B%86%E5%9B%A2/%E4%BA%8C%E5%85%AC%E5%8F%B8").await.is(403).hides("李娜");
    let list = liaison.opens("/liaison/skills/reminders.csv").await;
    list.is(200).shows("204801").shows("204802").hides("204803");
    let other =
        liaison.opens("/liaison/skills/reminders.xlsx?unit=%E9%9B%86%E5%9B%A2/%E4%BA%8C%E5%85%AC%E5%8F%B8").await;
    other.is(403);
    liaison.opens("/liaison/skills/reminders.xlsx").await.is(200);
    liaison.opens("/organizer/skills").await.is(403);

    liaison.posts("/liaison/skills/pin", &[("entrant", "W003")]).await.is(403);
    liaison.posts("/liaison/skills/pin", &[("entrant", "W999")]).await.is(403);
    let text = liaison.posts("/liaison/skills/pin", &[("entrant", "W002")]).await.is(200).shows("王芳").text();
    let pin = text.split_once("<code class=\"code\">").expect("a PIN").1[..6].to_owned();
    worker.opens(ME).await.leads_to(DOOR);
    logs_in(&worker, "204802", "135790").await.is(422);
    logs_in(&worker, "204802", &pin).await.leads_to(ME);
    // Somebody else has seen it: nothing is done in their name before it is replaced, by no way.
    let pin_page = format!("{ME}/pin");
    worker.opens(ME).await.leads_to(&pin_page);
    worker.opens("/liaison/skills").await.leads_to(&pin_page);
    let start = serde_json::json!({ "paper": "daily" });
    let early = worker.calls(Method::POST, "/api/v1/contests/skills/papers", None, Some(start.clone())).await;
    assert_eq!(early.is(403).json()["error"], "pin-first");
    worker.posts(&pin_page, &[("pin", "864209"), ("again", "864209")]).await.leads_to(&format!("{ME}?said=pin"));
    let known = worker.calls(Method::POST, "/api/v1/contests/skills/papers", None, Some(start)).await;
    assert_eq!(known.is(409).json()["error"], "refused");

    // The organizer sees everybody; a worker nobody.
    hall.organizer.opens("/liaison/skills?show=all").await.is(200).shows("张伟").shows("李娜");
    worker.opens("/liaison/skills").await.is(403);
    hall.world.visitor().opens("/liaison/skills").await.leads_to("/login?to=/liaison/skills");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_liaison_is_assigned_with_a_unit_on_the_people_page() {
    let hall = hall("").await;
    let people = "/organizer/skills/people";
    let without = [("name", "周强"), ("role", "liaison")];
    hall.organizer.posts(people, &without).await.is(422).shows("联络员要有单位");
    let with = [("name", "周强"), ("role", "liaison"), ("unit", "集团/二公司")];
    hall.organizer.posts(people, &with).await.leads_to("/organizer/skills/people?said=people-added&count=1");
    hall.organizer.opens(people).await.is(200).shows("周强").shows("联络员").shows("集团/二公司");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_to_take_part_waits_for_the_organizer() {
    let hall = hall("self-registration = true").await;
    let phone = hall.world.visitor();
    let join = format!("{DOOR}/join");
    phone.opens(&join).await.is(200).shows("集团/二公司");
    let fields = [
        ("number", "204899"),
        ("name", "陈晨"),
        ("unit", "集团/二公司"),
        ("phone", "13900000000"),
        ("pin", "135790"),
        ("again", "135790"),
    ];
    phone.posts(&join, &fields).await.is(200).shows("等待主办方审核");
    phone.posts(&join, &fields).await.is(422).shows("已在等待审核");
    let known = [("number", "204801"), ("name", "张伟"), ("pin", "135790"), ("again", "135790")];
    phone.posts(&join, &known).await.is(422).shows("已在名单上");
    logs_in(&phone, "204899", "135790").await.is(422);

    let page = "/organizer/skills/workers";
    hall.organizer.opens(page).await.is(200).shows("陈晨").shows("13900000000");
    phone.posts(&format!("{page}/approve"), &[("number", "204899")]).await.leads_to("/login?to=/");
    let said = "/organizer/skills/workers?said=workers-approved&count=1";
    hall.organizer.posts(&format!("{page}/approve"), &[("number", "204899")]).await.leads_to(said);
    hall.organizer.opens(page).await.is(200).hides("陈晨");
    logs_in(&phone, "204899", "135790").await.leads_to(ME);
    phone.opens(ME).await.is(200).shows("陈晨").shows("集团/二公司");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn links_leave_as_a_workbook_and_open_their_owners_page() {
    let hall = hall("").await;
    let path = "/organizer/skills/workers/links.xlsx";
    let answer = hall.organizer.posts(path, &[("unit", "集团/二公司"), ("pins", "yes")]).await;
    answer.is(200);
    let book = leitai::files::sheets::read(&answer.bytes).expect("a workbook");
    let cells: Vec<String> =
        book.sheets[0].rows.iter().flat_map(|row| &row.cells).map(leitai::files::sheets::Cell::text).collect();
    assert!(cells.contains(&"李娜".to_owned()) && !cells.contains(&"张伟".to_owned()), "{cells:?}");
    let link = cells.iter().find(|cell| cell.contains("/w/")).expect("a link");
    let link = &link[link.find("/w/").expect("its path")..];
    hall.world.visitor().opens(link).await.is(200).shows("李娜");
    let again = hall.organizer.posts(path, &[("unit", "集团/二公司"), ("missing", "yes")]).await;
    again.is(422).shows("没有符合条件的人");
    hall.world.visitor().posts(path, &[]).await.leads_to("/login?to=/");
}

/// Behind one address, as a company's network shows itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_workers_come_in_from_one_address() {
    const WORKERS: usize = 2_000;
    const AT_ONCE: usize = 64;
    let hall = hall("first-log-in = \"birth-date\"").await;
    // One of them sets a PIN; the others get the same, as if they had chosen it.
    hall.worker("204801", "1991-05-04", "135790").await;
    let store = hall.world.app.store();
    let contest = ContestId::new("skills");
    let kept =
        store.worker(&contest, &EntrantId::new("W001")).await.expect("read").expect("a worker").pin.expect("a PIN");
    let ids: Vec<EntrantId> = (0..WORKERS).map(|at| EntrantId::new(format!("X{at:04}"))).collect();
    let name = |id: &EntrantId| leitai::store::names::EntrantName {
        entrant: id.clone(),
        name: format!("职工{id}"),
        number: Some(format!("9{id}")),
        birth_date: None,
        gender: None,
        phone: None,
    };
    store.put_entrant_names(&contest, ids.iter().map(name).collect()).await.expect("names");
    let pins: Vec<_> = ids.iter().map(|id| (id.clone(), kept.clone())).collect();
    store.set_pins(&contest, &pins, false).await.expect("PINs");

    let phone = hall.world.visitor();
    let gate = std::sync::Arc::new(tokio::sync::Semaphore::new(AT_ONCE));
    let mut coming = tokio::task::JoinSet::new();
    for id in ids {
        let (phone, gate) = (phone.clone(), gate.clone());
        coming.spawn(async move {
            let _turn = gate.acquire_owned().await.expect("open");
            let body = json!({ "contest": "skills", "number": format!("9{id}"), "pin": "135790" });
            let answer = phone.calls(Method::POST, "/api/v1/sessions", None, Some(body)).await;
            (answer.status.as_u16(), answer.json()["entrant"] == json!(id.as_str()))
        });
    }
    let answers = coming.join_all().await;
    assert_eq!(answers.iter().filter(|answer| **answer == (200, true)).count(), WORKERS);
}
