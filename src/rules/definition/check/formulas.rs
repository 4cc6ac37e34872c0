//! Formulas: they can be read, name what is there, and do not go in a circle.

use std::collections::BTreeSet;

use super::{Findings, Path};
use crate::rules::{
    definition::{
        model::{Definition, Factor, Formula, Rounding, RoundingMode, Stage},
        names,
        problem::Fact,
        structure::shown,
        ties::KNOWN_MAX,
    },
    formula::{self, name_of},
};

pub(super) fn check(definition: &Definition, stage: &Stage, path: &Path, findings: &mut Findings<'_>) {
    // For each aspect, the aspects that it must wait for.
    let mut needs: Vec<Vec<usize>> = vec![Vec::new(); stage.aspects.len()];
    let position = |name: &str| stage.aspects.iter().position(|aspect| name_of(aspect.id.as_str()) == name);
    for (at, aspect) in stage.aspects.iter().enumerate() {
        if let Some(formula) = &aspect.formula {
            let known = names::in_aspect(definition, stage, aspect);
            let place = path.item("aspect", at).key("formula");
            let uses = one(formula, known, aspect.rounding, &place, findings);
            needs[at].extend(uses.iter().filter_map(|name| position(name)));
        }
        if let Factor::Named(id) = &aspect.factor {
            needs[at].extend(position(&name_of(id.as_str())));
        }
    }
    circle(stage, &needs, path, findings);
    if let Some(formula) = &stage.formula {
        one(formula, names::in_stage(definition, stage), stage.rounding, &path.key("formula"), findings);
    }
}

/// The names it uses; none when it cannot be read.
fn one(
    formula: &Formula,
    known: Vec<String>,
    rounding: Option<Rounding>,
    path: &Path,
    findings: &mut Findings<'_>,
) -> Vec<String> {
    let mut seen = BTreeSet::new();
    if let Some(twice) = known.iter().find(|name| !seen.insert(name.as_str())) {
        findings.error(path, Fact::FormulaNameTwice { name: twice.clone() });
    }
    let mode = rounding.map_or(RoundingMode::HalfUp, |rounding| rounding.mode);
    match formula::compile(&formula.source, &known, mode) {
        Ok(compiled) => compiled.uses().to_vec(),
        Err(problem) => {
            let mut known = known;
            known.truncate(KNOWN_MAX);
            let source = shown(&formula.source);
            findings.error(path, Fact::Formula { source, at: problem.at, fault: problem.what, known });
            Vec::new()
        }
    }
}

/// Aspects that wait for one another, found by taking away those that wait for nobody.
fn circle(stage: &Stage, needs: &[Vec<usize>], path: &Path, findings: &mut Findings<'_>) {
    let mut waiting: BTreeSet<usize> = (0..needs.len()).collect();
    loop {
        let before = waiting.len();
        let still = waiting.clone();
        waiting.retain(|at| needs[*at].iter().any(|needed| still.contains(needed)));
        if waiting.len() == before {
            break;
        }
    }
    if let Some(first) = waiting.first() {
        let names = waiting.iter().map(|at| stage.aspects[*at].id.to_string()).collect();
        let place = path.item("aspect", *first);
        let key = if stage.aspects[*first].formula.is_some() { "formula" } else { "factor" };
        findings.error(&place.key(key), Fact::FormulaCircle { names });
    }
}
