"""Rosters by hand that are right, in every usual shape: edges, headers, delimiters. They must be taken as they stand."""

import csv

from people import COLUMNS, meaning, people, person, table, text

FOUR = people(["Ada Quill", "Ben Marrow", "Cy Ostler", "Di Pell"], 900)
PLAIN = ["student_id", "full_name", "email", "course_name", "conferral_year"]
YEARS = [row | {"conferral_year": "2026"} for row in FOUR]


def write(corpus):
    """All of them."""
    edges(corpus)
    headers(corpus)


def plain(rows=YEARS, columns=PLAIN, **how):
    return text(table(rows, columns), **how)


def told(rows=YEARS, columns=PLAIN):
    return [meaning(row, columns) for row in rows]


def edges(corpus):
    """Above, below and between the rows."""

    def add(name, data, why, **more):
        corpus.add(f"edge-{name}.csv", "by hand", "edges", why, data, **{"taken": told()} | more)

    body = plain(eol="\n")
    add("lf", body, "a plain roster")
    add("crlf", plain(), "a plain roster with CRLF")
    add("cr", plain(eol="\r"), "line ends of the old Macintosh")
    add("mixed-ends", body.replace("\n", "\r\n", 2), "CRLF in the first two lines only")
    add("no-end", body.rstrip("\n"), "no final line end")
    add("quoted", plain(quote=csv.QUOTE_ALL), "every cell in quotes")
    add("quoted-no-end", plain(quote=csv.QUOTE_ALL).rstrip(), "in quotes, without a final line end")
    for name, sign in (("semicolon", ";"), ("tab", "\t")):
        add(name, plain(delimiter=sign), f"delimited by {name}")
    for name, sign in (("pipe", "|"), ("caret", "^"), ("tilde", "~")):
        add(
            name,
            plain(delimiter=sign),
            "an unusual delimiter: found, or asked for by name",
            taken=None,
            needs="delimiter",
            config=f'delimiter = "{sign}"',
            or_taken=told(),
        )
    add("sep-semicolon", "sep=;\r\n" + plain(delimiter=";"), "Excel's own first line")
    add("sep-comma", "sep=,\r\n" + plain(), "Excel's own first line")
    footers = {
        "total-cell": "Total,,,,4",
        "total": "Total: 4",
        "total-graduates": "Total graduates: 4",
        "rows-affected": "\n(4 rows affected)",
        "rows-selected": "\n4 rows selected.",
        "rows": "(4 rows)",
        "record-count": "Record count: 4",
        "end": "*** End of report ***",
        "printed": "\nPrinted 30 June 2026 by the registry",
        "row-s": "4 row(s) returned",
        "grand": ",,,Grand Total,4",
        "generated": "Generated on 2026-06-30 02:00",
    }
    for name, line in footers.items():
        add(f"footer-{name}", body + line + "\n", "a footer is passed over")
        add(f"footer-{name}-no-end", body + line, "a footer without line end is not a cut-off file")
    add("ctrl-z", plain() + "\x1a", "DOS ends a text with Ctrl-Z")
    add("ctrl-z-line", plain() + "\x1a\r\n", "Ctrl-Z on a line of its own")
    add("blank-lines", body + "\n\n\n", "blank lines at the end")
    add("blank-between", body.replace("\n", "\n\n"), "blank lines between the rows")
    add("comma-lines", body + ",,,,\n,,,,\n", "rows of empty cells, as Excel keeps deleted ones")
    add("blank-cells", body + " , , , ,\n", "a row of blanks")
    add("dashes", body.replace("\n", "\n----------,---------,-----,-----------,--------------\n", 1), "dashes under the header (sqlcmd)")
    lines = body.splitlines()
    add("header-again", "\n".join(lines[:3] + [lines[0]] + lines[3:]) + "\n", "the header again on each page")
    titles = {
        "one": "Graduation list June 2026\n",
        "three": "Northfield University\nGraduation list\nPrinted: 30/06/2026\n\n",
        "blank": "\n\n",
        "type": "#TYPE System.Data.DataRow\n",
        "comment": "# exported by the registry\n",
        "comma": "Graduation list,,,,\n,,,,\n",
        "quoted": '"Graduation list, June 2026"\n',
    }
    for name, lines in titles.items():
        add(
            f"title-{name}",
            lines + body,
            "lines above the header are passed over and named",
            says=None if name == "blank" else [r"lines? 1\b|first (line|[0-9]+ lines)|above"],
        )
    full = text(table(FOUR), eol="\n")
    bare = "\n".join(line.rstrip(",") for line in full.splitlines()) + "\n"
    emptied = [row | {"majors": [], "honours": "", "with_honours": False, "date_of_birth": ""} for row in FOUR]
    short = "\n".join(line.rstrip(",") for line in text(table(emptied), eol="\n").splitlines()) + "\n"
    add("trailing-cut", bare, "trailing empty cells left out", taken=told(FOUR, COLUMNS))
    add("trailing-cut-all", short, "no row has its optional cells", taken=told(emptied, COLUMNS))
    add(
        "trailing-cut-no-end",
        short.rstrip("\n"),
        "the same without line end: the last row lacks only optional cells",
        taken=told(emptied, COLUMNS),
        or_refused=True,
    )
    add("extra-commas", "\n".join(line + ",," for line in full.splitlines()) + "\n", "extra empty cells, header too", taken=told(FOUR, COLUMNS))
    first, *rest = full.splitlines()
    add("extra-commas-rows", "\n".join([first] + [line + ",," for line in rest]) + "\n", "extra empty cells in the rows only", taken=told(FOUR, COLUMNS))
    add(
        "line-in-cell",
        full.replace("Bachelor of Science", '"Bachelor\nof Science"'),
        "a line break inside a cell: joined, or a mistake",
        taken=told(FOUR, COLUMNS),
        or_rejected=[row["student_id"] for row in FOUR],
    )
    add("nul", body.replace("\n", ",honours\n", 1).replace(",2026\n", ",2026,\0\n"), "bcp writes a NUL for an empty text")


