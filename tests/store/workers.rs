//! How workers come in, as rows: PINs, links, sessions, and who waits to take part.

use leitai::{
    rules::{
        ledger::Instant,
        names::{ContestId, EntrantId, PersonId},
    },
    store::{
        Error, Store,
        logins::Session,
        names::{EntrantName, Person},
        workers::{Applicant, Worker},
    },
};

use crate::{ledger::contest, support::databases::Database};

crate::on_both_databases!(numbers_are_found, pins_and_links, sessions_of_workers, applicants_wait_once);

fn id(entrant: &str) -> EntrantId {
    EntrantId::new(entrant)
}

fn name(entrant: &str, number: Option<&str>) -> EntrantName {
    EntrantName {
        entrant: id(entrant),
        name: format!("名{entrant}"),
        number: number.map(ToOwned::to_owned),
        birth_date: None,
        gender: None,
        phone: None,
    }
}

async fn numbers_are_found(database: Database) {
    let store = database.open().await;
    let contest = contest(&store).await;
    let names = vec![name("W1", Some("007")), name("W2", Some("008")), name("W3", Some("008")), name("008", None)];
    store.put_entrant_names(&contest, names).await.unwrap();
    let found = async |number: &str| -> Vec<String> {
        let found = store.entrants_by_number(&contest, number).await.unwrap();
        found.into_iter().map(|name| name.entrant.to_string()).collect()
    };
    assert_eq!(found("007").await, ["W1"]);
    assert_eq!(found("W2").await, ["W2"]);
    assert_eq!(found("008").await.len(), 2, "three, of whom two are enough to see that it is not one");
    assert!(found("009").await.is_empty());
    assert_eq!(store.entrant_name(&contest, &id("W1")).await.unwrap(), Some(name("W1", Some("007"))));
    assert_eq!(store.entrant_name(&contest, &id("W9")).await.unwrap(), None);
    let elsewhere = store.entrants_by_number(&ContestId::new("other"), "007").await.unwrap();
    assert!(elsewhere.is_empty());
    assert!(matches!(store.entrants_by_number(&contest, "0\u{0}7").await, Err(Error::Nul)));
}

async fn pins_and_links(database: Database) {
    let store = database.open().await;
    let contest = contest(&store).await;
    let known = |entrant: &str, pin: Option<&str>, once: bool, link: Option<&str>| Worker {
        entrant: id(entrant),
        pin: pin.map(ToOwned::to_owned),
        once,
        link: link.map(ToOwned::to_owned),
    };
    store.set_links(&contest, &[(id("W1"), "l1".into()), (id("W2"), "l2".into())]).await.unwrap();
    assert!(store.set_first_pin(&contest, &id("W1"), "pin-a".into()).await.unwrap());
    assert!(!store.set_first_pin(&contest, &id("W1"), "pin-b".into()).await.unwrap(), "there is one");
    assert!(store.set_first_pin(&contest, &id("W3"), "pin-c".into()).await.unwrap(), "without a link");
    store.set_pins(&contest, &[(id("W2"), "pin-d".into())], true).await.unwrap();
    store.set_links(&contest, &[(id("W1"), "l3".into())]).await.unwrap();
    assert_eq!(
        store.workers(&contest).await.unwrap(),
        [
            known("W1", Some("pin-a"), false, Some("l3")),
            known("W2", Some("pin-d"), true, Some("l2")),
            known("W3", Some("pin-c"), false, None),
        ]
    );
    assert_eq!(store.worker_of_link("l1").await.unwrap(), None, "replaced");
    assert_eq!(store.worker_of_link("l3").await.unwrap(), Some((contest.clone(), id("W1"))));
    store.remove_worker(&contest, &id("W1")).await.unwrap();
    assert_eq!(store.worker(&contest, &id("W1")).await.unwrap(), None);
    assert_eq!(store.worker_of_link("l3").await.unwrap(), None);
}

async fn begin(store: &Store, contest: &ContestId, token: &str, entrant: &str, person: &str) -> Session {
    let person = Person { id: PersonId::new(person), name: entrant.into(), number: Some("007".into()), phone: None };
    let session = Session {
        token: token.into(),
        person: person.id.clone(),
        contest: Some(contest.clone()),
        entrant: Some(id(entrant)),
        created: Instant(10),
        last_seen: Instant(10),
        expires: Instant(100),
    };
    store.begin_worker_session(person, session.clone()).await.unwrap();
    session
}

async fn sessions_of_workers(database: Database) {
    let store = database.open().await;
    let contest = contest(&store).await;
    let first = begin(&store, &contest, "t1", "W1", "w-1").await;
    let second = begin(&store, &contest, "t2", "W1", "w-1").await;
    let other = begin(&store, &contest, "t3", "W2", "w-2").await;
    for session in [&first, &second, &other] {
        assert_eq!(store.session(&session.token, Instant(11)).await.unwrap().as_ref(), Some(session));
    }
    let people = store.people(&[PersonId::new("w-1")]).await.unwrap();
    assert_eq!(people.len(), 1);
    store.set_pins(&contest, &[(id("W1"), "pin".into())], false).await.unwrap();
    assert_eq!(store.session("t1", Instant(11)).await.unwrap(), None);
    assert_eq!(store.session("t2", Instant(11)).await.unwrap(), None);
    assert_eq!(store.session("t3", Instant(11)).await.unwrap(), Some(other), "of somebody else");
}

async fn applicants_wait_once(database: Database) {
    let store = database.open().await;
    let contest = contest(&store).await;
    let applicant = |number: &str, asked: i64| Applicant {
        number: number.into(),
        name: "陈晨".into(),
        unit: Some("集团".into()),
        phone: None,
        pin: "pin".into(),
        asked: Instant(asked),
    };
    store.put_applicant(&contest, applicant("2", 5), 2).await.unwrap();
    assert!(matches!(store.put_applicant(&contest, applicant("2", 6), 2).await, Err(Error::Taken)));
    store.put_applicant(&contest, applicant("1", 7), 2).await.unwrap();
    assert!(matches!(store.put_applicant(&contest, applicant("3", 8), 2).await, Err(Error::Taken)), "too many");
    assert_eq!(store.applicants(&contest).await.unwrap(), [applicant("2", 5), applicant("1", 7)]);
    assert!(store.remove_applicant(&contest, "2").await.unwrap());
    assert!(!store.remove_applicant(&contest, "2").await.unwrap());
    store.put_applicant(&contest, applicant("3", 8), 2).await.unwrap();
}
