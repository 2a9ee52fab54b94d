//! What progenitor and typify get wrong when they are left alone with a document, and how it comes out here.

#[cfg(test)]
#[path = "support/fixture.rs"]
mod fixture;
#[cfg(test)]
#[path = "support/kitchen_sink.rs"]
mod kitchen_sink;
#[cfg(test)]
#[path = "support/text_document.rs"]
mod text_document;

use kitchen_sink::KitchenSink;

#[test]
fn all_that_is_generated_is_rust() {
    let generated = fixture::generate("kitchen-sink.yaml").unwrap_or_else(|found| panic!("{found}"));
    for file in &generated.files {
        if let Err(error) = syn::parse_file(&file.source) {
            panic!("{}: {error}\n{}", file.file_name(), file.source);
        }
    }
    assert_eq!(generated.operation_count, 15);
}

#[test]
fn the_parts_of_a_multipart_body_are_arguments_and_setters() {
    let sink = KitchenSink::new();
    let method = sink.signature_of("pub fn upload_document(");
    assert!(method.contains("file: partner_runtime::Upload, kind: UploadDocumentKind, )"), "{method}");
    let call = sink.setters("UploadDocument");
    assert!(call.contains("pages: impl Into<Vec<partner_runtime::Upload>>"), "{call}");
    assert!(call.contains("tags: impl Into<Vec<String>>"), "{call}");
    assert!(call.contains("meta: std::collections::BTreeMap<String, String>"), "{call}");
    let send = sink.operation("UploadDocument");
    assert!(send.contains(r#"form = form.file("file", file);"#), "{send}");
    assert!(send.contains(r#"form = form.text("kind", kind.to_string());"#), "{send}");
    assert!(send.contains("call.set_multipart_body(form);"), "{send}");
}

#[test]
fn a_part_that_is_an_object_is_sent_as_json_and_one_that_is_an_enum_as_text() {
    let source = text_document::generate(
        "paths:
  /pets:
    post:
      operationId: createPet
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [owner, kind, toys]
              properties:
                owner: {$ref: '#/components/schemas/Owner'}
                kind: {type: string, enum: [dog]}
                toys: {type: array, items: {$ref: '#/components/schemas/Owner'}}
      responses: {'204': {description: Created.}}
components:
  schemas:
    Owner: {type: object, properties: {name: {type: string}}}
",
    )
    .unwrap_or_else(|found| panic!("{found}"));
    for sent in [
        r#"form.json("owner", &owner)?"#,
        r#"form.text("kind", kind.to_string())"#,
        r#"toys.iter().try_fold(form, |form, item| form.json("toys", item))?"#,
    ] {
        assert!(source.contains(sent), "{sent} is not in {source}");
    }
}

#[test]
fn each_content_type_of_a_request_has_a_method() {
    let sink = KitchenSink::new();
    assert!(sink.signature_of("pub fn add_document(").contains("body: AddDocumentBody"));
    assert!(sink.signature_of("pub fn add_document_file(").contains("file: partner_runtime::Upload"));
}

#[test]
fn a_cookie_parameter_is_an_error_with_its_place() {
    let found = text_document::generate(
        "paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - name: session
          in: cookie
          schema: {type: string}
      responses:
        '204': {description: Done.}
",
    );
    let found = found.unwrap_err();
    assert!(found.starts_with("openapi.yaml:9:15: error[parameter-unsupported]: `listPets`"), "{found}");
}

#[test]
fn a_missing_operation_id_is_an_error_with_its_place() {
    let found = text_document::generate(
        "paths:\n  /pets:\n    get:\n      responses:\n        '204': {description: Done.}\n",
    );
    let found = found.unwrap_err();
    assert!(found.starts_with("openapi.yaml:5:5: error[operation-id-missing]: GET /pets has no"), "{found}");
}

#[test]
fn two_successes_with_different_bodies_are_told_apart_by_status() {
    let sink = KitchenSink::new();
    let outcome = sink.signature_of("pub enum CreateOrderOutcome");
    assert_eq!(
        outcome,
        "pub enum CreateOrderOutcome { Ok(ExistingOrder), Created(CreatedOrder), Accepted(()), }"
    );
    let read = sink.source_of("impl partner_runtime::plumbing::FromResponse for CreateOrderOutcome");
    assert!(read.contains("201u16 => response.read_json().map(Self::Created)"), "{read}");
    assert!(read.contains("202u16 => response.read_empty().map(Self::Accepted)"), "{read}");
}

#[test]
fn two_schemas_written_in_place_in_one_operation_are_two_types() {
    let sink = KitchenSink::new();
    assert!(sink.signature_of("pub struct ExistingOrder").contains("pub since: Option<chrono::DateTime"));
    assert!(sink.signature_of("pub struct CreatedOrder").contains("pub id: Option<uuid::Uuid>"));
}

#[test]
fn a_default_response_is_a_failure_and_not_a_success() {
    let sink = KitchenSink::new();
    let operation = sink.operation("ListOrders");
    assert!(operation.contains("type Response = ListOrdersResponse;"), "{operation}");
    assert!(!sink.contains("ErrorResponse"));
}

#[test]
fn a_documented_failure_arrives_whole() {
    let sink = KitchenSink::new();
    assert!(sink.operation("GetOrder").contains("type Response = Order;"));
    // Nothing that is generated looks at a response.
    for read in ["404", "status()", "from_response", "UnexpectedResponse"] {
        assert!(!sink.source_of("mod requests").contains(read), "{read}");
    }
}

#[test]
fn types_that_only_failures_have_are_not_generated_unless_they_are_public() {
    let sink = KitchenSink::new();
    assert!(!sink.contains("struct Failure "));
    assert!(sink.contains("pub enum FailureCode"));
}

#[test]
fn a_range_of_statuses_is_one_success() {
    let sink = KitchenSink::new();
    assert!(sink.operation("GetOrder").contains("type Response = Order;"));
}

#[test]
fn alternatives_are_told_apart_by_their_tag() {
    let sink = KitchenSink::new();
    let union = sink.signature_of("pub enum Payout");
    assert_eq!(
        union,
        "pub enum Payout { Bank(BankPayout), Own(OwnPayout), Unrecognized(partner_runtime::Json), }"
    );
    let read = sink.source_of("impl partner_runtime::plumbing::Value for Payout");
    assert!(read.contains(r#"("kind", &["bank"])"#), "{read}");
    assert!(read.contains(r#"("kind", &["self"])"#), "{read}");
    // Nobody has to say a tag that can only be one thing.
    assert!(!sink.signature_of("pub struct BankPayout").contains("kind"));
}

#[test]
fn alternatives_without_a_tag_are_told_apart_by_their_keys() {
    let sink = KitchenSink::new();
    let union = sink.signature_of("pub enum NewAccount");
    assert_eq!(union, "pub enum NewAccount { Bank(NewBankAccount), Wallet(NewWalletAccount), }");
    let read = sink.source_of("impl partner_runtime::plumbing::Value for NewAccount");
    assert!(read.contains(r#"value.has_keys_and_values(&["iban"], &[])"#), "{read}");
    assert!(read.contains(r#"Err(value.report_no_match("NewAccount", reader))"#), "{read}");
}

#[test]
fn alternatives_that_nothing_tells_apart_are_an_error() {
    let found = text_document::generate(
        "paths:
  /pets:
    get:
      operationId: getPet
      responses:
        '200':
          description: Fine.
          content:
            application/json:
              schema:
                oneOf:
                  - {title: Dog, type: object, properties: {name: {type: string}}}
                  - {title: Cat, type: object, properties: {name: {type: string}, lives: {type: integer}}}
",
    );
    let found = found.unwrap_err();
    assert!(found.contains("error[one-of-indistinct]: nothing tells `Dog` and `Cat` apart"), "{found}");
    assert!(found.starts_with("openapi.yaml:15:21:"), "{found}");
}

#[test]
fn variants_whose_names_would_be_the_same_are_refused() {
    let found = text_document::generate(
        "paths:
  /foo:
    get:
      operationId: getFoo
      responses:
        '200':
          description: Fine.
          content:
            application/json:
              schema:
                title: Foo
                oneOf:
                  - {title: FooBar, type: object, required: [a], properties: {a: {type: string}}}
                  - {title: Bar, type: object, required: [b], properties: {b: {type: string}}}
",
    );
    let found = found.unwrap_err();
    assert!(found.contains("two alternatives of `Foo` would be the variant `Bar`"), "{found}");
}

#[test]
fn string_enums_are_open() {
    let sink = KitchenSink::new();
    let of = sink.signature_of("pub enum OrderState");
    assert_eq!(
        of,
        "pub enum OrderState { New, InProgress, Done, Unrecognized(partner_runtime::Unrecognized), }"
    );
    let read = sink.source_of("impl OrderState");
    assert!(
        read.contains("Self::Unrecognized( partner_runtime::plumbing::unrecognized_from_str(value), )"),
        "{read}"
    );
}

#[test]
fn any_of_is_an_error_with_its_place() {
    let found = text_document::generate(
        "paths:
  /pets:
    get:
      operationId: getPet
      responses:
        '200':
          description: Fine.
          content:
            application/json:
              schema:
                anyOf:
                  - {type: string}
                  - {type: integer}
",
    );
    let found = found.unwrap_err();
    assert!(found.starts_with("openapi.yaml:14:19: error[any-of-unsupported]"), "{found}");
}

#[test]
fn numbers_are_decimals_and_never_floats() {
    let sink = KitchenSink::new();
    let order = sink.signature_of("pub struct Order ");
    assert!(order.contains("pub amount: Option<Decimal>, pub fees: Option<Vec<Decimal>>"), "{order}");
    assert!(order.contains("pub rates: Option<std::collections::BTreeMap<String, Decimal>>"), "{order}");
    assert!(sink.signature_of("pub struct NewOrder").contains("pub amount: Decimal"));
    assert!(sink.setters("ListOrders").contains("min_amount: impl Into<Decimal>"));
    assert!(!sink.contains("f64") && !sink.contains("f32"));
}

#[test]
fn which_form_a_decimal_is_written_in_is_up_to_its_place_in_the_document() {
    let sink = KitchenSink::new();
    let table = sink.table("Order");
    for name in ["amount", "fees"] {
        assert!(table.contains(&format!("{name}: \"{name}\" optional number,")), "{table}");
    }
    assert!(table.contains("rates: \"rates\" optional,"), "{table}");
    assert!(!sink.table("NewOrder").contains("number"));

    // A body, required or not, and the parts of a form. What is text on the wire has one form.
    assert!(
        sink.operation("SetRates")
            .contains("call.set_json_body(&partner_runtime::plumbing::DecimalsAsNumbers(&body))?;")
    );
    assert!(
        sink.operation("AddRates")
            .contains("call.set_json_body(&partner_runtime::plumbing::DecimalsAsNumbers(body))?;")
    );
    let form = sink.operation("AddRatesByForm");
    for part in [
        r#"form.text("base", base.to_string())"#,
        r#"form.texts("list", list.iter().map(ToString::to_string))"#,
        r#".json( "byName", &partner_runtime::plumbing::DecimalsAsNumbers(&by_name), )?"#,
        r#"form.texts("text", text.iter().map(ToString::to_string))"#,
    ] {
        assert!(form.contains(part), "{form}");
    }
}

#[test]
fn unknown_fields_are_fatal_nowhere() {
    assert!(!KitchenSink::new().contains("deny_unknown_fields"));
}

#[test]
fn keys_that_are_not_described_are_kept_where_the_document_says_that_there_are_some() {
    let sink = KitchenSink::new();
    let account = sink.source_of("pub struct Account");
    assert!(account.contains("pub extra: partner_runtime::JsonObject"), "{account}");
    assert!(!sink.source_of("pub struct Owner").contains("extra"));
    let table = sink.table("Account");
    assert!(table.ends_with("; ..extra"), "{table}");
    // One that is only called like the word that serde has for it.
    assert!(table.contains("flattened_details: \"flattenedDetails\" optional"), "{table}");
    // What serde derives for flattened keys makes floats of numbers.
    assert!(!sink.contains("serde::Deserialize") && !sink.contains("serde(flatten)"));
}

#[test]
fn an_optional_request_body_is_optional() {
    let sink = KitchenSink::new();
    assert_eq!(
        sink.signature_of("pub fn create_order("),
        "pub fn create_order(&self) -> crate::Call<calls::CreateOrderOperation>;"
    );
    assert!(sink.setters("CreateOrder").contains("pub fn body(mut self, body: NewOrder) -> Self;"));
    assert!(
        sink.operation("CreateOrder").contains("if let Some(body) = &body { call.set_json_body(body)?; }")
    );
}

#[test]
fn requests_are_made_and_not_sent_and_have_no_version_header() {
    let sink = KitchenSink::new();
    let requests = sink.source_of("mod requests");
    assert_eq!(requests.matches("-> RequestBuildResult").count(), 15);
    for leftover in ["api-version", "async", "await", "OperationInfo", "exec("] {
        assert!(!requests.contains(leftover), "{leftover}");
    }
    // Only what has headers of its own collects them.
    assert_eq!(requests.matches("HeaderMap::with_capacity").count(), 1);
    assert_eq!(requests.matches(".headers(header_map)").count(), 1);
}

#[test]
fn a_component_that_may_be_null_is_an_optional_field_of_its_own_type() {
    let sink = KitchenSink::new();
    let order = sink.signature_of("pub struct Order ");
    assert!(order.contains("pub guardian: Option<Owner>"), "{order}");
    assert!(!sink.contains("MaybeOwner"));
}

#[test]
fn a_reference_that_may_be_null_is_an_optional_field_with_its_own_description() {
    let sink = KitchenSink::new();
    let order = sink.source_of("pub struct Order ");
    let owner = "/// Who it belongs to, unless it is nobody's. pub owner: Option<Owner>";
    assert!(order.contains(owner), "{order}");
    assert!(sink.table("Order").contains("owner: \"owner\" optional,"));
}

#[test]
fn an_absent_list_is_not_an_empty_one() {
    let sink = KitchenSink::new();
    let order = sink.source_of("pub struct Order ");
    assert!(order.contains("pub items: Option<Vec<String>>"), "{order}");
    assert!(order.contains("pub notes: Option<Vec<String>>"), "{order}");
    let table = sink.table("Order");
    assert!(table.contains("items: \"items\" optional,") && table.contains("notes: \"notes\" optional,"));
    assert!(sink.source_of("pub struct ListOrdersResponse").contains("pub orders: Vec<Order>"));
}

#[test]
fn an_object_put_together_is_one_type_with_all_fields() {
    let sink = KitchenSink::new();
    let order = sink.source_of("pub struct Order ");
    assert!(order.contains("pub id: uuid::Uuid"), "{order}");
    assert!(order.contains("pub state: OrderState"), "{order}");
    assert!(!sink.contains("struct Base") && !sink.contains("OrderSubtype"));
}

#[test]
fn a_property_that_is_declared_again_keeps_what_is_not_said_again() {
    let sink = KitchenSink::new();
    let order = sink.source_of("pub struct Order ");
    let created = "/// When it was made. pub created_at: Option<chrono::DateTime<chrono::offset::Utc>>";
    assert!(order.contains(created), "{order}");
    assert!(sink.table("Order").contains("created_at: \"createdAt\" optional,"));
}

#[test]
fn words_that_rust_reserves_are_fields_and_parameters_with_an_underscore() {
    let sink = KitchenSink::new();
    let owner = sink.source_of("pub struct Owner");
    assert!(owner.contains("pub type_: String"), "{owner}");
    let table = sink.table("Owner");
    assert!(table.contains("type_: \"type\",") && table.contains("self_: \"self\" optional"), "{table}");
    assert!(owner.contains("pub from: Option<chrono::naive::NaiveDate>"), "{owner}");
    let call = sink.setters("ListOrders");
    assert!(call.contains("pub fn type_(mut self") && call.contains("pub fn self_(mut self"), "{call}");
    let request = sink.source_of("pub fn list_orders<");
    assert!(request.contains("QueryParam::new(\"type\", &type_)"), "{request}");
    assert!(request.contains("QueryParam::new(\"self\", &self_)"), "{request}");
}

#[test]
fn keys_in_camel_case_are_fields_in_snake_case_under_their_name_on_the_wire() {
    let sink = KitchenSink::new();
    assert!(sink.table("Owner").contains("first_name: \"firstName\" optional"));
    assert!(sink.source_of("pub fn list_orders<").contains("QueryParam::new( \"minAmount\", &min_amount, )"));
    assert!(sink.source_of("pub fn list_orders<").contains("header_map.append(\"X-Trace-Id\""));
}

#[test]
fn sensitive_fields_are_not_printed() {
    let sink = KitchenSink::new();
    let owner = sink.table("Owner");
    assert!(owner.contains("first_name: \"firstName\" optional sensitive"), "{owner}");
    assert!(owner.contains("passport_number: \"passportNumber\" optional sensitive"), "{owner}");
    assert!(owner.contains("type_: \"type\","), "{owner}");
    assert!(sink.table("BankPayout").contains("iban: \"iban\" sensitive"));
}

#[test]
fn maps_have_the_type_of_their_values() {
    let order = KitchenSink::new().signature_of("pub struct Order ");
    assert!(order.contains("pub owners: Option<std::collections::BTreeMap<String, Owner>>"), "{order}");
    assert!(order.contains("pub free: Option<partner_runtime::JsonObject>"), "{order}");
}

#[test]
fn a_schema_that_holds_itself_is_boxed() {
    let order = KitchenSink::new().signature_of("pub struct Order ");
    assert!(order.contains("pub parent: Option<Box<Order>>"), "{order}");
    assert!(order.contains("pub children: Option<Vec<Order>>"), "{order}");
}

#[test]
fn responses_that_are_no_json_are_text_bytes_or_nothing() {
    let sink = KitchenSink::new();
    assert!(sink.operation("GetPage").contains("type Response = String;"));
    assert!(sink.operation("GetPicture").contains("type Response = bytes::Bytes;"));
    assert!(sink.operation("DeleteOrder").contains("type Response = ();"));
    assert!(sink.operation("GetAnything").contains("type Response = partner_runtime::Json;"));
}

#[test]
fn parameters_of_a_path_are_those_of_its_methods_unless_a_method_has_its_own() {
    let sink = KitchenSink::new();
    assert!(sink.signature_of("pub fn upload_document(").contains("owner_id: uuid::Uuid"));
    assert!(sink.setters("UploadDocument").contains("pub fn verbose(mut self, verbose: bool)"));
    assert!(sink.signature_of("pub fn add_document(").contains("owner_id: uuid::Uuid, verbose: bool"));
}

#[test]
fn whether_a_key_is_sent_is_in_the_operation_table() {
    let sink = KitchenSink::new();
    assert!(sink.source_of("pub static LIST_ORDERS").contains("security(Security::Required)"));
    assert!(sink.source_of("pub static GET_PAGE").contains("security(Security::Optional)"));
    assert!(sink.source_of("pub static DELETE_ORDER").contains("security(Security::None)"));
}

#[test]
fn limits_and_defaults_are_documentation() {
    let new_order = KitchenSink::new().source_of("pub struct NewOrder");
    assert!(new_order.contains("At least 0."), "{new_order}");
    assert!(new_order.contains("At most 100 characters. The server's default is `none`."), "{new_order}");
    assert!(new_order.contains("pub note: Option<String>"), "{new_order}");
}

#[test]
fn a_component_that_is_only_a_list_is_a_list() {
    let sink = KitchenSink::new();
    assert!(sink.signature_of("pub struct Order ").contains("pub labels: Option<Vec<String>>"));
    assert!(!sink.contains("struct Labels"));
}

#[test]
fn a_list_that_goes_on_is_two_streams() {
    let sink = KitchenSink::new();
    for (list, page, item) in
        [("ListPayments", "PaymentPage", "Payout"), ("ListNames", "Vec<String>", "String")]
    {
        let paged = sink
            .source_of(&format!("impl partner_runtime::plumbing::Paged for crate::Call<{list}Operation>"));
        assert!(paged.contains(&format!("type Page = {page}; type Item = {item};")), "{paged}");
    }
    assert!(!sink.contains("Paged for crate::Call<ListOrdersOperation>"));
}

#[test]
fn pages_are_read_by_fields_and_never_by_pointers() {
    let sink = KitchenSink::new();
    let nested = sink
        .source_of("impl partner_runtime::plumbing::Paged for crate::Call<ListPaymentsOperation>")
        .replace(" .", ".");
    for expected in [
        "type Page = PaymentPage; type Item = Payout;",
        "const FIRST_POSITION: i64 = 0;",
        "PageParamUnit::Pages;",
        "Some(self.0.arguments.page)",
        "self.0.arguments.page = position;",
        "self.0.arguments.size.map(|limit| limit.min(50))",
        "response.result.as_ref().and_then(|at| at.rows.as_ref()).map(Vec::as_slice)",
        "response.result.and_then(|at| at.rows).unwrap_or_default()",
        "total_items: response.result.as_ref().and_then(|at| at.count.as_ref()).and_then(|at| at.all.as_ref()).copied()",
        "total_pages: response.result.as_ref().map(|at| &at.pages).copied()",
        "has_more: None",
    ] {
        assert!(nested.contains(expected), "{expected} is not in {nested}");
    }
    let whole = sink.source_of("impl partner_runtime::plumbing::Paged for crate::Call<ListNamesOperation>");
    for expected in [
        "PageParamUnit::Items;",
        "self.0.arguments.skip = Some(position);",
        "{ Some(&response) }",
        "{ response }",
        "{ None }",
        "page_info(_response:",
    ] {
        assert!(whole.contains(expected), "{expected} is not in {whole}");
    }
    let more = sink.source_of("impl partner_runtime::plumbing::Paged for crate::Call<ListEventsOperation>");
    assert!(more.contains("has_more: Some(response.more)"), "{more}");
    assert!(more.contains("const FIRST_POSITION: i64 = 1;"), "{more}");
    assert!(more.contains("type ItemId = i64;") && more.contains("{ Some(&item.id) }"), "{more}");
    assert!(
        whole.contains("type ItemId = ();") && whole.contains("fn item_id(_item: &Self::Item)"),
        "{whole}"
    );
}

#[test]
fn a_state_that_can_be_waited_for_is_a_method() {
    let sink = KitchenSink::new();
    let done = sink.source_of("pub fn wait_until_done(");
    assert!(
        done.contains(
            "id: uuid::Uuid, ) -> partner_runtime::Wait<crate::Call<calls::GetOrderOperation>, Order>"
        ),
        "{done}"
    );
    assert!(done.contains("\"wait_until_done\", self.get_order(id)"), "{done}");
    assert!(done.contains("match &response.state"), "{done}");
    assert!(done.contains("{ OrderState::Done => partner_runtime::plumbing::WaitState::Reached"), "{done}");
    let open = "state => { partner_runtime::plumbing::WaitState::new_pending( OrderState::KNOWN, state, OrderState::as_str, ) }";
    assert!(done.contains(open), "{done}");
    assert!(!done.contains("EndedInOtherState"), "{done}");

    let parent = sink.source_of("pub fn wait_until_parent_started(");
    assert!(parent.contains("response.parent.as_ref().map(|at| &at.state)"), "{parent}");
    assert!(parent.contains("Some(OrderState::InProgress | OrderState::Done)"), "{parent}");
    let missed =
        "Some(OrderState::New) => { partner_runtime::plumbing::WaitState::EndedInOtherState(\"NEW\") }";
    assert!(parent.contains(missed), "{parent}");
    assert!(parent.contains("None => partner_runtime::plumbing::WaitState::Pending(None)"), "{parent}");

    let begun = sink.source_of("pub fn wait_until_begun(");
    let failed_later =
        "OrderState::Done => { partner_runtime::plumbing::WaitState::ReachedThenFailed(\"DONE\") }";
    assert!(begun.contains(failed_later), "{begun}");
}

#[test]
fn a_wait_says_which_states_end_it() {
    let sink = KitchenSink::new();
    assert!(sink.contains("/// Calls [`Client::get_order`] again and again until `state` is `DONE`. ///"));
    assert!(sink.contains("/// Longer on \\<Sundays\\>."));
    assert!(sink.contains(
        "/// - [`EndedInOtherState`](partner_runtime::WaitError::EndedInOtherState): it became `NEW`. ///"
    ));
    let failed_later =
        "/// - [`ReachedThenFailed`](partner_runtime::WaitError::ReachedThenFailed): it was reached,";
    assert!(sink.contains(failed_later));
}

#[test]
fn every_construct_that_the_model_reads_can_be_generated() {
    let folder = fixture::folder().join("../../model/tests/documents");
    let documents = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    for path in documents.filter(|path| path.extension().is_some_and(|found| found == "yaml")) {
        if let Err(found) = fixture::generate(path.to_str().unwrap()) {
            panic!("{}:\n{found}", path.display());
        }
    }
}

/// What the request of the one operation of a document is made of, with all whitespace as one blank.
#[cfg(test)]
fn request_of(operation: &str) -> String {
    let source = text_document::generate(operation).unwrap_or_else(|found| panic!("{found}"));
    let (_, requests) = source.split_once("impl core::Client<'_>").unwrap();
    requests.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn parameters_may_be_called_like_the_variables_that_a_request_is_made_with() {
    let request = request_of(
        "paths:
  /pets/{url}:
    get:
      operationId: getPet
      parameters:
        - {name: url, in: path, required: true, schema: {type: string}}
        - {name: request, in: query, required: true, schema: {type: string}}
        - {name: response, in: query, schema: {type: string}}
        - {name: result, in: query, schema: {type: string}}
        - {name: info, in: query, schema: {type: string}}
        - {name: baseurl, in: query, schema: {type: string}}
        - {name: X-Other, in: header, schema: {type: string}}
        - {name: value, in: header, required: true, schema: {type: string}}
      responses:
        '204': {description: Done.}
",
    );
    for expected in [
        "let _url = self .build_url(format_args!(\"/pets/{}\", encode_path(&url.to_string())));",
        "if let Some(value) = x_other { header_map.append(\"X-Other\", value.to_string().try_into()?); }",
        "header_map.append(\"value\", value.to_string().try_into()?);",
        "self .client .get(_url) ",
        "QueryParam::new(\"request\", &request)",
        "QueryParam::new(\"baseurl\", &baseurl)",
        ".headers(header_map) .build()?",
    ] {
        assert!(request.contains(expected), "{expected} is not in {request}");
    }
    for left_out in ["api-version", "self.baseurl", "exec(", "OperationInfo"] {
        assert!(!request.contains(left_out), "{left_out} is in {request}");
    }
}

#[test]
fn a_header_of_the_document_is_sent_whatever_it_is_called() {
    let request = request_of(
        "paths:
  /pets:
    get:
      operationId: listPets
      description: 'Send `api-version`, see `self.baseurl` and serde_json::Value, impl Paged for Pets.'
      parameters:
        - {name: api-version, in: header, required: true, schema: {type: string}}
      responses:
        '204': {description: 'The header api-version was fine: serde_json::Value.'}
",
    );
    let sent = "header_map.append(\"api-version\", api_version.to_string().try_into()?);";
    assert!(request.contains(sent), "{request}");
    assert_eq!(request.matches("api-version").count(), 1, "{request}");
}

#[test]
fn what_may_be_absent_or_null_is_an_option_of_whatever_type() {
    let kinds = [
        "type: string",
        "type: array, items: {type: string}",
        "type: object, additionalProperties: {type: string}",
        "type: object",
        "x-docs: {note: Any JSON.}",
        "type: number, format: decimal",
        "allOf: [{$ref: '#/components/schemas/Open'}]",
        "allOf: [{$ref: '#/components/schemas/Kind'}]",
        "allOf: [{$ref: '#/components/schemas/Pet'}]",
    ];
    let mut properties = String::new();
    for (index, kind) in kinds.iter().enumerate() {
        for (name, nullable) in
            [("required", ", nullable: true"), ("null", ", nullable: true"), ("plain", "")]
        {
            properties.push_str(&format!("        {name}{index}: {{{kind}{nullable}}}\n"));
        }
    }
    let required: Vec<String> = (0..kinds.len()).map(|index| format!("required{index}")).collect();
    let source = text_document::generate(&format!(
        "paths:
  /pets:
    post:
      operationId: addPet
      requestBody:
        required: true
        content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}
      responses:
        '200':
          description: Done.
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}
components:
  schemas:
    Open: {{type: object, x-public: true}}
    Kind: {{type: string, enum: [cat, dog]}}
    Pet:
      type: object
      required: [{}]
      properties:
{properties}",
        required.join(", ")
    ));
    let source = source.unwrap_or_else(|found| panic!("{found}"));
    let (_, pet) = source.split_once("pub struct Pet {").unwrap();
    let (pet, _) = pet.split_once("\n}\n").unwrap();
    // JSON of any shape has a null of its own.
    assert!(pet.contains("pub required4: partner_runtime::Json,"), "{pet}");
    assert_eq!(pet.matches(": Option<").count(), 3 * kinds.len() - 1, "{pet}");
    let (_, table) = source.split_once("plumbing::object!(Pet {").unwrap();
    let (table, _) = table.split_once("});").unwrap();
    assert_eq!(table.matches(" optional").count(), 2 * kinds.len(), "{table}");
    assert_eq!(table.matches(" nullable").count(), kinds.len() - 1, "{table}");
}
