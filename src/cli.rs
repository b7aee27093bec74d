//! The command line: what can be typed, and what it means. Types of clap stop here.
#![expect(
    clippy::disallowed_methods,
    reason = "this is where the program learns of the terminal and the environment"
)]

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::clinical::date::{Date, DateError};
use crate::command::{self, Exit, Mending, Overview, Request};
use crate::report::{self, Detail, Format, Output, Progress, Style};
use crate::site::Drafts;

/// Check and publish patient handouts.
///
/// backsite reads the pages under `content/`, tells you every mistake in them with its line and the way to mend it,
/// and makes a website of handouts from them. Nothing is published while there is a mistake.
#[derive(Debug, Parser)]
#[command(name = "backsite", version, styles = STYLES, max_term_width = 100, disable_help_subcommand = true)]
#[command(after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold());

const EXAMPLES: &str = "\
Examples:
  backsite check              look for mistakes in the folder you are in
  backsite check --drafts     look at pages that are not published yet, too
  backsite check --fix        mend what can be nothing else, and look again
  backsite check --status     see how far every page is, and which reviews are overdue
  backsite build              make the website in the folder `public`
  backsite explain all-caps   read why a finding matters, and what to write instead
  backsite schema             list what editors can be told of your pages
  backsite theme              list the files of the built-in theme, which you can copy and change

Exit status: 0 all is well; 1 there are mistakes in the pages; 2 backsite could not do its work.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Look for mistakes and publish nothing
    Check {
        #[command(flatten)]
        common: Common,
        /// Put what can wait into the baseline: --baseline, or baseline.json beside site.toml
        #[arg(long)]
        write_baseline: bool,
        /// Mend what can be nothing else: misspelt fields, dates as 2026/03/31, blanks around ids
        #[arg(long, conflicts_with = "write_baseline")]
        fix: bool,
        /// Show all pages by status: their versions, their reviews, and what drafts still lack
        #[arg(long, conflicts_with = "write_baseline")]
        status: bool,
    },
    /// Look for mistakes and, if there are none, make the website
    Build {
        #[command(flatten)]
        common: Common,
        /// The folder to write to, in place of the one in site.toml
        #[arg(long, value_name = "FOLDER")]
        output: Option<PathBuf>,
    },
    /// Print what a kind of page, a register or site.toml may say, as JSON Schema for editors
    ///
    /// The schema names the ids of this site, so that an editor can offer them.
    Schema {
        /// What to print the schema of, as exercise, people or site; a list of all if you leave it out
        #[arg(value_name = "KIND")]
        kind: Option<String>,
        /// The folder that holds site.toml
        #[arg(long, value_name = "FOLDER", default_value = ".")]
        root: PathBuf,
    },
    /// Copy files of the built-in theme into the site, to change them there
    ///
    /// They go to the folder of your theme under `themes`, and no file that is there is written over.
    Theme {
        /// What to copy, as templates/_foot.html, or static for a whole folder; a list of all if you leave it out
        #[arg(value_name = "FILE")]
        files: Vec<String>,
        /// The folder that holds site.toml
        #[arg(long, value_name = "FOLDER", default_value = ".")]
        root: PathBuf,
    },
    /// Explain a rule: what it finds, why it matters, and what to write instead
    ///
    /// A finding names its rule in square brackets, as error[unknown-field].
    Explain {
        /// The name of the rule, as sentence-too-long; all rules if you leave it out
        rule: Option<String>,
    },
}

