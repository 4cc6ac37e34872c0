//! The program as a process: one data folder is served by one at a time.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Stdio},
};

use crate::accounts::{leitai, run};

const SERVE: [&str; 3] = ["serve", "--listen", "127.0.0.1:0"];

/// Once it listens.
fn serves(data: &Path) -> Child {
    let mut child = leitai(data, &SERVE).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("leitai starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("its address");
    assert!(line.contains("http://127.0.0.1:"), "{line}");
    child
}

#[test]
fn a_folder_is_served_by_one_program_until_it_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let mut first = serves(&data);
    let (said, content) = run(&data, &SERVE, "");
    assert!(said.contains("已由另一个 leitai 提供服务") && !content, "{said}");
    let (said, content) = run(&data, &["user", "list"], "");
    assert!(content, "accounts can be made beside it: {said}");
    // However it ends, the folder is free.
    first.kill().expect("killed");
    first.wait().expect("its end");
    let mut next = serves(&data);
    next.kill().expect("killed");
    next.wait().expect("its end");
}
