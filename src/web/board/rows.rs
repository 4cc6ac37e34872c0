//! The rows of a board, the same on page and screen, and the words that scripts need to make more of them.

use maud::{Markup, html};

use crate::{
    app::boards::shown::{Notice, Shown, ShownColumn, ShownRow, ShownTable, ShownWho, TableKind},
    rules::ledger::Instant,
    web::partials::{Tone, pill},
    words::Language,
};

/// Cells: rank, who, one per stage, total. `static/rows.js` makes the same.
pub(super) fn row(lang: Language, contest: &str, table: &ShownTable, row: &ShownRow) -> Markup {
    let why = format!("/contests/{contest}/why/{}?table={}", percent(&row.key), percent(&table.key));
    html! {
        tr data-key=(row.key) data-rank=[row.rank] {
            td.rank { @if let Some(rank) = row.rank { (rank) } @else { "–" } }
            th.who scope="row" {
                a href=(why) { (label(lang, &row.who)) }
                @if let Some(unit) = &row.unit { small { (unit) } }
                @if row.outside_quota { " " (pill(&lang.say("board-outside-quota"), Tone::Plain)) }
                @if row.vetoed && row.status != "vetoed" { " " (pill(&lang.say("board-status-vetoed"), Tone::Bad)) }
            }
            @for stage in &row.stages { td.number.stage { (stage.as_deref().unwrap_or("–")) } }
            td.number.total {
                @if let Some((text, tone)) = remark(lang, row) { (pill(&text, tone)) }
                @if let Some(total) = &row.total { span { (total) } }
            }
        }
    }
}

/// A name where names are open, else the draw number.
pub(in crate::web) fn label(lang: Language, who: &ShownWho) -> String {
    match (&who.name, who.number) {
        (Some(name), _) => name.clone(),
        (None, Some(number)) => lang.say_with("board-number", &[("number", number.into())]).into_owned(),
        (None, None) => lang.say("board-unknown").into_owned(),
    }
}

/// What stands beside or instead of the total.
fn remark(lang: Language, row: &ShownRow) -> Option<(String, Tone)> {
    let (key, tone) = match (row.status.as_str(), row.decided_by.as_deref()) {
        ("ranked", Some("open")) => ("board-tie-open", Tone::Warn),
        ("ranked", Some("shared")) => ("board-tie-shared", Tone::Plain),
        ("ranked", _) => return None,
        (status, _) => (status_key(status), Tone::Wait),
    };
    Some((lang.say(key).into_owned(), tone))
}

/// The text of a status.
pub(in crate::web) fn status_key(status: &str) -> &'static str {
    STATUSES.iter().find(|(name, _)| *name == status).map_or("board-status-ranked", |(_, key)| key)
}

const STATUSES: [(&str, &str); 8] = [
    ("cut", "board-status-cut"),
    ("incomplete", "board-status-incomplete"),
    ("nobody", "board-status-nobody"),
    ("failed", "board-status-failed"),
    ("absent", "board-status-absent"),
    ("withdrawn", "board-status-withdrawn"),
    ("disqualified", "board-status-disqualified"),
    ("vetoed", "board-status-vetoed"),
];

/// The table's title, or what it is when the definition gives it none.
pub(super) fn title(lang: Language, table: &ShownTable) -> String {
    match (&*table.title, table.of) {
        ("", TableKind::Teams) => lang.say("board-teams").into_owned(),
        ("", TableKind::UnitEntrants) => lang.say("board-all-units").into_owned(),
        ("", _) => lang.say("board-all").into_owned(),
        (title, TableKind::Teams) => format!("{title} · {}", lang.say("board-teams")),
        (title, _) => title.to_owned(),
    }
}

/// A column's title: the contest's own, or what is counted of a unit.
pub(super) fn column(lang: Language, column: &ShownColumn) -> String {
    let key = match (&*column.title, &*column.id) {
        ("", "headcount") => "board-headcount",
        ("", "participants") => "board-participants",
        ("", "participation") => "board-participation",
        ("", "mean") => "board-mean",
        (title, _) => return title.to_owned(),
    };
    lang.say(key).into_owned()
}

