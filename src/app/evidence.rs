//! Files behind the figures of a labor competition: kept by the digest of their bytes, named by entries.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::{App, Result};
use crate::{
    rules::ledger::entry::Digest,
    store::pictures::{PICTURE_BYTES_MAX, Picture},
};

pub const EVIDENCE_BYTES_MAX: usize = PICTURE_BYTES_MAX;

/// What may be kept, told by its first bytes and not by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Pdf,
    Jpeg,
    Png,
}

impl Kind {
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            _ => None,
        }
    }

    pub fn media(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

impl App {
    /// At most [`EVIDENCE_BYTES_MAX`], which is for the caller to see to. The same file twice is kept once.
    pub async fn keep_evidence(&self, kind: Kind, bytes: Vec<u8>) -> Result<Digest> {
        let digest = HEXLOWER.encode(&Sha256::digest(&bytes));
        let file = Picture { digest: digest.clone(), media: kind.media().to_owned(), bytes };
        self.store().put_picture(file, self.now()).await?;
        Ok(Digest(digest))
    }

    /// Whether the asker may have it is for the caller to know.
    pub async fn evidence(&self, digest: &Digest) -> Result<Option<(Kind, Vec<u8>)>> {
        let found = self.store().picture(&digest.0).await?;
        Ok(found.and_then(|file| Some((Kind::of(&file.bytes)?, file.bytes))))
    }

    /// Those of these digests that are files; the others are notes, or were erased.
    pub async fn evidence_files(&self, digests: &[Digest]) -> Result<Vec<Digest>> {
        let sought: Vec<&str> = digests.iter().map(|digest| digest.0.as_str()).collect();
        Ok(self.store().known_pictures(&sought).await?.into_iter().map(Digest).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_its_first_bytes() {
        assert_eq!(Kind::of(b"%PDF-1.7 and more"), Some(Kind::Pdf));
        assert_eq!(Kind::of(&[0xFF, 0xD8, 0xFF, 0xE0, 0]), Some(Kind::Jpeg));
        assert_eq!(Kind::of(b"\x89PNG\r\n\x1a\n...."), Some(Kind::Png));
        assert_eq!(Kind::of(b"<html><script>"), None);
        assert_eq!(Kind::of(b"PK\x03\x04"), None);
        assert_eq!(Kind::of(b""), None);
    }
}
