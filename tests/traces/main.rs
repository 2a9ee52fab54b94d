//! Secrets in what the tests of the wire trace, show and print. This target runs their programs once more and records
//! them, so it needs them built: `cargo test -p partner-tests`.

use partner_client::operation::OperationEntry;
use partner_tests::case::UUID;
use partner_tests::contract::Contract;
use partner_tests::watch::{self, Recording};

#[test]
fn nothing_that_the_tests_of_the_wire_trace_show_or_print_is_a_secret() {
    macro_rules! check_api {
        ($api:ident) => {
            let api = stringify!($api);
            let mut recording = Recording::default();
            recording.run("walk", &[&format!("{api}::")]);
            recording.run(api, &[]);
            check(&recording, &partner_tests::$api::suite().contract, partner_client::$api::OPERATIONS);
        };
    }
    partner_tests::for_each_api!(check_api);
}

fn check(recording: &Recording, contract: &Contract, operations: &[&OperationEntry]) {
    for operation in operations {
        let traced = format!("partner.operation=\"{}\"", operation.id);
        assert!(recording.traces.contains(&traced), "{} is not traced", operation.id);
    }
    for talk in ["hyper_util", "reqwest", "trying again"] {
        assert!(recording.traces.contains(talk), "`{talk}` is not traced");
    }
    let shown = &recording.shown;
    assert!(shown.contains("[redacted]") && shown.contains("Error {"), "nothing was shown");
    let secrets = watch::secrets_of_api(contract);
    assert!(secrets.len() > 10, "{secrets:?}");
    recording.assert_lacks(&secrets);
    // The values in the paths and queries of requests may identify a person, so they are not traced, either.
    recording.assert_traces_lack(&[UUID, "id-of-a-customer-", "user_uuid="]);
}
