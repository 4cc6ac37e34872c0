//! What holds for every field, every ladder and every policy.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{tests::*, *};
use crate::rules::definition::model::{Quota, Revoked};

/// Totals of up to 12 entrants, few values so that ties are frequent; ranked 1, 2, 2, 4.
fn rows() -> impl Strategy<Value = Vec<(u32, String)>> {
    prop::collection::vec((0_u32..5, 0_u32..6), 0..12).prop_map(|entrants| {
        let mut rows: Vec<(u32, String)> = Vec::new();
        for (index, (total, kind)) in entrants.iter().enumerate() {
            let rank = 1 + entrants.iter().filter(|(other, _)| other > total).count();
            let words = ["", "", "unit=X", "unit=Y", "outside", "is-young"][*kind as usize];
            rows.push((*total, format!("{rank} E{index:02} {total} {words}")));
        }
        rows
    })
}

fn awards() -> impl Strategy<Value = Vec<Award>> {
    let boundary = prop_oneof![
        Just(Boundary::AllInNextShrinks),
        Just(Boundary::AllInGrows),
        Just(Boundary::NoneIn),
        Just(Boundary::PeopleDecide),
    ];
    let revoked = prop_oneof![Just(Revoked::NextMovesUp), Just(Revoked::StaysEmpty), Just(Revoked::PeopleDecide)];
    let quota = prop_oneof![
        (0_u32..4).prop_map(Quota::Count),
        Just(Quota::UpperHalf),
        Just(Quota::Everyone),
        (1_u32..4).prop_map(Quota::Top),
    ];
    let one = (quota, boundary, revoked, any::<bool>(), any::<bool>(), any::<bool>());
    prop::collection::vec(one, 1..5).prop_map(|list| {
        let build =
            |(index, (quota, boundary, revoked, capped, lined, ladder)): (usize, (Quota, _, _, bool, bool, bool))| {
                Award {
                    boundary,
                    revoked,
                    per_unit_most: capped.then_some(1),
                    at_least: lined.then_some(2.into()),
                    ladder: ladder.then(|| "prizes".into()),
                    ..award(&format!("a{index}"), quota)
                }
            };
        list.into_iter().enumerate().map(build).collect()
    })
}

/// Acts on random awards and entrants: those decided, then those revoked.
fn decisions() -> impl Strategy<Value = Decisions> {
    prop::collection::vec((0_u32..5, 0_u32..12, any::<bool>()), 0..4).prop_map(|acts| {
        let mut decisions = Decisions::default();
        for (award, who, decided) in acts {
            let (award, who) = (Id::new(format!("a{award}")), format!("E{who:02}"));
            if decided { decisions.decide(award, vec![who]) } else { decisions.revoke(award, who) }
        }
        decisions
    })
}

fn texts(rows: &[(u32, String)]) -> String {
    rows.iter().map(|(_, row)| row.as_str()).collect::<Vec<_>>().join("\n")
}

proptest! {
    #[test]
    fn nobody_has_two_prizes_of_a_ladder_and_outsiders_none(rows in rows(), awards in awards(), decisions in decisions()) {
        let (field, standings) = read(&texts(&rows));
        let preview = preview(&definition(awards.clone()), &field, &standings, &decisions);
        let mut seen = BTreeSet::new();
        for given in preview.given() {
            prop_assert!(given.rank.is_some());
            let outside = format!("{} {} outside", given.to, given.total.unwrap());
            prop_assert!(!texts(&rows).contains(&outside), "{}", outside);
            let ladder = awards.iter().find(|award| award.id == given.award).unwrap().ladder.clone();
            let once = ladder.unwrap_or_else(|| given.award.clone());
            prop_assert!(seen.insert((once, given.to.clone())), "{} twice: {}", given.to, write(&preview));
        }
    }

    #[test]
    fn no_award_exceeds_its_number_but_by_declared_policy(rows in rows(), awards in awards()) {
        let (field, standings) = read(&texts(&rows));
        let preview = preview(&definition(awards.clone()), &field, &standings, &Decisions::default());
        for allotted in &preview.awards {
            let award = awards.iter().find(|award| award.id == allotted.at.award).unwrap();
            let Some(quota) = allotted.quota else { continue };
            let taken = count(allotted.winners.len()) + allotted.undecided.iter().map(|one| one.places).sum::<u32>();
            if matches!(award.boundary, Boundary::NoneIn | Boundary::PeopleDecide) {
                prop_assert!(taken <= quota, "{}", write(&preview));
            } else if taken > quota {
                // Only a tie lets more in: without its last group of equals the award is within its number.
                let last = allotted.winners.last().unwrap().rank;
                let before = count(allotted.winners.iter().filter(|given| given.rank != last).count());
                prop_assert!(before < quota.max(1), "{}", write(&preview));
            }
        }
    }

    #[test]
    fn nobody_is_passed_by_somebody_worse(rows in rows(), counts in prop::collection::vec(0_u32..4, 1..4)) {
        // Without caps, lines and attributes a ladder gives prizes in the order of ranks.
        let plain: String = texts(&rows).replace("unit=X", "").replace("unit=Y", "").replace("outside", "");
        let (field, standings) = read(&plain);
        let awards = counts.iter().enumerate().map(|(index, count)| award(&format!("a{index}"), Quota::Count(*count)));
        let preview = preview(&definition(awards.collect()), &field, &standings, &Decisions::default());
        let ranks: Vec<u32> = preview.given().map(|given| given.rank.unwrap()).collect();
        prop_assert!(ranks.is_sorted(), "{}", write(&preview));
    }

    #[test]
    fn the_order_of_rows_does_not_matter(rows in rows(), awards in awards(), decisions in decisions(), turn in 0_usize..12) {
        let (field, standings) = read(&texts(&rows));
        let mut turned = standings.clone();
        for table in &mut turned.tables {
            let by = turn % table.rows.len();
            table.rows.rotate_left(by);
            table.rows.reverse();
        }
        let definition = definition(awards);
        prop_assert_eq!(
            preview(&definition, &field, &standings, &decisions),
            preview(&definition, &field, &turned, &decisions)
        );
    }

    #[test]
    fn deciding_every_tie_leaves_nothing_undecided(rows in rows(), counts in prop::collection::vec(0_u32..4, 1..4)) {
        let (field, standings) = read(&texts(&rows));
        let tier = |(index, count): (usize, &u32)| Award {
            boundary: Boundary::PeopleDecide,
            ..award(&format!("a{index}"), Quota::Count(*count))
        };
        let definition = definition(counts.iter().enumerate().map(tier).collect());
        let mut decisions = Decisions::default();
        for _ in 0..=counts.len() {
            let now = preview(&definition, &field, &standings, &decisions);
            let Some(open) = now.first_undecided() else { break };
            let tie = &open.undecided[0];
            decisions.decide(open.at.award.clone(), tie.candidates[..tie.places as usize].to_vec());
        }
        let settled = preview(&definition, &field, &standings, &decisions);
        prop_assert!(settled.first_undecided().is_none(), "{}", write(&settled));
        let ranked = standings.tables.iter().flat_map(|table| &table.rows).filter(|row| !row.outside_quota).count();
        let wanted: u32 = counts.iter().sum();
        prop_assert_eq!(settled.given().count(), ranked.min(wanted as usize));
    }
}
