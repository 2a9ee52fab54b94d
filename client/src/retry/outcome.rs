//! What is known of an attempt that failed: whether the server may have done what was asked, and whether the same
//! request may succeed later. Errors and retries both go by it.

/// What became of an attempt that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing that a server could carry out was sent.
    Unsent {
        /// Whether it may go better next time.
        passing: bool,
    },
    /// It was sent, or may have been, and no answer came that can be read.
    Unanswered {
        /// Whether it may go better next time.
        passing: bool,
    },
    /// The API answered that it failed.
    Refused {
        /// The HTTP status.
        status: u16,
        /// What the vendor's code says beyond the status.
        processed: Processed,
    },
}

/// What a vendor's code says about whether the request was processed, where the status alone says something else.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Processed {
    /// Nothing: the status decides.
    #[default]
    ByStatus,
    /// It was not, and can be sent again.
    No,
    /// It was not, and sending it again soon is in vain.
    NoAndWillNot,
    /// Nobody knows.
    Unknown,
}

impl Outcome {
    /// Whether the server may have done what was asked. In doubt it may.
    pub(crate) fn may_have_executed(self) -> bool {
        match self {
            Outcome::Unsent { .. } => false,
            Outcome::Unanswered { .. } => true,
            Outcome::Refused { processed: Processed::No | Processed::NoAndWillNot, .. } => false,
            Outcome::Refused { processed: Processed::Unknown, .. } => true,
            // "Request timeout" may be said by a gateway that has passed the request on.
            Outcome::Refused { status: 408, .. } => true,
            Outcome::Refused { status, .. } => !(400..=499).contains(&status),
        }
    }

    /// Whether the same request may succeed later.
    pub(crate) fn is_passing(self) -> bool {
        match self {
            Outcome::Unsent { passing } | Outcome::Unanswered { passing } => passing,
            Outcome::Refused { processed: Processed::No, .. } => true,
            Outcome::Refused { processed: Processed::NoAndWillNot, .. } => false,
            Outcome::Refused { status, .. } => matches!(status, 408 | 429 | 502 | 503 | 504),
        }
    }

    /// Whether it shows that the server is up and does its work.
    pub(crate) fn is_answer(self) -> bool {
        matches!(self, Outcome::Refused { status, .. } if status < 500) && !self.is_passing()
    }
}
