#!/usr/bin/env python3
"""Imports against their yardsticks, in one run on one machine, taking turns:

 first     an empty ledger, every row checked, durable: against the sqlite3 shell's own .import of the same file into one table and
           one invitation a row with a random code, indexes made after the rows (`late`) or before (`full`), and a script in Python;
           and against the least that SQLite needs for what gradpass keeps: the shell fills its tables, unchecked
 again     the very same file; the same rows in another order; one row in a hundred changed: against the first import
 memory    peak of import and dry run with all rows, against a tenth of them
 dry       a dry run without previews, against `xan select` of all columns (`cargo install xan`; left out where it is not there);
           UTF-16 and Windows-1252 against UTF-8; and against `xan` what the csv crate needs to split the rows, and nothing else
 looks     `status`, `show` and a `run` with nothing to do over so many graduates: milliseconds more than `--version`

Needs Python 3 and Debian's sqlite3 and time. A machine's speed drifts within minutes: only ratios of one run count, and of those the
median of at least five."""
import argparse, os, shutil, sqlite3, statistics, subprocess, sys, tempfile, time

from common import built_bench
from university import furnish

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
COLUMNS = "student_id given_names family_name email course_code course_name conferral_year conferral_date majors honours date_of_birth".split()
SCRIPT = r'''
import csv, sys, sqlite3, secrets, re, time
src, db, cols = sys.argv[1], sys.argv[2], sys.argv[3].split(",")
mail = re.compile(r"[^@\s\"]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
c = sqlite3.connect(db, isolation_level=None)
c.execute("PRAGMA journal_mode=WAL"); c.execute("PRAGMA synchronous=FULL")
c.execute("CREATE TABLE graduate(%s)" % ",".join(cols)); c.execute("CREATE UNIQUE INDEX g ON graduate(student_id)")
c.execute("CREATE TABLE invitation(id INTEGER PRIMARY KEY, graduate INTEGER, code TEXT, created_at INTEGER)"); c.execute("CREATE UNIQUE INDEX i ON invitation(code)")
ins = "INSERT INTO graduate(rowid,%s) VALUES(?%s)" % (",".join(cols), ",?" * len(cols)); inv = "INSERT INTO invitation(graduate,code,created_at) VALUES(?,?,?)"
c.execute("BEGIN"); n = 0; a = []; b = []; now = int(time.time())
with open(src, encoding="utf-8-sig", newline="") as f:
    r = csv.reader(f); head = next(r)
    for row in r:
        if len(row) != len(head) or not row[0] or not mail.fullmatch(row[3]) or not 1900 < int(row[6]) < 2100: continue
        n += 1; a.append((n, *row)); b.append((n, secrets.token_urlsafe(16), now))
        if len(a) == 5000: c.executemany(ins, a); c.executemany(inv, b); a.clear(); b.clear()
c.executemany(ins, a); c.executemany(inv, b); c.execute("COMMIT"); c.close()
'''


def shell(path, late):
    """What the sqlite3 shell is told."""
    table = "CREATE TABLE graduate(%s);" % ", ".join(f"{it} TEXT NOT NULL" for it in COLUMNS)
    student, code = "CREATE UNIQUE INDEX graduate_sid ON graduate(student_id);", "CREATE UNIQUE INDEX invitation_code ON invitation(code);"
    invitation = ("CREATE TABLE invitation(id INTEGER PRIMARY KEY, graduate INTEGER NOT NULL, code BLOB NOT NULL, created_at INTEGER NOT NULL,"
                  " sent_at INTEGER, used_at INTEGER);")
    fill = "BEGIN; INSERT INTO invitation(graduate,code,created_at) SELECT rowid, randomblob(16), unixepoch() FROM graduate; COMMIT;"
    rows = f'.import --csv --skip 1 "{path}" graduate'
    steps = [table, rows, student, invitation, fill, code] if late else [table, student, rows, invitation, code, fill]
    return "\n".join(["PRAGMA journal_mode=WAL;", "PRAGMA synchronous=FULL;", *steps]) + "\n"


