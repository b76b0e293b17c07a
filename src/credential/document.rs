//! A document that goes with a credential: a link to a file of the university's, or the content of an OpenCert (SEEK Pass's
//! `document_type` and `data.document`).

use std::fmt;

use reqwest::Url;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::CredentialType;
use crate::graduate::{Problem, at_most};

/// The longest address, in characters: what browsers and proxies still pass on.
const LONGEST: usize = 2000;

/// A document, under the word that SEEK Pass has for its kind. It opens without a password, so it is as personal as the credential.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Document {
    /// A link to a PDF.
    Pdf(String),
    /// A link to a picture.
    Png(String),
    /// A link to a picture.
    Jpg(String),
    /// The text of an OpenCert: JSON.
    OpenCert(String),
}

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentKind {
    /// A PDF.
    Pdf,
    /// A picture.
    Png,
    /// A picture.
    Jpg,
    /// An OpenCert.
    OpenCert,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Pdf, Self::Png, Self::Jpg, Self::OpenCert];

    /// SEEK Pass's `document_type`, and the word in the ledger.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpg => "jpg",
            Self::OpenCert => "open_cert",
        }
    }

    /// For people: `a PDF`.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Pdf => "a PDF",
            Self::Png => "a PNG picture",
            Self::Jpg => "a JPG picture",
            Self::OpenCert => "an OpenCert",
        }
    }
}

impl Document {
    /// A file on one of the university's `domains`, which have to be declared exactly: SEEK Pass opens its firewall for named hosts.
    /// The end of its name tells what it is; a link whose name has none is a PDF where the type takes no other.
    ///
    /// # Errors
    /// A [`Problem`] where it is no plain https address on such a domain, or of no kind that SEEK Pass takes of the type.
    pub fn linked(of: CredentialType, address: &str, domains: &[String]) -> Result<Self, Problem> {
        if domains.is_empty() {
            return Err(Problem::new(
                "cannot be sent: the configuration names no domain for documents; set document_domains = [\"…\"] under \
                 [roster]",
            ));
        }
        let url = plain_https(address)?;
        let domain = url.domain().ok_or_else(|| {
            Problem::new("is on a number and not on a domain; write it with the name of the server")
        })?;
        if !domains.iter().any(|known| known == domain) {
            return Err(Problem::new(
                "is on a domain that roster.document_domains does not list (a domain below a listed one is another); correct \
                 the address, or add its domain there and have SEEK Pass allow it",
            ));
        }
        let link = url.as_str().to_owned();
        Ok(match linked_kind(of, &url)? {
            DocumentKind::Png => Self::Png(link),
            DocumentKind::Jpg => Self::Jpg(link),
            _ => Self::Pdf(link),
        })
    }

    /// The text of an OpenCert, checked for shape: the hashes themselves are SEEK Pass's to verify.
    ///
    /// # Errors
    /// A [`Problem`] where it is none, or where SEEK Pass takes none of the type.
    pub fn open_cert(of: CredentialType, text: &str) -> Result<Self, Problem> {
        takes_open_certs(of)?;
        let text = text.trim_start_matches('\u{feff}').trim();
        let wrapped: Value =
            serde_json::from_str(text).map_err(|_| Problem::new("names a file that is not JSON"))?;
        shape(&wrapped).map_err(|what| {
            let wanted = if is_of_version_3(&wrapped) {
                "credentialSubject, and proof with type OpenAttestationMerkleProofSignature2018, targetHash, proofs and \
                 merkleRoot"
            } else {
                "version or schema, data, and signature with type SHA3MerkleProof, targetHash, proof and merkleRoot"
            };
            Problem::new(format!(
                "names a file that is no OpenCert: {what}. It has to be the wrapped document: {wanted}"
            ))
        })?;
        Ok(Self::OpenCert(text.to_owned()))
    }

    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> DocumentKind {
        match self {
            Self::Pdf(_) => DocumentKind::Pdf,
            Self::Png(_) => DocumentKind::Png,
            Self::Jpg(_) => DocumentKind::Jpg,
            Self::OpenCert(_) => DocumentKind::OpenCert,
        }
    }

