#!/bin/sh
# Gnumeric 1.12.55 (Debian 12) saves an .xlsx without the state of its sheets: one that was hidden (XlsxWriter 3.2.5) is visible
# afterwards, and last year's list in it looks like a roster. Its .ods and .xls of the same workbook keep it hidden.
# Output when written: written by XlsxWriter: state="hidden" / saved by Gnumeric: none
# Needs ssconvert (apt install gnumeric), python3 with venv, unzip. Exits 1 when the behaviour changes.
set -eu
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
python3 -m venv venv && venv/bin/pip install -q XlsxWriter==3.2.5
venv/bin/python - <<'PY'
import xlsxwriter
book = xlsxwriter.Workbook("roster.xlsx")
book.add_worksheet("Roster").write(0, 0, "student_id")
old = book.add_worksheet("Old")
old.write(0, 0, "student_id")
old.hide()
book.close()
PY
ssconvert --version
ssconvert -T Gnumeric_Excel:xlsx roster.xlsx gnumeric.xlsx 2>/dev/null
state() { unzip -p "$1" xl/workbook.xml | grep -o 'state="[a-z]*"' || echo none; }
echo "written by XlsxWriter: $(state roster.xlsx)"
echo "saved by Gnumeric: $(state gnumeric.xlsx)"
[ "$(state roster.xlsx)" = 'state="hidden"' ] && [ "$(state gnumeric.xlsx)" = none ]
