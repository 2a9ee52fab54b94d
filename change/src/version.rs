//! Version numbers, and the part of a version number that a change increases.

use std::fmt;
use std::str::FromStr;

use crate::rule::Effect;

/// A version number: major, minor, patch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u64, pub u64, pub u64);

/// The part of a version number that has to be increased.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum VersionBump {
    /// No part.
    #[default]
    None,
    /// The patch number, for changes that do not affect programs.
    Patch,
    /// The minor number, for changes that add something and break no programs.
    Minor,
    /// The major number, for changes that break programs.
    Major,
}

impl VersionBump {
    /// Returns the version bump that is required when `effect` is the strongest effect of all changes.
    pub fn for_strongest_effect(effect: Effect) -> VersionBump {
        match effect {
            Effect::Unaffected => VersionBump::None,
            Effect::DocumentationOnly => VersionBump::Patch,
            Effect::Compatible => VersionBump::Minor,
            Effect::Breaking => VersionBump::Major,
        }
    }
}

impl Version {
    /// Returns the next version after a bump. Before 1.0, a breaking change increases the minor number, as is the
    /// convention of Cargo.
    ///
    /// ```
    /// use partner_change::{Version, VersionBump};
    ///
    /// assert_eq!(Version(0, 3, 1).bumped_by(VersionBump::Major), Version(0, 4, 0));
    /// assert_eq!(Version(0, 3, 1).bumped_by(VersionBump::Minor), Version(0, 3, 2));
    /// assert_eq!(Version(1, 3, 1).bumped_by(VersionBump::Major), Version(2, 0, 0));
    /// ```
    #[must_use]
    pub fn bumped_by(self, bump: VersionBump) -> Version {
        let Version(major, minor, patch) = self;
        match (bump, major) {
            (VersionBump::None, _) => self,
            (VersionBump::Major, 0) => Version(0, minor.saturating_add(1), 0),
            (VersionBump::Minor, 0) | (VersionBump::Patch, _) => {
                Version(major, minor, patch.saturating_add(1))
            }
            (VersionBump::Minor, _) => Version(major, minor.saturating_add(1), 0),
            (VersionBump::Major, _) => Version(major.saturating_add(1), 0, 0),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

impl FromStr for Version {
    type Err = String;

    fn from_str(text: &str) -> Result<Version, String> {
        let plain = text.split(['-', '+']).next().unwrap_or_default();
        let numbers: Option<Vec<u64>> = plain.split('.').map(|part| part.parse().ok()).collect();
        match numbers.as_deref() {
            Some([major, minor, patch]) => Ok(Version(*major, *minor, *patch)),
            _ => Err(format!("`{text}` is no version like 1.2.3")),
        }
    }
}
