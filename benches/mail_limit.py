#!/usr/bin/env python3
"""Sending with the ledger on against smtp-source, into smtp-sink: messages a second and processor time a message.

    cargo build --release && benches/mail_limit.py        # --sessions 16,4,1 -m 20000 -n 5

`rate` above 1: gradpass sends more messages a second; `cpu` below 1: it needs less processor time for each. `carried` is the rate at
which the machine's processors would be busy without a pause with what gradpass and the sink need for a message: no more can be reached
but with less work."""
import argparse, os
from common import Desk, Sink, arguments, median, pairs, ratio, say, source, timed

given = arguments(argparse.ArgumentParser(description=__doc__), messages=20_000, sessions="16,4,1")
PORT = 2725
sink = Sink(PORT)
try:
    desk = Desk(given, PORT, given.messages)
    try:
        for sessions in given.sessions:
            ours, theirs = pairs(given.pairs, lambda: sink.beside(lambda: desk.send(sessions)),
                                 lambda: timed(source(sessions, given.messages, PORT)))
            carried = os.cpu_count() * given.messages / (median(ours, 1) + median(ours, 4))
            say(sessions=sessions, rate=ratio(theirs, ours, 0), cpu=ratio(ours, theirs, 1), carried=carried * median(theirs, 0) / given.messages,
                gradpass_messages_s=round(given.messages / median(ours, 0)), source_messages_s=round(given.messages / median(theirs, 0)),
                gradpass_cpu_us=round(1e6 * median(ours, 1) / given.messages), source_cpu_us=round(1e6 * median(theirs, 1) / given.messages),
                sink_cpu_us=round(1e6 * median(ours, 4) / given.messages), gradpass_mb=median(ours, 2), busy=median(ours, 3), source_busy=median(theirs, 3))
    finally:
        desk.remove()
finally:
    sink.stop()
