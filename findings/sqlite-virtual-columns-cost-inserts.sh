#!/usr/bin/env bash
# SQLite 3.50.4: a VIRTUAL generated column, which its documentation has computed when it is read, is computed whenever a row is
# inserted or changed, too, though nothing of it is stored, indexed, constrained or read: such an expression makes every INSERT pay
# for it (1.5 to 2 times the processor time for seven nested replace(), by 3.40.1 in memory). The same expression in a view costs nothing then.
# Output when written: computed by 3 inserts and 1 update: 4 times in the table, 0 times in the view; by reading: 3 and 3
# Needs python3 with pip. Exits 1 when the behaviour changes.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
python3 -m pip install --quiet --root-user-action ignore --no-deps --only-binary :all: --target wheels apsw==3.50.4.0
PYTHONPATH=wheels python3 - <<'PYTHON'
import apsw

print("SQLite", apsw.sqlite_lib_version())


def computed(schema):
    """How often the expression is computed while rows are written, and while they are read."""
    calls = []
    database = apsw.Connection(":memory:")
    database.create_scalar_function("folded", lambda text: calls.append(text) or text.lower(), 1, deterministic=True)
    database.execute(schema)
    for student in ("A1", "B2", "C3"):
        database.execute("INSERT INTO student (id) VALUES (?)", (student,))
    database.execute("UPDATE student SET id = 'D4' WHERE id = 'C3'")
    written = len(calls)
    list(database.execute("SELECT folded_id FROM folded"))
    return written, len(calls) - written


table = computed(
    "CREATE TABLE student (id TEXT, folded_id TEXT GENERATED ALWAYS AS (folded(id)) VIRTUAL);"
    "CREATE VIEW folded AS SELECT folded_id FROM student"
)
view = computed("CREATE TABLE student (id TEXT); CREATE VIEW folded AS SELECT folded(id) AS folded_id FROM student")
print(f"computed by 3 inserts and 1 update: {table[0]} times in the table, {view[0]} times in the view; by reading: {table[1]} and {view[1]}")
assert (table, view) == ((4, 3), (0, 3))
PYTHON
