//! `/figures/{contest}/grid?period=…`: units × indicators of one period, filled in on a desktop or a tablet. The page is a
//! form and works without script; `static/figures.js` takes what is pasted from a spreadsheet and marks what does not
//! fit before it is sent. What is sent is taken as a whole, or not at all, with every cell that stands in the way.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Query},
    response::Response,
    routing::get,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    clerk::Clerk,
    figure, home,
    look::{self, Beside, Sheet, Standing},
};
use crate::{
    app,
    files::figures::{AllTyped, Change, Fact, Typed, read},
    rules::{
        command::Command,
        indicators::{Act, PeriodStage},
        names::Id,
    },
    web::{
        Error, Result, Web,
        error::percent,
        form::Posted,
        partials::{self, Look, Tone},
    },
};

/// A thousand units with twenty columns, all of them sent, as browsers without script do.
const FORM_BYTES_MAX: usize = 8 << 20;
const WRONG_SHOWN_MAX: usize = 50;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/figures/{contest}/grid", get(show).post(save)).layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
}

#[derive(Clone, Deserialize)]
pub(super) struct Of {
    pub(super) period: Id,
}

/// What was sent and is not taken: texts by line and column, with the fact that stands in the way, if any.
type Kept = BTreeMap<(usize, usize), (String, Option<Fact>)>;

pub(super) async fn sheet(clerk: &Clerk, period: &Id) -> Result<Sheet> {
    clerk.period(period)?;
    let (rules, may, names, language) = (clerk.rules(), &clerk.may, &clerk.names, clerk.page.lang);
    clerk.read(|state| look::sheet(state, rules, may, names, &|group| clerk.group(group), period, language)).await
}

async fn show(clerk: Clerk, Query(of): Query<Of>) -> Result<Markup> {
    let sheet = sheet(&clerk, &of.period).await?;
    let body = page(&clerk, &sheet, &Kept::new(), &Markup::default());
    let title = title(&clerk, &of.period);
    Ok(with_script(clerk).show(&title, &body))
}

pub(super) fn with_script(mut clerk: Clerk) -> Clerk {
    clerk.page = clerk.page.script("figures.js");
    clerk
}

pub(super) fn title(clerk: &Clerk, period: &Id) -> String {
    let period = clerk.rules().period(period).map_or(period.as_str(), |period| period.title.as_str());
    format!("{period} · {}", clerk.say("figures-grid"))
}

async fn save(clerk: Clerk, Query(of): Query<Of>, Posted(fields): Posted<Vec<(String, String)>>) -> Result<Response> {
    let sheet = sheet(&clerk, &of.period).await?;
    let fields: HashMap<String, String> = fields.into_iter().collect();
    let typed = typed(&sheet, &fields);
    let found = read(&sheet.grid, &typed, clerk.page.lang);
    let check = fields.get("do").is_some_and(|act| act == "check");
    let problem = if found.wrong.is_empty() {
        match take(&clerk, &sheet, &found.changes, check, &typed).await {
            Ok(count) => {
                let to = address(&clerk, &of.period);
                return Ok(Clerk::done(&to, if check { "checked" } else { "saved" }, count));
            }
            Err(Error::App(error @ app::Error::Refused(_))) => Error::from(error).words(clerk.page.lang).1,
            Err(error) => return Err(error),
        }
    } else {
        clerk.count("figures-wrong", found.wrong.len())
    };
    // What nobody touched is shown as it stands now.
    let edited = typed.into_iter().filter(|(_, typed)| typed.was.as_ref() != Some(&typed.text));
    let mut kept: Kept = edited.map(|(at, typed)| (at, (typed.text, None))).collect();
    for wrong in &found.wrong {
        let text = || sheet.grid.lines[wrong.line].cells[wrong.column].as_ref().map(|cell| cell.text.clone());
        let entry = kept.entry((wrong.line, wrong.column)).or_insert_with(|| (text().unwrap_or_default(), None));
        entry.1 = Some(wrong.fact.clone());
    }
    let told = partials::notice(
        Tone::Bad,
        &html! {
            p { strong { (problem) } }
            @if !found.wrong.is_empty() {
                ul {
                    @for wrong in found.wrong.iter().take(WRONG_SHOWN_MAX) {
                        li {
                            a href=(format!("#cell-{}-{}", wrong.line, wrong.column)) {
                                (sheet.grid.lines[wrong.line].name) " · " (sheet.grid.columns[wrong.column].heading())
                            }
                            ": " (wrong.fact.say(clerk.page.lang))
                        }
                    }
                }
            }
        },
    );
    let body = page(&clerk, &sheet, &kept, &told);
    let title = title(&clerk, &of.period);
    Ok(with_script(clerk).wrong(&title, &body))
}

