//! Which contest a source is: bound by somebody who organizes both, released, and never in a circle.
//!
//! Programs on one database do not wait for one another: each looks again after its commit, and takes back what closed
//! a circle with what another one bound in the same moment.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    app::{Actor, App, Ask, Error, Receipt, Result, lines},
    rules::{
        command::{Command, Refusal},
        ledger::{Entry, entry::Role, season::SeasonEntry},
        names::{ContestId, Id, PersonId},
        season::{self, Act, NotPublic, SeasonRefusal},
        view,
    },
};

pub(super) type Bindings = BTreeMap<ContestId, BTreeMap<Id, ContestId>>;

/// Why points that were reported may leave the board, and who agreed; neither is asked for before the first report.
#[derive(Clone, Debug, Default)]
pub struct Agreed {
    /// May be empty.
    pub reason: String,
    /// From [`App::second_person`].
    pub second: Option<PersonId>,
}

impl App {
    /// Says which contest a source is, and reports it at once. By somebody who organizes both, or an administrator.
    /// [`SeasonRefusal::Circle`] when the contest's points come from this one.
    pub async fn bind_source(
        &self,
        season: &ContestId,
        actor: &Actor,
        source: &Id,
        contest: &ContestId,
    ) -> Result<Receipt> {
        self.bind_source_agreed(season, actor, source, contest, &Agreed::default()).await
    }

    /// Also in place of a contest that has reported.
    pub async fn bind_source_agreed(
        &self,
        season: &ContestId,
        actor: &Actor,
        source: &Id,
        contest: &ContestId,
        agreed: &Agreed,
    ) -> Result<Receipt> {
        let refused = |refusal| Err(Error::Refused(Refusal::Season(refusal)));
        let roles = match self.read(contest, |state| view::roles(state, &actor.person)).await {
            Err(Error::NotFound) => return refused(SeasonRefusal::UnknownContest(contest.clone())),
            roles => roles?,
        };
        if !actor.administrator && !roles.contains(&Role::Organizer) {
            return refused(SeasonRefusal::NotOrganizerThere { contest: contest.clone() });
        }
        let rules = |state: &_| season::rules_of(state).and_then(|rules| rules.source(source).cloned());
        if let Some(rules) = self.read(season, rules).await?
            && let Err(NotPublic::LowestFirst) = self.public_of(contest, &rules).await?
        {
            return refused(SeasonRefusal::LowestFirst { contest: contest.clone() });
        }
        let (reason, note) = self.perhaps_note(&agreed.reason)?;
        let receipt = {
            // Two who bind at once could close a circle between them.
            let _one = self.0.binding.lock().await;
            if let Some(path) = circle(&self.bindings().await?, season, contest) {
                return refused(SeasonRefusal::Circle { path });
            }
            let second = agreed.second.clone();
            let act = Act::Bind { source: source.clone(), contest: contest.clone(), reason, second };
            let ask = Ask::new(actor.clone(), Command::Season(act));
            let receipt = self.ask(season, note.into_iter().fold(ask, Ask::with)).await?;
            // In another program, which does not wait for this one.
            if let Some(path) = circle(&self.bindings().await?, season, contest) {
                if let Err(error) = self.release_source(season, actor, source).await {
                    // It stays bound, and is not reported.
                    tracing::warn!(%season, %source, %error, "a source that closes a circle cannot be released");
                }
                return refused(SeasonRefusal::Circle { path });
            }
            receipt
        };
        self.wait_for(season, receipt.version).await?;
        // It is bound; that it says nothing yet stands on the page.
        if let Err(error) = self.report_source(season, source).await {
            tracing::warn!(%season, %source, %error, "a source cannot be reported yet; trying again");
        }
        Ok(receipt)
    }

    /// Of a source that has not reported yet.
    pub async fn release_source(&self, season: &ContestId, actor: &Actor, source: &Id) -> Result<Receipt> {
        self.release_source_agreed(season, actor, source, &Agreed::default()).await
    }

    pub async fn release_source_agreed(
        &self,
        season: &ContestId,
        actor: &Actor,
        source: &Id,
        agreed: &Agreed,
    ) -> Result<Receipt> {
        let (reason, note) = self.perhaps_note(&agreed.reason)?;
        let act = Act::Release { source: source.clone(), reason, second: agreed.second.clone() };
        let ask = Ask::new(actor.clone(), Command::Season(act));
        self.ask(season, note.into_iter().fold(ask, Ask::with)).await
    }

    /// Every source of every season: which contest it is.
    pub async fn bindings(&self) -> Result<Bindings> {
        let mut bindings = Bindings::new();
        for (season, line) in self.store().source_lines().await? {
            let sources = bindings.entry(season).or_default();
            match lines::read(&line).map(|bound| bound.entry.entry) {
                Some(Entry::Season(SeasonEntry::SourceBound { source, contest, .. })) => {
                    sources.insert(source, contest);
                }
                Some(Entry::Season(SeasonEntry::SourceReleased { source, .. })) => {
                    sources.remove(&source);
                }
                // The contest itself stops when it is folded.
                _ => {}
            }
        }
        bindings.retain(|_, sources| !sources.is_empty());
        Ok(bindings)
    }
}

/// From `season` over `contest` and its sources back to `season`, if there is such a way.
pub(super) fn circle(bindings: &Bindings, season: &ContestId, contest: &ContestId) -> Option<Vec<ContestId>> {
    let mut ways = vec![vec![season.clone(), contest.clone()]];
    let mut been = BTreeSet::new();
    while let Some(way) = ways.pop() {
        let end = way.last()?;
        if end == season {
            return Some(way);
        }
        if !been.insert(end.clone()) {
            continue;
        }
        for next in bindings.get(end).into_iter().flat_map(BTreeMap::values) {
            ways.push(way.iter().chain([next]).cloned().collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_told_with_its_way() {
        let id = |text: &str| ContestId::new(text);
        let sources = |of: &[&str]| of.iter().map(|to| (Id::new(*to), id(to))).collect::<BTreeMap<Id, ContestId>>();
        let bindings = BTreeMap::from([
            (id("group"), sources(&["company-1", "company-2"])),
            (id("company-1"), sources(&["quiz"])),
            (id("company-2"), sources(&["quiz", "skills"])),
        ]);
        assert_eq!(circle(&bindings, &id("group"), &id("quiz")), None);
        assert_eq!(circle(&bindings, &id("quiz"), &id("quiz")), Some(vec![id("quiz"), id("quiz")]));
        let way = circle(&bindings, &id("skills"), &id("group")).unwrap();
        assert_eq!(way, ["skills", "group", "company-2", "skills"].map(id));
        assert_eq!(circle(&bindings, &id("skills"), &id("company-1")), None);
    }
}
