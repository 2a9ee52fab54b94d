//! Parts of vendors' documents, taken into a small document and into that of P100.

#![allow(clippy::unwrap_used, reason = "a test that fails panics")]

use std::fmt::Write as _;
use std::path::Path;

use partner_change::import::{DocumentFolder, ImportOptions, ImportResult, import_from_vendor};
use partner_change::vendor;
use partner_spec::Api;
use tempfile::TempDir;

const ROOT: &str = "\
openapi: 3.0.3
info: {title: Shop, version: '1'}
servers:
  - url: https://shop.example.com
tags:
  - name: Orders   # The only page.
    description: What was bought.
security: []
paths:
  /orders/{order_id}:
    $ref: 'paths/orders.yaml#/~1orders~1{order_id}'
components: {}
";

const ORDERS: &str = "\
# Read on paper.
/orders/{order_id}:
  parameters:
    - $ref: '../parameters.yaml#/OrderId'
  get:
    operationId: getOrder
    tags: [Orders]
    summary: Get an order
    description: Returns an order.
    security: []
    responses:
      '200':
        description: The order.
        content:
          application/json:
            schema:
              allOf:
                - {type: object, properties: {data: {description: Anything.}}}
                - {type: object, properties: {data: {$ref: '../schemas/orders.yaml#/Order'}}}
            example: {data: {total: '1.50', note: Thanks, status: paid}}
      '404': {$ref: '../responses.yaml#/NotFound'}
    x-docs: {page: Orders, url: 'https://docs.example.com/get-order-4711001', retrieved: '2026-01-31', confidence: documented}
";

const SCHEMAS: &str = "\
Order:
  title: Order
  description: What was bought.   # As far as it is known.
  type: object
  required: [total]
  properties:
    total:
      description: What it costs.
      type: string
      format: decimal
      example: '1.50'
    note:
      description: A text for the buyer.
      type: string
      maxLength: 40
    id:
      $ref: '#/OrderId'
    status:
      $ref: '#/OrderStatus'

OrderId:
  title: OrderId
  description: The id of an order.
  type: string
  format: uuid
  x-newtype: true

OrderStatus:
  title: OrderStatus
  description: What became of the order.
  type: string
  enum:
    - paid
  x-enum-descriptions:
    paid: It was paid.
";

const REST: [(&str, &str); 3] = [
    (
        "parameters.yaml",
        "OrderId:\n  name: order_id\n  in: path\n  required: true\n  description: The order.\n  schema:\n    type: string\n",
    ),
    ("responses.yaml", "NotFound:\n  description: There is no such order.\n"),
    (
        "unread.yaml",
        "# Nobody has read these.\noperations:\n  - title: Cancel order\n    group: Shop / Orders\n    method: POST\n    page: '4711002'\n    known: It exists.\n    missing: All.\nwebhooks:\n  - title: Order paid\n    group: Webhooks\n    page: '4711003'\n    known: It exists.\n    missing: All.\n",
    ),
];

/// A folder with the documents of the shop, in a folder with another file.
struct Shop(TempDir);

impl Shop {
    fn new() -> Shop {
        let shop = Shop(tempfile::tempdir().unwrap());
        let files = [("openapi.yaml", ROOT), ("paths/orders.yaml", ORDERS), ("schemas/orders.yaml", SCHEMAS)];
        for (name, text) in files.into_iter().chain(REST) {
            write(&shop.folder().join(name), text);
        }
        write(&shop.0.path().join("other.yaml"), "other\n");
        shop
    }

    fn folder(&self) -> std::path::PathBuf {
        self.0.path().join("spec/shop")
    }

    /// Imports from a vendor's file, and writes the documents.
    fn import(&self, file: &str, text: &str, options: &ImportOptions) -> Result<ImportResult, String> {
        let vendor = tempfile::tempdir().unwrap();
        write(&vendor.path().join(file), text);
        let vendor = vendor::read_vendor_docs(vendor.path()).unwrap();
        let mut folder =
            DocumentFolder::lock_and_read(&self.folder(), "spec/shop").map_err(|error| error.to_string())?;
        let imported =
            import_from_vendor(&mut folder, &vendor, options).map_err(|error| error.to_string())?;
        folder.write_changed_files().map_err(|error| error.to_string())?;
        Ok(imported)
    }

