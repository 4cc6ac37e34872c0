//! The list of contests on this server.

use super::{Error, Result, Store, ledger::Head, number};
use crate::rules::{
    ledger::Instant,
    names::{ContestId, PersonId},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contest {
    pub id: ContestId,
    pub title: String,
    /// The file of the definition it was made from, if any.
    pub file: Option<String>,
    pub head: Head,
    pub created: Instant,
}

type Row = (String, String, Option<String>, i64, i64, i64);

impl Store {
    /// A contest with an empty ledger in epoch 1. [`Error::Taken`] when the id is there.
    pub async fn create_contest(&self, id: &ContestId, title: &str, file: Option<&str>, now: Instant) -> Result<()> {
        if title.contains('\0') {
            return Err(Error::Nul);
        }
        let (id, title, file) = (id.clone(), title.to_owned(), file.map(str::to_owned));
        self.write(move |conn| {
            Box::pin(async move {
                on!(conn, db =>
                    sqlx::query("INSERT INTO contest (id, title, file, epoch, head, created_ms)
                                 VALUES ($1, $2, $3, 1, 0, $4)")
                        .bind(id.as_str())
                        .bind(title)
                        .bind(file)
                        .bind(now.0)
                        .execute(db)
                        .await
                        .map(drop))?;
                Ok(())
            })
        })
        .await
    }

    /// Takes back a contest whose ledger is still empty; any other stays.
    pub async fn drop_empty_contest(&self, id: &ContestId) -> Result<()> {
        let id = id.clone();
        self.write(move |conn| {
            Box::pin(async move {
                on!(conn, db =>
                    sqlx::query("DELETE FROM contest WHERE id = $1 AND head = 0")
                        .bind(id.as_str())
                        .execute(db)
                        .await
                        .map(drop))?;
                Ok(())
            })
        })
        .await
    }

    pub async fn contest(&self, id: &ContestId) -> Result<Option<Contest>> {
        let row: Option<Row> = on!(self.read(), db =>
            sqlx::query_as("SELECT id, title, file, epoch, head, created_ms FROM contest WHERE id = $1")
                .bind(id.as_str())
                .fetch_optional(db)
                .await)?;
        row.map(contest).transpose()
    }

    /// Every contest in which this person was ever given a role, in no order; whether they still have it, its ledger
    /// says. Finds ids that look alike as well, so that the answer is for sparing work, not for deciding.
    pub async fn contests_with(&self, person: &PersonId) -> Result<Vec<ContestId>> {
        if person.as_str().contains('\0') {
            return Err(Error::Nul);
        }
        let rows: Vec<(String,)> = on!(self.read(), db =>
            sqlx::query_as("SELECT DISTINCT contest FROM ledger WHERE kind = 'person-assigned' AND payload LIKE $1")
                .bind(format!("%\"person\":\"{}\"%", person.as_str()))
                .fetch_all(db)
                .await)?;
        Ok(rows.into_iter().map(|(id,)| ContestId::new(id)).collect())
    }

    /// All contests, the newest first.
    pub async fn contests(&self) -> Result<Vec<Contest>> {
        let rows: Vec<Row> = on!(self.read(), db =>
            sqlx::query_as("SELECT id, title, file, epoch, head, created_ms FROM contest
                            ORDER BY created_ms DESC, id COLLATE \"C\"")
                .fetch_all(db)
                .await)?;
        rows.into_iter().map(contest).collect()
    }
}

fn contest((id, title, file, epoch, seq, created): Row) -> Result<Contest> {
    Ok(Contest {
        id: ContestId::new(id),
        title,
        file,
        head: Head { epoch: number(epoch)?, seq: number(seq)? },
        created: Instant(created),
    })
}
