#!/usr/bin/env python3
"""Sending into a real Postfix that queues to disk, against smtp-source into the same one: what a night really meets.

    cargo build --release && benches/mail_relay.py         # as root: --sessions 4,16 -m 3000 -n 5

A private Postfix (configuration, queue and log of its own in --folder, 127.0.0.1 only) writes and syncs each message to its
queue before it says 250, and throws it away afterwards; between two runs its queue is empty. `rate` above 1: gradpass is faster.
`busy` is the share of the machine's processors that was busy while gradpass sent."""
import argparse, os, shutil, subprocess, tempfile, time
from common import Desk, arguments, listens, median, pairs, ratio, say, source, timed

MAIN = """compatibility_level = 3.7
queue_directory = {d}/spool
data_directory = {d}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file_prefixes = {d}
maillog_file = {d}/mail.log
myhostname = relay.northfield.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
default_transport = discard:
relay_transport = discard:
local_transport = discard:
alias_maps =
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_peername_lookup = no
disable_dns_lookups = yes
"""
MASTER = """127.0.0.1:{port} inet n - n - - smtpd
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 300 1 qmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
proxymap  unix  - - n - - proxymap
error     unix  - - n - - error
retry     unix  - - n - - error
discard   unix  - - n - - discard
anvil     unix  - - n - 1 anvil
showq     unix  n - n - - showq
postlog   unix-dgram n - n - 1 postlogd
"""
PORT = 2728
given = arguments(argparse.ArgumentParser(description=__doc__), messages=3000, sessions="4,16")


class Postfix:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="postfix-", dir=os.path.abspath(given.folder))
        os.chmod(self.folder, 0o755)
        for name in ("etc", "spool", "data"):
            os.mkdir(f"{self.folder}/{name}")
        shutil.chown(f"{self.folder}/data", "postfix")
        with open(f"{self.folder}/etc/main.cf", "w") as main, open(f"{self.folder}/etc/master.cf", "w") as master:
            main.write(MAIN.format(d=self.folder))
            master.write(MASTER.format(port=PORT))
        self.ask("start")
        while not listens(PORT):
            time.sleep(0.1)

    def ask(self, command):
        subprocess.run(["postfix", "-c", f"{self.folder}/etc", command], check=True, capture_output=True, timeout=60)

    def drained(self, figures):
        queues = [f"{self.folder}/spool/{queue}" for queue in ("incoming", "active", "deferred", "maildrop")]
        while any(files for queue in queues for _, _, files in os.walk(queue)):
            time.sleep(0.1)
        return figures

    def stop(self):
        self.ask("stop")
        shutil.rmtree(self.folder, ignore_errors=True)


postfix = Postfix()
try:
    desk = Desk(given, PORT, given.messages)
    try:
        for sessions in given.sessions:
            ours, theirs = pairs(given.pairs, lambda: postfix.drained(desk.send(sessions)),
                                 lambda: postfix.drained(timed(source(sessions, given.messages, PORT))))
            say(sessions=sessions, rate=ratio(theirs, ours, 0), cpu=ratio(ours, theirs, 1), busy=median(ours, 3), source_busy=median(theirs, 3),
                gradpass_messages_s=round(given.messages / median(ours, 0)), source_messages_s=round(given.messages / median(theirs, 0)))
    finally:
        desk.remove()
finally:
    postfix.stop()
