//! Measures time and memory for documents that are made to be expensive, against the limits for their size.
//!
//! `cargo run --release -p partner-validator --example bounds [NAME...] [KILOBYTES...]` prints a line for each kind,
//! size and command, and fails when one is over the mark: one second and 5 ms a KB, 64 MB and 60 times the size.

#![allow(clippy::print_stdout, reason = "a program for people")]

#[path = "../tests/support/hostile/mod.rs"]
mod hostile;

use std::io;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use partner_validator::format::{self, ReportFormat};
use partner_validator::{ValidationOptions, ValidationTarget, validate};

/// The default sizes. A kind that exceeds the limit at one size is not measured at the next.
const KILOBYTES: [usize; 4] = [8, 64, 256, 1024];

/// The limits at which a process is killed, far beyond the marks.
const SECONDS: usize = 30;
const MEGABYTES: usize = 6000;

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [command, path] = arguments.as_slice()
        && Path::new(path).is_file()
    {
        measure(command, Path::new(path))?;
        return Ok(ExitCode::SUCCESS);
    }
    let sizes: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { KILOBYTES.to_vec() } else { sizes };
    let names: Vec<&String> =
        arguments.iter().filter(|argument| argument.parse::<usize>().is_err()).collect();
    let mut over = 0;
    for kind in hostile::kinds() {
        if !names.is_empty() && !names.iter().any(|name| kind.name.contains(name.as_str())) {
            continue;
        }
        for command in ["validate", "generate"] {
            for kilobytes in &sizes {
                if !is_within(&kind, *kilobytes, command)? {
                    over += 1;
                    break;
                }
            }
        }
    }
    println!("{over} over the mark");
    Ok(if over == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs a command on a document in a separate process, and prints its cost.
fn is_within(kind: &hostile::Kind, kilobytes: usize, command: &str) -> io::Result<bool> {
    let folder = tempfile::tempdir()?;
    let files = (kind.write)(kilobytes * 1024);
    let mut size = 0;
    for (name, text) in &files {
        std::fs::write(folder.path().join(name), text)?;
        size += text.len();
    }
    let root = folder.path().join(files.first().map_or("", |(name, _)| name.as_str()));
    let limited = format!("ulimit -v {}; exec timeout {SECONDS} \"$0\" \"$@\"", MEGABYTES * 1024);
    let output = Command::new("sh")
        .args(["-c", &limited])
        .arg(std::env::current_exe()?)
        .args([command.as_ref(), root.as_os_str()])
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut figures = text.split_whitespace();
    let mut figure = || figures.next().and_then(|text| text.parse::<usize>().ok());
    let size = size.div_ceil(1024);
    let (may_take, may_hold) = (1000 + 5 * size, 64 + 60 * size / 1024);
    let within = match (figure(), figure()) {
        (Some(milliseconds), Some(megabytes)) => {
            let within = milliseconds <= may_take && megabytes <= may_hold;
            let rest: Vec<&str> = text.split_whitespace().skip(2).collect();
            println!(
                "{} {:<34} {command:<8} {size:>6} KB {milliseconds:>6} of {may_take:>5} ms {megabytes:>5} of {may_hold:>4} MB  {}",
                if within { "    " } else { "OVER" },
                kind.name,
                rest.join(" ")
            );
            within
        }
        _ => {
            let why = String::from_utf8_lossy(&output.stderr);
            let why = why.lines().last().unwrap_or("no time left");
            println!("OVER {:<34} {command:<8} {size:>6} KB {} {why}", kind.name, output.status);
            false
        }
    };
    Ok(within)
}

/// Runs a command in this process, and prints milliseconds, megabytes and the result.
fn measure(command: &str, root: &Path) -> io::Result<()> {
    let target = ValidationTarget::for_file_outside_workspace(root);
    let start = Instant::now();
    let outcome = match command {
        "generate" => {
            let reading = partner_spec::read_document(&target.root_file_path, &target.base_folder);
            match partner_codegen::generate_client(&reading, &target.module_name) {
                Ok(generated) => format!("{} lines", generated.line_count()),
                Err(found) => summary(found.iter().map(|finding| finding.rule.id)),
            }
        }
        _ => {
            let report = validate(&target, &ValidationOptions::default());
            let validated = start.elapsed().as_millis();
            format::write_report(&report, ReportFormat::Human, &mut io::sink(), true)?;
            format!("{validated} ms, {} steps, ", report.value_check_step_count)
                + &summary(report.findings.iter().map(|finding| finding.finding.rule.id))
        }
    };
    let milliseconds = start.elapsed().as_millis();
    println!("{milliseconds} {} {outcome}", peak()? / 1024);
    Ok(())
}

/// How many findings there are, and of which rules.
fn summary(rules: impl Iterator<Item = &'static str>) -> String {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    rules.for_each(|rule| *counts.entry(rule).or_default() += 1);
    let counts: Vec<String> = counts.iter().map(|(rule, count)| format!("{count} {rule}")).collect();
    if counts.is_empty() { String::from("no findings") } else { counts.join(", ") }
}

/// The peak memory of this process in KB.
fn peak() -> io::Result<usize> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.ok_or_else(|| io::Error::other("this system does not say how much memory was held"))
}
