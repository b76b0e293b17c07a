#!/usr/bin/env python3
"""generate_roster.py N OUT.csv - deterministic, realistic CSV export of N graduates.

The same N-prefix comes out for the same --seed and options: the first 10k rows of a
1M file are the rows of a 10k file. Needs only Python 3.8+.

  generate_roster.py 100000 target/bench/g100k.csv
  generate_roster.py 10000 target/bench/bad.csv --bad-rate 0.02 --manifest target/bench/bad.tsv
  generate_roster.py 10000 target/bench/w.csv --encoding cp1252 --delimiter ';'

Columns: student_id, given_names, family_name, email, course_code, course_name,
conferral_year, conferral_date (ISO), majors ("A; B"), honours, date_of_birth (ISO).
Names include Vietnamese, Chinese, Thai, accented Latin, apostrophes, hyphens, mononyms
(empty family_name) and commas or doubled quotes inside quoted fields. With cp1252, names
that the encoding cannot hold are replaced by ones it can. Every address is under the
reserved TLD .example. In a clean file student_id and email are unique.

--bad-rate R  makes about R of the rows bad, replacing the good row; five kinds in a
              random mix: missing_email, malformed_email, duplicate_student_id (of an earlier
              good row), bad_year, column_count (one too few or one too many).
--manifest F  writes one TSV line per bad row: 1-based data-row number, kind (for judging
              that the program reports exactly these).
A JSON summary goes to stdout. 1M rows take about 20 s of CPU.
"""
import argparse, csv, datetime, json, random, sys, unicodedata

LATIN = (["Olivia","Jack","Charlotte","Noah","Amelia","William","Isla","Henry","Mia","Thomas","Grace","James",
  "Chloe","Lucas","Ava","Ethan","Matilda","Liam","Zoe","Daniel","Anne-Marie","Mary Jane","Sarah Louise"],
 ["Smith","Jones","Williams","Brown","Wilson","Taylor","Johnson","White","Martin","Anderson","Thompson",
  "Walker","Harris","Lee","Ryan","Robinson","Kelly","King","Smith-Jones","van der Berg","St John"])
APOS = (["Sean","Siobhan","D'Arcy","Aoife","Ta'Shae","Conor"],
 ["O'Brien","O\u2019Connor","D'Angelo","O'Neill","N'Diaye","Dell'Acqua","M'Bala"])
ACCENT = (["José","Zoë","François","Björn","Renée","Jürgen","Inês","Søren","Núria","Çelik","Anaïs","Günther"],
 ["Müller","García","Núñez","Lefèvre","Åkesson","Gonçalves","Peña","Jørgensen","Brontë","Weiß","Côté"])
SLAV = (["Łukasz","Žofie","Nikolić","Ágnes","Gizem","Čeněk"],["Wałęsa","Dvořák","Šimunović","Erdoğan","Szűcs","Żółć"])
VIET = (["Nguyệt","Thị Hồng","Văn Đức","Minh Châu","Phương Thảo","Quốc Bảo","Thùy Dương","Hữu Phước"],
 ["Nguyễn","Trần","Lê","Phạm","Huỳnh","Võ","Đặng","Bùi","Đỗ","Ngô"])
CHIN = (["伟","芳","娜","秀英","敏","静","丽","强","磊","军","欣怡","子轩"],["王","李","张","刘","陈","杨","赵","黄","周","吴","欧阳"])
CHINR = (["Wei","Fang","Xinyi","Zixuan","Yuchen","Jiayi (Joy)","Haoran","Mengyao"],["Wang","Li","Zhang","Liu","Chen","Yang","Huang","Ouyang","Lü"])
THAI = (["สมชาย","ณัฐพล","กนกวรรณ","พิมพ์ชนก","ธนากร","สุดารัตน์"],["วงศ์สวัสดิ์","ศรีสุข","จันทร์เพ็ญ","รัตนกุล","ทองดี"])
SUBC = (["Priya","Arjun","Fatima","Muhammad","Sanduni","Aarav","Nusrat"],["Patel","Singh","Kaur","Sharma","Perera","Khan","Rahman","Subramaniam"])
TRICKY = (['Robert "Bob"','Jean, Marie','Wm. "Bill" A.','Maria, de los Ángeles'],["King, Jr.","Smith, III","de la Cruz","Nakamura (née Ono)"])
MONO = (["Suharto","Sukarno","Tenzin","Madonna"],[""])
POOLS = [(LATIN,40),(CHINR,13),(VIET,9),(SUBC,12),(CHIN,6),(ACCENT,7),(APOS,4),(THAI,3),(SLAV,3),(TRICKY,2),(MONO,1)]
PERSONAL = ["gmail.example","gmail.example","gmail.example","outlook.example","hotmail.example","yahoo.example","icloud.example","qq.example","web.de.example"]
UNI = ["student.uni.example","alumni.uni.example","my.uni.edu.example"]
DEGREES = [("BCOM","Bachelor of Commerce",3),("BSC","Bachelor of Science",3),("BA","Bachelor of Arts",3),("BE-H","Bachelor of Engineering (Honours)",4),
 ("BN","Bachelor of Nursing",3),("LLB","Bachelor of Laws",4),("BBIO","Bachelor of Biomedicine",3),("BDES","Bachelor of Design",3),
 ("BMUS","Bachelor of Music, Performance",3),("MIT","Master of Information Technology",5),("MBA","Master of Business Administration",9),
 ("MTEACH","Master of Teaching (Secondary)",6),("JD","Juris Doctor",6),("MD","Doctor of Medicine",7),("PHD","Doctor of Philosophy",9),
 ("BA-LLB","Bachelor of Arts / Bachelor of Laws",5),("GDED","Graduate Diploma in Education, Early Childhood",5)]
