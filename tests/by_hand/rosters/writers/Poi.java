// java Poi.java SPEC OUT: writes one workbook with Apache POI: .xlsx (XSSF), .sxssf.xlsx (streamed) or .xls (HSSF).
// SPEC has a line for each cell: sheet, row, column, kind (t, d, n, f), value, format; tabs between.
import java.io.*;
import java.nio.file.*;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.*;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

public class Poi {
    public static void main(String[] arguments) throws Exception {
        String out = arguments[1];
        Workbook book = out.endsWith(".xls") ? new HSSFWorkbook() : out.contains("sxssf") ? new SXSSFWorkbook() : new XSSFWorkbook();
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            String[] part = line.split("\t", -1);
            Sheet sheet = book.getSheet(part[0]) == null ? book.createSheet(part[0]) : book.getSheet(part[0]);
            int number = Integer.parseInt(part[1]);
            Row row = sheet.getRow(number) == null ? sheet.createRow(number) : sheet.getRow(number);
            Cell cell = row.createCell(Integer.parseInt(part[2]));
            switch (part[3]) {
                case "d" -> cell.setCellValue(java.sql.Date.valueOf(part[4]));
                case "n" -> cell.setCellValue(Double.parseDouble(part[4]));
                case "f" -> cell.setCellFormula(part[4]);
                default -> cell.setCellValue(part[4]);
            }
            if (!part[5].isEmpty()) {
                CellStyle style = book.createCellStyle();
                style.setDataFormat(book.createDataFormat().getFormat(part[5]));
                cell.setCellStyle(style);
            }
        }
        try (OutputStream stream = new FileOutputStream(out)) { book.write(stream); }
    }
}
