//! Functions that convert the names in an OpenAPI document to Rust identifiers, and the reserved identifiers.

use std::path::Path;

use heck::{ToKebabCase, ToLowerCamelCase, ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use partner_spec::Location;

/// The lower-case keywords of Rust, including the keywords that are reserved for future use.
const RUST_KEYWORDS: [&str; 51] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual",
    "where", "while", "yield",
];

/// The names that an operation's method cannot have, because other methods already have them: methods of the client, of
/// the code that builds requests, and of common traits like `Clone` and `Into`.
pub const RESERVED_METHOD_NAMES: [&str; 15] = [
    "api_version",
    "at",
    "baseurl",
    "builder",
    "client",
    "clone",
    "exec",
    "inner",
    "into",
    "new",
    "of",
    "post",
    "pre",
    "raw",
    "try_into",
];

/// The names that a generated type cannot have, because the generated code, the runtime or the standard prelude already
/// uses them.
pub const RESERVED_TYPE_NAMES: [&str; 26] = [
    "Box",
    "Client",
    "ClientBuilder",
    "Clone",
    "Decimal",
    "Default",
    "Environment",
    "Err",
    "Error",
    "From",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Response",
    "Result",
    "Self",
    "Some",
    "String",
    "ToString",
    "Unrecognized",
    "Upload",
    "Vec",
    "Value",
];

/// Converts a text to the name of a type.
pub fn to_type_name(text: &str) -> String {
    let name = replace_non_alphanumerics_with_spaces(text).to_pascal_case();
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("N{name}") } else { name }
}

/// Converts the title or key of a schema to the name of a type. The text is converted twice, so that a third conversion
/// would change nothing: `a-b` becomes first `AB`, then `Ab`.
pub fn to_schema_type_name(text: &str) -> String {
    to_type_name(&to_type_name(text))
}

/// Converts a text to a name in snake case, for a field, method, module or argument. Keywords of Rust get a trailing
/// underscore.
pub fn to_snake_case_name(text: &str) -> String {
    let name = replace_non_alphanumerics_with_spaces(text).to_snake_case();
    let name = if name.starts_with(|c: char| c.is_ascii_digit()) { format!("_{name}") } else { name };
    if name.is_empty() || RUST_KEYWORDS.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// The names that a generated module cannot have, because the client already uses a module or crate with the same name.
/// One module is generated for each file of the document.
const RESERVED_MODULE_NAMES: [&str; 15] = [
    "bytes",
    "calls",
    "chrono",
    "core",
    "credentials",
    "failure",
    "http",
    "operations",
    "partner_runtime",
    "reqwest",
    "schemars",
    "serde",
    "std",
    "uuid",
    "variables",
];

/// Returns the name of the module that is generated for one of the document's files: the file's name in snake case. A
/// reserved name gets a trailing underscore. A file name without letters and digits becomes `page`.
pub fn to_module_name(location: &Location) -> String {
    let stem =
        Path::new(location.display_path()).file_stem().and_then(|stem| stem.to_str()).unwrap_or("shared");
    let name = if stem.chars().any(|c| c.is_ascii_alphanumeric()) {
        to_snake_case_name(stem)
    } else {
        "page".to_owned()
    };
    if RESERVED_MODULE_NAMES.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// Converts the title of a page of the vendor's documentation to the name of a file without its extension, like
/// `kyc-and-limits` for `KYC & Limits`.
pub fn to_docs_page_file_stem(page: &str) -> String {
    replace_non_alphanumerics_with_spaces(&page.replace('&', " and ").to_lowercase()).to_kebab_case()
}

/// Converts the title of an operation to an `operationId`.
pub fn to_operation_id(title: &str) -> String {
    replace_non_alphanumerics_with_spaces(title).to_lower_camel_case()
}

/// Converts a text to the name of a constant.
pub fn to_const_name(text: &str) -> String {
    let name = replace_non_alphanumerics_with_spaces(text).to_shouty_snake_case();
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("_{name}") } else { name }
}

/// Converts a string in the `enum` of a schema to the name of a variant of the Rust enum.
pub fn to_variant_name(value: &str) -> String {
    let name = to_type_name(value);
    match name.as_str() {
        "" => String::from("Empty"),
        "Self" => String::from("Self_"),
        _ => name,
    }
}

/// Converts a number or boolean in the `enum` of a schema to the name of a variant of the Rust enum: `N1` for `1`,
/// `Minus1` for `-1`, `N0_5` for `0.5`, `True` for `true`.
pub fn number_or_boolean_to_variant_name(value: &str) -> String {
    let (sign, digits) = match value.strip_prefix('-') {
        Some(digits) => ("Minus", digits),
        None if value.starts_with(|c: char| c.is_ascii_digit()) => ("N", value),
        None => return to_variant_name(value),
    };
    let digits: String = digits.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    format!("{sign}{digits}")
}

/// Replaces each character that is not an ASCII letter or digit with a space.
fn replace_non_alphanumerics_with_spaces(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect()
}

/// The maximum length of an `operationId` in bytes. The `operationId` becomes the name of a method, and part of the
/// names of the operation's types.
pub const MAX_OPERATION_ID_BYTES: usize = 255;

/// Whether a text can be converted to an identifier: it is ASCII and contains a letter.
pub fn can_become_identifier(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_alphabetic()) && text.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gives_the_name_of_its_file() {
        assert_eq!(to_docs_page_file_stem("Onboarding & KYC Flow"), "onboarding-and-kyc-flow");
        assert_eq!(to_docs_page_file_stem("On-Ramp"), "on-ramp");
        assert_eq!(to_docs_page_file_stem("../../Etc/Passwd\n"), "etc-passwd");
        assert_eq!(to_operation_id("Get SEPA deposit info"), "getSepaDepositInfo");
    }

    #[test]
    fn names_read_as_rust() {
        assert_eq!(to_type_name("KYCSubmitDirectData"), "KycSubmitDirectData");
        assert_eq!(to_type_name("Single URL Upload"), "SingleUrlUpload");
        assert_eq!(to_schema_type_name("a-b"), "Ab");
        assert_eq!(to_snake_case_name("uploadKycDocument"), "upload_kyc_document");
        assert_eq!(to_snake_case_name("from"), "from");
        assert_eq!(to_snake_case_name("type"), "type_");
        assert_eq!(to_snake_case_name("safeTxGas"), "safe_tx_gas");
        assert_eq!(to_variant_name("P403"), "P403");
        assert_eq!(to_variant_name("2fa"), "N2fa");
        assert_eq!(to_variant_name("NOT_INITIATED"), "NotInitiated");
        let literals = ["1", "-1", "0.5", "true"].map(number_or_boolean_to_variant_name);
        assert_eq!(literals, ["N1", "Minus1", "N0_5", "True"]);
        assert_eq!(to_const_name("listOrders"), "LIST_ORDERS");
        assert_eq!(to_const_name("3dsCheck"), "_3DS_CHECK");
    }
}
