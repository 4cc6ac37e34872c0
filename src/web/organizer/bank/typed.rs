//! One item as somebody typed it: the fields of a form, by kind, and the cells of the template that they say.

use crate::{
    files::items::{self as files, Cells},
    rules::items::{Body, Item, ItemKind},
    words::Language,
};

/// As many options as there are letters on a printed paper.
pub(super) const OPTIONS_MAX: usize = 26;
const OPTIONS_FIRST: usize = 4;
const CHARACTERS_MAX: usize = 8_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) kind: ItemKind,
    /// Empty: the next that is free.
    pub(super) id: String,
    pub(super) subject: String,
    /// `easy`, `medium`, `hard`.
    pub(super) difficulty: String,
    pub(super) stem: String,
    pub(super) material: String,
    pub(super) picture: String,
    /// Of a choice or an ordering.
    pub(super) options: Vec<String>,
    pub(super) pairs: Vec<(String, String)>,
    /// Positions of options, or `true` and `false`.
    pub(super) ticks: Vec<String>,
    /// A part a line, where the kind has several.
    pub(super) key: String,
    pub(super) any_order: bool,
    pub(super) points: String,
    pub(super) explanation: String,
}

impl Typed {
    pub(super) fn nothing(kind: ItemKind) -> Self {
        let text = String::new;
        Self {
            kind,
            id: text(),
            subject: text(),
            difficulty: "medium".to_owned(),
            stem: text(),
            material: text(),
            picture: text(),
            options: Vec::new(),
            pairs: Vec::new(),
            ticks: Vec::new(),
            key: text(),
            any_order: false,
            points: text(),
            explanation: text(),
        }
        .with_room()
    }

    pub(super) fn of(item: &Item, language: Language) -> Self {
        let cells = Cells::new(item, language);
        let (key, any_order) = match item.kind() {
            ItemKind::FillIn => {
                let (key, any_order) = files::split_order(&cells.key);
                (files::in_lines(key), any_order)
            }
            ItemKind::FindFix | ItemKind::Hazards => (files::in_lines(&cells.key), false),
            ItemKind::Number | ItemKind::Ordering => (cells.key.clone(), false),
            ItemKind::Single | ItemKind::Multiple | ItemKind::TrueFalse | ItemKind::Matching => (String::new(), false),
        };
        let positions = |right: &[usize]| right.iter().map(ToString::to_string).collect();
        let (options, pairs, ticks) = match &item.body {
            Body::Single { options, right } => (options.clone(), Vec::new(), positions(&[*right])),
            Body::Multiple { options, right } => (options.clone(), Vec::new(), positions(right)),
            Body::Ordering { options, .. } => (options.clone(), Vec::new(), Vec::new()),
            Body::TrueFalse { right } => (Vec::new(), Vec::new(), vec![right.to_string()]),
            Body::Matching { pairs } => (Vec::new(), pairs.clone(), Vec::new()),
            Body::FillIn { .. } | Body::Number { .. } | Body::FindFix { .. } | Body::Hazards { .. } => {
                (Vec::new(), Vec::new(), Vec::new())
            }
        };
        Self {
            kind: item.kind(),
            id: cells.id,
            subject: cells.subject,
            difficulty: super::list::word(item.difficulty).to_owned(),
            stem: cells.stem,
            material: cells.material,
            picture: cells.picture,
            options,
            pairs,
            ticks,
            key,
            any_order,
            points: cells.points,
            explanation: cells.explanation,
        }
    }

    /// What a form sent. Fields that it does not have stay as `self` has them.
    pub(super) fn said(mut self, fields: &[(String, String)]) -> Self {
        let clean = |text: &String| text.replace("\r\n", "\n").chars().take(CHARACTERS_MAX).collect::<String>();
        let all = |name: &str| -> Vec<String> {
            fields.iter().filter(|(known, _)| known == name).map(|(_, text)| clean(text)).collect()
        };
        let has = |name: &str| fields.iter().any(|(known, _)| known == name);
        let texts: [(&str, &mut String); 9] = [
            ("id", &mut self.id),
            ("subject", &mut self.subject),
            ("difficulty", &mut self.difficulty),
            ("stem", &mut self.stem),
            ("material", &mut self.material),
            ("picture", &mut self.picture),
            ("key", &mut self.key),
            ("points", &mut self.points),
            ("explanation", &mut self.explanation),
        ];
        for (name, text) in texts {
            if let Some(said) = all(name).pop() {
                *text = said;
            }
        }
        if has("option") {
            self.options = all("option").into_iter().take(OPTIONS_MAX).collect();
        }
        if has("right") {
            self.pairs = all("left").into_iter().zip(all("right")).take(OPTIONS_MAX).collect();
        }
        // Nothing ticked sends nothing.
        self.ticks = all("tick");
        self.any_order = has("any-order");
        self
    }

