//! Banks as they are worked on: which text each item has now; and what was answered on many papers at once.

use super::{
    Result, Store, big,
    dialect::{self, Both, with_rows},
    items::{AnswerRow, ItemText, NEW_TEXTS},
    number,
};
use crate::rules::{
    ledger::{Instant, entry::Digest},
    names::{ContestId, Id, PaperId},
};

/// A picture of a bank without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureLine {
    pub name: String,
    pub media: String,
    pub ratio: String,
    pub bytes: u64,
}

impl Store {
    /// Puts these texts into a bank, all or none: an item that is there keeps its place, others follow in this order.
    pub async fn put_bank_rows(&self, contest: &ContestId, bank: &Id, items: &[ItemText], now: Instant) -> Result<()> {
        const ROWS: Both = with_rows!(
            "INSERT INTO bank_row (contest, bank, digest, item, position)
             SELECT $2, $3, value ->> 0, value ->> 1,
                    CAST(value ->> 2 AS BIGINT)
                        + (SELECT COALESCE(MAX(position), 0) FROM bank_row WHERE contest = $2 AND bank = $3) FROM",
            rows,
            "WHERE true ON CONFLICT (contest, bank, item) DO UPDATE SET digest = excluded.digest"
        );
        let texts: Vec<_> = items.iter().map(|item| (&item.digest.0, &item.item, &item.json)).collect();
        let rows: Vec<_> = (1_u64..).zip(items).map(|(at, item)| (&item.digest.0, &item.item, big(at))).collect();
        let (texts, rows) = (dialect::rows(&texts)?, dialect::rows(&rows)?);
        let (contest, bank) = (contest.clone(), bank.clone());
        self.write(move |mut conn| {
            Box::pin(async move {
                on!(&mut conn, db, sql = NEW_TEXTS => sqlx::query(sql)
                    .bind(texts)
                    .bind(contest.as_str())
                    .bind(now.0)
                    .execute(&mut **db)
                    .await
                    .map(drop))?;
                on!(&mut conn, db, sql = ROWS => sqlx::query(sql)
                    .bind(rows)
                    .bind(contest.as_str())
                    .bind(bank.as_str())
                    .execute(&mut **db)
                    .await
                    .map(drop))?;
                Ok(())
            })
        })
        .await
    }

    /// Takes an item out of a bank; its texts stay for the papers that ask it.
    pub async fn drop_bank_row(&self, contest: &ContestId, bank: &Id, item: &Id) -> Result<()> {
        let (contest, bank, item) = (contest.clone(), bank.clone(), item.clone());
        self.write(move |conn| {
            Box::pin(async move {
                on!(conn, db =>
                    sqlx::query("DELETE FROM bank_row WHERE contest = $1 AND bank = $2 AND item = $3")
                        .bind(contest.as_str())
                        .bind(bank.as_str())
                        .bind(item.as_str())
                        .execute(db)
                        .await
                        .map(drop))?;
                Ok(())
            })
        })
        .await
    }

    /// A bank as it stands, in its order.
    pub async fn bank_texts(&self, contest: &ContestId, bank: &Id) -> Result<Vec<ItemText>> {
        let rows: Vec<(String, String, String)> = on!(self.read(), db =>
            sqlx::query_as("SELECT item.digest, item.item, item.body FROM bank_row
                            JOIN item ON item.contest = bank_row.contest AND item.digest = bank_row.digest
                            WHERE bank_row.contest = $1 AND bank_row.bank = $2
                            ORDER BY bank_row.position, bank_row.item")
                .bind(contest.as_str())
                .bind(bank.as_str())
                .fetch_all(db)
                .await)?;
        Ok(rows.into_iter().map(|(digest, item, json)| ItemText { digest: Digest(digest), item, json }).collect())
    }

    /// All pictures of a contest's banks, by name.
    pub async fn item_pictures(&self, contest: &ContestId) -> Result<Vec<PictureLine>> {
        let rows: Vec<(String, String, String, i64)> = on!(self.read(), db =>
            sqlx::query_as("SELECT name, media, ratio, CAST(LENGTH(bytes) AS BIGINT) FROM item_picture
                            WHERE contest = $1 ORDER BY name")
                .bind(contest.as_str())
                .fetch_all(db)
                .await)?;
        let line = |(name, media, ratio, base64): (String, String, String, i64)| {
            Ok(PictureLine { name, media, ratio, bytes: number::<u64>(base64)? / 4 * 3 })
        };
        rows.into_iter().map(line).collect()
    }

    /// The answers on these papers, each paper's in their order.
    pub async fn answers_on(&self, contest: &ContestId, papers: &[PaperId]) -> Result<Vec<(PaperId, AnswerRow)>> {
        const ANSWERS: Both = with_rows!(
            "SELECT answer.paper, answer.n, answer.operation, answer.item, answer.answer, answer.at_ms, answer.chain FROM",
            rows,
            "AS sought CROSS JOIN answer WHERE answer.contest = $2 AND answer.paper = sought.value ->> 0
             ORDER BY answer.paper, answer.n"
        );
        let rows = dialect::rows(&papers.iter().map(|paper| (paper.as_str(),)).collect::<Vec<_>>())?;
        let found: Vec<Row> = on!(self.read(), db, sql = ANSWERS =>
            sqlx::query_as(sql).bind(rows).bind(contest.as_str()).fetch_all(db).await)?;
        let row = |(paper, n, operation, item, answer, at, chain): Row| {
            let row = AnswerRow { n: number(n)?, operation, item, answer, at: Instant(at), chain: Digest(chain) };
            Ok((PaperId::new(paper), row))
        };
        found.into_iter().map(row).collect()
    }
}

type Row = (String, i64, String, String, String, i64, String);
