"""Workbooks that are right, by every tool: texts, date cells, many scripts, ids shown with zeros, title lines and footers."""

import os, shutil, tempfile
from people import COLUMNS, LATIN, SCRIPTS, meaning, people, table
from workbooks import Number, WRITERS, office, openpyxl_book, run


def typed(rows, columns=COLUMNS):
    """Cells with dates as dates and nothing as an empty cell."""

    def value(row, column):
        found = row[column]
        return "; ".join(found) or None if isinstance(found, list) else found or None

    return [list(columns)] + [[value(row, column) for column in columns] for row in rows]


def grids():
    """What every tool writes, with what is right."""
    latin, scripts = people(LATIN, 8000), people(SCRIPTS, 8100)
    zeros = [[Number(int(row[0]), "00000000")] + row[1:] for row in typed(latin)[1:]]
    titled = [["Graduation list, June 2026"] + [None] * 8, [None] * 9] + typed(latin) + [[f"Total: {len(latin)}"] + [None] * 8]
    told = [meaning(row) for row in latin]
    return {
        "text": ([("Graduates", table(latin))], told, "text cells"),
        "dates": ([("Graduates", typed(latin))], told, "date cells"),
        "scripts": ([("Graduates", typed(scripts))], [meaning(row) for row in scripts], "names in many scripts"),
        "zeros": ([("Graduates", [list(COLUMNS)] + zeros)], told, "ids are numbers shown with zeros"),
        "titled": ([("Graduates", titled)], told, "title lines above, a total below"),
    }


def write(corpus):
    """All of them, then what LibreOffice and Gnumeric make of openpyxl's."""
    made = grids()
    for tool, (program, function, endings) in WRITERS.items():
        if program and not corpus.has(program):
            continue
        for name, (grid, told, why) in made.items():
            if (
                name == "zeros"
                and tool in ("pandas-openpyxl", "pandas-xlsxwriter", "pandas-odf", "polars", "openpyxl-write-only")
                or name == "titled"
                and tool.startswith(("pandas", "polars"))
            ):
                continue  # these write no formats of one's own, or no line above the header
            for ending, more in endings:
                file = f"book-{tool}-{name}.{ending}"
                if name == "zeros" and file.startswith("book-exceljs") and ending == "csv":
                    continue  # the number itself
                try:
                    function(grid, corpus.path(file), *more)
                except Exception as error:  # a tool that is not there, or cannot write this
                    corpus.skip(tool, f"{file}: {type(error).__name__} {error}")
                    continue
                # SheetJS writes dates into .ods as bare numbers; exceljs writes them into CSV as moments of the machine's zone
                bare = name != "text" and (tool, ending) in (("sheetjs", "ods"), ("exceljs", "csv"))
                corpus.add(file, tool, "workbooks" if not file.endswith(("csv", "txt")) else "text by tools", why, taken=told, or_refused=bare)
    converted(corpus, made)


def converted(corpus, made):
    with tempfile.TemporaryDirectory() as folder:
        for name, (grid, _, _) in made.items():
            openpyxl_book(grid, f"{folder}/{name}.xlsx")
        files = [f"{name}.xlsx" for name in made]
        if corpus.has("soffice"):
            for ending, to in (
                ("xlsx", "xlsx"),
                ("xls", "xls"),
                ("ods", "ods"),
                ("fods", "fods"),
                ("csv", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true"),
                ("quoted.csv", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,true"),
                ("semicolon.csv", "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,true"),
                ("utf16.csv", "csv:Text - txt - csv (StarCalc):9,34,65535,1,,0,false,true,true"),
                ("plain.csv", "csv"),
                ("1252.csv", "csv:Text - txt - csv (StarCalc):44,34,1,1,,0,false,true,true"),
            ):
                out = f"{folder}/{ending}"
                office(folder, files, to, out)
                keep(corpus, made, "libreoffice", out, ending)
        if corpus.has("ssconvert"):
            kinds = {
                "xlsx": "Gnumeric_Excel:xlsx",
                "xls": "Gnumeric_Excel:excel_biff8",
                "biff7.xls": "Gnumeric_Excel:excel_biff7",
                "ods": "Gnumeric_OpenCalc:odf",
                "csv": "Gnumeric_stf:stf_csv",
            }
            texts = {
                "semicolon.txt": "separator=; quoting-mode=always eol=windows",
                "tab.txt": "separator='\t' quoting-mode=auto eol=unix",
                "utf16.txt": "separator=, charset=UTF-16LE eol=windows",
                "1252.txt": "separator=, charset=CP1252 eol=windows transliterate-mode=transliterate",
            }
            for ending, how in list(kinds.items()) + list(texts.items()):
                os.makedirs(f"{folder}/g-{ending}")
                for name in made:
                    exporter = ["-T", how] if ending in kinds else ["-T", "Gnumeric_stf:stf_assistant", "-O", how]
                    run("ssconvert", *exporter, f"{folder}/{name}.xlsx", f"{folder}/g-{ending}/{name}.{ending.split('.')[-1]}")
                keep(corpus, made, "gnumeric", f"{folder}/g-{ending}", ending)


def keep(corpus, made, tool, folder, ending):
    """Takes what a converter wrote; in Windows-1252 only what that can hold, and then the encoding is asked for."""
    for name, (_, told, why) in made.items():
        source = f"{folder}/{name}.{ending.split('.')[-1]}"
        # without options LibreOffice writes Windows-1252, and a ? for what that lacks
        is_1252 = "1252" in ending or ending == "plain.csv"
        lossy = is_1252 or "biff7" in ending
        # Gnumeric's text, and LibreOffice's without options, hold the number itself: the zeros are gone without a trace
        raw = ending == "plain.csv" or tool == "gnumeric" and ending.endswith(("csv", "txt"))
        if not os.path.exists(source):
            corpus.skip(tool, f"{name}.{ending} was not written")
            continue
        if lossy and name == "scripts" or raw and name == "zeros":
            continue
        file = f"book-{tool}-{name}.{ending}"
        shutil.copy(source, corpus.path(file))
        kind = "workbooks" if ending.split(".")[-1] in ("xlsx", "xls", "ods", "fods") else "text by tools"
        more = {"or_refused": True} if ending == "utf16.txt" else {}  # Gnumeric writes no mark
        if is_1252:
            more = {"needs": "encoding", "config": 'encoding = "windows-1252"'}
        if ending == "fods":
            more = {"refused": True, "or_taken": told, "says": ["XML|ods|xlsx"]}
            corpus.add(file, tool, kind, "a flat XML spreadsheet: read, or explained", **more)
            continue
        corpus.add(file, tool, kind, why, taken=told, **more)
