//! A PDF as other programs see it: text by `pdftotext`, pages by `pdfinfo`, codes from the rendered page.

use std::{collections::BTreeSet, path::Path, process::Command};

/// A PDF in a folder of its own, for the programs that read files.
pub(crate) struct Printed {
    folder: tempfile::TempDir,
}

impl Printed {
    pub(crate) fn new(pdf: &[u8]) -> Printed {
        let folder = tempfile::tempdir().expect("a scratch folder");
        std::fs::write(folder.path().join("printed.pdf"), pdf).expect("the PDF is written");
        if let Some(keep) = std::env::var_os("LEITAI_TEST_PDFS") {
            let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
            let number = std::fs::read_dir(&keep).expect("LEITAI_TEST_PDFS is a folder").count();
            std::fs::write(Path::new(&keep).join(format!("{name}-{number:02}.pdf")), pdf).expect("the PDF is kept");
        }
        Printed { folder }
    }

    fn run(&self, program: &str, arguments: &[&str]) -> String {
        let ran = Command::new(program).current_dir(self.folder.path()).args(arguments).output();
        let ran = ran.unwrap_or_else(|error| panic!("{program} (Debian package poppler-utils): {error}"));
        assert!(ran.status.success(), "{program}: {}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).expect("text in UTF-8")
    }

    /// Text as a reader copies it, without the spaces and breaks of the typesetting.
    pub(crate) fn text(&self) -> String {
        self.run("pdftotext", &["-layout", "printed.pdf", "-"]).chars().filter(|c| !c.is_whitespace()).collect()
    }

    pub(crate) fn about(&self, what: &str) -> String {
        let about = self.run("pdfinfo", &["printed.pdf"]);
        let line = about.lines().find_map(|line| line.strip_prefix(&format!("{what}:")));
        line.unwrap_or_default().trim().to_owned()
    }

    pub(crate) fn pages(&self) -> usize {
        self.about("Pages").parse().expect("a number of pages")
    }

    /// The texts of the codes on a page (from 1), decoded from its picture.
    pub(crate) fn codes(&self, page: usize) -> BTreeSet<String> {
        self.codes_in(page, 1, 1)
    }

    /// As [`Printed::codes`], looking at one part of the page after the other: the detector takes corners of
    /// neighbouring codes for one code.
    pub(crate) fn codes_in(&self, page: usize, columns: u32, rows: u32) -> BTreeSet<String> {
        let page = page.to_string();
        self.run("pdftoppm", &["-r", "200", "-f", &page, "-l", &page, "-png", "-singlefile", "printed.pdf", "page"]);
        let picture = image::open(self.folder.path().join("page.png")).expect("the page was drawn").to_luma8();
        let (wide, high) = (picture.width() / columns, picture.height() / rows);
        let parts = (0..rows).flat_map(|row| (0..columns).map(move |column| (column * wide, row * high)));
        let mut codes = BTreeSet::new();
        for (x, y) in parts {
            let part = image::imageops::crop_imm(&picture, x, y, wide, high).to_image();
            let mut part = rqrr::PreparedImage::prepare(part);
            codes.extend(part.detect_grids().iter().map(|grid| grid.decode().expect("a code that can be read").1));
        }
        codes
    }
}
