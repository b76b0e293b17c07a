"""Text by tools that export tables: R, PHP, Perl, pandas, polars, Python's csv, SheetJS and LibreOffice in other languages' encodings, duckdb."""

import csv, os, shutil, tempfile
from charsets import LEGACY, told
from people import COLUMNS, LATIN, meaning, people, person, table, vietnamese
from workbooks import SCRIPTS, office, run, temporary

ROWS = people(LATIN + ["陳大文", "Nguyễn Thị Hồng"], 8500)
QUOTED = ROWS + [person(8520, 'Robert "Bob" King'), person(8521, "O'Brien, Ana")]
KIND = "text by tools"


def write(corpus):
    """All of them."""
    r(corpus)
    perl_and_php(corpus)
    frames(corpus)
    duck(corpus)
    office_encodings(corpus)


def tabs(rows):
    return temporary("".join("\t".join(row) + "\n" for row in table(rows)), ".tsv")


def r(corpus):
    if not corpus.has("Rscript"):
        return
    with tempfile.TemporaryDirectory() as folder:
        run("Rscript", f"{SCRIPTS}/tables.R", tabs(ROWS), folder, env=os.environ | {"LC_ALL": "C.UTF-8"})
        for file, why in (
            ("r-write-csv.csv", "NA for what is missing"),
            ("r-write-csv-empty.csv", 'na = ""'),
            ("r-write-csv-rownames.csv", "row names in a first column without a name"),
            ("r-write-csv2.csv", "semicolons"),
            ("r-write-table-tab.txt", "tabs, no quotes"),
            ("r-write-csv-dates.csv", "Date columns"),
            ("r-write-csv-posix.csv", "POSIXct columns"),
        ):
            take(corpus, folder, file, "R", why)
        numbers = [row | {"student_id": str(100000 + number)} for number, row in enumerate(ROWS)]
        take(corpus, folder, "r-number-ids.csv", "R", "one id of many became 1e+05", taken=told(numbers[1:]), rejected=["line 2"])
        # the header of write.table has one name less than the rows have cells, and blanks between
        take(corpus, folder, "r-write-table-default.txt", "R", "blanks between, row names without a header", refused=True, says=["column|delimiter"])


def take(corpus, folder, file, tool, why, **right):
    if not os.path.exists(f"{folder}/{file}"):
        corpus.skip(tool, f"{file} was not written")
        return
    shutil.copy(f"{folder}/{file}", corpus.path(file))
    corpus.add(file, tool, KIND, why, **(right or {"taken": told(ROWS)}))


def perl_and_php(corpus):
    slashed = [person(8530, 'Path\\Finder" Lee'), person(8531, "Ada Quill")]
    if corpus.has("perl"):
        for kind in ("plain", "always", "semicolon"):
            run("perl", f"{SCRIPTS}/csv.pl", tabs(QUOTED), corpus.path(f"perl-{kind}.csv"), kind)
            corpus.add(f"perl-{kind}.csv", "Text::CSV_XS", KIND, f"Text::CSV_XS, {kind}", taken=told(QUOTED))
        run("perl", f"{SCRIPTS}/csv.pl", tabs(QUOTED), corpus.path("perl-escape.csv"), "escape")
        corpus.add(
            "perl-escape.csv",
            "Text::CSV_XS",
            "bad rows",
            'quotes written \\": read, or a mistake',
            taken=told(QUOTED),
            or_rejected=[QUOTED[-2]["student_id"]],
            or_refused=True,
        )
    if corpus.has("php"):
        for kind in ("plain", "semicolon", "noescape"):
            run("php", f"{SCRIPTS}/csv.php", tabs(QUOTED), corpus.path(f"php-{kind}.csv"), kind)
            corpus.add(f"php-{kind}.csv", "PHP", KIND, f"fputcsv, {kind}", taken=told(QUOTED))
        run("php", f"{SCRIPTS}/csv.php", tabs(slashed), corpus.path("php-backslash.csv"), "plain")
        corpus.add(
            "php-backslash.csv", "PHP", "bad rows", 'fputcsv leaves \\" as it is', taken=told(slashed[1:]), rejected=[slashed[0]["student_id"]], or_refused=True
        )


