//! Eight months of the Unigox documents: what was found between their states of March and of November 2026.

use std::fmt::Write as _;
use std::path::Path;

use partner_change::{Change, ChangeReport, DocumentState, Effect};

#[cfg(test)]
fn state(name: &str) -> DocumentState {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/replay");
    let reading = partner_spec::read_document(&folder.join(name), &folder);
    let (state, found) = DocumentState::from_read_result(&reading, "unigox").unwrap();
    assert!(found.is_empty(), "{name}: {found}");
    state
}

#[cfg(test)]
fn report() -> ChangeReport {
    ChangeReport::compare_states_and_signatures(&state("march.yaml"), &state("november.yaml"), None)
}

#[test]
fn what_changed_from_march_to_november_is_reviewed() {
    let report = report();
    let mut text = String::new();
    for (page, changes) in report.group_changes_by_docs_page() {
        writeln!(text, "{page}").unwrap();
        for Change {
            rule,
            message: said,
            request_effect: request,
            response_effect: response,
            rust_effect: rust,
            ..
        } in changes
        {
            writeln!(text, "  {said} [{}: {request}, {response}, {rust}]", rule.id).unwrap();
        }
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "replay" }, {
        insta::assert_snapshot!("march-to-november", text);
    });
}

/// The changes from March on that were written down when the pages were read, by the beginnings of their sentences.
const KNOWN: [(&str, &str); 44] = [
    ("path-parameter-renamed", "The path parameter `id` of `get_partner_user` is called `user_uuid`"),
    ("path-parameter-renamed", "The path parameter `id` of `submit_kyc` is called `user_uuid`"),
    ("path-parameter-renamed", "The path parameter `id` of `upload_kyc_document` is called `user_uuid`"),
    ("path-parameter-renamed", "The path parameter `id` of `get_verification_status` is called `user_uuid`"),
    ("path-parameter-renamed", "The path parameter `id` of `create_payment_details` is called `user_uuid`"),
    ("path-parameter-renamed", "The path parameter `id` of `list_payment_details` is called `user_uuid`"),
    ("path-parameter-renamed", "The path parameter `id` of `delete_payment_details` is called `user_uuid`"),
    ("operation-moved", "`delete_payment_details` is DELETE"),
    ("body-added-required", "`quote_on_ramp` also needs a request body"),
    ("body-added-required", "`initiate_on_ramp` also needs a request body"),
    ("response-body-added", "`quote_on_ramp` responds with a body"),
    ("key-optional", "`estimate_off_ramp` works without a key"),
    ("failure-status-added", "`create_payment_details` can also fail with 422"),
    ("failure-status-added", "`quote_off_ramp` can also fail with 422"),
    ("failure-status-added", "`initiate_off_ramp` can also fail with 422"),
    ("failure-status-added", "`quote_on_ramp` can also fail with 404"),
    ("failure-status-added", "`quote_on_ramp` can also fail with 409"),
    ("failure-status-added", "`initiate_on_ramp` can also fail with 422"),
    ("failure-status-added", "`get_transfer_authorization_parameters` can also fail with 409"),
    ("success-status-added", "`initiate_on_ramp` can also respond with 200"),
    ("success-status-added", "`initiate_off_ramp` can also respond with 200"),
    ("schema-renamed", "`PaymentCapability` is called `PaymentRails`"),
    ("field-renamed", "`id` of `PaymentDetails` of"),
    ("field-renamed", "`id` of `PartnerUserProfile` of `get_partner_user` is called `user_uuid`"),
    ("field-renamed", "`user_id` of `NewOffRampQuote` of `quote_off_ramp` is called `user_uuid`"),
    ("type-changed", "`NewOffRampQuote.user_uuid` is a UUID"),
    ("field-optional", "`NewOffRampQuote.payment_details_id` is optional"),
    ("field-optional", "`NewOffRampQuote.crypto_amount` is optional"),
    ("combination-added", "`NewOffRampQuote` allows only some combinations"),
    ("field-optional", "`KycProviderReference.token` is optional"),
    ("field-required", "`KycApplicant.first_name` is required"),
    ("field-required", "`KycApplicant.last_name` is required"),
    ("field-required", "`KycApplicant.country_code` is required"),
    ("nullable-removed", "`Institution.code` may not be null"),
    ("enum-opened", "`ErrorCode` is open"),
    ("enum-value-added", "`KycStatus` can also be `UNDER_REVIEW`"),
    ("enum-value-added", "`KycProvider` can also be `persona`"),
    ("field-added-optional", "`list_payment_rails` now also returns `formats` of"),
    ("field-added-optional", "`list_institutions` now also returns `payment_method_id`"),
    ("field-added-optional", "`estimate_on_ramp` and `estimate_off_ramp` now also accept `partner_fee_pct`"),
    ("field-added-optional", "`quote_off_ramp` now also returns `anchor_type`"),
    ("field-added-optional", "`initiate_on_ramp` and `initiate_off_ramp` now also accept `reference_id`"),
    ("field-added-optional", "`OrderStatusChanged` now also has `partner_fee`"),
    ("field-added-optional", "`OrderStatusChanged` now also has `partner_fee_pct`"),
];

/// The operations that the first copy after March had beyond those of March.
const ADDED: [&str; 26] = [
    "list_corridors",
    "run_kyc_verification",
    "update_kyc",
    "get_payment_details",
    "get_liquidity",
    "estimate_on_ramp",
    "submit_payer_details",
    "confirm_payment_sent",
    "list_send_out_routes",
    "get_bridge_authorization_parameters",
    "authorize_bridge",
    "list_recipients",
    "create_recipient",
    "get_recipient",
    "update_recipient",
    "archive_recipient",
    "list_recipient_destinations",
    "create_recipient_destination",
    "get_refund_authorization_parameters",
    "authorize_refund",
    "get_order_stats",
    "get_fiat_account_config",
    "list_fiat_accounts",
    "issue_fiat_account",
    "get_fiat_account",
    "list_fiat_account_transactions",
];

#[test]
fn everything_that_is_known_to_have_changed_is_found() {
    let report = report();
    let is_found = |id: &str, text: &str| {
        report.changes.iter().any(|change| change.rule.id == id && change.message.starts_with(text))
    };
    let added = ADDED.map(|name| ("operation-added", format!("`{name}` (")));
    let missing: Vec<_> = KNOWN
        .map(|(id, text)| (id, text.to_owned()))
        .into_iter()
        .chain(added)
        .filter(|(id, text)| !is_found(id, text))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
    let ids = |id: &str| report.changes.iter().filter(|change| change.rule.id == id).count();
    assert_eq!(
        (report.old_state_summary.operation_count, report.new_state_summary.operation_count),
        (31, 72)
    );
    assert_eq!((ids("operation-added"), ids("operation-removed"), ids("operation-moved")), (41, 0, 1));
    let new_values =
        report.changes.iter().find(|change| change.message.starts_with("`OrderStatus` can also be "));
    assert_eq!(new_values.unwrap().message.matches(", `").count() + 1, 11);
    assert_eq!(report.strongest_effect(), Effect::Breaking);
}
