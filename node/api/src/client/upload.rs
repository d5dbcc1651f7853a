//! A request body that hands a file over in pieces and says how far it is. It holds the whole file: what is imported is
//! bounded, and the node reads it whole too.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};

/// Bytes of one piece: small enough for a bar to move, large enough to cost nothing.
const PIECE_BYTES: usize = 256 << 10;

/// A file on its way.
pub(super) struct Upload<P> {
    rest: Bytes,
    total: u64,
    progress: P,
}

impl<P: FnMut(u64, u64)> Upload<P> {
    /// Takes the whole file and whoever wants to know how far it is.
    pub(super) fn new(bytes: Vec<u8>, progress: P) -> Self {
        Self { total: bytes.len() as u64, rest: Bytes::from(bytes), progress }
    }
}

impl<P: FnMut(u64, u64) + Unpin> Body for Upload<P> {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        let length = self.rest.len().min(PIECE_BYTES);
        let piece = self.rest.split_to(length);
        let (left, total) = (self.rest.len() as u64, self.total);
        (self.progress)(total - left, total);
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}
