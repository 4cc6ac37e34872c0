//! How workers come in: PINs and personal links of a contest's entrants, and who asked to become one.
//!
//! PINs are here as Argon2id strings, links as digests. Whoever is erased as an entrant loses all of it.

use super::{
    Error, Result, Store,
    dialect::{self, Both, with_rows},
    logins::{self, Session},
    names::{EntrantName, Person},
};
use crate::rules::{
    ledger::Instant,
    names::{ContestId, EntrantId},
};

/// How one entrant comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worker {
    pub entrant: EntrantId,
    /// A PHC string; `None` before the first log-in.
    pub pin: Option<String>,
    /// Somebody else has seen the PIN: it is to be replaced.
    pub once: bool,
    /// A digest.
    pub link: Option<String>,
}

/// Who asked to take part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applicant {
    /// 工号.
    pub number: String,
    pub name: String,
    pub unit: Option<String>,
    pub phone: Option<String>,
    /// A PHC string.
    pub pin: String,
    pub asked: Instant,
}

const END_SESSIONS: &str = "DELETE FROM session WHERE contest = $1 AND entrant = $2";

type WorkerRow = (String, Option<String>, i64, Option<String>);
type NameRow = (String, String, Option<String>, Option<String>, Option<String>, Option<String>);
type ApplicantRow = (String, String, Option<String>, Option<String>, String, i64);

impl Store {
    /// The entrants that somebody means by an employee number, or by the id on the list; two at most.
    pub async fn entrants_by_number(&self, contest: &ContestId, number: &str) -> Result<Vec<EntrantName>> {
        let rows: Vec<NameRow> = on!(self.read(), db =>
            sqlx::query_as("SELECT entrant, name, number, birth_date, gender, phone FROM entrant_name
                            WHERE contest = $1 AND (number = $2 OR entrant = $2)
                            ORDER BY entrant COLLATE \"C\" LIMIT 2")
                .bind(contest.as_str())
                .bind(clean(number)?)
                .fetch_all(db)
                .await)?;
        Ok(rows.into_iter().map(name).collect())
    }