#[derive(Debug, Args)]
struct Common {
    /// The folder that holds site.toml
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
    /// The address that the website will have, as https://handouts.example.org
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
    /// Show pages that are drafts too
    #[arg(long)]
    drafts: bool,
    /// Treat warnings as mistakes
    #[arg(long)]
    strict: bool,
    /// Leave out the findings that this file knows; `check --write-baseline` makes it
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// The day to check dates against, as 2026-03-31; today if you leave it out
    #[arg(long, value_name = "DATE", value_parser = date)]
    today: Option<Date>,
    /// A folder with the files of the site as they were released before: a page that has changed since then needs a
    /// new version
    #[arg(long, value_name = "FOLDER")]
    previous: Option<PathBuf>,
    /// How many processors to use; all of them if you leave it out
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// How to write what was found
    #[arg(long, value_enum, default_value_t = FormatName::Human)]
    format: FormatName,
    /// Show every finding, even where many are alike
    #[arg(long, conflicts_with = "quiet")]
    all: bool,
    /// Say only what was found
    #[arg(long, short)]
    quiet: bool,
    /// When to use colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColorName::Auto)]
    color: ColorName,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatName {
    /// For people: each finding with its line and advice
    Human,
    /// A line for each finding
    Short,
    /// For programs: one JSON document
    Json,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For GitHub: annotations of a workflow
    Github,
}

impl FormatName {
    /// Whether a table of pages has a place in it.
    fn can_show_pages(self) -> bool {
        matches!(self, Self::Human | Self::Json)
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ColorName {
    /// Where the output is a terminal and NO_COLOR is not set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).map_err(|error| match error {
        DateError::NotIso => "write the day as year, month and day, as 2026-03-31".to_owned(),
        DateError::Impossible => "there is no such day".to_owned(),
    })
}

fn base_url(text: &str) -> Result<String, String> {
    crate::config::base_url(text)
}

impl Common {
    fn request(&self) -> Request {
        let terminal = std::io::stderr().is_terminal();
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let format = match self.format {
            FormatName::Human => Format::Human,
            FormatName::Short => Format::Short,
            FormatName::Json => Format::Json,
            FormatName::Sarif => Format::Sarif,
            FormatName::Github => Format::Github,
        };
        Request {
            root: self.root.clone(),
            base_url: self.base_url.clone(),
            drafts: if self.drafts { Drafts::Shown } else { Drafts::Hidden },
            strict: self.strict,
            baseline: self.baseline.clone(),
            today: self.today,
            previous: self.previous.clone(),
            threads: self.threads.map(usize::from),
            format,
            detail: match (self.quiet, self.all) {
                (true, _) => Detail::Quiet,
                (false, true) => Detail::All,
                (false, false) => Detail::Normal,
            },
            style: match self.color {
                ColorName::Always => Style::Coloured,
                ColorName::Auto if terminal && !no_color => Style::Coloured,
                ColorName::Auto | ColorName::Never => Style::Plain,
            },
            progress: if terminal && !self.quiet && format == Format::Human {
                Progress::Shown
            } else {
                Progress::Hidden
            },
        }
    }
}

/// Runs what `arguments` ask for, the first of which is the program's name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let result = match &arguments.command {
        Command::Check { common, write_baseline: true, .. } => command::write_baseline(&common.request()),
        Command::Check { common, status: true, .. } if !common.format.can_show_pages() => {
            let told = "`--status` is for people, or for programs as JSON: leave `--format` out, or write `--format json`";
            let mut arguments = Arguments::command();
            arguments.build();
            let check = arguments
                .find_subcommand_mut("check")
                .map(|check| check.error(ErrorKind::ArgumentConflict, told));
            return check.map_or(Exit::Failure, |error| usage(&error));
        }
        Command::Check { common, fix, status, .. } => command::check(
            &common.request(),
            if *fix { Mending::On } else { Mending::Off },
            if *status { Overview::Shown } else { Overview::Hidden },
        ),
        Command::Build { common, output } => command::build(&common.request(), output.as_deref()),
        Command::Schema { kind, root } => command::schema(root, kind.as_deref()),
        Command::Theme { files, root } => command::theme(root, files),
        Command::Explain { rule } => command::explain(rule.as_deref()),
    };
    result.unwrap_or_else(|error| {
        // There is nowhere left to say that this could not be said.
        let _ = report::print(&Output { stdout: String::new(), stderr: format!("error: {error}\n") });
        Exit::Failure
    })
}

/// Says that the program itself has a mistake, where it was met, and that the published site is untouched.
pub fn own_mistake(mistake: &std::panic::PanicHookInfo<'_>) {
    let place = mistake.location().map_or_else(String::new, |location| format!(" at {location}"));
    let stderr = format!(
        "error: backsite has met a mistake of its own{place}: {}\n  = help: nothing was published; please report this, with the pages that led to it\n",
        mistake.payload_as_str().unwrap_or("no more is known")
    );
    let _ = report::print(&Output { stdout: String::new(), stderr });
}

/// What clap has to say: help that was asked for, or what is wrong with the arguments.
fn usage(error: &clap::Error) -> Exit {
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let text = if colour && error.use_stderr() {
        error.render().ansi().to_string()
    } else {
        error.render().to_string()
    };
    if error.use_stderr() {
        let _ = report::print(&Output { stdout: String::new(), stderr: text });
        return Exit::Failure;
    }
    let _ = report::print(&Output { stdout: text, stderr: String::new() });
    Exit::Clean
}
