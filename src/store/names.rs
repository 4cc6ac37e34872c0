//! Personal data: who the people and entrants of the ledgers are, and the texts they wrote.
//!
//! All of it can be erased while every entry still holds: the ledger knows ids and salted digests only.

use super::{
    Beside, Error, Result, Store,
    beside::{self, Note},
    dialect::{self, Both, with_rows},
};
use crate::rules::{
    ledger::Instant,
    names::{ContestId, EntrantId, PersonId},
};

/// Somebody who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    /// 工号.
    pub number: Option<String>,
    pub phone: Option<String>,
}

/// Who an entrant of one contest is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntrantName {
    pub entrant: EntrantId,
    pub name: String,
    /// 工号.
    pub number: Option<String>,
    /// ISO 8601.
    pub birth_date: Option<String>,
    pub gender: Option<String>,
    pub phone: Option<String>,
}

/// What an entrant was called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastName {
    pub name: String,
    pub number: Option<String>,
    pub until: Instant,
}

type PersonRow = (String, String, Option<String>, Option<String>);

impl Store {
    /// Adds these people, or changes those that are there.
    pub async fn put_people(&self, people: &[Person], now: Instant) -> Result<()> {
        const PEOPLE: Both = with_rows!(
            "INSERT INTO person (created_ms, id, name, number, phone)
             SELECT $2, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM",
            rows,
            "WHERE true
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, number = excluded.number, phone = excluded.phone"
        );
        let rows: Vec<_> = people.iter().map(|p| (p.id.as_str(), &p.name, &p.number, &p.phone)).collect();
        let rows = dialect::rows(&rows)?;
        self.write(move |conn| {
            Box::pin(async move {
                on!(conn, db, sql = PEOPLE => sqlx::query(sql).bind(rows).bind(now.0).execute(db).await.map(drop))?;
                Ok(())
            })
        })
        .await
    }

    /// Those of these people who are known, ordered by id.
    pub async fn people(&self, ids: &[PersonId]) -> Result<Vec<Person>> {
        const PEOPLE: Both = with_rows!(
            "SELECT person.id, person.name, person.number, person.phone FROM",
            rows,
            "AS sought CROSS JOIN person WHERE person.id = sought.value ->> 0 ORDER BY person.id COLLATE \"C\""
        );
        let sought: Vec<[&str; 1]> = ids.iter().map(|id| [id.as_str()]).collect();
        let sought = dialect::rows(&sought)?;
        let rows: Vec<PersonRow> = on!(self.read(), db, sql = PEOPLE =>
            sqlx::query_as(sql).bind(sought).fetch_all(db).await)?;
        Ok(rows.into_iter().map(person).collect())
    }

    /// Blanks what is known of a person; the id stays, because entries name it.
    pub async fn erase_person(&self, id: &PersonId, now: Instant) -> Result<()> {
        let id = id.clone();
        self.write(move |conn| {
            Box::pin(async move {
                on!(conn, db =>
                    sqlx::query("UPDATE person SET name = '', number = NULL, phone = NULL, erased_ms = $2 WHERE id = $1")
                        .bind(id.as_str())
                        .bind(now.0)
                        .execute(db)
                        .await
                        .map(drop))?;
                Ok(())
            })
        })
        .await
    }

    /// The names of a contest's entrants, ordered by entrant.
    pub async fn entrant_names(&self, contest: &ContestId) -> Result<Vec<EntrantName>> {
        type Row = (String, String, Option<String>, Option<String>, Option<String>, Option<String>);
        let rows: Vec<Row> = on!(self.read(), db =>
            sqlx::query_as("SELECT entrant, name, number, birth_date, gender, phone FROM entrant_name
                            WHERE contest = $1 ORDER BY entrant COLLATE \"C\"")
                .bind(contest.as_str())
                .fetch_all(db)
                .await)?;
        let name = |(entrant, name, number, birth_date, gender, phone): Row| EntrantName {
            entrant: EntrantId::new(entrant),
            name,
            number,
            birth_date,
            gender,
            phone,
        };
        Ok(rows.into_iter().map(name).collect())
    }

    /// Adds or replaces names alone, where no fact of an entrant changes.
    pub async fn put_entrant_names(&self, contest: &ContestId, names: Vec<EntrantName>) -> Result<()> {
        let (contest, names) = (contest.clone(), [Beside::Names(names)]);
        self.write(move |conn| {
            Box::pin(async move {
                let mut conn = conn;
                beside::write(&mut conn, &contest, &names).await
            })
        })
        .await
    }

    /// What an entrant was called before, the newest first.
    pub async fn past_names(&self, contest: &ContestId, entrant: &EntrantId) -> Result<Vec<PastName>> {
        let rows: Vec<(String, Option<String>, i64)> = on!(self.read(), db =>
            sqlx::query_as("SELECT name, number, replaced_ms FROM entrant_name_past
                            WHERE contest = $1 AND entrant = $2 ORDER BY replaced_ms DESC")
                .bind(contest.as_str())
                .bind(entrant.as_str())
                .fetch_all(db)
                .await)?;
        let past = |(name, number, until)| PastName { name, number, until: Instant(until) };
        Ok(rows.into_iter().map(past).collect())
    }

    /// What the entrant is called and was called before.
    pub async fn erase_entrant_name(&self, contest: &ContestId, entrant: &EntrantId) -> Result<()> {
        let (contest, entrant) = (contest.clone(), entrant.clone());
        self.write(move |conn| {
            Box::pin(async move {
                let mut conn = conn;
                for sql in [
                    "DELETE FROM entrant_name WHERE contest = $1 AND entrant = $2",
                    "DELETE FROM entrant_name_past WHERE contest = $1 AND entrant = $2",
                ] {
                    on!(&mut conn, db =>
                        sqlx::query(sql).bind(contest.as_str()).bind(entrant.as_str()).execute(&mut **db).await.map(drop))?;
                }
                Ok(())
            })
        })
        .await
    }

    /// Those of these notes that were not erased, in no particular order.
    pub async fn notes(&self, digests: &[&str]) -> Result<Vec<Note>> {
        const NOTES: Both = with_rows!(
            "SELECT note.digest, note.salt, note.text, note.created_ms FROM",
            rows,
            "AS sought CROSS JOIN note WHERE note.digest = sought.value ->> 0"
        );
        let sought: Vec<[&str; 1]> = digests.iter().map(|digest| [*digest]).collect();
        let sought = dialect::rows(&sought)?;
        let rows: Vec<(String, String, String, i64)> = on!(self.read(), db, sql = NOTES =>
            sqlx::query_as(sql).bind(sought).fetch_all(db).await)?;
        let note = |(digest, salt, text, created)| Note { digest, salt, text, created: Instant(created) };
        Ok(rows.into_iter().map(note).collect())
    }

    pub async fn erase_note(&self, digest: &str) -> Result<()> {
        if digest.contains('\0') {
            return Err(Error::Nul);
        }
        let digest = digest.to_owned();
        self.write(move |conn| {
            Box::pin(async move {
                on!(conn, db =>
                    sqlx::query("DELETE FROM note WHERE digest = $1").bind(digest).execute(db).await.map(drop))?;
                Ok(())
            })
        })
        .await
    }
}

fn person((id, name, number, phone): PersonRow) -> Person {
    Person { id: PersonId::new(id), name, number, phone }
}
