//! Coming in: passwords, cards, sessions, and forgetting people.

use leitai::{
    app::{
        Error,
        devices::Device,
        people::{Admin, CARD_MS, SessionToken, Visitor},
    },
    rules::{
        ledger::Instant,
        names::{ContestId, PersonId},
    },
};

use crate::{hall::Hall, support::databases::Database};

crate::on_both_databases!(
    an_account_lets_its_owner_in,
    a_card_opens_its_contest_only,
    sessions_end_when_unused,
    contests_are_found_by_who_was_given_a_role,
    a_reason_is_kept_apart_from_its_digest,
);

const HOUR_MS: i64 = 3_600_000;

impl Hall {
    fn hours_pass(&self, hours: i64) {
        self.clock.set(Instant(self.clock.now().0 + hours * HOUR_MS));
    }
}

async fn an_account_lets_its_owner_in(database: Database) {
    let hall = Hall::enter(&database).await;
    let app = &hall.app;
    let short = app.create_account("zhang", "1234567", "张三", Admin::Yes).await;
    assert!(matches!(short, Err(Error::PasswordShort { least: 8 })));
    let person = app.create_account("zhang", "correct horse", "张三", Admin::Yes).await.unwrap();
    assert!(matches!(app.create_account("zhang", "other password", "李四", Admin::No).await, Err(Error::Taken)));
    assert!(matches!(app.log_in("zhang", "correct horsf", &Device::default()).await, Err(Error::NotLetIn)));
    assert!(matches!(app.log_in("wang", "correct horse", &Device::default()).await, Err(Error::NotLetIn)));

    let session = app.log_in("zhang", "correct horse", &Device::default()).await.unwrap().session;
    let visitor = app.visitor(&session).await.unwrap().unwrap();
    assert_eq!((visitor.person.clone(), visitor.contest, visitor.admin), (person.clone(), None, true));
    assert_eq!(app.people(&[person]).await.unwrap()[0].name, "张三");
    assert_eq!(app.visitor(&SessionToken("guess".into())).await.unwrap(), None);

    let kept = app.accounts().await.unwrap().pop().unwrap().password;
    assert!(kept.starts_with("$argon2id$") && !kept.contains("horse"));
    app.change_password("zhang", "battery staple").await.unwrap();
    assert_eq!(app.visitor(&session).await.unwrap(), None, "whoever had the old one is out");
    assert!(matches!(app.log_in("zhang", "correct horse", &Device::default()).await, Err(Error::NotLetIn)));
    let session = app.log_in("zhang", "battery staple", &Device::default()).await.unwrap().session;
    app.log_out(&session).await.unwrap();
    assert_eq!(app.visitor(&session).await.unwrap(), None);
}

async fn a_card_opens_its_contest_only(database: Database) {
    let hall = Hall::begin(&database).await;
    let app = &hall.app;
    let judge = app.create_account("li", "long password", "李雷", Admin::Yes).await.unwrap();
    let card = app.issue_card(&hall.contest, &judge).await.unwrap();
    assert_eq!(card.short.len(), 8);
    assert!(!card.short.contains(['0', 'O', '1', 'I', 'L', 'B', 'S', 'Z', '2', '5']), "{}", card.short);

    let by_qr = app.log_in_with_card(&card.token, &Device::default()).await.unwrap();
    assert_eq!(by_qr.contest.as_ref(), Some(&hall.contest));
    let visitor = app.visitor(&by_qr.session).await.unwrap().unwrap();
    assert_eq!((visitor.person, visitor.contest.as_ref()), (judge.clone(), Some(&hall.contest)));
    assert!(!visitor.admin, "a card on a table is not the administrator");

    let (front, back) = card.short.split_at(4);
    let full_width: String =
        card.short.chars().map(|letter| char::from_u32(u32::from(letter) + 0xfee0).unwrap()).collect();
    for typed in [card.short.clone(), format!(" {}-{} ", front.to_lowercase(), back), full_width] {
        app.log_in_with_card(&typed, &Device::default()).await.unwrap();
    }
    for wrong in ["", "ABCD3467", &card.short[..7], &format!("{}A", card.short)] {
        assert!(matches!(app.log_in_with_card(wrong, &Device::default()).await, Err(Error::NotLetIn)), "{wrong}");
    }

    let newer = app.issue_card(&hall.contest, &judge).await.unwrap();
    assert!(
        matches!(app.log_in_with_card(&card.short, &Device::default()).await, Err(Error::NotLetIn)),
        "a reprint ends the old card"
    );
    assert_eq!(app.visitor(&by_qr.session).await.unwrap(), None);
    let session = app.log_in_with_card(&newer.short, &Device::default()).await.unwrap().session;
    hall.clock.set(Instant(newer.expires.0 - 1));
    assert!(app.visitor(&session).await.unwrap().is_some(), "a judge stays in as long as the card holds");
    hall.clock.set(newer.expires);
    assert_eq!(app.visitor(&session).await.unwrap(), None);
    assert!(matches!(app.log_in_with_card(&newer.token, &Device::default()).await, Err(Error::NotLetIn)));
    assert_eq!(newer.expires.0 - CARD_MS, 1_780_000_000_000);

    let last = app.issue_card(&hall.contest, &judge).await.unwrap();
    let session = app.log_in_with_card(&last.token, &Device::default()).await.unwrap().session;
    app.revoke_cards(&hall.contest, &judge).await.unwrap();
    assert_eq!(app.visitor(&session).await.unwrap(), None);
    assert!(matches!(app.log_in_with_card(&last.token, &Device::default()).await, Err(Error::NotLetIn)));
}

