//! A user's payment details: the accounts that receive the user's payouts.

use partner_client::unigox::{Acknowledgement, ErrorCode, NewPaymentDetails, PaymentDetails};
use serde_json::json;

use super::failure;
use super::state::State;
use super::stored_payment_details::StoredPaymentDetails;
use crate::call::Call;
use crate::reply::{HandlerResult, Reply};

/// Lists the user's payment details, oldest first.
pub(super) fn list_payment_details(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let all: Vec<_> = state
        .find_user_of_call(call)?
        .payment_details
        .iter()
        .map(|(id, details)| details.to_payment_details_json(*id))
        .collect();
    Ok(Reply::success_conforming_to::<Vec<PaymentDetails>>(all.into()))
}

/// Creates payment details for a user. The ids of payment details are numbers that are unique across all users.
pub(super) fn create_payment_details(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let id = state.next_payment_details_id;
    let user = state.find_user_of_call(call)?;
    let new: NewPaymentDetails = call
        .deserialize_json_body()
        .map_err(|_| failure::new_failure_with_error_key(400, &ErrorCode::InvalidPaymentDetailsKey))?;
    let details = StoredPaymentDetails::from(new);
    details.check_required_field()?;
    let reply = Reply::success_conforming_to::<PaymentDetails>(details.to_payment_details_json(id));
    user.payment_details.insert(id, details);
    state.next_payment_details_id = id + 1;
    Ok(reply)
}

/// Returns the user's payment details whose id is in the path of the request. Fails if the id is not a number, or if
/// the user has no payment details with this id.
pub(super) fn get_payment_details(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let user = state.find_user_of_call(call)?;
    // The vendor's docs have an example with status 400 and the error key for missing fields, but do not explain when
    // this failure is sent. The sandbox sends it for an id that is not a number.
    let id = parse_payment_details_id(call).ok_or_else(failure::new_missing_field_failure)?;
    let details = user.payment_details.get(&id).ok_or_else(failure::new_unknown_resource_failure)?;
    Ok(Reply::success_conforming_to::<PaymentDetails>(details.to_payment_details_json(id)))
}

/// Deletes payment details. Deleting the same payment details again fails.
pub(super) fn delete_payment_details(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let user = state.find_user_of_call(call)?;
    parse_payment_details_id(call)
        .and_then(|id| user.payment_details.remove(&id))
        .ok_or_else(failure::new_unknown_resource_failure)?;
    Ok(Reply::success_conforming_to::<Acknowledgement>(
        json!({ "message": "The payment details were deleted." }),
    ))
}

/// Returns the id of payment details in the path of a call; `None` if the id is not a number.
fn parse_payment_details_id(call: &Call<'_>) -> Option<u64> {
    call.path_parameter("payment_details_id").parse().ok()
}
