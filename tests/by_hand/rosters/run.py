#!/usr/bin/env python3
"""run.py --gradpass PROGRAM [--cases DIR] [--json OUT] [CORPUS…] - imports every roster of a corpus (make.py) into a ledger of its own, holds what is in
the ledger and what was said against expected.jsonl, and prints a table for each kind and every file that is not right, with the words of the program.
--cases DIR runs the files of DIR by cases.jsonl beside this file. Nothing is mailed: only `import` is run.

right               as expected, and what had to be said was said
silently wrong      a value in the ledger is not what was written, or is there and should not be, and no message names that row
wrong, but named    the same, though a message names the row
not said            right in the ledger, but the output lacks what it has to say
refused, no need    good rows or a good roster were not taken
unhelpful           refused rightly, but the message does not name the file, the row, or what to do
broken              the program crashed, hung, or ended with an exit code it does not have"""

import argparse, collections, concurrent.futures, json, os, re, sqlite3, subprocess, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
VERDICTS = ["right", "silently wrong", "wrong, but named", "not said", "refused, no need", "unhelpful", "broken"]
CONFIG = """[institution]
name = "Northfield University"
support_email = "graduations@northfield.example"
time_zone = "Australia/Melbourne"
[database]
path = "gradpass.db"
[code]
key_file = "code.key"
valid_days = 90
[mail]
relay = "smtp://127.0.0.1:9"
from = "Northfield University <graduations@northfield.example>"
[web]
public_url = "https://seekpass.northfield.example"
[roster]
"""
# words of expected.jsonl for a roster in which something may be wrong; one without them is taken with exit code 0
FLAWED = {"rejected", "held", "may_take", "or_rejected", "or_refused", "or_nobody", "refused", "needs", "exit"}
ADVICE = (
    r"export|save|set |write|remove|name |give|choose|map|format|open it|correct|fix|mend|check|shows?|use |ask|unpack|--\w+|\w+ = |meant|missing|not (a|an) "
)


def imported(program, folder, roster, settings, before=None, verified=(), arguments=()):
    """Runs `import` in an empty ledger, or after a night before, in which these students had their awards verified; exit code, all that was said, what
    the ledger holds ({student id: [values of an award]}), and who is mailed nothing."""
    for name in os.listdir(folder):
        if name.startswith("gradpass"):
            os.remove(os.path.join(folder, name))
    with open(f"{folder}/gradpass.toml", "w") as out:
        out.write(CONFIG + settings + "\n")
    try:
        if before:
            subprocess.run([program, "import", "--json", before], cwd=folder, capture_output=True, timeout=60)
            verify(f"{folder}/gradpass.db", verified)
        done = subprocess.run([program, "import", "--json", *arguments, roster], cwd=folder, capture_output=True, text=True, errors="replace", timeout=60)
    except subprocess.TimeoutExpired:
        return None, "it did not end within a minute", {}, set()
    people, held = ledger(f"{folder}/gradpass.db") if os.path.exists(f"{folder}/gradpass.db") else ({}, set())
    return done.returncode, done.stderr + done.stdout, people, held


def verify(path, students):
    """Leaves the ledger as it is once these students were mailed and SEEK Pass verified what they added."""
    store = sqlite3.connect(path)
    for student in students:
        store.execute(
            "INSERT INTO submission (seek_pass_id, graduate_id, course_key, digest, state, asked_at, due_at, sent_at, accepted_at, ended_at, told_at,"
            " as_full_name, as_email, as_course_code, as_course_name, as_conferral_year, as_awaiting, as_majors, as_honours)"
            " SELECT 'north-' || student_id, graduate_id, course_key, x'00', 'verified', 0, 0, 0, 0, 0, 0,"
            " full_name, email, course_code, course_name, conferral_year, awaiting_graduation, majors, honours"
            " FROM qualification JOIN graduate ON graduate.id = graduate_id WHERE student_id = ?",
            [student],
        )
        of_student = "graduate_id = (SELECT id FROM graduate WHERE student_id = ?)"
        store.execute(f"UPDATE invitation SET state = 'verified', opened_at = 0 WHERE {of_student}", [student])
        store.execute(f"UPDATE message SET state = 'sent', sent_at = 0 WHERE invitation_id IN (SELECT id FROM invitation WHERE {of_student})", [student])
    store.commit()
    store.close()