def same_tables(path, ledger):
    """What the sqlite3 shell is told to fill the tables of gradpass with the rows, which it reads into a table of a temporary file first."""
    with sqlite3.connect(ledger) as like:
        tables = [it for (it,) in like.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%sqlx%'"
                                               " ORDER BY type = 'index'")]
    student = next(it for it in tables if "graduate_student" in it)
    tables.remove(student)
    return ";\n".join([
        "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", *tables, "ATTACH '' AS arrival",
        f"CREATE TABLE arrival.roster({', '.join(f'{it} TEXT' for it in COLUMNS)})",
        f'BEGIN;\n.import --csv --skip 1 --schema arrival "{path}" roster\nINSERT INTO graduate (id, student_id, full_name, email, date_of_birth)'
        " SELECT rowid, student_id, given_names || ' ' || family_name, email, date_of_birth FROM roster ORDER BY rowid",
        "INSERT INTO qualification (graduate_id, course_key, invitation_id, course_code, course_name, conferral_year, awaiting_graduation, majors,"
        " honours, fingerprint) SELECT rowid, course_name, rowid, course_code, course_name, conferral_year, 0, majors, honours, random() FROM roster"
        " ORDER BY rowid",
        "INSERT INTO batch (id, roster, sha256, started_at, row_count) VALUES (1, '', x'', 0, 0)",
        "INSERT INTO invitation (id, graduate_id, state, created_at) SELECT id, id, 'open', 0 FROM graduate ORDER BY id",
        "INSERT INTO message (invitation_id, batch_id, kind, state, due_at) SELECT id, 1, 'invitation', 'waiting', 0 FROM invitation ORDER BY id",
        student, "COMMIT;\n"])


def timed(command, cwd, text=None, accepted=(0,)):
    """Wall seconds and peak MB of a process, start to exit."""
    with tempfile.NamedTemporaryFile("r") as told, tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        given.write((text or "").encode()); given.seek(0)
        start = time.perf_counter()
        code = subprocess.call(["/usr/bin/time", "-q", "-o", told.name, "-f", "%M", *command], cwd=cwd, stdin=given, stdout=said, stderr=said)
        wall = time.perf_counter() - start
        if code not in accepted:
            said.seek(0)
            raise SystemExit(f"{command}: exit {code}: {said.read()[-500:]}")
        return wall, int(told.read().split()[-1]) / 1024


