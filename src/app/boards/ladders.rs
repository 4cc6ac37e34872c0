//! What a contest's board says of its ladders (擂台): who holds each, and a digest that changes with whatever may be
//! seen of it. The page of a ladder is read over HTTP when its digest changes.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::{
    Names,
    join::shown_who,
    shown::{Shown, ShownLadder},
};
use crate::{
    app::{App, Result, room},
    rules::{
        definition::model::Titled,
        ladder,
        ledger::Instant,
        names::ContestId,
        view::{Audience, Seen, Shows},
    },
};

/// Of what happened, so much is part of the look.
const HAPPENED: usize = 20;
const LOOK_BYTES: usize = 8;

/// A ladder as an audience sees it, without names.
pub(super) struct Look {
    ladder: Titled,
    people: usize,
    /// Who stands first.
    pub(super) holder: Option<Seen>,
    since: Option<(Instant, u32)>,
    look: String,
}

impl App {
    pub(super) async fn view_of_ladders(&self, contest: &ContestId, audience: &Audience) -> Result<Vec<Look>> {
        let follower = self.follower(contest).await?;
        let (audience, now) = (audience.clone(), self.now());
        let look = move |titled: Titled, state: &_| {
            let board = ladder::board(state, &titled.id, &audience, now)?;
            let happened = ladder::happened(state, &titled.id, &audience, now, HAPPENED);
            let reigns = ladder::reigns(state, &titled.id, &audience, now);
            let all = format!("{:?}{:?}{happened:?}{reigns:?}", board.lines, board.bouts);
            // Where nothing is shown, the only line is the viewer's own.
            let first = board.lines.first().filter(|_| board.shows != Shows::Nothing);
            Some(Look {
                people: board.people,
                holder: first.and_then(|line| line.who.clone()),
                since: first.and_then(|line| line.reign),
                look: HEXLOWER.encode(&Sha256::digest(all)[..LOOK_BYTES]),
                ladder: titled,
            })
        };
        // As with standings: a large ladder takes longer than a request may hold up others.
        let looks = tokio::task::spawn_blocking(move || {
            follower.read(|state| ladder::ladders(state).into_iter().filter_map(|one| look(one, state)).collect())
        });
        looks.await.map_err(|_| crate::app::Error::Busy { retry_ms: room::RETRY_MS })
    }
}

/// Adds the ladders to a board. What is due on them happens without an entry, so that the version tells of them too.
pub(super) fn join(shown: &mut Shown, version: &mut String, looks: Vec<Look>, mask_names: bool, names: &Names) {
    for look in &looks {
        version.push('.');
        version.push_str(&look.look);
    }
    shown.ladders = looks
        .into_iter()
        .map(|look| ShownLadder {
            key: look.ladder.id.to_string(),
            title: look.ladder.title,
            people: look.people,
            holder: look.holder.map(|holder| shown_who(mask_names, &holder, names)),
            since_ms: look.since.map(|(since, _)| since.0),
            defences: look.since.map_or(0, |(_, defences)| defences),
            look: look.look,
        })
        .collect();
}
