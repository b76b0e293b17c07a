//! What the relay took, read once.

use std::cell::RefCell;
use std::rc::Rc;

use super::Story;
use crate::world::{code, message_id};

/// A mail as a graduate sees it.
pub struct Mail {
    pub recipient: String,
    pub code: String,
    /// The middle of its Message-ID.
    pub tag: String,
}

/// The mails read so far, in the order of the relay's book.
#[derive(Default)]
pub struct Post(RefCell<Vec<Rc<Mail>>>);

impl Story {
    /// All mails, the oldest first.
    pub fn mails(&self) -> Vec<Rc<Mail>> {
        let mut read = self.post.0.borrow_mut();
        for mail in &self.world.relay.messages()[read.len()..] {
            let tag = message_id(mail).split('@').next().unwrap().to_owned();
            read.push(Rc::new(Mail { recipient: mail.recipient.concat(), code: code(mail), tag }));
        }
        read.clone()
    }
}
