//! `gradpass send` without its marks, to be measured against: messages leave, and the ledger does not hear of them.
//! Run in a folder with a configuration (`benches/mail_marks.py` does).

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use gradpass::clock::Clock;
use gradpass::config::Config;
use gradpass::email::Composer;
use gradpass::email::send::{Counters, Sender, Whom};
use gradpass::email::session::{Client, Timeouts};
use gradpass::email::templates::Templates;
use gradpass::invitation::key::CodeKey;
use gradpass::shutdown::Shutdown;
use gradpass::store::Store;
use rand::SeedableRng;
use rand::rngs::{StdRng, SysRng};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let config = Config::read(Path::new("gradpass.toml"))?;
    let store = Store::open(&config.database).await?;
    let writer = store.writer().await?.without_turns();
    let sender = Sender {
        writer,
        store: store.clone(),
        composer: Composer::new(
            Templates::load(config.mail.templates.as_deref(), &config.institution.languages)?,
            &config,
        ),
        key: CodeKey::read(&config.key_file)?,
        client: Client::new(&config.mail, &Clock::system(), Timeouts::RFC_5321)?,
        config: Arc::new(config),
        clock: Clock::system(),
        rng: StdRng::try_from_rng(&mut SysRng)?,
        whom: Whom::Everybody,
        until: None,
        shutdown: Shutdown::by_hand().1,
        counters: Arc::new(Counters::default()),
    };
    sender.send().await?;
    store.checkpoint().await?;
    Ok(())
}
