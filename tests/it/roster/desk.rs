//! A registry's desk for these tests: the world with more to say about rosters and about what the ledger holds.

use std::ops::Deref;
use std::path::{Path, PathBuf};

use gradpass::import::{self, Audience, ImportError, Imported, Options};
use gradpass::invitation::key::CodeKey;
use gradpass::roster::{Decoding, Mistake};
use gradpass::sandbox::relay::Script;
use gradpass::store::Store;
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use tokio::runtime::Runtime;

use crate::world::{World, anything_goes, process, runtime};

/// The header of the small rosters that the tests write themselves.
pub const HEADER: &str =
    "student_id,full_name,email,course_code,course_name,conferral_year,majors,honours,language";

/// A world at whose desk somebody imports rosters.
pub struct Desk(World);

impl Deref for Desk {
    type Target = World;

    fn deref(&self) -> &World {
        &self.0
    }
}

/// Keeps what an import tells: encodings and mistakes, and what is only noted.
#[derive(Default)]
pub struct Heard(pub Vec<String>, pub Vec<String>);

impl Audience for Heard {
    fn decoding(&mut self, roster: &str, decoding: Decoding, examples: &[String]) {
        if let Decoding::Configured(encoding) | Decoding::Guessed(encoding) = decoding {
            self.0.push(format!("{roster}: {}: {}", encoding.name(), examples.join(" · ")));
        }
    }

    fn note(&mut self, roster: &str, note: &str) {
        self.1.push(format!("{roster}: {note}"));
    }

    fn mistake(&mut self, roster: &str, mistake: &Mistake) {
        self.0.push(format!("{roster}: {mistake}"));
    }
}

/// A file of `sample-data/`.
pub fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name)
}

/// A small roster: the header and these lines.
pub fn roster_of<'a>(lines: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = format!("{HEADER}\n");
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// A line of a small roster, of a graduate with nothing odd.
pub fn line(number: usize) -> String {
    format!("s{number:07},Ada Number {number},s{number:07}@mailbox.example,BA,Bachelor of Arts,2026,,,")
}

impl Desk {
    pub fn new() -> Self {
        Self(World::new())
    }

    /// A desk with a relay that follows a script.
    pub fn with_script(script: Script) -> Self {
        Self(World::with(script))
    }

    /// Writes the configuration with these lines in `[mail]`, and whatever tables follow them.
    pub fn configure(&self, more: &str) {
        self.mail(&format!("connections = 1\n{more}"));
    }

    /// Writes a file into the folder, and the folders above it.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Imports rosters as the program does.
    pub fn import_with(
        &self,
        rosters: &[PathBuf],
        options: &Options,
        heard: &mut Heard,
    ) -> Result<Imported, ImportError> {
        process(self.importing(rosters, options, heard))
    }

    /// The same as a future, for those who let it die.
    pub async fn importing(
        &self,
        rosters: &[PathBuf],
        options: &Options,
        heard: &mut Heard,
    ) -> Result<Imported, ImportError> {
        let config = self.config();
        let store = Store::open(&config.database).await?;
        let now = self.clock.now();
        let today = now.to_zoned(config.institution.time_zone.clone()).date();
        let key = CodeKey::read(&config.key_file).unwrap();
        let at = (today, now);
        import::import(&store, rosters, &config.roster, options, &key, at, heard).await
    }

    /// Imports a roster that has to succeed: new, unchanged, changed, withdrawn, rejected.
    pub fn import(&self, roster: impl AsRef<[u8]>) -> [i64; 5] {
        let path = self.write("roster.csv", roster);
        figures(&self.import_with(&[path], &anything_goes(), &mut Heard::default()).unwrap())
    }

    /// The addresses that were mailed so far, in their order.
    pub fn mailed(&self) -> Vec<String> {
        self.relay.messages().iter().map(|message| message.recipient.join(" ")).collect()
    }

