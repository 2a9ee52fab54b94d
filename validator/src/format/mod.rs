//! Writing a report for people and programs.
