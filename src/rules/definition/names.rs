//! What a formula may name, and what a tie key may begin with.

use super::model::{Aspect, AspectKind, Definition, Stage};
use crate::rules::formula::name_of;

/// The only value of an aspect that does not name its values.
pub const VALUE: &str = "value";
/// In the formula of an aspect that a panel marks: the panel's number.
pub const PANEL: &str = "panel";

/// Names for the formula of an aspect: its recorded values, `panel` where one marks it, the other aspects of the
/// stage (a `value` aspect is its number), the entrant's values.
pub fn in_aspect(definition: &Definition, stage: &Stage, aspect: &Aspect) -> Vec<String> {
    let mut names: Vec<String> = match &aspect.kind {
        AspectKind::Measurement { values, .. } => values.iter().map(|value| name_of(value.id.as_str())).collect(),
        AspectKind::Deduction => Vec::new(),
        _ => vec![VALUE.to_owned()],
    };
    if stage.panels.iter().any(|panel| panel.marks.contains(&aspect.id)) {
        names.push(PANEL.to_owned());
    }
    names.extend(stage.aspects.iter().filter(|other| other.id != aspect.id).map(|other| name_of(other.id.as_str())));
    names.extend(definition.entrants.values.iter().map(|value| name_of(value.id.as_str())));
    names
}

/// Names for the formula of a stage: its pieces, its aspects (summed over pieces), the entrant's values.
pub fn in_stage(definition: &Definition, stage: &Stage) -> Vec<String> {
    let pieces = stage.pieces.iter().map(|piece| &piece.id);
    let aspects = stage.aspects.iter().map(|aspect| &aspect.id);
    let values = definition.entrants.values.iter().map(|value| &value.id);
    pieces.chain(aspects).chain(values).map(|id| name_of(id.as_str())).collect()
}
