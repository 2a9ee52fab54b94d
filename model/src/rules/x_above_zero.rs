//! The rule `x-above-zero`, which is explained in `x_above_zero.md`.

use partner_spec::{Finding, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("x-above-zero", Profile::Generator, include_str!("x_above_zero.md")).blocking();

/// Returns the finding about `x-above-zero` on a schema whose values are not decimals. `value` is the value of
/// `x-above-zero`.
pub(crate) fn new_finding(value: &Node) -> Finding {
    Finding::new(&RULE, &value.location, "`x-above-zero` is about an amount, but this is no decimal")
        .with_help("remove it, or make the value a `string` or a `number` with `format: decimal`")
}
