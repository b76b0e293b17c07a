"""Rosters by hand that are right: names, words, dates and awards as registries have them."""

import datetime

from people import COLUMNS, LATIN, ODD, SCRIPTS, meaning, people, person, table, text
from sound import PLAIN, YEARS, told


def write(corpus):
    """All of them."""
    names(corpus)
    words(corpus)
    dates(corpus)
    awards(corpus)


def names(corpus):
    """Names of many peoples, and names that look like damage."""
    for name, group, start in (("latin", LATIN, 100), ("scripts", SCRIPTS, 200), ("odd", ODD, 300)):
        rows = people(group, start)
        for bom in ("", "\ufeff"):
            corpus.add(
                f"names-{name}{'-bom' if bom else ''}.csv",
                "by hand",
                "names",
                "names must come through unchanged",
                bom + text(table(rows)),
                taken=told(rows, COLUMNS),
            )
    turned = people(["Tan, Mira", "O’Brien, Seán", "Ng, Kim", "Khan, Ali"], 360)
    corpus.add(
        "names-comma.csv",
        "by hand",
        "names",
        '"Family, Given" is pointed out with a count',
        text(table(turned)),
        taken=told(turned, COLUMNS),
        says=["comma|Family, Given"],
    )
    hidden = [person(380, "Mira Tan"), person(381, "Zoë Müller")]
    damaged = [hidden[0] | {"full_name": "\u200bMira\u00a0Tan "}, hidden[1] | {"full_name": "Zoe\u0308 Mu\u0308ller"}]
    corpus.add(
        "names-invisible.csv", "by hand", "names", "zero-width letters, blanks and decomposed accents", text(table(damaged)), taken=told(hidden, COLUMNS)
    )


def words(corpus):
    """Words in optional columns."""
    columns = PLAIN + ["majors", "honours"]
    nothing = [
        "",
        "NULL",
        "null",
        "\\N",
        "(null)",
        "N/A",
        "n/a",
        "#N/A",
        "n.a.",
        "None",
        "nil",
        "nan",
        "NaN",
        "NA",
        "-",
        "--",
        "–",
        "not applicable",
        "Not Applicable",
        ".",
    ]
    rows = [person(400 + number, f"Person {chr(65 + number)} Tan", conferral_year="2026", majors=word, honours=word) for number, word in enumerate(nothing)]
    right = [meaning(row | {"majors": [], "with_honours": False}, columns) for row in rows]
    corpus.add("words-nothing.csv", "by hand", "words", "words that mean nothing are an empty cell", text(table(rows, columns)), taken=right)
    with_them = [
        "First Class",
        "H1",
        "H2A",
        "Upper Second",
        "2:1",
        "2:2",
        "IIA",
        "with Honours",
        "Honours",
        "yes",
        "Y",
        "TRUE",
        "1",
        "First Class Honours",
        "Second Class Honours Division 1",
    ]
    without = ["Pass", "Ordinary", "Unclassified", "Without Honours", "No Honours", "No", "N", "FALSE", "0", "none", "Not awarded"]
    for name, group, is_with in (("with", with_them, True), ("without", without, False)):
        rows = [
            person(430 + number, f"Person {chr(65 + number)} Tan", conferral_year="2026", honours=word, with_honours=is_with)
            for number, word in enumerate(group)
        ]
        corpus.add(
            f"words-honours-{name}.csv",
            "by hand",
            "words",
            f"honours words that mean {name}",
            text(table(rows, columns)),
            taken=[meaning(row, columns) for row in rows],
        )
    own = [
        person(460, "Mira Tan", conferral_year="2026", honours="Distinction", with_honours=False),
        person(461, "Ada Quill", conferral_year="2026", honours="Cum Laude", with_honours=True),
    ]
    corpus.add(
        "words-honours-config.csv",
        "by hand",
        "words",
        "words that the university explains itself",
        text(table(own, columns)),
        config='[roster.honours]\n"Distinction" = false\n"Cum Laude" = true',
        taken=[meaning(row, columns) for row in own],
    )
    columns = PLAIN + ["conferral_date", "awaiting_graduation"]
    for name, yes, no in (
        ("yn", "Y", "N"),
        ("yes-no", "Yes", "No"),
        ("true-false", "TRUE", "FALSE"),
        ("digits", "1", "0"),
        ("floats", "1.0", "0.0"),
        ("x", "x", ""),
    ):
        rows = [
            person(470, "Mira Tan", awaiting_graduation=yes, conferral_date="", conferral_year=""),
            person(471, "Ada Quill", awaiting_graduation=no, conferral_year="2026"),
        ]
        right = [meaning(rows[0], columns) | {"awaiting_graduation": True}, meaning(rows[1], columns) | {"awaiting_graduation": False}]
        corpus.add(f"words-awaiting-{name}.csv", "by hand", "words", "yes and no", text(table(rows, columns)), taken=right)


