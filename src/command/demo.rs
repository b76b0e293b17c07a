//! `demo`: the whole way on this machine, with stand-ins for the relay and SEEK Pass.

mod walk;

use std::net::SocketAddr;
use std::path::Path;

use anyhow::Result;
use serde_json::json;
use tokio::net::TcpListener;

use super::{Context, rng, status};
use crate::app::{self, Mailing, Reader};
use crate::cli::ImportArguments;
use crate::config::Config;
use crate::email::send::Whom;
use crate::import::Brakes;
use crate::invitation::key::CodeKey;
use crate::redemption;
use crate::report::{Conclusion, Report};
use crate::sandbox::inbox;
use crate::sandbox::relay::{Relay, healthy};
use crate::sandbox::seek::{self, SeekPass};
use crate::shutdown::Shutdown;

const ROSTER: &str = include_str!("../../sample-data/graduates.csv");

pub(super) async fn execute(context: &Context, once: bool) -> Result<Conclusion> {
    let relay = Relay::start(healthy()).await?;
    let inbox = TcpListener::bind(("127.0.0.1", 0)).await?;
    let inbox_address = inbox.local_addr()?;
    tokio::spawn(inbox::serve(inbox, relay.handle()));
    let clock = context.clock.clone();
    let seek_pass = SeekPass::start(seek::Settings::new(move || clock.now())).await?;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let page = listener.local_addr()?;

    let folder = tempfile::tempdir()?;
    let roster = folder.path().join("graduates.csv");
    std::fs::write(&roster, ROSTER)?;
    let config = config(folder.path(), &relay, &seek_pass, page)?;
    CodeKey::create(&config.key_file, &mut rng()?)?;
    let app = context.app_with(config);
    let mailing = Mailing::load(&app)?;
    let store = app.open().await?;

    let how = (&ImportArguments::default(), Reader::Person, Brakes::Stop);
    let imported = app::read(&app, &mailing.key, &store, &[roster], how).await?;
    let mut report = Report { roster: (&imported).into(), ..Report::default() };
    let shutdown = super::shutdown()?;
    report.mail = mailing.send(&app, &store, Whom::Everybody, shutdown.clone()).await?.into();
    let console = context.console;
    for line in report.roster_lines() {
        console.result(line);
    }
    for line in report.mail_lines() {
        console.result(line);
    }

    let state = app::service(&app, &store).await?;
    let (stop, stopping) = Shutdown::by_hand();
    let clock = context.clock.clone();
    let serving = tokio::spawn(async move { redemption::serve(listener, state, &clock, stopping).await });
    if once {
        let walked = walk::walk(&relay.messages(), console, &context.clock).await?;
        report.follow_up = app::ask(&app, &store, &shutdown).await?;
        for line in report.follow_up_lines() {
            console.result(line);
        }
        let counts = status::Counts::of(&store, None).await?;
        for line in counts.lines() {
            console.result(line);
        }
        console.json(&json!({
            "roster": report.roster,
            "mail": report.mail,
            "delivered": relay.messages().len(),
            "redeemed": walked,
            "follow_up": report.follow_up,
            "status": counts.json(),
        }))?;
    } else {
        console.say(format_args!("inbox of all graduates:  http://{inbox_address}/"));
        console.say(format_args!("redemption page:         http://{page}/"));
        console.say(format_args!("stand-in SEEK Pass:      {}", seek_pass.base_url()));
        console.say("Open a mail in the inbox and follow its link. Ctrl-C ends the demo; nothing is kept.");
        let mut shutdown = shutdown;
        shutdown.requested().await;
    }
    stop.stop();
    serving.await?;
    Ok(report.conclusion())
}

fn config(folder: &Path, relay: &Relay, seek_pass: &SeekPass, page: SocketAddr) -> Result<Config> {
    let text = format!(
        r#"
        [institution]
        name = "Northfield University"
        support_email = "graduations@northfield.example"
        time_zone = "Australia/Melbourne"
        domains = ["northfield.example"]
        [database]
        path = "gradpass.db"
        [code]
        key_file = "code.key"
        [mail]
        relay = "smtp://{}"
        from = "Northfield University <graduations@northfield.example>"
        [web]
        listen = "{page}"
        public_url = "http://{page}"
        [seek_pass]
        base_url = "{}"
        client_id = "sandbox"
        client_secret = "sandbox-secret"
        id_prefix = "northfield"
        "#,
        relay.address(),
        seek_pass.base_url(),
    );
    Ok(Config::parse(&text, &folder.join("gradpass.toml"))?)
}
