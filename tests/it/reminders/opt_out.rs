//! How a graduate asks for no more reminders.

use reqwest::Method;

use super::{AFTER, days_pass, invited, night};
use crate::world::{World, process, text};

/// The address of the page in the reminder that came last, below the public one.
fn opt_out_path(world: &World) -> String {
    let mails = world.relay.messages();
    let text = text(mails.last().unwrap());
    let link = text.split_whitespace().find(|word| word.contains("/opt-out/")).unwrap();
    link.strip_prefix("https://seekpass.northfield.example").unwrap().to_owned()
}

#[test]
fn a_look_at_the_page_changes_nothing_and_the_button_opts_out() {
    let (world, _seek, _) = invited(1, AFTER);
    days_pass(&world, 7);
    assert_eq!(night(&world).len(), 1);
    let path = opt_out_path(&world);
    let service = world.serve();
    let visitor = service.visitor();
    let look = visitor.get(&path);
    assert!(look.status == 200 && look.body.contains("Send me no more reminders"), "{}", look.body);
    let scanner = service.visitor().with("purpose", "prefetch").with("sec-purpose", "prefetch;prerender");
    assert!(scanner.get(&path).status == 200 && scanner.method(Method::HEAD, &path).status == 200);
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
        assert_eq!(scanner.method(method, &path).status, 405);
    }
    let forged = format!("{}x", &path[..path.len() - 1]);
    for method in [Method::GET, Method::POST] {
        assert_eq!(visitor.method(method, &forged).status, 404);
    }
    let opted_out = || world.look(async |store| store.reminder_figures().await.unwrap().opted_out);
    assert_eq!(opted_out(), 0);
    for _ in 0..2 {
        let answer = visitor.method(Method::POST, &path);
        assert!(answer.status == 200 && answer.body.contains("no more reminders"), "{}", answer.body);
    }
    assert_eq!(opted_out(), 1);
    drop(service);
    days_pass(&world, 14);
    assert!(night(&world).is_empty());
    let listed = world.gradpass(&["list", "opted-out"]);
    assert!(listed.stdout.starts_with("s0001  opted-out since"), "{listed:?}");
    let shown = world.gradpass(&["show", "s0001"]);
    assert!(shown.stdout.contains("opted out: by graduate: no more reminders, on the page"), "{shown:?}");
    assert!(world.gradpass(&["audit"]).stdout.contains("opt-out"));
}

#[test]
fn mail_readers_get_a_button_only_where_the_university_wants_it() {
    for (lines, has_button) in
        [(AFTER.to_owned(), false), (format!("{AFTER}\nlist_unsubscribe = true"), true)]
    {
        let (world, _seek, _) = invited(1, &lines);
        days_pass(&world, 7);
        assert_eq!(night(&world).len(), 1);
        let header =
            format!("List-Unsubscribe: <https://seekpass.northfield.example{}>\r\n", opt_out_path(&world));
        let mails: Vec<_> =
            world.relay.messages().iter().map(|mail| String::from_utf8(mail.data.clone()).unwrap()).collect();
        assert!(!mails[0].contains("List-Unsubscribe"), "an invitation has none");
        assert_eq!(mails[1].contains(&header), has_button);
        assert_eq!(mails[1].contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), has_button);
        assert_eq!(mails[1].matches("List-Unsubscribe").count(), if has_button { 3 } else { 0 });
    }
}

/// RFC 8058 §3.2: a POST to the address of the header, from the mail provider or a mail reader in a browser.
#[test]
fn the_button_of_a_mail_reader_opts_out_at_once() {
    for (name, value) in [
        ("user-agent", "a mail provider"),
        ("origin", "null"),
        ("origin", "https://webmail.example"),
        ("sec-fetch-site", "cross-site"),
    ] {
        let (world, _seek, _) = invited(1, &format!("{AFTER}\nlist_unsubscribe = true"));
        days_pass(&world, 7);
        assert_eq!(night(&world).len(), 1);
        let service = world.serve();
        let reader = service.visitor().with(name, value);
        let one_click = [("List-Unsubscribe", "One-Click")];
        let answer = process(reader.ask(Method::POST, &opt_out_path(&world), Some(&one_click)));
        assert_eq!(answer.status, 200, "{name}: {value}");
        drop(service);
        days_pass(&world, 14);
        assert!(night(&world).is_empty(), "{name}: {value}");
    }
}
