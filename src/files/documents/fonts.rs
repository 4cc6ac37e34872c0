//! The fonts of this machine that documents may use, and what they can draw.
//!
//! Looked for once; only families made for documents are kept, so that a hundred decorative fonts cost nothing and
//! never stand in for a rare character. A font file is read when its first glyph is drawn. Knows no template.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use typst::{
    foundations::Bytes,
    text::{Font, FontBook, FontInfo, is_default_ignorable},
    utils::LazyHash,
};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::problem::Problem;

/// Song styles (宋体), best first: for certificates and running text.
const SERIF: &[&str] = &[
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "Songti SC",
    "STSong",
    "SimSun",
    "FandolSong",
];

/// Hei styles (黑体), best first: for tables and cards.
const SANS: &[&str] = &[
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "DengXian",
    "SimHei",
    "WenQuanYi Micro Hei",
    "FandolHei",
];

/// Asked only for what the fonts above lack: rare characters, and scripts in which people of China write names.
const FURTHER: &[&str] = &[
    "SimSun-ExtB",
    "SimSun-ExtG",
    "HanaMinA",
    "HanaMinB",
    "Plangothic P1",
    "Plangothic P2",
    "BabelStone Han",
    "Noto Sans Arabic",
    "Noto Sans Mongolian",
    "Noto Serif Tibetan",
    "Noto Sans Yi",
    "Microsoft Uighur",
    "Mongolian Baiti",
    "Microsoft Himalaya",
    "Microsoft Yi Baiti",
    "DejaVu Sans",
    "Arial",
];

static FURTHER_FOLDER: OnceLock<PathBuf> = OnceLock::new();

/// Fonts ready to be drawn with; cheap to share, expensive to find.
pub struct Fonts {
    pub(super) book: LazyHash<FontBook>,
    faces: Vec<Face>,
    /// Families by role, all of them present, best first.
    pub(super) serif: Vec<String>,
    pub(super) sans: Vec<String>,
}

struct Face {
    file: Arc<FontFile>,
    index: u32,
    font: OnceLock<Option<Font>>,
    /// Put there by the organizer, who alone knows what its private characters mean.
    own: bool,
}

/// A font file, shared by the faces of a collection.
struct FontFile {
    path: PathBuf,
    data: OnceLock<Option<Bytes>>,
}

impl Fonts {
    /// Looks in the system's font folders and in `folder` (and below), where an organizer may put further fonts:
    /// all of those are used.
    pub fn find(folder: Option<&Path>) -> Result<Fonts, Problem> {
        let mut own = fontdb::Database::new();
        if let Some(folder) = folder {
            own.load_fonts_dir(folder);
        }
        let mut system = fontdb::Database::new();
        system.load_system_fonts();
        let mut found = Found::default();
        found.take(&own, Owner::Organizer);
        found.take(&system, Owner::System);

        let own_families = found.own_families();
        let present = |wanted: &[&str]| -> Vec<String> {
            let has = |family: &&&str| found.book.contains_family(&family.to_lowercase());
            wanted.iter().filter(has).map(ToString::to_string).collect()
        };
        let (serif, sans, further) = (present(SERIF), present(SANS), present(FURTHER));
        if serif.is_empty() && sans.is_empty() {
            return Err(Problem::NoChineseFont { wanted: vec![SERIF[0], SANS[0]] });
        }
        let role = |first: &[String], second: &[String]| -> Vec<String> {
            let mut families: Vec<String> = Vec::new();
            for family in first.iter().chain(second).chain(&own_families).chain(&further) {
                if !families.contains(family) {
                    families.push(family.clone());
                }
            }
            families
        };
        Ok(Fonts {
            serif: role(&serif, &sans),
            sans: role(&sans, &serif),
            book: LazyHash::new(found.book),
            faces: found.faces,
        })
    }

