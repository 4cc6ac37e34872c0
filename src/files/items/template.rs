//! The workbook of a bank: headings, lists to choose from, an example of each kind, a sheet that explains; and a bank as
//! the same workbook.

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Worksheet, XlsxError,
};

use crate::{
    files::lists::{csv_rows, fresh_workbook},
    rules::{
        items::{Body, Difficulty, Fault, Item, ItemKind, Region, Shape},
        names::Id,
    },
    words::Language,
};

use super::{columns::Column, sheet::EXAMPLE, written};

/// Rows with lists to choose from.
const ROWS: u32 = 5_000;
/// Columns for options, A to H; more where an item has more.
const OPTIONS: usize = 8;

/// An `.xlsx` to fill in. Its examples are passed over by an import.
pub fn template(language: Language) -> Result<Vec<u8>, XlsxError> {
    write(&examples(language), language, true)
}

/// These items as an `.xlsx` that an import reads as the same items.
pub fn export(items: &[Item], language: Language) -> Result<Vec<u8>, XlsxError> {
    write(items, language, false)
}

/// As [`template`], in text with commas, for those without a spreadsheet program.
pub fn template_csv(language: Language) -> Vec<u8> {
    write_csv(&examples(language), language)
}

/// As [`export`], in text with commas.
pub fn export_csv(items: &[Item], language: Language) -> Vec<u8> {
    write_csv(items, language)
}

fn write_csv(items: &[Item], language: Language) -> Vec<u8> {
    let columns = columns(width_of(items));
    let mut rows = vec![columns.iter().map(|column| title(*column, language)).collect()];
    rows.extend(items.iter().map(|item| columns.iter().map(|column| cell(item, *column, language)).collect()));
    csv_rows(&rows)
}

/// Columns for options that these items need, at least those of the template.
fn width_of(items: &[Item]) -> usize {
    items.iter().map(|item| written::options(item).len()).max().unwrap_or(0).max(OPTIONS)
}

fn write(items: &[Item], language: Language, gray: bool) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = fresh_workbook();
    let (mut bank, mut help) = (Worksheet::new(), Worksheet::new());
    bank.set_name(language.say("items-sheet"))?;
    help.set_name(language.say("items-help"))?;
    let columns = columns(width_of(items));
    headings(&mut bank, &columns, language)?;
    let text = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
    let text = if gray { text.set_italic().set_font_color(Color::Gray) } else { text };
    for (row, item) in (1_u32..).zip(items) {
        for (at, column) in (0_u16..).zip(&columns) {
            let cell = cell(item, *column, language);
            if !cell.is_empty() {
                bank.write_string_with_format(row, at, cell, &text)?;
            }
        }
    }
    explain(&mut help, language)?;
    workbook.push_worksheet(bank);
    workbook.push_worksheet(help);
    workbook.save_to_buffer()
}

fn columns(options: usize) -> Vec<Column> {
    let first = [
        Column::Id,
        Column::Kind,
        Column::Subject,
        Column::Difficulty,
        Column::Stem,
        Column::Material,
        Column::Picture,
    ];
    let options = (0..options).map(Column::Option);
    first.into_iter().chain(options).chain([Column::Key, Column::Points, Column::Explanation]).collect()
}

pub(super) fn title(column: Column, language: Language) -> String {
    let say = |key: &str| language.say(key).into_owned();
    match column {
        Column::Id => say("items-column-id"),
        Column::Kind => say("items-column-kind"),
        Column::Subject => say("items-column-subject"),
        Column::Difficulty => say("items-column-difficulty"),
        Column::Stem => say("items-column-stem"),
        Column::Material => say("items-column-material"),
        Column::Picture => say("items-column-picture"),
        Column::Option(at) => {
            let letter = crate::files::sheets::letters(at);
            language.say_with("items-column-option", &[("letter", letter.into())]).into_owned()
        }
        Column::Key => say("items-column-key"),
        Column::Points => say("items-column-points"),
        Column::Explanation => say("items-column-explanation"),
        Column::Counter => String::new(),
    }
}

fn width(column: Column) -> u32 {
    match column {
        Column::Stem | Column::Material => 44,
        Column::Key | Column::Explanation => 30,
        Column::Option(_) => 18,
        Column::Id | Column::Kind | Column::Subject | Column::Picture => 14,
        Column::Difficulty | Column::Points | Column::Counter => 8,
    }
}

fn headings(bank: &mut Worksheet, columns: &[Column], language: Language) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_background_color(Color::RGB(0xF3_E3_D3)).set_border(FormatBorder::Thin);
    let text = Format::new().set_num_format("@");
    for (at, column) in (0_u16..).zip(columns) {
        let star = if matches!(column, Column::Kind | Column::Stem | Column::Key) { "* " } else { "" };
        bank.set_column_width(at, width(*column))?;
        // Text, so that 007 stays 007 and 1/2 does not become a date.
        bank.set_column_format(at, &text)?;
        bank.write_string_with_format(0, at, format!("{star}{}", title(*column, language)), &head)?;
        let choices: Vec<String> = match column {
            Column::Kind => ItemKind::ALL.iter().map(|kind| kind.title(language)).collect(),
            Column::Difficulty => Difficulty::ALL.iter().map(|difficulty| difficulty.title(language)).collect(),
            _ => continue,
        };
        let rule = DataValidation::new().allow_list_strings(&choices)?;
        // Other names of a kind are read as well, so another text is questioned and not refused.
        let rule = rule.set_error_style(DataValidationErrorStyle::Warning);
        bank.add_data_validation(1, at, ROWS, at, &rule)?;
    }
    bank.set_freeze_panes(1, 0)?;
    Ok(())
}

