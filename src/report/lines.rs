//! The same for people, a line each.

use super::{FollowUpReport, MailReport, Report, RosterFigures};
use crate::plural::{NAMED, chosen, counted, named};

impl Report {
    /// The roster's lines for people.
    #[must_use]
    pub fn roster_lines(&self) -> Vec<String> {
        let RosterFigures { rows, new, unchanged, changed, withdrawn, rejected } = self.roster;
        let mut lines = vec![format!(
            "roster: {}: {new} new, {unchanged} unchanged, {changed} changed, {rejected} rejected; {withdrawn} withdrawn",
            counted(rows, "row")
        )];
        if self.repeated > 0 {
            let say = if self.repeated == 1 { "says" } else { "say" };
            lines.push(format!(
                "{} {say} the same as another, or add a major to it",
                counted(self.repeated, "row")
            ));
        }
        lines
    }

    /// Who is held and who needs a person, by student id.
    #[must_use]
    pub fn people_lines(&self) -> Vec<String> {
        self.people_lines_with("`gradpass show STUDENT_ID` says why", "`gradpass list rejected` says which")
    }

    /// The same of a dry run: what it found is in no ledger that could be asked.
    #[must_use]
    pub fn people_lines_of_dry_run(&self) -> Vec<String> {
        self.people_lines_with(
            "what is said of the roster, and the preview, say why",
            "the preview says which",
        )
    }

    fn people_lines_with(&self, says_why: &str, says_which: &str) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.held.is_empty() {
            let all = if self.held.len() > NAMED { "; `gradpass list held` lists them all" } else { "" };
            lines.push(format!("held, and so not mailed: {}{all}", named(&self.held)));
        }
        if !self.late_changes.is_empty() {
            let all = if self.late_changes.len() > NAMED {
                "; `gradpass list changed-after-verified` lists them all"
            } else {
                ""
            };
            lines.push(format!("changed after SEEK Pass was told, and nobody has settled it{all}:"));
            lines.extend(self.late_changes.iter().take(NAMED).map(|change| format!("  {change}")));
        }
        if !self.needs_a_person.is_empty() {
            let who = named(&self.needs_a_person);
            let all = if self.needs_a_person.len() > NAMED {
                ", and `gradpass list needs-a-person` lists them all"
            } else {
                ""
            };
            lines.push(format!("needs a person: {who}; {says_why}{all}"));
        }
        if self.rows_without_id > 0 {
            let rows = counted(self.rows_without_id, "rejected row");
            lines.push(format!("needs a person: {rows} without a readable student id; {says_which}"));
        }
        lines
    }

    /// The mail's lines for people, with what to do where something is to be done.
    #[must_use]
    pub fn mail_lines(&self) -> Vec<String> {
        let MailReport { sent, reminders, waiting, deferred, refused, in_doubt, stopped, replies, .. } =
            &self.mail;
        let mut lines = vec![format!(
            "mail: {sent} sent, {waiting} waiting, {deferred} deferred, {refused} refused, {in_doubt} in doubt"
        )];
        if *reminders > 0 {
            lines.push(format!("  {} of those sent", counted(*reminders, "reminder")));
        }
        lines.extend(replies.iter().map(|reply| format!("  {reply}")));
        if let Some(why) = stopped {
            lines.push(format!("stopped early: {why}"));
        }
        if *refused > 0 {
            let addresses = chosen(*refused, "address", "addresses");
            lines.push(format!("refused: mend the {addresses} in the roster, or run `gradpass retry`"));
        }
        if *in_doubt > 0 {
            lines.push(format!(
                "in doubt: nobody knows whether {} arrived; `gradpass retry` sends {them} again, and {they} may then \
                 arrive twice",
                counted(*in_doubt, "email"),
                them = chosen(*in_doubt, "it", "them"),
                they = chosen(*in_doubt, "it", "they"),
            ));
        }
        if *waiting + *deferred > 0 {
            let them = chosen(*waiting + *deferred, "it", "them");
            lines.push(format!("left over: the next run goes on with {them}"));
        }
        lines
    }

    /// What came back of earlier mail, for people; nothing where nothing did.
    #[must_use]
    pub fn bounced_lines(&self) -> Vec<String> {
        let MailReport { bounced, bounced_for_a_while, .. } = self.mail;
        if bounced == 0 {
            return Vec::new();
        }
        let again = match (bounced, bounced_for_a_while) {
            (_, 0) => String::new(),
            (all, again) if all == again => ", tried again by later runs".into(),
            (_, again) => format!(", {again} of them tried again by later runs"),
        };
        vec![format!(
            "bounced: {} not reached{again}; `gradpass list bounced` says who and why",
            counted(bounced, "graduate")
        )]
    }

    /// The follow-up's lines for people.
    #[must_use]
    pub fn follow_up_lines(&self) -> Vec<String> {
        let FollowUpReport {
            verified,
            canceled,
            lapsed,
            incomplete,
            revoked,
            unshared,
            unknown,
            rejected,
            withheld,
            stopped,
        } = &self.follow_up;
        let mut lines = vec![format!(
            "follow-up: {verified} verified, {canceled} canceled, {lapsed} lapsed, {incomplete} still to be finished"
        )];
        if *revoked + *unshared > 0 {
            lines.push(format!(
                "no longer in SEEK Pass: {revoked} revoked, {unshared} unshared by the graduate; the same code adds \
                 {} again, and `gradpass list revoked unshared` says who",
                chosen(*revoked + *unshared, "it", "them")
            ));
        }
        lines.extend(unknown.iter().map(|(word, count)| {
            format!(
                "SEEK Pass says \"{word}\" of {}, which this program does not know; nothing changes",
                counted(*count, "submission")
            )
        }));
        if let Some(why) = stopped {
            lines.push(format!("follow-up stopped early: {why}"));
        }
        lines.extend(withheld.iter().cloned());
        if *rejected > 0 {
            lines.push(format!(
                "rejected: SEEK Pass will not take {}; `gradpass show STUDENT_ID` and the log of \
                 serve say why. Mend it, then `gradpass retry`",
                counted(*rejected, "submission")
            ));
        }
        lines
    }
}
