//! Runs a program, and measures what it takes.

use std::fs;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// What one run took.
#[derive(Clone, Copy, Default)]
pub struct Cost {
    pub wall: Duration,
    /// The time of all processors, for the program and for the system on its behalf.
    pub processors: Duration,
    /// The most memory that it held, in KiB. Files that the system keeps in memory for it don't count.
    pub memory: u64,
}

/// How often a running program is looked at. Its peak only grows, so that the last look is right but for this time.
const LOOK: Duration = Duration::from_millis(2);

/// Runs `command` to its end, which has to be with one of the statuses `ends`.
pub fn run(command: &mut Command, ends: &[i32]) -> Cost {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let (before, start) = (processors_of_children(), Instant::now());
    let mut child = command.spawn().unwrap_or_else(|error| panic!("can't run {command:?}: {error}"));
    let id = child.id();
    let (end, ended) = mpsc::channel::<()>();
    let watch = thread::spawn(move || {
        let mut memory = 0;
        loop {
            memory = peak(id).unwrap_or(memory);
            if ended.recv_timeout(LOOK) != Err(RecvTimeoutError::Timeout) {
                return memory;
            }
        }
    });
    let status = child.wait().unwrap();
    let wall = start.elapsed();
    drop(end);
    let memory = watch.join().unwrap();
    assert!(status.code().is_some_and(|code| ends.contains(&code)), "{command:?} ended with {status}");
    Cost { wall, processors: processors_of_children() - before, memory }
}

/// The most memory that the running program `id` has held, in KiB.
fn peak(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The time of the processors for all programs that this one has run to their ends (fields 16 and 17 of
/// proc_pid_stat(5), in hundredths of a second).
fn processors_of_children() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The second field is a name in brackets, which may hold blanks.
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    let ticks: u64 =
        after.split_whitespace().skip(13).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}
