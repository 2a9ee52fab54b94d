//! Generates the Rust source of the calls that the tests make. Each call uses a generated client, and comes with the
//! bytes that this client has to send according to the specifications.

use partner_model::names::{to_schema_type_name, to_snake_case_name, to_type_name, to_variant_name};

use crate::cases::names::{WordRole, is_object_schema_index};
use crate::cases::reference::{percent_encode, to_form_body};
use crate::cases::value_kinds::{SampleValue, ValueStructure};
use crate::cases::{Case, ValuePlace};

/// Generates the source of a module with the calls of one client. The client has an operation for each of `cases`.
/// `place` is the part of the request or response that contains the tested values, such as the query.
pub(crate) fn generate_calls_module(place: ValuePlace, module: &str, cases: &[&Case]) -> String {
    let ty = to_call_type_name(place);
    let print: fn(&Case) -> String =
        if ty == "Response" { generate_response_expressions } else { generate_request_expressions };
    let calls: String = cases.iter().map(|case| print(case)).collect();
    format!(
        "pub(crate) mod {module} {{
            use crate::cases::{{Expected, Request, Response, file, json, same}};
            use partner_matrix::{module}::*;
            use partner_runtime::{{Decimal, chrono, uuid}};

            fn client(url: &str) -> &'static Client {{
                static CLIENT: std::sync::OnceLock<Client> = std::sync::OnceLock::new();
                CLIENT.get_or_init(|| Client::builder().base_url(url).build().unwrap())
            }}

            pub(crate) const CALLS: &[{ty}] = &[{calls}];
        }}
        "
    )
}

/// Returns the name of the test type that describes a call: `Response` if the tested value is in the response, and
/// `Request` if it is in the request.
pub(crate) fn to_call_type_name(place: ValuePlace) -> &'static str {
    match place {
        ValuePlace::ResponseBodyProperty | ValuePlace::ResponseBody | ValuePlace::ResponseHeader => {
            "Response"
        }
        _ => "Request",
    }
}

/// Returns a Rust expression for a sample value. A value that is sent as a file becomes a call of the function `file`.
/// A list of such values becomes a `vec!` of these calls. Any other value is parsed from JSON. With `is_optional`, the
/// JSON is parsed as an `Option`, unless the schema allows any JSON (the kind `any`).
fn generate_sample_expression(case: &Case, sample: &SampleValue, is_optional: bool) -> String {
    let file = |sample: &SampleValue| match sample {
        SampleValue::Text(text) => format!("file({text:?})"),
        other => format!("file({:?})", other.to_json()),
    };
    match (case.place, case.kind.structure, sample) {
        (ValuePlace::FormPart, ValueStructure::File, sample) => return file(sample),
        (ValuePlace::FormPart, ValueStructure::FileList, SampleValue::List(files)) => {
            return format!("vec![{}]", files.iter().map(file).collect::<Vec<_>>().join(", "));
        }
        _ => {}
    }
    let of = if case.kind.rust_type.is_empty() { "_" } else { case.kind.rust_type };
    let of = if is_optional && case.kind.name != "any" { format!("Option<{of}>") } else { of.to_owned() };
    format!("json::<{of}>({:?})", sample.to_json())
}

/// Returns Rust expressions for the requests of a test case: one request for each sample value and, if the value is
/// optional, a request without the value.
fn generate_request_expressions(case: &Case) -> String {
    let id = case.operation_id();
    let mut requests = String::new();
    for sample in case.sendable_samples() {
        let (Some(target), Some(expected)) =
            (case.expected_request_target(&sample), generate_expected_content_expression(case, &sample))
        else {
            continue;
        };
        // Null cannot be written in a query or a header, so a nullable parameter is left out instead of being null.
        let is_left_out = case.nullable && matches!(case.place, ValuePlace::Query | ValuePlace::Header);
        let is_argument = case.required && !is_left_out;
        let has_null = case.place == ValuePlace::RequestBody
            || case.place == ValuePlace::RequestBodyProperty && case.required;
        let value = generate_sample_expression(case, &sample, case.nullable && has_null);
        let call = match (case.place, is_argument) {
            // The constructor of the body sets a constant property (with only one possible value), so the call has no
            // argument for the property.
            (ValuePlace::RequestBodyProperty, true) if has_constant_property(case) => {
                format!("{id}({}Body::new())", to_type_name(&id))
            }
            (ValuePlace::RequestBodyProperty, _) => {
                let body = format!("{}Body", to_type_name(&id));
                match (case.required, &sample) {
                    (true, _) => format!("{id}({body}::new({value}))"),
                    (false, SampleValue::Null) => format!("{id}({body}::new())"),
                    (false, _) => format!("{id}({body}::new().value({value}))"),
                }
            }
            (_, true) => format!("{id}({value})"),
            (ValuePlace::Header, false) => format!("{id}().x_value({value})"),
            (ValuePlace::RequestBody, false) => format!("{id}().body({value})"),
            (_, false) => format!("{id}().value({value})"),
        };
        requests +=
            &generate_request_expression(&format!("{id} {}", sample.to_json()), &call, &target, &expected);
    }
    if !case.required
        && matches!(
            case.place,
            ValuePlace::Query
                | ValuePlace::Header
                | ValuePlace::RequestBodyProperty
                | ValuePlace::RequestBody
        )
    {
        let (call, expected) = match case.place {
            ValuePlace::RequestBodyProperty => {
                (format!("{id}({}Body::new())", to_type_name(&id)), "Expected::Json(\"{}\")")
            }
            ValuePlace::Header => (format!("{id}()"), "Expected::Header(\"x-value\", None)"),
            _ => (format!("{id}()"), "Expected::Nothing"),
        };
        requests += &generate_request_expression(&format!("{id} absent"), &call, &format!("/{id}"), expected);
    }
    requests
}

