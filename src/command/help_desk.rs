//! `reissue`, `revoke` and `unlock`: what the help desk may do for one graduate.

use anyhow::{Result, anyhow, bail};
use serde_json::json;

use super::holds::HoldFile;
use super::run::Prepared;
use super::{Context, hand, late_changes, open_ledger};
use crate::config::{Config, Question};
use crate::email::send::Whom;
use crate::graduate::StudentId;
use crate::invitation::MessageState;
use crate::invitation::key::CodeKey;
use crate::plural::counted;
use crate::report::Conclusion;
use crate::store::{Deed, Store, Timeline, WrongAnswer};

/// How a code is issued again.
pub(super) struct Reissue<'a> {
    /// The mail leaves at once.
    pub(super) now: bool,
    /// What is in SEEK Pass already can be added again.
    pub(super) again: bool,
    /// For the audit.
    pub(super) why: Option<&'a str>,
}

pub(super) async fn reissue(context: &Context, student_id: &str, wanted: Reissue<'_>) -> Result<Conclusion> {
    let why = wanted.why.map(hand::reason).transpose()?;
    // whatever can be wrong with the mail is wrong before anything is written
    let prepared = if wanted.now { Some(Prepared::new(context)?) } else { None };
    let config = context.config()?;
    let (_lock, store) = open_ledger(context, &config, "reissue").await?;
    let student_id = hand::one(&store, student_id).await?;
    let id = student_id.as_str();
    if store.timeline(&student_id).await?.is_none() {
        return invite_anew(context, &config, &store, &student_id).await;
    }
    HoldFile::of(&config)?.apply(context, &store, false).await?;
    if let Some(hold) = store.holds().await?.into_iter().find(|hold| hold.student_id == id) {
        bail!(
            "student {student_id} is {}, and so not mailed: {}; {}",
            hold.source.words(),
            hold.reason,
            hold.source.ends()
        );
    }
    if wanted.again {
        late_changes::again(context, &store, id, why.as_deref().unwrap_or_default()).await?;
    } else {
        let deed = context.deed("reissue", why.as_deref(), String::new(), vec![id.to_owned()]);
        if store.writer().await?.reissue(deed).await? == 0 {
            bail!(
                "student {student_id} has no invitation to issue again; `gradpass show {student_id}` tells why. What is in \
                 SEEK Pass already is issued again with --again --why TEXT"
            );
        }
    }
    let Some(prepared) = prepared else {
        context
            .console
            .result(format_args!("student {student_id}: the next run, or `gradpass send`, mails a new code"));
        context.console.json(&json!({ "student_id": id }))?;
        return Ok(Conclusion::DONE);
    };
    let students = vec![id.to_owned()];
    let mail = prepared.send(context, &store, Whom::Students(students.clone()), super::shutdown()?).await?;
    let conclusion = mailed(&store, &students).await?;
    context.console.result(format_args!(
        "student {student_id}: {}",
        if mail.sent > 0 { "mailed a new code" } else { "a new code is due, and was not mailed yet" }
    ));
    if let Some(why) = &mail.stopped {
        context.console.result(format_args!("stopped early: {why}"));
    }
    context.console.json(&json!({ "student_id": id, "sent": mail.sent }))?;
    Ok(conclusion)
}

