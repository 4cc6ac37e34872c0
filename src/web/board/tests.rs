//! Pages of boards, rendered from boards made by hand.

use super::{Asked, page, screen};
use crate::{
    app::boards::shown::{Notice, Shown, ShownColumn, ShownRow, ShownTable, ShownWho, TableKind},
    web::Page,
    words::Language,
};

fn row(number: u32, rank: Option<u32>, total: Option<&str>) -> ShownRow {
    ShownRow {
        key: number.to_string(),
        rank,
        who: ShownWho { name: None, number: Some(number) },
        unit: None,
        total: total.map(str::to_owned),
        stages: vec![Some("91.50".into()), None],
        status: if rank.is_some() { "ranked" } else { "absent" }.into(),
        decided_by: None,
        outside_quota: false,
        vetoed: false,
    }
}

fn board(rows: Vec<ShownRow>) -> Shown {
    let columns = [("theory", "理论"), ("practice", "实操")];
    let table = ShownTable {
        key: "field".into(),
        of: TableKind::Entrants,
        title: String::new(),
        columns: columns.map(|(id, title)| ShownColumn { id: id.into(), title: title.into() }).into(),
        count: rows.len(),
        rows,
    };
    Shown {
        contest: "welding".into(),
        title: "2026年职工焊工技能大赛".into(),
        subtitle: None,
        language: "zh-CN".into(),
        timezone: "Asia/Shanghai".into(),
        notice: Notice { phase: "running".into(), ..Notice::default() },
        tables: vec![table],
        ladders: Vec::new(),
    }
}

fn page_of(board: &Shown, q: &str) -> String {
    page::board(Language::Zh, board, &Asked { q: q.into(), ..Asked::default() }, &page::Beside::default()).into_string()
}

#[test]
fn until_sealed_every_page_says_that_nothing_is_final() {
    let mut board = board(vec![row(7, Some(1), Some("92.10"))]);
    for (phase, final_yet) in
        [("draft", false), ("running", false), ("sealed", true), ("announced", true), ("notice", true), ("final", true)]
    {
        board.notice.phase = phase.into();
        // The scripts' words always hold the sentence; the state line is what is shown.
        let state = super::rows::state(Language::Zh, &board.notice).into_string();
        assert_eq!(!state.contains("成绩未最终确定"), final_yet, "{phase}");
        assert!(page_of(&board, "").contains(&state));
        assert!(screen::screen(Language::Zh, &board).into_string().contains(&state));
    }
}

#[test]
fn a_freeze_is_shown_with_its_time_at_the_place_of_the_contest() {
    let mut board = board(vec![row(7, Some(1), Some("92.10"))]);
    // 2026-05-01 06:30 in UTC.
    board.notice.frozen_at_ms = Some(1_777_617_000_000);
    assert!(page_of(&board, "").contains("榜单停在 2026-05-01 14:30"));
}

#[test]
fn ones_own_row_stands_above_the_table_also_below_the_window() {
    let rows = (1..=120).map(|n| row(n, Some(n), Some("80.00"))).collect();
    let board = board(rows);
    let text = page_of(&board, "117");
    let own = text.split("id=\"own\"").nth(1).unwrap().split("id=\"standings\"").next().unwrap();
    assert!(own.contains("117 号"), "{own}");
    let standings = text.split("id=\"standings\"").nth(1).unwrap();
    assert!(!standings.contains("117 号"), "only the window is listed");
    assert!(standings.contains("显示前 100 名，共 120 名"));
    assert!(page_of(&board, "500").contains("榜上没有“500”"));
}

#[test]
fn what_is_hidden_leaves_no_trace_in_the_page() {
    let mut board = board(vec![row(7, Some(1), Some("92.10"))]);
    board.notice.hidden = true;
    for text in [page_of(&board, "7"), screen::screen(Language::Zh, &board).into_string()] {
        assert!(!text.contains("92.10") && !text.contains("7 号"), "{text}");
        assert!(text.contains("成绩还没有公开"));
    }
}

#[test]
fn a_name_is_text_whatever_stands_in_it() {
    let mut odd = row(1, Some(1), Some("9"));
    odd.who.name = Some("<script>alert(1)</script>".into());
    let text = page_of(&board(vec![odd]), "\"><b>");
    assert!(!text.contains("<script>alert") && !text.contains("\"><b>"));
}

#[test]
fn a_whole_page_loads_only_files_of_ours() {
    let body = page::board(Language::En, &board(vec![]), &Asked::default(), &page::Beside::default());
    let text = Page::plain(Language::En).script("board.js").show("t", &body).into_string();
    assert!(text.contains("No results yet") && text.contains("lang=\"en\""));
    assert!(!text.contains("style=\"") && !text.contains("onclick"), "the policy forbids inline style and script");
    for src in text.split("src=\"").skip(1).chain(text.split("rel=\"stylesheet\" href=\"").skip(1)) {
        assert!(src.starts_with("/static/"), "{src}");
    }
}
