//! Tests the types that no operation needs, like the payloads of webhooks, with the examples of their schemas.

use crate::marks::mark;
use crate::nulls::without_optional_nulls;
use crate::suite::Suite;
use crate::types::TestedType;

impl<C> Suite<C> {
    fn payloads(&self) -> impl Iterator<Item = &TestedType> {
        self.types.iter().filter(|ty| ty.is_public)
    }

    /// Checks that the client has a type for every schema with `x-public`, and no other types of this kind.
    pub fn every_public_schema_has_a_type(&self) {
        let mut documented = self.contract.public_schemas();
        let mut keys: Vec<&str> = self.payloads().map(|ty| ty.schema_name).collect();
        documented.sort_unstable();
        keys.sort_unstable();
        assert_eq!(keys, documented);
    }

    /// Deserializes and serializes every example, and compares the result with the example.
    pub fn payloads_are_kept(&self) {
        let mut kept = 0;
        for payload in self.payloads() {
            let Some(example) = self.contract.schema_example(payload.schema_name) else { continue };
            let without_nulls = |value| without_optional_nulls(&self.contract, example.schema, value);
            let (written, _) = (payload.write_and_debug)(&example.value);
            assert_eq!(without_nulls(&written), without_nulls(&example.value), "{}", payload.name);
            kept += 1;
        }
        self.assert_tested(kept, "examples of payloads");
    }

    /// Replaces all sensitive values of the examples by marks, and checks that no `Debug` output contains a mark.
    pub fn payloads_keep_secrets(&self) {
        for payload in self.payloads() {
            let Some(mut example) = self.contract.schema_example(payload.schema_name) else { continue };
            let marked = mark(&self.contract, example.schema, &mut example.value);
            let (written, shown) = (payload.write_and_debug)(&example.value);
            for mark in &marked.marks {
                assert!(!shown.contains(mark), "{} shows {mark}: {shown}", payload.name);
                assert!(written.to_string().contains(mark), "{}: the value is there", payload.name);
            }
        }
    }
}
