#!/bin/bash
# SheetJS (0.18.5) and exceljs (4.4.0): a Date that is right in a workbook is something else in a CSV of the same library. SheetJS writes its display
# text, month first with two digits of the year (6/7/26: read as 6 July in Australia), whatever the locale; exceljs writes a moment with the zone of the
# server, so the same line of code gives another text on another machine. Needs node and npm.
# Seen:   sheetjs 6/7/26      exceljs 2026-06-07T00:00:00+10:00 (TZ=Australia/Melbourne), 2026-06-07T00:00:00+00:00 (TZ=UTC)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent xlsx@0.18.5 exceljs@4.4.0
cat > dates.js <<'JS'
const XLSX = require("xlsx"), ExcelJS = require("exceljs");
const day = new Date(2026, 5, 7);
console.log("sheetjs", XLSX.utils.sheet_to_csv(XLSX.utils.aoa_to_sheet([[day]])).trim());
const book = new ExcelJS.Workbook();
book.addWorksheet("roster").addRow([day, ""]);
book.csv.writeBuffer().then(text => console.log("exceljs", text.toString().split(",")[0]));
JS
export LANG=en_AU.UTF-8
melbourne=$(TZ=Australia/Melbourne node dates.js)
utc=$(TZ=UTC node dates.js)
printf '%s\n' "$melbourne" "$utc"
[ "$melbourne" = $'sheetjs 6/7/26\nexceljs 2026-06-07T00:00:00+10:00' ] || { echo "Melbourne's dates are written otherwise"; exit 1; }
[ "$utc" = $'sheetjs 6/7/26\nexceljs 2026-06-07T00:00:00+00:00' ] || { echo "UTC's dates are written otherwise"; exit 1; }
