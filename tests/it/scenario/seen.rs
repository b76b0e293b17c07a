//! What one look at the ledger shows after a step: a connection costs more than all that is asked over it.

use std::collections::BTreeMap;

use gradpass::invitation::MessageState;
use gradpass::roster::Corrections;
use gradpass::store::{MailFigures, StateCounts, SubmissionStory, Timeline};
use gradpass::submission::SubmissionState;

use super::Scenario;
use super::model::student;

/// The ledger, as the help desk and `status` show it.
#[derive(Clone, Default)]
pub struct Seen {
    /// Of every graduate whom it knows.
    pub timelines: BTreeMap<usize, Timeline>,
    pub mail: MailFigures,
    pub by_state: StateCounts<MessageState>,
    pub corrections: Corrections,
}

impl Seen {
    /// `None` before the first command, and of a ledger that is not whole yet.
    pub fn of(scenario: &Scenario) -> Option<Self> {
        let now = scenario.world.clock.now();
        scenario.world.try_look(async |store| {
            let mut timelines = BTreeMap::new();
            for &number in scenario.progress.model.0.keys() {
                let timeline = store.timeline(&student(number)).await.unwrap();
                timelines.extend(timeline.map(|timeline| (number, timeline)));
            }
            Self {
                timelines,
                mail: store.mail_figures(None, now).await.unwrap(),
                by_state: store.messages_by_state(None).await.unwrap(),
                corrections: store.corrections().await.unwrap(),
            }
        })
    }

    /// How many submissions of each graduate are to be added again.
    pub fn superseded(&self) -> BTreeMap<usize, usize> {
        let of = |timeline: &Timeline| {
            let is_superseded = |it: &&SubmissionStory| it.state == SubmissionState::Superseded;
            timeline.submissions.iter().filter(is_superseded).count()
        };
        self.timelines.iter().map(|(number, timeline)| (*number, of(timeline))).collect()
    }
}
