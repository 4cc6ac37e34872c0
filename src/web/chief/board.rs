//! `/chief/{contest}`: sheets by panel, spreads with what to do, disqualifications, ties, corrections.

use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use maud::{Markup, html};

use super::{Names, Numbers, group_field, mark, number, sheet, titles};
use crate::{
    app::App,
    rules::{
        field::PanelSlot,
        ledger::entry::Phase,
        names::ContestId,
        view::{
            self, Block, ChiefBoard, OpenTie, PanelBoard, PendingDisqualification, SpreadFound, SpreadTodo,
            chief::Correction,
        },
    },
    web::{
        Error, Page, Result, Web, Who,
        organizer::Zone,
        partials::{self, Column, Field, Look, Tone},
    },
};

/// Corrections shown; the audit trail has all.
const CORRECTIONS_MOST: usize = 50;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/chief/{contest}", get(show))
}

async fn show(page: Page, who: Who, State(app): State<App>, Path(contest): Path<ContestId>) -> Result<Markup> {
    let actor = who.actor(&contest)?;
    let (board, numbers) =
        app.read(&contest, |state| (view::chief_board(state, &actor.person), super::numbers(state))).await?;
    if board.panels.is_empty() && !board.is_chief {
        return Err(Error::Forbidden);
    }
    let names = Names::of(&app, super::everybody(&board)).await?;
    let reasons = app.note_texts(&board.corrections.iter().map(|one| &one.reason).collect::<Vec<_>>()).await?;
    let days = if board.is_chief { app.challenge_days(&contest).await? } else { Vec::new() };
    let zone = Zone::of(&board.heading);
    let at = Chief { page: &page, contest: &contest, names: &names, numbers };
    let title = page.say("chief-title").into_owned();
    let body = html! {
        div.row.between { h1 { (board.heading.title) } span { (partials::pill(&title, Tone::Plain)) } }
        div #attention data-refresh { (at.attention(&board)) }
        @if board.is_chief { div #challenges data-refresh { (super::day::queues(&page, &contest, &zone, &days)) } }
        div #panels data-refresh { @for panel in &board.panels { (at.panel(panel, &board)) } }
        @if !board.corrections.is_empty() {
            div #corrections data-refresh {
                (partials::card(&page.say("chief-corrections"), &html! {
                    @for one in board.corrections.iter().take(CORRECTIONS_MOST) {
                        (at.correction(one, reasons.get(&one.reason).map_or("–", String::as_str)))
                    }
                }))
            }
        }
    };
    Ok(page.clone().wide().script("refresh.js").style("staff.css").show(&title, &body))
}

/// What every part of the page needs.
struct Chief<'p> {
    page: &'p Page,
    contest: &'p ContestId,
    names: &'p Names,
    /// Draw numbers of entrants, for ties.
    numbers: Numbers,
}

