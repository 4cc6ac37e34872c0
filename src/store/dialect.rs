//! Everything that SQLite and PostgreSQL say differently.

/// One statement in both languages.
#[derive(Clone, Copy)]
pub(super) struct Both {
    pub(super) sqlite: &'static str,
    pub(super) postgres: &'static str,
}

/// A statement over many rows at once, which come as one JSON array of arrays in `$1`: `rows` stands where the
/// table is named, and a column is `value ->> 0`. To look many keys up, write `rows AS sought CROSS JOIN …
/// WHERE`: SQLite reads the left one first then, and never walks a whole table for a handful of keys.
macro_rules! with_rows {
    ($before:literal, rows, $after:literal) => {
        $crate::store::dialect::Both {
            sqlite: concat!($before, " json_each($1) ", $after),
            postgres: concat!($before, " jsonb_array_elements(CAST($1 AS JSONB)) ", $after),
        }
    };
}
pub(super) use with_rows;

/// Rows as the parameter of a [`with_rows!`] statement.
pub(super) fn rows<R: serde::Serialize>(rows: &[R]) -> super::Result<String> {
    let text = serde_json::to_string(rows).map_err(|_| super::Error::Corrupt("a row cannot be written as JSON"))?;
    // Both databases would fail on it, each in its own words and at its own time. A backslash in a value is
    // doubled by JSON, so an even number of them before `u0000` is harmless.
    let nul = text
        .match_indices("\\u0000")
        .any(|(at, _)| text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 0);
    if nul { Err(super::Error::Nul) } else { Ok(text) }
}

/// How many tables of this name (`$1`) there are: 0 or 1.
pub(super) const TABLES_NAMED: Both = Both {
    sqlite: "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1",
    postgres: "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = $1",
};

/// How many of the guards below are in place.
pub(super) const GUARDS_IN_PLACE: Both = Both {
    sqlite: "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('ledger', 'answer') AND name LIKE '%_keeps_%'",
    postgres: "SELECT COUNT(*) FROM pg_trigger WHERE tgrelid IN (to_regclass('ledger'), to_regclass('answer')) AND tgenabled <> 'D' AND tgname LIKE '%_keeps_%'",
};

pub(super) struct Guards {
    pub(super) count: i64,
    pub(super) sql: &'static str,
}

/// The ledger and the answers are append-only: each database refuses everything else by itself, whoever asks.
pub(super) const SQLITE_GUARDS: Guards = Guards {
    count: 5,
    sql: "
CREATE TRIGGER IF NOT EXISTS ledger_keeps_update BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS ledger_keeps_delete BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER IF NOT EXISTS ledger_keeps_insert BEFORE INSERT ON ledger
WHEN EXISTS (SELECT 1 FROM ledger WHERE contest = NEW.contest AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS answer_keeps_update BEFORE UPDATE ON answer
BEGIN SELECT RAISE(ABORT, 'answers are append-only'); END;
CREATE TRIGGER IF NOT EXISTS answer_keeps_delete BEFORE DELETE ON answer
BEGIN SELECT RAISE(ABORT, 'answers are append-only'); END;
",
};

pub(super) const POSTGRES_GUARDS: Guards = Guards {
    count: 4,
    sql: "
-- Two nodes that start at once would otherwise replace the same function under each other's hands.
SELECT pg_advisory_xact_lock(hashtext('leitai guards'));
CREATE OR REPLACE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$;
CREATE OR REPLACE TRIGGER ledger_keeps_rows BEFORE UPDATE OR DELETE ON ledger
FOR EACH ROW EXECUTE FUNCTION ledger_refuses();
CREATE OR REPLACE TRIGGER ledger_keeps_table BEFORE TRUNCATE ON ledger
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses();
CREATE OR REPLACE FUNCTION answer_refuses() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'answers are append-only'; END $$;
CREATE OR REPLACE TRIGGER answer_keeps_rows BEFORE UPDATE OR DELETE ON answer
FOR EACH ROW EXECUTE FUNCTION answer_refuses();
CREATE OR REPLACE TRIGGER answer_keeps_table BEFORE TRUNCATE ON answer
FOR EACH STATEMENT EXECUTE FUNCTION answer_refuses();
",
};
