//! A redirect is followed where it keeps the POST and stays at home, and not for ever.

use gradpass::seek::Outcome;

use super::account::{PATIENT, Server, accepted, credential, reply, trouble};

const LINK: &str = "{\"redirect_uri\":\"https://seek.example/#x\"}";

fn redirect(status: u16, to: &str) -> Vec<u8> {
    reply(&format!("{status} Redirect"), &format!("Location: {to}\r\n"), "")
}

#[tokio::test]
async fn a_redirect_that_keeps_the_post_is_followed() {
    for status in [307, 308] {
        let server = Server::answering(move |request| {
            if request.starts_with("POST /moved ") {
                reply("201 Created", "", LINK)
            } else {
                redirect(status, "/moved")
            }
        })
        .await;
        let link = accepted(server.client(PATIENT).add("northfield-1", &credential()).await);
        assert_eq!(link.as_str(), "https://seek.example/#x");
        let requests = server.requests();
        let [first, second] = &requests[..] else { panic!("{requests:?}") };
        assert!(second.contains("authorization: Bearer "), "{second}");
        assert!(!second.to_lowercase().contains("referer"), "{second}");
        assert_eq!(first.split_once("\r\n\r\n").unwrap().1, second.split_once("\r\n\r\n").unwrap().1);
    }
}

#[tokio::test]
async fn a_redirect_that_loses_the_post_is_not_followed() {
    for status in [301, 302, 303] {
        let server = Server::answering(move |_| redirect(status, "/moved")).await;
        let outcome = server.client(PATIENT).add("northfield-1", &credential()).await;
        assert!(matches!(outcome, Outcome::Unknown(_)), "{status}: {outcome:?}");
        assert!(trouble(outcome).words.contains("leads elsewhere; check seek_pass.base_url"), "{status}");
        assert_eq!(server.requests().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn nothing_is_sent_to_another_origin() {
    let other = Server::answering(|_| reply("201 Created", "", LINK)).await;
    let elsewhere = [
        format!("{}/moved", other.base_url),
        // the same server under another name is another origin
        other.base_url.replace("127.0.0.1", "localhost"),
        "ftp://127.0.0.1/".to_owned(),
    ];
    for to in elsewhere {
        let server = Server::answering(move |_| redirect(307, &to)).await;
        let outcome = server.client(PATIENT).add("northfield-1", &credential()).await;
        assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
        trouble(outcome);
        assert_eq!(server.requests().len(), 1);
    }
    assert_eq!(other.all_requests(), Vec::<String>::new());
}

#[tokio::test]
async fn a_circle_is_left_after_three_redirects() {
    let server = Server::answering(|_| redirect(307, "/api/partner/v1/add/education.json")).await;
    let outcome = server.client(PATIENT).add("northfield-1", &credential()).await;
    assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
    trouble(outcome);
    assert_eq!(server.requests().len(), 4);
}
