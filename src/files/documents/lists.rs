//! The lists every contest prints, as [`Listing`]s: the summary (成绩汇总表), the award list (获奖名单), the list to sign
//! (领奖签收表), the lots (抽签结果). Columns that no row fills are left out.

use super::paper::{Column, ListSection, Listing, Page, Paper, Side, Signer, label};

/// One ranked table of a contest.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Event and group, or the table's title; beneath the heading.
    pub table: Option<String>,
    /// Titles of the stages or sections, with what stands beneath (a weight).
    pub stages: Vec<(String, Option<String>)>,
    pub rows: Vec<SummaryRow>,
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, Default)]
pub struct SummaryRow {
    /// Empty when unranked.
    pub rank: String,
    pub number: String,
    pub name: String,
    pub unit: String,
    /// One for each stage; empty where there is no score.
    pub stages: Vec<String>,
    pub total: String,
    /// Absent, disqualified, what decided a tie.
    pub remark: String,
}

/// Winners of one award, in their order.
#[derive(Clone, Debug)]
pub struct AwardedGroup {
    /// 一等奖（1名）; with event and group where there are several.
    pub award: String,
    pub winners: Vec<Awarded>,
}

#[derive(Clone, Debug, Default)]
pub struct Awarded {
    pub rank: String,
    pub number: String,
    pub name: String,
    pub unit: String,
    pub score: String,
    /// Of the certificate.
    pub serial: String,
    /// What is handed over besides, a prize or its amount.
    pub prize: String,
}

#[derive(Clone, Debug, Default)]
pub struct Lot {
    /// The number drawn (抽签号).
    pub drawn: String,
    pub name: String,
    pub unit: String,
    pub batch: String,
    pub station: String,
}

/// The summary; wider than six stages it wants A3.
pub fn summary(paper: &Paper, summary: &Summary) -> Listing {
    const STAGES_ON_A4: usize = 6;
    let mut table = Table::new(paper);
    table.column("paper-rank", Side::Ordinal, None, summary.rows.iter().map(|row| &row.rank));
    table.column("paper-number", Side::Middle, None, summary.rows.iter().map(|row| &row.number));
    table.column("paper-name", Side::Text, Some(3), summary.rows.iter().map(|row| &row.name));
    table.column("paper-unit", Side::Text, Some(5), summary.rows.iter().map(|row| &row.unit));
    for (at, (title, note)) in summary.stages.iter().enumerate() {
        let scores = summary.rows.iter().map(|row| row.stages.get(at).cloned().unwrap_or_default());
        let column = Column { title: title.clone(), note: note.clone(), side: Side::Number, width: Some(2) };
        table.add(column, scores.collect());
    }
    table.column("paper-total", Side::Number, Some(2), summary.rows.iter().map(|row| &row.total));
    table.column("paper-remark", Side::Text, Some(3), summary.rows.iter().map(|row| &row.remark));
    let (columns, rows) = table.finish();
    Listing {
        title: label(paper, "paper-summary"),
        under: summary.table.clone(),
        page: if summary.stages.len() > STAGES_ON_A4 { Page::A3Across } else { Page::A4Across },
        columns,
        sections: vec![ListSection { title: None, rows }],
        to_sign: false,
        notes: summary.notes.clone(),
        signers: vec![Signer::Clerk, Signer::Checker, Signer::Leader, Signer::Chief, Signer::Supervisor],
    }
}

/// The award list, by award.
pub fn award_list(paper: &Paper, groups: &[AwardedGroup], notes: &[String]) -> Listing {
    let winners = || groups.iter().flat_map(|group| &group.winners);
    let mut table = Table::new(paper);
    table.column("paper-rank", Side::Ordinal, None, winners().map(|one| &one.rank));
    table.column("paper-number", Side::Middle, None, winners().map(|one| &one.number));
    table.column("paper-name", Side::Text, Some(3), winners().map(|one| &one.name));
    table.column("paper-unit", Side::Text, Some(6), winners().map(|one| &one.unit));
    table.column("paper-score", Side::Number, Some(2), winners().map(|one| &one.score));
    table.column("paper-serial", Side::Text, None, winners().map(|one| &one.serial));
    let (columns, rows) = table.finish();
    Listing {
        title: label(paper, "paper-award-list"),
        under: None,
        page: Page::A4Upright,
        columns,
        sections: by_award(groups, rows),
        to_sign: false,
        notes: notes.to_vec(),
        signers: Vec::new(),
    }
}

