//! Aiken: a stem on one line, options as `A. …` or `A) …`, and `ANSWER: B`. Several letters make a multiple choice.

use crate::{files::entrants::cells, rules::items::Body};

use super::{
    ITEMS_MAX,
    draft::Draft,
    fact::{Fact, Report},
    key,
};

#[derive(Debug, Default)]
struct Question {
    row: u32,
    stem: String,
    options: Vec<String>,
}

pub(super) fn drafts(text: &str, report: &mut Report) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut question = Question::default();
    for (row, line) in (1_u32..).zip(text.lines()) {
        let line = line.trim();
        if let Err(fact) = cells::checked(line) {
            report.problem(row, None, Fact::Cell(fact));
            continue;
        }
        if line.is_empty() {
            continue;
        }
        if let Some(letters) = line.strip_prefix("ANSWER:") {
            match std::mem::take(&mut question).draft(letters.trim()) {
                Ok(draft) => drafts.push(draft),
                Err((of, fact)) => report.problem(if of == 0 { row } else { of }, None, fact),
            }
        } else if let Some(option) = option(line, question.options.len()) {
            question.options.push(option.to_owned());
        } else if question.options.is_empty() {
            if question.stem.is_empty() {
                question.row = row;
            } else {
                question.stem.push('\n');
            }
            question.stem.push_str(line);
        } else {
            // A question without a key ends where the next one begins.
            let stray = Fact::AikenStray { text: line.chars().take(20).collect() };
            report.problem(row, None, stray);
        }
    }
    if !question.stem.is_empty() || !question.options.is_empty() {
        report.problem(question.row.max(1), None, Fact::AikenNoAnswer);
    }
    if drafts.len() > ITEMS_MAX {
        report.whole(Fact::TooManyItems { most: ITEMS_MAX });
        return Vec::new();
    }
    drafts
}

impl Question {
    fn draft(self, letters: &str) -> Result<Draft, (u32, Fact)> {
        let right = key::letters(letters).map_err(|fact| (self.row, fact))?;
        let body = match right.as_slice() {
            [one] => Body::Single { options: self.options, right: *one },
            _ => Body::Multiple { options: self.options, right },
        };
        Ok(Draft { row: self.row, stem: self.stem, body: Some(body), ..Draft::default() })
    }
}

fn option(line: &str, have: usize) -> Option<&str> {
    let wanted = char::from(b'A'.checked_add(u8::try_from(have).ok()?)?);
    let rest = line.strip_prefix(wanted)?;
    rest.strip_prefix(['.', ')']).map(str::trim)
}
