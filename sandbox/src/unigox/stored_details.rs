//! Payment details as they are stored.

use partner_client::unigox::NewPaymentDetails;
use partner_client::{Json, JsonObject};
use serde_json::{Value, json};

use super::failure;
use crate::reply::Reply;

/// What some rails require in `details`. Other rails accept any details.
const REQUIRED: &[(&str, &str)] = &[("iban-sepa", "iban"), ("nip-nigeria", "account_number")];

/// One set of payment details.
pub(super) struct StoredDetails {
    rail: String,
    currency: String,
    institution_id: Option<String>,
    details: JsonObject,
}

impl From<NewPaymentDetails> for StoredDetails {
    fn from(new: NewPaymentDetails) -> Self {
        match new {
            NewPaymentDetails::WithoutInstitution(new) => StoredDetails {
                rail: new.rail.to_string(),
                currency: new.currency,
                institution_id: new.institution_id,
                details: new.details,
            },
            NewPaymentDetails::WithInstitution(new) => StoredDetails {
                rail: new.rail,
                currency: new.currency,
                institution_id: Some(new.institution_id),
                details: new.details,
            },
        }
    }
}

impl StoredDetails {
    /// The details as the operations on payment details show them.
    pub(super) fn view(&self, id: u64) -> Value {
        self.with_id("payment_details_id", id)
    }

    /// The details as the profile of a customer shows them.
    pub(super) fn profile(&self, id: u64) -> Value {
        self.with_id("id", id)
    }

    fn with_id(&self, name: &str, id: u64) -> Value {
        json!({
            name: id.to_string(),
            "rail": self.rail,
            "currency": self.currency,
            "institution_name": null,
            "institution_id": self.institution_id,
            "details": self.details,
        })
    }

    /// Refuses details that lack what the rail requires.
    pub(super) fn check(&self) -> Result<(), Reply> {
        let has = |field: &str| {
            self.details.get(field).and_then(Json::as_str).is_some_and(|text| !text.trim().is_empty())
        };
        match REQUIRED.iter().find(|(rail, field)| self.rail == *rail && !has(field)) {
            None => Ok(()),
            Some((_, field)) => {
                let problem = "recipient details are incomplete or invalid for this payout method";
                Err(failure::text(422, &format!("{problem}: {field} — please correct and resubmit")))
            }
        }
    }
}
