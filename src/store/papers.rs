//! What left the house: documents as they were sealed or published, and certificates.

use data_encoding::BASE64;

use super::{Conn, Error, Result, Store, big, number};
use crate::rules::{
    ledger::Instant,
    names::{ContestId, Id},
};

/// A document exactly as it was sealed or published; later programs change nothing of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// SHA-256 of the bytes, in hex.
    pub digest: String,
    pub kind: String,
    /// The last entry it was computed from.
    pub seq: u64,
    pub bytes: Vec<u8>,
    pub created: Instant,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Unique on the server.
    pub serial: String,
    pub award: Id,
    /// The text of [`crate::rules::result::Who`].
    pub winner: String,
    pub issued: Instant,
}

impl Store {
    /// Where a serial number was given out.
    pub async fn certificate(&self, serial: &str) -> Result<Option<(ContestId, Certificate)>> {
        if serial.contains('\0') {
            return Ok(None);
        }
        let row: Option<(String, String, String, String, i64)> = on!(self.read(), db =>
            sqlx::query_as("SELECT contest, serial, award, winner, issued_ms FROM certificate WHERE serial = $1")
                .bind(serial)
                .fetch_optional(db)
                .await)?;
        Ok(row.map(|(contest, serial, award, winner, issued)| {
            (ContestId::new(contest), Certificate { serial, award: Id::new(award), winner, issued: Instant(issued) })
        }))
    }

    /// All certificates of a contest, in the order in which they were issued, then by serial.
    pub async fn certificates(&self, contest: &ContestId) -> Result<Vec<Certificate>> {
        let rows: Vec<(String, String, String, i64)> = on!(self.read(), db =>
            sqlx::query_as("SELECT serial, award, winner, issued_ms FROM certificate WHERE contest = $1
                            ORDER BY issued_ms, serial COLLATE \"C\"")
                .bind(contest.as_str())
                .fetch_all(db)
                .await)?;
        let certificate = |(serial, award, winner, issued): (String, String, String, i64)| Certificate {
            serial,
            award: Id::new(award),
            winner,
            issued: Instant(issued),
        };
        Ok(rows.into_iter().map(certificate).collect())
    }

    /// The documents of a contest without their bytes (left empty), oldest first.
    pub async fn documents(&self, contest: &ContestId) -> Result<Vec<Document>> {
        let rows: Vec<(String, String, i64, String, i64)> = on!(self.read(), db =>
            sqlx::query_as("SELECT digest, kind, seq, '', created_ms FROM document WHERE contest = $1
                            ORDER BY created_ms, digest COLLATE \"C\"")
                .bind(contest.as_str())
                .fetch_all(db)
                .await)?;
        rows.into_iter().map(document).collect()
    }

    pub async fn document(&self, contest: &ContestId, digest: &str) -> Result<Option<Document>> {
        if digest.contains('\0') {
            return Ok(None);
        }
        let row: Option<(String, String, i64, String, i64)> = on!(self.read(), db =>
            sqlx::query_as("SELECT digest, kind, seq, bytes, created_ms FROM document
                            WHERE contest = $1 AND digest = $2")
                .bind(contest.as_str())
                .bind(digest)
                .fetch_optional(db)
                .await)?;
        row.map(document).transpose()
    }
}

/// The same bytes twice are one row.
pub(super) async fn write_document(conn: &mut Conn<'_>, contest: &ContestId, document: &Document) -> Result<()> {
    on!(conn, db =>
        sqlx::query("INSERT INTO document (contest, digest, kind, seq, bytes, created_ms) VALUES ($1, $2, $3, $4, $5, $6)
                     ON CONFLICT (contest, digest) DO NOTHING")
            .bind(contest.as_str())
            .bind(&document.digest)
            .bind(&document.kind)
            .bind(big(document.seq))
            .bind(BASE64.encode(&document.bytes))
            .bind(document.created.0)
            .execute(&mut **db)
            .await
            .map(drop))?;
    Ok(())
}

fn document((digest, kind, seq, bytes, created): (String, String, i64, String, i64)) -> Result<Document> {
    let bytes = BASE64.decode(bytes.as_bytes()).map_err(|_| Error::Corrupt("a document is not Base64"))?;
    Ok(Document { digest, kind, seq: number(seq)?, bytes, created: Instant(created) })
}
