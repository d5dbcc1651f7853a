//! Real nodes on the loopback interface. Here: the harness they share.

mod asking;
mod failing;
mod hostile;
mod linking;
mod relating;

use std::time::Duration;

use tokio::{
    sync::mpsc::{Receiver, Sender},
    time::timeout,
};
use zeroize::Zeroizing;

use crate::{Addr, Command, Config, Error, Event, Fault, NodeId, Path, Wire, node_id, spawn};

/// What links of nodes carry; the desk's has no place there.
const LINKED: [Wire; 3] = [Wire::Hello, Wire::Mail, Wire::Sync];

/// Longest that anything in these tests may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(8);

/// Long enough that what should not happen would have happened.
const SILENCE: Duration = Duration::from_millis(250);

/// One network and what its runtime would hold.
struct Node {
    id: NodeId,
    commands: Sender<Command>,
    events: Receiver<Event>,
    at: Vec<Addr>,
}

fn address(text: &str) -> Addr {
    text.parse().expect("an address")
}

fn by_tcp() -> Config {
    Config { listen: vec![address("/ip4/127.0.0.1/tcp/0")], ..Config::default() }
}

fn by_quic() -> Config {
    Config { listen: vec![address("/ip4/127.0.0.1/udp/0/quic-v1")], ..Config::default() }
}

fn by_both() -> Config {
    Config { listen: [by_tcp().listen, by_quic().listen].concat(), ..Config::default() }
}

impl Node {
    async fn start(seed: u8, config: Config) -> Self {
        let places = config.listen.len();
        let (commands, events) = spawn(Zeroizing::new([seed; 32]), config).expect("a free port");
        let mut node = Self { id: node_id(&[seed; 32]), commands, events, at: Vec::new() };
        for _ in 0..places {
            let heard = node.wait(|event| if let Event::Listening(at) = event { Some(at) } else { None }).await;
            node.at.push(heard);
        }
        node
    }

    async fn tell(&self, command: Command) {
        self.commands.send(command).await.expect("the network runs");
    }

    /// The next event, whatever it is.
    async fn next(&mut self) -> Event {
        timeout(PATIENCE, self.events.recv()).await.expect("an event in time").expect("the network runs")
    }

    /// The first event that `pick` takes; those before it are lost.
    async fn wait<T>(&mut self, mut pick: impl FnMut(Event) -> Option<T>) -> T {
        loop {
            if let Some(picked) = pick(self.next().await) {
                return picked;
            }
        }
    }

    async fn wait_for(&mut self, wanted: Event) {
        self.wait(|event| (event == wanted).then_some(())).await;
    }

    /// All events until nothing has come for a while.
    async fn drain(&mut self) -> Vec<Event> {
        let mut all = Vec::new();
        while let Ok(Some(event)) = timeout(SILENCE, self.events.recv()).await {
            all.push(event);
        }
        all
    }

    async fn dial(&self, other: &Self) {
        self.tell(Command::Dial { node: other.id, at: other.at.clone() }).await;
    }

    async fn ask(&self, job: u64, other: &Self, protocol: Wire, bytes: Vec<u8>) {
        self.tell(Command::Ask { job, node: other.id, protocol, bytes }).await;
    }

    async fn asked(&mut self) -> (u64, Vec<u8>) {
        self.wait(|event| if let Event::Asked { token, bytes, .. } = event { Some((token, bytes)) } else { None }).await
    }

    async fn answered(&mut self) -> (u64, Result<Vec<u8>, Fault>) {
        self.wait(|event| if let Event::Answered { job, result } = event { Some((job, result)) } else { None }).await
    }

    async fn linked(&mut self) -> (NodeId, Path) {
        self.wait(|event| if let Event::Linked { node, path } = event { Some((node, path)) } else { None }).await
    }
}

/// Two nodes, the second linked to the first, and both know.
async fn pair(listening: Config, dialling: Config) -> (Node, Node) {
    let (mut ada, mut bob) = (Node::start(1, listening).await, Node::start(2, dialling).await);
    bob.dial(&ada).await;
    assert_eq!(bob.linked().await.0, ada.id);
    assert_eq!(ada.linked().await.0, bob.id);
    (ada, bob)
}

/// One ask from `bob` that `ada` answers, as proof that both go on.
async fn exchange(ada: &mut Node, bob: &mut Node) {
    bob.ask(999, ada, Wire::Sync, b"still there?".to_vec()).await;
    let (token, bytes) = ada.asked().await;
    assert_eq!(bytes, b"still there?");
    ada.tell(Command::Answer { token, bytes: b"yes".to_vec() }).await;
    assert_eq!(bob.answered().await, (999, Ok(b"yes".to_vec())));
}
