//! What has to come from progenitor and typify, and does.

use partner_model::{Model, TypeShape};
use partner_spec::Api;

use super::input::RuntimeBodyReason::{self, FormBody, OptionalBody, SeveralMediaTypes};
use super::{GeneratedRequestsAndTypes, find_runtime_body_reason, generate_requests_and_types};

fn model(api: Api) -> Model {
    let reading = partner_spec::read_document(&api.root_file_path(), partner_spec::base_folder());
    crate::read(&reading, api.name()).unwrap().0
}

fn core(model: &Model) -> GeneratedRequestsAndTypes {
    generate_requests_and_types(model).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// The operations whose body the runtime writes, because progenitor cannot. Everything else of their requests is
/// progenitor's, and so is all of every other request. This list may become shorter.
const BODIES_WRITTEN_BY_THE_RUNTIME: &[(&str, &str, RuntimeBodyReason)] = &[
    ("unigox", "upload_kyc_document", SeveralMediaTypes),
    ("unigox", "allocate_customer_deposit_addresses", OptionalBody),
    ("unigox", "upload_source_of_funds_document", FormBody),
    ("unigox", "cancel_order", OptionalBody),
    ("p100", "add_kyc_files", FormBody),
    ("p100", "add_proof_of_address_files", FormBody),
];

#[test]
fn every_request_that_progenitor_can_express_is_its_own() {
    let mut found = Vec::new();
    for api in Api::ALL {
        let model = model(api);
        let core = core(&model);
        let generated = crate::emit::emit_module_files(&model, &core).unwrap();
        let source: String = generated.files.iter().flat_map(|file| file.source.split_whitespace()).collect();
        for operation in &model.operations {
            let request =
                core.find_request_code(operation).unwrap_or_else(|| panic!("no request: {}", operation.id));
            let sent = format!("core::Client::for_call(call).{}(", operation.client_method_name);
            assert!(source.contains(&sent), "the request is not sent: {}", operation.id);
            let reason = find_runtime_body_reason(operation);
            found.extend(reason.map(|reason| (api.name(), operation.client_method_name.clone(), reason)));
            // A body is an argument of the function that makes the request, where that writes it.
            let has_body = operation.body.is_some();
            let writes_body = request.request_function.sig.inputs.len() > operation.parameters.len() + 1;
            assert_eq!(writes_body, has_body && reason.is_none(), "{}", operation.id);
        }
    }
    let found: Vec<_> = found.iter().map(|(api, name, reason)| (*api, name.as_str(), *reason)).collect();
    assert_eq!(found, BODIES_WRITTEN_BY_THE_RUNTIME);
}

#[test]
fn every_object_is_made_of_the_struct_that_typify_writes() {
    for api in Api::ALL {
        let model = model(api);
        let core = core(&model);
        for (name, definition) in &model.types {
            let TypeShape::Object(object) = &definition.shape else { continue };
            let fields = core.find_object_fields(name).unwrap_or_else(|| panic!("no type: {name}"));
            let keys: Vec<&str> = fields.iter().map(|field| field.wire_name.as_str()).collect();
            let mut expected: Vec<&str> = object.fields.iter().map(|field| field.name.as_str()).collect();
            expected.extend((keys.len() > expected.len()).then_some("extra"));
            assert_eq!(keys, expected, "{name}");
        }
    }
}
