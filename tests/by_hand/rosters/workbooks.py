"""The same workbooks by every tool that writes some: `WRITERS` maps a tool to what it takes to write a grid with it.

A grid is [(sheet name, rows)]; a cell is a text, None, a date, a `Number` with its format, or a `Formula`."""

import collections, datetime, json, os, subprocess, tempfile

Number = collections.namedtuple("Number", "value format")
Formula = collections.namedtuple("Formula", "text")
HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPTS = f"{HERE}/writers"
# Debian's POI 4.0.1 lacks the types of its own schemas; those of 3.17 do (install.sh). The order matters: 3.17's other classes come last.
TOOLS = os.environ["CORPUS_TOOLS"]
JARS = ":".join(
    [f"{TOOLS}/poi/poi-ooxml-schemas-3.17.jar"]
    + [f"/usr/share/java/{name}.jar" for name in ("poi", "poi-ooxml", "xmlbeans", "commons-io", "commons-compress", "commons-collections4", "commons-math3")]
    + [f"{TOOLS}/poi/poi-ooxml-3.17.jar"]
)
NODE = os.environ | {"NODE_PATH": f"{TOOLS}/node_modules", "TZ": "UTC"}


def run(*command, **more):
    """Runs a tool quietly; its words are shown when it fails."""
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=180, **more)
    except subprocess.TimeoutExpired:
        print(f"{os.path.basename(str(command[0]))} did not end within 3 minutes")
        return None
    if done.returncode:
        print(f"{os.path.basename(str(command[0]))} failed: {(done.stderr or done.stdout)[-600:]}")
    return done


def json_spec(grid):
    """For SheetJS and exceljs."""

    def cell(value):
        if isinstance(value, datetime.date):
            return {"date": value.isoformat()}
        return {"number": value.value, "format": value.format} if isinstance(value, Number) else value

    spec = {"sheets": [{"name": name, "cells": [[cell(value) for value in row] for row in rows]} for name, rows in grid]}
    return temporary(json.dumps(spec), ".json")


def line_spec(grid):
    """For POI and Perl."""

    def cell(value):
        if isinstance(value, datetime.date):
            return ["d", value.isoformat(), "yyyy-mm-dd"]
        if isinstance(value, Number):
            return ["n", str(value.value), value.format]
        return ["f", value.text, ""] if isinstance(value, Formula) else ["t", value, ""]

    lines = [[name, str(r), str(c), *cell(value)] for name, rows in grid for r, row in enumerate(rows) for c, value in enumerate(row) if value is not None]
    return temporary("".join("\t".join(line) + "\n" for line in lines), ".tsv")


def temporary(content, suffix):
    with tempfile.NamedTemporaryFile("w", suffix=suffix, delete=False, encoding="utf-8", newline="") as out:
        out.write(content)
    return out.name


def openpyxl_book(grid, out, write_only=False):
    import openpyxl

    book = openpyxl.Workbook(write_only=write_only)
    if not write_only:
        book.remove(book.active)
    for name, rows in grid:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([openpyxl_value(value) for value in row])
        if not write_only:
            for row, cells in zip(rows, sheet.iter_rows()):
                for value, cell in zip(row, cells):
                    if isinstance(value, Number):
                        cell.number_format = value.format
                    elif isinstance(value, datetime.date):
                        cell.number_format = "yyyy-mm-dd"
                    elif isinstance(value, str) and value.startswith("="):
                        cell.data_type = "s"
    book.save(out)
    return book


def openpyxl_value(value):
    return value.value if isinstance(value, Number) else f"={value.text}" if isinstance(value, Formula) else value


def xlsxwriter_book(grid, out, **options):
    import xlsxwriter

    book = xlsxwriter.Workbook(out, options)
    formats = collections.defaultdict(lambda: None)
    for name, rows in grid:
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                wanted = value.format if isinstance(value, Number) else "yyyy-mm-dd" if isinstance(value, datetime.date) else ""
                style = formats[wanted] = formats[wanted] or (book.add_format({"num_format": wanted}) if wanted else None)
                if isinstance(value, datetime.date):
                    sheet.write_datetime(r, c, value, style)
                elif isinstance(value, Number):
                    sheet.write_number(r, c, value.value, style)
                elif isinstance(value, Formula):
                    sheet.write_formula(r, c, f"={value.text}")
                elif value is not None:
                    sheet.write_string(r, c, value)
    book.close()