/// The list on which winners sign for what they were given.
pub fn receipts(paper: &Paper, groups: &[AwardedGroup]) -> Listing {
    let winners = || groups.iter().flat_map(|group| &group.winners);
    let mut table = Table::new(paper);
    table.column("paper-number", Side::Middle, None, winners().map(|one| &one.number));
    table.column("paper-name", Side::Text, Some(3), winners().map(|one| &one.name));
    table.column("paper-unit", Side::Text, Some(5), winners().map(|one| &one.unit));
    table.column("paper-serial", Side::Text, None, winners().map(|one| &one.serial));
    table.column("paper-prize", Side::Text, Some(3), winners().map(|one| &one.prize));
    table.blank("paper-signature", 4);
    table.blank("paper-date", 3);
    let (columns, rows) = table.finish();
    Listing {
        title: label(paper, "paper-receipts"),
        under: None,
        page: Page::A4Upright,
        columns,
        sections: by_award(groups, rows),
        to_sign: true,
        notes: Vec::new(),
        signers: vec![Signer::Organizer, Signer::Supervisor],
    }
}

/// Who drew which number; `source` says how it was drawn (a committed seed, or by hand before a witness).
pub fn lots(paper: &Paper, under: Option<String>, lots: &[Lot], source: Option<String>) -> Listing {
    let mut table = Table::new(paper);
    table.column("paper-drawn", Side::Ordinal, None, lots.iter().map(|lot| &lot.drawn));
    table.column("paper-name", Side::Text, Some(3), lots.iter().map(|lot| &lot.name));
    table.column("paper-unit", Side::Text, Some(6), lots.iter().map(|lot| &lot.unit));
    table.column("paper-batch", Side::Middle, Some(2), lots.iter().map(|lot| &lot.batch));
    table.column("paper-station", Side::Middle, Some(2), lots.iter().map(|lot| &lot.station));
    let (columns, rows) = table.finish();
    Listing {
        title: label(paper, "paper-lots"),
        under,
        page: Page::A4Upright,
        columns,
        sections: vec![ListSection { title: None, rows }],
        to_sign: false,
        notes: source.into_iter().collect(),
        signers: vec![Signer::Clerk, Signer::Organizer, Signer::Supervisor],
    }
}

/// Gives each award the rows of its winners.
fn by_award(groups: &[AwardedGroup], rows: Vec<Vec<String>>) -> Vec<ListSection> {
    let mut rows = rows.into_iter();
    let section = |group: &AwardedGroup| ListSection {
        title: Some(group.award.clone()),
        rows: rows.by_ref().take(group.winners.len()).collect(),
    };
    groups.iter().map(section).collect()
}

/// A table put together column by column.
struct Table<'a> {
    paper: &'a Paper<'a>,
    columns: Vec<(Column, Vec<String>)>,
}

impl<'a> Table<'a> {
    fn new(paper: &'a Paper<'a>) -> Self {
        Table { paper, columns: Vec::new() }
    }

    /// Left out when all its cells are empty.
    fn column<'b>(&mut self, id: &str, side: Side, width: Option<u8>, cells: impl Iterator<Item = &'b String>) {
        let cells: Vec<String> = cells.cloned().collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            self.add(Column { title: label(self.paper, id), note: None, side, width }, cells);
        }
    }

    /// To be written in.
    fn blank(&mut self, id: &str, width: u8) {
        let column = Column { title: label(self.paper, id), note: None, side: Side::Text, width: Some(width) };
        self.add(column, Vec::new());
    }

    fn add(&mut self, column: Column, cells: Vec<String>) {
        self.columns.push((column, cells));
    }

    fn finish(self) -> (Vec<Column>, Vec<Vec<String>>) {
        let height = self.columns.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        let row =
            |at: usize| self.columns.iter().map(|(_, cells)| cells.get(at).cloned().unwrap_or_default()).collect();
        let rows = (0..height).map(row).collect();
        (self.columns.into_iter().map(|(column, _)| column).collect(), rows)
    }
}