fn typed(sheet: &Sheet, fields: &HashMap<String, String>) -> AllTyped {
    let mut typed = AllTyped::new();
    for (line, unit) in sheet.grid.lines.iter().enumerate() {
        for (column, known) in sheet.grid.columns.iter().enumerate() {
            let name = format!("{} {}", unit.entrant, known.key());
            let Some(was) = fields.get(&format!("was {name}")) else { continue };
            // A script sends the text only where it was edited.
            let text = fields.get(&name).unwrap_or(was);
            typed.insert((line, column), Typed { text: text.trim().to_owned(), was: Some(was.clone()) });
        }
    }
    typed
}

/// All of it or nothing. With `check` the department also confirms what waits as it was shown. Says how many figures.
pub(super) async fn take(
    clerk: &Clerk,
    sheet: &Sheet,
    changes: &[Change],
    check: bool,
    typed: &AllTyped,
) -> Result<usize> {
    let mut acts: Vec<Act> = Vec::new();
    let mut count = changes.len();
    for change in changes {
        acts.extend(sheet.acts(
            change.line,
            &change.indicator,
            &change.actual,
            check && clerk.may.checks(&change.indicator),
        ));
    }
    if check {
        let changing: BTreeSet<(usize, Id)> =
            changes.iter().map(|change| (change.line, change.indicator.clone())).collect();
        let seen = |line: usize, indicator: &Id| {
            sheet.grid.columns.iter().enumerate().filter(|(_, column)| column.indicator == *indicator).all(|(at, _)| {
                let cell = sheet.grid.lines[line].cells[at].as_ref();
                let was = typed.get(&(line, at)).and_then(|typed| typed.was.as_ref());
                cell.map(|cell| &cell.text) == was
            })
        };
        for (line, indicator) in sheet.waiting(&changing) {
            // What came in after the page was made is for the next look.
            if clerk.may.checks(&indicator) && seen(line, &indicator) {
                acts.push(sheet.expected(line, &indicator));
                acts.push(Act::Check { slot: sheet.slot(line, &indicator), found: None });
                count += 1;
            }
        }
    }
    if !acts.is_empty() {
        clerk.act(Command::Together(acts.into_iter().map(Command::Indicator).collect()), Vec::new()).await?;
    }
    Ok(count)
}

pub(super) fn address(clerk: &Clerk, period: &Id) -> String {
    format!("{}/grid?period={}", clerk.base(), percent(period.as_str()))
}

fn page(clerk: &Clerk, sheet: &Sheet, kept: &Kept, told: &Markup) -> Markup {
    let may_write = sheet.grid.lines.iter().flat_map(|line| &line.cells).flatten().any(|cell| cell.open);
    let Some(period) = clerk.rules().period(&sheet.period) else { return Markup::default() };
    html! {
        (tabs(clerk, &sheet.period))
        div.row.between {
            p { (period.from) " – " (period.to) " · " (clerk.say("figures-due")) " " strong { (period.due) } }
            (home::stage_pill(clerk.page.lang, sheet.stage))
        }
        (told)
        @if sheet.grid.lines.is_empty() {
            (partials::empty(&clerk.say("figures-nobody"), &html! { p { (clerk.say("figures-nobody-next")) } }))
        } @else {
            @if !may_write { (partials::notice(Tone::Wait, &html! { p { (clerk.say(closed(sheet.stage))) } })) }
            @else { p.quiet-text { (clerk.say("figures-grid-about")) } }
            form.figures method="post" action=(address(clerk, &sheet.period))
                data-wrong-number=(clerk.say("figures-script-number"))
                data-wrong-count=(clerk.say("figures-script-count"))
                data-wrong-sheet=(clerk.say("figures-script-sheet"))
                data-wrong-title=(clerk.say("figures-script-title"))
                data-pasted=(clerk.say("figures-script-pasted"))
                data-beyond=(clerk.say("figures-script-beyond"))
                data-edited=(clerk.say("figures-script-edited"))
                data-not-applicable=(clerk.say("figures-not-applicable"))
            {
                div.told role="alert" hidden {}
                (table(clerk, sheet, kept))
                datalist id="not-applicable" { option value=(clerk.say("figures-not-applicable")); }
                @if may_write {
                    div.row.bar {
                        @if sheet.stage == PeriodStage::Open { button.button.primary name="do" value="save" { (clerk.say("figures-save")) } }
                        @if clerk.may.checks_something() { button.button name="do" value="check" { (clerk.say("figures-save-check")) } }
                        span.edited role="status" {}
                    }
                    @if clerk.may.checks_something() { p.quiet-text { (clerk.say("figures-check-means")) } }
                }
            }
            (super::import::card(clerk, sheet, may_write))
        }
    }
}

fn tabs(clerk: &Clerk, current: &Id) -> Markup {
    let periods = clerk.rules().periods.iter();
    let tabs: Vec<partials::Tab<'_>> = periods
        .map(|period| partials::Tab {
            href: address(clerk, &period.id),
            title: &period.title,
            current: period.id == *current,
            count: None,
        })
        .collect();
    partials::tabs(&clerk.say("figures-periods"), &tabs)
}

fn closed(stage: PeriodStage) -> &'static str {
    match stage {
        PeriodStage::Planned => "figures-not-open",
        PeriodStage::Open => "figures-all-checked",
        _ => "figures-closed",
    }
}

