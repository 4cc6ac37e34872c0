//! Papers.

use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;

use super::{id, number, v};
use crate::rules::{
    definition::{
        model::{AspectKind, Reads, Stage},
        place::{Findings, Path},
        problem::Fact,
    },
    items::{ChoiceRule, Difficulty, ItemKind, StepMode, Worth},
    names::UnitPath,
    papers::rules as model,
};

/// Clicks that a picture takes when the file is silent: more than any picture has hazards.
const CLICKS: u32 = 10;

pub(super) fn paper(file: &v::Paper, zone: &str, path: &Path, findings: &mut Findings<'_>) -> model::Rules {
    let parts = file.part.iter().enumerate().map(|(at, one)| part(one, &path.item("part", at), findings)).collect();
    let windows =
        file.window.iter().enumerate().map(|(at, one)| window(one, &path.item("window", at), findings)).collect();
    model::Rules {
        id: id(&file.id),
        title: file.title.clone(),
        bank: id(&file.bank),
        zone: zone.to_owned(),
        minutes: file.minutes,
        parts,
        shuffle_items: file.shuffle_items.unwrap_or(true),
        shuffle_options: file.shuffle_options.unwrap_or(true),
        windows,
        attempts: model::Attempts {
            most: file.attempts.most,
            per_day: file.attempts.per_day,
            delay_minutes: file.attempts.delay_minutes.unwrap_or(0),
            take: match file.attempts.take.unwrap_or(v::PaperTake::Best) {
                v::PaperTake::Best => model::Take::Best,
                v::PaperTake::Last => model::Take::Last,
                v::PaperTake::First => model::Take::First,
                v::PaperTake::Mean => model::Take::Mean,
                v::PaperTake::Sum => model::Take::Sum,
                v::PaperTake::ValidPapers => model::Take::ValidPapers,
                v::PaperTake::ValidDays => model::Take::ValidDays,
            },
        },
        right_at_least: file.right_at_least,
        practice: file.practice.unwrap_or(false),
        after: match file.after.unwrap_or(v::PaperAfter::Score) {
            v::PaperAfter::Nothing => model::After::Nothing,
            v::PaperAfter::Score => model::After::Score,
            v::PaperAfter::Right => model::After::Right,
            v::PaperAfter::Explained => model::After::Explained,
        },
        floor: number(file.floor).unwrap_or_default(),
    }
}

/// What an imported aspect can get at most, where the file leaves it to the paper.
pub(super) fn greatest(file: &v::File, stages: &mut [Stage], papers: &[model::Rules], findings: &mut Findings<'_>) {
    // Behind those of the file stand the stages of sources.
    for (stage_at, (stage, own)) in stages.iter_mut().zip(&file.stage).enumerate() {
        for (at, aspect) in stage.aspects.iter_mut().enumerate() {
            let said = own.aspect[at].from_max.is_some();
            let (Some(source), AspectKind::Imported { from_max, .. }, false) = (&aspect.paper, &mut aspect.kind, said)
            else {
                continue;
            };
            let Some(paper) = papers.iter().find(|paper| paper.id == source.paper) else { continue };
            let with = match (source.reads, paper.attempts.take) {
                (Reads::Points, model::Take::Best | model::Take::Last | model::Take::First | model::Take::Mean) => {
                    *from_max = paper.max();
                    continue;
                }
                (Reads::Points, model::Take::Sum) => "take = \"sum\"",
                (Reads::Points, model::Take::ValidPapers) => "take = \"valid-papers\"",
                (Reads::Points, model::Take::ValidDays) => "take = \"valid-days\"",
                (Reads::Seconds, _) => "reads = \"seconds\"",
                (Reads::Finished, _) => "reads = \"finished\"",
                (Reads::Right, _) => "reads = \"right\"",
                (Reads::Papers, _) => "reads = \"papers\"",
            };
            let path = Path::default().item("stage", stage_at).item("aspect", at);
            findings.error(&path, Fact::KeyNeeded { key: "from-max".to_owned(), with: with.to_owned() });
        }
    }
}

fn part(file: &v::PaperPart, path: &Path, findings: &mut Findings<'_>) -> model::Part {
    let half = Decimal::new(5, 1);
    let choice = match file.choice.unwrap_or(v::ChoiceWord::Exact) {
        v::ChoiceWord::Exact => ChoiceRule::Exact,
        v::ChoiceWord::SubsetFixed => ChoiceRule::SubsetFixed { share: number(file.share).unwrap_or(half) },
        v::ChoiceWord::SubsetProportional => ChoiceRule::SubsetProportional,
        v::ChoiceWord::PerOption => ChoiceRule::PerOption {
            points: number(file.per_option).unwrap_or_else(|| {
                let with = "choice = \"per-option\"".to_owned();
                findings.error(path, Fact::KeyNeeded { key: "per-option".into(), with });
                Decimal::ONE
            }),
        },
        v::ChoiceWord::RightMinusWrong => ChoiceRule::RightMinusWrong,
        v::ChoiceWord::PerOptionPenalty => ChoiceRule::PerOptionPenalty,
        v::ChoiceWord::EveryOption => ChoiceRule::EveryOption,
    };
    model::Part {
        title: file.title.clone(),
        kind: file.kind.map(kind),
        subject: file.subject.clone(),
        difficulty: file.difficulty.map(difficulty),
        count: file.count,
        worth: Worth {
            points: file.points.0,
            choice,
            wrong_place: number(file.wrong_place).unwrap_or(half),
            step: number(file.step),
            mode: match file.step_mode.unwrap_or(v::StepMode::HalfUp) {
                v::StepMode::HalfUp => StepMode::HalfUp,
                v::StepMode::Up => StepMode::Up,
                v::StepMode::Down => StepMode::Down,
            },
            floor: number(file.floor).unwrap_or_default(),
        },
        clicks: file.clicks.unwrap_or(CLICKS),
    }
}

fn kind(word: v::ItemKind) -> ItemKind {
    match word {
        v::ItemKind::Single => ItemKind::Single,
        v::ItemKind::Multiple => ItemKind::Multiple,
        v::ItemKind::TrueFalse => ItemKind::TrueFalse,
        v::ItemKind::FillIn => ItemKind::FillIn,
        v::ItemKind::Number => ItemKind::Number,
        v::ItemKind::Ordering => ItemKind::Ordering,
        v::ItemKind::Matching => ItemKind::Matching,
        v::ItemKind::FindFix => ItemKind::FindFix,
        v::ItemKind::Hazards => ItemKind::Hazards,
    }
}

fn difficulty(word: v::Difficulty) -> Difficulty {
    match word {
        v::Difficulty::Easy => Difficulty::Easy,
        v::Difficulty::Medium => Difficulty::Medium,
        v::Difficulty::Hard => Difficulty::Hard,
    }
}

fn window(file: &v::PaperWindow, path: &Path, findings: &mut Findings<'_>) -> model::Window {
    let mut at = |text: Option<&String>, key: &str| {
        let text = text?;
        let moment = text.parse::<DateTime>().or_else(|_| text.parse::<Date>().map(|date| date.at(0, 0, 0, 0)));
        if moment.is_err() {
            findings.error(&path.key(key), Fact::BadMoment { text: text.clone() });
        }
        moment.ok()
    };
    let (opens, closes) = (at(file.opens.as_ref(), "opens"), at(file.closes.as_ref(), "closes"));
    model::Window { opens, closes, group: file.group.as_ref().map(id), unit: file.unit.as_ref().map(UnitPath::new) }
}
