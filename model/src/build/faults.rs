//! Collects faults: findings about schemas that no client can support. A fault is reported only if requests, successful
//! responses or public types can contain the schema.

use std::collections::{BTreeMap, BTreeSet};

use partner_spec::{Diagnostic, Diagnostics};

use crate::types::Definition;

/// The owner of a fault: the part of the document that contains the schema with the fault.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    /// The requests and responses of the operations.
    #[default]
    Operations,
    /// The named type with this name.
    Type(String),
    /// The alias with this key. An alias is a component for which no Rust type is generated.
    Alias(String),
}

/// The faults found so far, by their owner (the part of the document that contains them).
#[derive(Debug, Default)]
pub(super) struct Faults {
    owner: Owner,
    parts: BTreeMap<Owner, Part>,
}

#[derive(Debug, Default)]
struct Part {
    found: Diagnostics,
    /// The aliases with faults to which the owner of these faults refers.
    aliases: BTreeSet<String>,
}

impl Faults {
    /// Sets the owner of the faults that are pushed from now on.
    pub(super) fn set_owner(&mut self, owner: Owner) {
        self.owner = owner;
    }

    pub(super) fn push(&mut self, fault: Diagnostic) {
        self.part().found.push(fault);
    }

    /// Records a reference from the current owner to an alias, if the alias has faults.
    pub(super) fn record_alias_reference(&mut self, alias: &str) {
        if self.parts.contains_key(&Owner::Alias(alias.to_owned())) {
            self.part().aliases.insert(alias.to_owned());
        }
    }

    fn part(&mut self) -> &mut Part {
        self.parts.entry(self.owner.clone()).or_default()
    }

    /// Returns the faults to report: those of the operations, of `types`, and of the aliases to which operations and
    /// `types` refer.
    pub(super) fn into_reachable(mut self, types: &BTreeMap<String, Definition>) -> Diagnostics {
        let mut found = Diagnostics::new();
        let mut open = vec![Owner::Operations];
        open.extend(types.keys().cloned().map(Owner::Type));
        while let Some(part) = open.pop().map(|owner| self.parts.remove(&owner)) {
            let Some(Part { found: faults, aliases }) = part else { continue };
            found.extend(faults);
            open.extend(aliases.into_iter().map(Owner::Alias));
        }
        found
    }
}
