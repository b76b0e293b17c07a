"""The invented university of every benchmark and trial by hand: a folder with configuration and key, people and courses."""
import os

GIVEN = ["Mira", "Nguyễn Thị", "Seán", "欣怡", "Charlotte", "Anne-Marie", "José", "สมชาย", "Łukasz", "D'Arcy"]
FAMILY = ["Tan", "Hồng", "O’Brien", "李", "van der Berg", "Smith-Jones", "Núñez", "ใจดี", "Wałęsa", "M'Bala"]
COURSE = ["Bachelor of Science", "Master of Teaching", "Bachelor of Laws (Honours)", "Diploma of Nursing", "Bachelor of Arts"]
# everything that sending, redeeming and their ledger leave beside the configuration
LEDGER = ["gradpass.db", "gradpass.db-wal", "gradpass.db-shm", "gradpass.witness"]


def furnish(folder, relay=9, mail="", page=None, seek=None, pace=0):
    """Writes the configuration: the ports of the relay, the page and SEEK Pass, more lines of [mail], submissions a second; and the key."""
    key = os.path.join(folder, "code.key")
    if not os.path.exists(key):
        with open(os.open(key, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write("07" * 32 + "\n")
    web = f'listen = "127.0.0.1:{page}"\npublic_url = "http://127.0.0.1:{page}"' if page else 'public_url = "https://seekpass.northfield.example"'
    with open(os.path.join(folder, "gradpass.toml"), "w", encoding="utf-8") as file:
        file.write(f"""[institution]
name = "Northfield University"
support_email = "graduations@northfield.example"
time_zone = "Australia/Melbourne"
[database]
path = "gradpass.db"
[code]
key_file = "code.key"
[mail]
relay = "smtp://127.0.0.1:{relay}"
from = "Northfield University <graduations@northfield.example>"
{mail}
[web]
{web}
""")
        if seek:
            file.write(f"""[seek_pass]
base_url = "http://127.0.0.1:{seek}"
client_id = "northfield"
client_secret = "secret"
id_prefix = "north"
per_second = {pace}
burst = {pace}
""")


def roster(path, rows, first=0, id=lambda row: row * 7919 % 10_000_000):
    """The ids lie scattered, so that a ledger meets its pages in no order."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("student_id,given_names,family_name,email,course_name,conferral_year,majors\n")
        for row in range(first, first + rows):
            given, family = GIVEN[row % 10], FAMILY[row // 10 % 10]
            file.write(f"s{id(row):07},{given},{family},g{row}@mailbox.example,{COURSE[row % 5]},{2000 + row % 25},History; Civics\n")


def forget(folder):
    """A ledger that was never there."""
    for name in LEDGER:
        path = os.path.join(folder, name)
        if os.path.exists(path):
            os.unlink(path)
