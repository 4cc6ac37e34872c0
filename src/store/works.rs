//! What was handed in: titles, texts and places, and pictures, by salted digests that the ledger names.

use data_encoding::BASE64;

use super::{
    Conn, Error, Result, Store,
    dialect::{self, Both, with_rows},
};
use crate::rules::{
    ledger::{Instant, entry::Digest},
    names::ContestId,
};

/// Erasable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkText {
    /// SHA-256 over the salt and the three, in hex.
    pub digest: String,
    /// 16 bytes in hex.
    pub salt: String,
    pub title: String,
    pub text: String,
    pub place: String,
    pub created: Instant,
}

/// A JPEG without metadata; erasable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkPicture {
    /// SHA-256 over the salt and the bytes, in hex.
    pub digest: String,
    /// 16 bytes in hex.
    pub salt: String,
    pub bytes: Vec<u8>,
    pub created: Instant,
}

impl Store {
    /// In no particular order; those that are not there are left out.
    pub async fn work_texts(&self, contest: &ContestId, digests: &[&Digest]) -> Result<Vec<WorkText>> {
        const TEXTS: Both = with_rows!(
            "SELECT work_text.digest, work_text.salt, work_text.title, work_text.body, work_text.place,
                    work_text.created_ms FROM",
            rows,
            "AS sought CROSS JOIN work_text WHERE work_text.contest = $2 AND work_text.digest = sought.value ->> 0"
        );
        let rows = dialect::rows(&digests.iter().map(|digest| (&digest.0,)).collect::<Vec<_>>())?;
        let found: Vec<(String, String, String, String, String, i64)> = on!(self.read(), db, sql = TEXTS =>
            sqlx::query_as(sql).bind(rows).bind(contest.as_str()).fetch_all(db).await)?;
        let text = |(digest, salt, title, text, place, created)| WorkText {
            digest,
            salt,
            title,
            text,
            place,
            created: Instant(created),
        };
        Ok(found.into_iter().map(text).collect())
    }

    pub async fn work_picture(&self, contest: &ContestId, digest: &Digest) -> Result<Option<WorkPicture>> {
        let row: Option<(String, String, String, i64)> = on!(self.read(), db =>
            sqlx::query_as("SELECT digest, salt, bytes, created_ms FROM work_picture WHERE contest = $1 AND digest = $2")
                .bind(contest.as_str())
                .bind(digest.0.as_str())
                .fetch_optional(db)
                .await)?;
        row.map(|(digest, salt, bytes, created)| {
            let bytes = BASE64.decode(bytes.as_bytes()).map_err(|_| Error::Corrupt("a picture is not Base64"))?;
            Ok(WorkPicture { digest, salt, bytes, created: Instant(created) })
        })
        .transpose()
    }
}

/// The same text with the same salt twice is one row.
pub(super) async fn write_text(conn: &mut Conn<'_>, contest: &ContestId, text: &WorkText) -> Result<()> {
    if [&text.title, &text.text, &text.place].into_iter().any(|part| part.contains('\0')) {
        return Err(Error::Nul);
    }
    on!(conn, db =>
        sqlx::query("INSERT INTO work_text (contest, digest, salt, title, body, place, created_ms)
                     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (contest, digest) DO NOTHING")
            .bind(contest.as_str())
            .bind(&text.digest)
            .bind(&text.salt)
            .bind(&text.title)
            .bind(&text.text)
            .bind(&text.place)
            .bind(text.created.0)
            .execute(&mut **db)
            .await
            .map(drop))?;
    Ok(())
}

pub(super) async fn write_picture(conn: &mut Conn<'_>, contest: &ContestId, picture: &WorkPicture) -> Result<()> {
    on!(conn, db =>
        sqlx::query("INSERT INTO work_picture (contest, digest, salt, bytes, created_ms)
                     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (contest, digest) DO NOTHING")
            .bind(contest.as_str())
            .bind(&picture.digest)
            .bind(&picture.salt)
            .bind(BASE64.encode(&picture.bytes))
            .bind(picture.created.0)
            .execute(&mut **db)
            .await
            .map(drop))?;
    Ok(())
}

/// Texts and pictures that these digests name.
pub(super) async fn erase(conn: &mut Conn<'_>, contest: &ContestId, digests: &[Digest]) -> Result<()> {
    for digest in digests {
        on!(conn, db =>
            sqlx::query("DELETE FROM work_text WHERE contest = $1 AND digest = $2")
                .bind(contest.as_str())
                .bind(digest.0.as_str())
                .execute(&mut **db)
                .await
                .map(drop))?;
        on!(conn, db =>
            sqlx::query("DELETE FROM work_picture WHERE contest = $1 AND digest = $2")
                .bind(contest.as_str())
                .bind(digest.0.as_str())
                .execute(&mut **db)
                .await
                .map(drop))?;
    }
    Ok(())
}
