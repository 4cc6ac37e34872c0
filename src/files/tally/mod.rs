//! `leitai tally`: a contest from two files, without a database.
//!
//! `entrants.csv` lists who takes part, `marks.csv` what was recorded; together with a definition they give the same
//! standings as the service does. Every problem of both files is found at once ([`Problem`]). Columns stand in any
//! order under their names; UTF-8 with or without a byte-order mark, or GB18030.
//!
//! A row of marks with an empty value records nothing. Two rows for one slot may repeat a value, never differ. A
//! disqualifying violation in the file counts as confirmed. Knows no terminal: bytes in, tables out.

mod cell;
mod entrants;
mod figures;
mod figures_write;
mod heads;
mod marks;
mod parallel;
mod problem;
mod reading;
mod text;
mod write;

use std::sync::Arc;

use crate::rules::{
    award,
    definition::{Definition, model::TieKey},
    field::{Entrant, Field},
    names::EntrantId,
    result::Standings,
    score::{self, Across, Plan, Scored},
    standings::{self, Candidate, Headcounts},
    why::{Silent, Tree, Why},
};

use entrants::Listed;
pub use figures::{Labor, labor};
pub use figures_write::write_labor;
pub use problem::{Fault, Problem};
pub use write::{Format, json, write};

/// A file by the name that problems show, and its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    pub name: &'a str,
    pub bytes: &'a [u8],
}

/// A contest, tallied.
#[derive(Debug)]
pub struct Tally {
    plan: Plan,
    /// In the order of ids.
    people: Vec<Person>,
    marks: marks::Marks,
    pub standings: Standings,
}

/// One entrant of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub id: EntrantId,
    pub name: String,
    pub entrant: Entrant,
    pub score: Scored,
}

/// Fewer entrants are not worth a thread.
const SHARE_ENTRANTS_MIN: usize = 500;

/// Told how many bytes of the marks have been read, by whichever thread read them.
pub type Progress<'a> = &'a (dyn Fn(usize) + Sync);

/// Reads both files and computes everything. Without a list of entrants they are those who have marks.
pub fn tally(
    definition: Arc<Definition>,
    entrants: Option<Source>,
    marks: Source,
    progress: Progress,
) -> Result<Tally, Vec<Problem>> {
    tally_with_heads(definition, entrants, marks, None, progress)
}

/// The same with the heads of units as they were frozen; a unit that they do not name counts by the list.
pub fn tally_with_heads(
    definition: Arc<Definition>,
    entrants: Option<Source>,
    marks: Source,
    heads: Option<Source>,
    progress: Progress,
) -> Result<Tally, Vec<Problem>> {
    let plan = Plan::new(definition);
    let mut problems = Vec::new();
    let heads = heads.map(|source| heads::read(source, &mut problems)).unwrap_or_default();
    let mut listed = entrants.map(|source| entrants::read(plan.definition(), source, &mut problems));
    if listed.is_none() && plan.inner().is_split() {
        problems.push(Problem { file: marks.name.to_owned(), line: 1, fault: Fault::ListNeeded });
        return Err(problems);
    }
    let marks = marks::read(&plan, marks, &mut listed, &mut problems, progress);
    if !problems.is_empty() {
        return Err(problems);
    }
    let listed = listed.unwrap_or_default();
    let share_entrants = listed.len().div_ceil(parallel::shares(listed.len(), SHARE_ENTRANTS_MIN)).max(1);
    let scored = parallel::side_by_side(listed.chunks(share_entrants).zip(0..).collect(), |(share, at)| {
        let first: usize = at * share_entrants;
        let score = |(at, listed): (usize, &Listed)| {
            score::score_sheet(&plan, &listed.entrant, marks.sheet(at), None, &mut Silent)
        };
        (first..).zip(share).map(score).collect::<Vec<Scored>>()
    });
    let mut people: Vec<Person> = listed
        .into_iter()
        .zip(scored.into_iter().flatten())
        .map(|(listed, score)| Person { id: listed.id, name: listed.name, entrant: listed.entrant, score })
        .collect();
    score::settle(&plan, people.iter_mut().map(|person| (&person.entrant, &mut person.score)));
    let standings = standings(&plan, &people, &heads);
    Ok(Tally { plan, people, marks, standings })
}

fn standings(plan: &Plan, people: &[Person], heads: &Headcounts) -> Standings {
    let candidates =
        || people.iter().map(|person| Candidate { id: &person.id, entrant: &person.entrant, score: &person.score });
    let alone = Standings::new(plan, candidates(), &[], None, heads);
    if !standings::counts_prizes(plan.definition()) {
        return alone;
    }
    let entrants = people.iter().map(|person| (person.id.clone(), person.entrant.clone())).collect();
    let field = Field { entrants, ..Field::default() };
    let preview = award::preview(plan.definition(), &field, &alone, &award::Decisions::default());
    Standings::new(plan, candidates(), &[], Some(&award::prizes_by_entrant(&preview, plan.definition())), heads)
}

impl Tally {
    pub fn definition(&self) -> &Definition {
        self.plan.definition()
    }

    pub fn people(&self) -> &[Person] {
        &self.people
    }

    pub fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.id.as_str() == id)
    }

    /// The explanation of one entrant; `None` when the list does not know them.
    pub fn why(&self, id: &str) -> Option<Why> {
        let at = self.people.iter().position(|person| person.id.as_str() == id)?;
        let person = &self.people[at];
        let across = Across::of(&self.plan, self.people.iter().map(|person| (&person.entrant, &person.score)));
        let mut tree = Tree::default();
        score::score_sheet(&self.plan, &person.entrant, self.marks.sheet(at), Some(&across), &mut tree);
        Some(Why { entrant: person.id.clone(), places: self.standings.places_of(&person.id), score: tree.into_nodes() })
    }
}

/// A tie key as the definition writes it.
pub fn tie_text(key: &TieKey) -> String {
    let directed = |text: String, lowest_first: bool| if lowest_first { format!("{text} lowest") } else { text };
    match key {
        TieKey::Stage { stage, lowest_first } => directed(stage.to_string(), *lowest_first),
        TieKey::Piece { stage, piece: part, lowest_first } | TieKey::Aspect { stage, aspect: part, lowest_first } => {
            directed(format!("{stage}/{part}"), *lowest_first)
        }
        TieKey::Recorded { stage, aspect, value, lowest_first } => {
            format!("{stage}/{aspect}.{value} {}", if *lowest_first { "lowest" } else { "highest" })
        }
        TieKey::Attempts { stage } => format!("attempts:{stage}"),
        TieKey::EntrantValue { value, lowest_first } => directed(format!("value:{value}"), *lowest_first),
        TieKey::Countback => "countback".to_owned(),
        TieKey::PlayOff => "play-off".to_owned(),
        TieKey::Lots => "lots".to_owned(),
    }
}
