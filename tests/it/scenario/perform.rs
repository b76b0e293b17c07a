//! The steps of a scenario, done as the program does them.

use std::path::PathBuf;

use anyhow::{Result, ensure};
use gradpass::app::{self, App, Night, Reader, Reissue};
use gradpass::cli::ImportArguments;
use gradpass::report::{Conclusion, MailReport};

use super::model::{Roster, csv, student, student_id};
use super::{Scenario, Step};

impl Scenario {
    /// The commands, as `gradpass` carries them out; of those that send, how the mail went.
    pub(super) async fn perform(&self, step: &Step) -> Result<Option<MailReport>> {
        let app = self.world.app();
        match step {
            Step::Import(roster) => {
                app::import(&app, &[self.file(roster)], &meant(), Reader::Nobody).await?;
            }
            Step::Send => return Ok(Some(app::send(&app, None).await?.mail)),
            Step::Run(roster) => {
                let rosters = vec![self.file(roster)];
                let night = Night { rosters, arguments: meant(), ..Night::default() };
                return Ok(Some(app::run(&app, &night).await?.mail));
            }
            Step::Retry => return Ok(Some(app::retry(&app, None, None).await?.mailed.into())),
            Step::Press(numbers) => self.press(&app.open().await?, numbers).await?,
            Step::FollowUp => {
                app::follow_up(&app).await?;
            }
            Step::Reissue(number) => {
                app::reissue(&app, &student_id(*number), Reissue::default()).await?;
            }
            Step::Again(number) => {
                let wanted = Reissue { again: true, why: Some("she asked for it"), ..Reissue::default() };
                app::reissue(&app, &student_id(*number), wanted).await?;
            }
            Step::Revoke(number) => {
                app::revoke(&app, &student_id(*number), None).await?;
            }
            Step::Hold(number) => {
                app::hold(&app, &student_id(*number), "asked to wait").await?;
            }
            Step::Release(number) => {
                app::release(&app, &student_id(*number), None).await?;
            }
            Step::Correct(number, year) => self.correct(&app, *number, *year).await?,
            Step::Approve => self.approve(&app).await?,
            Step::Settle(number) => {
                app::settle(&app, &[student_id(*number)], "told SEEK Pass").await?;
            }
            Step::Unlock(number) => {
                // what the command writes down where the page asks a second question
                let deed = app.deed("unlock", None, String::new(), vec![student_id(*number)]);
                app.open().await?.writer().await?.note(deed).await?;
            }
            Step::Confer => {
                let (_lock, store) = app.open_ledger("run").await?;
                app::invite_conferred(&app, &store).await?;
            }
            Step::Remind => {
                let (_lock, store) = app.open_ledger("run").await?;
                app::make_reminders(&app, &store).await?;
            }
            Step::OptOut(number) => {
                let store = app.open().await?;
                let timeline = store.timeline(&student(*number)).await?;
                for invitation in timeline.iter().flat_map(|timeline| &timeline.invitations) {
                    store.writer().await?.opt_out(invitation.id, app.clock.now()).await?;
                }
            }
            Step::Purge => {
                let purged = app::purge(&app, None).await?;
                ensure!(purged.conclusion() == Conclusion::DONE, "somebody reads the ledger");
            }
        }
        Ok(None)
    }

    /// Corrects nothing where the ledger lists none of her qualifications.
    async fn correct(&self, app: &App, number: usize, year: u16) -> Result<()> {
        let known = app.open().await?.correctable(&student(number)).await?;
        if known.is_some_and(|(_, listed)| listed.len() == 1) {
            let values = [format!("conferral_year={year}")];
            app::correct(app, &student_id(number), &values, "by the faculty").await?;
        }
        Ok(())
    }

    /// Approves what a `send` would do now.
    async fn approve(&self, app: &App) -> Result<()> {
        let (lock, store) = app.open_ledger("approve").await?;
        let plan = app::plan(app, &store, &[], &ImportArguments::default()).await?;
        drop(lock);
        app::approve(app, &plan, Some("Registrar".to_owned()), None).await?;
        let approvals = store.approvals(plan.id()).await?;
        assert_eq!(approvals.len(), 1, "one person approved it, however often");
        Ok(())
    }

    pub(super) fn file(&self, roster: &Roster) -> PathBuf {
        self.world.write("roster.csv", csv(roster).as_bytes())
    }
}

/// Whatever the roster says is meant.
fn meant() -> ImportArguments {
    ImportArguments { allow_removals: true, ..ImportArguments::default() }
}
