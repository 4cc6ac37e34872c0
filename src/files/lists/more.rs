//! Lists that only leave as files: proposals to an authority (拟推荐名单), and the entrants.

use crate::files::documents::{AwardedGroup, Column, ListSection, Listing, Page, Paper, Side, Signer};

/// One entrant as the list shows it; ready to print.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    pub number: String,
    pub name: String,
    pub unit: String,
    pub team: String,
    pub event: String,
    pub group: String,
    pub station: String,
    /// Withdrawn, outside the quota.
    pub remark: String,
}

/// Titles that an authority confers: who is proposed for which, on what basis.
pub fn proposals(paper: &Paper<'_>, groups: &[AwardedGroup], notes: &[String]) -> Listing {
    let winners = || groups.iter().flat_map(|group| &group.winners);
    let columns = [
        ("paper-name", Side::Text, 3, winners().map(|one| one.name.clone()).collect()),
        ("paper-unit", Side::Text, 6, winners().map(|one| one.unit.clone()).collect()),
        ("paper-rank", Side::Ordinal, 2, winners().map(|one| one.rank.clone()).collect()),
        ("paper-score", Side::Number, 2, winners().map(|one| one.score.clone()).collect()),
        ("list-basis", Side::Text, 4, winners().map(|one| one.prize.clone()).collect()),
    ];
    let (columns, rows) = table(paper, columns.into());
    let mut rows = rows.into_iter();
    let section = |group: &AwardedGroup| ListSection {
        title: Some(group.award.clone()),
        rows: rows.by_ref().take(group.winners.len()).collect(),
    };
    Listing {
        title: paper.language.say("list-proposals").into_owned(),
        under: None,
        page: Page::A4Upright,
        columns,
        sections: groups.iter().map(section).collect(),
        to_sign: false,
        notes: notes.to_vec(),
        signers: vec![Signer::Organizer],
    }
}

/// The entrants as registered.
pub fn entrants(paper: &Paper<'_>, entries: &[Entry]) -> Listing {
    let of = |text: fn(&Entry) -> &String| entries.iter().map(|entry| text(entry).clone()).collect();
    let columns = vec![
        ("column-entrant", Side::Middle, 2, of(|entry| &entry.number)),
        ("column-name", Side::Text, 3, of(|entry| &entry.name)),
        ("column-unit", Side::Text, 6, of(|entry| &entry.unit)),
        ("column-team", Side::Text, 3, of(|entry| &entry.team)),
        ("column-event", Side::Text, 2, of(|entry| &entry.event)),
        ("column-group", Side::Text, 2, of(|entry| &entry.group)),
        ("column-station", Side::Middle, 1, of(|entry| &entry.station)),
        ("paper-remark", Side::Text, 2, of(|entry| &entry.remark)),
    ];
    let (columns, rows) = table(paper, columns);
    Listing {
        title: paper.language.say("list-entrants").into_owned(),
        under: None,
        page: Page::A4Across,
        columns,
        sections: vec![ListSection { title: None, rows }],
        to_sign: false,
        notes: Vec::new(),
        signers: Vec::new(),
    }
}

pub(super) type Filled = (&'static str, Side, u8, Vec<String>);

/// Columns that no row fills are left out.
pub(super) fn table(paper: &Paper<'_>, columns: Vec<Filled>) -> (Vec<Column>, Vec<Vec<String>>) {
    let height = columns.iter().map(|(.., cells)| cells.len()).max().unwrap_or(0);
    let columns: Vec<Filled> =
        columns.into_iter().filter(|(.., cells)| cells.iter().any(|cell| !cell.is_empty())).collect();
    let row = |at: usize| columns.iter().map(|(.., cells)| cells[at].clone()).collect();
    let rows = (0..height).map(row).collect();
    let heading = |(key, side, width, _): &Filled| Column {
        title: paper.language.say(key).into_owned(),
        note: None,
        side: *side,
        width: Some(*width),
    };
    (columns.iter().map(heading).collect(), rows)
}