    /// What SEEK Pass is given: the link, or the text of the OpenCert.
    #[must_use]
    pub fn content(&self) -> &str {
        match self {
            Self::Pdf(content) | Self::Png(content) | Self::Jpg(content) | Self::OpenCert(content) => content,
        }
    }
}

/// Whether a type may come with an OpenCert.
///
/// # Errors
/// A [`Problem`] where it may not.
pub fn takes_open_certs(of: CredentialType) -> Result<(), Problem> {
    if of.spec().documents.contains(&DocumentKind::OpenCert) {
        return Ok(());
    }
    Err(Problem::new(format!(
        "cannot go with {}: SEEK Pass takes a PDF alone of these; leave it empty, or give document_url",
        of.spec().nouns
    )))
}

/// An address that means to every reader what it means to us.
fn plain_https(address: &str) -> Result<Url, Problem> {
    at_most(address, LONGEST)?;
    let no_address = || Problem::new("is no web address; write it as https://domain/path");
    let is_odd = |character: char| character.is_whitespace() || character.is_control() || character == '\\';
    let (scheme, rest) = address.split_once("://").ok_or_else(no_address)?;
    if !scheme.eq_ignore_ascii_case("https") {
        return Err(Problem::new("is not https; SEEK Pass is given no other link"));
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if address.contains(is_odd) || authority.is_empty() {
        return Err(no_address());
    }
    if rest.contains("://") {
        return Err(Problem::new("holds more than one web address; a credential takes one document"));
    }
    if has_stray_percent(rest) {
        return Err(Problem::new(
            "has a % that is not followed by two digits of a character; copy the address again",
        ));
    }
    if authority.contains('@') {
        return Err(Problem::new("has a user name in it; a document has to open without one"));
    }
    let url = Url::parse(address).map_err(|_| no_address())?;
    if url.fragment().is_some() {
        return Err(Problem::new("has a # in it, and what stands behind it reaches no server; remove it"));
    }
    if url.port().is_some() {
        return Err(Problem::new("names a port; documents have to stand on the usual one of https"));
    }
    if url.path().ends_with('/') {
        return Err(Problem::new(
            "names a server or a folder and no document in it; write it as https://domain/path",
        ));
    }
    Ok(url)
}

/// Whether a percent sign begins no character (RFC 3986 §2.1), or one that no name has.
fn has_stray_percent(address: &str) -> bool {
    let is_digit = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_hexdigit());
    address.split('%').skip(1).any(|after| {
        let mut bytes = after.bytes();
        !(is_digit(bytes.next()) && is_digit(bytes.next())) || after.starts_with("00")
    })
}

/// What a link leads to, by the end of its name.
fn linked_kind(of: CredentialType, url: &Url) -> Result<DocumentKind, Problem> {
    let kinds = of.spec().documents;
    let name = url.path().rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let takes_pictures = kinds.contains(&DocumentKind::Png);
    let kind = match ending.as_deref() {
        Some("pdf") => Some(DocumentKind::Pdf),
        Some("png") => Some(DocumentKind::Png),
        Some("jpg" | "jpeg") => Some(DocumentKind::Jpg),
        None if !takes_pictures => Some(DocumentKind::Pdf),
        _ => None,
    };
    kind.filter(|kind| kinds.contains(kind)).ok_or_else(|| {
        Problem::new(if takes_pictures {
            "does not end in .pdf, .png or .jpg; SEEK Pass takes a PDF or a picture, and the end of the name tells which it is"
        } else {
            "ends in something else than .pdf; SEEK Pass takes a PDF alone here"
        })
    })
}

