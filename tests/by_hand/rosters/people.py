"""Invented graduates, and the table that every tool is given to write. What a row means is kept beside what is written of it."""

import csv, datetime, io, unicodedata

# Names as people have them. They must come through unchanged, however odd they look to a program that hunts for damage.
LATIN = ["Mira Tan", "José García", "Zoë Müller", "Seán O’Brien", "Renée D'Souza", "Björn Åkesson", "Anaïs Lefèvre", "João Conceição"]
SCRIPTS = [
    "Nguyễn Thị Hồng",
    "Trương Văn Đức",
    "Łukasz Żak",
    "Şeyma Yıldız",
    "Dvořák Jiří",
    "Šárka Ångström",
    "Kaʻiulani Ōshiro",
    "Ġorġ Ħaż-Żebbuġ",
    "สมชาย วงศ์สวัสดิ์",
    "นฤมล ศรีสุข",
    "陳大文",
    "王伟",
    "李 欣怡",
    "山田太郎",
    "ヤマダ ハナコ",
    "김민준",
    "Анна Иванова",
    "Юлія Ґалаґан",
    "Νίκος Παπαδόπουλος",
    "محمد عبد الله",
    "שרה לוי",
    "प्रिया शर्मा",
    "தமிழ்ச்செல்வி குமார்",
    "সুমাইয়া রহমান",
    "ကျော်စွာ",
    "សុខា ចាន់",
    "ສົມຈິດ ແກ້ວ",
    "გიორგი ბერიძე",
    "Արամ Պետրոսյան",
    "ተስፋዬ ገብረ",
    "ලසන්ත පෙරේරා",
    "ᠪᠠᠲᠤ",
]
ODD = [
    "Suharto",
    "Ng",
    "Lim Ah Kow @ David Lim",
    "Ravi a/l Muthu",
    "Siti binti Ahmad",
    "Mary-Jane O'Neill Jr.",
    "JOÃO MAGALHÃES",
    "ÂNGELA CONCEIÇÃO",
    "CÂMPEANU ÎNCĂ",
    "M. A. Khan",
    "陳大文 (CHAN Tai Man)",
    "John Smith III",
    "D’Arcy ’t Hooft",
    'Robert "Bob" King',
    "Nan Null",
    "N’Guessan Yé",
    "Đặng Thị Ý Nhi",
    "İbrahim Işık",
    "Jörg Groß",
    "Æthelred Þórðarson",
    "Ana María de la Ó",
    "True Tan",
    "Nil Sharma",
    "Pass Tanaka",
    "Hồ Ân Ưu",
    "Anne‑Marie Tan",
]
COLUMNS = ["student_id", "full_name", "email", "course_code", "course_name", "conferral_date", "majors", "honours", "date_of_birth"]
COURSES = [("BSC", "Bachelor of Science"), ("BA", "Bachelor of Arts"), ("LLB", "Bachelor of Laws"), ("MENG", "Master of Engineering")]
HONOURS = ["", "First Class", "", "Second Class Upper"]  # words that mean no honours are in sound.py
MAJORS = [["Physics"], [], ["Finance", "Law"], ["History"], ["Thai"]]


def person(number, name, **changes):
    """One row. Strings are written as they stand; majors is a list, dates are dates."""
    code, course = COURSES[number % len(COURSES)]
    honours = HONOURS[number % len(HONOURS)]
    row = {
        "student_id": f"00{number + 41230:06}",
        "full_name": name,
        "email": f"graduate{number}@post.example",
        "course_code": code,
        "course_name": course,
        "conferral_date": datetime.date(2026, 6, 13 + number % 15),
        "majors": MAJORS[number % len(MAJORS)],
        "honours": honours,
        "with_honours": honours != "",
        "date_of_birth": datetime.date(2000 + number % 5, 1 + number % 12, 13 + number % 16),
    }
    return row | changes


def people(names=LATIN, first=0, **changes):
    """A row for each name."""
    return [person(first + number, name, **changes) for number, name in enumerate(names)]


def cell(row, column, dates="%Y-%m-%d"):
    """What is written in a cell, as text."""
    value = row.get(column, "")
    if isinstance(value, datetime.date):
        return value.strftime(dates)
    return "; ".join(value) if isinstance(value, list) else str(value)


def table(rows, columns=COLUMNS, dates="%Y-%m-%d", header=None):
    """Header and cells as text."""
    return [list(header or columns)] + [[cell(row, column, dates) for column in columns] for row in rows]


def text(cells, delimiter=",", eol="\r\n", quote=csv.QUOTE_MINIMAL):
    """The cells as CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=eol, quoting=quote).writerows(cells)
    return out.getvalue()


def meaning(row, columns=COLUMNS):
    """What the ledger has to hold of a row, for the columns that were written."""
    date = row.get("conferral_date")
    told = {
        "student_id": row["student_id"],
        "full_name": unicodedata.normalize("NFC", row["full_name"]),
        "email": row["email"],
        "course_name": row["course_name"],
    }
    if "conferral_date" in columns and isinstance(date, datetime.date):
        told |= {"conferral_date": date.isoformat(), "conferral_year": date.year}
    if "conferral_year" in columns and row.get("conferral_year"):
        told["conferral_year"] = int(row["conferral_year"])
    if "honours" in columns:
        told["with_honours"] = row["with_honours"]
    if "majors" in columns:
        told["majors"] = row["majors"]
    if isinstance(row.get("date_of_birth"), datetime.date) and "date_of_birth" in columns:
        told["date_of_birth"] = row["date_of_birth"].isoformat()
    return told


def vietnamese(name):
    """Letters as windows-1258 has them: circumflex, breve and horn in the letter, the tone behind it."""
    out = ""
    for letter in unicodedata.normalize("NFC", name):
        try:
            letter.encode("cp1258")
            out += letter
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tone = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
            out += unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tone)) + tone
    return out
