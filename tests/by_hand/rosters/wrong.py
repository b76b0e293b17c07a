"""Rosters by hand with every damage: bad rows have to be named and kept out, contradictions held, and the good rows go on."""

import datetime

from people import COLUMNS, meaning, people, person, table, text

GOOD = people(["Ada Quill", "Ben Marrow", "Cy Ostler", "Di Pell", "Ed Rusk"], 7000)
PLAIN = ["student_id", "full_name", "email", "course_name", "conferral_year"]
YEARS = [row | {"conferral_year": "2026"} for row in GOOD]


def write(corpus):
    """All of them."""
    cells(corpus)
    moments(corpus)
    people_and_awards(corpus)


def told(rows=GOOD, columns=COLUMNS):
    return [meaning(row, columns) for row in rows]


def values(corpus, column, groups, columns=COLUMNS, **more):
    """A file for each group of bad values of one column, each value in a row of its own among good ones."""
    for name, bad in groups.items():
        rows = [person(7100 + number, f"Person {chr(65 + number % 26)} Tan", **{"date_of_birth": "", column: value}) for number, value in enumerate(bad)]
        places = [f"line {len(GOOD) + 2 + number}" if column == "student_id" else row["student_id"] for number, row in enumerate(rows)]
        corpus.add(
            f"bad-{column.replace('_', '-')}-{name}.csv",
            "by hand",
            f"bad {column}",
            f"{column}: {name}",
            text(table(GOOD + rows, columns)),
            taken=told(GOOD, columns),
            rejected=places,
            **more,
        )


def cells(corpus):
    """One bad cell a row."""
    values(
        corpus,
        "full_name",
        {
            "question": ["Jos? Garc?a", "Nguy?n Th? H?ng", "Tr??ng V?n ??c", "?????", "Zo? M?ller"],
            "entities": ["O&#39;Brien Se&aacute;n", "Mei Ling&nbsp;Tan", "Se&#225;n Kelly", "Jos&#xE9; Tan", "Smith &amp; Tan", "O&amp;#39;Brien Ana"],
            "escapes": ["Jos\\u00e9 Garc\\u00eda", "O\\'Brien", "Jos\\xe9 Tan", "Mira\\nTan", '\\"Bob\\" King', "Jos\\303\\251 Tan"],
            "percent": ["Jos%C3%A9 Garc%C3%ADa", "Mira%20Tan"],
            "mime": ["=?UTF-8?Q?Jos=C3=A9?=", "=?utf-8?B?Sm9zw6k=?=", "Jos=C3=A9 Tan"],
            "excel-escapes": ["_x000D_Mira Tan", "Mira Tan_x000D_", "Mira_x0020_Tan"],
            "tags": ["<b>Mira</b> Tan", "Mira<br>Tan", "Mira Tan</td>"],
            "symbols": ["Jos√© Garc√≠a", "Jos├® Tan", "Mira™ Tan", "¤¶ Tan", "Mira ◊ Tan", "Tan ░▒▓", "Mira ☺ Tan", "Mira © Tan", "Mira ÷ Tan"],
            "nothing": ["NULL", "N/A", "None", "nan", "-", ".", "#N/A", "(null)", "\\N", "not applicable", "n.a."],
            "no-name": [
                "mei.tan@post.example",
                "Mira Tan mira4@post.example",
                "Mei Ling Tan <mei@post.example>",
                "0041231",
                "12345",
                "2026-06-30",
                "TRUE",
                "3.5",
            ],
            "formulas": ['=A2&" "&B2', "=CONCATENATE(A2,B2)", "+A2", "@SUM(A2)", '=HYPERLINK("x")', "#REF!", "#NAME?", "#VALUE!"],
            "quotes": ["“Person A Tan”", '"Person A Tan', 'Person A Tan"'],
            "controls": ["Mira\x01Tan", "Mira\x7fTan", "Mira \ue000Tan"],
        },
    )
    values(
        corpus,
        "email",
        {
            "placeholder": [
                "noemail@post.example",
                "none@none.none",
                "na@na.na",
                "no-email@post.example",
                "noreply@northfield.example",
                "NULL@post.example",
                "nomail@post.example",
                "unknown@unknown.example",
            ],
            "nothing": ["NULL", "N/A", "-", "none", "", "#N/A", "nan"],
            "shape": [
                "ada",
                "ada@post",
                "ada@@post.example",
                "ada@post..example",
                "ada.@post.example",
                "a b@post.example",
                "vi#post.example",
                "a(at)post.example",
            ],
            "two": [
                "ada@post.example; ben@post.example",
                "ada@post.example,ben@post.example",
                "ada@post.example / ben@post.example",
                "ada@post.example ben@post.example",
            ],
            "dressed": ["'ada@post.example", "ada@post.example>", "ada@post.example?subject=hi", "ada@post.example (home)", "ada@post.example/"],
            "hosts": ["sol@localhost.localdomain", "ada@[127.0.0.1]", "ada@1.2.3.4", "ada@post.example.invalid"],
            "signs": ["#ada@post.example", "ada@post,example", "ada@post.example#mailto:ada@post.example#"],
        },
    )
    values(
        corpus,
        "student_id",
        {
            "nothing": ["NULL", "N/A", "nan", "-", "0", "", "#N/A", "None"],
            "shortened": ["1.23457E+12", "2.02612E+10", "1,23E+09", "12345678.0", "10023.0"],
            "dates": ["12-Jan", "Jan-24", "2026-05-01", "01/05/2026", "05-MAR"],
            "logic": ["TRUE", "FALSE", "yes"],
            "thousands": ["20,261", "1,234,567"],
            "formulas": ["=A2", "#REF!", "####"],
            "letters": ["А1234567", "S‑0001\u200b,x"],
        },
    )
    values(
        corpus,
        "course_name",
        {
            "nothing": ["NULL", "N/A", "0", "TRUE", "12345", "2026-06-30", "-", "", "#REF!"],
            "damaged": [
                "Bachelor of Science &amp; Arts",
                "Bachelor of Arts\\nin Law",
                "Bachelor of ?ngineering",
                "LicenciÃ© en Droit",
                "=B2",
                "“Bachelor of Arts”",
            ],
        },
    )
    values(corpus, "majors", {"damaged": ["Finance &amp; Law", "FranÃ§ais", "Fran?ais", "=C2", "#REF!", "#VALUE!", "Physics\\tLaw", "Droit%20Civil"]})
    values(
        corpus,
        "honours",
        {
            "unknown": ["Merit", "Distinction", "TBA", "Cum Laude", "Credit", "see transcript", "3.7"],
            "damaged": ["#REF!", "First Cla?s", "=D2", "First&nbsp;Class"],
        },
        says=["roster.honours|honours"],
    )
    columns = COLUMNS + ["awaiting_graduation"]
    values(corpus, "awaiting_graduation", {"unknown": ["maybe", "Pending", "FALSCH", "Conferred", "2", "#N/A!"]}, columns)