/// Whether a document is of OpenAttestation's version 3.0, by what only that has.
fn is_of_version_3(wrapped: &Value) -> bool {
    wrapped.get("signature").is_none()
        && ["proof", "credentialSubject", "@context"].iter().any(|it| wrapped.get(it).is_some())
}

/// What is not as in a wrapped document of OpenAttestation: its version 2.0, which OpenCerts are made in, or 3.0, which keeps
/// the same proof under other names.
fn shape(wrapped: &Value) -> Result<(), &'static str> {
    let wrapped = wrapped.as_object().ok_or("it is no JSON object")?;
    let is_text =
        |name: &str| wrapped.get(name).is_some_and(|it| it.as_str().is_some_and(|it| !it.is_empty()));
    if !is_text("version") && !is_text("schema") {
        return Err("version (or schema) is missing");
    }
    if let (None, Some(proof)) = (wrapped.get("signature"), wrapped.get("proof")) {
        filled(wrapped.get("credentialSubject")).ok_or("credentialSubject is missing")?;
        let proof = proof.as_object().ok_or("proof is no object")?;
        return merkle_proof(proof, "OpenAttestationMerkleProofSignature2018", "proofs");
    }
    filled(wrapped.get("data")).ok_or("data is missing")?;
    let signature = wrapped.get("signature").ok_or("signature is missing; it was not wrapped yet")?;
    merkle_proof(signature.as_object().ok_or("signature is no object")?, "SHA3MerkleProof", "proof")
}

fn filled(value: Option<&Value>) -> Option<()> {
    value?.as_object().filter(|object| !object.is_empty()).map(|_| ())
}

fn merkle_proof(proof: &Map<String, Value>, of_type: &str, hashes: &str) -> Result<(), &'static str> {
    let is_hash = |value: &Value| {
        value.as_str().is_some_and(|it| it.len() == 64 && it.bytes().all(|digit| digit.is_ascii_hexdigit()))
    };
    if proof.get("type").and_then(Value::as_str) != Some(of_type) {
        return Err("the type of its signature is another one");
    }
    if !proof.get("targetHash").is_some_and(is_hash) {
        return Err("targetHash of its signature is no hash of 64 hexadecimal digits");
    }
    if !proof.get("merkleRoot").is_some_and(is_hash) {
        return Err("merkleRoot of its signature is no hash of 64 hexadecimal digits");
    }
    match proof.get(hashes).map(Value::as_array) {
        Some(Some(hashes)) if hashes.iter().all(is_hash) => Ok(()),
        _ => Err("the proof of its signature is no list of hashes"),
    }
}

