//! The program: reads the arguments, runs the command, ends with its exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(backsite::cli::run(std::env::args_os()).code())
}
