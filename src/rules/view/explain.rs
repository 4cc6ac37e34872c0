//! The arithmetic behind one score, as far as an audience may follow it.
//!
//! Staff see every mark, dropped or counted; an entrant the own ones, without the judges' names. The public sees how stage scores came into the total and how they were
//! rounded: what lies inside a stage is the judges' and the entrant's own. A frozen board tells nothing beyond its
//! rows, because the marks behind them go on changing.

use super::{Audience, Seen};
use crate::rules::{
    names::EntrantId,
    score::{self, Across, OwnedSheet, Scored},
    state::{Rules, Side, State},
    why::{Fact, Node, Tree},
};

/// Empty for teams and units, and where the audience may know no more than the row.
pub(super) fn score(state: &State, rules: &Rules, audience: &Audience, who: &Seen) -> Vec<Node> {
    let staff = *audience == Audience::Staff;
    if state.frozen.is_some() && !staff {
        return Vec::new();
    }
    let id = match who {
        Seen::Entrant { id, .. } => id,
        Seen::Number(number) => match state.by_number.get(number) {
            Some(id) => id,
            None => return Vec::new(),
        },
        Seen::Team(_) | Seen::Unit(_) => return Vec::new(),
    };
    let nodes = whole(state, rules, id, if staff { Side::Staff } else { Side::Public });
    match audience {
        Audience::Staff => nodes,
        // One's own, without the judges' names.
        Audience::Entrant(own) if own == id => nodes.into_iter().map(nameless).collect(),
        _ => public(nodes),
    }
}

/// Every step, for staff.
pub(super) fn whole(state: &State, rules: &Rules, id: &EntrantId, side: Side) -> Vec<Node> {
    let Some(entrant) = state.entrant(id) else { return Vec::new() };
    let across = state.with_scores(side, |ranked| across(state, rules, ranked.scored().iter()));
    let seats = state.people.seats_for_scoring();
    let sheet = OwnedSheet::new(&rules.plan, &state.marks_for(rules, id, entrant, side), &seats);
    let mut tree = Tree::default();
    score::score_sheet(&rules.plan, entrant, sheet.view(), across.as_ref(), &mut tree);
    tree.into_nodes()
}

fn nameless(node: Node) -> Node {
    let fact = match node.fact {
        Fact::Mark { judge: _, given, used, fate } => Fact::Mark { judge: None, given, used, fate },
        Fact::MarkIsNot { judge: _, value } => Fact::MarkIsNot { judge: None, value },
        fact => fact,
    };
    Node { fact, place: node.place, parts: node.parts.into_iter().map(nameless).collect() }
}

/// What the others' scores have to do with it, where the definition compares entrants.
fn across<'a>(
    state: &State,
    rules: &Rules,
    scored: impl Iterator<Item = (&'a EntrantId, &'a Scored)>,
) -> Option<Across> {
    rules.plan.inner().needs_field.then(|| {
        let mut settled: Vec<_> =
            scored.filter_map(|(id, scored)| Some((state.entrant(id)?, scored.clone()))).collect();
        score::settle(&rules.plan, settled.iter_mut().map(|(entrant, scored)| (*entrant, scored)));
        Across::of(&rules.plan, settled.iter().map(|(entrant, scored)| (*entrant, scored)))
    })
}

/// From the total down to the stages, with the steps between.
fn public(nodes: Vec<Node>) -> Vec<Node> {
    let kept = nodes.into_iter().filter(|node| is_public(&node.fact));
    kept.map(|node| {
        // A stage is shown by its result: its parts are its marks.
        let parts = if let Fact::Stage { .. } = node.fact { steps(node.parts) } else { public(node.parts) };
        Node { parts, ..node }
    })
    .collect()
}

/// The last steps of a stage, without what they began with.
fn steps(parts: Vec<Node>) -> Vec<Node> {
    let kept = parts.into_iter().filter(|node| {
        matches!(
            node.fact,
            Fact::Rounded { .. } | Fact::Rescaled { .. } | Fact::Standardised { .. } | Fact::AbsentIsZero
        )
    });
    kept.map(|node| Node { parts: Vec::new(), ..node }).collect()
}

fn is_public(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Total { .. }
            | Fact::Round { .. }
            | Fact::Contribution { .. }
            | Fact::Stage { .. }
            | Fact::Rounded { .. }
            | Fact::Rescaled { .. }
            | Fact::Standardised { .. }
            | Fact::AbsentIsZero
            // Of the whole contest: without them the sum would not come out.
            | Fact::Violation { .. }
            | Fact::Floored { .. }
            | Fact::ScaledUp { .. }
    )
}
