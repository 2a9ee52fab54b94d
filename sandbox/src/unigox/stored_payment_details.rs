//! The payment details that the sandbox stores in its state.

use partner_client::unigox::{FiatCurrencyCode, InstitutionId, NewPaymentDetails, RailSlug};
use partner_client::{Json, JsonObject};
use serde_json::{Value, json};

use super::failure;
use crate::reply::Reply;

/// The payment rails (kinds of transfer) for which `details` must have a certain field, each with the name of this
/// field. All other rails accept any details.
const REQUIRED_FIELD_NAMES_BY_RAIL: &[(&str, &str)] =
    &[("iban-sepa", "iban"), ("nip-nigeria", "account_number")];

/// The payment details of one account.
pub(super) struct StoredPaymentDetails {
    rail: RailSlug,
    currency: FiatCurrencyCode,
    institution_id: Option<InstitutionId>,
    details: JsonObject,
}

impl From<NewPaymentDetails> for StoredPaymentDetails {
    fn from(new: NewPaymentDetails) -> Self {
        match new {
            NewPaymentDetails::WithoutInstitution(new) => StoredPaymentDetails {
                rail: new.rail.as_str().into(),
                currency: new.currency,
                institution_id: new.institution_id,
                details: new.details,
            },
            NewPaymentDetails::WithInstitution(new) => StoredPaymentDetails {
                rail: new.rail,
                currency: new.currency,
                institution_id: Some(new.institution_id),
                details: new.details,
            },
        }
    }
}

impl StoredPaymentDetails {
    /// Converts the payment details to the JSON that the operations on payment details return. The id is in the
    /// property `payment_details_id`.
    pub(super) fn to_payment_details_json(&self, id: u64) -> Value {
        self.to_json("payment_details_id", id)
    }

    /// Converts the payment details to the JSON that a user's profile contains. The id is in the property `id`.
    pub(super) fn to_profile_entry_json(&self, id: u64) -> Value {
        self.to_json("id", id)
    }

    /// Converts the payment details to JSON. `id_name` is the name of the property for the id.
    fn to_json(&self, id_name: &str, id: u64) -> Value {
        json!({
            id_name: id.to_string(),
            "rail": self.rail,
            "currency": self.currency,
            "institution_name": null,
            "institution_id": self.institution_id,
            "details": self.details,
        })
    }

    /// Checks that the payment details have the field that their payment rail (the kind of transfer) requires.
    pub(super) fn check_required_field(&self) -> Result<(), Reply> {
        let has = |field: &str| {
            self.details.get(field).and_then(Json::as_str).is_some_and(|text| !text.trim().is_empty())
        };
        match REQUIRED_FIELD_NAMES_BY_RAIL
            .iter()
            .find(|(rail, field)| self.rail.as_str() == *rail && !has(field))
        {
            None => Ok(()),
            Some((_, field)) => {
                let problem = "recipient details are incomplete or invalid for this payout method";
                Err(failure::new_failure_with_error_text(
                    422,
                    &format!("{problem}: {field} — please correct and resubmit"),
                ))
            }
        }
    }
}
