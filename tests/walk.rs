//! All operations of a document, each with all its examples. Part of the tests of each API, which say which.

use partner_tests::escape::AWKWARD;

use crate::cases::suite;

#[test]
fn every_operation_of_the_document_is_tested() {
    suite().every_operation_has_a_case();
}

#[tokio::test]
async fn every_request_example_goes_over_the_wire_as_documented() {
    suite().requests_are_as_documented().await;
}

#[tokio::test]
async fn every_request_that_can_have_a_body_says_how_long_it_is() {
    suite().writes_say_how_long_they_are().await;
}

#[tokio::test]
async fn a_text_in_the_path_is_escaped_and_stays_one_segment() {
    let suite = suite();
    for value in AWKWARD.iter().filter(|value| !value.contains('\\')) {
        suite.texts_in_the_path_stay_what_they_are(value).await;
    }
}

#[tokio::test]
async fn a_backslash_in_the_path_is_no_slash() {
    let suite = suite();
    for value in AWKWARD.iter().filter(|value| value.contains('\\')) {
        suite.texts_in_the_path_stay_what_they_are(value).await;
    }
}

#[tokio::test]
async fn a_text_that_is_required_in_the_query_is_escaped_and_stays_one_value() {
    let suite = suite();
    for value in AWKWARD {
        suite.texts_in_the_query_stay_what_they_are(value).await;
    }
}

#[tokio::test]
async fn every_success_example_is_decoded_and_keeps_all_it_holds() {
    suite().successes_are_decoded().await;
}

#[tokio::test]
async fn every_failure_example_has_its_status_code_message_and_details() {
    suite().failures_are_understood().await;
}

#[tokio::test]
async fn a_failure_without_a_body_has_its_status_and_no_code() {
    suite().failures_need_no_body().await;
}

#[tokio::test]
async fn a_failure_from_a_gateway_is_an_error_with_its_status_and_raw_body() {
    suite().bodies_of_any_kind_are_survived().await;
}

#[tokio::test]
async fn a_success_that_cannot_be_read_is_a_decoding_error_with_the_raw_body() {
    suite().successes_have_to_be_readable().await;
}

#[tokio::test]
async fn every_key_that_is_not_required_may_be_absent_from_a_success() {
    suite().optional_keys_may_be_absent().await;
}

#[tokio::test]
async fn a_success_without_a_body_is_one_where_something_was_done_and_nothing_is_required() {
    suite().a_body_may_be_absent_where_something_was_done().await;
}

#[tokio::test]
async fn a_success_status_that_is_not_documented_is_decoded_and_reported_as_it_came() {
    suite().any_success_status_will_do().await;
}

#[tokio::test]
async fn keys_that_are_not_documented_are_ignored() {
    suite().unknown_keys_are_no_failure().await;
}

#[test]
fn sensitive_values_of_requests_are_in_no_debug_output() {
    suite().requests_keep_secrets();
}

#[tokio::test]
async fn sensitive_values_of_answers_are_in_no_debug_output() {
    suite().answers_keep_secrets().await;
}

#[tokio::test]
async fn values_of_answers_that_do_not_fit_are_in_no_error() {
    suite().errors_keep_secrets().await;
}

#[tokio::test]
async fn the_key_is_in_no_error() {
    suite().errors_keep_the_key().await;
}

#[tokio::test]
async fn sensitive_values_that_are_sent_back_are_in_no_error() {
    suite().refusals_keep_secrets().await;
}

#[tokio::test]
async fn a_message_that_repeats_a_request_shows_nothing_sensitive_of_it() {
    suite().messages_keep_secrets().await;
}

#[test]
fn nothing_that_is_traced_or_shown_by_all_these_tests_holds_a_secret() {
    suite().nothing_shows_secrets("walk::nothing_that_is_traced_or_shown_by_all_these_tests_holds_a_secret");
}
