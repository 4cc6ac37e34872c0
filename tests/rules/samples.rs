//! The shipped samples, with totals worked out by hand: pocket-calculator arithmetic stands beside each.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use leitai::{
    files::tally::{Format, Source, Tally, tally, write},
    rules::definition::read,
    words::Language,
};

fn project(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("contest-configs").join(path)).unwrap()
}

fn tallied(contest: &str, marks: &str) -> Tally {
    let definition = read(&project(&format!("{contest}.toml"))).definition.unwrap();
    let entrants = project(&format!("samples/{contest}/entrants.csv"));
    let entrants = Source { name: "entrants.csv", bytes: entrants.as_bytes() };
    let marks = Source { name: "marks.csv", bytes: marks.as_bytes() };
    tally(Arc::new(definition), Some(entrants), marks, &|_| {}).unwrap()
}

fn sample(contest: &str) -> Tally {
    tallied(contest, &project(&format!("samples/{contest}/marks.csv")))
}

/// Of the main table: rank or status, total, and what decided a tie.
fn rows(tally: &Tally) -> BTreeMap<String, (String, String, String)> {
    let json: serde_json::Value = serde_json::from_str(&leitai::files::tally::json(tally, "digest")).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let rows = json["standings"].as_array().unwrap().iter().map(|row| {
        let place = row["rank"].as_u64().map_or_else(|| text(&row["status"]), |rank| rank.to_string());
        (text(&row["entrant"]), (place, text(&row["total"]), text(&row["decided-by"])))
    });
    rows.collect()
}

fn check(tally: &Tally, expected: &[(&str, &str, &str, &str)]) {
    let rows = rows(tally);
    for (entrant, place, total, decided_by) in expected {
        let row = &rows[*entrant];
        assert_eq!((row.0.as_str(), row.1.as_str(), row.2.as_str()), (*place, *total, *decided_by), "{entrant}");
    }
}

#[test]
fn welding_by_hand() {
    let tally = sample("skills-welding");
    assert_eq!(tally.people().len(), 36);
    check(
        &tally,
        &[
            // Theory absent: 0.
            // Plate: setup (4.5+4)/2 = 4.25, craft (9+8.5)/2 = 8.75, face (16+16+16.5)/3 = 16.17, root 15×(2+3+3)/9 = 13.33,
            // undercut 0: 15, reinforcement 2.5 mm: 6, film grade 3: 0, safety 10: 73.50, half 36.75.
            // Pipe: 4.50, 8.00, face 13.50, root 15.00, undercut 0.4 mm on 15 mm: 10, 6, film grade 2: 9, 10: 76.00, half 38.00.
            // 0.3 × 0 + 0.7 × 74.75 = 52.325
            ("W05", "34", "52.33", ""),
            // Plate, one mark corrected: 4.25, 9.25, face (15.5+16+16)/3 = 15.83, 15, 15, 6, 15, 10: 90.33, half 45.165 → 45.17.
            // Pipe: 4.00, 9.00, 15.00, 15.00, 15, 6, 15, two times without goggles 10 − 4 = 6: 85.00, half 42.50.
            // 0.3 × 81 + 0.7 × 87.67 = 85.669
            ("W17", "10", "85.67", ""),
            // Plate: 3.75, 8.75, face (16.5+17+17)/3 = 16.83, 15, undercut 0.5 mm on 12 mm: 10, 10, 15, 10: 89.33, half 44.665 → 44.67.
            // Pipe: 4.50, 7.75, 14.50, root 15×6/9 = 10, undercut 0.4 mm on 30 mm: 5, 10, 15, 10: 76.75, half 38.375 → 38.38.
            // A mark on the piece: 83.05 − 10 = 73.05; 0.3 × 92 + 0.7 × 73.05 = 78.735
            ("W19", "20", "78.74", ""),
            // The same marks: plate 4.00, 9.00, face (15+15.5+15.5)/3 = 15.33, root 15×5/9 = 8.33, 10, 10, 15, 10: 81.66, half 40.83;
            // pipe 4.00, 8.50, 16.00, root 15×8/9 = 13.33, 15, 6, 9, 10: 81.83, half 40.915 → 40.92.
            // 0.3 × 82 + 0.7 × 81.75 = 81.825. W08 was quicker.
            ("W08", "13", "81.83", "practice/time.value lowest"),
            ("W21", "14", "81.83", "practice/time.value lowest"),
            // Plate: 4.75, 9.75, face (17+18+18)/3 = 17.67, 15, 15, 10, 15, three times counted without goggles 10 − 6 = 4: 91.17,
            // half 45.585 → 45.59. Pipe in a wrong position: 0. 0.3 × 93 + 0.7 × 45.59 = 59.813
            ("W27", "33", "59.81", ""),
            ("W14", "absent", "", ""),
            ("W30", "disqualified", "", ""),
        ],
    );
}

