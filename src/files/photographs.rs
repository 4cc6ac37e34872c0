//! Photographs from phones: known by their bytes, turned upright, made small, and written anew, so that nothing of where
//! and with what they were taken stays in them.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder, imageops::FilterType,
};

/// The longer side of what is kept.
pub const SIDE_MAX: u32 = 1_600;
/// What a phone's camera writes.
pub const BYTES_MAX: usize = 12 << 20;
const QUALITY: u8 = 82;
/// Of what is opened, as its header says: opened, each takes three to eight bytes.
pub const PIXELS_MAX: u64 = 25_000_000;
const OPENED_BYTES_MAX: u64 = 256 << 20;

/// Why it is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    TooLarge,
    /// More than [`PIXELS_MAX`].
    TooManyPixels,
    /// Neither JPEG nor PNG, or broken.
    NoPicture,
}

/// A JPEG without metadata, at most [`SIDE_MAX`] wide and high. Takes some tenths of a second of a processor.
pub fn cleaned(bytes: &[u8]) -> Result<Vec<u8>, NotTaken> {
    if bytes.len() > BYTES_MAX {
        return Err(NotTaken::TooLarge);
    }
    let format = image::guess_format(bytes).map_err(|_| NotTaken::NoPicture)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png) {
        return Err(NotTaken::NoPicture);
    }
    let reader = || {
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        let mut limits = Limits::default();
        limits.max_alloc = Some(OPENED_BYTES_MAX);
        reader.limits(limits);
        reader
    };
    let (width, height) = reader().into_dimensions().map_err(|_| NotTaken::NoPicture)?;
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(NotTaken::TooManyPixels);
    }
    let mut decoder = reader().into_decoder().map_err(|_| NotTaken::NoPicture)?;
    // What the phone noted about how it was held is the only part of its notes that is used.
    let held = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| NotTaken::NoPicture)?;
    if picture.width().max(picture.height()) > SIDE_MAX {
        picture = picture.resize(SIDE_MAX, SIDE_MAX, FilterType::Triangle);
    }
    if let Some(held) = held {
        picture.apply_orientation(held);
    }
    let mut written = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut written, QUALITY);
    picture.to_rgb8().write_with_encoder(encoder).map_err(|_| NotTaken::NoPicture)?;
    Ok(written)
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};

    use super::*;

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let picture = RgbImage::from_fn(width, height, |x, _| Rgb([if x < width / 2 { 255 } else { 0 }, 0, 0]));
        picture.write_with_encoder(JpegEncoder::new(&mut bytes)).unwrap();
        bytes
    }

    /// A JPEG with an Exif segment: orientation 6 (the phone was held upright), and a place in words.
    fn from_a_phone(width: u32, height: u32) -> Vec<u8> {
        let plain = jpeg(width, height);
        let mut tiff = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
        tiff.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
        tiff.extend(b"\x01\x0e\0\x02\0\0\0\x0c\0\0\0\x26\0\0\0\0");
        tiff.extend(b"30.25N120.1E");
        let mut bytes = plain[..2].to_vec();
        bytes.extend([0xFF, 0xE1]);
        bytes.extend(u16::try_from(tiff.len() + 2).unwrap().to_be_bytes());
        bytes.extend(tiff);
        bytes.extend(&plain[2..]);
        bytes
    }

    #[test]
    fn nothing_of_where_it_was_taken_stays() {
        let phone = from_a_phone(400, 200);
        let holds = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).any(|part| part == what);
        assert!(holds(&phone, b"30.25N"));
        let cleaned = cleaned(&phone).unwrap();
        assert!(!holds(&cleaned, b"30.25N") && !holds(&cleaned, b"Exif"));
        // It was held upright, and is upright now.
        let picture = image::load_from_memory(&cleaned).unwrap();
        assert_eq!((picture.width(), picture.height()), (200, 400));
    }

    #[test]
    fn it_is_made_small() {
        let picture = image::load_from_memory(&cleaned(&jpeg(3_200, 1_000)).unwrap()).unwrap();
        assert_eq!((picture.width(), picture.height()), (1_600, 500));
    }

    /// A PNG that says in its header how large it is, and has nothing behind it.
    fn png_of(width: u32, height: u32) -> Vec<u8> {
        let mut head = b"IHDR".to_vec();
        head.extend(width.to_be_bytes());
        head.extend(height.to_be_bytes());
        head.extend([8, 2, 0, 0, 0]);
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
        bytes.extend(&head);
        bytes.extend(crc(&head).to_be_bytes());
        bytes.extend(b"\0\0\0\0IDAT");
        bytes.extend(crc(b"IDAT").to_be_bytes());
        bytes
    }

    fn crc(bytes: &[u8]) -> u32 {
        let bit = |crc: u32| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
        !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| bit(crc)))
    }

    #[test]
    fn a_bomb_is_known_by_its_header() {
        assert_eq!(crc(b"IEND"), 0xAE42_6082, "as the format's description has it");
        assert_eq!(cleaned(&png_of(9_000, 9_000)), Err(NotTaken::TooManyPixels));
        assert_eq!(cleaned(&png_of(5_001, 5_000)), Err(NotTaken::TooManyPixels));
        assert_eq!(cleaned(&png_of(100_000, 251)), Err(NotTaken::TooManyPixels));
        // So many are opened, and there is nothing.
        assert_eq!(cleaned(&png_of(5_000, 5_000)), Err(NotTaken::NoPicture));
    }

    #[test]
    fn only_pictures_are_taken() {
        for bytes in
            [&b""[..], b"GIF89a", b"<svg viewBox=\"0 0 1 1\">", b"\xFF\xD8\xFF\xE0broken", b"\x89PNG\r\n\x1a\n"]
        {
            assert_eq!(cleaned(bytes), Err(NotTaken::NoPicture), "{bytes:?}");
        }
        assert_eq!(cleaned(&vec![0; BYTES_MAX + 1]), Err(NotTaken::TooLarge));
    }
}
