//! `/figures/{contest}/figure?…`: one figure with its history: who entered and who checked what, from which paper. Here it
//! is reported with a self-score and its evidence, found otherwise, sent back.

use axum::{
    Router,
    extract::Query,
    response::Response,
    routing::{get, post},
};
use maud::{Markup, html};
use rust_decimal::Decimal;
use serde::Deserialize;

use super::{
    clerk::Clerk,
    evidence::{self, Paper},
    grid,
    look::{self, Standing},
    revise,
};
use crate::{
    app,
    files::figures::{self as cells},
    rules::{
        command::{Command, Refusal},
        decimal,
        indicators::{
            self, Act, Actual, Figure, FigureSlot, How, IndicatorRefusal, PeriodStage, Target, Way, rules::Indicator,
        },
        ledger::entry::Digest,
        names::{ContestId, EntrantId, Id, PersonId},
    },
    web::{
        Error, Result, Web,
        error::percent,
        form::Posted,
        organizer::{Upload, Zone, upload_limit},
        partials::{self, Column, Field, Look, Tone},
    },
    words::indicator,
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/figures/{contest}/figure", get(show).post(report))
        .route("/figures/{contest}/return", post(send_back))
        .layer(upload_limit())
}

/// Names one figure in an address or a form.
#[derive(Clone, Deserialize)]
pub(super) struct Which {
    pub(super) entrant: EntrantId,
    pub(super) indicator: Id,
    pub(super) period: Id,
}

impl Which {
    pub(super) fn slot(&self) -> FigureSlot {
        FigureSlot { entrant: self.entrant.clone(), indicator: self.indicator.clone(), period: self.period.clone() }
    }

    pub(super) fn of(form: &Upload) -> Result<Self> {
        Ok(Self {
            entrant: EntrantId::new(form.text("entrant")?),
            indicator: Id::new(form.text("indicator")?),
            period: Id::new(form.text("period")?),
        })
    }
}

pub(in crate::web) fn address(contest: &ContestId, slot: &FigureSlot) -> String {
    let part = percent;
    format!(
        "/figures/{contest}/figure?entrant={}&indicator={}&period={}",
        part(slot.entrant.as_str()),
        part(slot.indicator.as_str()),
        part(slot.period.as_str())
    )
}

/// The three names as hidden fields.
pub(super) fn hidden(slot: &FigureSlot) -> Markup {
    html! {
        input type="hidden" name="entrant" value=(slot.entrant);
        input type="hidden" name="indicator" value=(slot.indicator);
        input type="hidden" name="period" value=(slot.period);
    }
}

/// One figure as it stands.
pub(super) struct Found {
    pub(super) slot: FigureSlot,
    pub(super) indicator: Indicator,
    pub(super) stage: PeriodStage,
    pub(super) figure: Option<Figure>,
    targets: Vec<Target>,
    /// By document, or of the definition.
    target: Option<Decimal>,
    writes: bool,
}

pub(super) async fn found(clerk: &Clerk, slot: FigureSlot) -> Result<Found> {
    clerk.period(&slot.period)?;
    let indicator = clerk.rules().indicator(&slot.indicator).ok_or(Error::NotFound)?.clone();
    let looked = clerk
        .read(|state| {
            if !clerk.may.reads(state, &slot) {
                return Err(Error::Forbidden);
            }
            let lines = indicators::grid(state, &slot.indicator, &slot.period);
            let line = lines.iter().find(|line| *line.entrant == slot.entrant).ok_or(Error::NotFound)?;
            let (figure, targets) = indicators::figure(state, &slot);
            let stage = indicators::progress(state, &slot.period).map_or(PeriodStage::Planned, |at| at.stage);
            let writes = clerk.may.writes(state, &slot.indicator, &slot.entrant);
            Ok((stage, figure.cloned(), targets.to_vec(), line.target, writes))
        })
        .await?;
    let (stage, figure, targets, target, writes) = looked?;
    Ok(Found { slot, indicator, stage, figure, targets, target, writes })
}

impl Found {
    /// So many of it there are.
    fn versions(&self) -> usize {
        self.figure.as_ref().map_or(0, |figure| figure.versions.len())
    }
}

async fn show(clerk: Clerk, Query(which): Query<Which>) -> Result<Markup> {
    let found = found(&clerk, which.slot()).await?;
    let (title, body) = page(&clerk, &found, None).await?;
    Ok(clerk.show(&title, &body))
}