def moments(corpus):
    """Dates that mean two days, none, or another era."""
    values(
        corpus,
        "conferral_date",
        {
            "remarks": ["2026-06-30 (tentative)", "2026-06-30 to 2026-07-04", "2026-06-30TBC", "c. 2026-06-30"],
            "impossible": ["2026-06-31", "2026-02-29", "0000-00-00", "2026-13-01", "2026-W27-2", "46203"],
            "implausible": ["1905-07-18", "9999-12-31", "1900-01-01", "1753-01-01"],
            "buddhist": ["2569-06-30", "2568-12-14"],
            "times": ["2026-06-30 16:00:00", "2026-06-29T23:59", "2026-06-30 10:30:00"],
            "errors": ["#VALUE!", "########", "TBA"],
        },
    )
    values(
        corpus,
        "date_of_birth",
        {
            "implausible": [
                "1900-01-01",
                "2024-01-01",
                "2026-06-30",
                "2030-01-01",
                "1753-01-01",
                "0001-01-01",
                "2003-02-30",
                "2546-02-01",
                "2003-02-01 16:00:00",
            ]
        },
    )
    rows = [row | {"conferral_year": year} for row, year in zip(YEARS, ["1905", "2569", "20266", "26", "MMXXVI"])]
    corpus.add(
        "bad-years.csv",
        "by hand",
        "bad conferral_year",
        "years that are none",
        text(table(rows, PLAIN)),
        rejected=[row["student_id"] for row in rows],
        or_refused=True,
    )
    early = [row | {"conferral_date": datetime.date(2026, 5, 6 + number), "date_of_birth": ""} for number, row in enumerate(GOOD)]
    for order in ("d/m/y", "m/d/y"):
        shown = "%d/%m/%Y" if order[0] == "d" else "%m/%d/%Y"
        corpus.add(
            f"dates-ambiguous-{order.replace('/', '')}.csv",
            "by hand",
            "ambiguous dates",
            "no day above 12: asked for",
            text(table(early, COLUMNS, shown)),
            needs="dates",
            config=f'dates = "{order}"',
            taken=told(early),
        )
    meant = [datetime.date(2026, 6, 30), datetime.date(2026, 6, 30), datetime.date(2026, 12, 14), datetime.date(2026, 12, 14), None]
    both = [
        row | {"conferral_date": day, "date_of_birth": ""} for row, day in zip(GOOD, ["30/06/2026", "06/30/2026", "14/12/2026", "12/14/2026", "05/06/2026"])
    ]
    right = [meaning(row | {"conferral_date": day, "date_of_birth": ""}) for row, day in zip(GOOD, meant)][:4]
    corpus.add(
        "dates-both-orders.csv",
        "by hand",
        "ambiguous dates",
        "two orders in one column: 05/06 is not certain, the others may be taken",
        text(table(both)),
        taken=right,
        or_rejected=[row["student_id"] for row in both],
        rejected=[both[4]["student_id"]],
        or_refused=True,
    )
    thai = [row | {"conferral_date": f"{13 + number}/06/2569", "date_of_birth": ""} for number, row in enumerate(GOOD)]
    corpus.add(
        "dates-buddhist.csv",
        "by hand",
        "ambiguous dates",
        "2569 is 2026 of the Buddhist era: said",
        text(table(thai)),
        refused=True,
        rejected=[row["student_id"] for row in thai],
        says=["Buddhist"],
    )


