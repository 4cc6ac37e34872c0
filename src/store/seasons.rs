//! Which contests are sources of which: the lines that say so, of all contests.

use super::{
    Result, Store,
    ledger::{Line, line},
};
use crate::rules::names::ContestId;

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
        let of_contest = |(contest, seq, epoch, kind, version, at, salt, payload, leaf): Row| {
            Ok((ContestId::new(contest), line((seq, epoch, kind, version, at, salt, payload, leaf))?))
        };
        rows.into_iter().map(of_contest).collect()
    }
}
