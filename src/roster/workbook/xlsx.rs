//! `.xlsx` and `.xlsm` (ECMA-376 part 1, 18): the workbook's sheets, texts and number formats.

use std::ops::RangeInclusive;
use std::sync::Arc;

use quick_xml::events::Event;

use super::DAMAGED;
use super::format::{Dates, Format};
use super::package::Package;
use super::relations::{Relations, relations};
use super::sheet::{Book, Rows, Sheet, SheetKind};
use super::texts::Texts;
use super::xlsx_rows::XlsxRows;
use super::xml::{Xml, attribute, is_true};

/// An open workbook.
pub(super) struct Xlsx {
    package: Package,
    sheets: Vec<Sheet>,
    /// The part of each sheet.
    parts: Vec<String>,
    shared: Arc<Shared>,
}

/// What the cells of all sheets need.
pub(super) struct Shared {
    pub(super) texts: Texts,
    /// Formats by the number that a cell has for its style.
    pub(super) formats: Vec<Format>,
    pub(super) dates: Dates,
    /// Whether the writer left all results to a spreadsheet program; it then put 0 where it knew none.
    pub(super) is_to_be_calculated: bool,
}

impl Xlsx {
    /// Opens the workbook whose main part this is.
    pub(super) fn open(package: Package, main: &str) -> Result<Self, String> {
        let relations = relations(&package, main)?;
        let mut book = Self {
            package,
            sheets: Vec::new(),
            parts: Vec::new(),
            shared: Arc::new(Shared {
                texts: Texts::default(),
                formats: Vec::new(),
                dates: Dates::From1900,
                is_to_be_calculated: false,
            }),
        };
        let mut shared = Shared {
            texts: Texts::default(),
            formats: Vec::new(),
            dates: Dates::From1900,
            is_to_be_calculated: false,
        };
        book.read_main(main, &relations, &mut shared)?;
        if let Some(part) = relations.of_kind("sharedStrings") {
            shared.texts = Texts::read(&mut Xml::new(book.package.part(part)?))?;
        }
        if let Some(part) = relations.of_kind("styles") {
            shared.formats = formats(&mut Xml::new(book.package.part(part)?))?;
        }
        book.shared = Arc::new(shared);
        Ok(book)
    }

    fn read_main(&mut self, main: &str, relations: &Relations, shared: &mut Shared) -> Result<(), String> {
        let mut xml = Xml::new(self.package.part(main)?);
        loop {
            match xml.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "workbookPr" if is_true(attribute(&element, "date1904")?.as_deref()) => {
                        shared.dates = Dates::From1904;
                    }
                    "calcPr" => {
                        shared.is_to_be_calculated =
                            is_true(attribute(&element, "fullCalcOnLoad")?.as_deref());
                    }
                    "sheet" => {
                        let name = attribute(&element, "name")?.unwrap_or_default().into_owned();
                        let id = attribute(&element, "id")?.unwrap_or_default();
                        let is_hidden =
                            matches!(attribute(&element, "state")?.as_deref(), Some("hidden" | "veryHidden"));
                        let (kind, part) = relations.by_id(&id).ok_or(DAMAGED)?;
                        let kind = match kind {
                            "worksheet" if is_hidden => SheetKind::Hidden,
                            "worksheet" => SheetKind::Shown,
                            _ => SheetKind::NoCells,
                        };
                        self.sheets.push(Sheet { name, kind });
                        self.parts.push(part.to_owned());
                    }
                    _ => {}
                },
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }
}

impl Book for Xlsx {
    fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    fn rows(&self, sheet: usize) -> Result<Box<dyn Rows>, String> {
        let part = self.package.part(self.parts.get(sheet).ok_or(DAMAGED)?)?;
        Ok(Box::new(XlsxRows::open(part, Arc::clone(&self.shared))?))
    }

    fn may_hide_rows(&self, sheet: usize) -> Result<bool, String> {
        super::hidden::is_said_in(self.package.part(self.parts.get(sheet).ok_or(DAMAGED)?)?)
    }
}

/// The number format of each style that a cell can have.
fn formats(xml: &mut Xml) -> Result<Vec<Format>, String> {
    let mut own: Vec<(u32, Format)> = Vec::new();
    let mut formats = Vec::new();
    let mut is_in_styles = false;
    loop {
        match xml.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    let id = attribute(&element, "numFmtId")?.and_then(|id| id.parse().ok());
                    let code = attribute(&element, "formatCode")?;
                    own.extend(id.zip(code).map(|(id, code)| (id, Format::parse(&code))));
                }
                "cellXfs" => is_in_styles = true,
                "xf" if is_in_styles => {
                    let id = attribute(&element, "numFmtId")?.and_then(|id| id.parse().ok()).unwrap_or(0);
                    let known = own.iter().find(|(own, _)| *own == id).map(|(_, format)| format.clone());
                    formats.push(known.unwrap_or_else(|| Format::built_in(id)));
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => is_in_styles = false,
            Event::Eof => return Ok(formats),
            _ => {}
        }
    }
}

/// Columns (from 0) of `<col min max hidden>`.
pub(super) fn hidden_column(min: Option<&str>, max: Option<&str>) -> Option<RangeInclusive<u32>> {
    let number = |text: Option<&str>| {
        text.and_then(|text| text.parse::<u32>().ok()).and_then(|from1| from1.checked_sub(1))
    };
    Some(number(min)?..=number(max)?)
}
