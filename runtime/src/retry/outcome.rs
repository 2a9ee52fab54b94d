//! The ways in which an attempt can fail. They determine whether the server may have executed the request, and whether
//! the same request may succeed later. Both the errors and the retries depend on them.

/// The way in which an attempt failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FailureMode {
    /// No server can execute the request, because it was not sent, or only a part of it was sent.
    NotFullySent {
        /// Whether another attempt may succeed.
        is_transient: bool,
    },
    /// The request was sent, or may have been sent, but no readable response arrived.
    NoReadableResponse {
        /// Whether another attempt may succeed.
        is_transient: bool,
    },
    /// The API responded with a failure.
    ApiFailure {
        /// The HTTP status of the response.
        status: u16,
        /// What the vendor's error code says about whether the server processed the request.
        processing_evidence: ProcessingEvidence,
    },
}

/// What the vendor's error code says about a failed request: whether the server may have processed it, and whether a
/// retry may succeed.
///
/// No error code says that the request was not processed. Only an HTTP status can say so. `MaybeProcessed` and
/// `MaybeProcessedAndTransient` overrule such a status.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum ProcessingEvidence {
    /// The error code says neither whether the request may have been processed, nor whether a retry may succeed. The
    /// HTTP status decides both.
    #[default]
    ByStatus,
    /// The error code says that no retry can succeed. This overrides an HTTP status that says that a retry may succeed,
    /// like 503. Only the status decides whether the request may have been processed.
    Permanent,
    /// The error code says that the request may have been processed. This overrides an HTTP status that says that the
    /// request was not processed. Only the status decides whether a retry may succeed.
    MaybeProcessed,
    /// The error code says that the request may have been processed, and that a retry may succeed. The HTTP status is
    /// ignored.
    MaybeProcessedAndTransient,
}

impl FailureMode {
    /// Whether the server may have executed the request: false only if it certainly did not.
    pub(crate) fn may_have_executed(self) -> bool {
        match self {
            FailureMode::NotFullySent { .. } => false,
            FailureMode::NoReadableResponse { .. } => true,
            FailureMode::ApiFailure {
                processing_evidence:
                    ProcessingEvidence::MaybeProcessed | ProcessingEvidence::MaybeProcessedAndTransient,
                ..
            } => true,
            FailureMode::ApiFailure {
                status,
                processing_evidence: ProcessingEvidence::ByStatus | ProcessingEvidence::Permanent,
            } => !is_refusal_status(status),
        }
    }

    /// Whether the same request may succeed later.
    pub(crate) fn is_transient(self) -> bool {
        match self {
            FailureMode::NotFullySent { is_transient } | FailureMode::NoReadableResponse { is_transient } => {
                is_transient
            }
            FailureMode::ApiFailure {
                processing_evidence: ProcessingEvidence::MaybeProcessedAndTransient,
                ..
            } => true,
            FailureMode::ApiFailure { processing_evidence: ProcessingEvidence::Permanent, .. } => false,
            FailureMode::ApiFailure { status, .. } => matches!(status, 408 | 429 | 502 | 503 | 504),
        }
    }

    /// Whether this failure shows that the server is healthy. True if the status is below 500 and a retry of the
    /// request would fail in the same way.
    pub(crate) fn shows_healthy_server(self) -> bool {
        matches!(self, FailureMode::ApiFailure { status, .. } if status < 500) && !self.is_transient()
    }
}

/// Whether a status says that the request was not processed.
///
/// The result is true for the statuses that the HTTP standards define as a refusal of the request. A status that no
/// standard defines comes from a proxy, which may have passed the request on. A proxy sends 499 (nginx) or 460 (AWS
/// load balancers) if its own client gave up waiting. It sends 520 to 530 (Cloudflare), 598 or 599 if the response of
/// the server behind it got lost.
fn is_refusal_status(status: u16) -> bool {
    match status {
        // A gateway may send 408 ("request timeout") even after it has passed the request on to the server. So the
        // server may have processed the request.
        408 => false,
        400..=418 | 421..=426 | 428 | 429 | 431 | 451 => true,
        // AWS load balancers (463, 464) and nginx (494 to 497) send these statuses only for requests that they have not
        // passed on to the server.
        463 | 464 | 494..=497 => true,
        // 501 says that the server does not support the method for any resource, so the request was not processed.
        501 => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may_have_executed(status: u16) -> bool {
        FailureMode::ApiFailure { status, processing_evidence: ProcessingEvidence::ByStatus }
            .may_have_executed()
    }

    #[test]
    fn a_status_that_the_standards_define_as_a_refusal_says_that_nothing_was_done() {
        // The statuses that the standards define as a refusal: all 4xx statuses in the IANA registry of status codes
        // except 408, and the status 501.
        let refusal_statuses = (400..=407).chain(409..=418).chain(421..=426).chain([428, 429, 431, 451, 501]);
        for status in refusal_statuses {
            assert!(!may_have_executed(status), "{status}");
        }
    }

    #[test]
    fn a_refusal_of_the_request_alone_shows_that_the_server_is_healthy() {
        let shows_healthy = |status| {
            FailureMode::ApiFailure { status, processing_evidence: ProcessingEvidence::ByStatus }
                .shows_healthy_server()
        };
        for status in [400, 401, 404, 409, 422] {
            assert!(shows_healthy(status), "{status}");
        }
        for status in [408, 429, 500, 501, 503, 520] {
            assert!(!shows_healthy(status), "{status}");
        }
        let unavailable = FailureMode::ApiFailure {
            status: 400,
            processing_evidence: ProcessingEvidence::MaybeProcessedAndTransient,
        };
        assert!(!unavailable.shows_healthy_server());
        for transient in [false, true] {
            assert!(!FailureMode::NotFullySent { is_transient: transient }.shows_healthy_server());
            assert!(!FailureMode::NoReadableResponse { is_transient: transient }.shows_healthy_server());
        }
    }

    #[test]
    fn a_status_that_a_proxy_makes_up_leaves_open_what_the_server_did() {
        // Statuses that are not in the IANA registry of status codes: those of nginx, AWS, Cloudflare, Varnish and
        // others, and some from 419 to 499 that nobody defines.
        let unregistered_statuses =
            [419, 420, 427, 430, 440, 444, 449, 450, 460, 498, 499, 520, 521, 522, 523, 524];
        let gateways = [525, 526, 527, 529, 530, 561, 598, 599, 999];
        for status in
            unregistered_statuses.into_iter().chain(gateways).chain([408, 500, 502, 503, 504, 505, 511])
        {
            assert!(may_have_executed(status), "{status}");
        }
        for status in [100, 200, 202, 302, 304, 308] {
            assert!(may_have_executed(status), "{status}");
        }
    }

    #[test]
    fn what_a_proxy_refuses_before_it_passes_it_on_was_not_done() {
        for status in [463, 464, 494, 495, 496, 497] {
            assert!(!may_have_executed(status), "{status}");
        }
    }
}
