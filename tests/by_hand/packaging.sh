#!/usr/bin/env bash
# Builds the Debian package, installs it into an empty Debian, and does there what docs/setup.md says, as far as that goes
# without systemd at work: users and folders, init, check, the first mail, the checkers of systemd, nginx, Caddy and Prometheus.
#
#   tests/by_hand/packaging.sh [GRADPASS.deb [ROOT]]
#
# Needs root, debootstrap and cargo-deb (`cargo install cargo-deb`). Without a package the release is built, which takes
# minutes; a ROOT that is given is used again and kept. With systemd-nspawn at hand the root is booted, too.
set -euo pipefail
cd "$(dirname "$0")/../.."

package=${1:-}
if [ -z "$package" ]; then
    cargo run --quiet --example manual -- target/manual
    package=$(cargo deb)
fi

work=$(mktemp -d)
root=${2:-$work/root}
trap 'umount "$root/proc" 2>/dev/null || true; rm -rf "$work"' EXIT
say() { printf '\n== %s (%s s)\n' "$1" "$SECONDS"; }

if [ ! -d "$root/usr" ]; then
    say "an empty Debian"
    debootstrap --variant=minbase --include=systemd-sysv,dbus,ca-certificates,nginx-light,caddy,prometheus,python3-aiosmtpd,man-db,zsh,fish,bash-completion,curl \
        bookworm "$root" >"$work/debootstrap.log"
