//! The account's settings: what is wrong with them is told, and they may come from elsewhere than the file.

use gradpass::sandbox::relay::healthy;

use super::token_server::TokenServer;
use crate::world::Ran;

#[test]
fn what_is_wrong_with_the_account_is_told_by_line_and_key() {
    let server = TokenServer::numbering();
    let world = server.world("XOAUTH2", healthy());
    let right = std::fs::read_to_string(world.path("gradpass.toml")).unwrap();
    let url = format!("token_url = \"http://{}/tenant/token\"", server.address);
    for (from, to, told) in [
        (
            "username = \"graduations\"\n",
            "",
            "mail.oauth: has no mail.username beside it: whose mailbox is it?",
        ),
        ("username", "password = \"x\"\nusername", "mail.password_file: given beside [mail.oauth]; keep one"),
        (url.as_str(), "", "mail.oauth.token_url: missing"),
        (
            url.as_str(),
            "token_url = \"http://login.example/token\"",
            "mail.oauth.token_url: http:// sends the secret of your account in clear; write https:// (http:// only on this \
             machine, for a trial)",
        ),
        ("client_id = \"mailer\"", "client = \"mailer\"", "mail.oauth.client_id: missing"),
        (
            "client_id = \"mailer\"",
            "client = \"mailer\"",
            "mail.oauth.client: unknown; [mail.oauth] has token_url, client_id, client_secret, client_secret_file, \
             refresh_token, refresh_token_file, scope",
        ),
        ("client_secret_file = \"oauth-secret\"", "", "mail.oauth.client_secret_file: missing"),
        (
            &format!("smtp://{}", world.relay.address()),
            "smtp://relay.example",
            "mail.relay: a password or a token goes in clear only to this machine; use smtp+starttls:// or smtps://",
        ),
    ] {
        assert!(right.contains(from), "{from} in {right}");
        world.write_private("gradpass.toml", &right.replacen(from, to, 1));
        let ran = world.gradpass(&["status"]);
        assert_eq!(ran.code, 2, "{told}");
        assert!(ran.stderr.contains(told), "{told} in {}", ran.stderr);
    }
    world.write_private("gradpass.toml", &right.replace("[mail.oauth]", "oauth = 7\n[other]"));
    let ran = world.gradpass(&["status"]);
    assert!(
        ran.stderr.contains("mail.oauth: is a table; write [mail.oauth] on a line of its own"),
        "{}",
        ran.stderr
    );
}

#[test]
fn the_account_may_come_from_the_environment_and_its_secret_from_a_credential() {
    let server = TokenServer::numbering();
    let world = server.world("XOAUTH2", healthy());
    world.mail("connections = 1");
    std::fs::create_dir(world.path("credentials")).unwrap();
    world.write_private("credentials/gradpass.mail.oauth.client_secret", "private-secret\n");
    let mut command = world.command(&["check"]);
    for (name, value) in [
        ("CREDENTIALS_DIRECTORY", "credentials".to_owned()),
        ("GRADPASS_MAIL_USERNAME", "graduations".to_owned()),
        ("GRADPASS_MAIL_OAUTH_TOKEN_URL", format!("http://{}/", server.address)),
        ("GRADPASS_MAIL_OAUTH_CLIENT_ID", "mailer".to_owned()),
    ] {
        command.env(name, value);
    }
    let ran = Ran::of(&mut command);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(
        server.asked(),
        ["client_id=mailer&client_secret=private-secret&grant_type=client_credentials"]
    );
}

#[test]
fn a_secret_of_the_account_that_others_can_read_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let server = TokenServer::numbering();
    let world = server.world("XOAUTH2", healthy());
    std::fs::set_permissions(world.path("oauth-secret"), std::fs::Permissions::from_mode(0o640)).unwrap();
    let checked = world.gradpass(&["check"]);
    let told = "FAIL  configuration  mail.oauth.client_secret_file: oauth-secret can be read by others; run: chmod 600 oauth-secret";
    assert!(checked.code == 2 && checked.stdout.contains(told), "{}", checked.stdout);
}
