//! Prints the calls of cases as Rust, each with what the specifications say about its bytes.

use partner_model::names::{schema_name, snake_name, type_name, variant_name};

use crate::cases::kinds::{Sample, Shape};
use crate::cases::names::{Role, is_object};
use crate::cases::reference::{encode, form};
use crate::cases::{Case, Place};

/// The module with the calls of the cases of a place.
pub(crate) fn module(place: Place, module: &str, cases: &[&Case]) -> String {
    let ty = table_type(place);
    let print: fn(&Case) -> String = if ty == "Response" { responses } else { requests };
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

/// The type of the calls of a place.
pub(crate) fn table_type(place: Place) -> &'static str {
    match place {
        Place::ResponseField | Place::ResponseBody | Place::ResponseHeader => "Response",
        _ => "Request",
    }
}

/// A value in Rust, made of its JSON.
fn value(case: &Case, sample: &Sample, is_optional: bool) -> String {
    let file = |sample: &Sample| match sample {
        Sample::Text(text) => format!("file({text:?})"),
        other => format!("file({:?})", other.json()),
    };
    match (case.place, case.kind.shape, sample) {
        (Place::Part, Shape::File, sample) => return file(sample),
        (Place::Part, Shape::Files, Sample::List(files)) => {
            return format!("vec![{}]", files.iter().map(file).collect::<Vec<_>>().join(", "));
        }
        _ => {}
    }
    let of = if case.kind.rust.is_empty() { "_" } else { case.kind.rust };
    let of = if is_optional && case.kind.name != "any" { format!("Option<{of}>") } else { of.to_owned() };
    format!("json::<{of}>({:?})", sample.json())
}

/// The requests of a case: one with each value, and one without where none is required.
fn requests(case: &Case) -> String {
    let id = case.id();
    let mut requests = String::new();
    for sample in case.samples() {
        let (Some(target), Some(expected)) = (case.target(&sample), expected(case, &sample)) else {
            continue;
        };
        // No address and no header has null, so such a parameter is left out instead.
        let is_left_out = case.nullable && matches!(case.place, Place::Query | Place::Header);
        let is_argument = case.required && !is_left_out;
        let has_null = case.place == Place::Body || case.place == Place::JsonField && case.required;
        let value = value(case, &sample, case.nullable && has_null);
        let call = match (case.place, is_argument) {
            // A constant is set by the constructor.
            (Place::JsonField, true) if is_constant(case) => {
                format!("{id}({}Body::new())", type_name(&id))
            }
            (Place::JsonField, _) => {
                let body = format!("{}Body", type_name(&id));
                match (case.required, &sample) {
                    (true, _) => format!("{id}({body}::new({value}))"),
                    (false, Sample::Null) => format!("{id}({body}::new())"),
                    (false, _) => format!("{id}({body}::new().value({value}))"),
                }
            }
            (_, true) => format!("{id}({value})"),
            (Place::Header, false) => format!("{id}().x_value({value})"),
            (Place::Body, false) => format!("{id}().body({value})"),
            (_, false) => format!("{id}().value({value})"),
        };
        requests += &request(&format!("{id} {}", sample.json()), &call, &target, &expected);
    }
    if !case.required && matches!(case.place, Place::Query | Place::Header | Place::JsonField | Place::Body) {
        let (call, expected) = match case.place {
            Place::JsonField => (format!("{id}({}Body::new())", type_name(&id)), "Expected::Json(\"{}\")"),
            Place::Header => (format!("{id}()"), "Expected::Header(\"x-value\", None)"),
            _ => (format!("{id}()"), "Expected::Nothing"),
        };
        requests += &request(&format!("{id} absent"), &call, &format!("/{id}"), expected);
    }
    requests
}

/// Whether the property has one value, which callers do not see.
fn is_constant(case: &Case) -> bool {
    case.kind.name == "enum_single" && case.required && !case.nullable
}

fn request(name: &str, call: &str, target: &str, expected: &str) -> String {
    format!(
        "Request {{ name: {name:?}, call: |url| std::future::IntoFuture::into_future(client(url).{call}), target: {target:?}, expected: {expected} }},\n"
    )
}

/// What the request has besides its target.
fn expected(case: &Case, sample: &Sample) -> Option<String> {
    Some(match case.place {
        Place::Header => format!("Expected::Header(\"x-value\", Some({:?}))", case.header(sample)?),
        Place::Field => format!("Expected::Form({:?})", case.form(sample)?),
        Place::Part => format!("Expected::Parts(&{:?})", case.parts(sample)),
        Place::Body => format!("Expected::Json({:?})", sample.json()),
        Place::JsonField if *sample == Sample::Null && !case.required => "Expected::Json(\"{}\")".to_owned(),
        Place::JsonField => format!("Expected::Json({:?})", format!("{{\"value\":{}}}", sample.json())),
        _ => "Expected::Nothing".to_owned(),
    })
}

