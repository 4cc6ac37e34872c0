//! All certificates of a contest, each with the template that its award names.
//!
//! Where awards want different templates, "all in one" is one PDF for each template, in a ZIP.

use std::{
    collections::BTreeMap,
    io::{Cursor, Write as _},
    path::{Component, Path},
};

use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::documents::{Certificate, Fonts, Output, Problem, Template, certificates};

/// A certificate to be printed; `template` is a path below the contests folder, `None` the one that is shipped.
#[derive(Clone, Debug)]
pub struct Order {
    pub template: Option<String>,
    pub certificate: Certificate,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    pub bytes: Vec<u8>,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Pdf,
    Zip,
}

impl Kind {
    pub fn extension(self) -> &'static str {
        match self {
            Kind::Pdf => "pdf",
            Kind::Zip => "zip",
        }
    }

    /// The media type.
    pub fn media(self) -> &'static str {
        match self {
            Kind::Pdf => "application/pdf",
            Kind::Zip => "application/zip",
        }
    }
}

/// Sets all orders; nothing is printed when there is a problem. `progress` is told how many of how many are done.
pub fn print(
    fonts: &Fonts,
    contests_folder: &Path,
    orders: Vec<Order>,
    output: Output,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Printed, Vec<Problem>> {
    let all = orders.len();
    let mut by_template: BTreeMap<Option<String>, Vec<Certificate>> = BTreeMap::new();
    for order in orders {
        by_template.entry(order.template).or_default().push(order.certificate);
    }
    let mut sets = Vec::new();
    let mut before = 0;
    for (template, set) in by_template {
        let read = open(contests_folder, template.as_deref()).map_err(|problem| vec![problem])?;
        let told = |done: usize, _: usize| progress(before + done, all);
        let bytes = certificates(fonts, &read, &set, output, &told)?;
        before += set.len();
        sets.push((template.unwrap_or_else(|| "certificates".to_owned()), bytes));
    }
    let kind = match output {
        Output::One => Kind::Pdf,
        Output::Each => Kind::Zip,
    };
    match (sets.len(), output) {
        (1, _) => Ok(Printed { bytes: sets.remove(0).1, kind }),
        (_, Output::One) => Ok(Printed { bytes: packed(&sets).map_err(|error| failed(&error))?, kind: Kind::Zip }),
        (_, Output::Each) => Ok(Printed { bytes: merged(sets).map_err(|error| failed(&error))?, kind }),
    }
}

fn open(folder: &Path, template: Option<&str>) -> Result<Template, Problem> {
    let Some(template) = template else { return Ok(Template::shipped()) };
    let path = Path::new(template);
    // A definition names files of its own folder, not of the machine.
    if path.components().any(|part| !matches!(part, Component::Normal(_) | Component::CurDir)) {
        let message = "outside the contests folder".to_owned();
        return Err(Problem::File { file: template.to_owned(), message });
    }
    let path = folder.join(path);
    match Template::shipped_as(template).filter(|_| !path.exists()) {
        Some(shipped) => Ok(shipped),
        None => Template::open(&path),
    }
}

/// One file for each template, named by it.
fn packed(sets: &[(String, Vec<u8>)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (template, pdf) in sets {
        let name = Path::new(template).file_stem().map_or_else(|| template.clone(), |stem| stem.display().to_string());
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        archive.start_file(format!("{name}.pdf"), options)?;
        archive.write_all(pdf)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn merged(sets: Vec<(String, Vec<u8>)>) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (_, set) in sets {
        archive.merge_archive(ZipArchive::new(Cursor::new(set))?)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn failed(error: &zip::result::ZipError) -> Vec<Problem> {
    vec![Problem::Typesetter { message: error.to_string() }]
}
