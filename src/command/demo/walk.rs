//! The journey of one graduate over HTTP: mail, link, page, button, SEEK Pass.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use mail_parser::MessageParser;
use reqwest::header::{LOCATION, REFRESH};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};

use crate::clock::Clock;
use crate::command::console::Console;
use crate::invitation::code::Code;
use crate::sandbox::relay::Delivered;

/// Walks it for the first graduate with a single qualification; returns how many credentials were added.
pub(super) async fn walk(mails: &[Arc<Delivered>], console: Console, clock: &Clock) -> Result<u32> {
    let client = Client::builder().redirect(Policy::none()).timeout(Duration::from_secs(30)).build()?;
    for mail in mails {
        let (link, code) = link_and_code(mail).context("a mail has no link and code")?;
        let page = client.get(&link).send().await?.error_for_status()?.text().await?;
        ensure!(page.contains(&code), "the page has the code filled in");
        let action = format!("{}redeem", link.split("r/").next().unwrap_or_default());
        let mut answer = client.post(&action).form(&[("code", &code)]).send().await?;
        while let Some((seconds, path)) = looks_again(&answer) {
            clock.sleep(Duration::from_secs(seconds)).await;
            answer = client.get(reqwest::Url::parse(&action)?.join(&path)?).send().await?;
        }
        if answer.status() == StatusCode::OK {
            // several qualifications: the page lists them, and this walk takes another graduate
            continue;
        }
        ensure!(answer.status() == StatusCode::SEE_OTHER, "the page answered {}", answer.status());
        let way = answer.headers().get(LOCATION).and_then(|link| link.to_str().ok());
        let way = way.context("the page leads nowhere")?.to_owned();
        client.get(&way).send().await?.error_for_status()?;
        console.result("page: a code was redeemed, SEEK Pass has the credential");
        // what the page behind the link does with its script
        let content = way.split("content=").nth(1).context("the link has no content")?;
        let finish = reqwest::Url::parse(&way)?.join("/sandbox/finish")?;
        client.post(finish).form(&[("content", content)]).send().await?.error_for_status()?;
        return Ok(1);
    }
    anyhow::bail!("the sample roster has nobody with a single qualification")
}

/// When a waiting page wants to be looked at again, and where.
fn looks_again(answer: &Response) -> Option<(u64, String)> {
    let (seconds, path) = answer.headers().get(REFRESH)?.to_str().ok()?.split_once("; url=")?;
    Some((seconds.parse().ok()?, path.to_owned()))
}

/// The lines of the text part that are the link and the code.
fn link_and_code(mail: &Delivered) -> Option<(String, String)> {
    let parsed = MessageParser::default().parse(&mail.data)?;
    let text = parsed.body_text(0)?;
    let line =
        |fits: &dyn Fn(&str) -> bool| text.lines().map(str::trim).find(|line| fits(line)).map(str::to_owned);
    Some((
        line(&|it| it.starts_with("http") && it.contains("/r/"))?,
        line(&|it| Code::parse(it).is_ok_and(|code| code.grouped() == it))?,
    ))
}
