//! Starts the stack, and starts it again when it fails: a panic anywhere in it, a listener that closes. Peers lose their
//! links, the runtime keeps its channels. It leaves out what the stack does.

use std::{io, panic::AssertUnwindSafe};

use futures::FutureExt;
use libp2p::{TransportError, identity::Keypair};
use tokio::{
    sync::mpsc,
    time::{Duration, Instant},
};
use zeroize::Zeroizing;

use crate::{
    Addr, Command, Config, Event, FRAME_BYTES_CEILING, behaviour,
    config::{BACK_OFF_FIRST, BACK_OFF_LAST, COMMANDS_MAX, EVENTS_MAX, HEALTHY},
    identity,
    worker::{End, Stack, Worker},
};

/// Why a network could not be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An address cannot be listened on, most often because its port is taken.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address that was asked for.
        address: Addr,
        /// What the system said.
        source: io::Error,
    },
    /// A bound that cannot be kept.
    #[error("frames of {bytes} bytes, between 1 and {bytes_max} are possible")]
    Frame {
        /// `Config::frame_bytes_max`.
        bytes: usize,
        /// [`FRAME_BYTES_CEILING`].
        bytes_max: usize,
    },
    /// The key of the device could not sign the key of the transport (Noise).
    #[error("the device's key cannot authenticate the transport")]
    Noise,
    /// Called outside of a tokio runtime.
    #[error("no tokio runtime to run in")]
    NoRuntime,
    /// The stack panicked while it was being set up.
    #[error("the network stack failed while starting")]
    Panicked,
}

/// Starts a network under the key of a device (an Ed25519 seed, wiped after use) and gives the two ends of its line, both
/// bounded. It already listens when this returns; the addresses come as [`Event::Listening`].
///
/// Needs a tokio runtime with IO and time. The runtime above must go on reading events: while it does not, nothing more is
/// read from peers. The network ends with [`Command::Stop`], or when either end is dropped.
///
/// # Errors
/// [`Error::Listen`] when an address of `config.listen` is taken, [`Error::Frame`] for a bound out of range,
/// [`Error::NoRuntime`] outside of tokio.
pub fn spawn(
    device: Zeroizing<[u8; 32]>,
    mut config: Config,
) -> Result<(mpsc::Sender<Command>, mpsc::Receiver<Event>), Error> {
    let runtime = tokio::runtime::Handle::try_current().map_err(|_| Error::NoRuntime)?;
    if !(1..=FRAME_BYTES_CEILING).contains(&config.frame_bytes_max) {
        return Err(Error::Frame { bytes: config.frame_bytes_max, bytes_max: FRAME_BYTES_CEILING });
    }
    config.settle();
    let key = identity::keypair(&device);
    drop(device);
    let (commands, orders) = mpsc::channel(COMMANDS_MAX);
    let (reports, events) = mpsc::channel(EVENTS_MAX);
    let worker = Worker::new(config, orders, reports);
    let stack = start(&key, &worker)?;
    runtime.spawn(supervise(key, worker, stack));
    Ok((commands, events))
}

async fn supervise(key: Keypair, mut worker: Worker, mut stack: Stack) {
    let (mut times, mut back_off) = (0_u32, BACK_OFF_FIRST);
    loop {
        let started = Instant::now();
        let end = AssertUnwindSafe(worker.run(&mut stack)).catch_unwind().await;
        // what panicked once may panic again while it is taken apart
        let _ = std::panic::catch_unwind(AssertUnwindSafe(move || drop(stack)));
        if matches!(end, Ok(End::Stopped)) {
            return;
        }
        tracing::warn!(panicked = end.is_err(), "the network stack failed and is started again");
        worker.lose();
        if started.elapsed() >= HEALTHY {
            back_off = BACK_OFF_FIRST;
        }
        match restart(&key, &mut worker, &mut back_off).await {
            Some(fresh) => stack = fresh,
            None => return,
        }
        times = times.saturating_add(1);
        worker.tell(Event::Restarted { times });
    }
}

/// Tries until it succeeds: a port may stay taken for a moment after its listener is gone. `None` when the runtime stops
/// the network meanwhile.
async fn restart(key: &Keypair, worker: &mut Worker, back_off: &mut Duration) -> Option<Stack> {
    loop {
        if worker.pause(*back_off).await == End::Stopped {
            return None;
        }
        *back_off = back_off.saturating_mul(2).min(BACK_OFF_LAST);
        match start(key, worker) {
            Ok(stack) => return Some(stack),
            Err(error) => tracing::warn!(%error, "the network stack does not start yet"),
        }
    }
}

fn start(key: &Keypair, worker: &Worker) -> Result<Stack, Error> {
    let built = std::panic::catch_unwind(AssertUnwindSafe(|| {
        let (alarm, trouble) = mpsc::channel(1);
        let mut swarm = behaviour::build(key, &worker.config, alarm)?;
        let mut listeners = Vec::new();
        for address in &worker.config.listen {
            let refused = |source| Error::Listen { address: address.clone(), source };
            address.probe().map_err(refused)?;
            let place = address.multiaddr().ok_or_else(|| refused(io::ErrorKind::InvalidInput.into()))?;
            let listener = swarm.listen_on(place).map_err(|error| match error {
                TransportError::Other(source) => refused(source),
                TransportError::MultiaddrNotSupported(_) => refused(io::ErrorKind::Unsupported.into()),
            })?;
            listeners.push(listener);
        }
        worker.restore(&mut swarm);
        Ok(Stack { swarm, listeners, trouble })
    }));
    built.unwrap_or(Err(Error::Panicked))
}
