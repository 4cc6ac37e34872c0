//! The program's beginning: a database whose tables fit, or a clear no.

use std::path::{Path, PathBuf};

use super::{App, Clock};
use crate::store::{self, Schema, Store};

/// Which database.
#[derive(Clone, Debug)]
pub enum Database {
    /// An SQLite file; it and its folder are created when missing.
    File(PathBuf),
    /// `postgres://…` or `sqlite:PATH`.
    Url(String),
}

/// What to do when the tables are older than the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OldTables {
    /// Changing tables is an act that somebody asks for, after a backup.
    Refuse,
    Migrate,
}

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("cannot create {folder}: {source}", folder = folder.display())]
    Folder { folder: PathBuf, source: std::io::Error },
    #[error("the database was made by an older program; back it up, then run `leitai migrate`")]
    Old,
    #[error("the database was made by a newer program, or altered by hand; this program does not touch it")]
    Foreign,
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl App {
    /// On this database, with its tables made ready when there are none yet.
    pub async fn start(
        database: &Database,
        old: OldTables,
        clock: Clock,
        contests_folder: &Path,
    ) -> Result<App, StartError> {
        let store = match database {
            Database::Url(url) => Store::open(url).await?,
            Database::File(file) => {
                if let Some(folder) = file.parent() {
                    std::fs::create_dir_all(folder)
                        .map_err(|source| StartError::Folder { folder: folder.to_owned(), source })?;
                }
                Store::open_file(file).await?
            }
        };
        match (store.schema().await?, old) {
            (Schema::Current, _) => {}
            (Schema::Empty, _) | (Schema::Old, OldTables::Migrate) => store.migrate().await?,
            (Schema::Old, OldTables::Refuse) => return Err(StartError::Old),
            (Schema::Foreign, _) => return Err(StartError::Foreign),
        }
        Ok(App::new(store, clock, contests_folder))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_fresh_folder_is_made_ready_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::File(folder.path().join("new").join("leitai.sqlite"));
        for _ in 0..2 {
            let app = App::start(&database, OldTables::Refuse, Clock::system(), folder.path()).await.unwrap();
            assert!(app.contests().await.unwrap().is_empty());
            app.close().await;
        }
    }

    #[tokio::test]
    async fn a_file_in_the_way_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        let database = Database::File(file.join("leitai.sqlite"));
        let refused = App::start(&database, OldTables::Refuse, Clock::system(), folder.path()).await;
        assert!(matches!(refused, Err(StartError::Folder { folder, .. }) if folder == file));
    }
}
