//! Real sockets against the whole service, with boards made by hand.

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::Value;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{self, client::IntoClientRequest as _},
};

use super::*;
use crate::{
    app::{
        Clock,
        boards::shown::{Changes, Notice, ShownColumn, ShownRow, ShownTable, ShownWho, TableKind, apply},
        start::{Database, OldTables},
    },
    web::{Web, assemble},
};

/// A service with one board, which the test sets.
struct Hall {
    address: String,
    boards: watch::Sender<(Shown, String)>,
    _folder: tempfile::TempDir,
}

impl Hall {
    async fn opens(totals: &[u32]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = Database::File(folder.path().join("leitai.sqlite"));
        let app = App::start(&file, OldTables::Refuse, Clock::system(), folder.path()).await.unwrap();
        let (boards, shown) = watch::channel((board(totals), "v0".to_owned()));
        let service = assemble(Web { app, hub: Hub::by_hand(shown) });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self { address, boards, _folder: folder }
    }

    fn shows(&self, version: &str, totals: &[u32]) {
        self.boards.send_replace((board(totals), version.to_owned()));
    }

    async fn viewer(&self, after: &str) -> Viewer {
        let url = format!("ws://{}/ws/contests/c/board{after}", self.address);
        Viewer(connect_async(url).await.unwrap().0)
    }

    async fn get(&self, path: &str, extra: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n{extra}\r\n", self.address);
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }
}

struct Viewer<S = MaybeTlsStream<TcpStream>>(WebSocketStream<S>);

impl<S: AsyncRead + AsyncWrite + Unpin> Viewer<S> {
    async fn hears(&mut self) -> Value {
        loop {
            let message = timeout(Duration::from_secs(10), self.0.next()).await.expect("a frame").unwrap().unwrap();
            if let tungstenite::Message::Text(text) = message {
                return serde_json::from_str(&text).unwrap();
            }
        }
    }
}

/// Entrant k+1 has the k-th total; ranks follow the totals.
fn board(totals: &[u32]) -> Shown {
    let mut order: Vec<usize> = (0..totals.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(totals[at]));
    let row = |(place, &at): (usize, &usize)| ShownRow {
        key: (at + 1).to_string(),
        rank: Some(u32::try_from(place).unwrap() + 1),
        who: ShownWho { name: None, number: Some(u32::try_from(at).unwrap() + 1) },
        unit: None,
        total: Some(format!("{}.00", totals[at])),
        stages: vec![Some(totals[at].to_string())],
        status: "ranked".into(),
        decided_by: None,
        outside_quota: false,
        vetoed: false,
    };
    Shown {
        contest: "c".into(),
        title: "c".into(),
        subtitle: None,
        language: "zh-CN".into(),
        timezone: "Asia/Shanghai".into(),
        notice: Notice { phase: "running".into(), ..Notice::default() },
        tables: vec![ShownTable {
            key: "field".into(),
            of: TableKind::Entrants,
            title: String::new(),
            columns: vec![ShownColumn { id: "s".into(), title: "s".into() }],
            count: totals.len(),
            rows: order.iter().enumerate().map(row).collect(),
        }],
        ladders: Vec::new(),
    }
}

fn many(first: u32) -> Vec<u32> {
    std::iter::once(first).chain((1..=40).map(|n| 100 - n)).collect()
}

#[tokio::test]
async fn a_viewer_is_sent_the_board_and_then_what_changes() {
    let hall = Hall::opens(&many(10)).await;
    let mut viewer = hall.viewer("").await;
    let first = viewer.hears().await;
    assert_eq!((&first["type"], &first["version"]), (&"snapshot".into(), &"v0".into()));
    let seen: Shown = serde_json::from_value(first["board"].clone()).unwrap();
    hall.shows("v1", &many(98));
    let next = viewer.hears().await;
    assert_eq!((&next["type"], &next["after"], &next["version"]), (&"changes".into(), &"v0".into(), &"v1".into()));
    let changes: Changes = serde_json::from_value(next).unwrap();
    // 98 ties with the second of the others and, being first in the list, stands before it.
    let moved = &changes.tables[0].rows[0];
    assert_eq!((moved.row.key.as_str(), moved.was, moved.row.rank), ("1", Some(41), Some(2)));
    assert_eq!(apply(&seen, &changes), board(&many(98)));
}

#[tokio::test]
async fn who_returns_is_brought_forward_and_who_was_away_too_long_begins_anew() {
    let hall = Hall::opens(&many(10)).await;
    let mut stays = hall.viewer("").await;
    stays.hears().await;
    for version in 1..=3 {
        hall.shows(&format!("v{version}"), &many(50 + version));
        stays.hears().await;
    }
    let mut returns = hall.viewer("?after=v1").await;
    let frame = returns.hears().await;
    assert_eq!((&frame["type"], &frame["after"], &frame["version"]), (&"changes".into(), &"v1".into(), &"v3".into()));
    let current = hall.viewer("?after=v3").await.hears().await;
    assert_eq!(current["type"], "current");
    for unknown in ["?after=v99", "?after=", "?after=%00"] {
        assert_eq!(hall.viewer(unknown).await.hears().await["type"], "snapshot", "{unknown}");
    }
}

#[tokio::test]
async fn what_looks_the_same_is_no_news() {
    let hall = Hall::opens(&many(10)).await;
    let mut viewer = hall.viewer("").await;
    viewer.hears().await;
    // Something happened that this board does not show: not even a version tells of it.
    hall.shows("v1", &many(10));
    sleep(Duration::from_millis(FRAME_MS * 2)).await;
    hall.shows("v2", &many(60));
    let frame = viewer.hears().await;
    assert_eq!((&frame["after"], &frame["version"]), (&"v0".into(), &"v2".into()));
}

