//! What other tools, and other people, call the fields of pages, registers and settings.

/// Fields, each with what it is also called: in small letters, with hyphens. A name can stand for more than one field;
/// which one is meant, the place where it stands tells.
const NAMES: &[(&str, &[&str])] = &[
    // Every page.
    ("title", &["name", "heading", "headline", "page-title", "site-name", "sitename", "site-title"]),
    ("summary", &["description", "desc", "abstract", "excerpt", "subtitle", "intro", "teaser"]),
    ("status", &["state"]),
    ("language", &["lang", "locale"]),
    ("conditions", &["diagnosis", "diagnoses", "indications", "problems"]),
    ("phases", &["stage", "stages"]),
    ("audience", &["reader", "readers"]),
    ("authors", &["by", "writer", "writers", "written-by", "creator"]),
    ("reviewed_by", &["reviewer", "reviewers", "checked-by", "approved-by", "review-by"]),
    (
        "last_reviewed",
        &[
            "reviewed-on",
            "reviewed-at",
            "review-date",
            "reviewed-date",
            "date-reviewed",
            "last-review",
            "reviewed",
            "date",
            "updated",
            "updated-on",
            "last-updated",
            "modified",
            "last-modified",
            "lastmod",
        ],
    ),
    ("review_every", &["review-interval", "review-period", "review-cycle", "review-after"]),
    ("sources", &["references", "refs", "citations", "bibliography", "literature"]),
    ("aka", &["synonyms", "also-known-as", "other-names", "alternative-names"]),
    ("aliases", &["redirects", "redirect", "redirect-from", "old-urls", "old-addresses"]),
    ("changes", &["changelog", "history", "revisions"]),
    ("waive", &["exceptions", "ignore"]),
    // What retires a page, what changes it, and exceptions.
    ("on", &["date", "day"]),
    ("date", &["on", "day"]),
    ("reason", &["why", "because"]),
    ("replaced_by", &["successor", "replacement", "superseded-by"]),
    ("significance", &["importance", "kind", "type"]),
    ("rule", &["name", "id"]),
    ("until", &["end", "ends", "expires", "expiry", "valid-until"]),
    ("by", &["who", "person", "author"]),
    // Exercises and doses.
    ("start_position", &["position", "posture"]),
    ("dose", &["dosage", "amount", "prescription"]),
    ("reps", &["repetitions", "repetition", "repeats"]),
    ("sets", &["rounds", "series"]),
    ("hold", &["hold-for", "hold-time", "seconds"]),
    ("rest", &["pause", "break", "rest-time"]),
    ("duration", &["length", "minutes"]),
    ("times", &["frequency", "how-often"]),
    ("per", &["perday", "per-day", "perweek", "per-week", "every"]),
    ("effort", &["intensity", "rpe", "difficulty"]),
    ("category", &["type", "kind"]),
    ("equipment", &["material", "materials", "props", "tools"]),
    ("easier", &["regression", "regressions"]),
    ("harder", &["progression", "progressions"]),
    ("avoid_if", &["contraindications", "contraindicated", "avoid", "not-if"]),
    ("check_if", &["precautions", "cautions", "check"]),
    ("images", &["pictures", "picture", "photos", "photo", "figures", "illustrations"]),
    ("src", &["file", "path", "image", "picture", "url", "href"]),
    ("alt", &["alt-text", "text", "description"]),
    ("caption", &["legend", "title"]),
    // Plans, medicines, phases and terms.
    ("goal", &["aim", "objective", "purpose", "target"]),
    ("items", &["exercises", "contents", "entries"]),
    ("ref", &["exercise", "page", "guidance", "id"]),
    ("note", &["comment", "remark"]),
    ("order", &["weight", "rank", "number", "position"]),
    ("definition", &["meaning", "means"]),
    ("generic_name", &["generic", "substance", "active-ingredient"]),
    ("brand_names", &["brands", "brand", "trade-names"]),
    ("drug_class", &["class"]),
    // Registers.
    ("name", &["full-name", "title"]),
    ("role", &["job", "profession", "position", "function"]),
    ("credentials", &["qualifications", "qualification", "degrees", "degree"]),
    ("publisher", &["journal", "organisation", "organization", "institution"]),
    ("year", &["date", "published", "publication-year"]),
    ("url", &["link", "href", "address", "web", "website", "uri"]),
    ("type", &["kind", "category"]),
    ("accessed", &["retrieved", "visited", "access-date", "last-accessed", "read-on"]),
    ("expires", &["expiry", "expiry-date", "valid-until", "until"]),
    ("superseded_by", &["replaced-by", "successor"]),
    ("withdrawn", &["retracted"]),
    // Settings.
    ("base_url", &["url", "site-url", "root-url"]),
    ("output", &["output-dir", "destination", "publish-dir"]),
    ("notice", &["disclaimer", "banner"]),
    ("accent", &["colour", "color", "primary-color", "primary-colour"]),
];

/// The field among `candidates` that is also called `name`, which is in small letters and has hyphens.
pub(super) fn field<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let called = |field: &str| NAMES.iter().any(|(of, names)| *of == field && names.contains(&name));
    let rank = |field: &&str| NAMES.iter().position(|(of, _)| of == field);
    candidates.filter(|field| called(field)).min_by_key(rank)
}
