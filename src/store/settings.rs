//! Single values of this server that are kept between starts.

use super::{Result, Store};

impl Store {
    pub async fn setting(&self, name: &'static str) -> Result<Option<String>> {
        let row: Option<(String,)> = on!(self.read(), db =>
            sqlx::query_as("SELECT value FROM setting WHERE name = $1").bind(name).fetch_optional(db).await)?;
        Ok(row.map(|(value,)| value))
    }

    /// What is kept, or `fresh`, which is then kept; the same for everybody who asks at once.
    pub async fn setting_or(&self, name: &'static str, fresh: &str) -> Result<String> {
        if let Some(kept) = self.setting(name).await? {
            return Ok(kept);
        }
        let value = fresh.to_owned();
        self.write(move |conn| {
            Box::pin(async move {
                on!(conn, db =>
                    sqlx::query("INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
                        .bind(name)
                        .bind(value)
                        .execute(db)
                        .await
                        .map(drop))?;
                Ok(())
            })
        })
        .await?;
        Ok(self.setting(name).await?.unwrap_or_else(|| fresh.to_owned()))
    }

    pub async fn set_setting(&self, name: &'static str, value: &str) -> Result<()> {
        let value = value.to_owned();
        self.write(move |conn| {
            Box::pin(async move {
                on!(conn, db =>
                    sqlx::query("INSERT INTO setting (name, value) VALUES ($1, $2)
                                 ON CONFLICT (name) DO UPDATE SET value = excluded.value")
                        .bind(name)
                        .bind(value)
                        .execute(db)
                        .await
                        .map(drop))?;
                Ok(())
            })
        })
        .await
    }
}
