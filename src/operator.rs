//! Who is at the keyboard, for the audit.

use nix::unistd::{Uid, User};

/// The login name: of whoever called `sudo`, else of the user, by the user database where the environment, as that of cron
/// may, tells neither; the number of a user whom that does not know. It is who it says it is, and no proof.
#[expect(
    clippy::disallowed_methods,
    reason = "the login name is no setting; nothing else tells who called sudo"
)]
#[must_use]
pub fn login_name() -> String {
    let named = ["SUDO_USER", "USER", "LOGNAME"].iter().filter_map(|name| std::env::var(name).ok());
    let user = Uid::current();
    let named = named.chain(User::from_uid(user).ok().flatten().map(|known| known.name));
    let printable = |name: String| name.chars().filter(|it| !it.is_control()).take(64).collect::<String>();
    named.map(printable).find(|name| !name.trim().is_empty()).unwrap_or_else(|| format!("user {user}"))
}
