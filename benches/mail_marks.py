#!/usr/bin/env python3
"""What the durable ledger costs: sending with its marks against sending without, which only this benchmark can.

    cargo build --release && benches/mail_marks.py         # --sessions 4,16 -m 20000 -n 5

`wall` is the time with marks over that without: 1.1 means that the ledger takes a tenth."""
import argparse, json, subprocess
from common import ROOT, Desk, Sink, arguments, median, pairs, ratio, say

given = arguments(argparse.ArgumentParser(description=__doc__), messages=20_000, sessions="4,16")
built = subprocess.run(["cargo", "build", "--release", "--bench", "send_without_marks", "--message-format=json"],
                       cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
without = [json.loads(line).get("executable") for line in built.splitlines() if '"send_without_marks"' in line][-1]
PORT = 2727
sink = Sink(PORT)
try:
    desk = Desk(given, PORT, given.messages)
    try:
        for sessions in given.sessions:
            marks, none = pairs(given.pairs, lambda: desk.send(sessions), lambda: desk.send(sessions, without))
            say(sessions=sessions, wall=ratio(marks, none, 0), cpu=ratio(marks, none, 1),
                marks_messages_s=round(given.messages / median(marks, 0)), without_messages_s=round(given.messages / median(none, 0)))
    finally:
        desk.remove()
finally:
    sink.stop()
