//! `sesame demo`: real nodes on this machine, real files, a real network on loopback. Each line is printed because it
//! happened; a step that fails says what failed, and the demo ends with its status. It is no film.

mod deal;
mod stage;
mod story;

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};
use sesame_api::words::Arg;
use sesame_api::{Code, Problem};

use super::Context;
use crate::Result;
use crate::args::Demo;
use stage::Stage;

/// How long a reader has for a line with `--slow`.
const READING: Duration = Duration::from_millis(3_500);

/// Plays the story; leaves the page open on a terminal, cleans up and ends elsewhere.
pub(super) async fn run(context: &Context, args: &Demo) -> Result<()> {
    if args.clean {
        let removed = stage::clean(&context.home)?;
        context.output.tell(&context.words().with("demo-cleaned", &[("count", Arg::Count(removed))]));
        return Ok(());
    }
    let ends = args.exit || !std::io::stdout().is_terminal() || context.output.is_json();
    let mut teller = Teller { context, began: Instant::now(), is_slow: args.slow };
    let mut stage = Stage::build(context).await?;
    let told = tokio::select! {
        told = story::tell(&mut stage, &mut teller) => told,
        interrupted = tokio::signal::ctrl_c() => match interrupted {
            Ok(()) => Err(Problem::new(Code::Interrupted)),
            Err(error) => Err(Problem::new(Code::Failed).with("why", error)),
        },
    };
    if told.is_ok() && !ends {
        teller.page(&stage).await?;
        // Whatever ends the wait, the stage is taken down after it.
        tokio::signal::ctrl_c().await.ok();
    }
    drop(stage);
    told
}

/// Says what happened, with the time it took so far.
struct Teller<'c> {
    context: &'c Context,
    began: Instant,
    is_slow: bool,
}

impl Teller<'_> {
    /// One line of the story: `step` is its stable name, `key` its sentence, `facts` what is in both.
    async fn line(&mut self, step: &str, key: &str, facts: &[(&str, Arg<'_>)]) -> Result<()> {
        let words = self.context.words();
        let text = words.with(key, facts);
        let seconds = self.began.elapsed().as_secs_f64();
        if self.context.output.is_json() {
            let facts: Map<String, Value> =
                facts.iter().map(|(name, value)| ((*name).to_owned(), fact(*value))).collect();
            let seconds = (seconds * 10.0).round() / 10.0;
            self.context.output.value(&json!({ "step": step, "at": seconds, "text": text, "facts": facts }))?;
        } else {
            let mut out = std::io::stdout().lock();
            let line = writeln!(out, "{:>5} s  {text}", words.decimal(seconds, 1));
            line.and_then(|()| out.flush()).map_err(|error| Problem::new(Code::Failed).with("why", error))?;
        }
        if self.is_slow {
            tokio::time::sleep(READING).await;
        }
        Ok(())
    }

    /// The way into Alice's page, for the person to go on alone.
    async fn page(&mut self, stage: &Stage) -> Result<()> {
        let ticket: sesame_api::node::Ticket = stage.alice.client().await?.post("ticket", &json!({})).await?;
        self.line("page", "demo-page", &[("page", Arg::Text(&ticket.url))]).await
    }
}

fn fact(value: Arg<'_>) -> Value {
    match value {
        Arg::Text(text) => json!(text),
        Arg::Count(count) => json!(count),
        Arg::Number(number) => json!(number),
    }
}