def frames(corpus):
    """pandas and polars: missing values, dates, floats."""
    cells = table(ROWS)
    try:
        import pandas, polars
    except ImportError as error:
        corpus.skip("pandas, polars", str(error))
        return
    data = [[value or None for value in row] for row in cells[1:]]
    frame = pandas.DataFrame(data, columns=COLUMNS)
    for name, how in (
        ("plain", {}),
        ("na-rep", {"na_rep": "NULL"}),
        ("nan", {"na_rep": "nan"}),
        ("semicolon", {"sep": ";"}),
        ("tab", {"sep": "\t"}),
        ("bom", {"encoding": "utf-8-sig"}),
        ("utf16", {"encoding": "utf-16"}),
        ("all", {"quoting": csv.QUOTE_ALL}),
    ):
        frame.to_csv(corpus.path(f"pandas-{name}.csv"), index=False, **how)
        corpus.add(f"pandas-{name}.csv", "pandas", KIND, f"to_csv, {name}", taken=told(ROWS))
    frame.to_csv(corpus.path("pandas-index.csv"))
    corpus.add("pandas-index.csv", "pandas", KIND, "the index in a first column without a name", taken=told(ROWS))
    dated = frame.assign(conferral_date=pandas.to_datetime(frame["conferral_date"]), date_of_birth=pandas.to_datetime(frame["date_of_birth"]))
    dated.to_csv(corpus.path("pandas-dates.csv"), index=False)
    corpus.add("pandas-dates.csv", "pandas", KIND, "datetime columns", taken=told(ROWS))
    utc = dated.assign(conferral_date=dated["conferral_date"].dt.tz_localize("Australia/Melbourne").dt.tz_convert("UTC"))
    utc.to_csv(corpus.path("pandas-utc.csv"), index=False)
    corpus.add("pandas-utc.csv", "pandas", KIND, "midnight in Melbourne as UTC", taken=told(ROWS), or_refused=True)
    numbers = frame.assign(student_id=frame["student_id"].astype(float))
    numbers.to_csv(corpus.path("pandas-float-ids.csv"), index=False)
    bare = [row | {"student_id": str(int(row["student_id"]))} for row in ROWS]
    corpus.add(
        "pandas-float-ids.csv",
        "pandas",
        "bad student_id",
        "ids that became floats: 48530.0",
        refused=True,
        rejected=[f"line {number + 2}" for number in range(len(ROWS))],
        or_taken=told(bare),
    )
    years = pandas.DataFrame(
        [
            [
                row["student_id"],
                row["full_name"],
                row["email"],
                row["course_name"],
                2026 if number % 2 else None,
                None if number % 2 else row["conferral_date"].isoformat(),
            ]
            for number, row in enumerate(ROWS)
        ],
        columns=COLUMNS[:3] + ["course_name", "conferral_year", "conferral_date"],
    )
    years.to_csv(corpus.path("pandas-year-gaps.csv"), index=False)
    right = [meaning(row | {"conferral_year": 2026}, ["conferral_year"] if number % 2 else ["conferral_date"]) for number, row in enumerate(ROWS)]
    corpus.add("pandas-year-gaps.csv", "pandas", KIND, "years with gaps become 2026.0", taken=right)
    polar = polars.DataFrame(data, schema=COLUMNS, orient="row")
    for name, how in (
        ("plain", {}),
        ("null", {"null_value": "NULL"}),
        ("semicolon", {"separator": ";"}),
        ("bom", {"include_bom": True}),
        ("always", {"quote_style": "always"}),
        ("never", {"quote_style": "never", "separator": "\t"}),
    ):
        polar.write_csv(corpus.path(f"polars-{name}.csv"), **how)
        corpus.add(f"polars-{name}.csv", "polars", KIND, f"write_csv, {name}", taken=told(ROWS))
    polar.with_columns(polars.col("conferral_date").str.to_datetime("%Y-%m-%d")).write_csv(corpus.path("polars-datetime.csv"))
    corpus.add("polars-datetime.csv", "polars", KIND, "Datetime columns", taken=told(ROWS))
    polar.write_parquet(corpus.path("polars-parquet.csv"))
    corpus.add("polars-parquet.csv", "polars", "no roster", "Parquet", refused=True, says=["Parquet|text|binary"])


