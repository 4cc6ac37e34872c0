//! Whether the tables are those this program was written for, and making them so.

use sqlx::{Connection, migrate::Migrator};

use super::{
    On, Result, Store,
    dialect::{GUARDS_IN_PLACE, POSTGRES_GUARDS, SQLITE_GUARDS, TABLES_NAMED},
};

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// How a database's tables compare with this program's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// Nothing there yet: safe to make ready without asking.
    Empty,
    Current,
    /// `migrate` brings it up to date.
    Old,
    /// Written by a newer program, or altered by hand: this one must not touch it.
    Foreign,
}

impl Store {
    pub async fn schema(&self) -> Result<Schema> {
        if self.tables_named("_sqlx_migrations").await? == 0 {
            // Tables of ours without a record of how they came to be are nobody's empty database.
            return Ok(if self.tables_named("ledger").await? == 0 { Schema::Empty } else { Schema::Foreign });
        }
        let applied: Vec<(i64, Vec<u8>)> = on!(self.read(), db =>
            sqlx::query_as("SELECT version, checksum FROM _sqlx_migrations WHERE success ORDER BY version")
                .fetch_all(db)
                .await)?;
        let known: Vec<(i64, Vec<u8>)> =
            MIGRATIONS.iter().map(|migration| (migration.version, migration.checksum.to_vec())).collect();
        if !known.starts_with(&applied) {
            return Ok(Schema::Foreign);
        }
        let (guards,): (i64,) = on!(self.read(), db, sql = GUARDS_IN_PLACE =>
            sqlx::query_as(sql).fetch_one(db).await)?;
        Ok(if known.len() == applied.len() && guards == self.guards().count { Schema::Current } else { Schema::Old })
    }

    /// Whether `serve` may start on it.
    pub async fn schema_is_current(&self) -> Result<bool> {
        Ok(self.schema().await? == Schema::Current)
    }

    /// Brings the tables up to date and puts the ledger's guards in place. Doing it twice changes nothing.
    pub async fn migrate(&self) -> Result<()> {
        match &self.place {
            On::Sqlite(sqlite) => {
                let mut conn = sqlite.connect().await?;
                MIGRATIONS.run_direct(None, &mut conn, false).await?;
                sqlx::raw_sql(self.guards().sql).execute(&mut conn).await?;
                conn.close().await?;
                Ok(())
            }
            On::Postgres(pool) => {
                MIGRATIONS.run(pool).await?;
                sqlx::raw_sql(self.guards().sql).execute(pool).await?;
                Ok(())
            }
        }
    }

    async fn tables_named(&self, table: &'static str) -> Result<i64> {
        let (count,): (i64,) = on!(self.read(), db, sql = TABLES_NAMED =>
            sqlx::query_as(sql).bind(table).fetch_one(db).await)?;
        Ok(count)
    }

    fn guards(&self) -> super::dialect::Guards {
        match self.place {
            On::Sqlite(_) => SQLITE_GUARDS,
            On::Postgres(_) => POSTGRES_GUARDS,
        }
    }
}
