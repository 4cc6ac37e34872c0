//! Accounts, cards and sessions as rows.

use leitai::{
    rules::{
        ledger::Instant,
        names::{ContestId, PersonId},
    },
    store::{
        Error, Store,
        logins::{Account, LoginCode, Session},
        names::Person,
    },
};

use crate::{ledger::contest, support::databases::Database};

crate::on_both_databases!(accounts, cards_replace_and_expire, sessions_end);

async fn people(store: &Store) {
    let person = |id: &str| Person { id: PersonId::new(id), name: "某".into(), number: None, phone: None };
    store.put_people(&[person("p1"), person("p2")], Instant(1)).await.unwrap();
}

fn account(login: &str, person: &str, admin: bool) -> Account {
    Account { login: login.into(), person: PersonId::new(person), password: "$argon2id$…".into(), admin }
}

fn session(token: &str, person: &str, contest: Option<&ContestId>) -> Session {
    Session {
        token: token.into(),
        person: PersonId::new(person),
        contest: contest.cloned(),
        entrant: None,
        created: Instant(10),
        last_seen: Instant(10),
        expires: Instant(100),
    }
}

fn code(token: &str, person: &str, contest: &ContestId) -> LoginCode {
    LoginCode {
        token: token.into(),
        short: format!("short-{token}"),
        person: PersonId::new(person),
        contest: contest.clone(),
        issued_by: None,
        created: Instant(10),
        expires: Instant(100),
    }
}

async fn accounts(database: Database) {
    let store = database.open().await;
    people(&store).await;
    store.create_account(account("zhang", "p1", true), Instant(2)).await.unwrap();
    store.create_account(account("Li", "p2", false), Instant(2)).await.unwrap();
    assert!(matches!(store.create_account(account("Li", "p1", true), Instant(3)).await, Err(Error::Taken)));
    assert!(matches!(store.create_account(account("no", "p9", true), Instant(3)).await, Err(Error::Reference)));
    assert_eq!(store.accounts().await.unwrap(), [account("Li", "p2", false), account("zhang", "p1", true)]);
    assert_eq!(store.account("zhang").await.unwrap(), Some(account("zhang", "p1", true)));
    assert_eq!(store.account("ZHANG").await.unwrap(), None);
    assert!(store.is_admin(&PersonId::new("p1")).await.unwrap());
    assert!(!store.is_admin(&PersonId::new("p2")).await.unwrap());

    store.create_session(session("t1", "p1", None)).await.unwrap();
    assert!(store.set_password("zhang", "new".into()).await.unwrap());
    assert_eq!(store.account("zhang").await.unwrap().unwrap().password, "new");
    assert_eq!(store.session("t1", Instant(11)).await.unwrap(), None, "a new password ends sessions");
    assert!(!store.set_password("nobody", "new".into()).await.unwrap());
    assert!(store.remove_account("zhang").await.unwrap());
    assert!(!store.remove_account("zhang").await.unwrap());
}

async fn cards_replace_and_expire(database: Database) {
    let store = database.open().await;
    people(&store).await;
    let contest = contest(&store).await;
    store.put_login_code(code("a", "p1", &contest)).await.unwrap();
    store.put_login_code(code("b", "p2", &contest)).await.unwrap();
    assert_eq!(store.login_code("a", Instant(99)).await.unwrap(), Some(code("a", "p1", &contest)));
    assert_eq!(store.login_code("short-a", Instant(99)).await.unwrap(), Some(code("a", "p1", &contest)));
    assert_eq!(store.login_code("a", Instant(100)).await.unwrap(), None);

    store.create_session(session("t1", "p1", Some(&contest))).await.unwrap();
    store.create_session(session("t2", "p1", None)).await.unwrap();
    store.put_login_code(code("c", "p1", &contest)).await.unwrap();
    assert_eq!(store.login_code("a", Instant(50)).await.unwrap(), None, "a new card ends the old one");
    assert_eq!(store.session("t1", Instant(50)).await.unwrap(), None, "and what it opened");
    assert!(store.session("t2", Instant(50)).await.unwrap().is_some());

    store.revoke_login_codes(&PersonId::new("p1"), &contest).await.unwrap();
    assert_eq!(store.login_code("c", Instant(50)).await.unwrap(), None);
    assert!(store.login_code("b", Instant(50)).await.unwrap().is_some());
}

async fn sessions_end(database: Database) {
    let store = database.open().await;
    people(&store).await;
    let contest = contest(&store).await;
    for token in ["t1", "t2", "t3"] {
        store.create_session(session(token, "p1", (token == "t2").then_some(&contest))).await.unwrap();
    }
    store.create_session(session("other", "p2", None)).await.unwrap();
    assert_eq!(store.session("t2", Instant(99)).await.unwrap(), Some(session("t2", "p1", Some(&contest))));
    assert_eq!(store.session("t2", Instant(100)).await.unwrap(), None);

    store.touch_session("t1", Instant(60), Instant(160)).await.unwrap();
    let touched = Session { last_seen: Instant(60), expires: Instant(160), ..session("t1", "p1", None) };
    assert_eq!(store.session("t1", Instant(150)).await.unwrap(), Some(touched));

    store.end_session("t3").await.unwrap();
    assert_eq!(store.session("t3", Instant(20)).await.unwrap(), None);
    store.sweep_logins(Instant(120)).await.unwrap();
    assert_eq!(store.session("other", Instant(0)).await.unwrap(), None, "what has expired is gone for good");
    assert!(store.session("t1", Instant(120)).await.unwrap().is_some());
    store.end_sessions_of(&PersonId::new("p1")).await.unwrap();
    assert_eq!(store.session("t1", Instant(120)).await.unwrap(), None);
}