def duck(corpus):
    try:
        import duckdb
    except ImportError as error:
        corpus.skip("duckdb", str(error))
        return
    store = duckdb.connect()
    store.execute("CREATE TABLE roster (" + ", ".join(f"{column} {'DATE' if 'date' in column else 'VARCHAR'}" for column in COLUMNS) + ")")
    store.executemany(f"INSERT INTO roster VALUES ({', '.join('?' * len(COLUMNS))})", [[value or None for value in row] for row in table(ROWS)[1:]])
    for name, how in (
        ("plain", "HEADER"),
        ("null", "HEADER, NULLSTR 'NULL'"),
        ("semicolon", "HEADER, DELIMITER ';'"),
        ("tab", "HEADER, DELIMITER '\t'"),
        ("force", "HEADER, FORCE_QUOTE *"),
        ("dmy", "HEADER, DATEFORMAT '%d/%m/%Y'"),
        ("stamp", "HEADER, TIMESTAMPFORMAT '%Y-%m-%d %H:%M'"),
    ):
        store.execute(f"COPY roster TO '{corpus.path(f'duckdb-{name}.csv')}' (FORMAT csv, {how})")
        corpus.add(f"duckdb-{name}.csv", "duckdb", KIND, f"COPY, {how}", taken=told(ROWS))
    for kind in ("json", "parquet"):
        store.execute(f"COPY roster TO '{corpus.path(f'duckdb-{kind}.csv')}' (FORMAT {kind})")
        corpus.add(f"duckdb-{kind}.csv", "duckdb", "no roster", kind, refused=True, says=[f"{kind}|text|binary"])
    # what people copy from the terminal
    corpus.add(
        "duckdb-box.txt",
        "duckdb",
        "no roster",
        "the box that duckdb draws",
        str(store.sql("SELECT * FROM roster")),
        refused=True,
        says=["column|table|header|drawn|box|delimiter"],
    )


def office_encodings(corpus):
    """LibreOffice writes CSV in the encoding that the officer's dialog remembers; its numbers are those of the filter options."""
    if not corpus.has("soffice"):
        return
    numbers = {
        "cp874": 32,
        "cp1250": 33,
        "cp1251": 34,
        "cp1254": 36,
        "cp1258": 40,
        "cp932": 64,
        "gbk": 67,
        "big5": 68,
        "gb18030": 85,
        "mac_roman": 2,
        "cp850": 4,
        "cp949": 79,
    }
    with tempfile.TemporaryDirectory() as folder:
        for start, (label, codec, names) in enumerate(LEGACY):
            if codec not in numbers:
                continue
            rows = people(names, 8600 + 10 * start)
            with open(f"{folder}/{codec}.csv", "w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows(table([row | {"full_name": vietnamese(row["full_name"])} for row in rows] if codec == "cp1258" else rows))
            columns = "/".join(f"{number}/2" for number in range(1, len(COLUMNS) + 1))
            office(
                folder,
                [f"{codec}.csv"],
                f"csv:Text - txt - csv (StarCalc):44,34,{numbers[codec]},1,,0,false,true,false",
                f"{folder}/out",
                source=f"CSV:44,34,76,1,{columns}",
            )
            try:
                with open(f"{folder}/out/{codec}.csv", "rb") as made:
                    data = made.read()
                whole = data.decode(codec)
            except (OSError, UnicodeDecodeError) as error:
                corpus.skip("libreoffice", f"{codec}: {error}")
                continue
            if "?" in whole:
                corpus.skip("libreoffice", f"{codec}: LibreOffice wrote ? for some letters")
                continue
            right = {"needs": "encoding", "config": f'encoding = "{label}"', "taken": told(rows)} if label else {"refused": True, "says": ["encoding|UTF-8"]}
            corpus.add(
                f"libreoffice-{codec}.csv", "libreoffice", "legacy encodings", f"{codec} by LibreOffice: refused until the encoding is set", data, **right
            )
