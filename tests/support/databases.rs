//! An empty database of either kind, made for one test and gone after it.

use leitai::store::Store;

/// Where a test's data is. Kept until the test ends.
pub struct Database {
    pub url: String,
    _folder: Option<tempfile::TempDir>,
}

impl Database {
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { url: format!("sqlite:{}", folder.path().join("leitai.db").display()), _folder: Some(folder) }
    }

    #[cfg(unix)]
    pub fn postgres() -> Self {
        Self { url: super::postgres::database(), _folder: None }
    }

    /// Another program on the same database. The first one makes the tables.
    pub async fn open(&self) -> Store {
        let store = Store::open(&self.url).await.expect("the database opens");
        store.migrate().await.expect("the tables are made");
        store
    }

    pub fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite:")
    }

    /// Somebody with a database tool, past the program. The error as the database words it.
    pub async fn by_hand(&self, sql: &str) -> Result<(), String> {
        use sqlx::Connection;
        if self.is_sqlite() {
            let mut conn = sqlx::SqliteConnection::connect(&self.url).await.expect("the file opens");
            sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned()))
                .execute(&mut conn)
                .await
                .map(drop)
                .map_err(|error| error.to_string())
        } else {
            let mut conn = sqlx::PgConnection::connect(&self.url).await.expect("the server answers");
            sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned()))
                .execute(&mut conn)
                .await
                .map(drop)
                .map_err(|error| error.to_string())
        }
    }
}

/// Each of these tests, an `async fn(Database)`, runs on both databases.
#[macro_export]
macro_rules! on_both_databases {
    ($($test:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                super::$test($crate::support::databases::Database::sqlite()).await;
            })*
        }
        #[cfg(unix)]
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                super::$test($crate::support::databases::Database::postgres()).await;
            })*
        }
    };
}
