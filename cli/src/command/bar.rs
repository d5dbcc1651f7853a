//! A bar for what takes its time: drawn where there is a terminal, and only once it takes longer than a second.

use std::cell::OnceCell;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sesame_api::client::Client;

use super::Context;
use crate::Result;

/// How often a node is asked how far it is.
const LOOK: Duration = Duration::from_millis(200);
/// What takes no longer is done before a bar could be read.
const BAR_AFTER: Duration = Duration::from_secs(1);

/// A bar with what is done, a rate and an end. It goes when it is dropped.
pub(super) struct Bar {
    drawn: ProgressBar,
    /// When the work began: the time in which a passphrase is typed does not count.
    since: OnceCell<Instant>,
    draws: bool,
}

impl Bar {
    /// A bar that says what is done in the words of a key.
    pub(super) fn new(context: &Context, key: &str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{msg}  {bar:30} {bytes}/{total_bytes}  {bytes_per_sec}  {eta}");
        let bar = match style {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        };
        let bar = bar.with_message(context.words().text(key));
        Self { drawn: bar, since: OnceCell::new(), draws: context.output.draws() }
    }

    /// Says that another thing is done now.
    pub(super) fn turn_to(&self, context: &Context, key: &str) {
        self.drawn.set_message(context.words().text(key));
        self.drawn.reset();
    }

    /// Moves it, in bytes.
    pub(super) fn at(&self, done: u64, total: u64) {
        let since = self.since.get_or_init(|| {
            self.drawn.reset();
            Instant::now()
        });
        if self.draws && self.drawn.is_hidden() && since.elapsed() > BAR_AFTER {
            self.drawn.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.drawn.set_length(total);
        self.drawn.set_position(done);
    }

    /// Has the node do what takes its time, and draws how far it is: `look` asks it for bytes done and to do.
    pub(super) async fn watch<T: DeserializeOwned>(
        &self,
        node: &Client,
        path: &str,
        ask: &impl Serialize,
        look: impl AsyncFn(&Client) -> Option<(u64, u64)>,
    ) -> Result<T> {
        let mut answer = std::pin::pin!(node.post(path, ask));
        loop {
            tokio::select! {
                answer = &mut answer => return answer,
                () = tokio::time::sleep(LOOK), if self.draws => {
                    if let Some((done, total)) = look(node).await {
                        self.at(done, total);
                    }
                }
            }
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.drawn.finish_and_clear();
    }
}