async fn sessions_end_when_unused(database: Database) {
    let hall = Hall::enter(&database).await;
    let app = &hall.app;
    let person = app.create_account("zhang", "correct horse", "张三", Admin::No).await.unwrap();
    let session = app.log_in("zhang", "correct horse", &Device::default()).await.unwrap().session;
    for _ in 0..5 {
        hall.hours_pass(11);
        assert!(app.visitor(&session).await.unwrap().is_some());
    }
    hall.hours_pass(12);
    assert_eq!(app.visitor(&session).await.unwrap(), None);

    let session = app.log_in("zhang", "correct horse", &Device::default()).await.unwrap().session;
    app.erase_person(&person).await.unwrap();
    assert_eq!(app.visitor(&session).await.unwrap(), None);
    assert_eq!(app.people(&[person]).await.unwrap()[0].name, "");
}

async fn contests_are_found_by_who_was_given_a_role(database: Database) {
    let hall = Hall::begin(&database).await;
    let app = &hall.app;
    let ever = async |name: &str| app.store().contests_with(&PersonId::new(name)).await.unwrap();
    assert_eq!(ever("judge-1").await, std::slice::from_ref(&hall.contest), "once, however many roles");
    assert_eq!(ever("organizer").await, std::slice::from_ref(&hall.contest));
    for nobody in ["judge-6", "judge-", "judge", "face", ""] {
        assert!(ever(nobody).await.is_empty(), "{nobody}");
    }
    app.store().create_contest(&ContestId::new("other"), "另一个", None, Instant(1)).await.unwrap();
    let list = async |name: &str, contest: Option<&ContestId>, admin: bool| {
        let visitor = Visitor {
            person: PersonId::new(name),
            contest: contest.cloned(),
            entrant: None,
            admin,
            must_change: false,
        };
        let contests = app.contests_of(&visitor).await.unwrap();
        contests.into_iter().map(|contest| contest.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(list("judge-1", None, false).await, ["welding-2026"]);
    assert_eq!(list("nobody", None, true).await, ["welding-2026", "other"], "the newest first");
    assert_eq!(
        list("judge-1", Some(&ContestId::new("other")), false).await,
        ["other"],
        "a card opens its contest only"
    );
    assert!(list("nobody", None, false).await.is_empty());
}

async fn a_reason_is_kept_apart_from_its_digest(database: Database) {
    let hall = Hall::begin(&database).await;
    let app = &hall.app;
    let (digest, row) = app.note(" 计时器故障 ").unwrap();
    let (other, _) = app.note("计时器故障").unwrap();
    assert_ne!(digest, other, "salted: equal texts cannot be told from their digests");
    assert!(app.note_texts(&[&digest]).await.unwrap().is_empty(), "not before the entry");
    let ask = leitai::app::Ask::new(crate::hall::actor(1), crate::hall::mark(1, 1, 5)).with(row);
    app.ask(&hall.contest, ask).await.unwrap();
    assert_eq!(app.note_texts(&[&digest]).await.unwrap()[&digest], "计时器故障");
    app.erase_note(&digest).await.unwrap();
    assert!(app.note_texts(&[&digest]).await.unwrap().is_empty());
    assert!(matches!(app.note(&"字".repeat(4_001)), Err(Error::TextRefused { .. })));
}
