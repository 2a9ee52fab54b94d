//! What the clients of the documents send: the bytes that OpenAPI 3.0.3 and the RFCs that it names say.

#[cfg(test)]
#[path = "../../../tests/src/capture.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    clippy::expect_used,
    clippy::panic,
    reason = "it is shared with other tests"
)]
mod capture;

#[cfg(test)]
mod amounts;
#[cfg(test)]
mod bodies;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod directions;
#[cfg(test)]
mod headers;
#[cfg(test)]
mod media;
#[cfg(test)]
mod parameters;
#[cfg(test)]
mod places;
#[cfg(test)]
mod security;
#[cfg(test)]
mod servers;
