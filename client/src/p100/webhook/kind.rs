/// A kind of webhook that P100 sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WebhookKind {
    /// A user was verified, and the user's balances were created.
    UserBalanceGeneration,
    /// KYC files of a user were processed.
    KycFiles,
    /// The review of a proof of address has a new status.
    ProofOfAddressStatus,
    /// A hosted KYC verification has a new status.
    KycVerificationStatus,
    /// A transfer between the partner and a user was executed or failed.
    InternalTransfer,
    /// A SEPA transfer of the partner or a user was executed or failed.
    SepaTransfer,
    /// Euros arrived from a bank.
    SepaDeposit,
    /// The IBAN status has changed. It is the status of P100's check whether a bank deposit is the user's own money.
    IbanStatus,
    /// A crypto withdrawal was executed or failed.
    CryptoWithdrawal,
    /// Crypto arrived, or a crypto deposit has a new status.
    CryptoDeposit,
    /// The webhook with the code that confirms a card payment.
    CardSecureCode,
    /// The webhook with the code that activates a card.
    CardActivationCode,
    /// A wallet was created. The payload has no Rust type, because the docs page about this webhook could not be read.
    CreateWallet,
    /// An exchange was executed or failed. The payload has no Rust type, because the docs page about this webhook could
    /// not be read.
    Exchange,
    /// A card transaction took place. The payload has no Rust type, because the docs page about this webhook could not
    /// be read.
    CardTransaction,
    /// An order has a new status. The payload has no Rust type, because the docs page about this webhook could not be
    /// read.
    OrderStatus,
    /// A payment was made through a payment link. The payload has no Rust type, because the docs page about this
    /// webhook could not be read.
    PaymentLink,
}

/// The known paths of webhooks, each with the kind of webhook that is delivered to it. The first five paths occur in
/// example URLs in the docs of 2024. The last one occurs in client code of third parties.
const KNOWN_WEBHOOK_PATHS: [(&str, WebhookKind); 6] = [
    ("/webhook/user/status", WebhookKind::UserBalanceGeneration),
    ("/webhook/kyc-files/status", WebhookKind::KycFiles),
    ("/webhook/poa-verification/status", WebhookKind::ProofOfAddressStatus),
    ("/transfer-webhook", WebhookKind::InternalTransfer),
    ("/crypto-withdrawal-webhook", WebhookKind::CryptoWithdrawal),
    ("/sepa-transfer-webhook", WebhookKind::SepaTransfer),
];

impl WebhookKind {
    /// Returns the kind of webhook that the vendor delivers to a path. Only the end of the path matters: it has to be
    /// one of the known paths; otherwise, the result is `None`.
    pub(super) fn from_path(path: &str) -> Option<WebhookKind> {
        KNOWN_WEBHOOK_PATHS.iter().find(|(documented, _)| path.ends_with(documented)).map(|(_, kind)| *kind)
    }

    /// Returns the name of this kind of webhook. The name is part of the event keys by which duplicates are recognized.
    pub(super) fn name(self) -> &'static str {
        match self {
            WebhookKind::UserBalanceGeneration => "user-balance-generation",
            WebhookKind::KycFiles => "kyc-files",
            WebhookKind::ProofOfAddressStatus => "poa-verification-status",
            WebhookKind::KycVerificationStatus => "kyc-verification-status",
            WebhookKind::InternalTransfer => "internal-transfer",
            WebhookKind::SepaTransfer => "sepa-transfer",
            WebhookKind::SepaDeposit => "sepa-deposit",
            WebhookKind::IbanStatus => "iban-status",
            WebhookKind::CryptoWithdrawal => "crypto-withdrawal",
            WebhookKind::CryptoDeposit => "crypto-deposit",
            WebhookKind::CardSecureCode => "card-secure-code",
            WebhookKind::CardActivationCode => "card-activation-code",
            WebhookKind::CreateWallet => "create-wallet",
            WebhookKind::Exchange => "exchange",
            WebhookKind::CardTransaction => "card-transaction",
            WebhookKind::OrderStatus => "order-status",
            WebhookKind::PaymentLink => "payment-link",
        }
    }
}
