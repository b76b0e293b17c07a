"""Rosters by hand in every encoding that registries of SEEK Pass's countries write, and text that was read in the wrong one before."""

from people import LATIN, SCRIPTS, meaning, people, person, table, text, vietnamese

THAI = ["สมชาย วงศ์สวัสดิ์", "นฤมล ศรีสุข", "ธนพล แก้วมณี", "พิมพ์ชนก ใจดี", "กิตติศักดิ์ ทองคำ", "Ploy Sukjai"]
TRADITIONAL = ["陳大文", "黃詠詩", "李嘉欣", "張志明", "劉德輝", "Chan Tai Man"]
SIMPLIFIED = ["王伟", "李娜", "张敏", "刘洋", "陈静", "赵磊"]
JAPANESE = ["山田太郎", "佐藤花子", "鈴木一郎", "高橋ユキ", "田中さくら", "渡辺健"]
KOREAN = ["김민준", "이서연", "박지훈", "최수빈", "정하윤", "강도현"]
VIETNAMESE = ["Nguyễn Thị Hồng", "Trương Văn Đức", "Phạm Minh Tuấn", "Đỗ Thùy Dương", "Lê Quốc Bảo", "Huỳnh Ngọc Ánh"]
CENTRAL = ["Łukasz Żak", "Dvořák Jiří", "Šárka Němcová", "Győrffy Ödön", "Wiśniewska Małgorzata", "Čapek Ľubomír"]
CYRILLIC = ["Анна Иванова", "Сергей Кузнецов", "Ольга Смирнова", "Дмитрий Щербаков", "Юлия Фёдорова", "Павел Жуков"]
TURKISH = ["Şeyma Yıldız", "İbrahim Işık", "Oğuz Çağlar", "Gökçe Doğan", "Uğur Şahin", "Ayşe Gül"]
GREEK = ["Νίκος Παπαδόπουλος", "Μαρία Γεωργίου", "Ελένη Δημητρίου", "Γιώργος Νικολάου"]
WESTERN = ["José García", "Zoë Müller", "Renée Lefèvre", "Björn Åkesson", "João Conceição", "François Noël"]
# label of the setting, Python's codec, names; a label of None: no setting can read it
LEGACY = [
    ("windows-1252", "cp1252", WESTERN),
    ("windows-874", "cp874", THAI),
    ("windows-1258", "cp1258", VIETNAMESE),
    ("windows-1250", "cp1250", CENTRAL),
    ("windows-1251", "cp1251", CYRILLIC),
    ("windows-1254", "cp1254", TURKISH),
    ("windows-1253", "cp1253", GREEK),
    ("big5", "big5", TRADITIONAL),
    ("big5", "big5hkscs", ["陳大文", "梁嘉𠝹", "黃詠珊", "啫喱仔", "邨明珠", "何焗恩"]),
    ("gbk", "gbk", SIMPLIFIED),
    ("gb18030", "gb18030", ["王䶮", "李㛃", "张㼆敏", "刘洋", "陈静", "㐂三"]),
    ("shift_jis", "cp932", JAPANESE),
    ("euc-jp", "euc_jp", JAPANESE),
    ("euc-kr", "cp949", KOREAN),
    ("macintosh", "mac_roman", WESTERN),
    ("iso-8859-15", "iso8859_15", ["Šárka Œuvrard"] + WESTERN),
    ("iso-8859-2", "iso8859_2", CENTRAL),
    ("koi8-r", "koi8_r", CYRILLIC),
    (None, "cp850", WESTERN),
    (None, "cp437", ["José Muñoz", "Zoë Müller", "Renée Lefèvre", "François Noël"]),
]


# pairs that promise 11 names; the others are as wrong, and harder to see
USUAL = [("utf-8", read) for read in ("cp1252", "latin-1", "mac_roman", "cp850", "cp437", "cp874")] + [
    ("mac_roman", "cp1252"),
    ("cp1252", "mac_roman"),
    ("cp850", "cp1252"),
]


def write(corpus):
    """All of them."""
    unicode(corpus)
    legacy(corpus)
    read_wrongly_before(corpus)
    mixed(corpus)


def told(rows):
    return [meaning(row) for row in rows]