impl Chief<'_> {
    fn say(&self, key: &str) -> std::borrow::Cow<'static, str> {
        self.page.say(key)
    }

    /// What waits for the reader, the most urgent first.
    fn attention(&self, board: &ChiefBoard) -> Markup {
        let quiet = board.spreads.is_empty() && board.disqualifications.is_empty() && board.ties.is_empty();
        html! {
            @if quiet && (board.blocks.is_empty() || !board.is_chief) {
                (partials::notice(Tone::Good, &html! { p { (self.say("chief-quiet")) } }))
            } @else if quiet {
                (partials::notice(Tone::Wait, &html! { p { (self.say("chief-quiet-so-far")) } }))
            }
            @for report in &board.disqualifications { (self.disqualification(report, board.is_chief)) }
            @for spread in &board.spreads { (self.spread(spread, board.is_chief)) }
            @for tie in &board.ties { (self.tie(tie, board.is_chief)) }
            @if board.is_chief && !board.blocks.is_empty() {
                details.card { summary { (self.say("chief-blocks")) " " span.number { (board.blocks.len()) } }
                    ul { @for block in &board.blocks { li { (block_words(self.page, block)) } } } }
            }
        }
    }

    fn spread(&self, found: &SpreadFound, is_chief: bool) -> Markup {
        let page = self.page;
        let (key, tone) = match found.todo {
            SpreadTodo::Look => ("chief-spread-look", Tone::Wait),
            SpreadTodo::OrderReMark => ("chief-spread-re-mark", Tone::Warn),
            SpreadTodo::WaitForReMark => ("chief-spread-wait", Tone::Wait),
            SpreadTodo::Decide => ("chief-spread-decide", Tone::Bad),
        };
        let heading = titles([Some(&found.stage), Some(&found.panel), found.piece.as_ref(), Some(&found.aspect)]);
        html! {
            section.card.spread data-tone=(tone_name(tone)) {
                div.row.between {
                    h2 { (number(page, found.number)) " · " (heading) }
                    (partials::pill(&self.say(if found.disagree { "chief-disagree" } else { "chief-spread" }), tone))
                }
                p {
                    @if found.disagree { (self.say("chief-disagree-fact")) " " }
                    @else if found.todo != SpreadTodo::WaitForReMark {
                        (page.lang.say_with("chief-spread-fact", &[
                            ("measured", found.measured.normalize().to_string().into()),
                            ("limit", found.limit.normalize().to_string().into()),
                        ])) " "
                    }
                    strong { (self.say(key)) }
                }
                (self.seat_marks(&self.say("chief-marks"), &found.marks))
                @if !found.first_marks.is_empty() { (self.seat_marks(&self.say("chief-first-marks"), &found.first_marks)) }
                div.row {
                    @if found.todo == SpreadTodo::OrderReMark {
                        form method="post" action=(self.action("re-mark")) { (Self::slot(found))
                            (partials::button(&self.say("chief-order-re-mark"), Look::Primary)) }
                    }
                    @if is_chief && matches!(found.todo, SpreadTodo::Decide | SpreadTodo::OrderReMark | SpreadTodo::Look) {
                        (partials::dialog(&self.say("chief-decide"), Look::Plain, &self.say("chief-decide"), &html! {
                            form method="post" action=(self.action("resolve")) { (Self::slot(found))
                                (Field::decimal("points", &self.say("chief-points")).hint(&self.say("chief-points-hint"))
                                    .among(which(found)))
                                (self.reason(which(found)))
                                (partials::button(&self.say("chief-decide"), Look::Primary))
                            }
                        }))
                    }
                }
            }
        }
    }

    fn seat_marks(&self, caption: &str, marks: &[view::chief::SeatMark]) -> Markup {
        html! {
            dl.seat-marks { dt { (caption) }
                @for one in marks {
                    dd { small { @if let Some(seat) = one.seat { (seat) " " } (self.names.get(&one.judge)) }
                        strong.number { (mark(self.page, one.mark.as_ref())) } }
                }
            }
        }
    }

    fn slot(found: &SpreadFound) -> Markup {
        let PanelSlot { stage, piece, attempt, aspect } = &found.slot;
        html! {
            input type="hidden" name="entrant" value=(found.entrant);
            input type="hidden" name="stage" value=(stage);
            input type="hidden" name="piece" value=(piece.as_ref().map_or("", |piece| piece.as_str()));
            input type="hidden" name="attempt" value=(attempt);
            input type="hidden" name="aspect" value=(aspect);
        }
    }

    fn disqualification(&self, report: &PendingDisqualification, is_chief: bool) -> Markup {
        let page = self.page;
        let hidden = html! {
            input type="hidden" name="entrant" value=(report.entrant);
            input type="hidden" name="violation" value=(report.violation.id);
        };
        html! {
            section.card.spread data-tone="bad" {
                div.row.between {
                    h2 { (number(page, report.number)) " · " (report.violation.title) }
                    (partials::pill(&self.say("chief-disqualification"), Tone::Bad))
                }
                p { (page.lang.say_with("chief-reported", &[("judge", self.names.get(&report.reported_by).into())])) }
                @if is_chief { div.row {
                    (partials::dialog(&self.say("chief-confirm"), Look::Danger, &self.say("chief-confirm-title"), &html! {
                        form method="post" action=(self.action("disqualify")) { (hidden)
                            p { (self.say("chief-confirm-hint")) }
                            (partials::button(&self.say("chief-confirm"), Look::Danger)) }
                    }))
                    (partials::dialog(&self.say("chief-reject"), Look::Plain, &self.say("chief-reject"), &html! {
                        form method="post" action=(self.action("reject")) { (hidden)
                            (self.reason(format!("{}-{}", report.entrant, report.violation.id)))
                            (partials::button(&self.say("chief-reject"), Look::Primary)) }
                    }))
                } }
            }
        }
    }

    fn tie(&self, tie: &OpenTie, is_chief: bool) -> Markup {
        let page = self.page;
        html! {
            section.card.spread data-tone="warn" {
                h2 { (page.lang.say_with("chief-tie", &[("rank", tie.rank.into())])) }
                p { (self.say("chief-tie-hint")) }
                @if is_chief {
                    form method="post" action=(self.action("tie")) {
                        @for (place, tied) in tie.tied.iter().enumerate() {
                            div.row {
                                label { (page.lang.say_with("chief-tie-place", &[("place", (place + 1).into())])) " "
                                    select name="order" { @for other in &tie.tied {
                                        option value=(other) selected[other == tied] { (self.label(other)) }
                                    } } }
                            }
                        }
                        (Field::select("by", &self.say("chief-tie-by"), &[
                            ("people", &self.say("chief-by-people")), ("lots", &self.say("chief-by-lots")),
                            ("play-off", &self.say("chief-by-play-off")),
                        ]).among(tie.tied.join("-")))
                        (self.reason(tie.tied.join("-")))
                        (partials::button(&self.say("chief-tie-decide"), Look::Primary))
                    }
                }
            }
        }
    }

    fn panel(&self, panel: &PanelBoard, board: &ChiefBoard) -> Markup {
        let page = self.page;
        let heading = titles([Some(&panel.stage), Some(&panel.panel), panel.group.as_ref()]);
        let mut columns = vec![Column::text("")];
        let seats: Vec<String> = panel
            .seats
            .iter()
            .map(|seat| match &seat.judge {
                Some(judge) => format!("{} {}", seat.seat, self.names.get(judge)),
                None => format!("{} {}", seat.seat, self.say("chief-vacant")),
            })
            .collect();
        columns.extend(seats.iter().map(|seat| Column::text(seat)));
        html! {
            section.card {
                div.row.between {
                    h2 { (heading) }
                    @if let Some(signed) = &panel.signed {
                        (partials::pill(&page.lang.say_with("chief-signed-by", &[("name", self.names.get(&signed.by).into())]), Tone::Good))
                    } @else if panel.open { (partials::pill(&self.say("chief-open"), Tone::Live)) }
                    @else { (partials::pill(&self.say("chief-closed"), Tone::Wait)) }
                }
                (partials::progress(&self.say("judge-handed-in"), panel.progress.done, panel.progress.expected))
                (partials::table(&heading, &columns, &html! {
                    @for row in &panel.rows {
                        tr data-out[row.out] {
                            th scope="row" { a href=(sheet::address(self.contest, panel, row)) { (number(page, row.number)) }
                                @if let Some(piece) = &row.piece { " " small { (piece.title) } }
                                @if row.attempt > 1 { " " small { (page.lang.say_with("judge-attempt", &[("attempt", row.attempt.into())])) } } }
                            @for cell in &row.cells { td { (cell_pill(page, cell.state)) } }
                        }
                    }
                }))
                @if board.heading.phase == Phase::Running { (self.signing(panel, board.is_chief)) }
            }
        }
    }

    /// A leader signs for the panel; only the chief takes a signature back.
    fn signing(&self, panel: &PanelBoard, is_chief: bool) -> Markup {
        let hidden = html! {
            input type="hidden" name="stage" value=(panel.stage.id);
            input type="hidden" name="panel" value=(panel.panel.id);
            input type="hidden" name="group" value=(group_field(panel.group.as_ref()));
        };
        html! {
            @if panel.signed.is_some() {
                @if is_chief { (partials::dialog(&self.say("chief-reopen"), Look::Plain, &self.say("chief-reopen"), &html! {
                    form method="post" action=(self.action("reopen")) { (hidden)
                        (self.reason(format!("{}-{}-{}", panel.stage.id, panel.panel.id, group_field(panel.group.as_ref()))))
                        (partials::button(&self.say("chief-reopen"), Look::Danger)) }
                })) }
            } @else if panel.blocks.is_empty() {
                form method="post" action=(self.action("sign")) { (hidden)
                    (partials::button(&self.say("chief-sign"), Look::Primary)) }
            } @else {
                ul.quiet-text { @for block in &panel.blocks { li { (block_words(self.page, block)) } } }
            }
        }
    }

    fn correction(&self, one: &Correction, reason: &str) -> Markup {
        let page = self.page;
        html! {
            p.correction {
                strong { (number(page, one.number)) " · " (one.aspect.title) } " "
                (mark(page, one.before.as_ref())) " → " strong { (mark(page, one.after.as_ref())) }
                br; (page.lang.say_with("chief-corrected", &[
                    ("by", self.names.get(&one.by).into()), ("reason", reason.into()),
                ]))
                @if let Some(second) = &one.second {
                    " " (page.lang.say_with("chief-seconded", &[("second", self.names.get(second).into())]))
                }
            }
        }
    }

    /// A tied entrant's number; a team or unit by its name.
    fn label(&self, tied: &str) -> String {
        self.numbers.get(tied).map_or_else(|| tied.to_owned(), |found| number(self.page, Some(*found)))
    }

    fn action(&self, what: &str) -> String {
        format!("/chief/{}/{what}", self.contest)
    }

    /// `among` tells one form of the page from another.
    fn reason(&self, among: String) -> Markup {
        html! { (Field::area("reason", &self.say("chief-reason")).among(among).required()) }
    }
}

