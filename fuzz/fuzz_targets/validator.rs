//! The whole validator on any bytes, with the generator run dry, and all ways to write what it found.

#![no_main]

use libfuzzer_sys::fuzz_target;
use partner_validator::format::{self, ReportFormat};
use partner_validator::{Profile, ValidationOptions, ValidationTarget, validate};

fuzz_target!(|bytes: &[u8]| {
    let folder = tempfile::tempdir().expect("a folder for the input");
    let path = folder.path().join("openapi.yaml");
    std::fs::write(&path, bytes).expect("the input can be written");
    let report = validate(
        &ValidationTarget::for_file_outside_workspace(&path),
        &ValidationOptions { profile: Some(Profile::Workspace), ..ValidationOptions::default() },
    );
    for format in ReportFormat::ALL {
        format::write_report(&report, format, &mut std::io::sink(), true).expect("a sink takes everything");
    }
});
