//! The commands that carry something: EHLO, AUTH, MAIL and RCPT.

use mail_parser::decoders::base64::base64_decode;

use super::Step;
use super::session::{Envelope, Goes, Session};

impl Session {
    pub(super) async fn hello(&mut self, verb: &str, name: &str) -> Goes {
        let answer = if verb == "HELO" { "250 sandbox.invalid".to_owned() } else { self.capabilities() };
        self.step(Step::Ehlo, name, &answer, |session| {
            session.greeted = true;
            session.envelope = None;
        })
        .await
    }

    fn capabilities(&self) -> String {
        let settings = &self.relay.0.settings;
        let mut lines = vec!["sandbox.invalid", "8BITMIME"];
        if settings.pipelining {
            lines.push("PIPELINING");
        }
        if settings.dsn {
            lines.push("DSN");
        }
        if settings.smtp_utf8 {
            lines.push("SMTPUTF8");
        }
        let auth = format!("AUTH {}", settings.mechanisms);
        if settings.credentials.is_some() {
            lines.push(&auth);
        }
        format!("250-{}\r\n250 SIZE {}", lines.join("\r\n250-"), settings.size)
    }

    pub(super) async fn auth(&mut self, argument: &str) -> Goes {
        let (mechanism, initial) = argument.split_once(' ').unwrap_or((argument, ""));
        let mechanism = mechanism.to_ascii_uppercase();
        self.note(&format!("AUTH {mechanism}{}", if initial.is_empty() { "" } else { " ***" }));
        let settings = &self.relay.0.settings;
        let is_offered = settings.mechanisms.split(' ').any(|offered| offered == mechanism);
        let Some((user, secret)) = settings.credentials.clone() else {
            return self.say("502 5.5.1 AUTH is not offered").await;
        };
        let secret = self.relay.memory().secret.clone().unwrap_or(secret);
        if !self.greeted || self.authenticated || self.envelope.is_some() {
            return self.say("503 5.5.1 AUTH comes once, after EHLO and before MAIL").await;
        }
        let prompts = match mechanism.as_str() {
            "PLAIN" | "XOAUTH2" | "OAUTHBEARER" if is_offered => &["334 "][..],
            "LOGIN" if is_offered => &["334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"],
            _ => return self.say("504 5.5.4 this is not offered").await,
        };
        let mut answers = Vec::new();
        for (index, prompt) in prompts.iter().enumerate() {
            let answer = if index == 0 && !initial.is_empty() {
                initial.to_owned()
            } else {
                self.say(prompt).await?;
                let Some(line) = self.lines.command().await? else { return Ok(false) };
                self.note("***");
                line.unwrap_or_default()
            };
            let Some(Ok(text)) = base64_decode(answer.as_bytes()).map(String::from_utf8) else {
                return self.say("501 5.5.2 that was not base64, or was cancelled").await;
            };
            answers.push(text);
        }
        let right = match (mechanism.as_str(), answers.as_slice()) {
            ("XOAUTH2", [bearer]) => *bearer == format!("user={user}\u{1}auth=Bearer {secret}\u{1}\u{1}"),
            ("OAUTHBEARER", [bearer]) => *bearer == format!("n,a={user},\u{1}auth=Bearer {secret}\u{1}\u{1}"),
            // the first of the three is the identity to act as, which nobody uses here
            (_, [plain]) => plain.split('\0').skip(1).eq([user.as_str(), secret.as_str()]),
            (_, login) => login == [user, secret],
        };
        let acknowledged = match mechanism.as_str() {
            "XOAUTH2" => Some(""),
            "OAUTHBEARER" => Some("AQ=="),
            _ => None,
        };
        if let (false, Some(acknowledged)) = (right, acknowledged) {
            // {"status":"401"}, which has to be answered before the refusal comes (RFC 7628 §3.2.3)
            self.say("334 eyJzdGF0dXMiOiI0MDEifQ==").await?;
            let Some(line) = self.lines.command().await? else { return Ok(false) };
            if line != Ok(acknowledged.to_owned()) {
                return self.say("501 5.5.2 that is no answer to a refused token").await;
            }
        }
        let answer = if right { "235 2.7.0 welcome" } else { "535 5.7.8 user name or password is wrong" };
        self.step(Step::Auth, &mechanism, answer, |session| session.authenticated = true).await
    }

    pub(super) async fn mail(&mut self, argument: &str) -> Goes {
        let settings = &self.relay.0.settings;
        let Some((sender, parameters)) = path(argument, "FROM:") else {
            return self.say("501 5.5.4 MAIL FROM:<address>").await;
        };
        let smtp_utf8 = parameters.split(' ').any(|parameter| parameter.eq_ignore_ascii_case("SMTPUTF8"));
        let refusal = if !self.greeted || self.envelope.is_some() {
            "503 5.5.1 MAIL comes after EHLO and once a message"
        } else if settings.credentials.is_some() && !self.authenticated {
            "530 5.7.0 authentication required"
        } else if smtp_utf8 && !settings.smtp_utf8 {
            "555 5.5.4 SMTPUTF8 is not offered"
        } else if !sender.is_ascii() && !smtp_utf8 {
            "553 5.6.7 this address needs SMTPUTF8"
        } else {
            let envelope = Envelope {
                sender: sender.to_owned(),
                recipients: Vec::new(),
                smtp_utf8,
                parameters: [parameters.to_owned(), String::new()],
            };
            return self
                .step(Step::Mail, sender, "250 2.1.0 sender ok", |session| session.envelope = Some(envelope))
                .await;
        };
        self.say(refusal).await
    }

    pub(super) async fn recipient(&mut self, argument: &str) -> Goes {
        let Some(smtp_utf8) = self.envelope.as_ref().map(|envelope| envelope.smtp_utf8) else {
            return self.say("503 5.5.1 MAIL first").await;
        };
        let (address, parameters) = match path(argument, "TO:") {
            None | Some(("", _)) => return self.say("501 5.5.4 RCPT TO:<address>").await,
            Some(named) => named,
        };
        if !address.is_ascii() && !smtp_utf8 {
            return self.say("553 5.6.7 this address needs SMTPUTF8").await;
        }
        self.step(Step::Recipient, address, "250 2.1.5 recipient ok", |session| {
            if let Some(envelope) = &mut session.envelope {
                envelope.recipients.push(address.to_owned());
                parameters.clone_into(&mut envelope.parameters[1]);
            }
        })
        .await
    }
}

/// The address between the brackets and the parameters behind them.
fn path<'a>(argument: &'a str, keyword: &str) -> Option<(&'a str, &'a str)> {
    let (given, rest) = argument.split_at_checked(keyword.len())?;
    if !given.eq_ignore_ascii_case(keyword) {
        return None;
    }
    let (address, parameters) = rest.trim_start().strip_prefix('<')?.rsplit_once('>')?;
    Some((address, parameters.trim()))
}