fi
mount -t proc proc "$root/proc"
echo '127.0.0.1 localhost' >"$root/etc/hosts"
inside() { chroot "$root" env PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"; }
gradpass() { inside runuser -u gradpass -- gradpass "$@"; }

say "install"
cp "$package" "$root/gradpass.deb"
# a container without systemd at work must not start anything
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" && chmod 755 "$root/usr/sbin/policy-rc.d"
inside dpkg --purge gradpass >/dev/null 2>&1 || true
rm -rf "$root/var/lib/gradpass" "$root/etc/credstore"
inside dpkg -i /gradpass.deb
inside gradpass --version
ls -ld "$root/var/lib/gradpass" "$root/var/lib/gradpass/rosters"
inside id gradpass
du -h "$package" "$root/usr/bin/gradpass"

say "man pages and completions"
inside man -P cat gradpass-run | grep -q 'nightly' || { echo "no man page"; exit 1; }
inside bash -n /usr/share/bash-completion/completions/gradpass
inside zsh -n /usr/share/zsh/vendor-completions/_gradpass
inside fish -n /usr/share/fish/vendor_completions.d/gradpass.fish

say "init asks nothing"
gradpass init </dev/null
inside stat -c '%A %U %n' /etc/gradpass/gradpass.toml /var/lib/gradpass/code.key
inside gradpass init --templates /tmp/texts </dev/null

say "check, before anything is filled in: 2"
gradpass check && exit 1 || [ $? = 2 ]

say "filled in, with a relay"
inside sed -i -e 's/Northfield University/Southfield University/' -e 's/northfield\.example/southfield.example/g' \
    -e 's/# \(trusted_proxies\)/\1/' -e 's/localhost:25"/localhost:2580"/' /etc/gradpass/gradpass.toml
rm -rf "$root/tmp/mails"
chroot "$root" aiosmtpd -n -l 127.0.0.1:2580 -c aiosmtpd.handlers.Mailbox /tmp/mails &
relay=$!
trap 'kill $relay 2>/dev/null || true; umount "$root/proc" 2>/dev/null || true; rm -rf "$work"' EXIT
until (exec 3<>/dev/tcp/127.0.0.1/2580) 2>/dev/null; do kill -0 $relay && sleep 0.1; done
gradpass check || echo "exit $?"

say "what the units do: the nightly run"
inside install -o gradpass -g gradpass -m 640 /usr/share/gradpass/graduates.csv /var/lib/gradpass/rosters/graduates.csv
run=$(sed -n 's/^ExecStart=//p' packaging/systemd/gradpass-run.service)
rosters=$(sed -n 's/^ROSTERS=//p' packaging/default)
inside runuser -u gradpass -- sh -c "ROSTERS='$rosters'; $run" || echo "exit $?"
gradpass status
mails=$(find "$root/tmp/mails/new" -type f | wc -l)
[ "$mails" -gt 0 ] || { echo "no mail arrived"; exit 1; }
echo "$mails mails arrived"
ls -l "$root/var/lib/gradpass"

say "the whole way with stand-ins"
(cd "$root/tmp" && gradpass demo --once >/dev/null)

say "systemd"
units="/usr/lib/systemd/system/gradpass.service /usr/lib/systemd/system/gradpass-run.service /usr/lib/systemd/system/gradpass-run.timer"
said=$(inside systemd-analyze verify $units 2>&1 || true)
# whatever is said of other units is not ours
! grep -i gradpass <<<"$said" || { echo "verify: $said"; exit 1; }
for unit in gradpass gradpass-run; do
    inside systemd-analyze security --offline=true --threshold=25 --no-pager "$unit.service" | tail -n 1
done

say "nginx"
mkdir -p "$root/etc/ssl/private"
inside openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=seekpass.northfield.example -batch \
    -keyout /etc/ssl/private/seekpass.northfield.example.key -out /etc/ssl/certs/seekpass.northfield.example.pem 2>/dev/null
rm -f "$root"/etc/nginx/sites-enabled/*
cp packaging/nginx.conf "$root/etc/nginx/sites-enabled/gradpass"
inside nginx -t

say "Caddy"
inside caddy validate --adapter caddyfile --config /usr/share/gradpass/Caddyfile 2>&1 | tail -n 1
inside caddy fmt /usr/share/gradpass/Caddyfile | diff - packaging/Caddyfile

say "Prometheus"
inside promtool check rules /usr/share/gradpass/prometheus-alerts.yml
mkdir -p "$root/tmp/alerts"
cp tests/by_hand/prometheus-alerts.yml "$root/tmp/alerts/test.yml"
cp packaging/prometheus-alerts.yml "$root/tmp/alerts/prometheus-alerts.rules.yml"
inside promtool test rules /tmp/alerts/test.yml

# with systemd at work: what of the sandbox is in the way would show only here
if command -v systemd-nspawn >/dev/null; then
    say "systemd at work"
    kill $relay
    umount "$root/proc"
    sed -i -e 's/^# \(\[seek_pass\]\|base_url\|client_id\|id_prefix\)/\1/' "$root/etc/gradpass/gradpass.toml"
    install -d -m 700 "$root/etc/credstore"
    echo secret | install -m 600 /dev/stdin "$root/etc/credstore/gradpass.seek_pass.client_secret"
    rm -f "$root/etc/machine-id" && systemd-machine-id-setup --root="$root" 2>/dev/null
    systemd-nspawn -q -D "$root" --register=no --keep-unit --private-network --machine="gradpass-$$" -b >"$work/boot.log" 2>&1 &
    nspawn=$!
    until leader=$(pgrep -P $nspawn -x systemd); do kill -0 $nspawn && sleep 0.1 || { cat "$work/boot.log"; exit 1; }; done
    trap 'kill $nspawn 2>/dev/null || true; wait $nspawn || true; rm -rf "$work"' EXIT
    at_work() { nsenter -t "$leader" -m -u -i -n -p -r -w env PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"; }
    until at_work systemctl is-active -q multi-user.target 2>/dev/null; do sleep 0.2; done
    is() {
        local is
        is=$(at_work systemctl show "$1" -p ActiveState -p ExecMainStatus -p NRestarts --value | tr '\n' ' ')
        [[ $is =~ ^$2\ $ ]] && echo "$1: $is" || { echo "$1: $is, and not $2"; exit 1; }
    }
    at_work aiosmtpd -n -l 127.0.0.1:2580 -c aiosmtpd.handlers.Mailbox /tmp/mails &
    at_work systemctl start gradpass.service
    until at_work curl -s http://127.0.0.1:8080/healthz; do sleep 0.1; done
    at_work systemctl start gradpass-run.service
    is gradpass-run.service "0 0 inactive"
    at_work curl -s http://127.0.0.1:8080/metrics | grep '^gradpass_last_run_exit_code 0'
    at_work systemctl kill -s KILL gradpass.service
    until at_work curl -s http://127.0.0.1:8080/healthz; do sleep 0.1; done
    is gradpass.service "1 0 active"
    at_work systemd-run -q --pipe --wait --collect -p User=gradpass -p LoadCredential=gradpass.seek_pass.client_secret \
        gradpass config show | grep 'credential gradpass.seek_pass.client_secret'
    # the relay is away, and somebody new waits: again later
    at_work pkill aiosmtpd
    sed 's/s0000001,/s0000099,/; s/mira.tan@/late@/' sample-data/graduates.csv | sed -n 2p |
        at_work tee -a /var/lib/gradpass/rosters/graduates.csv >/dev/null
    at_work systemctl start gradpass-run.service 2>/dev/null || true
    is gradpass-run.service "0 75 activating"
    at_work systemctl stop gradpass-run.service 2>/dev/null
    # a configuration that cannot work is not tried again
    at_work sed -i 's/^time_zone = .*/time_zone = "Nowhere"/' /etc/gradpass/gradpass.toml
    at_work systemctl restart gradpass.service
    until at_work systemctl is-failed -q gradpass.service; do sleep 0.1; done
    is gradpass.service "0 2 failed"
    kill -s RTMIN+4 "$leader"
    wait $nspawn || true
    trap 'umount "$root/proc" 2>/dev/null || true; rm -rf "$work"' EXIT
    mount -t proc proc "$root/proc"
fi

say "upgrade and removal"
inside dpkg -i /gradpass.deb >/dev/null
grep -q Southfield "$root/etc/gradpass/gradpass.toml" || { echo "the configuration was written over"; exit 1; }
inside dpkg --remove gradpass >/dev/null
[ -s "$root/var/lib/gradpass/gradpass.db" ] && [ -s "$root/var/lib/gradpass/code.key" ] || { echo "the ledger is gone"; exit 1; }

say "done"
