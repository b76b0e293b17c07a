// A roster by exceljs; formulas without a result, an error, rich text.
const Excel = require('exceljs'), roster = require('./roster.json');
(async () => {
  const book = new Excel.Workbook(), sheet = book.addWorksheet('Roster');
  sheet.addRow(roster.header);
  for (const row of roster.rows) sheet.addRow(row.map((value, column) => (column === 5 ? new Date(value) : value)));
  sheet.getCell('B4').value = { richText: [{ text: '陳' }, { font: { bold: true }, text: '大文' }] };
  sheet.addRow([{ formula: '"S"&"02"' }, 'For Mula', '', '', { error: '#N/A' }, { formula: '""', result: '' }]);
  sheet.getColumn(1).numFmt = '00000000';
  sheet.getRow(3).hidden = true;
  sheet.getColumn(5).hidden = true;
  book.addWorksheet('Old', { state: 'veryHidden' }).addRow(['student_id']);
  await book.xlsx.writeFile(process.argv[2]);
})();
