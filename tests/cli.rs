//! Transcripts of the program as it is used at a prompt: what is typed, all that it answers, and how it ends.
//!
//! Beside each transcript lies the folder in which it is typed, `.in`; one that writes has a copy of its own, of which
//! `.out` says what must be there in the end. `TRYCMD=overwrite cargo test --test cli` writes the answers anew.

#[test]
fn the_program_answers_as_the_transcripts_say() {
    trycmd::TestCases::new().env("COLUMNS", "100").case("tests/cli/*.trycmd");
}
