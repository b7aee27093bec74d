//! The works that are measured.

/// A program, and what it is asked to do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Work {
    Floor,
    FloorOneThread,
    Build,
    BuildOneThread,
    Check,
    CheckOneThread,
    CheckMistakes,
    Warm,
    OneCondition,
    Hugo,
    HugoSearch,
}

impl Work {
    /// In the order of the tables, and of the first round.
    pub const ALL: [Self; 11] = [
        Self::Floor,
        Self::FloorOneThread,
        Self::Build,
        Self::BuildOneThread,
        Self::Check,
        Self::CheckOneThread,
        Self::CheckMistakes,
        Self::Warm,
        Self::OneCondition,
        Self::Hugo,
        Self::HugoSearch,
    ];

    /// The name after `--only`, and in the names of folders.
    pub fn name(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::FloorOneThread => "floor-one-thread",
            Self::Build => "build",
            Self::BuildOneThread => "build-one-thread",
            Self::Check => "check",
            Self::CheckOneThread => "check-one-thread",
            Self::CheckMistakes => "check-mistakes",
            Self::Warm => "warm",
            Self::OneCondition => "one-condition",
            Self::Hugo => "hugo",
            Self::HugoSearch => "hugo-search",
        }
    }

    /// What it is, for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Floor => "floor: only writing",
            Self::FloorOneThread => "floor, one thread",
            Self::Build => "build",
            Self::BuildOneThread => "build, one thread",
            Self::Check => "check",
            Self::CheckOneThread => "check, one thread",
            Self::CheckMistakes => "check, a mistake a page",
            Self::Warm => "build after one changed page",
            Self::OneCondition => "build, one condition",
            Self::Hugo => "Hugo",
            Self::HugoSearch => "Hugo, with data of a search",
        }
    }

    pub fn named(name: &str) -> Result<Self, String> {
        let names = Self::ALL.map(Self::name).join(", ");
        let found = Self::ALL.into_iter().find(|work| work.name() == name);
        found.ok_or_else(|| format!("`{name}` is none of {names}"))
    }

    pub fn is_hugo(self) -> bool {
        matches!(self, Self::Hugo | Self::HugoSearch)
    }

    /// Whether it writes a whole site to a new folder in each run.
    pub fn writes_a_site(self) -> bool {
        !matches!(self, Self::Check | Self::CheckOneThread | Self::CheckMistakes | Self::Warm)
    }
}
