//! The two channels to the runtime, and the outbox between them and the task. It leaves out what commands do and where
//! events come from.
//!
//! Back-pressure: events that the channel cannot take wait in the outbox. While more than a few wait, the swarm is not
//! polled, so that connections stop reading and their peers stall; links, pings and commands go on. Only when very many
//! wait are commands no longer taken either, and that takes a runtime that commands without ever reading events.

use std::collections::VecDeque;

use tokio::sync::mpsc;

use crate::{
    Command, Event,
    config::{OUTBOX_MAX, OUTBOX_SOFT_MAX},
};

/// The two channels to the runtime.
pub(crate) struct Line {
    commands: mpsc::Receiver<Command>,
    events: mpsc::Sender<Event>,
    outbox: VecDeque<Event>,
}

/// What the line brought.
pub(crate) enum Turn {
    /// One event was taken by the runtime.
    Told,
    /// A command, never [`Command::Stop`].
    Command(Command),
    /// The runtime stops the network, or is gone.
    Over,
}

impl Line {
    pub(crate) fn new(commands: mpsc::Receiver<Command>, events: mpsc::Sender<Event>) -> Self {
        Self { commands, events, outbox: VecDeque::new() }
    }

    /// Tells an event, as soon as the runtime takes it.
    pub(crate) fn tell(&mut self, event: Event) {
        self.outbox.push_back(event);
    }

    /// Whether the runtime keeps up, so that more may be read from peers.
    pub(crate) fn is_clear(&self) -> bool {
        self.outbox.len() < OUTBOX_SOFT_MAX
    }

    /// Hands one event over or takes one command, whichever is possible first. Loses nothing when it is dropped.
    pub(crate) async fn turn(&mut self) -> Turn {
        let waiting = self.outbox.len();
        tokio::select! {
            room = self.events.reserve(), if waiting > 0 => match (room, self.outbox.pop_front()) {
                (Ok(room), Some(event)) => {
                    room.send(event);
                    Turn::Told
                }
                _ => Turn::Over,
            },
            () = self.events.closed() => Turn::Over,
            command = self.commands.recv(), if waiting < OUTBOX_MAX => match command {
                Some(Command::Stop) | None => Turn::Over,
                Some(command) => Turn::Command(command),
            },
        }
    }
}
