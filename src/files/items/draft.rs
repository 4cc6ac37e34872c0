//! A draft: one question as written, in the columns of the template, and how it becomes an item's body.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::rules::items::{Body, Difficulty, ItemKind};

use super::{GAP, columns::Column, fact::Fact, key, places};

/// Everything that a row says, cleaned of spaces around it.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub(super) row: u32,
    pub(super) id: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) difficulty: Difficulty,
    pub(super) stem: String,
    pub(super) picture: Option<String>,
    pub(super) points: Option<Decimal>,
    pub(super) explanation: Option<String>,
    pub(super) body: Option<Body>,
}

/// The columns from which a body is made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    pub(super) kind: ItemKind,
    pub(super) stem: &'a str,
    pub(super) material: &'a str,
    pub(super) picture: Option<&'a str>,
    /// Up to the last one that is filled.
    pub(super) options: &'a [String],
    pub(super) key: &'a str,
    pub(super) pictures: &'a BTreeMap<String, Decimal>,
}

/// Facts with the columns they are about.
pub(super) type Facts = Vec<(Column, Fact)>;

impl Asked<'_> {
    pub(super) fn body(&self) -> Result<Body, Facts> {
        let at_key = |fact: Fact| vec![(Column::Key, fact)];
        let options = self.options.to_vec();
        if self.key.is_empty() && self.kind != ItemKind::Matching {
            return Err(at_key(Fact::Cell(crate::files::entrants::Fact::Missing)));
        }
        match self.kind {
            ItemKind::Single => {
                let right = key::letters(self.key).map_err(at_key)?;
                match right.as_slice() {
                    [one] => Ok(Body::Single { options, right: *one }),
                    _ => Err(at_key(Fact::KeySeveral { text: self.key.to_owned() })),
                }
            }
            ItemKind::Multiple => {
                let mut right = key::letters(self.key).map_err(at_key)?;
                right.sort_unstable();
                Ok(Body::Multiple { options, right })
            }
            ItemKind::Ordering => Ok(Body::Ordering { options, right: key::letters(self.key).map_err(at_key)? }),
            ItemKind::TrueFalse => self.true_or_false(),
            ItemKind::FillIn => {
                self.without_options()?;
                let stem = self.stem.matches(GAP).count();
                if stem == 0 {
                    return Err(vec![(Column::Stem, Fact::NoGap)]);
                }
                let (blanks, any_order) = key::gaps(self.key);
                if stem != blanks.len() {
                    return Err(at_key(Fact::GapsDiffer { stem, key: blanks.len() }));
                }
                if let Some(gap) = blanks.iter().position(|accepted| accepted.iter().any(String::is_empty)) {
                    return Err(at_key(Fact::GapEmpty { gap: gap + 1 }));
                }
                Ok(Body::FillIn { blanks, any_order })
            }
            ItemKind::Number => {
                self.without_options()?;
                let (from, to) = key::number(self.key).map_err(at_key)?;
                Ok(Body::Number { from, to })
            }
            ItemKind::Matching => {
                if !self.key.is_empty() {
                    return Err(at_key(Fact::KeyUnused));
                }
                let pairs: Result<Vec<_>, Facts> =
                    self.options.iter().enumerate().map(|(at, option)| key::pair(at, option)).collect();
                Ok(Body::Matching { pairs: pairs? })
            }
            ItemKind::FindFix => {
                self.without_options()?;
                if self.material.is_empty() {
                    return Err(vec![(Column::Material, Fact::MaterialMissing)]);
                }
                let faults = places::faults(self.material, self.key).map_err(at_key)?;
                Ok(Body::FindFix { text: self.material.to_owned(), faults })
            }
            ItemKind::Hazards => {
                self.without_options()?;
                // Without a picture the ratio is of no use, and the item is refused for that.
                let ratio = self.picture.and_then(|name| self.pictures.get(name)).copied().unwrap_or(Decimal::ONE);
                let regions = places::regions(self.key, ratio).map_err(at_key)?;
                Ok(Body::Hazards { description: self.material.to_owned(), regions })
            }
        }
    }

    /// Some banks give 正确 and 错误 as options and a letter as the key.
    fn true_or_false(&self) -> Result<Body, Facts> {
        let truths: Vec<Option<bool>> = self.options.iter().map(|option| key::truth(option)).collect();
        if truths.iter().any(Option::is_none) {
            return Err(vec![(Column::Option(0), Fact::OptionsUnused { kind: self.kind })]);
        }
        let by_letter = || {
            let at = key::letters(self.key).ok().filter(|letters| letters.len() == 1)?;
            truths.get(at[0]).copied().flatten()
        };
        let right = if truths.is_empty() { key::truth(self.key) } else { by_letter().or_else(|| key::truth(self.key)) };
        match right {
            Some(right) => Ok(Body::TrueFalse { right }),
            None => Err(vec![(Column::Key, Fact::KeyNotTrueOrFalse { text: self.key.to_owned() })]),
        }
    }

    fn without_options(&self) -> Result<(), Facts> {
        match self.options.iter().position(|option| !option.is_empty()) {
            Some(at) => Err(vec![(Column::Option(at), Fact::OptionsUnused { kind: self.kind })]),
            None => Ok(()),
        }
    }
}

/// Gaps as people draw them, each as [`GAP`]: lines of any length, and, where there is none, empty brackets.
pub(super) fn with_gaps(stem: &str, kind: Option<ItemKind>) -> String {
    let lined = runs(stem, |c| matches!(c, '_' | '＿'), 2);
    if kind != Some(ItemKind::FillIn) || lined.contains(GAP) {
        return lined;
    }
    let mut gapped = String::with_capacity(lined.len());
    let mut rest = lined.as_str();
    while let Some(open) = rest.find(['(', '（']) {
        let inside = rest[open..].chars().next().map_or(open, |bracket| open + bracket.len_utf8());
        let close = rest[inside..].find([')', '）']).map(|at| inside + at);
        if let Some(close) = close.filter(|close| rest[inside..*close].trim().is_empty()) {
            gapped.push_str(&rest[..open]);
            gapped.push_str(GAP);
            let bracket = rest[close..].chars().next().map_or(1, char::len_utf8);
            rest = &rest[close + bracket..];
        } else {
            gapped.push_str(&rest[..inside]);
            rest = &rest[inside..];
        }
    }
    gapped + rest
}

/// Runs of at least `least` such characters become one gap.
fn runs(text: &str, is: impl Fn(char) -> bool, least: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars() {
        if is(c) {
            run.push(c);
            continue;
        }
        out.push_str(if run.chars().count() < least { &run } else { GAP });
        run.clear();
        out.push(c);
    }
    out.push_str(if run.chars().count() < least { &run } else { GAP });
    out
}