/// How it ended, where only these students were to be mailed.
pub(super) async fn mailed(store: &Store, students: &[String]) -> Result<Conclusion> {
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

pub(super) async fn revoke(context: &Context, student_id: &str, why: Option<&str>) -> Result<Conclusion> {
    let why = why.map(hand::reason).transpose()?;
    let config = context.config()?;
    let (_lock, store) = open_ledger(context, &config, "revoke").await?;
    let student_id = hand::one(&store, student_id).await?;
    if store.timeline(&student_id).await?.is_none() {
        return Err(unknown(&config, &store, &student_id).await?);
    }
    let deed = context.deed("revoke", why.as_deref(), String::new(), vec![student_id.as_str().to_owned()]);
    let revoked = store.writer().await?.revoke(deed).await?;
    if revoked == 0 {
        bail!(
            "student {student_id} has no open invitation to revoke; `gradpass show {student_id}` tells why"
        );
    }
    context.console.result(format_args!(
        "student {student_id}: {} revoked. What is in SEEK Pass already stays there",
        counted(revoked, "invitation")
    ));
    context.console.json(&json!({ "student_id": student_id.as_str(), "revoked": revoked }))?;
    Ok(Conclusion::DONE)
}

/// It needs no lock: whoever is on the telephone does not wait for a run, and the running service sees the audit.
pub(super) async fn unlock(context: &Context, student_id: &str, why: Option<&str>) -> Result<Conclusion> {
    let why = why.map(hand::reason).transpose()?;
    let config = context.config()?;
    if config.web.question == Question::None {
        bail!("the page asks no second question (web.question), so nobody is locked out of it");
    }
    let store = Store::open(&config.database).await?;
    let student_id = hand::one(&store, student_id).await?;
    let id = student_id.as_str();
    let Some(timeline) = store.timeline(&student_id).await? else {
        return Err(unknown(&config, &store, &student_id).await?);
    };
    let last = last_wrong_answer(&timeline, &store.audit(Some(id)).await?);
    let is_locked = last.and_then(|last| last.locked_until).is_some_and(|at| at > context.clock.now());
    if last.is_some() {
        let deed = context.deed("unlock", why.as_deref(), String::new(), vec![id.to_owned()]);
        store.writer().await?.note(deed).await?;
    }
    context.console.result(match (is_locked, last) {
        (true, _) => format!(
            "student {id} can answer the second question again, at once; wrong answers until now are forgotten"
        ),
        (false, Some(_)) => {
            format!("student {id} was not locked; wrong answers until now are forgotten")
        }
        (false, None) if timeline.wrong_answers.is_empty() => {
            format!("student {id} was not locked, and has given no wrong answer; nothing was done")
        }
        (false, None) => format!(
            "student {id} was not locked, and has given no wrong answer since the last `gradpass unlock`; nothing was done"
        ),
    });
    context.console.json(&json!({ "student_id": id, "unlocked": last.is_some() }))?;
    Ok(Conclusion::DONE)
}

/// The last wrong answer to the second question since somebody unlocked it.
pub(super) fn last_wrong_answer(timeline: &Timeline, deeds: &[Deed]) -> Option<WrongAnswer> {
    let last = timeline.wrong_answers.last()?;
    let is_unlocked = deeds.iter().any(|deed| deed.act == "unlock" && deed.at >= last.at);
    (!is_unlocked).then_some(*last)
}

/// Whoever was purged can be invited again, if somebody asks for it: by the next roster, since only that knows who it is.
async fn invite_anew(
    context: &Context,
    config: &Config,
    store: &Store,
    student_id: &StudentId,
) -> Result<Conclusion> {
    let key = CodeKey::read(&config.key_file)?;
    if !store.writer().await?.forget_purge(&key, student_id).await? {
        return Err(unknown(config, store, student_id).await?);
    }
    context.console.result(format_args!(
        "student {student_id}: the data were removed by `gradpass purge`; the next import of a roster that lists the \
         student invites anew"
    ));
    context.console.json(&json!({ "student_id": student_id.as_str(), "messages": 0 }))?;
    Ok(Conclusion::DONE)
}

/// Why nothing is known of a student.
pub(super) async fn unknown(config: &Config, store: &Store, student_id: &StudentId) -> Result<anyhow::Error> {
    // without the key nobody can tell who was purged
    let was_purged = match CodeKey::read(&config.key_file) {
        Ok(key) => store.was_purged(&key, student_id).await?,
        Err(_) => false,
    };
    if let Some(words) = not_listed(store, student_id).await? {
        return Ok(anyhow!("{words}"));
    }
    Ok(if was_purged {
        anyhow!(
            "nothing is known of student {student_id} any more: the data were removed by `gradpass purge`"
        )
    } else {
        anyhow!("no roster has held student {student_id}; check the id for a typing mistake")
    })
}

/// Of whom only rejected rows or a hold are known: a sentence that says so.
pub(super) async fn not_listed(store: &Store, student_id: &StudentId) -> Result<Option<String>> {
    let rejected = store.rejected_rows(student_id.as_str()).await?;
    if let Some(first) = rejected.first() {
        return Ok(Some(format!(
            "student {student_id} is not invited, since line {} of {} was rejected: {}",
            first.line, first.roster, first.problem
        )));
    }
    let holds = store.holds().await?;
    let hold = holds.iter().find(|hold| hold.student_id == student_id.as_str());
    Ok(hold.map(|hold| {
        format!(
            "student {student_id} is not invited: no roster has listed the student, who is held: {}",
            hold.reason
        )
    }))
}