/// Whether the tested property can have only one value. The client sets such a property itself, so no argument is
/// passed for it.
fn has_constant_property(case: &Case) -> bool {
    case.kind.name == "enum_single" && case.required && !case.nullable
}

fn generate_request_expression(name: &str, call: &str, target: &str, expected: &str) -> String {
    format!(
        "Request {{ name: {name:?}, call: |url| std::future::IntoFuture::into_future(client(url).{call}), target: {target:?}, expected: {expected} }},\n"
    )
}

/// Returns a Rust expression for the expected header or body of a request that sends the value `sample`. The expression
/// is `Expected::Nothing` if the request sends the value in its path or query. Returns `None` if the value cannot be
/// serialized.
fn generate_expected_content_expression(case: &Case, sample: &SampleValue) -> Option<String> {
    Some(match case.place {
        ValuePlace::Header => {
            format!("Expected::Header(\"x-value\", Some({:?}))", case.expected_header_value(sample)?)
        }
        ValuePlace::FormField => format!("Expected::Form({:?})", case.expected_form_body(sample)?),
        ValuePlace::FormPart => format!("Expected::Parts(&{:?})", case.expected_form_parts(sample)),
        ValuePlace::RequestBody => format!("Expected::Json({:?})", sample.to_json()),
        ValuePlace::RequestBodyProperty if *sample == SampleValue::Null && !case.required => {
            "Expected::Json(\"{}\")".to_owned()
        }
        ValuePlace::RequestBodyProperty => {
            format!("Expected::Json({:?})", format!("{{\"value\":{}}}", sample.to_json()))
        }
        _ => "Expected::Nothing".to_owned(),
    })
}

/// Returns Rust expressions for the responses with which a case is tested. There is one response for each sample value,
/// and a response without a value if the value is optional.
fn generate_response_expressions(case: &Case) -> String {
    let id = case.operation_id();
    let mut responses = String::new();
    let mut add = |what: String, sent: String, read: &str, expected: String| {
        let of = if case.place == ValuePlace::ResponseHeader { "header" } else { "body" };
        responses += &format!(
            "Response {{ name: {:?}, {of}: {sent:?}, call: |url| {{ let call = client(url).{id}(); Box::pin(async move {{ let response = call.await?; {read} }}) }}, expected: {expected:?}, ..Response::EMPTY }},\n",
            format!("{id} {what}"),
        );
    };
    let to_json = "serde_json::to_string(&*response)";
    for sample in case.sendable_samples() {
        let json = sample.to_json();
        match case.place {
            ValuePlace::ResponseHeader => {
                let Some(header) = case.expected_header_value(&sample) else { continue };
                let response_check_code = "Ok(response.headers()[\"x-value\"].to_str().unwrap().to_owned())";
                add(json, header.clone(), response_check_code, header);
            }
            ValuePlace::ResponseBodyProperty => {
                let of = if case.kind.rust_type.is_empty() { "_" } else { case.kind.rust_type };
                let is_optional = !case.required || case.nullable && case.kind.name != "any";
                let of = if is_optional { format!("Option<{of}>") } else { of.to_owned() };
                let object = format!("{{\"value\":{json}}}");
                let is_left_out = sample == SampleValue::Null && !case.required;
                let written = if is_left_out { "{}".to_owned() } else { object.clone() };
                let compare = format!("let value: &{of} = &response.value; assert!(same(value, {json:?})); ");
                let compare = if has_constant_property(case) { "" } else { &compare };
                let response_check_code = format!(
                    "{compare}assert!(response.unreadable_fields().is_empty()); Ok({to_json}.unwrap())"
                );
                add(json, object, &response_check_code, written);
            }
            _ => {
                // The generated test compares the value that was read with the value that was sent, not their JSON
                // texts. The texts of a decimal may differ: the Rust type does not remember whether the decimal was a
                // JSON string or number.
                let response_check_code = format!("assert!(same(&*response, {json:?})); Ok(String::new())");
                add(json.clone(), json, &response_check_code, String::new());
            }
        }
    }
    if case.place == ValuePlace::ResponseBodyProperty && !case.required {
        add("absent".to_owned(), "{}".to_owned(), &format!("Ok({to_json}.unwrap())"), "{}".to_owned());
    }
    responses
}

