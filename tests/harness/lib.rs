//! What the suites share: a world of simulated nodes, real nodes as processes, and the places of sample data.

pub mod http;
pub mod node;
pub mod sample;
pub mod world;
