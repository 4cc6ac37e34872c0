//! From totals to ranks, worked out by hand: chains, tolerance, rounds and cuts, teams, units, parallel tables.

use crate::support::{contest, definition, named, table, teams};

fn stages(more: &str) -> String {
    format!(
        r#"
[[stage]]
id = "theory"
[[stage.aspect]]
id = "paper"
kind = "measurement"
[[stage]]
id = "practice"
[[stage.aspect]]
id = "work"
kind = "measurement"
[[stage.aspect]]
id = "time"
kind = "value"
{more}"#
    )
}

const MARKS: &str = "A theory paper 40
                     A practice work 50
                     A practice time 300
                     B theory paper 45
                     B practice work 45
                     B practice time 250
                     C theory paper 40
                     C practice work 50
                     C practice time 280
                     D theory paper 40
                     D practice work 50
                     D practice time 300
                     E theory paper 50
                     E practice work 50
                     E practice time 310";

#[test]
fn the_chain_decides_and_is_kept() {
    let rules = |ties: &str| definition(&stages(&format!("[ranking]\nties = [{ties}]\n")));
    let of = |ties: &str| table(&contest(&rules(ties), "", MARKS));
    assert_eq!(
        of(r#""practice", "practice/time.value lowest", "shared""#),
        "1 E 100.00, 2 C 90.00 (Chain(1)), 3 A 90.00 (Shared), 3 D 90.00 (Shared), 5 B 90.00 (Chain(0))"
    );
    assert_eq!(
        of(r#""theory", "people-decide""#),
        "1 E 100.00, 2 B 90.00 (Chain(0)), 3 A 90.00 (Open), 3 C 90.00 (Open), 3 D 90.00 (Open)"
    );
    // Best stage first: 50 beats 45.
    assert_eq!(
        of(r#""countback", "shared""#),
        "1 E 100.00, 2 A 90.00 (Shared), 2 C 90.00 (Shared), 2 D 90.00 (Shared), 5 B 90.00 (Chain(0))"
    );
}

#[test]
fn near_totals_are_tied_with_the_best_of_them() {
    let rules = definition(&stages("[ranking]\nties = [\"theory\", \"shared\"]\ntolerance = 1\n"));
    let of = |entrant: &str, theory: &str, practice: &str| {
        format!("{entrant} theory paper {theory}\n{entrant} practice work {practice}\n{entrant} practice time 1\n")
    };
    // 90, 89.5, 89.1 are within 1 of 90 and go by theory; 89 is not.
    let marks = [of("A", "40", "50"), of("B", "44.5", "45"), of("C", "44.1", "45"), of("D", "50", "39")].concat();
    assert_eq!(
        table(&contest(&rules, "", &marks)),
        "1 B 89.50 (Chain(0)), 2 C 89.10 (Chain(0)), 3 A 90.00 (Chain(0)), 4 D 89.00"
    );
}

#[test]
fn the_lowest_total_can_lead() {
    let rules = definition(&stages("[ranking]\nfirst = \"lowest\"\nties = [\"shared\"]\n"));
    let marks = "A theory paper 3\nA practice work 70\nB theory paper 4\nB practice work 70";
    assert_eq!(table(&contest(&rules, "", marks)), "1 A 73.00, 2 B 74.00");
}

/// A heat and a final; three of five go on.
fn rounds(cut_ties: &str, carry: bool) -> std::sync::Arc<leitai::rules::definition::Definition> {
    definition(&format!(
        r#"
[[stage]]
id = "heat"
[[stage.aspect]]
id = "points"
kind = "measurement"
[[stage]]
id = "final"
[[stage.aspect]]
id = "points"
kind = "measurement"
[[round]]
id = "one"
stages = ["heat"]
cut = {{ top = 2, ties = "{cut_ties}" }}
[[round]]
id = "two"
stages = ["final"]
carry = {carry}
[ranking]
ties = ["final", "shared"]
"#
    ))
}

const HEAT: &str = "A heat points 9\nB heat points 8\nC heat points 8\nD heat points 7\nE heat points absent\n";

#[test]
fn a_cut_speaks_when_the_next_round_begins() {
    let rules = rounds("all-in", false);
    assert_eq!(
        table(&contest(&rules, "", HEAT)),
        "1 A 9.00, 2 B 8.00 (Shared), 2 C 8.00 (Shared), 4 D 7.00, – E Absent"
    );
    let finals = format!("{HEAT}A final points 3\nB final points 5\nC final points 4");
    assert_eq!(table(&contest(&rules, "", &finals)), "1 B 5.00, 2 C 4.00, 3 A 3.00, 4 D 7.00, – E Absent");
    let carried = rounds("all-in", true);
    assert_eq!(
        table(&contest(&carried, "", &finals)),
        "1 B 13.00, 2 C 12.00 (Chain(0)), 3 A 12.00 (Chain(0)), 4 D 7.00, – E Absent"
    );
}

#[test]
fn ties_at_the_cut() {
    let finals = format!("{HEAT}A final points 3\n");
    // Nobody of the tied second places goes on.
    assert_eq!(
        table(&contest(&rounds("none-in", false), "", &finals)),
        "1 A 3.00, 2 B 8.00 (Shared), 2 C 8.00 (Shared), 4 D 7.00, – E Absent"
    );
    // Not decided yet keeps nobody out: B and C are awaited.
    assert_eq!(
        table(&contest(&rounds("decided", false), "", &finals)),
        "1 A 3.00, 2 D 7.00, – B Incomplete, – C Incomplete, – E Absent"
    );
}

const LIST: &str = "entrant,name,unit,team,group,birth-date,quota
A,甲,集团/一厂/焊班,红,staff,1990-01-01,
B,乙,集团/一厂/钳班,红,staff,2000-06-30,
C,丙,集团/二厂,蓝,staff,2001-01-01,outside
D,丁,集团/二厂,蓝,students,2006-01-01,
E,戊,集团/二厂,蓝,students,,
";

#[test]
fn teams_units_groups_and_parallel_tables() {
    let rules = definition(&stages(
        r#"
[[group]]
id = "staff"
[[group]]
id = "students"
[entrants]
eligibility = [{ id = "under-25", under = { years = 25, on = "2025-06-30" } }]
[teams]
score = "best-sum"
best = 2
members-min = 2
ties = ["practice", "shared"]
[[table]]
id = "works"
of = "units"
level = 2
score = "mean"
end = "shared"
[[table]]
id = "young"
only = { eligible = ["under-25"] }
[ranking]
ties = ["shared"]
"#,
    ));
    let tally = contest(&rules, LIST, MARKS);
    // Each group by itself.
    assert_eq!(table(&tally), "1 A 90.00 (Shared), 1 B 90.00 (Shared), 1 C 90.00 (Shared), 1 E 100.00, 2 D 90.00");
    // Of the blue staff only C: too few.
    assert_eq!(teams(&tally), "1 红 180.00, – 蓝 Incomplete, 1 蓝 190.00");
    // (90 + 90) / 2 and (90 + 90 + 100) / 3
    assert_eq!(named(&tally, "works"), "1 集团/二厂 93.33, 2 集团/一厂 90.00");
    // B turns 25 on the very day; C and D are younger.
    assert_eq!(named(&tally, "young"), "1 C 90.00 (Shared), 1 D 90.00 (Shared)");
    let row = tally.standings.tables.iter().flat_map(|table| &table.rows).find(|row| row.who.as_str() == "C").unwrap();
    assert!(row.outside_quota);
}

const HEADS: &str = "entrant,name,unit
                     A1,甲,集团/一厂
                     A2,乙,集团/一厂
                     A3,丙,集团/一厂
                     A4,丁,集团/一厂
                     B1,戊,集团/二厂
                     B2,己,集团/二厂
                     C1,庚,集团/三厂";

/// 一厂: 90 and 80 of four, mean 85; 二厂: 60 and 70 of two, mean 65; of 三厂 nobody.
const SOME: &str = "A1 theory paper 90
                    A2 theory paper 80
                    B1 theory paper 60
                    B2 theory paper 70";

#[test]
fn participation_and_absentees_count_as_the_table_says() {
    let of = |score: &str| {
        let theory = "[[stage]]\nid = \"theory\"\n[[stage.aspect]]\nid = \"paper\"\nkind = \"measurement\"\n";
        let rules = definition(&format!("{theory}[[table]]\nid = \"units\"\nof = \"units\"\nlevel = 2\n{score}\n"));
        named(&contest(&rules, &HEADS.replace("                     ", ""), SOME), "units")
    };
    let (one, two, none) = ("集团/一厂", "集团/二厂", "– 集团/三厂 Incomplete");
    assert_eq!(of("score = \"mean\""), format!("1 {one} 85.00, 2 {two} 65.00, {none}"));
    // 85 × 2/3 = 56.666…; 65 × 2/3 = 43.333…
    assert_eq!(of("score = \"mean\"\nrequired = 3"), format!("1 {one} 56.67, 2 {two} 43.33, {none}"));
    // Required of 一厂 are 3.2 of four: 85 × 2/3.2 = 53.125; of 二厂 1.6 of two, met.
    assert_eq!(of("score = \"mean\"\nrequired-percent = 80"), format!("1 {two} 65.00, 2 {one} 53.13, {none}"));
    // Per head: 170/4 and 130/2.
    assert_eq!(of("score = \"mean\"\nabsentees = \"zero\""), format!("1 {two} 65.00, 2 {one} 42.50, {none}"));
    // The best three, whoever is missing as 0: 170/3 and 130/3.
    assert_eq!(
        of("score = \"best-mean\"\nbest = 3\nabsentees = \"zero\""),
        format!("1 {one} 56.67, 2 {two} 43.33, {none}")
    );
    // Both: 170/4 × 2/3.2 = 26.5625.
    assert_eq!(
        of("score = \"mean\"\nabsentees = \"zero\"\nrequired-percent = 80"),
        format!("1 {two} 65.00, 2 {one} 26.56, {none}")
    );
}
