//! The kinds of differences that are found, and those that do not count.

use super::support::{Folder, OURS, lines};

/// The differences after some edits of our document: each a text and what replaces it.
fn differences(edits: &[(&str, &str)]) -> Vec<String> {
    let folder = Folder::new();
    let mut text = OURS.to_owned();
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    folder.write("docs.yaml", &text);
    let report = folder.drift("docs.yaml", &[]);
    assert!(report.vendor_findings.is_empty(), "{:?}", report.vendor_findings);
    lines(&report)
}

#[test]
fn a_field_that_only_the_docs_have_is_found() {
    assert_eq!(
        differences(&[("        note: {", "        gift: {type: boolean}\n        note: {")]),
        [
            "Orders: only in the docs: `create_order` now also accepts `gift` of `NewOrder` [field-added-optional]"
        ]
    );
}

#[test]
fn a_field_that_only_we_have_is_found() {
    assert_eq!(
        differences(&[("        created_at: {type: string, format: date-time, nullable: true}\n", "")]),
        [
            "Orders: only in our document: `create_order` and `get_order` no longer return `created_at` of `Order` [field-removed-optional]"
        ]
    );
}

#[test]
fn required_flags_enum_values_statuses_content_types_and_limits_are_compared() {
    let found = |from, to| differences(&[(from, to)]);
    assert_eq!(
        found("required: [amount, currency]", "required: [amount, currency, note]"),
        ["Orders: different: `NewOrder.note` is required now [field-required]"]
    );
    assert_eq!(
        found("enum: [EUR, USD]", "enum: [EUR, USD, GBP]"),
        ["Orders: only in the docs: `Currency` can also be `GBP` [enum-value-added]"]
    );
    assert_eq!(
        found("enum: [EUR, USD]", "enum: [EUR]"),
        ["Orders: only in our document: `Currency` no longer has the value `USD` [enum-value-removed]"]
    );
    assert_eq!(
        found("'201':", "'200':"),
        ["Orders: different: `create_order` responds with 200, and did with 201 [success-status-changed]"]
    );
    assert_eq!(
        found("'404':", "'410':"),
        [
            "Orders: only in the docs: `get_order` can also fail with 410 [failure-status-added]",
            "Orders: only in our document: `get_order` is no longer documented to fail with 404 [failure-status-removed]",
        ]
    );
    assert_eq!(
        found("maxLength: 100", "maxLength: 50"),
        ["Orders: different: The greatest length of `NewOrder.note` is 50, and was 100 [limit-tightened]"]
    );
    let body = "        content:\n          application/json:\n            schema: {$ref: '#/components/schemas/NewOrder'}";
    let form = body.replace("application/json", "application/x-www-form-urlencoded");
    assert_eq!(
        found(body, &form),
        [
            "Orders: only in the docs: `create_order` now also takes `application/x-www-form-urlencoded`, as `create_order` [media-type-added]",
            "Orders: only in our document: `create_order` no longer takes `application/json` [media-type-removed]",
        ]
    );
    assert_eq!(
        found("nullable: true", "nullable: false"),
        ["Orders: only in our document: `Order.created_at` may not be null any more [nullable-removed]"]
    );
    assert_eq!(
        found("code: {type: string}", "code: {type: integer}"),
        [
            "Orders: different: The failure 400 of `create_order` no longer holds what it did: `application/json.code` [failure-body-changed]",
            "Orders: different: The failure 404 of `get_order` no longer holds what it did: `application/json.code` [failure-body-changed]",
        ]
    );
}

#[test]
fn operations_servers_and_keys_are_compared() {
    assert_eq!(
        differences(&[("  /health:", "  /ping:")]),
        [
            "Health: only in our document: `health_check` (GET /health) is gone [operation-removed]",
            "Pages that we do not have: only in the docs: `get_ping` (GET /ping) is new [operation-added]",
        ]
    );
    assert_eq!(
        differences(&[("https://shop.example,", "https://shop2.example,")]),
        [
            "All pages: only in the docs: The server `Shop2Example` (https://shop2.example) is new [server-added]",
            "All pages: only in our document: The server `ShopExample` (https://shop.example) is gone [server-removed]",
        ]
    );
    assert_eq!(
        differences(&[("security: []", "security: [{Key: []}]")]),
        ["Health: different: `health_check` needs a key now [key-required]"]
    );
    assert_eq!(
        differences(&[("deleted", "deleted")].map(|_| ("operationId: healthCheck", "deprecated: true"))),
        ["Health: different: `health_check` is deprecated [deprecated]"]
    );
    assert_eq!(
        differences(&[("{order_id}", "{id}"), ("name: order_id", "name: id")]),
        [
            "Orders: different: The path parameter `order_id` of `get_order` is called `id` now [path-parameter-renamed]"
        ]
    );
}

#[test]
fn differences_of_representation_do_not_count() {
    let none: [&str; 0] = [];
    for edit in [
        // Amounts.
        ("{type: number, format: decimal}", "{type: number}"),
        ("{type: number, format: decimal}", "{type: number, format: double}"),
        ("{type: string, format: decimal}", "{type: string}"),
        // Names.
        ("title: OrderId", "title: SomethingElse"),
        ("operationId: getOrder", "operationId: orderGet"),
        ("      operationId: getOrder\n", ""),
        ("operationId: getOrder", "operationId: clone"),
        ("schemas/NewOrder'}\n      responses", "schemas/Other'}\n      responses"),
        // What is ours.
        ("          x-closed-enum: true\n", ""),
        ("      x-idempotent: true\n", ""),
        (", x-environment: production", ""),
        ("name: X-Key", "name: x-key"),
        ("description: The order.", "description: Another text."),
    ] {
        let other = ("    NewOrder:\n", "    Other:\n");
        let edits = if edit.1.contains("Other") { vec![edit, other] } else { vec![edit] };
        assert_eq!(differences(&edits), none, "{edit:?}");
    }
}

#[test]
fn what_the_docs_leave_open_does_not_count() {
    let none: [&str; 0] = [];
    let servers = "servers:\n  - {url: https://shop.example, x-environment: production}\n";
    assert_eq!(differences(&[(servers, "")]), none);
    let schemes = "  securitySchemes:\n    Key: {type: apiKey, in: header, name: X-Key}\n";
    assert_eq!(differences(&[(schemes, ""), ("      security: [{Key: []}]\n", "")]), none);
}

#[test]
fn what_is_wrong_in_the_docs_is_reported_and_does_not_count() {
    let folder = Folder::new();
    let wrong =
        OURS.replace("note: {type: string, maxLength: 100}", "note: 7").replace("summary", "sumary").replace(
            "    get:\n      operationId: healthCheck",
            "    gett: {}\n    get:\n      operationId: healthCheck",
        );
    folder.write("docs.yaml", &wrong);
    let report = folder.drift("docs.yaml", &[]);
    assert!(lines(&report).is_empty(), "{:#?}", lines(&report));
    let rules: Vec<&str> = report.vendor_findings.iter().map(|found| found.rule.id).collect();
    assert_eq!(rules, ["unknown-key", "wrong-type"]);
}

#[test]
fn an_operation_that_cannot_be_compared_is_listed() {
    let folder = Folder::new();
    folder.write(
        "docs.yaml",
        &OURS.replace("'204': {description: It is up.}", "").replace("  /health:", "  /health?x=1:"),
    );
    let report = folder.drift("docs.yaml", &[]);
    assert!(!report.is_clean() && !report.vendor_findings.is_empty(), "{:#?}", lines(&report));
}
