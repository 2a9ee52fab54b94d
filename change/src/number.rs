//! Compares numbers of a document exactly, without converting them to floats.

use std::cmp::Ordering;

use partner_spec::{Node, Value};

/// A decimal number, as its sign, its digits and the position of its decimal point. The digits have no leading or
/// trailing zeros, so the number zero has no digits.
struct DecimalNumber {
    is_negative: bool,
    digits: String,
    /// The position of the decimal point, counted from the first digit that is not zero: 1 for `1.5`, 0 for `0.15`, -1
    /// for `0.015`.
    decimal_point_position: i64,
}

/// Compares two numbers. `None` if a node is not a number, or if an exponent does not fit into an `i64`.
pub(crate) fn compare_numbers(a: &Node, b: &Node) -> Option<Ordering> {
    let (a, b) = (DecimalNumber::from_node(a)?, DecimalNumber::from_node(b)?);
    let sign = |number: &DecimalNumber| match (number.digits.is_empty(), number.is_negative) {
        (true, _) => 0,
        (false, true) => -1,
        (false, false) => 1,
    };
    let sized = |a: &DecimalNumber, b: &DecimalNumber| {
        a.decimal_point_position.cmp(&b.decimal_point_position).then_with(|| a.digits.cmp(&b.digits))
    };
    Some(sign(&a).cmp(&sign(&b)).then_with(|| match sign(&a) {
        0 => Ordering::Equal,
        1 => sized(&a, &b),
        _ => sized(&b, &a),
    }))
}

/// Whether two JSON values are equal. Numbers are compared by value: `1` equals `1.0`.
pub(crate) fn are_json_values_equal(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Number(_), Value::Number(_)) => compare_numbers(a, b) == Some(Ordering::Equal),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| are_json_values_equal(a, b))
        }
        (Value::Object(x), Value::Object(y)) => {
            x.len() == y.len()
                && x.iter().all(|e| y.get(&e.key).is_some_and(|other| are_json_values_equal(&e.node, other)))
        }
        _ => a == b,
    }
}

impl DecimalNumber {
    /// Parses the number of a node; `None` if the node is not a number, or if the exponent does not fit into an `i64`.
    fn from_node(node: &Node) -> Option<DecimalNumber> {
        let Value::Number(text) = &node.value else { return None };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let exponent: i64 = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
        let is_negative = mantissa.starts_with('-');
        let (whole, rest) = mantissa
            .trim_start_matches('-')
            .split_once('.')
            .unwrap_or((mantissa.trim_start_matches('-'), ""));
        let all = format!("{whole}{rest}");
        let digits = all.trim_start_matches('0');
        let leading = i64::try_from(all.len() - digits.len()).ok()?;
        let point = i64::try_from(whole.len()).ok()?.checked_add(exponent)?.checked_sub(leading)?;
        Some(DecimalNumber {
            is_negative,
            digits: digits.trim_end_matches('0').to_owned(),
            decimal_point_position: point,
        })
    }
}

#[cfg(test)]
mod tests {
    use partner_spec::{Source, parse_source};

    use super::*;

    #[test]
    fn numbers_are_compared_by_value_and_not_by_text() {
        let cases = [
            ("1", "1.0", Ordering::Equal),
            ("100", "1e2", Ordering::Equal),
            ("-0", "0.00", Ordering::Equal),
            ("0.1", "0.10000000000000000001", Ordering::Less),
            ("9", "10", Ordering::Less),
            ("-9", "-10", Ordering::Greater),
            ("-1", "0.5", Ordering::Less),
            ("0.05", "0.5", Ordering::Less),
            ("9007199254740993", "9007199254740992", Ordering::Greater),
        ];
        for (a, b, expected) in cases {
            let read = |text: &str| parse_source(&Source::new("n.json", text)).unwrap();
            assert_eq!(compare_numbers(&read(a), &read(b)), Some(expected), "{a} and {b}");
            assert_eq!(are_json_values_equal(&read(a), &read(b)), expected == Ordering::Equal, "{a} and {b}");
        }
    }
}
