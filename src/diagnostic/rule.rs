//! The register of rules: name, family, default level, whether a site may change it, and its page of the manual.

use super::Severity;

/// What a site can set a rule to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Say nothing.
    Allow,
    /// Report a note.
    Note,
    /// Report a warning.
    Warn,
    /// Report an error.
    Error,
}

impl Level {
    /// The severity of a finding at this level; none where the rule is allowed.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Allow => None,
            Self::Note => Some(Severity::Note),
            Self::Warn => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }

    /// What site.toml calls the level.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Note => "note",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }

    /// The level that site.toml calls `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Allow, Self::Note, Self::Warn, Self::Error].into_iter().find(|level| level.name() == name)
    }
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Whether files and fields can be understood.
    Shape,
    /// Whether links and ids lead somewhere.
    References,
    /// What keeps patients safe.
    Safety,
    /// Who answers for a page, and for how long.
    Governance,
    /// How a page reads.
    Language,
    /// How a page is built, and who can use it.
    Markup,
}

impl Family {
    /// Every family, in the order of the register.
    pub const ALL: [Self; 6] =
        [Self::Shape, Self::References, Self::Safety, Self::Governance, Self::Language, Self::Markup];

    /// What its rules are about, as a heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Shape => "Files and fields",
            Self::References => "Links and ids",
            Self::Safety => "Safety",
            Self::Governance => "Reviews, sources and plans",
            Self::Language => "Language",
            Self::Markup => "Headings, pictures and tables",
        }
    }
}

/// Who decides how much a rule weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Control {
    /// Nobody: the rule always weighs the same, and nothing switches it off.
    Fixed,
    /// The site's settings, waivers, and its baseline.
    Site,
}

macro_rules! rules {
    ($([$family:ident] $($variant:ident $name:literal $level:ident $control:ident $summary:literal)*)*) => {
        /// A rule that a finding can break. Names are permanent.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $($(#[doc = $summary] $variant,)*)*
        }

        impl Rule {
            /// Every rule, in the order of the register.
            pub const ALL: &'static [Rule] = &[$($(Rule::$variant,)*)*];

            /// The permanent name, in kebab-case.
            pub fn name(self) -> &'static str {
                match self { $($(Rule::$variant => $name,)*)* }
            }

            /// What the rule weighs unless the site says otherwise.
            pub fn default_level(self) -> Level {
                match self { $($(Rule::$variant => Level::$level,)*)* }
            }

            /// What the rule finds, in one sentence.
            pub fn summary(self) -> &'static str {
                match self { $($(Rule::$variant => $summary,)*)* }
            }

            /// What the rule is about.
            pub fn family(self) -> Family {
                match self { $($(Rule::$variant => Family::$family,)*)* }
            }

            /// What the rule finds, why that matters, and examples, as Markdown for people who write pages. The
            /// opening line of an example names its file. [`crate::explain`] makes the page of the manual from it.
            pub fn explanation(self) -> &'static str {
                match self {
                    $($(Rule::$variant => include_str!(concat!("explanations/", $name, ".md")),)*)*
                }
            }

            fn control(self) -> Control {
                match self { $($(Rule::$variant => Control::$control,)*)* }
            }
        }
    };
}

