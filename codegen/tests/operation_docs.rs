//! The docs of a method say what to call before and next, what the arguments are, which codes a failure has, and under
//! which names the vendor knows the operation and its types.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

#[path = "support/text_document.rs"]
mod text_document;

use text_document::generate;

const DOCUMENT: &str = r##"
paths:
  /quotes:
    post:
      operationId: createQuote
      x-docs: {page: Quotes, retrieved: '2026-01-31', confidence: documented, operation: postQuoteV2}
      responses:
        '201':
          description: The quote.
          links:
            pay: {operationId: payQuote}
          content:
            application/json:
              schema: {$ref: '#/components/schemas/QuoteResponseV2'}
        '409':
          description: Refused.
          content:
            application/json:
              examples:
                none: {value: {error: {code: E7}}}
                unlisted: {value: {error: {code: '](https://example.test)'}}}
  /quotes/{quote_id}/payment:
    put:
      operationId: payQuote
      x-docs: {operation: PAY_QUOTE}
      parameters:
        - {name: quote_id, in: path, required: true, description: The quote., schema: {type: string}}
        - {name: note, in: query, description: Shown to nobody., schema: {type: string}}
      responses:
        '204': {description: Paid.}
components:
  schemas:
    QuoteResponseV2:
      title: Quote
      type: object
      properties: {id: {type: string}}
    ErrorCode:
      x-public: true
      type: string
      enum: [E7, NO_MONEY]
      x-enum-names: {E7: NoOffers}
"##;

/// The doc comment before a line, in one line.
fn docs_of(line: &str) -> String {
    let source = generate(DOCUMENT).unwrap();
    let before = &source[..source.find(line).unwrap_or_else(|| panic!("{line} is not in\n{source}"))];
    let lines =
        before.lines().rev().skip_while(|line| line.trim_start().starts_with("#[") || line.trim().is_empty());
    let lines: Vec<&str> = lines.map_while(|line| line.trim_start().strip_prefix("///")).collect();
    lines.into_iter().rev().map(str::trim).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_method_names_the_operations_before_and_next() {
    assert!(docs_of("pub fn create_quote(").contains("Next: [`pay_quote`](Client::pay_quote)."));
    assert!(docs_of("pub fn pay_quote(").contains("Before: [`create_quote`](Client::create_quote)."));
}

#[test]
fn a_failure_names_the_codes_that_the_enum_of_codes_has() {
    let docs = docs_of("pub fn create_quote(");
    assert!(docs.ends_with("- `409`: Refused. [`NoOffers`](ErrorCode::NoOffers)"), "{docs}");
}

#[test]
fn a_method_describes_what_it_takes_and_no_more() {
    let docs = docs_of("pub fn pay_quote(");
    assert!(docs.contains("# Arguments  - `quote_id`: The quote."), "{docs}");
    assert!(!docs.contains("Shown to nobody"), "a setter describes that: {docs}");
}

#[test]
fn a_method_says_how_sure_available_and_repeatable_it_is() {
    let repeatable = "[repeatable](partner_runtime::operation::OperationEntry::is_repeatable)";
    let docs = docs_of("pub fn create_quote(");
    let facts = format!(
        "`POST /quotes`, documented, available to everyone, not {repeatable}. Docs page: Quotes, read on 2026-01-31."
    );
    assert!(docs.contains(&facts), "{docs}");
    let docs = docs_of("pub fn pay_quote(");
    assert!(docs.contains(&format!("`PUT /quotes/{{quote_id}}/payment`, {repeatable}.")), "{docs}");
}

#[test]
fn an_item_is_found_by_the_name_that_the_vendor_has_for_it() {
    let source = generate(DOCUMENT).unwrap();
    for alias in ["postQuoteV2", "QuoteResponseV2", "E7"] {
        assert_eq!(source.matches(&format!("#[doc(alias = \"{alias}\")]")).count(), 1, "{alias}");
    }
    assert_eq!(source.matches("doc(alias").count(), 3, "the search finds the others by their own names");
}
