//! The signs to get help for, which stand on every page for patients and those who care for them.

use super::filling::Placement;
use super::sheet::Sheet;
use crate::page::Page;
use crate::site::PageId;
use crate::view::CareCards;

/// The signs to get help for: of all of the page's conditions, or of the safety net that it is.
pub fn of_page(sheet: &mut Sheet<'_>, id: PageId, page: &Page) -> Option<CareCards> {
    let site = sheet.stage.site;
    let nets: Vec<PageId> = match &*page.key.kind {
        "safety-net" => return cards(sheet, &[id], Placement::Own),
        // Who begins at the start page sees them first, whatever hurts.
        "page" if sheet.stage.is_home(id) => {
            site.listed("safety-net").filter(|net| !site.page(*net).is_for_clinicians()).collect()
        }
        _ if page.is_for_clinicians() => return None,
        "condition" => safety_net(sheet, page).into_iter().collect(),
        _ => {
            let mut nets = Vec::new();
            for condition in site.referred(id, "conditions", &["condition"]) {
                let net = safety_net(sheet, site.page(condition));
                nets.extend(net.filter(|net| !nets.contains(net)));
            }
            nets
        }
    };
    cards(sheet, &nets, Placement::Embedded(1))
}

/// The safety net that the condition names.
pub fn safety_net(sheet: &Sheet<'_>, condition: &Page) -> Option<PageId> {
    let site = sheet.stage.site;
    site.find("safety-net", condition.text("safety_net")?).filter(|net| site.is_listed(*net))
}

/// The cards of the safety nets, each sign once.
pub fn cards(sheet: &mut Sheet<'_>, nets: &[PageId], placement: Placement) -> Option<CareCards> {
    let mut signs = |key: &str| {
        let mut signs: Vec<String> = Vec::new();
        for net in nets {
            for sign in sheet.field_list(*net, key, placement) {
                if !signs.contains(&sign) {
                    signs.push(sign);
                }
            }
        }
        signs
    };
    let (emergency_html, urgent_html, routine_html) = (signs("emergency"), signs("urgent"), signs("routine"));
    let pages = nets.iter().map(|net| sheet.link(*net)).collect();
    let cards = CareCards { pages, emergency_html, urgent_html, routine_html };
    (!cards.emergency_html.is_empty() || !cards.urgent_html.is_empty()).then_some(cards)
}
