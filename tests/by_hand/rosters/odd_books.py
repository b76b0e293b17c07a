"""Workbooks with something in them that an officer sees, or does not see: hidden rows and sheets, errors, formulas, number formats, dates."""

import datetime, io, tempfile, zipfile
from books import typed
from people import COLUMNS, meaning, people, table
from workbooks import Formula, NODE, Number, SCRIPTS, WRITERS, json_spec, office, openpyxl_book, run, xlsxwriter_book

ROWS = people(["Ada Quill", "Ben Marrow", "Cy Ostler", "Di Pell", "Ed Rusk", "Flo Sapp"], 8300)
OTHERS = people(["Gil Tarn", "Hal Ude", "Ida Vane"], 8320)


def told(rows=ROWS, columns=COLUMNS):
    return [meaning(row, columns) for row in rows]


def write(corpus):
    """All of them; what openpyxl made is also saved by LibreOffice as .xls and .ods, as officers do."""
    with tempfile.TemporaryDirectory() as folder:
        made = {**hidden(), **values()}
        for name, (build, kind, why, right) in made.items():
            build(corpus.path(f"odd-{name}.xlsx"))
            only_xlsx = right.pop("only_xlsx", False)
            corpus.add(f"odd-{name}.xlsx", "openpyxl", kind, why, **right)
            right["only_xlsx"] = only_xlsx
        both = [name for name, (*_, right) in made.items() if not right.pop("only_xlsx")]
        for ending in ("xls", "ods") if corpus.has("soffice") else ():
            office(corpus.folder, [f"odd-{name}.xlsx" for name in both], ending, folder)
            for name in both:
                _, kind, why, right = made[name]
                with open(f"{folder}/odd-{name}.{ending}", "rb") as converted:
                    corpus.add(f"odd-{name}.{ending}", "libreoffice", kind, why, converted.read(), **right)
    formulas(corpus)
    local_dates(corpus)
    broken(corpus)


def book(change, grid=None):
    """An openpyxl workbook, changed before it is saved."""

    def build(out):
        made = openpyxl_book(grid or [("Graduates", typed(ROWS))], out)
        change(made)
        made.save(out)

    return build


def hidden():
    """Rows, columns and sheets that are not on the screen."""

    def hide_rows(made):
        for row in (3, 5):
            made["Graduates"].row_dimensions[row].hidden = True

    def filtered(made):
        sheet = made["Graduates"]
        sheet.auto_filter.ref = sheet.dimensions
        sheet.auto_filter.add_filter_column(4, ["Bachelor of Laws"])
        for row in range(2, len(ROWS) + 2):
            sheet.row_dimensions[row].hidden = ROWS[row - 2]["course_name"] != "Bachelor of Laws"

    def hide(name, state):
        def change(made):
            made[name].sheet_state = state
            made.active = 1

        return change

    def chart_first(made):
        made.create_chartsheet("Chart", 0)

    last_year = [("Last year", typed(OTHERS)), ("Graduates", typed(ROWS))]
    note = [("Read me", [["Exported by the registry"], ["on 30 June 2026"]]), ("Graduates", typed(ROWS))]
    visible = {"taken": told(), "or_refused": True}
    none = lambda made: None
    return {
        "hidden-rows": (book(hide_rows), "hidden", "hidden rows are said and asked for", {"refused": True, "says": ["hidden", r"\b3\b|row"]}),
        "filtered": (book(filtered), "hidden", "rows hidden by a filter are said and asked for", {"refused": True, "says": ["hidden|filter"]}),
        "hidden-column": (
            book(lambda made: setattr(made["Graduates"].column_dimensions["G"], "hidden", True)),
            "hidden",
            "a hidden column is read, or said",
            {"taken": told(), "or_refused": True},
        ),
        "hidden-first": (
            book(hide("Last year", "hidden"), last_year),
            "hidden",
            "the first visible sheet is read, or asked for",
            visible | {"says": ["hidden|Last year|sheet"]},
        ),
        "very-hidden-first": (
            book(hide("Last year", "veryHidden"), last_year),
            "hidden",
            "the first visible sheet is read, or asked for",
            visible | {"says": ["hidden|Last year|sheet"], "only_xlsx": True},
        ),
        "hidden-second": (
            book(lambda made: setattr(made["Last year"], "sheet_state", "hidden"), last_year[::-1]),
            "hidden",
            "a hidden second sheet is no part of the roster",
            visible,
        ),
        "two-sheets": (
            book(none, [("Science", typed(ROWS)), ("Arts", typed(OTHERS))]),
            "several sheets",
            "two rosters in one book: which one is asked for",
            {"refused": True, "says": ["Science|Arts", "sheet"]},
        ),
        "note-first": (book(none, note), "several sheets", "a note, then the roster", {"refused": True, "or_taken": told(), "says": ["Graduates|sheet"]}),
        "empty-first": (
            book(none, [("Sheet1", []), ("Graduates", typed(ROWS))]),
            "several sheets",
            "an empty sheet first",
            {"refused": True, "or_taken": told(), "says": ["Graduates|sheet"]},
        ),
        "empty-behind": (book(none, [("Graduates", typed(ROWS)), ("Sheet2", []), ("Sheet3", [])]), "several sheets", "empty sheets behind", {"taken": told()}),
        "chart-first": (
            book(chart_first),
            "several sheets",
            "a chart sheet first",
            {"refused": True, "or_taken": told(), "says": ["Graduates|sheet"], "only_xlsx": True},
        ),
        "notes-behind": (
            book(none, [("Graduates", typed(ROWS)), ("Notes", [["Call the faculty of arts"]])]),
            "several sheets",
            "a note behind: the sheet that is not read is named",
            {"taken": told(), "says": ["Notes|sheet"]},
        ),
    }


