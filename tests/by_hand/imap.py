#!/usr/bin/env python3
"""Bounces in a mailbox of a real Dovecot, by IMAP over TLS with a certificate of our own: reads them, twice, two at once, killed in the
middle, with a wrong password, a certificate that nobody trusts, a mailbox that is not there and a server that is gone. Says what it
found; ends with 1 if anything is not as it should be.

Needs Debian's dovecot-imapd and openssl (apt-get install dovecot-imapd openssl), and no root. Everything is in a temporary folder and on
127.0.0.1; the system's own Dovecot is left alone. Takes about a minute.

    cargo build && tests/by_hand/imap.py [target/debug/gradpass]
"""

import imaplib
import json
import os
import shutil
import signal
import socket
import socketserver
import ssl
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, f"{ROOT}/benches")
from university import furnish

MAILED = 400
REPLIES = 20
KILLS = 40
USER, PASSWORD = "bounces@northfield.example", 'pass "wörd\\'
# Dovecot does not start as root without a user of its own for each task
RUNS_AS = "nobody" if os.geteuid() == 0 else None

DSN = """Return-Path: <>\r
From: MAILER-DAEMON@mail.northfield.example\r
To: {to}\r
Subject: Undelivered Mail Returned to Sender\r
Content-Type: multipart/report; report-type=delivery-status; boundary=b\r
MIME-Version: 1.0\r
\r
--b\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; mail.northfield.example\r
\r
Final-Recipient: rfc822; {recipient}\r
Action: failed\r
Status: 5.1.1\r
Diagnostic-Code: smtp; 550 5.1.1 no such user here\r
\r
--b--\r
{more}"""

failures = []


def expect(what, is_right, found=""):
    print(f"{'ok  ' if is_right else 'FAIL'}  {what}{'' if is_right else f': {found}'}")
    if not is_right:
        failures.append(what)


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


class Relay(socketserver.StreamRequestHandler):
    """Takes every mail and keeps its envelope."""

    taken = []

    def say(self, text):
        self.wfile.write((text + "\r\n").encode())

    def handle(self):
        self.say("220 relay.northfield.example ESMTP")
        sender = recipient = None
        for line in self.rfile:
            verb = line.decode("latin-1").strip()
            command = verb.upper()
            if command.startswith("MAIL"):
                sender = verb.split("<")[1].split(">")[0]
            elif command.startswith("RCPT"):
                recipient = verb.split("<")[1].split(">")[0]
            elif command == "DATA":
                self.say("354 go on")
                for content in self.rfile:
                    if content.strip() == b".":
                        break
                Relay.taken.append((sender, recipient))
            elif command == "QUIT":
                self.say("221 bye")
                return
            self.say("250 fine")


def write(path, text, mode=0o600):
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w", encoding="utf-8") as file:
        file.write(text)


def certificate(folder):
    """Of a CA that nobody knows, for localhost."""
    openssl = lambda *arguments: subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Northfield CA", "-days", "2")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    write(f"{folder}/extensions", "subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-out", "server.pem", "-days", "2", "-extfile", "extensions")


class Dovecot:
    """An instance of its own, without privileges."""

    def __init__(self, folder):
        self.folder, self.tls, self.plain = folder, free_port(), free_port()
        certificate(folder)
        user = RUNS_AS or subprocess.check_output(["id", "-un"], text=True).strip()
        group = subprocess.check_output(["id", "-gn", user], text=True).strip()
        write(f"{folder}/users", f"{USER}:{{plain}}{PASSWORD}\n")
        write(f"{folder}/dovecot.conf", f"""
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
auth_mechanisms = plain login
first_valid_uid = 0
mail_location = maildir:{folder}/mail
mail_max_userip_connections = 20
passdb {{
  driver = passwd-file
  args = scheme=plain {folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {self.plain}
  }}
  inet_listener imaps {{
    port = {self.tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
""")
        if RUNS_AS:
            for root, folders, files in os.walk(folder):
                for name in [".", *folders, *files]:
                    shutil.chown(os.path.join(root, name), user, group)
        self.process = None

    def start(self):
        self.process = subprocess.Popen(["dovecot", "-F", "-c", f"{self.folder}/dovecot.conf"], user=RUNS_AS, group=RUNS_AS and "nogroup", extra_groups=[] if RUNS_AS else None)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.tls), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        sys.exit("Dovecot does not start: " + open(f"{self.folder}/dovecot.log").read())

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    def client(self):
        context = ssl.create_default_context(cafile=f"{self.folder}/ca.pem")
        client = imaplib.IMAP4_SSL("localhost", self.tls, ssl_context=context)
        client.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
        return client