rules! {
    [Shape]
    MissingField "missing-field" Error Fixed "A field that the kind needs is not there."
    UnknownField "unknown-field" Error Fixed "A key is not a field of the kind."
    WrongType "wrong-type" Error Fixed "A value is of another type than its field."
    InvalidValue "invalid-value" Error Fixed "A value is of the right type but not one that the field takes."
    OutOfRange "out-of-range" Error Fixed "A number, a text's length or a list's length is outside the bounds of its field."
    DuplicateKey "duplicate-key" Error Fixed "A key stands twice in one mapping."
    YamlSyntax "yaml-syntax" Error Fixed "The text is not YAML."
    YamlAlias "yaml-alias" Error Fixed "An anchor, alias, merge key or tag of YAML is used."
    FieldNotIndented "field-not-indented" Error Fixed "A field stands beside the one that it belongs to, and not below it."
    TomlSyntax "toml-syntax" Error Fixed "The text is not TOML."
    FrontMatterMissing "front-matter-missing" Error Fixed "A page does not begin with front matter."
    FrontMatterUnclosed "front-matter-unclosed" Error Fixed "The front matter has no closing line."
    MisreadValue "misread-value" Error Fixed "A value of YAML is not read as it looks: a `#` cuts it off, or quotes and dashes are those of a word processor."
    DateNotIso "date-not-iso" Error Fixed "A date is not written as year, month and day with hyphens."
    DateImpossible "date-impossible" Error Fixed "A date does not exist."
    SectionMissing "section-missing" Error Fixed "A section that the kind needs is not there, or not of the shape it needs."
    NotUtf8 "not-utf8" Error Fixed "A file is not plain text in UTF-8."
    MergeConflict "merge-conflict" Error Fixed "Two versions of a text stand in one file, with the signs that a program for versions puts between them."
    ControlCharacter "control-character" Error Fixed "A file holds a character that no text needs."
    FileTooLarge "file-too-large" Error Fixed "A file is larger than any page should be."
    BadFileName "bad-file-name" Error Fixed "A page's file name can't be its address."
    UnknownFolder "unknown-folder" Error Fixed "A page lies in a folder that is of no kind."
    WrongFolder "wrong-folder" Error Fixed "A page lies in the folder of another kind."
    BadSetting "bad-setting" Error Fixed "Settings contradict each other, or name something that is not there."
    BadSchema "bad-schema" Error Fixed "A schema of the site can't be understood."
    BadBaseline "bad-baseline" Error Fixed "The baseline of known findings can't be understood, or holds one that has to be mended."
    TemplateError "template-error" Error Fixed "A template or a style can't be read, asks for what is never there or of another host, or fails on a page."
    [References]
    UnknownReference "unknown-reference" Error Fixed "A field names a page or an entry that does not exist."
    AmbiguousReference "ambiguous-reference" Error Fixed "A wiki link fits pages of more than one kind."
    ReferenceToDraft "reference-to-draft" Error Fixed "A published page refers to a draft."
    ReferenceToRetired "reference-to-retired" Warn Site "A page refers to a retired page."
    BrokenLink "broken-link" Error Fixed "A link leads to no page."
    BrokenAnchor "broken-anchor" Error Fixed "A link leads to a heading that its page does not have."
    MissingAsset "missing-asset" Error Fixed "A picture or file is not there."
    LinkOutOfSite "link-out-of-site" Error Fixed "A link leads to a file outside of the content."
    PictureUnsafe "picture-unsafe" Error Fixed "A drawing holds a script, or fetches something from elsewhere."
    UnsafeLink "unsafe-link" Error Fixed "A link runs a script or carries data instead of an address."
    DuplicateId "duplicate-id" Error Fixed "Two things have the same id."
    DuplicateTitle "duplicate-title" Warn Site "Two pages of one kind have the same title."
    DuplicateAddress "duplicate-address" Error Fixed "Two pages or files would be published at one address."
    UnknownSource "unknown-source" Error Fixed "A citation names no entry of the register of sources."
    ProgressionCycle "progression-cycle" Error Fixed "Harder exercises lead back to where they began."
    OrphanPage "orphan-page" Warn Site "No other page leads to a page that stands in no list."
    UnusedSource "unused-source" Warn Site "An entry of the register of sources is used by no page."
    UnusedTerm "unused-term" Note Site "A term of the glossary is used by no page."
    UnusedFile "unused-file" Warn Site "A file beside the pages is published, and no page leads to it or shows it; or nothing reads or asks for a file of the theme."
    LinkTextVague "link-text-vague" Warn Site "The words of a link do not say where it leads."
    [Safety]
    SafetyNetMissing "safety-net-missing" Error Fixed "A handout for patients has no safety net to print."
    StopIfMissing "stop-if-missing" Error Fixed "An exercise does not say when to stop."
    EmergencyCardHasLink "emergency-card-has-link" Error Fixed "A sign of an emergency holds a link."
    EmergencyCardTooLong "emergency-card-too-long" Error Site "A care card has more signs than a person in trouble can read."
    MedicineDoseInText "medicine-dose-in-text" Error Site "The text of a page names a dose of a medicine."
    MedicineWarningMissing "medicine-warning-missing" Error Fixed "A controlled medicine lacks one of its four warnings."
    PlanContraindicatedItem "plan-contraindicated-item" Error Fixed "A plan holds an exercise to be avoided for one of its conditions."
    PlanSupervisedItem "plan-supervised-item" Error Fixed "A plan for self-care holds an exercise that needs a clinician present."
    PlanClinicianItem "plan-clinician-item" Error Fixed "A plan for patients holds a page for clinicians."
    PlanRetiredItem "plan-retired-item" Error Fixed "A plan holds a retired page."
    AvoidedCondition "avoided-condition" Warn Site "An exercise is for a condition with which it is to be avoided."
    DoseIncomplete "dose-incomplete" Error Fixed "A dose does not say how much."
    [Governance]
    ReviewerIsAuthor "reviewer-is-author" Error Site "A page is reviewed by one of its authors."
    ReviewerNotClinical "reviewer-not-clinical" Error Site "A page is reviewed by nobody with clinical training."
    DateInFuture "date-in-future" Error Fixed "A date of something that has happened lies in the future."
    ReviewerInactive "reviewer-inactive" Warn Site "A reviewer is no longer active."
    ReviewOverdue "review-overdue" Warn Site "A page's review is overdue."
    ReviewDueSoon "review-due-soon" Note Site "A page's review falls due soon."
    ChangedSinceReview "changed-since-review" Warn Site "The advice of a page has changed since its last review."
    VersionNotRaised "version-not-raised" Error Site "A page has changed since its last release, and its version has not."
    SourceWithdrawn "source-withdrawn" Error Site "A page rests on a source that was withdrawn."
    SourceExpired "source-expired" Warn Site "A page rests on a source that has expired."
    WaiverExpired "waiver-expired" Error Fixed "An exception has run out."
    WaiverUnused "waiver-unused" Warn Site "An exception is for a rule that finds nothing on its page."
    RetiredWithoutReason "retired-without-reason" Error Fixed "A retired page does not say when and why."
    DoseConflict "dose-conflict" Warn Site "Two plans of one handout give one exercise different doses."
    PlanTooLong "plan-too-long" Warn Site "A plan has more exercises than people keep up."
    ProgressMissing "progress-missing" Note Site "An exercise with a harder one does not say when to go on to it."
    TreatmentSectionMissing "treatment-section-missing" Note Site "A page about a treatment leaves out benefits, risks, other options or what is not known."
    [Language]
    SentenceTooLong "sentence-too-long" Warn Site "A sentence is too long to follow."
    ParagraphTooLong "paragraph-too-long" Warn Site "A paragraph is too long to follow."
    ReadingGrade "reading-grade" Warn Site "A page is harder to read than the site aims at."
    FrighteningWord "frightening-word" Warn Site "A word frightens without helping."
    AbsoluteClaim "absolute-claim" Warn Site "A claim promises more than any treatment can."
    AbbreviationUnexpanded "abbreviation-unexpanded" Warn Site "An abbreviation is not written out at its first use."
    AllCaps "all-caps" Warn Site "Words stand in capital letters."
    PercentageWithoutPlainNumber "percentage-without-plain-number" Warn Site "A percentage is not also given as a plain number of people."
    WordsMissing "words-missing" Warn Site "The theme lacks words in the language of the site."
    [Markup]
    ImageAltMissing "image-alt-missing" Error Fixed "A picture has no words for people who can't see it."
    RawHtml "raw-html" Error Fixed "A page holds HTML."
    HeadingSkipped "heading-skipped" Error Site "A heading is more than one level below the one before."
    HeadingDuplicate "heading-duplicate" Warn Site "Two headings of a page have the same words."
    TableWithoutHeader "table-without-header" Warn Site "A table has no words in its header row."
    ContrastTooLow "contrast-too-low" Error Site "Two colours of the settings are too alike to read."
    StrayMarkup "stray-markup" Error Site "Signs of Markdown stand in the text, or take effect, where they were not meant."
    ExerciseWithoutImage "exercise-without-image" Allow Site "An exercise has no picture."
}