def ledger(path):
    """The awards of every graduate under the names of expected.jsonl, and the graduates who are mailed nothing."""
    store = sqlite3.connect(path)
    store.row_factory = sqlite3.Row
    people, held = collections.defaultdict(list), set()
    tables = {name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for row in store.execute("SELECT * FROM graduate JOIN qualification ON graduate.id = graduate_id WHERE withdrawn_at IS NULL"):
        row = dict(row)
        award = {name: row[name] for name in ("student_id", "full_name", "email", "course_name", "date_of_birth", "conferral_date", "conferral_year")}
        award["majors"] = [major for major in row["majors"].split("\n") if major]
        award["with_honours"] = bool(row["with_honours"]) if "with_honours" in row else row["honours"] is not None
        award["awaiting_graduation"] = bool(row["awaiting_graduation"])
        people[row["student_id"]].append(award)
    waiting = {
        id
        for (id,) in store.execute(
            "SELECT student_id FROM graduate JOIN invitation ON graduate_id = graduate.id JOIN message ON invitation_id = invitation.id WHERE message.state = 'waiting'"
        )
    }
    for name in tables & {"hold", "held", "holds"}:
        columns = [row["name"] for row in store.execute(f"PRAGMA table_info({name})")]
        ids = f"SELECT student_id FROM {name}" if "student_id" in columns else f"SELECT student_id FROM graduate JOIN {name} ON graduate_id = graduate.id"
        held |= {id for (id,) in store.execute(ids)}
    return dict(people), held | (set(people) - waiting)


def named(place, said):
    """Whether a message names a row, by its id or (`line 5`, `row 5`) by its number."""
    number = re.fullmatch(r"(?:line|row) (\d+)", place)
    if number:
        return re.search(rf"\b(?:lines?|rows?)\b[^\n]*?\b{number[1]}\b|\b[A-Z]{{1,3}}{number[1]}\b", said) is not None
    return re.search(rf"(?<![\w@.]){re.escape(place)}(?![\w@])", said) is not None


def awards(right):
    """Expected awards by student id."""
    grouped = collections.defaultdict(list)
    for award in right:
        grouped[award["student_id"]].append(award)
    return grouped


def same(award, found):
    """Every value that is expected is there; a list in place of a text allows each of its texts."""

    def fits(name, wanted):
        value = found.get(name)
        if name == "majors":
            return sorted(value) == sorted(wanted)
        if name == "conferral_year" and value is None and found.get("conferral_date"):
            value = int(found["conferral_date"][:4])
        return value in wanted if isinstance(wanted, list) else value == wanted

    return all(fits(name, wanted) for name, wanted in award.items())


def judge(right, code, said, people, held):
    """The verdict over one import, and why."""
    if code not in (0, 1, 2, 75) or "panicked" in said:
        return "broken", f"exit {code}"
    expected, optional = awards(right.get("taken", [])), awards(right.get("or_taken", []))
    may_refuse = right.get("refused") or right.get("or_refused") or right.get("needs")
    wanted = optional if may_refuse and optional and people else expected
    kept_out = set(right.get("held", []))
    silent, loud, missing = [], [], []
    for id, found in people.items():
        if id in kept_out and id in held or id in right.get("may_take", []):
            continue
        matching = wanted.get(id, [])
        fits = len(found) == len(matching) and all(any(same(award, one) for one in found) for award in matching)
        if not fits:
            fields = (
                sorted({name for award in matching for one in found for name in award if not same({name: award[name]}, one)}) or ["number of awards"]
                if matching
                else ["should not be there"]
            )
            (loud if named(id, said) else silent).append(f"{id}: {', '.join(fields)}")
    if people and right.get("needs") and not optional:
        return "silently wrong", f"taken without {right['needs']}" + (f"; wrong: {silent[:3]}" if silent or loud else ", values are right")
    if silent or loud:
        return ("silently wrong", "; ".join(silent[:4])) if silent else ("wrong, but named", "; ".join(loud[:4]))
    if not people and may_refuse and (code in (1, 2) or right.get("or_nobody")):
        return helpful(right, said)
    if not people and right.get("refused"):
        return "silently wrong", f"nobody was taken, exit {code}"
    may_reject = set(right.get("or_rejected", []))
    missing = [id for id in wanted if id not in people and id not in kept_out and not (id in may_reject and (code or named(id, said)))]
    if missing:
        # who was there the night before is withdrawn now
        return "silently wrong" if "before" in right else "refused, no need", ", ".join(missing[:6])
    unnamed = [place for place in right.get("rejected", []) + right.get("held", []) if not named(place, said)]
    if unnamed:
        return "unhelpful", "does not name " + ", ".join(unnamed[:6])
    words = said.replace(os.path.basename(right["file"]), "")
    unsaid = [] if may_refuse else [wanted for wanted in right.get("says", []) if not re.search(wanted, words, re.I)]
    if code not in right.get("exit", [code]):
        unsaid.append(f"exit {code}")
    if code and not FLAWED & set(right):
        return "refused, no need", f"exit {code}, though nothing is wrong with it"
    return ("not said", "; ".join(unsaid)) if unsaid else ("right", "")


def helpful(right, said):
    """Whether the refusal of a roster helps. The file's own name is no help: it often holds the word that is looked for."""
    name = os.path.basename(right["file"])
    # rows that were all rejected stand with their lines, below one name of the file or none
    is_named, said = name in said or re.search(r"\b(line|row|cell) [A-Z]*\d+", said), said.replace(name, "")
    lacks = [words for words in right.get("says", []) + ([right["needs"]] if "needs" in right else []) if not re.search(words, said, re.I)]
    if not is_named:
        lacks.append("the file")
    if not re.search(ADVICE, said, re.I):
        lacks.append("what to do")
    return ("unhelpful", "does not say: " + ", ".join(lacks)) if lacks else ("right", "")


def examine(program, folder, right):
    """Imports one roster, and once more with the setting that it needs."""
    with tempfile.TemporaryDirectory() as fresh:
        subprocess.run([program, "init"], cwd=fresh, capture_output=True)
        roster = os.path.join(os.path.abspath(folder), right["file"])
        before = os.path.join(os.path.abspath(folder), right["before"]) if "before" in right else None
        settings = "" if "needs" in right else right.get("config", "")
        code, said, *found = imported(program, fresh, roster, settings, before, right.get("verified", []), right.get("arguments", []))
        verdict, why = judge(right, code, said, *found)
        if verdict in ("right", "unhelpful") and "needs" in right and "config" in right and not found[0]:
            code, again, *found = imported(program, fresh, roster, right["config"])
            told = {name: value for name, value in right.items() if name not in ("needs", "or_taken", "says")} | {
                "taken": right.get("taken") or right.get("or_taken", [])
            }
            second, reason = judge(told, code, again, *found)
            if second != "right":
                verdict, why, said = second, f"with the setting: {reason}", again
    return right, verdict, why, said.strip()


def report(results, shown):
    """A table for each kind, a total, and what is not right."""
    kinds = collections.defaultdict(collections.Counter)
    for right, verdict, *_ in results:
        kinds[right["kind"]][verdict] += 1
    print(f"{'kind':22}{'files':>6}" + "".join(f"{verdict:>18}" for verdict in VERDICTS))
    for kind, counts in sorted(kinds.items()) + [("total", sum(kinds.values(), collections.Counter()))]:
        print(f"{kind:22}{sum(counts.values()):6}" + "".join(f"{counts[verdict] or '':>18}" for verdict in VERDICTS))
    for verdict in VERDICTS[1:]:
        for right, found, why, said in results:
            if found == verdict:
                print(
                    f"\n{verdict}: {right['file']} ({right['tool']}: {right['why']})\n  {why}\n    "
                    + "\n    ".join(said.splitlines()[:shown] or ["(nothing was said)"])
                )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gradpass", required=True)
    parser.add_argument("--cases", help="folder of case files, judged by cases.jsonl")
    parser.add_argument("--only", default="", help="a pattern for the names of files")
    parser.add_argument("--lines", type=int, default=4, help="lines shown of what the program said")
    parser.add_argument("--json", help="file for the verdicts, one a line")
    parser.add_argument("corpus", nargs="*")
    options = parser.parse_args()
    program = os.path.abspath(options.gradpass)
    lists = [(folder, f"{folder}/expected.jsonl") for folder in options.corpus] + ([(options.cases, f"{HERE}/cases.jsonl")] if options.cases else [])
    work = [(program, folder, json.loads(line)) for folder, path in lists for line in open(path) if line.strip()]
    work = [one for one in work if re.search(options.only, one[2]["file"])]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda one: examine(*one), work))
    if options.json:
        with open(options.json, "w") as out:
            out.writelines(
                json.dumps({"file": right["file"], "kind": right["kind"], "verdict": verdict, "why": why}, ensure_ascii=False) + "\n"
                for right, verdict, why, _ in results
            )
    report(results, options.lines)


if __name__ == "__main__":
    main()
