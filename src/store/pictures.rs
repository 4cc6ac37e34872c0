//! Uploaded pictures and papers, by the SHA-256 of their bytes. Whoever puts a picture that pages show has re-encoded it.

use data_encoding::BASE64;

use super::{
    Error, Result, Store, big,
    dialect::{self, Both, with_rows},
};
use crate::rules::ledger::Instant;

pub const PICTURE_BYTES_MAX: usize = 5 * 1024 * 1024;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// SHA-256 in hex.
    pub digest: String,
    /// `image/png`.
    pub media: String,
    pub bytes: Vec<u8>,
}

impl Store {
    /// The same picture twice is one row. `false`, and nothing written, when it is larger than [`PICTURE_BYTES_MAX`].
    pub async fn put_picture(&self, picture: Picture, now: Instant) -> Result<bool> {
        if picture.bytes.len() > PICTURE_BYTES_MAX {
            return Ok(false);
        }
        self.write(move |conn| {
            Box::pin(async move {
                on!(conn, db =>
                    sqlx::query("INSERT INTO picture (digest, media, size, bytes, created_ms) VALUES ($1, $2, $3, $4, $5)
                                 ON CONFLICT (digest) DO NOTHING")
                        .bind(picture.digest)
                        .bind(picture.media)
                        .bind(big(picture.bytes.len() as u64))
                        .bind(BASE64.encode(&picture.bytes))
                        .bind(now.0)
                        .execute(db)
                        .await
                        .map(drop))?;
                Ok(true)
            })
        })
        .await
    }

    pub async fn picture(&self, digest: &str) -> Result<Option<Picture>> {
        if digest.contains('\0') {
            return Ok(None);
        }
        let row: Option<(String, String, String)> = on!(self.read(), db =>
            sqlx::query_as("SELECT digest, media, bytes FROM picture WHERE digest = $1")
                .bind(digest)
                .fetch_optional(db)
                .await)?;
        row.map(|(digest, media, bytes)| {
            let bytes = BASE64.decode(bytes.as_bytes()).map_err(|_| Error::Corrupt("a picture is not Base64"))?;
            Ok(Picture { digest, media, bytes })
        })
        .transpose()
    }

    /// Those of these digests that are here, without reading what is in them.
    pub async fn known_pictures(&self, digests: &[&str]) -> Result<Vec<String>> {
        const KNOWN: Both = with_rows!(
            "SELECT DISTINCT picture.digest FROM",
            rows,
            "AS sought CROSS JOIN picture WHERE picture.digest = sought.value ->> 0"
        );
        let sought: Vec<[&str; 1]> = digests.iter().map(|digest| [*digest]).collect();
        let sought = dialect::rows(&sought)?;
        let rows: Vec<(String,)> = on!(self.read(), db, sql = KNOWN =>
            sqlx::query_as(sql).bind(sought).fetch_all(db).await)?;
        Ok(rows.into_iter().map(|(digest,)| digest).collect())
    }
}
