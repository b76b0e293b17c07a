//! `demo`: the whole way on this machine, with stand-ins for the relay and SEEK Pass.

use std::path::Path;

use anyhow::Result;
use serde_json::json;
use tokio::net::TcpListener;

use super::run::Prepared;
use super::{Context, chance, import};
use crate::config::Config;
use crate::invitation::key::CodeKey;
use crate::report::{Exit, Report};
use crate::sandbox::inbox;
use crate::sandbox::relay::{Relay, healthy};
use crate::sandbox::seek::{self, SeekPass};
use crate::shutdown::Shutdown;
use crate::store::Store;

const ROSTER: &str = include_str!("../../sample-data/graduates.csv");

pub(super) async fn execute(context: &Context, once: bool) -> Result<Exit> {
    let relay = Relay::start(healthy()).await?;
    let inbox = TcpListener::bind(("127.0.0.1", 0)).await?;
    let inbox_address = inbox.local_addr()?;
    tokio::spawn(inbox::serve(inbox, relay.handle()));
    let clock = context.clock.clone();
    let seek_pass = SeekPass::start(seek::Settings::new(move || clock.now())).await?;

    let folder = tempfile::tempdir()?;
    let roster = folder.path().join("graduates.csv");
    std::fs::write(&roster, ROSTER)?;
    let config = config(folder.path(), &relay, &seek_pass)?;
    CodeKey::create(&config.key_file, &mut chance()?)?;
    let prepared = Prepared::with(config)?;
    let store = Store::open(&prepared.config.database).await?;
    let config = std::sync::Arc::clone(&prepared.config);

    let imported = import::read(context, &config, &store, &[roster], &import::no_options()).await?;
    let mut report = Report { roster: (&imported).into(), ..Report::default() };
    report.mail = prepared.send(context, &store).await?;

    let console = &context.console;
    console.result(report.roster_line());
    for line in report.mail_lines() {
        console.result(line);
    }
    console.json(
        &json!({ "roster": report.roster, "mail": report.mail, "delivered": relay.messages().len() }),
    )?;
    if !once {
        console.say(format_args!("inbox of all graduates:  http://{inbox_address}/"));
        console.say(format_args!("stand-in SEEK Pass:      {}", seek_pass.base_url()));
        console.say("Ctrl-C ends the demo; nothing is kept.");
        let mut shutdown = Shutdown::on_signals(|| std::process::exit(0))?;
        shutdown.wished().await;
    }
    Ok(report.exit())
}

fn config(folder: &Path, relay: &Relay, seek_pass: &SeekPass) -> Result<Config> {
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
        public_url = "https://seekpass.northfield.example"
        [seek_pass]
        base_url = "{}"
        client_id = "sandbox"
        client_secret = "sandbox-secret"
        "#,
        relay.address(),
        seek_pass.base_url(),
    );
    Ok(Config::parse(&text, &folder.join("gradpass.toml"))?)
}
