//! Printed paper: judge cards, score sheets, and listings; what they hold, ready to print.
//!
//! Texts are plain: names joined, numbers rounded and written by the caller. Knows no rule and computes nothing.

use serde::Serialize;
use serde_json::{Value, json};

use super::{
    fonts::Fonts,
    problem::Problem,
    qr,
    template::Template,
    world::{Press, code_name, forget_job, on_a_deep_stack},
};
use crate::{rules::definition::model::JudgeWord, words::Language};

const PAPER: &str = include_str!("paper.typ");
const LISTING: &str = include_str!("listing.typ");
const SCORE_SHEETS: &str = include_str!("score-sheets.typ");
const JUDGE_CARDS: &str = include_str!("judge-cards.typ");

/// The most cards or sheets in one file.
pub const SHEETS_MAX: usize = 5_000;

/// The most rows of one listing: a thousand pages and more.
pub const ROWS_MAX: usize = 50_000;

/// About as much text as a page of a listing holds.
const PAGE_BYTES: usize = 4_000;

/// What is the same for all paper of a contest.
#[derive(Clone, Debug)]
pub struct Paper<'a> {
    /// Of the labels.
    pub language: Language,
    pub contest: &'a str,
    pub organizer: Option<&'a str>,
    pub judges_are: JudgeWord,
    /// When it is printed, as the footer shows it (`2026-05-01 14:30`); may be empty.
    pub printed: &'a str,
    pub results: Results,
}

/// Whether the results on a paper can still change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Results {
    /// Says "not final" across every page.
    NotFinal,
    Sealed,
    /// Nothing on it is a result.
    None,
}

#[derive(Clone, Debug)]
pub struct JudgeCard {
    pub name: String,
    /// 外观组 裁判 · 组长.
    pub role: String,
    pub panel: Option<String>,
    /// The short code to type where no camera is.
    pub code: String,
    /// The address in the QR code, which logs in.
    pub login_url: String,
    /// The address to type, above which the short code stands.
    pub address: String,
}

