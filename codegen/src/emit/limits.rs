//! Describes the limits of values in words, for doc comments. The server checks the limits; the client does not.

use partner_model::{KeyCombination, Limit, LimitKind, SchemaDetails};
use partner_spec::Node;

/// Returns a sentence for each [`KeyCombination`] (a `oneOf` that only says which keys an object must or must not
/// have), such as "Exactly one of these must be set: `a` and `b` together or `c`."
pub(super) fn describe_key_combinations(details: &SchemaDetails) -> Vec<String> {
    let rule = |rule: &KeyCombination| {
        let alternatives: Vec<String> = rule.alternatives.iter().map(|one| together(&one.keys)).collect();
        format!("Exactly one of these must be set: {}.", alternatives.join(" or "))
    };
    details.key_combinations.iter().map(rule).collect()
}

fn together(keys: &[String]) -> String {
    let names: Vec<String> = keys.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last} together", others.join(", ")),
        _ => names.concat(),
    }
}

/// Returns sentences about the limits of a value, such as "At least 3 items.", and about its default on the server.
pub(super) fn describe_limits_and_default(details: &SchemaDetails) -> Vec<String> {
    let above_zero = details.is_above_zero.then(|| String::from("More than 0; otherwise nothing is sent."));
    let default = details.default.as_ref().map(|value| format!("The server's default is `{}`.", text(value)));
    let (before, after): (Vec<&Limit>, Vec<&Limit>) =
        details.limits.iter().partition(|limit| limit.kind <= LimitKind::Pattern);
    let sentences = |limits: Vec<&Limit>| limits.into_iter().map(sentence).collect::<Vec<_>>();
    [above_zero.into_iter().collect(), sentences(before), default.into_iter().collect(), sentences(after)]
        .concat()
}

fn sentence(limit: &Limit) -> String {
    let value = text(&limit.value);
    let is_one = value == "1";
    let (one, more) = match limit.kind {
        LimitKind::MinLength => ("Not empty.", format!("At least {value} characters.")),
        LimitKind::MaxLength => ("At most one character.", format!("At most {value} characters.")),
        LimitKind::MultipleOf => ("A whole number.", format!("A multiple of {value}.")),
        LimitKind::MinItems => ("At least one item.", format!("At least {value} items.")),
        LimitKind::MaxItems => ("At most one item.", format!("At most {value} items.")),
        LimitKind::MinProperties => ("At least one key.", format!("At least {value} keys.")),
        LimitKind::MaxProperties => ("At most one key.", format!("At most {value} keys.")),
        LimitKind::Minimum => return format!("At least {value}."),
        LimitKind::ExclusiveMinimum => return format!("More than {value}."),
        LimitKind::Maximum => return format!("At most {value}."),
        LimitKind::ExclusiveMaximum => return format!("Less than {value}."),
        LimitKind::Pattern => return format!("Matches `{value}`."),
        LimitKind::UniqueItems => return String::from("No item twice."),
    };
    if is_one { one.to_owned() } else { more }
}

fn text(node: &Node) -> String {
    node.as_str().map_or_else(|| node.to_json(), str::to_owned)
}
