"""Files by hand that are cut off, count wrongly, lack what is needed, or are no rosters at all."""

import csv
import gzip
import io
import json
import zipfile

from people import COLUMNS, people, table, text
from wrong import GOOD, told


def write(corpus):
    """All of them."""
    whole_files(corpus)
    no_rosters(corpus)


def whole_files(corpus):
    """Files that are cut off, count wrongly, or lack what is needed."""

    def refused(name, data, why, kind="cut off", **more):
        corpus.add(f"file-{name}.csv", "by hand", kind, why, data, **{"refused": True} | more)

    full = text(table(GOOD), eol="\n")
    quoted = text(table(GOOD), quote=csv.QUOTE_ALL, eol="\n")
    refused("cut-in-cell", full[: full.index("Ed Rusk") + 4], "cut off in a name", says=["cut off|complete|end"])
    refused("cut-in-needed", full[: full.index("graduate7004") + 9], "cut off in the address", says=["cut off|complete|end"])
    refused("cut-in-quotes", quoted[: quoted.index("Ed Rusk") + 4], "cut off inside quotes", says=["cut off|complete|end|quote"])
    refused("cut-after-delimiter", full[: full.index("graduate7004")], "cut off behind a delimiter", says=["cut off|complete|end"])
    accents = text(table(people(["Ada Quill", "Zoë Müller"], 7050)), eol="\n").encode()
    refused("cut-in-letter", accents[: accents.index("ë".encode()) + 1], "cut off inside a letter", says=["cut off|complete|end|UTF-8"])
    refused("cut-utf-16", full.encode("utf-16")[:-41], "UTF-16 cut off at an odd byte", says=["cut off|complete|end|UTF-16"])
    refused("count-wrong", full + "Total: 19\n", "the footer counts 19, there are 5", "wrong counts", says=["19", r"\b5\b"])
    refused("count-wrong-rows", full + "\n(7 rows affected)\n", "the footer counts 7, there are 5", "wrong counts", says=["7", r"\b5\b"])
    refused("count-wrong-cell", full + "Total,,,,,,,,6\n", "the footer counts 6, there are 5", "wrong counts", says=["6", r"\b5\b"])
    refused("no-header", "".join(full.splitlines(True)[1:]), "no header", "headers missing", says=["header|first line|column"])
    refused("empty", "", "an empty file", "headers missing", says=["empty"])
    refused("mark-only", "\ufeff", "a mark and nothing else", "headers missing", says=["empty"])
    refused("blank", "\r\n\r\n", "blank lines only", "headers missing", says=["empty|header|no "])
    refused(
        "header-only", full.splitlines(True)[0], "a header and no row: nobody, or refused", "headers missing", or_nobody=True, says=['row|nobody|empty|rows":0']
    )
    for column in ("student_id", "full_name", "email", "course_name", "conferral_date"):
        columns = [name for name in COLUMNS if name != column]
        refused(f"without-{column.replace('_', '-')}", text(table(GOOD, columns)), "a needed column is missing", "headers missing", says=[column])
    refused("column-twice", text(table(GOOD, COLUMNS + ["email"])), "two columns for the address", "headers missing", says=["email"])
    refused("one-column", full.replace(",", " "), "no delimiter at all", "headers missing", says=["column"])
    wide = full.replace("Ed Rusk", "Rusk, Ed")
    corpus.add("row-wide.csv", "by hand", "bad rows", "a comma without quotes moves the cells", wide, taken=told(GOOD[:4]), rejected=["line 6"])
    corpus.add(
        "row-short.csv",
        "by hand",
        "bad rows",
        "a row without its needed cells",
        full + "0099999,Flo Sapp\n",
        taken=told(),
        rejected=["line 7"],
        or_refused=True,
    )
    corpus.add(
        "row-quote-open.csv",
        "by hand",
        "bad rows",
        "a quote that is never closed",
        full.replace("Cy Ostler", '"Cy Ostler'),
        taken=told(GOOD[:2]),
        rejected=["line 4"],
        or_refused=True,
    )
    corpus.add(
        "row-quote-behind.csv",
        "by hand",
        "bad rows",
        "text behind a closing quote",
        full.replace("Cy Ostler", '"Cy" Ostler'),
        taken=told(GOOD[:2] + GOOD[3:]),
        rejected=["line 4"],
    )
    corpus.add(
        "row-backslash-quote.csv",
        "by hand",
        "bad rows",
        'quotes written \\"',
        full.replace("Cy Ostler", '"Cy \\"Cyrus\\" Ostler"'),
        taken=told(GOOD[:2] + GOOD[3:]),
        rejected=["line 4"],
    )
    corpus.add(
        "row-cr-inside.csv",
        "by hand",
        "bad rows",
        "a lone CR in a name",
        full.replace("Cy Ostler", "Cy\rOstler"),
        taken=told(GOOD[:2] + GOOD[3:]),
        rejected=["line 4"],
        or_refused=True,
    )


