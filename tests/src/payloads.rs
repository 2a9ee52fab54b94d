//! The types that no operation has, above all the payloads of webhooks: each against the example of its schema.

use crate::marks::mark;
use crate::nulls::without_optional_nulls;
use crate::suite::Suite;
use crate::types::TestedType;

impl<C> Suite<C> {
    fn payloads(&self) -> impl Iterator<Item = &TestedType> {
        self.types.iter().filter(|ty| ty.public)
    }

    /// Fails when a schema that is public without an operation has no type, or a type no such schema.
    pub fn every_public_schema_has_a_type(&self) {
        let mut documented = self.contract.public_schemas();
        let mut keys: Vec<&str> = self.payloads().map(|ty| ty.key).collect();
        documented.sort_unstable();
        keys.sort_unstable();
        assert_eq!(keys, documented);
    }

    /// Reads every example and writes it again.
    pub fn payloads_are_kept(&self) {
        let mut kept = 0;
        for payload in self.payloads() {
            let Some(example) = self.contract.schema_example(payload.key) else { continue };
            let without_nulls = |value| without_optional_nulls(&self.contract, example.schema, value);
            let (written, _) = (payload.show)(&example.value);
            assert_eq!(without_nulls(&written), without_nulls(&example.value), "{}", payload.name);
            kept += 1;
        }
        assert!(kept > 0, "there are examples of payloads");
    }

    /// Puts marks into everything sensitive of the examples, and looks for them in the `Debug` output.
    pub fn payloads_keep_secrets(&self) {
        for payload in self.payloads() {
            let Some(mut example) = self.contract.schema_example(payload.key) else { continue };
            let marked = mark(&self.contract, example.schema, &mut example.value);
            let (written, shown) = (payload.show)(&example.value);
            for mark in &marked.marks {
                assert!(!shown.contains(mark), "{} shows {mark}: {shown}", payload.name);
                assert!(written.to_string().contains(mark), "{}: the value is there", payload.name);
            }
        }
    }
}
