//! Accounts on which a customer is paid.

use partner_client::unigox::{Acknowledgement, ErrorCode, NewPaymentDetails, PaymentDetails};
use partner_client::{Json, JsonObject};
use serde_json::{Value, json};

use super::failure;
use super::state::State;
use crate::answer::{Answer, Outcome};
use crate::call::Call;

/// What rails need in `details`. Rails that are not listed take anything.
const REQUIRED: &[(&str, &str)] = &[("iban-sepa", "iban"), ("nip-nigeria", "account_number")];

/// One set of payment details.
pub(super) struct StoredDetails {
    rail: String,
    currency: String,
    institution_id: Option<String>,
    details: JsonObject,
}

/// All of a customer's payment details, oldest first.
pub(super) fn list_payment_details(state: &mut State, call: &Call<'_>) -> Outcome {
    let all: Vec<_> =
        state.user(call)?.payment_details.iter().map(|(id, details)| details.view(*id)).collect();
    Ok(Answer::of::<Vec<PaymentDetails>>(all.into()))
}

/// Numbers are given out across customers.
pub(super) fn create_payment_details(state: &mut State, call: &Call<'_>) -> Outcome {
    let id = state.next_payment_details;
    let user = state.user(call)?;
    let new: NewPaymentDetails =
        call.json().map_err(|_| failure::keyed(400, &ErrorCode::InvalidPaymentDetailsKey))?;
    let details = StoredDetails::from(new);
    details.check()?;
    let answer = Answer::of::<PaymentDetails>(details.view(id));
    user.payment_details.insert(id, details);
    state.next_payment_details = id + 1;
    Ok(answer)
}

/// An id that is no number is told apart from one that is unknown.
pub(super) fn get_payment_details(state: &mut State, call: &Call<'_>) -> Outcome {
    let user = state.user(call)?;
    // Which key a malformed id gets is not documented; this is the one that the docs show in general.
    let id = id(call).ok_or_else(failure::missing)?;
    let details = user.payment_details.get(&id).ok_or_else(failure::not_found)?;
    Ok(Answer::of::<PaymentDetails>(details.view(id)))
}

/// What is deleted is gone.
pub(super) fn delete_payment_details(state: &mut State, call: &Call<'_>) -> Outcome {
    let user = state.user(call)?;
    id(call).and_then(|id| user.payment_details.remove(&id)).ok_or_else(failure::not_found)?;
    Ok(Answer::of::<Acknowledgement>(json!({ "message": "The payment details were deleted." })))
}

fn id(call: &Call<'_>) -> Option<u64> {
    call.value("payment_details_id").parse().ok()
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
    /// As their own operations show them.
    fn view(&self, id: u64) -> Value {
        self.named("payment_details_id", id)
    }

    /// As a customer's profile shows them.
    pub(super) fn profile(&self, id: u64) -> Value {
        self.named("id", id)
    }

    fn named(&self, name_of_id: &str, id: u64) -> Value {
        json!({
            name_of_id: id.to_string(),
            "rail": self.rail,
            "currency": self.currency,
            "institution_name": null,
            "institution_id": self.institution_id,
            "details": self.details,
        })
    }

    /// Refuses details that the rail cannot pay to.
    fn check(&self) -> Result<(), Answer> {
        let has = |field: &str| {
            self.details.get(field).and_then(Json::as_str).is_some_and(|text| !text.trim().is_empty())
        };
        match REQUIRED.iter().find(|(rail, field)| self.rail == *rail && !has(field)) {
            None => Ok(()),
            Some((_, field)) => {
                let what = "recipient details are incomplete or invalid for this payout method";
                Err(failure::text(422, &format!("{what}: {field} — please correct and resubmit")))
            }
        }
    }
}
