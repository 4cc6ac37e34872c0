//! The tree of units (单位): reading it from a sheet, one path to a row or a column for each level, and finding a unit
//! by what people write.

use std::collections::BTreeSet;

use crate::{rules::names::UnitPath, words::Language};

use super::sheets::{self, Book, Unreadable};

/// Suggestions in one message.
const NEAR_MAX: usize = 3;

/// Why a text names no unit of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAUnit {
    Unknown {
        text: String,
        near: Vec<String>,
    },
    /// A last name that several have.
    Ambiguous {
        text: String,
        candidates: Vec<String>,
    },
}

/// The units of a file in its order, each with all that stand above it. A heading row is recognised and left out.
pub fn read(bytes: &[u8]) -> Result<Vec<UnitPath>, Unreadable> {
    sheets::read(bytes).map(|book| read_book(&book))
}

fn read_book(book: &Book) -> Vec<UnitPath> {
    let mut units = Vec::new();
    let mut seen = BTreeSet::new();
    let Some(sheet) = book.sheets.iter().find(|sheet| !sheet.rows.is_empty()) else { return units };
    let mut above: Vec<String> = Vec::new();
    for row in &sheet.rows {
        let cells: Vec<String> = row.cells.iter().map(|cell| tidy(&cell.text())).collect();
        if cells.iter().filter(|cell| !cell.is_empty()).all(|cell| is_heading(cell)) {
            continue;
        }
        // Merged or left-out upper levels are those of the row before.
        let mut names: Vec<String> = Vec::new();
        let first = cells.iter().position(|cell| !cell.is_empty()).unwrap_or(0);
        names.extend(above.iter().take(first).cloned());
        names.extend(cells.iter().skip(first).flat_map(|cell| parts(cell)));
        for level in 1..=names.len() {
            let path = UnitPath::new(names[..level].join("/"));
            if seen.insert(path.clone()) {
                units.push(path);
            }
        }
        above = names;
    }
    units
}

/// A path with any separator, the end of one, or a last name that only one unit has. Without a tree any path stands.
pub fn resolve(text: &str, tree: &[UnitPath]) -> Result<UnitPath, NotAUnit> {
    let path = UnitPath::new(parts(&tidy(text)).join("/"));
    if tree.is_empty() || tree.contains(&path) {
        return Ok(path);
    }
    let tail = format!("/{path}");
    let ends: Vec<&UnitPath> = tree.iter().filter(|unit| unit.as_str().ends_with(&tail)).collect();
    match ends.as_slice() {
        [one] => Ok((*one).clone()),
        [] => {
            let leaf = path.leaf();
            let near = tree.iter().filter(|unit| unit.leaf().contains(leaf) || leaf.contains(unit.leaf()));
            let near = near.take(NEAR_MAX).map(ToString::to_string).collect();
            Err(NotAUnit::Unknown { text: text.to_owned(), near })
        }
        several => {
            let candidates = several.iter().take(NEAR_MAX).map(ToString::to_string).collect();
            Err(NotAUnit::Ambiguous { text: text.to_owned(), candidates })
        }
    }
}

impl NotAUnit {
    pub fn say(&self, language: Language) -> String {
        let list = |names: &[String]| names.join(&language.say("import-or"));
        match self {
            NotAUnit::Unknown { text, near } if near.is_empty() => {
                language.say_with("import-unit-unknown", &[("text", text.as_str().into())])
            }
            NotAUnit::Unknown { text, near } => {
                language.say_with("import-unit-near", &[("text", text.as_str().into()), ("near", list(near).into())])
            }
            NotAUnit::Ambiguous { text, candidates } => language.say_with(
                "import-unit-ambiguous",
                &[("text", text.as_str().into()), ("near", list(candidates).into())],
            ),
        }
        .into_owned()
    }
}

/// Spaces inside a Latin name stay, single; marks that nobody sees go, so that two names that look alike are one.
fn tidy(text: &str) -> String {
    let unseen =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let seen: String = text.chars().filter(|c| !unseen(*c)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn parts(text: &str) -> Vec<String> {
    let names = text.split(['/', '／', '>', '＞', '\\', '→']);
    names.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// 一级, 二级单位, 第三级, 班组, 单位, level 1.
fn is_heading(cell: &str) -> bool {
    const HEADINGS: [&str; 8] = ["单位", "单位路径", "单位名称", "班组", "车间", "公司", "unit", "path"];
    let lower = cell.to_lowercase();
    let levels = ['一', '二', '三', '四', '五', '六', '1', '2', '3', '4', '5', '6'];
    let level = lower.trim_start_matches('第').strip_prefix(levels);
    HEADINGS.contains(&lower.as_str())
        || level.is_some_and(|rest| matches!(rest, "级" | "级单位"))
        || lower.strip_prefix("level").is_some_and(|rest| rest.trim().parse::<u32>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> Vec<UnitPath> {
        ["集团", "集团/一公司", "集团/一公司/焊接车间", "集团/二公司", "集团/二公司/焊接车间", "集团/二公司/机修车间"]
            .map(UnitPath::from)
            .to_vec()
    }

    #[test]
    fn a_unit_is_found_by_its_path_its_end_or_its_only_name() {
        for (text, path) in [
            ("集团/一公司", "集团/一公司"),
            (" 集团 > 一公司 > 焊接车间 ", "集团/一公司/焊接车间"),
            ("二公司／焊接车间", "集团/二公司/焊接车间"),
            ("机修车间", "集团/二公司/机修车间"),
        ] {
            assert_eq!(resolve(text, &tree()), Ok(path.into()), "{text}");
        }
        let candidates = vec!["集团/一公司/焊接车间".to_owned(), "集团/二公司/焊接车间".to_owned()];
        assert_eq!(resolve("焊接车间", &tree()), Err(NotAUnit::Ambiguous { text: "焊接车间".to_owned(), candidates }));
        let near = vec!["集团/二公司/机修车间".to_owned()];
        assert_eq!(resolve("机修", &tree()), Err(NotAUnit::Unknown { text: "机修".to_owned(), near }));
        assert_eq!(resolve("任何 > 单位", &[]), Ok("任何/单位".into()));
    }

    #[test]
    fn a_tree_is_read_from_paths_or_from_levels() {
        let expected: Vec<UnitPath> =
            ["集团", "集团/一公司", "集团/一公司/焊接车间", "集团/二公司"].map(UnitPath::from).to_vec();
        let paths = "单位\n集团/一公司/焊接车间\n集团 > 二公司\n";
        let levels = "一级,二级,班组\n集团,一公司,焊接车间\n,二公司,\n";
        for text in [paths, levels] {
            assert_eq!(read(text.as_bytes()).unwrap(), expected, "{text}");
        }
    }
}
