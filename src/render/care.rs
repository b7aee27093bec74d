//! The signs to get help for, which stand on every page for patients and those who care for them.

use super::filling::Placement;
use super::sheet::Sheet;
use crate::page::Page;
use crate::site::PageId;
use crate::view::CareCards;

/// The signs to get help for: of the page's own conditions, or of the safety net that it is.
pub fn of_page(sheet: &mut Sheet<'_>, id: PageId, page: &Page) -> Option<CareCards> {
    let net = match &*page.key.kind {
        "safety-net" => return cards(sheet, id, Placement::Own),
        "condition" => safety_net(sheet, page)?,
        // Who begins at the start page sees them first.
        "page" if sheet.stage.is_home(id) => sheet
            .stage
            .site
            .listed("safety-net")
            .find(|net| !sheet.stage.site.page(*net).is_for_clinicians())?,
        _ => {
            if page.is_for_clinicians() {
                return None;
            }
            let site = sheet.stage.site;
            let conditions: Vec<PageId> = site.referred(id, "conditions", &["condition"]).collect();
            conditions.into_iter().find_map(|condition| safety_net(sheet, site.page(condition)))?
        }
    };
    cards(sheet, net, Placement::Embedded(1))
}

/// The safety net that the condition names.
pub fn safety_net(sheet: &Sheet<'_>, condition: &Page) -> Option<PageId> {
    let site = sheet.stage.site;
    site.find("safety-net", condition.text("safety_net")?).filter(|net| site.is_listed(*net))
}

/// The cards of the safety net.
pub fn cards(sheet: &mut Sheet<'_>, net: PageId, placement: Placement) -> Option<CareCards> {
    let page = sheet.link(net);
    let cards = CareCards {
        page,
        emergency_html: sheet.field_list(net, "emergency", placement),
        urgent_html: sheet.field_list(net, "urgent", placement),
        routine_html: sheet.field_list(net, "routine", placement),
    };
    (!cards.emergency_html.is_empty() || !cards.urgent_html.is_empty()).then_some(cards)
}
