"""A roster by XlsxWriter, for LibreOffice and Gnumeric to save as their own."""
import datetime, json, sys, xlsxwriter

roster = json.load(open("roster.json"))
book = xlsxwriter.Workbook(sys.argv[1], {"date_1904": "1904" in sys.argv[1]})
sheet = book.add_worksheet("Roster")
zeros, day = book.add_format({"num_format": "00000000"}), book.add_format({"num_format": "d/m/yyyy"})
sheet.set_column(4, 4, None, None, {"hidden": True})
sheet.set_row(2, None, None, {"hidden": True})
for row, values in enumerate([roster["header"]] + roster["rows"]):
    for column, value in enumerate(values):
        if row and column == 5:
            sheet.write_datetime(row, column, datetime.datetime.fromisoformat(value), day)
        else:
            sheet.write(row, column, value, *([zeros] if row and column == 0 else []))
if "formula" in sys.argv[2:]:
    sheet.write_formula(5, 0, '="S"&"02"')
    sheet.write(5, 1, "For Mula")
old = book.add_worksheet("Old")
old.hide()
old.write(0, 0, "student_id")
book.close()