def values():
    """Cells that are not what they seem."""

    def rows(column, *cells, others=ROWS):
        grid = typed(others)
        for row, value in enumerate(cells):
            grid[1 + row][COLUMNS.index(column)] = value
        return [("Graduates", grid)]

    def one(name, column, cells, why, kind="cells of workbooks", change=lambda made: None, **right):
        bad = [row["student_id"] if column != "student_id" else f"row {2 + number}" for number, row in enumerate(ROWS[: len(cells)])]
        return {name: (book(change, rows(column, *cells)), kind, why, {"taken": told(ROWS[len(cells) :]), "rejected": bad} | right)}

    def errors(*words):
        def change(made):
            for row, word in enumerate(words):
                for column in range(1, len(COLUMNS) + 1):
                    cell = made["Graduates"].cell(row + 2, column)
                    if cell.value == word:
                        cell.data_type = "e"

        return change

    found = {}
    for column in ("full_name", "email", "course_name", "conferral_date", "majors", "honours", "date_of_birth"):
        words = ["#N/A", "#REF!", "#VALUE!"]
        found |= one(f"error-{column.replace('_', '-')}", column, words, "a cell that shows an error is a mistake", change=errors(*words), says=["error|#"])
    for name, form, shown in (("prefix", '"S"00000000', "S{:08}"), ("dashes", "000-00000", "{:03}-{:05}")):
        ids = [shown.format(*([int(row["student_id"])] if name == "prefix" else divmod(int(row["student_id"]), 100000))) for row in ROWS]
        grid = [list(COLUMNS)] + [[Number(int(row[0]), form)] + row[1:] for row in typed(ROWS)[1:]]
        right = [meaning(row | {"student_id": number}) for row, number in zip(ROWS, ids)]
        found[f"id-{name}"] = (
            book(lambda made: None, [("Graduates", grid)]),
            "cells of workbooks",
            f"ids shown as {form}: what is shown, or refused",
            {"taken": right, "or_refused": True, "or_rejected": ids, "only_xlsx": True},
        )
    found |= one("id-long", "student_id", [Number(20261234567890123, "0"), Number(1234567890123456789, "0")], "more digits than a number can hold")
    found |= one("id-sci-text", "student_id", ["1.23457E+12", "2.02612E+10"], "a shortened number as text")
    found |= one("id-date", "student_id", [datetime.date(2026, 5, 1)], "a date is no id")
    found |= one("id-fraction", "student_id", [Number(41230.5, "0.0")], "a fraction is no id")
    found |= one("year-in-date", "conferral_date", [Number(2026, "yyyy-mm-dd")], "2026 typed into a date cell is a day of 1905")
    found |= one("plain-number-date", "conferral_date", [Number(46203, "General"), Number(46204, "0")], "a date without its format", says=["date"])
    found |= one("date-time", "conferral_date", [Number(46202.6666667, "yyyy-mm-dd"), Number(46202.5, "yyyy-mm-dd hh:mm")], "a date cell with a time of day")
    good = lambda name, change, why, **right: {name: (book(change), "odd and right", why, {"taken": told()} | right)}
    found |= good("frozen", lambda made: setattr(made["Graduates"], "freeze_panes", "A2"), "frozen header")
    found |= good("autofilter", lambda made: setattr(made["Graduates"].auto_filter, "ref", "A1:I7"), "a filter that hides nothing")
    found |= good("remark", lambda made: made["Graduates"].cell(4, 14, "ask faculty"), "a remark right of the table", or_rejected=[ROWS[2]["student_id"]])
    found |= good("blank-far", lambda made: made["Graduates"].cell(4, 500, " "), "a blank far right")
    found |= good(
        "styled-below", lambda made: [setattr(made["Graduates"].cell(row, 1), "number_format", "@") for row in range(8, 200)], "styled empty cells below"
    )
    found |= good(
        "comment",
        lambda made: setattr(made["Graduates"]["B2"], "comment", __import__("openpyxl").comments.Comment("checked", "registry")),
        "a comment on a cell",
    )
    found |= good("link", lambda made: setattr(made["Graduates"]["C2"], "hyperlink", "mailto:" + ROWS[0]["email"]), "addresses as links")
    found |= good("epoch-1904", lambda made: setattr(made, "epoch", __import__("openpyxl").utils.datetime.CALENDAR_MAC_1904), "dates counted from 1904")
    found |= good(
        "date-formats",
        lambda made: [
            setattr(made["Graduates"].cell(row, 6), "number_format", form)
            for row, form in enumerate(["d/m/yyyy", "m/d/yy", "[$-409]d-mmm-yy;@", "dddd, d mmmm yyyy", "[$-1070000]d/m/yyyy;@", "yyyy"], 2)
        ],
        "date cells in many formats; the last shows its year only",
        or_rejected=[ROWS[5]["student_id"]],
    )
    years = [row | {"conferral_year": "2026"} for row in ROWS]
    columns = ["student_id", "full_name", "email", "course_name", "conferral_year"]
    for name, value in (("number", 2026), ("float", 2026.0), ("text", "2026"), ("date-yyyy", Number(46203, "yyyy"))):
        grid = [columns] + [[row[0], row[1], row[2], row[3], value] for row in table(years, columns)[1:]]
        found[f"year-{name}"] = (book(lambda made: None, [("Graduates", grid)]), "odd and right", f"the year as {name}", {"taken": told(years, columns)})
    return found


