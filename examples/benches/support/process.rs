//! Runs parts of a benchmark in processes of their own. Each process runs the same program, and its first argument
//! names the part.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use super::BoxError;

/// Returns the name and the arguments of the part that this process runs; `None` in the process of the benchmark
/// itself.
pub(crate) fn parse_part() -> Option<(String, Vec<String>)> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next()?.strip_prefix("part=")?.to_owned();
    Some((name, arguments.collect()))
}

/// A process that runs a server until it is dropped. It prints one line when it is ready.
pub(crate) struct ServerProcess {
    child: Child,
    /// The line that the process has printed.
    pub(crate) ready_line: String,
}

impl ServerProcess {
    pub(crate) fn start(part: &str) -> Result<ServerProcess, BoxError> {
        let mut command = Command::new(std::env::current_exe()?);
        let mut child = command.arg(format!("part={part}")).stdout(Stdio::piped()).spawn()?;
        let mut ready_line = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output).read_line(&mut ready_line)?;
        }
        Ok(ServerProcess { child, ready_line: ready_line.trim().to_owned() })
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        // The results are ignored, because the process may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns the number of instructions that a part executes, as valgrind counts them; `None` if valgrind is not
/// installed.
pub(crate) fn count_instructions(part: &str, arguments: &[&str]) -> Result<Option<u64>, BoxError> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .arg(format!("part={part}"))
        .args(arguments)
        .output();
    let Ok(output) = output else { return Ok(None) };
    let said = String::from_utf8_lossy(&output.stderr);
    let count = said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    match (output.status.success(), count) {
        (true, Some(count)) => Ok(Some(count)),
        _ => Err(format!("valgrind failed: {said}").into()),
    }
}