def unicode(corpus):
    rows = people(LATIN + SCRIPTS, 1000)
    good = told(rows)
    for codec, mark in (("utf-8", ""), ("utf-8", "\ufeff"), ("utf-16-le", "\ufeff"), ("utf-16-be", "\ufeff"), ("utf-16-le", ""), ("utf-16-be", "")):
        for name, sign in (("comma", ","), ("tab", "\t")):
            # without a mark UTF-16 is a guess, though a safe one
            more = {"or_refused": True} if codec != "utf-8" and not mark else {}
            corpus.add(
                f"enc-{codec}-{'bom' if mark else 'plain'}-{name}.csv",
                "by hand",
                "unicode",
                f"{codec} {'with' if mark else 'without'} a mark",
                (mark + text(table(rows), sign)).encode(codec),
                taken=good,
                **more,
            )
    corpus.add(
        "enc-utf-32.csv",
        "by hand",
        "unicode",
        "UTF-32 is said to be that, or read",
        text(table(rows)).encode("utf-32"),
        refused=True,
        or_taken=good,
        says=["UTF-32|UTF-8|encod"],
    )
    plain = people(["José García", "Zoë Müller"], 1090)
    corpus.add(
        "enc-utf-7.csv",
        "by hand",
        "unicode",
        "UTF-7 looks like ASCII: names with +AOk-",
        text(table(plain)).encode("utf-7"),
        rejected=[row["student_id"] for row in plain],
        or_refused=True,
    )
    corpus.add(
        "enc-hz.csv",
        "by hand",
        "unicode",
        "HZ looks like ASCII: names with ~{",
        text(table(people(SIMPLIFIED, 1095))).encode("hz"),
        rejected=[row["student_id"] for row in people(SIMPLIFIED, 1095)],
        or_refused=True,
    )
    corpus.add(
        "enc-iso-2022-jp.csv",
        "by hand",
        "unicode",
        "escape sequences",
        text(table(people(JAPANESE, 1105))).encode("iso2022_jp"),
        refused=True,
        or_taken=told(people(JAPANESE, 1105)),
        rejected=[row["student_id"] for row in people(JAPANESE, 1105)],
    )


def legacy(corpus):
    """Without a mark: a guess, which is asked for; with the setting, right. A few names, many, and one in a plain roster."""
    for start, (label, codec, names) in enumerate(LEGACY):
        first = 2000 + start * 100
        many = [f"{one.split()[0]}{'' if one.isascii() or ' ' not in one else ' ' + two.split()[-1]}" for one in names for two in names]
        sizes = {"few": people(names, first), "many": people(many, first), "one": people(["Ada Quill"] * 12, first) + [person(first + 20, names[0])]}
        for size, rows in sizes.items():
            shown = [row | {"full_name": vietnamese(row["full_name"])} for row in rows] if codec == "cp1258" else rows
            right = {"needs": "encoding", "config": f'encoding = "{label}"', "taken": told(rows)} if label else {"refused": True, "says": ["encoding|UTF-8"]}
            corpus.add(
                f"enc-{codec}-{size}.csv",
                "by hand",
                "legacy encodings",
                f"{codec}, {size}: refused until the encoding is set",
                text(table(shown)).encode(codec),
                **right,
            )