pub(super) fn cell(item: &Item, column: Column, language: Language) -> String {
    match column {
        Column::Id => item.id.to_string(),
        Column::Kind => item.kind().title(language),
        Column::Subject => item.subject.clone().unwrap_or_default(),
        Column::Difficulty => item.difficulty.title(language),
        Column::Stem => item.stem.clone(),
        Column::Material => written::material(item).to_owned(),
        Column::Picture => item.picture.clone().unwrap_or_default(),
        Column::Option(at) => written::options(item).get(at).cloned().unwrap_or_default(),
        Column::Key => written::key(item, language),
        Column::Points => item.points.map(|points| points.normalize().to_string()).unwrap_or_default(),
        Column::Explanation => item.explanation.clone().unwrap_or_default(),
        Column::Counter => String::new(),
    }
}

/// Each column, then the key of each kind.
fn explain(help: &mut Worksheet, language: Language) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_align(FormatAlign::Top);
    let wrap = Format::new().set_text_wrap();
    help.set_column_width(0, 16)?;
    help.set_column_width(1, 96)?;
    let about = |column: Column, key: &str| (title(column, language), language.say(key).into_owned());
    let key_of = |kind: ItemKind| {
        let key = match kind {
            ItemKind::Single => "items-help-single",
            ItemKind::Multiple => "items-help-multiple",
            ItemKind::TrueFalse => "items-help-true-false",
            ItemKind::FillIn => "items-help-fill-in",
            ItemKind::Number => "items-help-number",
            ItemKind::Ordering => "items-help-ordering",
            ItemKind::Matching => "items-help-matching",
            ItemKind::FindFix => "items-help-find-fix",
            ItemKind::Hazards => "items-help-hazards",
        };
        (kind.title(language), language.say(key).into_owned())
    };
    let mut lines = vec![
        (String::new(), language.say("items-help-fill").into_owned()),
        about(Column::Id, "items-help-id"),
        about(Column::Material, "items-help-material"),
        about(Column::Picture, "items-help-picture"),
        about(Column::Points, "items-help-points"),
        (String::new(), language.say("items-help-escape").into_owned()),
    ];
    lines.extend(ItemKind::ALL.map(key_of));
    for (row, (name, line)) in (0_u32..).zip(lines) {
        help.write_string_with_format(row, 0, name, &bold)?;
        help.write_string_with_format(row, 1, line, &wrap)?;
    }
    Ok(())
}

/// One of each kind, in the reader's language.
pub(super) fn examples(language: Language) -> Vec<Item> {
    let say = |key: &str| language.say(key).into_owned();
    let list = |key: &str| say(key).split('/').map(str::to_owned).collect::<Vec<_>>();
    let stem = |kind: ItemKind| match kind {
        ItemKind::Single => say("items-example-single"),
        ItemKind::Multiple => say("items-example-multiple"),
        ItemKind::TrueFalse => say("items-example-true-false"),
        ItemKind::FillIn => say("items-example-fill-in"),
        ItemKind::Number => say("items-example-number"),
        ItemKind::Ordering => say("items-example-ordering"),
        ItemKind::Matching => say("items-example-matching"),
        ItemKind::FindFix => say("items-example-find-fix"),
        ItemKind::Hazards => say("items-example-hazards"),
    };
    let text = say("items-example-text");
    let fault = |wrong: &str, accepted: &str| {
        let from = text.find(wrong).map_or(0, |at| text[..at].chars().count());
        let accepted = accepted.split('|').map(str::to_owned).collect();
        Fault { from, length: wrong.chars().count(), accepted }
    };
    let number = |tenths: i64| Decimal::new(tenths, 1).normalize();
    let circle = Shape::Circle { x: number(360), y: number(610), radius: number(50), ratio: Decimal::ONE };
    let rectangle = Shape::Rectangle { x: number(100), y: number(610), width: number(125), height: number(280) };
    let faults = list("items-example-fix").chunks(2).map(|pair| fault(&pair[0], &pair[pair.len() - 1])).collect();
    let bodies = [
        Body::Single { options: list("items-example-single-options"), right: 2 },
        Body::Multiple { options: list("items-example-multiple-options"), right: vec![0, 1] },
        Body::TrueFalse { right: true },
        Body::FillIn {
            blanks: list("items-example-gaps").iter().map(|gap| gap.split('|').map(str::to_owned).collect()).collect(),
            any_order: true,
        },
        Body::Number { from: number(1000), to: number(1200) },
        Body::Ordering { options: list("items-example-ordering-options"), right: vec![1, 3, 0, 2] },
        Body::Matching {
            pairs: list("items-example-pairs")
                .iter()
                .filter_map(|pair| pair.split_once('='))
                .map(|(left, right)| (left.to_owned(), right.to_owned()))
                .collect(),
        },
        Body::FindFix { text: text.clone(), faults },
        Body::Hazards {
            description: say("items-example-description"),
            regions: [circle, rectangle]
                .into_iter()
                .zip(list("items-example-regions"))
                .map(|(shape, title)| Region { shape, title })
                .collect(),
        },
    ];
    let item = |(number, body): (usize, Body)| {
        let mut item = Item {
            id: Id::new(format!("{EXAMPLE}-{number}")),
            subject: Some(say("items-example-subject")),
            difficulty: Difficulty::Easy,
            stem: String::new(),
            picture: None,
            points: Some(Decimal::from(2)),
            explanation: Some(say("items-example-explanation")),
            body,
        };
        item.stem = stem(item.kind());
        if item.kind() == ItemKind::Hazards {
            item.picture = Some("welding.svg".to_owned());
        }
        item
    };
    (1..).zip(bodies).map(item).collect()
}
