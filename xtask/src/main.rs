//! Tools of this workspace.

fn main() {}
