//! The demonstration as a newcomer finds it: boards with a past, a worker who comes in, and people who go on.

use std::time::Duration;

use leitai::{
    app::Clock,
    demo::{self, Cast, Login},
    rules::{
        ledger::works::Outcome,
        names::{ContestId, EntrantId, Id},
        papers,
        season::{self, Outcome as Points},
        view::{self, Audience},
        works::{self, Stand, WorkView},
    },
};
use serde_json::{Value, json};

use crate::{
    browser::{Chromium, PHONE},
    support::databases::Database,
    world::{Client, World},
};

const SEED: u64 = 2026;
/// Simulated workers come within seconds of the beginning.
const PATIENCE: Duration = Duration::from_mins(1);

async fn begin() -> (World, Clock, Cast) {
    let clock = Clock::staged();
    let world = World::at(Database::sqlite(), clock.clone()).await;
    let cast = demo::prepare(&world.app, &clock, &world.address, SEED).await.expect("a demonstration");
    (world, clock, cast)
}

fn login<'c>(cast: &'c Cast, name: &str) -> &'c Login {
    cast.logins.iter().find(|login| login.name() == name).unwrap_or_else(|| panic!("no {name}"))
}

async fn json(client: &Client, path: &str) -> Value {
    let answer = client.opens(path).await;
    assert!(answer.status.is_success(), "{path}: {}", answer.status);
    serde_json::from_slice(&answer.bytes).expect("JSON")
}

/// Of the hazards: all that were handed in, and those that a checker has looked at.
async fn reports(world: &World) -> (usize, usize) {
    let (contest, hazards, now) = (ContestId::new("hazard-reports"), Id::new("hazards"), world.app.now());
    let seen = world.app.read(&contest, |state| works::collection(state, &hazards, now)).await.expect("read");
    let seen = seen.expect("a collection");
    let checked = seen.accepted + seen.declined + seen.duplicates + seen.untrue + seen.returned;
    (seen.waiting + checked, checked)
}