    /// The system's fonts and those of the folder said before, looked for once in the life of the process.
    pub fn system() -> Result<&'static Fonts, Problem> {
        static SYSTEM: OnceLock<Result<Fonts, Problem>> = OnceLock::new();
        let found = SYSTEM.get_or_init(|| Fonts::find(FURTHER_FOLDER.get().map(PathBuf::as_path)));
        found.as_ref().map_err(Clone::clone)
    }

    /// A folder of further fonts for [`Fonts::system`]; said once, before the first document.
    pub fn also_in(folder: PathBuf) {
        // Only the first counts: a process has one data folder.
        let _ = FURTHER_FOLDER.set(folder);
    }

    pub(super) fn font(&self, index: usize) -> Option<Font> {
        let face = self.faces.get(index)?;
        face.font.get_or_init(|| Font::new(face.file.bytes()?, face.index)).clone()
    }

    /// A judge of texts, which remembers what it has seen.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader { fonts: self, known: BTreeMap::new() }
    }

    /// Whether one face can draw all of `cluster`: a base and its marks cannot be drawn by two fonts.
    fn draws(&self, cluster: &str) -> bool {
        self.faces.iter().enumerate().any(|(index, face)| {
            self.book.info(index).is_some_and(|info| {
                cluster.chars().all(|character| {
                    is_default_ignorable(character)
                        || (info.coverage.contains(u32::from(character)) && (face.own || !is_private(character)))
                })
            })
        })
    }
}

/// Reads texts cluster by cluster; what is not drawable comes back.
pub(super) struct Reader<'a> {
    fonts: &'a Fonts,
    known: BTreeMap<String, bool>,
}

impl Reader<'_> {
    /// The characters of `text` that would print as a box, as nothing, or that would turn the order of others.
    pub(super) fn cannot_draw(&mut self, text: &str) -> Vec<char> {
        let mut missing = Vec::new();
        for cluster in text.graphemes(true) {
            if self.can(cluster) {
                continue;
            }
            // Of a cluster that fails as a whole, those characters are named that fail alone; where none does, all.
            let alone: Vec<char> = cluster.chars().filter(|c| !self.can(c.encode_utf8(&mut [0; 4]))).collect();
            let named = if alone.is_empty() { cluster.chars().collect() } else { alone };
            for character in named {
                if !missing.contains(&character) {
                    missing.push(character);
                }
            }
        }
        missing
    }

    fn can(&mut self, cluster: &str) -> bool {
        if let Some(known) = self.known.get(cluster) {
            return *known;
        }
        let printable = !cluster.chars().any(is_disorderly);
        // The shaper composes what the text has decomposed.
        let can = cluster == "\n"
            || (printable && (self.fonts.draws(cluster) || self.fonts.draws(&cluster.nfc().collect::<String>())));
        self.known.insert(cluster.to_owned(), can);
        can
    }
}

/// Controls and overrides of direction: they print nothing, or change what others print.
fn is_disorderly(character: char) -> bool {
    (character.is_control() && character != '\n')
        || matches!(character, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn is_private(character: char) -> bool {
    matches!(u32::from(character), 0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF)
}

impl FontFile {
    fn bytes(&self) -> Option<Bytes> {
        self.data.get_or_init(|| std::fs::read(&self.path).ok().map(Bytes::new)).clone()
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Owner {
    System,
    Organizer,
}

#[derive(Default)]
struct Found {
    book: FontBook,
    faces: Vec<Face>,
    files: BTreeMap<PathBuf, Arc<FontFile>>,
}

impl Found {
    fn take(&mut self, database: &fontdb::Database, owner: Owner) {
        for face in database.faces() {
            let (fontdb::Source::File(path) | fontdb::Source::SharedFile(path, _)) = &face.source else { continue };
            if owner == Owner::System && !face.families.iter().any(|(family, _)| is_wanted(family)) {
                continue;
            }
            // Only the tables that describe the face are touched here: the database maps the file.
            let info = database.with_face_data(face.id, FontInfo::new).flatten();
            let Some(info) = info.filter(|info| owner == Owner::Organizer || is_wanted(&info.family)) else {
                continue;
            };
            let file = self
                .files
                .entry(path.clone())
                .or_insert_with(|| Arc::new(FontFile { path: path.clone(), data: OnceLock::new() }));
            self.faces.push(Face {
                file: Arc::clone(file),
                index: face.index,
                font: OnceLock::new(),
                own: owner == Owner::Organizer,
            });
            self.book.push(info);
        }
    }

    fn own_families(&self) -> Vec<String> {
        let own = self.faces.iter().enumerate().filter(|(_, face)| face.own);
        own.filter_map(|(index, _)| self.book.info(index)).map(|info| info.family.clone()).collect()
    }
}

fn is_wanted(family: &str) -> bool {
    [SERIF, SANS, FURTHER].iter().any(|list| list.contains(&family))
}
