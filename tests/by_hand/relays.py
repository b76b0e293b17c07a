#!/usr/bin/env python3
"""What gradpass makes of a real Postfix that has something against it: for each of its limits and refusals, how a run to many
graduates ends. Says right or wrong for each; ends with 1 if any is wrong.

Needs root and Debian's postfix (apt-get install postfix). Everything is in temporary folders and on 127.0.0.1, and nothing
leaves: Postfix throws away what it takes. The limits that count by the minute take some minutes.

    cargo build && sudo tests/by_hand/relays.py [target/debug/gradpass] [NAME…]
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, f"{ROOT}/benches")
from university import furnish

GRADUATES = 300
PATIENCE = 900

# name: (settings of Postfix, what is left after a run: sent, waiting and deferred, refused, exit)
EVERYBODY, NOBODY = (GRADUATES, 0, 0, 0), (0, GRADUATES, 0, 75)
CASES = {
    "healthy": ({}, EVERYBODY),
    "relaying denied": ({"mynetworks": "192.0.2.0/24", "smtpd_relay_restrictions": "permit_mynetworks, reject_unauth_destination"}, NOBODY),
    "relaying denied for a while": ({"mynetworks": "192.0.2.0/24"}, NOBODY),
    "client host blocked": ({"smtpd_recipient_restrictions": "check_client_access inline:{{127.0.0.1 = REJECT blocked for abuse}}, permit"}, NOBODY),
    "sender not wanted": ({"smtpd_sender_restrictions": "check_sender_access inline:{{northfield.example = REJECT not owned by this login}}"}, NOBODY),
    "message too large": ({"message_size_limit": "4000"}, NOBODY),
    "content refused": ({"body_checks": "regexp:{{/./ REJECT links are not wanted}}"}, NOBODY),
    "three of ten unknown": ({"smtpd_recipient_restrictions": "check_recipient_access regexp:{{/^g[0-9]*[0-2]@/ 550 5.1.1 User unknown}}, permit"},
                             (GRADUATES * 7 // 10, 0, GRADUATES * 3 // 10, 1)),
    "two connections a client": ({"smtpd_client_connection_count_limit": "2"}, EVERYBODY),
    "150 messages a minute": ({"smtpd_client_message_rate_limit": "150"}, EVERYBODY),
    "150 recipients a minute": ({"smtpd_client_recipient_rate_limit": "150"}, EVERYBODY),
    "no pipelining": ({"smtpd_discard_ehlo_keywords": "pipelining, dsn"}, EVERYBODY),
}


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


def write(path, text):
    with open(path, "w") as file:
        file.write(text)
    os.chmod(path, 0o644)


def postfix(folder, port, settings):
    """Configures an instance of its own that throws away what it takes."""
    config, queue, data = (os.path.join(folder, name) for name in ("postfix", "queue", "data"))
    for path in (config, queue, data):
        os.makedirs(path)
    shutil.chown(data, "postfix")
    for name in ("dynamicmaps.cf", "postfix-files"):
        if os.path.exists(f"/etc/postfix/{name}"):
            shutil.copy(f"/etc/postfix/{name}", config)
    main = {
        "compatibility_level": "3.6",
        "queue_directory": queue,
        "data_directory": data,
        "maillog_file": f"{folder}/maillog",
        "maillog_file_prefixes": folder,
        "inet_interfaces": "127.0.0.1",
        "inet_protocols": "ipv4",
        "myhostname": "mail.northfield.example",
        "mydestination": "",
        "mynetworks": "127.0.0.0/8",
        "default_transport": "discard:",
        "smtpd_client_event_limit_exceptions": "",
        "alias_maps": "",
        **settings,
    }
    write(f"{config}/main.cf", "".join(f"{name} = {value}\n" for name, value in main.items()))
    services = open("/etc/postfix/master.cf").read().splitlines()
    fields = [line.split() if line and line[0] not in "# \t" else [line] for line in services]
    fields = [it for it in fields if it[:2] != ["smtp", "inet"]]
    for it in fields:
        # nothing is chrooted: the folder has no copies of the system's files
        if len(it) > 4:
            it[4] = "n"
    listening = f"127.0.0.1:{port} inet n - n - - smtpd\n"
    write(f"{config}/master.cf", listening + "\n".join(" ".join(it) for it in fields) + "\n")
    return config


def run(program, settings, connections):
    """Mails everybody through such a relay; what was left, how long it took and what was said."""
    folder = tempfile.mkdtemp(prefix="gradpass-relays-")
    os.chmod(folder, 0o755)
    port = free_port()
    config = postfix(folder, port, settings)
    furnish(folder, port, f"connections = {connections}")
    rows = [f"s{it:06},Graduate {it},g{it}@mailbox.example,Bachelor of Arts,2024" for it in range(GRADUATES)]
    write(f"{folder}/roster.csv", "\n".join(["student_id,full_name,email,course_name,conferral_year", *rows]) + "\n")
    subprocess.run(["postfix", "-c", config, "start"], check=True, timeout=60, capture_output=True)
    try:
        deadline = time.monotonic() + 30
        while socket.socket().connect_ex(("127.0.0.1", port)) and time.monotonic() < deadline:
            time.sleep(0.2)
        began = time.monotonic()
        ran = subprocess.run(
            [program, "--json", "run", "roster.csv"], cwd=folder, capture_output=True, text=True, timeout=PATIENCE
        )
        took = time.monotonic() - began
    finally:
        subprocess.run(["postfix", "-c", config, "stop"], timeout=60, capture_output=True)
    mail = json.loads(ran.stdout)["mail"]
    shutil.rmtree(folder)
    left = (mail["sent"], mail["waiting"] + mail["deferred"], mail["refused"], ran.returncode)
    return left, took, mail.get("stopped", "")


def main():
    arguments = sys.argv[1:]
    program = "target/debug/gradpass"
    if arguments and os.path.exists(arguments[0]):
        program = arguments.pop(0)
    program = os.path.abspath(program)
    if os.geteuid() != 0 or not shutil.which("postfix"):
        sys.exit("needs root and postfix")
    wrong = 0
    print(f"{GRADUATES} graduates; left: sent, still to go, refused, exit")
    for name, (settings, expected) in CASES.items():
        if arguments and name not in arguments:
            continue
        for connections in (4, 16):
            left, took, stopped = run(program, settings, connections)
            wrong += left != expected
            verdict = "right" if left == expected else f"WRONG, wanted {expected}"
            print(f"{name:28} {connections:3} connections {took:6.1f} s {left} {verdict}  {stopped[:110]}", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
