//! The main job from end to end: real nodes as processes, real files, the real network of this machine, driven by the
//! command line as a person or a script would. What the program says is held against what went in.

#[path = "e2e/backup.rs"]
mod backup;
#[path = "e2e/care.rs"]
mod care;
#[path = "e2e/contract.rs"]
mod contract;
#[path = "e2e/crashes.rs"]
mod crashes;
#[path = "e2e/description.rs"]
mod description;
#[path = "e2e/desk.rs"]
mod desk;
#[path = "e2e/journey.rs"]
mod journey;
#[path = "e2e/mirror.rs"]
mod mirror;
#[path = "e2e/organisations.rs"]
mod organisations;
#[path = "e2e/records.rs"]
mod records;
#[path = "e2e/refusals.rs"]
mod refusals;
#[path = "e2e/rotate.rs"]
mod rotate;
#[path = "e2e/secrecy.rs"]
mod secrecy;
#[path = "e2e/webhook.rs"]
mod webhook;
