//! Ordinary rows that are committed together with the entries that refer to them.
//!
//! An entry holds the digest of a reason, the row its text; an entry names `W017`, the row says who that is.
//! Either both are there or neither.

use super::{
    Conn, Error, Result,
    dialect::{self, Both, with_rows},
    names::EntrantName,
    papers::{Certificate, Document},
    works::{WorkPicture, WorkText},
};
use crate::rules::{
    ledger::{Instant, entry::Digest},
    names::ContestId,
};

#[derive(Clone, Debug, PartialEq)]
pub enum Beside {
    /// Replaces the names of those entrants that are there already.
    Names(Vec<EntrantName>),
    /// The same, keeping what another name or number was until then.
    NamesPutRight {
        names: Vec<EntrantName>,
        at: Instant,
    },
    /// The same text with the same salt twice is one row.
    Note(Note),
    /// A serial that is taken fails the whole commit with [`Error::Taken`].
    Certificates(Vec<Certificate>),
    Document(Document),
    /// The same with the same salt twice is one row.
    WorkText(WorkText),
    WorkPicture(WorkPicture),
    /// Their texts and pictures go.
    WorkErased(Vec<Digest>),
    /// The contest's title, as lists show it.
    Title(String),
}

/// Erasable free text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// SHA-256 over salt and text, in hex; entries hold it.
    pub digest: String,
    /// 16 bytes in hex.
    pub salt: String,
    pub text: String,
    pub created: Instant,
}

pub(super) async fn write(conn: &mut Conn<'_>, contest: &ContestId, rows: &[Beside]) -> Result<()> {
    for row in rows {
        match row {
            Beside::Names(names) => write_names(conn, contest, names).await?,
            Beside::NamesPutRight { names, at } => {
                keep_names(conn, contest, names, *at).await?;
                write_names(conn, contest, names).await?;
            }
            Beside::Note(note) => write_note(conn, contest, note).await?,
            Beside::Certificates(issued) => write_certificates(conn, contest, issued).await?,
            Beside::Document(document) => super::papers::write_document(conn, contest, document).await?,
            Beside::WorkText(text) => super::works::write_text(conn, contest, text).await?,
            Beside::WorkPicture(picture) => super::works::write_picture(conn, contest, picture).await?,
            Beside::WorkErased(digests) => super::works::erase(conn, contest, digests).await?,
            Beside::Title(title) => write_title(conn, contest, title).await?,
        }
    }
    Ok(())
}

async fn write_names(conn: &mut Conn<'_>, contest: &ContestId, names: &[EntrantName]) -> Result<()> {
    const NAMES: Both = with_rows!(
        "INSERT INTO entrant_name (contest, entrant, name, number, birth_date, gender, phone)
         SELECT $2, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM",
        rows,
        "WHERE true
         ON CONFLICT (contest, entrant) DO UPDATE SET name = excluded.name, number = excluded.number,
             birth_date = excluded.birth_date, gender = excluded.gender, phone = excluded.phone"
    );
    let rows: Vec<_> =
        names.iter().map(|n| (n.entrant.as_str(), &n.name, &n.number, &n.birth_date, &n.gender, &n.phone)).collect();
    let rows = dialect::rows(&rows)?;
    on!(conn, db, sql = NAMES =>
        sqlx::query(sql).bind(rows).bind(contest.as_str()).execute(&mut **db).await.map(drop))?;
    Ok(())
}

async fn keep_names(conn: &mut Conn<'_>, contest: &ContestId, names: &[EntrantName], at: Instant) -> Result<()> {
    const PAST: Both = with_rows!(
        "INSERT INTO entrant_name_past (contest, entrant, replaced_ms, name, number)
         SELECT old.contest, old.entrant, $3, old.name, old.number FROM",
        rows,
        "AS new CROSS JOIN entrant_name AS old
         WHERE old.contest = $2 AND old.entrant = new.value ->> 0
             AND (old.name <> new.value ->> 1 OR COALESCE(old.number, '') <> COALESCE(new.value ->> 2, ''))
         ON CONFLICT (contest, entrant, replaced_ms) DO NOTHING"
    );
    let rows: Vec<_> = names.iter().map(|n| (n.entrant.as_str(), &n.name, &n.number)).collect();
    let rows = dialect::rows(&rows)?;
    on!(conn, db, sql = PAST =>
        sqlx::query(sql).bind(rows).bind(contest.as_str()).bind(at.0).execute(&mut **db).await.map(drop))?;
    Ok(())
}

async fn write_note(conn: &mut Conn<'_>, contest: &ContestId, note: &Note) -> Result<()> {
    if note.text.contains('\0') {
        return Err(Error::Nul);
    }
    on!(conn, db =>
        sqlx::query("INSERT INTO note (digest, contest, salt, text, created_ms) VALUES ($1, $2, $3, $4, $5)
                     ON CONFLICT (digest) DO NOTHING")
            .bind(&note.digest)
            .bind(contest.as_str())
            .bind(&note.salt)
            .bind(&note.text)
            .bind(note.created.0)
            .execute(&mut **db)
            .await
            .map(drop))?;
    Ok(())
}

async fn write_certificates(conn: &mut Conn<'_>, contest: &ContestId, issued: &[Certificate]) -> Result<()> {
    const CERTIFICATES: Both = with_rows!(
        "INSERT INTO certificate (contest, serial, award, winner, issued_ms)
         SELECT $2, value ->> 0, value ->> 1, value ->> 2, CAST(value ->> 3 AS BIGINT) FROM",
        rows,
        ""
    );
    let rows: Vec<_> = issued.iter().map(|c| (&c.serial, c.award.as_str(), &c.winner, c.issued)).collect();
    let rows = dialect::rows(&rows)?;
    on!(conn, db, sql = CERTIFICATES =>
        sqlx::query(sql).bind(rows).bind(contest.as_str()).execute(&mut **db).await.map(drop))?;
    Ok(())
}

async fn write_title(conn: &mut Conn<'_>, contest: &ContestId, title: &str) -> Result<()> {
    on!(conn, db =>
        sqlx::query("UPDATE contest SET title = $2 WHERE id = $1")
            .bind(contest.as_str())
            .bind(title)
            .execute(&mut **db)
            .await
            .map(drop))?;
    Ok(())
}