def flags(client):
    """How many messages there are, are read, are flagged."""
    client.select("INBOX", readonly=True)
    number = lambda what: len(client.uid("SEARCH", what)[1][0].split())
    return number("ALL"), number("SEEN"), number("FLAGGED")


def main():
    program = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else f"{ROOT}/target/debug/gradpass")
    if not shutil.which("dovecot") or not shutil.which("openssl"):
        sys.exit("needs dovecot-imapd and openssl")
    folder = tempfile.mkdtemp(prefix="gradpass-imap-")
    os.chmod(folder, 0o755)
    os.mkdir(f"{folder}/server")
    relay = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Relay)
    relay.daemon_threads = True
    threading.Thread(target=relay.serve_forever, daemon=True).start()
    dovecot = Dovecot(f"{folder}/server")
    furnish(folder, relay.server_address[1])
    configuration = open(f"{folder}/gradpass.toml").read()
    url = lambda user=USER, host="localhost", port=dovecot.tls, name="INBOX", scheme="imaps": f"{scheme}://{user}@{host}:{port}/{name}"
    bounces = f'[bounces]\naddress = "bounces@northfield.example"\nsource = "{url()}"\npassword_file = "mailbox-password"\n'
    write(f"{folder}/gradpass.toml", configuration + bounces)
    write(f"{folder}/mailbox-password", PASSWORD + "\n")
    rows = [f"s{number:04},Graduate {number},g{number}@mailbox.example,Bachelor of Arts,2024" for number in range(MAILED)]
    write(f"{folder}/roster.csv", "student_id,full_name,email,course_name,conferral_year\n" + "\n".join(rows) + "\n")
    trusting = {**os.environ, "SSL_CERT_FILE": f"{folder}/server/ca.pem"}

    def begin(*arguments, environment=trusting):
        command = [program, "--json", *arguments]
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def gradpass(*arguments, environment=trusting):
        child = begin(*arguments, environment=environment)
        out, said = child.communicate(timeout=300)
        return child.returncode, json.loads(out) if out else {}, said.strip()

    try:
        code, told, said = gradpass("run", "roster.csv")
        expect("a server that is not there yet holds up no mail: exit 75", code == 75 and told["mail"]["sent"] == MAILED and "bounces" in said, (code, told.get("mail"), said))
        dovecot.start()
        client = dovecot.client()
        give = lambda text, name="INBOX": client.append(name, None, None, text.encode())
        for at, (sender, recipient) in enumerate(Relay.taken):
            # some with a megabyte and more behind them
            give(DSN.format(to=sender, recipient=recipient, more="x" * 76 + "\r\n" if at % 40 else ("x" * 76 + "\r\n") * 40_000))
        for number in range(REPLIES):
            give(f"From: Somebody <g{number}@mailbox.example>\r\nTo: bounces@northfield.example\r\nSubject: Re: Your invitation\r\n\r\nWho are you?\r\n")
        there = MAILED + REPLIES
        expect("nothing is read yet", flags(client) == (there, 0, 0), flags(client))
        code, told, said = gradpass("check")
        line = [it for it in told["checks"] if it["name"] == "bounces"]
        expect("check says that the mailbox opens", line and line[0]["verdict"] == "ok" and f"{there} unread" in line[0]["detail"], line)
        expect("and marks nothing", flags(client) == (there, 0, 0), flags(client))

        right = open(f"{folder}/mailbox-password").read()
        write(f"{folder}/mailbox-password", "wrong\n")
        code, _, said = gradpass("bounces", url())
        expect("a wrong password is told: exit 2", code == 2 and "refuses the login" in said and "wrong" not in said and USER not in said, (code, said))
        code, told, said = gradpass("run")
        expect("and a run goes on: exit 0", code == 0 and "refuses the login" in said, (code, said))
        write(f"{folder}/mailbox-password", right)
        code, _, said = gradpass("bounces", url(), environment={**os.environ, "SSL_CERT_FILE": "/etc/ssl/certs/ca-certificates.crt"})
        expect("a certificate that nobody trusts: exit 75", code == 75 and "UnknownIssuer" in said, (code, said))
        code, _, said = gradpass("bounces", url(host="127.0.0.1"))
        expect("a certificate of another name: exit 75", code == 75 and "certificate" in said, (code, said))
        code, _, said = gradpass("bounces", url(name="Nowhere"))
        expect("no such mailbox: exit 2", code == 2 and "no such mailbox" in said, (code, said))
        code, _, said = gradpass("bounces", url(port=dovecot.plain))
        expect("TLS with what speaks none: exit 75", code == 75 and "TLS" in said, (code, said))

        died, halfway = 0, set()
        for at in range(KILLS):
            child = begin("bounces", url())
            try:
                # before it reads, and then in the middle, however fast the machine is
                child.wait(0.04 * (at + 1))
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                died += 1
            child.communicate()
            read = flags(client)[1]
            if read == there:
                break
            halfway.add(read)
        print(f"      killed {died} times, with {sorted(halfway)} messages read by then")
        began = time.monotonic()
        both = [begin("bounces", url()), begin("bounces", url())]
        ends = [(child.communicate()[1], child.returncode) for child in both]
        expect("two at once end well", all(code == 1 for _, code in ends), ends)
        print(f"      in {time.monotonic() - began:.1f} s")
        expect("all are read, answers of people are flagged, nothing is gone", flags(client) == (there, there, REPLIES), flags(client))
        code, told, _ = gradpass("list", "bounced")
        expect("each has bounced once", len(told["listed"]) == MAILED, len(told["listed"]))
        code, told, _ = gradpass("bounces", url())
        expect("nothing is read twice", told["bounces"]["read"] == 0, told)

        client.select("INBOX")
        client.uid("STORE", "1:*", "-FLAGS", "(\\Seen \\Flagged)")
        began = time.monotonic()
        code, told, _ = gradpass("follow-up")
        took = time.monotonic() - began
        read = told["bounces"]
        expect("marked as unread, all are read again and change nothing", (read["read"], read["repeated"], read["bounced"]) == (there, MAILED, 0), read)
        print(f"      {there} messages in {took:.1f} s")

        client.create("R&APw-ckl&AOQ-ufer")
        give("Subject: x\r\n\r\ny\r\n", "R&APw-ckl&AOQ-ufer")
        code, told, said = gradpass("bounces", url(name="R&APw-ckl&AOQ-ufer"))
        expect("a mailbox with another writing in its name", told.get("bounces", {}).get("read") == 1, (code, said))
        client.uid("STORE", "1:5", "-FLAGS", "(\\Seen)")
        code, told, said = gradpass("bounces", url(scheme="imap", port=dovecot.plain))
        expect("without TLS on this machine", told.get("bounces", {}).get("read") == 5, (code, said))

        dovecot.stop()
        code, _, said = gradpass("bounces", url())
        expect("a server that is gone: exit 75", code == 75 and "the next run reads on" in said, (code, said))
        code, told, said = gradpass("follow-up")
        expect("follow-up says so and goes on", said.count("the next run reads on") == 1 and told["bounces"]["stopped"], (code, told, said))
    finally:
        dovecot.stop()
        relay.shutdown()
    if failures:
        print(f"left for a look: {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