#[tokio::test]
async fn many_changes_at_once_are_one_frame() {
    let hall = Hall::opens(&many(10)).await;
    let mut viewer = hall.viewer("").await;
    viewer.hears().await;
    let began = Instant::now();
    for version in 1..=200 {
        hall.shows(&format!("v{version}"), &many(version % 90 + 1));
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let mut frames = 0;
    while viewer.hears().await["version"] != "v200" {
        frames += 1;
    }
    let windows = began.elapsed().as_millis() / u128::from(FRAME_MS) + 1;
    assert!(frames < windows, "{frames} frames in {windows} windows");
}

#[tokio::test]
async fn a_foreign_page_cannot_watch_and_a_talker_is_shown_out() {
    let hall = Hall::opens(&many(10)).await;
    let mut request = format!("ws://{}/ws/contests/c/board", hall.address).into_client_request().unwrap();
    request.headers_mut().insert("origin", "http://evil.example".parse().unwrap());
    let Err(tungstenite::Error::Http(refused)) = connect_async(request).await else { panic!("let in") };
    assert_eq!(refused.status(), 403);

    let mut talker = hall.viewer("").await;
    talker.hears().await;
    talker.0.send(tungstenite::Message::text("x".repeat(MESSAGE_BYTES_MAX + 1))).await.unwrap();
    let end = timeout(Duration::from_secs(10), async {
        while let Some(Ok(message)) = talker.0.next().await {
            if message.is_close() {
                break;
            }
        }
    });
    end.await.expect("the socket ends");
}

#[tokio::test]
async fn the_snapshot_over_http_is_the_same_and_unchanged_costs_nothing() {
    let hall = Hall::opens(&many(10)).await;
    let answer = hall.get("/contests/c/board.json", "").await;
    assert!(answer.contains("cache-control: public, max-age=1"), "{answer}");
    let tag = answer.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap().to_owned();
    let body: Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    assert_eq!(body, hall.viewer("").await.hears().await);
    let again = hall.get("/contests/c/board.json", &format!("if-none-match: W/{tag}\r\n")).await;
    assert!(again.starts_with("HTTP/1.1 304"), "{again}");
    hall.shows("v1", &many(60));
    let mut viewer = hall.viewer("?after=v0").await;
    while viewer.hears().await["version"] != "v1" {}
    let changed = hall.get("/contests/c/board.json", &format!("if-none-match: {tag}\r\n")).await;
    assert!(changed.starts_with("HTTP/1.1 200") && !changed.contains(&tag), "{changed}");
}

#[tokio::test]
async fn every_answer_carries_the_policy_and_errors_speak_the_readers_language() {
    let hall = Hall::opens(&many(10)).await;
    let page = hall.get("/contests/c", "accept-language: en\r\n").await;
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("content-security-policy: default-src 'none'"), "{page}");
    assert!(page.contains("<html lang=\"en\">") && page.contains("No. 1"));
    let lost = hall.get("/nowhere", "accept-language: zh\r\n").await;
    assert!(lost.starts_with("HTTP/1.1 404") && lost.contains("没有这个页面"), "{lost}");
    let lost = hall.get("/nowhere", "accept: application/json\r\naccept-language: en\r\n").await;
    assert!(lost.contains("\"error\":\"not-found\""), "{lost}");
    assert!(hall.get("/healthz", "").await.ends_with("ok\n"));
    let script = page.split("src=\"/static/").nth(1).unwrap().split('"').next().unwrap();
    let script = hall.get(&format!("/static/{script}"), "").await;
    assert!(script.contains("max-age=31536000, immutable") && script.contains("text/javascript"), "{script}");
}

/// Memory of this process that is in use, in bytes.
#[cfg(target_os = "linux")]
fn resident_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap() * 1024
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readers_that_stop_reading_cost_little_and_slow_nobody() {
    const STOPPED: usize = 30;
    const FRAMES: u32 = 40;
    const GROWTH_BYTES_MAX: u64 = 80 << 20;
    // Frames of some 200 KB, so that what sockets hold by themselves is soon full: queued, they would be 240 MB.
    let wide = |version: u32| {
        let mut board = board(&many(version + 10));
        for row in &mut board.tables[0].rows {
            row.who.name = Some(format!("{version} {}", "王".repeat(1_700)));
        }
        board
    };
    let hall = Hall::opens(&many(10)).await;
    let mut stopped = Vec::new();
    for _ in 0..STOPPED {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        let stream = socket.connect(hall.address.parse().unwrap()).await.unwrap();
        let url = format!("ws://{}/ws/contests/c/board", hall.address);
        stopped.push(tokio_tungstenite::client_async(url, stream).await.unwrap().0);
    }
    let mut reads = hall.viewer("").await;
    reads.hears().await;
    let before = resident_bytes();
    for version in 1..=FRAMES {
        hall.boards.send_replace((wide(version), format!("v{version}")));
        // Whoever reads has each frame at once, whatever the others do.
        let frame = timeout(Duration::from_secs(5), reads.hears()).await.expect("a frame in time");
        assert_eq!(frame["version"], format!("v{version}"));
    }
    let growth = resident_bytes().saturating_sub(before);
    assert!(growth < GROWTH_BYTES_MAX, "{STOPPED} readers that stopped cost {} MB", growth >> 20);

    // Who reads again is shown the newest, not all that was missed.
    let mut returns = Viewer(stopped.pop().unwrap());
    let mut heard = 0;
    while returns.hears().await["version"] != format!("v{FRAMES}") {
        heard += 1;
    }
    assert!(heard < FRAMES / 2, "{heard} old frames");
}
