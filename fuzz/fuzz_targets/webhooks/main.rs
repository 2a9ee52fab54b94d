//! The verifiers on any body: what is not authentic is refused, what is authentic and an object is an event, and
//! reading it does no harm.

#![no_main]

mod check;

libfuzzer_sys::fuzz_target!(|body: &[u8]| check::check(body));
