//! An item with its key, as a bank keeps it.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::rules::{ledger::entry::Digest, names::Id};

/// Options of a choice, an ordering or a matching; as many as there are letters on a printed paper.
pub(super) const OPTIONS_MAX: usize = 26;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Item {
    /// Unique in its bank, kept when the wording changes.
    pub id: Id,
    /// 专业.
    pub subject: Option<String>,
    pub difficulty: Difficulty,
    /// 题干.
    pub stem: String,
    /// A picture of the bank, by its name there.
    pub picture: Option<String>,
    /// What it is worth where a paper does not say.
    pub points: Option<Decimal>,
    /// 解析, shown after closing where the definition allows it.
    pub explanation: Option<String>,
    #[serde(flatten)]
    pub body: Body,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Difficulty {
    Easy,
    #[default]
    Medium,
    Hard,
}

/// What is asked, by kind, with its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Body {
    /// 单选题. `right`: position in `options`.
    Single { options: Vec<String>, right: usize },
    /// 多选题. `right`: ascending positions in `options`.
    Multiple { options: Vec<String>, right: Vec<usize> },
    /// 判断题.
    TrueFalse { right: bool },
    /// 填空题. For each blank the answers accepted; `any_order`: they may stand in any blank.
    FillIn { blanks: Vec<Vec<String>>, any_order: bool },
    /// 数值题. Bounds belong to it.
    Number { from: Decimal, to: Decimal },
    /// 排序题. `right`: positions in `options`, first to last.
    Ordering { options: Vec<String>, right: Vec<usize> },
    /// 匹配题: left and right.
    Matching { pairs: Vec<(String, String)> },
    /// 查找改错题: wrong places in a text, ascending, none within another.
    FindFix { text: String, faults: Vec<Fault> },
    /// 隐患识别: `description` is the text alternative of the picture.
    Hazards { description: String, regions: Vec<Region> },
}

/// Places count characters of the text from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    pub from: usize,
    pub length: usize,
    /// What may stand there instead.
    pub accepted: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    pub shape: Shape,
    /// What is wrong there, for the explanation.
    pub title: String,
}

/// In per cent of the picture's width and height; a circle's radius in per cent of the width.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "shape", rename_all = "kebab-case")]
pub enum Shape {
    Rectangle {
        x: Decimal,
        y: Decimal,
        width: Decimal,
        height: Decimal,
    },
    /// `ratio` is the picture's width divided by its height, so that the circle is round.
    Circle {
        x: Decimal,
        y: Decimal,
        radius: Decimal,
        ratio: Decimal,
    },
    Polygon {
        points: Vec<(Decimal, Decimal)>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    Single,
    Multiple,
    TrueFalse,
    FillIn,
    Number,
    Ordering,
    Matching,
    FindFix,
    Hazards,
}

impl ItemKind {
    pub const ALL: [ItemKind; 9] = [
        ItemKind::Single,
        ItemKind::Multiple,
        ItemKind::TrueFalse,
        ItemKind::FillIn,
        ItemKind::Number,
        ItemKind::Ordering,
        ItemKind::Matching,
        ItemKind::FindFix,
        ItemKind::Hazards,
    ];

    /// As definitions and programs write it. Never changed.
    pub fn word(self) -> &'static str {
        match self {
            ItemKind::Single => "single",
            ItemKind::Multiple => "multiple",
            ItemKind::TrueFalse => "true-false",
            ItemKind::FillIn => "fill-in",
            ItemKind::Number => "number",
            ItemKind::Ordering => "ordering",
            ItemKind::Matching => "matching",
            ItemKind::FindFix => "find-fix",
            ItemKind::Hazards => "hazards",
        }
    }
}

/// Why an item cannot be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    StemMissing,
    TooFewOptions {
        least: usize,
    },
    TooManyOptions {
        most: usize,
    },
    EmptyOption {
        at: usize,
    },
    OptionTwice {
        text: String,
    },
    /// The key names a position that is not there.
    KeyOutOfRange {
        at: usize,
    },
    KeyMissing,
    /// An ordering's key names each option once.
    KeyNotAnOrder,
    /// The lower bound lies above the upper.
    BoundsCrossed,
    /// A fault lies outside the text or within another.
    FaultMisplaced {
        at: usize,
    },
    /// What is accepted is what already stands there.
    FaultChangesNothing {
        at: usize,
    },
    PictureMissing,
    DescriptionMissing,
    /// A region has no area or lies outside the picture.
    RegionMisplaced {
        at: usize,
    },
}

impl Item {
    pub fn kind(&self) -> ItemKind {
        match self.body {
            Body::Single { .. } => ItemKind::Single,
            Body::Multiple { .. } => ItemKind::Multiple,
            Body::TrueFalse { .. } => ItemKind::TrueFalse,
            Body::FillIn { .. } => ItemKind::FillIn,
            Body::Number { .. } => ItemKind::Number,
            Body::Ordering { .. } => ItemKind::Ordering,
            Body::Matching { .. } => ItemKind::Matching,
            Body::FindFix { .. } => ItemKind::FindFix,
            Body::Hazards { .. } => ItemKind::Hazards,
        }
    }