def dates(corpus):
    """Orders of day, month and year that the column itself decides, and moments."""
    columns = COLUMNS
    rows = people(["Ada Quill", "Ben Marrow", "Cy Ostler", "Di Pell"], 500)
    orders = {
        "dmy-slash": "%d/%m/%Y",
        "mdy-slash": "%m/%d/%Y",
        "dmy-dot": "%d.%m.%Y",
        "dmy-dash": "%d-%m-%Y",
        "ymd-slash": "%Y/%m/%d",
        "d-mon-y": "%d-%b-%Y",
        "midnight": "%Y-%m-%d 00:00:00",
        "midnight-t": "%Y-%m-%dT00:00:00",
        "midnight-ms": "%Y-%m-%d 00:00:00.000",
        "dmy-midnight": "%d/%m/%Y 00:00:00",
        "dmy-12am": "%d/%m/%Y 12:00:00 AM",
    }
    for name, order in orders.items():
        corpus.add(
            f"dates-{name}.csv",
            "by hand",
            "dates",
            f"dates as {order}; days above 12 show the order",
            text(table(rows, columns, order)),
            taken=told(rows, columns),
        )
    upper = text(table(rows, columns, "%d-%b-%Y")).replace("Jun", "JUN")
    corpus.add("dates-d-mon-y-upper.csv", "by hand", "dates", "Oracle's months", upper, taken=told(rows, columns))
    early = [row | {"conferral_date": datetime.date(2026, 5, 4 + number), "date_of_birth": ""} for number, row in enumerate(rows)]
    for order in ("d/m/y", "m/d/y"):
        shown = "%d/%m/%Y" if order[0] == "d" else "%m/%d/%Y"
        corpus.add(
            f"dates-set-{order.replace('/', '')}.csv",
            "by hand",
            "dates",
            "no day above 12, but the order is set",
            text(table(early, columns, shown)),
            config=f'dates = "{order}"',
            taken=told(early, columns),
        )
    zoned = [
        row
        | {
            "conferral_date": (datetime.datetime.combine(row["conferral_date"], datetime.time()) - datetime.timedelta(hours=10)).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "date_of_birth": "",
        }
        for row in rows
    ]
    right = told([row | {"date_of_birth": ""} for row in rows], columns)
    corpus.add("dates-zoned.csv", "by hand", "dates", "midnight in Melbourne, written in UTC", text(table(zoned, columns)), taken=right, or_refused=True)
    for name, year in (("float", "2026.0"), ("blank", " 2026 "), ("thousands", "2,026")):
        years = [row | {"conferral_year": year} for row in YEARS]
        corpus.add(
            f"dates-year-{name}.csv",
            "by hand",
            "dates",
            f"the year as {name}",
            text(table(years, PLAIN)),
            taken=told(),
            **({"or_rejected": [row["student_id"] for row in YEARS]} if name == "thousands" else {}),
        )
    both = [
        row | {"conferral_year": "" if number % 2 else "2026", "conferral_date": row["conferral_date"] if number % 2 else ""}
        for number, row in enumerate(YEARS)
    ]
    columns = PLAIN + ["conferral_date"]
    corpus.add("dates-either.csv", "by hand", "dates", "a year or a date, each in its column", text(table(both, columns)), taken=told(both, columns))


def awards(corpus):
    """Several rows of one graduate, and of one address."""
    columns = COLUMNS[:-1]
    ada = person(600, "Ada Quill", course_code="BSC", course_name="Bachelor of Science", honours="", with_honours=False)
    ben = person(601, "Ben Marrow")

    def add(name, rows, right, why, **more):
        corpus.add(f"awards-{name}.csv", "by hand", "awards", why, text(table(rows, columns)), taken=[meaning(row, columns) for row in right], **more)

    add(
        "row-per-major",
        [ada | {"majors": ["Physics"]}, ada | {"majors": ["Statistics"]}, ben],
        [ada | {"majors": ["Physics", "Statistics"]}, ben],
        "rows that differ only in the major merge",
    )
    double = [ada | {"course_code": "BA-LLB", "course_name": "Bachelor of Arts"}, ada | {"course_code": "BA-LLB", "course_name": "Bachelor of Laws"}]
    add("double-one-code", double + [ben], double + [ben], "two course names under one code are two awards")
    two = [ada, ada | {"course_code": "BA", "course_name": "Bachelor of Arts"}]
    add("double-two-codes", two + [ben], two + [ben], "two awards")
    add("double-null-code", [row | {"course_code": "NULL"} for row in two] + [ben], two + [ben], "NULL is no code")
    add("identical", [ada, ada, ben], [ada, ben], "identical rows are a note")
    shared = [ada, ben | {"email": ada["email"]}]
    add("siblings", shared, shared, "siblings, allowed by the configuration", config='shared_addresses = "allow"')
