//! From a view to what is shown: names join ids, masked where the definition says so, and numbers become text.
//!
//! Adds nothing that the view does not carry: where only draw numbers stand, no name is looked up.

use super::{
    Names,
    shown::{Notice, Shown, ShownColumn, ShownRow, ShownTable, ShownWho, TableKind},
};
use crate::rules::{
    ledger::{Version, entry::Phase},
    names::{ContestId, UnitPath},
    result::{DecidedBy, Heads, TableKey},
    view::{Board, BoardRow, BoardTable, Seen, Shows},
};

/// The board with names, and its version as text.
pub(super) fn join(contest: &ContestId, board: &Board, names: &Names) -> (Shown, String) {
    let heading = &board.heading;
    let who = |seen: &Option<Seen>| seen.as_ref().map(|seen| shown_who(board.mask_names, seen, names));
    let notice = Notice {
        phase: phase(heading.phase).to_owned(),
        frozen_at_ms: board.frozen_since.map(|at| at.0),
        notice_until_ms: heading.notice_until.map(|at| at.0),
        hidden: board.shows == Shows::Nothing,
        on_stage: who(&board.on_stage),
        next: who(&board.next),
        reveal: None,
    };
    let shown = Shown {
        // The address on this server, which need not be the definition's own id.
        contest: contest.as_str().to_owned(),
        title: heading.title.clone(),
        subtitle: heading.subtitle.clone(),
        language: heading.language.clone(),
        timezone: heading.timezone.clone(),
        notice,
        tables: board.tables.iter().map(|table| shown_table(board, table, names)).collect(),
        ladders: Vec::new(),
    };
    (shown, version(board.version))
}

/// `epoch.sequence.deadline`.
pub(super) fn version(version: Version) -> String {
    format!("{}.{}.{}", version.epoch, version.seq, version.deadline.0)
}

/// Columns of units whose heads are counted; their titles are the reader's.
const HEADS: [&str; 4] = ["headcount", "participants", "participation", "mean"];

fn shown_table(board: &Board, table: &BoardTable, names: &Names) -> ShownTable {
    let counts_heads = table.rows.iter().any(|row| row.heads.is_some());
    let stages = table.columns.iter();
    let stages = stages.map(|column| ShownColumn { id: column.stage.as_str().to_owned(), title: column.title.clone() });
    let heads = HEADS.iter().filter(|_| counts_heads);
    let heads = heads.map(|id| ShownColumn { id: (*id).to_owned(), title: String::new() });
    ShownTable {
        key: table.slug.clone(),
        of: match table.key {
            TableKey::Teams { .. } => TableKind::Teams,
            TableKey::Named(_) if table.columns.is_empty() => TableKind::Units,
            TableKey::Field { .. } | TableKey::Named(_) if board.heading.of_units => TableKind::UnitEntrants,
            TableKey::Field { .. } | TableKey::Named(_) => TableKind::Entrants,
        },
        title: table.shown_title(),
        columns: stages.chain(heads).collect(),
        rows: table.rows.iter().map(|row| shown_row(board, row, names)).collect(),
        count: table.count,
    }
}

fn shown_row(board: &Board, row: &BoardRow, names: &Names) -> ShownRow {
    let who = shown_who(board.mask_names, &row.who, names);
    ShownRow {
        key: row.who.key(),
        rank: row.rank,
        unit: beside(&row.who, who.name.as_deref()),
        who,
        total: row.total.map(|total| total.to_string()),
        stages: match &row.heads {
            Some(heads) => cells(heads).into(),
            None => row.stages.iter().map(|points| points.map(|points| points.to_string())).collect(),
        },
        status: status(row).to_owned(),
        decided_by: row.decided_by.as_ref().map(|by| decided_by(by).to_owned()),
        outside_quota: row.outside_quota,
        vetoed: row.vetoed,
    }
}

/// A unit of which nobody has a score yet waits for nobody's marks.
fn status(row: &BoardRow) -> &'static str {
    match &row.heads {
        Some(heads) if heads.participants == 0 && row.status == crate::rules::result::Status::Incomplete => "nobody",
        _ => row.status.word(),
    }
}

/// As [`HEADS`] names them.
fn cells(heads: &Heads) -> [Option<String>; 4] {
    [
        Some(heads.count.to_string()),
        Some(heads.participants.to_string()),
        heads.percent().map(|percent| format!("{percent}%")),
        heads.mean.map(|mean| mean.to_string()),
    ]
}

pub(super) fn unit_of(seen: &Seen) -> Option<String> {
    match seen {
        Seen::Entrant { unit, team, .. } => unit.as_ref().map(unit_name).or_else(|| team.clone()),
        _ => None,
    }
}

/// What stands beside a name: a unit that takes part under its own name is not said twice.
pub(super) fn beside(seen: &Seen, name: Option<&str>) -> Option<String> {
    match seen {
        Seen::Entrant { unit: Some(unit), .. } if name == Some(unit.leaf()) => {
            let above = unit.as_str().split('/').count() - 1;
            unit.at_level(above).filter(|_| above > 0).map(|above| above.leaf().to_owned())
        }
        _ => unit_of(seen),
    }
}