pub(super) fn who(lang: Language, table: &ShownTable) -> String {
    let key = match table.of {
        TableKind::Entrants => "board-entrant",
        TableKind::Teams => "board-team",
        TableKind::Units | TableKind::UnitEntrants => "board-unit",
    };
    lang.say(key).into_owned()
}

/// How far the contest has come: the phase, and whether anything may still change.
pub(in crate::web) fn state(lang: Language, notice: &Notice) -> Markup {
    let phase = &*notice.phase;
    let tone = if phase == "running" { Tone::Live } else { Tone::Plain };
    html! {
        (pill(&lang.say(phase_key(phase)), tone))
        @if !is_settled(phase) { " " (pill(&lang.say("board-not-final"), Tone::Warn)) }
        @if notice.frozen_at_ms.is_some() { " " (pill(&lang.say("board-frozen"), Tone::Bad)) }
    }
}

pub(super) fn phase_key(phase: &str) -> &'static str {
    match phase {
        "draft" => "board-phase-draft",
        "sealed" => "board-phase-sealed",
        "announced" => "board-phase-announced",
        "notice" => "board-phase-notice",
        "final" => "board-phase-final",
        _ => "board-phase-running",
    }
}

/// From sealing on, what is shown is the result.
fn is_settled(phase: &str) -> bool {
    matches!(phase, "sealed" | "announced" | "notice" | "final")
}

/// The banner of a frozen board.
pub(in crate::web) fn frozen(lang: Language, board: &Shown) -> Option<String> {
    let at = board.notice.frozen_at_ms?;
    Some(lang.say_with("board-frozen-since", &[("time", clock(&board.timezone, Instant(at)).into())]).into_owned())
}

/// Hours and minutes at the contest's place.
fn clock(timezone: &str, at: Instant) -> String {
    let zone = jiff::tz::TimeZone::get(timezone).unwrap_or(jiff::tz::TimeZone::UTC);
    let time = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(zone);
    time.strftime("%Y-%m-%d %H:%M").to_string()
}

/// Texts for scripts; `{name}`, `{rank}`, `{number}` are theirs to fill.
pub(in crate::web) fn words(lang: Language) -> String {
    let mut words = serde_json::Map::new();
    let mut put = |name: &str, text: std::borrow::Cow<'_, str>| words.insert(name.to_owned(), text.into_owned().into());
    for (status, key) in STATUSES {
        put(status, lang.say(key));
    }
    for phase in ["draft", "running", "sealed", "announced", "notice", "final"] {
        put(&format!("phase-{phase}"), lang.say(phase_key(phase)));
    }
    put("not-final", lang.say("board-not-final"));
    put("frozen", lang.say("board-frozen"));
    put("frozen-since", lang.say_with("board-frozen-since", &[("time", "{time}".into())]));
    put("tie-open", lang.say("board-tie-open"));
    put("tie-shared", lang.say("board-tie-shared"));
    put("outside-quota", lang.say("board-outside-quota"));
    put("number", lang.say_with("board-number", &[("number", "{number}".into())]));
    put("unknown", lang.say("board-unknown"));
    put("all", lang.say("board-all"));
    put("all-units", lang.say("board-all-units"));
    put("teams", lang.say("board-teams"));
    put("live", lang.say("board-live"));
    put("connecting", lang.say("board-connecting"));
    put("polling", lang.say("board-polling"));
    put("offline", lang.say("board-offline"));
    put("rises", lang.say_with("board-rises", &[("name", "{name}".into()), ("rank", "{rank}".into())]));
    put("falls", lang.say_with("board-falls", &[("name", "{name}".into()), ("rank", "{rank}".into())]));
    put("enters", lang.say_with("board-enters", &[("name", "{name}".into()), ("rank", "{rank}".into())]));
    put("rows", lang.say_with("board-rows", &[("count", "{count}".into()), ("all", "{all}".into())]));
    put("page", lang.say_with("board-page", &[("page", "{page}".into()), ("pages", "{pages}".into())]));
    put("on-stage", lang.say("board-on-stage"));
    put("next", lang.say("board-next"));
    put("own", lang.say("board-own"));
    put("close", lang.say("shell-close"));
    serde_json::Value::Object(words).to_string()
}

pub(in crate::web) fn percent(text: &str) -> String {
    crate::web::error::percent(text).replace('/', "%2F")
}
