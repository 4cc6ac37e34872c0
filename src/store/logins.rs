//! Who may come in: accounts, the codes on judges' cards, and sessions.
//!
//! Tokens and codes are here as digests only, passwords as Argon2id strings: this file never sees a secret, and
//! neither does whoever copies the database.

use super::{Conn, Error, Result, Store};
use crate::rules::{
    ledger::Instant,
    names::{ContestId, EntrantId, PersonId},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub login: String,
    pub person: PersonId,
    /// A PHC string.
    pub password: String,
    pub admin: bool,
}

/// One printed card. `token` and `short` are digests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginCode {
    pub token: String,
    pub short: String,
    pub person: PersonId,
    pub contest: ContestId,
    /// Who handed it out.
    pub issued_by: Option<PersonId>,
    pub created: Instant,
    pub expires: Instant,
}

/// A browser that came in. `token` is a digest; with a contest, it opens that contest only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub token: String,
    pub person: PersonId,
    pub contest: Option<ContestId>,
    /// Whose own device it is, of that contest: a worker's.
    pub entrant: Option<EntrantId>,
    pub created: Instant,
    pub last_seen: Instant,
    pub expires: Instant,
}

type SessionRow = (String, String, Option<String>, Option<String>, i64, i64, i64);

const END_CARDS: &str = "DELETE FROM login_code WHERE person = $1 AND contest = $2";
const END_SESSIONS: &str = "DELETE FROM session WHERE person = $1";
const END_SESSIONS_HERE: &str = "DELETE FROM session WHERE person = $1 AND contest = $2";

