//! A payout service: it sells a customer's crypto for local currency at Unigox, or sends euros by SEPA at P100.
//!
//! Every payout has one of four results, which determine the next step of the caller. The tests in `tests.rs` cause
//! each of them with the sandbox.

use std::time::Duration;

use partner_client::chrono::{DateTime, Utc};
use partner_client::unigox::{
    CryptoCurrencyCode, FiatCurrencyCode, NewOffRampQuote, NewOffRampQuoteRequired, NewOrder, OffRampPayout,
    PaymentDetailsId, QuoteAmount, QuoteId, UserUuid,
};
use partner_client::{Decimal, Error, p100, unigox};

/// The least time that a quote must have left before its expiry, so that it is still used.
const MIN_QUOTE_TIME_LEFT: Duration = Duration::from_secs(5);

/// The payout service, with the clients of both vendors.
pub struct Payouts {
    unigox: unigox::Client,
    p100: p100::Client,
}

/// A sale of crypto whose proceeds go to the customer's stored payment details.
#[derive(Clone)]
pub struct Sale {
    /// The UUID of the customer who sells.
    pub customer: UserUuid,
    /// The id of the customer's payment details, which receive the proceeds.
    pub payment_details_id: PaymentDetailsId,
    /// The token that is sold.
    pub crypto_currency: CryptoCurrencyCode,
    /// The currency that the customer is paid in.
    pub fiat_currency: FiatCurrencyCode,
    /// The amount that the customer is paid.
    pub fiat_amount: Decimal,
}

/// The result of a payout.
#[derive(Debug, PartialEq)]
pub enum Payout {
    /// The vendor has accepted the payout. The value is the vendor's id for the payout.
    Accepted(String),
    /// Nothing was done. The same payout can be made later.
    NotMade(RetryCondition),
    /// Nothing was done, and the same payout will be refused again.
    Refused(RefusalReason),
    /// The payout may have been made. The caller must look up its state at the vendor before making it again.
    Unknown,
}

/// The condition under which a payout that was not made can be made again.
#[derive(Debug, PartialEq)]
pub enum RetryCondition {
    /// The payout can be made after this time; `None` if the vendor has not set a time.
    After(Option<Duration>),
    /// The payout can be made after the account was funded.
    WhenFunded,
}

/// The reason why a payout is refused.
#[derive(Debug, PartialEq)]
pub enum RefusalReason {
    /// Two quotes expired before they could be used.
    QuoteExpired,
    /// The vendor refuses the payout, with this error code if the response has one.
    Vendor(Option<String>),
}

impl Payouts {
    /// Creates a service that uses these clients.
    pub fn new(unigox: unigox::Client, p100: p100::Client) -> Payouts {
        Payouts { unigox, p100 }
    }

    /// Sells crypto. If the quote expires before it is used, requests a second quote.
    pub async fn sell(&self, sale: &Sale) -> Payout {
        for _ in 0..2 {
            let (quote_id, expires_at) = match self.request_quote(sale).await {
                Ok(quote) => quote,
                // A request for a quote moves no money, so nothing was done even if the response was lost.
                Err(error) => return classify_payout_not_made(&error),
            };
            if !has_time_left(expires_at) {
                continue;
            }
            let order = self.unigox.initiate_off_ramp(NewOrder::new(quote_id)).await;
            match order.and_then(|order| order.order_id()) {
                Ok(order_id) => return Payout::Accepted(order_id.to_string()),
                // This comes before the code: a code in a response with a status of success proves nothing.
                Err(error) if error.may_have_executed() => return Payout::Unknown,
                Err(error) => match unigox::ErrorCode::from_error(&error) {
                    Some(code) if code.needs_new_quote() => continue,
                    Some(code) if code.is_insufficient_funds() => {
                        return Payout::NotMade(RetryCondition::WhenFunded);
                    }
                    _ => return classify_payout_not_made(&error),
                },
            }
        }
        Payout::Refused(RefusalReason::QuoteExpired)
    }

    /// Requests a quote. Returns the id of the quote, and the time at which the quote expires.
    async fn request_quote(&self, sale: &Sale) -> Result<(QuoteId, DateTime<Utc>), Error> {
        let quote = NewOffRampQuote::new(NewOffRampQuoteRequired {
            user_uuid: sale.customer,
            crypto_currency: sale.crypto_currency.clone(),
            fiat_currency: sale.fiat_currency.clone(),
            quote_amount: QuoteAmount::Fiat(sale.fiat_amount),
            off_ramp_payout: OffRampPayout::PaymentDetails(sale.payment_details_id.clone()),
        });
        let quote = self.unigox.quote_off_ramp(quote).await?;
        Ok((quote.quote_id()?, quote.expires_at()?))
    }

    /// Sends euros of a user by SEPA.
    pub async fn send_sepa(&self, transfer: p100::NewUserSepaTransfer) -> Payout {
        let receipt = self.p100.create_user_sepa_transfer(transfer).await;
        match receipt.and_then(|receipt| receipt.transfer_id().map(ToString::to_string)) {
            Ok(transfer_id) => Payout::Accepted(transfer_id),
            Err(error) if error.may_have_executed() => Payout::Unknown,
            Err(error) => match p100::ErrorCode::from_error(&error) {
                Some(code) if code.is_insufficient_funds() => Payout::NotMade(RetryCondition::WhenFunded),
                _ => classify_payout_not_made(&error),
            },
        }
    }
}

/// Whether a quote expires late enough that a request with it will probably arrive in time.
fn has_time_left(expires_at: DateTime<Utc>) -> bool {
    expires_at > Utc::now() + MIN_QUOTE_TIME_LEFT
}

/// Returns the result of a payout for which nothing was done.
fn classify_payout_not_made(error: &Error) -> Payout {
    if error.is_retryable() {
        return Payout::NotMade(RetryCondition::After(error.retry_after()));
    }
    Payout::Refused(RefusalReason::Vendor(error.code().map(str::to_owned)))
}

#[cfg(test)]
mod tests;
