//! `sesame stop`: asks the node to end and waits until it has gone, so that the next command finds the vault free.

use std::time::Duration;

use serde_json::{Value, json};
use sesame_api::{Code, Problem};

use super::Context;
use crate::Result;

/// How often and how long to look whether it has gone.
const LOOKS: u32 = 150;
const LOOK_MILLISECONDS: u64 = 100;

/// Stops the node.
pub(super) async fn run(context: &Context) -> Result<()> {
    match context.node().await?.post::<Value>("stop", &json!({})).await {
        // It may go before its answer is out.
        Err(problem) if problem.code != Code::NoNode => return Err(problem),
        _ => {}
    }
    for _ in 0..LOOKS {
        if context.node().await.is_err_and(|problem| problem.code == Code::NoNode) {
            return context.output.done(json!({ "stopped": true }), |words, _: Value| words.text("cli-stop-done"));
        }
        tokio::time::sleep(Duration::from_millis(LOOK_MILLISECONDS)).await;
    }
    let seconds = u64::from(LOOKS) * LOOK_MILLISECONDS / 1000;
    Err(Problem::new(Code::Busy).with("seconds", seconds))
}