impl Rule {
    /// The rule that is called `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.name() == name)
    }

    /// Whether the site's settings, waivers and a baseline can change what the rule weighs.
    pub fn is_configurable(self) -> bool {
        self.control() == Control::Site
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The rules about references that a site can change.
    const LOOSE_REFERENCES: [Rule; 7] = [
        Rule::DuplicateTitle,
        Rule::ReferenceToRetired,
        Rule::OrphanPage,
        Rule::UnusedSource,
        Rule::UnusedTerm,
        Rule::UnusedFile,
        Rule::LinkTextVague,
    ];

    /// The rules of other families that hold on every site: those that the content model marks with `!`.
    const MARKED: [Rule; 14] = [
        Rule::SafetyNetMissing,
        Rule::StopIfMissing,
        Rule::EmergencyCardHasLink,
        Rule::MedicineWarningMissing,
        Rule::PlanContraindicatedItem,
        Rule::PlanSupervisedItem,
        Rule::PlanClinicianItem,
        Rule::PlanRetiredItem,
        Rule::DoseIncomplete,
        Rule::DateInFuture,
        Rule::WaiverExpired,
        Rule::RetiredWithoutReason,
        Rule::ImageAltMissing,
        Rule::RawHtml,
    ];

    #[test]
    fn shape_references_and_what_keeps_patients_safe_hold_on_every_site() {
        for rule in Rule::ALL {
            let is_fixed = match rule.family() {
                Family::Shape => true,
                Family::References => !LOOSE_REFERENCES.contains(rule),
                _ => MARKED.contains(rule),
            };
            assert_eq!(rule.is_configurable(), !is_fixed, "{}", rule.name());
            assert!(!is_fixed || rule.default_level() == Level::Error, "{}", rule.name());
        }
    }

    #[test]
    fn names_of_rules_are_kebab_case_and_unique() {
        let mut seen = BTreeSet::new();
        for rule in Rule::ALL {
            let name = rule.name();
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{name}");
            assert!(seen.insert(name), "{name} stands twice");
            assert_eq!(Rule::from_name(name), Some(*rule));
        }
    }
}
