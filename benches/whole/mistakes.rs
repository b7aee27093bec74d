//! Puts one mistake into every page of a made-up site: ten kinds in turn, of front matter, links, markup and words.

/// The files with a mistake in each page, and how many mistakes there are.
pub fn spoil(files: &[(String, String)]) -> (Vec<(String, String)>, usize) {
    let mut mistakes = 0;
    let spoilt = files.iter().map(|(path, text)| {
        let is_page = ["exercises", "guidance", "medicines"]
            .iter()
            .any(|folder| path.starts_with(&format!("content/{folder}/")));
        if !is_page {
            return (path.clone(), text.clone());
        }
        mistakes += 1;
        (path.clone(), spoilt_page(text, mistakes))
    });
    (spoilt.collect(), mistakes)
}

/// The page with the mistake whose turn it is.
fn spoilt_page(text: &str, turn: usize) -> String {
    let replaced = |from: &str, to: &str| {
        let page = text.replacen(from, to, 1);
        assert_ne!(page, text, "the page has no `{from}`");
        page
    };
    let longer = |line: &str| format!("{}\n\n{line}\n", text.trim_end());
    match turn % 10 {
        0 => replaced("\nsummary:", "\nsumary:"),
        1 => replaced("\"\nsummary:", "\nsummary:"),
        2 => replaced("conditions:\n  - ", "conditions:\n  - q"),
        3 => replaced("last_reviewed: 2026-", "last_reviewed: 2026/"),
        4 => replaced("\nstatus: published", "\nstatus: publishd"),
        5 => match text.contains(".md).") {
            true => replaced(".md).", "-and-more.md)."),
            false => longer("See [the next step](gentle-heel-slide.md)."),
        },
        6 => longer("See [[gentle-heel-slide]]."),
        7 => longer("It is the <b>end</b>."),
        8 => {
            longer("The joint goes on and on and on and on and on and on and on and on and on and on and on.")
        }
        _ => longer("The joint is crumbling."),
    }
}