def formulas(corpus):
    """Formulas that no spreadsheet has worked out: every tool leaves something else in the cell."""
    grid = typed(ROWS)
    looked_up = [grid[0]] + [
        row[:4] + [Formula(f'IF(D{number}="BSC","Bachelor of Science","Bachelor of Arts")')] + row[5:] for number, row in enumerate(grid[1:], 2)
    ]
    optional = [grid[0]] + [row[:6] + [Formula('CONCATENATE("Phys","ics")')] + row[7:] for number, row in enumerate(grid[1:], 2)]
    for tool in ("openpyxl", "xlsxwriter", "xlwt", "poi", "perl"):
        program, function, endings = WRITERS[tool]
        if program and not corpus.has(program):
            continue
        for name, cells in (("course", looked_up), ("majors", optional)):
            for ending, more in endings:
                file = f"formula-{tool}-{name}.{ending}"
                function([("Graduates", cells)], corpus.path(file), *more)
                corpus.add(
                    file,
                    tool,
                    "formulas",
                    "a formula that was never worked out is refused",
                    refused=True,
                    rejected=[row["student_id"] for row in ROWS],
                    says=["formula|calculat|worked out|open it|letter|number"],
                )
    if corpus.has("soffice"):
        with tempfile.TemporaryDirectory() as folder:
            openpyxl_book([("Graduates", looked_up)], f"{folder}/formula.xlsx")
            office(folder, ["formula.xlsx"], "xlsx", f"{folder}/out")
            right = [meaning(row | {"course_name": "Bachelor of Science" if row["course_code"] == "BSC" else "Bachelor of Arts"}) for row in ROWS]
            with open(f"{folder}/out/formula.xlsx", "rb") as made:
                corpus.add(
                    "formula-libreoffice.xlsx",
                    "libreoffice",
                    "formulas",
                    "worked out by LibreOffice, which found no value in the file",
                    made.read(),
                    taken=right,
                    or_refused=True,
                )


