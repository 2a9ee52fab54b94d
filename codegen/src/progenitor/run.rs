//! Calls progenitor, which generates the requests, and which calls typify to generate the types.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use partner_model::{Model, TypeShape};
use proc_macro2::TokenStream;
use progenitor_impl::{GenerationSettings, Generator, InterfaceStyle, TypeImpl};
use schemars_08::schema::SchemaObject;
use serde_json::json;

use super::input;
use super::value::DECIMAL_TYPE_NAME;

/// Generates the requests and types of a model with progenitor, as a stream of tokens.
///
/// # Errors
///
/// Returns the reason why progenitor refuses the document.
pub(super) fn generate_with_progenitor(model: &Model) -> Result<TokenStream, String> {
    let openapi: openapiv3::OpenAPI =
        serde_json::from_value(input::build_progenitor_document(model)).map_err(|e| e.to_string())?;
    let mut generator = Generator::new(&create_settings(model).map_err(|e| e.to_string())?);
    // progenitor and typify panic on documents that they do not expect. Earlier checks should refuse such documents; if
    // they miss one, the panic is reported as a finding.
    catch_unwind(AssertUnwindSafe(|| generator.generate_tokens(&openapi)))
        .map_err(|panic| panic_message(&*panic))?
        .map_err(|error| error.to_string())
}

fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("it panicked").to_owned()
}

fn create_settings(model: &Model) -> Result<GenerationSettings, serde_json::Error> {
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Positional).with_map_type("::std::collections::BTreeMap");
    for form in ["string", "number"] {
        let schema: SchemaObject = serde_json::from_value(json!({ "type": form, "format": "decimal" }))?;
        settings.with_conversion(
            schema,
            DECIMAL_TYPE_NAME,
            [TypeImpl::Display, TypeImpl::FromStr].into_iter(),
        );
    }
    for (name, definition) in &model.types {
        let replaced: &[TypeImpl] = match &definition.shape {
            TypeShape::Enum(_) | TypeShape::Newtype(_) => &[TypeImpl::Display, TypeImpl::FromStr],
            TypeShape::Union(_) => &[],
            // typify would represent an open record (an object without known properties) as a struct around a map. The
            // type that this crate generates for open records replaces this struct.
            TypeShape::Object(_) if definition.is_open_object() => &[],
            TypeShape::Object(_) => continue,
        };
        settings.with_replacement(name, name, replaced.iter().cloned());
    }
    Ok(settings)
}
