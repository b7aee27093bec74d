//! Colours of the settings: whether text in them can be read.

use crate::config::Colour;
use crate::diagnostic::{Diagnostic, Rule};
use crate::site::Site;

/// The least contrast of text with its ground, of 1 to 21 (WCAG 2.2, success criterion 1.4.3, level AA).
const LEAST: f64 = 4.5;

pub(super) fn check(site: &Site<'_>) -> Option<Diagnostic> {
    let config = site.context.config;
    let accent = config.theme_settings.accent.as_ref()?;
    let contrast = on_white(accent.value);
    if contrast >= LEAST {
        return None;
    }
    // Rounded down, so that what is too low never reads as enough.
    let shown = (contrast * 100.0).floor() / 100.0;
    let colour = accent.value;
    let message =
        format!("`{colour}` on white has a contrast of {shown:.2} to 1, and text needs {LEAST} to 1");
    let finding = Diagnostic::new(Rule::ContrastTooLow, config.place(accent.span), message);
    Some(finding.help("choose a darker colour"))
}

/// The contrast of a colour with white, whose luminance is 1 (WCAG 2.2, "contrast ratio").
fn on_white(colour: Colour) -> f64 {
    (1.0 + 0.05) / (luminance(colour) + 0.05)
}

/// How bright a colour is, from 0 for black to 1 for white (WCAG 2.2, "relative luminance").
fn luminance(Colour(channels): Colour) -> f64 {
    let linear = |channel: u8| {
        let channel = f64::from(channel) / 255.0;
        if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = channels.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_with_white_is_what_other_tools_say() {
        let shown = |red, green, blue| (on_white(Colour([red, green, blue])) * 100.0).round() / 100.0;
        assert_eq!(shown(0, 0, 0), 21.0);
        assert_eq!(shown(255, 255, 255), 1.0);
        assert_eq!(shown(118, 118, 118), 4.54);
        assert_eq!(shown(119, 119, 119), 4.48);
        assert_eq!(shown(255, 0, 0), 4.0);
    }

    #[test]
    fn a_colour_that_is_too_bright_is_found_in_the_settings() {
        use super::super::sample::{check, settings};
        let settings = |colour: &str| settings(&format!("[theme_settings]\naccent = \"{colour}\"\n"));
        check(&[("site.toml", settings("#005ea5"))], &[]);
        check(
            &[("site.toml", settings("#777777"))],
            &["site.toml `\"#777777\"`: error[contrast-too-low]: `#777777` on white has a contrast of 4.47 \
               to 1, and text needs 4.5 to 1; choose a darker colour"],
        );
    }
}
