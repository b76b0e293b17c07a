//! Graduates with the codes of their mails: on the page, and at SEEK Pass.

use anyhow::{Result, bail};
use gradpass::store::Store;
use reqwest::Method;

use super::Scenario;
use super::model::name;
use crate::world::{Answer, Visitor};

/// Which is to be added: where she is to add it again, the page asks.
const HERS: (&str, &str) = ("qualification", "bachelor of arts");

impl Scenario {
    /// The last code that must work for her, if there is one.
    pub fn working_code(&self, number: usize) -> Option<String> {
        let graduate = self.progress.model.0.get(&number)?;
        let mails = self.mails();
        let mut placed = mails.iter().enumerate().rev();
        placed
            .find(|(place, mail)| graduate.has_working(number, *place, &mail.recipient) == Some(true))
            .map(|(_, mail)| mail.code.clone())
    }

    /// The service, at which each of these presses the button once.
    pub(super) async fn press(&self, store: &Store, numbers: &[usize]) -> Result<()> {
        let codes: Vec<_> = numbers.iter().filter_map(|number| self.working_code(*number)).collect();
        self.world
            .served(store, async |visitor| {
                for code in codes {
                    let answer = visitor.ask(Method::POST, "/redeem", Some(&[("code", &code), HERS])).await;
                    if answer.status.as_u16() == 500 {
                        bail!("the page has a fault of its own");
                    }
                    assert_ne!(
                        answer.status.as_u16(),
                        404,
                        "a code that must work does not: {}",
                        answer.body
                    );
                }
                Ok(())
            })
            .await?
    }

    /// The service in health: each of these presses the button, and goes wherever it leads.
    pub(super) async fn follow(&self, store: &Store, numbers: &[usize]) -> Vec<(usize, Answer)> {
        let codes: Vec<_> =
            numbers.iter().filter_map(|number| Some((*number, self.working_code(*number)?))).collect();
        let visit = async |visitor: Visitor| {
            let mut answers = Vec::new();
            for (number, code) in codes {
                answers.push((number, visitor.following(&[("code", &code), HERS]).await));
            }
            answers
        };
        self.world.served(store, visit).await.unwrap()
    }

    /// The ids of her submissions at SEEK Pass, in the order in which they were made.
    pub fn ids_of(&self, number: usize) -> Vec<String> {
        let hers = format!("\"{}\"", name(number));
        let mut ids: Vec<_> = self.seek.seek.ids();
        ids.retain(|id| {
            self.seek.seek.credential(id).is_some_and(|credential| credential.to_string().contains(&hers))
        });
        ids.sort();
        ids.dedup();
        ids.sort_by_key(|id| self.seek.seek.made_at(id));
        ids
    }

    /// She finishes at SEEK Pass what she was led to last, if it is still open.
    pub fn finishes(&mut self, number: usize) {
        if self.ids_of(number).last().is_some_and(|id| self.seek.seek.verify(id)) {
            self.progress.model.finishes(number);
        }
    }

    /// She declines it.
    pub fn declines(&mut self, number: usize) {
        if self.ids_of(number).last().is_some_and(|id| self.seek.seek.cancel(id)) {
            self.progress.model.declines(number, self.world.clock.now());
        }
    }
}
