#!/bin/bash
# Courier (courier-mta 1.0.16, Debian 12) offers PIPELINING and loses commands that arrive in the same segment as the final dot of a message. RFC 2920 lets
# a client put them there: a content may begin a group that goes on with the next MAIL (§3.1); and a server must never lose what is in its input
# (§3.2). The message is taken, the commands get no answer: client and server wait for each other until one gives up. What comes a moment later in a
# segment of its own is answered.
# Seen:   a moment later: 250 250 250 (content, MAIL, RCPT); with the dot: 250 nothing (within 5 s)
# Needs root and Debian 12; installs in an overlay that goes with the script, which has no network but its own when the server runs.
set -euo pipefail
folder=$(mktemp -d); trap 'rmdir "$folder"' EXIT
export folder
unshare --mount --pid --fork --kill-child bash -euo pipefail <<'OUTSIDE'
mount -t tmpfs tmpfs "$folder"; cd "$folder"; mkdir upper work root
mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work root
mount --bind /dev root/dev; mount -t proc proc root/proc
printf '#!/bin/sh\nexit 101\n' > root/usr/sbin/policy-rc.d; chmod +x root/usr/sbin/policy-rc.d
DEBIAN_FRONTEND=noninteractive chroot root apt-get install -qq -y --no-install-recommends courier-mta=1.0.16-3+b6 iproute2 python3-minimal > apt.log 2>&1 || { tail apt.log; exit 1; }
printf '127.0.0.1\tallow,RELAYCLIENT,BOFHCHECKDNS=0\n' > root/etc/courier/smtpaccess/default
cat > root/client.py <<'CLIENT'
import socket, time
server = socket.create_connection(("127.0.0.1", 2525))
server.settimeout(5)
replies = server.makefile("r")
def reply():
    try:
        while (line := replies.readline())[3:4] == "-":
            pass
        return line[:3]
    except TimeoutError:
        return "nothing"
def say(text):
    server.sendall(text.encode())
envelope = "MAIL FROM:<a@northfield.example>\r\nRCPT TO:<b@mailbox.example>\r\n"
reply()
say("EHLO mail.northfield.example\r\n"); reply()
say(envelope); reply(); reply()
say("DATA\r\n"); reply()
say("Subject: one\r\n\r\none\r\n.\r\n"); time.sleep(0.5); say(envelope)
later = [reply() for _ in range(3)]
say("DATA\r\n"); reply()
say("Subject: two\r\n\r\ntwo\r\n.\r\n" + envelope)
print(f"a moment later: {' '.join(later)}; with the dot: {reply()} {reply()}")
CLIENT
chroot root unshare --net bash -euo pipefail <<'INSIDE'
ip link set lo up
cd /usr; makesmtpaccess; makealiases
set -a; prefix=/usr exec_prefix=/usr sysconfdir=/etc/courier; . /etc/courier/esmtpd
PATH=$PATH:/usr/sbin
couriertcpd -noidentlookup -nodnslookup -user=courier -group=courier -address=127.0.0.1 -access=/etc/courier/smtpaccess.dat 2525 /usr/sbin/courieresmtpd > /courier.log 2>&1 &
sleep 2
seen=$(/usr/bin/python3 /client.py)
echo "$seen"
[ "$seen" = "a moment later: 250 250 250; with the dot: 250 nothing" ] || { echo "it hears something else"; exit 1; }
INSIDE
OUTSIDE
