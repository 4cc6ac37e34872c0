//! Where arithmetic, order and files could be told otherwise than the definition says; each worked by hand.

use leitai::{
    files::tally::{Problem, Source, tally},
    rules::{
        award::{self, Decisions},
        definition::{Definition, model::SpreadAction, read},
        field::Field,
    },
    words::Language,
};

use crate::support::{contest, definition, table, teams};

/// One stage with one panel of `judges`.
fn panel(judges: u32, keys: &str, aspects: &str) -> String {
    format!(
        "[[stage]]\nid = \"s\"\n[[stage.panel]]\nid = \"p\"\njudges = {judges}\n{keys}\n{aspects}\n[ranking]\nties = [\"shared\"]\n"
    )
}

const FACE: &str = "[[stage.aspect]]\nid = \"face\"\nmax = 10\nstep = \"0.1\"\n";

fn problems(definition: &std::sync::Arc<Definition>, marks: &str) -> Vec<String> {
    let marks = Source { name: "marks.csv", bytes: marks.as_bytes() };
    let found = tally(definition.clone(), None, marks, &|_| {}).err().unwrap_or_default();
    found.iter().map(|problem: &Problem| problem.say(Language::En)).collect()
}

#[test]
fn a_quotient_that_28_digits_cannot_hold_is_rounded_as_it_is() {
    // Three stand in with 15.1 / 3. Without 4 and 6.1: (5 + 3 × 15.1 / 3) / 4 = 20.1 / 4 = 5.025, and half goes up.
    let keys = "drop-high = 1\ndrop-low = 1\nmissing = \"mean-stands-in\"";
    let rules = definition(&panel(6, keys, FACE));
    assert_eq!(table(&contest(&rules, "", "A s face J1 4\nA s face J2 5\nA s face J3 6.1")), "1 A 5.03");

    // 7 / 3 × 3 = 7, also where digits are cut off.
    let keys = "rounding = \"exact\"";
    let aspect = format!("{FACE}factor = 3\nrounding = {{ digits = 2, mode = \"truncate\" }}\n");
    let rules = definition(&panel(3, keys, &aspect));
    assert_eq!(table(&contest(&rules, "", "A s face J1 1\nA s face J2 1\nA s face J3 5")), "1 A 7.00");
}

#[test]
fn exact_totals_that_are_equal_share_a_rank() {
    let head = "format = 1\n[contest]\nid = \"c\"\ntitle = \"比赛\"\nrounding = \"exact\"\n";
    let style = FACE.replace("face", "style");
    let read = read(&format!("{head}{}", panel(3, "", &format!("{FACE}{style}"))));
    let rules = std::sync::Arc::new(read.definition.unwrap());
    let marks = |who: &str, face: [u8; 3], style: [u8; 3]| -> String {
        let line = |aspect: &'static str, marks: [u8; 3]| {
            let line = move |(at, mark): (usize, u8)| format!("{who} s {aspect} J{} {mark}\n", at + 1);
            marks.into_iter().enumerate().map(line).collect::<String>()
        };
        format!("{}{}", line("face", face), line("style", style))
    };
    // 10/3 + 1/3 and 11/3 + 0.
    let all = format!("{}{}", marks("X", [5, 3, 2], [1, 0, 0]), marks("Y", [5, 3, 3], [0, 0, 0]));
    let told = table(&contest(&rules, "", &all));
    assert!(told.starts_with("1 X ") && told.contains(", 1 Y "), "{told}");
}

/// Depth 0 gives 5, up to 0.5 gives 3, else nothing; two digits are printed, but a depth is what was measured.
#[test]
fn a_measured_value_is_not_rounded_before_its_bands() {
    let aspect = "[[stage.aspect]]\nid = \"depth\"\nkind = \"measurement\"\nbands = [{ when = { value = { up-to = 0 } }, points = 5 }, { when = { value = { up-to = \"0.5\" } }, points = 3 }, { points = 0 }]\n";
    let agree = definition(&panel(2, "marks = [\"depth\"]\naggregate = \"agree\"", aspect));
    let one = definition(&panel(1, "marks = [\"depth\"]", aspect));
    for (depth, points) in [("0", "5.00"), ("0.004", "3.00"), ("0.5", "3.00"), ("0.504", "0.00")] {
        let marks = format!("A s depth J1 {depth}");
        assert_eq!(table(&contest(&one, "", &marks)), format!("1 A {points}"), "{depth}");
        let marks = format!("{marks}\nA s depth J2 {depth}");
        assert_eq!(table(&contest(&agree, "", &marks)), format!("1 A {points}"), "{depth} twice");
    }
    // Nobody confirmed it; or the two differ. Either waits for the chief judge.
    for (other, apart) in [("n/a", "0"), ("0.6", "0.1")] {
        let tally = contest(&agree, "", &format!("A s depth J1 0.5\nA s depth J2 {other}"));
        assert_eq!(table(&tally), "– A Failed", "{other}");
        let spreads = &tally.person("A").unwrap().score.spreads;
        assert_eq!(spreads.len(), 1, "{other}");
        assert_eq!(spreads[0].found.measured.normalize().to_string(), apart);
        assert_eq!(spreads[0].found.action, SpreadAction::ReMark);
    }
}

