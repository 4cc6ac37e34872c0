//! Where the service listens and what it keeps where: from the command line, else from the environment.

use std::{net::SocketAddr, path::PathBuf};

/// What `serve` and `demo` have in common.
#[derive(Clone, Debug, clap::Args)]
pub struct Settings {
    /// Address and port; 0.0.0.0 opens the service to the network
    #[arg(long, env = "LEITAI_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The folder of the database file and the keys; created when missing
    #[arg(long, env = "LEITAI_DATA", value_name = "DIR", default_value = "data")]
    pub data: PathBuf,
    /// A PostgreSQL or SQLite address in place of the file in the data folder
    #[arg(long, env = "LEITAI_DATABASE", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// The folder of the contests' definitions
    #[arg(long, env = "LEITAI_CONTESTS", value_name = "DIR", default_value = "contest-configs")]
    pub contests: PathBuf,
}

impl Settings {
    /// The file of the database, where no URL replaces it.
    pub fn database_file(&self) -> PathBuf {
        self.data.join("leitai.sqlite")
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        settings: Settings,
    }

    #[test]
    fn the_line_is_read() {
        let line = ["x", "--listen", "0.0.0.0:80", "--data", "d", "--database", "postgres://h/l", "--contests", "c"];
        let settings = Line::try_parse_from(line).unwrap().settings;
        assert_eq!(settings.listen.port(), 80);
        assert_eq!(settings.database_file(), PathBuf::from("d").join("leitai.sqlite"));
        assert_eq!(settings.database.as_deref(), Some("postgres://h/l"));
        assert_eq!(settings.contests, PathBuf::from("c"));
        assert!(Line::try_parse_from(["x", "--listen", "nowhere"]).is_err());
    }
}
