"""The folder that the rosters go into, and the line that says of each what is right."""

import json, os, shutil


class Corpus:
    """Files in one folder, and `expected.jsonl` beside them."""

    def __init__(self, folder):
        os.makedirs(folder, exist_ok=True)
        self.folder, self.lines, self.skipped = folder, [], []

    def path(self, file):
        """Where a tool is to write a file."""
        return os.path.join(self.folder, file)

    def add(self, file, tool, kind, why, data=None, **right):
        """Notes what is right for a file, writing it first where `data` is given. The words of `right`:

        taken        [{student_id, full_name, …}]: exactly these people are in the ledger, with these values
        or_taken     as `taken`, when that is as right as `refused` or `needs`
        rejected     student ids that are not in the ledger and that a message names, by id or by line
        held         student ids that are mailed nothing, and that a message names
        may_take     student ids that may be in the ledger, whatever of them
        before       a file that is imported first: `taken` is then all that the ledger holds after both nights
        verified     student ids whose awards are verified between the two nights
        arguments    options of the import
        exit         the exit codes that are right
        or_nobody    an exit code of 0 is as right as a refusal, when nobody is taken
        or_rejected  those of `taken` that may be rejected with a message as well
        refused      nothing is in the ledger, exit 2; or_refused: that is as right as what is taken
        needs        the setting that a refusal has to name; with the lines `config` of [roster] the roster is taken
        config       lines of the configuration that are there from the beginning (without `needs`)
        says         patterns, each of which the output has to match
        """
        if data is not None:
            with open(self.path(file), "wb") as out:
                out.write(data if isinstance(data, bytes) else data.encode("utf-8"))
        if not os.path.exists(self.path(file)):
            self.skip(tool, f"{file} was not written")
            return
        right = {name: value for name, value in right.items() if value not in (None, [], False)}
        self.lines.append({"file": file, "tool": tool, "kind": kind, "why": why} | right)

    def skip(self, tool, reason):
        """A tool that is not there costs its own files only."""
        self.skipped.append((tool, reason))
        print(f"skipped: {tool}: {reason}")

    def has(self, *programs):
        """Whether all programs are installed; says which one is not."""
        missing = [program for program in programs if not shutil.which(program)]
        if missing:
            self.skip(missing[0], "not installed")
        return not missing

    def finish(self):
        """Writes expected.jsonl."""
        with open(self.path("expected.jsonl"), "w") as out:
            out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in self.lines)
        twice = len(self.lines) - len({line["file"] for line in self.lines})
        print(f"{len(self.lines)} rosters, {twice} names twice, {len(self.skipped)} skipped")
