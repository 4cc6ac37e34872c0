//! A labor competition by indicators over its pages: who fills in, what misses, what comes late, what is vetoed.

mod behind;
mod changes;
mod grid;
mod large;
mod month;
mod published;
mod sheet;
mod targets;

use leitai::{
    app::{Actor, people::Admin},
    rules::{
        command::Command,
        indicators::{self, Figure, FigureSlot},
        ledger::entry::{Phase, Role},
        names::{ContestId, PersonId},
        view,
    },
};

use crate::{
    support::databases::Database,
    world::{Client, World},
};

/// Output is worth 50 at a target of 100, quality 30 of 100 points, safety 20 and 5 less for each injury.
pub const DEFINITION: &str = r#"
format = 1
[contest]
id = "labor"
title = "一季度劳动竞赛"
board = "names"
[[period]]
id = "m1"
title = "一月"
from = "2026-01-01"
to = "2026-01-31"
due = "2026-02-05"
[[period]]
id = "m2"
title = "二月"
from = "2026-02-01"
to = "2026-02-28"
[[indicator]]
id = "output"
title = "产量"
owner = "生产部"
measured-in = "吨"
points = 50
target = 100
linear = { cap-percent = 120 }
[[indicator]]
id = "quality"
title = "质量"
owner = "质检部"
points = 30
sheet = { full = 100 }
[[indicator]]
id = "safety"
title = "安全"
owner = "安全部"
points = 20
[indicator.events]
starts-at = 20
[[indicator.events.kind]]
id = "injury"
title = "轻伤"
points = -5
"#;

const UNITS: &str = "编号,姓名\nA,甲车间\nB,乙车间\nC,丙车间\nD,丁车间\n";

/// `organizer` and `deputy` have accounts and organize; the contest runs, and January is open.
pub struct Labor {
    pub world: World,
    pub organizer: Client,
    pub contest: ContestId,
    actor: Actor,
}

impl Labor {
    pub async fn begin() -> Self {
        Self::on(Database::sqlite()).await
    }

    pub async fn on(database: Database) -> Self {
        Self::of(database, DEFINITION, UNITS).await
    }

    /// With this definition and this list, whose first line is its heading.
    pub async fn of(database: Database, definition: &str, units: &str) -> Self {
        let world = World::on(database).await;
        let person = world.account("organizer", Admin::No).await;
        let deputy = world.account("deputy", Admin::No).await;
        let organizer = world.logged_in("organizer").await;
        let fields = [("text", definition), ("id", ""), ("do", "create")];
        organizer.uploads("/organizer/new", &fields, ("file", "", b"")).await.leads_to("/organizer/labor?said=created");
        let count = format!("{}+0", units.lines().count() - 1);
        let list = [("confirm", count.as_str()), ("reason", "")];
        let file = ("file", "单位.csv", units.as_bytes());
        organizer.uploads("/organizer/labor/entrants/import", &list, file).await;
        let labor = Self {
            world,
            organizer,
            contest: ContestId::new("labor"),
            actor: Actor { person, administrator: false, entrant: None },
        };
        labor.acts(Command::AssignPerson { person: deputy, role: Role::Organizer, unit: None }).await;
        labor
    }

    /// From the first figure on: nobody is appointed after this.
    pub async fn runs(&self) {
        self.acts(Command::ReachPhase { phase: Phase::Running, until: None }).await;
        self.steps("open").await;
    }

    async fn acts(&self, command: Command) {
        let receipt = self.world.app.act(&self.contest, &self.actor, command).await.expect("the organizer may");
        self.world.app.wait_for(&self.contest, receipt.version).await.expect("it shows");
    }

    pub async fn steps(&self, act: &str) -> crate::world::Answer {
        self.organizer.posts("/organizer/labor/figures/step", &[("period", "m1"), ("act", act)]).await
    }

    /// Takes somebody on over the page of people, with these roles.
    pub async fn takes_on(&self, name: &str, roles: &[&str]) -> PersonId {
        let mut known: Option<PersonId> = None;
        for role in roles {
            match &known {
                None => {
                    let before = self.people().await;
                    self.organizer
                        .posts("/organizer/labor/people", &[("name", name), ("role", role)])
                        .await
                        .leads_to("/organizer/labor/people?said=people-added&count=1");
                    known = self.people().await.into_iter().find(|one| !before.contains(one));
                }
                Some(person) => {
                    self.organizer
                        .posts("/organizer/labor/people/assign", &[("person", person.as_str()), ("role", role)])
                        .await
                        .leads_to("/organizer/labor/people?said=people-assigned&count=1");
                }
            }
        }
        known.expect("somebody new")
    }

    async fn people(&self) -> Vec<PersonId> {
        let people = |state: &_| view::organizer(state).people.into_iter().map(|one| one.person).collect();
        self.world.app.read(&self.contest, people).await.expect("the contest")
    }

    pub async fn card(&self, person: &PersonId) -> leitai::app::people::Card {
        self.world.app.issue_card(&self.contest, person).await.expect("a card")
    }

    /// By card, to the page that is theirs.
    pub async fn comes_in(&self, person: &PersonId) -> Client {
        let client = self.world.visitor();
        let card = self.card(person).await;
        client.posts(&format!("/j/{}", card.token), &[]).await.leads_to("/work");
        client.opens("/work").await.leads_to("/figures/labor");
        client
    }

    /// A figure in all its versions.
    pub async fn figure(&self, entrant: &str, indicator: &str) -> Option<Figure> {
        let slot = FigureSlot { entrant: entrant.into(), indicator: indicator.into(), period: "m1".into() };
        self.world
            .app
            .read(&self.contest, |state| indicators::figure(state, &slot).0.cloned())
            .await
            .expect("the contest")
    }

    /// How many entries there are.
    pub async fn entries(&self) -> u64 {
        self.world.app.read(&self.contest, |state| state.version().seq).await.expect("the contest")
    }
}
