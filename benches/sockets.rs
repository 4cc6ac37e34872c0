//! One change to many open boards: the time until the last one has it, beside the smallest server that writes the
//! same ready-made frame to the same number of sockets, in one run, turn by turn.
//!
//! `cargo bench --bench sockets [-- SOCKETS]`; 2,000 sockets by default. Servers and viewers share this process and
//! its cores, for both alike.

use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use leitai::{
    app::{
        App, Clock,
        boards::shown::{Notice, Shown, ShownColumn, ShownRow, ShownTable, ShownWho, TableKind},
        start::{Database, OldTables},
    },
    web::{Hub, Web, assemble},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{mpsc, watch},
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, accept_async, connect_async,
    tungstenite::{Message, Utf8Bytes},
};

const SOCKETS: usize = 2_000;
const ROUNDS: usize = 15;
/// Longer than the least time between two frames, so that no round waits for the one before.
const PAUSE: Duration = Duration::from_millis(250);
const ENTRANTS: u32 = 100;

fn main() {
    let sockets = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(SOCKETS);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(run(sockets));
}

async fn run(sockets: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = Database::File(folder.path().join("leitai.sqlite"));
    let app = App::start(&file, OldTables::Refuse, Clock::system(), folder.path()).await.expect("a database");
    let (boards, shown) = watch::channel((board(0), "v0".to_owned()));
    let web = Web { app, hub: Hub::by_hand(shown) };
    let listener = listen().await;
    let ours = format!("ws://{}/ws/contests/c/board", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, assemble(web)).await });
    let (frames, frame) = watch::channel(Utf8Bytes::default());
    let listener = listen().await;
    let bare = format!("ws://{}/", listener.local_addr().expect("an address"));
    tokio::spawn(bare_server(listener, frame));

    let (told, mut seen) = mpsc::unbounded_channel();
    for _ in 0..sockets {
        tokio::spawn(view(connect_async(&ours).await.expect("a socket").0, told.clone()));
    }
    last_of(&mut seen, sockets).await;
    let (bare_told, mut bare_seen) = mpsc::unbounded_channel();
    for _ in 0..sockets {
        tokio::spawn(view(connect_async(&bare).await.expect("a socket").0, bare_told.clone()));
    }
    // Each bare viewer is greeted with the empty frame.
    last_of(&mut bare_seen, sockets).await;

    let (mut ours_ms, mut bare_ms) = (Vec::new(), Vec::new());
    let mut size = 0;
    for round in 1..=ROUNDS {
        tokio::time::sleep(PAUSE).await;
        let began = Instant::now();
        boards.send_replace((board(u32::try_from(round).unwrap_or(0)), format!("v{round}")));
        let text = last_of(&mut seen, sockets).await;
        ours_ms.push(ms(began));
        size = text.len();
        assert!(text.starts_with('{') && text.contains("\"changes\""), "not a difference: {text}");

        tokio::time::sleep(PAUSE).await;
        let began = Instant::now();
        frames.send_replace(text);
        last_of(&mut bare_seen, sockets).await;
        bare_ms.push(ms(began));
    }
    let (ours_ms, bare_ms) = (median(ours_ms), median(bare_ms));
    report(&format!("one change to {sockets} sockets, a frame of {size} bytes, time to the last, median of {ROUNDS}"));
    report(&format!(
        "  leitai {ours_ms:.1} ms   bare tokio-tungstenite {bare_ms:.1} ms   ratio {:.2}",
        ours_ms / bare_ms
    ));
}

/// Everybody's next frame; they are all the same.
async fn last_of(seen: &mut mpsc::UnboundedReceiver<Utf8Bytes>, sockets: usize) -> Utf8Bytes {
    let mut last = Utf8Bytes::default();
    for _ in 0..sockets {
        last = tokio::time::timeout(Duration::from_mins(1), seen.recv()).await.expect("in time").expect("a frame");
    }
    last
}

async fn view(mut socket: WebSocketStream<MaybeTlsStream<TcpStream>>, told: mpsc::UnboundedSender<Utf8Bytes>) {
    while let Some(Ok(message)) = socket.next().await {
        if let Message::Text(text) = message
            && told.send(text).is_err()
        {
            break;
        }
    }
}

async fn bare_server(listener: TcpListener, frame: watch::Receiver<Utf8Bytes>) {
    while let Ok((stream, _)) = listener.accept().await {
        let mut frame = frame.clone();
        tokio::spawn(async move {
            let Ok(mut socket) = accept_async(stream).await else { return };
            frame.mark_changed();
            while frame.changed().await.is_ok() {
                let text = frame.borrow_and_update().clone();
                if socket.send(Message::Text(text)).await.is_err() {
                    break;
                }
            }
        });
    }
}

async fn listen() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.expect("a port")
}

/// In each round the last of the first ten takes the lead among them: ten rows change.
fn board(round: u32) -> Shown {
    let row = |place: u32| {
        let number = if place < 10 { (place + 10 - round % 10) % 10 } else { place } + 1;
        ShownRow {
            key: number.to_string(),
            rank: Some(place + 1),
            who: ShownWho { name: None, number: Some(number) },
            unit: None,
            total: Some(format!("{}.50", 200 - place)),
            stages: vec![Some(format!("{}.50", 100 - place / 2)), Some("100.00".into())],
            status: "ranked".into(),
            decided_by: None,
            outside_quota: false,
            vetoed: false,
        }
    };
    let columns = ["theory", "practice"].map(|id| ShownColumn { id: id.into(), title: id.into() });
    Shown {
        contest: "c".into(),
        title: "c".into(),
        subtitle: None,
        language: "zh-CN".into(),
        timezone: "Asia/Shanghai".into(),
        notice: Notice { phase: "running".into(), ..Notice::default() },
        ladders: Vec::new(),
        tables: vec![ShownTable {
            key: "all".into(),
            of: TableKind::Entrants,
            title: String::new(),
            columns: columns.into(),
            rows: (0..ENTRANTS).map(row).collect(),
            count: 100,
        }],
    }
}

fn ms(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1_000.0
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[expect(clippy::print_stdout, reason = "a benchmark's result is its output")]
fn report(line: &str) {
    println!("{line}");
}
