//! The first pass over a formula: names become slots, numbers decimals, and nothing else gets through.
//!
//! The rewritten text is one line, so that a position in it leads back to the source by a table.

use super::{ARGUMENTS_MAX, FUNCTIONS, FormulaFault, FormulaProblem, SOURCE_CHARS_MAX, round_name};
use crate::rules::{decimal, definition::model::RoundingMode};

pub(super) struct Scanned {
    /// For the evaluator.
    pub(super) text: String,
    /// The names behind the slots.
    pub(super) uses: Vec<String>,
    /// Where each token begins: in the rewritten text, in the source. Ascending.
    origins: Vec<(usize, usize)>,
    end: usize,
}

impl Scanned {
    /// The place in the source of a place in the rewritten text.
    pub(super) fn source_at(&self, at: usize) -> usize {
        if at >= self.text.chars().count() {
            return self.end;
        }
        self.origins.iter().rev().find(|(rewritten, _)| *rewritten <= at).map_or(0, |(_, source)| *source)
    }
}

pub(super) fn slot_name(slot: usize) -> String {
    format!("slot{slot}")
}

pub(super) fn scan(source: &str, names: &[String], mode: RoundingMode) -> Result<Scanned, FormulaProblem> {
    let chars: Vec<char> = source.chars().collect();
    let problem = |at, what| Err(FormulaProblem { at, what });
    if chars.len() > SOURCE_CHARS_MAX {
        return problem(SOURCE_CHARS_MAX, FormulaFault::TooLong { chars_max: SOURCE_CHARS_MAX });
    }
    let mut out = Scanned { text: String::new(), uses: Vec::new(), origins: Vec::new(), end: chars.len() };
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        let rewritten = match chars[at] {
            c if c.is_whitespace() => {
                at += 1;
                continue;
            }
            c if c.is_ascii_digit() || c == '.' => {
                at += chars[at..].iter().take_while(|c| c.is_ascii_alphanumeric() || **c == '.').count();
                number(&chars[start..at]).map_err(|what| FormulaProblem { at: start, what })?
            }
            c if c.is_alphabetic() || c == '_' => {
                at += chars[at..].iter().take_while(|c| c.is_alphanumeric() || **c == '_').count();
                let word: String = chars[start..at].iter().collect();
                let called = chars[at..].iter().find(|c| !c.is_whitespace()) == Some(&'(');
                if matches!(word.as_str(), "if" | "else") {
                    word
                } else if called {
                    function(&word, &chars[at..], mode).map_err(|what| FormulaProblem { at: start, what })?
                } else if names.contains(&word) {
                    let slot = out.uses.iter().position(|name| *name == word).unwrap_or(out.uses.len());
                    if slot == out.uses.len() {
                        out.uses.push(word);
                    }
                    slot_name(slot)
                } else {
                    return problem(start, FormulaFault::UnknownName(word));
                }
            }
            c => {
                let (text, len) = symbol(c, chars.get(at + 1).copied())
                    .ok_or(FormulaProblem { at, what: FormulaFault::Character(c) })?;
                at += len;
                text.to_owned()
            }
        };
        if !out.text.is_empty() {
            out.text.push(' ');
        }
        out.origins.push((out.text.len(), start));
        out.text.push_str(&rewritten);
    }
    if out.text.is_empty() { problem(0, FormulaFault::Empty) } else { Ok(out) }
}

/// With a point always: the evaluator reads a number without one as an integer, and 1/3 would be 0.
fn number(chars: &[char]) -> Result<String, FormulaFault> {
    let text: String = chars.iter().collect();
    match decimal::parse(&text) {
        Ok(_) if text.contains('.') => Ok(text),
        Ok(_) => Ok(format!("{text}.0")),
        Err(_) => Err(FormulaFault::Number(text)),
    }
}

/// The evaluator's name of a function, once its number of arguments is known to be right.
fn function(word: &str, after: &[char], mode: RoundingMode) -> Result<String, FormulaFault> {
    let Some((_, from, to)) = FUNCTIONS.iter().find(|(name, ..)| *name == word) else {
        return Err(FormulaFault::UnknownFunction(word.to_owned()));
    };
    let given = arguments(after);
    if !(*from..=*to).contains(&given) {
        return Err(FormulaFault::Arguments { function: word.to_owned(), from: *from, to: *to, given });
    }
    debug_assert!(given <= ARGUMENTS_MAX);
    Ok(match word {
        "round" => round_name(mode).to_owned(),
        word => word.to_owned(),
    })
}

/// How many arguments stand between the parentheses that begin here; an unclosed one counts to the end, and the parser complains.
fn arguments(after: &[char]) -> usize {
    let mut depth = 0_usize;
    let mut commas = 0;
    let mut anything = false;
    for c in after {
        match c {
            '(' | '{' => {
                anything |= depth > 0;
                depth += 1;
            }
            ')' | '}' => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            ',' if depth == 1 => commas += 1,
            c => anything |= depth > 0 && !c.is_whitespace(),
        }
    }
    if anything { commas + 1 } else { 0 }
}

fn symbol(c: char, next: Option<char>) -> Option<(&'static str, usize)> {
    Some(match (c, next) {
        ('<', Some('=')) => ("<=", 2),
        ('>', Some('=')) => (">=", 2),
        ('=', Some('=')) => ("==", 2),
        ('!', Some('=')) => ("!=", 2),
        ('&', Some('&')) => ("&&", 2),
        ('|', Some('|')) => ("||", 2),
        ('+', _) => ("+", 1),
        ('-' | '−', _) => ("-", 1),
        ('*' | '×', _) => ("*", 1),
        ('/' | '÷', _) => ("/", 1),
        ('<', _) => ("<", 1),
        ('>', _) => (">", 1),
        ('≤', _) => ("<=", 1),
        ('≥', _) => (">=", 1),
        ('!', _) => ("!", 1),
        ('(', _) => ("(", 1),
        (')', _) => (")", 1),
        ('{', _) => ("{", 1),
        ('}', _) => ("}", 1),
        (',', _) => (",", 1),
        _ => return None,
    })
}
