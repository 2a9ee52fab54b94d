//! Schemas that are read, but that no client can have: faults of a document when requests or successes can hold them.

use std::collections::{BTreeMap, BTreeSet};

use partner_spec::{Diagnostic, Diagnostics};

use crate::types::Definition;

/// What a schema is part of.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    /// The operations.
    #[default]
    Operations,
    /// The type with this name.
    Type(String),
    /// The component with this key, which has no type of its own.
    Alias(String),
}

/// The faults that were found so far, by what they are part of.
#[derive(Debug, Default)]
pub(super) struct Faults {
    owner: Owner,
    parts: BTreeMap<Owner, Part>,
}

#[derive(Debug, Default)]
struct Part {
    found: Diagnostics,
    /// The aliases with faults that the part refers to.
    aliases: BTreeSet<String>,
}

impl Faults {
    /// From here on, schemas are part of something else.
    pub(super) fn enter(&mut self, owner: Owner) {
        self.owner = owner;
    }

    pub(super) fn push(&mut self, fault: Diagnostic) {
        self.part().found.push(fault);
    }

    /// Takes note of a reference to an alias.
    pub(super) fn refer_to(&mut self, alias: &str) {
        if self.parts.contains_key(&Owner::Alias(alias.to_owned())) {
            self.part().aliases.insert(alias.to_owned());
        }
    }

    fn part(&mut self) -> &mut Part {
        self.parts.entry(self.owner.clone()).or_default()
    }

    /// The faults of operations and of these types.
    pub(super) fn reachable(mut self, types: &BTreeMap<String, Definition>) -> Diagnostics {
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
