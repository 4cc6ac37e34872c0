//! A period as those who write it, sign it or run it look at it.

use std::collections::HashMap;

use maud::{Markup, html};

use super::{
    figure::address,
    home,
    look::{self, Counts},
};
use crate::{
    app::State,
    rules::{
        indicators::{
            self, Counting, FigureSlot, GroupTable, Missing, PeriodStage, Rules, Vetoes, is_as_published,
            published_rows, rules::Period,
        },
        names::{ContestId, EntrantId, Id},
    },
    web::{
        Page,
        partials::{self, Column, Tone},
    },
};

/// Figures that are listed; the rest is counted.
const SHOWN_MAX: usize = 60;

pub(in crate::web) struct Line {
    pub(in crate::web) period: Period,
    pub(in crate::web) stage: PeriodStage,
    pub(in crate::web) counts: Counts,
    /// None before the period opens.
    pub(in crate::web) missing: Vec<Missing>,
    /// As they stand.
    pub(in crate::web) tables: Vec<GroupTable>,
    /// Figures that count by the word of one person.
    pub(in crate::web) alone: Vec<FigureSlot>,
    /// Titles of indicators whose points may still move.
    pub(in crate::web) provisional: Vec<String>,
    /// What stands differs from what was published.
    pub(in crate::web) revised: bool,
}

impl Line {
    /// Counting the figures that are `mine`.
    pub(in crate::web) fn of(
        state: &State,
        rules: &Rules,
        period: &Period,
        mine: impl Fn(&Id, &EntrantId) -> bool,
    ) -> Self {
        let progress = indicators::progress(state, &period.id);
        let stage = progress.map_or(PeriodStage::Planned, |at| at.stage);
        let tables = indicators::standing(state, &period.id, Counting::Checked, Vetoes::With);
        let published = progress.and_then(|progress| progress.published.last());
        let mut missing = indicators::missing(state, &period.id);
        missing.retain(|one| stage != PeriodStage::Planned && mine(&one.slot.indicator, &one.slot.entrant));
        Self {
            period: period.clone(),
            stage,
            counts: look::counts(state, rules, &period.id, mine),
            missing,
            alone: indicators::alone(state, &period.id).cloned().collect(),
            provisional: indicators::provisional(state, &period.id).into_iter().map(|one| one.title.clone()).collect(),
            revised: published.is_some_and(|published| !is_as_published(published, &published_rows(&tables))),
            tables,
        }
    }

    /// Something is missing, and it is not too late: what was published is revised.
    pub(in crate::web) fn is_awaited(&self) -> bool {
        !self.missing.is_empty() && self.stage < PeriodStage::Published
    }
}

/// Ranks and scores of a group.
pub(in crate::web) fn standing(
    page: &Page,
    names: &HashMap<EntrantId, String>,
    group: &str,
    table: &GroupTable,
) -> Markup {
    let titles = ["figures-rank", "column-unit", "figures-score"].map(|key| page.say(key));
    let columns = [Column::number(&titles[0]), Column::text(&titles[1]), Column::number(&titles[2])];
    let caption = if group.is_empty() { page.say("figures-standing").into_owned() } else { group.to_owned() };
    partials::table(
        &caption,
        &columns,
        &html! {
            @for row in &table.rows {
                tr {
                    td.number { (home::place(page.lang, &row.place)) }
                    td { (names.get(&row.entrant).map_or(row.entrant.as_str(), String::as_str)) }
                    td.number { @match row.score { Some(score) => (score), None => "–" } }
                }
            }
        },
    )
}

/// Of the titles of indicators whose points may still move.
pub(in crate::web) fn provisional(page: &Page, titles: &[String]) -> Markup {
    if titles.is_empty() {
        return Markup::default();
    }
    let titles = titles.join(page.lang.comma());
    let said = page.lang.say_with("figures-provisional", &[("indicators", titles.into())]);
    partials::notice(Tone::Warn, &html! { p { (said) } })
}

/// For those who sign and publish: figures that nobody but one person has seen.
pub(in crate::web) fn alone(
    page: &Page,
    names: &HashMap<EntrantId, String>,
    (contest, rules): (&ContestId, &Rules),
    line: &Line,
) -> Markup {
    if line.alone.is_empty() {
        return Markup::default();
    }
    let count = |key: &str, count: usize| page.lang.say_with(key, &[("count", count.into())]).into_owned();
    partials::notice(
        Tone::Warn,
        &html! {
            details {
                summary { (count("figures-alone", line.alone.len())) }
                ul.missing { @for slot in line.alone.iter().take(SHOWN_MAX) {
                    li { a href=(address(contest, slot)) {
                        (names.get(&slot.entrant).map_or(slot.entrant.as_str(), String::as_str)) " · "
                        (rules.indicator(&slot.indicator).map_or("", |known| known.title.as_str()))
                    } }
                } }
                @if line.alone.len() > SHOWN_MAX { p { (count("figures-missing-more", line.alone.len() - SHOWN_MAX)) } }
            }
        },
    )
}