def read_wrongly_before(corpus):
    """Text in UTF-8 that was read as something else, or the reverse: whole and valid, and no one's name."""
    pairs = [
        ("utf-8", "cp1252", WESTERN + ["Đỗ Bảo", "Trương Minh Dung", "Phương Dương"]),
        ("utf-8", "mac_roman", WESTERN),
        ("utf-8", "cp850", WESTERN),
        ("utf-8", "cp437", WESTERN),
        ("utf-8", "cp874", THAI[:5]),
        ("utf-8", "cp1252", KOREAN),
        ("utf-8", "cp1252", JAPANESE),
        ("utf-8", "cp1252", SIMPLIFIED),
        ("utf-8", "cp1252", THAI[:5]),
        ("utf-8", "latin-1", WESTERN),
        ("utf-8", "latin-1", VIETNAMESE),
        ("utf-8", "cp1251", CYRILLIC),
        ("utf-8", "cp1250", CENTRAL),
        ("mac_roman", "cp1252", WESTERN),
        ("cp1252", "mac_roman", WESTERN),
        ("cp850", "cp1252", WESTERN),
        ("cp1252", "cp850", WESTERN),
        ("cp874", "cp1252", THAI[:5]),
        ("big5", "cp1252", TRADITIONAL[:5]),
        ("gbk", "cp1252", SIMPLIFIED),
        ("cp949", "cp1252", KOREAN),
        ("cp1251", "cp1252", CYRILLIC),
        ("cp1258", "cp1252", VIETNAMESE),
        ("cp932", "cp1252", JAPANESE),
        ("utf-8", "gbk", SIMPLIFIED),
        ("utf-8", "big5", TRADITIONAL[:5]),
        ("utf-8", "cp932", JAPANESE),
        ("cp1252", "cp1250", WESTERN),
        ("cp1254", "cp1250", TURKISH),
        ("gbk", "big5hkscs", SIMPLIFIED),
        ("gbk", "cp949", SIMPLIFIED),
        ("big5", "gbk", TRADITIONAL[:5]),
        ("cp949", "gbk", KOREAN),
        ("cp932", "gbk", JAPANESE),
        ("euc_jp", "cp932", JAPANESE),
        # two characters that are two letters of UTF-8 by chance, and so in a file of one row all that there is
        ("gbk", "utf-8", ["郑伟"]),
        ("gbk", "utf-8", ["谢强"]),
    ]
    sound = people(["Ada Quill", "Ben Marrow"], 5000)
    for number, (written, read, names) in enumerate(pairs):
        damaged = []
        for index, name in enumerate(names):
            raw = (vietnamese(name) if written == "cp1258" else name).encode(written)
            try:
                shown = raw.decode(read)
            except UnicodeDecodeError:
                # what programs do with a byte that has no meaning: the control character, as browsers and Windows
                shown = (
                    "".join(bytes([byte]).decode(read, "ignore") or chr(byte) for byte in raw)
                    if read.startswith(("cp12", "cp874"))
                    else raw.decode(read, "replace")
                )
            if shown != name:
                damaged.append(person(5010 + index, shown.replace("\r", " ").replace("\n", " ").replace("\0", " ")))
        corpus.add(
            f"double-{written}-as-{read}-{number:02}.csv",
            "by hand",
            "double decoding" if (written, read) in USUAL else "double decoding, rare",
            f"{written} that was read as {read} and saved as UTF-8",
            text(table(sound + damaged)),
            taken=told(sound),
            rejected=[row["student_id"] for row in damaged],
            or_refused=True,
        )
    twice = people([name.encode().decode("latin-1").encode().decode("latin-1") for name in WESTERN], 5010)
    corpus.add(
        "double-twice.csv",
        "by hand",
        "double decoding",
        "read wrongly twice",
        text(table(sound + twice)),
        taken=told(sound),
        rejected=[row["student_id"] for row in twice],
        or_refused=True,
    )


def mixed(corpus):
    """Lines in two encodings, and single bad bytes: the line is named and the others are not read anew."""
    rows = people(["Ada Quill", "José García", "Nguyễn Thị Hồng", "Trương Minh Dung", "Zoë Müller", "Ben Marrow"], 5100)
    lines = text(table(rows), eol="\n").splitlines(keepends=True)
    others = [row for row in rows if row["full_name"] != "Zoë Müller"]
    bad = [row["student_id"] for row in rows if row["full_name"] == "Zoë Müller"]
    for name, codec in (("1252", "cp1252"), ("mac", "mac_roman"), ("850", "cp850")):
        data = b"".join(line.encode(codec if "Zoë" in line else "utf-8") for line in lines)
        corpus.add(
            f"mixed-one-line-{name}.csv",
            "by hand",
            "mixed encodings",
            "one line in another encoding",
            data,
            taken=told(others),
            rejected=bad,
            or_refused=True,
            says=[r"line 6\b"],
        )
    whole = "".join(lines).encode()
    for name, byte in (("ff", b"\xff"), ("a0", b"\xa0"), ("92", b"\x92"), ("cut", "é".encode()[:1])):
        corpus.add(
            f"mixed-byte-{name}.csv",
            "by hand",
            "mixed encodings",
            "one byte that is not UTF-8",
            whole.replace(b"Ben Marrow", b"Ben" + byte + b"Marrow"),
            taken=told(rows[:-1]),
            rejected=[rows[-1]["student_id"]],
            or_refused=True,
            says=[r"line 7\b"],
        )
    half = b"".join(line.encode("cp1252" if "Jos" in line or "Zo" in line else "utf-8") for line in lines)
    corpus.add(
        "mixed-half.csv",
        "by hand",
        "mixed encodings",
        "two encodings in one file",
        half,
        refused=True,
        says=["encoding|UTF-8"],
        or_taken=told([row for row in rows if row["full_name"][0] in "ANTB"]),
    )
    corpus.add(
        "mixed-set-1252.csv",
        "by hand",
        "mixed encodings",
        "UTF-8 although Windows-1252 is set: a valid UTF-8 file is UTF-8",
        text(table(rows)),
        config='encoding = "windows-1252"',
        taken=told(rows),
    )
    replaced = people(["Jos\ufffd Garc\ufffda", "Zo\ufffd Müller"], 5120)
    corpus.add(
        "mixed-replacement.csv",
        "by hand",
        "mixed encodings",
        "letters that an earlier program gave up",
        text(table(rows[:1] + replaced)),
        taken=told(rows[:1]),
        rejected=[row["student_id"] for row in replaced],
        or_refused=True,
    )
