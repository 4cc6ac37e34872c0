//! Units: their members' scores with participation (参与率) and frozen headcounts (核定人数).
//!
//! A unit's heads are those that an organizer froze; where nothing is frozen for it, the entrants on the list. What
//! counts them: `mean × min(1, participants / required)`, and means in which absentees are 0.

use rust_decimal::Decimal;

use super::{
    super::{
        decimal,
        definition::model::{MemberScore, Required, Rounding, TableOf},
        field::TieDecision,
        names::UnitPath,
        result::{Heads, Row, Who},
        score::PlanInner,
    },
    Candidate, Headcounts, Prizes,
    members::{self, HeadRule, Rule},
};

/// How a table counts the heads of its units.
struct Counting<'a> {
    score: &'a MemberScore,
    absentees_zero: bool,
    required: Option<Required>,
    rounding: Option<Rounding>,
    level: usize,
    /// `None`: the list counts.
    frozen: Option<&'a Headcounts>,
    /// Whether heads are told at all.
    told: bool,
}

pub(super) fn rows(
    plan: &PlanInner,
    table: &TableOf,
    candidates: &[Candidate],
    decisions: &[TieDecision],
    prizes: Option<&Prizes>,
    frozen: Option<&Headcounts>,
) -> Vec<Row> {
    let TableOf::Units { level, score, absentees_zero, required, rounding, end } = table else { return Vec::new() };
    let by_awards = matches!(score, MemberScore::Awards(_));
    let counts_heads = *absentees_zero || required.is_some();
    let counting = Counting {
        score,
        absentees_zero: *absentees_zero,
        required: *required,
        rounding: *rounding,
        level: *level as usize,
        frozen,
        told: counts_heads || (!by_awards && !plan.definition.papers.is_empty()),
    };
    let rule = Rule {
        score,
        rounding: *rounding,
        members_min: 1,
        highest_first: members::highest_first(score, plan.definition.ranking.highest_first),
        scores_highest_first: plan.definition.ranking.highest_first,
        ties: &[],
        end: *end,
        heads: &counting,
    };
    let who = |candidate: &Candidate| {
        let unit = candidate.entrant.unit.as_ref()?;
        unit.at_level(*level as usize).map(Who::Unit)
    };
    members::rows(&rule, candidates, who, decisions, prizes)
}

impl HeadRule for Counting<'_> {
    fn heads(&self, who: &Who, listed: usize, scored: &[Decimal]) -> Option<Heads> {
        let Who::Unit(unit) = who else { return None };
        let whole = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let frozen = self.frozen.and_then(|counts| frozen_of(counts, unit, self.level));
        let mean = decimal::mean(scored).ok().flatten().map(|mean| decimal::round_if(mean, self.rounding));
        let heads = Heads { participants: whole(scored.len()), count: frozen.unwrap_or(whole(listed)), mean };
        self.told.then_some(heads)
    }

    fn divisor(&self, heads: Option<&Heads>, counted: usize) -> Decimal {
        match (self.absentees_zero, self.score) {
            (true, MemberScore::BestMean(best)) => Decimal::from(*best),
            // Never better than if those who are there had been counted.
            (true, _) => Decimal::from(heads.map_or(0, |heads| heads.count)).max(Decimal::from(counted)),
            (false, _) => Decimal::from(counted),
        }
    }

    fn share(&self, heads: Option<&Heads>) -> Option<(Decimal, Decimal)> {
        let Some(required) = self.required else { return Some((Decimal::ONE, Decimal::ONE)) };
        let heads = heads?;
        let required = match required {
            Required::Heads(required) => Decimal::from(required),
            Required::Percent(percent) => {
                Decimal::from(heads.count).checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED)?
            }
        };
        let participants = Decimal::from(heads.participants);
        Some(if participants >= required { (Decimal::ONE, Decimal::ONE) } else { (participants, required) })
    }

    /// A unit with frozen heads is listed, and seen to have sent nobody.
    fn expected(&self) -> Vec<Who> {
        let units = self.frozen.filter(|_| self.told).into_iter().flat_map(Headcounts::keys);
        units.filter_map(|unit| unit.at_level(self.level)).map(Who::Unit).collect()
    }
}

/// The unit's own number, else the sum of those below it, each counted once.
fn frozen_of(counts: &Headcounts, unit: &UnitPath, level: usize) -> Option<u32> {
    if let Some(own) = counts.get(unit) {
        return Some(*own);
    }
    let is_uppermost = |below: &UnitPath| {
        let depth = below.as_str().split('/').count();
        !(level + 1..depth).any(|at| below.at_level(at).is_some_and(|above| counts.contains_key(&above)))
    };
    // All that begin with its text stand together, those below it among them.
    let below = counts.range(unit.clone()..).take_while(|(path, _)| path.as_str().starts_with(unit.as_str()));
    let own = below.filter(|(path, _)| path.is_within(unit) && is_uppermost(path)).map(|(_, count)| *count);
    own.fold(None, |sum, count| Some(sum.unwrap_or(0_u32).saturating_add(count)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_has_its_own_number_or_that_of_those_below() {
        let counts: Headcounts = [
            ("集团/一厂", 40),
            ("集团/一厂/甲班", 12),
            ("集团/二厂/甲班", 7),
            ("集团/二厂/乙班", 8),
            ("集团/二厂二", 99),
        ]
        .map(|(unit, count)| (UnitPath::new(unit), count))
        .into();
        let of = |unit: &str| {
            let unit = UnitPath::new(unit);
            frozen_of(&counts, &unit, unit.as_str().split('/').count())
        };
        assert_eq!(of("集团/一厂"), Some(40));
        assert_eq!(of("集团/一厂/甲班"), Some(12));
        assert_eq!(of("集团/二厂"), Some(15));
        // 一厂 counts whole, its 甲班 not once more.
        assert_eq!(of("集团"), Some(40 + 15 + 99));
        assert_eq!(of("集团/三厂"), None);
    }
}
