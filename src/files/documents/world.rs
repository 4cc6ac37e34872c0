//! The typesetter's world: a template, its data, its pictures and the fonts; no clock, no network, no other file.
//!
//! Typst keeps the name of every file for the life of the process in 16 bits, so names are few and fixed: the main
//! file, the data, the codes by number, and what stands beside a template.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
};

use typst::{
    Library, LibraryExt, World, WorldExt,
    diag::{FileError, FileResult, Severity, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use super::{fonts::Fonts, problem::Problem, template::Template};

/// The typesetter recurses deeply; a test's or a runtime's thread is too shallow for it.
pub(super) const STACK_BYTES: usize = 8 * 1024 * 1024;

/// After so many documents the typesetter forgets what it remembers of them. Not after each: its memory is searched
/// whole, however empty, so that a large document before would slow down a thousand small ones.
const DOCUMENTS_REMEMBERED: usize = 20;

/// How many small jobs may pass before what only an older one used is forgotten.
const JOBS_REMEMBERED: usize = 8;

const MAIN: &str = "main.typ";
const DATA: &str = "data.json";

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// One template, ready to be set many times with other data.
pub(super) struct Press<'a> {
    fonts: &'a Fonts,
    name: &'a str,
    main: Source,
    parts: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
    data: FileId,
    codes: Vec<FileId>,
}

impl<'a> Press<'a> {
    /// `codes`: how many QR codes one document may have, as `/qr-1.svg`, `/qr-2.svg`, ….
    pub(super) fn new(fonts: &'a Fonts, template: &'a Template, codes: usize) -> Result<Press<'a>, Problem> {
        let mut parts = HashMap::new();
        let mut files = HashMap::new();
        for (name, bytes) in &template.files {
            let id = file_id(name)?;
            if name.to_ascii_lowercase().ends_with(".typ") {
                let text = String::from_utf8(bytes.clone())
                    .map_err(|error| Problem::File { file: name.clone(), message: error.to_string() })?;
                parts.insert(id, Source::new(id, text));
            } else {
                files.insert(id, Bytes::new(bytes.clone()));
            }
        }
        Ok(Press {
            fonts,
            name: &template.name,
            main: Source::new(file_id(MAIN)?, template.source.clone()),
            parts,
            files,
            data: file_id(DATA)?,
            codes: (1..=codes).map(|number| file_id(&code_name(number))).collect::<Result<_, _>>()?,
        })
    }

    /// Sets one document. Must run on a thread with [`STACK_BYTES`] of stack.
    pub(super) fn set(&self, data: &serde_json::Value, codes: Vec<Vec<u8>>) -> Result<Vec<u8>, Vec<Problem>> {
        let mut sheet = HashMap::from([(self.data, Bytes::from_string(data.to_string()))]);
        sheet.extend(self.codes.iter().copied().zip(codes.into_iter().map(Bytes::new)));
        let world = Sheet { press: self, sheet };
        let set = typst::compile::<PagedDocument>(&world);
        // A warning is a family that is missing or a page that never settles: paper that nobody should sign.
        let warnings = self.problems(&world, &set.warnings);
        let document = set.output.map_err(|errors| self.problems(&world, &errors))?;
        if !warnings.is_empty() {
            return Err(warnings);
        }
        let options = PdfOptions { creator: Smart::Custom(Some("Leitai".to_owned())), ..PdfOptions::default() };
        typst_pdf::pdf(&document, &options).map_err(|errors| self.problems(&world, &errors))
    }

    fn problems(&self, world: &Sheet, found: &[SourceDiagnostic]) -> Vec<Problem> {
        found.iter().map(|one| self.problem(world, one)).collect()
    }

    fn problem(&self, world: &Sheet, found: &SourceDiagnostic) -> Problem {
        let at = found.span.id().and_then(|id| Some((id, world.source(id).ok()?)));
        let place =
            at.as_ref().and_then(|(_, source)| source.lines().byte_to_line_column(world.range(found.span)?.start));
        let file = match &at {
            Some((id, _)) if *id != self.main.id() => id.vpath().get_without_slash().to_owned(),
            _ => self.name.to_owned(),
        };
        if found.severity == Severity::Warning
            && let Some(family) = found.message.strip_prefix("unknown font family: ")
        {
            return Problem::FontUnknown { file, family: family.to_owned() };
        }
        let hints = found.hints.iter().map(|hint| hint.v.as_str());
        let message = std::iter::once(found.message.as_str()).chain(hints).collect::<Vec<_>>().join("; ");
        let (line, column) = place.unwrap_or_default();
        Problem::Template { file, line: line + 1, column: column + 1, message }
    }
}

/// The virtual name of the `number`th code of a document, from 1.
pub(super) fn code_name(number: usize) -> String {
    format!("qr-{number}.svg")
}

/// To be called with the number of documents that one job has set so far, after each.
pub(super) fn forget_some(documents: usize) {
    if documents.is_multiple_of(DOCUMENTS_REMEMBERED) {
        comemo::evict(1);
    }
}

/// To be called when a job of so many pages is done: the memory of a large one is given back at once.
pub(super) fn forget_job(pages: usize) {
    comemo::evict(if pages > DOCUMENTS_REMEMBERED { 0 } else { JOBS_REMEMBERED });
}

/// Runs `work` where the typesetter has room, and waits.
pub(super) fn on_a_deep_stack<T: Send>(
    work: impl FnOnce() -> Result<T, Vec<Problem>> + Send,
) -> Result<T, Vec<Problem>> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("typesetter".to_owned()).stack_size(STACK_BYTES);
        let running = thread.spawn_scoped(scope, work);
        let failed = |message: String| vec![Problem::Typesetter { message }];
        match running {
            Ok(running) => running.join().unwrap_or_else(|_| Err(failed("a thread broke off".to_owned()))),
            Err(error) => Err(failed(error.to_string())),
        }
    })
}

fn file_id(name: &str) -> Result<FileId, Problem> {
    // The interner panics when 16 bits are used up, and a folder of templates may hold any name once.
    static NAMES: Mutex<Vec<String>> = Mutex::new(Vec::new());
    const NAMES_MAX: usize = 32_768;
    let problem = |message: String| Problem::File { file: name.to_owned(), message };
    let path = VirtualPath::new(name).map_err(|error| problem(format!("{error:?}")))?;
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Err(place) = names.binary_search_by(|known| known.as_str().cmp(name)) {
        if names.len() == NAMES_MAX {
            return Err(problem("too many different template files since the program was started".to_owned()));
        }
        names.insert(place, name.to_owned());
    }
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// A [`Press`] with the data of one document.
struct Sheet<'a> {
    press: &'a Press<'a>,
    sheet: HashMap<FileId, Bytes>,
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.fonts.book
    }

    fn main(&self) -> FileId {
        self.press.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.press.main.id() {
            return Ok(self.press.main.clone());
        }
        self.press.parts.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let file = self.sheet.get(&id).or_else(|| self.press.files.get(&id));
        file.cloned().ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        // A document's date is part of its data.
        None
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