class Bench:
    def __init__(self, given):
        self.given, self.program = given, os.path.abspath(given.program)
        self.folder = tempfile.mkdtemp(prefix="import-", dir=given.folder)
        furnish(self.folder)
        self.roster = self.make(given.rows)

    def path(self, name):
        return os.path.join(self.folder, name)

    def make(self, rows, *how, name=None):
        path = self.path(name or f"{rows}.csv")
        subprocess.run([sys.executable, f"{HERE}/generate_roster.py", str(rows), path, *how], check=True, stdout=subprocess.DEVNULL)
        return path

    def gradpass(self, *arguments, accepted=(0,)):
        return timed([self.program, *arguments], self.folder, accepted=accepted)

    def empty(self):
        for name in os.listdir(self.folder):
            if ".db" in name:
                os.unlink(self.path(name))
        os.sync()

    def first(self, roster=None):
        self.empty()
        return self.gradpass("import", roster or self.roster)

    def sqlite(self, script):
        self.empty()
        return timed(["sqlite3", "-batch", "-bail", "peer.db"], self.folder, script)

    def script(self):
        self.empty()
        return timed([sys.executable, "-c", SCRIPT, self.roster, "peer.db", ",".join(COLUMNS)], self.folder)

    def say(self, row, what, ours, other, goal, unit="x"):
        ratios = [one[0] / two[0] for one, two in zip(ours, other)]
        walls = statistics.median(it[0] for it in ours), statistics.median(it[0] for it in other)
        print(f"row {row}: {what}: {statistics.median(ratios):.2f} {unit} [{min(ratios):.2f}-{max(ratios):.2f}], goal {goal}"
              f" ({walls[0]:.2f} s against {walls[1]:.2f} s, peak {max(it[1] for it in ours):.0f} MB)", flush=True)

    def measure_first(self):
        ours, late, full, script, same = [], [], [], [], []
        self.first()
        fill = same_tables(self.roster, self.path("gradpass.db"))
        for _ in range(self.given.pairs):
            ours.append(self.first()); late.append(self.sqlite(shell(self.roster, True))); full.append(self.sqlite(shell(self.roster, False)))
            script.append(self.script()); same.append(self.sqlite(fill))
        self.say(1, "first import / sqlite3 late", ours, late, "1.0")
        self.say(1, "first import / sqlite3 full", ours, full, "0.45")
        self.say(1, "first import / Python", ours, script, "0.25")
        self.say(1, "the same tables by sqlite3 / sqlite3 late", same, late, "none")

    def measure_again(self):
        lines = open(self.roster, "rb").read().splitlines(keepends=True)
        with open(self.path("turned.csv"), "wb") as file:
            file.writelines([lines[0], *reversed(lines[1:])])
        with open(self.path("changed.csv"), "wb") as file:
            file.writelines(line.replace(b"Bachelor", b"Bachelors") if number % 80 == 7 else line for number, line in enumerate(lines))
        del lines
        first, same, turned, changed = [], [], [], []
        for _ in range(self.given.pairs):
            first.append(self.first())
            for times, name in ((same, self.roster), (turned, "turned.csv"), (changed, "changed.csv")):
                times.append(self.gradpass("import", name))
        self.say(2, "the same file / first import", same, first, "0.15")
        self.say(2, "reordered / first import", turned, first, "0.5")
        self.say(2, "1 % changed / first import", changed, first, "0.5")

    def measure_memory(self):
        tenth = self.make(self.given.rows // 10)
        for what, run in (("import", self.first), ("dry run", lambda it=None: (self.empty(), self.dry(it))[1])):
            peaks = [[run(roster)[1] for roster in (self.roster, tenth)] for _ in range(self.given.pairs)]
            times = statistics.median(all_ / a_tenth for all_, a_tenth in peaks)
            print(f"row 3: peak of {what}: {max(it for it, _ in peaks):.0f} MB, {times:.2f} x that of a tenth, goals 64 MB and 1.1 x", flush=True)

    def dry(self, roster=None):
        return self.gradpass("run", "--dry-run", roster or self.roster)

    def measure_dry(self):
        ours, select, wide, single, split = [], [], [], [], []
        utf16, ansi = self.make(self.given.rows, "--encoding", "utf-16", name="u16.csv"), self.make(self.given.rows, "--encoding", "cp1252", name="ansi.csv")
        xan, splitting = shutil.which("xan"), built_bench("split")
        for _ in range(self.given.pairs):
            self.empty(); ours.append(self.dry()); wide.append(self.dry(utf16)); single.append(self.dry(ansi))
            if xan:
                select.append(timed([xan, "select", "0:10", "-o", "/dev/null", self.roster], self.folder))
                split.append(timed([splitting, self.roster], self.folder))
        if xan:
            self.say(4, "dry run / xan select", ours, select, "2.5")
            self.say(4, "the csv crate alone / xan select", split, select, "none")
        self.say(4, "dry run, UTF-16 / UTF-8", wide, ours, "1.25")
        self.say(4, "dry run, Windows-1252 / UTF-8", single, ours, "1.15")

    def measure_looks(self):
        self.first()
        student = open(self.roster).readlines(2000)[1].split(",")[0]
        version, status, show, run = [], [], [], []
        for _ in range(self.given.pairs):
            version.append(self.gradpass("--version")); status.append(self.gradpass("status")); show.append(self.gradpass("show", student))
        # as if all had been mailed: nothing is left to do
        ledger = sqlite3.connect(self.path("gradpass.db"))
        ledger.execute("UPDATE message SET state = 'sent', sent_at = due_at"); ledger.commit(); ledger.close()
        mailed = []
        for _ in range(self.given.pairs):
            run.append(self.gradpass("run")); mailed.append(self.gradpass("status"))
        base = statistics.median(it[0] for it in version)
        for what, times in (("status", status), ("status, all mailed", mailed), ("show", show), ("run", run)):
            print(f"row 13: {what}: {1000 * (statistics.median(it[0] for it in times) - base):.0f} ms more than --version, goal 50", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", help="first, again, memory, dry, looks; all of them if none is named")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("-n", "--pairs", type=int, default=5)
    parser.add_argument("--program", default=f"{ROOT}/target/release/gradpass", help="built with --release")
    parser.add_argument("--folder", default=f"{ROOT}/target/bench", help="on the disk that is to be measured")
    given = parser.parse_args()
    os.makedirs(given.folder, exist_ok=True)
    given.folder = os.path.abspath(given.folder)
    bench = Bench(given)
    try:
        for part in given.parts or ["first", "again", "memory", "dry", "looks"]:
            getattr(bench, "measure_" + part)()
    finally:
        shutil.rmtree(bench.folder)


if __name__ == "__main__":
    main()
