//! The workbook that organizers fill in: headings that the import reads, text columns that keep leading zeros, lists
//! to choose from, and a sheet that explains.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatBorder, Formula, Worksheet, XlsxError,
};

use crate::{rules::definition::model::EligibilityTest, words::Language};

use super::{super::lists::fresh_workbook, Known};

/// Rows with lists to choose from.
const ROWS: u32 = 2_000;

struct Heading {
    title: String,
    required: bool,
    width: u32,
    choices: Choices,
    example: String,
}

enum Choices {
    Any,
    /// A few, written into the cell's rule.
    Few(Vec<String>),
    /// More than a rule holds: a column of the sheet with choices.
    Many(Vec<String>),
}

/// An `.xlsx` for this definition and tree of units.
pub fn template(known: Known<'_>, language: Language) -> Result<Vec<u8>, XlsxError> {
    let headings = headings(known, language);
    let mut workbook = fresh_workbook();
    let (mut list, mut help, mut lists) = (Worksheet::new(), Worksheet::new(), Worksheet::new());
    list.set_name(language.say("template-sheet"))?;
    help.set_name(language.say("template-help"))?;
    lists.set_name(language.say("template-lists"))?;
    fill(&mut list, &mut lists, &headings, &language.say("template-lists"))?;
    explain(&mut help, language)?;
    let any_list = headings.iter().any(|heading| matches!(heading.choices, Choices::Many(_)));
    workbook.push_worksheet(list);
    workbook.push_worksheet(help);
    if any_list {
        lists.set_hidden(true);
        workbook.push_worksheet(lists);
    }
    workbook.save_to_buffer()
}

fn fill(list: &mut Worksheet, lists: &mut Worksheet, headings: &[Heading], lists_name: &str) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_background_color(Color::RGB(0xF3_E3_D3)).set_border(FormatBorder::Thin);
    let text = Format::new().set_num_format("@");
    let example = Format::new().set_num_format("@").set_italic().set_font_color(Color::Gray);
    for (column, heading) in (0_u16..).zip(headings) {
        let star = if heading.required { "* " } else { "" };
        list.set_column_width(column, heading.width)?;
        list.set_column_format(column, &text)?;
        list.write_string_with_format(0, column, format!("{star}{}", heading.title), &head)?;
        list.write_string_with_format(1, column, &heading.example, &example)?;
        let rule = match &heading.choices {
            Choices::Any => continue,
            Choices::Few(choices) => DataValidation::new().allow_list_strings(choices)?,
            Choices::Many(choices) => {
                for (row, choice) in (0_u32..).zip(choices) {
                    lists.write_string(row, column, choice)?;
                }
                let letters = crate::files::sheets::letters(column.into());
                let range = format!("='{lists_name}'!${letters}$1:${letters}${}", choices.len());
                DataValidation::new().allow_list_formula(Formula::new(range))
            }
        };
        // A last name is as good as a path, so another text is questioned and not refused.
        let rule = rule.set_error_style(DataValidationErrorStyle::Warning);
        list.add_data_validation(1, column, ROWS, column, &rule)?;
    }
    list.set_freeze_panes(1, 0)?;
    Ok(())
}

fn explain(help: &mut Worksheet, language: Language) -> Result<(), XlsxError> {
    let wrap = Format::new().set_text_wrap();
    help.set_column_width(0, 90)?;
    let lines = [
        language.say("template-fill"),
        language.say("template-entrant"),
        language.say("template-unit"),
        language.say("template-birth-date"),
        language.say("template-quota"),
    ];
    for (row, line) in (0_u32..).zip(lines) {
        help.write_string_with_format(row, 0, line, &wrap)?;
    }
    Ok(())
}

fn headings(known: Known<'_>, language: Language) -> Vec<Heading> {
    let say = |key: &str| language.say(key).into_owned();
    let definition = known.definition;
    let rules = &definition.entrants;
    let mut headings: Vec<Heading> = Vec::new();
    let mut add = |title: String, required: bool, width: u32, choices: Choices, example: String| {
        headings.push(Heading { title, required, width, choices, example });
    };
    let titles = |list: &[crate::rules::definition::model::Titled]| list.iter().map(|one| one.title.clone()).collect();
    let first = |list: &[crate::rules::definition::model::Titled]| {
        list.first().map(|one| one.title.clone()).unwrap_or_default()
    };
    let choose = |choices: Vec<String>| {
        // A rule holds 255 characters, and a comma would part a choice in two.
        let short = choices.iter().map(|choice| choice.len() + 1).sum::<usize>() < 200;
        if short && !choices.iter().any(|choice| choice.contains(',')) {
            Choices::Few(choices)
        } else {
            Choices::Many(choices)
        }
    };
    let yes_or_no = || Choices::Few(vec![say("template-yes"), say("template-no")]);
    let asks = |test: fn(&EligibilityTest) -> bool| rules.eligibilities.iter().any(|one| test(&one.test));
    add(say("column-entrant"), false, 12, Choices::Any, "007".to_owned());
    add(say("column-name"), true, 14, Choices::Any, say("template-example-name"));
    let units: Vec<String> = known.units.iter().map(ToString::to_string).collect();
    let unit = units.first().cloned().unwrap_or_default();
    add(say("column-unit"), false, 36, if units.is_empty() { Choices::Any } else { Choices::Many(units) }, unit);
    if definition.teams.is_some() {
        add(say("column-team"), false, 18, Choices::Any, String::new());
    }
    if !definition.events.is_empty() {
        let required = definition.events.len() > 1;
        add(say("column-event"), required, 16, choose(titles(&definition.events)), first(&definition.events));
    }
    if !definition.groups.is_empty() {
        let required = definition.groups.len() > 1;
        add(say("column-group"), required, 16, choose(titles(&definition.groups)), first(&definition.groups));
    }
    add(say("column-station"), false, 10, Choices::Any, String::new());
    let born = asks(|test| matches!(test, EligibilityTest::Under { .. }));
    add(say("column-birth-date"), born, 14, Choices::Any, "1991-05-04".to_owned());
    let gender = asks(|test| matches!(test, EligibilityTest::Women | EligibilityTest::Men));
    let genders = Choices::Few(vec![say("template-woman"), say("template-man")]);
    add(say("column-gender"), gender, 8, genders, say("template-woman"));
    add(say("column-quota"), false, 12, yes_or_no(), say("template-no"));
    add(say("column-phone"), false, 16, Choices::Any, String::new());
    for value in &rules.values {
        add(value.title.clone(), false, 12, Choices::Any, String::new());
    }
    for one in rules.eligibilities.iter().filter(|one| one.test == EligibilityTest::Column) {
        add(one.title.clone(), false, 14, yes_or_no(), say("template-no"));
    }
    headings
}
