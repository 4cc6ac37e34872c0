//! Which contests are sources of which: the lines that say so, of all contests.

use super::{Result, Store, ledger::Line, number};
use crate::rules::{ledger::Instant, names::ContestId};

type Row = (String, i64, i64, String, i64, i64, String, String, String);

impl Store {
    /// Every line that bound or released a source, by contest and then in its order.
    pub async fn source_lines(&self) -> Result<Vec<(ContestId, Line)>> {
        let rows: Vec<Row> = on!(self.read(), db =>
            sqlx::query_as("SELECT contest, seq, epoch, kind, version, at_ms, salt, payload, leaf FROM ledger
                            WHERE kind IN ('source-bound', 'source-released')
                            ORDER BY contest COLLATE \"C\", seq")
                .fetch_all(db)
                .await)?;
        let line = |(contest, seq, epoch, kind, version, at, salt, payload, leaf): Row| {
            let line = Line {
                seq: number(seq)?,
                epoch: number(epoch)?,
                kind,
                version: number(version)?,
                at: Instant(at),
                salt,
                payload,
                leaf,
            };
            Ok((ContestId::new(contest), line))
        };
        rows.into_iter().map(line).collect()
    }
}
