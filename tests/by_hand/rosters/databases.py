"""Text by databases: PostgreSQL, MariaDB and SQLite, each with a throw-away data folder and a socket, never on a network."""

import contextlib, getpass, glob, os, shutil, subprocess, tempfile, time
from charsets import told
from people import COLUMNS, LATIN, meaning, people, table
from workbooks import run

ROWS = people(LATIN + ["Nguyễn Thị Hồng", "陳大文", "สมชาย วงศ์สวัสดิ์"], 8800)
WESTERN = people(LATIN, 8800)
KIND = "text by databases"
FIELDS = ", ".join(COLUMNS)


def write(corpus):
    """All of them."""
    for database in (sqlite, postgres, mariadb):
        database(corpus)


def rows_file(folder):
    """The rows for a bulk load, tabs between, \\N for nothing."""
    path = f"{folder}/rows.txt"
    with open(path, "w", encoding="utf-8") as out:
        out.writelines("\t".join(value or "\\N" for value in row) + "\n" for row in table(ROWS)[1:])
    os.chmod(path, 0o644)
    return path


def sqlite(corpus):
    if not corpus.has("sqlite3"):
        return
    values = ", ".join("(" + ", ".join("'" + value.replace("'", "''") + "'" if value else "NULL" for value in row) + ")" for row in table(ROWS)[1:])
    sql = f"CREATE TABLE roster ({', '.join(f'{column} TEXT' for column in COLUMNS)}); INSERT INTO roster VALUES {values};"
    kinds = {
        "csv": ["-csv", "-header"],
        "nullvalue": ["-csv", "-header", "-nullvalue", "NULL"],
        "tabs": ["-tabs", "-header"],
        "semicolon": ["-csv", "-header", "-separator", ";"],
    }
    others = {
        "json": ("-json", "JSON"),
        "markdown": ("-markdown", "Markdown|delimiter|\\|"),
        "box": ("-box", "column|delimiter|table|header"),
        "column": ("-column", "column|delimiter|width"),
        "html": ("-html", "HTML|web|XML"),
        "line": ("-line", "column|header"),
        "list": (None, "delimiter"),
    }
    for name, options in kinds.items():
        made = run("sqlite3", *options, ":memory:", sql + "SELECT * FROM roster;")
        corpus.add(f"sqlite-{name}.csv", "sqlite3", KIND, " ".join(options), made.stdout, taken=told(ROWS))
    for name, (option, says) in others.items():
        made = run("sqlite3", *([option] if option else []), "-header", ":memory:", sql + "SELECT * FROM roster;")
        right = (
            {"needs": "delimiter", "config": 'delimiter = "|"', "taken": told(ROWS), "or_taken": told(ROWS)}
            if name == "list"
            else {"refused": True, "says": [says]}
        )
        corpus.add(f"sqlite-{name}.txt", "sqlite3", KIND if name == "list" else "no roster", f"sqlite3 {option}", made.stdout, **right)


def postgres_programs():
    """The folder of the newest PostgreSQL, which Debian keeps off the path."""
    newest = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), reverse=True) or [shutil.which("initdb") or ""]
    return os.path.dirname(newest[0])


