#!/usr/bin/env python3
"""rows.py [ROW ...] - the rows of docs/performance.md, each by the script that measures it; all of them without a number."""
import os, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROWS = {
    1: ["import.py", "first"],
    2: ["import.py", "again"],
    3: ["import.py", "memory"],
    4: ["import.py", "dry"],
    5: ["mail_limit.py", "--sessions", "16,1"],
    6: ["mail_limit.py", "--sessions", "4"],
    7: ["mail_relay.py"],
    8: ["mail_peers.py"],
    9: ["mail_marks.py"],
    10: ["redeem.py", "--only", "latency"],
    11: ["redeem.py", "--only", "saturation"],
    12: ["redeem.py", "--only", "import"],
    13: ["import.py", "looks"],
}

failed = 0
for row in [int(it) for it in sys.argv[1:]] or ROWS:
    print(f"row {row}: {' '.join(ROWS[row])}", flush=True)
    failed |= subprocess.call([sys.executable, f"{HERE}/{ROWS[row][0]}", *ROWS[row][1:]])
sys.exit(failed)
