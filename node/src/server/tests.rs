//! Nodes that end and begin on one home folder.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::JoinHandle;

use sesame_api::client::Client;
use sesame_api::node::{InitAsk, Language, State, Status};
use zeroize::Zeroizing;

use super::*;
use crate::app::{Ready, Start};
use crate::config::Config;

const PASSPHRASE: &str = "ombrelle-tracteur-citron-vague-marbre-lutin";

/// A home folder of its own, which goes with the value.
struct Home(PathBuf);

impl Home {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("sesame-server-{name}-{}", std::process::id()));
        std::fs::remove_dir_all(&folder).ok();
        Self(folder)
    }

    fn config(&self, page_port: u16) -> Config {
        let listen = vec!["/ip4/127.0.0.1/tcp/0".to_owned()];
        Config { page_port, listen, costs: Some(sesame_vault::Costs::TEST), ..Config::new(&self.0) }
    }

    fn socket(&self) -> PathBuf {
        self.0.join("run/sesame.sock")
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// A node on a thread of its own, as the program has it. Its end is told by the thread's.
fn start(config: Config, start: Start) -> (Receiver<Ready>, JoinHandle<Result<(), Problem>>) {
    let (said, heard) = sync_channel(1);
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
        runtime.block_on(crate::app::run(config, start, move |ready| {
            said.send(ready).ok();
        }))
    });
    (heard, thread)
}

fn passphrase() -> Start {
    Start::Passphrase(Zeroizing::new(PASSPHRASE.into()))
}

fn bare(home: &Home) -> (Ready, JoinHandle<Result<(), Problem>>) {
    let (heard, thread) = start(home.config(0), Start::Bare);
    (heard.recv().expect("the node serves"), thread)
}

/// Stops the node as the command does, and comes back as soon as nobody answers.
async fn stop(home: &Home) {
    let client = Client::connect(&home.0).await.expect("a node answers");
    client.post::<serde_json::Value>("stop", &serde_json::json!({})).await.expect("it takes the word");
    while Client::connect(&home.0).await.is_ok() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn a_node_that_answers_no_more_has_left_everything_to_the_next() {
    let home = Home::new("next");
    let (name, typed) = ("Alice".to_owned(), PASSPHRASE.to_owned());
    let ask = InitAsk { name, passphrase: typed, language: Language::En, vendor: false, quick: true };
    crate::app::create(&home.0, ask).expect("a vault is made");
    let mut port = 0;
    let mut before = None;
    for round in 0..6 {
        let (heard, thread) = start(home.config(port), passphrase());
        let Ok(ready) = heard.recv() else { panic!("round {round}: {:?}", thread.join().expect("no panic")) };
        assert_eq!(ready.state, State::Open, "round {round}");
        port = ready.page.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
        if let Some(before) = before.replace(thread) {
            before.join().expect("no panic").expect("it ended well");
            // The one before is over and done with: it took nothing of this one along.
            assert!(home.socket().exists(), "round {round}: the socket's name is gone");
        }
        stop(&home).await;
    }
    before.expect("six rounds").join().expect("no panic").expect("it ended well");
    assert!(!home.socket().exists());
}

#[tokio::test]
async fn a_second_node_is_refused_even_if_the_first_cannot_be_asked() {
    let home = Home::new("second");
    let (_, first) = bare(&home);
    let moved = home.0.join("run/elsewhere");
    std::fs::rename(home.socket(), &moved).expect("moved");
    let (_, second) = start(home.config(0), Start::Bare);
    let problem = second.join().expect("no panic").expect_err("one home has one node");
    assert_eq!(problem.code, Code::VaultInUse);
    assert_eq!(problem.facts["pid"], std::process::id().to_string());
    assert!(!home.socket().exists(), "who was refused touched the socket's name");
    std::fs::rename(&moved, home.socket()).expect("moved back");
    stop(&home).await;
    first.join().expect("no panic").expect("it ended well");
}

#[tokio::test]
async fn what_a_killed_node_leaves_behind_is_no_hindrance() {
    let home = Home::new("killed");
    make_private(&home.0.join("run")).expect("a folder");
    drop(std::os::unix::net::UnixListener::bind(home.socket()).expect("a name without a listener"));
    std::fs::write(home.0.join("run/lock"), "4121\n").expect("a lock that nobody holds");
    let (ready, node) = bare(&home);
    assert_eq!(ready.state, State::Bare);
    let client = Client::connect(&home.0).await.expect("a node answers");
    let status: Status = client.get("status", &[]).await.expect("it says how it is");
    assert_eq!(status.pid, std::process::id());
    stop(&home).await;
    node.join().expect("no panic").expect("it ended well");
}
