//! Colours of the settings: whether text in them can be read.

use crate::diagnostic::{Diagnostic, Rule};
use crate::site::Site;

/// The least contrast of text with its ground, of 1 to 21 (WCAG 2.2, success criterion 1.4.3, level AA).
const LEAST: f64 = 4.5;

pub(super) fn check(site: &Site<'_>) -> Option<Diagnostic> {
    let config = site.context.config;
    let (accent, span) = config.theme_settings.accent.as_ref()?;
    let luminance = luminance(accent)?;
    let contrast = 1.05 / (luminance + 0.05);
    if contrast >= LEAST {
        return None;
    }
    // Rounded down, so that what is too low never reads as enough.
    let shown = (contrast * 100.0).floor() / 100.0;
    let message = format!("`{accent}` on white has a contrast of {shown:.2} to 1, and text needs {LEAST} to 1");
    let finding = Diagnostic::new(Rule::ContrastTooLow, config.place(*span), message);
    Some(finding.help("choose a darker colour"))
}

/// How bright the colour `#rrggbb` or `#rgb` is, from 0 for black to 1 for white (WCAG 2.2, "relative luminance").
fn luminance(colour: &str) -> Option<f64> {
    let digits = colour.strip_prefix('#')?;
    let channels: Vec<u32> = match digits.len() {
        3 => digits.chars().map(|digit| digit.to_digit(16).map(|digit| digit * 17)).collect::<Option<_>>()?,
        6 => (0..3).map(|at| u32::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()).collect::<Option<_>>()?,
        _ => return None,
    };
    let linear = |channel: &u32| {
        let channel = f64::from(*channel) / 255.0;
        if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    };
    let weights = [0.2126, 0.7152, 0.0722];
    Some(channels.iter().zip(weights).map(|(channel, weight)| weight * linear(channel)).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_white(colour: &str) -> Option<f64> {
        luminance(colour).map(|luminance| (105.0 / (luminance + 0.05)).round() / 100.0)
    }

    #[test]
    fn contrast_with_white_is_what_other_tools_say() {
        assert_eq!(on_white("#000000"), Some(21.0));
        assert_eq!(on_white("#fff"), Some(1.0));
        assert_eq!(on_white("#767676"), Some(4.54));
        assert_eq!(on_white("#777777"), Some(4.48));
        assert_eq!(on_white("#ff0000"), Some(4.0));
    }

    #[test]
    fn what_is_no_colour_has_no_luminance() {
        for text in ["", "#", "#12", "#12345g", "red", "#1234567", "#é1"] {
            assert_eq!(luminance(text), None, "{text}");
        }
    }
}
