//! `sesame up`: this program as a node, in the foreground, until Ctrl-C, a TERM signal or `sesame stop`.

use std::io::IsTerminal;

use serde_json::{Value, json};
use sesame_api::node::State;
use sesame_api::words::Words;
use tracing_subscriber::EnvFilter;

use super::Context;
use crate::args::Up;
use crate::output::Output;
use crate::sheet::Sheet;
use crate::{Result, ask, home};

/// Runs the node to its end.
pub(super) async fn run(context: &Context, args: &Up) -> Result<()> {
    follow();
    home::make(&context.home)?;
    let mut config = sesame_node::Config::load(&context.home)?;
    if let Some(port) = args.page_port {
        config.page_port = port;
    }
    if !args.listen.is_empty() {
        config.listen.clone_from(&args.listen);
    }
    if !context.home.join(home::SETTINGS).exists() {
        config.language = context.words().language();
    }
    let start = match ask::given(context, &args.secret)? {
        Some(passphrase) => sesame_node::Start::Passphrase(passphrase.as_bytes().to_vec().into()),
        None => sesame_node::Start::Bare,
    };
    let output = context.output.clone();
    sesame_node::run(config, start, move |ready| announce(&output, &ready)).await
}

/// Says where the page is as soon as it is served. A launcher reads the first line of stdout.
fn announce(output: &Output, ready: &sesame_node::Ready) {
    let value = json!({ "state": ready.state, "page": ready.page, "ticket": ready.ticket });
    let shown = output.show(value, |words, value: Value| sheet(words, &value));
    if let Err(problem) = shown {
        output.problem(&problem);
    }
    output.tell(&output.words().text("cli-up-stop"));
}

fn sheet(words: &Words, value: &Value) -> Sheet {
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let state = value.get("state").cloned().and_then(|state| serde_json::from_value(state).ok());
    let key = match state.unwrap_or(State::Ailing) {
        State::Bare => "cli-up-bare",
        State::Locked => "cli-up-locked",
        State::Open => "cli-up-open",
        State::Ailing => "cli-up-ailing",
    };
    let ticket = text("ticket");
    let address = if ticket.is_empty() { text("page") } else { ticket };
    Sheet::new().line(words.with(key, &[("page", (&address).into())]))
}

/// Sends what the node notes to stderr: warnings, or what `SESAME_LOG` asks for. Never secrets, whatever is asked.
fn follow() {
    let filter = EnvFilter::try_from_env("SESAME_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colour);
    // Only the first follower of a process counts; a second one is no problem.
    let _ = log.try_init();
}