MAJORS = ["Accounting","Finance","Marketing","Computer Science","Data Science","Psychology","History","Linguistics, Applied","Chemistry",
 "Mathematics & Statistics","Mechanical Engineering","Public Health","Film & Television","Français","中文 (Chinese Studies)","Politics","Economics"]
HON = ["","","","","","","First Class Honours","Second Class Honours, Division A","Second Class Honours, Division B","Upper Second","H1"]
COLS = ["student_id","given_names","family_name","email","course_code","course_name","conferral_year","conferral_date","majors","honours","date_of_birth"]
KINDS = ["missing_email","malformed_email","duplicate_student_id","bad_year","column_count"]
BADMAIL = ["no-at-sign.example","two@@uni.example","trailing@","@uni.example","space in@uni.example","a@b@c.example","dot..dot@uni.example","name@nodot","quote\"@uni.example"]
BADYEAR = ["","20204","two thousand","1066","3024","2024.5","-1"]

def enc_ok(s, enc):
    try: s.encode(enc); return True
    except UnicodeEncodeError: return False

def ascii_slug(s):
    t = unicodedata.normalize("NFKD", s.replace("Đ","D").replace("đ","d").replace("ø","o").replace("Ø","O").replace("ß","ss").replace("ł","l").replace("Ł","L"))
    return "".join(c for c in t.lower() if "a" <= c <= "z") or "g"

def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("n", type=int); ap.add_argument("out")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--bad-rate", type=float, default=0.0)
    ap.add_argument("--encoding", default="utf-8", choices=["utf-8","utf-8-sig","cp1252","utf-16"])
    ap.add_argument("--delimiter", default=",", help="one character, or 'tab'")
    ap.add_argument("--eol", default="crlf", choices=["crlf","lf"])
    ap.add_argument("--manifest")
    a = ap.parse_args()
    if not 0 <= a.n <= 5_000_000: ap.error("N out of range")
    delim = "\t" if a.delimiter in ("tab", "\\t") else a.delimiter
    narrow = a.encoding == "cp1252"
    pools, weights = [], []
    for (g, f), w in POOLS:
        if narrow: g, f = [x for x in g if enc_ok(x, a.encoding)], [x for x in f if enc_ok(x, a.encoding)]
        if g and f: pools.append((g, f, [ascii_slug(x) for x in g], [ascii_slug(x) for x in f])); weights.append(w)
    table = [p for p, w in zip(pools, weights) for _ in range(w)]
    majors = [m for m in MAJORS if not narrow or enc_ok(m, a.encoding)]
    dob0 = datetime.date(1960, 1, 1).toordinal()
    dobs = [datetime.date.fromordinal(dob0 + d).isoformat() for d in range(0, 16500)]
    terms = [("03-28"),("07-12"),("12-06")]
    rng, brng = random.Random(a.seed), random.Random(a.seed ^ 0x5eed)
    r = rng.random
    def pick(seq): return seq[int(r() * len(seq))]
    counts = dict.fromkeys(KINDS, 0); man = open(a.manifest, "w", encoding="utf-8") if a.manifest else None
    good_ids = []
    with open(a.out, "w", encoding=a.encoding, newline="") as fh:
        w = csv.writer(fh, delimiter=delim, lineterminator="\r\n" if a.eol == "crlf" else "\n")
        w.writerow(COLS); buf = []
        for i in range(a.n):
            g, f, gs, fs = pick(table)
            gi, fi = int(r() * len(g)), int(r() * len(f))
            sid = "s%07d%d" % ((i * 7919 + 1234567) % 9_999_991, i % 7)   # unique: 7919 is coprime to the modulus
            if r() < 0.45: mail = "%s@%s" % (sid, pick(UNI))
            else: mail = "%s.%s%s@%s" % (gs[gi], fs[fi], format(i, "x"), pick(PERSONAL))
            code, course, dur = pick(DEGREES)
            year = 2000 + int((r() ** 0.6) * 26)
            mj = pick(majors)
            if r() < 0.25: mj += "; " + pick(majors)
            age = 17 + dur + int((r() ** 4) * 35)
            dob = dobs[max(0, min(16499, int((year - age - 1960 + r()) * 365.25)))]
            row = [sid, g[gi], f[fi], mail, code, course, str(year), "%d-%s" % (year, pick(terms)), mj, pick(HON), dob]
            if a.bad_rate and brng.random() < a.bad_rate:
                k = brng.choice(KINDS)
                if k == "duplicate_student_id" and not good_ids: k = "missing_email"
                if k == "missing_email": row[3] = ""
                elif k == "malformed_email": row[3] = brng.choice(BADMAIL)
                elif k == "duplicate_student_id": row[0] = brng.choice(good_ids)
                elif k == "bad_year": row[6] = brng.choice(BADYEAR)
                else: row = row[:-1] if brng.random() < 0.5 else row + ["surplus"]
                counts[k] += 1
                if man: man.write("%d\t%s\n" % (i + 1, k))
            elif a.bad_rate and (len(good_ids) < 20000): good_ids.append(sid)
            buf.append(row)
            if len(buf) == 5000: w.writerows(buf); buf.clear()
        w.writerows(buf)
    if man: man.close()
    import os
    print(json.dumps({"rows": a.n, "bytes": os.path.getsize(a.out), "bad": sum(counts.values()), "kinds": counts}))

if __name__ == "__main__": main()
