//! Where things stand in the text: a path of keys and positions, looked up in the parsed document.
//!
//! A problem about something that is not there points at the nearest table that is.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::problem::{Fact, Problem, Severity};

/// `stage[0].aspect[1].step`, as steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Path(Vec<Step>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(String),
    At(usize),
}

impl Path {
    pub(super) fn of(key: &str) -> Self {
        Self::default().key(key)
    }

    #[must_use]
    pub(super) fn key(&self, key: &str) -> Self {
        self.with(Step::Key(key.to_owned()))
    }

    #[must_use]
    pub(super) fn at(&self, index: usize) -> Self {
        self.with(Step::At(index))
    }

    /// `stage` and 2 give `stage[2]`.
    #[must_use]
    pub(super) fn item(&self, key: &str, index: usize) -> Self {
        self.key(key).at(index)
    }

    fn starts_with(&self, other: &Path) -> bool {
        self.0.starts_with(&other.0)
    }

    fn parent(&self) -> Option<Path> {
        let (_, parent) = self.0.split_last()?;
        Some(Self(parent.to_vec()))
    }

    fn last_key(&self) -> Option<&str> {
        match self.0.last()? {
            Step::Key(key) => Some(key),
            Step::At(_) => None,
        }
    }

    fn with(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

/// Without one of these the rest of its table cannot be judged.
const MEASURES: [&str; 7] = ["kind", "max", "min", "step", "judges", "aggregate", "values"];
/// Without one of these, neither can what lies beside and below.
const CONTAINERS: [&str; 4] = ["stage", "aspect", "panel", "piece"];

/// Problems as they are found, with the document that places them.
pub(super) struct Findings<'t> {
    text: &'t str,
    document: &'t Spanned<DeTable<'t>>,
    problems: Vec<Problem>,
    /// What had the wrong shape and is left out or stood in for.
    tainted: Vec<Path>,
}

impl<'t> Findings<'t> {
    pub(super) fn new(text: &'t str, document: &'t Spanned<DeTable<'t>>) -> Self {
        Self { text, document, problems: Vec::new(), tainted: Vec::new() }
    }

    /// A problem of sense; not told when it may only follow from one of shape.
    pub(super) fn error(&mut self, path: &Path, fact: Fact) {
        if !self.follows(path, &fact) {
            self.add(Severity::Error, self.span(path).start, fact);
        }
    }

    pub(super) fn warn(&mut self, path: &Path, fact: Fact) {
        if !self.follows(path, &fact) {
            self.add(Severity::Warning, self.span(path).start, fact);
        }
    }

    pub(super) fn taint(&mut self, path: Path) {
        self.tainted.push(path);
    }

    fn follows(&self, path: &Path, fact: &Fact) -> bool {
        self.tainted.iter().any(|tainted| {
            let near = tainted.parent().is_some_and(|parent| match tainted.last_key() {
                Some(key) if MEASURES.contains(&key) => path.starts_with(&parent),
                Some(key) if CONTAINERS.contains(&key) => path.starts_with(&parent),
                _ => false,
            });
            // A panel that could not be read may well mark this.
            let unread_panel = matches!(fact, Fact::NotJudged { .. })
                && tainted.0.get(..2) == path.0.get(..2)
                && tainted.0.contains(&Step::Key("panel".to_owned()));
            near || unread_panel || tainted.starts_with(path) || path.starts_with(tainted)
        })
    }

    pub(super) fn error_at(&mut self, offset: usize, fact: Fact) {
        self.add(Severity::Error, offset, fact);
    }

    /// Whether the file itself has this key, beyond any default.
    pub(super) fn has(&self, path: &Path) -> bool {
        self.walk(path).1
    }

    pub(super) fn line(&self, path: &Path) -> usize {
        position(self.text, self.span(path).start).0
    }

    pub(super) fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// In the order of the file.
    pub(super) fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|problem| (problem.line, problem.column, problem.severity));
        self.problems.dedup();
        self.problems
    }

    fn add(&mut self, severity: Severity, offset: usize, fact: Fact) {
        let (line, column) = position(self.text, offset);
        self.problems.push(Problem { severity, line, column, fact });
    }

    fn span(&self, path: &Path) -> Range<usize> {
        self.walk(path).0
    }

    /// The span of the deepest part of the path that exists, and whether all of it does.
    fn walk(&self, path: &Path) -> (Range<usize>, bool) {
        let mut span = self.document.span();
        // The document itself "begins" at its first key; problems of the whole file stand at its top.
        span.start = 0;
        let mut table = Some(self.document.get_ref());
        let mut value: Option<&Spanned<DeValue<'_>>> = None;
        for step in &path.0 {
            let next = match step {
                Step::Key(key) => table.and_then(|table| table.get(key.as_str())),
                Step::At(index) => match value.map(Spanned::get_ref) {
                    Some(DeValue::Array(items)) => items.get(*index),
                    _ => None,
                },
            };
            let Some(next) = next else { return (span, false) };
            span = next.span();
            table = match next.get_ref() {
                DeValue::Table(table) => Some(table),
                _ => None,
            };
            value = Some(next);
        }
        (span, true)
    }
}

/// Line and column from 1, in characters.
pub(super) fn position(text: &str, offset: usize) -> (usize, usize) {
    let mut end = offset.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}