#[test]
fn an_attempt_that_does_not_apply_is_none() {
    let stage = |take: &str| {
        let text = "[[stage]]\nid = \"s\"\nattempts = { count = 3, take = \"TAKE\" }\n[[stage.aspect]]\nid = \"run\"\nkind = \"imported\"\nmax = 100\nfrom-max = 100\n[ranking]\nties = [\"shared\"]\n";
        definition(&text.replace("TAKE", take))
    };
    let marks = "A s#1 run 50\nA s#2 run n/a\nA s#3 run 60";
    assert_eq!(table(&contest(&stage("best"), "", marks)), "1 A 60.00");
    assert_eq!(table(&contest(&stage("sum"), "", marks)), "1 A 110.00");
    assert_eq!(table(&contest(&stage("mean"), "", marks)), "1 A 55.00");
    let never = "A s#1 run n/a\nA s#2 run n/a\nA s#3 run n/a";
    assert_eq!(table(&contest(&stage("best"), "", never)), "– A Incomplete");
}

#[test]
fn no_points_come_after_the_limit_whatever_makes_them() {
    let text = "[[stage]]\nid = \"s\"\n[[stage.aspect]]\nid = \"time\"\nkind = \"time\"\nlimit-s = 100\nmax = 200\nformula = \"200 - value\"\n[ranking]\nties = [\"shared\"]\n";
    let rules = definition(text);
    let marks = "A s time 100\nB s time 100.01";
    assert_eq!(table(&contest(&rules, "", marks)), "1 A 100.00, 2 B 0.00");
    let itself = text.replace("formula = \"200 - value\"\n", "");
    let read = read(&format!("format = 1\n[contest]\nid = \"c\"\ntitle = \"比赛\"\n{itself}"));
    let said: Vec<String> = read.problems.iter().map(|problem| format!("{:?}", problem.fact)).collect();
    assert_eq!(said, [r#"KeyNeeded { key: "bands", with: "limit-s" }"#]);
}

#[test]
fn a_later_round_does_not_decide_an_earlier_cut() {
    let text = "[[stage]]\nid = \"one\"\n[[stage.aspect]]\nid = \"paper\"\nkind = \"imported\"\nmax = 100\nfrom-max = 100\n[[stage]]\nid = \"two\"\n[[stage.aspect]]\nid = \"paper\"\nkind = \"imported\"\nmax = 100\nfrom-max = 100\n[[round]]\nid = \"heats\"\nstages = [\"one\"]\ncut = { top = 1, ties = \"decided\" }\n[[round]]\nid = \"final\"\nstages = [\"two\"]\n[ranking]\nties = [\"TIES\", \"shared\"]\n";
    // C and D are equal after the heats: neither is kept out by what comes later, and countback over the heats decides nothing.
    let marks = "C one paper 90\nD one paper 90\nE one paper 80\nC two paper 60\nD two paper 50";
    for ties in ["two", "countback"] {
        let rules = definition(&text.replace("TIES", ties));
        assert_eq!(table(&contest(&rules, "", marks)), "1 C 150.00, 2 D 140.00, 3 E 80.00", "{ties}");
    }
}

#[test]
fn seats_are_the_same_for_everybody() {
    let keys = "aggregate = \"weighted\"\nweights = [\"0.5\", \"0.3\", \"0.2\"]\nmissing = \"smaller\"";
    let rules = definition(&panel(3, keys, FACE));
    // A, B and C sit on 1, 2 and 3. E1 has only B and C: (0.3 × 10 + 0.2 × 0) / 0.5 = 6.
    let marks = "E1 s face B 10\nE1 s face C 0\nE2 s face A 10\nE2 s face B 10\nE2 s face C 10";
    assert_eq!(table(&contest(&rules, "", marks)), "1 E2 10.00, 2 E1 6.00");
    let four = "entrant,stage,aspect,judge,value\nE1,s,face,A,1\nE1,s,face,B,1\nE2,s,face,C,1\nE2,s,face,D,1\n";
    assert_eq!(
        problems(&rules, four),
        ["marks.csv:5: more judges for \"p\" than the 3 of its panel; check the column judge"]
    );
}

#[test]
fn a_team_is_counted_back_over_its_stages() {
    let text = "[[stage]]\nid = \"x\"\n[[stage.aspect]]\nid = \"paper\"\nkind = \"imported\"\nmax = 100\nfrom-max = 100\n[[stage]]\nid = \"y\"\n[[stage.aspect]]\nid = \"paper\"\nkind = \"imported\"\nmax = 100\nfrom-max = 100\n[teams]\nscore = \"sum\"\nties = [\"countback\", \"shared\"]\n[ranking]\nties = [\"shared\"]\n";
    // A: x 10 + 20, y 2 + 0. B: x 15 + 15, y 1 + 1. Both 30 and 2.
    let list = "entrant,name,team\nA1,a,A\nA2,a,A\nB1,b,B\nB2,b,B\n";
    let marks = "A1 x paper 10\nA2 x paper 20\nA1 y paper 2\nA2 y paper 0\nB1 x paper 15\nB2 x paper 15\nB1 y paper 1\nB2 y paper 1";
    assert_eq!(teams(&contest(&definition(text), list, marks)), "1 A 32.00 (Shared), 1 B 32.00 (Shared)");
}

#[test]
fn the_first_three_are_all_of_rank_one_to_three() {
    let text = "[[stage]]\nid = \"x\"\n[[stage.aspect]]\nid = \"paper\"\nkind = \"imported\"\nmax = 100\nfrom-max = 100\n[[award]]\nid = \"skilled\"\ntitle = \"技术能手\"\ntop = 3\n[ranking]\nties = [\"shared\"]\n";
    let rules = definition(text);
    let tally = contest(&rules, "", "A x paper 100\nB x paper 99\nC x paper 98\nD x paper 98\nE x paper 97");
    let entrants = tally.people().iter().map(|person| (person.id.clone(), person.entrant.clone())).collect();
    let field = Field { entrants, ..Field::default() };
    let preview = award::preview(&rules, &field, &tally.standings, &Decisions::default());
    let won: Vec<&str> = preview.awards[0].winners.iter().map(|given| given.to.as_str()).collect();
    assert_eq!(won, ["A", "B", "C", "D"]);
    assert!(preview.awards[0].undecided.is_empty());
}

#[test]
fn a_violation_is_recorded_where_it_takes_effect_or_not_at_all() {
    let text = "[[stage]]\nid = \"s\"\n[[stage.piece]]\nid = \"p1\"\n[[stage.piece]]\nid = \"p2\"\n[[stage.panel]]\nid = \"p\"\njudges = 1\nmarks = [\"face\"]\n[[stage.aspect]]\nid = \"face\"\nmax = 10\n[[stage.aspect]]\nid = \"order\"\nkind = \"deduction\"\nmax = 10\npieces = []\n[[stage.violation]]\nid = \"untidy\"\naspect = \"order\"\npoints = -3\n[[stage.violation]]\nid = \"wrong\"\nfrom = \"piece\"\npoints = -2\n[[stage.violation]]\nid = \"late\"\npoints = -4\nmost = 1\n[ranking]\nties = [\"shared\"]\n";
    let rules = definition(text);
    let head = "entrant,stage,piece,aspect,judge,value\n";
    let said = |row: &str| problems(&rules, &format!("{head}{row}\n"));
    for (row, fault) in [
        ("A,s,p1,untidy,,1", "\"untidy\" is not marked for this piece; check the column piece"),
        ("A,s,,wrong,,1", "\"wrong\" is marked piece by piece; name one in the column piece"),
        ("A,s,p1,late,,1", "\"late\" is not marked for this piece; check the column piece"),
    ] {
        assert_eq!(said(row), [format!("marks.csv:2: {fault}")]);
    }
    // 10 + 8 + 10, less 3 and 2 and, of three times, one time 4: 19.
    let marks = "A s/p1 face J1 10\nA s/p2 face J1 8\nA s untidy 1\nA s/p2 wrong 1\nA s late 3";
    assert_eq!(table(&contest(&rules, "", marks)), "1 A 19.00");
}

#[test]
fn who_is_in_which_event_must_be_known() {
    let text = "[[event]]\nid = \"ea\"\n[[event]]\nid = \"eb\"\n[[stage]]\nid = \"x\"\nevents = [\"ea\"]\n[[stage.aspect]]\nid = \"paper\"\nkind = \"imported\"\nmax = 10\nfrom-max = 10\n[[stage]]\nid = \"y\"\nevents = [\"eb\"]\n[[stage.aspect]]\nid = \"paper\"\nkind = \"imported\"\nmax = 10\nfrom-max = 10\n[ranking]\nties = [\"shared\"]\n";
    let said = problems(&definition(text), "entrant,stage,aspect,judge,value\nA,x,paper,,1\nA,y,paper,,5\n");
    assert_eq!(said.len(), 1);
    assert!(said[0].contains("--entrants"), "{said:?}");
}
