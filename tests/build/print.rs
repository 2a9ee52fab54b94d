//! Prints the calls and types of an API as Rust.

use std::fmt::Write;

use partner_model::{Model, Operation, SuccessBodies, SuccessBody, Type};
use partner_spec::Api;

use crate::surface::{Argument, Method, Surface};

/// The modules of all APIs, and a macro that is expanded for each of them.
pub(crate) fn apis() -> String {
    let mut modules = String::new();
    let (mut expansions, mut types) = (String::new(), String::new());
    for api in Api::ALL {
        let name = api.name();
        modules += &format!(
            "/// Calls and types of `{name}`.\npub mod {name} {{ include!(concat!(env!(\"OUT_DIR\"), \"/{name}.rs\")); }}\n"
        );
        expansions += &format!("$expand!({name}); ");
        types += &format!("{name:?} => {name}::types(), ");
    }
    format!(
        "{modules}
/// The types of an API.
pub fn types(api: partner_spec::Api) -> Vec<crate::types::TestedType> {{
    match api.name() {{ {types}other => panic!(\"there are no types of {{other}}\") }}
}}

/// Expands a macro with the name of each API.
#[macro_export]
macro_rules! for_each_api {{ ($expand:ident) => {{ {expansions} }}; }}
"
    )
}

/// The calls and types of one API.
pub(crate) fn api(api: Api, model: &Model, surface: &Surface) -> Result<String, std::fmt::Error> {
    let name = api.name();
    let mut out = String::new();
    writeln!(out, "#[allow(unused_imports, reason = \"calls name only some types\")]")?;
    writeln!(out, "use partner_client::{name}::*;\n")?;
    writeln!(out, "/// Every method of the client.")?;
    writeln!(out, "#[allow(deprecated, reason = \"suspended operations are tested as well\")]")?;
    writeln!(out, "pub fn cases() -> Vec<crate::case::Case<Client>> {{\n    vec![")?;
    for method in &surface.methods {
        if let Some(operation) = model.operations.iter().find(|operation| operation.id == method.operation) {
            case(operation, method, &mut out)?;
        }
    }
    writeln!(out, "    ]\n}}\n")?;
    writeln!(out, "/// Every type of the API.")?;
    writeln!(out, "pub fn types() -> Vec<crate::types::TestedType> {{\n    vec![")?;
    for (name, definition) in model.types.iter().filter(|(name, _)| !model.hidden_enum_names.contains(*name))
    {
        let (key, public) = (&definition.component_key_or_type_name, definition.is_public);
        writeln!(out, "        crate::types::TestedType::new::<{name}>({name:?}, {key:?}, {public}),")?;
    }
    writeln!(out, "    ]\n}}")?;
    Ok(out)
}

fn case(operation: &Operation, method: &Method, out: &mut String) -> std::fmt::Result {
    let names = names(operation);
    let mut arguments = method.arguments.iter().chain(&method.setters);
    let body = arguments.find(|argument| argument.name == "body");
    let debug_body = body
        .map_or_else(|| String::from("None"), |body| format!("Some(crate::case::debug_body::<{}>)", body.ty));
    let arguments: Vec<String> =
        method.arguments.iter().map(|argument| value(argument, &names, false)).collect();
    writeln!(
        out,
        "        crate::case::Case {{
            method: {:?},
            operation: {:?},
            body_media_type: {:?},
            debug_body: {debug_body},
            call: |client, {}| {{
                let {}call = client.{}({});",
        method.name,
        method.operation,
        method.content_type,
        if arguments.is_empty() && method.setters.is_empty() { "_" } else { "arguments" },
        if method.setters.is_empty() { "" } else { "mut " },
        method.name,
        arguments.join(", "),
    )?;
    for setter in &method.setters {
        let value = value(setter, &names, true);
        writeln!(
            out,
            "                if let Some(value) = {value} {{ call = call.{}(value); }}",
            setter.name
        )?;
    }
    writeln!(out, "                crate::case::prepare(call, {})", json_of_success(operation))?;
    writeln!(out, "            }},\n        }},")
}

/// The names, in Rust and on the wire, of everything that a request of the operation can hold beside a JSON body.
fn names(operation: &Operation) -> Vec<(&str, &str)> {
    let parts = operation.request_media_types().iter().flat_map(|media| media.form_fields());
    let parameters =
        operation.parameters.iter().map(|parameter| (parameter.rust_name.as_str(), parameter.name.as_str()));
    parameters.chain(parts.map(|part| (part.rust_name.as_str(), part.name.as_str()))).collect()
}

/// The expression of an argument. One that may be left out is an `Option`.
fn value(argument: &Argument, names: &[(&str, &str)], optional: bool) -> String {
    let name = names.iter().find(|(rust_name, _)| *rust_name == argument.name);
    let name = name.map_or(argument.name.as_str(), |(_, wire_name)| *wire_name);
    let function = match () {
        () if argument.ty.ends_with("Upload >") => "uploads",
        () if argument.ty.ends_with("Upload") => "upload",
        () if name == "body" => "body",
        () => "value",
    };
    let function = if optional { format!("optional_{function}") } else { function.to_owned() };
    let ty = match argument.converted {
        true if !function.contains("upload") => format!("::<{}>", argument.ty),
        _ => String::new(),
    };
    match name {
        "body" => format!("arguments.{function}{ty}()"),
        name => format!("arguments.{function}{ty}({name:?})"),
    }
}

/// The function that writes the success of an operation as JSON.
fn json_of_success(operation: &Operation) -> String {
    let json_of_body = |body: &SuccessBody| match body {
        SuccessBody::Bytes => "crate::case::bytes_to_json",
        SuccessBody::Json(schema)
            if schema.is_sent_as_number()
                && matches!(schema.ty, Type::List(_) | Type::Map(_) | Type::Decimal(_)) =>
        {
            "crate::case::to_json_numbers"
        }
        _ => "crate::case::to_vendor_json",
    };
    match &operation.success_bodies {
        SuccessBodies::SameForAllStatuses(body) => json_of_body(body).to_owned(),
        SuccessBodies::ByStatus { enum_name: name, variants } => {
            let arms = variants.iter().map(|variant| {
                format!("{name}::{}(body) => {}(body), ", variant.variant_name, json_of_body(&variant.body))
            });
            let arms: String = arms.collect();
            format!(
                "|outcome: &{name}| match outcome {{ {arms}other => panic!(\"not documented: {{other:?}}\") }}"
            )
        }
    }
}