    /// Writes into the ledger and stays connected, so that the change is in the ledger's log alone; it ends when it
    /// is dropped.
    pub fn change_in_the_log(&self, sql: &'static str) -> Runtime {
        let options = SqliteConnectOptions::new().filename(self.ledger());
        let runtime = runtime();
        let held = runtime.block_on(async {
            let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
            sqlx::query(sql).execute(&mut connection).await.unwrap();
            connection
        });
        runtime.spawn(async move {
            std::future::pending::<()>().await;
            drop(held);
        });
        runtime
    }

    /// The rows of a query of one text column.
    pub fn query(&self, sql: &'static str) -> Vec<String> {
        self.texts(sql)
    }

    /// Every row of every table, so that two ledgers can be held against each other.
    pub fn everything(&self) -> Vec<String> {
        if self.is_on_server() {
            return vec![self.at_rest()];
        }
        self.query(
            "SELECT * FROM (SELECT 'batch ' || json_array(id, roster, hex(sha256), started_at, finished_at, row_count,
                 rejected) FROM batch ORDER BY id)
             UNION ALL SELECT * FROM (SELECT 'graduate ' || json_array(id, student_id, full_name, email,
                 date_of_birth, language) FROM graduate ORDER BY id)
             UNION ALL SELECT * FROM (SELECT 'invitation ' || json_array(id, graduate_id, state, created_at)
                 FROM invitation ORDER BY id)
             UNION ALL SELECT * FROM (SELECT 'qualification ' || json_array(graduate_id, course_key, invitation_id,
                 course_code, course_name, conferral_year, conferral_date, awaiting_graduation, majors, honours,
                 withdrawn_at) FROM qualification ORDER BY graduate_id, course_key)
             UNION ALL SELECT * FROM (SELECT 'message ' || json_array(id, invitation_id, batch_id, kind, state, due_at,
                 attempts, sent_at) FROM message ORDER BY id)
             UNION ALL SELECT * FROM (SELECT 'code ' || json_array(hex(hash), invitation_id, made_at, expires_at,
                 retired_at) FROM code ORDER BY hash)",
        )
    }

    /// What the ledger says of each qualification, its invitation and the messages of that: one line each.
    pub fn awards(&self) -> Vec<String> {
        self.query(
            "SELECT graduate.student_id || ' ' || graduate.full_name || ' <' || graduate.email || '> '
                 || coalesce(graduate.language, '-') || ' ' || coalesce(graduate.date_of_birth, '-') || ' '
                 || qualification.course_key || ' \"' || qualification.course_name || '\" '
                 || coalesce(CAST(qualification.conferral_year AS TEXT), '-') || ' ' || coalesce(qualification.conferral_date, '-')
                 || CASE qualification.awaiting_graduation WHEN 1 THEN ' awaited' ELSE '' END
                 || ' [' || replace(qualification.majors, '\n', '; ') || '] '
                 || coalesce(qualification.honours, '-')
                 || CASE WHEN qualification.withdrawn_at IS NULL THEN '' ELSE ' gone' END || ' | ' || invitation.state || ' | '
                 || coalesce((SELECT string_agg(state, ' ') FROM (
                        SELECT state FROM message WHERE message.invitation_id = invitation.id ORDER BY id) AS states), 'none')
             FROM qualification
             JOIN graduate ON graduate.id = qualification.graduate_id
             JOIN invitation ON invitation.id = qualification.invitation_id
             ORDER BY graduate.student_id, qualification.course_key",
        )
    }
}

/// New, unchanged, changed, withdrawn, rejected.
pub fn figures(imported: &Imported) -> [i64; 5] {
    let merged = imported.merged;
    let taken = merged.new + merged.unchanged + merged.changed;
    assert_eq!(imported.rows, taken + imported.rejected + imported.repeated);
    [merged.new, merged.unchanged, merged.changed, merged.withdrawn, imported.rejected]
}
