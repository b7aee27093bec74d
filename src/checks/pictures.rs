//! Pictures that fields and settings name: whether they are there.

use super::is_complete;
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::input::Asset;
use crate::markdown::{Destination, Link, LinkRole, is_file_name};
use crate::page::{Intact, Page};
use crate::site::{Site, resolve_link};
use crate::source::Spanned;
use crate::suggest::closest;
use crate::tree::Node;

pub(super) fn check(site: &Site<'_>, page: &Page) -> Vec<Diagnostic> {
    let images = page.fields.get("images").map_or(&[][..], Node::items);
    let wrong = |image: &Node| {
        let src = image.get("src")?;
        let destination = Destination::of_link(src.as_text()?);
        let link = Link { role: LinkRole::Image, destination, span: src.span };
        resolve_link(site, page, &link).err().map(|finding| *finding)
    };
    let no_step = |image: &Node| no_step(page, image);
    let no_words = |image: &Node| no_words(page, image);
    let each = images.iter().flat_map(|image| [wrong(image), no_words(image), no_step(image)]).flatten();
    each.chain(without(site, page)).collect()
}

/// A picture whose words are no more than the name of its file.
fn no_words(page: &Page, image: &Node) -> Option<Diagnostic> {
    let alt = image.get("alt")?;
    let text = alt.as_text().filter(|text| is_file_name(text))?;
    let message = format!("`{text}` is the name of a file, and does not say what the picture shows");
    let finding = Diagnostic::new(Rule::ImageAltMissing, page.place(alt.span), message);
    Some(finding.help("say what it shows, as `A person lying on their back`"))
}

/// A picture of a step that the exercise does not have.
fn no_step(page: &Page, image: &Node) -> Option<Diagnostic> {
    let step = image.get("step")?;
    let number = step.as_integer()?;
    // A list that is too short or no list at all has a finding of its own.
    let list = page.body.heading("steps")?.list.filter(|list| list.ordered && list.items > 1)?;
    if page.intact != Intact::Wholly || number <= i64::from(list.items) {
        return None;
    }
    let message = format!("the picture shows step {number}, and the exercise has {} steps", list.items);
    let finding = Diagnostic::new(Rule::OutOfRange, page.place(step.span), message);
    Some(finding.help(format!("write the number of a step, from 1 to {}", list.items)))
}

/// An exercise without a picture, where the site asks for one.
fn without(site: &Site<'_>, page: &Page) -> Option<Diagnostic> {
    let is_asked = site.context.config.level(Rule::ExerciseWithoutImage) != Level::Allow;
    if !is_asked || &*page.key.kind != "exercise" || !is_complete(page) || page.fields.get("images").is_some()
    {
        return None;
    }
    if page.body.links.iter().any(|link| link.role == LinkRole::Image) {
        return None;
    }
    let message = "the exercise has no picture";
    let finding = Diagnostic::new(Rule::ExerciseWithoutImage, page.whole(), message);
    Some(
        finding
            .help("save one beside the page, and name it in `images` with words for people who can't see it"),
    )
}

/// Drawings that would do more than show themselves.
pub(super) fn check_drawings(site: &Site<'_>) -> Vec<Diagnostic> {
    let finding = |asset: &Asset| {
        let danger = asset.danger.as_ref()?;
        let message = format!("the drawing holds {danger}");
        let finding = Diagnostic::new(Rule::PictureUnsafe, Place::file(&asset.path), message);
        Some(finding.help("save it again as a plain SVG, without scripts, links and linked pictures"))
    };
    site.context.assets.iter().filter_map(finding).collect()
}

/// Pictures of the settings: `[publisher] logo` and `[theme_settings] logo`.
pub(super) fn check_settings(site: &Site<'_>) -> Vec<Diagnostic> {
    let config = site.context.config;
    let publisher = config.publisher.as_ref().and_then(|publisher| publisher.logo.as_ref());
    let logos = publisher.into_iter().chain(&config.theme_settings.logo);
    logos.filter_map(|logo| wrong_logo(site, logo)).collect()
}