fn which(found: &SpreadFound) -> String {
    let PanelSlot { stage, piece, attempt, aspect } = &found.slot;
    let piece = piece.as_ref().map_or("", |piece| piece.as_str());
    format!("{}-{stage}-{piece}-{attempt}-{aspect}", found.entrant)
}

fn tone_name(tone: Tone) -> &'static str {
    match tone {
        Tone::Bad => "bad",
        Tone::Warn => "warn",
        _ => "wait",
    }
}

pub(super) fn cell_pill(page: &Page, state: view::chief::CellState) -> Markup {
    use view::chief::CellState;
    let (key, tone) = match state {
        CellState::Vacant => ("chief-vacant", Tone::Bad),
        CellState::OwnUnit => ("judge-own-unit", Tone::Plain),
        CellState::Missing => ("chief-missing", Tone::Plain),
        CellState::Started { marked, wanted } => {
            return partials::pill(&format!("{marked} / {wanted}"), Tone::Wait);
        }
        CellState::ReMark => ("judge-re-mark", Tone::Warn),
        CellState::Returned => ("judge-returned", Tone::Warn),
        CellState::Submitted => ("judge-submitted", Tone::Good),
        CellState::Signed => ("judge-signed", Tone::Good),
    };
    partials::pill(&page.say(key), tone)
}

