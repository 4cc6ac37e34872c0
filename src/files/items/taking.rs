//! Drafts become items: flaws, ids, pictures, and questions that stand twice.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use unicode_normalization::UnicodeNormalization;

use crate::rules::{
    items::{Body, Item},
    names::Id,
};

use super::{
    Change, Fact, Imported, ItemRow, Known,
    columns::Column,
    draft::Draft,
    fact::{Report, column_of},
};

const ID_CHARACTERS_MAX: usize = 60;
/// Items with one stem that a further one is compared with; a bank of one stem only is not compared for minutes.
const ALIKE_MAX: usize = 1_000;

type Options = BTreeSet<String>;

/// An item that asks the same, its options, and its row when it is of this import.
type Alike<'a> = (&'a Item, Options, Option<u32>);

pub(super) fn take(drafts: Vec<Draft>, mut report: Report, known: Known<'_>) -> Imported {
    if drafts.is_empty() && report.problems.is_empty() {
        report.whole(Fact::NoItems);
    }
    let in_bank: HashMap<&str, &Item> = known.bank.iter().map(|item| (item.id.as_str(), item)).collect();
    let mut taking = Taking { known, in_bank, rows: Vec::with_capacity(drafts.len()), report };
    taking.items(drafts);
    taking.same_questions();
    let Report { mut problems, mut warnings, .. } = taking.report;
    problems.sort_by_key(|problem| problem.row);
    warnings.sort_by_key(|warning| warning.row);
    let wrong: BTreeSet<u32> = problems.iter().filter_map(|problem| problem.row).collect();
    let rows = taking.rows.into_iter().filter(|row| !wrong.contains(&row.row)).collect();
    Imported { rows, problems, warnings }
}

struct Taking<'a> {
    known: Known<'a>,
    in_bank: HashMap<&'a str, &'a Item>,
    rows: Vec<ItemRow>,
    report: Report,
}

impl Taking<'_> {
    fn items(&mut self, drafts: Vec<Draft>) {
        let mut first_rows: HashMap<String, u32> = HashMap::new();
        for draft in &drafts {
            let Some(id) = &draft.id else { continue };
            let strange = |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.');
            if id.chars().any(strange) || id.chars().count() > ID_CHARACTERS_MAX {
                self.report.problem(draft.row, Some(Column::Id), Fact::NotAnId { text: id.clone() });
            } else if let Some(first_row) = first_rows.get(id) {
                let fact = Fact::IdTwice { id: id.clone(), first_row: *first_row };
                self.report.problem(draft.row, Some(Column::Id), fact);
            } else {
                first_rows.insert(id.clone(), draft.row);
            }
        }
        let mut next = Numbers { taken: first_rows.into_keys().collect(), next: BTreeMap::new() };
        next.taken.extend(self.in_bank.keys().map(|id| (*id).to_owned()));
        for draft in drafts {
            let row = draft.row;
            let Some(body) = draft.body else { continue };
            let mut item = Item {
                id: Id::new(draft.id.as_deref().unwrap_or_default()),
                subject: draft.subject,
                difficulty: draft.difficulty,
                stem: draft.stem,
                picture: draft.picture,
                points: draft.points,
                explanation: draft.explanation,
                body,
            };
            if draft.id.is_none() {
                item.id = next.id(item.kind().word());
            }
            for flaw in item.flaws() {
                self.report.problem(row, Some(column_of(&flaw)), Fact::Flaw(flaw));
            }
            if let Some(name) = item.picture.as_ref().filter(|name| !self.known.pictures.contains_key(*name)) {
                let fact = Fact::UnknownPicture { name: name.clone() };
                self.report.problem(row, Some(Column::Picture), fact);
            }
            let change = match self.in_bank.get(item.id.as_str()) {
                None => Change::New,
                Some(before) if before.kind() != item.kind() => {
                    let fact = Fact::IdOfOtherKind { id: item.id.to_string(), kind: before.kind() };
                    self.report.problem(row, Some(Column::Id), fact);
                    Change::Changed
                }
                Some(before) => {
                    if **before == item {
                        Change::Same
                    } else {
                        Change::Changed
                    }
                }
            };
            self.rows.push(ItemRow { row, item, change });
        }
    }

    fn same_questions(&mut self) {
        let changed: BTreeSet<&str> = self.rows.iter().map(|row| row.item.id.as_str()).collect();
        let mut by_stem: HashMap<String, Vec<Alike<'_>>> = HashMap::new();
        // What this import changes no longer stands in the bank.
        for item in self.known.bank.iter().filter(|item| !changed.contains(item.id.as_str())) {
            by_stem.entry(likeness(item)).or_default().push((item, options(item), None));
        }
        let mut facts = Vec::new();
        // Without a stem nothing is like anything.
        for ItemRow { row, item, .. } in self.rows.iter().filter(|row| !row.item.stem.trim().is_empty()) {
            let alike = by_stem.entry(likeness(item)).or_default();
            let own = options(item);
            let same = alike.iter().take(ALIKE_MAX).find(|(_, others, _)| options_alike(&own, others));
            if let Some((other, others, other_row)) = same.or(alike.first()) {
                let is_same = options_alike(&own, others);
                let fact = match (is_same, other_row) {
                    (true, Some(first_row)) => Fact::SameAsRow { first_row: *first_row },
                    (true, None) => Fact::SameAsBank { id: other.id.to_string() },
                    (false, Some(first_row)) => Fact::StemAsRow { first_row: *first_row },
                    (false, None) => Fact::StemAsBank { id: other.id.to_string() },
                };
                facts.push((*row, is_same, fact));
            }
            alike.push((item, own, Some(*row)));
        }
        for (row, is_same, fact) in facts {
            if is_same {
                self.report.problem(row, Some(Column::Stem), fact);
            } else {
                self.report.warning(row, Some(Column::Stem), fact);
            }
        }
    }
}

/// Ids for items that have none: `single-001`, the next that is free.
struct Numbers {
    taken: BTreeSet<String>,
    next: BTreeMap<&'static str, u32>,
}

impl Numbers {
    fn id(&mut self, word: &'static str) -> Id {
        let next = self.next.entry(word).or_insert(0);
        loop {
            *next += 1;
            let id = format!("{word}-{next:03}");
            if self.taken.insert(id.clone()) {
                return Id::new(id);
            }
        }
    }
}

/// Letters and digits of the stem, and of the text that is asked about where stems are one sentence for all of them.
fn likeness(item: &Item) -> String {
    let about = match &item.body {
        Body::FindFix { text, .. } => text.as_str(),
        Body::Hazards { description, .. } => description.as_str(),
        _ => "",
    };
    let bare: String = plain(&item.stem).chain(plain(about)).collect();
    // A stem of signs only is itself.
    if bare.is_empty() { item.stem.clone() } else { bare }
}

fn plain(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Whether two items with one stem are one question: 下列说法正确的是 asks something else with other options.
fn options_alike(one: &Options, other: &Options) -> bool {
    let shared = one.intersection(other).count();
    let fewer = one.len().min(other.len());
    fewer == 0 || shared * 2 >= fewer
}

fn options(item: &Item) -> Options {
    let bare = |text: &String| plain(text).collect::<String>();
    match &item.body {
        Body::Single { options, .. } | Body::Multiple { options, .. } | Body::Ordering { options, .. } => {
            options.iter().map(bare).collect()
        }
        Body::Matching { pairs } => pairs.iter().map(|(left, _)| bare(left)).collect(),
        _ => Options::new(),
    }
}
