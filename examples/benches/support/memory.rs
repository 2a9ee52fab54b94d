//! Reads the memory and open files of this process. All results are `None` on systems other than Linux.

/// Returns the memory that this process uses now, in MiB.
pub(crate) fn read_resident_mib() -> Option<f64> {
    status("VmRSS:")
}

/// Returns the most memory that this process has used so far, in MiB.
pub(crate) fn read_peak_mib() -> Option<f64> {
    status("VmHWM:")
}

fn status(name: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib / 1024.0)
}

/// Returns the number of files and connections that this process has open.
pub(crate) fn count_open_files() -> Option<usize> {
    Some(std::fs::read_dir("/proc/self/fd").ok()?.count())
}

/// Returns the most files and connections that this process may have open.
pub(crate) fn read_open_file_limit() -> Option<usize> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Formats an amount of memory, which may not be known.
pub(crate) fn format_mib(mib: Option<f64>) -> String {
    mib.map_or_else(|| String::from("unknown"), |mib| format!("{mib:.1} MiB"))
}