    /// How many options a paper puts into an order of its own: the right sides of a matching; 0 where there are none.
    pub fn shuffled(&self) -> usize {
        match &self.body {
            Body::Single { options, .. } | Body::Multiple { options, .. } | Body::Ordering { options, .. } => {
                options.len()
            }
            Body::Matching { pairs } => pairs.len(),
            _ => 0,
        }
    }

    /// SHA-256 of the item as JSON: another wording or key is another digest.
    pub fn digest(&self) -> Digest {
        // An item is plain data with text keys: writing it cannot fail.
        let json = serde_json::to_vec(self).unwrap_or_default();
        Digest(data_encoding::HEXLOWER.encode(&Sha256::digest(json)))
    }

    /// Everything that keeps it from being asked.
    pub fn flaws(&self) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        if self.stem.trim().is_empty() {
            flaws.push(Flaw::StemMissing);
        }
        match &self.body {
            Body::Single { options, right } => {
                options_flaws(options, &mut flaws);
                keys_flaws(&[*right], options.len(), &mut flaws);
            }
            Body::Multiple { options, right } => {
                options_flaws(options, &mut flaws);
                keys_flaws(right, options.len(), &mut flaws);
            }
            Body::TrueFalse { .. } => {}
            Body::FillIn { blanks, .. } => {
                if blanks.is_empty() || blanks.iter().any(|accepted| accepted.iter().all(|text| text.trim().is_empty()))
                {
                    flaws.push(Flaw::KeyMissing);
                }
            }
            Body::Number { from, to } => {
                if from > to {
                    flaws.push(Flaw::BoundsCrossed);
                }
            }
            Body::Ordering { options, right } => {
                options_flaws(options, &mut flaws);
                let mut sorted = right.clone();
                sorted.sort_unstable();
                if !sorted.into_iter().eq(0..options.len()) {
                    flaws.push(Flaw::KeyNotAnOrder);
                }
            }
            Body::Matching { pairs } => {
                let (left, right): (Vec<String>, Vec<String>) = pairs.iter().cloned().unzip();
                options_flaws(&left, &mut flaws);
                options_flaws(&right, &mut flaws);
            }
            Body::FindFix { text, faults } => faults_flaws(text, faults, &mut flaws),
            Body::Hazards { description, regions } => {
                if self.picture.is_none() {
                    flaws.push(Flaw::PictureMissing);
                }
                if description.trim().is_empty() {
                    flaws.push(Flaw::DescriptionMissing);
                }
                if regions.is_empty() {
                    flaws.push(Flaw::KeyMissing);
                }
                let misplaced = regions.iter().enumerate().filter(|(_, region)| !region.shape.is_within());
                flaws.extend(misplaced.map(|(at, _)| Flaw::RegionMisplaced { at }));
            }
        }
        flaws
    }
}

fn options_flaws(options: &[String], flaws: &mut Vec<Flaw>) {
    if options.len() < 2 {
        flaws.push(Flaw::TooFewOptions { least: 2 });
    }
    if options.len() > OPTIONS_MAX {
        flaws.push(Flaw::TooManyOptions { most: OPTIONS_MAX });
    }
    for (at, option) in options.iter().enumerate() {
        if option.trim().is_empty() {
            flaws.push(Flaw::EmptyOption { at });
        } else if options[..at].iter().any(|other| other.trim() == option.trim()) {
            flaws.push(Flaw::OptionTwice { text: option.clone() });
        }
    }
}

fn keys_flaws(right: &[usize], options: usize, flaws: &mut Vec<Flaw>) {
    if right.is_empty() {
        flaws.push(Flaw::KeyMissing);
    }
    flaws.extend(right.iter().filter(|at| **at >= options).map(|at| Flaw::KeyOutOfRange { at: *at }));
}

fn faults_flaws(text: &str, faults: &[Fault], flaws: &mut Vec<Flaw>) {
    if faults.is_empty() {
        flaws.push(Flaw::KeyMissing);
    }
    let characters = text.chars().count();
    let mut free_from = 0;
    for (at, fault) in faults.iter().enumerate() {
        let end = fault.from.saturating_add(fault.length);
        if fault.length == 0 || fault.from < free_from || end > characters {
            flaws.push(Flaw::FaultMisplaced { at });
            continue;
        }
        free_from = end;
        let wrong: String = text.chars().skip(fault.from).take(fault.length).collect();
        if fault.accepted.is_empty() || fault.accepted.contains(&wrong) {
            flaws.push(Flaw::FaultChangesNothing { at });
        }
    }
}
