//! `.xlsx` and `.xlsm` (ECMA-376 part 1, 18): the workbook's sheets, texts and number formats.

use std::ops::RangeInclusive;
use std::sync::Arc;

use quick_xml::events::Event;

use super::DAMAGED;
use super::format::{Dates, Format, Formats};
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
#[derive(Default)]
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
        let mut book = Self { package, sheets: Vec::new(), parts: Vec::new(), shared: Arc::default() };
        let mut shared = Shared::default();
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
    let mut formats = Formats::default();
    let mut is_in_styles = false;
    loop {
        match xml.next()? {
            Event::Start(element) => {
                let id = || attribute(&element, "numFmtId").map(|id| id.and_then(|id| id.parse().ok()));
                match element.local_name().as_ref() {
                    "numFmt" => {
                        if let Some((id, code)) = id()?.zip(attribute(&element, "formatCode")?) {
                            formats.define(id, &code);
                        }
                    }
                    "cellXfs" => is_in_styles = true,
                    "xf" if is_in_styles => formats.push_style(id()?.unwrap_or(0)),
                    _ => {}
                }
            }
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => is_in_styles = false,
            Event::Eof => return Ok(formats.styles),
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
