//! What Linux tells of this process; nothing elsewhere.

/// How much memory it has now, in MiB.
pub(crate) fn resident() -> Option<f64> {
    status("VmRSS:")
}

/// How much it has had at most, in MiB.
pub(crate) fn peak() -> Option<f64> {
    status("VmHWM:")
}

fn status(name: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib / 1024.0)
}

/// How many files and connections it has open.
pub(crate) fn open_files() -> Option<usize> {
    Some(std::fs::read_dir("/proc/self/fd").ok()?.count())
}

/// How many it may have open.
pub(crate) fn most_open_files() -> Option<usize> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// A figure that may not be known.
pub(crate) fn show(mib: Option<f64>) -> String {
    mib.map_or_else(|| String::from("unknown"), |mib| format!("{mib:.1} MiB"))
}