    /// The lines that an import added and removed, by file.
    fn changes(&self) -> String {
        let before = Shop::new();
        let mut text = String::new();
        let mut names = names(&self.folder());
        names.sort();
        for name in names {
            let read = |shop: &Shop| std::fs::read_to_string(shop.folder().join(&name)).unwrap_or_default();
            let (old, new) = (read(&before), read(self));
            if old != new {
                writeln!(text, "{name}").unwrap();
                write_changes(&old, &new, &mut text);
            }
        }
        text
    }

    /// Asserts that the documents can still be read, and that nothing outside of them was written.
    #[track_caller]
    fn assert_sound(&self, about: &str) {
        let found = partner_spec::read_document(&self.folder().join("openapi.yaml"), &self.folder());
        assert!(found.document.is_some(), "{about}: {}", found.findings);
        let outside: Vec<String> =
            names(self.0.path()).into_iter().filter(|name| !name.starts_with("spec/shop/")).collect();
        assert_eq!(outside, ["other.yaml"], "{about}");
        assert_eq!(std::fs::read_to_string(self.0.path().join("other.yaml")).unwrap(), "other\n");
        for name in names(&self.folder()).into_iter().filter(|name| name != ".import-lock") {
            let is_expected = name.split('/').all(|part| {
                part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
                    && !part.starts_with('.')
            });
            assert!(is_expected, "{about}: {name}");
        }
    }
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// The names of all files below a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        match entry.path().is_dir() {
            true => found.extend(names(&entry.path()).into_iter().map(|inner| format!("{name}/{inner}"))),
            false => found.push(name),
        }
    }
    found
}

/// Writes the lines that only one of two texts has.
fn write_changes(old: &str, new: &str, text: &mut String) {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    // The length of the longest common subsequence of the ends of both texts that start at these lines.
    let mut common = vec![vec![0; new.len() + 1]; old.len() + 1];
    for (o, n) in (0..old.len()).rev().flat_map(|o| (0..new.len()).rev().map(move |n| (o, n))) {
        common[o][n] = match old[o] == new[n] {
            true => common[o + 1][n + 1] + 1,
            false => common[o + 1][n].max(common[o][n + 1]),
        };
    }
    let (mut o, mut n) = (0, 0);
    while o < old.len() || n < new.len() {
        if o < old.len() && n < new.len() && old[o] == new[n] {
            (o, n) = (o + 1, n + 1);
        } else if o < old.len() && (n == new.len() || common[o + 1][n] >= common[o][n + 1]) {
            writeln!(text, "-{}", old[o]).unwrap();
            o += 1;
        } else {
            writeln!(text, "+{}", new[n]).unwrap();
            n += 1;
        }
    }
}

fn options() -> ImportOptions {
    ImportOptions {
        only_item_identifier: None,
        page_title: None,
        names_of_parts_to_update: Vec::new(),
        retrieved_on: String::from("2026-11-26"),
    }
}

fn update(name: &str) -> ImportOptions {
    ImportOptions { names_of_parts_to_update: vec![name.to_owned()], ..options() }
}

const PAGE: &str = r#"# Cancel order

What the vendor says about it.

```yaml
openapi: 3.0.1
info: {title: '', version: 1.0.0}
paths:
  /orders/{orderId}/cancel:
    post:
      summary: Cancel order
      description: A sentence of the vendor.
      parameters:
        - {name: orderId, in: path, required: true, description: 'A sentence.', schema: {type: string}}
        - {name: dry_run, in: query, schema: {type: boolean}}
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Cancel Request'}
            example: {reason: changed mind, refund: 1.5}
      responses:
        '200':
          description: ''
          content:
            application/json:
              schema:
                type: object
                x-apidog-orders: [status]
                properties:
                  status: {$ref: '#/components/schemas/OrderStatus'}
        '404': {description: Nothing.}
      x-apidog-folder: Orders
components:
  schemas:
    Cancel Request:
      type: object
      required: [reason]
      properties:
        id: {type: string, format: uuid, description: 'A sentence.'}
        refund: {type: number, format: double, description: 'A sentence.'}
        reason: {type: string, enum: [changed mind, 'no']}
        parts: {type: array, items: {$ref: '#/components/schemas/Cancel Request'}}
    OrderStatus: {type: string, enum: [paid]}
```
"#;

