//! `show` of somebody of whom only rejected rows or a hold are known.

use anyhow::Result;
use serde_json::json;

use crate::command::{Context, audit};
use crate::config::Config;
use crate::graduate::StudentId;
use crate::report::Conclusion;
use crate::store::Store;

pub(super) async fn tell(
    context: &Context,
    config: &Config,
    store: &Store,
    (student_id, sentence): (&StudentId, &str),
) -> Result<Conclusion> {
    let (id, zone, console) = (student_id.as_str(), &config.institution, &context.console);
    let (rejected, deeds) = (store.rejected_rows(id).await?, store.audit(Some(id)).await?);
    let holds: Vec<_> = store.holds().await?.into_iter().filter(|hold| hold.student_id == id).collect();
    console.result(sentence);
    for deed in &deeds {
        console.result(format_args!("{}  {}", zone.local_time(deed.at), audit::sentence(deed)));
    }
    for hold in &holds {
        let since = zone.local_time(hold.since);
        console.result(format_args!("now: held since {since}, and so not mailed: {}", hold.reason));
    }
    for row in &rejected {
        console
            .result(format_args!("now: line {} of {} was rejected: {}", row.line, row.roster, row.problem));
    }
    let timeline = deeds.iter().map(
        |deed| json!({ "at": zone.timestamp(deed.at), "event": deed.act, "detail": audit::sentence(deed) }),
    );
    let rejected =
        rejected.iter().map(|row| json!({ "roster": row.roster, "line": row.line, "problem": row.problem }));
    console.json(&json!({
        "student_id": id,
        "sentence": sentence,
        "qualifications": 0,
        "held": holds.iter().map(|hold| hold.reason.as_str()).collect::<Vec<_>>(),
        "rejected_rows": rejected.collect::<Vec<_>>(),
        "timeline": timeline.collect::<Vec<_>>(),
        "invitations": [],
        "messages": [],
        "submissions": [],
    }))?;
    Ok(Conclusion::DONE)
}
