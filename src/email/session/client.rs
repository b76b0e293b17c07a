//! From nothing to a session: connection, protection, what the relay offers, login.

use lettre::transport::smtp::commands::{Ehlo, Quit, Starttls};
use lettre::transport::smtp::extension::ClientId;
use secrecy::{ExposeSecret, SecretString};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::answers::Failure;
use super::connection::Connection;
use super::login::log_in;
use super::offers::Offers;
use super::tls::Tls;
use super::{Session, Timeouts, Trouble};
use crate::config::{Encryption, MailSettings, RelayUrl, SecretError};

/// The relay, as everybody who sends in this run reaches it.
pub struct Client {
    relay: RelayUrl,
    /// How we name ourselves.
    helo: ClientId,
    tls: Option<Tls>,
    /// User name and password, where the relay wants a login.
    login: Option<(String, SecretString)>,
    timeouts: Timeouts,
}

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The password cannot be had.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// TLS cannot be set up, most likely for want of root certificates.
    #[error("relay {0}: TLS cannot be set up: {1}")]
    Tls(RelayUrl, String),
}

impl Client {
    /// A client for this relay; nothing is connected yet.
    ///
    /// # Errors
    /// A [`ClientError`], which waiting does not help.
    pub fn new(settings: &MailSettings, timeouts: Timeouts) -> Result<Self, ClientError> {
        let relay = settings.relay.clone();
        let login = settings.login.as_ref();
        let login =
            login.map(|(username, password)| Ok::<_, SecretError>((username.clone(), password.load()?)));
        let tls = match relay.encryption {
            Encryption::None => None,
            Encryption::StartTls | Encryption::Tls => {
                Some(Tls::new(&relay.host).map_err(|problem| ClientError::Tls(relay.clone(), problem))?)
            }
        };
        Ok(Self { relay, helo: settings.helo.clone(), tls, login: login.transpose()?, timeouts })
    }

    /// Connects, protects the connection as configured, and logs in.
    ///
    /// # Errors
    /// [`Trouble`] with what the relay said; never with the password.
    pub async fn connect(&self) -> Result<Session, Trouble> {
        let (relay, limit) = (&self.relay, self.timeouts.greeting);
        let open = async {
            let (mut connection, offers) = self.reach().await?;
            if let Err(trouble) = self.log_in(&mut connection, &offers).await {
                // whatever it says to that
                let _ = timeout(self.timeouts.quit, connection.command(Quit)).await;
                return Err(trouble);
            }
            Ok((connection, offers))
        };
        let late = |_| Trouble(format!("relay {relay}: no answer within {} seconds", limit.as_secs_f32()));
        let (connection, offers) = timeout(limit, open).await.map_err(late)??;
        Ok(Session { connection, offers, timeouts: self.timeouts, asked: false, broken: false })
    }

    /// A connection as protected as it should be, and what the relay offers on it.
    async fn reach(&self) -> Result<(Connection, Offers), Trouble> {
        let no_connection = |failure: Failure| self.trouble("no connection", failure);
        let stream = without_delay(&self.relay).await.map_err(|error| no_connection(error.into()))?;
        let mut connection = match (&self.tls, self.relay.encryption) {
            (Some(tls), Encryption::Tls) => {
                Connection::new(tls.protect(stream).await.map_err(|error| no_connection(error.into()))?)
            }
            _ => Connection::new(stream),
        };
        connection.reply().await.map_err(no_connection)?;
        let offers = self.greet(&mut connection).await.map_err(no_connection)?;
        let (Some(tls), Encryption::StartTls) = (&self.tls, self.relay.encryption) else {
            return Ok((connection, offers));
        };
        let failed = |failure| self.trouble("STARTTLS failed", failure);
        if !offers.starttls {
            return Err(failed(Failure::Lost("the relay does not offer it".into())));
        }
        connection.command(Starttls).await.map_err(failed)?;
        let stream = connection.into_stream();
        let stream = stream
            .ok_or_else(|| failed(Failure::Lost("the relay says something in clear behind it".into())))?;
        let protected = tls.protect(stream).await.map_err(|error| failed(error.into()))?;
        let mut connection = Connection::new(protected);
        // what was offered in clear says nothing (RFC 3207 §4.2)
        let offers = self.greet(&mut connection).await.map_err(failed)?;
        Ok((connection, offers))
    }

    async fn greet(&self, connection: &mut Connection) -> Result<Offers, Failure> {
        connection.command(Ehlo::new(self.helo.clone())).await.map(|reply| Offers::of(&reply))
    }

    async fn log_in(&self, connection: &mut Connection, offers: &Offers) -> Result<(), Trouble> {
        let Some((username, password)) = &self.login else { return Ok(()) };
        let done = log_in(connection, &offers.mechanisms, username, password.expose_secret()).await;
        done.map_err(|failure| self.trouble("the login was refused", failure))
    }

    fn trouble(&self, what: &str, failure: Failure) -> Trouble {
        Trouble(format!("relay {}: {what}: {}", self.relay, failure.words()))
    }
}

/// A connection that sends at once what is written: waiting for more to send (RFC 896) would cost 40 ms a
/// message against the other side's delayed acknowledgement.
async fn without_delay(relay: &RelayUrl) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect((relay.host.as_str(), relay.port)).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}
