//! What the relay took, read once.

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::rc::Rc;

use super::Scenario;
use crate::world::{code, message_id, text};

/// A mail as a graduate sees it.
pub struct Mail {
    pub recipient: String,
    pub code: String,
    pub is_reminder: bool,
    /// The middle of its Message-ID.
    pub tag: String,
}

/// The mails read so far, in the order of the relay's book.
#[derive(Clone, Default)]
pub struct Post(RefCell<Vec<Rc<Mail>>>);

impl Scenario {
    /// Waits until the relay has taken or dropped what dead processes left on the way: it has one thread, which answers
    /// this call behind them.
    pub fn let_the_relay_finish(&self) {
        let mut connection = BufReader::new(TcpStream::connect(self.world.relay.address()).unwrap());
        for command in ["", "NOOP\r\n", "QUIT\r\n"] {
            connection.get_mut().write_all(command.as_bytes()).unwrap();
            let mut answer = String::new();
            connection.read_line(&mut answer).unwrap();
            assert!(answer.starts_with('2'), "{answer}");
        }
    }

    /// All mails, the oldest first.
    pub fn mails(&self) -> Vec<Rc<Mail>> {
        let mut read = self.progress.post.0.borrow_mut();
        for mail in &self.world.relay.messages()[read.len()..] {
            let tag = message_id(mail).split('@').next().unwrap().to_owned();
            let is_reminder = text(mail).contains("/opt-out/");
            read.push(Rc::new(Mail {
                recipient: mail.recipient.concat(),
                code: code(mail),
                is_reminder,
                tag,
            }));
        }
        read.clone()
    }
}
