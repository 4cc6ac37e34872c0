//! Items by digest, their pictures, and the answers to them, each paper's in a row that only grows.

use data_encoding::BASE64;

use super::{
    Error, Result, Store, big,
    dialect::{self, Both, with_rows},
    number,
};
use crate::rules::{
    ledger::{Instant, entry::Digest},
    names::{ContestId, PaperId},
};

/// An item as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemText {
    pub digest: Digest,
    /// Its id in the bank.
    pub item: String,
    pub json: String,
}

/// One saved answer. `item` is empty in the row that closes a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerRow {
    /// From 1, without a gap.
    pub n: u64,
    pub operation: String,
    pub item: String,
    /// JSON.
    pub answer: String,
    pub at: Instant,
    pub chain: Digest,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemPicture {
    pub name: String,
    /// `image/svg+xml`.
    pub media: String,
    /// Width divided by height, as text; empty where it was not read.
    pub ratio: String,
    pub bytes: Vec<u8>,
}

/// Those that are there already stay as they are.
pub(super) const NEW_TEXTS: Both = with_rows!(
    "INSERT INTO item (contest, created_ms, digest, item, body)
     SELECT $2, CAST($3 AS BIGINT), value ->> 0, value ->> 1, value ->> 2 FROM",
    rows,
    "WHERE true ON CONFLICT (contest, digest) DO NOTHING"
);

impl Store {
    /// Those that are there already stay as they are.
    pub async fn put_items(&self, contest: &ContestId, items: Vec<ItemText>, now: Instant) -> Result<()> {
        let rows: Vec<_> = items.iter().map(|item| (&item.digest.0, &item.item, &item.json)).collect();
        let rows = dialect::rows(&rows)?;
        let contest = contest.clone();
        self.write(move |conn| {
            Box::pin(async move {
                on!(conn, db, sql = NEW_TEXTS =>
                    sqlx::query(sql).bind(rows).bind(contest.as_str()).bind(now.0).execute(db).await.map(drop))?;
                Ok(())
            })
        })
        .await
    }

    /// In no particular order; those that are not there are left out.
    pub async fn items(&self, contest: &ContestId, digests: &[&Digest]) -> Result<Vec<ItemText>> {
        const ITEMS: Both = with_rows!(
            "SELECT item.digest, item.item, item.body FROM",
            rows,
            "AS sought CROSS JOIN item WHERE item.contest = $2 AND item.digest = sought.value ->> 0"
        );
        let rows = dialect::rows(&digests.iter().map(|digest| (&digest.0,)).collect::<Vec<_>>())?;
        let found: Vec<(String, String, String)> = on!(self.read(), db, sql = ITEMS =>
            sqlx::query_as(sql).bind(rows).bind(contest.as_str()).fetch_all(db).await)?;
        Ok(found.into_iter().map(|(digest, item, json)| ItemText { digest: Digest(digest), item, json }).collect())
    }

    /// Replaces one of the same name.
    pub async fn put_item_picture(&self, contest: &ContestId, picture: ItemPicture) -> Result<()> {
        let contest = contest.clone();
        self.write(move |conn| {
            Box::pin(async move {
                on!(conn, db =>
                    sqlx::query("INSERT INTO item_picture (contest, name, media, bytes, ratio) VALUES ($1, $2, $3, $4, $5)
                                 ON CONFLICT (contest, name)
                                 DO UPDATE SET media = excluded.media, bytes = excluded.bytes, ratio = excluded.ratio")
                        .bind(contest.as_str())
                        .bind(picture.name)
                        .bind(picture.media)
                        .bind(BASE64.encode(&picture.bytes))
                        .bind(picture.ratio)
                        .execute(db)
                        .await
                        .map(drop))?;
                Ok(())
            })
        })
        .await
    }

    pub async fn item_picture(&self, contest: &ContestId, name: &str) -> Result<Option<ItemPicture>> {
        if name.contains('\0') {
            return Ok(None);
        }
        let row: Option<(String, String, String)> = on!(self.read(), db =>
            sqlx::query_as("SELECT media, bytes, ratio FROM item_picture WHERE contest = $1 AND name = $2")
                .bind(contest.as_str())
                .bind(name)
                .fetch_optional(db)
                .await)?;
        row.map(|(media, bytes, ratio)| {
            let bytes = BASE64.decode(bytes.as_bytes()).map_err(|_| Error::Corrupt("a picture is not Base64"))?;
            Ok(ItemPicture { name: name.to_owned(), media, ratio, bytes })
        })
        .transpose()
    }

    /// [`Error::Taken`], and nothing written, when there is a row of this number or of this operation already.
    pub async fn append_answer(&self, contest: &ContestId, paper: &PaperId, row: AnswerRow) -> Result<()> {
        if row.operation.contains('\0') || row.item.contains('\0') || row.answer.contains('\0') {
            return Err(Error::Nul);
        }
        let (contest, paper) = (contest.clone(), paper.clone());
        self.write(move |conn| {
            Box::pin(async move {
                on!(conn, db =>
                    sqlx::query("INSERT INTO answer (contest, paper, n, operation, item, answer, at_ms, chain)
                                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
                        .bind(contest.as_str())
                        .bind(paper.as_str())
                        .bind(big(row.n))
                        .bind(row.operation)
                        .bind(row.item)
                        .bind(row.answer)
                        .bind(row.at.0)
                        .bind(row.chain.0)
                        .execute(db)
                        .await
                        .map(drop))?;
                Ok(())
            })
        })
        .await
    }

    /// All of a paper, in the order in which they were given.
    pub async fn answers(&self, contest: &ContestId, paper: &PaperId) -> Result<Vec<AnswerRow>> {
        let rows: Vec<Row> = on!(self.read(), db =>
            sqlx::query_as("SELECT n, operation, item, answer, at_ms, chain FROM answer
                            WHERE contest = $1 AND paper = $2 ORDER BY n")
                .bind(contest.as_str())
                .bind(paper.as_str())
                .fetch_all(db)
                .await)?;
        rows.into_iter().map(row).collect()
    }

    /// The newest of a paper.
    pub async fn last_answer(&self, contest: &ContestId, paper: &PaperId) -> Result<Option<AnswerRow>> {
        let found: Option<Row> = on!(self.read(), db =>
            sqlx::query_as("SELECT n, operation, item, answer, at_ms, chain FROM answer
                            WHERE contest = $1 AND paper = $2 ORDER BY n DESC LIMIT 1")
                .bind(contest.as_str())
                .bind(paper.as_str())
                .fetch_optional(db)
                .await)?;
        found.map(row).transpose()
    }

    pub async fn answer_of_operation(
        &self,
        contest: &ContestId,
        paper: &PaperId,
        operation: &str,
    ) -> Result<Option<AnswerRow>> {
        if operation.contains('\0') {
            return Ok(None);
        }
        let found: Option<Row> = on!(self.read(), db =>
            sqlx::query_as("SELECT n, operation, item, answer, at_ms, chain FROM answer
                            WHERE contest = $1 AND paper = $2 AND operation = $3")
                .bind(contest.as_str())
                .bind(paper.as_str())
                .bind(operation)
                .fetch_optional(db)
                .await)?;
        found.map(row).transpose()
    }
}

type Row = (i64, String, String, String, i64, String);

fn row((n, operation, item, answer, at, chain): Row) -> Result<AnswerRow> {
    Ok(AnswerRow { n: number(n)?, operation, item, answer, at: Instant(at), chain: Digest(chain) })
}
