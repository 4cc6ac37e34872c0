//! The rules from outside: definitions as files, and what comes of them.

mod definitions;
