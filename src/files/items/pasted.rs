//! Items out of a text as people keep them in documents:
//!
//! ```text
//! 一、单选题
//! 1. 题干（B）
//! A．…  B．…
//! C．…
//! 答案：B
//! 解析：…
//! ```
//!
//! A number begins an item, a heading with a kind begins a section. The key stands behind 答案 or in brackets in the
//! stem, where it is taken out. Without a heading the kind follows from options and key.

use std::collections::BTreeMap;

use crate::{
    files::entrants::{self, cells},
    rules::{
        decimal,
        items::{Difficulty, ItemKind},
    },
};

use super::{
    GAP, ITEMS_MAX, Known,
    columns::{self, Column},
    draft::{Asked, Draft, with_gaps},
    fact::{Fact, Report},
    key,
    sheet::some,
};

const LABELS: &[(Column, &[&str])] = &[
    (Column::Key, &["正确答案", "参考答案", "标准答案", "答案", "answer"]),
    (Column::Explanation, &["答案解析", "试题解析", "解析", "explanation"]),
    (Column::Difficulty, &["难易度", "难度", "difficulty"]),
    (Column::Subject, &["专业", "科目", "分类", "知识点", "subject"]),
    (Column::Points, &["分数", "分值", "points"]),
    (Column::Kind, &["题型", "kind"]),
    (Column::Id, &["编号", "id"]),
    (Column::Material, &["材料", "原文", "text"]),
    (Column::Picture, &["图片", "picture"]),
];

/// Behind a letter or a number.
const MARKS: [char; 8] = ['.', '．', '、', ')', '）', ':', '：', ' '];

#[derive(Debug, Default)]
struct Passage {
    row: u32,
    /// Of the section.
    kind: Option<ItemKind>,
    stem: String,
    options: Vec<String>,
    fields: BTreeMap<Column, String>,
    /// The last thing that was begun, for lines that go on.
    open: Option<Column>,
}

pub(super) fn drafts(text: &str, known: Known<'_>, report: &mut Report) -> Vec<Draft> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut section = None;
    // A title above the first item, or a section that has just begun.
    let mut closed = true;
    for (row, line) in (1_u32..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if let Err(fact) = cells::checked(line) {
            report.problem(row, None, Fact::Cell(fact));
            continue;
        }
        if let Some(kind) = heading(line) {
            (section, closed) = (Some(kind), true);
        } else if let Some(stem) = numbered(line) {
            closed = false;
            let passage = Passage { row, kind: section, open: Some(Column::Stem), ..Passage::default() };
            passages.push(passage);
            if let Some(passage) = passages.last_mut() {
                passage.begin(stem);
            }
        } else {
            match passages.last_mut().filter(|_| !closed) {
                Some(passage) => passage.goes_on(line),
                None => report.warning(row, None, Fact::LooseText { text: line.chars().take(20).collect() }),
            }
        }
    }
    if passages.len() > ITEMS_MAX {
        report.whole(Fact::TooManyItems { most: ITEMS_MAX });
        return Vec::new();
    }
    passages.into_iter().filter_map(|passage| passage.draft(known, report)).collect()
}

impl Passage {
    /// 【多选】 in front of the stem says the kind.
    fn begin(&mut self, stem: &str) {
        let bracketed = [('【', '】'), ('[', ']'), ('（', '）'), ('(', ')')].iter().find_map(|(open, close)| {
            let (inside, rest) = stem.strip_prefix(*open)?.split_once(*close)?;
            Some((columns::kind(inside)?, rest))
        });
        let (kind, stem) = bracketed.map_or((self.kind, stem), |(kind, rest)| (Some(kind), rest));
        self.kind = kind;
        stem.trim().clone_into(&mut self.stem);
    }

    fn goes_on(&mut self, line: &str) {
        if let Some((column, text)) = labelled(line) {
            self.fields.insert(column, text.to_owned());
            self.open = Some(column);
            return;
        }
        let options = options(line, self.options.len());
        if !options.is_empty() && self.fields.is_empty() {
            self.options.extend(options);
            self.open = Some(Column::Option(self.options.len() - 1));
            return;
        }
        let open = match self.open {
            Some(Column::Option(_)) => self.options.last_mut(),
            Some(Column::Stem) | None => Some(&mut self.stem),
            Some(column) => self.fields.get_mut(&column),
        };
        if let Some(text) = open {
            text.push('\n');
            text.push_str(line);
        }
    }

    fn field(&self, column: Column) -> String {
        self.fields.get(&column).map(|text| text.trim().to_owned()).unwrap_or_default()
    }

    fn draft(mut self, known: Known<'_>, report: &mut Report) -> Option<Draft> {
        let row = self.row;
        let before = report.problems.len();
        let mut problem = |fact: Fact| report.problem(row, None, fact);
        let key = self.key();
        let named = self.field(Column::Kind);
        let kind = if named.is_empty() { self.kind.or_else(|| self.implied(&key)) } else { columns::kind(&named) };
        if kind.is_none() {
            problem(if named.is_empty() { Fact::KindUnclear } else { Fact::UnknownKind { text: named } });
        }
        let difficulty = self.field(Column::Difficulty);
        let difficulty = columns::difficulty(&difficulty).unwrap_or_else(|| {
            if !difficulty.is_empty() {
                problem(Fact::UnknownDifficulty { text: difficulty });
            }
            Difficulty::default()
        });
        let points = self.field(Column::Points);
        let points = match decimal::parse(cells::half_width(&points).trim_end_matches('分').trim()) {
            Ok(points) if points > rust_decimal::Decimal::ZERO => Some(points.normalize()),
            Ok(_) => {
                problem(Fact::PointsOutOfRange);
                None
            }
            Err(decimal::NotANumber::Empty) => None,
            Err(_) => {
                problem(Fact::Cell(entrants::Fact::NotANumber { text: points, perhaps: None }));
                None
            }
        };
        let stem = with_gaps(&self.stem, kind);
        let picture = some(self.field(Column::Picture));
        let material = self.field(Column::Material);
        let asked = Asked {
            kind: kind?,
            stem: &stem,
            material: &material,
            picture: picture.as_deref(),
            options: &self.options,
            key: &key,
            pictures: known.pictures,
        };
        let body = asked.body().map_err(|facts| facts.into_iter().for_each(|(_, fact)| problem(fact))).ok();
        let draft = Draft {
            row,
            id: some(self.field(Column::Id)),
            subject: some(self.field(Column::Subject)),
            difficulty,
            stem,
            picture,
            points,
            explanation: some(self.field(Column::Explanation)),
            body,
        };
        (report.problems.len() == before).then_some(draft)
    }

