#!/usr/bin/env bash
# Caddy 2.6.2 (Debian 12) without any `log` of its user's writes no access log, but every request that its proxy could not hand on goes
# into its error log with the whole address, and so with whatever secret that holds. Only excluding http.log.error by name keeps it quiet.
# Output when written: lines with the address: 1 as it is, 0 with http.log.error excluded
# Needs curl and an apt that knows Debian 12. Exits 1 when the behaviour changes.
set -euo pipefail
dir=$(mktemp -d); trap 'kill "${caddy:-}" 2>/dev/null || true; rm -rf "$dir"' EXIT; cd "$dir"
apt-get download -qq caddy=2.6.2-5 2>/dev/null
dpkg -x caddy_*.deb .
usr/bin/caddy version
# how many lines Caddy writes with the address of a request to a page behind which nothing listens
says() {
    usr/bin/caddy run --adapter caddyfile --config "$1" 2>"$1.log" &
    caddy=$!
    until curl -s -o answer http://localhost:2587/r/SECRET; do sleep 0.1; done
    kill "$caddy" && wait "$caddy" || true
    grep -c '/r/SECRET' "$1.log" || true
}
printf '{\n\tadmin off\n}\nhttp://localhost:2587 {\n\treverse_proxy 127.0.0.1:9\n}\n' >usual
printf '{\n\tadmin off\n\tlog default {\n\t\texclude http.log.error\n\t}\n}\nhttp://localhost:2587 {\n\treverse_proxy 127.0.0.1:9\n}\n' >quiet
usual=$(says usual)
quiet=$(says quiet)
echo "lines with the address: $usual as it is, $quiet with http.log.error excluded"
[ "$usual" -gt 0 ] && [ "$quiet" = 0 ]
