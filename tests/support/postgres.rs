//! A PostgreSQL of the tests' own: one throwaway cluster per test process, a fresh database per test.
//!
//! It listens on a socket in its temporary folder only. A shell stands guard beside it and waits for the end of
//! a pipe that this process holds: however the tests end, by panic or by `kill -9` too, the guard stops the
//! cluster and removes the folder. Durability is as it is by default, so that timings and faults are real.

use std::{
    io::{BufRead as _, BufReader},
    os::unix::{fs::MetadataExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{ChildStdin, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

const START_S_MAX: u64 = 60;
/// What the guard says once the cluster takes connections.
const READY: &str = "ready";
const REMEDY: &str = "PostgreSQL is needed for the tests: run `make install`, or `apt-get install postgresql`";

struct Cluster {
    binaries: PathBuf,
    folder: PathBuf,
    _life: ChildStdin,
}

/// The address of a new, empty database.
pub fn database() -> String {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    static COUNT: AtomicU32 = AtomicU32::new(1);
    let cluster = CLUSTER.get_or_init(Cluster::start);
    let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
    let made = Command::new(cluster.binaries.join("createdb"))
        .args(["-U", "postgres", "-h"])
        .arg(&cluster.folder)
        .arg(&name)
        .output()
        .expect(REMEDY);
    assert!(made.status.success(), "createdb: {}", String::from_utf8_lossy(&made.stderr));
    format!("postgres://postgres@localhost/{name}?host={}", cluster.folder.display())
}

impl Cluster {
    #[expect(clippy::zombie_processes, reason = "the guard must outlive this process")]
    fn start() -> Self {
        let binaries = binaries();
        let folder = tempfile::Builder::new().prefix("leitai-pg-").tempdir().expect("a temporary folder").keep();
        // `initdb` and `postgres` refuse to run as root.
        let as_whom: &[&str] = if is_root() { &["runuser", "-u", "postgres", "--"] } else { &[] };
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(&folder));
        }
        let data = folder.join("data");
        // Texts sort by language here, as on many servers, so that a forgotten COLLATE "C" is seen.
        run(prefixed(as_whom, &binaries.join("initdb"))
            .args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"])
            .args(["--locale-provider=icu", "--icu-locale=en-US", "-D"])
            .arg(&data)
            .current_dir("/"));

        let guard = format!(
            "trap '' INT TERM HUP
             {as_whom} {bin}/pg_ctl start -s -w -t {START_S_MAX} -D {data} -l {log} \
                 -o '-k {folder} -c listen_addresses= -c max_connections=400' >/dev/null 2>&1 && echo {READY}
             exec >/dev/null
             cat
             {as_whom} {bin}/pg_ctl stop -s -m immediate -D {data}
             rm -rf {folder}",
            as_whom = as_whom.join(" "),
            bin = binaries.display(),
            data = data.display(),
            folder = folder.display(),
            log = folder.join("log").display(),
        );
        let mut guard = Command::new("sh")
            .args(["-c", &guard])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .current_dir("/")
            .process_group(0)
            .spawn()
            .expect("sh");
        let life = guard.stdin.take().expect("the guard's pipe");
        let mut told = String::new();
        let mut says = BufReader::new(guard.stdout.take().expect("the guard's word"));
        says.read_line(&mut told).expect("the guard's word");
        let log = || std::fs::read_to_string(folder.join("log")).unwrap_or_default();
        assert!(told.trim() == READY, "PostgreSQL does not start:\n{}", log());
        Self { binaries, folder, _life: life }
    }
}

/// The newest installed version.
fn binaries() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").exists())
        .collect();
    found.sort();
    found.pop().expect(REMEDY).1
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

fn prefixed(as_whom: &[&str], program: &Path) -> Command {
    match as_whom {
        [] => Command::new(program),
        [first, rest @ ..] => {
            let mut command = Command::new(first);
            command.args(rest).arg(program);
            command
        }
    }
}

fn run(command: &mut Command) {
    let done = command.output().unwrap_or_else(|error| panic!("{REMEDY} ({command:?}: {error})"));
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
}