def people_and_awards(corpus):
    """Rows that contradict each other hold the graduate; the others go on."""
    columns = COLUMNS[:-1]
    ada = person(7300, "Ada Quill", course_code="BSC", course_name="Bachelor of Science", honours="", with_honours=False, majors=[])
    ben, cy = person(7301, "Ben Marrow"), person(7302, "Cy Ostler")

    def held(name, rows, who, right, why, **more):
        corpus.add(
            f"held-{name}.csv",
            "by hand",
            "contradictions",
            why,
            text(table(rows, columns)),
            taken=[meaning(row, columns) for row in right],
            held=[row["student_id"] for row in who],
            **more,
        )

    other = {"course_code": "BA", "course_name": "Bachelor of Arts"}
    held("two-names", [ada, ada | other | {"full_name": "Ben Marrow"}, cy], [ada], [cy], "two names under one id")
    held("two-addresses", [ada, ada | other | {"email": "other@post.example"}, cy], [ada], [cy], "two addresses of one graduate")
    held("two-results", [ada, ada | {"honours": "First Class"}, cy], [ada], [cy], "one award with two results")
    held("two-dates", [ada, ada | {"conferral_date": datetime.date(2025, 6, 20)}, cy], [ada], [cy], "one award on two days")
    held("shared", [ada, ben | {"email": ada["email"]}, cy], [ada, ben], [cy], "one address of two graduates")
    held("shared-case", [ada, ben | {"email": ada["email"].upper()}, cy], [ada, ben], [cy], "one address of two graduates, in other letters")
    held(
        "shared-three",
        [ada, ben | {"email": ada["email"]}, person(7303, "Di Pell", email=ada["email"]), cy],
        [ada, ben, {"student_id": person(7303, "")["student_id"]}],
        [cy],
        "one address of three graduates",
    )
    columns = COLUMNS[:-1] + ["hold"]
    held("column", [ada | {"hold": "yes"}, ben | {"hold": "fees outstanding"}, cy | {"hold": ""}], [ada, ben], [cy], "a column that says: do not invite")
    columns = COLUMNS[:-1] + ["Status"]
    marked = [ada | {"Status": "Deceased"}, ben | {"Status": "Withheld"}, cy | {"Status": "Conferred"}]
    held("mapped", marked, [ada, ben], [cy], "a column of the registry's, mapped", config='[roster.hold]\nStatus = ["Deceased", "Withheld"]')
    columns = COLUMNS[:-1]
    slip = [ada, person(7304, "Ada Quill", email="ada2@post.example") | {"student_id": ada["student_id"].lstrip("0")}, cy]
    corpus.add(
        "ids-lost-zeros.csv",
        "by hand",
        "contradictions",
        "ids that differ by leading zeros only",
        text(table(slip, columns)),
        # nobody can tell which of the two ids is right: both are held
        taken=[meaning(cy, columns)],
        held=[ada["student_id"], slip[1]["student_id"]],
    )
