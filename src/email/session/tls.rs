//! TLS towards the relay, with the certificates that the system trusts.

use std::io;
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, crypto};
use rustls_platform_verifier::BuilderVerifierExt;
use tokio_rustls::TlsConnector;

use super::connection::Stream;

/// How connections to the relay are protected.
pub(super) struct Tls {
    connector: TlsConnector,
    /// What the relay's certificate has to be for.
    name: ServerName<'static>,
}

impl Tls {
    /// For a relay of this name or address; the error says why there is none.
    pub(super) fn new(host: &str) -> Result<Self, String> {
        let name = ServerName::try_from(host.to_owned()).map_err(|error| error.to_string())?;
        let config = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(BuilderVerifierExt::with_platform_verifier)
            .map_err(|error| error.to_string())?
            .with_no_client_auth();
        Ok(Self { connector: TlsConnector::from(Arc::new(config)), name })
    }

    pub(super) async fn protect(&self, stream: impl Stream + 'static) -> io::Result<impl Stream + 'static> {
        self.connector.connect(self.name.clone(), stream).await
    }
}
