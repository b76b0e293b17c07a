//! Writes small workbooks part by part, also such as no program would write.

use std::io::{Cursor, Write};

use gradpass::config::RosterSettings;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::Read;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A workbook that is being put together.
#[derive(Default)]
pub struct Book {
    /// Name, state, kind and XML between the tags of the part.
    pub sheets: Vec<(String, &'static str, &'static str, String)>,
    /// Number formats of the styles 1, 2, …
    pub formats: Vec<&'static str>,
    /// XML in the main part before and behind the list of sheets.
    pub properties: &'static str,
    pub calculation: &'static str,
}

impl Book {
    pub fn sheet(self, name: &str, rows: &str) -> Self {
        self.sheet_of("visible", "worksheet", name, &format!("<sheetData>{rows}</sheetData>"))
    }

    pub fn hidden(self, state: &'static str, name: &str, rows: &str) -> Self {
        self.sheet_of(state, "worksheet", name, &format!("<sheetData>{rows}</sheetData>"))
    }

    pub fn sheet_of(mut self, state: &'static str, kind: &'static str, name: &str, xml: &str) -> Self {
        self.sheets.push((name.into(), state, kind, xml.into()));
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let relation = |id: usize, kind: &str, target: &str| {
            format!("<Relationship Id=\"r{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
        };
        let relations = |list: String| format!("<Relationships xmlns=\"{PACKAGE}\">{list}</Relationships>");
        let (mut list, mut parts) = (Vec::new(), Vec::new());
        let mut related = vec![relation(0, "styles", "styles.xml")];
        for (index, (name, state, kind, xml)) in self.sheets.iter().enumerate() {
            let id = index + 1;
            list.push(format!("<sheet name=\"{name}\" sheetId=\"{id}\" state=\"{state}\" r:id=\"r{id}\"/>"));
            related.push(relation(id, kind, &format!("{kind}s/{id}.xml")));
            parts.push((format!("xl/{kind}s/{id}.xml"), format!("<{kind} xmlns=\"{MAIN}\">{xml}</{kind}>")));
        }
        let (list, related) = (list.concat(), related.concat());
        let ids = 1..=self.formats.len();
        let format = |(id, code)| format!("<numFmt numFmtId=\"{}\" formatCode=\"{code}\"/>", 163 + id);
        let formats = ids.clone().zip(&self.formats).map(format).collect::<Vec<String>>().concat();
        let style = |id| format!("<xf numFmtId=\"{}\"/>", 163 + id);
        let styles = ids.map(style).collect::<Vec<String>>().concat();
        parts.extend([
            ("_rels/.rels".into(), relations(relation(1, "officeDocument", "xl/workbook.xml"))),
            ("xl/_rels/workbook.xml.rels".into(), relations(related)),
            (
                "xl/workbook.xml".into(),
                format!(
                    "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\">{}<sheets>{list}</sheets>{}</workbook>",
                    self.properties, self.calculation
                ),
            ),
            (
                "xl/styles.xml".into(),
                format!(
                    "<styleSheet xmlns=\"{MAIN}\"><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>\
                     <cellXfs><xf numFmtId=\"0\"/>{styles}</cellXfs></styleSheet>"
                ),
            ),
        ]);
        zipped(&parts)
    }

    pub fn read_with(&self, settings: &RosterSettings) -> Result<Read, String> {
        read_bytes(&self.bytes(), settings)
    }

    pub fn read(&self) -> Result<Read, String> {
        self.read_with(&RosterSettings::default())
    }

    /// The cells of the only row below the header.
    pub fn only_row(&self) -> Vec<String> {
        let rows = self.read().unwrap().rows;
        assert_eq!(rows.len(), 1);
        rows.into_iter().next().unwrap().1
    }
}

pub fn zipped(parts: &[(String, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, text) in parts {
        zip.start_file(name.as_str(), stored).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn read_bytes(bytes: &[u8], settings: &RosterSettings) -> Result<Read, String> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    super::read(file.path(), settings)
}

/// A cell with a text.
pub fn text(text: &str) -> String {
    format!("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
}

/// A row of these cells.
pub fn row(number: u32, attributes: &str, cells: &[String]) -> String {
    format!("<row r=\"{number}\" {attributes}>{}</row>", cells.concat())
}

pub fn header(number: u32) -> String {
    row(number, "", &["student_id", "full_name", "email", "course_name", "conferral_year"].map(text))
}

/// A graduate, and further cells.
pub fn graduate(number: u32, attributes: &str, more: &[String]) -> String {
    let cells = [&format!("s{number}"), "Ada Lovelace", "ada@mailbox.example", "Arts", "2026"].map(text);
    row(number, attributes, &[&cells, more].concat())
}

/// A header and one graduate with these cells behind the needed ones.
pub fn one_row(more: &[String]) -> String {
    header(1) + &graduate(2, "", more)
}
