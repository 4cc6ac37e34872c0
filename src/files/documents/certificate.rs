//! Certificates (荣誉证书): one PDF of all, or one file each in a ZIP.
//!
//! Whoever cannot be printed right is named before anything is set. Knows neither who wins what nor which
//! template an award wants.

use std::{
    collections::HashSet,
    io::{Cursor, Write},
    sync::mpsc::{Receiver, sync_channel},
};

use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{
    dates,
    fonts::Fonts,
    problem::Problem,
    qr,
    template::Template,
    world::{Press, STACK_BYTES, code_name, forget_job, forget_some, on_a_deep_stack},
};

/// The most certificates in one PDF: the typesetter holds about a megabyte for each page until all are done.
pub const IN_ONE_MAX: usize = 2_000;

/// The most certificates in one ZIP: about 40 KiB each, held until all are done.
pub const FILES_MAX: usize = 10_000;

/// More threads than this only wait for one another's memory.
const THREADS_MAX: usize = 4;

/// Finished files that wait, per thread, until their turn comes.
const WAITING_MAX: usize = 2;

/// What stands on one certificate; all texts as they are printed.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Certificate {
    /// BCP 47, of the contest's own texts: `zh-CN`, `en`.
    pub language: String,
    pub winner: Winner,
    /// The winner's unit; for a team, the unit it came from.
    pub unit: Option<String>,
    pub contest: String,
    /// 工种 and 组别, where the contest has them.
    pub event: Option<String>,
    pub group: Option<String>,
    /// 一等奖.
    pub award: String,
    /// A title that comes with it: 授予“技术能手”称号.
    pub confers: Option<String>,
    /// On which it is given.
    #[serde(skip)]
    pub date: Date,
    pub serial: String,
    /// The check page; in the QR code, and beneath it without the scheme.
    pub check_url: String,
    /// The bodies that seal it (落款), in their order.
    pub issuers: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "name")]
pub enum Winner {
    /// Addressed as 同志.
    Person(String),
    /// A team or a unit: no form of address.
    Team(String),
}

