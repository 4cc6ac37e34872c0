//! Puts a demonstration contest in place: what an organizer would do by hand, through the same functions.

use std::collections::BTreeSet;

use super::{Error, Login, Part, Result, dice::Dice, opinion, roster};
use crate::{
    app::{Actor, App, contests::NewContest, entrants::EntrantName},
    files::entrants::{self, Known},
    rules::{
        command::Command,
        definition::{
            self, Definition,
            model::{Aggregate, AspectKind},
        },
        field::{Slot, Value},
        ledger::entry::{MarkValue, Phase, Role},
        names::{ContestId, EntrantId, Id, PersonId, UnitPath},
        view::{self, Control, SpreadTodo},
    },
    words::{Language, problem},
};

/// A contest of the demonstration while it is being put in place.
pub(super) struct Staging<'a> {
    pub(super) app: &'a App,
    pub(super) contest: ContestId,
    pub(super) definition: Definition,
    pub(super) organizer: Actor,
    pub(super) chief: Actor,
    pub(super) judges: Vec<PersonId>,
    pub(super) dice: Dice,
}

impl<'a> Staging<'a> {
    /// Creates the contest from a shipped definition, with its people, entrants, lots and judges.
    pub(super) async fn begin(
        app: &'a App,
        file: &str,
        changes: &[(&'static str, String)],
        admin: &Actor,
        entrants: u32,
        dice: Dice,
    ) -> Result<Self> {
        let mut staging = Self::found(app, file, changes, admin, dice).await?;
        staging.people().await?;
        staging.units().await?;
        let list = roster::entrants(entrants, "E", &mut staging.dice);
        staging.register(&list).await?;
        staging.lots().await?;
        Ok(staging)
    }

    /// Creates the contest and nothing in it. `changes`: texts of the shipped file, and what stands there instead.
    pub(super) async fn found(
        app: &'a App,
        file: &str,
        changes: &[(&'static str, String)],
        admin: &Actor,
        dice: Dice,
    ) -> Result<Self> {
        let path = app.contests_folder().join(file);
        let mut text = std::fs::read_to_string(&path).map_err(|error| Error::File { path, error })?;
        for (old, new) in changes {
            if !text.contains(old) {
                return Err(Error::Unreadable { file: file.to_owned(), problems: format!("no {old}") });
            }
            text = text.replace(old, new);
        }
        let read = definition::read(&text);
        let Some(definition) = read.definition else {
            let problems: Vec<String> =
                read.problems.iter().map(|found| problem::line(Language::En, file, found)).collect();
            return Err(Error::Unreadable { file: file.to_owned(), problems: problems.join("; ") });
        };
        let contest = ContestId::new(definition.id.as_str());
        let title = definition.title.clone();
        let new = NewContest { id: contest.clone(), title, text, file: Some(file.to_owned()) };
        app.create_contest(admin, new).await?;
        Ok(Self { app, contest, definition, organizer: admin.clone(), chief: admin.clone(), judges: Vec::new(), dice })
    }

    pub(super) async fn act(&self, actor: &Actor, command: Command) -> Result<()> {
        let receipt = self.app.act(&self.contest, actor, command).await?;
        Ok(self.app.wait_for(&self.contest, receipt.version).await?)
    }

    pub(super) async fn people(&mut self) -> Result<()> {
        let seats: u32 = self.definition.stages.iter().flat_map(|stage| &stage.panels).map(|panel| panel.judges).sum();
        let mut names = roster::names(seats as usize + 2, &mut self.dice).into_iter();
        let mut next = || names.next().unwrap_or_default();
        self.organizer = self.person(&next(), Role::Organizer).await?;
        self.chief = self.person(&next(), Role::ChiefJudge).await?;
        for stage in &self.definition.stages {
            for panel in &stage.panels {
                for seat in 1..=panel.judges {
                    let (stage, panel) = (stage.id.clone(), panel.id.clone());
                    let role = Role::Judge { stage, panel, seat, event: None, group: None };
                    let judge = self.person(&next(), role).await?;
                    self.judges.push(judge.person);
                }
            }
        }
        Ok(())
    }

    pub(super) async fn person(&self, name: &str, role: Role) -> Result<Actor> {
        let person = self.app.add_person(name, None, None).await?;
        self.appoint(&person, role).await?;
        Ok(Actor { person, administrator: false, entrant: None })
    }

    pub(super) async fn appoint(&self, person: &PersonId, role: Role) -> Result<()> {
        self.act(&self.organizer, Command::AssignPerson { person: person.clone(), role, unit: None }).await
    }

    pub(super) async fn units(&self) -> Result<()> {
        let units = roster::units().iter().map(UnitPath::new).collect();
        self.act(&self.organizer, Command::SetUnits { units }).await
    }

    /// Imports a list as an organizer would. Where the definition has eligibilities, every eighth has the first.
    pub(super) async fn register(&self, list: &str) -> Result<()> {
        let units = self.app.read(&self.contest, |state| view::organizer(state).units).await?;
        let known = Known { definition: &self.definition, units: &units, registered: &BTreeSet::new() };
        let unreadable = |problems| Error::Unreadable { file: "list of entrants".to_owned(), problems };
        let imported = entrants::import(list.as_bytes(), known);
        let imported = imported.map_err(|problem| unreadable(problem.say(Language::En)))?;
        if !imported.is_clean() {
            let problems: Vec<String> = imported.problems.iter().map(|problem| problem.say(Language::En)).collect();
            return Err(unreadable(problems.join("; ")));
        }
        let first = self.definition.entrants.eligibilities.first().map(|one| one.id.clone());
        let (facts, names) = imported
            .rows
            .into_iter()
            .enumerate()
            .map(|(at, mut row)| {
                row.facts.eligibilities.extend(first.clone().filter(|_| at % 8 == 2));
                let name = EntrantName {
                    entrant: row.entrant.clone(),
                    name: row.person.name,
                    number: row.person.number,
                    birth_date: row.person.birth_date.map(|date| date.to_string()),
                    gender: None,
                    phone: row.person.phone,
                };
                ((row.entrant, row.facts), name)
            })
            .unzip();
        let receipt = self.app.register_entrants(&self.contest, &self.organizer, facts, names, None, None).await?;
        Ok(self.app.wait_for(&self.contest, receipt.version).await?)
    }

    async fn lots(&self) -> Result<()> {
        let ids = self.app.read(&self.contest, |state| {
            view::organizer(state).entrants.into_iter().map(|line| line.entrant).collect::<Vec<_>>()
        });
        let mut ids: Vec<EntrantId> = ids.await?;
        let mut dice = self.dice.of("lots");
        for last in (1..ids.len()).rev() {
            let other = usize::try_from(dice.roll(last as u64 + 1)).unwrap_or(last);
            ids.swap(last, other);
        }
        let numbers = ids.into_iter().zip(1..).collect();
        let witness = "工会监督组".to_owned();
        self.act(&self.organizer, Command::EnterLots { event: None, group: None, witness, numbers }).await
    }

    pub(super) async fn start(&self) -> Result<()> {
        self.act(&self.organizer, Command::ReachPhase { phase: Phase::Running, until: None }).await
    }

    pub(super) async fn open(&self, stage: &Id) -> Result<()> {
        self.act(&self.organizer, Command::OpenStage { stage: stage.clone(), group: None }).await
    }

    /// Enters what comes from outside the panels: theory scores, times.
    pub(super) async fn values(&mut self) -> Result<()> {
        let lines = self.app.read(&self.contest, |state| view::organizer(state).entrants).await?;
        for stage in self.definition.stages.clone() {
            for aspect in &stage.aspects {
                if stage.panels.iter().any(|panel| panel.marks.contains(&aspect.id)) {
                    continue;
                }
                let (least, range) = match &aspect.kind {
                    AspectKind::Imported { .. } => (58, 40),
                    AspectKind::Value { .. } => (3600, 1500),
                    _ => continue,
                };
                for line in &lines {
                    let number = rust_decimal::Decimal::from(least + self.dice.roll(range));
                    let slot = Slot {
                        stage: stage.id.clone(),
                        piece: None,
                        attempt: 1,
                        aspect: aspect.id.clone(),
                        value: None,
                        judge: None,
                    };
                    let value = MarkValue::Is(Value::Number(number));
                    let command = Command::GiveMark { entrant: line.entrant.clone(), slot, value };
                    self.act(&self.organizer, command).await?;
                }
            }
        }
        Ok(())
    }

    /// Lets every judge mark and hand in the first `most` numbers of the day.
    pub(super) async fn mark(&mut self, most: u32) -> Result<()> {
        for judge in self.judges.clone() {
            let actor = Actor { person: judge.clone(), administrator: false, entrant: None };
            let mut dice = self.dice.of(judge.as_str());
            let day = self.app.read(&self.contest, |state| view::judge_day(state, &judge)).await?;
            let open = day.panels.iter().filter(|panel| panel.open);
            for (panel, sheet) in open.flat_map(|panel| panel.sheets.iter().map(move |sheet| (panel, sheet))) {
                let measures = measures(&self.definition, &panel.stage, &panel.panel);
                if sheet.place.number > most || !sheet.state.takes_marks() {
                    continue;
                }
                let read = self.app.read(&self.contest, |state| view::sheet(state, &judge, &sheet.place)).await?;
                let Ok(open) = read else { continue };
                for control in open.controls.iter().filter(|control| control.mark.is_none()) {
                    let Control { aspect, min, max, step, .. } = control;
                    let taste = (!measures).then_some(&mut dice);
                    let number = opinion(*min, *max, *step, aspect.as_str(), sheet.place.number, taste);
                    let value = MarkValue::Is(Value::Number(number));
                    let entrant = open.key.entrant.clone();
                    let command = Command::GiveMark { entrant, slot: control.slot.clone(), value };
                    self.app.act(&self.contest, &actor, command).await?;
                }
                self.act(&actor, Command::SubmitSheet { sheet: open.key }).await?;
            }
        }
        Ok(())
    }

    /// The chief settles what is open: spreads stand, panels are signed, ties are decided by lot.
    pub(super) async fn settle(&self) -> Result<()> {
        let chief = &self.chief;
        let board = self.app.read(&self.contest, |state| view::chief_board(state, &chief.person)).await?;
        for spread in board.spreads.into_iter().filter(|spread| spread.todo != SpreadTodo::Look) {
            let (reason, _) = self.app.note("示例：评分组合议后维持原分")?;
            let command = Command::ResolveSpread { entrant: spread.entrant, slot: spread.slot, points: None, reason };
            self.act(chief, command).await?;
        }
        for stage in self.definition.stages.clone() {
            self.act(&self.organizer, Command::CloseStage { stage: stage.id.clone(), group: None }).await?;
            for panel in stage.panels {
                let command = Command::SignPanel { stage: stage.id.clone(), panel: panel.id, group: None };
                self.act(chief, command).await?;
            }
        }
        Ok(())
    }

    /// Sealed, opened, announced, in public notice.
    pub(super) async fn publish(&self) -> Result<()> {
        let organizer = &self.organizer;
        self.act(organizer, Command::ReachPhase { phase: Phase::Sealed, until: None }).await?;
        self.act(organizer, Command::OpenIdentities { second: self.chief.person.clone() }).await?;
        self.act(organizer, Command::AnnounceAwards).await
    }

    /// Fresh cards for everybody but the administrator, who has an account; the ones before end. In the order in
    /// which a newcomer tries them: organizer, chief, then the judges by panel and seat.
    pub(super) async fn cards(app: &App, contest: &ContestId, admin: &Actor, server: &str) -> Result<Vec<Login>> {
        let organizer = app.read(contest, view::organizer).await?;
        let text = organizer.definition.map(|adopted| adopted.text).unwrap_or_default();
        let Some(definition) = definition::read(&text).definition else { return Ok(Vec::new()) };
        let mut people: Vec<_> = organizer.people.into_iter().filter(|known| known.person != admin.person).collect();
        people.sort_by_key(|known| known.roles.first().cloned());
        // Judges of a contest that is over have nothing left to do.
        let over = organizer.heading.phase >= Phase::Sealed;
        let mut logins = Vec::new();
        for person in people {
            let Some(role) = person.roles.first() else { continue };
            if over && matches!(role, Role::Judge { .. }) {
                continue;
            }
            let (name, page) = match role {
                Role::Organizer => ("organizer".to_owned(), format!("organizer/{contest}")),
                Role::ChiefJudge => ("chief".to_owned(), format!("chief/{contest}")),
                Role::Liaison => ("liaison".to_owned(), format!("liaison/{contest}")),
                Role::IndicatorOwner { indicator } => (format!("owner-{indicator}"), format!("figures/{contest}")),
                Role::LeadingGroup => ("leading-group".to_owned(), format!("figures/{contest}")),
                Role::Checker { collection, .. } => (format!("checker-{collection}"), format!("checker/{contest}")),
                Role::WorkJudge { collection } => (format!("jury-{collection}"), format!("judge/{contest}")),
                Role::Leader { panel, .. } => (format!("leader-{panel}"), format!("chief/{contest}")),
                Role::Judge { panel, seat, .. } => (format!("judge-{panel}-{seat}"), format!("judge/{contest}")),
            };
            let card = app.issue_card(contest, &person.person).await?;
            let part = match role {
                Role::Judge { stage, panel, .. } if measures(&definition, stage, panel) => Part::Measures,
                Role::Judge { .. } => Part::Marks,
                Role::Checker { .. } => Part::Checks,
                _ => Part::Watches,
            };
            let address = format!("{server}/{page}");
            logins.push(Login { contest: contest.clone(), role: name, address, code: card.short, part });
        }
        Ok(logins)
    }
}

/// Whether the judges of this panel enter the same reading.
fn measures(definition: &Definition, stage: &Id, panel: &Id) -> bool {
    let stage = definition.stages.iter().find(|one| one.id == *stage);
    let panel = stage.and_then(|stage| stage.panels.iter().find(|one| one.id == *panel));
    panel.is_some_and(|panel| panel.aggregate == Aggregate::Agree)
}
