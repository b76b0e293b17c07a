//! A form is taken from our own page only. There is no cookie that another site could use; what this keeps out is a
//! page elsewhere that makes its visitors' browsers guess codes, each from an address of its own.

use axum::http::{HeaderMap, header};

/// Whether a POST comes from our own page. `public_url` is where graduates find it; only its scheme and host count.
///
/// `Sec-Fetch-Site` decides where the browser sends it (W3C Fetch Metadata): `same-origin`, or `none` for what the
/// person did herself, such as a reload. Without it, as with phones before 2023, `Origin` (RFC 6454 §7) must be the
/// page's, or name the host that was asked; the scheme is not compared then, since the proxy ends TLS. Where it is
/// missing or `null`, as with still older ones, the same holds for `Referer`, which no site can write and which our
/// pages have sent to ourselves only. `Origin: null` alone is not ours: any site can have it sent. Who sends none of the
/// three is no browser, and cannot be made to act for another site.
#[must_use]
pub fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    let mut sites = headers.get_all("sec-fetch-site").iter().peekable();
    if sites.peek().is_some() {
        return sites.all(|site| site == "same-origin" || site == "none");
    }
    let all_ours = |name| {
        let mut addresses = headers.get_all(name).iter().peekable();
        addresses.peek()?;
        Some(
            addresses
                .all(|address| address.to_str().is_ok_and(|address| is_page(address, headers, public_url))),
        )
    };
    let is_unnamed = headers.get_all(header::ORIGIN).iter().all(|origin| origin == "null");
    if is_unnamed {
        all_ours(header::REFERER).unwrap_or(!headers.contains_key(header::ORIGIN))
    } else {
        all_ours(header::ORIGIN).unwrap_or(false)
    }
}

/// Whether a web address is on the page's own host, or on the one that was asked.
fn is_page(address: &str, headers: &HeaderMap, public_url: &str) -> bool {
    let Some((scheme, from)) = parts(address) else { return false };
    let is_public = parts(public_url).is_some_and(|(public_scheme, public)| {
        scheme.eq_ignore_ascii_case(public_scheme) && from.eq_ignore_ascii_case(public)
    });
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    is_public || host.is_some_and(|host| from.eq_ignore_ascii_case(plain(scheme, host)))
}

/// The scheme and the host of a web address, the port with it unless it is the scheme's own.
fn parts(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split('/').next()?;
    (!host.is_empty()).then(|| (scheme, plain(scheme, host)))
}

fn plain<'a>(scheme: &str, host: &'a str) -> &'a str {
    let own_port = if scheme.eq_ignore_ascii_case("https") { ":443" } else { ":80" };
    host.strip_suffix(own_port).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    const PUBLIC: &str = "https://seekpass.uni.example/redeem/";

    fn ours(lines: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        headers.append(header::HOST, "127.0.0.1:8080".parse().unwrap());
        for (name, value) in lines {
            headers.append(*name, value.parse().unwrap());
        }
        is_ours(&headers, PUBLIC)
    }

    #[test]
    fn the_browser_says_where_it_was() {
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(ours(&[("sec-fetch-site", "none")]));
        assert!(!ours(&[("sec-fetch-site", "cross-site")]));
        assert!(!ours(&[("sec-fetch-site", "same-site")]), "another host of the university is not this page");
        assert!(!ours(&[("sec-fetch-site", "")]));
        assert!(!ours(&[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")]));
    }

    #[test]
    fn what_the_browser_says_stands_above_the_origin() {
        assert!(!ours(&[("sec-fetch-site", "cross-site"), ("origin", "https://seekpass.uni.example")]));
        // a browser that hides where its user was writes this even for our own form
        assert!(ours(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
    }

    #[test]
    fn without_it_the_origin_is_the_page() {
        assert!(ours(&[("origin", "https://seekpass.uni.example")]));
        assert!(ours(&[("origin", "HTTPS://SeekPass.Uni.Example:443")]));
        assert!(!ours(&[("origin", "http://seekpass.uni.example")]));
        assert!(!ours(&[("origin", "https://seekpass.uni.example:8443")]));
        assert!(!ours(&[("origin", "https://uni.example")]));
        assert!(!ours(&[("origin", "https://seekpass.uni.example.evil.example")]));
        assert!(!ours(&[("origin", "https://seekpass.uni.example"), ("origin", "https://evil.example")]));
    }

    #[test]
    fn or_the_host_that_was_asked() {
        assert!(ours(&[("origin", "http://127.0.0.1:8080")]));
        assert!(ours(&[("origin", "https://127.0.0.1:8080")]), "the proxy ends TLS");
        assert!(!ours(&[("origin", "http://127.0.0.1")]));
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "other.uni.example:443".parse().unwrap());
        headers.insert(header::ORIGIN, "https://other.uni.example".parse().unwrap());
        assert!(is_ours(&headers, PUBLIC), "a default port more or less is the same host");
    }

    #[test]
    fn an_origin_that_names_nothing_is_not_ours() {
        assert!(!ours(&[("origin", "null")]));
        assert!(!ours(&[("origin", "")]));
        assert!(!ours(&[("origin", "https://")]));
        assert!(!ours(&[("origin", "seekpass.uni.example")]));
    }

    #[test]
    fn without_an_origin_the_referrer_is_the_page() {
        assert!(ours(&[("referer", "https://seekpass.uni.example/redeem/r/7K2M-9QXT-R4WPH")]));
        assert!(ours(&[("referer", "http://127.0.0.1:8080/")]));
        assert!(ours(&[("origin", "null"), ("referer", "https://seekpass.uni.example/redeem/")]));
        assert!(!ours(&[("referer", "https://evil.example/?https://seekpass.uni.example/")]));
        assert!(!ours(&[("referer", "https://seekpass.uni.example@evil.example/")]));
        assert!(!ours(&[("referer", "")]));
        assert!(!ours(&[("origin", "null"), ("referer", "https://evil.example/")]));
        assert!(!ours(&[
            ("origin", "https://evil.example"),
            ("referer", "https://seekpass.uni.example/redeem/")
        ]));
        let twice = [("referer", "https://seekpass.uni.example/"), ("referer", "https://evil.example/")];
        assert!(!ours(&twice));
        assert!(!ours(&[("sec-fetch-site", "cross-site"), ("referer", "https://seekpass.uni.example/")]));
    }

    #[test]
    fn none_of_them_is_no_browser() {
        assert!(ours(&[]));
    }
}