def local_dates(corpus):
    """JavaScript's local midnight, written east and west of Greenwich: the cells hold another day or a time of day."""
    if not corpus.has("node"):
        return
    for tool, script, more in (("exceljs", "exceljs.js", []), ("sheetjs", "sheetjs.js", ["xlsx"])):
        for zone in ("Asia/Singapore", "Australia/Melbourne", "America/New_York", "Asia/Kolkata"):
            file = f"local-{tool}-{zone.split('/')[1].lower()}.xlsx"
            run("node", f"{SCRIPTS}/{script}", json_spec([("Graduates", typed(ROWS))]), corpus.path(file), *more, env=NODE | {"TZ": zone})
            corpus.add(
                file,
                tool,
                "local dates",
                f"local dates written in {zone}: the day that was meant, or refused",
                taken=told(),
                or_refused=True,
                or_rejected=[row["student_id"] for row in ROWS],
            )

    # text of the same libraries: SheetJS writes 6/18/26, exceljs a moment with the zone of the machine
    run("node", f"{SCRIPTS}/sheetjs.js", json_spec([("Graduates", typed(ROWS))]), corpus.path("local-sheetjs-plain.csv"), "csv", "plain", env=NODE)
    corpus.add(
        "local-sheetjs-plain.csv", "sheetjs", "local dates", "dates as 6/18/26", taken=told(), or_refused=True, or_rejected=[row["student_id"] for row in ROWS]
    )
    for zone in ("Australia/Melbourne", "Asia/Singapore"):
        file = f"local-exceljs-{zone.split('/')[1].lower()}.csv"
        run("node", f"{SCRIPTS}/exceljs.js", json_spec([("Graduates", typed(ROWS))]), corpus.path(file), env=NODE | {"TZ": zone})
        corpus.add(file, "exceljs", "local dates", f"midnight in {zone}, with its zone", taken=told(), or_refused=zone != "Australia/Melbourne", or_rejected=[])


def broken(corpus):
    """Workbooks that are cut off, locked, or dressed."""
    out = corpus.path("broken-cut.xlsx")
    xlsxwriter_book([("Graduates", typed(ROWS))], out)
    with open(out, "rb") as made:
        whole = made.read()
    corpus.add(
        "broken-cut.xlsx", "xlsxwriter", "broken workbooks", "cut off", whole[: len(whole) * 2 // 3], refused=True, says=["cut off|damaged|complete|again"]
    )
    corpus.add(
        "broken-prefixed.xlsx",
        "xlsxwriter",
        "broken workbooks",
        "a blank line before the workbook (downloads of ASP and PHP)",
        b"\r\n" + whole,
        refused=True,
        or_taken=told(),
        says=["workbook|blank|zip|Excel"],
    )
    corpus.add("book-named.csv", "xlsxwriter", "odd and right", "a workbook named .csv", whole, taken=told())
    with zipfile.ZipFile(corpus.path("broken-no-sheet.xlsx"), "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    corpus.add("broken-no-sheet.xlsx", "by hand", "broken workbooks", "a workbook without its parts", refused=True, says=["workbook|sheet|damaged|zip"])
    locked = {"refused": True, "says": ["password"]}
    try:
        from msoffcrypto.format.ooxml import OOXMLFile

        with open(corpus.path("locked.xlsx"), "wb") as made:
            OOXMLFile(io.BytesIO(whole)).encrypt("secret", made)
        corpus.add("locked.xlsx", "msoffcrypto", "broken workbooks", "protected by a password, named as that", **locked)
    except ImportError as error:
        corpus.skip("msoffcrypto", str(error))
    if corpus.has("soffice"):
        with tempfile.TemporaryDirectory() as folder:
            openpyxl_book([("Graduates", typed(ROWS))], f"{folder}/open.xlsx")
            run("/usr/bin/python3", f"{SCRIPTS}/office_lock.py", f"{folder}/open.xlsx", corpus.folder)
        for ending in ("xls", "ods"):
            corpus.add(f"locked.{ending}", "libreoffice", "broken workbooks", "protected by a password, named as that", **locked)
