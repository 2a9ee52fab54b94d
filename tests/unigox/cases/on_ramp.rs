//! Buying crypto, and sending it out.

use partner_client::unigox::{
    Client, NewOnRampQuote, NewOrder, NewPriceEstimate, PayerDetails, SignedBridge,
};
use partner_tests::case::{Case, call, uuid};

pub(super) fn cases() -> Vec<Case<Client>> {
    vec![
        Case::json::<NewPriceEstimate>("estimate_on_ramp", "estimateOnRamp", |client, with| {
            call(client.estimate_on_ramp(with.body()))
        }),
        Case::json::<NewOnRampQuote>("quote_on_ramp", "quoteOnRamp", |client, with| {
            call(client.quote_on_ramp(with.body()))
        }),
        Case::json::<NewOrder>("initiate_on_ramp", "initiateOnRamp", |client, with| {
            call(client.initiate_on_ramp(with.body()))
        }),
        Case::json::<PayerDetails>("submit_payer_details", "submitPayerDetails", |client, with| {
            call(client.submit_payer_details(uuid(), with.body::<PayerDetails>()))
        }),
        Case::bare("confirm_payment_sent", "confirmPaymentSent", |client, _| {
            call(client.confirm_payment_sent(uuid()))
        }),
        Case::bare("list_send_out_routes", "listSendOutRoutes", |client, with| {
            call(client.list_send_out_routes(with.query("crypto")))
        }),
        Case::bare(
            "get_bridge_authorization_parameters",
            "getBridgeAuthorizationParameters",
            |client, with| {
                let (chain, address) = (with.query("destination_chain"), with.query("destination_address"));
                call(client.get_bridge_authorization_parameters(uuid(), chain, address))
            },
        ),
        Case::json::<SignedBridge>("authorize_bridge", "authorizeBridge", |client, with| {
            call(client.authorize_bridge(uuid(), with.body()))
        }),
    ]
}