fn table(clerk: &Clerk, sheet: &Sheet, kept: &Kept) -> Markup {
    let groups = sheet.grid.lines.iter().any(|line| line.group.is_some());
    html! {
        div.table.sheet tabindex="0" role="region" aria-label=(clerk.say("figures-grid")) {
            table {
                caption.visually-hidden { (title(clerk, &sheet.period)) }
                thead { tr {
                    th scope="col" { (clerk.say("column-unit")) }
                    @for column in &sheet.grid.columns { th.number scope="col" { (column.heading())
                        @if let Some(full) = column.full { br; small { "0 – " (full.normalize()) } } } }
                } }
                tbody {
                    @for (at, line) in sheet.grid.lines.iter().enumerate() {
                        @if groups && (at == 0 || sheet.grid.lines[at - 1].group != line.group) {
                            tr.group { th colspan=(sheet.grid.columns.len() + 1) scope="colgroup" { (line.group.as_deref().unwrap_or("–")) } }
                        }
                        tr data-line=(at) {
                            th scope="row" { (line.name) }
                            @for column in 0..sheet.grid.columns.len() { (cell(clerk, sheet, kept, at, column)) }
                        }
                    }
                }
            }
        }
    }
}

fn cell(clerk: &Clerk, sheet: &Sheet, kept: &Kept, line: usize, column: usize) -> Markup {
    let (unit, known) = (&sheet.grid.lines[line], &sheet.grid.columns[column]);
    let (Some(cell), Some(beside)) = (&unit.cells[column], &sheet.beside[line][column]) else {
        return html! { td.none data-column=(column) title=(clerk.say("figures-not-judged")) { "/" } };
    };
    let name = format!("{} {}", unit.entrant, known.key());
    let (text, fact) =
        kept.get(&(line, column)).map_or((cell.text.as_str(), None), |(text, fact)| (text, fact.as_ref()));
    let kind = if known.kind.is_some() { "count" } else { "number" };
    let not_applicable = crate::files::figures::is_not_applicable(text);
    html! {
        td.number id=(format!("cell-{line}-{column}")) data-column=(column) data-standing=(standing_word(beside.standing)) {
            @if cell.open {
                input type="hidden" name={ "was " (name) } value=(cell.text);
                input type="text" inputmode="decimal" autocomplete="off" list="not-applicable" name=(name) value=(text)
                    data-kind=(kind) data-full=[known.full.map(|full| full.normalize().to_string())]
                    data-percent[known.measured_in.as_deref() == Some("%")]
                    data-not-applicable[not_applicable]
                    aria-label={ (unit.name) " · " (known.heading()) } aria-invalid=[fact.map(|_| "true")];
                @if let Some(fact) = fact { strong.error { (fact.say(clerk.page.lang)) } }
            } @else {
                span.text data-text=(cell.text) { @if cell.text.is_empty() { "–" } @else { (cell.text) } }
                @if let Some(fact) = fact { strong.error { (text) ": " (fact.say(clerk.page.lang)) } }
            }
            @if beside.first { (below(clerk, sheet, beside, line, &known.indicator)) }
        }
    }
}

/// Target, points, the unit's own score, how far it is; a link to the figure with its history.
fn below(clerk: &Clerk, sheet: &Sheet, beside: &Beside, line: usize, indicator: &Id) -> Markup {
    let slot = sheet.slot(line, indicator);
    html! {
        a.below href=(figure::address(&clerk.contest, &slot)) {
            (standing(clerk, beside.standing))
            @if beside.reads_target {
                @match beside.target {
                    Some(target) => { " " (clerk.say("figures-target")) " " (target.normalize()) },
                    None => { " " span.warn { (clerk.say("figures-no-target")) } },
                }
            }
            @if let Some(points) = beside.points { " · " (clerk.say("figures-points")) " " (points) }
            @if let Some(own) = beside.self_score { " · " (clerk.say("figures-self-score")) " " (own) }
        }
    }
}

pub(super) fn standing(clerk: &Clerk, standing: Standing) -> Markup {
    let (key, tone) = match standing {
        Standing::Missing => ("figures-standing-missing", Tone::Plain),
        Standing::Reported => ("figures-standing-reported", Tone::Wait),
        Standing::Checked => ("figures-standing-checked", Tone::Good),
        Standing::Revised => ("figures-standing-revised", Tone::Good),
        Standing::Returned => ("figures-standing-returned", Tone::Warn),
    };
    partials::pill(&clerk.say(key), tone)
}

fn standing_word(standing: Standing) -> &'static str {
    match standing {
        Standing::Missing => "missing",
        Standing::Reported => "reported",
        Standing::Checked => "checked",
        Standing::Revised => "revised",
        Standing::Returned => "returned",
    }
}

/// A button as a link, for whoever comes from elsewhere.
pub(super) fn to_grid(clerk: &Clerk, period: &Id) -> Markup {
    partials::link_button(&address(clerk, period), &clerk.say("figures-grid"), Look::Plain)
}
