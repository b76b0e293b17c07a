//! Who is asking: the client's address behind the university's proxies, as the limits count it.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::HeaderMap;

/// How many leading bits of an IPv6 address one household or one machine has to itself (RFC 6177 §2): whoever has
/// one address of such a network has all of them.
const IPV6_NETWORK_BITS: u32 = 64;

/// The client's address. `peer` is who holds the connection; `trusted` are the university's proxies, each an address
/// and how many of its leading bits count.
///
/// When the peer is such a proxy, it is the right-most address of `X-Forwarded-For` that is none: each proxy adds
/// who called it at the right end, so all that stands further left is what the client says of itself. What cannot be
/// read ends the walk, and the last proxy that could be read stands for the client.
#[must_use]
pub fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[(IpAddr, u8)]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| holds(*network, address));
    let mut client = peer.to_canonical();
    // several header lines are one list in their order (RFC 7230 §3.2.2)
    let mut hops = headers
        .get_all("x-forwarded-for")
        .iter()
        .rev()
        .flat_map(|line| line.to_str().unwrap_or("unreadable").rsplit(',').map(str::trim))
        // an empty element is none (RFC 7230 §7)
        .filter(|element| !element.is_empty());
    while is_trusted(client) {
        match hops.next().and_then(address) {
            Some(hop) => client = hop,
            None => break,
        }
    }
    client
}

/// What a limit counts by: an IPv6 address by its /64, an IPv4 address whole.
#[must_use]
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << (128 - IPV6_NETWORK_BITS))))
        }
        address @ IpAddr::V4(_) => address,
    }
}

/// What belongs together in a wider sense: an IPv6 address by its /48, which is what one site is given (RFC 6177), an
/// IPv4 address whole.
#[must_use]
pub fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 80 << 80)),
        address @ IpAddr::V4(_) => address,
    }
}

/// One element of the list. Some proxies write the port, too, and brackets around IPv6.
fn address(element: &str) -> Option<IpAddr> {
    let with_port = || element.parse::<SocketAddr>().ok().map(|it| it.ip());
    let in_brackets = || element.strip_prefix('[')?.strip_suffix(']')?.parse().ok().map(IpAddr::V6);
    let address = element.parse().ok().or_else(with_port).or_else(in_brackets)?;
    Some(address.to_canonical())
}

