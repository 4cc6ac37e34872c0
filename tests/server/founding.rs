//! Contests of the tests before anything happens in them: a definition, and a list of workers or teams.

use leitai::{
    app::{Actor, contests::NewContest},
    rules::{
        command::Command,
        field::Entrant,
        names::{ContestId, EntrantId, UnitPath},
    },
    store::names::EntrantName,
};

use crate::world::World;

/// Number, name, unit.
pub type Listed<'l> = (&'l str, &'l str, &'l str);

/// The last four digits are the proof at a worker's first log-in.
const PHONE: &str = "13800000001";

impl World {
    /// A contest of this definition with these on its list; the commands are done one after the other.
    pub async fn founds(
        &self,
        by: &Actor,
        (id, text): (&str, &str),
        list: &[Listed<'_>],
        commands: impl IntoIterator<Item = Command>,
    ) -> ContestId {
        let contest = ContestId::new(id);
        let new = NewContest { id: contest.clone(), title: id.to_owned(), text: text.to_owned(), file: None };
        self.app.create_contest(by, new).await.expect("a contest");
        self.lists(by, &contest, list).await;
        for command in commands {
            self.does(by, &contest, command).await;
        }
        contest
    }

    /// Number and name, as workers log in with them, and the unit.
    pub async fn lists(&self, by: &Actor, contest: &ContestId, list: &[Listed<'_>]) {
        let facts = |unit: &str| Entrant { unit: Some(UnitPath::new(unit)), ..Entrant::default() };
        let entrants = list.iter().map(|(id, _, unit)| (EntrantId::new(*id), facts(unit))).collect();
        let names = list.iter().map(|(id, name, _)| EntrantName {
            entrant: EntrantId::new(*id),
            name: (*name).to_owned(),
            number: Some((*id).to_owned()),
            birth_date: None,
            gender: None,
            phone: Some(PHONE.to_owned()),
        });
        self.app.register_entrants(contest, by, entrants, names.collect(), None, None).await.expect("entrants");
    }

    /// And waits until it is shown.
    pub async fn does(&self, by: &Actor, contest: &ContestId, command: Command) {
        let receipt = self.app.act(contest, by, command).await.expect("allowed");
        self.app.wait_for(contest, receipt.version).await.expect("shown");
    }
}
