//! A connection that is cut when its client does not take what it is sent: hyper would wait for ever.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::rt::{Sleep, Timer};
use hyper_util::rt::TokioTimer;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A stream with an end to every answer. The time runs from the first byte that the system has no room for until it
/// has taken all of them, so a client that reads a byte now and then gains nothing.
pub struct Stall<Stream> {
    stream: Stream,
    limit: Duration,
    end: Option<Pin<Box<dyn Sleep>>>,
}

impl<Stream> Stall<Stream> {
    /// With so much time for each answer.
    pub const fn new(stream: Stream, limit: Duration) -> Self {
        Self { stream, limit, end: None }
    }

    /// What a write came to, unless its time is over.
    fn in_time<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            return written;
        }
        // the network's time is real, as that of hyper's header timeout is
        let end = self.end.get_or_insert_with(|| TokioTimer::new().sleep(self.limit));
        end.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<Stream: AsyncRead + Unpin> AsyncRead for Stall<Stream> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<Stream: AsyncWrite + Unpin> AsyncWrite for Stall<Stream> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.in_time(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.in_time(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// hyper flushes when the system has taken all it had to write.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        if flushed.is_ready() {
            self.end = None;
        }
        self.in_time(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
    use tokio::time::timeout;

    use super::*;
    use crate::clock::Clock;

    #[tokio::test]
    async fn a_byte_now_and_then_gains_no_time() {
        let limit = Duration::from_millis(200);
        let (server, mut client) = duplex(1);
        let mut server = Stall::new(server, limit);
        let reading = async {
            loop {
                Clock::system().sleep(limit / 10).await;
                client.read_u8().await.unwrap();
            }
        };
        let answer = [0; 1000];
        let writing = timeout(Duration::from_secs(10), server.write_all(&answer));
        tokio::select! {
            written = writing => {
                let error = written.expect("at this pace it would take twenty seconds").unwrap_err();
                assert_eq!(error.kind(), io::ErrorKind::TimedOut);
            }
            () = reading => {}
        }
    }

    #[tokio::test]
    async fn each_answer_has_its_own_time() {
        let limit = Duration::from_millis(400);
        let (server, mut client) = duplex(1);
        let mut server = Stall::new(server, limit);
        let mut taken = [0; 10];
        for _ in 0..2 {
            let writing = async {
                server.write_all(&[7; 10]).await?;
                server.flush().await
            };
            tokio::try_join!(writing, client.read_exact(&mut taken)).expect("the client reads at once");
            Clock::system().sleep(limit).await;
        }
    }
}
