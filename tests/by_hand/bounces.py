#!/usr/bin/env python3
"""Bounces by a real Postfix: gradpass mails through it to a far server that refuses most, Postfix sends notifications to
bounces+TOKEN@…, and an alias hands them to `gradpass bounces -`. Says how many were understood; ends with 1 if not all.

Needs root and Debian's postfix (apt-get install postfix). Everything is in a temporary folder and on 127.0.0.1; the
system's own Postfix is left alone. Takes about a minute.

    cargo build && sudo tests/by_hand/bounces.py [target/debug/gradpass]
"""

import json
import os
import pwd
import shutil
import socketserver
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, f"{ROOT}/benches")
from university import furnish

EACH = 20
PATIENCE = 120
USER = "mail"

# What the far server says, to RCPT or after DATA, and what gradpass should make of it.
CASES = {
    "absent": ("rcpt", "550 5.1.1 no such user here", "hard"),
    "nocode": ("rcpt", "550 sorry, no mailbox here by that name", "hard"),
    "disabled": ("rcpt", "550-5.2.1 The account that you tried\r\n550 5.2.1 to reach is disabled", "hard"),
    "access": ("rcpt", "550 5.4.1 Recipient address rejected: Access denied", "hard"),
    "quota": ("rcpt", "552 5.2.2 over quota", "soft"),
    "full": ("data", "552 5.2.2 mailbox full", "soft"),
    "spam": ("data", "554 5.7.1 this looks like spam", "policy"),
    "block": ("rcpt", "554 5.7.1 Service unavailable; Client host [127.0.0.1] blocked using a list", "policy"),
    "busy": ("rcpt", "451 4.3.0 not today", "expired"),
    "fine": (None, None, None),
}


class Far(socketserver.StreamRequestHandler):
    """A mail server that answers by the first part of the address."""

    def say(self, text):
        self.wfile.write((text + "\r\n").encode())

    def handle(self):
        self.say("220 mx.mailbox.example ESMTP")
        answer = None
        for line in self.rfile:
            verb = line.decode("latin-1").strip()
            command = verb.upper()
            if command.startswith("EHLO") or command.startswith("HELO"):
                self.say("250 mx.mailbox.example")
            elif command.startswith("RCPT"):
                case = verb.split("<")[1].split("-")[0]
                where, answer, _ = CASES[case]
                if where == "rcpt":
                    self.say(answer)
                    answer = None
                else:
                    self.say("250 2.1.5 fine")
            elif command == "DATA":
                self.say("354 go on")
                for content in self.rfile:
                    if content.strip() == b".":
                        break
                self.say(answer or "250 2.0.0 fine")
            elif command == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 2.0.0 fine")


def write(path, text):
    with open(path, "w") as file:
        file.write(text)
    os.chmod(path, 0o644)


def free_port():
    import socket

    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


def postfix(folder, port, far, program):
    """Configures an instance of its own."""
    config, queue, data = (os.path.join(folder, name) for name in ("postfix", "queue", "data"))
    os.makedirs(config)
    os.makedirs(queue)
    os.makedirs(data)
    shutil.chown(data, "postfix")
    for name in ("dynamicmaps.cf", "postfix-files"):
        if os.path.exists(f"/etc/postfix/{name}"):
            shutil.copy(f"/etc/postfix/{name}", config)
    write(
        f"{config}/main.cf",
        f"""compatibility_level = 3.6
queue_directory = {queue}
data_directory = {data}
maillog_file = {folder}/maillog
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.northfield.example
mydestination = northfield.example
mynetworks = 127.0.0.0/8
recipient_delimiter = +
alias_maps = texthash:{config}/aliases
alias_database =
local_recipient_maps =
transport_maps = texthash:{config}/transport
default_privs = {USER}
maximal_queue_lifetime = 0
bounce_queue_lifetime = 1h
smtp_destination_concurrency_failed_cohort_limit = 0
""",
    )
    write(f"{config}/transport", f"mailbox.example smtp:[127.0.0.1]:{far}\n")
    write(f"{config}/aliases", f'bounces "|{program} --config {folder}/gradpass.toml bounces -"\n')
    services = open("/etc/postfix/master.cf").read().splitlines()
    kept = [line for line in services if not line.startswith("smtp ") or " inet " not in " ".join(line.split())]
    kept = [" ".join(line.split()) if line and line[0] not in "# \t" else line for line in kept]
    # nothing is chrooted: the folder has no copies of the system's files
    fields = [line.split(" ") for line in kept]
    for it in fields:
        if len(it) > 4 and it[0] and it[0][0] != "#":
            it[4] = "n"
    write(f"{config}/master.cf", f"127.0.0.1:{port} inet n - n - - smtpd\n" + "\n".join(" ".join(it) for it in fields) + "\n")
    return config