/// The responses of a case: one with each value, and one without where none is required.
fn responses(case: &Case) -> String {
    let id = case.id();
    let mut responses = String::new();
    let mut add = |what: String, sent: String, read: &str, expected: String| {
        let of = if case.place == Place::ResponseHeader { "header" } else { "body" };
        responses += &format!(
            "Response {{ name: {:?}, {of}: {sent:?}, call: |url| {{ let call = client(url).{id}(); Box::pin(async move {{ let response = call.await?; {read} }}) }}, expected: {expected:?}, ..Response::EMPTY }},\n",
            format!("{id} {what}"),
        );
    };
    let to_json = "serde_json::to_string(&*response)";
    for sample in case.samples() {
        let json = sample.json();
        match case.place {
            Place::ResponseHeader => {
                let Some(header) = case.header(&sample) else { continue };
                let read = "Ok(response.headers()[\"x-value\"].to_str().unwrap().to_owned())";
                add(json, header.clone(), read, header);
            }
            Place::ResponseField => {
                let of = if case.kind.rust.is_empty() { "_" } else { case.kind.rust };
                let is_optional = !case.required || case.nullable && case.kind.name != "any";
                let of = if is_optional { format!("Option<{of}>") } else { of.to_owned() };
                let object = format!("{{\"value\":{json}}}");
                let is_left_out = sample == Sample::Null && !case.required;
                let written = if is_left_out { "{}".to_owned() } else { object.clone() };
                let compare = format!("let value: &{of} = &response.value; assert!(same(value, {json:?})); ");
                let compare = if is_constant(case) { "" } else { &compare };
                let read =
                    format!("{compare}assert!(response.unreadable().is_empty()); Ok({to_json}.unwrap())");
                add(json, object, &read, written);
            }
            _ => {
                // A decimal by itself does not know that the document has numbers, so it is compared by its value.
                let read = format!("assert!(same(&*response, {json:?})); Ok(String::new())");
                add(json.clone(), json, &read, String::new());
            }
        }
    }
    if case.place == Place::ResponseField && !case.required {
        add("absent".to_owned(), "{}".to_owned(), &format!("Ok({to_json}.unwrap())"), "{}".to_owned());
    }
    responses
}

/// The module with a request for each word, in the client of a document where the words have a role.
pub(crate) fn names(module: &str, role: Role, words: &[&str]) -> String {
    let requests: String =
        words.iter().enumerate().map(|(index, word)| named_request(module, role, index, word)).collect();
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

fn named_request(module: &str, role: Role, index: usize, word: &str) -> String {
    let snake = snake_name(word);
    let mut client = "client(url)".to_owned();
    let mut call = format!("send_it().{snake}(\"v\")");
    let mut target = "/o".to_owned();
    let mut expected = "Expected::Nothing".to_owned();
    match role {
        Role::Operation => (call, target) = (format!("{snake}()"), format!("/o/{index}")),
        Role::Page => (call, target) = (format!("page{index}()"), format!("/o/{index}")),
        Role::PathParameter => (call, target) = (format!("send{index}(\"v\")"), format!("/o/{index}/v")),
        Role::QueryParameter => target = format!("/o?{}=v", encode(word)),
        Role::HeaderParameter => {
            expected = format!("Expected::Header({:?}, Some(\"v\"))", word.to_ascii_lowercase());
        }
        Role::Part => {
            let name = format!("name=\"{word}\"").to_ascii_lowercase();
            expected = format!("Expected::Parts(&[({name:?}, \"v\")])");
        }
        Role::FormField => expected = format!("Expected::Form({:?})", format!("{}=v", form(&encode(word)))),
        Role::Property => {
            call = format!("send_it(Holder::new().{snake}(\"v\"))");
            expected = format!("Expected::Json({:?})", format!("{{{word:?}:\"v\"}}"));
        }
        Role::Schema => {
            let ty = format!("partner_matrix::{module}::{}", schema_name(word));
            let (value, json) = match is_object(index) {
                true => (format!("{ty}::new().a(\"b\")"), "{\"a\":\"b\"}"),
                false => (format!("{ty}::A"), "\"a\""),
            };
            call = format!("send_it(Holder::new().p{index}({value}))");
            expected = format!("Expected::Json({:?})", format!("{{\"p{index}\":{json}}}"));
        }
        Role::EnumValue => {
            call = format!("send_it().it(Words::{})", variant_name(word));
            target = format!("/o?it={}", encode(word));
        }
        Role::SecurityScheme => {
            client = format!("builder(url).credential(credentials::{snake}(\"fake\")).build().unwrap()");
            (call, target) = (format!("send{index}()"), format!("/o/{index}"));
            expected = format!("Expected::Header(\"x-{index}\", Some(\"fake\"))");
        }
        Role::Environment => {
            let url = format!("Environment::{}.url()", type_name(word));
            client = format!("{{ assert_eq!({url}, \"https://e{index}.example.test\"); client(url) }}");
            call = "send_it()".to_owned();
        }
    }
    format!(
        "Request {{ name: {:?}, call: |url| std::future::IntoFuture::into_future({client}.{call}), target: {target:?}, expected: {expected} }},\n",
        format!("{role:?} {word}")
    )
}
