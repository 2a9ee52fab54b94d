//! Webhooks, in every form in which a vendor describes them.

use partner_spec::{Api, Node};

use super::support::{Folder, OURS, drift, lines};
use super::variants::{bare, yaml};

/// Our document, with two webhooks.
fn ours() -> String {
    let payloads = "    OrderPaid:
      x-public: true
      x-webhook: {title: order.paid, path: /order-paid, page: '4711003'}
      type: object
      required: [order_id, amount]
      properties:
        order_id: {type: string, format: uuid}
        amount: {type: string, format: decimal}
        reason: {type: string, enum: [full, partial]}
      x-docs: {page: Webhooks, confidence: documented}
    OrderLost:
      x-public: true
      x-webhook: {title: order.lost}
      type: object
      properties:
        order_id: {type: string, format: uuid}
      x-docs: {page: Webhooks, confidence: documented}
    Events:
      x-public: true
      type: string
      enum: [order.paid, order.lost]
";
    format!("{OURS}{payloads}")
}

const PAID: &str = "{type: object, required: [order_id, amount], properties: {order_id: {type: string, format: uuid}, amount: {type: string}, reason: {type: string, enum: [full, partial]}}}";
const LOST: &str = "{type: object, properties: {order_id: {type: string, format: uuid}}}";

/// The operation that a vendor calls, with this payload.
fn call(payload: &str) -> String {
    format!(
        "{{post: {{requestBody: {{content: {{application/json: {{schema: {payload}}}}}}}, responses: {{'200': {{description: Fine.}}}}}}}}"
    )
}

