//! Challenge days (擂台日) as the chief judge knows them: draw numbers, and nobody's name.

use crate::{
    app::{App, Result},
    rules::{
        definition::model::Titled,
        ladder::{self, Rules, rules::Format},
        ledger::Instant,
        names::{ChallengeId, ContestId},
        state::State,
        view,
    },
};

/// The queue of one judged ladder.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    pub ladder: Titled,
    /// Those before the judges first.
    pub waiting: Vec<Waiting>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub challenge: ChallengeId,
    /// The draw numbers of the two, the lower first; `None`: not before the judges yet.
    pub numbers: Option<(u32, u32)>,
    pub play_by: Option<Instant>,
}

impl App {
    /// Of every ladder that judges decide.
    pub async fn challenge_days(&self, contest: &ContestId) -> Result<Vec<Day>> {
        let now = self.now();
        let day = |state: &State, rules: &Rules| Day {
            ladder: rules.titled(),
            waiting: ladder::queue(state, &rules.id, now).into_iter().map(|bout| waiting(state, bout)).collect(),
        };
        let days = |state: &State| {
            let judged = |rules: &&Rules| matches!(rules.format, Format::Judged { .. });
            ladder::all_rules(state).iter().filter(judged).map(|rules| day(state, rules)).collect()
        };
        self.read(contest, days).await
    }
}

fn waiting(state: &State, bout: ladder::Bout) -> Waiting {
    let numbers = bout.session.and_then(|(one, other)| {
        let mut numbers: Vec<u32> =
            view::numbers(state, [&one, &other]).into_iter().map(|(_, number)| number).collect();
        numbers.sort_unstable();
        Some((*numbers.first()?, *numbers.get(1)?))
    });
    Waiting { challenge: bout.id, numbers, play_by: bout.play_by }
}
