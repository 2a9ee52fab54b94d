//! Checks the amounts of a request before it is sent. The check goes through a value like a serializer does, so it needs no
//! code for each type.

use super::table::{Table, flags};
use super::values::{Rest, Value, WriteSerde};
use super::write::ValueWriter;
use crate::Decimal;
use crate::json::{Path, Step};

/// Returns the path of the first amount in a value that is not more than zero. `is_amount` says whether a value that is
/// itself a decimal, or a list or map of decimals, holds amounts; the tables say it of all properties.
pub(crate) fn find_refused_amount(value: &dyn Value, is_amount: bool) -> Option<Path> {
    let mut check = AmountCheck { is_amount, refused: None };
    value.write(&mut check);
    check.refused.map(|steps| Path(steps.into_iter().rev().collect()))
}

/// A writer that writes nothing, and looks for an amount that is not more than zero.
struct AmountCheck {
    /// Whether a decimal at this point is an amount.
    is_amount: bool,
    /// The steps from this point to the amount that was found, the last step first.
    refused: Option<Vec<Step>>,
}

impl AmountCheck {
    /// Checks a value inside of this one, unless an amount was found already.
    fn enter(&mut self, value: &dyn Value, is_amount: bool, step: impl FnOnce() -> Step) {
        if self.refused.is_some() {
            return;
        }
        let mut inner = AmountCheck { is_amount, refused: None };
        value.write(&mut inner);
        self.refused = inner.refused.map(|mut steps| {
            steps.push(step());
            steps
        });
    }
}

impl WriteSerde for AmountCheck {}

impl ValueWriter for AmountCheck {
    fn decimal(&mut self, value: &Decimal) {
        if self.is_amount && !value.is_positive() {
            self.refused = Some(Vec::new());
        }
    }

    fn some(&mut self, value: &dyn Value) {
        value.write(self);
    }

    fn list(&mut self, _: usize, items: &mut dyn Iterator<Item = &dyn Value>) {
        for (index, value) in items.enumerate() {
            self.enter(value, self.is_amount, || Step::Index(index));
        }
    }

    fn map(&mut self, _: usize, entries: &mut dyn Iterator<Item = (&str, &dyn Value)>) {
        for (key, value) in entries {
            self.enter(value, self.is_amount, || Step::Key(key.to_owned()));
        }
    }

    fn object(&mut self, table: &'static Table, values: &[&dyn Value], rest: Option<&dyn Rest>) {
        for (property, value) in table.properties.iter().zip(values) {
            self.enter(*value, property.has(flags::above_zero), || Step::Key(property.key.to_owned()));
        }
        for (key, value) in rest.map(Rest::entries).unwrap_or_default() {
            self.enter(value, table.rest.has(flags::above_zero), || Step::Key(key.to_owned()));
        }
    }
}
