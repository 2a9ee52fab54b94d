//! Both partner APIs on loopback.