/// What stands in the way, as a sentence; the organizer's pages say it alike.
pub(in crate::web) fn block_words(page: &Page, block: &Block) -> String {
    let (key, place, count) = match block {
        Block::StageOpen { stage, group } => ("block-stage-open", titles([Some(stage), group.as_ref()]), 0),
        Block::SheetsMissing { stage, panel, group, count, progress } => {
            let place = titles([Some(stage), Some(panel), group.as_ref()]);
            let values = [
                ("place", place.into()),
                ("count", (*count).into()),
                ("done", progress.done.into()),
                ("expected", progress.expected.into()),
            ];
            return page.lang.say_with("block-sheets-missing", &values).into_owned();
        }
        Block::ValuesMissing { stage, group, count } => {
            ("block-values-missing", titles([Some(stage), group.as_ref()]), *count)
        }
        Block::SpreadsOpen { stage, panel, group, count } => {
            ("block-spreads-open", titles([Some(stage), Some(panel), group.as_ref()]), *count)
        }
        Block::NotSigned { stage, panel, group } => {
            ("block-not-signed", titles([Some(stage), Some(panel), group.as_ref()]), 0)
        }
        Block::DisqualificationsOpen { count } => ("block-disqualifications-open", String::new(), *count),
        Block::PeriodsOpen { count } => ("block-periods-open", String::new(), *count),
        Block::TiesOpen { count } => ("block-ties-open", String::new(), *count),
    };
    page.lang.say_with(key, &[("place", place.into()), ("count", count.into())]).into_owned()
}
