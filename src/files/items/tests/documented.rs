//! The reference of banks is complete, and its examples are what an import reads.

use super::*;

const REFERENCE: &str = include_str!("../../../../contest-configs/banks/README.md");

/// The example in this language of the reference.
fn example(fence: &str) -> &'static str {
    let from = REFERENCE.find(&format!("```{fence}\n")).unwrap() + fence.len() + 4;
    &REFERENCE[from..from + REFERENCE[from..].find("```").unwrap()]
}

#[test]
fn every_kind_has_its_row_in_the_reference_and_its_example() {
    for kind in ItemKind::ALL {
        let row = format!("| {} | `{}` | ", kind.title(Language::Zh), kind.word());
        assert!(REFERENCE.contains(&row), "{row}");
    }
    let read = read_with(example("csv").as_bytes(), &[]);
    assert_eq!(told(&read.problems), [""; 0]);
    let kinds: Vec<ItemKind> = read.rows.iter().map(|row| row.item.kind()).collect();
    assert_eq!(kinds, ItemKind::ALL);
}

#[test]
fn every_heading_of_the_template_has_its_row_in_the_reference() {
    for language in [Language::Zh, Language::En] {
        let book = sheets::read(&template(language).unwrap()).unwrap();
        assert_eq!(book.sheets.len(), 2);
        let heading = |cell: &sheets::Cell| cell.text().trim_start_matches("* ").to_owned();
        let titles: Vec<String> = book.sheets[0].rows[0].cells.iter().map(heading).collect();
        // Seven before the options A to H, three after them.
        assert_eq!(titles.len(), 18);
        for title in titles {
            // Of the options the first stands for all.
            let letter = title.strip_prefix("选项").or(title.strip_prefix("Option "));
            let row = if letter.is_some_and(|letter| letter != "A") { continue } else { format!("| {title} ") };
            assert!(REFERENCE.contains(&row), "{row}");
        }
    }
}

#[test]
fn its_texts_are_read() {
    for (fence, form, count) in
        [("text", TextForm::Pasted, 2), ("gift", TextForm::Gift, 2), ("aiken", TextForm::Aiken, 1)]
    {
        assert_eq!(TextForm::guess(example(fence)), form);
        let read = text(example(fence), form);
        assert_eq!(told(&read.problems), [""; 0], "{fence}");
        assert_eq!(told(&read.warnings), [""; 0], "{fence}");
        assert_eq!(read.rows.len(), count, "{fence}");
    }
}