fn holds((network, bits): (IpAddr, u8), address: IpAddr) -> bool {
    let (network, bits) = match (network, network.to_canonical()) {
        (IpAddr::V6(_), short @ IpAddr::V4(_)) if bits >= 96 => (short, bits - 96),
        (network, _) => (network, bits),
    };
    let common = match (network, address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => (network.to_bits() ^ address.to_bits()).leading_zeros(),
        (IpAddr::V6(network), IpAddr::V6(address)) => (network.to_bits() ^ address.to_bits()).leading_zeros(),
        _ => return false,
    };
    common >= u32::from(bits)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    /// The client that is found behind `peer`, when `10.0.0.0/8`, `2001:db8:1::/48` and this machine are trusted.
    fn found(peer: &str, lines: &[&str]) -> IpAddr {
        let trusted = [(ip("10.0.0.0"), 8), (ip("2001:db8:1::"), 48), (ip("127.0.0.1"), 32)];
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        client(ip(peer), &headers, &trusted)
    }

    #[test]
    fn a_stranger_is_who_holds_the_connection_whatever_it_writes() {
        assert_eq!(found("203.0.113.9", &["198.51.100.1"]), ip("203.0.113.9"));
        assert_eq!(found("203.0.113.9", &["10.0.0.1, 127.0.0.1"]), ip("203.0.113.9"));
        assert_eq!(client(ip("127.0.0.1"), &HeaderMap::new(), &[]), ip("127.0.0.1"));
    }

    #[test]
    fn behind_a_proxy_it_is_the_right_most_that_is_no_proxy() {
        assert_eq!(found("127.0.0.1", &["198.51.100.1"]), ip("198.51.100.1"));
        assert_eq!(
            found("127.0.0.1", &["192.0.2.66, 198.51.100.1"]),
            ip("198.51.100.1"),
            "the left is forged"
        );
        assert_eq!(found("127.0.0.1", &["192.0.2.66,198.51.100.1,10.1.2.3"]), ip("198.51.100.1"));
        assert_eq!(found("2001:db8:1:9::1", &["2001:db8:2::5"]), ip("2001:db8:2::5"));
    }

    #[test]
    fn several_lines_are_one_list() {
        assert_eq!(found("127.0.0.1", &["192.0.2.66", "198.51.100.1, 10.0.0.7"]), ip("198.51.100.1"));
        assert_eq!(found("127.0.0.1", &["198.51.100.1", "10.0.0.7"]), ip("198.51.100.1"));
        assert_eq!(found("127.0.0.1", &["198.51.100.1, ,", ""]), ip("198.51.100.1"), "empty elements");
    }

    #[test]
    fn ports_and_brackets_are_read_past() {
        assert_eq!(found("127.0.0.1", &["198.51.100.1:50123"]), ip("198.51.100.1"));
        assert_eq!(found("127.0.0.1", &["[2001:db8:2::5]:443"]), ip("2001:db8:2::5"));
        assert_eq!(found("127.0.0.1", &["[2001:db8:2::5]"]), ip("2001:db8:2::5"));
    }

    #[test]
    fn what_cannot_be_read_ends_the_walk() {
        assert_eq!(found("127.0.0.1", &["198.51.100.1, unknown"]), ip("127.0.0.1"));
        assert_eq!(found("127.0.0.1", &["198.51.100.1, for=x, 10.0.0.7"]), ip("10.0.0.7"));
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "198.51.100.1".parse().unwrap());
        headers.append("x-forwarded-for", axum::http::HeaderValue::from_bytes(b"\xff").unwrap());
        assert_eq!(client(ip("127.0.0.1"), &headers, &[(ip("127.0.0.1"), 32)]), ip("127.0.0.1"));
    }

    #[test]
    fn when_all_are_proxies_it_is_the_first_of_them() {
        assert_eq!(found("127.0.0.1", &["10.0.0.9, 10.0.0.7"]), ip("10.0.0.9"));
        assert_eq!(found("127.0.0.1", &[]), ip("127.0.0.1"));
    }

    #[test]
    fn an_ipv4_address_in_ipv6_clothes_is_ipv4() {
        assert_eq!(found("::ffff:127.0.0.1", &["::ffff:198.51.100.1"]), ip("198.51.100.1"));
        assert_eq!(network(ip("::ffff:198.51.100.1")), ip("198.51.100.1"));
        let clothed = [(ip("::ffff:10.0.0.0"), 104)];
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "198.51.100.1".parse().unwrap());
        assert_eq!(client(ip("10.200.0.1"), &headers, &clothed), ip("198.51.100.1"));
        assert_eq!(client(ip("11.0.0.1"), &headers, &clothed), ip("11.0.0.1"));
    }

    #[test]
    fn a_prefix_of_no_bits_is_everybody_of_its_kind() {
        let everybody = (ip("0.0.0.0"), 0);
        assert!(holds(everybody, ip("203.0.113.9")));
        assert!(!holds(everybody, ip("2001:db8::1")));
        assert!(holds((ip("10.0.0.128"), 25), ip("10.0.0.255")));
        assert!(!holds((ip("10.0.0.128"), 25), ip("10.0.0.127")));
    }

    #[test]
    fn limits_count_ipv6_by_its_64_bits() {
        assert_eq!(network(ip("2001:db8:2:3:4:5:6:7")), ip("2001:db8:2:3::"));
        assert_eq!(network(ip("2001:db8:2:3:ffff::1")), ip("2001:db8:2:3::"));
        assert_ne!(network(ip("2001:db8:2:4::1")), network(ip("2001:db8:2:3::1")));
        assert_eq!(network(ip("203.0.113.9")), ip("203.0.113.9"));
    }
}
