"""One case: gradpass and smtp-source into the same server, each in a box of its own, by turns."""

import collections
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
sys.path.insert(0, f"{ROOT}/benches")
from university import furnish

from box import Box
from server import PORT

PATIENCE = 900
# beside the server, and never 0.7 of this
GOAL = 0.7


@dataclass
class Result:
    """What a run of gradpass left, and how it stands beside smtp-source."""

    left: tuple  # sent, waiting, refused, exit
    wanted: tuple
    taken: collections.Counter  # by recipient, as the server says
    seconds: float
    said: str
    yardsticks: tuple  # messages a second of smtp-source: connections kept open, one each

    def rate(self):
        return self.left[0] / self.seconds

    def ratio(self):
        kept, single = self.yardsticks
        best = kept or single
        return self.rate() / best if best else None

    def faults(self):
        faults = []
        if self.left != self.wanted:
            faults.append(f"left {self.left}, wanted {self.wanted}")
        twice = sum(1 for count in self.taken.values() if count > 1)
        if twice:
            faults.append(f"{twice} twice")
        if len(self.taken) != self.left[0]:
            faults.append(f"the server took {len(self.taken)}")
        if (ratio := self.ratio()) is not None and ratio < GOAL:
            faults.append("slow")
        return faults


def measure(program, layer, server, case, graduates, connections, source):
    count = max(1, round(graduates * case.share))
    wanted = (round(count * case.left.sent), round(count * case.left.waiting), round(count * case.left.refused), case.left.exit)

    def into(run):
        box = Box(layer)
        try:
            it = server(box, case.settings)
            it.serve()
            return run(it)
        finally:
            box.remove()

    def yardstick(kept, messages):
        return into(lambda _: source(messages, connections, kept)) if case.compared else None

    before = yardstick(True, count)
    left, seconds, said, taken = into(lambda it: gradpass(program, it, case, count, connections))
    # what nobody does, and what some servers take minutes for
    single = yardstick(False, count // 5)
    after = yardstick(True, count)
    kept = (before + after) / 2 if before and after else None
    return Result(left, wanted, taken, seconds, said, (kept, single))


def gradpass(program, server, case, count, connections):
    """Mails everybody: what is left, the seconds, what was said, and whom the server took."""
    folder = tempfile.mkdtemp(prefix="gradpass-relays-")
    try:
        # with a page of its own it is no longer the university of the example, which is not mailed for
        furnish(folder, PORT, f"connections = {connections}\n{case.mail}", page=8080)
        rows = [f"s{it:06},Graduate {it},g{it}@mailbox.example,Bachelor of Arts,2024" for it in range(count)]
        with open(f"{folder}/roster.csv", "w") as file:
            file.write("\n".join(["student_id,full_name,email,course_name,conferral_year", *rows]) + "\n")
        subprocess.run([program, "import", "roster.csv"], cwd=folder, capture_output=True, check=True)
        began = time.monotonic()
        command = [program, "--json", "send"]
        ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE)
        seconds = time.monotonic() - began
        try:
            mail = json.loads(ran.stdout)["mail"]
        except (ValueError, KeyError):
            raise RuntimeError(f"gradpass: exit {ran.returncode}: {ran.stderr[-2000:]}") from None
        left = (mail["sent"], mail["waiting"] + mail["deferred"], mail["refused"], ran.returncode)
        said = mail.get("stopped") or next((line for line in ran.stderr.splitlines() if " WARN " in line), "")
        return left, seconds, said, collections.Counter(server.settled(mail["sent"]))
    finally:
        shutil.rmtree(folder)


class Source:
    """Postfix's smtp-source, in a box: messages a second, or None where it gives up."""

    def __init__(self, layer):
        self.box = Box(layer)

    def __call__(self, count, connections, kept):
        command = ["smtp-source", "-4", "-s", str(connections), "-m", str(count), "-l", "9500", "-N", *["-d"] * kept,
                   "-f", "office@northfield.example", "-t", "g@mailbox.example", f"127.0.0.1:{PORT}"]
        began = time.monotonic()
        try:
            ran = subprocess.run(self.box.inside(command), capture_output=True, text=True, timeout=180)
        except subprocess.TimeoutExpired:
            return None
        return count / (time.monotonic() - began) if ran.returncode == 0 else None