pub(super) async fn page(clerk: &Clerk, found: &Found, problem: Option<&str>) -> Result<(String, Markup)> {
    let title = format!("{} · {}", clerk.name(&found.slot.entrant), found.indicator.title);
    let period = clerk.period(&found.slot.period)?.title.clone();
    let standing = Standing::of(found.figure.as_ref());
    let checks = clerk.may.checks(&found.slot.indicator);
    let is_open = found.writes && found.stage == PeriodStage::Open && (checks || standing != Standing::Checked);
    let may_return = checks
        && matches!(found.stage, PeriodStage::Open | PeriodStage::Closed)
        && matches!(standing, Standing::Reported | Standing::Checked | Standing::Revised);
    let body = html! {
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        p { (period) " · " (found.indicator.owner) " " (grid::standing(clerk, standing)) }
        @if found.writes { p { (grid::to_grid(clerk, &found.slot.period)) } }
        (history(clerk, found).await?)
        @if !found.targets.is_empty() || found.target.is_some() { (targets(clerk, found).await?) }
        @if is_open { (report_form(clerk, found, checks)) }
        @if may_return {
            (partials::dialog(&clerk.say("figures-return"), Look::Danger, &clerk.say("figures-return"), &html! {
                p { (clerk.say("figures-return-means")) }
                form method="post" action={ (clerk.base()) "/return" } {
                    (hidden(&found.slot))
                    (Field::area("reason", &clerk.say("organizer-reason")).required())
                    (partials::button(&clerk.say("figures-return"), Look::Danger))
                }
            }))
        }
        @if checks && found.stage >= PeriodStage::Closed { (revise::form(clerk, found)) }
    };
    Ok((title, body))
}

fn said(clerk: &Clerk, indicator: &Indicator, actual: &Actual) -> String {
    let title = |kind: &Id| {
        let known = indicator.kinds().iter().find(|known| known.id == *kind);
        known.map_or_else(|| kind.to_string(), |known| known.title.clone())
    };
    let unit = indicator.measured_in.as_ref().filter(|_| matches!(actual, Actual::Is(_)));
    let unit = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
    format!("{}{unit}", indicator::actual(clerk.page.lang, actual, title))
}

/// Every version, the newest first.
async fn history(clerk: &Clerk, found: &Found) -> Result<Markup> {
    let Some(figure) = &found.figure else {
        return Ok(partials::notice(Tone::Warn, &html! { p { (clerk.say("figures-none-yet")) } }));
    };
    let people: Vec<PersonId> = figure
        .versions
        .iter()
        .flat_map(|version| std::iter::once(&version.by).chain(&version.second))
        .cloned()
        .collect();
    let named = clerk.app.people(&people).await?;
    let person =
        |id: &PersonId| named.iter().find(|one| one.id == *id).map_or_else(|| id.to_string(), |one| one.name.clone());
    let returned = match &figure.way {
        Way::Returned { reason } => Some(reason),
        _ => None,
    };
    let digests: Vec<&Digest> = figure.versions.iter().flat_map(|one| one.evidence.iter().chain(&one.reason)).collect();
    let texts = clerk.texts(&digests.iter().copied().chain(returned).collect::<Vec<_>>()).await?;
    let loose: Vec<Digest> = digests.into_iter().filter(|digest| !texts.contains_key(*digest)).cloned().collect();
    let files = clerk.app.evidence_files(&loose).await?;
    let zone = Zone::of(&clerk.heading);
    let titles =
        ["figures-what", "figures-value", "figures-self-score", "figures-paper", "figures-who", "figures-when"];
    let titles = titles.map(|key| clerk.say(key));
    let columns: Vec<Column<'_>> = titles.iter().map(|title| Column::text(title)).collect();
    Ok(html! {
        @if let Some(reason) = returned {
            (partials::notice(Tone::Warn, &html! {
                p { strong { (clerk.say("figures-standing-returned")) } ": " (texts.get(reason).map_or("–", String::as_str)) }
            }))
        }
        (partials::table(&clerk.say("figures-history"), &columns, &html! {
            @for version in figure.versions.iter().rev() {
                tr {
                    td { (clerk.say(match version.how {
                        How::Reported => "figures-how-reported",
                        How::Checked => "figures-how-checked",
                        How::Revised => "figures-how-revised",
                    })) }
                    td { strong { (said(clerk, &found.indicator, &version.actual)) } }
                    td { @match version.self_score { Some(score) => (score), None => "–" } }
                    td {
                        @if let Some(text) = version.reason.as_ref().and_then(|reason| texts.get(reason)) { p { (text) } }
                        @for digest in &version.evidence {
                            @if let Some(text) = texts.get(digest) { p { (text) } }
                            @else if files.contains(digest) {
                                p { a href=(file_address(clerk, found, digest)) { (clerk.say("figures-paper-open")) } }
                            }
                        }
                    }
                    td { (person(&version.by)) @if let Some(second) = &version.second { br; (person(second)) } }
                    td.moment { (zone.minute(version.at)) }
                }
            }
        }))
    })
}

