//! Collects faults: findings about schemas that no client can support. A fault is reported only if requests, successful
//! responses or public types can contain the schema.

use std::collections::{BTreeMap, BTreeSet};

use partner_spec::{Finding, Findings};

use crate::types::TypeDefinition;

/// The owner of a fault: the part of the document that contains the schema with the fault.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FaultOwner {
    /// The schema with the fault is in a request or a response of an operation. It is not recorded which operation this
    /// is.
    #[default]
    SomeOperation,
    /// The fault is in a schema that belongs to the type with this name.
    Type(String),
    /// The fault is in the schema of the alias with this key. An alias is a component for which no Rust type is
    /// generated.
    Alias(String),
}

/// The faults that were found so far, by their owner: the part of the document that contains the fault.
#[derive(Debug, Default)]
pub(super) struct FaultsByOwner {
    current_owner: FaultOwner,
    by_owner: BTreeMap<FaultOwner, OwnedFaults>,
}

#[derive(Debug, Default)]
struct OwnedFaults {
    found: Findings,
    /// The keys of the aliases to which the owner of these faults refers. An alias is recorded only if it has faults
    /// itself.
    referenced_alias_keys: BTreeSet<String>,
}

impl FaultsByOwner {
    /// Sets the owner of the faults that are recorded after this call. The owner is the part of the document that
    /// contains the fault: the operations, a type or an alias.
    pub(super) fn set_current_fault_owner(&mut self, owner: FaultOwner) {
        self.current_owner = owner;
    }

    pub(super) fn push(&mut self, fault: Finding) {
        self.current_faults().found.push(fault);
    }

    /// Records a reference to `alias` from the current owner: the part of the document that is being read. If the
    /// faults of the owner are reported, the faults of `alias` are then reported, too. Does nothing if `alias` has no
    /// faults.
    pub(super) fn record_alias_reference(&mut self, alias: &str) {
        if self.by_owner.contains_key(&FaultOwner::Alias(alias.to_owned())) {
            self.current_faults().referenced_alias_keys.insert(alias.to_owned());
        }
    }

    fn current_faults(&mut self) -> &mut OwnedFaults {
        self.by_owner.entry(self.current_owner.clone()).or_default()
    }

    /// Returns the faults (findings about schemas) that have to be reported: those of the operations, of `types`, and
    /// of all aliases to which an operation or one of these types refers, directly or through other aliases.
    pub(super) fn into_reachable_faults(mut self, types: &BTreeMap<String, TypeDefinition>) -> Findings {
        let mut found = Findings::new();
        let mut open = vec![FaultOwner::SomeOperation];
        open.extend(types.keys().cloned().map(FaultOwner::Type));
        while let Some(owned) = open.pop().map(|owner| self.by_owner.remove(&owner)) {
            let Some(OwnedFaults { found: faults, referenced_alias_keys: referenced_aliases }) = owned else {
                continue;
            };
            found.extend(faults);
            open.extend(referenced_aliases.into_iter().map(FaultOwner::Alias));
        }
        found
    }
}