pub(super) fn shown_who(mask_names: bool, seen: &Seen, names: &Names) -> ShownWho {
    let name = match seen {
        Seen::Number(_) => None,
        Seen::Entrant { id, number, .. } => match names.of(id) {
            Some(name) if mask_names => Some(masked(name)),
            Some(name) => Some(name.to_owned()),
            // Their name was erased, or never given: the number stands, and the list's id where there is none.
            None => number.is_none().then(|| id.as_str().to_owned()),
        },
        Seen::Team(name) => Some(name.clone()),
        Seen::Unit(path) => Some(unit_name(path)),
    };
    ShownWho { name, number: seen.number() }
}

/// 王芳 is 王*: one star however long the name is, so that its length tells nothing either.
pub(in crate::app) fn masked(name: &str) -> String {
    name.chars().next().map(|first| format!("{first}*")).unwrap_or_default()
}

/// The last two levels: a workshop's name is the same in many companies.
fn unit_name(path: &UnitPath) -> String {
    let names: Vec<&str> = path.as_str().split('/').collect();
    names[names.len().saturating_sub(2)..].join(" · ")
}

pub fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Draft => "draft",
        Phase::Running => "running",
        Phase::Sealed => "sealed",
        Phase::Announced => "announced",
        Phase::Notice => "notice",
        Phase::Final => "final",
    }
}

fn decided_by(by: &DecidedBy) -> &'static str {
    match by {
        DecidedBy::Chain(_) => "chain",
        DecidedBy::People => "people",
        DecidedBy::Open => "open",
        DecidedBy::Shared => "shared",
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::rules::{
        ledger::Instant,
        names::EntrantId,
        result::Status,
        view::{Heading, Progress},
    };

    fn board(shows: Shows, mask_names: bool, who: Seen) -> Board {
        let row = BoardRow {
            rank: Some(1),
            who,
            total: Some(Decimal::new(9210, 2)),
            stages: Vec::new(),
            status: Status::Ranked,
            decided_by: None,
            outside_quota: false,
            vetoed: false,
            heads: None,
            provisional: false,
        };
        Board {
            heading: Heading::default(),
            version: Version { epoch: 1, seq: 57, deadline: Instant(0) },
            shows,
            mask_names,
            frozen_since: None,
            progress: Progress::default(),
            on_stage: None,
            next: None,
            tables: vec![BoardTable {
                slug: "all".into(),
                key: TableKey::Field { event: None, group: None },
                event: None,
                group: None,
                title: None,
                columns: Vec::new(),
                rows: vec![row],
                count: 1,
                progress: Progress::default(),
            }],
        }
    }

    fn entrant(number: Option<u32>) -> Seen {
        let unit = Some(UnitPath::new("集团/一公司/焊接车间"));
        Seen::Entrant { id: EntrantId::new("W017"), number, unit, team: None }
    }

    fn row(board: &Board, names: &Names) -> ShownRow {
        join(&ContestId::new("c"), board, names).0.tables[0].rows[0].clone()
    }

    #[test]
    fn a_name_joins_its_row_and_a_total_keeps_its_digits() {
        let names = Names::fixed(&[("W017", "王芳")]);
        let (shown, version) = join(&ContestId::new("c"), &board(Shows::Names, false, entrant(Some(3))), &names);
        let row = &shown.tables[0].rows[0];
        assert_eq!(row.who, ShownWho { name: Some("王芳".into()), number: Some(3) });
        assert_eq!((row.unit.as_deref(), row.total.as_deref()), (Some("一公司 · 焊接车间"), Some("92.10")));
        assert_eq!(version, "1.57.0");
    }

    #[test]
    fn a_masked_name_keeps_its_first_character_only() {
        let names = Names::fixed(&[("W017", "阿卜杜·热合曼")]);
        assert_eq!(row(&board(Shows::Names, true, entrant(Some(3))), &names).who.name.as_deref(), Some("阿*"));
    }

    #[test]
    fn where_only_numbers_are_shown_nothing_else_leaves() {
        let names = Names::fixed(&[("W017", "王芳")]);
        let (shown, _) = join(&ContestId::new("c"), &board(Shows::Numbers, false, Seen::Number(3)), &names);
        let text = serde_json::to_string(&shown).unwrap();
        assert!(!text.contains("王芳") && !text.contains("W017") && !text.contains("车间"), "{text}");
        assert_eq!(shown.tables[0].rows[0].key, "3");
    }

    #[test]
    fn an_erased_name_leaves_the_number() {
        let names = Names::fixed(&[]);
        let erased = row(&board(Shows::Names, false, entrant(Some(3))), &names);
        assert_eq!(erased.who, ShownWho { name: None, number: Some(3) });
        let undrawn = row(&board(Shows::Names, false, entrant(None)), &names);
        assert_eq!(undrawn.who, ShownWho { name: Some("W017".into()), number: None });
    }
}
