//! Secrets in what the tests of the wire trace, show and print. This target runs their programs once more and records
//! them, so it needs them built: `cargo test -p partner-tests`.

use std::collections::BTreeSet;

use partner_client::operation::OperationEntry;
use partner_tests::case::UUID;
use partner_tests::contract::Contract;
use partner_tests::watch::{self, Recording};

/// Texts that the tests of at least one API have to trace, from the crates below the client and from a retry.
const TRACED_TEXTS: [&str; 3] = ["hyper_util", "reqwest", "trying again"];

/// Texts that the tests of at least one API have to show: a sensitive value that was left out, and an error.
const SHOWN_TEXTS: [&str; 2] = ["[redacted]", "Error {"];

#[test]
fn nothing_that_the_tests_of_the_wire_trace_show_or_print_is_a_secret() {
    let (mut traced, mut shown, mut secret_count) = (BTreeSet::new(), BTreeSet::new(), 0);
    macro_rules! check_api {
        ($api:ident) => {
            let api = stringify!($api);
            let mut recording = Recording::default();
            recording.run("walk", &[&format!("{api}::")]);
            recording.run(api, &[]);
            let contract = partner_tests::$api::suite().contract;
            secret_count += check(&recording, &contract, partner_client::$api::OPERATIONS);
            traced.extend(TRACED_TEXTS.into_iter().filter(|text| recording.traces.contains(text)));
            shown.extend(SHOWN_TEXTS.into_iter().filter(|text| recording.shown.contains(text)));
        };
    }
    partner_tests::for_each_api!(check_api);
    assert_eq!(traced, BTreeSet::from(TRACED_TEXTS), "what is traced");
    assert_eq!(shown, BTreeSet::from(SHOWN_TEXTS), "what is shown");
    assert!(secret_count > 20, "{secret_count} secrets");
}

/// Checks that all operations are traced, and that no recorded text has a secret of the API. Returns the number of
/// these secrets.
fn check(recording: &Recording, contract: &Contract, operations: &[&OperationEntry]) -> usize {
    for operation in operations {
        let traced = format!("partner.operation=\"{}\"", operation.id);
        assert!(recording.traces.contains(&traced), "{} is not traced", operation.id);
    }
    let secrets = watch::secrets_of_api(contract);
    recording.assert_lacks(&secrets);
    // The values in the paths and queries of requests may identify a person, so they are not traced, either.
    recording.assert_traces_lack(&[UUID, "id-of-a-customer-", "user_uuid="]);
    secrets.len()
}