impl Store {
    /// [`Error::Taken`] when the login is there; its person must be.
    pub async fn create_account(&self, account: Account, now: Instant) -> Result<()> {
        if account.login.contains('\0') {
            return Err(Error::Nul);
        }
        self.write(move |conn| {
            Box::pin(async move {
                on!(conn, db =>
                    sqlx::query("INSERT INTO account (login, person, password, admin, created_ms)
                                 VALUES ($1, $2, $3, $4, $5)")
                        .bind(account.login)
                        .bind(account.person.as_str())
                        .bind(account.password)
                        .bind(i64::from(account.admin))
                        .bind(now.0)
                        .execute(db)
                        .await
                        .map(drop))?;
                Ok(())
            })
        })
        .await
    }

    pub async fn account(&self, login: &str) -> Result<Option<Account>> {
        let row: Option<(String, String, String, i64)> = on!(self.read(), db =>
            sqlx::query_as("SELECT login, person, password, admin FROM account WHERE login = $1")
                .bind(clean(login)?)
                .fetch_optional(db)
                .await)?;
        Ok(row.map(account))
    }

    /// All accounts, ordered by login.
    pub async fn accounts(&self) -> Result<Vec<Account>> {
        let rows: Vec<(String, String, String, i64)> = on!(self.read(), db =>
            sqlx::query_as("SELECT login, person, password, admin FROM account ORDER BY login COLLATE \"C\"")
                .fetch_all(db)
                .await)?;
        Ok(rows.into_iter().map(account).collect())
    }

    /// Whether any of this person's accounts may do what administrators do.
    pub async fn is_admin(&self, person: &PersonId) -> Result<bool> {
        let (count,): (i64,) = on!(self.read(), db =>
            sqlx::query_as("SELECT COUNT(*) FROM account WHERE person = $1 AND admin = 1")
                .bind(person.as_str())
                .fetch_one(db)
                .await)?;
        Ok(count > 0)
    }

    /// A new password closes all sessions of its person. `false` when there is no such login.
    pub async fn set_password(&self, login: &str, password: String) -> Result<bool> {
        let login = clean(login)?.to_owned();
        self.write(move |mut conn| {
            Box::pin(async move {
                let person: Option<(String,)> = on!(&mut conn, db =>
                    sqlx::query_as("UPDATE account SET password = $2 WHERE login = $1 RETURNING person")
                        .bind(login)
                        .bind(password)
                        .fetch_optional(&mut **db)
                        .await)?;
                let Some((person,)) = person else { return Ok(false) };
                on!(conn, db =>
                    sqlx::query(END_SESSIONS).bind(person).execute(db).await.map(drop))?;
                Ok(true)
            })
        })
        .await
    }

    /// `false` when there is no such login. The person and their sessions stay.
    pub async fn remove_account(&self, login: &str) -> Result<bool> {
        let login = clean(login)?.to_owned();
        self.write(move |conn| {
            Box::pin(async move {
                let removed = on!(conn, db =>
                    sqlx::query("DELETE FROM account WHERE login = $1")
                        .bind(login)
                        .execute(db)
                        .await
                        .map(|done| done.rows_affected()))?;
                Ok(removed > 0)
            })
        })
        .await
    }

    /// A card replaces the earlier ones of this person in this contest, whose sessions end.
    pub async fn put_login_code(&self, code: LoginCode) -> Result<()> {
        self.write(move |mut conn| {
            Box::pin(async move {
                on!(&mut conn, db =>
                    sqlx::query(END_CARDS)
                        .bind(code.person.as_str())
                        .bind(code.contest.as_str())
                        .execute(&mut **db)
                        .await
                        .map(drop))?;
                on!(&mut conn, db =>
                    sqlx::query(END_SESSIONS_HERE)
                        .bind(code.person.as_str())
                        .bind(code.contest.as_str())
                        .execute(&mut **db)
                        .await
                        .map(drop))?;
                on!(conn, db =>
                    sqlx::query("INSERT INTO login_code (token, short, person, contest, created_ms, expires_ms, issued_by)
                                 VALUES ($1, $2, $3, $4, $5, $6, $7)")
                        .bind(code.token)
                        .bind(code.short)
                        .bind(code.person.as_str())
                        .bind(code.contest.as_str())
                        .bind(code.created.0)
                        .bind(code.expires.0)
                        .bind(code.issued_by.as_ref().map(PersonId::as_str))
                        .execute(db)
                        .await
                        .map(drop))?;
                Ok(())
            })
        })
        .await
    }

    /// The card with this digest, of its token or of its short code, unless it has expired.
    pub async fn login_code(&self, digest: &str, now: Instant) -> Result<Option<LoginCode>> {
        type Row = (String, String, String, String, i64, i64, Option<String>);
        let row: Option<Row> = on!(self.read(), db =>
            sqlx::query_as("SELECT token, short, person, contest, created_ms, expires_ms, issued_by FROM login_code
                            WHERE (token = $1 OR short = $1) AND expires_ms > $2")
                .bind(clean(digest)?)
                .bind(now.0)
                .fetch_optional(db)
                .await)?;
        Ok(row.map(|(token, short, person, contest, created, expires, issued_by)| LoginCode {
            token,
            short,
            person: PersonId::new(person),
            contest: ContestId::new(contest),
            issued_by: issued_by.map(PersonId::new),
            created: Instant(created),
            expires: Instant(expires),
        }))
    }

    /// Ends a person's cards and sessions in one contest.
    pub async fn revoke_login_codes(&self, person: &PersonId, contest: &ContestId) -> Result<()> {
        let (person, contest) = (person.clone(), contest.clone());
        self.write(move |mut conn| {
            Box::pin(async move {
                on!(&mut conn, db =>
                    sqlx::query(END_CARDS)
                        .bind(person.as_str())
                        .bind(contest.as_str())
                        .execute(&mut **db)
                        .await
                        .map(drop))?;
                on!(conn, db =>
                    sqlx::query(END_SESSIONS_HERE)
                        .bind(person.as_str())
                        .bind(contest.as_str())
                        .execute(db)
                        .await
                        .map(drop))?;
                Ok(())
            })
        })
        .await
    }

    pub async fn create_session(&self, session: Session) -> Result<()> {
        self.write(move |conn| Box::pin(insert_session(conn, session))).await
    }

    /// The session with this digest, unless it has expired.
    pub async fn session(&self, token: &str, now: Instant) -> Result<Option<Session>> {
        let row: Option<SessionRow> = on!(self.read(), db =>
            sqlx::query_as("SELECT token, person, contest, entrant, created_ms, last_seen_ms, expires_ms FROM session
                            WHERE token = $1 AND expires_ms > $2")
                .bind(clean(token)?)
                .bind(now.0)
                .fetch_optional(db)
                .await)?;
        Ok(row.map(|(token, person, contest, entrant, created, last_seen, expires)| Session {
            token,
            person: PersonId::new(person),
            contest: contest.map(ContestId::new),
            entrant: entrant.map(EntrantId::new),
            created: Instant(created),
            last_seen: Instant(last_seen),
            expires: Instant(expires),
        }))
    }

    /// Notes that a session was used, and until when it may be used again.
    pub async fn touch_session(&self, token: &str, now: Instant, expires: Instant) -> Result<()> {
        let token = clean(token)?.to_owned();
        self.write(move |conn| {
            Box::pin(async move {
                on!(conn, db =>
                    sqlx::query("UPDATE session SET last_seen_ms = $2, expires_ms = $3 WHERE token = $1")
                        .bind(token)
                        .bind(now.0)
                        .bind(expires.0)
                        .execute(db)
                        .await
                        .map(drop))?;
                Ok(())
            })
        })
        .await
    }

    pub async fn end_session(&self, token: &str) -> Result<()> {
        let token = clean(token)?.to_owned();
        self.write(move |conn| {
            Box::pin(async move {
                on!(conn, db =>
                    sqlx::query("DELETE FROM session WHERE token = $1").bind(token).execute(db).await.map(drop))?;
                Ok(())
            })
        })
        .await
    }

    /// Ends all sessions of a person, wherever they came in.
    pub async fn end_sessions_of(&self, person: &PersonId) -> Result<()> {
        let person = person.clone();
        self.write(move |conn| {
            Box::pin(async move {
                on!(conn, db =>
                    sqlx::query(END_SESSIONS)
                        .bind(person.as_str())
                        .execute(db)
                        .await
                        .map(drop))?;
                Ok(())
            })
        })
        .await
    }

    /// Removes what has expired.
    pub async fn sweep_logins(&self, now: Instant) -> Result<()> {
        self.write(move |mut conn| {
            Box::pin(async move {
                on!(&mut conn, db =>
                    sqlx::query("DELETE FROM session WHERE expires_ms <= $1")
                        .bind(now.0)
                        .execute(&mut **db)
                        .await
                        .map(drop))?;
                on!(conn, db =>
                    sqlx::query("DELETE FROM login_code WHERE expires_ms <= $1")
                        .bind(now.0)
                        .execute(db)
                        .await
                        .map(drop))?;
                Ok(())
            })
        })
        .await
    }
}

pub(super) async fn insert_session(conn: Conn<'_>, session: Session) -> Result<()> {
    on!(conn, db =>
        sqlx::query("INSERT INTO session (token, person, contest, entrant, created_ms, last_seen_ms, expires_ms)
                     VALUES ($1, $2, $3, $4, $5, $6, $7)")
            .bind(session.token)
            .bind(session.person.as_str())
            .bind(session.contest.as_ref().map(ContestId::as_str))
            .bind(session.entrant.as_ref().map(EntrantId::as_str))
            .bind(session.created.0)
            .bind(session.last_seen.0)
            .bind(session.expires.0)
            .execute(db)
            .await
            .map(drop))?;
    Ok(())
}

fn account((login, person, password, admin): (String, String, String, i64)) -> Account {
    Account { login, person: PersonId::new(person), password, admin: admin != 0 }
}

/// PostgreSQL fails on U+0000 even in a comparison; say so alike on both.
fn clean(text: &str) -> Result<&str> {
    if text.contains('\0') { Err(Error::Nul) } else { Ok(text) }
}
