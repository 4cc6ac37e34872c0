//! `leitai user` and the first start, as somebody at the server's terminal sees them.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Command, Stdio},
};

pub fn leitai(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leitai"));
    command.args(arguments).arg("--data").arg(data).env("LANG", "zh_CN.UTF-8").env_remove("LC_ALL");
    command
}

/// What it printed, and whether it was content.
pub fn run(data: &Path, arguments: &[&str], typed: &str) -> (String, bool) {
    let mut command = leitai(data, arguments);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("leitai starts");
    // A command that reads nothing may be gone already.
    let _ = child.stdin.take().expect("its input").write_all(typed.as_bytes());
    let done = child.wait_with_output().expect("leitai ends");
    let text = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
    (text, done.status.success())
}

#[test]
fn accounts_are_made_changed_listed_and_removed() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let says = |arguments: &[&str], typed: &str, sentence: &str, content: bool| {
        let (text, success) = run(&data, arguments, typed);
        assert!(text.contains(sentence) && success == content, "{arguments:?}: {text}");
    };
    says(&["user", "list"], "", "还没有账号", true);
    says(&["user", "add", "zhanghua", "--admin"], "short\n", "密码至少要有 8 个字符", false);
    says(&["user", "add", "zhanghua", "--name", "张华", "--admin"], "correct-horse\n", "账号 zhanghua 已建立", true);
    says(&["user", "add", "zhanghua"], "correct-horse\n", "名称已被使用", false);
    says(&["user", "list"], "", "zhanghua\t张华\t管理员", true);
    says(&["user", "password", "zhanghua"], "battery-staple\n", "的密码已更换", true);
    says(&["user", "password", "lisi"], "battery-staple\n", "没有账号 lisi", false);
    says(&["user", "remove", "zhanghua"], "", "账号 zhanghua 已删除", true);
    says(&["user", "list"], "", "还没有账号", true);
}

/// An empty server prints where the first account is made; one with accounts does not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_server_tells_where_the_first_account_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let mut server = leitai(&data, &["serve", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("leitai starts");
    let mut lines = BufReader::new(server.stdout.take().expect("its output")).lines();
    let address = lines.next().expect("a line").expect("text");
    let told = lines.next().expect("a line").expect("text");
    let set_up = told.split_once("：").expect("an address").1.trim().to_owned();
    assert!(set_up.starts_with(&format!("{address}/setup/")), "{told}");
    let page = reqwest::get(&set_up).await.expect("an answer").text().await.expect("text");
    server.kill().expect("it stops");
    server.wait().expect("it has stopped");
    assert!(page.contains("login") && page.contains("password"), "{page}");
}