fn wrong_logo(site: &Site<'_>, logo: &Spanned<String>) -> Option<Diagnostic> {
    let Spanned { value: path, span } = logo;
    let finding = |rule, message: String| Diagnostic::new(rule, site.context.config.place(*span), message);
    if !matches!(Destination::of_link(path), Destination::File { .. }) {
        let finding = finding(Rule::UnsafeLink, format!("`{path}` is no file of this site"));
        return Some(finding.help("save the picture under `content/` and name the file here"));
    }
    let inside = path.strip_prefix("content/").unwrap_or(path);
    if path.starts_with('/') || path.split('/').any(|part| part == "..") {
        let finding = finding(Rule::LinkOutOfSite, format!("`{path}` lies outside of `content/`"));
        return Some(finding.help("put the picture under `content/`, and write the path from there"));
    }
    if site.asset(&format!("content/{inside}")).is_some() {
        return None;
    }
    let finding = finding(Rule::MissingAsset, format!("there is no file `content/{inside}`"));
    let assets = site.context.assets.iter().filter_map(|asset| asset.path.as_str().strip_prefix("content/"));
    Some(match closest(inside, assets) {
        Some(right) => finding.help(format!("did you mean `content/{right}`?")),
        None => finding.help("put the picture there, or mend the path"),
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::{check, exercise, settings};

    fn squat(images: &str) -> String {
        exercise("Squat", &format!("dose: {{reps: 5}}\nimages: [{images}]"))
    }

    #[test]
    fn a_picture_of_a_field_is_there() {
        let files = |src: &str| {
            [
                ("content/exercises/squat.md", squat(&format!("{{src: {src}, alt: A person squats.}}"))),
                ("content/exercises/squat.svg", "x".to_owned()),
            ]
        };
        check(&files("squat.svg"), &[]);
        check(&files("../exercises/squat.svg"), &[]);
        check(
            &files("squatt.svg"),
            &["content/exercises/squat.md `squatt.svg`: error[missing-asset]: there is no file \
               `squatt.svg`; did you mean `squat.svg`? | write `squat.svg` for `squatt.svg`"],
        );
        check(
            &files("../../squat.svg"),
            &["content/exercises/squat.md `../../squat.svg`: error[link-out-of-site]: `../../squat.svg` \
               lies outside of `content/`; put the file beside the page, or lead to a page under `content/`"],
        );
        check(
            &files("\"https://example.org/squat.svg\""),
            &["content/exercises/squat.md `\"https://example.org/squat.svg\"`: error[unsafe-link]: the \
               picture would be fetched from another host; save it beside the page and name the file here"],
        );
        check(
            &files("\"javascript:alert(1)\""),
            &["content/exercises/squat.md `\"javascript:alert(1)\"`: error[unsafe-link]: `javascript:` is \
               no address that a page may lead to; lead to a page of this site, or begin the address with \
               `https://`, `mailto:` or `tel:`"],
        );
        check(
            &files("squat.md"),
            &["content/exercises/squat.md `squat.md`: error[missing-asset]: there is no file `squat.md`; \
               put the file at `content/exercises/squat.md`, or mend the path"],
        );
    }

    #[test]
    fn a_logo_is_there() {
        let settings = |logo: &str| settings(&format!("[publisher]\nname = \"Us\"\nlogo = \"{logo}\"\n"));
        let files = |logo: &str| [("site.toml", settings(logo)), ("content/logo.svg", "x".to_owned())];
        check(&files("content/logo.svg"), &[]);
        check(&files("logo.svg"), &[]);
        check(
            &files("content/logo.png"),
            &["site.toml `\"content/logo.png\"`: error[missing-asset]: there is no file \
               `content/logo.png`; did you mean `content/logo.svg`?"],
        );
        check(
            &files("../logo.svg"),
            &["site.toml `\"../logo.svg\"`: error[link-out-of-site]: `../logo.svg` lies outside of \
               `content/`; put the picture under `content/`, and write the path from there"],
        );
        check(
            &files("https://example.org/logo.svg"),
            &["site.toml `\"https://example.org/logo.svg\"`: error[unsafe-link]: \
               `https://example.org/logo.svg` is no file of this site; save the picture under `content/` \
               and name the file here"],
        );
    }

    #[test]
    fn pictures_of_exercises_are_asked_for_only_where_the_site_does() {
        let settings = settings("[rules]\nexercise-without-image = \"warn\"\n");
        check(
            &[("site.toml", settings.as_str())],
            &["content/exercises/squat.md `---`: warning[exercise-without-image]: the exercise has no \
               picture; save one beside the page, and name it in `images` with words for people who can't \
               see it"],
        );
        let shown = exercise("Squat", "dose: {reps: 5}") + "\n![A person squats.](squat.svg)\n";
        check(
            &[
                ("site.toml", settings.as_str()),
                ("content/exercises/squat.md", shown.as_str()),
                ("content/exercises/squat.svg", "x"),
            ],
            &[],
        );
    }
}