fn file_address(clerk: &Clerk, found: &Found, digest: &Digest) -> String {
    let whole = address(&clerk.contest, &found.slot);
    let query = whole.split_once('?').map(|(_, query)| query).unwrap_or_default();
    format!("{}/evidence/{}?{query}", clerk.base(), percent(&digest.0))
}

async fn targets(clerk: &Clerk, found: &Found) -> Result<Markup> {
    let digests: Vec<&Digest> = found.targets.iter().map(|target| &target.document.digest).collect();
    let texts = clerk.texts(&digests).await?;
    Ok(partials::card(
        &clerk.say("figures-target"),
        &html! {
            @if found.targets.is_empty() {
                p { @if let Some(target) = found.target { strong { (target.normalize()) } " · " (clerk.say("figures-target-by-rules")) } }
            }
            ul { @for target in found.targets.iter().rev() {
                li { strong { (target.target.normalize()) } " · " (target.document.dated) " · "
                    (texts.get(&target.document.digest).map_or("–", String::as_str)) }
            } }
        },
    ))
}

/// Fields for the figure itself: one, or one for each kind of event.
pub(super) fn figure_fields(clerk: &Clerk, found: &Found, among: &str) -> Markup {
    let latest = found.figure.as_ref().and_then(Figure::latest);
    let (hint, value) = (clerk.say("figures-value-hint"), clerk.say("figures-value"));
    html! {
        @for column in look::columns_of(&found.indicator) {
            @let kind = column.kind.as_ref();
            @let text = latest.map(|latest| cells::shown(&latest.actual, kind.map(|kind| &kind.0), clerk.page.lang)).unwrap_or_default();
            @let unit = column.measured_in.as_ref().map(|unit| format!("（{unit}）")).unwrap_or_default();
            @let label = kind.map_or_else(|| format!("{value}{unit}"), |kind| kind.1.clone());
            (Field::text(&format!("value {}", column.key()), &label).value(&text).hint(&hint).among(among).required())
        }
    }
}

/// What those fields say, or what is wrong with them.
pub(super) fn typed(
    clerk: &Clerk,
    indicator: &Indicator,
    form: &Upload,
) -> Result<std::result::Result<Actual, String>> {
    let columns = look::columns_of(indicator);
    let texts: Vec<String> =
        columns.iter().map(|column| form.text(&format!("value {}", column.key()))).collect::<Result<_>>()?;
    Ok(match cells::figure(&columns, &texts) {
        Ok(Some(actual)) => Ok(actual),
        Ok(None) => Err(clerk.say("figures-value-missing")),
        Err(wrong) => {
            let told =
                wrong.iter().map(|(at, fact)| format!("{}: {}", columns[*at].heading(), fact.say(clerk.page.lang)));
            Err(told.collect::<Vec<_>>().join(" "))
        }
    })
}

fn report_form(clerk: &Clerk, found: &Found, checks: bool) -> Markup {
    let own = found.figure.as_ref().and_then(Figure::latest).and_then(|version| version.self_score);
    let own = own.map(|score| score.normalize().to_string()).unwrap_or_default();
    partials::card(
        &clerk.say("figures-report"),
        &html! {
            form method="post" enctype="multipart/form-data" action={ (clerk.base()) "/figure" } {
                (hidden(&found.slot))
                input type="hidden" name="seen" value=(found.versions());
                (figure_fields(clerk, found, "report"))
                (Field::decimal("self-score", &clerk.say("figures-self-score")).value(&own).hint(&clerk.say("figures-self-score-hint")))
                (evidence::fields(clerk, "report", false))
                div.row {
                    button.button.primary name="do" value="report" { (clerk.say("figures-save")) }
                    @if checks { button.button name="do" value="check" { (clerk.say("figures-save-check")) } }
                }
            }
        },
    )
}