/// How many of the safety contest have begun a paper.
async fn begun(world: &World) -> usize {
    let contest = ContestId::new("safety-quiz");
    let paper = Id::new("safety");
    let count = |state: &_| {
        let people = view::branch(state, None).people;
        people.iter().filter(|person| !papers::attempts(state, &paper, &person.entrant).is_empty()).count()
    };
    world.app.read(&contest, count).await.expect("the contest is read")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newcomer_finds_boards_with_a_past_and_people_who_go_on() {
    let (world, clock, cast) = begin().await;
    let names: Vec<String> = cast.logins.iter().map(Login::name).collect();
    for name in [
        "admin",
        "speech/board",
        "skills-welding/hall",
        "skills-welding/judge-appearance-1",
        "safety-quiz/board",
        "safety-quiz/worker",
        "safety-quiz/organizer",
        "star-ladder/ladder-star",
        "star-ladder/hall",
        "star-ladder/worker",
        "hazard-reports/worker",
        "hazard-reports/checker-hazards",
        "ankang-year/board",
        "ankang-year/stars",
    ] {
        assert!(names.iter().any(|one| one == name), "{name} is not in {names:?}");
    }
    // Every page that is printed as open is there for everybody.
    let visitor = world.visitor();
    for login in cast.logins.iter().filter(|login| login.code.is_empty()) {
        let path = login.address.strip_prefix(&world.address).expect("an address of this server");
        assert!(visitor.opens(path).await.status.is_success(), "{path}");
    }
    // Three groups of eight onto the ladder, and the newcomer's own person.
    let board = json(&visitor, "/api/v1/contests/star-ladder/ladders/star").await;
    assert_eq!(board["people"], json!(25));
    assert!(board["lines"][0]["reign"]["since"].as_i64().expect("a holder") < world.app.now().0);
    let happened = board["happened"].as_array().expect("a list").len();
    assert!(happened > 25, "only {happened} things happened");

    // A contest with a ladder and no standings has a board that stays: it was once loaded anew for ever.
    let chromium = Chromium::start().await;
    let phone = chromium.device("newcomer", PHONE, "zh-CN").await;
    phone.open(&login(&cast, "star-ladder/board").address).await;
    phone.waits_until("document.querySelector('#connection [data-connection=live]') && performance.now() > 3000").await;
    chromium.stop().await;

    // The worker's code is a number and a PIN, typed at the address beside it.
    for (name, sees) in [
        ("safety-quiz/worker", "开始答题"),
        ("star-ladder/worker", "岗位明星擂台"),
        ("hazard-reports/worker", "隐患随手拍"),
    ] {
        let login = login(&cast, name);
        let (number, pin) = login.code.split_once(" / ").expect("a number and a PIN");
        let path = login.address.strip_prefix(&world.address).expect("an address of this server");
        let phone = world.visitor();
        let me = format!("/contests/{}/me", login.contest);
        phone.posts(path, &[("number", number), ("pin", pin)]).await.leads_to(&me);
        let page = phone.opens(&me).await;
        assert!(String::from_utf8_lossy(&page.bytes).contains(sees), "{name}");
    }
    let before = begun(&world).await;
    assert!((15..=24).contains(&before), "{before} have begun");

    // Begun again on the same data: the same people, and nothing else.
    let again = demo::prepare(&world.app, &clock, &world.address, SEED).await.expect("again");
    assert_eq!(login(&again, "star-ladder/worker").code, login(&cast, "star-ladder/worker").code);
    assert_eq!(again.logins.len(), cast.logins.len());
    assert_eq!(begun(&world).await, before);

    // Somebody plays on the ladder, somebody sits a paper, and somebody reports a hazard and has it checked, by
    // themselves.
    let (handed_in, checked) = reports(&world).await;
    let playing = tokio::spawn(demo::play(world.address.clone(), again, SEED));
    let mut ladder = world.app.follower(&ContestId::new("star-ladder")).await.expect("the ladder").watch();
    let mut quiz = world.app.follower(&ContestId::new("safety-quiz")).await.expect("the quiz").watch();
    let mut hazards = world.app.follower(&ContestId::new("hazard-reports")).await.expect("the reports").watch();
    let open = async {
        loop {
            let (now_in, now_checked) = reports(&world).await;
            let reported = now_in > handed_in && now_checked > checked;
            let board = json(&visitor, "/api/v1/contests/star-ladder/ladders/star").await;
            if board["challenges"].as_array().is_some_and(|open| !open.is_empty())
                && begun(&world).await > before
                && reported
            {
                return;
            }
            tokio::select! {
                news = ladder.changed() => news.expect("the ladder goes on"),
                news = quiz.changed() => news.expect("the quiz goes on"),
                news = hazards.changed() => news.expect("the reports go on"),
            }
        }
    };
    tokio::time::timeout(PATIENCE, open).await.expect("nobody comes");
    playing.abort();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_year_of_reports_and_a_table_over_the_other_contests() {
    let (world, _, cast) = begin().await;
    let (reports, year) = (ContestId::new("hazard-reports"), ContestId::new("ankang-year"));
    let hazards = Id::new("hazards");
    let all = world.app.read(&reports, |state| works::works_of(state, &hazards, |_, _| true)).await.expect("read");
    // Of each kind some, over a year, each with its picture.
    let count = |is: &dyn Fn(&WorkView) -> bool| all.iter().filter(|seen| is(seen)).count();
    assert!(count(&|seen| seen.work.is_accepted()) > 40);
    assert!(count(&|seen| seen.work.stand == Stand::Waiting) >= 3);
    assert!(count(&|seen| matches!(seen.work.outcome(), Some(Outcome::Duplicate { .. }))) >= 3);
    assert!(count(&|seen| seen.work.outcome() == Some(&Outcome::Untrue)) >= 3);
    let (first, last) = (all.first().expect("works").work.at.0, all.last().expect("works").work.at.0);
    assert!((last - first) / (24 * 3_600_000) > 300, "from {first} to {last}");
    assert_eq!(count(&|seen| seen.work.content().is_some_and(|content| content.pictures.len() == 1)), all.len());

    // Every source gives points to every workshop, and each point leads to a page that is there.
    let visitor = world.visitor();
    for number in 1..=8 {
        let entrant = EntrantId::new(format!("T{number:02}"));
        let trail =
            world.app.read(&year, |state| season::trail(state, &entrant, &Audience::Public)).await.expect("read");
        let trail = trail.unwrap_or_else(|| panic!("no {entrant}"));
        for line in &trail.lines {
            assert!(
                matches!(line.line.outcome, Points::Counted(_)),
                "{entrant} {}: {:?}",
                line.title,
                line.line.outcome
            );
        }
        let page = visitor.opens(&format!("/contests/ankang-year/why/{entrant}")).await.text();
        let links: Vec<&str> = page.split("<a href=\"").filter_map(|rest| rest.split('"').next()).collect();
        for contest in ["safety-quiz", "hazard-reports", "skills-trial", "quarterly-labor"] {
            let own = links.iter().find(|link| {
                link.starts_with(&format!("/contests/{contest}/"))
                    && (link.contains("/why/") || link.contains("/units/"))
            });
            let own = own.unwrap_or_else(|| panic!("{entrant}: no way to {contest} in {links:?}"));
            visitor.opens(own).await.is(200);
        }
    }
    // Stars were given in the quarters that are over.
    let stars = world.app.read(&year, |state| season::star_page(state, &Audience::Public)).await.expect("read");
    let stars = stars.expect("stars");
    assert_eq!(stars.rounds.len(), 3);
    assert!(stars.lines.iter().any(|line| line.level >= 2), "{:?}", stars.lines);

    // Its checker finds what waits.
    let checker = world.visitor();
    let login = login(&cast, "hazard-reports/checker-hazards");
    checker.posts("/login/code", &[("code", &login.code)]).await;
    let queue = checker.opens("/checker/hazard-reports").await;
    queue.is(200).shows("待核实");
    let waiting = all.iter().find(|seen| seen.work.stand == Stand::Waiting).expect("one");
    let picture = checker.opens(&format!("/contests/hazard-reports/works/{}/pictures/0", waiting.id)).await;
    assert_eq!((picture.status.as_u16(), picture.content_type.as_str()), (200, "image/jpeg"));
}