def no_rosters(corpus):
    """Other kinds of file, each to be called by its name."""
    cells = table(GOOD)
    objects = [dict(zip(cells[0], row)) for row in cells[1:]]
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("roster.csv", text(cells))
    html = "<html><body><table>" + "".join("<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>" for row in cells) + "</table></body></html>"
    widths = [max(len(row[number]) for row in cells) + 2 for number in range(len(cells[0]))]
    files = {
        "json.csv": (json.dumps(objects), "JSON"),
        "jsonl.csv": ("\n".join(map(json.dumps, objects)), "JSON"),
        "zip.zip": (zipped.getvalue(), "zip"),
        "zip.csv": (zipped.getvalue(), "zip"),
        "gzip.csv.gz": (gzip.compress(text(cells).encode()), "gzip|compressed"),
        "pdf.csv": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", "PDF"),
        "png.csv": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG|image|picture|binary"),
        "login.csv": ("<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><form></form></body></html>\n", "HTML|web page"),
        "html.xls": (html, "HTML|web page"),
        "html-bom.xls": ("\ufeff\r\n" + html, "HTML|web page"),
        "mhtml.xls": ("MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n" + html, "MHTML|MIME|web|HTML"),
        "rtf.csv": ("{\\rtf1\\ansi " + text(cells) + "}", "RTF|word processor|text document"),
        "markdown.csv": ("\n".join("| " + " | ".join(row) + " |" for row in [cells[0], ["---"] * len(cells[0])] + cells[1:]), "Markdown|delimiter|\\|"),
        "fixed.txt": ("\n".join("".join(value.ljust(width) for value, width in zip(row, widths)) for row in cells) + "\n", "fixed|width|column|delimiter"),
        "eml.csv": ("From: registry@northfield.example\r\nTo: x@post.example\r\nSubject: roster\r\n\r\nsee attachment\r\n", "email|column|header"),
        "xml.csv": ('<?xml version="1.0"?>\n<rows>' + "".join(f"<row><id>{row[0]}</id></row>" for row in cells) + "</rows>", "XML"),
        "sqlite.csv": (b"SQLite format 3\0" + bytes(100), "SQLite|database|binary|text"),
        "noise.csv": (bytes(range(256)) * 8, "text|binary|encoding|NUL|control"),
        "nul.csv": (bytes(4096), "NUL|empty|text|binary"),
        "sql.csv": ("INSERT INTO graduate VALUES ('1','Ada Quill','ada@post.example');\n", "column|header|SQL"),
        "error.csv": ("ERROR: permission denied for table graduate\n", "column|header"),
        "config.csv": ('[roster]\nencoding = "utf-8"\n', "column|header"),
        "docx.csv": (zipped.getvalue().replace(b"roster.csv", b"word/a.xml"), "zip|Word|workbook"),
    }
    for file, (data, says) in files.items():
        corpus.add(
            f"kind-{file}", "by hand", "no roster", f"not a roster: {file}", data, refused=True, says=[says], **({"or_taken": told()} if "html" in file else {})
        )
    corpus.add(
        "kind-csv-named.xlsx",
        "by hand",
        "no roster",
        "a CSV named .xlsx: read, or explained",
        text(cells),
        refused=True,
        or_taken=told(),
        says=["text|CSV|workbook|named"],
    )
    corpus.add(
        "kind-csv-named.xls",
        "by hand",
        "no roster",
        "a CSV named .xls: read, or explained",
        text(cells),
        refused=True,
        or_taken=told(),
        says=["text|CSV|workbook|named"],
    )