def headers(corpus):
    """How columns are called."""

    def add(name, columns, why, rows=YEARS, **more):
        shown = table(rows, list(columns.values()), header=list(columns))
        corpus.add(f"header-{name}.csv", "by hand", "headers", why, text(shown), **{"taken": told(rows, columns.values())} | more)

    def called(*header, columns=PLAIN):
        return dict(zip(header, columns))

    add("upper", called("STUDENT_ID", "FULL_NAME", "EMAIL", "COURSE_NAME", "CONFERRAL_YEAR"), "Oracle writes in upper case")
    add("spaced", called("Student ID", "Full Name", "Email Address", "Course Name", "Year of Conferral"), "words with spaces")
    add("peoplesoft", called("Student Number", "Name", "Email", "Award Title", "Award Year"), "other usual words")
    add("camel", called("studentId", "fullName", "emailAddress", "programName", "graduationYear"), "names of a program")
    add("blanks", called(" student_id", "full_name ", "email", "course_name\u00a0", "conferral_year"), "blanks around the names")
    add("order", dict(reversed(called(*PLAIN).items())), "the columns in another order")
    wide = [row | {"faculty": "Science", "campus": "North"} for row in YEARS]
    add(
        "unread",
        called("student_id", "full_name", "email", "course_name", "conferral_year", "Faculty", "Campus", columns=PLAIN + ["faculty", "campus"]),
        "columns that are not read are named",
        rows=wide,
        says=["Faculty", "Campus"],
    )
    add(
        "misspelt",
        called("student_id", "full_name", "email", "course_name", "conferral_year", "Majorz", columns=PLAIN + ["majorz"]),
        "a slip in a name is pointed out",
        rows=[row | {"majorz": "Law"} for row in YEARS],
        says=["Majorz", "majors"],
    )
    parts = [row | {"given": row["full_name"].split()[0], "family": row["full_name"].split()[1]} for row in YEARS]
    for name, given, family in (("given-family", "Given Names", "Family Name"), ("first-last", "First Name", "Last Name"), ("forename", "Forename", "Surname")):
        columns = called(
            "Student ID",
            given,
            family,
            "Email",
            "Course",
            "Year of conferral",
            columns=["student_id", "given", "family", "email", "course_name", "conferral_year"],
        )
        add(name, columns, "the name in two columns", rows=parts)
        add(
            name + "-turned",
            {name: columns[name] for name in ["Student ID", family, given, "Email", "Course", "Year of conferral"]},
            "family name first in the file",
            rows=parts,
        )
    single = [
        person(950 + number, "Suharto", conferral_year="2026", given=given, family=family)
        for number, (given, family) in enumerate(
            [
                ("", "Suharto"),
                ("Suharto", ""),
                ("-", "Suharto"),
                (".", "Suharto"),
                ("N/A", "Suharto"),
                ("NULL", "Suharto"),
                ("Suharto", "Suharto"),
                ("Suharto", "-"),
            ]
        )
    ]
    columns = called(
        "Student ID",
        "Given Names",
        "Family Name",
        "Email",
        "Course",
        "Year of conferral",
        columns=["student_id", "given", "family", "email", "course_name", "conferral_year"],
    )
    add("single-name", columns, "one name, and a word for nothing in the other column", rows=single, or_rejected=[row["student_id"] for row in single[2:]])
    cjk = [person(970, "陳大文", conferral_year="2026", given="大文", family="陳"), person(971, "王伟", conferral_year="2026", given="伟", family="王")]
    add("cjk-order", columns, "family name first by setting, no blank between characters", rows=cjk, config='name_order = "family_first"', or_refused=True)
