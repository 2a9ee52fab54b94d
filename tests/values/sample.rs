//! A value as it is sent, with what it has to come back as.

use proptest::prelude::*;
use proptest::strategy::Union;

use crate::json::Json;

/// A JSON value, and what a type that read it has to write.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) sent: Json,
    pub(crate) back: Json,
}

/// Values of one schema.
#[derive(Clone)]
pub(crate) struct Samples {
    /// The ones to be tried in any case. There is at least one.
    pub(crate) corners: Vec<Sample>,
    /// How many of them, from the first one on, are tried where the value is part of another one.
    pub(crate) brief: usize,
    /// Any of them.
    pub(crate) random: BoxedStrategy<Sample>,
}

impl Sample {
    /// A value that comes back as another one.
    pub(crate) fn new(sent: Json, back: Json) -> Sample {
        Sample { sent, back }
    }

    /// A value that comes back as it was sent.
    pub(crate) fn same(json: Json) -> Sample {
        Sample { back: json.clone(), sent: json }
    }
}

impl Samples {
    /// These, and random ones.
    pub(crate) fn new(corners: Vec<Sample>, random: BoxedStrategy<Sample>) -> Samples {
        assert!(!corners.is_empty(), "there is always a value");
        let brief = corners.len();
        let any_corner = proptest::sample::select(corners.clone()).boxed();
        Samples { corners, brief, random: Union::new_weighted(vec![(1, any_corner), (2, random)]).boxed() }
    }

    /// The ones to be tried inside of another value.
    pub(crate) fn brief(&self) -> &[Sample] {
        &self.corners[..self.brief]
    }
}
