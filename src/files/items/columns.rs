//! What the columns of a bank are called, and the words for kinds and difficulties, in Chinese and English.

use crate::{
    files::{
        entrants::cells,
        sheets::{Cell, Sheet, letters},
    },
    rules::items::{Difficulty, ItemKind},
};

/// Titles and notes stand above a heading, never as much as this.
const ROWS_SEARCHED: usize = 30;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Id,
    Kind,
    Subject,
    Difficulty,
    Stem,
    Material,
    Picture,
    /// By position, from 0.
    Option(usize),
    Key,
    Points,
    Explanation,
    /// 序号: counts the rows of the sheet.
    Counter,
}

const NAMES: &[(Column, &[&str])] = &[
    (Column::Id, &["编号", "试题编号", "题目编号", "id"]),
    (Column::Kind, &["题型", "类型", "试题类型", "题目类型", "kind", "type"]),
    (Column::Subject, &["专业", "科目", "分类", "类别", "知识点", "章节", "subject", "category"]),
    (Column::Difficulty, &["难度", "难易度", "难易程度", "difficulty"]),
    (Column::Stem, &["题干", "试题", "题目", "问题", "试题内容", "题目内容", "stem", "question"]),
    (Column::Material, &["材料", "原文", "文字说明", "图片说明", "material", "text"]),
    (Column::Picture, &["图片", "图片文件", "图片名称", "picture", "image"]),
    (Column::Key, &["答案", "正确答案", "标准答案", "参考答案", "key", "answer"]),
    (Column::Points, &["分数", "分值", "points", "score"]),
    (Column::Explanation, &["解析", "答案解析", "试题解析", "explanation"]),
    (Column::Counter, &["序号", "序", "题号", "no", "no."]),
];

const KINDS: &[(ItemKind, &[&str])] = &[
    (ItemKind::Single, &["单选题", "单选", "单项选择题", "单项选择", "选择题", "single", "singlechoice"]),
    (ItemKind::Multiple, &["多选题", "多选", "多项选择题", "多项选择", "不定项选择题", "multiple", "multiplechoice"]),
    (ItemKind::TrueFalse, &["判断题", "判断", "是非题", "truefalse", "true/false"]),
    (ItemKind::FillIn, &["填空题", "填空", "fillin"]),
    (ItemKind::Number, &["数值题", "数值", "计算题", "number"]),
    (ItemKind::Ordering, &["排序题", "排序", "ordering"]),
    (ItemKind::Matching, &["匹配题", "匹配", "连线题", "配对题", "matching"]),
    (ItemKind::FindFix, &["查找改错题", "查找改错", "改错题", "改错", "findfix", "findandfix"]),
    (ItemKind::Hazards, &["隐患识别题", "隐患识别", "隐患排查题", "找隐患", "hazards"]),
];

const DIFFICULTIES: &[(Difficulty, &[&str])] = &[
    (Difficulty::Easy, &["易", "容易", "简单", "低", "easy"]),
    (Difficulty::Medium, &["中", "中等", "一般", "适中", "medium"]),
    (Difficulty::Hard, &["难", "困难", "较难", "高", "hard", "difficult"]),
];

/// The headings of a sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// Position of its row among the sheet's rows.
    pub(super) at: usize,
    pub(super) row: u32,
    pub(super) columns: Vec<(Column, usize)>,
    pub(super) ignored: Vec<usize>,
    /// A second column with the same meaning, and the first.
    pub(super) twice: Vec<(usize, usize)>,
    titles: Vec<String>,
}

impl Header {
    /// The first row with headings for stems and keys.
    pub(super) fn find(sheet: &Sheet) -> Option<Self> {
        sheet.rows.iter().take(ROWS_SEARCHED).enumerate().find_map(|(at, row)| {
            let titles = row.cells.iter().map(|cell| cell.text().trim().to_owned()).collect();
            let mut header = Header { at, row: row.number, titles, ..Header::default() };
            for (position, cell) in row.cells.iter().enumerate() {
                let Cell::Text(text) = cell else { continue };
                if cell.is_blank() {
                    continue;
                }
                match column(text) {
                    None => header.ignored.push(position),
                    Some(Column::Counter) => {}
                    Some(column) => match header.position(column) {
                        Some(first) => header.twice.push((position, first)),
                        None => header.columns.push((column, position)),
                    },
                }
            }
            (header.position(Column::Stem).is_some() && header.position(Column::Key).is_some()).then_some(header)
        })
    }

    pub(super) fn position(&self, column: Column) -> Option<usize> {
        self.columns.iter().find(|(known, _)| *known == column).map(|(_, position)| *position)
    }

    /// Heading and letters of a column.
    pub(super) fn named(&self, position: usize) -> (String, String) {
        (self.titles.get(position).cloned().unwrap_or_default(), letters(position))
    }
}

pub(super) fn kind(text: &str) -> Option<ItemKind> {
    let text = bare(text);
    KINDS.iter().find(|(_, names)| names.contains(&text.as_str())).map(|(kind, _)| *kind)
}

pub(super) fn difficulty(text: &str) -> Option<Difficulty> {
    let text = bare(text);
    DIFFICULTIES.iter().find(|(_, names)| names.contains(&text.as_str())).map(|(difficulty, _)| *difficulty)
}

fn column(title: &str) -> Option<Column> {
    let title = bare(title);
    let letter = title.strip_prefix("选项").or(title.strip_suffix("选项")).or(title.strip_prefix("option"));
    if let [letter @ b'a'..=b'z'] = letter.unwrap_or(&title).as_bytes() {
        return Some(Column::Option(usize::from(letter - b'a')));
    }
    NAMES.iter().find(|(_, names)| names.contains(&title.as_str())).map(|(column, _)| *column)
}

/// Without spaces, case, width, hyphens, stars and what stands in brackets.
fn bare(title: &str) -> String {
    let title = cells::half_width(title).to_lowercase();
    let before = title.split(['(', '[', '【']).next().unwrap_or_default();
    before.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '*' | ':' | '\u{feff}')).collect()
}
