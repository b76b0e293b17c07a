// A roster by SheetJS, in the format of the file's name; `biff5` in it asks for Excel 95.
const XLSX = require('xlsx'), roster = require('./roster.json'), target = process.argv[2];
const serial = (day) => Date.parse(day) / 864e5 + 25569;
const rows = roster.rows.map((row) => row.map((value, column) => (column === 5 ? serial(value) : value)));
const sheet = XLSX.utils.aoa_to_sheet([roster.header, ...rows]);
for (let row = 2; row < 6; row++) {
  if (sheet[`A${row}`].t === 'n') sheet[`A${row}`].z = '00000000';
  sheet[`F${row}`].z = 'yyyy-mm-dd';
}
sheet['!rows'] = [, , { hidden: true }];
sheet['!cols'] = [, , , , { hidden: true }];
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, sheet, 'Roster');
XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([['student_id']]), 'Old');
book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] };
const type = target.includes('biff5') ? 'biff5' : target.endsWith('.xls') ? 'biff8' : target.split('.').pop();
XLSX.writeFile(book, target, { bookType: type, cellStyles: true });
