#!/usr/bin/env python3
"""Memory of sending, at most, with many messages due and with a tenth of them: it must not grow with the roster.

    cargo build --release && benches/mail_memory.py        # -m 1000000 --sessions 16; minutes

`memory` is the larger over the smaller run."""
import argparse
from common import Desk, Sink, arguments, say

given = arguments(argparse.ArgumentParser(description=__doc__), messages=1_000_000, sessions="16")
PORT = 2726
sink = Sink(PORT)
try:
    peaks = []
    for messages in (given.messages // 10, given.messages):
        desk = Desk(given, PORT, messages)
        try:
            peaks.append(desk.send(given.sessions[0])[2])
        finally:
            desk.remove()
    say(messages=given.messages, memory=peaks[1] / peaks[0], tenth_mb=peaks[0], whole_mb=peaks[1])
finally:
    sink.stop()
