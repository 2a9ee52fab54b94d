//! Pages that hold one operation each, as P100's docs have them.

use super::support::{Folder, OURS, lines};

/// The page of the operation `get_order`.
const PAGE: &str = "\
# Get an order

```yaml
openapi: 3.0.1
info: {title: '', version: 1.0.0}
paths:
  /orders/{order_id}:
    get:
      summary: Get an order
      tags: [Shop/Orders]
      parameters:
        - {name: order_id, in: path, required: true, schema: {type: string, format: uuid}}
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema:
                type: object
                required: [order_id, amount, status]
                properties:
                  order_id: {type: string, format: uuid}
                  amount: {type: number}
                  status: {type: string, enum: [open, paid]}
                  created_at: {type: string, format: date-time, nullable: true}
        '404':
          description: Refused.
          content:
            application/json:
              schema: {type: object, required: [code], properties: {code: {type: string}}}
servers:
  - {url: https://stage.example}
security: []
```
";

#[test]
fn a_page_is_compared_with_our_operation_alone() {
    let folder = Folder::new();
    folder.write("docs/get-order-12e0.md", PAGE);
    folder.write("docs/guide-1m0.md", "# Guide\n\nText.\n");
    let report = folder.drift("docs", &[]);
    assert!(report.is_clean(), "{:#?}", lines(&report));
    assert_eq!((report.compared_vendor_documents.len(), report.undescribed_operation_count), (1, 2));
    assert_eq!(report.compared_vendor_documents[0].page_title.as_deref(), Some("Get an order"));
}

#[test]
fn a_difference_is_on_our_page_and_has_the_position_in_the_vendors_page() {
    let folder = Folder::new();
    folder.write("docs/get-order-12e0.md", &PAGE.replace("[open, paid]", "[open, paid, late]"));
    let report = folder.drift("docs", &[]);
    assert_eq!(lines(&report).len(), 1);
    let change = &report.differences[0].change;
    assert_eq!((change.page_title.as_str(), change.rule.id), ("Orders", "enum-value-added"));
    let place = change.new_location.as_ref().unwrap();
    assert_eq!((place.display_path(), place.start.line), ("get-order-12e0.md", 24));
}

#[test]
fn an_operation_that_moved_is_found_by_the_address_of_its_page() {
    let folder = Folder::new();
    folder
        .write("docs/get-order-12e0.md", &PAGE.replace("  /orders/{order_id}:", "  /v2/orders/{order_id}:"));
    let report = folder.drift("docs", &[]);
    assert_eq!(
        lines(&report),
        [
            "Orders: different: `get_order` is GET /v2/orders/{order_id}, and was GET /orders/{order_id} [operation-moved]"
        ]
    );
}

#[test]
fn an_operation_that_we_do_not_have_is_on_its_own_page() {
    let folder = Folder::new();
    folder.write("docs/list-9e0.md", &PAGE.replace("  /orders/{order_id}:", "  /bills/{order_id}:"));
    let report = folder.drift("docs", &[]);
    assert_eq!(
        lines(&report),
        ["Get an order: only in the docs: `get_bills_by` (GET /bills/{order_id}) is new [operation-added]"]
    );
    assert_eq!(report.undescribed_operation_count, 3);
}

#[test]
fn an_operation_that_any_document_describes_is_not_missing() {
    let folder = Folder::new();
    folder.write("docs/get-order-12e0.md", PAGE);
    let (before, rest) = OURS.split_once("  /orders/{order_id}:").unwrap();
    let (_, after) = rest.split_once("  /health:").unwrap();
    folder.write("docs/api.yaml", &format!("{before}  /health:{after}"));
    let report = folder.drift("docs", &[]);
    assert!(report.is_clean(), "{:#?}", lines(&report));
    assert_eq!(folder.drift("docs/api.yaml", &[]).differences.len(), 1);
}
