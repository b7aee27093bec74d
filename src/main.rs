//! The program: reads the arguments, runs the command, ends with its exit status.

fn main() {}