/// Generates the source of a module with one test request for each word. In the OpenAPI document of the tested client,
/// the words are used as names. `role` says which things have these names, for example query parameters.
pub(crate) fn generate_word_test_module(module: &str, role: WordRole, words: &[&str]) -> String {
    let requests: String = words
        .iter()
        .enumerate()
        .map(|(index, word)| generate_word_test_request(module, role, index, word))
        .collect();
    format!(
        "pub(crate) mod {module} {{
            use crate::cases::{{Expected, Request}};
            use partner_matrix::{module}::*;

            fn builder(url: &str) -> partner_runtime::ClientBuilder<Client> {{
                Client::builder().base_url(url)
            }}

            fn client(url: &str) -> Client {{
                builder(url).build().unwrap()
            }}

            pub(crate) const CALLS: &[Request] = &[{requests}];
        }}
        "
    )
}

fn generate_word_test_request(module: &str, role: WordRole, index: usize, word: &str) -> String {
    let snake = to_snake_case_name(word);
    let mut client = "client(url)".to_owned();
    let mut call = format!("send_it().{snake}(\"v\")");
    let mut target = "/o".to_owned();
    let mut expected = "Expected::Nothing".to_owned();
    match role {
        WordRole::Operation => (call, target) = (format!("{snake}()"), format!("/o/{index}")),
        WordRole::Page => (call, target) = (format!("page{index}()"), format!("/o/{index}")),
        WordRole::PathParameter => (call, target) = (format!("send{index}(\"v\")"), format!("/o/{index}/v")),
        WordRole::QueryParameter => target = format!("/o?{}=v", percent_encode(word)),
        WordRole::HeaderParameter => {
            expected = format!("Expected::Header({:?}, Some(\"v\"))", word.to_ascii_lowercase());
        }
        WordRole::Part => {
            let name = format!("name=\"{word}\"").to_ascii_lowercase();
            expected = format!("Expected::Parts(&[({name:?}, \"v\")])");
        }
        WordRole::FormField => {
            expected = format!("Expected::Form({:?})", format!("{}=v", to_form_body(&percent_encode(word))))
        }
        WordRole::Property => {
            call = format!("send_it(Holder::new().{snake}(\"v\"))");
            expected = format!("Expected::Json({:?})", format!("{{{word:?}:\"v\"}}"));
        }
        WordRole::Schema => {
            let ty = format!("partner_matrix::{module}::{}", to_schema_type_name(word));
            let (value, json) = match is_object_schema_index(index) {
                true => (format!("{ty}::new().a(\"b\")"), "{\"a\":\"b\"}"),
                false => (format!("{ty}::A"), "\"a\""),
            };
            call = format!("send_it(Holder::new().p{index}({value}))");
            expected = format!("Expected::Json({:?})", format!("{{\"p{index}\":{json}}}"));
        }
        WordRole::EnumValue => {
            call = format!("send_it().it(Words::{})", to_variant_name(word));
            target = format!("/o?it={}", percent_encode(word));
        }
        WordRole::SecurityScheme => {
            client = format!("builder(url).credential(credentials::{snake}(\"fake\")).build().unwrap()");
            (call, target) = (format!("send{index}()"), format!("/o/{index}"));
            expected = format!("Expected::Header(\"x-{index}\", Some(\"fake\"))");
        }
        WordRole::Environment => {
            let url = format!("Environment::{}.url()", to_type_name(word));
            client = format!("{{ assert_eq!({url}, \"https://e{index}.example.test\"); client(url) }}");
            call = "send_it()".to_owned();
        }
    }
    format!(
        "Request {{ name: {:?}, call: |url| std::future::IntoFuture::into_future({client}.{call}), target: {target:?}, expected: {expected} }},\n",
        format!("{role:?} {word}")
    )
}
