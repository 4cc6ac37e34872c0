//! Ordinary rows: contests, people, names, notes, papers, pictures, settings.

use leitai::{
    rules::{
        ledger::Instant,
        names::{ContestId, EntrantId, Id, PersonId},
    },
    store::{
        Beside, Error, Store,
        beside::Note,
        ledger::{Batch, Head},
        names::{EntrantName, PastName, Person},
        papers::{Certificate, Document},
        pictures::{PICTURE_BYTES_MAX, Picture},
    },
};

use crate::{ledger::contest, support::databases::Database};

crate::on_both_databases!(
    contests_are_listed_and_empty_ones_go,
    people_are_added_changed_and_erased,
    names_and_notes_can_be_erased,
    papers_stay_as_they_were,
    pictures_are_kept_once,
    settings_are_replaced,
    texts_sort_by_their_bytes,
    no_text_holds_a_nul,
);

async fn beside(store: &Store, contest: &ContestId, rows: Vec<Beside>) -> Result<(), Error> {
    let turn = store.turn(contest, Head { epoch: 1, seq: 0 }).await?;
    turn.append(Batch { beside: rows, ..Batch::default() }).await
}

fn name(entrant: &str, name: &str) -> EntrantName {
    EntrantName {
        entrant: EntrantId::new(entrant),
        name: name.into(),
        number: Some("007123".into()),
        birth_date: Some("1995-03-08".into()),
        gender: Some("女".into()),
        phone: None,
    }
}

fn person(id: &str, name: &str) -> Person {
    Person { id: PersonId::new(id), name: name.into(), number: None, phone: Some("13800000000".into()) }
}

async fn contests_are_listed_and_empty_ones_go(database: Database) {
    let store = database.open().await;
    let first = contest(&store).await;
    let second = ContestId::new("speech-2026");
    store.create_contest(&second, "演讲比赛", None, Instant(6)).await.unwrap();
    let taken = store.create_contest(&second, "另一个", None, Instant(7)).await;
    assert!(matches!(taken, Err(Error::Taken)));
    let listed = store.contests().await.unwrap();
    assert_eq!(listed.iter().map(|contest| contest.id.clone()).collect::<Vec<_>>(), [second.clone(), first.clone()]);
    assert_eq!(listed[1].file.as_deref(), Some("welding.toml"));
    assert_eq!((listed[0].title.as_str(), listed[0].created), ("演讲比赛", Instant(6)));
    store.drop_empty_contest(&second).await.unwrap();
    assert_eq!(store.contest(&second).await.unwrap(), None);
    assert_eq!(store.contests().await.unwrap().len(), 1);
}

async fn people_are_added_changed_and_erased(database: Database) {
    let store = database.open().await;
    store.put_people(&[person("p2", "李雷"), person("p1", "韩梅梅")], Instant(1)).await.unwrap();
    store.put_people(&[person("p2", "李磊")], Instant(2)).await.unwrap();
    let ids = ["p2", "p1", "p9"].map(PersonId::new);
    assert_eq!(store.people(&ids).await.unwrap(), [person("p1", "韩梅梅"), person("p2", "李磊")]);
    store.erase_person(&PersonId::new("p1"), Instant(3)).await.unwrap();
    let erased = &store.people(&ids).await.unwrap()[0];
    assert_eq!((erased.id.as_str(), erased.name.as_str(), &erased.phone), ("p1", "", &None));
}

async fn names_and_notes_can_be_erased(database: Database) {
    let store = database.open().await;
    let contest = contest(&store).await;
    let note = Note { digest: "d1".into(), salt: "s1".into(), text: "计时有误".into(), created: Instant(4) };
    let rows = vec![
        Beside::Names(vec![name("W002", "王芳"), name("W001", "张伟")]),
        Beside::Note(note.clone()),
        Beside::Note(note.clone()),
        Beside::Names(vec![name("W002", "王方")]),
    ];
    beside(&store, &contest, rows).await.unwrap();
    assert_eq!(store.entrant_names(&contest).await.unwrap(), [name("W001", "张伟"), name("W002", "王方")]);
    assert_eq!(store.notes(&["d1", "d2"]).await.unwrap(), [note]);

    // Only who is called otherwise than before has a past.
    let names = vec![name("W001", "章伟"), name("W002", "王方"), name("W003", "李娜")];
    beside(&store, &contest, vec![Beside::NamesPutRight { names: names.clone(), at: Instant(7) }]).await.unwrap();
    assert_eq!(store.entrant_names(&contest).await.unwrap(), names);
    let was = PastName { name: "张伟".into(), number: name("", "").number, until: Instant(7) };
    assert_eq!(store.past_names(&contest, &EntrantId::new("W001")).await.unwrap(), [was]);
    for entrant in ["W002", "W003"] {
        assert_eq!(store.past_names(&contest, &EntrantId::new(entrant)).await.unwrap(), [], "{entrant}");
    }

    store.erase_entrant_name(&contest, &EntrantId::new("W001")).await.unwrap();
    assert_eq!(store.entrant_names(&contest).await.unwrap(), names[1..]);
    assert_eq!(store.past_names(&contest, &EntrantId::new("W001")).await.unwrap(), []);
    store.erase_note("d1").await.unwrap();
    assert_eq!(store.notes(&["d1"]).await.unwrap(), []);
}

