#!/usr/bin/env python3
"""What the durable ledger costs: sending with its marks against sending without, which only this benchmark can.

    cargo build --release && benches/mail_marks.py         # --sessions 4,16 -m 20000 -n 5

`wall` is the time with marks over that without: 1.1 means that the ledger takes a tenth. `least` is what it would be on as many busy
processors if a mark cost no more than SQLite alone needs for the UPDATE of one row, 16 to a commit."""
import argparse
from common import Desk, Sink, arguments, built_bench, median, pairs, ratio, say
from redeem import by_sqlite

given = arguments(argparse.ArgumentParser(description=__doc__), messages=20_000, sessions="4,16")
without = built_bench("send_without_marks")
PORT = 2727
sink = Sink(PORT)
try:
    desk = Desk(given, PORT, given.messages)
    try:
        for sessions in given.sessions:
            marks, none = pairs(given.pairs, lambda: desk.send(sessions), lambda: sink.beside(lambda: desk.send(sessions, without)))
            mark, rest = 1 / by_sqlite(desk.folder, 2), (median(none, 1) + median(none, 4)) / given.messages
            say(sessions=sessions, wall=ratio(marks, none, 0), cpu=ratio(marks, none, 1), least=(mark + rest) / rest,
                marks_messages_s=round(given.messages / median(marks, 0)), without_messages_s=round(given.messages / median(none, 0)),
                marks_cpu_us=round(1e6 * median(marks, 1) / given.messages), without_cpu_us=round(1e6 * median(none, 1) / given.messages),
                sqlite_us=round(1e6 * mark, 1))
    finally:
        desk.remove()
finally:
    sink.stop()
