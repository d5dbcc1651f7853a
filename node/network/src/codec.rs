//! The bytes of one stream: a length (u32, big-endian), that many bytes, and the end. Bounds are checked before memory is
//! taken, and memory is taken as bytes arrive. It leaves out what the bytes mean and who sent them: what is wrong with a
//! frame is handed up as a value, because the stack reports an error of a stream without saying whose it was.

use std::{fmt, io, sync::Arc, time::Duration};

use futures::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use libp2p::{StreamProtocol, request_response};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{Config, Fault, RefusedReason, config::ARRIVING_BYTES_MAX};

/// Reads and writes frames; clones share their budgets.
#[derive(Clone)]
pub(crate) struct Codec {
    bytes_max: usize,
    arrival_timeout: Duration,
    asks: Arc<Semaphore>,
    answers: Arc<Semaphore>,
}

/// What a stream brought, or what is to be sent.
pub(crate) type Parcel = Result<Frame, Flaw>;

/// One frame, and the room that it takes until it is dropped.
pub(crate) struct Frame {
    pub(crate) bytes: Vec<u8>,
    pub(crate) room: Room,
}

/// Room taken from a budget, given back when dropped.
#[derive(Default)]
pub(crate) struct Room(Option<OwnedSemaphorePermit>);

/// What is wrong with what a stream brought.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Flaw {
    /// The stream ended before its first byte: how a peer says no.
    Silent,
    /// The length is above the bound.
    Oversized,
    /// The stream ended within the frame, or went on after it.
    Malformed,
    /// The frame took too long.
    Slow,
    /// Too many bytes are arriving at once, from everybody.
    Crowded,
}

/// Bytes read at a time; also the unit in which room is taken, so that a peer that only opens a stream costs this much.
const CHUNK_BYTES: usize = 16 * 1024;

impl Codec {
    pub(crate) fn new(config: &Config) -> Self {
        let chunks = ARRIVING_BYTES_MAX.div_ceil(CHUNK_BYTES);
        Self {
            bytes_max: config.frame_bytes_max,
            arrival_timeout: config.arrival_timeout(),
            asks: Arc::new(Semaphore::new(chunks)),
            answers: Arc::new(Semaphore::new(chunks)),
        }
    }
}

impl Frame {
    /// A frame of our own; it takes no room of what peers may fill.
    pub(crate) fn ours(bytes: Vec<u8>) -> Self {
        Self { bytes, room: Room::default() }
    }
}

impl fmt::Debug for Frame {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Frame({} bytes)", self.bytes.len())
    }
}

impl Room {
    fn grow(&mut self, budget: &Arc<Semaphore>) -> Result<(), Flaw> {
        // never waits: streams that hold room and wait for more would starve each other
        let more = Arc::clone(budget).try_acquire_owned().map_err(|_| Flaw::Crowded)?;
        match &mut self.0 {
            Some(room) => room.merge(more),
            none => *none = Some(more),
        }
        Ok(())
    }
}

impl Flaw {
    /// How an ask that came is turned away.
    pub(crate) fn reason(self) -> RefusedReason {
        match self {
            Self::Silent | Self::Malformed => RefusedReason::Malformed,
            Self::Oversized => RefusedReason::Oversized,
            Self::Slow => RefusedReason::TimedOut,
            Self::Crowded => RefusedReason::Limit,
        }
    }

    /// Why an ask of ours has no answer.
    pub(crate) fn fault(self) -> Fault {
        match self {
            Self::Silent => Fault::Refused,
            Self::Oversized => Fault::TooLarge,
            Self::Malformed => Fault::Closed,
            Self::Slow => Fault::TimedOut,
            Self::Crowded => Fault::Busy,
        }
    }
}

impl request_response::Codec for Codec {
    type Protocol = StreamProtocol;
    type Request = Parcel;
    type Response = Parcel;

    async fn read_request<T>(&mut self, _: &StreamProtocol, io: &mut T) -> io::Result<Parcel>
    where
        T: AsyncRead + Unpin + Send,
    {
        match tokio::time::timeout(self.arrival_timeout, read(io, self.bytes_max, &self.asks)).await {
            Ok(parcel) => {
                #[cfg(test)]
                trip(&parcel);
                parcel
            }
            Err(_) => Ok(Err(Flaw::Slow)),
        }
    }

    async fn read_response<T>(&mut self, _: &StreamProtocol, io: &mut T) -> io::Result<Parcel>
    where
        T: AsyncRead + Unpin + Send,
    {
        let parcel = read(io, self.bytes_max, &self.answers).await;
        #[cfg(test)]
        trip(&parcel);
        parcel
    }

    async fn write_request<T>(&mut self, _: &StreamProtocol, io: &mut T, parcel: Parcel) -> io::Result<()>
    where
        T: AsyncWrite + Unpin + Send,
    {
        write(io, self.bytes_max, parcel).await
    }

    async fn write_response<T>(&mut self, _: &StreamProtocol, io: &mut T, parcel: Parcel) -> io::Result<()>
    where
        T: AsyncWrite + Unpin + Send,
    {
        write(io, self.bytes_max, parcel).await
    }
}

