use partner_spec::{Kind, Profile, Rule, Value};

use crate::instance::bounds;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::each(&RULE, Kind::Schema, check);

static RULE: Rule = Rule::error("integer-bounds", Profile::Openapi, include_str!("integer_bounds.md"));

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    if schema.node.str("type") != Some("integer") {
        return;
    }
    for key in ["minimum", "maximum", "multipleOf"] {
        let Some(node) = schema.node.get(key) else { continue };
        let Value::Number(text) = &node.value else { continue };
        let Some(number) = whole(text) else {
            found
                .at(&node.location, format!("`{key}` has a fraction, but the type is `integer`"))
                .help("write a whole number, or `type: number`");
            continue;
        };
        let Some((format, (smallest, largest))) =
            schema.node.str("format").and_then(|format| Some((format, bounds(format)?)))
        else {
            continue;
        };
        if !(i128::from(smallest)..=i128::from(largest)).contains(&number) {
            let message = format!("`{key}` is outside of what `{format}` holds, {smallest} to {largest}");
            found.at(&node.location, message).help("correct the limit, or take a larger format");
        }
    }
}

/// The number, when it is whole, also when it is written like 1.0 or 1e3.
fn whole(text: &str) -> Option<i128> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let number: f64 = text.parse().ok()?;
    // Exact enough: the formats end well within what is compared here.
    (number.fract() == 0.0).then(|| format!("{number:.0}").parse().unwrap_or(i128::MAX))
}
