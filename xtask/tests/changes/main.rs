//! The commands that compare documents and take over changes, in a workspace of their own, as a person and a workflow
//! run them.

#![allow(clippy::unwrap_used, reason = "a test that fails panics")]

#[cfg(test)]
mod diff;
#[cfg(test)]
mod drift;
#[cfg(test)]
mod import;
#[cfg(test)]
mod support;
