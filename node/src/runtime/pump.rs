//! From the network to the loop: what peers say is decoded, unsealed and verified on threads of its own, and reaches
//! the loop only when it has passed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sesame_engine::{Fault, Input, Node, Protocol, intake};
use sesame_network::{Command, Event, Wire};
use tokio::sync::mpsc;

use super::{Counter, Happening, Jobs, Pending, VaultView, chance, held, now};

/// What the network is doing, for whoever looks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Links {
    /// Where the node listens.
    pub(crate) listening: Vec<String>,
    /// Devices linked right now.
    pub(crate) linked: BTreeSet<Node>,
    /// Frames refused since the start, by reason.
    pub(crate) refused: BTreeMap<String, u64>,
}

/// Addresses come one by one when the node starts; the card is made once they have settled.
const SETTLES: Duration = Duration::from_millis(60);

/// Starts to pump. Ends with the network. The inbox is held weakly, so that the loop ends when the last handle on it is
/// gone.
pub(super) fn spawn(mut events: mpsc::Receiver<Event>, pump: Pump) {
    tokio::spawn(async move {
        let mut is_settling = false;
        loop {
            let settled =
                async { if is_settling { tokio::time::sleep(SETTLES).await } else { std::future::pending().await } };
            let event = tokio::select! {
                event = events.recv() => event,
                () = settled => {
                    is_settling = false;
                    let addresses = useful(&held(&pump.links).listening);
                    pass(&pump.inbox, Input::Listening(addresses)).await;
                    continue;
                }
            };
            let Some(event) = event else { return };
            is_settling |= matches!(event, Event::Listening(_));
            pump.clone().take(event).await;
        }
    });
}

/// What the pump is connected to.
#[derive(Clone)]
pub(super) struct Pump {
    pub(super) inbox: mpsc::WeakSender<Happening>,
    pub(super) view: VaultView,
    pub(super) links: Arc<Mutex<Links>>,
    pub(super) jobs: Jobs,
    pub(super) counter: Counter,
    pub(super) network: mpsc::Sender<Command>,
}

impl Pump {
    async fn take(self, event: Event) {
        match event {
            Event::Listening(address) => {
                let mut links = held(&self.links);
                let address = address.to_string();
                if !links.listening.contains(&address) {
                    links.listening.push(address);
                }
            }
            Event::Linked { node, .. } => {
                held(&self.links).linked.insert(*node.as_bytes());
                pass(&self.inbox, Input::Linked(*node.as_bytes())).await;
            }
            Event::Unlinked(node) => {
                held(&self.links).linked.remove(node.as_bytes());
                pass(&self.inbox, Input::Unlinked(*node.as_bytes())).await;
            }
            Event::Unreachable(node) => pass(&self.inbox, Input::Unreached(*node.as_bytes())).await,
            Event::Asked { token, node, protocol, bytes } => {
                // In a task of its own: a slow letter does not hold up other peers. Their number is the network's bound.
                match self::protocol(protocol) {
                    Some(protocol) => drop(tokio::spawn(self.asked(token, *node.as_bytes(), protocol, bytes))),
                    None => drop(tokio::spawn(self.visited(token, *node.as_bytes(), bytes))),
                }
            }
            Event::Answered { job, result } => {
                tokio::spawn(self.answered(job, result));
            }
            Event::Refused { node: _, reason } => self.refuse(&reason.to_string()),
            Event::Restarted { times } => {
                tracing::warn!(times, "the network was started again after a fault");
                let lost: Vec<Node> = held(&self.links).linked.iter().copied().collect();
                held(&self.links).linked.clear();
                for node in lost {
                    pass(&self.inbox, Input::Unlinked(node)).await;
                }
            }
        }
    }

    async fn asked(self, token: u64, from: Node, protocol: Protocol, bytes: Vec<u8>) {
        let view = self.view.clone();
        let checked = tokio::task::spawn_blocking(move || intake::request(&view, protocol, &bytes, now())).await;
        match checked {
            Ok(Ok(Ok(request))) => pass(&self.inbox, Input::Request { from, token, request }).await,
            Ok(Ok(Err(reason))) => self.refuse(&format!("{reason:?}").to_lowercase()),
            Ok(Err(error)) => tracing::error!(%error, "stored state could not be read while checking a frame"),
            Err(error) => tracing::error!(%error, "checking a frame failed"),
        }
    }

