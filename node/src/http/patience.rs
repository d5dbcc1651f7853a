//! A stream that gives up when what it writes is not taken. Without it, whoever asks for much and reads nothing keeps a
//! place for ever: the answer is never sent whole, so that its connection never counts as one that rests.

use std::io::{self, ErrorKind, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Sleep;

/// A stream whose writes fail once nothing of them was taken for a while. Time in which there is nothing to write does
/// not count.
pub(super) struct Patience<S> {
    stream: S,
    most: Duration,
    /// Runs while a write waits.
    end: Option<Pin<Box<Sleep>>>,
}

impl<S> Patience<S> {
    pub(super) fn new(stream: S, most: Duration) -> Self {
        Self { stream, most, end: None }
    }

    fn watch(&mut self, context: &mut Context<'_>, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if written.is_ready() {
            self.end = None;
            return written;
        }
        let most = self.most;
        let end = self.end.get_or_insert_with(|| Box::pin(tokio::time::sleep(most)));
        end.as_mut().poll(context).map(|()| Err(ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patience<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patience<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watch(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.watch(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    const MOST: Duration = Duration::from_millis(200);

    #[tokio::test]
    async fn what_nobody_takes_is_given_up_and_what_is_taken_slowly_is_not() {
        let (near, mut far) = duplex(64);
        let mut near = Patience::new(near, MOST);
        let reader = tokio::spawn(async move {
            let mut taken = 0;
            // In all this takes longer than any one wait may.
            for _ in 0..6 {
                tokio::time::sleep(MOST / 4).await;
                taken += far.read(&mut [0; 64]).await.expect("there is something");
            }
            (taken, far)
        });
        near.write_all(&[7; 400]).await.expect("somebody reads");
        let (taken, _far) = reader.await.expect("no panic");
        assert!(taken >= 384 - 64, "{taken}");
        let start = Instant::now();
        let given_up = tokio::time::timeout(20 * MOST, near.write_all(&[7; 400])).await.expect("it ends");
        let given_up = given_up.expect_err("nobody reads");
        assert_eq!(given_up.kind(), ErrorKind::TimedOut);
        assert!(start.elapsed() >= MOST, "{:?}", start.elapsed());
    }

    #[tokio::test]
    async fn a_pause_with_nothing_to_write_does_not_count() {
        let (near, mut far) = duplex(64);
        let mut near = Patience::new(near, MOST);
        for _ in 0..2 {
            near.write_all(&[7; 64]).await.expect("there is room");
            tokio::time::sleep(2 * MOST).await;
            far.read_exact(&mut [0; 64]).await.expect("it came");
        }
    }
}
