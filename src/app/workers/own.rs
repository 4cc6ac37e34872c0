//! What a contest has for one entrant: places and results as the public sees them, and titles that were announced.

use crate::{
    app::{App, Error, Result, room::RETRY_MS},
    rules::{
        names::{ContestId, EntrantId},
        view::{self, Audience, Heading, OwnCertificate},
    },
};

/// The standings of more entrants are not made for one reader; the board and the places of papers tell them.
const OWN_ENTRANTS_MAX: usize = 2_000;

/// For the page of a worker.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Own {
    pub heading: Heading,
    /// One for each table that lists them; none while the public sees nothing.
    pub places: Vec<OwnPlace>,
    /// Awards as announced.
    pub titles: Vec<String>,
    /// Of awards.
    pub certificates: Vec<OwnCertificate>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct OwnPlace {
    /// Of the table; empty for the only one.
    pub title: String,
    pub rank: Option<u32>,
    pub count: usize,
    /// Stages with their scores, the total last; decimals as text.
    pub results: Vec<(String, String)>,
}

impl App {
    /// Never more than the public may see at this moment, of one entrant.
    pub async fn own(&self, contest: &ContestId, entrant: &EntrantId) -> Result<Own> {
        let follower = self.follower(contest).await?;
        let (entrant, now) = (entrant.clone(), self.now());
        // Standings of a large field take longer than a request may block others.
        let own = tokio::task::spawn_blocking(move || {
            follower.read(|state| {
                let key = view::public_key(state, &entrant);
                let few = view::entrant_count(state) <= OWN_ENTRANTS_MAX;
                let seen = if few { view::why(state, &Audience::Public, &key, now) } else { None };
                Own {
                    heading: view::heading(state),
                    places: seen.map(|seen| seen.rows.into_iter().map(place).collect()).unwrap_or_default(),
                    titles: view::titles_of(state, &entrant),
                    certificates: view::certificates_of(state, &entrant),
                }
            })
        });
        own.await.map_err(|_| Error::Busy { retry_ms: RETRY_MS })
    }
}

fn place(seen: view::WhyRow) -> OwnPlace {
    let stages = seen.columns.into_iter().zip(seen.row.stages);
    let mut results: Vec<(String, String)> =
        stages.filter_map(|(column, value)| Some((column.title, value?.normalize().to_string()))).collect();
    if let (Some(total), true) = (seen.row.total, results.len() != 1) {
        results.push((String::new(), total.normalize().to_string()));
    }
    OwnPlace { title: seen.title, rank: seen.row.rank, count: seen.count, results }
}