@contextlib.contextmanager
def cluster(binaries):
    """A PostgreSQL server on a socket in a temporary folder, as a user that is not root."""
    folder = tempfile.mkdtemp(prefix="corpus-pg")
    root = getpass.getuser() == "root"
    if root:
        shutil.chown(folder, "postgres")
    as_user = ["runuser", "-u", "postgres", "--"] if root else []
    run(*as_user, f"{binaries}/initdb", "-D", f"{folder}/data", "-U", "corpus", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", cwd=folder)
    try:
        # it keeps the output of whoever starts it open, so it gets none
        subprocess.run(
            [*as_user, f"{binaries}/pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", f"-c listen_addresses='' -k {folder}", "start"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
        )
        yield folder
    finally:
        subprocess.run(
            [*as_user, f"{binaries}/pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        shutil.rmtree(folder, ignore_errors=True)


def postgres(corpus):
    if not corpus.has("psql") or not postgres_programs():
        return
    with cluster(postgres_programs()) as folder:

        def psql(sql, *options, **environment):
            return subprocess.run(
                ["psql", "-X", "-q", "-h", folder, "-U", "corpus", "-d", "postgres", *options],
                input=sql.encode(),
                capture_output=True,
                env=os.environ | environment,
            ).stdout

        psql(
            f"CREATE TABLE roster ({', '.join(f'{column} ' + ('date' if 'date' in column else 'text') for column in COLUMNS)});\n\\copy roster from '{rows_file(folder)}'\n"
        )
        select = f"SELECT {FIELDS} FROM roster"
        copies = {
            "csv": "FORMAT csv, HEADER",
            "null": "FORMAT csv, HEADER, NULL 'NULL'",
            "force": "FORMAT csv, HEADER, FORCE_QUOTE *",
            "semicolon": "FORMAT csv, HEADER, DELIMITER ';'",
            "text": "FORMAT text, HEADER",
        }
        for name, how in copies.items():
            corpus.add(f"psql-copy-{name}.csv", "psql", KIND, f"COPY, {how}", psql(f"COPY roster TO STDOUT ({how});"), taken=told(ROWS))
        for style, name in (("ISO, DMY", "iso"), ("SQL, DMY", "sql-dmy"), ("SQL, MDY", "sql-mdy"), ("German", "german"), ("Postgres, DMY", "postgres-dmy")):
            corpus.add(
                f"psql-date-{name}.csv",
                "psql",
                KIND,
                f"datestyle {style}",
                psql(f"SET datestyle = '{style}';\n\\copy roster to stdout (format csv, header)\n"),
                taken=told(ROWS),
            )
        corpus.add("psql-csv.csv", "psql", KIND, "psql --csv", psql(select + ";", "--csv"), taken=told(ROWS))
        corpus.add("psql-csv-null.csv", "psql", KIND, "psql --csv -P null=NULL", psql(select + ";", "--csv", "-P", "null=NULL"), taken=told(ROWS))
        corpus.add(
            "psql-unaligned-comma.csv", "psql", KIND, "psql -A -F, with a footer (no name has a comma)", psql(select + ";", "-A", "-F", ","), taken=told(ROWS)
        )
        corpus.add("psql-unaligned-tab.txt", "psql", KIND, "psql -A -F tab, with a footer", psql(select + ";", "-A", "-F", "\t"), taken=told(ROWS))
        corpus.add(
            "psql-unaligned.txt",
            "psql",
            KIND,
            "psql -A: | between",
            psql(select + ";", "-A"),
            needs="delimiter",
            config='delimiter = "|"',
            or_taken=told(ROWS),
            taken=told(ROWS),
        )
        corpus.add(
            "psql-aligned.txt", "psql", "no roster", "psql's table", psql(select + ";"), refused=True, or_taken=told(ROWS), says=["column|delimiter|table|psql"]
        )
        corpus.add(
            "psql-html.xls", "psql", "no roster", "psql -H: a bare table", psql(select + ";", "-H"), refused=True, or_taken=told(ROWS), says=["HTML|web"]
        )
        corpus.add("psql-expanded.txt", "psql", "no roster", "psql -x", psql(select + ";", "-x"), refused=True, says=["column|header"])
        corpus.add("psql-json.csv", "psql", "no roster", "json_agg", psql("SELECT json_agg(roster) FROM roster;", "-A", "-t"), refused=True, says=["JSON"])
        corpus.add(
            "psql-win1252.csv",
            "psql",
            "legacy encodings",
            "client_encoding WIN1252",
            psql(f"SET client_encoding = 'WIN1252';\n\\copy (SELECT {FIELDS} FROM roster LIMIT {len(LATIN)}) to stdout (format csv, header)\n"),
            needs="encoding",
            config='encoding = "windows-1252"',
            taken=told(WESTERN),
        )
        zoned = FIELDS.replace("conferral_date", "conferral_date::timestamp at time zone 'Australia/Melbourne' AS conferral_date")
        for zone in ("UTC", "Australia/Melbourne", "Asia/Singapore"):
            corpus.add(
                f"psql-zoned-{zone.split('/')[-1].lower()}.csv",
                "psql",
                "dates",
                f"timestamptz shown in {zone}",
                psql(f"SET timezone = '{zone}';\n\\copy (SELECT {zoned} FROM roster) to stdout (format csv, header)\n"),
                taken=told(ROWS),
                or_refused=zone != "Australia/Melbourne",
            )


def mariadb(corpus):
    if not corpus.has("mariadbd", "mariadb", "mariadb-install-db"):
        return
    folder = tempfile.mkdtemp(prefix="corpus-my")
    os.chmod(folder, 0o755)
    user = ["--user=mysql"] if getpass.getuser() == "root" else []
    run("mariadb-install-db", "--no-defaults", f"--datadir={folder}/data", "--auth-root-authentication-method=normal", *user)
    os.makedirs(f"{folder}/out", mode=0o777)
    os.chmod(f"{folder}/out", 0o777)
    if user:
        shutil.chown(folder, "mysql")
    server = subprocess.Popen(
        [
            "mariadbd",
            "--no-defaults",
            f"--datadir={folder}/data",
            f"--socket={folder}/socket",
            "--skip-networking",
            f"--pid-file={folder}/pid",
            f"--secure-file-priv={folder}",
            *user,
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(150):
            if os.path.exists(f"{folder}/socket"):
                break
            time.sleep(0.2)

        def client(sql, *options, charset="utf8mb4"):
            return subprocess.run(
                ["mariadb", "--no-defaults", f"--socket={folder}/socket", "-u", "root", f"--default-character-set={charset}", *options],
                input=sql.encode(),
                capture_output=True,
            ).stdout

        client(
            f"CREATE DATABASE u CHARACTER SET utf8mb4; USE u; CREATE TABLE roster ({', '.join(f'{column} ' + ('date' if 'date' in column else 'varchar(200)') for column in COLUMNS)});"
            f"LOAD DATA INFILE '{rows_file(folder)}' INTO TABLE roster CHARACTER SET utf8mb4;"
        )
        select = f"SELECT {FIELDS} FROM u.roster;"
        corpus.add("mariadb-batch.tsv", "mariadb", KIND, "--batch: NULL for nothing", client(select, "--batch"), taken=told(ROWS))
        corpus.add("mariadb-batch-raw.tsv", "mariadb", KIND, "--batch --raw", client(select, "--batch", "--raw"), taken=told(ROWS))
        corpus.add(
            "mariadb-batch-latin1.tsv",
            "mariadb",
            "bad full_name",
            "a latin1 client: ? for what it cannot show; the rest is Windows-1252",
            client(select, "--batch", charset="latin1"),
            refused=True,
            says=["encoding"],
        )
        corpus.add(
            "mariadb-batch-ascii.tsv",
            "mariadb",
            "bad full_name",
            "an ascii client: ? for every accent",
            client(select, "--batch", charset="ascii"),
            taken=[meaning(row) for row in ROWS if row["full_name"].isascii()],
            rejected=[row["student_id"] for row in ROWS if not row["full_name"].isascii()],
            or_refused=True,
        )
        corpus.add("mariadb-table.txt", "mariadb", "no roster", "--table", client(select, "--table"), refused=True, says=["column|delimiter|table|header"])
        corpus.add(
            "mariadb-html.xls",
            "mariadb",
            "no roster",
            "--html: one line, a bare table",
            client(select, "--html"),
            refused=True,
            or_taken=told(ROWS),
            says=["HTML|web"],
        )
        corpus.add("mariadb-xml.xml", "mariadb", "no roster", "--xml", client(select, "--xml"), refused=True, says=["XML"])
        header = "SELECT " + ", ".join(f"'{column}'" for column in COLUMNS) + " UNION ALL "
        quoted = "FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"'"
        for name, how in (
            ("tab", ""),
            ("csv", quoted),
            ("csv-escaped-double", quoted + " ESCAPED BY '\"'"),
            ("semicolon", "FIELDS TERMINATED BY ';' ENCLOSED BY '\"'"),
        ):
            path = f"{folder}/out/{name}"
            client(f"{header}SELECT {FIELDS} FROM u.roster INTO OUTFILE '{path}' CHARACTER SET utf8mb4 {how} LINES TERMINATED BY '\\n';")
            if os.path.exists(path):
                with open(path, "rb") as made:
                    corpus.add(
                        f"mariadb-outfile-{name}.csv",
                        "mariadb",
                        KIND,
                        f"INTO OUTFILE {how}",
                        made.read(),
                        taken=told(ROWS),
                        **({"or_rejected": [row["student_id"] for row in ROWS], "or_refused": True} if "double" in name else {}),
                    )
        client(
            f"USE u; CREATE TABLE two AS SELECT * FROM roster LIMIT {len(LATIN)}; ALTER TABLE two MODIFY course_name varchar(200) CHARACTER SET latin1;"
            f"UPDATE two SET course_name = 'Licence ès lettres' WHERE student_id = '{ROWS[0]['student_id']}';"
        )
        client(f"SELECT {FIELDS} FROM u.two INTO OUTFILE '{folder}/out/two';")
        if os.path.exists(f"{folder}/out/two"):
            with open(f"{folder}/out/two", "rb") as made:
                corpus.add(
                    "mariadb-outfile-two-encodings.csv",
                    "mariadb",
                    "mixed encodings",
                    "no CHARACTER SET: each column in the encoding of its table",
                    ("\t".join(COLUMNS) + "\n").encode() + made.read(),
                    taken=told(ROWS[1 : len(LATIN)]),
                    rejected=[ROWS[0]["student_id"]],
                    or_refused=True,
                    says=[r"line 2\b"],
                )
        client("USE u; UPDATE roster SET full_name = 'Robert \"Bob\" King' WHERE student_id = '" + ROWS[0]["student_id"] + "'")
        client(f"{header}SELECT {FIELDS} FROM u.roster INTO OUTFILE '{folder}/out/slash' CHARACTER SET utf8mb4 {quoted} LINES TERMINATED BY '\\n';")
        if os.path.exists(f"{folder}/out/slash"):
            with open(f"{folder}/out/slash", "rb") as made:
                corpus.add(
                    "mariadb-outfile-slash.csv",
                    "mariadb",
                    "bad rows",
                    'quotes written \\"',
                    made.read(),
                    taken=told([ROWS[0] | {"full_name": 'Robert "Bob" King'}] + ROWS[1:]),
                    or_rejected=[ROWS[0]["student_id"]],
                    or_refused=True,
                )
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)