#[test]
fn a_page_that_nobody_could_read_becomes_a_draft_and_is_no_longer_listed() {
    let shop = Shop::new();
    let imported = shop.import("cancel-order-4711002.md", PAGE, &options()).unwrap();
    shop.assert_sound("a page");
    insta::assert_snapshot!(format!("{}\n\n{}", imported.change_lines.join("\n"), shop.changes()));
    assert!(imported.notes.is_empty(), "{:?}", imported.notes);
    let again = shop.import("cancel-order-4711002.md", PAGE, &options()).unwrap_err();
    assert!(again.contains("the documents have all operations"), "{again}");
}

#[test]
fn a_page_about_a_webhook_becomes_a_public_schema() {
    let shop = Shop::new();
    let page = "# Order paid\n\n```yaml\nopenapi: 3.0.1\ninfo: {title: '', version: 1.0.0}\npaths:\n  /hooks/paid:\n    post:\n      summary: Order paid\n      requestBody:\n        content:\n          application/json:\n            schema:\n              type: object\n              properties:\n                order: {$ref: '#/components/schemas/Order'}\n            example: {order: {total: '1'}}\n      responses: {'200': {description: ''}}\ncomponents:\n  schemas:\n    Order: {type: object, required: [total], properties: {total: {type: string}}}\n```\n";
    let imported = shop.import("order-paid-4711003.md", page, &options()).unwrap();
    shop.assert_sound("a webhook");
    insta::assert_snapshot!(format!(
        "{}\n{}\n\n{}",
        imported.change_lines.join("\n"),
        imported.notes.join("\n"),
        shop.changes()
    ));
}

/// A document of the vendor with this schema of orders.
fn document(order: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: Shop, version: '1'}}\npaths:\n  /orders/{{id}}:\n    get:\n      operationId: read\n      parameters:\n        - {{name: id, in: path, required: true, schema: {{type: string}}}}\n      responses:\n        '200':\n          description: ''\n          content: {{application/json: {{schema: {{allOf: [{{type: object, properties: {{data: {{}}}}}}, {{type: object, properties: {{data: {order}}}}}]}}}}}}\n        '404': {{description: ''}}\n"
    )
}

