#!/bin/bash
# OpenSMTPD (6.8.0p2, Debian 12) lets five connections wait to be taken (listen backlog), whatever its limits are set to. Of more that call in
# the same moment the kernel loses some: a client's connect() then takes 1, 3, 7, 15 … s (SYN again), or has succeeded already while the
# server knows nothing of it, so that no greeting comes and the client waits for as long as it would for a slow one (RFC 5321: five minutes).
# Nothing is logged. So sixteen sessions into an idle server may take minutes for what four do in a second.
# Seen:   backlog 5; of 960 sessions, 4 at once: no call lost, the slowest greeting after 0.3 s; 16 at once: 9 lost, one not greeted within the minute
# Needs root and Debian 12; installs in an overlay that goes with the script, which has no network but its own when the server runs.
set -euo pipefail
folder=$(mktemp -d); trap 'rmdir "$folder"' EXIT
export folder
unshare --mount --pid --fork --kill-child bash -euo pipefail <<'OUTSIDE'
mount -t tmpfs tmpfs "$folder"; cd "$folder"; mkdir upper work root
mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work root
mount --bind /dev root/dev; mount -t proc proc root/proc
printf '#!/bin/sh\nexit 101\n' > root/usr/sbin/policy-rc.d; chmod +x root/usr/sbin/policy-rc.d
DEBIAN_FRONTEND=noninteractive chroot root apt-get install -qq -y --no-install-recommends opensmtpd=6.8.0p2-4+b4 iproute2 python3-minimal > apt.log 2>&1 || { tail apt.log; exit 1; }
printf 'listen on 127.0.0.1 port 2525\naction a relay host smtp://127.0.0.1:9\nmatch from any for any action a\n' > root/etc/smtpd.conf
cat > root/client.py <<'CLIENT'
import socket, sys, threading, time
slowest = []
def session():
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", 2525)) as server:
        server.settimeout(60)
        try:
            assert server.recv(512).startswith(b"220")
        except TimeoutError:
            pass
        slowest.append(time.monotonic() - began)
        server.sendall(b"QUIT\r\n")
        server.recv(512)
def sessions(count):
    for _ in range(count):
        session()
def lost():
    names, figures = (line.split() for line in list(open("/proc/net/netstat"))[:2])
    return int(dict(zip(names, figures))["ListenOverflows"])
for at_once in 4, 16:
    slowest.clear()
    before = lost()
    threads = [threading.Thread(target=sessions, args=(960 // at_once,)) for _ in range(at_once)]
    [it.start() for it in threads]; [it.join() for it in threads]
    print(f"{at_once} at once: {lost() - before} lost calls, the slowest greeting after {max(slowest):.1f} s", flush=True)
CLIENT
chroot root unshare --net bash -euo pipefail <<'INSIDE'
ip link set lo up
smtpd -d > /smtpd.log 2>&1 &
for _ in $(seq 50); do ss -Hltn | grep -q :2525 && break; sleep 0.2; done
backlog=$(ss -Hltn 'sport = :2525' | awk '{print $3}')
echo "backlog $backlog"
[ "$backlog" = 5 ] || { echo "it lines up another number"; exit 1; }
timeout 300 /usr/bin/python3 /client.py
INSIDE
OUTSIDE