/// What somebody reports, and which version they looked at.
struct Reported {
    actual: Actual,
    self_score: Option<Decimal>,
    paper: Paper,
    seen: usize,
    check: bool,
}

enum Written {
    Done,
    /// It stands already: a second tap on the same button.
    Same,
    /// Somebody else wrote there after the page was made.
    Changed,
}

async fn report(clerk: Clerk, form: Upload) -> Result<Response> {
    let slot = Which::of(&form)?.slot();
    let found = found(&clerk, slot.clone()).await?;
    let own = form.text("self-score")?;
    let self_score = if own.trim().is_empty() { Ok(None) } else { decimal::parse(own.trim()).map(Some) };
    let sent = match (typed(&clerk, &found.indicator, &form)?, self_score, Paper::of(&clerk, &form)?) {
        (Err(problem), _, _) | (_, _, Err(problem)) => Err(problem),
        (_, Err(_), _) => Err(clerk.say("figures-self-score-wrong")),
        (Ok(actual), Ok(self_score), Ok(paper)) => Ok(Reported {
            actual,
            self_score,
            paper,
            seen: form.text("seen")?.parse().unwrap_or(0),
            check: form.text("do")? == "check",
        }),
    };
    let problem = match sent {
        Err(problem) => problem,
        Ok(reported) => match write(&clerk, found, &reported).await? {
            Written::Done => return Ok(Clerk::done(&address(&clerk.contest, &slot), "saved", 1)),
            Written::Same => return Ok(Clerk::done(&address(&clerk.contest, &slot), "same", 0)),
            Written::Changed => clerk.say("figures-changed-meanwhile"),
        },
    };
    let found = self::found(&clerk, slot).await?;
    let (title, body) = page(&clerk, &found, Some(&problem)).await?;
    Ok(clerk.wrong(&title, &body))
}

/// Again when somebody was quicker: then it is the same, or it has changed.
async fn write(clerk: &Clerk, found: Found, reported: &Reported) -> Result<Written> {
    const TRIES: usize = 3;
    let mut found = found;
    for _ in 0..TRIES {
        let latest = found.figure.as_ref().and_then(Figure::latest);
        // Papers that were handed in stay with the figure.
        let held = latest.map(|version| version.evidence.clone()).unwrap_or_default();
        let (rows, new) = reported.paper.kept(clerk, &held).await?;
        let standing = Standing::of(found.figure.as_ref());
        let same = new.is_empty()
            && standing != Standing::Returned
            && latest.is_some_and(|now| now.actual == reported.actual && now.self_score == reported.self_score);
        let confirms = reported.check && (!same || standing == Standing::Reported);
        if same && !confirms {
            return Ok(Written::Same);
        }
        if !same && reported.seen != found.versions() {
            return Ok(Written::Changed);
        }
        let slot = || found.slot.clone();
        let mut acts = vec![Act::Expect { slot: slot(), versions: found.versions() }];
        if !same {
            let evidence = held.into_iter().chain(new).collect();
            let (actual, self_score) = (reported.actual.clone(), reported.self_score);
            acts.push(Act::Report { slot: slot(), actual, self_score, evidence });
        }
        if confirms {
            acts.push(Act::Check { slot: slot(), found: None });
        }
        match clerk.act(Command::Together(acts.into_iter().map(Command::Indicator).collect()), rows).await {
            Ok(_) => return Ok(Written::Done),
            Err(Error::App(app::Error::Refused(Refusal::Indicator(IndicatorRefusal::Changed(_))))) => {}
            Err(error) => return Err(error),
        }
        found = self::found(clerk, slot()).await?;
    }
    Ok(Written::Changed)
}

#[derive(Deserialize)]
struct Returned {
    #[serde(flatten)]
    which: Which,
    reason: String,
}

async fn send_back(clerk: Clerk, Posted(form): Posted<Returned>) -> Result<Response> {
    let (reason, row) = clerk.app.note(&form.reason)?;
    let slot = form.which.slot();
    clerk.act(Command::Indicator(Act::Return { slot: slot.clone(), reason }), vec![row]).await?;
    Ok(Clerk::done(&address(&clerk.contest, &slot), "returned", 1))
}
