//! Checks that the amounts in a request are above zero, before the request is sent. The generated types need no code of
//! their own for this check. The check calls the code that writes a value as JSON, but with a writer that only looks at
//! each value and writes nothing.

use super::table::{PropertyTable, flags};
use super::values::{OtherProperties, SerdeValueWriter, Value};
use super::write::ValueWriter;
use crate::Decimal;
use crate::json::{JsonPath, PathStep};

/// Returns the path to the first amount of zero or less in a value; `None` if there is no such amount. A decimal inside
/// an object is an amount if the flags of its property say so. A decimal that is in no object is an amount if
/// `decimals_are_amounts` is true.
pub(crate) fn find_non_positive_amount_path(
    value: &dyn Value,
    decimals_are_amounts: bool,
) -> Option<JsonPath> {
    let mut check = PositiveAmountChecker { decimals_are_amounts, reversed_amount_path: None };
    value.write(&mut check);
    check.reversed_amount_path.map(|steps| JsonPath(steps.into_iter().rev().collect()))
}

/// Checks that all amounts in a value are above zero. It implements [`ValueWriter`] only to visit the value, and writes
/// nothing.
struct PositiveAmountChecker {
    /// Whether the decimals that are passed to this writer are amounts, which must be above zero.
    decimals_are_amounts: bool,
    /// The path from the checked value to the first amount in it that is zero or less. The steps of the path are in
    /// reversed order. `None` if no such amount was found.
    reversed_amount_path: Option<Vec<PathStep>>,
}

impl PositiveAmountChecker {
    /// Checks the amounts in `value`, which is a list item or the value of a property. Does nothing if an amount of
    /// zero or less was already found. `step` returns the last step of the path to `value`: the index of the item, or
    /// the name of the property.
    fn check_nested_amounts(
        &mut self,
        value: &dyn Value,
        decimals_are_amounts: bool,
        step: impl FnOnce() -> PathStep,
    ) {
        if self.reversed_amount_path.is_some() {
            return;
        }
        let mut inner = PositiveAmountChecker { decimals_are_amounts, reversed_amount_path: None };
        value.write(&mut inner);
        self.reversed_amount_path = inner.reversed_amount_path.map(|mut steps| {
            steps.push(step());
            steps
        });
    }
}

impl SerdeValueWriter for PositiveAmountChecker {}

impl ValueWriter for PositiveAmountChecker {
    fn write_decimal(&mut self, value: &Decimal) {
        if self.decimals_are_amounts && !value.is_positive() {
            self.reversed_amount_path = Some(Vec::new());
        }
    }

    fn write_some(&mut self, value: &dyn Value) {
        value.write(self);
    }

    fn write_list(&mut self, _: usize, items: &mut dyn Iterator<Item = &dyn Value>) {
        for (index, value) in items.enumerate() {
            self.check_nested_amounts(value, self.decimals_are_amounts, || PathStep::Index(index));
        }
    }

    fn write_map(&mut self, _: usize, entries: &mut dyn Iterator<Item = (&str, &dyn Value)>) {
        for (key, value) in entries {
            self.check_nested_amounts(value, self.decimals_are_amounts, || {
                PathStep::Property(key.to_owned())
            });
        }
    }

    fn write_object(
        &mut self,
        table: &'static PropertyTable,
        values: &[&dyn Value],
        rest: Option<&dyn OtherProperties>,
    ) {
        for (property, value) in table.properties.iter().zip(values) {
            self.check_nested_amounts(*value, property.has_any_flag(flags::above_zero), || {
                PathStep::Property(property.wire_name.to_owned())
            });
        }
        for (key, value) in rest.map(OtherProperties::stored_properties).unwrap_or_default() {
            self.check_nested_amounts(value, table.other_properties.has_any_flag(flags::above_zero), || {
                PathStep::Property(key.to_owned())
            });
        }
    }
}
