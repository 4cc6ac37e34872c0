//! Moodle's GIFT: choices, true and false, short answers, numbers, matching, missing words.
//!
//! Read are `::title::` (left out), `$CATEGORY` (as the subject), comments, `[plain]` and the like, weights (above 0 is
//! right), feedback (left out; `####` becomes the explanation) and escapes. Essays, descriptions, HTML and several numbers
//! are refused.

use rust_decimal::Decimal;

use crate::{files::entrants::cells, rules::items::Body};

use super::{
    GAP, ITEMS_MAX,
    draft::{Draft, with_gaps},
    fact::{Fact, Report},
    key,
    sheet::some,
};

/// Escaped signs, as characters that no text here may have.
const ESCAPES: [(&str, char, &str); 7] = [
    ("\\\\", '\u{e006}', "\\"),
    ("\\~", '\u{e000}', "~"),
    ("\\=", '\u{e001}', "="),
    ("\\#", '\u{e002}', "#"),
    ("\\{", '\u{e003}', "{"),
    ("\\}", '\u{e004}', "}"),
    ("\\:", '\u{e005}', ":"),
];

pub(super) fn drafts(text: &str, report: &mut Report) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for passage in passages(text, report) {
        match question(&passage.text) {
            Ok((stem, explanation, body)) => drafts.push(Draft {
                row: passage.row,
                subject: passage.subject,
                stem,
                explanation,
                body: Some(body),
                ..Draft::default()
            }),
            Err(fact) => report.problem(passage.row, None, fact),
        }
    }
    if drafts.len() > ITEMS_MAX {
        report.whole(Fact::TooManyItems { most: ITEMS_MAX });
        return Vec::new();
    }
    drafts
}

struct Passage {
    row: u32,
    subject: Option<String>,
    text: String,
}

/// Questions stand apart by empty lines, except within braces.
fn passages(text: &str, report: &mut Report) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut subject = None;
    let mut apart = true;
    for (row, line) in (1_u32..).zip(text.lines()) {
        let line = line.trim();
        if let Err(fact) = cells::checked(line) {
            report.problem(row, None, Fact::Cell(fact));
            continue;
        }
        let line = escaped(line);
        if line.starts_with("//") {
            continue;
        }
        if let Some(path) = line.strip_prefix("$CATEGORY:") {
            let last = path.rsplit('/').next().unwrap_or_default().trim();
            subject = some(unescaped(last));
            apart = true;
        } else if line.is_empty() {
            apart |= passages.last().is_none_or(|last| !is_open(&last.text));
        } else if apart {
            passages.push(Passage { row, subject: subject.clone(), text: line });
            apart = false;
        } else if let Some(last) = passages.last_mut() {
            last.text.push('\n');
            last.text.push_str(&line);
        }
    }
    passages
}

fn is_open(text: &str) -> bool {
    text.matches('{').count() > text.matches('}').count()
}

fn escaped(line: &str) -> String {
    ESCAPES.iter().fold(line.to_owned(), |line, (sign, stands, _)| line.replace(sign, &stands.to_string()))
}

fn unescaped(text: &str) -> String {
    let text = text.replace("\\n", "\n");
    ESCAPES.iter().fold(text, |text, (_, stands, sign)| text.replace(*stands, sign)).trim().to_owned()
}

fn question(text: &str) -> Result<(String, Option<String>, Body), Fact> {
    let untitled = match text.strip_prefix("::").and_then(|rest| rest.split_once("::")) {
        Some((_, rest)) => rest.trim_start(),
        None => text,
    };
    let bare = ["[plain]", "[moodle]", "[markdown]"].iter().find_map(|format| untitled.strip_prefix(format));
    let text = bare.unwrap_or(untitled).trim_start();
    if text.starts_with("[html]") {
        return Err(Fact::GiftHtml);
    }
    let (before, rest) = text.split_once('{').ok_or(Fact::GiftNoAnswers)?;
    let (answers, after) = rest.split_once('}').ok_or(Fact::GiftUnclosed)?;
    let (answers, explanation) = match answers.split_once("####") {
        Some((answers, explanation)) => (answers.trim(), some(unescaped(explanation))),
        None => (answers.trim(), None),
    };
    let body = body(answers)?;
    let (before, after) = (unescaped(before), unescaped(after));
    let stem = match (&body, after.is_empty()) {
        // A choice in the middle of a sentence, and a short answer, leave a gap.
        (Body::FillIn { .. }, _) if !before.contains(GAP) => format!("{before}{GAP}{after}"),
        (_, true) => before,
        (Body::FillIn { .. }, false) => format!("{before}{after}"),
        (_, false) => format!("{before}（　）{after}"),
    };
    Ok((with_gaps(&stem, None), explanation, body))
}

