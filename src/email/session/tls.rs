//! TLS towards the relay, with the certificates that the system trusts, and one of our own to show where the relay wants it.

use std::io;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, crypto};
use rustls_platform_verifier::BuilderVerifierExt;
use secrecy::ExposeSecret;
use tokio_rustls::TlsConnector;

use super::client::ClientError;
use super::connection::Stream;
use crate::config::{Certificate, RelayUrl};

/// How connections to the relay are protected.
pub(super) struct Tls {
    connector: TlsConnector,
    /// What the relay's certificate has to be for.
    name: ServerName<'static>,
}

impl Tls {
    pub(super) fn new(relay: &RelayUrl, certificate: Option<&Certificate>) -> Result<Self, ClientError> {
        let problem = |problem: String| ClientError::Tls(relay.clone(), problem);
        let name = ServerName::try_from(relay.host.clone()).map_err(|error| problem(error.to_string()))?;
        let config = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(BuilderVerifierExt::with_platform_verifier)
            .map_err(|error| problem(error.to_string()))?;
        let config = match certificate {
            None => config.with_no_client_auth(),
            Some(certificate) => {
                let (chain, key) = identity(certificate)?;
                config.with_client_auth_cert(chain, key).map_err(|error| {
                    ClientError::Certificate(format!(
                        "mail.client_certificate does not fit {}: {error}",
                        certificate.key.key()
                    ))
                })?
            }
        };
        Ok(Self { connector: TlsConnector::from(Arc::new(config)), name })
    }

    pub(super) async fn protect(&self, stream: impl Stream + 'static) -> io::Result<impl Stream + 'static> {
        self.connector.connect(self.name.clone(), stream).await
    }
}

/// The certificate with those that lead from it to its authority, and its key.
fn identity(
    certificate: &Certificate,
) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), ClientError> {
    let path = &certificate.chain;
    let about_chain = |what: String| {
        ClientError::Certificate(format!("mail.client_certificate: {} {what}", path.display()))
    };
    let text = std::fs::read(path).map_err(|error| about_chain(format!("cannot be read: {error}")))?;
    let chain = CertificateDer::pem_slice_iter(&text).collect::<Result<Vec<_>, _>>().unwrap_or_default();
    if chain.is_empty() {
        return Err(about_chain("holds no certificate in PEM".to_owned()));
    }
    let key = PrivateKeyDer::from_pem_slice(certificate.key.load()?.expose_secret().as_bytes());
    let key = key.map_err(|_| {
        let problem = "holds no private key in PEM that needs no password";
        ClientError::Certificate(format!("{} {problem}", certificate.key.key()))
    })?;
    Ok((chain, key))
}
