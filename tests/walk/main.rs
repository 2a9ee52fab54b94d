//! All operations of all APIs, each with all its examples: one test for each API and property.

#![allow(clippy::expect_used, reason = "a helper that cannot go on fails the test that uses it")]

use libtest_mimic::{Arguments, Failed, Trial};
use partner_tests::contract::ParameterLocation;
use partner_tests::suite::Suite;
use partner_tests::url_path::AWKWARD_TEXTS;

fn main() {
    let mut trials = Vec::new();
    macro_rules! add_trials {
        ($api:ident) => {
            trials.extend(trials_of_api(stringify!($api), partner_tests::$api::suite))
        };
    }
    partner_tests::for_each_api!(add_trials);
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

/// The tests of one API.
fn trials_of_api<C: 'static>(api: &str, suite: fn() -> Suite<C>) -> Vec<Trial> {
    let trial = |name: &str, check: fn(Suite<C>)| {
        Trial::test(format!("{api}::{name}"), move || -> Result<(), Failed> {
            check(suite());
            Ok(())
        })
    };
    macro_rules! walk {
        ($($name:literal: |$suite:ident| $check:expr;)*) => {
            vec![$(trial($name, |$suite| run($check))),*]
        };
    }
    walk! {
        "every_operation_of_the_document_has_a_method":
            |suite| async { suite.every_operation_has_a_method() };
        "every_request_example_goes_over_the_wire_as_documented":
            |suite| suite.requests_are_as_documented();
        "every_request_that_can_have_a_body_has_its_length":
            |suite| suite.writes_have_their_length();
        "a_text_in_the_path_is_escaped_and_stays_one_segment":
            |suite| awkward_texts(&suite, ParameterLocation::Path);
        "a_text_in_the_query_is_escaped_and_stays_one_value":
            |suite| awkward_texts(&suite, ParameterLocation::Query);
        "a_text_that_is_no_segment_of_a_path_is_refused":
            |suite| suite.a_text_that_is_no_segment_is_refused();
        "any_id_in_any_place_is_sent_and_read_as_it_is":
            |suite| suite.ids_stay_what_they_are();
        "without_a_key_nothing_is_sent_that_needs_one":
            |suite| suite.a_key_is_needed();
        "every_success_example_is_deserialized_and_keeps_all_it_holds":
            |suite| suite.successes_are_deserialized();
        "every_failure_example_has_its_status_code_message_and_details":
            |suite| suite.failures_are_understood();
        "a_failure_without_a_body_has_its_status_and_no_code":
            |suite| suite.failures_need_no_body();
        "a_failure_from_a_gateway_is_an_error_with_its_status_and_raw_body":
            |suite| suite.failures_may_have_any_body();
        "a_success_that_cannot_be_deserialized_is_an_error_with_the_raw_body":
            |suite| suite.successes_have_to_be_readable();
        "every_property_that_is_not_required_may_be_absent_from_a_success":
            |suite| suite.optional_properties_may_be_absent();
        "a_success_without_a_body_is_one_where_something_was_done_and_nothing_is_required":
            |suite| suite.a_body_may_be_absent_where_something_was_done();
        "a_success_status_that_is_not_documented_is_accepted_and_reported":
            |suite| suite.any_success_status_is_accepted();
        "properties_that_are_not_documented_are_ignored":
            |suite| suite.unknown_properties_are_ignored();
        "sensitive_values_of_requests_are_in_no_debug_output":
            |suite| async { suite.requests_keep_secrets() };
        "sensitive_values_of_responses_are_in_no_debug_output":
            |suite| suite.responses_keep_secrets();
        "values_of_responses_that_do_not_fit_are_in_no_error":
            |suite| suite.errors_keep_secrets();
        "the_key_is_in_no_error":
            |suite| suite.errors_keep_the_key();
        "sensitive_values_that_a_server_echoes_are_in_no_error":
            |suite| suite.refusals_keep_secrets();
        "a_message_that_repeats_a_request_shows_nothing_sensitive_of_it":
            |suite| suite.messages_keep_secrets();
        "every_public_schema_has_a_type":
            |suite| async { suite.every_public_schema_has_a_type() };
        "every_payload_example_is_read_and_written_again":
            |suite| async { suite.payloads_are_kept() };
        "sensitive_values_of_payloads_are_in_no_debug_output":
            |suite| async { suite.payloads_keep_secrets() };
    }
}

async fn awkward_texts<C>(suite: &Suite<C>, location: ParameterLocation) {
    for text in AWKWARD_TEXTS {
        suite.texts_stay_what_they_are(location, text).await;
    }
}

fn run(check: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(check);
}