impl Winner {
    pub fn name(&self) -> &str {
        match self {
            Winner::Person(name) | Winner::Team(name) => name,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// One PDF, a page each.
    One,
    /// A ZIP with a PDF each, named by serial number and name.
    Each,
}

/// Sets all certificates, in their order. `progress` is told how many of how many are done: step by step for
/// [`Output::Each`]; for [`Output::One`], which is one piece of work, at its beginning and end.
pub fn certificates(
    fonts: &Fonts,
    template: &Template,
    certificates: &[Certificate],
    output: Output,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Vec<u8>, Vec<Problem>> {
    let most = match output {
        Output::One => IN_ONE_MAX,
        Output::Each => FILES_MAX,
    };
    if certificates.len() > most {
        return Err(one(Problem::TooMany { given: certificates.len(), most }));
    }
    check(fonts, certificates)?;
    progress(0, certificates.len());
    let made = make(fonts, template, certificates, output, progress);
    forget_job(certificates.len());
    made
}

fn make(
    fonts: &Fonts,
    template: &Template,
    certificates: &[Certificate],
    output: Output,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Vec<u8>, Vec<Problem>> {
    match output {
        Output::One => {
            let codes = certificates.iter().map(code).collect::<Result<Vec<_>, _>>().map_err(one)?;
            let press = Press::new(fonts, template, codes.len()).map_err(one)?;
            let pdf = on_a_deep_stack(|| press.set(&data(fonts, certificates), codes))?;
            progress(certificates.len(), certificates.len());
            Ok(pdf)
        }
        Output::Each => {
            let press = Press::new(fonts, template, 1).map_err(one)?;
            each(&press, fonts, certificates, progress)
        }
    }
}

/// Everything that would print wrong, of all certificates.
fn check(fonts: &Fonts, certificates: &[Certificate]) -> Result<(), Vec<Problem>> {
    let mut reader = fonts.reader();
    let mut problems = Vec::new();
    for certificate in certificates {
        let Certificate { unit, contest, event, group, award, confers, serial, issuers, .. } = certificate;
        let texts = [certificate.winner.name(), contest, award, serial, &certificate.check_url];
        let further = [unit, event, group, confers].into_iter().flatten().chain(issuers).map(String::as_str);
        for text in texts.into_iter().chain(further) {
            let characters = reader.cannot_draw(text);
            if !characters.is_empty() {
                let whose = format!("{} ({serial})", certificate.winner.name());
                problems.push(Problem::CannotDraw { whose, text: text.to_owned(), characters });
            }
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn code(certificate: &Certificate) -> Result<Vec<u8>, Problem> {
    qr::svg(&certificate.check_url, certificate.winner.name())
}

/// What a template reads: `fonts.serif` and `fonts.sans` (families), and `certificates`, each with the fields of
/// [`Certificate`] and `date` (printed form), `issued` (ISO) and `qr` (a file).
fn data(fonts: &Fonts, certificates: &[Certificate]) -> serde_json::Value {
    let pages = certificates.iter().enumerate().map(|(position, certificate)| {
        let mut page = json!(certificate);
        page["date"] = json!(dates::formal(certificate.date, &certificate.language));
        page["issued"] = json!(certificate.date.to_string());
        page["qr"] = json!(code_name(position + 1));
        page
    });
    let pages: Vec<_> = pages.collect();
    json!({ "fonts": { "serif": fonts.serif, "sans": fonts.sans }, "certificates": pages })
}

type Finished = Result<Vec<u8>, Vec<Problem>>;

/// Thread `k` of `n` sets the certificates `k`, `k + n`, …; the archive takes them in turn, so that its bytes do not
/// depend on who was faster, and a few finished ones at most wait.
fn each(
    press: &Press,
    fonts: &Fonts,
    certificates: &[Certificate],
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Vec<u8>, Vec<Problem>> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(THREADS_MAX);
    std::thread::scope(|scope| {
        let mut lines: Vec<Receiver<Finished>> = Vec::new();
        for first in 0..threads {
            let (line, finished) = sync_channel(WAITING_MAX);
            lines.push(finished);
            let work = move || {
                for certificate in certificates.iter().skip(first).step_by(threads) {
                    let sheet = data(fonts, std::slice::from_ref(certificate));
                    let set = code(certificate).map_err(one).and_then(|code| press.set(&sheet, vec![code]));
                    // Nobody listens any more when an earlier certificate failed.
                    if line.send(set).is_err() {
                        return;
                    }
                }
            };
            let thread = std::thread::Builder::new().name("typesetter".to_owned()).stack_size(STACK_BYTES);
            thread.spawn_scoped(scope, work).map_err(|error| one(failed(&error)))?;
        }
        let mut names = HashSet::new();
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (position, certificate) in certificates.iter().enumerate() {
            let pdf = lines[position % threads].recv().map_err(|error| one(failed(&error)))??;
            // A PDF is compressed inside.
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            let mut name = file_name(certificate);
            if !names.insert(name.clone()) {
                // Serial numbers that differ only in what a file system forbids.
                name = format!("{} {name}", position + 1);
            }
            archive.start_file(name, options).map_err(|error| one(failed(&error)))?;
            archive.write_all(&pdf).map_err(|error| one(failed(&error)))?;
            forget_some(position + 1);
            progress(position + 1, certificates.len());
        }
        let archive = archive.finish().map_err(|error| one(failed(&error)))?;
        Ok(archive.into_inner())
    })
}

/// `LT-2026-0001 王芳.pdf`. Serial numbers are unique, so files are; what a file system forbids becomes `_`.
fn file_name(certificate: &Certificate) -> String {
    const CHARACTERS_MAX: usize = 60;
    let plain = |character: char| match character {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        other => other,
    };
    let name = format!("{} {}", certificate.serial, certificate.winner.name());
    let name: String = name.chars().filter(|c| !c.is_control()).map(plain).take(CHARACTERS_MAX).collect();
    format!("{}.pdf", name.trim_matches([' ', '.']))
}

fn failed(error: &dyn std::error::Error) -> Problem {
    Problem::Typesetter { message: error.to_string() }
}

fn one(problem: Problem) -> Vec<Problem> {
    vec![problem]
}
