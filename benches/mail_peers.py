#!/usr/bin/env python3
"""What people use today to send one personal HTML and text message a row, against gradpass, into smtp-sink, from process
start to exit: mailmerge 2.3.0 (a mail merge from PyPI; a connection a message, no record of what was sent) and the script
that an IT department writes (csv, string.Template, smtplib, one connection, no record).

    cargo build --release && benches/mail_peers.py         # -m 5000 --sessions 16 -n 5; the first time installs mailmerge
                                                           # into a virtual environment in --folder
`faster` is the peer's time over ours, `memory` our memory over the peer's."""
import argparse, csv, os, subprocess, sys
from common import Desk, Sink, arguments, median, pairs, ratio, say, timed
from university import COURSE, FAMILY, GIVEN

PORT = 2729
SENTENCE = ("Your time with us counts for a lot, and the community of graduates you belong to now keeps growing. With the invitation "
            "below you can open your graduate account, see your testamur and transcript, and join events in your city. ")
TEXT = "Dear {given} {family},\n\nCongratulations on completing your {course}.\n\n" + SENTENCE * 5 + \
       "\n\nYour invitation: https://invite.northfield.example/r/{code}\n\nOffice of the Registrar\n"
HTML = "<!doctype html><html lang=en><head><meta charset=utf-8><title>Your invitation</title></head>\n<body><h1>Congratulations, {given}!</h1>\n" \
       "<p>Dear {given} {family},</p>\n<p>You completed your <b>{course}</b>.</p>\n" + \
       ("<p style=\"font-size:16px;line-height:24px;margin:0 0 16px 0\">" + SENTENCE.replace(". ", ".\n") + "</p>\n") * 14 + \
       "<p><a href=\"https://invite.northfield.example/r/{code}\">Accept your invitation</a></p>\n</body></html>\n"
NAMES = ("given", "family", "course", "code")
SCRIPT = '''
import csv, html, smtplib, sys
from string import Template
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
text, page = Template(open("text").read()), Template(open("html").read())
relay = smtplib.SMTP("127.0.0.1", int(sys.argv[1]))
for row in csv.DictReader(open("rows.csv", encoding="utf-8", newline="")):
    mail = EmailMessage()
    mail["From"], mail["To"] = "Registrar <office@northfield.example>", row["email"]
    mail["Subject"], mail["Date"] = "Your invitation, %s" % row["given"], formatdate()
    mail["Message-ID"] = make_msgid(domain="northfield.example")
    mail.set_content(text.substitute(row))
    mail.add_alternative(page.substitute({name: html.escape(value) for name, value in row.items()}), subtype="html")
    relay.send_message(mail)
relay.quit()
'''
given = arguments(argparse.ArgumentParser(description=__doc__), messages=5000, sessions="16")
python = os.path.abspath(os.path.join(given.folder, "peers", "bin"))
if not os.path.exists(f"{python}/mailmerge"):
    subprocess.run([sys.executable, "-m", "venv", os.path.dirname(python)], check=True)
    subprocess.run([f"{python}/pip", "install", "-q", "mailmerge==2.3.0"], check=True)


def filled(template, mark):
    return template.format(**{name: mark % name for name in NAMES})


def write(desk, name, text):
    with open(desk.path(name), "w", encoding="utf-8") as file:
        file.write(text)


sink = Sink(PORT)
try:
    desk = Desk(given, PORT, given.messages)
    try:
        with open(desk.path("rows.csv"), "w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(("email", *NAMES))
            for row in range(given.messages):
                rows.writerow((f"g{row}@mailbox.example", GIVEN[row % 10], FAMILY[row // 10 % 10], COURSE[row % 5], f"7K2M-9QXT-{row:05}"))
        write(desk, "script.py", SCRIPT)
        write(desk, "text", filled(TEXT, "$%s"))
        write(desk, "html", filled(HTML, "$%s"))
        write(desk, "template.txt", "TO: {{email}}\nSUBJECT: Your invitation\nFROM: Registrar <office@northfield.example>\nMIME-Version: 1.0\n"
              'Content-Type: multipart/alternative; boundary="bench"\n\n--bench\nContent-Type: text/plain\n\n' + filled(TEXT, "{{%s}}") +
              "\n--bench\nContent-Type: text/html\n\n" + filled(HTML, "{{%s|e}}") + "\n--bench--\n")
        write(desk, "server.conf", f"[smtp_server]\nhost = 127.0.0.1\nport = {PORT}\n")
        peers = {
            "mailmerge": [f"{python}/mailmerge", "--no-dry-run", "--no-limit", "--output-format", "raw", "--database", "rows.csv",
                          "--template", "template.txt", "--config", "server.conf"],
            "smtplib": [sys.executable, "script.py", str(PORT)],
        }
        for name, command in peers.items():
            ours, theirs = pairs(given.pairs, lambda: desk.send(given.sessions[0]), lambda: timed(command, desk.folder))
            say(peer=name, faster=ratio(theirs, ours, 0), memory=ratio(ours, theirs, 2), gradpass_messages_s=round(given.messages / median(ours, 0)),
                peer_messages_s=round(given.messages / median(theirs, 0)), gradpass_mb=median(ours, 2), peer_mb=median(theirs, 2))
    finally:
        desk.remove()
finally:
    sink.stop()
