//! The HTML of the inbox. Whatever came out of a message goes through [`escape`].

use crate::sandbox::look::{self, escape};

const NOTE: &str = "<strong>Stand-in inbox of the gradpass demo.</strong> \
    These messages went no further than this computer.";

fn frame(title: &str, content: &str) -> String {
    look::frame(title, NOTE, content)
}

/// One line of the list.
pub(super) fn entry(number: usize, recipient: &str, subject: &str) -> String {
    let subject = if subject.is_empty() { "(no subject)" } else { subject };
    format!(
        "<li><a href=\"/message/{number}\"><span class=\"subject\" dir=\"auto\">{}</span>\
         <span class=\"soft\">{number} · to {}</span></a></li>\n",
        escape(subject),
        escape(recipient)
    )
}

/// The list, newest last; `earlier` messages are not in it.
pub(super) fn list(entries: impl Iterator<Item = String>, count: usize, earlier: usize) -> String {
    let plural = if count == 1 { "" } else { "s" };
    let title = format!("{count} message{plural}");
    let content = match (count, earlier) {
        (0, _) => "<p>Nothing has arrived yet. Reload this page once something was sent.</p>\n".to_owned(),
        (_, 0) => "<p class=\"soft\">The newest is the last.</p>\n".to_owned(),
        _ => format!("<p class=\"soft\">The newest is the last; the first {earlier} are not listed.</p>\n"),
    };
    let entries: String = entries.collect();
    frame(&title, &format!("<h1>{title}</h1>\n{content}<ol>\n{entries}</ol>\n"))
}

/// The answer to an address or a message that is not there.
pub(super) fn nothing_here() -> String {
    frame("Not here", "<h1>There is no such message</h1>\n<p><a href=\"/\">All messages</a></p>\n")
}

/// What the page of one message shows.
pub(super) struct Shown<'a> {
    pub(super) number: usize,
    pub(super) last: usize,
    pub(super) subject: &'a str,
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    pub(super) date: &'a str,
    /// Sender and recipients as the relay was told.
    pub(super) envelope: (&'a str, &'a str),
    pub(super) html: Option<&'a str>,
    pub(super) text: Option<&'a str>,
}

impl Shown<'_> {
    pub(super) fn page(&self) -> String {
        let number = self.number;
        let previous = if number > 1 { link(number - 1, "Previous") } else { String::new() };
        let next = if number < self.last { link(number + 1, "Next") } else { String::new() };
        let subject = if self.subject.is_empty() { "(no subject)" } else { self.subject };
        let rows = [
            ("From", self.from.to_owned()),
            ("To", self.to.to_owned()),
            ("Date", self.date.to_owned()),
            ("Envelope", format!("{} → {}", self.envelope.0, self.envelope.1)),
        ];
        let rows =
            rows.map(|(term, value)| format!("<dt>{term}</dt><dd dir=\"auto\">{}</dd>\n", escape(&value)));
        let html = self.html.map_or("<p>This message has no HTML part.</p>\n".to_owned(), |html| {
            // a link opens in a tab of its own, outside the frame's restrictions: the page it leads to has a form
            format!(
                "<iframe title=\"The message as a mail program shows it\" sandbox=\"allow-popups \
                 allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation\" srcdoc=\"{}\"></iframe>\n",
                escape(&leading_out(html))
            )
        });
        let text = self.text.map_or("<p>This message has no text part.</p>\n".to_owned(), |text| {
            format!("<pre dir=\"auto\" tabindex=\"0\">{}</pre>\n", escape(text))
        });
        let content = format!(
            "<nav aria-label=\"Messages\"><a href=\"/\">All messages</a>{previous}{next}\
             <a href=\"/message/{number}/raw\">Raw message</a></nav>\n<h1 dir=\"auto\">{}</h1>\n<dl>\n{}</dl>\n\
             <h2>As HTML</h2>\n{html}<h2>As text</h2>\n{text}",
            escape(subject),
            rows.concat()
        );
        frame(subject, &content)
    }
}

fn link(number: usize, label: &str) -> String {
    format!("<a href=\"/message/{number}\">{label}</a>")
}

/// Makes the links of a message leave its frame, in which no page could be used.
fn leading_out(html: &str) -> String {
    const BASE: &str = "<base target=\"_blank\">";
    // behind the doctype, or the frame is drawn in quirks mode
    let after_head = html.to_ascii_lowercase().find("<head>").map_or(0, |start| start + "<head>".len());
    let (before, after) = html.split_at(after_head);
    format!("{before}{BASE}{after}")
}