    /// Two more fields for options.
    pub(super) fn with_more(mut self) -> Self {
        let more = |count: usize| (count + 2).min(OPTIONS_MAX);
        match self.kind {
            ItemKind::Matching => self.pairs.resize(more(self.pairs.len()), (String::new(), String::new())),
            _ => self.options.resize(more(self.options.len()), String::new()),
        }
        self
    }

    /// Enough fields for options to begin with.
    pub(super) fn with_room(mut self) -> Self {
        match self.kind {
            ItemKind::Single | ItemKind::Multiple | ItemKind::Ordering if self.options.len() < OPTIONS_FIRST => {
                self.options.resize(OPTIONS_FIRST, String::new());
            }
            ItemKind::Matching if self.pairs.len() < OPTIONS_FIRST => {
                self.pairs.resize(OPTIONS_FIRST, (String::new(), String::new()));
            }
            _ => {}
        }
        self
    }

    pub(super) fn cells(&self) -> Cells {
        let ticked = || -> String {
            let at = self.ticks.iter().filter_map(|tick| tick.parse::<usize>().ok()).filter(|at| *at < OPTIONS_MAX);
            at.map(super::face::letter).collect()
        };
        let options = match self.kind {
            ItemKind::Single | ItemKind::Multiple | ItemKind::Ordering => self.options.clone(),
            ItemKind::Matching => self.pairs.iter().map(|(left, right)| files::pair(left, right)).collect(),
            _ => Vec::new(),
        };
        let key = match self.kind {
            ItemKind::Single | ItemKind::Multiple => ticked(),
            ItemKind::TrueFalse => self.ticks.first().cloned().unwrap_or_default(),
            ItemKind::FillIn => files::join_order(&files::from_lines(&self.key), self.any_order),
            ItemKind::FindFix | ItemKind::Hazards => files::from_lines(&self.key),
            ItemKind::Number | ItemKind::Ordering => self.key.clone(),
            ItemKind::Matching => String::new(),
        };
        let has_material = matches!(self.kind, ItemKind::FindFix | ItemKind::Hazards);
        Cells {
            id: self.id.clone(),
            kind: Some(self.kind),
            subject: self.subject.clone(),
            difficulty: self.difficulty.clone(),
            stem: self.stem.clone(),
            material: if has_material { self.material.clone() } else { String::new() },
            picture: self.picture.clone(),
            options,
            key,
            points: self.points.clone(),
            explanation: self.explanation.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{
        files::items::{Known, read_cells},
        rules::{
            items::{Difficulty, Fault},
            names::Id,
        },
    };

    fn item(body: Body) -> Item {
        Item {
            id: Id::new("x"),
            subject: None,
            difficulty: Difficulty::Hard,
            stem: "先____后____".to_owned(),
            picture: None,
            points: None,
            explanation: None,
            body,
        }
    }

    #[test]
    fn what_is_shown_of_an_item_says_the_item() {
        let text = |text: &str| text.to_owned();
        let options = vec![text("停电"), text("验电"), text("接地")];
        let bodies = [
            Body::Single { options: options.clone(), right: 2 },
            Body::Multiple { options: options.clone(), right: vec![0, 2] },
            Body::Ordering { options, right: vec![1, 0, 2] },
            Body::TrueFalse { right: false },
            Body::FillIn { blanks: vec![vec![text("看；听"), text("查")], vec![text("做")]], any_order: true },
            Body::Number { from: 48.into(), to: 52.into() },
            Body::Matching { pairs: vec![(text("a=b"), text("c")), (text("d"), text("e"))] },
            Body::FindFix {
                text: text("戴帽上岗，戴帽下班"),
                faults: vec![Fault { from: 5, length: 2, accepted: vec![text("摘帽")] }],
            },
        ];
        let pictures = BTreeMap::new();
        for language in Language::ALL {
            for body in bodies.clone() {
                let item = item(body);
                let typed = Typed::of(&item, language);
                let read = read_cells(&typed.cells(), language, Known { bank: &[], pictures: &pictures });
                assert_eq!(read.problems, [], "{:?}", item.kind());
                assert_eq!(read.take(), Some(vec![item]));
            }
        }
    }

    #[test]
    fn a_form_says_options_ticks_and_pairs_in_their_order() {
        let said = |fields: &[(&str, &str)], kind: ItemKind| {
            let fields: Vec<(String, String)> =
                fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
            Typed::nothing(kind).said(&fields)
        };
        let typed = said(
            &[("option", "甲"), ("tick", "0"), ("option", "乙\r\n丙"), ("tick", "2"), ("option", "丁")],
            ItemKind::Multiple,
        );
        assert_eq!(
            (typed.options.as_slice(), typed.cells().key.as_str()),
            (&["甲", "乙\n丙", "丁"].map(str::to_owned)[..], "AC")
        );
        let typed = said(&[("left", "1"), ("right", "I"), ("left", ""), ("right", "")], ItemKind::Matching);
        assert_eq!(typed.cells().options, ["1=I", ""]);
        assert_eq!(Typed::nothing(ItemKind::Single).with_more().options.len(), 6);
    }
}