/// Debug output ends up in logs and panics, so it says nothing but the kind.
impl fmt::Debug for Document {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Document({}, …)", self.kind().word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(of: CredentialType, address: &str) -> Result<Document, Problem> {
        Document::linked(of, address, &["files.northfield.example".to_owned()])
    }

    #[test]
    fn a_link_is_plain_https_on_a_declared_domain() {
        let education = CredentialType::Education;
        for good in [
            "https://files.northfield.example/c/9f3e.pdf",
            "https://files.northfield.example/c/9f3e.PDF?signature=a%2Fb",
            "https://files.northfield.example:443/c/9f3e",
        ] {
            assert!(matches!(linked(education, good), Ok(Document::Pdf(_))), "{good}");
        }
        for (bad, words) in [
            ("http://files.northfield.example/a.pdf", "not https"),
            ("files.northfield.example/a.pdf", "no web address"),
            ("https:files.northfield.example/a.pdf", "no web address"),
            ("https:///files.northfield.example/a.pdf", "no web address"),
            ("https://files.northfield.example\\@evil.example/a.pdf", "no web address"),
            ("https://files.northfield.example/a b.pdf", "no web address"),
            ("https://files.northfield.example@evil.example/a.pdf", "user name"),
            ("https://@files.northfield.example/a.pdf", "user name"),
            ("https://files.northfield.example/a.pdf#page=2", "has a #"),
            ("https://files.northfield.example:8443/a.pdf", "names a port"),
            ("https://files.northfield.example/", "names a server"),
            ("https://192.0.2.7/a.pdf", "on a number"),
            ("https://0x7f.1/a.pdf", "on a number"),
            ("https://[2001:db8::1]/a.pdf", "on a number"),
            ("https://evil.example/files.northfield.example/a.pdf", "does not list"),
            ("https://x.files.northfield.example/a.pdf", "does not list"),
            ("https://northfield.example/a.pdf", "does not list"),
            ("https://files.northfield.example./a.pdf", "does not list"),
            ("https://evilfiles.northfield.example/a.pdf", "does not list"),
            ("https://files.northfield.example/a.docx", ".pdf"),
            ("https://files.northfield.example/a.png", ".pdf"),
        ] {
            let problem = linked(education, bad).err().map(|it| it.0).unwrap_or_default();
            assert!(problem.contains(words), "{bad}: {problem}");
            assert!(!problem.contains("evil") && !problem.contains("northfield"), "{problem}");
        }
        let undeclared = Document::linked(education, "https://files.northfield.example/a.pdf", &[]);
        assert!(undeclared.is_err_and(|it| it.0.contains("document_domains")));
    }

    #[test]
    fn a_picture_goes_with_a_course_alone_and_its_name_says_so() {
        let course = CredentialType::Microcredential;
        let of = |address: &str| linked(course, &format!("https://files.northfield.example/{address}"));
        assert_eq!(of("a.pdf").map(|it| it.kind()), Ok(DocumentKind::Pdf));
        assert_eq!(of("a.png").map(|it| it.kind()), Ok(DocumentKind::Png));
        assert_eq!(of("a.JPEG").map(|it| it.kind()), Ok(DocumentKind::Jpg));
        assert!(of("a").is_err() && of("a.gif").is_err());
    }

    #[test]
    fn an_open_cert_is_a_wrapped_document() {
        let hash = "ab".repeat(32);
        let two = format!(
            r#"{{"version":"https://schema.openattestation.com/2.0/schema.json","data":{{"id":"s"}},"signature":
            {{"type":"SHA3MerkleProof","targetHash":"{hash}","proof":["{hash}"],"merkleRoot":"{hash}"}}}}"#
        );
        let read = |text: &str| Document::open_cert(CredentialType::Education, text);
        assert_eq!(read(&format!("\u{feff}{two}\n")).map(|it| it.content().to_owned()), Ok(two.clone()));
        assert!(read(&two.replace("version", "schema")).is_ok());
        let three = format!(
            r#"{{"version":"https://schema.openattestation.com/3.0/schema.json","credentialSubject":{{"id":"s"}},"proof":
            {{"type":"OpenAttestationMerkleProofSignature2018","targetHash":"{hash}","proofs":[],"merkleRoot":"{hash}"}}}}"#
        );
        assert!(read(&three).is_ok());
        for (bad, words) in [
            ("%PDF-1.7".to_owned(), "not JSON"),
            ("[]".to_owned(), "no JSON object"),
            (two.replace("version", "about"), "version (or schema)"),
            (two.replace(r#"{"id":"s"}"#, "{}"), "data is missing"),
            (two.replace("signature", "sign"), "not wrapped yet"),
            (two.replace("SHA3MerkleProof", "Ed25519"), "another one"),
            (two.replace("targetHash", "target"), "targetHash"),
            (two.replace(&format!("\"merkleRoot\":\"{hash}\""), "\"merkleRoot\":\"0x1\""), "merkleRoot"),
            (two.replace(&format!("[\"{hash}\"]"), "\"none\""), "no list of hashes"),
        ] {
            let problem = read(&bad).err().map(|it| it.0).unwrap_or_default();
            assert!(problem.contains(words), "{words}: {problem}");
        }
        let english = Document::open_cert(CredentialType::English, &two);
        assert!(english.is_err_and(|it| it.0.contains("PDF alone")));
    }
}