fn body(answers: &str) -> Result<Body, Fact> {
    if answers.is_empty() {
        return Err(Fact::GiftEssay);
    }
    if let Some(numbers) = answers.strip_prefix('#') {
        return number(numbers);
    }
    let said = answers.split('#').next().unwrap_or_default().trim();
    match said.to_uppercase().as_str() {
        "T" | "TRUE" => return Ok(Body::TrueFalse { right: true }),
        "F" | "FALSE" => return Ok(Body::TrueFalse { right: false }),
        _ => {}
    }
    let answers = split(answers);
    if answers.is_empty() {
        return Err(Fact::GiftNoAnswers);
    }
    let all_right = answers.iter().all(|answer| answer.sign == '=');
    if all_right && answers.iter().all(|answer| answer.text.contains("->")) {
        let pairs = answers.iter().filter_map(|answer| answer.text.split_once("->"));
        return Ok(Body::Matching { pairs: pairs.map(|(left, right)| (unescaped(left), unescaped(right))).collect() });
    }
    if all_right {
        return Ok(Body::FillIn {
            blanks: vec![answers.iter().map(|answer| unescaped(answer.text)).collect()],
            any_order: false,
        });
    }
    let right: Vec<usize> = answers.iter().enumerate().filter(|(_, one)| one.is_right()).map(|(at, _)| at).collect();
    let options: Vec<String> = answers.iter().map(|answer| unescaped(answer.text)).collect();
    match right.as_slice() {
        [] => Err(Fact::GiftNothingRight),
        [one] => Ok(Body::Single { options, right: *one }),
        _ => Ok(Body::Multiple { options, right }),
    }
}

/// `50:2`, `48..52`, `=50:2`.
fn number(text: &str) -> Result<Body, Fact> {
    let text = text.trim();
    let one = text.strip_prefix('=').unwrap_or(text);
    if one.contains(['=', '~']) {
        return Err(Fact::GiftSeveralNumbers);
    }
    let one = one.split('#').next().unwrap_or_default();
    let weighted = one.trim().strip_prefix("%100%").unwrap_or(one);
    let (from, to) = key::number(&unescaped(&weighted.replace(':', "±")))?;
    Ok(Body::Number { from, to })
}

struct Given<'a> {
    sign: char,
    weight: Option<Decimal>,
    text: &'a str,
}

impl Given<'_> {
    fn is_right(&self) -> bool {
        self.weight.map_or(self.sign == '=', |weight| weight > Decimal::ZERO)
    }
}

fn split(answers: &str) -> Vec<Given<'_>> {
    let starts: Vec<usize> = answers.match_indices(['=', '~']).map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([answers.len()]);
    let one = |(from, to): (&usize, usize)| {
        let sign = if answers[*from..].starts_with('=') { '=' } else { '~' };
        let text = answers[from + 1..to].split('#').next().unwrap_or_default().trim();
        let weighted = text.strip_prefix('%').and_then(|rest| rest.split_once('%'));
        match weighted.and_then(|(weight, rest)| Some((weight.trim().parse::<Decimal>().ok()?, rest))) {
            Some((weight, rest)) => Given { sign, weight: Some(weight), text: rest.trim() },
            None => Given { sign, weight: None, text },
        }
    };
    starts.iter().zip(ends).map(one).collect()
}
