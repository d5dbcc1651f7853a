//! `sesame ui`: a way into the page that works once, printed and handed to the browser.
//!
//! The address goes to the browser's opener as an argument, which others on the machine could read while it starts. That
//! is why it is good once and for a minute only; `--print` keeps it out of there altogether.

use std::io::IsTerminal;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use sesame_api::node::Ticket;

use super::Context;
use crate::Result;
use crate::args::Ui;
use crate::sheet::Sheet;

/// Prints the address, and opens it where there is a screen and a person.
pub(super) async fn run(context: &Context, args: &Ui) -> Result<()> {
    let ticket: Value = context.node().await?.post("ticket", &json!({})).await?;
    let url = ticket.get("url").and_then(Value::as_str).unwrap_or_default().to_owned();
    context.output.show(ticket, |_, ticket: Ticket| Sheet::new().line(ticket.url))?;
    if !args.print && !context.output.is_json() && !context.no_input && std::io::stdout().is_terminal() {
        let key = if opened(&url) { "cli-ui-opened" } else { "cli-ui-by-hand" };
        context.output.tell(&context.words().text(key));
    }
    Ok(())
}

/// Whether a browser was found and started.
fn opened(url: &str) -> bool {
    let screen = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else if screen("DISPLAY") || screen("WAYLAND_DISPLAY") {
        "xdg-open"
    } else {
        return false;
    };
    // Only what the node's own address looks like is ever handed to another program.
    if !url.starts_with("http://127.0.0.1:")
        && !url.starts_with("http://[::1]:")
        && !url.starts_with("http://localhost:")
    {
        return false;
    }
    let mut command = Command::new(opener);
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}