async fn papers_stay_as_they_were(database: Database) {
    let store = database.open().await;
    let contest = contest(&store).await;
    let document = |digest: &str, bytes: &[u8]| Document {
        digest: digest.into(),
        kind: "award-list".into(),
        seq: 12,
        bytes: bytes.to_vec(),
        created: Instant(4),
    };
    let certificate = |serial: &str| Certificate {
        serial: serial.into(),
        award: Id::new("first-prize"),
        winner: "W001".into(),
        issued: Instant(5),
    };
    let rows = vec![
        Beside::Document(document("d1", &[0, 1, 255])),
        Beside::Document(document("d1", b"another text under the same digest")),
        Beside::Certificates(vec![certificate("LT-2"), certificate("LT-1")]),
    ];
    beside(&store, &contest, rows).await.unwrap();
    assert_eq!(store.document(&contest, "d1").await.unwrap(), Some(document("d1", &[0, 1, 255])));
    assert_eq!(store.document(&contest, "d2").await.unwrap(), None);
    assert_eq!(store.documents(&contest).await.unwrap(), [document("d1", &[])]);
    assert_eq!(store.certificates(&contest).await.unwrap(), [certificate("LT-1"), certificate("LT-2")]);
    assert_eq!(store.certificate("LT-2").await.unwrap(), Some((contest.clone(), certificate("LT-2"))));
    assert_eq!(store.certificate("LT-3").await.unwrap(), None);
    let again = beside(&store, &contest, vec![Beside::Certificates(vec![certificate("LT-1")])]).await;
    assert!(matches!(again, Err(Error::Taken)));
}

async fn pictures_are_kept_once(database: Database) {
    let store = database.open().await;
    let picture = |bytes: Vec<u8>| Picture { digest: "abc".into(), media: "image/png".into(), bytes };
    assert!(store.put_picture(picture(vec![1, 0, 254]), Instant(1)).await.unwrap());
    assert!(store.put_picture(picture(vec![9]), Instant(2)).await.unwrap());
    assert_eq!(store.picture("abc").await.unwrap(), Some(picture(vec![1, 0, 254])));
    let large = Picture { digest: "large".into(), ..picture(vec![0; PICTURE_BYTES_MAX + 1]) };
    assert!(!store.put_picture(large, Instant(3)).await.unwrap());
    assert_eq!(store.picture("large").await.unwrap(), None);
    let largest = Picture { digest: "largest".into(), ..picture(vec![7; PICTURE_BYTES_MAX]) };
    assert!(store.put_picture(largest.clone(), Instant(3)).await.unwrap());
    assert_eq!(store.picture("largest").await.unwrap(), Some(largest));
}

async fn settings_are_replaced(database: Database) {
    let store = database.open().await;
    assert_eq!(store.setting("colour").await.unwrap(), None);
    store.set_setting("colour", "red").await.unwrap();
    store.set_setting("colour", "gold").await.unwrap();
    assert_eq!(store.setting("colour").await.unwrap().as_deref(), Some("gold"));
}

/// By language, `a` comes before `B`; by bytes, after it. Ranks and printed lists must not depend on the server.
async fn texts_sort_by_their_bytes(database: Database) {
    let store = database.open().await;
    let contest = contest(&store).await;
    let names = ["a", "B", "é", "一", "Z"].map(|entrant| name(entrant, "某"));
    beside(&store, &contest, vec![Beside::Names(names.to_vec())]).await.unwrap();
    let order: Vec<String> =
        store.entrant_names(&contest).await.unwrap().iter().map(|name| name.entrant.to_string()).collect();
    assert_eq!(order, ["B", "Z", "a", "é", "一"]);
}

async fn no_text_holds_a_nul(database: Database) {
    let store = database.open().await;
    let contest = contest(&store).await;
    let refused = beside(&store, &contest, vec![Beside::Names(vec![name("W001", "王\0芳")])]).await;
    assert!(matches!(refused, Err(Error::Nul)));
    assert!(matches!(store.put_people(&[person("p1", "\0")], Instant(1)).await, Err(Error::Nul)));
    // A backslash before the same letters is an ordinary text.
    beside(&store, &contest, vec![Beside::Names(vec![name("W001", "\\u0000")])]).await.unwrap();
    assert_eq!(store.entrant_names(&contest).await.unwrap()[0].name, "\\u0000");
}
