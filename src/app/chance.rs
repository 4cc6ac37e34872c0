//! The only place that asks the system for randomness: salts, seeds, tokens, ids and codes.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};

use super::{Error, Result};

/// What a person can read from paper and type with gloves: no two of these look alike.
const CODE_LETTERS: &[u8; 26] = b"346789ACDEFGHJKMNPQRTUVWXY";
pub(super) const CODE_LETTERS_COUNT: usize = 8;

pub(super) fn bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| Error::Chance)?;
    Ok(bytes)
}

/// 32 characters for an address; nobody guesses it.
pub(super) fn token() -> Result<String> {
    Ok(BASE64URL_NOPAD.encode(&bytes::<24>()?))
}

/// An id that nobody else has, short enough for a log.
pub(super) fn id(prefix: &str) -> Result<String> {
    Ok(format!("{prefix}{}", HEXLOWER.encode(&bytes::<10>()?)))
}

/// A short code to type.
pub(super) fn code() -> Result<String> {
    let mut code = String::with_capacity(CODE_LETTERS_COUNT);
    while code.len() < CODE_LETTERS_COUNT {
        for byte in bytes::<16>()? {
            // 234 is nine times 26: above it, some letters would come more often than others.
            if byte < 234 && code.len() < CODE_LETTERS_COUNT {
                code.push(char::from(CODE_LETTERS[usize::from(byte) % CODE_LETTERS.len()]));
            }
        }
    }
    Ok(code)
}