    pub async fn entrant_name(&self, contest: &ContestId, entrant: &EntrantId) -> Result<Option<EntrantName>> {
        let row: Option<NameRow> = on!(self.read(), db =>
            sqlx::query_as("SELECT entrant, name, number, birth_date, gender, phone FROM entrant_name
                            WHERE contest = $1 AND entrant = $2")
                .bind(contest.as_str())
                .bind(clean(entrant.as_str())?)
                .fetch_optional(db)
                .await)?;
        Ok(row.map(name))
    }

    pub async fn worker(&self, contest: &ContestId, entrant: &EntrantId) -> Result<Option<Worker>> {
        let row: Option<WorkerRow> = on!(self.read(), db =>
            sqlx::query_as("SELECT entrant, pin, once, link FROM worker WHERE contest = $1 AND entrant = $2")
                .bind(contest.as_str())
                .bind(clean(entrant.as_str())?)
                .fetch_optional(db)
                .await)?;
        Ok(row.map(worker))
    }

    /// All of a contest who have a PIN or a link, ordered by entrant.
    pub async fn workers(&self, contest: &ContestId) -> Result<Vec<Worker>> {
        let rows: Vec<WorkerRow> = on!(self.read(), db =>
            sqlx::query_as("SELECT entrant, pin, once, link FROM worker WHERE contest = $1 ORDER BY entrant COLLATE \"C\"")
                .bind(contest.as_str())
                .fetch_all(db)
                .await)?;
        Ok(rows.into_iter().map(worker).collect())
    }

    /// Whose link has this digest.
    pub async fn worker_of_link(&self, digest: &str) -> Result<Option<(ContestId, EntrantId)>> {
        let row: Option<(String, String)> = on!(self.read(), db =>
            sqlx::query_as("SELECT contest, entrant FROM worker WHERE link = $1")
                .bind(clean(digest)?)
                .fetch_optional(db)
                .await)?;
        Ok(row.map(|(contest, entrant)| (ContestId::new(contest), EntrantId::new(entrant))))
    }

    /// The first PIN of somebody who has none; `false` when there is one.
    pub async fn set_first_pin(&self, contest: &ContestId, entrant: &EntrantId, pin: String) -> Result<bool> {
        let (contest, entrant) = (contest.clone(), entrant.clone());
        self.write(move |conn| {
            Box::pin(async move {
                let changed = on!(conn, db =>
                    sqlx::query("INSERT INTO worker (contest, entrant, pin, once) VALUES ($1, $2, $3, 0)
                                 ON CONFLICT (contest, entrant) DO UPDATE SET pin = excluded.pin, once = 0
                                 WHERE worker.pin IS NULL")
                        .bind(contest.as_str())
                        .bind(entrant.as_str())
                        .bind(pin)
                        .execute(db)
                        .await
                        .map(|done| done.rows_affected()))?;
                Ok(changed > 0)
            })
        })
        .await
    }

    /// PINs in place of the ones before, for which all sessions of these entrants end. With `once`, they are to be
    /// replaced by their owners.
    pub async fn set_pins(&self, contest: &ContestId, pins: &[(EntrantId, String)], once: bool) -> Result<()> {
        const PINS: Both = with_rows!(
            "INSERT INTO worker (contest, once, entrant, pin) SELECT $2, $3, value ->> 0, value ->> 1 FROM",
            rows,
            "WHERE true
             ON CONFLICT (contest, entrant) DO UPDATE SET pin = excluded.pin, once = excluded.once"
        );
        let rows: Vec<_> = pins.iter().map(|(entrant, pin)| (entrant.as_str(), pin)).collect();
        let rows = dialect::rows(&rows)?;
        let entrants: Vec<String> = pins.iter().map(|(entrant, _)| entrant.as_str().to_owned()).collect();
        let contest = contest.clone();
        self.write(move |mut conn| {
            Box::pin(async move {
                on!(&mut conn, db, sql = PINS =>
                    sqlx::query(sql)
                        .bind(rows)
                        .bind(contest.as_str())
                        .bind(i64::from(once))
                        .execute(&mut **db)
                        .await
                        .map(drop))?;
                for entrant in entrants {
                    on!(&mut conn, db =>
                        sqlx::query(END_SESSIONS)
                            .bind(contest.as_str())
                            .bind(entrant)
                            .execute(&mut **db)
                            .await
                            .map(drop))?;
                }
                Ok(())
            })
        })
        .await
    }

    /// Links in place of the ones before, which open nothing any more. Each is an entrant and a digest.
    pub async fn set_links(&self, contest: &ContestId, links: &[(EntrantId, String)]) -> Result<()> {
        const LINKS: Both = with_rows!(
            "INSERT INTO worker (contest, once, entrant, link) SELECT $2, 0, value ->> 0, value ->> 1 FROM",
            rows,
            "WHERE true ON CONFLICT (contest, entrant) DO UPDATE SET link = excluded.link"
        );
        let rows: Vec<_> = links.iter().map(|(entrant, link)| (entrant.as_str(), link)).collect();
        let rows = dialect::rows(&rows)?;
        let contest = contest.clone();
        self.write(move |conn| {
            Box::pin(async move {
                on!(conn, db, sql = LINKS =>
                    sqlx::query(sql).bind(rows).bind(contest.as_str()).execute(db).await.map(drop))?;
                Ok(())
            })
        })
        .await
    }

    /// A session, and the person by whose id its entries will name the worker.
    pub async fn begin_worker_session(&self, person: Person, session: Session) -> Result<()> {
        self.write(move |mut conn| {
            Box::pin(async move {
                on!(&mut conn, db =>
                    sqlx::query("INSERT INTO person (id, name, number, created_ms) VALUES ($1, $2, $3, $4)
                                 ON CONFLICT (id) DO UPDATE SET name = excluded.name, number = excluded.number")
                        .bind(person.id.as_str())
                        .bind(person.name)
                        .bind(person.number)
                        .bind(session.created.0)
                        .execute(&mut **db)
                        .await
                        .map(drop))?;
                logins::insert_session(conn, session).await
            })
        })
        .await
    }

    /// Forgets how an entrant comes in, and ends their sessions.
    pub async fn remove_worker(&self, contest: &ContestId, entrant: &EntrantId) -> Result<()> {
        let (contest, entrant) = (contest.clone(), entrant.clone());
        self.write(move |mut conn| {
            Box::pin(async move {
                on!(&mut conn, db =>
                    sqlx::query("DELETE FROM worker WHERE contest = $1 AND entrant = $2")
                        .bind(contest.as_str())
                        .bind(entrant.as_str())
                        .execute(&mut **db)
                        .await
                        .map(drop))?;
                on!(conn, db =>
                    sqlx::query(END_SESSIONS)
                        .bind(contest.as_str())
                        .bind(entrant.as_str())
                        .execute(db)
                        .await
                        .map(drop))?;
                Ok(())
            })
        })
        .await
    }

    /// [`Error::Taken`] when somebody with this number waits already, or `most` people do.
    pub async fn put_applicant(&self, contest: &ContestId, applicant: Applicant, most: i64) -> Result<()> {
        let contest = contest.clone();
        self.write(move |conn| {
            Box::pin(async move {
                let added = on!(conn, db =>
                    sqlx::query("INSERT INTO applicant (contest, number, name, unit, phone, pin, asked_ms)
                                 SELECT $1, $2, $3, $4, $5, $6, $7
                                 WHERE (SELECT COUNT(*) FROM applicant WHERE contest = $1) < $8
                                 ON CONFLICT (contest, number) DO NOTHING")
                        .bind(contest.as_str())
                        .bind(applicant.number)
                        .bind(applicant.name)
                        .bind(applicant.unit)
                        .bind(applicant.phone)
                        .bind(applicant.pin)
                        .bind(applicant.asked.0)
                        .bind(most)
                        .execute(db)
                        .await
                        .map(|done| done.rows_affected()))?;
                if added > 0 { Ok(()) } else { Err(Error::Taken) }
            })
        })
        .await
    }

    /// Who waits, the first first.
    pub async fn applicants(&self, contest: &ContestId) -> Result<Vec<Applicant>> {
        let rows: Vec<ApplicantRow> = on!(self.read(), db =>
            sqlx::query_as("SELECT number, name, unit, phone, pin, asked_ms FROM applicant WHERE contest = $1
                            ORDER BY asked_ms, number COLLATE \"C\"")
                .bind(contest.as_str())
                .fetch_all(db)
                .await)?;
        let applicant = |(number, name, unit, phone, pin, asked): ApplicantRow| Applicant {
            number,
            name,
            unit,
            phone,
            pin,
            asked: Instant(asked),
        };
        Ok(rows.into_iter().map(applicant).collect())
    }

    /// Takes somebody off the list of those who wait. `false` when nobody of this number waits.
    pub async fn remove_applicant(&self, contest: &ContestId, number: &str) -> Result<bool> {
        let (contest, number) = (contest.clone(), clean(number)?.to_owned());
        self.write(move |conn| {
            Box::pin(async move {
                let removed = on!(conn, db =>
                    sqlx::query("DELETE FROM applicant WHERE contest = $1 AND number = $2")
                        .bind(contest.as_str())
                        .bind(number)
                        .execute(db)
                        .await
                        .map(|done| done.rows_affected()))?;
                Ok(removed > 0)
            })
        })
        .await
    }
}

fn worker((entrant, pin, once, link): WorkerRow) -> Worker {
    Worker { entrant: EntrantId::new(entrant), pin, once: once != 0, link }
}

fn name((entrant, name, number, birth_date, gender, phone): NameRow) -> EntrantName {
    EntrantName { entrant: EntrantId::new(entrant), name, number, birth_date, gender, phone }
}

/// PostgreSQL fails on U+0000 even in a comparison; say so alike on both.
fn clean(text: &str) -> Result<&str> {
    if text.contains('\0') { Err(Error::Nul) } else { Ok(text) }
}
