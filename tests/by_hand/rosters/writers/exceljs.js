// node exceljs.js SPEC.json OUT: writes one workbook (or, by the name, a CSV) with exceljs. SPEC as in sheetjs.js.
const fs = require("fs"), ExcelJS = require("exceljs");
const [spec, out] = process.argv.slice(2);
const book = new ExcelJS.Workbook();
for (const { name, cells } of JSON.parse(fs.readFileSync(spec)).sheets) {
  const sheet = book.addWorksheet(name);
  cells.forEach((row, r) => row.forEach((cell, c) => {
    const target = sheet.getCell(r + 1, c + 1);
    if (cell === null || typeof cell !== "object") target.value = cell;
    else if (cell.date) { const [y, m, d] = cell.date.split("-").map(Number); target.value = new Date(y, m - 1, d); target.numFmt = "yyyy-mm-dd"; }
    else { target.value = cell.number; target.numFmt = cell.format; }
  }));
}
(out.endsWith(".csv") ? book.csv.writeFile(out) : book.xlsx.writeFile(out)).catch(error => { console.error(error); process.exit(1); });