/// One judge's sheet for one entrant, or a sheet of a panel, blank or filled in.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ScoreSheet {
    /// 评分表, or what the contest calls it; `None` for the usual word.
    pub title: Option<String>,
    /// Stage, piece, panel: beneath the title.
    pub under: Option<String>,
    /// What identifies the sheet: (选手编号, 017), (裁判, 裁判3). An empty value is a line to write on.
    pub facts: Vec<(String, String)>,
    /// Headings of the columns to mark in, from left to right: (评分), or (深度 mm, 长度 mm, 得分).
    pub columns: Vec<String>,
    pub sections: Vec<SheetSection>,
    /// In the last column, beneath all; `Some("")` is a blank to write in.
    pub total: Option<String>,
    #[serde(skip)]
    pub signers: Vec<Signer>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SheetSection {
    pub title: Option<String>,
    pub rows: Vec<SheetRow>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SheetRow {
    pub title: String,
    /// The allotment (配分), with its sign for a deduction.
    pub points: String,
    /// Steps, bands or the fault described, as a judge reads it.
    pub rule: String,
    /// As many as the sheet has columns; empty is blank.
    pub cells: Vec<String>,
}

/// A table over as many pages as it needs, its head on each.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Listing {
    pub title: String,
    pub under: Option<String>,
    pub page: Page,
    pub columns: Vec<Column>,
    pub sections: Vec<ListSection>,
    /// Rows high enough to sign in.
    pub to_sign: bool,
    pub notes: Vec<String>,
    #[serde(skip)]
    pub signers: Vec<Signer>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Page {
    A4Upright,
    A4Across,
    A3Across,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Column {
    pub title: String,
    /// Small, beneath the title: a weight, a maximum.
    pub note: Option<String>,
    pub side: Side,
    /// Shares of the width that is left; `None` is as wide as its text.
    pub width: Option<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    Text,
    Number,
    Middle,
    /// In the middle too; a rank or a number drawn, which a spreadsheet keeps as a number.
    #[serde(rename = "middle")]
    Ordinal,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ListSection {
    pub title: Option<String>,
    /// Each as long as the columns.
    pub rows: Vec<Vec<String>>,
}

/// Who signs in ink, in the words of the contest's kind (裁判长, or 评委会主任).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signer {
    Entrant,
    Judge,
    Leader,
    Chief,
    Supervisor,
    /// 统分人, who added up.
    Clerk,
    /// 复核人.
    Checker,
    Organizer,
}

impl Signer {
    /// 裁判长签名.
    pub fn title(self, paper: &Paper) -> String {
        let adjudicators = paper.judges_are == JudgeWord::Adjudicator;
        let key = match self {
            Signer::Entrant => "paper-sign-entrant",
            Signer::Judge if adjudicators => "paper-sign-adjudicator",
            Signer::Judge => "paper-sign-judge",
            Signer::Leader => "paper-sign-leader",
            Signer::Chief if adjudicators => "paper-sign-chief-adjudicator",
            Signer::Chief => "paper-sign-chief",
            Signer::Supervisor => "paper-sign-supervisor",
            Signer::Clerk => "paper-sign-clerk",
            Signer::Checker => "paper-sign-checker",
            Signer::Organizer => "paper-sign-organizer",
        };
        label(paper, key)
    }
}

/// Cards to cut out, eight on an A4 page.
pub fn judge_cards(fonts: &Fonts, paper: &Paper, cards: &[JudgeCard]) -> Result<Vec<u8>, Vec<Problem>> {
    limit(cards.len(), SHEETS_MAX)?;
    let codes = cards.iter().map(|card| qr::svg(&card.login_url, &card.name)).collect::<Result<Vec<_>, _>>();
    let title = match paper.judges_are {
        JudgeWord::Referee => label(paper, "paper-judge-card"),
        JudgeWord::Adjudicator => label(paper, "paper-adjudicator-card"),
    };
    let cards = cards.iter().enumerate().map(|(position, card)| {
        json!({
            "title": title, "name": card.name, "role": card.role, "panel": card.panel, "code": card.code,
            "address": card.address, "qr": code_name(position + 1),
        })
    });
    let cards = cards.collect();
    print(fonts, paper, "judge-cards.typ", JUDGE_CARDS, &cards, codes.map_err(|problem| vec![problem])?)
}

/// Score sheets, each from a new page and with page numbers of its own.
pub fn score_sheets(fonts: &Fonts, paper: &Paper, sheets: &[ScoreSheet]) -> Result<Vec<u8>, Vec<Problem>> {
    limit(sheets.len(), SHEETS_MAX)?;
    let sheets = sheets.iter().map(|sheet| {
        let mut data = json!(sheet);
        data["title"] = json!(sheet.title.clone().unwrap_or_else(|| label(paper, "paper-score-sheet")));
        data["signers"] = signers(paper, &sheet.signers);
        for (part, section) in sheet.sections.iter().enumerate() {
            for (place, row) in section.rows.iter().enumerate() {
                data["sections"][part]["rows"][place]["cells"] = json!(filled(&row.cells, sheet.columns.len()));
            }
        }
        data
    });
    let sheets = sheets.collect();
    print(fonts, paper, "score-sheets.typ", SCORE_SHEETS, &sheets, Vec::new())
}

/// Any table: the summary, the award list, the list to sign, the lots.
pub fn listing(fonts: &Fonts, paper: &Paper, listing: &Listing) -> Result<Vec<u8>, Vec<Problem>> {
    limit(listing.sections.iter().map(|section| section.rows.len()).sum(), ROWS_MAX)?;
    let mut data = json!(listing);
    data["signers"] = signers(paper, &listing.signers);
    for (part, section) in listing.sections.iter().enumerate() {
        let rows: Vec<_> = section.rows.iter().map(|row| filled(row, listing.columns.len())).collect();
        data["sections"][part]["rows"] = json!(rows);
    }
    print(fonts, paper, "listing.typ", LISTING, &data, Vec::new())
}

/// A label of printed paper in the paper's language.
pub(super) fn label(paper: &Paper, id: &str) -> String {
    paper.language.say(id).into_owned()
}

fn print(
    fonts: &Fonts,
    paper: &Paper,
    name: &str,
    source: &str,
    document: &Value,
    codes: Vec<Vec<u8>>,
) -> Result<Vec<u8>, Vec<Problem>> {
    let template = Template::new(name, source).with_file("paper.typ", PAPER.as_bytes().to_vec());
    let labels: serde_json::Map<_, _> = LABELS.iter().map(|&id| (id.to_owned(), json!(label(paper, id)))).collect();
    let watermark = (paper.results == Results::NotFinal).then(|| label(paper, "paper-not-final"));
    let data = json!({
        "fonts": { "serif": fonts.serif, "sans": fonts.sans },
        "labels": labels,
        "language": paper.language.tag(),
        "contest": paper.contest,
        "organizer": paper.organizer,
        "printed": paper.printed,
        "watermark": watermark,
        "document": document,
    });
    let mut problems = Vec::new();
    let mut reader = fonts.reader();
    each_text(&data, &mut |text| {
        let characters = reader.cannot_draw(text);
        if !characters.is_empty() {
            problems.push(Problem::CannotDraw { whose: text.to_owned(), text: text.to_owned(), characters });
        }
    });
    if !problems.is_empty() {
        return Err(problems);
    }
    let pages = document.as_array().map_or_else(|| data["document"].to_string().len() / PAGE_BYTES, Vec::len);
    let press = Press::new(fonts, &template, codes.len()).map_err(|problem| vec![problem])?;
    let pdf = on_a_deep_stack(|| press.set(&data, codes));
    forget_job(pages);
    pdf
}

/// Labels that the templates read.
const LABELS: &[&str] = &[
    "paper-page",
    "paper-colon",
    "paper-score-sheet",
    "paper-cards",
    "paper-total",
    "paper-row-number",
    "paper-aspect",
    "paper-allotment",
    "paper-standard",
    "paper-code",
    "paper-scan",
];

fn signers(paper: &Paper, signers: &[Signer]) -> Value {
    json!(signers.iter().map(|signer| signer.title(paper)).collect::<Vec<_>>())
}

/// A row of exactly `length` cells, so that a short one cannot shift those after it.
fn filled(cells: &[String], length: usize) -> Vec<&str> {
    (0..length).map(|at| cells.get(at).map_or("", String::as_str)).collect()
}

fn each_text(value: &Value, see: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => see(text),
        Value::Array(values) => values.iter().for_each(|value| each_text(value, see)),
        Value::Object(values) => values.values().for_each(|value| each_text(value, see)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn limit(given: usize, most: usize) -> Result<(), Vec<Problem>> {
    if given > most { Err(vec![Problem::TooMany { given, most }]) } else { Ok(()) }
}