def main():
    program = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "target/debug/gradpass")
    if os.geteuid() != 0 or not shutil.which("postfix"):
        sys.exit("needs root and postfix")
    user = pwd.getpwnam(USER)
    folder = tempfile.mkdtemp(prefix="gradpass-bounces-")
    os.chmod(folder, 0o755)
    copy = os.path.join(folder, "gradpass")
    shutil.copy(program, copy)
    os.chown(folder, user.pw_uid, user.pw_gid)
    port = free_port()
    socketserver.ThreadingTCPServer.allow_reuse_address = True
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Far) as far:
        threading.Thread(target=far.serve_forever, daemon=True).start()
        config = postfix(folder, port, far.server_address[1], copy)
        furnish(folder, port, '[bounces]\naddress = "bounces@northfield.example"')
        rows = ["student_id,full_name,email,course_name,conferral_year"]
        wanted = {}
        for case in CASES:
            for number in range(EACH):
                wanted[f"{case}{number:03}"] = CASES[case][2]
                rows.append(f"{case}{number:03},Graduate {number},{case}-{number}@mailbox.example,Bachelor of Arts,2024")
        write(f"{folder}/roster.csv", "\n".join(rows) + "\n")
        for name in ("code.key", "gradpass.toml", "roster.csv"):
            os.chown(f"{folder}/{name}", user.pw_uid, user.pw_gid)

        def gradpass(*arguments):
            ran = subprocess.run(
                [copy, "--json", "--config", f"{folder}/gradpass.toml", *arguments],
                cwd=folder, user=USER, group=user.pw_gid, extra_groups=[], capture_output=True, text=True, timeout=PATIENCE,
            )
            return ran.returncode, json.loads(ran.stdout or "{}"), ran.stderr

        subprocess.run(["postfix", "-c", config, "start"], check=True, timeout=60, capture_output=True)
        try:
            code, told, said = gradpass("run", "roster.csv")
            print(f"run: exit {code}, {told['mail']}")
            missing = sum(kind is not None for kind in wanted.values())
            found, began = {}, time.monotonic()
            while time.monotonic() - began < PATIENCE and len(found) < missing:
                time.sleep(1)
                _, told, said = gradpass("list", "bounced")
                found = {row["student_id"]: row for row in told["listed"]}
            took = time.monotonic() - began
        finally:
            subprocess.run(["postfix", "-c", config, "stop"], timeout=60, capture_output=True)
            far.shutdown()
        right = [student for student, kind in wanted.items() if found.get(student, {}).get("kind") == kind]
        log = open(f"{folder}/maillog", errors="replace").read()
        print(f"{len(wanted)} mailed, {missing} bounced by Postfix, {len(found)} attributed in {took:.0f} s, {len(right)} of the right kind")
        print(f"deferred deliveries to the pipe: {log.count('status=deferred') - log.count('not today')}")
        for student in [student for student in wanted if student not in right][:10]:
            print(f"  {student}: wanted {wanted[student]}, found {found.get(student)}")
        if len(right) == len(wanted):
            shutil.rmtree(folder)
            return 0
        print(f"left for a look: {folder}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
