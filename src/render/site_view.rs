//! What every template sees of the site, and what the settings add to its looks.

use super::Stage;
use super::filling::{BodyFilling, Marks, Numbering, Placement, encoded};
use super::frame::direction;
use super::telephone::{Holds, linked};
use crate::markdown::Body;
use crate::schema::ReviewDuty;
use crate::view::{Link, Picture, Publisher, SiteView};

/// A text of the settings, filled for the place whose way to the root is `root`.
fn text(stage: &Stage<'_>, body: &Body, targets: &[crate::site::Target], root: &str) -> String {
    let mut numbering = Numbering::default();
    let mut filling = BodyFilling {
        site: stage.site,
        strings: &stage.theme.strings,
        page: None,
        body,
        targets,
        root,
        prefix: "",
        placement: Placement::Own,
        numbering: &mut numbering,
        marks: &mut Marks::default(),
    };
    let mut out = String::new();
    body.fragment.fill(0..body.fragment.len(), &mut filling, &mut out);
    out
}

/// The site's own words for when to stop, for exercises that have none.
pub fn stop_if(stage: &Stage<'_>) -> Vec<String> {
    let texts = &stage.site.texts;
    // They stand on exercise pages and handouts; links in them are refused when the settings are read.
    texts.stop_if.iter().map(|(body, targets)| text(stage, body, targets, "")).collect()
}

/// The site as templates see it from the place whose way to the root is `root`.
pub fn view(stage: &Stage<'_>, root: &str) -> SiteView {
    let site = stage.site;
    let config = site.context.config;
    let page =
        |id| Link { title: site.page(id).title().to_owned(), address: Some(encoded(site.address(id))) };
    let pages = site.listed("page").filter(|id| !stage.is_home(*id)).map(page).collect();
    let policy = site.find("page", "sourcing-policy").filter(|id| site.is_listed(*id)).map(page);
    let logo = config.theme_settings.logo.as_ref().or_else(|| config.publisher.as_ref()?.logo.as_ref());
    SiteView {
        title: config.title.clone(),
        language: config.language.clone(),
        direction: direction(&config.language),
        notice_html: site.texts.notice.as_ref().map(|(body, targets)| text(stage, body, targets, root)),
        logo: logo.map(|logo| picture(stage, logo.value.strip_prefix("content/").unwrap_or(&logo.value))),
        publisher: config.publisher.as_ref().map(|publisher| Publisher {
            name: publisher.name.clone(),
            address: publisher.address.clone(),
            contact_url: publisher.contact_url.clone(),
            contact_email: publisher.contact_email.clone(),
            opening_hours: publisher.opening_hours.clone(),
        }),
        emergency: config.help.emergency.clone(),
        emergency_html: linked(&config.help.emergency, Holds::Numbers),
        urgent: config.help.urgent.as_ref().map(|urgent| urgent.value.clone()),
        urgent_html: config.help.urgent.as_ref().map(|urgent| linked(&urgent.value, Holds::Words)),
        noindex: config.review.duty == ReviewDuty::NotRequired,
        sections: stage.sections.iter().map(|(_, link, _)| link.clone()).collect(),
        pages,
        policy,
        feed: super::feed::address(stage),
        az: Link { title: stage.theme.strings.say("az_title", &[]), address: Some("a-z.html".to_owned()) },
        accent: config.theme_settings.accent.as_ref().map(|accent| accent.value.to_string()),
        show_sources: config.theme_settings.show_sources,
    }
}

/// The picture at `address`, which stands beside words that say the same.
fn picture(stage: &Stage<'_>, address: &str) -> Picture {
    let sides = stage.site.asset(&format!("content/{address}")).and_then(|asset| asset.sides);
    Picture {
        address: encoded(address),
        alt: String::new(),
        caption: None,
        step: None,
        width: sides.map(|sides| sides.width),
        height: sides.map(|sides| sides.height),
    }
}

/// The stylesheet with the colours of the settings, if they give any.
pub fn brand(stage: &Stage<'_>) -> Option<String> {
    let accent = stage.site.context.config.theme_settings.accent.as_ref()?;
    Some(format!(":root {{\n  --accent: {};\n}}\n", accent.value))
}
