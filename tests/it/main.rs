//! What acs-rest does, seen from outside: one binary, a module per concern.

mod end_to_end;
mod recorder;
mod ui;
mod wire;
