//! The login (RFC 4954), by the strongest mechanism that both sides have.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lettre::transport::smtp::response::Response;
use serde_json::Value;

use super::answers::Failure;
use super::connection::Connection;
use crate::invitation::concealed;

/// What shows that we are who we say.
#[derive(Clone, Copy)]
pub(super) enum Proof<'a> {
    Password(&'a str),
    /// Of OAuth.
    Token(&'a str),
}

/// A way to log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mechanism {
    /// A token (RFC 7628).
    OAuthBearer,
    /// The same of before the standard, and the only one that Microsoft 365 has.
    XOAuth2,
    /// User and password in one piece (RFC 4616).
    Plain,
    /// The same one after the other, which no standard describes.
    Login,
}

use Mechanism::{Login, OAuthBearer, Plain, XOAuth2};

impl Mechanism {
    /// Those for a proof, the strongest first. A token is never shown as a password.
    const fn all(proof: Proof<'_>) -> [Self; 2] {
        match proof {
            Proof::Token(_) => [OAuthBearer, XOAuth2],
            Proof::Password(_) => [Plain, Login],
        }
    }

    /// As EHLO and AUTH have it.
    const fn name(self) -> &'static str {
        match self {
            OAuthBearer => "OAUTHBEARER",
            XOAuth2 => "XOAUTH2",
            Plain => "PLAIN",
            Login => "LOGIN",
        }
    }

    /// What is said with AUTH, and what to each challenge. To a token that it does not take a relay answers with a challenge
    /// first, and with the refusal when that is answered.
    fn words(self, username: &str, secret: &str) -> (Option<String>, Vec<String>) {
        match self {
            OAuthBearer => {
                let name = username.replace('=', "=3D").replace(',', "=2C");
                let bearer = format!("n,a={name},\u{1}auth=Bearer {secret}\u{1}\u{1}");
                (Some(bearer), vec!["\u{1}".to_owned()])
            }
            XOAuth2 => {
                let bearer = format!("user={username}\u{1}auth=Bearer {secret}\u{1}\u{1}");
                (Some(bearer), vec![String::new()])
            }
            Plain => (Some(format!("\0{username}\0{secret}")), Vec::new()),
            Login => (None, vec![username.to_owned(), secret.to_owned()]),
        }
    }
}

/// Logs in at a relay that offers these mechanisms. No failure repeats the password or the token.
pub(super) async fn log_in(
    connection: &mut Connection,
    offered: &[String],
    username: &str,
    proof: Proof<'_>,
) -> Result<(), Failure> {
    let (Proof::Password(secret) | Proof::Token(secret)) = proof;
    let mechanisms = Mechanism::all(proof);
    let is_offered = |mechanism: &Mechanism| offered.iter().any(|name| name == mechanism.name());
    let Some(mechanism) = mechanisms.into_iter().find(is_offered) else {
        let [one, other] = mechanisms.map(Mechanism::name);
        return Err(Failure::Lost(format!("the relay offers neither {one} nor {other} here")));
    };
    let (first, then) = mechanism.words(username, secret);
    let first = first.map(|words| STANDARD.encode(words));
    let then: Vec<_> = then.into_iter().map(|words| STANDARD.encode(words)).collect();
    let secrets: Vec<_> =
        [secret].into_iter().chain(first.as_deref()).chain(then.iter().map(String::as_str)).collect();
    let begin = [Some("AUTH"), Some(mechanism.name()), first.as_deref()];
    let begin = begin.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let mut why = None;
    let mut reply = connection.command(begin + "\r\n").await;
    for words in &then {
        match &reply {
            Ok(challenge) if challenge.has_code(334) => why = why.or_else(|| status(challenge)),
            _ => break,
        }
        reply = connection.command(format!("{words}\r\n")).await;
    }
    match reply {
        Ok(reply) if reply.has_code(235) => Ok(()),
        Ok(_) => Err(Failure::Lost("an answer to AUTH that SMTP does not know".into())),
        Err(Failure::Reply(code, words)) => {
            let why = why.map(|status| format!(" (status {status})")).unwrap_or_default();
            Err(Failure::Reply(code, concealed(&words, &secrets) + &why))
        }
        Err(lost) => Err(lost),
    }
}

