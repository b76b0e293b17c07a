#!/bin/sh
# Writes the workbooks of tests/it/roster/workbooks anew, into a folder that is named. Needs: pip xlwt XlsxWriter
# msoffcrypto-tool, npm xlsx exceljs (NODE_PATH), libspreadsheet-writeexcel-perl, libreoffice-calc, gnumeric.
set -eu
out=$(mkdir -p "$1" && cd "$1" && pwd)
cd "$(dirname "$0")"
python3 xlwt_.py "$out/xlwt.xls"
python3 xlsxwriter_.py "$out/xlsxwriter-1904.xlsx" formula
perl perl_.pl "$out/writeexcel.xls"
for name in sheetjs.xlsb sheetjs.xls; do node sheetjs.js "$out/$name"; done
node exceljs_.js "$out/exceljs.xlsx"
python3 xlsxwriter_.py "$out/plain.xlsx"
(cd "$out" && soffice --headless --convert-to ods:calc8 plain.xlsx && mv plain.ods libreoffice.ods)
(cd "$out" && soffice --headless --convert-to "xls:MS Excel 97" plain.xlsx && mv plain.xls libreoffice.xls)
ssconvert -T Gnumeric_OpenCalc:odf "$out/plain.xlsx" "$out/gnumeric.ods"
ssconvert -T Gnumeric_Excel:excel_biff7 "$out/plain.xlsx" "$out/gnumeric-95.xls"
msoffcrypto-tool -e -p secret "$out/plain.xlsx" "$out/password.xlsx"
rm "$out/plain.xlsx"
