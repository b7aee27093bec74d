//! Colours of the settings: whether text in them can be read.

use crate::config::Colour;
use crate::diagnostic::{Diagnostic, Rule};
use crate::site::Site;

/// The least contrast of text with its ground, of 1 to 21 (WCAG 2.2, success criterion 1.4.3, level AA).
const LEAST: f64 = 4.5;

/// What the theme `clinic` sets text of the colour on, besides white, and what that is called: its `--paper`, and its
/// `--wash`, which has this share of the colour in white.
const PAPER: Colour = Colour([0xf3, 0xf7, 0xf6]);
const WASH: f64 = 0.09;

pub(super) fn check(site: &Site<'_>) -> Option<Diagnostic> {
    let config = site.context.config;
    let accent = config.theme_settings.accent.as_ref()?;
    let colour = accent.value;
    let wash = wash(colour);
    let grounds = [
        (Colour([255; 3]), "white".to_owned()),
        (PAPER, format!("`{PAPER}`, the ground of pages,")),
        (wash, format!("`{wash}`, its tint in boxes,")),
    ];
    let (contrast, ground) = grounds
        .iter()
        .map(|(ground, name)| (contrast(colour, *ground), name))
        .find(|(contrast, _)| *contrast < LEAST)?;
    // Rounded down, so that what is too low never reads as enough.
    let shown = (contrast * 100.0).floor() / 100.0;
    let message =
        format!("`{colour}` on {ground} has a contrast of {shown:.2} to 1, and text needs {LEAST} to 1");
    let finding = Diagnostic::new(Rule::ContrastTooLow, config.place(accent.span), message);
    Some(finding.help("choose a darker colour"))
}

/// The contrast of two colours (WCAG 2.2, "contrast ratio").
fn contrast(first: Colour, second: Colour) -> f64 {
    let (first, second) = (luminance(first), luminance(second));
    (first.max(second) + 0.05) / (first.min(second) + 0.05)
}

/// The colour as a tint of white, mixed as `color-mix(in srgb)` does.
fn wash(Colour(channels): Colour) -> Colour {
    // A mix of two channels is between them, so it fits.
    Colour(channels.map(|channel| (f64::from(channel) * WASH + 255.0 * (1.0 - WASH)).round() as u8))
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
        let white = Colour([255; 3]);
        let shown = |red, green, blue| (contrast(Colour([red, green, blue]), white) * 100.0).round() / 100.0;
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

    #[test]
    fn a_colour_that_is_dark_enough_for_white_may_be_too_bright_for_tinted_grounds() {
        use super::super::sample::{check, settings};
        let settings = |colour: &str| settings(&format!("[theme_settings]\naccent = \"{colour}\"\n"));
        check(
            &[("site.toml", settings("#757575"))],
            &["site.toml `\"#757575\"`: error[contrast-too-low]: `#757575` on `#f3f7f6`, the ground of \
               pages, has a contrast of 4.26 to 1, and text needs 4.5 to 1; choose a darker colour"],
        );
        check(
            &[("site.toml", settings("#717171"))],
            &["site.toml `\"#717171\"`: error[contrast-too-low]: `#717171` on `#f2f2f2`, its tint in \
               boxes, has a contrast of 4.35 to 1, and text needs 4.5 to 1; choose a darker colour"],
        );
        check(&[("site.toml", settings("#6e6e6e"))], &[]);
    }
}
