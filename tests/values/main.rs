//! Round trips of values: every type of both APIs keeps the JSON that it was deserialized from.
//!
//! For each schema of a document, valid JSON is made: fixed edge cases, and random values, which shrink when a test
//! fails. The type that was generated from the schema deserializes and serializes it, and the result has to be the same
//! JSON, up to the normalizations of `normal.rs`. Numbers are compared as text.
//!
//! `PROPTEST_CASES` sets how many random values there are of each type. The seed of a failure is printed, and kept in
//! `regressions.txt`, whose values are tried first.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot go on fails the test that uses it"
)]

mod arithmetic;
mod direct;
mod generate;
mod json;
mod json_schemas;
mod normal;
mod sample;
mod scalar;
mod schemas;
mod shape;

use std::collections::BTreeSet;

use partner_spec::Api;
use proptest::test_runner::{Config, FileFailurePersistence, TestCaseError, TestRunner};

use partner_tests::derived::types;
use partner_tests::types::TestedType;

use json::{Json, Style, difference};
use sample::Sample;
use schemas::Schemas;

const STYLES: [Style; 2] = [Style::Compact, Style::Awkward];

#[test]
fn every_generated_type_is_tested() {
    for api in Api::ALL {
        let schemas = Schemas::read(api);
        let tested: BTreeSet<String> = types(api).iter().map(|ty| ty.name.to_owned()).collect();
        let not_json = schemas.not_json();
        let generated: BTreeSet<String> =
            schemas.generated().into_iter().filter(|name| !not_json.contains(name)).collect();
        assert_eq!(
            tested,
            generated,
            "{}: types that are tested, and types in the generated source",
            api.name()
        );
    }
}

macro_rules! test_api {
    ($api:ident) => {
        mod $api {
            use partner_spec::Api;

            #[test]
            fn the_corners_of_every_type_come_back() {
                super::corners_come_back(Api::from_name(stringify!($api)).unwrap());
            }

            #[test]
            fn random_values_of_every_type_come_back() {
                super::random_values_come_back(Api::from_name(stringify!($api)).unwrap());
            }
        }
    };
}
partner_tests::for_each_api!(test_api);

/// Tries every value of every enum, every alternative of every union, and every property absent, null, empty and at its
/// bounds.
fn corners_come_back(api: Api) {
    let schemas = Schemas::read(api);
    let (generator, by_type) = (schemas.generator(), schemas.by_type());
    let mut failures = Vec::new();
    for ty in types(api) {
        let samples = generator.samples(&[by_type[ty.name]]);
        let tried = samples.corners.iter().flat_map(|sample| STYLES.map(|style| (sample, style)));
        let found = tried.filter_map(|(sample, style)| comes_back(&ty, sample, style).err());
        failures.extend(found.map(|message| format!("{} {message}", ty.name)).take(3));
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

fn random_values_come_back(api: Api) {
    let schemas = Schemas::read(api);
    let (generator, by_type) = (schemas.generator(), schemas.by_type());
    let mut failures = Vec::new();
    for ty in types(api) {
        let values = generator.samples(&[by_type[ty.name]]).random;
        let strategy = (values, proptest::sample::select(&STYLES[..]));
        let tried = TestRunner::new(config())
            .run(&strategy, |(sample, style)| comes_back(&ty, &sample, style).map_err(TestCaseError::fail));
        failures.extend(tried.err().map(|error| format!("{} {error}", ty.name)));
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

fn config() -> Config {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    let seeds =
        FileFailurePersistence::Direct(concat!(env!("CARGO_MANIFEST_DIR"), "/values/regressions.txt"));
    Config { cases: cases.unwrap_or(32), failure_persistence: Some(Box::new(seeds)), ..Config::default() }
}

fn comes_back(ty: &TestedType, sample: &Sample, style: Style) -> Result<(), String> {
    let sent = sample.sent.write(style);
    let back = (ty.round_trip)(&sent).map_err(|message| format!("{message}: {sent}"))?;
    match difference(&sample.back, &Json::read(&back)) {
        Some(difference) => Err(format!("comes back with {difference}: {sent}")),
        None => Ok(()),
    }
}
