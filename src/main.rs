//! The program: reads the arguments, runs the command, ends with its exit status.

use std::panic;
use std::process::ExitCode;

use mimalloc::MiMalloc;

use backsite::cli;
use backsite::command::Exit;

/// Pages are parsed and rendered by all processors at once, each with thousands of small values: with the allocators
/// of systems a sixth of the work is theirs.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    // A mistake of the program itself is told in a sentence, and not by a trace that nobody can act on.
    panic::set_hook(Box::new(cli::own_mistake));
    let exit = panic::catch_unwind(|| cli::run(std::env::args_os())).unwrap_or(Exit::Failure);
    ExitCode::from(exit.code())
}