    /// Behind 答案, or in brackets in the stem; brackets that hold the key are emptied.
    fn key(&mut self) -> String {
        let labelled = self.field(Column::Key);
        let choices = self.options.len();
        let is_key = |inside: &str| {
            if !labelled.is_empty() {
                return !inside.is_empty()
                    && cells::half_width(inside).eq_ignore_ascii_case(&cells::half_width(&labelled));
            }
            match key::letters(inside) {
                Ok(letters) if choices > 0 => letters.iter().all(|at| *at < choices),
                _ => choices == 0 && key::truth(inside).is_some(),
            }
        };
        let Some((from, to, inside)) = brackets(&self.stem).into_iter().rev().find(|(.., inside)| is_key(inside))
        else {
            return labelled;
        };
        let emptied = if choices == 0 { "" } else { "（　）" };
        let stem = format!("{}{emptied}{}", &self.stem[..from], &self.stem[to..]);
        stem.trim().clone_into(&mut self.stem);
        if labelled.is_empty() { inside } else { labelled }
    }

    fn implied(&self, key: &str) -> Option<ItemKind> {
        if !self.options.is_empty() {
            let letters = key::letters(key).ok()?;
            return Some(if letters.len() == 1 { ItemKind::Single } else { ItemKind::Multiple });
        }
        if key::truth(key).is_some() {
            Some(ItemKind::TrueFalse)
        } else if with_gaps(&self.stem, Some(ItemKind::FillIn)).contains(GAP) {
            Some(ItemKind::FillIn)
        } else {
            key::number(key).is_ok().then_some(ItemKind::Number)
        }
    }
}

/// 一、单选题（每题 2 分）, 多选题, 第三部分 判断题.
fn heading(line: &str) -> Option<ItemKind> {
    let counted = line.trim_start_matches(|c: char| "第（(一二三四五六七八九十部分）)、.．:： ".contains(c));
    columns::kind(counted.split([':', '：', '，', ' ', '。']).next().unwrap_or_default())
}

/// `12. `, `12、`, `第12题`: what stands behind it. 1.5 is a number in a text.
fn numbered(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('第').unwrap_or(line);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits == 0 || digits > 5 {
        return None;
    }
    let behind = &rest[digits..];
    if line.starts_with('第') {
        return behind.strip_prefix('题').map(|stem| stem.trim_start_matches(MARKS));
    }
    let stem = behind.strip_prefix(['.', '．', '、', ')', '）'])?;
    (!stem.starts_with(|c: char| c.is_ascii_digit())).then(|| stem.trim())
}

/// 答案：B, 【解析】…
fn labelled(line: &str) -> Option<(Column, &str)> {
    let inside = line.strip_prefix('【');
    let plain = inside.unwrap_or(line);
    LABELS.iter().find_map(|(column, names)| {
        let name =
            names.iter().find(|name| plain.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name)))?;
        let rest = plain[name.len()..].trim_start();
        let text = match inside {
            Some(_) => rest.strip_prefix('】').map(|rest| rest.trim_start_matches([':', '：'])),
            None => rest.strip_prefix([':', '：']),
        };
        text.map(|text| (*column, text.trim()))
    })
}

/// Options on one line, beginning with the letter that comes next.
fn options(line: &str, have: usize) -> Vec<String> {
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let chars: Vec<(usize, char)> = line.char_indices().collect();
    for (index, (at, c)) in chars.iter().enumerate() {
        let wanted = u8::try_from(have + starts.len()).ok().and_then(|next| b'A'.checked_add(next)).map(char::from);
        let letter = cells::half_width(&c.to_string()).chars().next();
        let apart = index == 0 || "；;，,。 \t　".contains(chars[index - 1].1);
        let mark = chars.get(index + 1).filter(|(_, mark)| MARKS.contains(mark));
        if let (true, true, Some((mark_at, mark))) = (wanted == letter && letter.is_some(), apart, mark) {
            starts.push((*at, mark_at + mark.len_utf8()));
        }
    }
    // A line that only mentions a letter is no option.
    if starts.first().is_none_or(|(at, _)| *at != 0) {
        return Vec::new();
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([line.len()]);
    let text =
        |((_, from), to): (&(usize, usize), usize)| line[*from..to].trim().trim_end_matches([';', '；']).to_owned();
    starts.iter().zip(ends).map(text).collect()
}

/// Brackets of a text: where they begin and end, and what is in them.
fn brackets(text: &str) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match (c, open) {
            ('(' | '（', _) => open = Some((at, end)),
            (')' | '）', Some((from, inside))) => {
                found.push((from, end, text[inside..at].trim().to_owned()));
                open = None;
            }
            _ => {}
        }
    }
    found
}