def xlwt_book(grid, out):
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    for name, rows in grid:
        sheet = book.add_sheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                style = xlwt.XFStyle()
                if isinstance(value, Number):
                    style.num_format_str, value = value.format, value.value
                elif isinstance(value, datetime.date):
                    style.num_format_str = "yyyy-mm-dd"
                elif isinstance(value, Formula):
                    value = xlwt.Formula(value.text)
                if value is not None:
                    sheet.write(r, c, value, style)
    book.save(out)


def pyexcelerate_book(grid, out):
    import pyexcelerate

    book = pyexcelerate.Workbook()
    for name, rows in grid:
        sheet = book.new_sheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is not None:
                    sheet.set_cell_value(r + 1, c + 1, openpyxl_value(value))
                if isinstance(value, Number | datetime.date):
                    shown = value.format if isinstance(value, Number) else "yyyy-mm-dd"
                    sheet.set_cell_style(r + 1, c + 1, pyexcelerate.Style(format=pyexcelerate.Format(shown)))
    book.save(out)


def frame(grid):
    import pandas

    rows = grid[0][1]
    return pandas.DataFrame([[openpyxl_value(value) for value in row] for row in rows[1:]], columns=rows[0])


def polars_book(grid, out):
    import polars

    rows = grid[0][1]
    polars.DataFrame([[openpyxl_value(value) for value in row] for row in rows[1:]], schema=rows[0], orient="row").write_excel(out)


def node(script):
    def write(grid, out, *more):
        run("node", f"{SCRIPTS}/{script}", json_spec(grid), out, *more, env=NODE)

    return write


def perl_book(grid, out):
    run("perl", f"{SCRIPTS}/books.pl", line_spec(grid), out)


def poi_book(grid, out):
    run("java", "-cp", JARS, f"{SCRIPTS}/Poi.java", line_spec(grid), out)


# tool: (program it needs or "", function, endings of the files, whether it can show numbers with zeros)
WRITERS = {
    "openpyxl": ("", openpyxl_book, [("xlsx", [])]),
    "openpyxl-write-only": ("", lambda grid, out: openpyxl_book(grid, out, write_only=True), [("xlsx", [])]),
    "xlsxwriter": ("", xlsxwriter_book, [("xlsx", [])]),
    "xlsxwriter-constant-memory": ("", lambda grid, out: xlsxwriter_book(grid, out, constant_memory=True), [("xlsx", [])]),
    "xlwt": ("", xlwt_book, [("xls", [])]),
    "pyexcelerate": ("", pyexcelerate_book, [("xlsx", [])]),
    "pandas-openpyxl": ("", lambda grid, out: frame(grid).to_excel(out, index=False, engine="openpyxl"), [("xlsx", [])]),
    "pandas-xlsxwriter": ("", lambda grid, out: frame(grid).to_excel(out, index=False, engine="xlsxwriter"), [("xlsx", [])]),
    "pandas-odf": ("", lambda grid, out: frame(grid).to_excel(out, index=False, engine="odf"), [("ods", [])]),
    "polars": ("", polars_book, [("xlsx", [])]),
    "sheetjs": ("node", node("sheetjs.js"), [("xlsx", ["xlsx"]), ("xls", ["biff8"]), ("ods", ["ods"]), ("xlsb", ["xlsb"]), ("csv", ["csv"]), ("txt", ["txt"])]),
    "exceljs": ("node", node("exceljs.js"), [("xlsx", []), ("csv", [])]),
    "poi": ("java", poi_book, [("xlsx", []), ("xls", [])]),
    "poi-streamed": ("java", poi_book, [("sxssf.xlsx", [])]),
    "perl": ("perl", perl_book, [("xlsx", []), ("xls", [])]),
}


def office(folder, files, to, out, source=None):
    """LibreOffice converts files in one start; with a profile of its own, so that an open one does not matter."""
    profile = f"-env:UserInstallation=file://{tempfile.gettempdir()}/corpus-office"
    run(
        "soffice",
        profile,
        "--headless",
        *([f"--infilter={source}"] if source else []),
        "--convert-to",
        to,
        "--outdir",
        out,
        *[os.path.join(folder, file) for file in files],
    )