/// Reads one frame and the end of the stream. An error is the stream's own (reset, link lost); all that the peer did
/// wrong is a flaw.
async fn read<T: AsyncRead + Unpin>(io: &mut T, bytes_max: usize, budget: &Arc<Semaphore>) -> io::Result<Parcel> {
    let mut head = Vec::with_capacity(4);
    (&mut *io).take(4).read_to_end(&mut head).await?;
    let Ok(head) = <[u8; 4]>::try_from(head.as_slice()) else {
        return Ok(Err(if head.is_empty() { Flaw::Silent } else { Flaw::Malformed }));
    };
    let length = usize::try_from(u32::from_be_bytes(head)).unwrap_or(usize::MAX);
    if length > bytes_max {
        return Ok(Err(Flaw::Oversized));
    }
    let (mut bytes, mut room) = (Vec::new(), Room::default());
    while bytes.len() < length {
        if let Err(flaw) = room.grow(budget) {
            return Ok(Err(flaw));
        }
        let step = length.saturating_sub(bytes.len()).min(CHUNK_BYTES);
        let wanted = u64::try_from(step).unwrap_or(u64::MAX);
        let came = (&mut *io).take(wanted).read_to_end(&mut bytes).await?;
        if came < step {
            return Ok(Err(Flaw::Malformed));
        }
    }
    if io.read(&mut [0; 1]).await? != 0 {
        return Ok(Err(Flaw::Malformed));
    }
    Ok(Ok(Frame { bytes, room }))
}

/// Writes one frame; the stack closes the stream.
async fn write<T: AsyncWrite + Unpin>(io: &mut T, bytes_max: usize, parcel: Parcel) -> io::Result<()> {
    let bytes = parcel.map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?.bytes;
    let length = u32::try_from(bytes.len()).ok().filter(|_| bytes.len() <= bytes_max);
    let length = length.ok_or(io::ErrorKind::InvalidInput)?;
    io.write_all(&length.to_be_bytes()).await?;
    io.write_all(&bytes).await
}

/// The frame that makes the task of a connection panic that it comes in by.
#[cfg(test)]
pub(crate) const TRIP: &[u8] = b"trip the stream";

#[cfg(test)]
fn trip(parcel: &io::Result<Parcel>) {
    if let Ok(Ok(frame)) = parcel {
        assert!(frame.bytes != TRIP, "tripped by a test");
    }
}

#[cfg(test)]
mod tests {
    use futures::{executor::block_on, io::Cursor};
    use proptest::prelude::{any, prop, proptest};

    use super::*;

    const BYTES_MAX: usize = 40_000;

    fn budget(chunks: usize) -> Arc<Semaphore> {
        Arc::new(Semaphore::new(chunks))
    }

    fn read_all(bytes: &[u8], budget: &Arc<Semaphore>) -> Parcel {
        block_on(read(&mut Cursor::new(bytes), BYTES_MAX, budget)).expect("memory does not fail")
    }

    fn written(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        block_on(write(&mut out, BYTES_MAX, Ok(Frame::ours(bytes))))?;
        Ok(out)
    }

    proptest! {
        #[test]
        fn a_frame_survives_the_round_trip(bytes in prop::collection::vec(any::<u8>(), 0..BYTES_MAX)) {
            let budget = budget(8);
            let frame = read_all(&written(bytes.clone()).expect("within the bound"), &budget).expect("a frame");
            assert_eq!(frame.bytes, bytes);
            assert_eq!(8 - budget.available_permits(), bytes.len().div_ceil(CHUNK_BYTES), "room is held with the frame");
            drop(frame);
            assert_eq!(budget.available_permits(), 8, "and given back");
        }

        #[test]
        fn every_cut_and_every_tail_is_malformed(bytes in prop::collection::vec(any::<u8>(), 1..200), cut in any::<prop::sample::Index>()) {
            let (budget, mut out) = (budget(8), written(bytes).expect("within the bound"));
            let at = cut.index(out.len());
            let expected = if at == 0 { Flaw::Silent } else { Flaw::Malformed };
            assert_eq!(read_all(&out[..at], &budget).expect_err("a torn frame"), expected);
            out.push(0);
            assert_eq!(read_all(&out, &budget).expect_err("a second frame"), Flaw::Malformed);
            assert_eq!(budget.available_permits(), 8);
        }

        #[test]
        fn garbage_is_a_frame_or_a_flaw(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = read_all(&bytes, &budget(8));
        }
    }

    #[test]
    fn an_oversized_length_is_refused_before_any_room_is_taken() {
        let budget = budget(0);
        assert_eq!(read_all(&[0xff; 4], &budget).expect_err("four GiB"), Flaw::Oversized);
        assert_eq!(read_all(&40_001_u32.to_be_bytes(), &budget).expect_err("one too many"), Flaw::Oversized);
        assert_eq!(written(vec![0; BYTES_MAX + 1]).expect_err("one too many").kind(), io::ErrorKind::InvalidInput);
    }

    #[test]
    fn a_full_budget_turns_frames_away() {
        let budget = budget(1);
        let small = read_all(&written(vec![1; 10]).expect("small"), &budget).expect("it fits");
        assert_eq!(read_all(&written(vec![1; 10]).expect("small"), &budget).expect_err("it does not"), Flaw::Crowded);
        drop(small);
        let large = written(vec![1; CHUNK_BYTES + 1]).expect("two chunks");
        assert_eq!(read_all(&large, &budget).expect_err("two chunks"), Flaw::Crowded);
        assert_eq!(budget.available_permits(), 1);
    }
}
