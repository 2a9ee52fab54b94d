//! The accounts that a customer is paid to.

use partner_client::unigox::{Acknowledgement, ErrorCode, NewPaymentDetails, PaymentDetails};
use serde_json::json;

use super::failure;
use super::state::State;
use super::stored_details::StoredDetails;
use crate::call::Call;
use crate::reply::{HandlerResult, Reply};

/// Lists the customer's payment details, oldest first.
pub(super) fn list_payment_details(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let all: Vec<_> =
        state.user(call)?.payment_details.iter().map(|(id, details)| details.view(*id)).collect();
    Ok(Reply::model::<Vec<PaymentDetails>>(all.into()))
}

/// Numbers are unique across customers.
pub(super) fn create_payment_details(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let id = state.next_payment_details;
    let user = state.user(call)?;
    let new: NewPaymentDetails =
        call.json().map_err(|_| failure::keyed(400, &ErrorCode::InvalidPaymentDetailsKey))?;
    let details = StoredDetails::from(new);
    details.check()?;
    let reply = Reply::model::<PaymentDetails>(details.view(id));
    user.payment_details.insert(id, details);
    state.next_payment_details = id + 1;
    Ok(reply)
}

/// An id that is not a number is another failure than an unknown one.
pub(super) fn get_payment_details(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let user = state.user(call)?;
    // The docs have this key in an example of a 400 and do not say what it is for.
    let id = id(call).ok_or_else(failure::missing)?;
    let details = user.payment_details.get(&id).ok_or_else(failure::not_found)?;
    Ok(Reply::model::<PaymentDetails>(details.view(id)))
}

/// Deletes payment details. Deleting them twice is a failure.
pub(super) fn delete_payment_details(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let user = state.user(call)?;
    id(call).and_then(|id| user.payment_details.remove(&id)).ok_or_else(failure::not_found)?;
    Ok(Reply::model::<Acknowledgement>(json!({ "message": "The payment details were deleted." })))
}

fn id(call: &Call<'_>) -> Option<u64> {
    call.path_parameter("payment_details_id").parse().ok()
}
