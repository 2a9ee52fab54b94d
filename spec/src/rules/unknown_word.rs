use crate::grammar::ObjectKind;
use crate::suggest::advise_on_unknown_name;
use crate::{Finding, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("unknown-word", Profile::OpenApi, include_str!("unknown_word.md")).blocking();

/// Returns the finding about a string that is not one of the allowed `words`.
pub(crate) fn new_finding(kind: ObjectKind, key: &str, word: &str, node: &Node, words: &[&str]) -> Finding {
    let found = Finding::new(&RULE, &node.location, format!("`{key}` cannot be `{word}`"));
    let of_type = if kind == ObjectKind::Schema { advise_on_foreign_type_name(word) } else { None };
    match of_type.map(str::to_owned).or_else(|| advise_on_unknown_name(word, words.iter().copied())) {
        Some(help) => found.with_help(help),
        None => found,
    }
}

/// Returns a help text if `word` is the name of a type in another language or specification, like `str`; otherwise
/// `None`.
fn advise_on_foreign_type_name(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "int" | "int32" | "int64" | "long" | "short" => {
            "write `type: integer`, with `format: int32` or `int64`"
        }
        "float" | "double" | "decimal" => "write `type: number`, with a `format`",
        "bool" => "write `type: boolean`",
        "str" | "text" => "write `type: string`",
        "date" | "datetime" | "date-time" | "timestamp" | "uuid" | "email" | "uri" | "byte" | "binary" => {
            "write `type: string`, and this as its `format`"
        }
        "list" | "tuple" | "set" => "write `type: array`",
        "map" | "dict" | "hash" | "struct" => "write `type: object`",
        "any" | "mixed" => "leave `type` out where the value can be anything",
        _ => return None,
    })
}
