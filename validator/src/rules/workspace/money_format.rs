use super::properties_and_parameters::{PropertyOrParameter, list_parameters, list_properties};
use super::words::split_into_words;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("money-format", Profile::Workspace, include_str!("money_format.md"));

/// The words that name an amount of money, or a rate.
const MONEY_AND_RATE_WORDS: [&str; 24] = [
    "amount",
    "amounts",
    "balance",
    "balances",
    "commission",
    "commissions",
    "cost",
    "costs",
    "fee",
    "fees",
    "margin",
    "notional",
    "pct",
    "percent",
    "percentage",
    "price",
    "prices",
    "rate",
    "rates",
    "spread",
    "subtotal",
    "surcharge",
    "turnover",
    "volume",
];

/// The words that may follow a word of [`MONEY_AND_RATE_WORDS`] in the name of an amount, as in `fee_total`. If any
/// other word follows, as in `fee_currency` or `fee_id`, the name does not stand for an amount.
const AMOUNT_QUALIFIER_WORDS: [&str; 33] = [
    "after",
    "available",
    "before",
    "btc",
    "crypto",
    "deposit",
    "due",
    "eth",
    "eur",
    "expected",
    "fiat",
    "from",
    "gbp",
    "gross",
    "human",
    "local",
    "max",
    "maximum",
    "min",
    "minimum",
    "net",
    "paid",
    "pct",
    "pending",
    "percent",
    "received",
    "required",
    "sent",
    "to",
    "total",
    "usd",
    "withdrawal",
    "withheld",
];

/// The currencies that show that a value is an amount of money, if they are the last word of its name, as in
/// `limit_usd`.
const CURRENCY_SUFFIXES: [&str; 5] = ["eur", "gbp", "usd", "usdc", "usdt"];

/// The words that exclude a name from the check. Names with these words stand for an integer in the smallest unit of a
/// currency, as in `amount_atomic`, or for a technical rate, as in `error_rate`.
const NAME_EXCLUSION_WORDS: [&str; 9] =
    ["atomic", "error", "gas", "raw", "refresh", "sampling", "success", "wei", "decimals"];

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for value in list_properties(model).chain(list_parameters(model)) {
        if is_money_or_rate(value.name) {
            check_value(&value, model, found);
        }
    }
}

fn check_value(value: &PropertyOrParameter<'_>, model: &Model<'_>, found: &mut RuleFindings) {
    let mut schema = value.schema;
    if schema.get_str("type") == Some("array") {
        let Some(items) = schema.get("items").and_then(|items| model.resolve_reference(items)) else {
            return;
        };
        schema = items;
    }
    let Some(kind) = schema.get("type").filter(|_| schema.get("enum").is_none()) else { return };
    let format = schema.get("format");
    match kind.as_str() {
        Some("string") if format.and_then(Node::as_str) != Some("decimal") => {
            let at = format.unwrap_or(kind);
            let message = format!("`{}` is money or a rate by its name, but no decimal", value.name);
            found
                .report_at(&at.location, message)
                .with_help("add `format: decimal`; if it is no amount, allow it with a reason");
        }
        Some("integer") => {
            let message =
                format!("`{}` is money or a rate by its name, but cannot have a fraction", value.name);
            found.report_at(&kind.location, message).with_help(
                "use `type: number` or `type: string` with `format: decimal`; if it counts the smallest unit, allow \
                 it with a reason",
            );
        }
        // A `number` needs no check: with `format: decimal` it is right, and without it the generator reports it.
        _ => {}
    }
}

fn is_money_or_rate(name: &str) -> bool {
    let words = split_into_words(name);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words.iter().any(|word| NAME_EXCLUSION_WORDS.contains(word)) {
        return false;
    }
    let in_currency = words.len() > 1 && words.last().is_some_and(|last| CURRENCY_SUFFIXES.contains(last));
    let noun = words.iter().rposition(|word| MONEY_AND_RATE_WORDS.contains(word));
    in_currency
        || noun.is_some_and(|at| words[at + 1..].iter().all(|word| AMOUNT_QUALIFIER_WORDS.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::is_money_or_rate;

    #[test]
    fn money_is_recognized_by_name() {
        for name in
            ["amount", "feeWithdrawal", "totalAmountRequired", "fee_pct", "volume_usd", "mid_market_rate"]
        {
            assert!(is_money_or_rate(name), "{name}");
        }
        for name in [
            "amount_atomic",
            "gasPrice",
            "fee_currency",
            "rate_limit",
            "usd",
            "price_id",
            "balances_unavailable",
        ] {
            assert!(!is_money_or_rate(name), "{name}");
        }
    }
}
