"""A roster by xlwt: .xls of Excel 97."""
import datetime, json, sys, xlwt

roster = json.load(open("roster.json"))
book = xlwt.Workbook()
sheet = book.add_sheet("Roster")
zeros, day = xlwt.easyxf(num_format_str="00000000"), xlwt.easyxf(num_format_str="d/m/yyyy")
for row, values in enumerate([roster["header"]] + roster["rows"]):
    for column, value in enumerate(values):
        if row and column == 5:
            sheet.write(row, column, datetime.date.fromisoformat(value), day)
        else:
            sheet.write(row, column, value, *([zeros] if row and column == 0 else []))
sheet.write(5, 0, xlwt.Formula('"S"&"02"'))
sheet.write(5, 1, "For Mula")
sheet.row(2).hidden = True
sheet.col(4).hidden = True
old = book.add_sheet("Old")
old.visibility = 1
old.write(0, 0, "student_id")
book.save(sys.argv[1])
