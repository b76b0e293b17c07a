//! Everything that a mail needs, and the sending of what is due: the part that `run`, `send`, `retry`, `follow-up` and
//! `reissue --now` share.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, anyhow, bail};
use jiff::civil::Time;

use super::{App, Event, page};
use crate::email::send::{Counters, Sender, Sent, Whom};
use crate::email::session::Client;
use crate::email::templates::Templates;
use crate::email::{Composer, schedule};
use crate::graduate::StudentId;
use crate::invitation::MessageState;
use crate::invitation::key::CodeKey;
use crate::report::{Conclusion, MailReport};
use crate::shutdown::Shutdown;
use crate::store::Store;

/// How long a run waits for an answer of the page, which is a note at worst.
const PAGE_PATIENCE: Duration = Duration::from_secs(2);

/// Everything that can be wrong before anybody is mailed.
pub struct Mailing {
    /// The relay.
    pub client: Client,
    /// The key of the codes.
    pub key: CodeKey,
    /// What a message says.
    pub templates: Templates,
    /// No message is begun from this time of the day on.
    until: Option<Time>,
}

/// How a sending went.
#[derive(Debug)]
pub struct Mailed {
    /// What the relay took, and what is left.
    pub sent: Sent,
    /// When everybody would have been mailed, as it looked before, where budgets make it a question of time.
    pub mailed_by: Option<String>,
}

impl From<Mailed> for MailReport {
    fn from(mailed: Mailed) -> Self {
        Self { mailed_by: mailed.mailed_by, ..(&mailed.sent).into() }
    }
}

impl Mailing {
    /// The audience hears of what works and should not stay so; in the example's name nobody is mailed.
    ///
    /// # Errors
    /// When the configuration is still the example, or as [`Mailing::load`].
    pub fn new(app: &App) -> Result<Self> {
        let path = &app.config_path;
        if let Some(untouched) = app.config.untouched().filter(|concern| concern.is_grave) {
            bail!("configuration {}: {}: {}", path.display(), untouched.key, untouched.problem);
        }
        for concern in app.config.exposed(path) {
            app.tell(&Event::Exposed(&concern));
        }
        Self::load(app)
    }

    /// # Errors
    /// When the relay's settings, the key or a template cannot be used.
    pub fn load(app: &App) -> Result<Self> {
        let config = &app.config;
        let client = Client::new(&config.mail, &app.clock, app.timeouts)?;
        let key = CodeKey::read(&config.key_file)?;
        let templates = Templates::load(config.mail.templates.as_deref(), &config.institution.languages)?;
        Ok(Self { client, key, templates, until: None })
    }

    /// The same, but no message is begun from this time of the day on.
    #[must_use]
    pub fn until(self, until: Option<Time>) -> Self {
        Self { until, ..self }
    }

    /// Sends what is due; the audience can watch it.
    ///
    /// # Errors
    /// When the ledger or a template fails; what was sent until then is written down.
    pub async fn send(self, app: &App, store: &Store, whom: Whom, shutdown: Shutdown) -> Result<Mailed> {
        let (config, writer) = (&app.config, store.writer().await?);
        let figures = store.mail_figures(None, app.clock.now()).await?;
        let now = app.clock.now().to_zoned(config.institution.time_zone.clone());
        let used = store.begun_on(&now.date().to_string()).await?;
        let finish = schedule::finish(&config.mail, figures.due, (&now, used), self.until);
        let finish = finish.filter(|_| whom == Whom::Everybody);
        if let Some(finish) =
            finish.as_ref().filter(|it| it.nights > 1 || it.at.duration_since(&now).as_mins() > 0)
        {
            app.tell(&Event::Pace(finish));
        }
        let is_anything_to_go = figures.waiting + figures.deferred > 0;
        if figures.due > 0 {
            warn_of_page(app).await;
            if let Some(standby) = store.standby().await?.filter(|standby| !standby.keeps_everything()) {
                app.tell(&Event::NotKept(standby));
            }
        }
        if is_anything_to_go {
            store.count_sending(&writer).await?;
        }
        let counters = Arc::new(Counters::default());
        let watched = app.audience.sending(&app.clock, figures.due, &counters);
        let sender = Sender {
            store: store.clone(),
            writer: writer.clone(),
            composer: Composer::new(self.templates, config),
            key: self.key,
            client: self.client,
            config: Arc::clone(config),
            clock: app.clock.clone(),
            rng: (app.rng)()?,
            whom,
            until: self.until.map(|until| schedule::next(until, &now)),
            shutdown,
            counters,
        };
        let sent = sender.send().await;
        drop(watched);
        let sent = sent?;
        if is_anything_to_go && let Err(error) = store.count_sending(&writer).await {
            // its begin was counted: only a backup from the middle of this run would pass for a newer one
            app.tell(&Event::EndNotCounted(&error));
        }
        drop(writer);
        if let Err(error) = store.checkpoint().await {
            // everything is written down; only the ledger's file is not whole by itself yet
            app.tell(&Event::LogStays(&error));
        }
        let mailed_by = finish.map(|finish| config.institution.local_time(finish.at.timestamp()));
        Ok(Mailed { sent, mailed_by })
    }
}

/// Tells when mails leave with codes that nobody can redeem yet.
async fn warn_of_page(app: &App) {
    let url = &app.config.web.public_url;
    if app.config.seek_pass.is_none() {
        app.tell(&Event::NoSeekPass);
    } else if let Err(problem) = page::look(url, PAGE_PATIENCE).await {
        app.tell(&Event::NoPage { url, problem: &problem });
    }
}

/// What it comes to for the exit code, where only these students were to be mailed.
pub(super) async fn conclusion_of_students(store: &Store, students: &[String]) -> Result<Conclusion> {
    let mut conclusion = Conclusion::DONE;
    for id in students {
        let Some(timeline) =
            store.timeline(&StudentId::parse(id).map_err(|problem| anyhow!("{problem}"))?).await?
        else {
            continue;
        };
        for message in &timeline.messages {
            match message.state {
                MessageState::Refused | MessageState::InDoubt => conclusion.needs_person = true,
                MessageState::Waiting | MessageState::Deferred | MessageState::Sending => {
                    conclusion.is_left_over = true;
                }
                _ => {}
            }
        }
    }
    Ok(conclusion)
}
