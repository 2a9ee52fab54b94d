//! Documents that are made to be expensive take steps in proportion to their size, or are refused with a location. The
//! tests count steps; `examples/bounds.rs` measures time and memory.

#[cfg(test)]
#[path = "support/hostile/mod.rs"]
mod hostile;

#[cfg(test)]
mod tests {
    use partner_validator::{Profile, ValidationOptions, ValidationReport, ValidationTarget, validate};

    use super::hostile::{Kind, kinds};

    const KILOBYTE: usize = 1024;

    /// The rules that report that a check stopped.
    const LIMITS: [&str; 3] = ["checking-stopped", "expansion-limit", "too-large"];

    /// The cost of validating and generating a document.
    struct Cost {
        report: ValidationReport,
        /// The steps of checking values.
        steps: usize,
        /// The bytes that the generator expanded.
        expansion: usize,
    }

    impl Cost {
        fn rules(&self) -> Vec<&'static str> {
            self.report.findings.iter().map(|finding| finding.finding.rule.id).collect()
        }

        fn limits(&self) -> Vec<String> {
            let found = self.report.findings.iter().map(|finding| &finding.finding);
            found
                .filter(|d| LIMITS.contains(&d.rule.id))
                .map(|d| format!("{}: {}", d.location, d.rule.id))
                .collect()
        }
    }

    fn measure(kind: &Kind, bytes: usize) -> Cost {
        let folder = tempfile::tempdir().unwrap();
        let files = (kind.write)(bytes);
        for (name, text) in &files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let mut target = ValidationTarget::for_file_outside_workspace(&folder.path().join(&files[0].0));
        target.base_folder = folder.path().to_owned();
        let options = ValidationOptions { profile: Some(Profile::Generator), ..ValidationOptions::default() };
        let report = validate(&target, &options);
        let document = partner_spec::read_document(&target.root_file_path, &target.base_folder).document;
        let model =
            document.and_then(|document| partner_model::read_supported_model(&document, "hostile").ok());
        let expansion = model.map_or(0, |model| model.expansion_budget.added_byte_count());
        Cost { steps: report.value_check_step_count, expansion, report }
    }

    fn of_kinds(names: &[&str]) -> Vec<Kind> {
        let found: Vec<Kind> = kinds().into_iter().filter(|kind| names.contains(&kind.name)).collect();
        assert_eq!(found.len(), names.len());
        found
    }

    #[test]
    fn no_kind_of_document_takes_more_than_the_budget_of_its_size() {
        for kind in kinds() {
            let cost = measure(&kind, 3 * KILOBYTE);
            assert!(cost.steps <= 10_000_000 + 40_000 * 4, "{}: {} steps", kind.name, cost.steps);
            assert!(cost.report.findings.len() < 10_000, "{}", kind.name);
        }
    }

    #[test]
    fn many_ways_through_few_schemas_are_gone_once() {
        for kind in kinds().into_iter().filter(|kind| kind.name.contains("diamond")) {
            let (short, long) = (measure(&kind, 3 * KILOBYTE), measure(&kind, 6 * KILOBYTE));
            assert_eq!(long.limits(), [""; 0], "{} is no larger than it looks", kind.name);
            assert!(long.steps <= 3 * short.steps, "{}: {} to {} steps", kind.name, short.steps, long.steps);
            // Each level has the fields of all levels below it.
            let factor = if kind.name == "all-of-diamond-own" { 5 } else { 3 };
            assert!(
                long.expansion <= factor * short.expansion,
                "{}: {} to {} bytes",
                kind.name,
                short.expansion,
                long.expansion
            );
        }
    }

    #[test]
    fn what_becomes_too_large_when_it_is_written_out_is_one_finding_with_its_place() {
        let names = ["list-chain", "map-chain", "all-of-chain-own", "includers-of-a-large-base"];
        for kind in of_kinds(&names) {
            let cost = measure(&kind, 48 * KILOBYTE);
            let mut found = cost.limits();
            found.retain(|found| found.ends_with("expansion-limit"));
            assert_eq!(found.len(), 1, "{}: {:?}", kind.name, cost.limits());
            assert!(found[0].starts_with("openapi.yaml:"), "{found:?}");
        }
    }

    #[test]
    fn parts_that_many_operations_share_are_refused_when_their_copies_are_too_large() {
        let names = [
            "uses-of-a-large-parameter",
            "uses-of-a-large-response",
            "uses-of-a-large-body",
            "operations-of-one-path",
            "security-of-all-operations",
        ];
        for kind in of_kinds(&names) {
            assert_eq!(measure(&kind, 2 * KILOBYTE).limits(), [""; 0], "{}", kind.name);
            let cost = measure(&kind, 64 * KILOBYTE);
            assert_eq!(cost.limits().len(), 1, "{}: {:?}", kind.name, cost.limits());
        }
    }

    #[test]
    fn the_generated_source_grows_as_the_document_does() {
        let lines = |kind: &Kind, bytes: usize| {
            let files = (kind.write)(bytes);
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(&files[0].0);
            std::fs::write(&path, &files[0].1).unwrap();
            let reading = partner_spec::read_document(&path, folder.path());
            partner_codegen::generate_client(&reading, "hostile").unwrap().line_count()
        };
        for kind in of_kinds(&["property-chain", "circle", "inline-schemas", "servers", "union-of-many"]) {
            let (short, long) = (lines(&kind, 2 * KILOBYTE), lines(&kind, 8 * KILOBYTE));
            assert!(long <= 5 * short, "{}: {short} to {long} lines", kind.name);
        }
    }

    #[test]
    fn a_document_of_which_too_much_would_be_generated_is_refused_with_one_finding() {
        for (name, kilobytes) in [("servers", 256), ("responses-with-one-circle", 128)] {
            let limits = measure(&of_kinds(&[name])[0], kilobytes * KILOBYTE).limits();
            assert_eq!(limits.len(), 1, "{name}: {limits:?}");
            assert!(limits[0].ends_with("expansion-limit"), "{name}: {limits:?}");
        }
    }

    #[test]
    fn patterns_of_any_weight_end() {
        let names = [
            "heavy-patterns",
            "unicode-patterns",
            "nested-repeats",
            "backtracking",
            "back-references",
            "deep-pattern",
        ];
        for kind in of_kinds(&names) {
            let cost = measure(&kind, 6 * KILOBYTE);
            let stops = cost.rules().iter().filter(|rule| **rule == "checking-stopped").count();
            // One of them is about the pattern itself, and one about values.
            assert!(stops <= 2, "{}: {:?}", kind.name, cost.limits());
            assert!(cost.steps <= 10_000_000 + 40_000 * 7, "{}: {}", kind.name, cost.steps);
        }
    }

    #[test]
    fn many_values_against_many_alternatives_end() {
        for kind in of_kinds(&[
            "examples-of-a-union",
            "good-examples-of-a-union",
            "examples-of-an-enum",
            "deep-example",
        ]) {
            let cost = measure(&kind, 24 * KILOBYTE);
            assert!(cost.steps <= 10_000_000 + 40_000 * 25, "{}: {}", kind.name, cost.steps);
        }
    }

    #[test]
    fn more_findings_than_anybody_reads_are_cut_with_one_that_says_so() {
        for kind in of_kinds(&["wrong-types", "enum-twice", "duplicate-keys"]) {
            let cost = measure(&kind, 64 * KILOBYTE);
            assert!((1_000..3_000).contains(&cost.report.findings.len()), "{}", cost.report.findings.len());
            assert!(cost.limits().iter().any(|found| found.ends_with("checking-stopped")), "{}", kind.name);
        }
    }
}