    /// Somebody visits this node's desk.
    async fn visited(self, token: u64, from: Node, bytes: Vec<u8>) {
        let counter = self.counter.clone();
        match tokio::task::spawn_blocking(move || counter.visit(&from, &bytes)).await {
            Ok(Some(bytes)) => drop(self.network.send(Command::Answer { token, bytes }).await),
            Ok(None) => {
                self.refuse("no visit to a desk");
                // An answer that is none frees the place at once.
                self.network.send(Command::Answer { token, bytes: Vec::new() }).await.ok();
            }
            Err(error) => tracing::error!(%error, "answering a visit failed"),
        }
    }

    async fn answered(self, job: u64, result: Result<Vec<u8>, sesame_network::Fault>) {
        let Some(pending) = held(&self.jobs).remove(&job) else { return };
        let input = match result {
            Ok(bytes) => {
                let view = self.view.clone();
                let checked = tokio::task::spawn_blocking(move || check(&view, job, pending, &bytes)).await;
                checked.unwrap_or_else(|_| pending.failed(job, Fault::Malformed))
            }
            Err(fault) => pending.failed(job, self::fault(fault)),
        };
        let is_malformed = matches!(
            input,
            Input::Response { answer: Err(Fault::Malformed), .. }
                | Input::Visited { answer: Err(Fault::Malformed), .. }
        );
        if is_malformed {
            self.refuse("malformed answer");
        }
        pass(&self.inbox, input).await;
    }

    fn refuse(&self, reason: &str) {
        tracing::info!(reason, "a frame was refused");
        *held(&self.links).refused.entry(reason.to_owned()).or_default() += 1;
    }
}

/// Checks what came back for a job.
fn check(view: &VaultView, job: u64, pending: Pending, bytes: &[u8]) -> Input {
    match pending {
        Pending::Ask(protocol) => {
            Input::Response { job, answer: intake::answer(protocol, bytes, now(), &mut chance()) }
        }
        Pending::Visit(errand) => {
            let answer = intake::visit(view, errand, bytes, now()).unwrap_or_else(|error| {
                tracing::error!(%error, "stored state could not be read while checking a visit");
                // Not the desk's fault: as if it had not been reached.
                Err(Fault::Unreachable)
            });
            Input::Visited { job, answer }
        }
    }
}

async fn pass(inbox: &mpsc::WeakSender<Happening>, input: Input) {
    if let Some(inbox) = inbox.upgrade() {
        inbox.send(Happening::Checked(input)).await.ok();
    }
}

/// The addresses that others can use: loopback ones only when there are no others.
pub(super) fn useful(addresses: &[String]) -> Vec<String> {
    let is_local = |address: &&String| address.starts_with("/ip4/127.") || address.starts_with("/ip6/::1/");
    let open: Vec<String> = addresses.iter().filter(|address| !is_local(address)).cloned().collect();
    if open.is_empty() { addresses.to_vec() } else { open }
}

pub(super) fn wire(protocol: Protocol) -> Wire {
    match protocol {
        Protocol::Hello => Wire::Hello,
        Protocol::Mail => Wire::Mail,
        Protocol::Sync => Wire::Sync,
    }
}

/// The engine's name of a protocol; `None` for the one that is a desk's and never the engine's.
fn protocol(wire: Wire) -> Option<Protocol> {
    match wire {
        Wire::Hello => Some(Protocol::Hello),
        Wire::Mail => Some(Protocol::Mail),
        Wire::Sync => Some(Protocol::Sync),
        Wire::Desk => None,
    }
}

fn fault(fault: sesame_network::Fault) -> Fault {
    match fault {
        sesame_network::Fault::Unreachable | sesame_network::Fault::Closed => Fault::Unreachable,
        sesame_network::Fault::TimedOut | sesame_network::Fault::Busy => Fault::TimedOut,
        _ => Fault::Refused,
    }
}
