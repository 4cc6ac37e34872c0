//! What pages show of a season beside its board: points with the titles of their contests, stars with names.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    app::{App, Result, boards::Looks, boards::shown::ShownWho, called::Called},
    rules::{
        names::{ContestId, EntrantId},
        season::{self, SourceLine, StarPage, Trail},
        view::{self, Audience, Heading},
    },
};

/// Where an entrant's points come from.
#[derive(Clone, Debug)]
pub struct Points {
    pub heading: Heading,
    pub trail: Trail,
    /// Of the contests that are still on this server.
    pub titles: BTreeMap<ContestId, String>,
}

/// The stars of a season, with names.
#[derive(Clone, Debug)]
pub struct Stars {
    pub heading: Heading,
    /// By id.
    pub periods: BTreeMap<String, String>,
    pub page: StarPage,
    called: Called,
}

impl Stars {
    pub fn who(&self, entrant: &EntrantId) -> ShownWho {
        self.called.who(entrant)
    }
}

impl App {
    /// `None`: no season, no such entrant, or the reader may not see it now.
    pub async fn points(&self, contest: &ContestId, looks: Looks, entrant: &EntrantId) -> Result<Option<Points>> {
        let audience = looks.audience();
        let look = |state: &_| (view::heading(state), season::trail(state, entrant, &audience));
        let (heading, trail) = self.read(contest, look).await?;
        let Some(trail) = trail else { return Ok(None) };
        let contests = trail.lines.iter().filter_map(|line| line.report.as_ref()).map(|report| &report.contest);
        let titles = self.titles(contests).await?;
        Ok(Some(Points { heading, trail, titles }))
    }

    /// The sources of a season, in the order of the definition, with the titles of their contests; empty where there
    /// are none, or everybody may not see them now.
    pub async fn sources_shown(
        &self,
        contest: &ContestId,
    ) -> Result<(Heading, Vec<SourceLine>, BTreeMap<ContestId, String>)> {
        let look = |state: &_| (view::heading(state), season::sources(state, &Audience::Public));
        let (heading, sources) = self.read(contest, look).await?;
        let bound = sources.iter().filter_map(|line| line.binding.as_ref()).map(|binding| &binding.contest);
        let titles = self.titles(bound).await?;
        Ok((heading, sources, titles))
    }

    async fn titles(&self, contests: impl Iterator<Item = &ContestId>) -> Result<BTreeMap<ContestId, String>> {
        let sought: BTreeSet<&ContestId> = contests.collect();
        let mut titles = BTreeMap::new();
        for id in sought {
            if let Some(contest) = self.store().contest(id).await? {
                titles.insert(id.clone(), contest.title);
            }
        }
        Ok(titles)
    }

    /// Whether [`App::stars`] has something to show; scores nobody.
    pub async fn has_stars(&self, contest: &ContestId, looks: Looks) -> Result<bool> {
        let audience = looks.audience();
        self.read(contest, |state| season::has_stars(state, &audience)).await
    }

    /// `None`: the contest gives no stars, or the reader may not see them now.
    pub async fn stars(&self, contest: &ContestId, looks: Looks) -> Result<Option<Stars>> {
        let audience: Audience = looks.audience();
        let follower = self.follower(contest).await?;
        let asked = audience.clone();
        // Scores everybody when somebody changed.
        let look = move || {
            follower.read(|state| {
                let periods = view::adopted(state).map(|(_, definition)| definition.indicators.periods.clone());
                (view::heading(state), periods.unwrap_or_default(), season::star_page(state, &asked))
            })
        };
        let busy = |_| crate::app::Error::Busy { retry_ms: crate::app::room::RETRY_MS };
        let (heading, periods, page) = tokio::task::spawn_blocking(look).await.map_err(busy)?;
        let Some(page) = page else { return Ok(None) };
        let shown: BTreeSet<&EntrantId> = page.lines.iter().map(|line| &line.entrant).collect();
        let called = self.called(contest, &shown, &audience).await?;
        let periods = periods.into_iter().map(|period| (period.id.to_string(), period.title)).collect();
        Ok(Some(Stars { heading, periods, page, called }))
    }
}