/// A vendor's document with these two payloads, in each form in which a document holds webhooks.
fn forms(paid: &str, lost: &str) -> [(&'static str, String); 4] {
    let list = |key: &str| format!("{key}:\n  order.paid: {}\n  orderLost: {}\n", call(paid), call(lost));
    let callbacks = format!(
        "      callbacks: {{orderPaid: {{'{{$request.body#/url}}': {}}}, order.lost: {{'{{$request.body#/url}}': {}}}}}\n",
        call(paid),
        call(lost)
    );
    let get = "      operationId: healthCheck\n";
    let named = format!("    Paid: {paid}\n    Lost: {lost}\n");
    let [paid, lost] = ["Paid", "Lost"].map(|name| call(&format!("{{$ref: '#/components/schemas/{name}'}}")));
    let references = format!("x-webhooks:\n  order.paid: {paid}\n  order.lost: {lost}\n");
    [
        ("x-webhooks", format!("{OURS}{}", list("x-webhooks"))),
        ("3.1", format!("{}{}", OURS.replace("3.0.3", "3.1.0"), list("webhooks"))),
        ("callbacks", OURS.replace(get, &format!("{get}{callbacks}"))),
        ("references", format!("{OURS}{named}{references}")),
    ]
}

/// The differences between our document and each form, which have to be the same.
fn differences(paid: &str, lost: &str) -> Vec<String> {
    let folder = Folder::new();
    folder.write("ours.yaml", &ours());
    let mut all = Vec::new();
    for (form, text) in forms(paid, lost) {
        folder.write("docs.yaml", &text);
        let report = folder.drift("docs.yaml", &[]);
        assert!(
            report.vendor_findings.is_empty() && report.uncompared_operations_and_webhooks.is_empty(),
            "{form}: {report:#?}"
        );
        assert_eq!(report.compared_vendor_documents[0].webhook_count, 2, "{form}");
        all.push(lines(&report));
    }
    assert!(all.iter().all(|found| *found == all[0]), "{all:#?}");
    all.swap_remove(0)
}

#[test]
fn webhooks_that_are_the_same_do_not_differ() {
    assert_eq!(differences(PAID, LOST), [""; 0]);
}

#[test]
fn the_payloads_of_webhooks_are_compared() {
    let paid = |from: &str, to: &str| {
        assert!(PAID.contains(from), "{from}");
        differences(&PAID.replace(from, to), LOST)
    };
    assert_eq!(
        paid("amount: {type: string}, ", "amount: {type: string}, currency: {type: string}, "),
        ["Ours: only in the docs: `OrderPaid` now also has `currency` [field-added-optional]"]
    );
    assert_eq!(
        paid(", reason: {type: string, enum: [full, partial]}", ""),
        ["Ours: only in our document: `OrderPaid` no longer has `reason` [field-removed-optional]"]
    );
    assert_eq!(
        paid("[order_id, amount]", "[order_id]"),
        ["Ours: different: `OrderPaid.amount` is optional now [field-optional]"]
    );
    assert_eq!(
        paid("[full, partial]", "[full, partial, late]"),
        ["Ours: only in the docs: `OrderPaidReason` can also be `late` [enum-value-added]"]
    );
    assert_eq!(
        paid("amount: {type: string}", "amount: {type: boolean}"),
        ["Ours: different: `OrderPaid.amount` is a boolean, and was a string [type-changed]"]
    );
}

#[test]
fn a_webhook_that_only_one_of_the_two_has_is_found() {
    let folder = Folder::new();
    folder.write("ours.yaml", &ours());
    let other = format!("{OURS}x-webhooks:\n  order.paid: {}\n  order.sent: {}\n", call(PAID), call(LOST));
    folder.write("docs.yaml", &other);
    assert_eq!(
        lines(&folder.drift("docs.yaml", &[])),
        [
            "Webhooks: only in the docs: The webhook `order.sent` is new [webhook-added]",
            "Webhooks: only in our document: The webhook `order.lost` is gone [webhook-removed]",
        ]
    );
    // A document without webhooks says nothing about them.
    folder.write("docs.yaml", OURS);
    assert!(folder.drift("docs.yaml", &[]).is_clean());
}

#[test]
fn the_data_of_an_event_is_compared_where_the_docs_have_the_whole_event() {
    let event = |data: &str| {
        format!(
            "{{type: object, properties: {{event_id: {{type: string}}, event_type: {{type: string}}, data: {data}}}}}"
        )
    };
    assert_eq!(differences(&event(PAID), &event(LOST)), [""; 0]);
    let lost = LOST.replace("order_id:", "since: {type: string}, order_id:");
    assert_eq!(
        differences(&event(PAID), &event(&lost)),
        ["Ours: only in the docs: `OrderLost` now also has `since` [field-added-optional]"]
    );
}

#[test]
fn public_schemas_are_compared_by_their_keys() {
    let folder = Folder::new();
    folder.write("ours.yaml", &ours());
    folder.write("docs.yaml", &format!("{OURS}    Events: {{type: string, enum: [order.paid, parcel]}}\n"));
    let report = folder.drift("docs.yaml", &[]);
    let found: Vec<&str> = report.differences.iter().map(|found| found.change.rule.id).collect();
    assert_eq!(found, ["enum-value-added", "enum-value-removed"], "{:#?}", lines(&report));
}

/// The page of a webhook as P100's docs have pages.
fn page(title: &str, path: &str, payload: &str) -> String {
    format!(
        "# {title}\n\n```yaml\nopenapi: 3.0.1\ninfo: {{title: '', version: 1.0.0}}\npaths:\n  {path}: {}\n```\n",
        call(payload)
    )
}

#[test]
fn a_page_of_a_webhook_is_compared_with_that_webhook_alone() {
    let folder = Folder::new();
    folder.write("ours.yaml", &ours());
    // Found by the number in the name of the file, by the title, and by the path.
    for (file, title, path) in [
        ("anything-4711003e0.md", "Another Webhook", "/order-paid"),
        ("page.md", "Order.Paid Webhook", "/order-paid"),
    ] {
        folder.write(&format!("docs/{file}"), &page(title, path, PAID));
        let report = folder.drift(&format!("docs/{file}"), &[]);
        assert!(report.is_clean() && report.vendor_findings.is_empty(), "{file}: {report:#?}");
        assert_eq!(
            (
                report.compared_vendor_documents[0].operation_count,
                report.compared_vendor_documents[0].webhook_count
            ),
            (0, 1)
        );
    }
    folder.write("page-4711003e0.md", &page("Order Paid Webhook", "/paid", &PAID.replace("partial", "half")));
    assert_eq!(
        lines(&folder.drift("page-4711003e0.md", &[])),
        [
            "Ours: only in the docs: `OrderPaidReason` can also be `half` [enum-value-added]",
            "Ours: only in our document: `OrderPaidReason` no longer has the value `partial` [enum-value-removed]",
            "Webhooks: different: The webhook `order.paid` is sent to `/paid`, and was to `/order-paid` [webhook-moved]",
        ]
    );
    folder.write("new-4711009e0.md", &page("Parcel Webhook", "/parcel", LOST));
    assert_eq!(
        lines(&folder.drift("new-4711009e0.md", &[])),
        ["Parcel Webhook: only in the docs: The webhook `Parcel Webhook` is new [webhook-added]"]
    );
}

#[test]
fn a_document_of_openapi_3_1_is_compared_like_one_of_3_0() {
    let folder = Folder::new();
    let text = OURS
        .replace("openapi: 3.0.3", "openapi: \"3.1.0\"")
        .replace(
            "created_at: {type: string, format: date-time, nullable: true}",
            "created_at: {type: [string, 'null'], format: date-time, examples: ['2026-01-01T00:00:00Z']}",
        )
        .replace("note: {type: string, maxLength: 100}", "note: {type: [string], maxLength: 100}");
    folder.write("docs.yaml", &text);
    let report = folder.drift("docs.yaml", &[]);
    assert!(report.is_clean() && report.vendor_findings.is_empty(), "{report:#?}");
    let alternatives = "created_at: {anyOf: [{type: string, format: date-time}, {type: 'null'}]}";
    let text = text.replace(
        "created_at: {type: [string, 'null'], format: date-time, examples: ['2026-01-01T00:00:00Z']}",
        alternatives,
    );
    assert!(text.contains(alternatives));
    folder.write("docs.yaml", &text);
    let report = folder.drift("docs.yaml", &[]);
    assert!(report.is_clean() && report.vendor_findings.is_empty(), "{report:#?}");
    // What has changed is found all the same.
    folder.write("docs.yaml", &text.replace("enum: [open, paid]", "const: open"));
    assert_eq!(
        lines(&folder.drift("docs.yaml", &[])),
        ["Orders: only in our document: `OrderStatus` no longer has the value `paid` [enum-value-removed]"]
    );
}

#[test]
fn a_payload_that_is_not_described_is_listed_and_what_is_odd_does_no_harm() {
    let folder = Folder::new();
    folder.write("ours.yaml", &ours());
    folder.write(
        "docs.yaml",
        &format!(
            "{OURS}x-webhooks:\n  order.paid: {{post: {{}}}}\n  order.lost: {}\n",
            call("{type: array, items: {}}")
        ),
    );
    let report = folder.drift("docs.yaml", &[]);
    assert_eq!(
        report.uncompared_operations_and_webhooks,
        ["the webhook order.paid", "the webhook order.lost"]
    );
    assert!(lines(&report).is_empty() && !report.is_clean());
    for odd in [
        "x-webhooks: 7\n",
        "x-webhooks: {a: 7, b: [], c: {post: 7}, d: {post: {requestBody: 7}}}\n",
        "x-webhooks: {a: {$ref: '#/x-webhooks/a'}, b: {$ref: '#/nowhere'}}\n",
        "webhooks: {order.paid: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Loop'}}}}}}}\n",
        "x-webhooks: {order.paid: {post: {requestBody: {content: {a: {schema: 7}}}}}, Order: {post: {}}}\n",
    ] {
        folder.write(
            "docs.yaml",
            &format!("{OURS}    Loop: {{allOf: [{{$ref: '#/components/schemas/Loop'}}]}}\n{odd}"),
        );
        let report = folder.drift("docs.yaml", &[]);
        assert!(!report.compared_vendor_documents.is_empty(), "{odd}");
    }
    // A large payload that many webhooks share is not copied without end.
    let fields: String = (0..5_000).map(|n| format!("f{n}: {{type: string}}, ")).collect();
    let shared = call("{$ref: '#/components/schemas/Large'}");
    let many: String = (0..2_000).map(|n| format!("  event{n}: {shared}\n")).collect();
    folder.write(
        "docs.yaml",
        &format!("{OURS}    Large: {{type: object, properties: {{{fields}}}}}\nx-webhooks:\n{many}"),
    );
    let report = folder.drift("docs.yaml", &[]);
    assert_eq!(report.compared_vendor_documents[0].webhook_count, 2_000);
}

#[test]
fn our_own_webhooks_are_the_same_in_a_vendors_document() {
    for api in Api::ALL {
        let folder = Folder::new();
        let mut root =
            partner_spec::load_document(&api.root_file_path(), partner_spec::base_folder()).unwrap().root;
        let schemas = root.get("components").unwrap().get_entries("schemas");
        let titles =
            schemas.filter_map(|entry| Some((entry.node.get("x-webhook")?.get_str("title")?, &entry.key)));
        let webhooks = titles.map(|(title, key)| {
            let schema = format!("{{\"$ref\": \"#/components/schemas/{key}\"}}");
            format!("  {title}: {}\n", call(&schema))
        });
        let webhooks: String = webhooks.collect();
        let expected = webhooks.lines().count();
        bare(&mut root);
        folder.write("docs.yaml", &format!("{}x-webhooks:\n{webhooks}", yaml(&root)));
        let ours = partner_spec::read_document(&api.root_file_path(), partner_spec::base_folder());
        let report = drift(&ours, &folder.path("docs.yaml"), &[]);
        assert_eq!(lines(&report), [""; 0], "{}", api.name());
        assert!(report.is_clean(), "{:?}", report.uncompared_operations_and_webhooks);
        assert_eq!(report.compared_vendor_documents[0].webhook_count, expected);
        assert!(expected >= 9, "{expected}");
        // A field that is gone from any of them is found.
        let schemas = root.get_mut("components").unwrap().get_mut("schemas").unwrap();
        let mut removed = 0;
        for key in webhooks.split("schemas/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let properties = schemas.get_mut(key).unwrap().get_mut("properties");
            let Some(properties) = properties.and_then(Node::as_object_mut) else { continue };
            let first = properties.iter().next().unwrap().key.clone();
            properties.remove(&first);
            removed += 1;
        }
        folder.write("docs.yaml", &format!("{}x-webhooks:\n{webhooks}", yaml(&root)));
        let found = lines(&drift(&ours, &folder.path("docs.yaml"), &[]));
        let missing = found.iter().filter(|line| line.contains("only in our document"));
        assert!(removed >= 8 && missing.count() >= removed, "{found:#?}");
    }
}
