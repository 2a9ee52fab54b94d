//! A value, with the value that it has to be after a round trip.

use proptest::prelude::*;
use proptest::strategy::Union;

use crate::json::Json;

/// A JSON value, and the JSON that a type has to write after reading it.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) sent: Json,
    pub(crate) back: Json,
}

/// Values of one schema.
#[derive(Clone)]
pub(crate) struct Samples {
    /// The edge cases that are always tried. There is at least one.
    pub(crate) corners: Vec<Sample>,
    /// How many of the edge cases, from the first one on, are tried inside of another value.
    pub(crate) brief: usize,
    /// Random values.
    pub(crate) random: BoxedStrategy<Sample>,
}

impl Sample {
    /// A value that is different after a round trip.
    pub(crate) fn new(sent: Json, back: Json) -> Sample {
        Sample { sent, back }
    }

    /// A value that is the same after a round trip.
    pub(crate) fn same(json: Json) -> Sample {
        Sample { back: json.clone(), sent: json }
    }
}

impl Samples {
    /// These edge cases, and random values.
    pub(crate) fn new(corners: Vec<Sample>, random: BoxedStrategy<Sample>) -> Samples {
        assert!(!corners.is_empty(), "there is always a value");
        let brief = corners.len();
        let any_corner = proptest::sample::select(corners.clone()).boxed();
        Samples { corners, brief, random: Union::new_weighted(vec![(1, any_corner), (2, random)]).boxed() }
    }

    /// The edge cases that are tried inside of another value.
    pub(crate) fn brief(&self) -> &[Sample] {
        &self.corners[..self.brief]
    }
}