#[test]
fn speech_by_hand() {
    let tally = sample("speech");
    assert_eq!(tally.people().len(), 30);
    check(
        &tally,
        &[
            // Sheets 89 89 91 89.5 89 91 88: the seventh and the later of the two 91 go.
            // 35.90 + 26.80 + 17.80 + 9.00
            ("S01", "11", "89.50", ""),
            // Sheets 87 88.5 89.5 91.5 89 88.5 87.5: the first and the fourth go. 35.50 + 26.50 + 17.70 + 8.90; S25 has the
            // same sheets with one point less of content and one more of effect: 34.50 + 26.50 + 17.70 + 9.90.
            ("S12", "13", "88.60", "speech/content"),
            ("S25", "14", "88.60", "speech/content"),
            // Sheets 94 92 94.5 93 93.5 90.5 95: 37.40 + 28.10 + 18.70 + 9.20 = 93.40; six times 30 s over, four count: −2.
            ("S22", "6", "91.40", ""),
            ("S07", "absent", "", ""),
            ("S29", "disqualified", "", ""),
        ],
    );
}

/// An order of the rows that has nothing to do with the first, and is the same each time.
fn shuffled(marks: &str) -> String {
    let mut lines = marks.lines();
    let header = lines.next().unwrap();
    let mut rows: Vec<(u64, &str)> =
        lines.zip(1_u64..).map(|(row, at)| (at.wrapping_mul(0x9E37_79B9_7F4A_7C15), row)).collect();
    rows.sort_unstable();
    rows.iter().fold(header.to_owned(), |text, (_, row)| text + "\n" + *row)
}

#[test]
fn the_order_of_rows_changes_nothing() {
    for contest in ["skills-welding", "speech"] {
        let marks = project(&format!("samples/{contest}/marks.csv"));
        let other = shuffled(&marks);
        assert_ne!(marks.trim_end(), other.trim_end());
        let (one, two) = (tallied(contest, &marks), tallied(contest, &other));
        for format in [Format::Table, Format::Json, Format::Csv] {
            assert_eq!(write(&one, "digest", format, Language::Zh), write(&two, "digest", format, Language::Zh));
        }
        for person in one.people() {
            assert_eq!(one.why(person.id.as_str()), two.why(person.id.as_str()));
        }
    }
}

#[test]
fn json_is_a_contract() {
    let tally = sample("skills-welding");
    let json: serde_json::Value = serde_json::from_str(&leitai::files::tally::json(&tally, "abc")).unwrap();
    assert_eq!(json["contest"], "skills-welding");
    assert_eq!(json["definition"], "abc");
    let row = json["standings"].as_array().unwrap().iter().find(|row| row["entrant"] == "W08").unwrap();
    let expected = serde_json::json!({
        "rank": 13, "entrant": "W08", "name": "马俊杰", "total": "81.83",
        "stages": { "theory": "82.00", "practice": "81.75" },
        "status": "ranked", "decided-by": "practice/time.value lowest",
    });
    assert_eq!(*row, expected);
    let absent = json["standings"].as_array().unwrap().iter().find(|row| row["entrant"] == "W14").unwrap();
    assert_eq!(
        (&absent["rank"], &absent["total"], &absent["status"]),
        (&serde_json::Value::Null, &serde_json::Value::Null, &"absent".into())
    );
    assert_eq!(absent["stages"]["practice"], serde_json::Value::Null);
    // 183.76 = 93.77 of W12 + 89.99 of W11, the two best of three.
    assert_eq!(json["teams"][0]["team"], "第二分公司甲队");
    assert_eq!(json["teams"][0]["total"], "183.76");
    assert_eq!(json["units"][0]["unit"], "第二分公司");
}

#[test]
fn the_why_reaches_from_the_place_to_each_mark() {
    let tally = sample("skills-welding");
    let why = tally.why("W21").unwrap();
    let text = leitai::words::why::text(&why, tally.definition(), Language::En);
    for sentence in [
        "rank 14 of 34",
        "tied with W08",
        "实际操作 81.75 × 0.7 = 57.225",
        "81.825 → 81.83 (half up, 2 digits)  [total.rounding]",
        "外观5: 16 (highest, dropped)",
        "15.333333… → 15.33 (half up, 2 digits)  [stage.practice.panel.appearance.rounding]",
        "row 2 fits: 10",
        "81.66 × 0.5 = 40.830",
    ] {
        assert!(text.contains(sentence), "{sentence} in\n{text}");
    }
    assert!(tally.why("W99").is_none());
}
