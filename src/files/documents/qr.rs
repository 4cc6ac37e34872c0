//! QR codes as SVG text, with their quiet zone.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};

use super::problem::Problem;

/// The white rim, in modules, that readers need around a code (ISO/IEC 18004).
const QUIET: usize = 4;

/// Draws `text`; `whose` names the document in the problem. One path holds all modules, so that no hairlines show between
/// them on paper.
pub(super) fn svg(text: &str, whose: &str) -> Result<Vec<u8>, Problem> {
    let code = QRBuilder::new(text).ecl(ECL::M).build();
    let code = code.map_err(|_| Problem::QrTooLong { whose: whose.to_owned(), bytes: text.len() })?;
    let side = code.size + 2 * QUIET;
    let mut path = String::new();
    for row in 0..code.size {
        let mut column = 0;
        while column < code.size {
            let run = (column..code.size).take_while(|&at| code[row][at].value()).count();
            if run > 0 {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", column + QUIET, row + QUIET);
            }
            column += run.max(1);
        }
    }
    Ok(format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{path}" fill="black"/></svg>"#
    )
    .into_bytes())
}
