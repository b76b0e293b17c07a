//! Connections that can be cut at a chosen byte: a web server has no other way to leave an answer unfinished.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::IncomingStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

const WHOLE: u8 = 0;
const WITHIN_THE_BODY: u8 = 1;
const BEFORE_THE_ANSWER: u8 = 2;

/// The scissors of one connection, in the hands of whoever answers its request.
#[derive(Clone, Default)]
pub(super) struct Cut(Arc<AtomicU8>);

impl Cut {
    /// Not one byte of the answer leaves.
    pub(super) fn before_the_answer(&self) {
        self.0.store(BEFORE_THE_ANSWER, Ordering::Release);
    }

    /// The headers leave and half of the body.
    pub(super) fn within_the_body(&self) {
        self.0.store(WITHIN_THE_BODY, Ordering::Release);
    }
}

impl Connected<IncomingStream<'_, Listener>> for Cut {
    fn connect_info(stream: IncomingStream<'_, Listener>) -> Self {
        stream.io().cut.clone()
    }
}

/// Takes connections that can be cut.
pub(super) struct Listener(pub(super) TcpListener);

impl axum::serve::Listener for Listener {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        loop {
            match self.0.accept().await {
                Ok((stream, address)) => return (Connection { stream, cut: Cut::default() }, address),
                Err(error) => {
                    // most likely out of file descriptors: give connections a moment to end
                    tracing::warn!(%error, "the stand-in SEEK Pass could not take a connection");
                    crate::sandbox::pause(Duration::from_millis(50)).await;
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// A connection and its scissors.
pub(super) struct Connection {
    stream: TcpStream,
    cut: Cut,
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let leaving = match self.cut.0.load(Ordering::Acquire) {
            WHOLE => bytes,
            WITHIN_THE_BODY => {
                // a short answer comes as one piece, headers and body
                let body = bytes.windows(4).position(|window| window == b"\r\n\r\n").map_or(0, |end| end + 4);
                &bytes[..body + (bytes.len() - body) / 2]
            }
            _ => return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into())),
        };
        let written = Pin::new(&mut self.stream).poll_write(context, leaving);
        if leaving.len() < bytes.len() && written.is_ready() {
            self.cut.before_the_answer();
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
