//! Codes that people hand over, whatever for: read from an argument, a file or stdin; shown as text, as a QR code in the
//! terminal and as a picture.

use std::path::Path;

use qrcode::render::svg;
use qrcode::{Color, EcLevel, QrCode};
use serde_json::Value;
use sesame_api::words::Words;
use sesame_api::{Code, Problem};

use super::{Context, write_new};
use crate::sheet::Sheet;
use crate::{Result, ask};

/// How every code begins. All of it is in the alphanumeric set of QR codes (ISO/IEC 18004, 7.4.4), which keeps them small.
const PREFIX: &str = "SESAME:";
/// The widest QR code, with its margin, that is drawn in a terminal.
const COLUMNS_MAX: usize = 80;
/// Light modules round the code. The standard asks for four; two are what fits and what telephones read from a screen.
const MARGIN: usize = 2;

/// The code that was given: itself, the content of a file, or of stdin for `-`.
pub(super) fn read(given: &str) -> Result<String> {
    let is_code = |text: &str| text.get(..PREFIX.len()).is_some_and(|start| start.eq_ignore_ascii_case(PREFIX));
    let given = given.trim();
    if is_code(given) {
        return Ok(joined(given));
    }
    if given != "-" && !Path::new(given).exists() {
        return Err(Problem::new(Code::BadCode));
    }
    let text = ask::whole(Path::new(given))?;
    // A person may have pasted the whole message: the code is where it begins, up to the first empty line.
    let from = text.to_ascii_uppercase().find(PREFIX).ok_or_else(|| Problem::new(Code::BadCode))?;
    let rest = text[from..].split("\n\n").next().unwrap_or_default();
    Ok(joined(rest))
}

/// A code without the breaks that a mail put in.
fn joined(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace()).collect()
}

/// A code on a sheet: the text whole, on a line of its own, then its QR code, or what to do when that is too wide.
/// `option` is the option that writes a picture.
pub(super) fn shown(words: &Words, sheet: Sheet, code: &str, option: &str) -> Sheet {
    let sheet = sheet.line(code).gap();
    match drawing(code) {
        Some(lines) => sheet.drawn_by_us(lines),
        None => sheet.line(words.with("cli-code-large", &[("option", option.into())])),
    }
}

/// The code in an answer of the node.
pub(super) fn of(answer: &Value) -> &str {
    answer.get("code").and_then(Value::as_str).unwrap_or_default()
}

/// A picture is never written over another file. To be asked before the code is made: a code that nobody sees is lost.
pub(super) fn must_be_new(name: &str, picture: Option<&Path>) -> Result<()> {
    match picture.filter(|path| path.exists()) {
        Some(path) => {
            Err(Problem::new(Code::BadValue).with("name", name).with("value", path.display()).with("why", "exists"))
        }
        None => Ok(()),
    }
}

/// Writes the QR code as SVG, if a file was named, and says so with the words of `told`.
pub(super) fn save(context: &Context, path: Option<&Path>, code: &str, told: &str) -> Result<()> {
    let Some(path) = path else { return Ok(()) };
    write_new(path, picture(code)?.as_bytes())?;
    let file = path.display().to_string();
    context.output.tell(&context.words().with(told, &[("file", (&file).into())]));
    Ok(())
}

/// The QR code in half blocks: light is what is drawn, as on a dark screen. Nothing when it is wider than a terminal.
fn drawing(code: &str) -> Option<String> {
    let qr = QrCode::with_error_correction_level(code.as_bytes(), EcLevel::L).ok()?;
    let (modules, width) = (qr.to_colors(), qr.width());
    if width + 2 * MARGIN > COLUMNS_MAX {
        return None;
    }
    // Outside of the code everything is light.
    let light = |x: usize, y: usize| match (x.checked_sub(MARGIN), y.checked_sub(MARGIN)) {
        (Some(x), Some(y)) if x < width && y < width => modules[y * width + x] == Color::Light,
        _ => true,
    };
    let side = width + 2 * MARGIN;
    let line = |y: usize| {
        let blocks = (0..side).map(|x| match (light(x, y), light(x, y + 1)) {
            (true, true) => '█',
            (true, false) => '▀',
            (false, true) => '▄',
            (false, false) => ' ',
        });
        blocks.collect::<String>()
    };
    Some((0..side).step_by(2).map(line).collect::<Vec<_>>().join("\n"))
}

/// The QR code as a picture, with the margin that the standard asks for.
fn picture(code: &str) -> Result<String> {
    let qr = QrCode::with_error_correction_level(code.as_bytes(), EcLevel::M)
        .or_else(|_| QrCode::with_error_correction_level(code.as_bytes(), EcLevel::L));
    let qr = qr.map_err(|_| Problem::new(Code::TooLarge))?;
    Ok(qr.render::<svg::Color<'_>>().min_dimensions(480, 480).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_in_the_terminal_fits_eighty_columns() {
        let code = format!("SESAME:1:{}", "A7".repeat(200));
        let lines = drawing(&code).expect("four hundred signs fit");
        let widths: Vec<usize> = lines.lines().map(|line| line.chars().count()).collect();
        assert!(widths.iter().all(|width| *width == widths[0] && *width <= COLUMNS_MAX), "{widths:?}");
        let (first, last) = (lines.lines().next().unwrap(), lines.lines().last().unwrap());
        assert!(first.chars().chain(last.chars()).all(|block| block == '█'), "{lines}");
        assert_eq!(drawing(&"A".repeat(4_000)), None);
    }

    #[test]
    fn a_pasted_message_gives_its_code() {
        assert_eq!(read(" sesame:1:ab cd\n ef ").unwrap(), "sesame:1:abcdef");
        assert_eq!(read("no such file").unwrap_err().code, Code::BadCode);
        let path = std::env::temp_dir().join(format!("sesame-code-{}", std::process::id()));
        std::fs::write(&path, "Bonjour,\nvoici : SESAME:1:ABC\nDEF\n\nÀ bientôt").unwrap();
        assert_eq!(read(path.to_str().unwrap()).unwrap(), "SESAME:1:ABCDEF");
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn the_picture_is_a_drawing_without_a_script() {
        let svg = picture("SESAME:1:ABC").unwrap();
        assert!(svg.contains("<svg") && !svg.contains("<script"));
    }
}
