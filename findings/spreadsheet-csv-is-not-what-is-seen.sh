#!/bin/bash
# LibreOffice (7.4.7) and Gnumeric (1.12.55), asked for CSV on the command line, write what nobody sees, so "save it as CSV" cures nothing:
# - rows that a filter hides come back, and no trace of the filter is left;
# - of a workbook whose first sheet is hidden they write the hidden sheet, not the visible one;
# - ids that a number format shows with zeros (00000000) lose them. LibreOffice keeps them with filter options in which the ninth is not given or true.
# - LibreOffice writes Windows-1252 under any locale (C, C.UTF-8 and en_AU.UTF-8 were tried) and a ? for every letter that it lacks, without a word.
# Needs Debian's libreoffice-calc-nogui and gnumeric, and PyPI.
# Seen, by both: filtered.xlsx: id,status 4711,Conferred 4712,Withheld 4713,Conferred    (shown: 00004711 and 00004713 only)
#                hidden.xlsx: last year                                                   (the sheet "This year" is the visible one)
#                names.xlsx, LibreOffice: Nguy?n Th? H?ng     Gnumeric: Nguyễn Thị Hồng
# LibreOffice with 44,34,76,1,,0,false,true: id,status 00004711,Conferred …
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for program in soffice ssconvert; do
    command -v "$program" >/dev/null || apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui gnumeric >/dev/null
done
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q openpyxl==3.1.5
cd "$folder"
venv/bin/python - <<'PY'
import openpyxl
book = openpyxl.Workbook()
sheet = book.active
for row in (["id", "status"], [4711, "Conferred"], [4712, "Withheld"], [4713, "Conferred"]):
    sheet.append(row)
for row in (2, 3, 4):
    sheet.cell(row, 1).number_format = "00000000"
sheet.auto_filter.ref = "A1:B4"
sheet.auto_filter.add_filter_column(1, ["Conferred"])
sheet.row_dimensions[3].hidden = True
book.save("filtered.xlsx")
book = openpyxl.Workbook()
book.active.append(["last year"])
book.create_sheet("This year").append(["this year"])
book.worksheets[0].sheet_state, book.active = "hidden", 1
book.save("hidden.xlsx")
book = openpyxl.Workbook()
book.active.append(["Nguyễn Thị Hồng"])
book.save("names.xlsx")
PY
soffice --version | head -1
ssconvert --version 2>&1 | head -1
office() { soffice "-env:UserInstallation=file://$folder/profile" --headless "$@" >/dev/null 2>&1; }
LC_ALL=C.UTF-8 office --convert-to csv --outdir office filtered.xlsx hidden.xlsx names.xlsx
office --convert-to "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true" --outdir shown filtered.xlsx
mkdir numeric
for book in filtered hidden names; do ssconvert $book.xlsx numeric/$book.csv 2>/dev/null; done
status=0
expect() {
    local found; found=$(tr '\n' ' ' < "$1" | tr -d '"')
    echo "$1: $found"
    [ "$found" = "$2" ] || { echo "  was: $2"; status=1; }
}
for tool in office numeric; do
    expect $tool/filtered.csv "id,status 4711,Conferred 4712,Withheld 4713,Conferred "
    expect $tool/hidden.csv "last year "
done
expect office/names.csv "Nguy?n Th? H?ng "
expect numeric/names.csv "Nguyễn Thị Hồng "
expect shown/filtered.csv "id,status 00004711,Conferred 00004712,Withheld 00004713,Conferred "
exit $status
