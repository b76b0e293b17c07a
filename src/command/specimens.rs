//! `preview --mail-to`: specimens of emails through the real relay to the officer, to be looked at where graduates will.
//! Their codes are made up and known to nobody; of the ledger only the audit changes.

use std::future::ready;

use anyhow::{Result, bail};
use rand::RngExt as _;
use serde_json::json;

use super::Context;
use crate::app::{App, Mailing, students};
use crate::email::preview::Sample;
use crate::email::return_path::{ReturnPath, Sender};
use crate::email::session::Offer;
use crate::email::{Composer, MessageContent};
use crate::graduate::EmailAddress;
use crate::hexadecimal::digits;
use crate::invitation::Outcome;
use crate::invitation::code::Code;
use crate::report::Conclusion;
use crate::store::{DueCursor, DueMessage, Store};

/// How many go where nobody is named.
const FEW: usize = 3;

pub(super) async fn execute(context: &Context, mail_to: &str, student_ids: &[String]) -> Result<Conclusion> {
    let to = EmailAddress::parse(mail_to).map_err(|problem| anyhow::anyhow!("--mail-to: {problem}"))?;
    let app = context.app()?;
    let mailing = Mailing::new(&app)?;
    let composer = Composer::new(mailing.templates, &app.config);
    let store = Store::open_read_only(&app.config.database).await?;
    let messages = if student_ids.is_empty() {
        sampled_due(&app, &store, &composer).await?
    } else {
        named(&store, student_ids).await?
    };
    if messages.is_empty() {
        bail!("nobody is in the ledger whose email could be shown; import a roster first");
    }
    // all of them first: a template that fails, fails before any of them leaves
    let mut specimens = Vec::new();
    for message in &messages {
        specimens.push((message.graduate.student_id.to_string(), specimen(&app, &composer, message, &to)?));
    }
    // written down before any leaves
    let what = format!("specimens to {}", to.masked());
    let students = messages.iter().map(|message| message.graduate.student_id.as_str().to_owned()).collect();
    let deed = app.deed("preview --mail-to", None, what, students);
    app.open().await?.writer().await?.note(deed).await?;
    let mut session = mailing.client.connect().await?;
    let sender = Sender { address: ReturnPath::new(&app.config).plain().clone(), id: None };
    let mut conclusion = Conclusion::DONE;
    let mut sent = Vec::new();
    for (student_id, wire) in specimens {
        let outcome = match session.offer(&sender, to.address()).await {
            Offer::Taken => match session.content(&wire, None, ready(true)).await {
                Some(outcome) => outcome,
                None => continue,
            },
            Offer::Answered(outcome) => outcome,
            Offer::Lost(why) | Offer::Unheard(why) => Outcome::TryLater(why),
            Offer::Later(reply) | Offer::NotWelcome(reply) => Outcome::TryLater(reply),
        };
        match outcome {
            Outcome::Accepted(_) => sent.push(student_id),
            Outcome::Refused(reply) => {
                conclusion.needs_person = true;
                context.console.say(format_args!("{student_id}: the relay refused the specimen: {reply}"));
                session.reset().await;
            }
            Outcome::TryLater(why) | Outcome::Unknown(why) => {
                conclusion.is_left_over = true;
                context
                    .console
                    .say(format_args!("{student_id}: the specimen did not leave for certain: {why}"));
                break;
            }
        }
    }
    session.quit().await;
    for student_id in &sent {
        context.console.result(format_args!("specimen of {student_id} sent"));
    }
    context.console.json(&json!({ "specimens": sent }))?;
    Ok(conclusion)
}

/// The messages of these students: each latest one, due or sent.
async fn named(store: &Store, student_ids: &[String]) -> Result<Vec<DueMessage>> {
    let mut messages = Vec::new();
    for id in student_ids {
        let student_id = students::one(store, id).await?;
        let Some(message) = store.latest_message(&student_id).await? else {
            bail!("{student_id} has no email to show: no roster lists this student, or all was withdrawn");
        };
        messages.push(message);
    }
    Ok(messages)
}

/// The oddest that are due, else those of the latest graduates.
async fn sampled_due(app: &App, store: &Store, composer: &Composer) -> Result<Vec<DueMessage>> {
    let mut sample = Sample::default();
    let mut cursor = DueCursor::new(app.clock.now());
    loop {
        let page = store.due_messages(&mut cursor).await?;
        if page.is_empty() {
            break;
        }
        for message in &page {
            sample.look(message, composer.language(&message.graduate), composer.usual_language());
        }
    }
    let messages: Vec<_> = sample.into_sample().into_iter().map(|(_, message)| message).take(FEW).collect();
    if messages.is_empty() {
        let latest = store.latest_students(i64::try_from(FEW)?).await?;
        return named(store, &latest).await;
    }
    Ok(messages)
}

/// The bytes of a specimen, with a code and a Message-ID that no graduate's email has.
fn specimen(app: &App, composer: &Composer, message: &DueMessage, to: &EmailAddress) -> Result<String> {
    let mut rng = (app.rng)()?;
    let content = MessageContent {
        occasion: message.occasion,
        graduate: &message.graduate,
        qualifications: &message.qualifications,
        code: &Code::random(&mut rng),
        message_tag: &format!("specimen-{}", digits(&rng.random::<[u8; 16]>())),
        // of nobody
        opt_out_token: "specimen",
        at: app.clock.now(),
    };
    Ok(composer.specimen(&content, to)?.wire)
}
