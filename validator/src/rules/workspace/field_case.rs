use partner_spec::{Api, Profile, Rule};

use super::named::{Named, parameters, properties};
use super::words::Case;
use crate::model::Model;
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::document(&RULE, check);

static RULE: Rule = Rule::warning("field-case", Profile::Workspace, include_str!("field_case.md"));

/// How each API writes its names, and what it is known to write in another way.
fn of_api(api: Api) -> (Case, &'static [&'static str]) {
    match api {
        // The fields of a Safe transaction and of EIP-712, and those of the rules on sources of funds.
        Api::Unigox => (
            Case::Snake,
            &[
                "baseDocuments",
                "baseGas",
                "chainId",
                "gasPrice",
                "gasToken",
                "maxAgeDays",
                "maxFiles",
                "maxMonths",
                "minFiles",
                "minMonths",
                "refundReceiver",
                "requiresAddressScreening",
                "requiresBankStatement",
                "requiresExplanation",
                "safeTxGas",
                "verifyingContract",
            ],
        ),
        // The parts of the upload of KYC files.
        Api::P100 => (Case::Camel, &["back_id", "front_id"]),
    }
}

/// Fewer names do not tell how a document writes them.
const ENOUGH: usize = 3;

fn check(model: &Model<'_>, found: &mut Findings) {
    let is_field = |value: &Named<'_>| matches!(value.place, None | Some("path" | "query"));
    let values: Vec<Named<'_>> = properties(model).chain(parameters(model)).filter(is_field).collect();
    let (case, exceptions) = match model.api {
        Some(api) => of_api(api),
        None => match learned(&values) {
            Some(case) => (case, &[][..]),
            None => return,
        },
    };
    for value in values.iter().filter(|value| !case.fits(value.name) && !exceptions.contains(&value.name)) {
        found
            .at(
                value.at,
                format!("`{}` is not written in {}, as the names of this API are", value.name, case.name()),
            )
            .help(format!(
                "write `{}`; if the vendor does write it so, allow it with a reason",
                case.of(value.name)
            ));
    }
}

/// The case that names of several words mostly have.
fn learned(values: &[Named<'_>]) -> Option<Case> {
    let only = |case: Case, other: Case| {
        values.iter().filter(|value| case.fits(value.name) && !other.fits(value.name)).count()
    };
    let (snake, camel) = (only(Case::Snake, Case::Camel), only(Case::Camel, Case::Snake));
    let (case, most, least) =
        if snake > camel { (Case::Snake, snake, camel) } else { (Case::Camel, camel, snake) };
    (most >= ENOUGH && most >= 3 * least).then_some(case)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_exception_is_in_the_document() {
        for api in Api::ALL {
            let document = partner_spec::load(&api.root(), partner_spec::base()).unwrap();
            let model = Model::new(&document, Some(api));
            for name in of_api(api).1 {
                assert!(properties(&model).any(|value| value.name == *name), "{name}");
            }
        }
    }
}