#[test]
fn single_changes_are_taken_over_in_place() {
    let all = "{type: object, required: [total, note], properties: {total: {type: string}, note: {type: string, maxLength: 50}, status: {type: string, enum: [paid, lost]}, parts: {type: array, items: {type: number}}}}";
    let mut text = String::new();
    for (name, order) in [
        ("parts", all),
        ("lost", all),
        ("note", all),
        ("note", "{type: object, required: [total], properties: {total: {type: string}}}"),
        (
            "status",
            "{type: object, required: [total], properties: {total: {type: string}, status: {type: integer}}}",
        ),
        ("total", "{type: object, properties: {note: {type: string}}}"),
        ("410", all),
    ] {
        let shop = Shop::new();
        let gone = "        '410': {description: Gone, content: {text/plain: {schema: {type: string}}}}\n";
        let vendor = format!("{}{gone}", document(order));
        let imported = shop.import("vendor.yaml", &vendor, &update(name)).unwrap();
        shop.assert_sound(name);
        writeln!(text, "== {}\n{}", imported.change_lines.join("; "), shop.changes()).unwrap();
        let again = shop.import("vendor.yaml", &vendor, &update(name)).unwrap_err();
        assert_eq!(again, format!("nothing that is called `{name}` differs from the vendor's file"));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_webhook_is_imported_from_every_form_in_which_a_document_holds_it_and_then_updated() {
    let call = "{post: {requestBody: {content: {application/json: {schema: SCHEMA, example: {total: '1'}}}}, responses: {'200': {description: ''}}}}";
    let head = "openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\npaths: {}\n";
    let payload = "{type: object, properties: {total: {type: string}, state: {type: string, enum: [full]}}}";
    let forms = |payload: &str| {
        let call = call.replace("SCHEMA", payload);
        let old = format!(
            "openapi: 3.0.3\ninfo: {{title: Shop, version: '1'}}\npaths:\n  /orders/{{order_id}}:\n    get:\n      callbacks: {{order.sent: {{'{{$request.query.url}}': {call}}}}}\n      responses: {{'200': {{description: ''}}}}\n"
        );
        let page = format!(
            "# Order Sent Webhook\n\n```yaml\nopenapi: 3.0.1\ninfo: {{title: '', version: 1.0.0}}\npaths:\n  /hooks/sent: {call}\n```\n"
        );
        [
            ("a.yaml", format!("{head}x-webhooks: {{order.sent: {call}}}\n")),
            ("a.yaml", format!("{}webhooks: {{order.sent: {call}}}\n", head.replace("3.0.3", "3.1.0"))),
            ("a.yaml", old),
            ("order-sent-webhook-4711009e0.md", page),
        ]
    };
    for (form, (file, text)) in forms(payload).into_iter().enumerate() {
        let shop = Shop::new();
        shop.import(file, &text, &options()).unwrap();
        shop.assert_sound(&text);
        let schemas = std::fs::read_to_string(shop.folder().join("schemas/webhooks.yaml")).unwrap();
        let lines: Vec<&str> = schemas.lines().collect();
        assert_eq!(lines[0], "OrderSentWebhook:", "{schemas}");
        let mark = match file {
            "a.yaml" => "  x-webhook:\n    title: order.sent\n  x-docs",
            _ => {
                "  x-webhook:\n    title: Order Sent Webhook\n    path: /hooks/sent\n    page: '4711009'\n  x-docs"
            }
        };
        assert!(schemas.contains(mark) && schemas.contains("  example:\n    total: '1'\n"), "{schemas}");
        let known = shop.import(file, &text, &options()).unwrap_err();
        assert!(known.contains("the documents have all"), "{known}");
        let changed =
            payload.replace("total: {type: string}", "sum: {type: string}").replace("[full]", "[full, half]");
        let (file, text) = forms(&changed).into_iter().nth(form).unwrap();
        for name in ["sum", "total", "half"] {
            shop.import(file, &text, &update(name)).unwrap();
        }
        let schemas = std::fs::read_to_string(shop.folder().join("schemas/webhooks.yaml")).unwrap();
        assert!(schemas.contains("    sum:\n") && schemas.contains("      - half\n"), "{schemas}");
        assert!(!schemas.contains("total"), "{schemas}");
    }
}

/// The schemas of a shop whose orders hold a payment: one of several objects, discriminated by `kind`.
const PAYMENTS: &str = "
Payment:
  title: Payment
  description: How it was paid.   # One of several.
  oneOf:
    - $ref: '#/CardPayment'
    - $ref: '#/BankPayment'
  discriminator:
    propertyName: kind
    mapping:
      card: '#/CardPayment'
      bank: '#/BankPayment'

CardPayment:
  title: CardPayment
  description: By card.
  type: object
  required: [kind]
  properties:
    kind: {description: Card., type: string, enum: [card]}

BankPayment:
  title: BankPayment
  description: By bank.
  type: object
  required: [kind]
  properties:
    kind: {description: Bank., type: string, enum: [bank]}
";

#[test]
fn alternatives_are_added_changed_and_removed_in_place() {
    let vendor = |alternatives: &[(&str, &str)]| {
        let list = |text: &dyn Fn(&str, &str) -> String| {
            alternatives.iter().map(|(name, fields)| text(name, fields)).collect::<Vec<_>>()
        };
        let one_of = list(&|name, _| format!("{{$ref: '#/components/schemas/{name}'}}")).join(", ");
        let mapping = list(&|name, _| {
            format!("{}: '#/components/schemas/{name}'", name.replace("Payment", "").to_lowercase())
        })
        .join(", ");
        let schemas = list(&|name, fields| {
            let kind = name.replace("Payment", "").to_lowercase();
            format!(
                "    {name}: {{type: object, required: [kind], properties: {{kind: {{type: string, enum: [{kind}]}}{fields}}}}}\n"
            )
        });
        let payment =
            format!("{{oneOf: [{one_of}], discriminator: {{propertyName: kind, mapping: {{{mapping}}}}}}}");
        format!(
            "{}components:\n  schemas:\n{}",
            document(&format!(
                "{{type: object, required: [total], properties: {{total: {{type: string}}, payment: {payment}}}}}"
            )),
            schemas.concat()
        )
    };
    let mut text = String::new();
    for (name, alternatives) in [
        (
            "CashPayment",
            &[("CardPayment", ""), ("BankPayment", ""), ("CashPayment", ", till: {type: string}")][..],
        ),
        ("cash", &[("CashPayment", ""), ("BankPayment", ""), ("CardPayment", "")]),
        ("CashPaymentInDocs", &[("CashPayment", ""), ("BankPayment", ""), ("CardPayment", "")]),
        ("BankPayment", &[("CardPayment", "")]),
        ("iban", &[("BankPayment", ", iban: {type: string}"), ("CardPayment", "")]),
    ] {
        let shop = Shop::new();
        let schemas = SCHEMAS.replace("    id:\n", "    payment:\n      $ref: '#/Payment'\n    id:\n");
        let file = shop.folder().join("schemas/orders.yaml");
        write(&file, &format!("{schemas}{PAYMENTS}"));
        let before = std::fs::read_to_string(&file).unwrap();
        let imported = shop.import("vendor.yaml", &vendor(alternatives), &update(name)).unwrap();
        shop.assert_sound(name);
        let mut changes = String::new();
        write_changes(&before, &std::fs::read_to_string(&file).unwrap(), &mut changes);
        writeln!(text, "== {}\n{changes}", imported.change_lines.join("; ")).unwrap();
        let again = shop.import("vendor.yaml", &vendor(alternatives), &update(name)).unwrap_err();
        assert!(again.starts_with("nothing that is called"), "{again}");
    }
    insta::assert_snapshot!(text);
}

#[test]
fn what_is_not_there_is_not_imported() {
    let shop = Shop::new();
    let refuse = |options: &ImportOptions| shop.import("vendor.yaml", &document("{}"), options).unwrap_err();
    let only =
        |operation: &str| ImportOptions { only_item_identifier: Some(operation.to_owned()), ..options() };
    assert_eq!(refuse(&options()), "the documents have all operations and webhooks of the vendor's file");
    assert_eq!(refuse(&only("write")), "the vendor's file has no operation or webhook `write`");
    assert_eq!(
        refuse(&only("read")),
        "the documents already have GET /orders/{id} as `getOrder`; `--update` takes over changes"
    );
    assert_eq!(refuse(&update("none")), "nothing that is called `none` differs from the vendor's file");
    assert_eq!(shop.changes(), "");
}

#[test]
fn hostile_files_do_no_harm() {
    let operation = |path: &str, id: &str, tag: &str, schema: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: a, version: '1'}}\npaths:\n  {path}:\n    post:\n      operationId: {id}\n      tags: [{tag}]\n      requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}\n      responses: {{'200': {{description: a}}}}\n"
        )
    };
    let names = [
        "../../other",
        "/etc/passwd",
        "\"a\\nb: c\"",
        "\"\\e[31m\"",
        "\"::error::a\"",
        "'##[group]'",
        "\"\\0\"",
        "'{}'",
        "'a: b'",
        "'# a'",
        "'*a'",
        "'&a'",
        "..",
        "'~'",
        "'..%2f..'",
        "\"\\u202e\"",
        "'con'",
        "C:\\windows",
        "日本",
        "''",
        "'null'",
        "'- a'",
    ];
    for name in names {
        for (path, id, tag) in
            [("/a", "a", name), ("/a", name, "Orders"), (name, "a", "Orders"), (name, name, name)]
        {
            let schema = format!(
                "{{type: object, properties: {{{name}: {{$ref: '#/components/schemas/S'}}}}, required: [{name}]}}"
            );
            let text = format!(
                "{}components: {{schemas: {{S: {{type: string, enum: [{name}], default: {name}, example: {name}}}, {name}: {{}}}}}}\n",
                operation(path, id, tag, &schema)
            );
            let shop = Shop::new();
            let _ = shop.import("vendor.yaml", &text, &options());
            shop.assert_sound(&text);
        }
    }
    let deep = format!("{}{{}}{}", "{items: ".repeat(90), "}".repeat(90));
    let wide: String = (0..2_000).map(|n| format!("p{n}: {{type: string}}, ")).collect();
    let schemas = [
        String::from("{$ref: '#/components/schemas/A'}"),
        String::from("&a {type: object, properties: {b: {$ref: '#/components/schemas/A'}}}"),
        String::from(
            "{allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/paths'}, {$ref: '../../other.yaml'}, 1]}",
        ),
        deep,
        format!("{{type: object, properties: {{{wide}}}}}"),
        String::from("[1]"),
        String::from("{type: [a], enum: {a: 1}, required: 1, properties: [1], items: 1, allOf: {}}"),
    ];
    for schema in schemas {
        let cycle = "components: {schemas: {A: {allOf: [{$ref: '#/components/schemas/B'}]}, B: {oneOf: [{$ref: '#/components/schemas/A'}], not: {$ref: '#/components/schemas/B'}}}}\n";
        let text = format!("{}{cycle}", operation("/a", "a", "Orders", &schema));
        let shop = Shop::new();
        let _ = shop.import("vendor.yaml", &text, &options());
        shop.assert_sound(&text);
        for name in ["status", "note", "total"] {
            let _ = shop.import("vendor.yaml", &format!("{}{cycle}", document(&schema)), &update(name));
            shop.assert_sound(&schema);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_a_symlink_is_not_written_through() {
    let shop = Shop::new();
    let outside = tempfile::tempdir().unwrap();
    std::fs::remove_dir_all(shop.folder().join("schemas")).unwrap();
    std::os::unix::fs::symlink(outside.path(), shop.folder().join("schemas")).unwrap();
    let refused = shop.import("cancel-order-4711002.md", PAGE, &options()).unwrap_err();
    assert!(refused.contains("is outside of the folder, or a link"), "{refused}");
    assert_eq!(names(outside.path()), [""; 0]);
}

#[test]
fn the_documents_of_p100_take_a_page() {
    let copy = tempfile::tempdir().unwrap();
    for name in names(&Api::P100.document_folder()) {
        write(
            &copy.path().join(&name),
            &std::fs::read_to_string(Api::P100.document_folder().join(&name)).unwrap(),
        );
    }
    let page = "# Suspend User\n\n```yaml\nopenapi: 3.0.1\ninfo: {title: '', version: 1.0.0}\npaths:\n  /example/{externalUserId}:\n    patch:\n      summary: Suspend User\n      tags: [User/Account Management]\n      parameters:\n        - {name: externalUserId, in: path, required: true, schema: {type: string}}\n      responses: {'200': {description: ''}}\n```\n";
    write(&copy.path().join("vendor/suspend-user-28597700e0.md"), page);
    let vendor = vendor::read_vendor_docs(&copy.path().join("vendor")).unwrap();
    let mut folder = DocumentFolder::lock_and_read(copy.path(), "spec/p100").unwrap();
    import_from_vendor(&mut folder, &vendor, &options()).unwrap();
    let paths = folder.file_text("paths/account-management.yaml").unwrap();
    for line in [
        "  parameters:\n    - $ref: '../parameters.yaml#/ExternalUserId'\n",
        "    operationId: suspendUser\n",
        "      page: Account Management\n      url: 'https://partner-api-docs.p100.io/suspend-user-28597700e0'\n",
    ] {
        assert!(paths.contains(line), "{paths}");
    }
    assert!(!folder.file_text("unread.yaml").unwrap().contains("'28597700'"));
}
