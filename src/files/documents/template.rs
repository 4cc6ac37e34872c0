//! A Typst template with the files beside it, read once.
//!
//! A template reads its data with `json("data.json")`; nothing of an entrant is ever written into its source.

use std::{collections::BTreeMap, path::Path};

use super::problem::Problem;

/// Certificates of a skills contest, in red and gold: used where an award names no template.
const SKILLS: &str = include_str!("../../../contest-configs/templates/skills.typ");
const SPEECH: &str = include_str!("../../../contest-configs/templates/speech.typ");
const CERTIFICATE: &str = include_str!("../../../contest-configs/templates/certificate.typ");

/// A template folder is small; more is a mistake.
const FILES_MAX: usize = 64;
const FILE_BYTES_MAX: u64 = 8 * 1024 * 1024;

/// What may stand beside a template: parts of it, and pictures (a seal, an emblem).
const KINDS: &[&str] = &["typ", "svg", "png", "jpg", "jpeg", "gif", "webp"];

#[derive(Clone, Debug)]
pub struct Template {
    /// As in messages: `skills.typ`.
    pub(super) name: String,
    pub(super) source: String,
    /// By name, without a folder.
    pub(super) files: BTreeMap<String, Vec<u8>>,
}

impl Template {
    pub fn new(name: &str, source: &str) -> Template {
        Template { name: name.to_owned(), source: source.to_owned(), files: BTreeMap::new() }
    }

    /// A file that the template reads by `name`: a part (`.typ`) or a picture.
    #[must_use]
    pub fn with_file(mut self, name: &str, bytes: Vec<u8>) -> Template {
        self.files.insert(name.to_owned(), bytes);
        self
    }

    /// The certificate that comes with the program.
    pub fn shipped() -> Template {
        Template::built_in("skills.typ", SKILLS)
    }

    /// A template of the shipped definitions, by its path below the contests folder: a program that was installed alone
    /// has no such folder.
    pub fn shipped_as(path: &str) -> Option<Template> {
        match path {
            "templates/skills.typ" => Some(Template::shipped()),
            "templates/speech.typ" => Some(Template::built_in("speech.typ", SPEECH)),
            _ => None,
        }
    }

    fn built_in(name: &str, source: &str) -> Template {
        Template::new(name, source).with_file("certificate.typ", CERTIFICATE.as_bytes().to_vec())
    }

    /// Reads a template and the parts and pictures in its folder.
    pub fn open(path: &Path) -> Result<Template, Problem> {
        let wrong = |path: &Path, message: String| Problem::File { file: path.display().to_string(), message };
        let source = std::fs::read_to_string(path).map_err(|error| wrong(path, error.to_string()))?;
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("template.typ");
        let mut template = Template::new(name, &source);
        let folder = path.parent().unwrap_or(Path::new("."));
        let entries = std::fs::read_dir(folder).map_err(|error| wrong(folder, error.to_string()))?;
        for entry in entries.filter_map(Result::ok) {
            let beside = entry.path();
            let kind = beside.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
            let Some(file) = beside.file_name().and_then(|file| file.to_str()) else { continue };
            let size = entry.metadata().map_or(0, |about| about.len());
            if !KINDS.contains(&kind.to_ascii_lowercase().as_str()) || file == name || size > FILE_BYTES_MAX {
                continue;
            }
            let bytes = std::fs::read(&beside).map_err(|error| wrong(&beside, error.to_string()))?;
            template.files.insert(file.to_owned(), bytes);
            if template.files.len() > FILES_MAX {
                return Err(wrong(folder, format!("more than {FILES_MAX} files")));
            }
        }
        Ok(template)
    }
}