/// What a challenge has against a token: an HTTP status (RFC 7628 §3.2.2). Nothing else of it is told.
fn status(challenge: &Response) -> Option<u16> {
    let json = STANDARD.decode(challenge.first_word()?).ok()?;
    let json: Value = serde_json::from_slice(&json).ok()?;
    let status = json.get("status")?;
    let number = status.as_str().map_or_else(|| status.as_u64(), |status| status.parse().ok())?;
    u16::try_from(number).ok().filter(|status| (100..600).contains(status))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, duplex};

    use super::*;

    const TOKEN: &str = "eyJhbGciOi.very-private.token";

    /// How a login ends at a relay that gives these answers, one after another, and what it heard.
    async fn ended(offered: &str, proof: Proof<'_>, answers: &[&str]) -> (Result<(), String>, Vec<String>) {
        let (ours, theirs) = duplex(64 * 1024);
        let mut connection = Connection::new(ours);
        let offered: Vec<_> = offered.split(' ').map(str::to_owned).collect();
        let relay = async {
            let mut theirs = BufReader::new(theirs);
            let mut heard = Vec::new();
            for answer in answers {
                let mut line = String::new();
                theirs.read_line(&mut line).await.unwrap();
                heard.push(line.trim_end().to_owned());
                theirs.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
            }
            heard
        };
        let (done, heard) =
            tokio::join!(log_in(&mut connection, &offered, "a=b,c@uni.example", proof), relay);
        (done.map_err(Failure::words), heard)
    }

    fn decoded(base64: &str) -> String {
        String::from_utf8(STANDARD.decode(base64).unwrap()).unwrap()
    }

    #[tokio::test]
    async fn the_strongest_mechanism_is_taken_and_says_what_its_standard_wants() {
        let (token, password) = (Proof::Token(TOKEN), Proof::Password("secret"));
        for (offered, proof, name, words) in [
            (
                "PLAIN XOAUTH2 OAUTHBEARER",
                token,
                "OAUTHBEARER",
                "n,a=a=3Db=2Cc@uni.example,\u{1}auth=Bearer eyJhbGciOi.very-private.token\u{1}\u{1}",
            ),
            (
                "LOGIN XOAUTH2",
                token,
                "XOAUTH2",
                "user=a=b,c@uni.example\u{1}auth=Bearer eyJhbGciOi.very-private.token\u{1}\u{1}",
            ),
            ("LOGIN XOAUTH2 PLAIN", password, "PLAIN", "\0a=b,c@uni.example\0secret"),
        ] {
            let (done, heard) = ended(offered, proof, &["235"]).await;
            assert_eq!(done, Ok(()));
            let said = heard[0].strip_prefix("AUTH ").unwrap().split_once(' ').unwrap();
            assert_eq!((said.0, decoded(said.1).as_str()), (name, words));
        }
        let (done, heard) = ended("LOGIN", password, &["334", "334 UGFzc3dvcmQ6", "235 2.7.0 ok"]).await;
        assert_eq!(done, Ok(()));
        assert_eq!(heard[0], "AUTH LOGIN");
        assert_eq!([decoded(&heard[1]), decoded(&heard[2])], ["a=b,c@uni.example", "secret"]);
    }

    #[tokio::test]
    async fn a_token_is_no_password_and_a_password_no_token() {
        let (done, heard) = ended("PLAIN LOGIN", Proof::Token(TOKEN), &[]).await;
        assert_eq!(done.unwrap_err(), "the relay offers neither OAUTHBEARER nor XOAUTH2 here");
        assert!(heard.is_empty());
        let (done, _) = ended("XOAUTH2 OAUTHBEARER", Proof::Password("secret"), &[]).await;
        assert_eq!(done.unwrap_err(), "the relay offers neither PLAIN nor LOGIN here");
    }

    #[tokio::test]
    async fn the_challenge_of_a_refused_token_is_answered_and_told_without_the_token() {
        let of = |json: &str| format!("334 {}", STANDARD.encode(json));
        let echo = format!("535-5.7.8 no: {TOKEN},\r\n535 5.7.8 {}", STANDARD.encode(TOKEN));
        for (challenge, told) in [
            (of("{\"status\":\"401\",\"schemes\":\"bearer mac\",\"scope\":\"x\"}"), " (status 401)"),
            (of("{\"status\":400}"), " (status 400)"),
            (of(&format!("{{\"status\":\"{TOKEN}\"}}")), ""),
            (of("<html>"), ""),
            ("334 no base64".to_owned(), ""),
            ("334".to_owned(), ""),
        ] {
            for (offered, answer) in [("XOAUTH2", ""), ("OAUTHBEARER", "AQ==")] {
                let answers = [challenge.as_str(), "535 5.7.8 not accepted"];
                let (done, heard) = ended(offered, Proof::Token(TOKEN), &answers).await;
                assert_eq!(done.unwrap_err(), format!("535 5.7.8 not accepted{told}"), "{challenge}");
                assert_eq!(heard[1], answer);
            }
        }
        let (done, _) = ended("XOAUTH2", Proof::Token(TOKEN), &[&echo]).await;
        let said = done.unwrap_err();
        assert!(said.starts_with("535 5.7.8 no: … ") && !said.contains("private"), "{said}");
    }

    #[tokio::test]
    async fn an_answer_that_lets_nobody_in_is_no_login() {
        for answers in [&["250 ok"][..], &["334", "334"], &["334", "250"], &["354"]] {
            let (done, _) = ended("XOAUTH2", Proof::Token(TOKEN), answers).await;
            assert_eq!(done.unwrap_err(), "an answer to AUTH that SMTP does not know", "{answers:?}");
        }
    }
}
