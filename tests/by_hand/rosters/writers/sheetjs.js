// node sheetjs.js SPEC.json OUT BOOKTYPE [plain]: writes one workbook with SheetJS; plain: dates in its own format. SPEC: {sheets: [{name, cells: [[cell]]}]}; a cell is
// a text, null, {date: "2026-06-13"} (a local Date, as programmers write it) or {number, format}.
const fs = require("fs"), XLSX = require("xlsx");
const [spec, out, bookType, plain] = process.argv.slice(2);
const book = XLSX.utils.book_new();
for (const { name, cells } of JSON.parse(fs.readFileSync(spec)).sheets) {
  const values = cells.map(row => row.map(cell => {
    if (cell === null || typeof cell !== "object") return cell;
    if (cell.date) { const [y, m, d] = cell.date.split("-").map(Number); return new Date(y, m - 1, d); }
    return { t: "n", v: cell.number, z: cell.format };
  }));
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(values, plain ? {} : { dateNF: "yyyy-mm-dd" }), name);
}
XLSX.writeFile(book, out, { bookType });
